//! How long something may be called: it is closed at any time, and released when the last call
//! under way has ended.
//!
//! Each step is a read-modify-write of one word: a call that began before the bit is set is
//!  counted, and the thread that ends the last stripe sees what the calls did (`Release` when
//!  leaving, `Acquire` by the last).

use core::sync::atomic::{AtomicUsize, Ordering};

const STRIPES: usize = 4;
const CLOSED: usize = 1;
const CALL: usize = 2;

/// The calls of some threads, on their own cache line.
#[repr(align(64))]
#[derive(Default)]
struct Stripe(AtomicUsize);

/// Counts the calls under way, per thread stripe.
#[derive(Default)]
pub(super) struct Life {
    stripes: [Stripe; STRIPES],
    /// The number of stripes that are closed and have no calls.
    ended: AtomicUsize,
}

/// A call under way, in the stripe of this number.
pub(super) struct Entered(usize);

impl Life {
    /// Begins a call, which [`Life::leave`] ends; `None` if it is closed.
    #[inline]
    pub(super) fn enter(&self) -> Option<Entered> {
        let number = stack() % STRIPES;
        let more = |calls: usize| (calls & CLOSED == 0).then_some(calls + CALL);
        let stripe = &self.stripes[number].0;
        // By compare-exchange, so that a stripe that has ended never changes again.
        stripe.try_update(Ordering::Acquire, Ordering::Relaxed, more).ok()?;
        Some(Entered(number))
    }

    /// Ends a call. Returns whether it was the last one, and the callee must be released now.
    #[inline]
    pub(super) fn leave(&self, entered: Entered) -> bool {
        let before = self.stripes[entered.0].0.fetch_sub(CALL, Ordering::AcqRel);
        before == CALL | CLOSED && self.end_stripe()
    }

    /// Whether calls are refused. For callees that stay alive anyway: nothing else needs to be
    /// visible.
    #[inline]
    pub(super) fn is_closed(&self) -> bool {
        self.stripes[0].0.load(Ordering::Relaxed) & CLOSED != 0
    }

    /// Refuses calls from now on. Returns whether none is under way, and the callee must be
    /// released now.
    pub(super) fn close(&self) -> bool {
        let mut is_last = false;
        for stripe in &self.stripes {
            if stripe.0.fetch_or(CLOSED, Ordering::AcqRel) == 0 {
                is_last |= self.end_stripe();
            }
        }
        is_last
    }

    fn end_stripe(&self) -> bool {
        self.ended.fetch_add(1, Ordering::AcqRel) + 1 == STRIPES
    }
}

/// A number that is rarely shared by threads that call at the same time.
#[inline]
fn stack() -> usize {
    let here = 0_u8;
    (&raw const here) as usize >> 18
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_calls_and_close_releases_once() {
        let life = Life::default();
        let (first, second) = (life.enter().unwrap(), life.enter().unwrap());
        assert!(!life.leave(first));
        assert!(!life.close());
        assert!(life.enter().is_none());
        assert!(life.leave(second));
        assert!(!life.close());
        assert!(Life::default().close());
    }
}
