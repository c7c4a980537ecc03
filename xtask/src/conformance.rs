//! Runs `conformance/<topic>/`: builds the topic's guests and runs its host
//! programs, one process each.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::paths::{copy_files, root, target};
use crate::steps::{done, quiet};

/// Runs every topic.
pub fn run() -> Result<()> {
    let mut topics: Vec<PathBuf> = std::fs::read_dir(root().join("conformance"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_dir())
        .collect();
    topics.sort();
    let failed: Vec<String> = topics
        .iter()
        .filter_map(|topic| run_topic(topic).err().map(|error| format!("{error:#}")))
        .collect();
    if failed.is_empty() { Ok(()) } else { bail!("{}", failed.join("\n")) }
}

fn run_topic(topic: &Path) -> Result<()> {
    let name = topic.file_name().context("a topic has a name")?.to_string_lossy().into_owned();
    let scratch = target().join("conformance").join(&name);
    let _ = std::fs::remove_dir_all(&scratch);
    copy_files(topic, &scratch)?;
    build_guests(&name, &scratch)?;
    let start = Instant::now();
    run_host(&name, Command::new("python3").arg(format!("{name}.py")).current_dir(&scratch))?;
    done(&format!("conformance: {name}, host python3"), start);
    Ok(())
}

fn build_guests(name: &str, scratch: &Path) -> Result<()> {
    let java: Vec<PathBuf> = std::fs::read_dir(scratch)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "java"))
        .collect();
    let mut javac = Command::new("javac");
    javac.args(["--release", "11", "-Xlint:all,-options", "-g", "-d", "."]).args(java);
    quiet(&format!("conformance: {name}, Java guest"), javac.current_dir(scratch))?;
    let mut metaffi = Command::new("metaffi");
    metaffi.args(["-c", "--idl", &format!("{name}.go"), "-g"]).current_dir(scratch);
    quiet(&format!("conformance: {name}, Go guest"), &mut metaffi)
}

/// Exit code 0, `ok` as the last line, nothing on standard error.
fn run_host(name: &str, command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let ok = stdout.lines().last() == Some("ok");
    if !output.status.success() || !ok || !stderr.is_empty() {
        bail!("{name}: {command:?}: {}\n{stdout}{stderr}", output.status);
    }
    Ok(())
}
