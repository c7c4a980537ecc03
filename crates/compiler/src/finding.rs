//! What `metaffi doctor` finds out about the surroundings of a language.

use std::path::{Path, PathBuf};
use std::process::Command;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There, and works.
    Good,
    /// Not there, or too old: what needs it does not work.
    Missing,
    /// There, and does not work.
    Broken,
}

/// What was found out about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub name: String,
    /// How it is.
    pub state: State,
    /// What was seen.
    pub detail: String,
    /// What to do about it.
    pub mend: Option<String>,
}

impl Finding {
    /// Something is there and works.
    pub fn good(name: impl Into<String>, detail: impl Into<String>) -> Finding {
        Finding { name: name.into(), state: State::Good, detail: detail.into(), mend: None }
    }

    /// Something is not there; `mend` says what to do.
    pub fn missing(
        name: impl Into<String>,
        detail: impl Into<String>,
        mend: impl Into<String>,
    ) -> Finding {
        let mend = Some(mend.into());
        Finding { name: name.into(), state: State::Missing, detail: detail.into(), mend }
    }
}

/// What a loaded runtime is asked about itself. The functions are called with
/// one of `asked` each and give its value as text.
#[derive(Clone, Copy, Debug)]
pub struct RuntimeFacts {
    /// The module that has the function.
    pub module: &'static str,
    /// The entity path: a function of a string that returns one.
    pub entity_path: &'static str,
    /// What it is asked for: the version, then the place.
    pub asked: &'static [&'static str],
    /// What it is asked for besides, with an empty default as its second
    /// argument: something in the surroundings that is not as it seems.
    pub remark: Option<&'static str>,
    /// What programs in the language have to know that cannot be asked.
    pub note: &'static str,
}

/// A program that a language needs.
pub struct Tool {
    /// What it is called in the report.
    pub name: &'static str,
    /// How it is found: as those find it who use it.
    pub found: Found,
    /// Its name on PATH.
    pub command: &'static str,
    /// What makes it print its version.
    pub args: &'static [&'static str],
    /// The oldest version that will do.
    pub least: (u32, u32),
    /// What does not work without it.
    pub needed_for: &'static str,
    /// What to do when it is missing.
    pub mend: &'static str,
}

/// How a tool is found.
pub enum Found {
    /// By its language.
    By(fn() -> Option<PathBuf>),
    /// On PATH, unless this variable names it.
    Variable(&'static str),
    /// On PATH.
    OnPath,
}

impl Tool {
    /// Runs the tool.
    pub fn check(&self) -> Finding {
        let detail = match self.says() {
            Err(why) => why,
            Ok(line) if version(&line) < Some(self.least) && self.least != (0, 0) => {
                let (major, minor) = self.least;
                format!("{line}; {major}.{minor} or later is needed")
            }
            Ok(line) => return Finding::good(self.name, line),
        };
        Finding::missing(self.name, format!("{detail} (needed for {})", self.needed_for), self.mend)
    }

    /// What the tool prints first, and where it is if that is not plain.
    fn says(&self) -> Result<String, String> {
        match self.found {
            Found::OnPath => first_line(self.command, self.args),
            Found::Variable(variable) => {
                let named = std::env::var(variable).ok().filter(|name| !name.is_empty());
                first_line(named.as_deref().unwrap_or(self.command), self.args)
            }
            Found::By(find) => {
                let found = find().ok_or_else(|| format!("{} was not found", self.command))?;
                let line = first_line_of(&found, &[], self.args)?;
                let on_path =
                    metaffi_programs::find(self.command).is_some_and(|path| path == found);
                Ok(if on_path { line } else { format!("{line}, {}", found.display()) })
            }
        }
    }
}

/// What a program prints first, on standard output or on standard error.
///
/// # Errors
/// When it is not on PATH, or fails: with why.
pub fn first_line(command: &str, args: &[&str]) -> Result<String, String> {
    let mut words = command.split_whitespace(); // a variable may hold options
    let program = words.next().unwrap_or_default();
    let found = match Path::new(program).components().count() {
        1 => metaffi_programs::find(program).ok_or(format!("{program} is not on PATH"))?,
        _ => program.into(),
    };
    first_line_of(&found, &words.collect::<Vec<_>>(), args)
}

fn first_line_of(program: &Path, options: &[&str], args: &[&str]) -> Result<String, String> {
    let output = Command::new(program).args(options).args(args).output();
    let program = program.display();
    let output = output.map_err(|error| format!("cannot run {program}: {error}"))?;
    let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    let text = String::from_utf8_lossy(text);
    let line = text.lines().next().unwrap_or_default().trim();
    match output.status.success() {
        true => Ok(line.to_owned()),
        false => Err(format!("{program} fails: {line}")),
    }
}

/// The first number with what stands behind its first dot.
fn version(line: &str) -> Option<(u32, u32)> {
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = line[start..].split(|c: char| !c.is_ascii_digit());
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next().and_then(|minor| minor.parse().ok()).unwrap_or(0);
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        for (line, expected) in [
            ("openjdk version \"17.0.9\" 2023-10-17", (17, 0)),
            ("openjdk version \"25\" 2025-09-16", (25, 0)),
            ("javac 11.0.13", (11, 0)),
            ("go version go1.26.1 linux/amd64", (1, 26)),
            ("Python 3.11.7", (3, 11)),
        ] {
            assert_eq!(version(line), Some(expected), "{line}");
        }
        assert_eq!(version("no number"), None);
    }
}
