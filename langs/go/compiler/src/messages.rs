//! Go's own messages as diagnostics: several at once, each with its position.

use std::path::Path;

use metaffi_compiler::{Diagnostic, Problem};

use crate::toolchain::get_c_compiler;

/// The subject of a problem, which its message begins with.
pub(crate) fn name_of(problem: &Problem) -> &str {
    problem.message.split(' ').next().unwrap_or_default()
}

/// One diagnostic for all problems of `source`.
pub(crate) fn together(source: &Path, problems: Vec<Problem>) -> Diagnostic {
    let mut diagnostics: Vec<Diagnostic> =
        problems.into_iter().map(Problem::into_diagnostic).collect();
    let help = diagnostics.iter().find_map(|diagnostic| help_for(&diagnostic.to_string()));
    let mut diagnostic = match diagnostics.len() {
        1 => diagnostics.remove(0),
        _ => Diagnostic::new("this does not compile").at(source).related(diagnostics),
    };
    diagnostic.help = diagnostic.help.or(help);
    diagnostic
}

/// The problems in the output of `go build`; lines without a position belong to the problem before
/// them.
pub(crate) fn parse(output: &str, dir: &Path) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for line in output.lines().filter(|line| !line.starts_with("# ") && !line.trim().is_empty()) {
        match located(line, dir) {
            Some(problem) => problems.push(problem),
            None => match problems.last_mut() {
                Some(last) => last.message = format!("{}\n{line}", last.message),
                None => problems.push(Problem { message: line.to_owned(), ..Problem::default() }),
            },
        }
    }
    problems
}

/// `file.go:line:column: message`.
fn located(line: &str, dir: &Path) -> Option<Problem> {
    let (place, message) = line.split_once(": ")?;
    let mut parts = place.rsplitn(3, ':');
    let last = parts.next()?.parse().ok()?;
    let (file, line, column) = match (parts.next()?.parse().ok(), parts.next()) {
        (Some(line), Some(file)) => (file, line, last),
        _ => (place.rsplit_once(':')?.0, last, 0),
    };
    let file = dir.join(file).to_string_lossy().into_owned();
    Some(Problem { file, line, column, message: message.to_owned(), ..Problem::default() })
}

fn help_for(message: &str) -> Option<String> {
    let lacks_compiler = ["C compiler", "executable file not found"];
    if lacks_compiler.iter().any(|text| message.contains(text)) {
        return Some(format!("a guest is built with cgo: {}", get_c_compiler()));
    }
    let known = [
        ("metaffi_guest_", "this is in code that MetaFFI generated; please report it as a bug"),
        (
            "fatal error: ",
            "install the package that has this header, or name its folder in CGO_CFLAGS (-I/some/folder)",
        ),
        (
            "listed in go.work file: open",
            "the go.work above it names a folder that does not exist: remove it with \
             `go work edit -dropuse=FOLDER`, or set GOWORK=off",
        ),
        ("modules listed in go.work", "run `go work use` for this module, or set GOWORK=off"),
        ("github.com/MetaFFI", "run `metaffi go-setup` in the module: it uses the Go API"),
        ("no required module provides", "run `go mod tidy` in the module"),
        ("missing go.sum entry", "run `go mod tidy` in the module"),
        ("updates to go.mod needed", "run `go mod tidy` in the module"),
        (
            "beneath GOMODCACHE",
            "Go cannot add files to its module cache: import the package in a Go file of yours, in a \
             module that requires it, and name that file; or copy the package's folder",
        ),
    ];
    known.iter().find(|(text, _)| message.contains(text)).map(|(_, help)| (*help).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compilers_lines_become_problems() {
        let output =
            "# example.com/shop\n./a.go:3:5: undefined: x\nsub/b.go:7: no column\n\tmore\n";
        let problems = parse(output, Path::new("/u"));
        let found: Vec<_> =
            problems.iter().map(|p| (&*p.file, p.line, p.column, &*p.message)).collect();
        assert_eq!(
            found,
            [("/u/./a.go", 3, 5, "undefined: x"), ("/u/sub/b.go", 7, 0, "no column\n\tmore")]
        );
    }

    #[test]
    fn a_package_of_the_module_cache_is_refused_with_a_hint() {
        let output = "go: overlay contains a replacement for /m/uuid/metaffi.h. Files beneath \
                      GOMODCACHE (/m) must not be replaced.\n";
        let diagnostic = together(Path::new("/m/uuid"), parse(output, Path::new("/m/uuid")));
        assert!(diagnostic.help.is_some_and(|help| help.contains("in a Go file of yours")));
    }

    #[test]
    fn problems_without_a_position_are_reported_unchanged() {
        let problems = parse("go: cannot find main module\n", Path::new("/u"));
        assert_eq!(problems[0].message, "go: cannot find main module");
        assert_eq!(problems[0].file, "");
    }
}
