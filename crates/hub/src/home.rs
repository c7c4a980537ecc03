//! Where the installation is: around this library.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use metaffi_plugin::library_of;
use metaffi_value::{Error, ErrorKind};

/// The installation. The hub that was opened decides, so that its plugins are
/// of its own build; `METAFFI_HOME` counts when it stands outside of one.
pub(crate) fn home() -> Result<&'static Path, Error> {
    static HOME: OnceLock<Option<PathBuf>> = OnceLock::new();
    HOME.get_or_init(find).as_deref().ok_or_else(|| {
        Error::new(
            ErrorKind::NotFound,
            format!(
                "no MetaFFI installation: neither the folder around {} nor METAFFI_HOME has a \
                 `plugins` folder; set METAFFI_HOME to the installation",
                library().map_or("the hub".into(), |path| path.display().to_string())
            ),
        )
    })
}

fn find() -> Option<PathBuf> {
    let around = library().and_then(|path| Some(path.parent()?.parent()?.to_path_buf()));
    let named = std::env::var_os("METAFFI_HOME").map(PathBuf::from);
    around.into_iter().chain(named).find(|home| home.join("plugins").is_dir())
}

/// The path of the library that this code is in.
fn library() -> Option<PathBuf> {
    fn here() {}
    library_of(here)
}
