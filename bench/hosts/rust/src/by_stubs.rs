//! MetaFFI by generated stubs, which lie in the folder `METAFFI_STUBS`.

use std::hint::black_box;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use metaffi::stubs::Error;

use crate::contestant::{Contestant, Loop};
use crate::scenarios::{Datum, LUCK, STEP};

mod java {
    include!(concat!(env!("METAFFI_STUBS"), "/java/bench_MetaFFIHost.rs"));
}
mod go {
    include!(concat!(env!("METAFFI_STUBS"), "/go/bench_MetaFFIHost.rs"));
}
mod python {
    include!(concat!(env!("METAFFI_STUBS"), "/python/bench_guest_MetaFFIHost.rs"));
}

/// The loops of the guest whose stubs have these functions, and this counter.
macro_rules! contestant {
    ($($guest:ident)::+, $counter:expr) => {{
        let counter = $counter?;
        let loops = vec![
            ("void", nothing($($guest)::+::nothing)),
            ("int64", number($($guest)::+::echo)),
            ("string", text(|value| $($guest)::+::text(value))),
            ("array", sum(|values| $($guest)::+::sum(values))),
            ("object", increment(move || counter.increment())),
            ("callback", number(|value| $($guest)::+::apply(|number| number + STEP, value))),
            ("error", fail($($guest)::+::fail)),
        ];
        Ok(Contestant { name: "stubs", calls: Box::new(|| Ok($($guest)::+::calls()?)), loops })
    }};
}

/// Binds the guest's stubs.
pub(crate) fn load(guest: &str, built: &Path) -> Result<Contestant> {
    let path = |name: &str| built.join(name).to_string_lossy().into_owned();
    match guest {
        "java" => {
            java::bind_module_to_code(&path("bench.jar"), "openjdk")?;
            contestant!(java::Bench, java::Bench::new())
        }
        "go" => {
            go::bind_module_to_code(&path("bench_MetaFFIGuest"), "go")?;
            contestant!(go, go::new_counter())
        }
        "python" => {
            python::bind_module_to_code(&path("python/bench_guest.py"), "python3")?;
            contestant!(python, python::Counter::new())
        }
        other => bail!("there is no guest {other}"),
    }
}

/// Calls `n` times; the result of the last call.
fn repeat<R>(n: u64, mut call: impl FnMut() -> Result<R, Error>) -> Result<R> {
    let mut last = call()?;
    for _ in 1..n {
        last = call()?;
    }
    Ok(last)
}

fn nothing(nothing: impl Fn() -> Result<(), Error> + 'static) -> Loop {
    Box::new(move |n, _| {
        repeat(n, &nothing)?;
        Ok(Datum::Nothing)
    })
}

fn number(function: impl Fn(i64) -> Result<i64, Error> + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        Ok(Datum::Int(repeat(n, || function(black_box(*value)))?))
    })
}

fn text(text: impl Fn(&str) -> Result<String, Error> + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Text(value) = argument else { bail!("a text is needed") };
        Ok(Datum::Text(repeat(n, || text(black_box(value)))?))
    })
}

fn sum(sum: impl Fn(&[i64]) -> Result<i64, Error> + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Longs(values) = argument else { bail!("numbers are needed") };
        Ok(Datum::Int(repeat(n, || sum(black_box(values)))?))
    })
}

fn increment(increment: impl Fn() -> Result<i64, Error> + 'static) -> Loop {
    Box::new(move |n, _| Ok(Datum::Int(repeat(n, &increment)?)))
}

fn fail(fail: impl Fn() -> Result<(), Error> + 'static) -> Loop {
    Box::new(move |n, _| {
        let mut failed = 0;
        for _ in 0..n {
            let Err(error) = fail() else { continue };
            ensure!(error.message.contains(LUCK), "the message got lost: {}", error.message);
            failed += 1;
        }
        Ok(Datum::Int(failed))
    })
}
