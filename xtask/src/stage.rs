//! Lays out the installation in `target/metaffi`, rebuilding only what changed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use metaffi_languages::{Copy, Language, Places, all, named};
use metaffi_manifest::{FILE, Manifest, own_abi};

use crate::paths::{places, root, target};
use crate::recipe::make;
use crate::steps::{done, shown};

/// The languages that have a runtime plugin.
fn plugins() -> impl Iterator<Item = &'static Language> {
    all().iter().filter(|language| language.runtime)
}

/// Builds everything and stages it.
pub fn stage() -> Result<()> {
    // The cargo that the shell finds: rustup's sets the toolchain of `rustc`, wherever that runs.
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["build", "--release", "--locked"]);
    cargo.args(to_build(installed_packages()));
    shown("build the Rust crates", &mut cargo)?;
    lay_out(&places(), &target().join("staging"), &|program| Command::new(program))
}

/// The package of the command.
pub const COMMAND: &str = "metaffi-cli";

/// The packages whose libraries are part of an installation.
pub fn installed_libraries() -> impl Iterator<Item = String> {
    let packages = all().iter().flat_map(|own| own.install.packages.clone());
    let runtimes = plugins().map(|language| format!("metaffi-{}-runtime", language.name));
    std::iter::once("metaffi-hub".to_owned()).chain(packages).chain(runtimes)
}

/// All packages that are part of an installation.
pub fn installed_packages() -> impl Iterator<Item = String> {
    installed_libraries().chain([COMMAND.to_owned()])
}

/// The arguments with which Cargo builds packages.
pub fn to_build(packages: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    packages.flat_map(|package| ["-p".to_owned(), package])
}

/// Lays out an installation at `{home}` from Cargo's output in `{built}`; `command` starts the
/// programs that build the rest.
pub fn lay_out(places: &Places, scratch: &Path, command: &dyn Fn(&str) -> Command) -> Result<()> {
    let start = Instant::now();
    stage_rust(places)?;
    let copies = all().iter().flat_map(|language| &language.install.copies);
    copies.into_iter().try_for_each(|wanted| copy(wanted, places))?;
    done("stage the libraries", start);
    for language in all() {
        for recipe in &language.install.makes {
            let scratch = scratch.join(&language.name);
            make(recipe, places, &scratch, command)?;
        }
    }
    Ok(())
}

fn stage_rust(places: &Places) -> Result<()> {
    stage_hub(places)?;
    install_filled(places, "{built}/metaffi{exe}", "{home}/bin/metaffi{exe}")?;
    for (krate, schema) in [("idl", "metaffi-idl"), ("cli", "metaffi-doctor")] {
        let from = format!("{{root}}/crates/{krate}/schema/{schema}.schema.json");
        install_filled(places, &from, &format!("{{home}}/share/{schema}.schema.json"))?;
    }
    stage_shell(places)?;
    plugins().try_for_each(|plugin| stage_plugin(places, plugin))
}

/// The command's completions and manual page, each where the shell or `man` looks for it.
fn stage_shell(places: &Places) -> Result<()> {
    let texts: [(&[&str], &str); 4] = [
        (&["man"], "man/man1/metaffi.1"),
        (&["completions", "bash"], "bash-completion/completions/metaffi"),
        (&["completions", "zsh"], "zsh/site-functions/_metaffi"),
        (&["completions", "fish"], "fish/vendor_completions.d/metaffi.fish"),
    ];
    let (metaffi, share) = (places.fill("{metaffi}")?, PathBuf::from(places.fill("{home}/share")?));
    for (arguments, file) in texts {
        let output = Command::new(&metaffi).args(arguments).output()?;
        if !output.status.success() {
            bail!("metaffi {} failed", arguments.join(" "));
        }
        write(&share.join(file), &output.stdout)?;
    }
    Ok(())
}

/// Lays out hub and loopback, which need no toolchain, in a separate installation.
pub fn stage_loopback(built: &Path, home: &Path) -> Result<()> {
    let places = places().with("built", built.display()).with("home", home.display());
    stage_hub(&places)?;
    stage_plugin(&places, named("loopback"))
}

