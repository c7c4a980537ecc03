//! Makes stubs on a thread of its own: one takes milliseconds, the first one some hundred.

use core::ptr::NonNull;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi_plugin::Worker;
use metaffi_plugin::value::Error;

use super::natives::Natives;
use super::shape::Shape;
use super::{Hot, Stub, option};
use crate::call::Call;
use crate::jni::{Env, Global};
use crate::target::Use;
use crate::vm::{Vm, gate, thread};

/// A requested stub.
pub(super) struct StubRequest {
    pub(super) shape: Arc<Shape>,
    used: Use,
    progress: Mutex<Progress>,
}

enum Progress {
    /// The reflected member that it will call.
    Waiting(Global),
    Making,
    Made(Made),
    /// It cannot be made, or was taken.
    Over,
}

/// A finished stub.
pub(super) struct Made {
    stub: Stub,
    java: Global,
}

impl Made {
    pub(super) fn into_hot(self, shape: Arc<Shape>) -> Hot {
        let (checks, has_result) = (shape.checks.clone(), shape.has_result());
        Hot { stub: self.stub, checks, has_result, _java: self.java, _shape: shape }
    }
}

/// Requests the stub of a call; `None` if it cannot have one.
pub(super) fn request(env: Env, call: &Call) -> Option<Arc<StubRequest>> {
    let shape = Arc::new(Shape::of(call)?);
    let (member, used) = call.target.reflected(env)?;
    let progress = Mutex::new(Progress::Waiting(member));
    let request = Arc::new(StubRequest { shape, used, progress });
    if option::is_at_once() {
        request.make(env, |_| {});
    } else {
        queue().push(request.clone());
        WORKER.wake();
    }
    Some(request)
}

impl StubRequest {
    /// The result: `None` while it is not known yet.
    pub(super) fn made(&self) -> Option<Option<Made>> {
        let mut progress = self.progress();
        if matches!(*progress, Progress::Waiting(_) | Progress::Making) {
            return None;
        }
        match core::mem::replace(&mut *progress, Progress::Over) {
            Progress::Made(made) => Some(Some(made)),
            _ => Some(None),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the stub. An error here is not an error of the call, which continues to use JNI.
    fn make(&self, env: Env, warm_up: fn(&Made)) {
        let before = core::mem::replace(&mut *self.progress(), Progress::Making);
        let Progress::Waiting(member) = before else { return };
        let made = self.try_make(env, &member).ok().flatten().inspect(warm_up);
        *self.progress() = made.map_or(Progress::Over, Progress::Made);
    }

    fn try_make(&self, env: Env, member: &Global) -> Result<Option<Made>, Error> {
        let Some(natives) = Natives::get(env)? else {
            option::give_up();
            return Ok(None);
        };
        let Some((java, address)) = natives.make(env, member, self.used, &self.shape)? else {
            return Ok(None);
        };
        let Some(address) = NonNull::new(address as *mut u8) else { return Ok(None) };
        // SAFETY: the address of a stub of this type, which lives as long as `java`.
        let stub = unsafe { core::mem::transmute::<NonNull<u8>, Stub>(address) };
        Ok(Some(Made { stub, java }))
    }
}

impl Made {
    /// Runs the stub without a call until the JVM has compiled the surrounding code.
    fn warm_up(&self) {
        const ENOUGH: usize = 300;
        for _ in 0..ENOUGH {
            // SAFETY: this thread is attached; a stub returns 0 if it is passed no frame.
            unsafe { (self.stub)(None) };
        }
    }
}

static QUEUE: Mutex<Vec<Arc<StubRequest>>> = Mutex::new(Vec::new());
static WORKER: Worker = Worker::new("metaffi-upcalls", work);

fn queue() -> MutexGuard<'static, Vec<Arc<StubRequest>>> {
    QUEUE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn work() {
    let Some(env) = Vm::get().and_then(Vm::attach) else { return };
    thread::own(env);
    if let Ok(Some(natives)) = Natives::get(env) {
        // If this fails, stubs are slow at first.
        let _ = natives.warm_up(env);
    }
    loop {
        let requests = core::mem::take(&mut *queue());
        for request in
            requests.iter().filter(|request| gate::is_open() && Arc::strong_count(request) > 1)
        {
            request.make(env, Made::warm_up);
        }
        drop(requests);
        std::thread::park();
    }
}
