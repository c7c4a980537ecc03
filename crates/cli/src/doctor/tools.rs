//! Whether the tools that languages need are there, and new enough.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::finding::{Finding, State};

/// A program that somebody needs.
struct Tool {
    name: &'static str,
    found: Found,
    command: &'static str,
    args: &'static [&'static str],
    /// The oldest version that will do.
    least: (u32, u32),
    needed_for: &'static str,
    mend: &'static str,
}

/// How a tool is found: as those find it who use it.
enum Found {
    /// By its language.
    By(fn() -> Option<PathBuf>),
    /// On PATH, unless this variable names it.
    Variable(&'static str),
    OnPath,
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "java",
        found: Found::By(|| metaffi_openjdk_compiler::jdk_tool("java")),
        command: "java",
        args: &["-version"],
        least: (11, 0),
        needed_for: "calling the JVM",
        mend: "install a JDK, 11 or later, and put it on PATH or into JAVA_HOME",
    },
    Tool {
        name: "javac",
        found: Found::By(|| metaffi_openjdk_compiler::jdk_tool("javac")),
        command: "javac",
        args: &["-version"],
        least: (11, 0),
        needed_for: "compiling .java sources",
        mend: "install a JDK (a JRE has no compiler)",
    },
    Tool {
        name: "go",
        found: Found::By(metaffi_go_compiler::go_command),
        command: "go",
        args: &["version"],
        least: (1, 22),
        needed_for: "Go hosts, and building Go guests",
        mend: "install Go, 1.22 or later, and put it on PATH",
    },
    Tool {
        name: "C compiler",
        found: Found::Variable("CC"),
        command: "gcc",
        args: &["--version"],
        least: (0, 0),
        needed_for: "Go hosts and guests (cgo)",
        mend: "install gcc or clang, or name one in CC",
    },
    Tool {
        name: "python3",
        found: Found::OnPath,
        command: "python3",
        args: &["--version"],
        least: (3, 11),
        needed_for: "Python hosts and guests",
        mend: "install Python, 3.11 or later, or activate an environment that has it",
    },
];

/// One finding for each tool, and one for the Python package.
pub(crate) fn check(home: &Path) -> Vec<Finding> {
    TOOLS.iter().map(tried).chain([python_package(home)]).collect()
}

fn tried(tool: &Tool) -> Finding {
    let (state, detail) = match said_by(tool) {
        Err(why) => (State::Missing, why),
        Ok(line) if version(&line) < Some(tool.least) && tool.least != (0, 0) => {
            let (major, minor) = tool.least;
            (State::Missing, format!("{line}; {major}.{minor} or later is needed"))
        }
        Ok(line) => return Finding::good(tool.name, line),
    };
    Finding {
        name: tool.name.to_owned(),
        state,
        detail: format!("{detail} (needed for {})", tool.needed_for),
        mend: Some(tool.mend.to_owned()),
    }
}

/// What the tool prints first, and where it is if that is not plain.
fn said_by(tool: &Tool) -> Result<String, String> {
    match tool.found {
        Found::OnPath => first_line(tool.command, tool.args),
        Found::Variable(variable) => {
            let named = std::env::var(variable).ok().filter(|name| !name.is_empty());
            first_line(named.as_deref().unwrap_or(tool.command), tool.args)
        }
        Found::By(find) => {
            let found = find().ok_or_else(|| format!("{} was not found", tool.command))?;
            let line = first_line_of(&found, &[], tool.args)?;
            let on_path = metaffi_programs::find(tool.command).is_some_and(|path| path == found);
            Ok(if on_path { line } else { format!("{line}, {}", found.display()) })
        }
    }
}

fn python_package(home: &Path) -> Finding {
    // Not what lies in the working directory, which `-c` puts first.
    let code = "import sys; sys.path[:1] = filter(None, sys.path[:1]); \
                import metaffi, os; print(os.path.dirname(metaffi.__file__))";
    match first_line("python3", &["-c", code]) {
        Ok(folder) => Finding::good("import metaffi", folder),
        Err(_) => Finding {
            name: "import metaffi".to_owned(),
            state: State::Missing,
            detail: "python3 does not find the package (needed for Python hosts)".to_owned(),
            mend: Some(format!("export PYTHONPATH={}", home.join("python").display())),
        },
    }
}

/// What a program prints first, on standard output or, as `java` does, on
/// standard error.
fn first_line(command: &str, args: &[&str]) -> Result<String, String> {
    let mut words = command.split_whitespace(); // CC may hold options
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
