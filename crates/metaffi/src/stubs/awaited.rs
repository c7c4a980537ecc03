//! Results of asynchronous functions, as futures that work with any executor.

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metaffi_value::{Error, ErrorKind};

type Call<T> = Box<dyn FnOnce() -> Result<T, Error> + Send>;

/// The result of a guest's asynchronous function: a future, for any executor.
///
/// The guest is called when the future is first polled, on a separate thread that
/// waits for the result. If the future is dropped after that, the guest continues,
/// and its result is dropped. Without an executor, [`wait`](Self::wait) waits on
/// this thread.
#[must_use = "nothing is called before it is awaited, or `wait` is called"]
pub struct Awaited<T>(State<T>);

enum State<T> {
    New(Call<T>),
    Running(Arc<Mutex<Progress<T>>>),
    Done,
}

struct Progress<T> {
    result: Option<Result<T, Error>>,
    waker: Option<Waker>,
}

impl<T> Awaited<T> {
    /// A future for the result of `call`, which blocks until the result is
    /// there.
    pub fn new(call: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Self {
        Self(State::New(Box::new(call)))
    }
}

impl<T: Send + 'static> Awaited<T> {
    /// Calls the guest, and waits for the result on this thread.
    ///
    /// # Errors
    /// Whatever the guest raises, and as for any call of stubs.
    pub fn wait(self) -> Result<T, Error> {
        match self.0 {
            State::New(call) => call(),
            running => wait(Awaited(running)),
        }
    }
}

/// Polls, and sleeps until the next poll can make progress.
fn wait<T: Send + 'static>(mut awaited: Awaited<T>) -> Result<T, Error> {
    struct Sleeper(std::thread::Thread);
    impl std::task::Wake for Sleeper {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Sleeper(std::thread::current())));
    loop {
        let polled = Pin::new(&mut awaited).poll(&mut Context::from_waker(&waker));
        match polled {
            Poll::Ready(result) => return result,
            Poll::Pending => std::thread::park(),
        }
    }
}

fn locked<T>(progress: &Mutex<Progress<T>>) -> MutexGuard<'_, Progress<T>> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls on a separate thread.
fn start<T: Send + 'static>(call: Call<T>) -> Arc<Mutex<Progress<T>>> {
    let progress = Arc::new(Mutex::new(Progress { result: None, waker: None }));
    let shared = Arc::clone(&progress);
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(call));
        complete(&shared, result.unwrap_or_else(|payload| Err(Error::from_panic(&*payload))));
    };
    let started = std::thread::Builder::new().name("metaffi-future".to_owned()).spawn(work);
    if let Err(error) = started {
        let message = format!("cannot start a thread for an asynchronous function: {error}");
        complete(&progress, Err(Error::new(ErrorKind::Internal, message)));
    }
    progress
}

fn complete<T>(progress: &Mutex<Progress<T>>, result: Result<T, Error>) {
    let waker = {
        let mut progress = locked(progress);
        progress.result = Some(result);
        progress.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

impl<T> Unpin for Awaited<T> {}

impl<T: Send + 'static> Future for Awaited<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let progress = match core::mem::replace(&mut self.0, State::Done) {
            State::New(call) => start(call),
            State::Running(progress) => progress,
            State::Done => panic!("polled after completion"),
        };
        {
            let mut seen = locked(&progress);
            if let Some(result) = seen.result.take() {
                return Poll::Ready(result);
            }
            seen.waker = Some(context.waker().clone());
        }
        self.0 = State::Running(progress);
        Poll::Pending
    }
}

impl<T> fmt::Debug for Awaited<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.0 {
            State::New(_) => "not started",
            State::Running(_) => "running",
            State::Done => "done",
        };
        write!(f, "Awaited({state})")
    }
}
