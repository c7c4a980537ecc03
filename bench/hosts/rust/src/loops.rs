//! The loops over MetaFFI's calls, however they are made.

use std::hint::black_box;

use anyhow::{Result, bail, ensure};
use metaffi::{Error, Handle, Value};

use crate::contestant::Loop;
use crate::scenarios::{Datum, LUCK};

/// Calls `n` times; the result of the last call.
fn repeat<R>(n: u64, mut call: impl FnMut() -> Result<R, Error>) -> Result<R> {
    let mut last = call()?;
    for _ in 1..n {
        last = call()?;
    }
    Ok(last)
}

/// Without arguments and result.
pub(crate) fn nothing(nothing: impl Fn() -> Result<(), Error> + Send + Sync + 'static) -> Loop {
    Box::new(move |n, _| {
        repeat(n, &nothing)?;
        Ok(Datum::Nothing)
    })
}

/// From a number to a number.
pub(crate) fn number(function: impl Fn(i64) -> Result<i64, Error> + Send + Sync + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        Ok(Datum::Int(repeat(n, || function(black_box(*value)))?))
    })
}

/// From text to text.
pub(crate) fn text(text: impl Fn(&str) -> Result<String, Error> + Send + Sync + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Text(value) = argument else { bail!("a text is needed") };
        Ok(Datum::Text(repeat(n, || text(black_box(value)))?))
    })
}

/// From an array to a number.
pub(crate) fn sum(sum: impl Fn(&[i64]) -> Result<i64, Error> + Send + Sync + 'static) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Longs(values) = argument else { bail!("numbers are needed") };
        Ok(Datum::Int(repeat(n, || sum(black_box(values)))?))
    })
}

/// Without arguments, to an array.
pub(crate) fn numbers(
    numbers: impl Fn() -> Result<Vec<i64>, Error> + Send + Sync + 'static,
) -> Loop {
    Box::new(move |n, _| Ok(Datum::Longs(repeat(n, &numbers)?)))
}

/// From values of any type to values.
pub(crate) fn mixed(
    mixed: impl Fn(&[Value]) -> Result<Vec<Value>, Error> + Send + Sync + 'static,
) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Mixed(values) = argument else { bail!("values are needed") };
        Ok(Datum::Mixed(repeat(n, || mixed(black_box(values)))?))
    })
}

/// From texts to texts.
pub(crate) fn strings(
    strings: impl Fn(&[String]) -> Result<Vec<String>, Error> + Send + Sync + 'static,
) -> Loop {
    Box::new(move |n, argument| {
        let Datum::Texts(values) = argument else { bail!("texts are needed") };
        Ok(Datum::Texts(repeat(n, || strings(black_box(values)))?))
    })
}

/// From objects to objects; the result is their number.
pub(crate) fn objects(
    objects: impl Fn() -> Result<Vec<Handle>, Error> + Send + Sync + 'static,
) -> Loop {
    Box::new(move |n, _| Ok(Datum::Int(repeat(n, &objects)?.len() as i64)))
}

/// A method of an object, which counts.
pub(crate) fn increment(
    increment: impl Fn() -> Result<i64, Error> + Send + Sync + 'static,
) -> Loop {
    Box::new(move |n, _| Ok(Datum::Int(repeat(n, &increment)?)))
}

/// A function that fails each time.
pub(crate) fn fail(fail: impl Fn() -> Result<(), Error> + Send + Sync + 'static) -> Loop {
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
