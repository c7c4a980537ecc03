//! Whether a collector has anything to find of what came from other runtimes.

use core::sync::atomic::{AtomicU64, Ordering};

/// Counts the objects of others that came, about. Any thread.
#[derive(Debug, Default)]
pub struct Arrivals {
    came: AtomicU64,
    /// How many had come at the last collection.
    seen: AtomicU64,
    /// Collections since then without any more.
    idle: AtomicU64,
}

/// What came before may be garbage only later; after so many collections it is
/// taken for what stays.
const PATIENCE: u64 = 3;

impl Arrivals {
    /// Nothing has come yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { came: AtomicU64::new(0), seen: AtomicU64::new(0), idle: AtomicU64::new(0) }
    }

    /// An object of another runtime has come.
    #[inline]
    pub fn came(&self) {
        // No single step, which would take five times as long: one that another
        // thread's overwrites is missed by nobody.
        self.came.store(self.came.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    /// Asked before each collection: whether it is worth its time.
    #[must_use]
    pub fn are_worth_collecting(&self) -> bool {
        let came = self.came.load(Ordering::Relaxed);
        if self.seen.swap(came, Ordering::Relaxed) != came {
            self.idle.store(0, Ordering::Relaxed);
        }
        came > 0 && self.idle.fetch_add(1, Ordering::Relaxed) < PATIENCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_not_looked_for_for_ever() {
        let arrivals = Arrivals::new();
        assert!(!arrivals.are_worth_collecting());
        arrivals.came();
        assert!((0..PATIENCE).all(|_| arrivals.are_worth_collecting()));
        assert!(!arrivals.are_worth_collecting());
        arrivals.came();
        assert!(arrivals.are_worth_collecting());
    }
}
