//! How much time a collector may take.

use std::time::{Duration, Instant};

/// How urgently memory is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// Memory use grew noticeably.
    Grew,
    /// Memory use grew by at least half, and by a large amount.
    Doubled,
    /// A heap is nearly full; without a collection it runs out of memory.
    Full,
}

/// For each urgency: a share of the time, in per cent, and the maximum time
/// that can be saved up. A program starts with that maximum.
const SHARES: [(u32, Duration); 3] =
    [(1, Duration::from_millis(100)), (20, Duration::from_secs(2)), (50, Duration::from_secs(5))];

/// The time that one collector may still take, for each urgency.
pub(crate) struct Budget {
    /// In nanoseconds; negative if the last collection took longer.
    remaining: [i128; SHARES.len()],
    since: Instant,
}

impl Budget {
    pub(crate) fn new(now: Instant) -> Self {
        Self { remaining: SHARES.map(|(_, max)| max.as_nanos() as i128), since: now }
    }

    /// Whether the collector may run now.
    pub(crate) fn allows(&mut self, urgency: Urgency, now: Instant) -> bool {
        let passed = now.duration_since(self.since).as_nanos() as i128;
        self.since = now;
        for (remaining, (percent, max)) in self.remaining.iter_mut().zip(SHARES) {
            *remaining =
                (*remaining + passed * i128::from(percent) / 100).min(max.as_nanos() as i128);
        }
        self.remaining[urgency as usize] > 0
    }

    /// Records how long a collection took.
    pub(crate) fn spend(&mut self, took: Duration) {
        self.remaining.iter_mut().for_each(|remaining| *remaining -= took.as_nanos() as i128);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The total time of a collector within ten minutes, if one run takes
    /// `each` and it is requested all the time.
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
    fn a_collection_that_is_not_urgent_takes_one_per_cent() {
        for each in [1, 20, 2000].map(Duration::from_millis) {
            let max = Duration::from_millis(6100) + each;
            assert!((Duration::from_secs(5)..=max).contains(&taken(Urgency::Grew, each)));
        }
    }

    #[test]
    fn an_urgent_collection_takes_more() {
        let each = Duration::from_millis(20);
        let (doubled, full) = (taken(Urgency::Doubled, each), taken(Urgency::Full, each));
        assert!(
            (Duration::from_secs(100)..Duration::from_secs(123)).contains(&doubled),
            "{doubled:?}"
        );
        assert!(full > 2 * doubled, "{full:?}");
    }
}
