//! `docs/four-languages.md`: one Python module, its stubs in each language, and the same program in
//! all of them.
//!
//! The module and the programs are examples, which the tests run; the declarations are taken from
//! the stubs that the command writes.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use metaffi_languages::{Language, Outline, all};

use crate::paths::{home, places, root, target};
use crate::stage::files;
use crate::steps::quiet;

const PAGE: &str = "docs/four-languages.md";
const MODULE: &str = "examples/four-languages/till.py";

/// The programs, by the suffix of their language.
const PROGRAMS: &[&str] = &[
    "examples/four-languages/main.py",
    "examples/four-languages/Main.java",
    "examples/four-languages/main.go",
    "examples/rust-till/src/main.rs",
];

/// Writes the page.
pub fn write() -> Result<()> {
    Ok(std::fs::write(root().join(PAGE), markdown()?)?)
}

/// Fails if the page is not up to date.
pub fn check() -> Result<()> {
    if std::fs::read_to_string(root().join(PAGE)).is_ok_and(|page| markdown().ok() == Some(page)) {
        return Ok(());
    }
    bail!("{PAGE} does not match the examples and their stubs; run `cargo xtask page`")
}

fn markdown() -> Result<String> {
    let mut text = format!(
        "# One module in four languages\n\n\
         This page shows a Python module, its stubs in Java, Go and Rust, and the same program in \
         all four. The programs are examples that the tests run \
         ([four-languages](../examples/four-languages), [rust-till](../examples/rust-till)); the \
         declarations are those of the stubs, without bodies and comments. Written by \
         `cargo xtask page`.\n\n## The module\n\n{}",
        fenced(&root().join(MODULE))?
    );
    for language in all() {
        let Some(outline) = language.host.as_ref().and_then(|host| host.outline.as_ref()) else {
            continue;
        };
        let Language { name, title, .. } = language;
        let _ = write!(
            text,
            "\n## In {title}\n\n`metaffi -c --idl till.py -h {name}` declares\n\n```{}\n{}```\n",
            outline.suffix,
            declared(&stubs(name)?, outline)?
        );
    }
    text += "\n## The program\n";
    for path in PROGRAMS {
        text += "\n";
        text += &fenced(&root().join(path))?;
    }
    text += "\nEach prints\n\n```text\n";
    text += &printed(&root().join("examples/rust-till/README.md"))?;
    Ok(text + "```\n")
}

/// A file as a block of its language.
fn fenced(path: &Path) -> Result<String> {
    let code = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or_default();
    Ok(format!("```{suffix}\n{code}```\n"))
}

/// The output that an example's README shows.
fn printed(readme: &Path) -> Result<String> {
    let text = std::fs::read_to_string(readme)?;
    let (_, output) = text.split_once("```text\n").context("the README shows the output")?;
    Ok(output.split("```").next().unwrap_or_default().to_owned())
}

/// Writes the stubs of the module for a host, and returns their folder.
fn stubs(host: &str) -> Result<PathBuf> {
    let folder = target().join("page").join(host);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let mut metaffi = Command::new(places().fill("{home}/bin/metaffi{exe}")?);
    metaffi.env("METAFFI_HOME", home()).arg("-c").arg("--idl").arg(root().join(MODULE));
    quiet(&format!("stubs of the page: {host}"), metaffi.args(["-h", host, "-o"]).arg(&folder))?;
    Ok(folder)
}

/// The declarations of the sources in a folder, file by file.
fn declared(folder: &Path, outline: &Outline) -> Result<String> {
    let mut blocks = Vec::new();
    for path in files(folder, &[&outline.suffix])? {
        let text = std::fs::read_to_string(path)?;
        blocks.push(outline_of(&text, outline));
    }
    blocks.retain(|block| !block.is_empty());
    Ok(blocks.join("\n"))
}

/// The declarations of a source, each on one line and without its body.
fn outline_of(text: &str, outline: &Outline) -> String {
    let mut outlined: Vec<String> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let is_one = |start: &String| line.trim_start().starts_with(start.as_str());
        if !outline.starts.iter().any(is_one) {
            continue;
        }
        let mut declaration = line.trim_end().to_owned();
        while declaration.matches('(').count() > declaration.matches(')').count() {
            let Some(more) = lines.next() else { break };
            declaration = format!("{declaration} {}", more.trim());
        }
        let declaration = declaration.split(" = new").next().unwrap_or_default();
        let declaration = declaration.trim_end_matches(['{', ';', '=', ' ']);
        let declaration = declaration.replace("( ", "(").replace(", )", ")");
        if !outline.without.iter().any(|plumbing| declaration.contains(plumbing.as_str())) {
            outlined.push(declaration);
        }
    }
    let indent = |line: &String| line.len() - line.trim_start().len();
    let least = outlined.iter().map(indent).min().unwrap_or(0);
    outlined.iter().map(|line| line[least..].to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_printed_on_one_line_without_bodies() {
        let outline = Outline {
            suffix: "t".into(),
            starts: vec!["pub ".into()],
            without: vec!["hidden".into()],
        };
        let text = "  pub fn a(\n    b: B,\n  ) -> C {\n    call()\n  }\n  pub fn hidden() {\n    pub d;\n";
        assert_eq!(outline_of(text, &outline), "pub fn a(b: B) -> C\n  pub d\n");
    }
}
