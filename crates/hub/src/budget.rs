//! How much of the time a collector may take.

use std::time::{Duration, Instant};

/// How badly memory is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// It grew by a good part.
    Grew,
    /// It grew by half, and much.
    Doubled,
    /// A heap is nearly full; what comes else is that it is out of memory.
    Full,
}

/// A share of the time, in per cent, and the time that may be saved up. A
/// program begins with that much.
const SHARES: [(u32, Duration); 3] =
    [(1, Duration::from_millis(100)), (20, Duration::from_secs(2)), (50, Duration::from_secs(5))];

/// What one collector may still take, for each urgency.
pub(crate) struct Budget {
    /// In nanoseconds; below zero when the last collection took more.
    left: [i128; SHARES.len()],
    since: Instant,
}

impl Budget {
    pub(crate) fn new(now: Instant) -> Self {
        Self { left: SHARES.map(|(_, most)| most.as_nanos() as i128), since: now }
    }

    /// Whether the collector may run now.
    pub(crate) fn allows(&mut self, urgency: Urgency, now: Instant) -> bool {
        let passed = now.duration_since(self.since).as_nanos() as i128;
        self.since = now;
        for (left, (percent, most)) in self.left.iter_mut().zip(SHARES) {
            *left = (*left + passed * i128::from(percent) / 100).min(most.as_nanos() as i128);
        }
        self.left[urgency as usize] > 0
    }

    /// It took so long.
    pub(crate) fn spend(&mut self, took: Duration) {
        self.left.iter_mut().for_each(|left| *left -= took.as_nanos() as i128);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time that a collector which takes `each` gets within ten minutes,
    /// when it is asked for all the time.
    fn taken(urgency: Urgency, each: Duration) -> Duration {
        let start = Instant::now();
        let (mut budget, mut now, mut taken) = (Budget::new(start), start, Duration::ZERO);
        while now.duration_since(start) < Duration::from_secs(600) {
            if budget.allows(urgency, now) {
                budget.spend(each);
                taken += each;
                now += each;
            }
            now += Duration::from_millis(1);
        }
        taken
    }

    #[test]
    fn what_is_not_urgent_takes_one_per_cent() {
        for each in [1, 20, 2000].map(Duration::from_millis) {
            let most = Duration::from_millis(6100) + each;
            assert!((Duration::from_secs(5)..=most).contains(&taken(Urgency::Grew, each)));
        }
    }

    #[test]
    fn what_is_urgent_takes_more() {
        let each = Duration::from_millis(20);
        let (doubled, full) = (taken(Urgency::Doubled, each), taken(Urgency::Full, each));
        assert!(
            (Duration::from_secs(100)..Duration::from_secs(123)).contains(&doubled),
            "{doubled:?}"
        );
        assert!(full > 2 * doubled, "{full:?}");
    }
}
