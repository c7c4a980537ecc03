//! The steps of a compilation: choose languages, read, emit, build, write.
//!
//! Impossible requests are refused before anything slow starts, and nothing is
//! written before all stubs have been emitted. Prints nothing.

use std::path::{Path, PathBuf};

use metaffi_idl::Idl;
use metaffi_stubs::selected;

use crate::cache::{Cache, Input};
use crate::choose::Languages;
use crate::diagnostic::Diagnostic;
use crate::language::{BuildGuest, Emitter, GuestArtifact, Language, Request, Source};
use crate::options::{Key, Options};
use crate::output::{OutputFile, Written, make_output_folder, write_files};
use crate::progress::{Collecting, Loss, Progress};
use crate::{origin, saved};

/// The guest to build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guest<'a> {
    /// No guest.
    #[default]
    None,
    /// The guest in the source's own language.
    OfSource,
    /// The guest of the language with this name, which must be the source's.
    Named(&'a str),
}

/// One compilation.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The source, or a saved IDL (`.json`).
    pub source: &'a Path,
    /// The output folder; created if missing.
    pub out_dir: &'a Path,
    /// The installation.
    pub home: &'a Path,
    /// The guest to build.
    pub guest: Guest<'a>,
    /// The languages that get stubs, by name or alias.
    pub hosts: &'a [&'a str],
    /// Options for reading and for the guest.
    pub guest_options: &'a Options,
    /// Options for all hosts; each gets those that it supports.
    pub host_options: &'a Options,
    /// Receives steps and warnings.
    pub progress: &'a dyn Progress,
}

/// The result of reading a source.
#[derive(Clone, Debug)]
pub struct Interface {
    /// The interface.
    pub idl: Idl,
    /// What is skipped.
    pub left_out: Vec<Loss>,
}

/// The result of a compilation.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The interface.
    pub idl: Idl,
    /// What of the source is skipped.
    pub left_out: Vec<Loss>,
    /// The types that a host cannot express, and what replaces them.
    pub simplified: Vec<Loss>,
    /// The guest, if one was requested.
    pub guest: Option<GuestArtifact>,
    /// The stubs.
    pub files: Vec<Written>,
}

impl Compiled {
    /// The paths of everything that was made.
    fn written(&self) -> impl Iterator<Item = &Path> {
        let guest = self.guest.iter().filter_map(|guest| match guest {
            GuestArtifact::File(path) => Some(path.as_path()),
            GuestArtifact::NotNeeded(_) => None,
        });
        guest.chain(self.files.iter().map(|file| file.path.as_path()))
    }
}

/// The stubs of a host, and the types that it cannot express.
type Emitted = Result<(Vec<OutputFile>, Vec<Loss>), Diagnostic>;

/// The option of stubs that every host supports.
pub const ONLY: Key<'static> =
    Key { name: "only", about: "classes, functions and packages to write, separated by ';'" };

/// The part of an interface selected by the option [`ONLY`].
fn part(idl: &Idl, names: &str) -> Result<Idl, Diagnostic> {
    let names: Vec<&str> = names.split(';').map(str::trim).filter(|one| !one.is_empty()).collect();
    if names.is_empty() {
        return Err(Diagnostic::new(format!("{}= is empty", ONLY.name))
            .help("separate names with ';', for example 'only=DataFrame;read_csv'")
            .misuse());
    }
    selected(idl, &names).map_err(|name| {
        let message =
            format!("{}={name}: {} has nothing with this name", ONLY.name, idl.idl_source);
        Diagnostic::new(message)
            .help("`metaffi inspect` lists the names of its classes and functions")
            .misuse()
    })
}

pub(crate) type Host<'l> = (&'l dyn Language, &'l dyn Emitter);

impl<'a> Job<'a> {
    /// Reads the interface of the source, and does nothing else.
    ///
    /// # Errors
    /// If no language reads it, or its language fails to.
    pub fn read(&self, languages: Languages<'_>) -> Result<Interface, Diagnostic> {
        let (source, left_out) = self.source(languages)?;
        Ok(Interface { idl: source.idl, left_out })
    }

    /// Does everything that is requested.
    ///
    /// # Errors
    /// If any of it fails. Nothing is written unless all stubs could be
    /// emitted.
    pub fn compile(&self, languages: Languages<'_>) -> Result<Compiled, Diagnostic> {
        self.compile_with(languages, &Cache::default())
    }

