//! Installations with plugins that are compiled from C, with only the header.

use std::path::{Path, PathBuf};
use std::process::Command;

use metaffi_testkit::home;

/// Compiles a library from C, with the header in this folder.
pub(crate) fn compile(include: &Path, source: &str, library: &Path) {
    let file = library.with_extension("c");
    std::fs::create_dir_all(library.parent().unwrap()).unwrap();
    std::fs::write(&file, format!("#include <metaffi.h>\n{source}\n")).unwrap();
    let mut cc = Command::new(std::env::var("CC").unwrap_or_else(|_| "cc".into()));
    cc.args(["-shared", "-fPIC", "-Wall", "-Werror", "-I"]).arg(include);
    assert!(cc.arg(&file).arg("-o").arg(library).status().unwrap().success());
}

fn install(plugins: &Path, name: &str, source: &str) {
    let folder = plugins.join(name);
    compile(&home().join("include"), source, &folder.join("plugin.so"));
    let manifest = format!(r#"{{"name": "{name}", "library": "plugin.so"}}"#);
    std::fs::write(folder.join("plugin.json"), manifest).unwrap();
}

/// Makes an installation in `folder` with the real hub and loopback, and these
/// plugins, given by name and C source.
pub(crate) fn make(folder: &Path, plugins: &[(&str, &str)]) -> PathBuf {
    let sources = plugins;
    let plugins = folder.join("plugins");
    for path in ["lib/libmetaffi.so", "plugins/loopback/plugin.json"] {
        let target = folder.join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(home().join(path), target).unwrap();
    }
    let library = "loopback/libmetaffi_loopback.so";
    std::fs::copy(home().join("plugins").join(library), plugins.join(library)).unwrap();
    sources.iter().for_each(|(name, source)| install(&plugins, name, source));
    folder.into()
}
