//! What `metaffi doctor` finds out about the surroundings of a language.

use std::path::PathBuf;
use std::process::Command;

use metaffi_programs::{Located, NotFound};
use serde::Serialize;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// There, and works.
    Ok,
    /// Not there, or too old: what needs it does not work.
    Missing,
    /// There, and does not work.
    Broken,
}

/// What was found out about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about.
    pub name: String,
    /// How it is.
    pub state: State,
    /// What was seen: its version, or why it is of no use.
    pub detail: String,
    /// Where it is.
    pub path: Option<PathBuf>,
    /// Why this one is used: what led to it.
    pub why: Option<String>,
    /// What to do about it.
    pub fix: Option<String>,
}

impl Finding {
    fn new(name: impl Into<String>, state: State, detail: impl Into<String>) -> Finding {
        let (name, detail) = (name.into(), detail.into());
        Finding { name, state, detail, path: None, why: None, fix: None }
    }

    /// Something is there and works.
    pub fn good(name: impl Into<String>, detail: impl Into<String>) -> Finding {
        Finding::new(name, State::Ok, detail)
    }

    /// Something is not there; `fix` says what to do.
    pub fn missing(
        name: impl Into<String>,
        detail: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding { fix: Some(fix.into()), ..Finding::new(name, State::Missing, detail) }
    }

    /// Something is there and does not work; `fix` says what to do.
    pub fn broken(
        name: impl Into<String>,
        detail: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding { fix: Some(fix.into()), ..Finding::new(name, State::Broken, detail) }
    }

    /// Something was looked for in vain.
    pub fn absent(name: impl Into<String>, error: NotFound) -> Finding {
        Finding::missing(name, error.what, error.fix)
    }

    /// The same, with where it is.
    #[must_use]
    pub fn at(self, path: impl Into<PathBuf>) -> Finding {
        Finding { path: Some(path.into()), ..self }
    }

    /// The same, with what led to it.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Finding {
        Finding { why: Some(why.into()), ..self }
    }
}

/// What a loaded runtime is asked about itself. The function is called with one
/// name at a time, and gives its value as text.
#[derive(Clone, Copy, Debug)]
pub struct RuntimeFacts {
    /// The module that has the function.
    pub module: &'static str,
    /// The entity path: a function of a string that returns one.
    pub entity_path: &'static str,
    /// What it is asked for its version.
    pub version: &'static str,
    /// What it is asked for the folder that it is in.
    pub place: &'static str,
    /// What it is asked for besides, with an empty default as its second
    /// argument: something in the surroundings that is not as it seems.
    pub remark: Option<&'static str>,
}

/// A program that a language needs.
pub struct Tool {
    /// What it is called in the report.
    pub name: &'static str,
    /// Finds it, as those find it who use it.
    pub find: fn() -> Option<Located>,
    /// What makes it print its version.
    pub args: &'static [&'static str],
    /// The oldest version that will do; `None` where any does.
    pub least: Option<(u32, u32)>,
    /// What does not work without it.
    pub needed_for: &'static str,
    /// What to do where there is none that will do.
    pub get: fn() -> String,
}

impl Tool {
    /// Runs the tool.
    pub fn check(&self) -> Finding {
        let Some(found) = (self.find)() else { return self.missing("was not found") };
        let finding = match first_line(&mut Command::new(&found.path), self.args) {
            Err(why) => self.missing(&why),
            Ok(line) => self.of_version(version(&line).unwrap_or(&line)),
        };
        finding.at(found.path).because(found.why)
    }

    fn of_version(&self, version: &str) -> Finding {
        match self.least {
            Some((major, minor)) if numbers(version) < [major, minor] => {
                self.missing(&format!("is {version}, older than {major}.{minor}"))
            }
            _ => Finding::good(self.name, version),
        }
    }

    fn missing(&self, why: &str) -> Finding {
        let detail = format!("{why} (needed for {})", self.needed_for);
        Finding::missing(self.name, detail, (self.get)())
    }
}

/// What a program with these arguments prints first, on standard output or on
/// standard error.
///
/// # Errors
/// When it cannot be run, or fails: with why.
pub fn first_line(program: &mut Command, args: &[&str]) -> Result<String, String> {
    let output = program.args(args).output().map_err(|error| format!("cannot be run: {error}"))?;
    let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    let text = String::from_utf8_lossy(text);
    let line = text.lines().next().unwrap_or_default().trim();
    match output.status.success() {
        true => Ok(line.to_owned()),
        false => Err(format!("fails: {line}")),
    }
}

/// The version in what a program prints: `1.26.1`.
fn version(line: &str) -> Option<&str> {
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let rest = &line[start..];
    let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.'))
}

/// Its first two numbers, 0 where there is none.
fn numbers(version: &str) -> [u32; 2] {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        for (line, expected) in [
            ("openjdk version \"17.0.9\" 2023-10-17", "17.0.9"),
            ("openjdk version \"25\" 2025-09-16", "25"),
            ("javac 26-ea", "26"),
            ("go version go1.26.1 linux/amd64", "1.26.1"),
            ("gcc (Debian 12.2.0-14+deb12u1) 12.2.0", "12.2.0"),
        ] {
            assert_eq!(version(line), Some(expected), "{line}");
        }
        assert_eq!(version("no number"), None);
    }

    #[test]
    fn a_tool_that_is_too_old_is_missing() {
        let tool = Tool {
            name: "go",
            find: || None,
            args: &[],
            least: Some((1, 22)),
            needed_for: "tests",
            get: || "wait".into(),
        };
        assert_eq!(tool.of_version("1.22.5").state, State::Ok);
        let old = tool.of_version("1.9.7");
        assert_eq!(
            (old.state, &*old.detail),
            (State::Missing, "is 1.9.7, older than 1.22 (needed for tests)")
        );
        assert_eq!(old.fix.as_deref(), Some("wait"));
        assert_eq!(tool.check().detail, "was not found (needed for tests)");
    }
}
