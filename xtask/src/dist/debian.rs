//! A Debian package, and archives that run from the folder they are unpacked to.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::archive::Archive;
use super::licences::Notices;
use super::native::Native;
use super::{EPOCH, EPOCH_IN_MAILS, VERSION, scratch};
use crate::paths::{copy_files, root, symlink};
use crate::steps::quiet;

/// Links in the system's folders, and the files of the installation that they refer to.
const LINKS: &[(&str, &str)] = &[
    ("usr/bin/metaffi", "../lib/metaffi/bin/metaffi"),
    ("usr/include/metaffi.h", "../lib/metaffi/include/metaffi.h"),
    ("usr/share/java/metaffi.api.jar", "../../lib/metaffi/plugins/openjdk/metaffi.api.jar"),
    ("usr/lib/python3/dist-packages/metaffi", "../../metaffi/python/metaffi"),
];

fn name(native: &Native) -> String {
    format!("metaffi-{VERSION}-{}", native.platform)
}

/// The installation, which works where it is unpacked: as a zip archive for Windows.
pub(super) fn archive(native: &Native, notices: &Notices, dist: &Path) -> Result<()> {
    let name = name(native);
    let folder = scratch("archive")?.join(&name);
    copy_files(&native.home, &folder)?;
    documentation(&folder.join("share/doc/metaffi"), notices)?;
    if native.is_windows() {
        let mut archive = Archive::compressed(native.effort);
        let archive = archive.folder(&format!("{name}/"), &folder)?;
        return archive.write(&dist.join(format!("{name}.zip")));
    }
    tar(&format!("the archive {name}"), &folder, &name, &dist.join(format!("{name}.tar.gz")))
}

/// The stripped debug information.
pub(super) fn debug_information(native: &Native, dist: &Path) -> Result<()> {
    let name = format!("{}-debug", name(native));
    tar("the debug information", &native.debug, &name, &dist.join(format!("{name}.tar.gz")))
}

fn documentation(folder: &Path, notices: &Notices) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::copy(root().join("LICENSE"), folder.join("copyright"))?;
    std::fs::copy(root().join("CHANGELOG.md"), folder.join("CHANGELOG.md"))?;
    notices.copy_to(folder)
}

/// The tree as `name/…`, independent of who packs it and when.
fn tar(what: &str, folder: &Path, name: &str, to: &Path) -> Result<()> {
    let mut tar = Command::new("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.arg(format!("--mtime=@{EPOCH}")).arg(format!("--transform=s,^\\.,{name},"));
    tar.args(["--use-compress-program=gzip -9n", "-cf"]).arg(to);
    quiet(what, tar.arg("-C").arg(folder).arg("."))
}

/// The format that Debian's tools read; the changes themselves are in the project's own file.
fn debian_changelog() -> String {
    format!(
        "metaffi ({VERSION}) unstable; urgency=medium\n\n  * See https://github.com/MetaFFI/metaffi\n\n\
         \x20-- The MetaFFI authors <metaffi@users.noreply.github.com>  {EPOCH_IN_MAILS}\n"
    )
}

/// What `metaffi man` printed.
fn manual_page(native: &Native, page: &Path) -> Result<()> {
    std::fs::create_dir_all(page.parent().context("it is in a folder")?)?;
    std::fs::copy(native.home.join("share/man/man1/metaffi.1"), page)?;
    compress(page)
}

/// Compressed as Debian requires it for documentation, without a timestamp.
fn compress(file: &Path) -> Result<()> {
    let mut gzip = Command::new("gzip");
    quiet(&format!("gzip {}", file.display()), gzip.arg("-9n").arg(file))
}

/// The Debian package.
pub(super) fn package(native: &Native, notices: &Notices, dist: &Path) -> Result<()> {
    let folder = scratch("debian")?;
    copy_files(&native.home, &folder.join("usr/lib/metaffi"))?;
    let share = folder.join("usr/share");
    documentation(&share.join("doc/metaffi"), notices)?;
    std::fs::write(share.join("doc/metaffi/changelog"), debian_changelog())?;
    compress(&share.join("doc/metaffi/changelog"))?;
    manual_page(native, &share.join("man/man1/metaffi.1"))?;
    let overrides = share.join("lintian/overrides");
    std::fs::create_dir_all(&overrides)?;
    std::fs::copy(root().join("xtask/src/dist/lintian-overrides"), overrides.join("metaffi"))?;
    for (link, to) in LINKS {
        let link = folder.join(link);
        std::fs::create_dir_all(link.parent().context("it is in a folder")?)?;
        symlink(to, link)?;
    }
    let (libc, processor) = (native.glibc().unwrap_or_default(), native.processor());
    std::fs::create_dir(folder.join("DEBIAN"))?;
    let control = std::fs::read_to_string(root().join("xtask/src/dist/control"))?;
    let control = control.replace("{version}", VERSION).replace("{libc}", libc);
    let control = control.replace("{processor}", processor);
    std::fs::write(folder.join("DEBIAN/control"), control)?;
    std::fs::copy(root().join("xtask/src/dist/prerm"), folder.join("DEBIAN/prerm"))?;
    let mut deb = Command::new("dpkg-deb");
    deb.env("SOURCE_DATE_EPOCH", EPOCH).args(["--root-owner-group", "--build", "-Zxz"]);
    let to = dist.join(format!("metaffi_{VERSION}_{processor}.deb"));
    quiet(&format!("the Debian package for {processor}"), deb.arg(&folder).arg(to))
}
