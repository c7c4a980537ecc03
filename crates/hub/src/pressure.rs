//! Foreign memory: when runtimes are asked to collect what they hold of others.
//!
//! An owner reports every few objects that it passes to others. The hub then
//! checks the memory use of the process, at most every few milliseconds. If it
//! grew noticeably since the last collection, the runtimes that hold objects
//! collect, one after the other. They do so on a thread of the hub, since a
//! collector may wait for locks that the owner's thread holds. How long they may
//! take is limited in proportion to the elapsed time.

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

/// State shared by the collecting thread and those that request collections.
pub(crate) struct State {
    pub(crate) collectors: Vec<(Collector, Budget)>,
    /// The pending request: the owner, and how urgent it is. The next round
    /// serves all requests up to then.
    pub(crate) request: Option<(u64, Urgency)>,
    /// The number of rounds started, and of rounds finished.
    pub(crate) started_rounds: u64,
    pub(crate) finished_rounds: u64,
    started: bool,
    /// Whether a thread gave up waiting for the current round.
    pub(crate) stuck: bool,
}

static STATE: Mutex<State> = Mutex::new(State {
    collectors: Vec::new(),
    request: None,
    started_rounds: 0,
    finished_rounds: 0,
    started: false,
    stuck: false,
});
pub(crate) static REQUESTED: Condvar = Condvar::new();
pub(crate) static DONE: Condvar = Condvar::new();

pub(crate) fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a thread with a full heap waits.
const PATIENCE: Duration = Duration::from_secs(1);

/// Adds a collector.
pub(crate) fn add(owner: u64, collect: abi::CollectFn) {
    if ENDING.load(Ordering::Relaxed) {
        return;
    }
    state().collectors.push((Collector { owner, collect }, Budget::new(Instant::now())));
}

/// A hint, so `Relaxed` suffices: a thread that sees it late makes one more
/// request, and nothing waits for its result.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Stops collecting: the process is ending, or it is a forked child, which has
/// no thread for it and may find the lock held.
pub(crate) fn end() {
    ENDING.store(true, Ordering::Relaxed);
}

/// An owner's request; see `press` in `metaffi.h`.
pub(crate) fn press(owner: u64, urgency: u32, used: u64) {
    if ENDING.load(Ordering::Relaxed) {
        return;
    }
    match urgency {
        abi::PRESS_LOOK => {
            let seen = if used == 0 { check_memory() } else { grew(owners::base(owner), used) };
            seen.into_iter().for_each(|urgency| _ = ask(owner, urgency));
        }
        abi::PRESS_FULL => await_round(ask(owner, Urgency::Full)),
        _ => _ = ask(owner, Urgency::Grew),
    }
}

/// The minimum that the process had in use since the last collection.
static BASE: AtomicU64 = AtomicU64::new(u64::MAX);
/// When the memory may next be checked, in microseconds.
static NEXT_CHECK: AtomicU64 = AtomicU64::new(0);
const CHECK_INTERVAL: u64 = 5_000;
/// The longest interval after a slow check, which may have been slow only
/// because the thread had to wait.
const MAX_CHECK_INTERVAL: u64 = 50_000;

const MIB: u64 = 1 << 20;

/// How urgent a collection is, judging by the memory use of the process. Checks
/// take one per cent of the time at most, however slow they are.
fn check_memory() -> Option<Urgency> {
    let (now, next) = (memory::microseconds(), NEXT_CHECK.load(Ordering::Relaxed));
    let (order, until) = (Ordering::Relaxed, now + CHECK_INTERVAL);
    if now < next || NEXT_CHECK.compare_exchange(next, until, order, order).is_err() {
        return None;
    }
    let used = memory::used()?;
    let took = memory::microseconds() - now;
    NEXT_CHECK.fetch_max(now + (100 * took).min(MAX_CHECK_INTERVAL), order);
    grew(Some(&BASE), used)
}

/// How urgent a collection is with this much in use. The base is the minimum so
/// far.
fn grew(base: Option<&AtomicU64>, used: u64) -> Option<Urgency> {
    urgency(base?.fetch_min(used, Ordering::Relaxed).min(used), used)
}

/// The urgency of growth from `base` to `memory` bytes.
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

/// Makes growth count from the next reported use.
pub(crate) fn rebase() {
    BASE.store(u64::MAX, Ordering::Relaxed);
    owners::rebase();
}

/// Requests a round, and returns its number.
fn ask(owner: u64, urgency: Urgency) -> u64 {
    let mut state = state();
    if !state.started {
        state.started = collecting::start();
    }
    state.request = Some(match state.request {
        None => (owner, urgency),
        // If several owners ask, none is excluded from collecting.
        Some((other, before)) => (if other == owner { owner } else { 0 }, before.max(urgency)),
    });
    REQUESTED.notify_one();
    state.started_rounds + 1
}

fn await_round(round: u64) {
    let start = Instant::now();
    let mut waiting = state();
    while waiting.started && !waiting.stuck && waiting.finished_rounds < round {
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
    fn large_growth_is_more_urgent() {
        assert_eq!(urgency(0, 63 * MIB), None);
        assert_eq!(urgency(0, 64 * MIB), Some(Urgency::Grew));
        assert_eq!(urgency(0, 256 * MIB), Some(Urgency::Doubled));
        let large = 8192 * MIB;
        assert_eq!(urgency(large, large + 1000 * MIB), None);
        assert_eq!(urgency(large, large + 1024 * MIB), Some(Urgency::Grew));
        assert_eq!(urgency(large, large + 4096 * MIB), Some(Urgency::Doubled));
    }
}
