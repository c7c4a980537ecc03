//! The installation embedded in the crate (feature `bundled`), which is unpacked once
//! into the user's cache. Its folder is named by its digest, and a lock makes
//! processes that start at the same time unpack it once.

use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use metaffi_home::{VARIABLE, cache_folder, untrusted};
use metaffi_value::{Error, ErrorKind};

#[cfg(all(target_os = "linux", target_arch = "aarch64", target_env = "gnu"))]
use metaffi_bundled_linux_aarch64 as embedded;
#[cfg(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))]
use metaffi_bundled_linux_x86_64 as embedded;
#[cfg(all(windows, target_arch = "x86_64"))]
use metaffi_bundled_windows_x86_64 as embedded;

/// For the other platforms nothing is embedded.
#[cfg(not(any(
    all(target_os = "linux", target_arch = "aarch64", target_env = "gnu"),
    all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"),
    all(windows, target_arch = "x86_64")
)))]
mod embedded {
    pub(super) const ARCHIVE: Option<&[u8]> = None;
    pub(super) const DIGEST: &str = "";
}

/// The unpacked installation; `None` if another one is used, or none is embedded.
///
/// # Errors
/// `Load` when it cannot be unpacked, with the folder and the reason.
pub(crate) fn home(shipped: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    let is_named = std::env::var_os(VARIABLE).is_some_and(|home| !home.is_empty());
    let Some(archive) = embedded::ARCHIVE.filter(|_| !is_named && shipped.is_none()) else {
        return Ok(None);
    };
    let folder = cache_folder().join("installations");
    unpack(archive, embedded::DIGEST, &folder).map(Some).map_err(|error| {
        let message = format!(
            "cannot unpack the embedded installation into {}: {error}; free some space, choose another \
             cache folder (XDG_CACHE_HOME), or set {VARIABLE}",
            folder.display()
        );
        Error::new(ErrorKind::Load, message)
    })
}

fn unpack(archive: &[u8], digest: &str, cache: &Path) -> std::io::Result<PathBuf> {
    let home = cache.join(&digest[..16]);
    if home.is_dir() {
        return check_private(cache).map(|()| home);
    }
    make_private(cache)?;
    let lock = File::create(home.with_extension("lock"))?;
    lock.lock()?; // until it is closed
    if !home.is_dir() {
        let scratch = home.with_extension("unpacking");
        let _ = fs::remove_dir_all(&scratch);
        let mut archive = zip::ZipArchive::new(Cursor::new(archive))?;
        archive.extract(&scratch)?;
        fs::rename(&scratch, &home)?;
    }
    Ok(home)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    check_private(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// Whatever others can write, they could replace with their own code.
fn check_private(folder: &Path) -> std::io::Result<()> {
    untrusted(folder).map_or(Ok(()), |why| Err(std::io::Error::other(why)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive() -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("lib/some.so", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(b"some").unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn concurrent_processes_unpack_it_once() {
        let (cache, archive) = (tempfile::tempdir().unwrap(), archive());
        let folder = cache.path().join("installations");
        let unpack = || unpack(&archive, &"1".repeat(64), &folder).unwrap();
        std::thread::scope(|scope| {
            (0..8).map(|_| scope.spawn(unpack)).for_each(|thread| drop(thread.join().unwrap()));
        });
        let home = unpack();
        assert_eq!(fs::read(home.join("lib/some.so")).unwrap(), b"some");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "it and the lock");
    }

    #[cfg(unix)]
    #[test]
    fn a_cache_that_others_may_write_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let cache = tempfile::tempdir().unwrap();
        fs::set_permissions(cache.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let error = unpack(&archive(), &"1".repeat(64), cache.path()).unwrap_err();
        assert!(error.to_string().contains("everybody may write"), "{error}");
    }
}
