//! Finds the [`JavaObject`] that already represents a Java object.
//!
//! A table by identity hash, which holds no references: an object is removed before it is freed.
//! No lock is held during calls into the JVM.

use core::ptr::NonNull;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hashbrown::HashTable;
use jni_sys::jvalue;
use metaffi_plugin::value::{Error, Handle};
use smallvec::SmallVec;

use crate::api;
use crate::jni::{Env, Local, jni};
use crate::object::JavaObject;
use crate::vm::Vm;

struct Entry {
    hash: i32,
    object: NonNull<JavaObject>,
}

// SAFETY: a `JavaObject` may be used from any thread.
unsafe impl Send for Entry {}

const SHARDS: usize = 16;
static TABLE: [Mutex<HashTable<Entry>>; SHARDS] = [const { Mutex::new(HashTable::new()) }; SHARDS];

/// HotSpot's hashes are random in all bits.
fn spread(hash: i32) -> u64 {
    (u64::from(hash as u32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn shard(hash: i32) -> MutexGuard<'static, HashTable<Entry>> {
    TABLE[hash as usize % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
}

/// The identity hash of an object.
pub(crate) fn hash(env: Env, local: &Local) -> Result<i32, Error> {
    match Vm::get().and_then(Vm::identity_hash_fn) {
        // SAFETY: the environment of this thread, and a live object.
        Some(identity_hash) => Ok(unsafe { identity_hash(env.as_raw(), local.as_raw()) }),
        // SAFETY: `identityHashCode` takes any object.
        None => unsafe { api::get().jdk.identity_hash.int(env, &[jvalue { l: local.as_raw() }]) },
    }
}

/// The object that represents `local`, with a reference for the caller.
pub(crate) fn find(env: Env, hash: i32, local: &Local) -> Option<NonNull<JavaObject>> {
    let candidates: SmallVec<[Handle; 2]> = retain_all(hash);
    let same = candidates.into_iter().find(|handle| {
        // SAFETY: both are live objects.
        unsafe { jni!(env, IsSameObject, handle.data().cast(), local.as_raw()) }
    });
    same.map(|handle| handle.into_raw().cast())
}

/// A reference to every object of this hash that still lives.
fn retain_all(hash: i32) -> SmallVec<[Handle; 2]> {
    let shard = shard(hash);
    let live = shard.iter_hash(spread(hash)).filter(|entry| {
        // SAFETY: an object is removed from the table, under this lock, before it is freed; the
        // lock also makes its contents visible.
        entry.hash == hash && unsafe { entry.object.as_ref() }.try_retain()
    });
    // SAFETY: `try_retain` added the reference that is taken here.
    live.map(|entry| unsafe { Handle::take_raw(entry.object.cast()) }).collect()
}

/// Adds an object.
pub(crate) fn remember(hash: i32, object: NonNull<JavaObject>) {
    shard(hash).insert_unique(spread(hash), Entry { hash, object }, |entry| spread(entry.hash));
}

/// Removes an object, which is freed afterwards.
pub(crate) fn forget(hash: i32, object: NonNull<JavaObject>) {
    if let Ok(entry) = shard(hash).find_entry(spread(hash), |entry| entry.object == object) {
        entry.remove();
    }
}
