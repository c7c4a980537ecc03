//! Foreign memory, both ways: Java objects that others hold fill a heap which
//! does not grow; what Java holds of others looks small to its collector.
//!
//! With Java objects that leave, every few, the heap is looked at. The more
//! bytes each brings and the fuller the heap, the sooner it is looked at again.

use core::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use metaffi_plugin::value::Error;
use metaffi_plugin::{Arrivals, abi};

use crate::api;
use crate::jni::Env;
use crate::vm::{gate, thread};

/// The number of Java objects with others at which the heap is looked at, or
/// anything far below.
static NEXT: AtomicI64 = AtomicI64::new(1);
/// How many more that was.
static STEP: AtomicI64 = AtomicI64::new(1);
const LONGEST_STEP: i64 = 32;
/// The heap's least use since the last collection by others.
static BASE: AtomicU64 = AtomicU64::new(u64::MAX);
/// Its use when it was last looked at.
static LAST: AtomicU64 = AtomicU64::new(0);

/// The bytes that each object brought, garbage of others included.
static EACH: AtomicU64 = AtomicU64::new(0);

const MIB: u64 = 1 << 20;

/// A Java object has left; `live` are with others now.
#[inline]
pub(crate) fn left(env: Env, live: i64) {
    let next = NEXT.load(Ordering::Relaxed);
    if live >= next || live < next - 2 * LONGEST_STEP {
        // What Java cannot tell is nothing to fail for.
        let _ = look(env, live);
    }
}

#[cold]
fn look(env: Env, live: i64) -> Result<(), Error> {
    let api = api::get();
    let (heap, step) = (&api.heap, STEP.load(Ordering::Relaxed));
    NEXT.store(live + step, Ordering::Relaxed); // others need not look meanwhile
    let used = heap.used(env)?;
    let base = BASE.fetch_min(used, Ordering::Relaxed).min(used);
    let wish = wish(base, used, heap.max);
    if let Some(urgency) = wish {
        api.owner.press(urgency);
        BASE.store(heap.used(env)?, Ordering::Relaxed);
    }
    // When the JVM collected meanwhile, what was known before counts.
    let brought = used.saturating_sub(LAST.swap(used, Ordering::Relaxed)) / step.unsigned_abs();
    let each = brought.max(EACH.load(Ordering::Relaxed) / 4 * 3);
    EACH.store(each, Ordering::Relaxed);
    let room = (heap.max / 10 * 6).saturating_sub(used).max(heap.max / 16);
    let affordable = room / 4 / each.max(1);
    let step =
        i64::try_from(affordable).unwrap_or(LONGEST_STEP).clamp(1, LONGEST_STEP.min(2 * step));
    STEP.store(step, Ordering::Relaxed);
    NEXT.store(api.owner.live_objects() + step, Ordering::Relaxed);
    Ok(())
}

/// What a heap that grew from `base` to `used` bytes asks of others.
fn wish(base: u64, used: u64, max: u64) -> Option<u32> {
    let (grew, full) = (used - base, max / 10 * 6);
    if used >= full && grew >= max / 8 || used >= max / 10 * 9 && grew >= max / 64 {
        Some(abi::PRESS_FULL)
    } else if grew >= (max / 8).max(32 * MIB) {
        Some(abi::PRESS_GREW)
    } else {
        None
    }
}

static ARRIVALS: Arrivals = Arrivals::new();

/// An object of another runtime has come to Java.
#[inline]
pub(crate) fn came() {
    ARRIVALS.came();
}

/// See `metaffi_collect_fn`. Java's own objects need nothing: the JVM collects
/// when its heap is full.
pub(crate) unsafe extern "C" fn collect(what: u32) {
    if what == abi::COLLECT_HELD && gate::is_open() && ARRIVALS.are_worth_collecting() {
        // There is nobody to tell that it failed.
        let _ = thread::enter().and_then(|env| api::get().heap.collect(env));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_that_fills_asks_in_time() {
        let max = 256 * MIB;
        assert_eq!(wish(20 * MIB, 50 * MIB, max), None);
        assert_eq!(wish(20 * MIB, 60 * MIB, max), Some(abi::PRESS_GREW));
        assert_eq!(wish(20 * MIB, 160 * MIB, max), Some(abi::PRESS_FULL));
        assert_eq!(wish(155 * MIB, 160 * MIB, max), None);
        assert_eq!(wish(235 * MIB, 240 * MIB, max), Some(abi::PRESS_FULL));
    }
}
