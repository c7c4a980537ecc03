//! `cargo xtask bench`: builds what `bench/` measures, and runs the measurements.

mod build;
mod counts;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::paths::{home, root};
use crate::stage;
use crate::steps::shown;
use build::Bench;

/// What to measure, and where to write the report in addition to target/bench/latest.md.
#[derive(clap::Args)]
pub struct Options {
    /// Write the report to docs/performance.md.
    #[arg(long, conflicts_with = "only")]
    write: bool,
    /// Measure only what stubs cost: to generate, to import and to call.
    #[arg(long, conflicts_with_all = ["only", "profile"])]
    stubs: bool,
    /// Count the instructions of calls instead, and fail if there are more than before.
    #[arg(long, conflicts_with_all = ["write", "stubs", "natural", "growth", "only", "profile"])]
    check: bool,
    /// Measure only the cost of objects that are used by the names of their members.
    #[arg(long, conflicts_with_all = ["only", "profile", "stubs"])]
    natural: bool,
    /// Measure only how calls scale: threads, entities, elements, text, and the first call.
    #[arg(long, conflicts_with_all = ["only", "profile", "stubs", "natural"])]
    growth: bool,
    /// Measure one direction instead of all, such as `java/python`.
    #[arg(long, value_name = "HOST/GUEST")]
    only: Option<String>,
    /// Show where the time of one scenario is spent instead, such as `java/python/int64`.
    #[arg(long, value_name = "HOST/GUEST/SCENARIO")]
    profile: Option<String>,
    /// How often every scenario runs.
    #[arg(long, default_value_t = 15)]
    rounds: u32,
}

/// Stages, builds the fixtures, and measures.
pub fn bench(options: &Options) -> Result<()> {
    stage::stage()?;
    let bench = Bench::find()?;
    if options.check {
        return counts::check(&bench);
    }
    bench.build()?;
    if options.stubs {
        return measure_stubs(&bench, options);
    }
    if options.natural {
        return measure_natural(&bench, options);
    }
    if options.growth {
        return measure_growth(&bench, options);
    }
    measure(&bench, options)
}

/// Checks that calls take no more instructions than before, in the staged installation.
pub fn check() -> Result<()> {
    counts::check(&Bench::find()?)
}

fn measure(bench: &Bench, options: &Options) -> Result<()> {
    let mut python = driver(bench, "measure")?;
    if let Some(profile) = &options.profile {
        return shown("profile", python.arg("--profile").arg(profile));
    }
    if let Some(only) = &options.only {
        python.arg("--only").arg(only);
    }
    let report = bench.built.join("latest.md");
    python.arg("--rounds").arg(options.rounds.to_string()).arg("--out").arg(&report);
    shown("measure", &mut python)?;
    if options.write {
        publish(&report)?;
        measure_stubs(bench, options)?;
        measure_natural(bench, options)?;
        measure_growth(bench, options)?;
    }
    Ok(())
}

/// How calls scale with threads, entities, elements and text, and what the first one costs.
fn measure_growth(bench: &Bench, options: &Options) -> Result<()> {
    let mut python = driver(bench, "measure.growth")?;
    if options.write {
        python.arg("--page").arg(page());
    }
    shown("measure growth", &mut python)
}

/// The cost of Java objects that are used by the names of their members.
fn measure_natural(bench: &Bench, options: &Options) -> Result<()> {
    let mut python = driver(bench, "measure.natural")?;
    python.arg("--rounds").arg(options.rounds.to_string());
    if options.write {
        python.arg("--page").arg(page());
    }
    shown("measure objects by their names", &mut python)
}

/// The cost of stubs of well-known libraries.
fn measure_stubs(bench: &Bench, options: &Options) -> Result<()> {
    let mut python = driver(bench, "measure.stubs")?;
    python.arg(bench.jars()?).arg("--rounds").arg(options.rounds.to_string());
    if options.write {
        python.arg("--page").arg(page());
    }
    shown("measure stubs", &mut python)
}

/// `python -m MODULE`, in an environment that contains all contestants.
fn driver(bench: &Bench, module: &str) -> Result<Command> {
    let mut python = prepared(bench, &bench.python)?;
    python.args(["-m", module]).arg(&bench.built);
    Ok(python)
}

/// A program, in an environment that contains all contestants.
fn prepared(bench: &Bench, program: &Path) -> Result<Command> {
    let paths = std::env::join_paths([home().join("python"), bench.source.clone()])?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = [home().join("bin")].into_iter().chain(std::env::split_paths(&path));
    let mut command = Command::new(program);
    command
        .env("METAFFI_HOME", home())
        .env("METAFFI_API_JAR", build::api_jar())
        .env("METAFFI_PYTHON", &bench.python)
        .env("METAFFI_BENCH_PEERS", &bench.peers)
        .env("JAVA_HOME", &bench.java_home)
        .env("PYTHONPATH", paths)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PATH", std::env::join_paths(path)?);
    Ok(command)
}

fn page() -> PathBuf {
    root().join("docs/performance.md")
}

fn publish(report: &Path) -> Result<()> {
    let page = page();
    std::fs::copy(report, &page).with_context(|| format!("{}", page.display()))?;
    Ok(())
}
