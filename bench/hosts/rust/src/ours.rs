//! MetaFFI: the public API, with function signatures as Rust types.

use std::path::Path;

use anyhow::{Result, bail};
use metaffi::{Callable, Handle, Runtime, Value};

use crate::contestant::Contestant;
use crate::loops::{fail, increment, mixed, nothing, number, numbers, objects, strings, sum, text};
use crate::scenarios::{LUCK, OBJECTS, STEP};

/// The entity paths of one guest, in the order in which they are loaded.
struct Paths {
    nothing: &'static str,
    calls: &'static str,
    echo: &'static str,
    text: &'static str,
    sum: &'static str,
    numbers: &'static str,
    mixed: &'static str,
    strings: &'static str,
    objects: &'static str,
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
    numbers: "class=bench.Bench,callable=numbers",
    mixed: "class=bench.Bench,callable=mixed",
    strings: "class=bench.Bench,callable=strings",
    objects: "class=bench.Bench,callable=objects",
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
    numbers: "callable=Numbers",
    mixed: "callable=Mixed",
    strings: "callable=Strings",
    objects: "callable=Objects",
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
    numbers: "callable=numbers",
    mixed: "callable=mixed",
    strings: "callable=strings",
    objects: "callable=objects",
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
        "loopback" => return loopback(),
        other => bail!("there is no guest {other}"),
    };
    let module = Runtime::load(runtime)?.module(&module.to_string_lossy())?;
    let calls = module.function::<(), i64>(paths.calls)?;
    let empty = module.function::<(), ()>(paths.nothing)?;
    let echo = module.function::<(i64,), i64>(paths.echo)?;
    let same = module.function::<(&str,), String>(paths.text)?;
    let total = module.function::<(&[i64],), i64>(paths.sum)?;
    let all = module.function::<(), Vec<i64>>(paths.numbers)?;
    let values = module.function::<(&[Value],), Vec<Value>>(paths.mixed)?;
    let texts = module.function::<(&[String],), Vec<String>>(paths.strings)?;
    let same_objects = module.function::<(&[Handle],), Vec<Handle>>(paths.objects)?;
    let make = module.function::<(), Handle>(paths.make)?;
    let many = (0..OBJECTS).map(|_| make.call(())).collect::<Result<Vec<_>, _>>()?;
    let object = make.call(())?;
    let method = module.function::<(&Handle,), i64>(paths.increment)?;
    let apply = module.function::<(&Callable, i64), i64>(paths.apply)?;
    let step = metaffi::callable(|value: i64| value + STEP)?;
    let failing = module.function::<(), ()>(paths.fail)?;
    let loops = vec![
        ("void", nothing(move || empty.call(()))),
        ("int64", number(move |value| echo.call((value,)))),
        ("string", text(move |value| same.call((value,)))),
        ("array", sum(move |values| total.call((values,)))),
        ("numbers", numbers(move || all.call(()))),
        ("mixed", mixed(move |given| values.call((given,)))),
        ("strings", strings(move |given| texts.call((given,)))),
        ("objects", objects(move || same_objects.call((&many,)))),
        ("object", increment(move || method.call((&object,)))),
        ("callback", number(move |value| apply.call((&step, value)))),
        ("error", fail(move || failing.call(()))),
    ];
    Ok(Contestant { name: "metaffi", calls: Box::new(move || Ok(calls.call(())?)), loops })
}

/// The guest without a runtime, which has some of the functions: the cost of a call by
/// itself.
fn loopback() -> Result<Contestant> {
    let module = Runtime::load("loopback")?.module("loopback")?;
    let empty = module.function::<(), ()>("callable=void")?;
    let echo = module.function::<(i64,), i64>("callable=echo_int64")?;
    let same = module.function::<(&str,), String>("callable=echo_string")?;
    let failing = module.function::<(&str,), ()>("callable=fail")?;
    let loops = vec![
        ("void", nothing(move || empty.call(()))),
        ("int64", number(move |value| echo.call((value,)))),
        ("string", text(move |value| same.call((value,)))),
        ("error", fail(move || failing.call((LUCK,)))),
    ];
    Ok(Contestant {
        name: "metaffi",
        calls: Box::new(|| bail!("loopback does not count its calls")),
        loops,
    })
}
