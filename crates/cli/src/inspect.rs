//! `metaffi inspect`: what is callable in a module.

use std::path::Path;

use metaffi_compiler::{Guest, Job, Options};
use metaffi_idl::Idl;

use crate::progress::Steps;
use crate::registry::LANGUAGES;
use crate::table::{Section, plain, readable};
use crate::{Failure, home, out};

/// Prints a table of all that can be called, with the entity path of each.
pub(crate) fn inspect(module: &Path) -> Result<(), Failure> {
    let none = Options::default();
    let steps = Steps::new();
    let job = Job {
        source: module,
        out_dir: Path::new("."),
        home: &home::home(),
        guest: Guest::None,
        hosts: &[],
        guest_options: &none,
        host_options: &none,
        progress: &steps,
    };
    let idl = job.read(LANGUAGES)?;
    drop(steps);
    let text = match out::columns() {
        None => plain(&sections(&idl)),
        Some(columns) => heading(&idl) + &readable(&sections(&idl), columns),
    };
    Ok(out::print(&text)?)
}

fn heading(idl: &Idl) -> String {
    let count = idl.callables().count();
    let lib = if idl.metaffi_guest_lib.is_empty() { "?" } else { &idl.metaffi_guest_lib };
    format!(
        "{} ({}), loaded as \"{lib}\": {count} entities\n",
        idl.idl_filename_with_extension, idl.target_language
    )
}

/// One section for the functions and globals of a module, one for each class.
fn sections(idl: &Idl) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for callable in idl.callables() {
        let title = match callable.class {
            None => callable.module.name.clone(),
            Some(class) => format!("{} {}", callable.module.name, class.name),
        };
        let row = (callable.signature(), callable.entity_path().to_string());
        match sections.last_mut() {
            Some(section) if section.title == title => section.rows.push(row),
            _ => sections.push(Section { title, rows: vec![row] }),
        }
    }
    sections
}
