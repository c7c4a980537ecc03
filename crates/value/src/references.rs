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

    /// Adds one, by somebody who holds one.
    #[inline]
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds one, unless the last is just being given up: for whoever knows the
    /// object without holding it.
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
        fence(Ordering::Acquire);
        true
    }
}

#[cfg(test)]
mod tests {
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
}
