//! Puts a checked plugin in place. While holding the level's lock, it writes
//! the files to a hidden folder, verifies their digests, and renames the
//! folder. An interrupted installation leaves only that folder, which the next
//! one removes.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use metaffi_compiler::Diagnostic;
use metaffi_home::untrusted;
use metaffi_manifest::{FILE, Installed, Levels, Manifest, Place};

use super::check::Checked;
use super::content::Entry;

/// Prefixes of hidden folders, which the hub skips.
const INSTALLING: &str = ".installing-";
pub(super) const REMOVING: &str = ".removing-";

/// Installs a plugin, and returns a message that says where.
pub(crate) fn install(
    levels: &Levels,
    place: &Place,
    mut plugin: Checked,
) -> Result<String, Diagnostic> {
    make_folder(&place.folder)?;
    let _lock = lock(&place.folder)?;
    let name = plugin.manifest.name.clone();
    let version = plugin.manifest.version.clone().unwrap_or_default();
    let (ready, target) = (hidden(&place.folder, INSTALLING, &name), place.folder.join(&name));
    if fs::read(target.join(FILE)).is_ok_and(|text| text == plugin.text) {
        return Ok(format!("{name} {version} is already installed in {}\n", target.display()));
    }
    refuse_taken_names(levels, &plugin.manifest)?;
    if target.symlink_metadata().is_ok() {
        let why = format!("{} already exists", target.display());
        return Err(Diagnostic::new(why).help("remove that folder, and install again"));
    }
    make_ready(&mut plugin, &ready)
        .and_then(|()| fs::rename(&ready, &target).map_err(|e| io("rename", &ready, &e)))
        .inspect_err(|_| _ = fs::remove_dir_all(&ready))?;
    sync(&place.folder);
    Ok(format!("installed {name} {version} in {}\n", target.display()))
}

fn io(doing: &str, path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(format!("cannot {doing}: {error}")).at(path)
}

pub(super) fn hidden(folder: &Path, kind: &str, name: &str) -> PathBuf {
    folder.join(format!("{kind}{name}"))
}

/// Creates a level's folder, which no other user may be able to write.
fn make_folder(folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| io("create this folder", folder, &error))?;
    match untrusted(folder) {
        Some(why) => Err(Diagnostic::new(format!(
            "cannot install to a folder that others can change: {why}"
        ))),
        None => Ok(()),
    }
}

/// Waits until no other command is changing the level, and removes what
/// interrupted commands left behind.
pub(super) fn lock(folder: &Path) -> Result<File, Diagnostic> {
    let path = folder.join(".lock");
    let file = File::options().create(true).append(true).open(&path);
    let file = file.map_err(|error| io("open", &path, &error))?;
    file.lock().map_err(|error| io("lock", &path, &error))?;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if [INSTALLING, REMOVING]
            .iter()
            .any(|kind| name.as_encoded_bytes().starts_with(kind.as_bytes()))
        {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(|error| io("remove", &path, &error))?;
        }
    }
    Ok(file)
}

/// Refuses a plugin whose name or alias is already used by a plugin of any
/// level.
fn refuse_taken_names(levels: &Levels, manifest: &Manifest) -> Result<(), Diagnostic> {
    let installed = Installed::read(levels);
    for name in manifest.names() {
        let owner = installed.plugins.iter().find(|plugin| plugin.manifest.answers_to(name));
        if let Some(owner) = owner {
            let (other, level) = (&owner.manifest.name, owner.level.name());
            let why = format!(
                "the name '{name}' is already used by {other} in {}",
                owner.folder.display()
            );
            return Err(Diagnostic::new(why).help(format!(
                "remove that plugin with `metaffi --plugin --remove {other}`, unless it ships with MetaFFI \
                 (its level is {level})"
            )));
        }
    }
    Ok(())
}

/// Writes all files to `ready`.
fn make_ready(plugin: &mut Checked, ready: &Path) -> Result<(), Diagnostic> {
    fs::create_dir(ready).map_err(|error| io("create this folder", ready, &error))?;
    for entry in plugin.content.entries.clone() {
        let path = ready.join(&entry.name);
        if entry.name == FILE {
            // The bytes that were checked, since `check` compared their content
            // with the files.
            let text = &plugin.text;
            write(&path, &entry, |file| file.write_all(text).map_err(|e| io("write", &path, &e)))?;
            continue;
        }
        let mut digest = String::new();
        write(&path, &entry, |file| {
            digest = plugin.content.copy(&entry, file)?;
            Ok(())
        })?;
        let files = plugin.manifest.files.as_ref();
        if files.is_some_and(|files| files.get(&entry.name) != Some(&digest)) {
            let why = format!("'{}' does not match its digest in the manifest", entry.name);
            return Err(Diagnostic::new(why).help("download the plugin again from its publisher"));
        }
    }
    sync(ready);
    Ok(())
}

fn write(
    path: &Path,
    entry: &Entry,
    fill: impl FnOnce(&mut File) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let diagnostic = |error: &std::io::Error| io("write", path, error);
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(|error| diagnostic(&error))?;
    let mut file = File::options().write(true).create_new(true).open(path);
    let file = file.as_mut().map_err(|error| diagnostic(error))?;
    fill(file)?;
    set_mode(file, entry.is_executable).map_err(|error| diagnostic(&error))?;
    file.sync_all().map_err(|error| diagnostic(&error))
}

#[cfg(unix)]
fn set_mode(file: &File, is_executable: bool) -> std::io::Result<()> {
    let mode = if is_executable { 0o755 } else { 0o644 };
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: bool) -> std::io::Result<()> {
    Ok(())
}

/// Flushes a folder to disk. If that fails, the system does it later.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
