//! What `metaffi doctor` checks in the environment of a language.

use std::path::PathBuf;
use std::process::Command;

use metaffi_programs::{Located, NotFound};
use serde::Serialize;

/// The state of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Installed and working.
    Ok,
    /// Not installed, or too old: whatever needs it does not work.
    Missing,
    /// Installed but not working.
    Broken,
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The subject.
    pub name: String,
    /// The state.
    pub state: State,
    /// Its version, or why it cannot be used.
    pub detail: String,
    /// Its path.
    pub path: Option<PathBuf>,
    /// Why this path was chosen.
    pub why: Option<String>,
    /// How to fix it.
    pub fix: Option<String>,
}

impl Finding {
    fn new(name: impl Into<String>, state: State, detail: impl Into<String>) -> Finding {
        let (name, detail) = (name.into(), detail.into());
        Finding { name, state, detail, path: None, why: None, fix: None }
    }

    /// Something that works.
    pub fn good(name: impl Into<String>, detail: impl Into<String>) -> Finding {
        Finding::new(name, State::Ok, detail)
    }

    /// Something that is missing; `fix` says what to do.
    pub fn missing(
        name: impl Into<String>,
        detail: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding { fix: Some(fix.into()), ..Finding::new(name, State::Missing, detail) }
    }

    /// Something that does not work; `fix` says what to do.
    pub fn broken(
        name: impl Into<String>,
        detail: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding { fix: Some(fix.into()), ..Finding::new(name, State::Broken, detail) }
    }

    /// Something that was not found.
    pub fn absent(name: impl Into<String>, error: NotFound) -> Finding {
        Finding::missing(name, error.what, error.fix)
    }

    /// The same, with its path.
    #[must_use]
    pub fn at(self, path: impl Into<PathBuf>) -> Finding {
        Finding { path: Some(path.into()), ..self }
    }

    /// The same, with why its path was chosen.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Finding {
        Finding { why: Some(why.into()), ..self }
    }
}

/// How to query a loaded runtime about itself. The function takes the name of a
/// property, and returns its value as text.
#[derive(Clone, Copy, Debug)]
pub struct RuntimeFacts {
    /// The module that has the function.
    pub module: &'static str,
    /// The entity path: a function of a string that returns one.
    pub entity_path: &'static str,
    /// The property for its version.
    pub version: &'static str,
    /// The property for its folder.
    pub place: &'static str,
    /// Another property, called with an empty default as the second argument:
    /// something in the environment that has no effect although it seems to.
    pub remark: Option<&'static str>,
}

/// A program that a language needs.
pub struct Tool {
    /// The name in the report.
    pub name: &'static str,
    /// Finds it, in the same way as its users.
    pub find: fn() -> Option<Located>,
    /// The arguments that make it print its version.
    pub args: &'static [&'static str],
    /// The oldest supported version; `None` if any works.
    pub least: Option<(u32, u32)>,
    /// What it is needed for.
    pub needed_for: &'static str,
    /// What to do if it is missing or too old.
    pub get: fn() -> String,
}

impl Tool {
    /// Runs the tool.
    pub fn check(&self) -> Finding {
        let Some(found) = (self.find)() else { return self.missing("not found") };
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

/// The first line that a program prints with these arguments, on standard
/// output or on standard error.
///
/// # Errors
/// Why it cannot be run, or fails.
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

/// The version in the output of a program: `1.26.1`.
fn version(line: &str) -> Option<&str> {
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let rest = &line[start..];
    let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.'))
}

/// The first two numbers, 0 if missing.
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
        assert_eq!(tool.check().detail, "not found (needed for tests)");
    }
}
