//! How many references others hold to a counted object.

use core::sync::atomic::{AtomicUsize, Ordering, fence};

/// The count of the references to one object, which begins with the maker's.
/// Any thread.
#[derive(Debug)]
pub struct References(AtomicUsize);

impl References {
    /// One reference: that of whoever makes the object.
    #[must_use]
    pub const fn one() -> Self {
        Self(AtomicUsize::new(1))
    }

    /// Adds one, by somebody who holds one: it publishes nothing.
    #[inline]
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds one, unless the last is just being given up: for whoever knows the
    /// object without holding it. The count decides that and no more: what the object
    /// is must be visible by how it was found, under a lock or by an `Acquire`.
    #[must_use]
    pub fn try_add(&self) -> bool {
        let more = |count: usize| (count > 0).then_some(count + 1);
        self.0.try_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    /// Gives one up. Whether it was the last: the object is the caller's alone
    /// then, and what all others did to it is done.
    #[inline]
    #[must_use]
    pub fn give_up(&self) -> bool {
        if self.0.fetch_sub(1, Ordering::Release) != 1 {
            return false;
        }
        // With the `Release` of all who gave one up: an addition in between breaks no chain.
        fence(Ordering::Acquire);
        true
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use super::*;

    #[test]
    fn the_last_one_is_given_up_once_and_none_is_added_after_it() {
        let references = References::one();
        references.add();
        assert!(references.try_add());
        assert!(!references.give_up() && !references.give_up());
        assert!(references.give_up());
        assert!(!references.try_add());
    }

    /// Written by one thread without any order, read by the one that gives up last.
    struct Shared {
        references: References,
        parts: [Cell<u64>; 2],
    }
    // SAFETY: each thread of the test has a part of its own until it gives its reference up.
    unsafe impl Sync for Shared {}

    #[test]
    fn whoever_gives_up_last_sees_what_all_did() {
        const ROUNDS: u64 = if cfg!(miri) { 20 } else { 5_000 };
        for round in 1..=ROUNDS {
            let shared = Shared { references: References::one(), parts: Default::default() };
            shared.references.add();
            let write = |part: usize| {
                let Shared { references, parts } = &shared;
                parts[part].set(round);
                references.give_up().then(|| (parts[0].get(), parts[1].get()))
            };
            let seen = std::thread::scope(|scope| {
                let other = scope.spawn(|| write(1));
                [write(0), other.join().unwrap()]
            });
            assert!(
                matches!(seen, [Some(seen), None] | [None, Some(seen)] if seen == (round, round))
            );
        }
    }
}
