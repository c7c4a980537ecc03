//! Holds the code blocks of pages against the programs that the tests run.
//!
//! A block stands, line for line but for common indentation, in a file of such a program; one of
//! commands or of output in that program's README.md, which the runner executes and compares.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::blocks::{Block, blocks, indentation_of};
use crate::paths::root;

/// Folders of programs. Whatever is below a folder with a README.md that has a ```` ```sh ````
/// block is part of a program.
const PROGRAMS: [&str; 3] = ["examples", "docs/code", "install"];

/// Files that other tests compile or run.
const OTHERS: [&str; 2] = ["include", "langs/go/published"];

/// Pages that commands write, and check.
const GENERATED: [&str; 3] = ["conformance.md", "four-languages.md", "performance.md"];

/// Pages outside of the book: the README of the checkout, and that of the wheel.
const READMES: [&str; 2] = ["README.md", "langs/python3/api/README.md"];

/// What a line of a block says that stands for a file.
const SNIPPET: &str = "--8<--";

/// Fails when a page shows what nothing runs, and says how many blocks there are.
pub fn check() -> Result<()> {
    let programs = Programs::read()?;
    let (mut count, mut exempt, mut wrong) = (0, 0, Vec::new());
    for page in pages()? {
        for block in blocks(&std::fs::read_to_string(&page)?) {
            count += 1;
            exempt += usize::from(block.is_exempt);
            if let Err(why) = programs.check(&block) {
                let page = page.strip_prefix(root()).unwrap_or(&page);
                wrong.push(format!("{}:{}: {why}", page.display(), block.line));
            }
        }
    }
    println!("  ok  {count} code blocks, {exempt} of them not run");
    if wrong.is_empty() {
        return Ok(());
    }
    bail!("{} code blocks are not what the tests run:\n{}", wrong.len(), wrong.join("\n"))
}

/// The READMEs for users, and the pages of the book.
fn pages() -> Result<Vec<PathBuf>> {
    let docs = root().join("docs");
    let mut pages = all_files(&docs)?;
    pages.retain(|page| {
        let name = page.strip_prefix(&docs).unwrap_or(page);
        let is_page = page.extension().is_some_and(|extension| extension == "md");
        is_page && !name.starts_with("code") && !GENERATED.iter().any(|one| name == Path::new(one))
    });
    pages.extend(READMES.map(|readme| root().join(readme)));
    Ok(pages)
}

/// The lines of files and of READMEs' blocks.
#[derive(Default)]
struct Programs {
    code: Vec<Vec<String>>,
    commands: Vec<Vec<String>>,
    output: Vec<Vec<String>>,
    /// The files, from the root of the checkout.
    names: BTreeSet<PathBuf>,
    /// What `./dev` says that it can do.
    dev: String,
}

impl Programs {
    fn read() -> Result<Self> {
        let dev = std::fs::read_to_string(root().join("dev"))?;
        let mut programs = Self { dev, ..Self::default() };
        for folder in PROGRAMS {
            programs.folder(&root().join(folder), false)?;
        }
        for folder in OTHERS {
            programs.folder(&root().join(folder), true)?;
        }
        Ok(programs)
    }

