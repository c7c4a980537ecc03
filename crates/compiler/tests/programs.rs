//! Languages that are programs, well-behaved and otherwise.
#![cfg(unix)]

mod tongue;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use metaffi_compiler::{
    Compiled, Diagnostic, Guest, GuestArtifact, Job, Language, Languages, Options, Program,
    Progress,
};
use tempfile::TempDir;
use tongue::Tongue;

/// The answers of a well-behaved program, for each line that it reads.
const ANSWERS: &str = r#"
while read -r line; do
  echo "$line" >> "$(dirname "$0")/requests"
  case "$line" in
    *'"do":"claims"'*) echo '{"claims": {"is_mine": true}}';;
    *'"do":"read"'*)
      echo '{"step": "counting"}'
      echo '{"left_out": {"what": "seven", "reason": "it is odd"}}'
      echo '{"idl": {"idl_source": "sums", "target_language": "tally", "modules": []}}';;
    *'"do":"build"'*) echo '{"guest": {"not_needed": "it is only sums"}}';;
    *'"do":"emit"'*) echo '{"files": [{"path": "a/sums.t", "text": "1"}, {"path": "b", "hex": "00ff"}]}';;
  esac
done
"#;

const MANIFEST: &str = r#"{"name": "tally", "aliases": ["t"], "compiler": {
    "protocol": 1, "command": ["run"], "reads": true, "emits": true, "suffixes": [".tally"],
    "names": true, "host_options": {"loud": "in capital letters"}, "timeout": 1
}}"#;

struct Installation(TempDir);

impl Installation {
    /// An installation with a plugin whose program is this shell script.
    fn with(script: &str) -> Installation {
        Installation::with_manifest(script, MANIFEST)
    }

    fn with_manifest(script: &str, manifest: &str) -> Installation {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("plugins/tally");
        fs::create_dir_all(&folder).unwrap();
        let program = folder.join("run");
        fs::write(&program, script).unwrap();
        // Run through the shell: a file that was just written may still be open
        // in a child that another test forks, and then it cannot be executed.
        let command = format!("[\"sh\", \"{}\"]", program.display());
        let manifest = manifest.replace("[\"run\"]", &command);
        fs::write(folder.join("plugin.json"), manifest).unwrap();
        Installation(home)
    }

    fn language(&self) -> Program {
        let (mut programs, diagnostics) = Program::installed(self.0.path());
        assert_eq!(diagnostics, []);
        programs.remove(0)
    }

    fn compile(
        &self,
        source: &str,
        options: &str,
        progress: &dyn Progress,
    ) -> Result<Compiled, Diagnostic> {
        let (language, none) = (self.language(), Options::default());
        let job = Job {
            source: Path::new(source),
            out_dir: &self.0.path().join("out"),
            home: self.0.path(),
            guest: Guest::OfSource,
            hosts: &["t"],
            guest_options: &none,
            host_options: &Options::parse(options).unwrap(),
            progress,
        };
        job.compile(Languages(&[&language]))
    }

