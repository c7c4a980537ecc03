//! The order of a compilation: choose languages, extract, emit, build, write.
//!
//! What cannot work is refused before anything long begins, and nothing is
//! written before everything was emitted. Prints nothing.

use std::path::Path;

use metaffi_idl::Idl;

use crate::choose::Languages;
use crate::diagnostic::Diagnostic;
use crate::language::{GuestArtifact, Language, Reading, Request, Source};
use crate::options::Options;
use crate::output::{OutputFile, Written, make_folder, write_files};
use crate::progress::Progress;
use crate::saved;

/// Which guest to build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guest<'a> {
    /// None.
    #[default]
    None,
    /// That of the source's own language.
    OfSource,
    /// That of the language with this name; the source must be its.
    Named(&'a str),
}

/// One compilation.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The source, or a saved IDL (`.json`).
    pub source: &'a Path,
    /// Where results go; made if missing.
    pub out_dir: &'a Path,
    /// The installation.
    pub home: &'a Path,
    /// The guest to build.
    pub guest: Guest<'a>,
    /// The languages that get stubs, by name or alias.
    pub hosts: &'a [&'a str],
    /// Options of the guest (and of the extraction).
    pub guest_options: &'a Options,
    /// Options of all hosts.
    pub host_options: &'a Options,
    /// Where steps and warnings are told.
    pub progress: &'a dyn Progress,
}

/// What a compilation came to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The interface.
    pub idl: Idl,
    /// The guest, if one was asked for.
    pub guest: Option<GuestArtifact>,
    /// The stubs.
    pub files: Vec<Written>,
}

impl<'a> Job<'a> {
    /// Reads the interface of the source and goes no further.
    pub fn read(&self, languages: Languages<'_>) -> Result<Idl, Diagnostic> {
        self.read_source(languages).map(|reading| reading.idl)
    }

    fn read_source(&self, languages: Languages<'_>) -> Result<Reading, Diagnostic> {
        if saved::is_idl(self.source) {
            return Ok(Reading { idl: saved::read(self.source)?, source: None });
        }
        let language = self.source_language(languages)?;
        languages.check(language, "read a source", |can| can.extract)?;
        self.progress.step(&format!("reading {}", self.source.display()));
        let mut reading = language.read(&self.request(self.source, self.guest_options))?;
        reading.idl.complete();
        Ok(reading)
    }

    /// Does all that is asked for.
    pub fn compile(&self, languages: Languages<'_>) -> Result<Compiled, Diagnostic> {
        let hosts = self.host_languages(languages)?;
        let Reading { idl, source } = self.read_source(languages)?;
        let builder = self.guest_language(languages, &idl)?;
        let files = self.emit(&hosts, &idl)?;
        make_folder(self.out_dir)?;
        let build = |language| self.build(language, &idl, source.as_deref());
        let guest = builder.map(build).transpose()?;
        let files = write_files(self.out_dir, &files)?;
        Ok(Compiled { idl, guest, files })
    }

    /// The guest language settles what several languages could read.
    fn source_language<'l>(
        &self,
        languages: Languages<'l>,
    ) -> Result<&'l dyn Language, Diagnostic> {
        if let Guest::Named(name) = self.guest {
            let named = languages.named(name)?;
            let name = self.source.to_str().filter(|_| !self.source.exists());
            if named.claims(self.source) || name.is_some_and(|name| named.claims_name(name)) {
                return Ok(named);
            }
        }
        languages.of_source(self.source)
    }

    fn request<'r>(&'r self, source: &'r Path, options: &'r Options) -> Request<'r> {
        let Job { out_dir, home, progress, .. } = *self;
        Request { source, out_dir, options, home, progress }
    }

    fn host_languages<'l>(
        &self,
        languages: Languages<'l>,
    ) -> Result<Vec<&'l dyn Language>, Diagnostic> {
        let mut hosts: Vec<&dyn Language> = Vec::new();
        for name in self.hosts {
            let language = languages.named(name)?;
            languages.check(language, "be a host", |can| can.host)?;
            if !hosts.iter().any(|host| host.name() == language.name()) {
                hosts.push(language);
            }
        }
        Ok(hosts)
    }

    fn guest_language<'l>(
        &self,
        languages: Languages<'l>,
        idl: &Idl,
    ) -> Result<Option<&'l dyn Language>, Diagnostic> {
        if self.guest == Guest::None {
            return Ok(None);
        }
        let language = languages.named(&idl.target_language)?;
        if let Guest::Named(name) = self.guest {
            let asked = languages.named(name)?.name();
            if asked != language.name() {
                let message = format!("a {} source makes no {asked} guest", language.name());
                return Err(Diagnostic::new(message)
                    .at(self.source)
                    .help(format!("leave out the guest language, or name {}", language.name())));
            }
        }
        languages.check(language, "be a guest", |can| can.guest)?;
        Ok(Some(language))
    }

    fn emit(&self, hosts: &[&dyn Language], idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        let mut files: Vec<OutputFile> = Vec::new();
        for host in hosts {
            self.progress.step(&format!("writing stubs for {}", host.name()));
            for file in host.emit_host(&self.request(self.source, self.host_options), idl)? {
                if files.iter().any(|other| other.path == file.path) {
                    let message = format!("two hosts write '{}'", file.path.display());
                    return Err(Diagnostic::new(message).help("compile for one host at a time"));
                }
                files.push(file);
            }
        }
        Ok(files)
    }

    fn build(
        &self,
        language: &dyn Language,
        idl: &Idl,
        read: Option<&dyn Source>,
    ) -> Result<GuestArtifact, Diagnostic> {
        let original = Path::new(&idl.idl_full_path);
        let source = if saved::is_idl(self.source) { original } else { self.source };
        if source.as_os_str().is_empty() {
            return Err(Diagnostic::new("this IDL does not say where its source is")
                .at(self.source)
                .help("build the guest from the source itself, or fill in idl_full_path"));
        }
        self.progress.step(&format!("building the {} guest", language.name()));
        let request = self.request(source, self.guest_options);
        match read {
            Some(read) => read.build_guest(&request),
            None => language.build_guest(&request, idl),
        }
    }
}
