//! Text of growing length, passed and returned.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::contestant::{Contestant, Loop};
use crate::scenarios::Datum;
use crate::{floor, ours, say};

const BYTES: [usize; 6] = [64, 1 << 10, 1 << 14, 1 << 18, 1 << 22, 1 << 26];
const TURNS: usize = 5;
const BATCH_NS: f64 = 5e6;

/// Nanoseconds per call of each turn, by contestant.
type Times = BTreeMap<&'static str, Vec<f64>>;

/// Prints the times by the letter that a text consists of, and by its size in bytes.
pub(crate) fn run(guest: &str, built: &Path, letters: impl Iterator<Item = String>) -> Result<()> {
    let contestants = [ours::load(guest, built)?, floor::load(guest, built)?];
    let mut answer = BTreeMap::new();
    for letter in letters {
        let of_bytes = |bytes: usize| {
            let text = Datum::Text(letter.repeat(bytes / letter.len()));
            anyhow::Ok((bytes, turns(&contestants, &text)?))
        };
        let times = BYTES.into_iter().map(of_bytes).collect::<Result<BTreeMap<_, _>>>()?;
        answer.insert(letter, times);
    }
    say(&json!(answer))
}

fn turns(contestants: &[Contestant], text: &Datum) -> Result<Times> {
    let mut times = Times::new();
    let batches = contestants
        .iter()
        .map(|one| {
            let of_text = one.loops.iter().find(|(name, _)| *name == "string");
            let (_, repeated) = of_text.context("there is no loop over texts")?;
            Ok((one.name, repeated, enough(repeated, text)?))
        })
        .collect::<Result<Vec<_>>>()?;
    for _ in 0..TURNS {
        for (name, repeated, calls) in &batches {
            times.entry(*name).or_default().push(timed(repeated, text, *calls)?);
        }
    }
    Ok(times)
}

/// The number of calls in a batch; the first one proves that the call is right.
fn enough(repeated: &Loop, text: &Datum) -> Result<u64> {
    ensure!(repeated(1, text)? == *text, "a text came back changed");
    timed(repeated, text, 2)?;
    Ok((BATCH_NS / timed(repeated, text, 2)?).max(1.0) as u64)
}

fn timed(repeated: &Loop, text: &Datum, calls: u64) -> Result<f64> {
    let start = Instant::now();
    repeated(calls, text)?;
    Ok(start.elapsed().as_nanos() as f64 / calls as f64)
}
