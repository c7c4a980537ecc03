//! The driver with two small languages: what is chosen, refused and written.

mod tongue;

use std::fs;
use std::path::{Path, PathBuf};

use metaffi_compiler::{
    Cache, Compiled, Diagnostic, Guest, GuestArtifact, Job, Language, Languages, Loss, Options,
    Silent,
};
use tempfile::TempDir;
use tongue::{Tongue, reads};

const EAST: Tongue = Tongue { name: "east", suffix: "e", reads: true };
const WEST: Tongue = Tongue { name: "west", suffix: "w", reads: true };
const ONLY_HOST: Tongue = Tongue { name: "writer", suffix: "wr", reads: false };
const ONLY_GUEST: Tongue = Tongue { name: "mute", suffix: "m", reads: true };
const LANGUAGES: Languages<'static> = Languages(&[&EAST, &WEST, &ONLY_HOST, &ONLY_GUEST]);

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("hello-world.e"), "greet\nleave\n").unwrap();
        Place { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn compile(&self, source: &str, guest: Guest<'_>, hosts: &[&str]) -> Result<Compiled, String> {
        self.compile_with(source, guest, hosts, "")
    }

    fn compile_with(
        &self,
        source: &str,
        guest: Guest<'_>,
        hosts: &[&str],
        options: &str,
    ) -> Result<Compiled, String> {
        let job = Job {
            source: &self.path(source),
            out_dir: &self.path("out"),
            home: self.folder.path(),
            guest,
            hosts,
            guest_options: &Options::default(),
            host_options: &Options::parse(options).unwrap(),
            progress: &Silent,
        };
        let cache = Cache::of(&self.path("cache"));
        job.compile_with(LANGUAGES, &cache).map_err(|error| self.text(&error))
    }

    /// The diagnostic without the name of the temporary folder.
    fn text(&self, error: &Diagnostic) -> String {
        error.to_string().replace(&format!("{}/", self.folder.path().display()), "")
    }
}

#[test]
fn guest_and_stubs_are_written() {
    let place = Place::new();
    let compiled = place.compile("hello-world.e", Guest::OfSource, &["west", "orient"]).unwrap();
    let guest = place.path("out/hello_world_MetaFFIGuest");
    assert_eq!(fs::read_to_string(&guest).unwrap(), "greet\nleave\n");
    assert_eq!(compiled.guest, Some(GuestArtifact::File(guest)));
    let names: Vec<_> = compiled.files.iter().map(|file| file.path.file_name().unwrap()).collect();
    assert_eq!(names, ["hello_world_MetaFFIHost.w", "hello_world_MetaFFIHost.e"]);
    let stub = fs::read_to_string(place.path("out/hello_world_MetaFFIHost.w")).unwrap();
    assert_eq!(stub, "greet()\nleave()\n");
}

#[test]
fn a_second_run_changes_nothing() {
    let place = Place::new();
    let run = || place.compile("hello-world.e", Guest::None, &["west"]).unwrap().files;
    assert!(run()[0].changed);
    assert!(!run()[0].changed);
}

#[test]
fn a_language_named_twice_is_one_host() {
    let place = Place::new();
    let compiled = place.compile("hello-world.e", Guest::None, &["east", "e", "orient"]).unwrap();
    assert_eq!(compiled.files.len(), 1);
}

#[test]
fn options_reach_the_host_and_unknown_ones_are_refused() {
    let place = Place::new();
    place.compile_with("hello-world.e", Guest::None, &["west"], "shout").unwrap();
    let stub = fs::read_to_string(place.path("out/hello_world_MetaFFIHost.w")).unwrap();
    assert_eq!(stub, "GREET()\nLEAVE()\n");
    let error = place.compile_with("hello-world.e", Guest::None, &["west"], "x=1").unwrap_err();
    assert_eq!(error, "unknown option 'x'\nhelp: the options are: only, shout, package");
}

#[test]
fn each_host_gets_the_options_that_it_knows() {
    let place = Place::new();
    let both = ["east", "west"];
    place.compile_with("hello-world.e", Guest::None, &both, "package=p,shout").unwrap();
    let error = place.compile_with("hello-world.e", Guest::None, &["east"], "package=p");
    assert_eq!(error.unwrap_err(), "unknown option 'package'\nhelp: the options are: only, shout");
    let error = place.compile_with("hello-world.e", Guest::None, &both, "pakage=p").unwrap_err();
    assert!(error.contains("did you mean 'package'?"), "{error}");
}