    /// Does everything that is requested, using the caches of earlier runs.
    ///
    /// # Errors
    /// As [`compile`](Self::compile), and if a file made from another source
    /// would be overwritten.
    pub fn compile_with(
        &self,
        languages: Languages<'_>,
        cache: &Cache,
    ) -> Result<Compiled, Diagnostic> {
        let hosts = self.hosts(languages)?;
        let (Source { idl, guest }, left_out) = self.source(languages)?;
        let builder = self.guest_language(languages, &idl)?;
        let (files, simplified) = self.emit(&hosts, &idl)?;
        let (origin, made) = (self.origin(&idl), cache.made.as_ref());
        origin::check(self.out_dir, &files, origin, made)?;
        if builder.is_some() {
            let places = self.guest_places(&idl);
            places.iter().try_for_each(|place| origin::check_made(place, origin, made))?;
        }
        make_output_folder(self.out_dir)?;
        let guest = builder.map(|language| self.build(language, guest, &idl)).transpose()?;
        let files = write_files(self.out_dir, &files)?;
        let compiled = Compiled { idl, left_out, simplified, guest, files };
        cache.remember_made(compiled.written(), self.origin(&compiled.idl));
        Ok(compiled)
    }

    /// What the results are made from: for a saved IDL the source that it was
    /// read from, if known.
    fn origin<'o>(&'o self, idl: &'o Idl) -> &'o Path {
        let original = Path::new(&idl.idl_full_path);
        let is_known = saved::is_idl(self.source) && !original.as_os_str().is_empty();
        if is_known { original } else { self.source }
    }

    /// The possible paths of the guest: without a library suffix, and with those of the
    /// systems that it may be built for.
    fn guest_places(&self, idl: &Idl) -> [PathBuf; 4] {
        let name = &idl.metaffi_guest_lib;
        ["", ".so", ".dylib", ".dll"].map(|suffix| self.out_dir.join(format!("{name}{suffix}")))
    }

    fn source(&self, languages: Languages<'_>) -> Result<(Source, Vec<Loss>), Diagnostic> {
        let progress = Collecting::new(self.progress);
        let mut source = match saved::is_idl(self.source) {
            true => self.saved(languages, &progress)?,
            false => self.original(languages, &progress)?,
        };
        source.idl.complete();
        Ok((source, progress.left_out()))
    }

    /// Everything that reading the source depends on, if all of it is known.
    pub(crate) fn inputs(&self, languages: Languages<'_>) -> Option<Vec<Input>> {
        if saved::is_idl(self.source) {
            let is_alone = self.guest == Guest::None;
            return is_alone.then(|| vec![Input::Content(self.source.to_owned())]);
        }
        let reader = languages.reader(self.source_language(languages).ok()?).ok()?;
        reader.inputs(&self.request(self.source, self.guest_options, self.progress))
    }

    fn original(
        &self,
        languages: Languages<'_>,
        progress: &dyn Progress,
    ) -> Result<Source, Diagnostic> {
        let language = self.source_language(languages)?;
        let reader = languages.reader(language)?;
        self.guest_options.only(&reader.options())?;
        self.progress.step(&format!("reading {}", self.source.display()));
        reader.read(&self.request(self.source, self.guest_options, progress))
    }

    /// A saved IDL, with the guest of the source that it was read from.
    fn saved(
        &self,
        languages: Languages<'_>,
        progress: &dyn Progress,
    ) -> Result<Source, Diagnostic> {
        let idl = saved::read(self.source)?;
        if self.guest == Guest::None {
            return Ok(Source::loaded_directly(idl, ""));
        }
        let original = Path::new(&idl.idl_full_path);
        if original.as_os_str().is_empty() {
            return Err(Diagnostic::new("this IDL does not name its source")
                .at(self.source)
                .help("build the guest from the source itself, or set idl_full_path"));
        }
        let reader = languages.reader(languages.named(&idl.target_language)?)?;
        self.guest_options.only(&reader.options())?;
        let request = self.request(original, self.guest_options, progress);
        let guest = reader.guest_of(&request, &idl)?;
        Ok(Source { idl, guest })
    }

