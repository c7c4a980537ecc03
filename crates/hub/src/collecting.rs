//! The thread that makes runtimes collect, started when it is first needed.

use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use metaffi_abi as abi;
#[cfg(unix)]
use metaffi_plugin::signals::Mask;

use crate::budget::Urgency;
use crate::owners;
use crate::pressure::{ASKED, Collector, DONE, desk, rebase};

/// Starts the thread. Signals are not for it.
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
        let mut desk = desk();
        desk.done += 1;
        desk.stuck = false;
        drop(desk);
        DONE.notify_all();
    }
}

/// Waits until somebody asks.
fn next() -> (u64, Urgency) {
    let mut waiting = desk();
    loop {
        if let Some(asked) = waiting.asked.take() {
            waiting.begun += 1;
            return asked;
        }
        waiting = ASKED.wait(waiting).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Makes all but the owner give up what they hold, then the owner free it.
/// Whether any did.
fn round(owner: u64, urgency: Urgency) -> bool {
    let collectors: Vec<Collector> = desk().collectors.iter().map(|(known, _)| *known).collect();
    let (own, others): (Vec<_>, Vec<_>) =
        collectors.into_iter().enumerate().partition(|(_, known)| known.owner == owner);
    let mut any = false;
    for (index, collector) in others {
        any |= run(index, collector, abi::COLLECT_HELD, urgency);
    }
    if any {
        settle(owner);
        // What came back is garbage only now, and the owner does not know.
        for (index, collector) in own {
            run(index, collector, abi::COLLECT_RETURNED, urgency.max(Urgency::Doubled));
        }
    }
    any
}

/// Runs a collector, if its budget allows.
fn run(index: usize, collector: Collector, what: u32, urgency: Urgency) -> bool {
    let start = Instant::now();
    if !desk().collectors[index].1.allows(urgency, start) {
        return false;
    }
    // SAFETY: whoever added it says that it may be called by this thread.
    unsafe { (collector.collect)(what) };
    desk().collectors[index].1.spend(start.elapsed());
    true
}

/// Waits until no more objects come back: threads of the collectors release
/// them, after the collection.
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
