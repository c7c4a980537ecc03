//! Runs the examples as their READMEs describe.
//!
//! A README's ```` ```sh fetch ```` block runs once, its ```` ```sh ```` blocks run every time, in
//! a scratch copy of the folder; the ```` ```text ```` blocks are the expected output. In it `…`
//! stands for any text within a line, and a line that is only `…` for any number of lines. Instead
//! of running a ```` ```sh venv ```` block, which creates a `.venv` with packages, the tests'
//! environment is linked there; for a ```` ```sh venv engines ```` block, that of the engines. An
//! example with a Cargo.toml is a member of the workspace, and runs in its own folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::matrix::without;
use crate::paths::{copy_files, root, symlink, target};
use crate::steps::{done, some_at_once};

/// How many examples run at the same time: most start a compiler or a JVM, which use more than one
/// core already.
const AT_ONCE: usize = 2;

/// Download tools share a cache that some of them do not lock.
static FETCHING: Mutex<()> = Mutex::new(());

/// The environments that replace blocks which create a `.venv`, by the first words of the block.
const ENVIRONMENTS: &[(&str, &str)] = &[("sh venv", "venv"), ("sh venv engines", "engines")];

/// An example folder.
pub struct Example {
    /// `python-log4j`.
    pub name: String,
    /// The README's heading.
    pub title: String,
    folder: PathBuf,
    environment: Option<&'static str>,
    fetch: String,
    commands: String,
    expected: String,
}

/// The output of a run, and its duration.
pub struct Outcome {
    /// Standard output and standard error.
    pub output: String,
    /// The duration of the commands, without fetching.
    pub took: Duration,
}

/// Every example, in alphabetical order.
pub fn all() -> Result<Vec<Example>> {
    all_in("examples")
}

/// Every example in a folder of the checkout, in alphabetical order.
pub fn all_in(folder: &str) -> Result<Vec<Example>> {
    let folder = root().join(folder);
    let mut names: Vec<_> = std::fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok())
        .filter(|entry| entry.path().join("README.md").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.iter().map(|name| load_from(&folder, name)).collect()
}

/// The example in `examples/<name>`.
pub fn load(name: &str) -> Result<Example> {
    load_from(&root().join("examples"), name)
}

fn load_from(folder: &Path, name: &str) -> Result<Example> {
    let folder = folder.join(name);
    let readme = folder.join("README.md");
    let text = std::fs::read_to_string(&readme).with_context(|| format!("{}", readme.display()))?;
    let commands = block(&text, "sh");
    if commands.is_empty() {
        bail!("{}: no ```sh block", readme.display());
    }
    Ok(Example {
        name: name.into(),
        title: text.lines().next().unwrap_or(name).trim_start_matches("# ").into(),
        folder,
        environment: environment(&text),
        fetch: block(&text, "sh fetch"),
        commands,
        expected: block(&text, "text"),
    })
}

/// The environment that a README's block creates, if it has such a block.
fn environment(markdown: &str) -> Option<&'static str> {
    let found = ENVIRONMENTS.iter().find(|(info, _)| !block(markdown, info).is_empty());
    found.map(|(_, environment)| *environment)
}

/// The fenced blocks with exactly this info string, one after the other.
pub fn block(markdown: &str, info: &str) -> String {
    let fence = format!("```{info}");
    let (mut text, mut inside) = (String::new(), false);
    for line in markdown.lines() {
        match line {
            "```" => inside = false,
            _ if inside => text.extend([line, "\n"]),
            _ => inside = line == fence,
        }
    }
    text
}

impl Example {
    /// The commands a user types.
    pub fn commands(&self) -> &str {
        &self.commands
    }

    /// Runs it, and compares its output with the README.
    pub fn run(&self) -> Result<Outcome> {
        let place = self.place()?;
        if let Some(environment) = self.environment {
            link_environment(&place.join(".venv"), environment)?;
        }
        self.fetch_once(&place)?;
        self.run_in(&place, Command::new("sh"), &[])
    }

    /// The folder of an example that Cargo knows, which runs where it is.
    pub fn member(&self) -> Option<&Path> {
        self.folder.join("Cargo.toml").is_file().then_some(&self.folder)
    }

    /// Whether its README makes a Python environment.
    pub fn has_environment(&self) -> bool {
        self.environment.is_some()
    }

    /// Copies it to where it will run, with what it downloads.
    pub fn fetch_into(&self, place: &Path) -> Result<()> {
        if self.member().is_none() {
            copy_files(&self.folder, place)?;
        }
        self.fetch_once(place)
    }

    /// Runs it where it was copied to, by a command that starts a shell for another system;
    /// what lines of standard error hold that may be there is `noise`.
    pub fn run_on(&self, place: &Path, shell: Command, noise: &[&str]) -> Result<Outcome> {
        self.run_in(place, shell, noise)
    }

    /// Runs it in an empty folder, with a command that starts a shell, and compares its output with
    /// the README.
    pub fn run_alone(&self, place: &Path, shell: Command) -> Result<Outcome> {
        copy_files(&self.folder, place)?;
        self.run_in(place, shell, &[])
    }

