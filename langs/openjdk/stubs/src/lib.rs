//! Stubs for Java hosts.
//!
//! From an IDL to a jar: `adapted` is the interface by places, `plan` names
//! everything, `hierarchy` and `inherit` settle what derives from what and
//! which methods that leaves to each class, `classes` and `module` decide on
//! what is in each file, `view` holds what the templates print, `print` prints
//! it, and `pack` compiles and packs it. `types` knows what a shape is to Java.
//! Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod adapted;
mod body;
mod classes;
mod entities;
mod functional;
mod hierarchy;
mod inherit;
mod javadoc;
mod layout;
mod literals;
mod module;
mod names;
mod pack;
mod plan;
mod print;
mod reserved;
mod settled;
mod signature;
mod spelling;
mod types;
mod view;
mod writer;

use metaffi_compiler::{Diagnostic, OutputFile, Request};
use metaffi_idl::Idl;
use metaffi_stubs::{Simplified, simplified};

use crate::adapted::Adapted;
use crate::classes::ClassWriter;
use crate::plan::Plan;
use crate::print::Printer;

/// A source file of stubs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path below the root of the packages.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// The package that stubs are in: the one that was asked for, else the module's
/// name. It is none of a guest's in Java: classes of one name would hide each
/// other there.
///
/// # Errors
/// When what was asked for is no package, or one of the guest's.
pub fn package(asked: Option<&str>, idl: &Idl) -> Result<String, Diagnostic> {
    let Some(asked) = asked else {
        let mut name = names::identifier(&idl.idl_source);
        while is_of_guest(&name, idl) {
            name.push_str("_stubs");
        }
        return Ok(name);
    };
    let refused = if !names::is_package(asked) {
        format!("'{asked}' is no Java package")
    } else if is_of_guest(asked, idl) {
        format!("'{asked}' is a package of the module itself, whose classes stubs would hide")
    } else {
        return Ok(asked.to_owned());
    };
    Err(Diagnostic::new(refused)
        .help("write identifiers with dots between them: package=org.example.stubs")
        .misuse())
}

/// Whether the module has classes of its own in this package of Java's.
fn is_of_guest(package: &str, idl: &Idl) -> bool {
    let is_in = |id: &str| id.rsplit_once('.').is_some_and(|(of, _)| of == package);
    idl.target_language == "openjdk" && idl.class_ids().any(is_in)
}

/// The stubs of a module, before they are compiled.
#[derive(Clone, Debug)]
pub struct Stubs {
    /// A file for each class.
    pub sources: Vec<Source>,
    /// The types that Java cannot write.
    pub simplified: Vec<Simplified>,
}

/// The sources of the stubs of `idl`.
///
/// # Errors
/// Never for an interface that was read; a template may be broken.
pub fn stubs(idl: &Idl, package: &str) -> Result<Stubs, Diagnostic> {
    let adapted = Adapted::of(idl);
    let plan = Plan::of(&adapted, package);
    let printer = Printer::new()?;
    let folder = package.replace('.', "/");
    let mut files = vec![(plan.module.clone(), module::file(&plan))];
    for id in plan.classes.ids().filter(|id| plan.hierarchy.of_jdk(*id).is_none()) {
        files.push((plan.classes.get(id).name.clone(), ClassWriter::file(&plan, id)));
    }
    let printed = files.iter().map(|(name, file)| {
        Ok(Source { path: format!("{folder}/{name}.java"), text: printer.print(file)? })
    });
    let simplified = simplified(&adapted.idl, &plan.classes, &plan);
    Ok(Stubs { sources: printed.collect::<Result<_, Diagnostic>>()?, simplified })
}

/// The stubs of `idl`: a jar of classes, one of sources, and the sources.
/// They are compiled against the API of the request's installation.
///
/// # Errors
/// When there is no compiler, or it refuses them.
pub fn emit(
    request: &Request<'_>,
    idl: &Idl,
    package: &str,
) -> Result<Vec<OutputFile>, Diagnostic> {
    let stubs = stubs(idl, package)?;
    request.tell_simplified(&stubs.simplified);
    pack::pack(idl, &stubs.sources, request.home)
}
