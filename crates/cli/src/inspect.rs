//! `metaffi inspect`: what can be called in a module.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use metaffi_compiler::{Guest, Job, Options};
use metaffi_idl::{Callable, Idl};

use crate::progress::Steps;
use crate::registry::languages;
use crate::table::{Section, plain, readable};
use crate::{Failure, home, out};

/// Prints a table of everything that can be called, with the entity path of
/// each. `options` are for reading the source; `language` is needed only when
/// the module's name is ambiguous.
pub(crate) fn inspect(module: &Path, language: Option<&str>, options: &str) -> Result<(), Failure> {
    let (options, none) = (Options::parse(options)?, Options::default());
    let steps = Steps::new();
    let job = Job {
        source: &with_suffix(module),
        out_dir: Path::new("."),
        home: &home::installation()?,
        guest: language.map_or(Guest::None, Guest::Named),
        hosts: &[],
        guest_options: &options,
        host_options: &none,
        progress: &steps,
    };
    let idl = job.read(languages())?.idl;
    drop(steps);
    let sections = sections(&idl);
    let text = match out::columns() {
        None => plain(&sections),
        Some(columns) => heading(&idl, &sections) + &readable(&sections, columns),
    };
    Ok(out::print(&text)?)
}

/// A built guest may be named without its library suffix, as in `load_module`.
fn with_suffix(module: &Path) -> PathBuf {
    let mut named = module.as_os_str().to_owned();
    named.push(std::env::consts::DLL_SUFFIX);
    let named = PathBuf::from(named);
    if !module.exists() && named.is_file() { named } else { module.to_owned() }
}

fn heading(idl: &Idl, sections: &[Section]) -> String {
    let count = match sections.iter().map(|section| section.rows.len()).sum() {
        1_usize => "1 entity".to_owned(),
        count => format!("{count} entities"),
    };
    let lib = if idl.metaffi_guest_lib.is_empty() { "?" } else { &idl.metaffi_guest_lib };
    format!(
        "{} ({}), loaded as \"{lib}\": {count}\n",
        idl.idl_filename_with_extension, idl.target_language
    )
}

/// One section for the functions and globals of each module, and one for each
/// class. A constructor that is also a function is listed once.
fn sections(idl: &Idl) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut shown = HashSet::new();
    for callable in idl.callables().filter(|callable| !callable.module.is_external) {
        let title = match callable.class {
            None => callable.module.name.clone(),
            Some(class) => format!("{} {}", callable.module.name, class.name),
        };
        let row = (signature(&callable), callable.entity_path().to_string());
        if !shown.insert(row.clone()) {
            continue;
        }
        match sections.last_mut() {
            Some(section) if section.title == title => section.rows.push(row),
            _ => sections.push(Section { title, rows: vec![row] }),
        }
    }
    sections
}

/// The signature, followed by the arguments whose memory the guest borrows.
fn signature(callable: &Callable<'_>) -> String {
    match callable.memory() {
        memory if memory.is_empty() => callable.signature(),
        memory => format!("{}  ({memory})", callable.signature()),
    }
}
