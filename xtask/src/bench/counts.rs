//! `cargo xtask bench --check`: how many instructions a call takes.
//!
//! Callgrind counts them in one thread: the result is the same in each run, no matter what else the
//! machine does. Only our own code counts, together with the code of the C library and the loader
//! that it calls; the instructions of an interpreter or a JVM depend on its version. The expected
//! counts are in `bench/counts.tsv`: exceeding them by more than [`TOLERANCE`] is a failure.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::build::Bench;
use super::prepared;
use crate::paths::root;
use crate::steps::some_at_once;

/// How far a count may exceed the table.
const TOLERANCE: f64 = 0.03;

/// Calls in a batch.
const CALLS: u64 = 20;

/// Batches of each scenario, of which the lowest count is used: occasionally a collector runs, or
/// another thread is scheduled. The hosts run the same number.
const BATCHES: usize = 10;

/// Hosts and the guests that they call.
const DIRECTIONS: &[(&str, &str)] = &[
    ("python", "java"),
    ("rust", "python"),
    ("rust", "java"),
    ("python", "go"),
    ("rust", "go"),
    ("rust", "loopback"),
];

/// By direction and scenario: `rust → go`, `int64`.
type Counts = BTreeMap<(String, String), f64>;

/// Counts, and compares the result with the table; writes the table if `METAFFI_BLESS` is set.
pub(super) fn check(bench: &Bench) -> Result<()> {
    bench.build_counted()?;
    let counts = count(bench)?;
    let table = root().join("bench/counts.tsv");
    if std::env::var_os("METAFFI_BLESS").is_some() {
        return Ok(std::fs::write(table, text(&counts)?)?);
    }
    let (tools, expected) = parse(&std::fs::read_to_string(&table)?)?;
    let grown = grown(&expected, &counts);
    grown.iter().for_each(|line| println!("    {line}"));
    if tools != self::tools()? {
        println!("    the table was made with other tools, so nothing is compared: {tools}");
        return Ok(());
    }
    match grown.is_empty() {
        true => Ok(()),
        false => bail!(
            "{} calls take more instructions; if that is intended, run this with METAFFI_BLESS=1",
            grown.len()
        ),
    }
}

fn count(bench: &Bench) -> Result<Counts> {
    let counts = std::sync::Mutex::new(Counts::new());
    some_at_once(2, DIRECTIONS.iter(), |(host, guest)| {
        let direction = format!("{host} → {guest}");
        let counted = count_direction(bench, host, guest).context(direction.clone())?;
        let counted = counted.into_iter().map(|(name, count)| ((direction.clone(), name), count));
        counts.lock().expect("no worker panics with it").extend(counted);
        Ok(())
    })?;
    Ok(counts.into_inner()?)
}

