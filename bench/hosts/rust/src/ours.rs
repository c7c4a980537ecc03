//! MetaFFI: the public API, functions with their signature as Rust types.

use std::hint::black_box;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use metaffi::{Callable, Handle, Hub, LiftAll, LowerAll, Module, Runtime, Signature, Type, Value};

use crate::contestant::{Contestant, Loop};
use crate::scenarios::{Datum, LUCK, STEP};

/// The entity paths of one guest, in the order in which they are loaded.
struct Paths {
    nothing: &'static str,
    calls: &'static str,
    echo: &'static str,
    text: &'static str,
    sum: &'static str,
    make: &'static str,
    increment: &'static str,
    apply: &'static str,
    fail: &'static str,
}

const JAVA: Paths = Paths {
    nothing: "class=bench.Bench,callable=nothing",
    calls: "class=bench.Bench,callable=calls",
    echo: "class=bench.Bench,callable=echo",
    text: "class=bench.Bench,callable=text",
    sum: "class=bench.Bench,callable=sum",
    make: "class=bench.Bench,callable=<init>",
    increment: "class=bench.Bench,callable=increment,instance_required",
    apply: "class=bench.Bench,callable=apply",
    fail: "class=bench.Bench,callable=fail",
};
const GO: Paths = Paths {
    nothing: "callable=Nothing",
    calls: "callable=Calls",
    echo: "callable=Echo",
    text: "callable=Text",
    sum: "callable=Sum",
    make: "callable=NewCounter",
    increment: "callable=Counter.Increment,instance_required",
    apply: "callable=Apply",
    fail: "callable=Fail",
};
const PYTHON: Paths = Paths {
    nothing: "callable=nothing",
    calls: "callable=calls",
    echo: "callable=echo",
    text: "callable=text",
    sum: "callable=sum",
    make: "callable=Counter",
    increment: "callable=Counter.increment,instance_required",
    apply: "callable=apply",
    fail: "callable=fail",
};

/// Loads the guest's functions.
pub(crate) fn load(guest: &str, built: &Path) -> Result<Contestant> {
    let (runtime, module, paths) = match guest {
        "java" => ("openjdk", built.join("bench.jar"), JAVA),
        "go" => ("go", built.join("bench_MetaFFIGuest"), GO),
        "python" => ("python3", built.join("python/bench_guest.py"), PYTHON),
        other => bail!("there is no guest {other}"),
    };
    let module = Runtime::load(runtime)?.module(&module.to_string_lossy())?;
    let calls = module.function::<(), i64>(paths.calls)?;
    let loops = vec![
        ("void", nothing(&module, paths.nothing)?),
        ("int64", echo(&module, paths.echo)?),
        ("string", text(&module, paths.text)?),
        ("array", sum(&module, paths.sum)?),
        ("object", increment(&module, paths.make, paths.increment)?),
        ("callback", apply(&module, paths.apply)?),
        ("error", fail(&module, paths.fail)?),
    ];
    Ok(Contestant { name: "metaffi", calls: Box::new(move || Ok(calls.call(())?)), loops })
}

/// Calls `n` times; the result of the last call.
fn repeat<R>(n: u64, mut call: impl FnMut() -> Result<R, metaffi::Error>) -> Result<R> {
    let mut last = call()?;
    for _ in 1..n {
        last = call()?;
    }
    Ok(last)
}

fn function<A: LowerAll, R: LiftAll>(
    module: &Module,
    path: &str,
) -> Result<metaffi::Function<A, R>> {
    Ok(module.function::<A, R>(path)?)
}

fn nothing(module: &Module, path: &str) -> Result<Loop> {
    let nothing = function::<(), ()>(module, path)?;
    Ok(Box::new(move |n, _| {
        repeat(n, || nothing.call(()))?;
        Ok(Datum::Nothing)
    }))
}

fn echo(module: &Module, path: &str) -> Result<Loop> {
    let echo = function::<(i64,), i64>(module, path)?;
    Ok(Box::new(move |n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        Ok(Datum::Int(repeat(n, || echo.call((black_box(*value),)))?))
    }))
}

fn text(module: &Module, path: &str) -> Result<Loop> {
    let text = function::<(&str,), String>(module, path)?;
    Ok(Box::new(move |n, argument| {
        let Datum::Text(value) = argument else { bail!("a text is needed") };
        Ok(Datum::Text(repeat(n, || text.call((black_box(value),)))?))
    }))
}

fn sum(module: &Module, path: &str) -> Result<Loop> {
    let sum = function::<(&[i64],), i64>(module, path)?;
    Ok(Box::new(move |n, argument| {
        let Datum::Longs(values) = argument else { bail!("numbers are needed") };
        Ok(Datum::Int(repeat(n, || sum.call((black_box(values),)))?))
    }))
}

fn increment(module: &Module, make: &str, path: &str) -> Result<Loop> {
    let object = function::<(), Handle>(module, make)?.call(())?;
    let increment = function::<(Handle,), i64>(module, path)?;
    Ok(Box::new(move |n, _| Ok(Datum::Int(repeat(n, || increment.call((object.clone(),)))?))))
}

fn apply(module: &Module, path: &str) -> Result<Loop> {
    let signature = Signature::new(vec![Type::INT64.into()], vec![Type::INT64.into()]);
    let owner = Hub::open(None)?.owner("rust");
    let step = Callable::new(owner, signature, |args| match args[..] {
        [Value::Int64(value)] => Ok(vec![Value::Int64(value + STEP)]),
        _ => unreachable!("the signature says what comes"),
    });
    let apply = function::<(Callable, i64), i64>(module, path)?;
    Ok(Box::new(move |n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        Ok(Datum::Int(repeat(n, || apply.call((step.clone(), black_box(*value))))?))
    }))
}

fn fail(module: &Module, path: &str) -> Result<Loop> {
    let fail = function::<(), ()>(module, path)?;
    Ok(Box::new(move |n, _| {
        let mut failed = 0;
        for _ in 0..n {
            let Err(error) = fail.call(()) else { continue };
            ensure!(error.message.contains(LUCK), "the message got lost: {}", error.message);
            failed += 1;
        }
        Ok(Datum::Int(failed))
    }))
}
