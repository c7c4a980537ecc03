//! Reference counts of objects.

use core::sync::atomic::{AtomicUsize, Ordering, fence};

/// The number of references to one object. It starts with the creator's
/// reference. Any thread may use it.
#[derive(Debug)]
pub struct References(AtomicUsize);

impl References {
    /// One reference: the creator's.
    #[must_use]
    pub const fn one() -> Self {
        Self(AtomicUsize::new(1))
    }

    /// Adds a reference. The caller must already hold one; nothing is
    /// published.
    #[inline]
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds a reference unless the last one is just being released: for callers that
    /// know the object without holding it. Only the count is synchronised. The
    /// object's content must be visible through the way it was found, under a lock or
    /// by an `Acquire`.
    #[must_use]
    pub fn try_add(&self) -> bool {
        let more = |count: usize| (count > 0).then_some(count + 1);
        self.0.try_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    /// Releases a reference. Returns whether it was the last one: then the
    /// object belongs to the caller alone, and all effects of other threads on
    /// it are visible.
    #[inline]
    #[must_use]
    pub fn give_up(&self) -> bool {
        if self.0.fetch_sub(1, Ordering::Release) != 1 {
            return false;
        }
        // Pairs with the `Release` of all who released a reference; additions in between do
        // not break the chain.
        fence(Ordering::Acquire);
        true
    }
}

#[cfg(test)]
mod tests {
    use core::cell::Cell;

    use super::*;

    #[test]
    fn the_last_reference_is_released_once_and_none_is_added_after_it() {
        let references = References::one();
        references.add();
        assert!(references.try_add());
        assert!(!references.give_up() && !references.give_up());
        assert!(references.give_up());
        assert!(!references.try_add());
    }

    /// Written by one thread without ordering, and read by the one that releases
    /// last.
    struct Shared {
        references: References,
        parts: [Cell<u64>; 2],
    }
    // SAFETY: each thread of the test uses its own part until it releases its reference.
    unsafe impl Sync for Shared {}

    #[test]
    fn the_last_release_sees_all_writes() {
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