    /// Reads the files of a folder, those of a program or below one.
    fn folder(&mut self, folder: &Path, is_run: bool) -> Result<()> {
        let readme = std::fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        let is_run = is_run || self.readme(&readme);
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                self.folder(&path, is_run)?;
            } else if is_run && !path.ends_with("README.md") {
                self.file(&path);
            }
        }
        Ok(())
    }

    /// Takes the blocks of a README; whether it has commands.
    fn readme(&mut self, text: &str) -> bool {
        let before = self.commands.len();
        for Block { language, lines, .. } in blocks(text) {
            match language.as_str() {
                "sh" => self.commands.push(lines),
                "text" => self.output.push(lines),
                _ => {}
            }
        }
        self.commands.len() > before
    }

    /// Takes a file, unless it is no text.
    fn file(&mut self, path: &Path) {
        if let Ok(text) = std::fs::read_to_string(path) {
            self.code.push(text.lines().map(|line| line.trim_end().to_owned()).collect());
            self.names.insert(path.strip_prefix(root()).unwrap_or(path).into());
        }
    }

    /// Says why a block is not what the tests run.
    fn check(&self, block: &Block) -> Result<(), String> {
        if block.is_exempt || self.is_snippet(block) || self.is_of_the_checkout(block) {
            return Ok(());
        }
        let (texts, place) = match block.language.as_str() {
            "mermaid" => return Ok(()),
            "" => return Err("the block names no language".into()),
            "sh" => (&self.commands, "the ```sh blocks of a program's README.md"),
            "text" => (&self.output, "the ```text blocks of a program's README.md"),
            _ => (&self.code, "a file of a program that the tests run"),
        };
        if texts.iter().any(|text| stands_in(&block.lines, text)) {
            return Ok(());
        }
        let first = block.lines.first().map_or("", String::as_str);
        Err(format!("not in {place}: {} block `{first}` …", block.language))
    }

    /// Whether the block is files that stand in it when the book is built.
    fn is_snippet(&self, block: &Block) -> bool {
        let names = |line: &String| {
            let path = line.strip_prefix(SNIPPET)?.trim().trim_matches('"').split(':').next()?;
            self.names.contains(Path::new(path)).then_some(())
        };
        !block.lines.is_empty() && block.lines.iter().all(|line| names(line).is_some())
    }

    /// Whether all are commands of `./dev`.
    fn is_of_the_checkout(&self, block: &Block) -> bool {
        let is_known = |line: &String| {
            let command = line.split(" #").next().unwrap_or_default().trim();
            command.starts_with("./dev ") && self.dev.contains(&format!("\n{command} "))
        };
        !block.lines.is_empty() && block.lines.iter().all(is_known)
    }
}

/// Whether lines follow one another in a text, all of them indented by as much more.
fn stands_in(lines: &[String], text: &[String]) -> bool {
    let Some(first) = lines.first() else { return false };
    text.windows(lines.len()).any(|window| {
        let indentation = window[0].strip_suffix(first.as_str());
        let Some(indentation) = indentation.filter(|rest| *rest == indentation_of(rest)) else {
            return false;
        };
        window.iter().zip(lines).all(|(line, wanted)| {
            line.is_empty() && wanted.is_empty() || line.strip_prefix(indentation) == Some(wanted)
        })
    })
}

fn all_files(folder: &Path) -> Result<Vec<PathBuf>> {
    crate::stage::files(folder, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_run_of_lines_is_found_at_any_depth() {
        let text = lines("fn main() {\n    if a {\n\n        b();\n    }\n}");
        assert!(stands_in(&lines("if a {\n\n    b();\n}"), &text));
        assert!(stands_in(&lines("b();"), &text));
        assert!(!stands_in(&lines("if a {\n    b();\n}"), &text), "a line was left out");
        assert!(!stands_in(&lines("if a {\n\n  b();\n}"), &text), "another indentation");
        assert!(!stands_in(&lines("a {"), &text), "a part of a line");
        assert!(!stands_in(&[], &text));
    }

    #[test]
    fn commands_output_and_code_are_looked_for_where_each_stands() {
        let mut programs = Programs { dev: "\n./dev demo     run\n".into(), ..Programs::default() };
        assert!(
            programs.readme("# A\n```sh fetch\nget\n```\n```sh\nrun\n```\n```text\nout\n```\n")
        );
        programs.code.push(lines("x = 1"));
        let check = |page: &str| programs.check(&blocks(page)[0]).is_ok();
        assert!(check("```sh\nrun\n```") && check("```sh\nget\n```"));
        assert!(check("```text\nout\n```") && !check("```text\nrun\n```"));
        assert!(check("```python\nx = 1\n```") && !check("```python\nout\n```"));
        assert!(!check("```\nx = 1\n```"), "no language");
        assert!(check("<!-- not run: no Docker -->\n```sh\ndocker\n```"));
        assert!(check("```sh\n./dev demo  # at first\n```") && !check("```sh\n./dev other\n```"));
        assert!(check("```mermaid\ngraph\n```"));
    }

    #[test]
    fn a_snippet_is_a_file_of_a_program() {
        let programs =
            Programs { names: [PathBuf::from("include/a.h")].into(), ..Programs::default() };
        let check = |page: &str| programs.check(&blocks(page)[0]).is_ok();
        assert!(check("```c\n--8<-- \"include/a.h\"\n```"));
        assert!(!check("```c\n--8<-- \"include/b.h\"\n```"));
    }
}
