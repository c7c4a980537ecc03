//! The thread that makes runtimes collect. It is started when it is first
//! needed.

use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use metaffi_abi as abi;
#[cfg(unix)]
use metaffi_plugin::signals::Mask;

use crate::budget::Urgency;
use crate::owners;
use crate::pressure::{Collector, DONE, REQUESTED, rebase, state};

/// Starts the thread, with signals blocked.
pub(crate) fn start() -> bool {
    without_signals(|| thread::Builder::new().name("metaffi-collect".into()).spawn(work).is_ok())
}

#[cfg(unix)]
fn without_signals<R>(body: impl FnOnce() -> R) -> R {
    let before = Mask::current();
    Mask::all_but_faults().set();
    let result = body();
    before.set();
    result
}

#[cfg(not(unix))]
fn without_signals<R>(body: impl FnOnce() -> R) -> R {
    body()
}

fn work() {
    loop {
        let (owner, urgency) = next();
        if round(owner, urgency) {
            rebase();
        }
        let mut state = state();
        state.finished_rounds += 1;
        state.stuck = false;
        drop(state);
        DONE.notify_all();
    }
}

/// Waits for a request.
fn next() -> (u64, Urgency) {
    let mut waiting = state();
    loop {
        if let Some(request) = waiting.request.take() {
            waiting.started_rounds += 1;
            return request;
        }
        waiting = REQUESTED.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Makes all runtimes except the owner release what they hold, then the owner
/// free it. Returns whether any did.
fn round(owner: u64, urgency: Urgency) -> bool {
    let collectors: Vec<Collector> = state().collectors.iter().map(|(known, _)| *known).collect();
    let (own, others): (Vec<_>, Vec<_>) =
        collectors.into_iter().enumerate().partition(|(_, known)| known.owner == owner);
    let mut any = false;
    for (index, collector) in others {
        any |= run(index, collector, abi::COLLECT_HELD, urgency);
    }
    if any {
        settle(owner);
        // The objects that came back are garbage only now, and the owner does
        // not know it.
        for (index, collector) in own {
            run(index, collector, abi::COLLECT_RETURNED, urgency.max(Urgency::Doubled));
        }
    }
    any
}

/// Runs a collector if its budget allows. Returns whether it ran.
fn run(index: usize, collector: Collector, what: u32, urgency: Urgency) -> bool {
    let start = Instant::now();
    if !state().collectors[index].1.allows(urgency, start) {
        return false;
    }
    // SAFETY: `add_collector` requires a function that this thread may call.
    unsafe { (collector.collect)(what) };
    state().collectors[index].1.spend(start.elapsed());
    true
}

/// Waits until no more objects are released: after a collection, other threads
/// of the collectors release them.
fn settle(owner: u64) {
    const MOMENT: Duration = Duration::from_millis(1);
    let (mut before, mut unchanged) = (owners::total(owner), 0);
    for _ in 0..50 {
        thread::sleep(MOMENT);
        let now = owners::total(owner);
        unchanged = if now == before { unchanged + 1 } else { 0 };
        if unchanged == 2 {
            return;
        }
        before = now;
    }
}
