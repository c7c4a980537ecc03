//! Finds the installation: the one that contains this library.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use metaffi_home::{VARIABLE, candidates, real};
use metaffi_library::library_of;
use metaffi_value::{Error, ErrorKind};

/// The installation. It is the one of the hub that was opened, so that the
/// plugins belong to the same build. The usual places are used if the hub is
/// not in an installation.
pub(crate) fn home() -> Result<&'static Path, Error> {
    static HOME: OnceLock<Option<PathBuf>> = OnceLock::new();
    HOME.get_or_init(find).as_deref().ok_or_else(|| {
        let library = library().map_or("the hub".into(), |path| path.display().to_string());
        let places: Vec<String> =
            candidates(None).iter().map(|place| place.folder.display().to_string()).collect();
        Error::new(
            ErrorKind::NotFound,
            format!(
                "no MetaFFI installation: neither the folder around {library} nor {} has a \
                 `plugins` folder; set {VARIABLE} to the installation",
                places.join(", ")
            ),
        )
    })
}

fn find() -> Option<PathBuf> {
    let around = library().and_then(|path| Some(path.parent()?.parent()?.to_path_buf()));
    let places = candidates(None).into_iter().map(|place| real(&place.folder));
    around.into_iter().chain(places).find(|home| home.join("plugins").is_dir())
}

/// The path of the library that this code is in.
pub(crate) fn library() -> Option<PathBuf> {
    fn here() {}
    library_of(here)
}