    fn run_in(&self, place: &Path, shell: Command, noise: &[&str]) -> Result<Outcome> {
        let start = Instant::now();
        let output = run(shell, &self.commands, place, Some(noise))?;
        let took = start.elapsed();
        if !matches(&self.expected, &output) {
            bail!("expected\n{}\nbut it printed\n{output}", self.expected);
        }
        Ok(Outcome { output, took })
    }

    /// A scratch copy, or the folder itself if Cargo knows it.
    fn place(&self) -> Result<PathBuf> {
        if let Some(folder) = self.member() {
            return Ok(folder.to_owned());
        }
        let parent = self.folder.parent().and_then(Path::file_name).unwrap_or_default();
        let scratch = target().join(parent).join(&self.name);
        copy_files(&self.folder, &scratch)?;
        Ok(scratch)
    }

    fn fetch_once(&self, place: &Path) -> Result<()> {
        let fetched = place.join(".fetched");
        if !self.fetch.is_empty() && !fetched.exists() {
            let _one_by_one = FETCHING.lock();
            // Download tools write colour codes to standard error.
            run(Command::new("sh"), &self.fetch, place, None)?;
            std::fs::write(fetched, "")?;
        }
        Ok(())
    }
}

/// Runs all examples, several at a time, and prints the duration of each.
pub fn run_all(group: &str) -> Result<()> {
    run_all_in("examples", group)
}

/// The same for another folder of the checkout.
pub fn run_all_in(folder: &str, group: &str) -> Result<()> {
    some_at_once(AT_ONCE, all_in(folder)?, |example| {
        let start = Instant::now();
        example.run().with_context(|| example.name.clone())?;
        done(&format!("{group}: {}", example.name), start);
        Ok(())
    })
}

/// Links the Python environment that `dev` created from requirements-dev.txt or
/// requirements-engines.txt, unless it is linked.
fn link_environment(place: &Path, name: &str) -> Result<()> {
    if place.exists() {
        return Ok(());
    }
    let _ = std::fs::remove_file(place); // a link whose target no longer exists
    let environment = target().join("deps").join(name);
    symlink(&environment, place).with_context(|| format!("link {}", environment.display()))
}

/// Runs a script. Standard error must stay empty, but for lines that hold some `noise`, unless
/// anything may be there (`None`). Python
/// buffers what it prints, as it does for everybody whose output is not a terminal.
fn run(mut shell: Command, script: &str, folder: &Path, noise: Option<&[&str]>) -> Result<String> {
    shell.args(["-ec", script]).env_remove("PYTHONUNBUFFERED");
    let output = shell.current_dir(folder).stdin(Stdio::null()).output().context("a shell")?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("{script}failed ({})\n{stdout}{stderr}", output.status);
    }
    let stderr = noise.map(|noise| without(noise, &stderr)).unwrap_or_default();
    if !stderr.is_empty() {
        bail!("{script}wrote to standard error:\n{stderr}");
    }
    Ok(stdout)
}

/// Whether `output` matches the lines of `pattern`.
fn matches(pattern: &str, output: &str) -> bool {
    let pattern: Vec<_> = pattern.lines().collect();
    lines_match(&pattern, &output.lines().collect::<Vec<_>>())
}

fn lines_match(pattern: &[&str], lines: &[&str]) -> bool {
    match (pattern, lines) {
        ([], []) => true,
        (["…", rest @ ..], _) => {
            lines_match(rest, lines) || !lines.is_empty() && lines_match(pattern, &lines[1..])
        }
        ([first, rest @ ..], [line, more @ ..]) => {
            line_matches(first, line) && lines_match(rest, more)
        }
        _ => false,
    }
}

fn line_matches(pattern: &str, line: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('…') else { return pattern == line };
    let Some(rest) = line.strip_prefix(head) else { return false };
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .any(|at| line_matches(tail, &rest[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ellipsis_stands_for_text_or_lines_and_nothing_else() {
        assert!(matches("…\nb\n", "b\n") && matches("…\nb\n", "a\na\nb\n"));
        assert!(!matches("…\nb\n", "a\n") && !matches("a\n", "a\nb\n"));
        assert!(matches("…:…:… [main] x\n", "12:30:45.1 [main] x\n"));
        assert!(!matches("…:… [main] x\n", "12:30 [main] y\n"));
    }

    #[test]
    fn an_environment_is_named_by_the_block_that_makes_it() {
        assert_eq!(environment("```sh venv\npip\n```\n"), Some("venv"));
        assert_eq!(environment("```sh venv engines\npip\n```\n"), Some("engines"));
        assert_eq!(environment("```sh\nrun\n```\n"), None);
    }

    #[test]
    fn blocks_are_distinguished_by_their_info_string() {
        let text = "```sh fetch\nget\n```\n```sh\nrun\nrun\n```\n";
        assert_eq!(block(text, "sh"), "run\nrun\n");
        assert_eq!(block(text, "sh fetch"), "get\n");
        assert_eq!(block(text, "text"), "");
        assert_eq!(block("```sh\na\n```\nand\n```text\nx\n```\n```sh\nb\n```\n", "sh"), "a\nb\n");
    }
}
