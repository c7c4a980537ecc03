//! Stubs for Java hosts.
//!
//! From an IDL to a jar: `adapted` is the interface with positional arguments, `plan` names
//! everything, `hierarchy` and `inherit` determine what derives from what and which methods each
//! class therefore has, `classes` and `module` decide the contents of each file, `view` holds the
//! data that the templates print, `print` prints it, and `pack` compiles and packs it. `types` maps
//! shapes to Java types. All functions can be called from any thread; nothing here is shared.
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
mod method_set;
mod module;
mod names;
mod pack;
mod plan;
mod print;
mod reserved;
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
    /// Its path relative to the root of the packages.
    pub path: String,
    /// Its contents.
    pub text: String,
}

/// The package of the stubs: the requested one, or else the module's name. It must not be a package
/// of a Java guest, since classes of the same name would hide each other there.
///
/// # Errors
///
/// If the requested name is not a package, or is a package of the guest.
pub fn package(requested: Option<&str>, idl: &Idl) -> Result<String, Diagnostic> {
    let Some(requested) = requested else {
        let mut name = names::identifier(&idl.idl_source);
        while is_of_guest(&name, idl) {
            name.push_str("_stubs");
        }
        return Ok(name);
    };
    let message = if !names::is_package(requested) {
        format!("'{requested}' is not a Java package")
    } else if is_of_guest(requested, idl) {
        format!("'{requested}' is a package of the module itself, whose classes stubs would hide")
    } else {
        return Ok(requested.to_owned());
    };
    Err(Diagnostic::new(message)
        .help("write identifiers with dots between them: package=org.example.stubs")
        .misuse())
}

/// Whether the module has classes in this Java package.
fn is_of_guest(package: &str, idl: &Idl) -> bool {
    let is_in = |id: &str| id.rsplit_once('.').is_some_and(|(of, _)| of == package);
    idl.target_language == "openjdk" && idl.class_ids().any(is_in)
}

/// The stubs of a module, before they are compiled.
#[derive(Clone, Debug)]
pub struct Stubs {
    /// A file for each class.
    pub sources: Vec<Source>,
    /// The types that Java cannot express.
    pub simplified: Vec<Simplified>,
}

/// The sources of the stubs of `idl`.
///
/// # Errors
///
/// Never for an IDL that was parsed; only if a template has a bug.
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

/// The stubs of `idl`: a jar of classes, a jar of sources, and the sources. They are compiled
/// against the API of the request's installation.
///
/// # Errors
///
/// If there is no Java compiler, or it reports errors.
pub fn emit(
    request: &Request<'_>,
    idl: &Idl,
    package: &str,
) -> Result<Vec<OutputFile>, Diagnostic> {
    let stubs = stubs(idl, package)?;
    request.report_simplified(&stubs.simplified);
    pack::pack(idl, &stubs.sources, request.home)
}
