//! One contestant in one scenario: timed in batches, its results verified.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::contestant::Loop;
use crate::scenarios::{Datum, Proof, Scenario};

const BATCH_NS: f64 = 1e6;
const WARM_UP_CALLS: u64 = 20_000;
const WARM_UP_NS: f64 = 3e8;

/// What is timed.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    scenario: &'static Scenario,
    repeated: Loop,
    calls: Rc<dyn Fn() -> Result<i64>>,
    count: Cell<i64>,
    size: u64,
}

impl Subject {
    pub(crate) fn new(
        name: &'static str,
        scenario: &'static Scenario,
        repeated: Loop,
        calls: Rc<dyn Fn() -> Result<i64>>,
    ) -> Self {
        Self { name, scenario, repeated, calls, count: Cell::new(0), size: 1 }
    }

    /// Checks the limits, warms up, and finds the size of a batch.
    pub(crate) fn prepare(&mut self) -> Result<()> {
        for limit in &self.scenario.limits {
            let came = (self.repeated)(1, limit)?;
            ensure!(came == *limit, "{}: {limit:?} came back as {came:?}", self.title());
        }
        let (mut done, mut spent) = (0, 0.0);
        while done < WARM_UP_CALLS && spent < WARM_UP_NS {
            let ns = self.timed()?;
            (done, spent) = (done + self.size, spent + ns);
            if ns < BATCH_NS / 2.0 {
                self.size *= 2;
            }
        }
        Ok(())
    }

    /// Nanoseconds per call of one batch.
    pub(crate) fn batch(&self) -> Result<f64> {
        Ok(self.timed()? / self.size as f64)
    }

    fn timed(&self) -> Result<f64> {
        let before = (self.calls)()?;
        let start = Instant::now();
        let result = (self.repeated)(self.size, &self.scenario.argument)?;
        let ns = start.elapsed().as_nanos() as f64;
        self.verify(before, &result)?;
        Ok(ns)
    }

    fn verify(&self, before: i64, result: &Datum) -> Result<()> {
        let n = self.size as i64;
        let right = match &self.scenario.proof {
            Proof::Calls => (self.calls)()? - before == n,
            Proof::Count => *result == Datum::Int(self.count.get() + n),
            Proof::Failures => *result == Datum::Int(n),
            Proof::Value(value) => result == value,
        };
        ensure!(right, "{}: {n} calls returned {result:?}", self.title());
        if let Datum::Int(count) = result {
            self.count.set(*count);
        }
        Ok(())
    }

    fn title(&self) -> String {
        format!("{}, {}", self.name, self.scenario.name)
    }
}
