//! A program that runs and is asked. Threads of their own write to it and read
//! from it, so that no full pipe and no silent program stops the command.

use std::io::{self, BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

use super::manifest::Manifest;
use super::messages::{Message, Question};
use crate::diagnostic::Diagnostic;
use crate::progress::Progress;

/// How long a program may take to end when it is asked no more.
const GRACE: Duration = Duration::from_secs(2);

/// So much of what it says on standard error is kept.
const COMPLAINT: u64 = 1 << 16;

/// How much of an answer that is not understood is shown.
const SHOWN: usize = 120;

pub(crate) struct Session {
    manifest: Manifest,
    child: Child,
    to: Option<Sender<String>>,
    from: Receiver<io::Result<String>>,
    complaint: Option<JoinHandle<String>>,
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
        let complaint = Some(spawn(move || read_complaint(stderr)));
        Ok(Session { manifest: manifest.clone(), child, to: Some(to), from, complaint })
    }

    /// Asks, hands on what is told meanwhile, and gives the answer.
    pub(crate) fn ask(
        &mut self,
        question: &Question,
        progress: &dyn Progress,
    ) -> Result<Message, Diagnostic> {
        let line = serde_json::to_string(question)
            .map_err(|error| Diagnostic::new(format!("this cannot be asked: {error}")))?;
        if let Some(to) = &self.to {
            let _ = to.send(line + "\n"); // whoever has ended does not answer either
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

    /// The error of a program that answers something else.
    pub(crate) fn unexpected(&self, answer: &Message) -> Diagnostic {
        let answer = serde_json::to_string(answer).unwrap_or_default();
        self.not_understood(&answer, "this was not asked for")
    }

    fn message(&mut self) -> Result<Message, Diagnostic> {
        let limit = self.manifest.limit();
        match self.from.recv_timeout(limit) {
            Ok(Ok(line)) => serde_json::from_str(&line)
                .map_err(|error| self.not_understood(&line, &error.to_string())),
            Ok(Err(error)) => Err(self.broken(&format!("cannot be read: {error}"))),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.child.kill();
                let what = format!("said nothing for {} s and was stopped", limit.as_secs());
                Err(self.broken(&what).help("`timeout` in this file says how long it may take"))
            }
        }
    }

    fn not_understood(&self, line: &str, why: &str) -> Diagnostic {
        let shown: String = line.trim_end().chars().take(SHOWN).collect();
        self.broken(&format!("answers what is not understood ({why}): {shown}"))
    }

    fn ended(&mut self) -> Diagnostic {
        let status = self.end().map_or_else(String::new, |status| format!(" ({status})"));
        let complaint = self.complaint.take().and_then(|thread| thread.join().ok());
        let complaint = complaint.unwrap_or_default();
        let lines: Vec<&str> = complaint.trim_end().lines().collect();
        let last = lines[lines.len().saturating_sub(12)..].iter();
        self.broken(&format!("ended before it answered{status}"))
            .related(last.map(|line| Diagnostic::new(*line)))
    }

    fn broken(&self, what: &str) -> Diagnostic {
        Diagnostic::new(format!("the compiler of {} {what}", self.manifest.name))
            .at(self.manifest.path())
            .help("this is a fault of the plugin: tell whoever made it, or remove it")
    }

    /// Asks no more, and waits; a program that does not end is killed.
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
            return; // it has ended, which is seen where its answers are read
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

/// All is read, so that the program can write; the beginning of it is kept.
fn read_complaint(stderr: Option<impl Read>) -> String {
    let mut said = Vec::new();
    let Some(mut stderr) = stderr else { return String::new() };
    let _ = stderr.by_ref().take(COMPLAINT).read_to_end(&mut said);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&said).into_owned()
}
