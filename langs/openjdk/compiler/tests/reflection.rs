//! Compares the extraction with the JVM's own reflection, on real jars.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use metaffi_idl::{Class, Field, Function, Idl, Method};
use support::{extract, fixtures, pack, succeed};

/// The members that the JVM sees in the first of `jars`, and its classes that need still other
/// jars.
fn reflected(jars: &[&Path]) -> (BTreeSet<String>, BTreeSet<String>) {
    let listing = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/Listing.java");
    // The IDL describes what all versions of a multi-release jar share: the base.
    let base = "-Djdk.util.jar.enableMultiRelease=false";
    let output = succeed(Command::new("java").arg(base).arg(listing).args(jars));
    let text = String::from_utf8(output.stdout).unwrap();
    let (unknown, lines): (BTreeSet<_>, BTreeSet<_>) =
        text.lines().map(str::to_owned).partition(|line| line.starts_with("unknown "));
    (lines, unknown.iter().map(|line| line["unknown ".len()..].to_owned()).collect())
}

/// The same lines from the IDL.
fn extracted(idl: &Idl, unknown: &BTreeSet<String>) -> BTreeSet<String> {
    let own = idl.modules.iter().filter(|module| !module.is_external);
    let classes = own.flat_map(|module| &module.classes);
    let known = classes.filter(|class| !unknown.contains(name(class)));
    known
        .flat_map(|class| members(class).map(move |line| format!("{} {line}", name(class))))
        .collect()
}

fn name(class: &Class) -> &str {
    class.entity_path.get("class").unwrap()
}

fn members(class: &Class) -> impl Iterator<Item = String> {
    let constructors = class.constructors.iter().map(typed);
    let methods =
        class.methods.iter().map(|method| kind(method).to_owned() + &typed(&method.function));
    constructors.chain(methods).chain(class.fields.iter().map(field))
}

fn kind(method: &Method) -> &'static str {
    assert_eq!(method.instance_required, method.function.entity_path.has_tag("instance_required"));
    if method.instance_required { "" } else { "static " }
}

/// The signature without the names of parameters.
fn typed(function: &Function) -> String {
    let mut nameless = function.clone();
    nameless.parameters.iter_mut().for_each(|parameter| parameter.name.clear());
    nameless.signature()
}

fn field(field: &Field) -> String {
    let getter = field.getter.as_ref().expect("a field can be read");
    let finality = if field.setter.is_some() { "" } else { "final " };
    format!("{}{finality}{}: {}", kind(getter), field.value.name, field.value.type_text())
}

fn assert_same(jars: &[&Path], at_least: usize) {
    let (reflected, unknown) = reflected(jars);
    let extracted = extracted(&extract(jars[0]), &unknown);
    let missing: Vec<_> = reflected.difference(&extracted).collect();
    let invented: Vec<_> = extracted.difference(&reflected).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "missing {missing:#?}\ninvented {invented:#?}"
    );
    assert!(reflected.len() >= at_least, "{} members only", reflected.len());
    assert!(unknown.len() * 50 < reflected.len(), "{} classes unknown", unknown.len());
}

#[test]
fn the_fixtures_equal_the_jvms_reflection() {
    let folder = fixtures(&["-g"]);
    assert_same(&[&pack(folder.path(), "fixtures.jar")], 50);
}

#[test]
fn log4j_is_what_the_jvm_sees() {
    let api = metaffi_testkit::jar("log4j-api-2.21.1.jar");
    assert_same(&[&api], 1900);
    assert_same(&[&metaffi_testkit::jar("log4j-core-2.21.1.jar"), &api], 4800);
}

#[test]
fn log4j_has_the_entities_that_everybody_loads() {
    let idl = extract(metaffi_testkit::jar("log4j-api-2.21.1.jar"));
    assert_eq!(idl.idl_source, "log4j_api");
    assert_eq!((idl.idl_extension.as_str(), idl.target_language.as_str()), (".jar", "openjdk"));
    let of_logging = |name: &str, wanted: &[&str]| {
        let lines: Vec<String> = idl
            .callables()
            .filter(|c| c.class.is_some_and(|c| c.name == name))
            .map(|c| format!("{} | {}", c.signature(), c.entity_path()))
            .collect();
        for line in wanted {
            assert!(lines.iter().any(|found| found == line), "no {line} in {lines:#?}");
        }
    };
    of_logging(
        "LogManager",
        &["getLogger(name: string8) -> handle<org.apache.logging.log4j.Logger> | \
           class=org.apache.logging.log4j.LogManager,callable=getLogger"],
    );
    of_logging(
        "Logger",
        &["error(this: handle, message: string8) | \
           class=org.apache.logging.log4j.Logger,callable=error,instance_required"],
    );
    let internal: Vec<&str> = idl
        .modules
        .iter()
        .filter(|module| module.tags.contains_key("internal"))
        .map(|module| module.name.as_str())
        .collect();
    assert_eq!(internal, ["org.apache.logging.log4j.internal"]);
}
