//! What a contestant brings: one loop for each scenario.

use anyhow::Result;

use crate::scenarios::Datum;

/// Calls so many times with that argument; the result is that of the last
/// call, or how many calls failed.
pub(crate) type Loop = Box<dyn Fn(u64, &Datum) -> Result<Datum> + Send + Sync>;

/// One contestant.
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// How often the guest's `nothing` ran.
    pub(crate) calls: Box<dyn Fn() -> Result<i64>>,
    /// By the scenario's name.
    pub(crate) loops: Vec<(&'static str, Loop)>,
}