    /// A requested guest language resolves a source that several languages
    /// could read.
    fn source_language<'l>(
        &self,
        languages: Languages<'l>,
    ) -> Result<&'l dyn Language, Diagnostic> {
        if let Guest::Named(name) = self.guest {
            let named = languages.named(name)?;
            let name = self.source.to_str().filter(|_| !self.source.exists());
            let claims = named.reader().is_some_and(|reader| {
                reader.claims(self.source) || name.is_some_and(|name| reader.claims_name(name))
            });
            if claims {
                return Ok(named);
            }
        }
        languages.of_source(self.source)
    }

    pub(crate) fn request<'r>(
        &'r self,
        source: &'r Path,
        options: &'r Options,
        progress: &'r dyn Progress,
    ) -> Request<'r> {
        let Job { out_dir, home, .. } = *self;
        Request { source, out_dir, options, home, progress }
    }

    /// The hosts, each once. An option that none of them supports is refused.
    pub(crate) fn hosts<'l>(&self, languages: Languages<'l>) -> Result<Vec<Host<'l>>, Diagnostic> {
        let mut hosts: Vec<Host<'l>> = Vec::new();
        for name in self.hosts {
            let language = languages.named(name)?;
            if !hosts.iter().any(|(host, _)| host.name() == language.name()) {
                hosts.push((language, languages.emitter(language)?));
            }
        }
        let mut known = vec![ONLY];
        for key in hosts.iter().flat_map(|(_, emitter)| emitter.options()) {
            if !known.iter().any(|other| other.name == key.name) {
                known.push(key);
            }
        }
        self.host_options.only(&known)?;
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
            let requested = languages.named(name)?.name();
            if requested != language.name() {
                let message =
                    format!("cannot build a {requested} guest from a {} source", language.name());
                return Err(Diagnostic::new(message)
                    .at(self.source)
                    .help(format!("omit the guest language, or use {}", language.name())));
            }
        }
        Ok(Some(language))
    }

    fn emit(&self, hosts: &[Host<'_>], idl: &Idl) -> Emitted {
        let part = self.host_options.get(ONLY.name).map(|names| part(idl, names)).transpose()?;
        let idl = part.as_ref().unwrap_or(idl);
        let (mut files, mut simplified): (Vec<OutputFile>, _) = (Vec::new(), Vec::new());
        for emitted in self.emitted(hosts, idl) {
            let (made, losses) = emitted?;
            for file in made {
                if files.iter().any(|other| other.path == file.path) {
                    let message = format!("two hosts would write '{}'", file.path.display());
                    return Err(Diagnostic::new(message).help("compile for one host at a time"));
                }
                files.push(file);
            }
            simplified.extend(losses);
        }
        Ok((files, simplified))
    }

    /// The stubs of each host, in order, emitted in parallel: Java's take longer than all
    /// others together, since they are compiled.
    fn emitted(&self, hosts: &[Host<'_>], idl: &Idl) -> Vec<Emitted> {
        let (last, others) = match hosts.split_last() {
            Some((last, others)) => (last, others),
            None => return Vec::new(),
        };
        std::thread::scope(|scope| {
            let others: Vec<_> =
                others.iter().map(|host| scope.spawn(|| self.emit_for(host, idl))).collect();
            let last = self.emit_for(last, idl);
            let join = |thread: std::thread::ScopedJoinHandle<'_, Emitted>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            others.into_iter().map(join).chain([last]).collect()
        })
    }

    fn emit_for(&self, (host, emitter): &Host<'_>, idl: &Idl) -> Emitted {
        let progress = Collecting::new(self.progress);
        progress.step(&format!("writing stubs for {}", host.name()));
        let options = self.host_options.restricted_to(&emitter.options());
        let files = emitter.emit(&self.request(self.source, &options, &progress), idl)?;
        let losses = progress.simplified().into_iter().map(|one| one.in_language(host.name()));
        Ok((files, losses.collect()))
    }

    fn build(
        &self,
        language: &dyn Language,
        guest: BuildGuest,
        idl: &Idl,
    ) -> Result<GuestArtifact, Diagnostic> {
        self.progress.step(&format!("building the {} guest", language.name()));
        guest(&self.request(self.origin(idl), self.guest_options, self.progress))
    }
}