    /// The error of a compilation, without the name of the temporary folder.
    fn fails(&self) -> String {
        let error = self.compile("sums.tally", "", &metaffi_compiler::Silent).unwrap_err();
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

#[test]
fn a_program_reads_builds_and_writes() {
    let home = Installation::with(ANSWERS);
    let compiled = home.compile("sums.tally", "loud", &metaffi_compiler::Silent).unwrap();
    assert_eq!(compiled.guest, Some(GuestArtifact::NotNeeded("it is only sums".to_owned())));
    assert_eq!(compiled.left_out.len(), 1);
    assert_eq!(fs::read(home.0.path().join("out/a/sums.t")).unwrap(), b"1");
    assert_eq!(fs::read(home.0.path().join("out/b")).unwrap(), [0, 255]);
    let requests = fs::read_to_string(home.0.path().join("plugins/tally/requests")).unwrap();
    let requests: Vec<serde_json::Value> =
        requests.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let tasks: Vec<_> = requests.iter().map(|question| question["do"].as_str().unwrap()).collect();
    assert_eq!(tasks, ["read", "emit", "build"], "read once");
    assert_eq!(requests[0]["protocol"], 1);
    assert_eq!(requests[0]["source"], "sums.tally");
    assert_eq!(requests[1]["options"]["loud"], "true");
    assert_eq!(requests[2]["idl"]["idl_source"], "sums");
}

#[test]
fn a_program_claims_suffixes_and_names() {
    let home = Installation::with(ANSWERS);
    let (tally, east) = (home.language(), Tongue { name: "east", suffix: "e", reads: true });
    let languages: [&dyn Language; 2] = [&tally, &east];
    for (source, name) in [("a.tally", "tally"), ("b.e", "east"), ("fibonacci", "tally")] {
        assert_eq!(Languages(&languages).of_source(Path::new(source)).unwrap().name(), name);
    }
    assert_eq!(tally.reader().unwrap().options(), []);
    assert_eq!(tally.emitter().unwrap().options()[0].about, "in capital letters");
    let error = home.compile("sums.tally", "lout", &metaffi_compiler::Silent).unwrap_err();
    assert!(error.is_misuse && error.to_string().contains("did you mean 'loud'?"), "{error}");
}

#[test]
fn an_error_that_a_program_reports_is_passed_on() {
    let home = Installation::with(
        r#"read -r line
        echo '{"error": {"message": "odd", "file": "sums.tally", "line": 3, "help": "add one"}}'"#,
    );
    assert_eq!(home.fails(), "sums.tally:3: odd\nhelp: add one");
}

#[test]
fn a_misbehaving_program_is_reported_clearly() {
    let at = "plugins/tally/plugin.json: the compiler of tally ";
    for (script, message) in [
        ("echo why >&2; exit 3", "exited before it answered (exit status: 3)\n  why\n"),
        ("kill -9 $$", "exited before it answered (signal: 9 (SIGKILL))"),
        ("echo hello", "sent an invalid answer (expected value at line 1 column 1): hello"),
        ("echo '{\"files\": []}'", "sent an invalid answer (not requested): "),
        ("exec sleep 60", "sent nothing for 1 s and was stopped"),
        ("echo '{\"idl\": {}}'", "wrote an invalid IDL\n  $: "),
        ("", "exited before it answered (exit status: 0)"),
    ] {
        let start = Instant::now();
        let error = Installation::with(script).fails();
        assert!(error.starts_with(&format!("{at}{message}")), "{script}: {error}");
        assert!(error.contains("\nhelp: "), "{error}");
        assert!(start.elapsed() < Duration::from_secs(10), "{script}");
    }
}

#[test]
fn no_file_of_a_program_leaves_the_output_folder() {
    let script = ANSWERS.replace("a/sums.t", "../sums.t");
    let error = Installation::with(&script).fails();
    assert_eq!(error, "'../sums.t' is not a path below the output folder");
    let script = ANSWERS.replace("00ff", "0x");
    assert!(Installation::with(&script).fails().ends_with("'b' is not hexadecimal"));
}

#[test]
fn an_unusable_manifest_is_reported() {
    for (manifest, diagnostic) in [
        (MANIFEST.replace("\"protocol\": 1", "\"protocol\": 7"), "the compiler uses version 7 of"),
        (MANIFEST.replace("suffixes", "sufixes"), "invalid `compiler`: unknown field"),
        (MANIFEST.replace("\"tally\"", "\"\""), "it has no name"),
        ("{".to_owned(), "not JSON: "),
    ] {
        let home = Installation::with_manifest("", &manifest);
        let (programs, diagnostics) = Program::installed(home.0.path());
        assert!(programs.is_empty());
        assert!(diagnostics[0].message.starts_with(diagnostic), "{diagnostics:?}");
        assert!(diagnostics[0].file.as_ref().unwrap().ends_with("plugins/tally/plugin.json"));
    }
    let gone = Installation::with_manifest("", &MANIFEST.replace("\"run\"", "\"not-there\""));
    assert!(gone.fails().contains("'not-there', is neither next to this file nor on PATH"));
    let plain = Installation::with_manifest("", r#"{"name": "x", "library": "x.so"}"#);
    assert!(Program::installed(plain.0.path()).0.is_empty(), "a runtime alone");
}
