//! Memory pressure across runtimes, both ways: Java objects that others hold fill a heap that does
//! not grow; foreign objects that Java holds look small to its collector.
//!
//! After every few exported Java objects, the heap is checked. The more bytes each adds and the
//! fuller the heap is, the sooner it is checked again.

use core::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use metaffi_plugin::value::Error;
use metaffi_plugin::{Arrivals, abi};

use crate::api;
use crate::jni::Env;
use crate::vm::{gate, thread};

/// The number of exported Java objects at which the heap is checked; it is also checked at a number
/// far below.
static NEXT: AtomicI64 = AtomicI64::new(1);
/// The step by which that number was increased last.
static STEP: AtomicI64 = AtomicI64::new(1);
const LONGEST_STEP: i64 = 32;
/// The lowest heap use since the last collection by others.
static BASE: AtomicU64 = AtomicU64::new(u64::MAX);
/// The heap use at the last check.
static LAST: AtomicU64 = AtomicU64::new(0);

/// The bytes that each object added, including garbage of others.
static EACH: AtomicU64 = AtomicU64::new(0);

const MIB: u64 = 1 << 20;

/// A Java object was exported; others hold `live` objects now.
#[inline]
pub(crate) fn exported(env: Env, live: i64) {
    let next = NEXT.load(Ordering::Relaxed);
    if live >= next || live < next - 2 * LONGEST_STEP {
        // Failing to read the heap's use is no reason to fail the call.
        let _ = check(env, live);
    }
}

#[cold]
fn check(env: Env, live: i64) -> Result<(), Error> {
    let api = api::get();
    let (heap, step) = (&api.heap, STEP.load(Ordering::Relaxed));
    NEXT.store(live + step, Ordering::Relaxed); // so that other threads do not check meanwhile
    let used = heap.used(env)?;
    let base = BASE.fetch_min(used, Ordering::Relaxed).min(used);
    let urgency = urgency(base, used, heap.max);
    if let Some(urgency) = urgency {
        api.owner.press(urgency);
        BASE.store(heap.used(env)?, Ordering::Relaxed);
    }
    // If the JVM collected meanwhile, the previous estimate counts.
    let added = used.saturating_sub(LAST.swap(used, Ordering::Relaxed)) / step.unsigned_abs();
    let each = added.max(EACH.load(Ordering::Relaxed) / 4 * 3);
    EACH.store(each, Ordering::Relaxed);
    let room = (heap.max / 10 * 6).saturating_sub(used).max(heap.max / 16);
    let affordable = room / 4 / each.max(1);
    let step =
        i64::try_from(affordable).unwrap_or(LONGEST_STEP).clamp(1, LONGEST_STEP.min(2 * step));
    STEP.store(step, Ordering::Relaxed);
    NEXT.store(api.owner.live_objects() + step, Ordering::Relaxed);
    Ok(())
}

/// How urgently others must release objects, for a heap that grew from `base` to `used` bytes.
fn urgency(base: u64, used: u64, max: u64) -> Option<u32> {
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

/// An object of another runtime was imported into Java.
#[inline]
pub(crate) fn imported() {
    ARRIVALS.record();
}

/// See `metaffi_collect_fn`. Java's own objects need no action: the JVM collects when its heap is
/// full.
pub(crate) unsafe extern "C" fn collect(what: u32) {
    if what == abi::COLLECT_HELD && gate::is_open() && ARRIVALS.are_worth_collecting() {
        // There is nobody to report an error to.
        let _ = thread::enter().and_then(|env| api::get().heap.collect(env));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heap_that_fills_up_presses_in_time() {
        let max = 256 * MIB;
        assert_eq!(urgency(20 * MIB, 50 * MIB, max), None);
        assert_eq!(urgency(20 * MIB, 60 * MIB, max), Some(abi::PRESS_GREW));
        assert_eq!(urgency(20 * MIB, 160 * MIB, max), Some(abi::PRESS_FULL));
        assert_eq!(urgency(155 * MIB, 160 * MIB, max), None);
        assert_eq!(urgency(235 * MIB, 240 * MIB, max), Some(abi::PRESS_FULL));
    }
}
