//! A compilation whose outcome is remembered: done again only when something
//! changed that it depends on.

use std::path::Path;

use crate::cache::{Cache, Key, Recording, Remembered};
use crate::choose::Languages;
use crate::diagnostic::Diagnostic;
use crate::driver::{Compiled, Guest, Job, ONLY};
use crate::language::GuestArtifact;
use crate::origin;
use crate::output::{OutputFile, Written, read_back, write_files};
use crate::progress::Loss;
use crate::{make_folder, saved};

/// What was made.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What of the source is not in its interface.
    pub left_out: Vec<Loss>,
    /// The types that a host cannot write, and what stands for them.
    pub simplified: Vec<Loss>,
    /// The guest, if one was asked for.
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
    /// Does all that is asked for, or what is remembered of it.
    ///
    /// # Errors
    /// As [`compile_with`](Self::compile_with).
    pub fn make(&self, languages: Languages<'_>, cache: &Cache) -> Result<Outcome, Diagnostic> {
        let outcomes = cache.outcomes.as_ref();
        let Some((key, outcomes)) = self.key(languages, cache).zip(outcomes) else {
            return Ok(self.compile_with(languages, cache)?.into());
        };
        let remembered = outcomes.get(&key).and_then(|bytes| Remembered::from_bytes(&bytes));
        if let Some((remembered, files)) = remembered.and_then(Remembered::with_files) {
            return self.again(remembered, &files, cache);
        }
        let recording = Recording::new(self.progress);
        let compiled = Job { progress: &recording, ..*self }.compile_with(languages, cache)?;
        if let Some(remembered) = self.remember(&compiled, recording.finish()) {
            outcomes.put(&key, &remembered.to_bytes());
        }
        Ok(compiled.into())
    }

    /// What all that is asked for depends on; `None` when not all of it can be
    /// named, or something is wrong.
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

    /// `None` for what is asked for besides stubs of a language.
    fn remember(&self, compiled: &Compiled, warnings: Vec<Diagnostic>) -> Option<Remembered> {
        let no_guest = match &compiled.guest {
            None => None,
            Some(GuestArtifact::NotNeeded(why)) => Some(why.clone()),
            Some(GuestArtifact::File(_)) => return None,
        };
        let original = saved::is_idl(self.source).then(|| compiled.idl.idl_full_path.clone());
        let files = read_back(self.out_dir, &compiled.files)?;
        let lost = (compiled.left_out.clone(), compiled.simplified.clone());
        Remembered::new(warnings, lost, no_guest, original, files)
    }

    fn again(
        &self,
        remembered: Remembered,
        files: &[OutputFile],
        cache: &Cache,
    ) -> Result<Outcome, Diagnostic> {
        let original = remembered.original.filter(|original| !original.is_empty());
        let source = original.as_deref().map_or(self.source, Path::new);
        origin::check(self.out_dir, files, source, cache.made.as_ref())?;
        remembered.warnings.iter().for_each(|warning| self.progress.warn(warning));
        make_folder(self.out_dir)?;
        let files = write_files(self.out_dir, files)?;
        cache.remember_made(files.iter().map(|file| file.path.as_path()), source);
        let guest = remembered.no_guest.map(GuestArtifact::NotNeeded);
        let Remembered { left_out, simplified, .. } = remembered;
        Ok(Outcome { left_out, simplified, guest, files })
    }
}
