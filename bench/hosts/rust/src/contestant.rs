//! What a contestant provides: one loop for each scenario.

use anyhow::Result;

use crate::scenarios::Datum;

/// Calls a number of times with an argument; the result is that of the last call, or
/// the number of calls that failed.
pub(crate) type Loop = Box<dyn Fn(u64, &Datum) -> Result<Datum> + Send + Sync>;

/// One contestant.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// The number of times that the guest's `nothing` ran.
    pub(crate) calls: Box<dyn Fn() -> Result<i64>>,
    /// By the scenario's name.
    pub(crate) loops: Vec<(&'static str, Loop)>,
}