#[test]
fn a_source_is_read_once_for_interface_and_guest() {
    let place = Place::new();
    place.compile("hello-world.e", Guest::OfSource, &["west"]).unwrap();
    assert_eq!(reads(), 1);
}

#[test]
fn skipped_items_are_listed_once_and_in_order() {
    let place = Place::new();
    fs::write(place.path("gaps.e"), "-two\nthree\n-one\n-two\n").unwrap();
    let compiled = place.compile("gaps.e", Guest::None, &["west"]).unwrap();
    let left_out =
        |what: &str| Loss { what: what.to_owned(), reason: "it is crossed out".to_owned() };
    assert_eq!(compiled.left_out, [left_out("one"), left_out("two")]);
}

#[test]
fn other_words_for_a_language_suggest_its_name() {
    for (word, meant) in [("sunrise", Some("east")), ("wets", Some("west")), ("cobol", None)] {
        let help = LANGUAGES.named(word).err().unwrap().help.unwrap();
        let found =
            help.strip_prefix("did you mean '").map(|rest| rest.split('\'').next().unwrap());
        assert_eq!(found, meant, "{help}");
    }
}

#[test]
fn impossible_requests_are_refused_and_nothing_is_written() {
    let place = Place::new();
    let refused = |source: &str, guest: Guest<'_>, hosts: &[&str]| {
        let error = place.compile(source, guest, hosts).unwrap_err();
        assert!(!place.path("out").exists(), "{error}");
        error
    };
    assert_eq!(
        refused("hello-world.e", Guest::None, &["south"]),
        "unknown language 'south'\nhelp: the languages are: east, west, writer, mute"
    );
    assert_eq!(
        refused("hello-world.e", Guest::Named("west"), &[]),
        "hello-world.e: cannot build a west guest from a east source\n\
         help: omit the guest language, or use east"
    );
    assert_eq!(
        refused("hello-world.x", Guest::None, &["east"]),
        "hello-world.x: no such file or folder, and no module of this name can be imported\n\
         help: check the path; it is relative to the working directory"
    );
    fs::write(place.path("letter.txt"), "").unwrap();
    assert_eq!(
        refused("letter.txt", Guest::None, &["east"]),
        "letter.txt: no language can read this\nhelp: languages that can be read: east, west, mute"
    );
    assert_eq!(
        refused("hello-world.e", Guest::None, &["mute"]),
        "mute cannot be a host\nhelp: languages that can: east, west, writer"
    );
    let missing = refused("missing.e", Guest::OfSource, &["east"]);
    assert!(missing.starts_with("missing.e: cannot read: No such file"), "{missing}");
}

#[test]
fn a_saved_idl_works_like_its_source() {
    let place = Place::new();
    let idl = place.compile("hello-world.e", Guest::None, &[]).unwrap().idl;
    fs::write(place.path("saved.json"), idl.to_json()).unwrap();
    let compiled = place.compile("saved.json", Guest::OfSource, &["west"]).unwrap();
    assert_eq!(compiled.idl, idl);
    assert!(place.path("out/hello_world_MetaFFIGuest").exists());
    assert!(place.path("out/hello_world_MetaFFIHost.w").exists());
}

#[test]
fn an_invalid_idl_is_refused_with_every_problem() {
    let place = Place::new();
    let text = r#"{"idl_source": "x", "target_language": "east", "modules": [{}, {"name": 1}]}"#;
    fs::write(place.path("broken.json"), text).unwrap();
    assert_eq!(
        place.compile("broken.json", Guest::None, &["west"]).unwrap_err(),
        "broken.json: this is not a valid IDL\n  \
           $.modules[0]: 'name' is missing\n  \
           $.modules[1].name: must be a string, but is a number\n\
         help: share/metaffi-idl.schema.json of the installation describes its format"
    );
}

#[test]
fn an_idl_without_a_source_has_stubs_but_no_guest() {
    let place = Place::new();
    let text = r#"{"idl_source": "x", "target_language": "east", "modules": []}"#;
    fs::write(place.path("x.json"), text).unwrap();
    assert!(place.compile("x.json", Guest::None, &["west"]).is_ok());
    let error = place.compile("x.json", Guest::OfSource, &[]).unwrap_err();
    assert!(error.starts_with("x.json: this IDL does not name its source"), "{error}");
}

