//! Modules: a class path, and the class loader made from it.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use metaffi_plugin::did_you_mean;
use metaffi_plugin::value::{Error, ErrorKind};

use crate::api;
use crate::jni::{Env, Global, Local, jni};

/// A loaded module; its entities keep the loader alive without it.
pub(crate) struct Module(pub(crate) Arc<Loader>);

/// The class loader of a module.
pub(crate) struct Loader {
    pub(crate) class_loader: Global,
    /// Unique among all modules that ever existed; never 0.
    pub(crate) number: usize,
    /// Whether it has classes of its own.
    pub(crate) has_paths: bool,
    /// The path as the user wrote it.
    pub(crate) name: String,
}

impl Module {
    /// The module of a path. The same paths, in any order and spelling, are the same module as long
    /// as anything of it is in use.
    pub(crate) fn load(env: Env, path: &str) -> Result<Self, Error> {
        let paths = find_all(path)?;
        let files = paths.iter().map(Path::new).map(canonical).collect();
        // Two threads may each make one; both use the first that is stored.
        if let Some(known) = known(&files) {
            return Ok(Self(known));
        }
        let made = Loader::new(env, path, &paths)?;
        Ok(Self(keep(files, made)))
    }
}

/// The files of a module, links followed.
type Files = BTreeSet<PathBuf>;
static LOADERS: Mutex<Vec<(Files, Weak<Loader>)>> = Mutex::new(Vec::new());

fn canonical(path: &Path) -> PathBuf {
    dunce::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn known(files: &Files) -> Option<Arc<Loader>> {
    let loaders = LOADERS.lock().unwrap_or_else(PoisonError::into_inner);
    loaders.iter().filter(|(of, _)| of == files).find_map(|(_, loader)| loader.upgrade())
}

fn keep(files: Files, made: Arc<Loader>) -> Arc<Loader> {
    let mut loaders = LOADERS.lock().unwrap_or_else(PoisonError::into_inner);
    let same = loaders.iter().filter(|(of, _)| *of == files);
    if let Some(known) = same.filter_map(|(_, loader)| loader.upgrade()).next() {
        return known;
    }
    loaders.retain(|(_, loader)| loader.strong_count() > 0);
    loaders.push((files, Arc::downgrade(&made)));
    made
}

impl Loader {
    /// The loader of the module that a class belongs to; `None` for the JDK's.
    pub(crate) fn of(env: Env, class: &Local) -> Result<Option<Arc<Self>>, Error> {
        let Some(own) = api::get().jdk.loader_of(env, class)? else { return Ok(None) };
        let loaders: Vec<Arc<Self>> = {
            let loaders = LOADERS.lock().unwrap_or_else(PoisonError::into_inner);
            loaders.iter().filter_map(|(_, loader)| loader.upgrade()).collect()
        };
        // SAFETY: both are live objects.
        let is_own = |loader: &Arc<Self>| unsafe {
            jni!(env, IsSameObject, loader.class_loader.as_raw(), own.as_raw())
        };
        Ok(loaders.into_iter().find(is_own))
    }

    fn new(env: Env, path: &str, paths: &[String]) -> Result<Arc<Self>, Error> {
        static NUMBERS: AtomicUsize = AtomicUsize::new(1);
        let loader = api::get().loading.open(env, paths, &class_path()).map_err(unreadable)?;
        Ok(Arc::new(Self {
            class_loader: loader.to_global()?,
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            has_paths: !paths.is_empty(),
            name: path.to_owned(),
        }))
    }
}

/// The exception of `ModuleLoader.open` names the file and the problem.
fn unreadable(error: Error) -> Error {
    match &*error.type_name {
        "java.io.IOException" => Error::new(ErrorKind::Load, error.into_parts().message),
        "java.nio.file.InvalidPathException" => unencodable(&error.message),
        _ => error.with_kind(ErrorKind::Load),
    }
}

/// A path that exists but contains characters that the JVM's file name encoding lacks.
fn unencodable(message: &str) -> Error {
    let path = message.split_once(": ").map_or(message, |(_, path)| path);
    let what = format!(
        "the name of `{path}` contains a character that the JVM cannot encode in the locale of this \
         process ({}): start the program with LC_ALL=C.UTF-8 or another UTF-8 locale",
        locale()
    );
    Error::new(ErrorKind::Load, what)
}

/// The variable that determines the encoding of file names.
fn locale() -> String {
    let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, value(name)?)));
    set.map_or_else(|| "none is set".into(), |(name, value)| format!("{name}={value}"))
}

/// The existing absolute paths in `path`.
fn find_all(path: &str) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for piece in path.split(';').map(str::trim).filter(|piece| !piece.is_empty()) {
        if piece.contains(':') && cfg!(unix) && !Path::new(piece).exists() {
            for part in piece.split(':').filter(|part| !part.is_empty()) {
                found.extend(find(part)?);
            }
        } else {
            found.extend(find(piece)?);
        }
    }
    Ok(found)
}

/// One path; a folder followed by `/*` stands for its jars, as in `java`.
fn find(path: &str) -> Result<Vec<String>, Error> {
    let full = std::path::absolute(path).map_err(|error| missing(path, &error.to_string()))?;
    if full.exists() {
        return Ok(vec![text(full)]);
    }
    if let Some(folder) = path.strip_suffix('*').map(Path::new).filter(|folder| folder.is_dir()) {
        return jars_in(folder).map_err(|error| missing(path, &error.to_string()));
    }
    let hint = similar_file(&full);
    Err(missing(path, &format!("{} does not exist{hint}", full.display())))
}

fn missing(path: &str, why: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("no module `{path}`: {why}"))
}

fn jars_in(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut jars = Vec::new();
    for entry in std::fs::read_dir(std::path::absolute(folder)?)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jar")) {
            jars.push(text(path));
        }
    }
    jars.sort();
    Ok(jars)
}

/// A suggestion: a file next to the missing one with a similar name.
fn similar_file(missing: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let (Some(missing_name), Some(folder)) = (name(missing), missing.parent()) else {
        return String::new();
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = entries.filter_map(|entry| name(&entry.path())).collect();
    did_you_mean(&missing_name, names.iter().map(String::as_str))
}

/// The entries of `CLASSPATH` that exist.
fn class_path() -> Vec<String> {
    let value = std::env::var_os("CLASSPATH").unwrap_or_default();
    let mut entries = Vec::new();
    for entry in std::env::split_paths(&value).filter(|entry| !entry.as_os_str().is_empty()) {
        let as_text = entry.to_string_lossy();
        match as_text.strip_suffix('*').filter(|folder| folder.ends_with(MAIN_SEPARATOR)) {
            Some(folder) => entries.extend(jars_in(Path::new(folder)).unwrap_or_default()),
            None => {
                entries.extend(std::path::absolute(&entry).ok().filter(|e| e.exists()).map(text))
            }
        }
    }
    entries
}

fn text(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}