/// One process for all scenarios of a direction, which writes the counts before and after the calls
/// of each scenario.
fn count_direction(bench: &Bench, host: &str, guest: &str) -> Result<Vec<(String, f64)>> {
    let folder = bench.built.join("counts").join(format!("{host}-{guest}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let output = callgrind(bench, host, guest, &folder)?.output().context("valgrind")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let printed = String::from_utf8(output.stdout)?;
    let names = printed.split_whitespace().enumerate();
    names
        .map(|(index, name)| {
            let first = index * (BATCHES + 1) + 2;
            let parts = (first..first + BATCHES).map(|part| format!("counts.{part}-01"));
            let counts: Vec<u64> =
                parts.map(|part| instructions(&folder.join(part))).collect::<Result<_>>()?;
            let least = counts.iter().min().context("there are batches")?;
            Ok((name.to_owned(), *least as f64 / CALLS as f64))
        })
        .collect()
}

fn callgrind(bench: &Bench, host: &str, guest: &str, folder: &Path) -> Result<Command> {
    let mut valgrind = prepared(bench, Path::new("valgrind"))?;
    // Callgrind cannot follow code that a signal interrupts: Go sends signals to its threads.
    valgrind.env("GODEBUG", "asyncpreemptoff=1").env("PYTHONHASHSEED", "0");
    valgrind.env("GOGC", "off");
    // When code is compiled is not deterministic.
    valgrind.env("JAVA_TOOL_OPTIONS", "-Xint -XX:+UseSerialGC");
    valgrind.args(["--tool=callgrind", "--smc-check=all-non-file", "--separate-threads=yes"]);
    valgrind.args(["--dump-before=getppid", "--dump-line=no", "--compress-strings=no"]);
    valgrind.arg(format!("--callgrind-out-file={}", folder.join("counts").display()));
    match host {
        "python" => valgrind.arg(&bench.python).args(["-m", "measure.counted"]),
        _ => valgrind.arg(bench.built.join("host_counted")),
    };
    valgrind.arg(&bench.built).arg(guest);
    if host != "python" {
        valgrind.arg("--count");
    }
    valgrind.arg(CALLS.to_string());
    Ok(valgrind)
}

/// Our share in a file of callgrind: lines that begin with a number are costs of the object that
/// was named last, except for the line after a `calls=`, which has the costs of the callee.
/// <https://valgrind.org/docs/manual/cl-format.html>
fn instructions(file: &Path) -> Result<u64> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let (mut is_ours, mut is_of_callee, mut sum) = (false, false, 0);
    for line in text.lines() {
        if let Some(object) = line.strip_prefix("ob=") {
            is_ours = counts(object);
        } else if line.starts_with("calls=") {
            is_of_callee = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost: u64 = line.split(' ').nth(1).unwrap_or_default().parse().unwrap_or(0);
            sum += if is_ours && !is_of_callee { cost } else { 0 };
            is_of_callee = false;
        }
    }
    Ok(sum)
}

/// Whether an object is one of ours, or does what we call it for: memory, thread-local variables.
fn counts(object: &str) -> bool {
    let name = object.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let ours = ["metaffi", "host_counted", "_native.abi3", "libc.so", "ld-linux"];
    ours.iter().any(|part| name.contains(part))
}

/// The counts that increased, one line each.
fn grown(expected: &Counts, counts: &Counts) -> Vec<String> {
    let mut lines = Vec::new();
    for ((direction, scenario), now) in counts {
        let before = expected.get(&(direction.clone(), scenario.clone())).copied().unwrap_or(0.0);
        if *now > before * (1.0 + TOLERANCE) {
            lines.push(format!("{direction}, {scenario}: {before:.0} → {now:.0} instructions"));
        }
    }
    lines
}

/// What the counts depend on in addition to the checkout.
fn tools() -> Result<String> {
    let version = |program: &str, argument: &str| -> Result<String> {
        let output = Command::new(program).arg(argument).output().context(program.to_owned())?;
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    };
    let tools = [version("rustc", "--version")?, version("go", "version")?];
    Ok([tools.join(", "), version("ldd", "--version")?, version("valgrind", "--version")?]
        .join(", "))
}

fn text(counts: &Counts) -> Result<String> {
    let mut text = format!("# {}\n", tools()?);
    for ((direction, scenario), count) in counts {
        text.push_str(&format!("{direction}\t{scenario}\t{count:.0}\n"));
    }
    Ok(text)
}

/// The tools and the counts of a table.
fn parse(table: &str) -> Result<(String, Counts)> {
    let (first, rest) = table.split_once('\n').context("the table is empty")?;
    let counts = rest.lines().map(|line| {
        let mut fields = line.split('\t').map(str::to_owned);
        let (direction, scenario) = (fields.next(), fields.next());
        let key = direction
            .zip(scenario)
            .with_context(|| format!("the line `{line}` of the table is damaged"))?;
        Ok((key, fields.next().unwrap_or_default().parse()?))
    });
    Ok((first.trim_start_matches("# ").to_owned(), counts.collect::<Result<_>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str = "events: Ir\n\nob=/x/libmetaffi.so\nfn=a\n3 10\ncfn=b\ncalls=1 7\n3 1000\n\
                        ob=/x/libjvm.so\nfn=b\n7 990\n";

    #[test]
    fn own_instructions_are_counted_without_callees() {
        let file = std::env::temp_dir().join(format!("counts-{}", std::process::id()));
        std::fs::write(&file, PART).unwrap();
        assert_eq!(instructions(&file).unwrap(), 10);
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn three_percent_more_is_too_much() {
        let key = |name: &str| ("rust → go".to_owned(), name.to_owned());
        let before = Counts::from([(key("void"), 100.0), (key("int64"), 100.0)]);
        let now = Counts::from([(key("void"), 103.0), (key("int64"), 104.0)]);
        assert_eq!(grown(&before, &now), ["rust → go, int64: 100 → 104 instructions"]);
        let table = format!("# tools\n{}\tvoid\t100\n", "rust → go");
        assert_eq!(parse(&table).unwrap(), ("tools".into(), Counts::from([(key("void"), 100.0)])));
    }
}