fn stage_hub(places: &Places) -> Result<()> {
    install_filled(places, "{root}/include/metaffi.h", "{home}/include/metaffi.h")?;
    let hub = "{built}/{dll_prefix}metaffi_hub{dll}";
    install_filled(places, hub, "{home}/lib/{dll_prefix}metaffi{dll}")
}

fn stage_plugin(places: &Places, language: &Language) -> Result<()> {
    let Language { name, aliases, .. } = language;
    let folder = PathBuf::from(places.fill("{home}/plugins")?).join(name);
    let file = places.fill(&format!("{{dll_prefix}}metaffi_{name}{{dll}}"))?;
    install(&Path::new(&places.fill("{built}")?).join(&file), &folder.join(&file))?;
    let manifest = Manifest {
        name: name.clone(),
        aliases: aliases.clone(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        platforms: vec![places.fill("{platform}")?],
        abi: Some(own_abi()),
        library: Some(file),
        ..Manifest::default()
    };
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    write(&folder.join(FILE), text.as_bytes())
}

/// Puts a file in place; both are paths with placeholders.
fn install_filled(places: &Places, from: &str, to: &str) -> Result<()> {
    install(places.fill(from)?.as_ref(), places.fill(to)?.as_ref())
}

/// A file, or the files of a folder.
fn copy(copy: &Copy, places: &Places) -> Result<()> {
    let (from, to) = (places.fill(&copy.from)?, places.fill(&copy.to)?);
    if copy.suffixes.is_empty() {
        return install(from.as_ref(), to.as_ref());
    }
    let suffixes: Vec<&str> = copy.suffixes.iter().map(String::as_str).collect();
    mirror(from.as_ref(), to.as_ref(), &suffixes)
}

/// All files below `folder` with one of these extensions, or all if there are none, sorted.
pub fn files(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir()
            && !name.starts_with('.')
            && !matches!(&*name, "tests" | "__pycache__" | "testdata")
        {
            found.extend(files(&path, extensions)?);
        } else if extensions.is_empty()
            || path.extension().is_some_and(|e| extensions.iter().any(|x| e == *x))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Copies the files of a tree, and removes staged ones that no longer exist.
fn mirror(from: &Path, to: &Path, extensions: &[&str]) -> Result<()> {
    let sources = files(from, extensions)?;
    for source in &sources {
        install(source, &to.join(source.strip_prefix(from)?))?;
    }
    if to.is_dir() {
        for staged in files(to, extensions)? {
            if !from.join(staged.strip_prefix(to)?).exists() {
                std::fs::remove_file(&staged)?;
            }
        }
    }
    Ok(())
}

/// Whether any source is newer than `output`, or `output` is missing.
pub fn newer(sources: &[PathBuf], output: &Path) -> bool {
    let modified = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    let Some(built) = modified(output) else { return true };
    sources.iter().any(|source| modified(source).is_none_or(|time| time > built))
}

/// Puts a file in place by renaming: a running process keeps the old one.
fn install(from: &Path, to: &Path) -> Result<()> {
    if !from.is_file() {
        bail!("{} is missing; was it built?", from.display());
    }
    if !newer(&[from.to_path_buf()], to) {
        return Ok(());
    }
    let content = std::fs::read(from).with_context(|| format!("{}", from.display()))?;
    write(to, &content)?;
    std::fs::set_permissions(to, from.metadata()?.permissions())?;
    Ok(())
}

fn write(to: &Path, content: &[u8]) -> Result<()> {
    if std::fs::read(to).is_ok_and(|old| old == content) {
        // Touched, so that it counts as newer than its source from now on.
        std::fs::File::options()
            .append(true)
            .open(to)?
            .set_modified(std::time::SystemTime::now())?;
        return Ok(());
    }
    let folder = to.parent().context("a file has a folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    let temporary = to.with_extension("staging");
    std::fs::write(&temporary, content).with_context(|| format!("{}", temporary.display()))?;
    std::fs::rename(&temporary, to).with_context(|| format!("{}", to.display()))?;
    Ok(())
}
