//! Foreign memory: when runtimes are asked to collect what they hold of others.
//!
//! An owner whose objects leave says so with every few of them. The process's
//! memory is looked at then, at most every few milliseconds; when it grew by a
//! good part since the last collection, the runtimes that hold objects collect,
//! one after the other, on a thread of the hub's: a collector may wait for locks
//! that the thread of the owner has. What they may cost is limited by the time
//! that they took before.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use metaffi_abi as abi;

use crate::budget::{Budget, Urgency};
use crate::{collecting, memory, owners};

/// A runtime that can collect.
#[derive(Clone, Copy)]
pub(crate) struct Collector {
    pub(crate) owner: u64,
    pub(crate) collect: abi::CollectFn,
}

/// What the thread that collects and those that ask share.
pub(crate) struct Desk {
    pub(crate) collectors: Vec<(Collector, Budget)>,
    /// Who asked, and how much; the next round is for all that did.
    pub(crate) asked: Option<(u64, Urgency)>,
    /// Rounds that were begun, and that are done.
    pub(crate) begun: u64,
    pub(crate) done: u64,
    started: bool,
    /// Somebody waited in vain for the round that is under way.
    pub(crate) stuck: bool,
}

static DESK: Mutex<Desk> = Mutex::new(Desk {
    collectors: Vec::new(),
    asked: None,
    begun: 0,
    done: 0,
    started: false,
    stuck: false,
});
pub(crate) static ASKED: Condvar = Condvar::new();
pub(crate) static DONE: Condvar = Condvar::new();

pub(crate) fn desk() -> MutexGuard<'static, Desk> {
    DESK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a thread waits whose heap is full.
const PATIENCE: Duration = Duration::from_secs(1);

/// Adds a way to collect.
pub(crate) fn add(owner: u64, collect: abi::CollectFn) {
    if ENDING.load(Ordering::Relaxed) {
        return;
    }
    desk().collectors.push((Collector { owner, collect }, Budget::new(Instant::now())));
}

/// A hint: whoever sees it late asks once more, and nobody waits for the answer.
static ENDING: AtomicBool = AtomicBool::new(false);

/// The process ends, or is a forked child, which has no thread to collect and
/// may find the lock taken: nothing is collected any more.
pub(crate) fn end() {
    ENDING.store(true, Ordering::Relaxed);
}

/// An owner asks; see `press` in `metaffi.h`.
pub(crate) fn press(owner: u64, urgency: u32, used: u64) {
    if ENDING.load(Ordering::Relaxed) {
        return;
    }
    match urgency {
        abi::PRESS_LOOK => {
            let seen = if used == 0 { look() } else { grew(owners::base(owner), used) };
            seen.into_iter().for_each(|urgency| _ = ask(owner, urgency));
        }
        abi::PRESS_FULL => await_round(ask(owner, Urgency::Full)),
        _ => _ = ask(owner, Urgency::Grew),
    }
}

/// The least that the process had in use since the last collection.
static BASE: AtomicU64 = AtomicU64::new(u64::MAX);
/// When the memory may be looked at again, in microseconds.
static NEXT_LOOK: AtomicU64 = AtomicU64::new(0);
const LOOK_EVERY: u64 = 5_000;
/// And when it was slow, perhaps only because the thread had to wait.
const LOOK_AGAIN: u64 = 50_000;

const MIB: u64 = 1 << 20;

/// How urgent it is to collect, by the memory of the process. It is looked at
/// for one per cent of the time, however long that takes.
fn look() -> Option<Urgency> {
    let (now, next) = (memory::microseconds(), NEXT_LOOK.load(Ordering::Relaxed));
    let (order, until) = (Ordering::Relaxed, now + LOOK_EVERY);
    if now < next || NEXT_LOOK.compare_exchange(next, until, order, order).is_err() {
        return None;
    }
    let used = memory::used()?;
    let took = memory::microseconds() - now;
    NEXT_LOOK.fetch_max(now + (100 * took).min(LOOK_AGAIN), order);
    grew(Some(&BASE), used)
}

/// How urgent it is when so much is in use. The base is what was least.
fn grew(base: Option<&AtomicU64>, used: u64) -> Option<Urgency> {
    urgency(base?.fetch_min(used, Ordering::Relaxed).min(used), used)
}

/// What growth from `base` to `memory` bytes calls for.
fn urgency(base: u64, memory: u64) -> Option<Urgency> {
    let grew = memory - base;
    if grew >= (base / 2).max(256 * MIB) {
        Some(Urgency::Doubled)
    } else if grew >= (base / 8).max(64 * MIB) {
        Some(Urgency::Grew)
    } else {
        None
    }
}

/// Growth counts from what is in use next.
pub(crate) fn rebase() {
    BASE.store(u64::MAX, Ordering::Relaxed);
    owners::rebase();
}

/// Asks for a round; its number.
fn ask(owner: u64, urgency: Urgency) -> u64 {
    let mut desk = desk();
    if !desk.started {
        desk.started = collecting::start();
    }
    desk.asked = Some(match desk.asked {
        None => (owner, urgency),
        // Of several owners none is spared.
        Some((other, before)) => (if other == owner { owner } else { 0 }, before.max(urgency)),
    });
    ASKED.notify_one();
    desk.begun + 1
}

fn await_round(round: u64) {
    let start = Instant::now();
    let mut waiting = desk();
    while waiting.started && !waiting.stuck && waiting.done < round {
        let Some(rest) = PATIENCE.checked_sub(start.elapsed()) else {
            waiting.stuck = true;
            return;
        };
        waiting = DONE.wait_timeout(waiting, rest).unwrap_or_else(PoisonError::into_inner).0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_grew_is_collected_and_much_of_it_sooner() {
        assert_eq!(urgency(0, 63 * MIB), None);
        assert_eq!(urgency(0, 64 * MIB), Some(Urgency::Grew));
        assert_eq!(urgency(0, 256 * MIB), Some(Urgency::Doubled));
        let large = 8192 * MIB;
        assert_eq!(urgency(large, large + 1000 * MIB), None);
        assert_eq!(urgency(large, large + 1024 * MIB), Some(Urgency::Grew));
        assert_eq!(urgency(large, large + 4096 * MIB), Some(Urgency::Doubled));
    }
}