#[test]
fn a_source_of_two_languages_needs_a_choice() {
    let twin = Tongue { name: "twin", suffix: "e", reads: true };
    let languages: [&dyn Language; 2] = [&EAST, &twin];
    let error = Languages(&languages).of_source(Path::new("a.e")).err().unwrap();
    assert!(error.message.ends_with("have a module with this name: east, twin"), "{error}");
    assert_eq!(error.help.as_deref(), Some("choose one: -g east or -g twin"));
}

#[test]
fn a_project_decides_the_language_of_a_folder() {
    let twin = Tongue { name: "twin", suffix: "e", reads: true };
    let languages: [&dyn Language; 2] = [&EAST, &twin];
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("a.e");
    fs::create_dir(&source).unwrap();
    let chosen =
        || Languages(&languages).of_source(&source).map(|language| language.name().to_owned());
    fs::write(source.join("twin"), "").unwrap();
    assert_eq!(chosen().unwrap(), "twin");
    fs::write(source.join("east"), "").unwrap();
    assert!(chosen().unwrap_err().message.ends_with("several languages: east, twin"));
}

#[test]
fn a_name_belongs_to_the_language_that_can_import_it() {
    let chosen = LANGUAGES.of_source(Path::new("westward")).unwrap();
    assert_eq!(chosen.name(), "west");
    let by_suffix = LANGUAGES.of_source(Path::new("westward.e")).unwrap();
    assert_eq!(by_suffix.name(), "east");
}

/// The files in the output folder, by name.
fn output(place: &Place) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(place.path("out")).unwrap().flatten();
    let file = |file: fs::DirEntry| {
        (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())
    };
    let mut files: Vec<_> = files.map(file).collect();
    files.sort();
    files
}

#[test]
fn files_of_another_source_with_the_same_name_are_not_overwritten() {
    let place = Place::new();
    for (folder, text) in [("a", "one"), ("b", "two")] {
        fs::create_dir(place.path(folder)).unwrap();
        fs::write(place.path(&format!("{folder}/util.e")), text).unwrap();
    }
    let others = |guest, hosts: &[&str]| {
        let before = output(&place);
        let error = place.compile("b/util.e", guest, hosts).unwrap_err();
        assert_eq!(output(&place), before, "nothing is overwritten");
        error
    };
    place.compile("a/util.e", Guest::OfSource, &["west", "east"]).unwrap();
    for host in ["west", "east"] {
        assert_eq!(
            others(Guest::None, &[host]),
            format!(
                "out/util_MetaFFIHost.{}: another file already exists here, made from a/util.e\n\
                 help: write to another folder (-o DIR), or remove the file",
                &host[..1]
            )
        );
    }
    let error = others(Guest::OfSource, &[]);
    assert!(
        error.starts_with("out/util_MetaFFIGuest: another file already exists here"),
        "{error}"
    );

    fs::write(place.path("a/util.e"), "one\nmore").unwrap();
    place.compile("a/util.e", Guest::OfSource, &["west"]).expect("it was edited");
    fs::rename(place.path("a/util.e"), place.path("util.e")).unwrap();
    place.compile("util.e", Guest::OfSource, &["west"]).expect("it was moved");
    fs::copy(place.path("util.e"), place.path("a/util.e")).unwrap();
    place.compile("a/util.e", Guest::OfSource, &["west", "east"]).expect("it is a copy");
    fs::remove_dir_all(place.path("out")).unwrap();
    place.compile("b/util.e", Guest::OfSource, &["west", "east"]).expect("there is nothing");
}

/// Compiles repeatedly, with a cache, and counts how often the source was read
/// and how many files changed; collects the warnings.
struct Again<'p> {
    place: &'p Place,
    cache: Cache,
    warnings: Warnings,
}

