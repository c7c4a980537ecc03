//! Installations with plugins that are compiled from C, with only the header.

use std::path::{Path, PathBuf};

use metaffi_testkit::{c_library_compiler, home, library as file_of};

/// Compiles a library from C, with the header in this folder.
pub(crate) fn compile(include: &Path, source: &str, library: &Path) {
    let file = library.with_extension("c");
    std::fs::create_dir_all(library.parent().unwrap()).unwrap();
    std::fs::write(&file, format!("#include <metaffi.h>\n{source}\n")).unwrap();
    let mut cc = c_library_compiler();
    cc.args(["-Wall", "-Werror", "-I"]).arg(include);
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
    let [hub, loopback] = [file_of("metaffi"), file_of("metaffi_loopback")];
    for path in [
        Path::new("lib").join(hub),
        PathBuf::from("plugins/loopback/plugin.json"),
        Path::new("plugins/loopback").join(loopback),
    ] {
        let target = folder.join(&path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(home().join(path), target).unwrap();
    }
    sources.iter().for_each(|(name, source)| install(&plugins, name, source));
    folder.into()
}
