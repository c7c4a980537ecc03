//! Verifies minisign signatures of archives against the trusted keys.

use std::env;
use std::fs;
use std::io::{Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use metaffi_compiler::Diagnostic;
use metaffi_home::untrusted;
use minisign_verify::{PublicKey, Signature};

use super::source::{Opened, Source};

/// What is appended to the archive's name to get the signature's name.
pub(super) const SUFFIX: &str = ".minisig";

/// The configured keys: the files or folders that `METAFFI_PLUGIN_KEYS` names,
/// else those in the user's folder of keys. If empty, signatures are not checked.
pub(crate) fn keys() -> Result<Vec<PublicKey>, Diagnostic> {
    let named = env::var_os("METAFFI_PLUGIN_KEYS").filter(|named| !named.is_empty());
    let files = match &named {
        Some(named) => {
            let files = env::split_paths(named).map(|path| key_files(&path));
            files.collect::<Result<Vec<_>, _>>()?.concat()
        }
        None => {
            user_folder().filter(|at| at.is_dir()).map_or(Ok(Vec::new()), |at| key_files(&at))?
        }
    };
    if named.is_some() && files.is_empty() {
        let why = "METAFFI_PLUGIN_KEYS names no key";
        return Err(
            Diagnostic::new(why).help("set it to .pub files, or to folders that contain some")
        );
    }
    files.iter().map(|file| key(file)).collect()
}

fn user_folder() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|at| at.is_absolute());
    let config = named.or_else(|| Some(metaffi_programs::home_dir()?.join(".config")));
    config.map(|config| config.join("metaffi/plugin-keys"))
}

/// The file itself, or the `.pub` files of the folder.
fn key_files(path: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if let Some(why) = untrusted(path) {
        return Err(Diagnostic::new(format!("refusing keys that others can change: {why}")));
    }
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|error| Diagnostic::io("read", path, &error))?;
    let files = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|suffix| suffix == "pub")).collect();
    files.sort();
    Ok(files)
}

fn key(file: &Path) -> Result<PublicKey, Diagnostic> {
    if let Some(why) = untrusted(file) {
        return Err(Diagnostic::new(format!("refusing a key that others can change: {why}")));
    }
    let text = fs::read_to_string(file).map_err(|error| Diagnostic::io("read", file, &error))?;
    // Either a key file, or just the key.
    let key = PublicKey::decode(&text).or_else(|_| PublicKey::from_base64(text.trim()));
    key.map_err(|error| Diagnostic::new(format!("not a minisign public key: {error}")).at(file))
}

/// Checks that one of the keys has signed the archive.
pub(crate) fn verify(
    source: &Source,
    opened: &mut Opened,
    keys: &[PublicKey],
) -> Result<(), Diagnostic> {
    let refused = |why: String| {
        Diagnostic::new(format!("{source}: {why}")).help(
            "signatures are required because keys are configured (METAFFI_PLUGIN_KEYS, or \
             plugin-keys in the user's configuration); `--no-verify` skips the check",
        )
    };
    let Some(archive) = opened.archive() else {
        return Err(refused("a folder has no signature; install the signed archive".into()));
    };
    let text = source.signature()?;
    let text = text.ok_or_else(|| refused(format!("not signed: there is no {SUFFIX} file")))?;
    let signature = Signature::decode(&text);
    let signature =
        signature.map_err(|error| refused(format!("invalid {SUFFIX} file: {error}")))?;
    let mut verifiers: Vec<_> =
        keys.iter().filter_map(|key| key.verify_stream(&signature).ok()).collect();
    feed(archive, |bytes| verifiers.iter_mut().for_each(|one| one.update(bytes)))
        .map_err(|error| refused(format!("cannot be read: {error}")))?;
    if verifiers.iter_mut().any(|verifier| verifier.finalize().is_ok()) {
        return Ok(());
    }
    Err(refused("the signature matches none of the configured keys".into()))
}

/// Reads the whole file, and seeks back to its start.
fn feed(file: &mut fs::File, mut take: impl FnMut(&[u8])) -> std::io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    file.seek(SeekFrom::Start(0))?;
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => take(&buffer[..count]),
        }
    }
    file.seek(SeekFrom::Start(0)).map(drop)
}
