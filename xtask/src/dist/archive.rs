//! Zip archives whose bytes depend only on their content.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// An archive that is being built.
#[derive(Default)]
pub(super) struct Archive {
    files: Vec<(String, Source)>,
    effort: Effort,
}

/// How well to compress.
#[derive(Clone, Copy, Default)]
pub(super) enum Effort {
    /// Not at all: the file that contains the archive is compressed as a whole.
    None,
    /// At zlib's highest level.
    #[default]
    Quick,
    /// Some percent smaller, by zopfli, which takes a minute.
    Thorough,
}

impl Effort {
    /// The compression level; levels from 10 on are zopfli's iterations.
    fn level(self) -> Option<i64> {
        match self {
            Effort::None => None,
            Effort::Quick => Some(9),
            Effort::Thorough => Some(24),
        }
    }
}

enum Source {
    File(PathBuf),
    Bytes(Vec<u8>, u32),
}

impl Archive {
    /// Adds a file under `name`.
    pub(super) fn file(&mut self, name: impl Into<String>, path: impl Into<PathBuf>) -> &mut Self {
        self.files.push((name.into(), Source::File(path.into())));
        self
    }

    /// An archive with this compression.
    pub(super) fn compressed(effort: Effort) -> Self {
        Archive { files: Vec::new(), effort }
    }

    /// An archive of another tool, with its names, order and permissions.
    pub(super) fn read(from: &Path, effort: Effort) -> Result<Self> {
        let mut archive = Archive::compressed(effort);
        let mut reader = ZipArchive::new(std::fs::File::open(from)?)?;
        for index in 0..reader.len() {
            let mut file = reader.by_index(index)?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            let source = Source::Bytes(bytes, file.unix_mode().unwrap_or(0o644) & 0o777);
            let name = file.name()?.into_owned();
            archive.files.push((name, source));
        }
        Ok(archive)
    }

    /// Adds a text under `name`.
    pub(super) fn bytes(
        &mut self,
        name: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> &mut Self {
        self.files.push((name.into(), Source::Bytes(bytes.into(), 0o644)));
        self
    }

    /// Adds the files of a folder, under their relative names after `prefix`.
    pub(super) fn folder(&mut self, prefix: &str, folder: &Path) -> Result<&mut Self> {
        for file in crate::stage::files(folder, &[])? {
            let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            self.file(format!("{prefix}{name}"), file);
        }
        Ok(self)
    }

    /// Writes it, with the names in the order in which they were added.
    pub(super) fn write(&self, to: &Path) -> Result<()> {
        std::fs::create_dir_all(to.parent().context("an archive is in a folder")?)?;
        let file = std::fs::File::create(to).with_context(|| format!("{}", to.display()))?;
        let mut writer = ZipWriter::new(std::io::BufWriter::new(file));
        for (name, source) in &self.files {
            let (bytes, mode) = source.read()?;
            writer.start_file(name, self.options(name, mode))?;
            writer.write_all(&bytes)?;
        }
        writer.finish()?.flush()?;
        Ok(())
    }

    /// Files that are already compressed are stored.
    fn options(&self, name: &str, mode: u32) -> SimpleFileOptions {
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let options = options.unix_permissions(mode);
        match self.effort.level().filter(|_| !name.ends_with(".zip")) {
            Some(level) => options.compression_level(Some(level)),
            None => options.compression_method(CompressionMethod::Stored),
        }
    }
}

impl Source {
    fn read(&self) -> Result<(Vec<u8>, u32)> {
        match self {
            Source::Bytes(bytes, mode) => Ok((bytes.clone(), *mode)),
            Source::File(path) => {
                let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
                Ok((bytes, mode(path)?))
            }
        }
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    let is_program = path.metadata()?.permissions().mode() & 0o111 != 0;
    Ok(if is_program { 0o755 } else { 0o644 })
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Result<u32> {
    Ok(0o644)
}

/// The SHA-256 of a file, in hexadecimal digits.
pub(super) fn digest(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
    Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
