//! Objects by number, through which upcall stubs find them, since stubs cannot use JNI references.
//!
//! The Java side is `metaffi.internal.UpcallObjects`. No Java code runs under the lock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jni_sys::{jint, jobject};

use crate::api;
use crate::jni::{Env, Global, Local, jni};

const CHUNKS: usize = 4096;
const CHUNK: usize = 1024;

struct Table {
    /// The `Object[][]` that holds all chunks.
    java: Global,
    chunks: Vec<Global>,
    /// Numbers that were returned.
    free: Vec<u32>,
    /// The next number that was never used; 0 stands for none.
    next: u32,
}

static TABLE: Mutex<Option<Table>> = Mutex::new(None);

fn table() -> MutexGuard<'static, Option<Table>> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts with Java's array of chunks, which is still empty.
pub(super) fn begin(java: Global) {
    table().get_or_insert_with(|| Table { java, chunks: Vec::new(), free: Vec::new(), next: 1 });
}

/// Assigns a number to an object; `None` if memory or numbers are exhausted.
///
/// # Safety
/// `object` must be a live object.
pub(crate) unsafe fn number(env: Env, object: jobject) -> Option<u32> {
    let mut table = table();
    let table = table.as_mut()?;
    let number = table.free.pop().or_else(|| table.unused(env))?;
    // SAFETY: the caller's promise.
    unsafe { table.set(env, number, object) };
    Some(number)
}

/// Returns a number.
pub(crate) fn vacate(env: Env, number: u32) {
    if let Some(table) = table().as_mut() {
        // SAFETY: null goes into any array.
        unsafe { table.set(env, number, core::ptr::null_mut()) };
        table.free.push(number);
    }
}

impl Table {
    fn unused(&mut self, env: Env) -> Option<u32> {
        let chunk = self.next as usize / CHUNK;
        if chunk == self.chunks.len() {
            self.add(env)?;
        }
        self.next += 1;
        Some(self.next - 1)
    }

    fn add(&mut self, env: Env) -> Option<()> {
        if self.chunks.len() == CHUNKS {
            return None;
        }
        let object = api::get().jdk.object.as_raw();
        let null = core::ptr::null_mut();
        // SAFETY: an array of any objects, stored at an index inside the outer array.
        unsafe {
            let chunk: Local =
                env.made(jni!(env, NewObjectArray, CHUNK as jint, object, null)).ok()?;
            let (java, index) = (self.java.as_raw(), self.chunks.len() as jint);
            jni!(env, SetObjectArrayElement, java, index, chunk.as_raw());
            self.chunks.push(chunk.to_global().ok()?);
        }
        Some(())
    }

    /// # Safety
    /// `number` must have been assigned, and `object` must be an object or null.
    unsafe fn set(&self, env: Env, number: u32, object: jobject) {
        let (chunk, index) = (number as usize / CHUNK, number as usize % CHUNK);
        // SAFETY: the caller's promise; numbers are only assigned in existing chunks.
        unsafe {
            let chunk = self.chunks[chunk].as_raw();
            jni!(env, SetObjectArrayElement, chunk, index as jint, object);
        }
    }
}
