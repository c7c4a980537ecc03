//! Runs cells: each is a process with a time limit, a few at a time.

use std::fs::File;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::build::{built, host};
use super::cells::{Cell, Task};
use super::toolchain::Toolchain;
use crate::steps::{overwriting_freed_memory, processors, some_at_once};

/// A cell takes about a second; one that hangs is ended after this.
const LIMIT: Duration = Duration::from_secs(60);

/// The outcome of a cell.
pub struct Outcome {
    pub topic: String,
    pub host: &'static str,
    pub guest: &'static str,
    /// What went wrong, if anything did.
    pub failure: Option<String>,
    /// The text that the error of a cell that cannot work must contain.
    pub expected: Option<String>,
    /// Whether such a cell may also work.
    sometimes: bool,
}

impl Outcome {
    /// What is wrong with it: an error that is not listed, or a listed one that did not occur.
    pub fn complaint(&self) -> Option<String> {
        let Self { topic, host, guest, .. } = self;
        let cell =
            format!("{topic}, cargo xtask matrix --topic {topic} --host {host} --guest {guest}");
        match (&self.failure, &self.expected) {
            (None, None) => None,
            (None, Some(_)) if self.sometimes => None,
            (Some(failure), None) => Some(format!("FAIL  {cell}\n{failure}")),
            (Some(failure), Some(says)) if failure.contains(says) => None,
            (Some(failure), Some(says)) => {
                Some(format!("FAIL  {cell}: its error does not contain `{says}`\n{failure}"))
            }
            (None, Some(_)) => {
                Some(format!("FAIL  {cell}: it works now; remove it from the topic's `cannot`"))
            }
        }
    }
}

/// Runs every cell, several at a time.
pub fn run(toolchain: &Toolchain, cells: &[Cell<'_>]) -> Result<Vec<Outcome>> {
    let outcomes = Mutex::new(Vec::new());
    some_at_once(processors(), cells, |cell| {
        let outcome = run_cell(toolchain, cell)?;
        outcomes.lock().expect("no worker panics").push(outcome);
        Ok(())
    })?;
    Ok(outcomes.into_inner().expect("no worker panics"))
}

fn run_cell(toolchain: &Toolchain, cell: &Cell<'_>) -> Result<Outcome> {
    let failure = outcome(toolchain, cell)?.err().map(|error| head(&format!("{error:#}")));
    Ok(Outcome {
        topic: cell.topic.to_owned(),
        host: cell.host,
        guest: cell.guest,
        failure,
        expected: cell.cannot.map(|cannot| cannot.says.clone()),
        sometimes: cell.cannot.is_some_and(|cannot| cannot.sometimes),
    })
}

/// The first lines; the complete text is in the cell's folder.
fn head(text: &str) -> String {
    text.lines().take(40).collect::<Vec<_>>().join("\n")
}

/// Requires exit code 0, `ok` as the last line, and nothing on standard error.
fn outcome(toolchain: &Toolchain, cell: &Cell<'_>) -> Result<Result<()>> {
    let name = format!("{}-{}", cell.host, cell.guest);
    let folder = built(toolchain)?.join("cells").join(cell.topic);
    std::fs::create_dir_all(&folder)?;
    let file = |extension: &str| folder.join(&name).with_extension(extension);
    let mut command = host(toolchain, cell, &folder)?;
    match &cell.task {
        Task::Plan(plan) => {
            std::fs::write(file("json"), serde_json::to_string_pretty(plan)?)?;
            command.arg(toolchain.seen(&file("json")));
        }
        Task::Constructs(_, constructs) => _ = command.args(constructs),
    }
    command.stdin(Stdio::null());
    command.stdout(File::create(file("out"))?).stderr(File::create(file("err"))?);
    overwriting_freed_memory(&mut command);
    let mut child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let limit = LIMIT * toolchain.system.map_or(1, |system| system.slowness);
    let status = wait(&mut child, limit)?;
    let read = |extension| std::fs::read(file(extension));
    let (stdout, stderr) = (read("out")?, read("err")?);
    let [stdout, stderr] = [stdout, stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    let noise = toolchain.system.map_or(&[][..], |system| system.noise);
    Ok(judge(status, limit, &stdout.replace("\r\n", "\n"), &without(noise, &stderr)))
}

/// The lines that hold none of these texts.
pub fn without(noise: &[&str], text: &str) -> String {
    let is_own = |line: &&str| !noise.iter().any(|noise| line.contains(noise));
    text.split_inclusive('\n').filter(is_own).collect()
}

/// Returns `None` if the time limit is exceeded.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        sleep(Duration::from_millis(3));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn judge(status: Option<ExitStatus>, limit: Duration, stdout: &str, stderr: &str) -> Result<()> {
    let ended = match status {
        Some(status) if status.success() && stderr.is_empty() => {
            if stdout.lines().last() == Some("ok") {
                return Ok(());
            }
            "it did not print `ok`".into()
        }
        Some(status) if status.success() => "it wrote to standard error".into(),
        Some(status) => status.to_string(),
        None => format!("it did not end within {} s", limit.as_secs()),
    };
    bail!("{ended}\n{stdout}{stderr}")
}
