//! `metaffi --plugin`: what is installed and what is refused, and that a
//! refused plugin changes nothing.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use minisign::KeyPair;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::command::{Outcome, Place};

/// This platform's name in manifests.
fn platform() -> String {
    format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH)
}

/// A compiler plugin: its manifest and its files.
struct Packed {
    manifest: Value,
    files: BTreeMap<String, Vec<u8>>,
}

impl Packed {
    fn named(name: &str) -> Packed {
        let manifest = json!({
            "name": name,
            "version": "1.2.0",
            "platforms": [platform()],
            "abi": "1.0",
            "compiler": {"protocol": 1, "command": ["bin/run"], "reads": true},
        });
        Packed { manifest, files: BTreeMap::new() }.with("bin/run", b"#!/bin/sh\n")
    }

    /// Adds this file, and its digest in the manifest.
    fn with(mut self, name: &str, bytes: &[u8]) -> Packed {
        self.manifest["files"][name] = metaffi_compiler::hexadecimal(&Sha256::digest(bytes)).into();
        self.files.insert(name.to_owned(), bytes.to_vec());
        self
    }

    fn saying(mut self, key: &str, value: Value) -> Packed {
        self.manifest[key] = value;
        self
    }

    fn zip(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().unix_permissions(0o755);
        zip.start_file("plugin.json", plain).unwrap();
        zip.write_all(self.manifest.to_string().as_bytes()).unwrap();
        for (name, bytes) in &self.files {
            zip.start_file(name, plain).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

/// A user with separate folders, an installation with one plugin, and no network.
struct User(Place);

impl User {
    fn new() -> User {
        let place = Place::new();
        place.write(
            "home/plugins/builtin/plugin.json",
            r#"{"name": "builtin", "aliases": ["b"], "library": "b.so"}"#,
        );
        User(place)
    }

    fn run(&self, arguments: &str) -> Outcome {
        self.run_in(arguments, &[])
    }

    fn run_in(&self, arguments: &str, variables: &[(&str, &str)]) -> Outcome {
        let path = |name: &str| self.0.path(name).display().to_string();
        let (data, config, cache) = (path("data"), path("config"), path("cache"));
        let own = [
            ("XDG_DATA_HOME", data.as_str()),
            ("XDG_CONFIG_HOME", &config),
            ("XDG_CACHE_HOME", &cache),
            ("VIRTUAL_ENV", ""),
            ("METAFFI_PLUGINS", ""),
            ("METAFFI_PLUGIN_KEYS", ""),
        ];
        let variables: Vec<_> = own.iter().chain(variables).copied().collect();
        self.0.run_in(arguments, self.0.path("home"), &variables)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn archive(&self, packed: &Packed) -> PathBuf {
        self.write("plugin.zip", &packed.zip())
    }

    /// The error of an installation that must not change anything.
    #[track_caller]
    fn refused(&self, bytes: &[u8]) -> String {
        self.write("plugin.zip", bytes);
        let before = self.tree();
        let error = self.run("--plugin --install plugin.zip").expect_failure(1);
        assert_eq!(self.tree(), before, "{error}");
        error
    }

    /// All installed files: names and contents.
    fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        for folder in ["data", "home", "outside"] {
            files(&self.0.path(folder), &mut found);
        }
        found.retain(|path, _| !path.ends_with(".lock"));
        found
    }
}

fn files(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files(&path, found),
            false => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
}

const INSTALLED: &str = "data/metaffi/plugins/tally";

#[test]
fn a_plugin_is_installed_listed_and_removed() {
    let user = User::new();
    user.archive(&Packed::named("tally").saying("aliases", json!(["t"])));
    assert_eq!(user.run("--plugin --exist tally").expect_failure(1), "");
    let installed = user.run("--plugin --install plugin.zip").expect_success();
    assert_eq!(installed, format!("installed tally 1.2.0 in {INSTALLED}\n"));
    let program = user.0.path(INSTALLED).join("bin/run");
    assert_eq!(fs::metadata(program).unwrap().permissions().mode() & 0o777, 0o755);
    let again = user.run("--plugin --install plugin.zip").expect_success();
    assert_eq!(again, format!("tally 1.2.0 is already installed in {INSTALLED}\n"));
    assert_eq!(user.run("--plugin --exist t").expect_success(), format!("{INSTALLED}\n"));
    let builtin = "builtin\t-\tsystem\thome/plugins/builtin\n";
    let list = user.run("--plugin --list").expect_success();
    assert_eq!(list, format!("tally\t1.2.0\tuser\t{INSTALLED}\n{builtin}"));
    let removed = user.run("--plugin --remove t").expect_success();
    assert_eq!(removed, format!("removed tally from {INSTALLED}\n"));
    assert_eq!(user.run("--plugin --list").expect_success(), builtin);
}

#[test]
fn the_json_list_includes_unusable_plugins() {
    let user = User::new();
    user.write("home/plugins/broken/plugin.json", b"{");
    user.archive(&Packed::named("tally"));
    user.run("--plugin --install plugin.zip").expect_success();
    let list: Value =
        serde_json::from_str(&user.run("--plugin --list --json").expect_success()).unwrap();
    let tally = &list["plugins"][0];
    assert_eq!((&tally["name"], &tally["abi"]), (&json!("tally"), &json!("1.0")));
    assert_eq!((&tally["level"], &tally["has_compiler"]), (&json!("user"), &json!(true)));
    assert_eq!(list["plugins"][1]["library"], "home/plugins/builtin/b.so");
    assert_eq!(list["faults"][0]["path"], "home/plugins/broken/plugin.json");
    let plain = user.run("--plugin --list");
    assert!(plain.stderr.starts_with("warning: home/plugins/broken/plugin.json: not JSON"));
}

#[test]
fn levels_have_their_variables() {
    let user = User::new();
    user.archive(&Packed::named("tally"));
    let venv = user.0.path("venv").display().to_string();
    let named = user.0.path("named").display().to_string();
    let variables = [("VIRTUAL_ENV", venv.as_str()), ("METAFFI_PLUGINS", &named)];
    let run = |arguments: &str| user.run_in(arguments, &variables).expect_success();
    for (level, folder) in [
        ("", "venv/share/metaffi/plugins/tally"),
        ("--level environment", "named/tally"),
        ("--level user", INSTALLED),
    ] {
        let output = run(&format!("--plugin --install plugin.zip {level}"));
        assert_eq!(output, format!("installed tally 1.2.0 in {folder}\n"));
        assert_eq!(run("--plugin --exist tally"), format!("{folder}\n"));
        run("--plugin --remove tally");
    }
    let none = user.run("--plugin --install plugin.zip --level environment").expect_failure(1);
    assert!(none.contains("set METAFFI_PLUGINS to an absolute folder"), "{none}");
}

#[test]
fn plugins_of_metaffi_cannot_be_removed() {
    let user = User::new();
    let before = user.tree();
    let error = user.run("--plugin --remove b").expect_failure(1);
    assert!(error.contains("'b' ships with MetaFFI and cannot be removed"), "{error}");
    assert_eq!(user.tree(), before);
    let error = user.run("--plugin --remove nothing").expect_failure(1);
    assert!(error.contains("no plugin 'nothing' is installed"), "{error}");
}

#[test]
fn a_folder_is_installed_like_an_archive() {
    let user = User::new();
    let mut packed = Packed::named("tally");
    packed.manifest.as_object_mut().unwrap().remove("files");
    user.write("tally/plugin.json", packed.manifest.to_string().as_bytes());
    user.write("tally/bin/run", b"#!/bin/sh\n");
    user.run("--plugin --install tally").expect_success();
    assert!(user.0.path(INSTALLED).join("bin/run").is_file());
    user.run("--plugin --remove tally").expect_success();
    std::os::unix::fs::symlink("/etc/passwd", user.0.path("tally/link")).unwrap();
    let error = user.run("--plugin --install tally").expect_failure(1);
    assert!(error.contains("'link' is a link or a special file"), "{error}");
}

#[test]
fn incomplete_and_wrong_manifests_are_refused() {
    let user = User::new();
    let packed = || Packed::named("tally");
    let stranger = |packed: Packed| Packed {
        files: packed.files.into_iter().chain([("extra".into(), vec![1])]).collect(),
        ..packed
    };
    let tampered = |mut packed: Packed| {
        packed.files.insert("bin/run".into(), b"#!/bin/sh\nrm\n".to_vec());
        packed
    };
    let gone = |mut packed: Packed| {
        packed.files.clear();
        packed
    };
    for (packed, why) in [
        (packed().saying("platforms", json!(["plan9-mips"])), "tally is for plan9-mips, but this"),
        (packed().saying("platforms", json!([])), "`platforms` is missing"),
        (packed().saying("abi", json!("2.0")), "tally needs ABI 2.0, but this MetaFFI has 1."),
        (packed().saying("abi", json!("0.1")), "install a newer build of the plugin"),
        (packed().saying("version", Value::Null), "`version` is missing"),
        (packed().saying("files", Value::Null), "an archive must list its `files`"),
        (packed().saying("name", json!("../tally")), "\"../tally\" is not a valid name"),
        (packed().saying("aliases", json!(["T"])), "\"T\" is not a valid name"),
        (
            packed().saying("name", json!("builtin")),
            "the name 'builtin' is already used by builtin in",
        ),
        (packed().saying("name", json!("b")), "the name 'b' is already used by builtin in"),
        (packed().saying("aliases", json!(["b"])), "the name 'b' is already used by builtin in"),
        (packed().saying("library", json!("gone.so")), "its library 'gone.so' is missing"),
        (packed().saying("library", json!("../b.so")), "its library '../b.so' is missing"),
        (packed().saying("compiler", Value::Null), "neither a `library` nor a `compiler`"),
        (stranger(packed()), "'extra' is not listed in `files`"),
        (tampered(packed()), "'bin/run' does not match its digest in the manifest"),
        (gone(packed()), "'bin/run' is listed in `files` but missing"),
    ] {
        let error = user.refused(&packed.zip());
        assert!(error.contains(why), "{why}: {error}");
    }
    assert!(user.refused(b"no zip").contains("not a usable zip archive"));
}

#[test]
fn nothing_is_written_outside_of_the_plugin() {
    let user = User::new();
    user.write("outside/file", b"safe");
    for name in ["../../../../outside/file", "a/../../evil", "/tmp/evil", "C:\\evil", "a\\..\\b"] {
        let error = user.refused(&Packed::named("tally").with(name, b"evil").zip());
        assert!(error.contains("the name "), "{name}: {error}");
    }
    let archive = Cursor::new(Packed::named("tally").zip());
    let mut zip = ZipWriter::new_append(archive).unwrap();
    zip.add_symlink("bin/out", "../../../../../outside", SimpleFileOptions::default()).unwrap();
    let error = user.refused(&zip.finish().unwrap().into_inner());
    assert!(error.contains("'bin/out' is a link"), "{error}");
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let user = User::new();
    let mut zip = Packed::named("tally").with("zeros", &[0; 123_457]).zip();
    let (was, is) = (123_457_u32.to_le_bytes(), 0x4000_0001_u32.to_le_bytes());
    for at in 0..zip.len() - 4 {
        if zip[at..at + 4] == was {
            zip[at..at + 4].copy_from_slice(&is);
        }
    }
    let error = user.refused(&zip);
    assert!(error.contains("more than 1024 MiB when unpacked"), "{error}");
}

#[test]
fn leftovers_of_an_interrupted_command_are_ignored_and_removed() {
    let user = User::new();
    let half = user.write("data/metaffi/plugins/.installing-tally/plugin.json", b"{\"name\"");
    assert_eq!(user.run("--plugin --exist tally").expect_failure(1), "");
    assert!(!user.run("--plugin --list").expect_success().contains("tally"));
    user.archive(&Packed::named("tally"));
    user.run("--plugin --install plugin.zip").expect_success();
    assert!(!half.parent().unwrap().exists());
}

#[test]
fn concurrent_commands_install_once() {
    let user = User::new();
    user.archive(&Packed::named("tally"));
    let outputs: Vec<String> = thread::scope(|scope| {
        let run = || user.run("--plugin --install plugin.zip").expect_success();
        let all: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let installed = outputs.iter().filter(|output| output.starts_with("installed tally"));
    assert_eq!(installed.count(), 1, "{outputs:?}");
}

#[test]
fn nothing_is_installed_where_others_may_write() {
    let user = User::new();
    user.archive(&Packed::named("tally"));
    let folder = user.0.path("data/metaffi/plugins");
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    let error = user.run("--plugin --install plugin.zip").expect_failure(1);
    assert!(error.contains("cannot install to a folder that others can change"), "{error}");
    assert!(
        error.contains("everybody can write to it; remove that permission (chmod go-w)"),
        "{error}"
    );
}

fn signed(keys: &KeyPair, bytes: &[u8]) -> String {
    minisign::sign(None, &keys.sk, Cursor::new(bytes), None, None).unwrap().into_string()
}

#[test]
fn signatures_are_checked_if_a_key_is_configured() {
    let user = User::new();
    let [own, other] = [(); 2].map(|()| KeyPair::generate_unencrypted_keypair().unwrap());
    let key = own.pk.to_box().unwrap().into_string();
    user.write("config/metaffi/plugin-keys/own.pub", key.as_bytes());
    let bytes = Packed::named("tally").zip();
    let error = user.refused(&bytes);
    assert!(error.contains("not signed: there is no .minisig file"), "{error}");
    user.write("plugin.zip.minisig", signed(&other, &bytes).as_bytes());
    assert!(user.refused(&bytes).contains("the signature matches none of the configured keys"));
    user.write("plugin.zip.minisig", signed(&own, b"something else").as_bytes());
    assert!(user.refused(&bytes).contains("the signature matches none of the configured keys"));
    user.write("plugin.zip.minisig", b"no signature");
    assert!(user.refused(&bytes).contains("invalid .minisig file: "));
    let unsigned = user.run("--plugin --install plugin.zip --no-verify");
    assert_eq!(unsigned.code, Some(0));
    let loud = "warning: the signature of plugin.zip is not checked (--no-verify)\n";
    assert_eq!(unsigned.stderr, loud);
    user.run("--plugin --remove tally").expect_success();
    user.write("plugin.zip.minisig", signed(&own, &bytes).as_bytes());
    user.run("--plugin --install plugin.zip").expect_success();
}

#[test]
fn a_variable_names_keys_and_a_missing_key_is_an_error() {
    let user = User::new();
    let own = KeyPair::generate_unencrypted_keypair().unwrap();
    let bytes = Packed::named("tally").zip();
    user.write("plugin.zip", &bytes);
    user.write("plugin.zip.minisig", signed(&own, &bytes).as_bytes());
    let key = user.write("key.pub", own.pk.to_base64().as_bytes());
    let run = |key: &Path| {
        let key = key.display().to_string();
        user.run_in("--plugin --install plugin.zip", &[("METAFFI_PLUGIN_KEYS", &key)])
    };
    let error = run(&user.0.path("gone.pub")).expect_failure(1);
    assert!(error.contains("gone.pub"), "{error}");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o666)).unwrap();
    assert!(run(&key).expect_failure(1).contains("refusing keys that others can change"));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    run(&key).expect_success();
}

/// Serves the same bytes once for each item of `most`, which limits how many bytes
/// are sent. Returns the address, and the heads of the requests.
fn serve(bytes: Vec<u8>, most: Vec<usize>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/plugin.zip", listener.local_addr().unwrap());
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = heads.clone();
    thread::spawn(move || {
        for most in most {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap().to_lowercase();
            let range = head.lines().find_map(|line| line.strip_prefix("range: bytes="));
            let start = range.map(|range| range.trim_end_matches('-').parse().unwrap());
            let rest = &bytes[start.unwrap_or(0)..];
            let status = match start {
                Some(start) => {
                    let (end, all) = (bytes.len() - 1, bytes.len());
                    format!("206 Partial Content\r\nContent-Range: bytes {start}-{end}/{all}")
                }
                None => "200 OK".to_owned(),
            };
            let length = rest.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nETag: \"one\"\r\n\
                 Connection: close\r\n\r\n"
            );
            kept.lock().unwrap().push(head);
            stream.write_all(answer.as_bytes()).unwrap();
            stream.write_all(&rest[..most.min(length)]).unwrap();
        }
    });
    (address, heads)
}

#[test]
fn an_interrupted_download_resumes() {
    let user = User::new();
    let noise: Vec<u8> = (0..20_000_u32).flat_map(|n| Sha256::digest(n.to_le_bytes())).collect();
    let bytes = Packed::named("tally").with("noise", &noise).zip();
    let (url, heads) = serve(bytes, vec![300_000, usize::MAX]);
    let before = user.tree();
    let error = user.run(&format!("--plugin --install {url}")).expect_failure(1);
    assert!(error.contains("install it again to resume the download"), "{error}");
    assert_eq!(user.tree(), before);
    user.run(&format!("--plugin --install {url}")).expect_success();
    let heads = heads.lock().unwrap();
    assert!(!heads[0].contains("range:"), "{}", heads[0]);
    assert!(heads[1].contains("range: bytes=300000-\r\n"), "{}", heads[1]);
    assert!(heads[1].contains("if-range: \"one\"\r\n"), "{}", heads[1]);
    assert!(user.0.path(INSTALLED).join("noise").is_file());
    let left = fs::read_dir(user.0.path("cache/metaffi/plugins")).unwrap().count();
    assert_eq!(left, 0, "the download is removed");
}

#[test]
fn remote_plugins_need_https_or_a_signature() {
    let user = User::new();
    let error = user.run("--plugin --install http://example.org/a.zip").expect_failure(2);
    assert!(error.contains("http is not secure; use https"), "{error}");
    user.archive(&Packed::named("tally"));
    let url = format!("file://{}", user.0.path("plugin.zip").display());
    user.run(&format!("--plugin --install {url}")).expect_success();
}

#[test]
fn options_must_be_used_together() {
    let user = User::new();
    for arguments in [
        "--plugin",
        "--install plugin.zip",
        "--list",
        "--plugin --json",
        "--plugin --install a --remove b",
        "--plugin --remove b --no-verify",
        "--plugin --list -c",
    ] {
        user.run(arguments).expect_failure(2);
    }
}

/// The loopback plugin is installed under another name at the user's level, and called.
#[test]
fn an_installed_runtime_is_called() {
    let user = User::new();
    let library = "libmetaffi_loopback.so";
    let home = metaffi_testkit::home();
    let bytes = fs::read(home.join("plugins/loopback").join(library)).unwrap();
    let packed = Packed::named("echo").with(library, &bytes).saying("library", json!(library));
    user.archive(&packed.saying("compiler", Value::Null));
    user.run("--plugin --install plugin.zip").expect_success();
    let host = user.0.path("host");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/host.c");
    let mut cc = metaffi_testkit::c_compiler();
    cc.arg("-I").arg(home.join("include")).arg(source).arg("-o").arg(&host).arg("-ldl");
    assert!(cc.status().unwrap().success());
    let mut host = std::process::Command::new(host);
    host.arg(home.join("lib/libmetaffi.so")).env("XDG_DATA_HOME", user.0.path("data"));
    let output = host.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "40 + 2 = 42\n", "{output:?}");
}