impl<'p> Again<'p> {
    fn new(place: &'p Place) -> Again<'p> {
        let warnings = Warnings::default();
        Again { place, cache: Cache::of(&place.path("cache")), warnings }
    }

    fn make(&self, source: &str, guest: Guest<'_>, hosts: &[&str], options: &str) -> (u32, u32) {
        let before = reads();
        let job = Job {
            source: &self.place.path(source),
            out_dir: &self.place.path("out"),
            home: self.place.folder.path(),
            guest,
            hosts,
            guest_options: &Options::default(),
            host_options: &Options::parse(options).unwrap(),
            progress: &self.warnings,
        };
        let made = job.make(LANGUAGES, &self.cache).unwrap();
        let changed = made.files.iter().filter(|file| file.changed).count();
        (reads() - before, changed.try_into().unwrap())
    }
}

#[derive(Default)]
struct Warnings(std::sync::Mutex<Vec<String>>);

impl metaffi_compiler::Progress for Warnings {
    fn step(&self, _message: &str) {}

    fn warn(&self, warning: &Diagnostic) {
        self.0.lock().unwrap().push(warning.to_string());
    }
}

#[test]
fn stubs_are_regenerated_only_if_an_input_changed() {
    let place = Place::new();
    fs::write(place.path("source.e"), "greet\n-hidden\n").unwrap();
    let again = Again::new(&place);
    let make = |hosts: &[&str], options: &str| again.make("source.e", Guest::None, hosts, options);
    assert_eq!(make(&["west"], ""), (1, 1));
    assert_eq!(make(&["west"], ""), (0, 0));
    let warned = std::mem::take(&mut *again.warnings.0.lock().unwrap());
    assert_eq!(warned.len(), 2);
    assert_eq!(warned[0], warned[1], "cached warnings are reported as well");
    fs::remove_dir_all(place.path("out")).unwrap();
    assert_eq!(make(&["west"], ""), (0, 1));
    let stub = place.path("out/source_MetaFFIHost.w");
    assert_eq!(fs::read_to_string(&stub).unwrap(), "greet()\n");
    assert_eq!(make(&["west"], "shout"), (1, 1));
    assert_eq!(fs::read_to_string(&stub).unwrap(), "GREET()\n");
    assert_eq!(make(&["west"], ""), (0, 1));
    assert_eq!(make(&["west", "east"], ""), (1, 1));
    fs::write(place.path("source.e"), "leave\n-hidden\n").unwrap();
    assert_eq!(make(&["west"], ""), (1, 1));
    assert_eq!(fs::read_to_string(&stub).unwrap(), "leave()\n");
    for entry in fs::read_dir(place.path("cache/stubs")).unwrap() {
        fs::write(entry.unwrap().path(), "damaged").unwrap();
    }
    assert_eq!(make(&["west"], ""), (1, 0), "damaged entries are ignored");
    let again = Again { cache: again.cache.without_outcomes(), ..again };
    assert_eq!(again.make("source.e", Guest::None, &["west"], ""), (1, 0));
}

#[test]
fn cached_stubs_do_not_overwrite_those_of_another_source() {
    let place = Place::new();
    fs::create_dir(place.path("a")).unwrap();
    for (source, text) in [("util.e", "one"), ("a/util.e", "two")] {
        fs::write(place.path(source), text).unwrap();
    }
    let again = Again::new(&place);
    again.make("util.e", Guest::None, &["west"], "");
    fs::remove_dir_all(place.path("out")).unwrap();
    again.make("a/util.e", Guest::None, &["west"], "");
    let before = output(&place);
    let job = Job {
        source: &place.path("util.e"),
        out_dir: &place.path("out"),
        home: place.folder.path(),
        guest: Guest::None,
        hosts: &["west"],
        guest_options: &Options::default(),
        host_options: &Options::default(),
        progress: &Silent,
    };
    let error = place.text(&job.make(LANGUAGES, &again.cache).unwrap_err());
    assert!(error.contains("another file already exists here, made from a/util.e"), "{error}");
    assert_eq!(output(&place), before);
}

#[test]
fn guests_are_rebuilt_and_stubs_of_saved_interfaces_are_cached() {
    let place = Place::new();
    let again = Again::new(&place);
    let make = || again.make("hello-world.e", Guest::OfSource, &["west"], "");
    assert_eq!((make(), make()), ((1, 1), (1, 0)));
    let interface = place.compile("hello-world.e", Guest::None, &["west"]).unwrap().idl;
    fs::write(place.path("saved.json"), interface.to_json()).unwrap();
    let make = || again.make("saved.json", Guest::None, &["west"], "shout");
    assert_eq!((make(), make()), ((0, 1), (0, 0)));
    let entries = fs::read_dir(place.path("cache/stubs")).unwrap().count();
    assert_eq!(entries, 1, "built guests are not cached");
}
