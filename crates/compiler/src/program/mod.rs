//! A language that is not built in: a program that is named in the
//! `plugin.json` of an installed plugin, and queried in JSON.

mod manifest;
mod messages;
mod serve;
mod session;

use std::path::{Path, PathBuf};

use metaffi_idl::Idl;

use crate::cache::Input;
use crate::diagnostic::Diagnostic;
use crate::finding::Finding;
use crate::language::{BuildGuest, Emitter, GuestArtifact, Language, Reader, Request, Source};
use crate::options::Key;
use crate::output::OutputFile;
use crate::progress::Silent;
use crate::source::source_paths;
use manifest::Manifest;
use messages::{Claim, Guest, Message, PROTOCOL, Question, Task, value_of};
use session::Session;

pub(crate) use messages::File;
pub use serve::serve;

/// A language that is implemented by a program.
pub struct Program(Manifest);

impl Program {
    /// The programs that the plugins of an installation name, and the problems
    /// with unusable manifests.
    #[must_use]
    pub fn installed(home: &Path) -> (Vec<Program>, Vec<Diagnostic>) {
        let (manifests, diagnostics) = manifest::all(home);
        (manifests.into_iter().map(Program).collect(), diagnostics)
    }

    fn claim(&self, name: &str) -> Result<Claim, Diagnostic> {
        let mut session = Session::start(&self.0)?;
        let question = Question {
            protocol: PROTOCOL,
            what: Task::Claims,
            source: name.to_owned(),
            out_dir: String::new(),
            home: String::new(),
            options: [].into(),
            idl: serde_json::Value::Null,
        };
        match session.ask(&question, &Silent)? {
            Message::Claims(claim) => Ok(claim),
            other => Err(session.unexpected(&other)),
        }
    }
}

fn question(what: Task, request: &Request<'_>, idl: Option<&Idl>) -> Question {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let options = request.options.iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    Question {
        protocol: PROTOCOL,
        what,
        source: text(request.source),
        out_dir: text(request.out_dir),
        home: text(request.home),
        options: options.collect(),
        idl: idl.map(value_of).unwrap_or_default(),
    }
}

fn keys(options: &std::collections::BTreeMap<String, String>) -> Vec<Key<'_>> {
    options.iter().map(|(name, about)| Key { name, about }).collect()
}

impl Language for Program {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn aliases(&self) -> Vec<&str> {
        self.0.aliases.iter().map(String::as_str).collect()
    }

    fn reader(&self) -> Option<&dyn Reader> {
        self.0.compiler.reads.then_some(self as &dyn Reader)
    }

    fn emitter(&self) -> Option<&dyn Emitter> {
        self.0.compiler.emits.then_some(self as &dyn Emitter)
    }

    fn checks(&self, _home: &Path) -> Vec<Finding> {
        let name = "compiler";
        vec![match self.0.command() {
            Ok((program, _)) => Finding::good(name, "").at(program),
            Err(why) => Finding::missing(name, why.message, "reinstall the plugin"),
        }]
    }
}

impl Reader for Program {
    fn claims(&self, source: &Path) -> bool {
        let is_mine = |path: &PathBuf| {
            let path = path.to_string_lossy();
            self.0.compiler.suffixes.iter().any(|suffix| path.ends_with(suffix))
        };
        let paths = source_paths(source);
        !paths.is_empty() && paths.iter().all(is_mine)
    }

    fn claims_name(&self, name: &str) -> bool {
        self.0.compiler.names && self.claim(name).is_ok_and(|claim| claim.is_mine)
    }

    /// If the program cannot answer, the hint reports that.
    fn hint(&self, name: &str) -> Option<String> {
        if !self.0.compiler.names {
            return None;
        }
        self.claim(name).map_or_else(|diagnostic| Some(diagnostic.to_string()), |claim| claim.hint)
    }

    fn options(&self) -> Vec<Key<'_>> {
        keys(&self.0.compiler.guest_options)
    }

    fn read(&self, request: &Request<'_>) -> Result<Source, Diagnostic> {
        let mut session = Session::start(&self.0)?;
        let idl = match session.ask(&question(Task::Read, request, None), request.progress)? {
            Message::Idl(idl) => idl,
            other => return Err(session.unexpected(&other)),
        };
        let mut idl = Idl::from_json(&idl.to_string()).map_err(|diagnostics| {
            Diagnostic::new(format!("the compiler of {} wrote an invalid IDL", self.0.name))
                .at(self.0.path())
                .related(
                    diagnostics.iter().map(|diagnostic| Diagnostic::new(diagnostic.to_string())),
                )
                .help("this is a bug in the plugin: report it to its author, or remove the plugin")
        })?;
        idl.complete();
        let known = idl.clone();
        Ok(Source::new(idl, move |request| build(session, request, &known)))
    }

    fn guest_of(&self, request: &Request<'_>, idl: &Idl) -> Result<BuildGuest, Diagnostic> {
        let _ = request;
        let (session, idl) = (Session::start(&self.0)?, idl.clone());
        Ok(Box::new(move |request| build(session, request, &idl)))
    }
}

fn build(
    mut session: Session,
    request: &Request<'_>,
    idl: &Idl,
) -> Result<GuestArtifact, Diagnostic> {
    match session.ask(&question(Task::Build, request, Some(idl)), request.progress)? {
        Message::Guest(Guest::NotNeeded(why)) => Ok(GuestArtifact::NotNeeded(why)),
        Message::Guest(Guest::File(file)) if Path::new(&file).is_file() => {
            Ok(GuestArtifact::File(file.into()))
        }
        other => Err(session.unexpected(&other)),
    }
}

impl Emitter for Program {
    fn options(&self) -> Vec<Key<'_>> {
        keys(&self.0.compiler.host_options)
    }

    /// What the program depends on is unknown.
    fn inputs(&self, _request: &Request<'_>) -> Option<Vec<Input>> {
        None
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Vec<OutputFile>, Diagnostic> {
        let mut session = Session::start(&self.0)?;
        let emit_question = question(Task::Emit, request, Some(idl));
        let files = match session.ask(&emit_question, request.progress)? {
            Message::Files(files) => files,
            other => return Err(session.unexpected(&other)),
        };
        let written = files.into_iter().map(|file| {
            let path = file.path.clone();
            file.into_output().ok_or_else(|| {
                Diagnostic::new(format!("the content of '{path}' is not hexadecimal"))
                    .at(self.0.path())
            })
        });
        written.collect()
    }
}
