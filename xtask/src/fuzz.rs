//! `cargo xtask fuzz`: the targets of `fuzz/`, guided by coverage (libFuzzer).

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::instrumented::Instrumented;
use crate::paths::root;
use crate::steps::shown;

/// The options of `cargo xtask fuzz`.
#[derive(Args)]
pub struct Options {
    /// One of entity_path, idl, class_file, manifest, calls; all of them by default.
    target: Option<String>,
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Each target with the folder of its seed files; some have none.
const TARGETS: &[(&str, &str)] = &[
    ("entity_path", "fuzz/seeds/entity_path"),
    ("idl", "crates/idl/tests/samples"),
    ("class_file", "target/conformance/openjdk"),
    ("manifest", ""),
    ("calls", ""),
];

const MANIFEST: &[&str] = &["--manifest-path", "fuzz/Cargo.toml"];

/// The options that libFuzzer needs.
const COVERAGE: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "--cfg=fuzzing",
];

/// Builds the requested targets, and runs them one after the other.
pub fn fuzz(options: &Options) -> Result<()> {
    let wanted = |name: &str| options.target.as_deref().is_none_or(|target| target == name);
    let targets: Vec<_> = TARGETS.iter().filter(|(name, _)| wanted(name)).collect();
    if targets.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|(name, _)| *name).collect();
        bail!("there is no such target; the targets are {}", names.join(", "));
    }
    let build = Instrumented::new("fuzz", COVERAGE)?;
    build.stage(MANIFEST)?;
    let bins = targets.iter().flat_map(|(name, _)| ["--bin", name]);
    shown("build the fuzz targets", build.cargo("build").args(MANIFEST).args(bins))?;
    targets.iter().try_for_each(|(name, seeds)| run(&build, name, seeds, options.seconds))
}

/// The corpus grows from run to run.
fn run(build: &Instrumented, name: &str, seeds: &str, seconds: u32) -> Result<()> {
    let folder = |kind: &str| -> Result<PathBuf> {
        let folder = build.target().join(kind).join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    };
    let (corpus, found) = (folder("corpus")?, folder("found")?);
    let mut command = Command::new(build.built().join(name));
    command.current_dir(root()).env("METAFFI_HOME", build.home()).arg(corpus);
    if !seeds.is_empty() && Path::new(seeds).is_dir() {
        command.arg(seeds);
    }
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-artifact_prefix={}/", found.display()));
    command.args(["-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1", "-print_funcs=0"]);
    shown(&format!("fuzz {name} for {seconds} s"), &mut command)
}
