//! A compilation with a cached outcome: it is only repeated if something
//! changed that it depends on.

use std::path::Path;

use crate::cache::{Cache, CachedOutcome, Key, Recording};
use crate::choose::Languages;
use crate::diagnostic::Diagnostic;
use crate::driver::{Compiled, Guest, Job, ONLY};
use crate::language::GuestArtifact;
use crate::origin;
use crate::output::{OutputFile, Written, read_back, write_files};
use crate::progress::Loss;
use crate::{make_folder, saved};

/// The result of a compilation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What of the source is skipped.
    pub left_out: Vec<Loss>,
    /// The types that a host cannot express, and what replaces them.
    pub simplified: Vec<Loss>,
    /// The guest, if one was requested.
    pub guest: Option<GuestArtifact>,
    /// The stubs.
    pub files: Vec<Written>,
}

impl From<Compiled> for Outcome {
    fn from(compiled: Compiled) -> Outcome {
        let Compiled { left_out, simplified, guest, files, .. } = compiled;
        Outcome { left_out, simplified, guest, files }
    }
}

impl Job<'_> {
    /// Does everything that is requested, or uses the cached outcome.
    ///
    /// # Errors
    /// As [`compile_with`](Self::compile_with).
    pub fn make(&self, languages: Languages<'_>, cache: &Cache) -> Result<Outcome, Diagnostic> {
        let outcomes = cache.outcomes.as_ref();
        let Some((key, outcomes)) = self.key(languages, cache).zip(outcomes) else {
            return Ok(self.compile_with(languages, cache)?.into());
        };
        let cached = outcomes.get(&key).and_then(|bytes| CachedOutcome::from_bytes(&bytes));
        if let Some((cached, files)) = cached.and_then(CachedOutcome::with_files) {
            return self.reuse(cached, &files, cache);
        }
        let recording = Recording::new(self.progress);
        let compiled = Job { progress: &recording, ..*self }.compile_with(languages, cache)?;
        if let Some(cached) = self.remember(&compiled, recording.finish()) {
            outcomes.put(&key, &cached.to_bytes());
        }
        Ok(compiled.into())
    }

    /// The key of everything that the request depends on; `None` if not all of
    /// it is known, or something is wrong.
    fn key(&self, languages: Languages<'_>, cache: &Cache) -> Option<String> {
        cache.outcomes.as_ref()?;
        let mut key = Key::of_this_program()?;
        key.add("source", self.source.display());
        match self.guest {
            Guest::None => key.add("guest", "none"),
            Guest::OfSource => key.add("guest", "of the source"),
            Guest::Named(name) => key.add("guest", languages.named(name).ok()?.name()),
        }
        for (name, value) in self.guest_options.iter() {
            key.add("guest option", format_args!("{name}={value}"));
        }
        for input in self.inputs(languages)? {
            key.add_input(&input)?;
        }
        if let Some(names) = self.host_options.get(ONLY.name) {
            key.add(ONLY.name, names);
        }
        for (host, emitter) in self.hosts(languages).ok()? {
            key.add("host", host.name());
            let options = self.host_options.restricted_to(&emitter.options());
            for (name, value) in options.iter() {
                key.add("host option", format_args!("{name}={value}"));
            }
            let request = self.request(self.source, &options, self.progress);
            for input in emitter.inputs(&request)? {
                key.add_input(&input)?;
            }
        }
        Some(key.finish())
    }

    /// `None` if more than stubs of a language was made.
    fn remember(&self, compiled: &Compiled, warnings: Vec<Diagnostic>) -> Option<CachedOutcome> {
        let no_guest = match &compiled.guest {
            None => None,
            Some(GuestArtifact::NotNeeded(why)) => Some(why.clone()),
            Some(GuestArtifact::File(_)) => return None,
        };
        let original = saved::is_idl(self.source).then(|| compiled.idl.idl_full_path.clone());
        let files = read_back(self.out_dir, &compiled.files)?;
        let losses = (compiled.left_out.clone(), compiled.simplified.clone());
        CachedOutcome::new(warnings, losses, no_guest, original, files)
    }

    fn reuse(
        &self,
        cached: CachedOutcome,
        files: &[OutputFile],
        cache: &Cache,
    ) -> Result<Outcome, Diagnostic> {
        let original = cached.original.filter(|original| !original.is_empty());
        let source = original.as_deref().map_or(self.source, Path::new);
        origin::check(self.out_dir, files, source, cache.made.as_ref())?;
        cached.warnings.iter().for_each(|warning| self.progress.warn(warning));
        make_folder(self.out_dir)?;
        let files = write_files(self.out_dir, files)?;
        cache.remember_made(files.iter().map(|file| file.path.as_path()), source);
        let guest = cached.no_guest.map(GuestArtifact::NotNeeded);
        let CachedOutcome { left_out, simplified, .. } = cached;
        Ok(Outcome { left_out, simplified, guest, files })
    }
}
