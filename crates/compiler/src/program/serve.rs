//! The program's side: a [`Language`] that is queried on standard input.

use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use metaffi_idl::Idl;

use super::messages::{Claim, Content, File, Guest, Message, PROTOCOL, Question, Task, value_of};
use crate::diagnostic::Diagnostic;
use crate::language::{BuildGuest, GuestArtifact, Language, Request};
use crate::options::Options;
use crate::progress::{Loss, Progress};

/// Answers the questions on standard input until it ends. This is all that the
/// program of a language has to call.
///
/// ```no_run
/// # use metaffi_compiler::Language;
/// # struct Mine;
/// # impl Language for Mine { fn name(&self) -> &str { "mine" } }
/// fn main() -> std::process::ExitCode {
///     metaffi_compiler::serve(&Mine)
/// }
/// ```
pub fn serve(language: &dyn Language) -> ExitCode {
    let mut server = Server { language, guest: None };
    for line in io::stdin().lock().lines() {
        let answered = line.map(|line| server.answer(&line).unwrap_or_else(Message::Error));
        if answered.and_then(|message| send(&message)).is_err() {
            return ExitCode::FAILURE; // the command has closed its pipe
        }
    }
    ExitCode::SUCCESS
}

fn send(message: &Message) -> io::Result<()> {
    let line = serde_json::to_string(message)? + "\n";
    let mut out = io::stdout().lock();
    out.write_all(line.as_bytes())?;
    out.flush()
}

/// Sends progress to the command, as lines before the answer.
struct SendProgress;

impl Progress for SendProgress {
    // Write errors are noticed when the answer is sent.
    fn step(&self, message: &str) {
        let _ = send(&Message::Step(message.to_owned()));
    }

    fn warn(&self, warning: &Diagnostic) {
        let _ = send(&Message::Warning(warning.clone()));
    }

    fn left_out(&self, what: &str, reason: &str) {
        let _ = send(&Message::LeftOut(loss(what, reason)));
    }

    fn simplified(&self, what: &str, became: &str) {
        let _ = send(&Message::Simplified(loss(what, became)));
    }
}

fn loss(what: &str, reason: &str) -> Loss {
    Loss { what: what.to_owned(), reason: reason.to_owned() }
}

struct Server<'l> {
    language: &'l dyn Language,
    /// The source that was read last, and its guest.
    guest: Option<(PathBuf, BuildGuest)>,
}

impl Server<'_> {
    fn answer(&mut self, line: &str) -> Result<Message, Diagnostic> {
        let question: Question = serde_json::from_str(line)
            .map_err(|error| Diagnostic::new(format!("cannot parse the request: {error}")))?;
        if question.protocol != PROTOCOL {
            return Err(Diagnostic::new(format!(
                "the compiler of {} uses version {PROTOCOL} of the protocol, not {}",
                self.language.name(),
                question.protocol
            ))
            .help("install compatible versions of metaffi and of the plugin"));
        }
        let options: Options = question.options.clone().into_iter().collect();
        let request = Request {
            source: Path::new(&question.source),
            out_dir: Path::new(&question.out_dir),
            options: &options,
            home: Path::new(&question.home),
            progress: &SendProgress,
        };
        match question.what {
            Task::Claims => Ok(Message::Claims(self.claims(&question.source))),
            Task::Read => self.read(&request),
            Task::Build => self.build(&request, &idl(&question)?),
            Task::Emit => self.emit(&request, &idl(&question)?),
        }
    }

    fn claims(&self, name: &str) -> Claim {
        let Some(reader) = self.language.reader() else { return Claim::default() };
        Claim { is_mine: reader.claims_name(name), hint: reader.hint(name) }
    }

    fn read(&mut self, request: &Request<'_>) -> Result<Message, Diagnostic> {
        let reader = self.language.reader().ok_or_else(|| self.cannot("read"))?;
        let source = reader.read(request)?;
        self.guest = Some((request.source.to_owned(), source.guest));
        Ok(Message::Idl(value_of(&source.idl)))
    }

    fn build(&mut self, request: &Request<'_>, idl: &Idl) -> Result<Message, Diagnostic> {
        let reader = self.language.reader().ok_or_else(|| self.cannot("build"))?;
        let build = match self.guest.take().filter(|(source, _)| source == request.source) {
            Some((_, build)) => build,
            None => reader.guest_of(request, idl)?,
        };
        Ok(Message::Guest(match build(request)? {
            GuestArtifact::File(path) => Guest::File(path.to_string_lossy().into_owned()),
            GuestArtifact::NotNeeded(why) => Guest::NotNeeded(why),
        }))
    }

    fn emit(&self, request: &Request<'_>, idl: &Idl) -> Result<Message, Diagnostic> {
        let emitter = self.language.emitter().ok_or_else(|| self.cannot("emit"))?;
        let files = emitter.emit(request, idl)?.into_iter().map(|file| File {
            path: file.path.to_string_lossy().into_owned(),
            content: Content::of(file.bytes),
        });
        Ok(Message::Files(files.collect()))
    }

    fn cannot(&self, what: &str) -> Diagnostic {
        Diagnostic::new(format!("the compiler of {} cannot {what}", self.language.name()))
    }
}

fn idl(question: &Question) -> Result<Idl, Diagnostic> {
    Idl::from_json(&question.idl.to_string()).map_err(|diagnostics| {
        Diagnostic::new("the received IDL is invalid")
            .related(diagnostics.iter().map(|diagnostic| Diagnostic::new(diagnostic.to_string())))
    })
}
