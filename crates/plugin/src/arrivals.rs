//! Whether a collection could release objects of other runtimes.

use core::sync::atomic::{AtomicU64, Ordering};

/// Counts the objects received from other runtimes, approximately. Any thread.
#[derive(Debug, Default)]
pub struct Arrivals {
    received: AtomicU64,
    /// The count at the last collection.
    seen: AtomicU64,
    /// Collections since then without new objects.
    idle: AtomicU64,
}

/// Received objects may become garbage only later. After this many collections
/// the remaining ones are assumed to stay.
const MAX_IDLE: u64 = 3;

impl Arrivals {
    /// No object has been received yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { received: AtomicU64::new(0), seen: AtomicU64::new(0), idle: AtomicU64::new(0) }
    }

    /// Counts an object received from another runtime.
    #[inline]
    pub fn record(&self) {
        // Not an atomic addition, which takes five times as long: a lost update
        // does not matter.
        self.received
            .store(self.received.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    /// Called before each collection: whether it is worth the time.
    #[must_use]
    pub fn are_worth_collecting(&self) -> bool {
        let received = self.received.load(Ordering::Relaxed);
        if self.seen.swap(received, Ordering::Relaxed) != received {
            self.idle.store(0, Ordering::Relaxed);
        }
        received > 0 && self.idle.fetch_add(1, Ordering::Relaxed) < MAX_IDLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_that_stay_do_not_cause_collections_for_ever() {
        let arrivals = Arrivals::new();
        assert!(!arrivals.are_worth_collecting());
        arrivals.record();
        assert!((0..MAX_IDLE).all(|_| arrivals.are_worth_collecting()));
        assert!(!arrivals.are_worth_collecting());
        arrivals.record();
        assert!(arrivals.are_worth_collecting());
    }
}
