//! Many loaded entities: the cost of loading each, and of calling all of them in turn.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, bail, ensure};
use metaffi::{Function, Runtime};
use serde_json::json;

use crate::say;

type Echo = Function<(i64,), i64>;

const COUNTS: [usize; 5] = [1, 10, 100, 1_000, 10_000];
const TURNS: usize = 5;
const BATCH_NS: f64 = 2e7;
const WARM_UP_NS: f64 = 5e8;

/// The place of the function with a number; each adds its number to its argument.
struct Place {
    runtime: &'static str,
    path: fn(usize) -> String,
    /// The number of functions.
    functions: usize,
}

fn place(guest: &str) -> Result<Place> {
    Ok(match guest {
        "java" => Place {
            runtime: "openjdk",
            path: |index| format!("class=many.Many{},callable=f{}", index / 100, index % 100),
            functions: 10_000,
        },
        "go" => Place {
            runtime: "go",
            path: |index| format!("callable=F{}", index % 1_000),
            functions: 1_000,
        },
        "python" => Place {
            runtime: "python3",
            path: |index| format!("callable=f{index}"),
            functions: 10_000,
        },
        other => bail!("there is no guest {other}"),
    })
}

/// Prints the number of loaded entities, with the nanoseconds to load one and to call
/// one.
pub(crate) fn run(guest: &str, module: &str) -> Result<()> {
    let place = place(guest)?;
    let module = Runtime::load(place.runtime)?.module(module)?;
    let (mut loaded, mut answer) = (Vec::new(), Vec::new());
    for count in COUNTS {
        let mut times = Vec::new();
        for index in loaded.len()..count {
            let path = (place.path)(index);
            let start = Instant::now();
            loaded.push(module.function(&path)?);
            times.push(start.elapsed().as_nanos() as f64);
        }
        answer.push((count, median(times), in_turns(&loaded, place.functions)?));
    }
    say(&json!(answer))
}

/// Nanoseconds per call, if all are called in turn.
fn in_turns(loaded: &[Echo], functions: usize) -> Result<f64> {
    for (index, function) in loaded.iter().enumerate() {
        let answer = function.call((1,))?;
        ensure!(answer == 1 + (index % functions) as i64, "function {index} returned {answer}");
    }
    let (mut spent, mut ns) = (0.0, 0.0);
    while spent < WARM_UP_NS {
        ns = all(loaded)?;
        spent += ns;
    }
    let again = (BATCH_NS / ns).max(1.0) as usize;
    let batch = || (0..again).try_fold(0.0, |sum, _| all(loaded).map(|ns| sum + ns));
    let batches = (0..TURNS).map(|_| batch()).collect::<Result<Vec<_>>>()?;
    Ok(median(batches) / (again * loaded.len()) as f64)
}

fn all(loaded: &[Echo]) -> Result<f64> {
    let start = Instant::now();
    for function in loaded {
        black_box(function.call((black_box(1),))?);
    }
    Ok(start.elapsed().as_nanos() as f64)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
