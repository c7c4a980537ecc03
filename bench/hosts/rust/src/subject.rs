//! One contestant in one scenario: timed in batches, with its results verified.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::contestant::Loop;
use crate::scenarios::{Datum, Proof, Scenario};

const BATCH_NS: f64 = 1e6;
const WARM_UP_CALLS: u64 = 20_000;
const WARM_UP_NS: f64 = 3e8;
/// The number of batches that threads share.
const SHARED: u64 = 40;

/// A contestant in a scenario.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    scenario: &'static Scenario,
    repeated: Loop,
    calls: Rc<dyn Fn() -> Result<i64>>,
    count: Cell<i64>,
    /// Calls in a batch; 0 until it is prepared.
    size: Cell<u64>,
}

impl Subject {
    pub(crate) fn new(
        name: &'static str,
        scenario: &'static Scenario,
        repeated: Loop,
        calls: Rc<dyn Fn() -> Result<i64>>,
    ) -> Self {
        Self { name, scenario, repeated, calls, count: Cell::new(0), size: Cell::new(0) }
    }

    /// Checks the limits, warms up, and determines the size of a batch, unless that has
    /// been done.
    pub(crate) fn prepare(&self) -> Result<()> {
        if self.size.get() > 0 {
            return Ok(());
        }
        self.size.set(1);
        for limit in &self.scenario.limits {
            let answer = (self.repeated)(1, limit)?;
            ensure!(answer == *limit, "{}: {limit:?} came back as {answer:?}", self.title());
        }
        let (mut done, mut spent) = (0, 0.0);
        while done < WARM_UP_CALLS && spent < WARM_UP_NS {
            let ns = self.timed()?;
            (done, spent) = (done + self.size.get(), spent + ns);
            if ns < BATCH_NS / 2.0 {
                self.size.set(self.size.get() * 2);
            }
        }
        Ok(())
    }

    /// Nanoseconds per call of one batch.
    pub(crate) fn batch(&self) -> Result<f64> {
        Ok(self.timed()? / self.size.get() as f64)
    }

    /// Nanoseconds per call of [`SHARED`] batches that several threads share.
    pub(crate) fn at_once(&self, threads: u64) -> Result<f64> {
        let n = self.size.get() * SHARED / threads;
        let (repeated, argument) = (&self.repeated, &self.scenario.argument);
        let ready = Barrier::new(threads as usize + 1);
        let call = || {
            ready.wait();
            repeated(n, argument)
        };
        thread::scope(|scope| {
            let called: Vec<_> = (0..threads).map(|_| scope.spawn(call)).collect();
            ready.wait();
            let start = Instant::now();
            let results: Vec<_> = called.into_iter().map(thread::ScopedJoinHandle::join).collect();
            let ns = start.elapsed().as_nanos() as f64;
            for result in results {
                let result = result.expect("no thread panics")?;
                let right = self.scenario.proof == Proof::Value(result);
                ensure!(right, "{}: a thread's calls went wrong", self.title());
            }
            Ok(ns / (n * threads) as f64)
        })
    }

    fn timed(&self) -> Result<f64> {
        let before = (self.calls)()?;
        let start = Instant::now();
        let result = (self.repeated)(self.size.get(), &self.scenario.argument)?;
        let ns = start.elapsed().as_nanos() as f64;
        self.verify(before, &result)?;
        Ok(ns)
    }

    fn verify(&self, before: i64, result: &Datum) -> Result<()> {
        let n = self.size.get() as i64;
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
