//! A running program that answers questions. Separate threads write to it and
//! read from it, so that neither a full pipe nor a silent program blocks the
//! command.

use std::io::{self, BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use super::manifest::Manifest;
use super::messages::{Message, Question};
use crate::diagnostic::Diagnostic;
use crate::progress::Progress;

/// How long a program may take to exit when there are no more questions.
const GRACE: Duration = Duration::from_secs(2);

/// The maximum length of its standard error that is kept, in bytes.
const MAX_STDERR: u64 = 1 << 16;

/// The maximum length of an invalid answer that is shown.
const MAX_SHOWN: usize = 120;

pub(crate) struct Session {
    manifest: Manifest,
    child: Child,
    to: Option<Sender<String>>,
    from: Receiver<io::Result<String>>,
    stderr_text: Option<JoinHandle<String>>,
}

impl Session {
    pub(crate) fn start(manifest: &Manifest) -> Result<Session, Diagnostic> {
        let (program, arguments) = manifest.command()?;
        let mut command = Command::new(&program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| {
            let message = format!("the compiler of {} cannot be run: {error}", manifest.name);
            Diagnostic::new(message).at(&program).help("reinstall the plugin")
        })?;
        let (to, lines) = channel::<String>();
        let stdin = child.stdin.take();
        spawn(move || write_lines(stdin, &lines));
        let (answers, from) = channel();
        let stdout = child.stdout.take();
        spawn(move || read_lines(stdout, &answers));
        let stderr = child.stderr.take();
        let stderr_text = Some(spawn(move || read_stderr(stderr)));
        Ok(Session { manifest: manifest.clone(), child, to: Some(to), from, stderr_text })
    }

    /// Asks a question, forwards progress, and returns the answer.
    pub(crate) fn ask(
        &mut self,
        question: &Question,
        progress: &dyn Progress,
    ) -> Result<Message, Diagnostic> {
        let line = serde_json::to_string(question)
            .map_err(|error| Diagnostic::new(format!("cannot send the request: {error}")))?;
        if let Some(to) = &self.to {
            let _ = to.send(line + "\n"); // if it has exited, reading its answer fails
        }
        loop {
            match self.message()? {
                Message::Step(step) => progress.step(&step),
                Message::Warning(warning) => progress.warn(&warning),
                Message::LeftOut(one) => progress.left_out(&one.what, &one.reason),
                Message::Simplified(one) => progress.simplified(&one.what, &one.reason),
                Message::Error(error) => return Err(error),
                answer => return Ok(answer),
            }
        }
    }

    /// The error for an answer of another kind.
    pub(crate) fn unexpected(&self, answer: &Message) -> Diagnostic {
        let answer = serde_json::to_string(answer).unwrap_or_default();
        self.not_understood(&answer, "not requested")
    }

    fn message(&mut self) -> Result<Message, Diagnostic> {
        let timeout = self.manifest.timeout();
        match self.from.recv_timeout(timeout) {
            Ok(Ok(line)) => serde_json::from_str(&line)
                .map_err(|error| self.not_understood(&line, &error.to_string())),
            Ok(Err(error)) => Err(self.broken(&format!("cannot be read: {error}"))),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                let what = format!("sent nothing for {} s and was stopped", timeout.as_secs());
                Err(self.broken(&what).help("`timeout` in this file sets how long it may take"))
            }
        }
    }

    fn not_understood(&self, line: &str, why: &str) -> Diagnostic {
        let shown: String = line.trim_end().chars().take(MAX_SHOWN).collect();
        self.broken(&format!("sent an invalid answer ({why}): {shown}"))
    }

    fn ended(&mut self) -> Diagnostic {
        let status = self.end().map_or_else(String::new, |status| format!(" ({status})"));
        let stderr_text = self.stderr_text.take().and_then(|thread| thread.join().ok());
        let stderr_text = stderr_text.unwrap_or_default();
        let lines: Vec<&str> = stderr_text.trim_end().lines().collect();
        let last = lines[lines.len().saturating_sub(12)..].iter();
        self.broken(&format!("exited before it answered{status}"))
            .related(last.map(|line| Diagnostic::new(*line)))
    }

    fn broken(&self, what: &str) -> Diagnostic {
        Diagnostic::new(format!("the compiler of {} {what}", self.manifest.name))
            .at(self.manifest.path())
            .help("this is a bug in the plugin: report it to its author, or remove the plugin")
    }

    /// Closes its standard input, and waits; a program that does not exit is
    /// killed.
    fn end(&mut self) -> Option<std::process::ExitStatus> {
        self.to = None;
        let start = Instant::now();
        while start.elapsed() < GRACE {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            sleep(Duration::from_millis(2));
        }
        let _ = self.child.kill();
        self.child.wait().ok()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}

fn write_lines(stdin: Option<impl io::Write>, lines: &Receiver<String>) {
    let Some(mut stdin) = stdin else { return };
    for line in lines {
        if stdin.write_all(line.as_bytes()).and_then(|()| stdin.flush()).is_err() {
            return; // it has exited, which the reading thread notices
        }
    }
}

fn read_lines(stdout: Option<impl Read>, answers: &Sender<io::Result<String>>) {
    let Some(stdout) = stdout else { return };
    let mut stdout = BufReader::new(stdout);
    loop {
        let mut line = Vec::new();
        let answer = match stdout.read_until(b'\n', &mut line) {
            Ok(0) => return,
            Ok(_) => Ok(String::from_utf8_lossy(&line).into_owned()),
            Err(error) => Err(error),
        };
        let is_last = answer.is_err();
        if answers.send(answer).is_err() || is_last {
            return;
        }
    }
}

/// Reads everything, so that the program is not blocked, but keeps only the
/// start.
fn read_stderr(stderr: Option<impl Read>) -> String {
    let mut text = Vec::new();
    let Some(mut stderr) = stderr else { return String::new() };
    let _ = stderr.by_ref().take(MAX_STDERR).read_to_end(&mut text);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&text).into_owned()
}
