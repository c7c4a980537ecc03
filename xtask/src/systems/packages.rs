//! Installs what `./dev dist` makes for another system, each package with its own tool and with
//! nothing else of ours there, and makes a first call.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::{Emulator, System};
use crate::chroot::remove;
use crate::dist::{CRATES, VERSION};
use crate::paths::{copy_files, root};
use crate::steps::{done, quiet};

/// What the programs in `install` print.
const FROM_JAVA: &str = "Hello from openjdk: [a, b]";
const FROM_PYTHON: &str = "hypot of 3 and 4: 5";

/// Installs one package, and makes a first call.
type Part = fn(&Place<'_>) -> Result<()>;

/// Installs each package.
pub(super) fn check(system: &System) -> Result<()> {
    let place = Place::new(system)?;
    let parts: [(&str, Part); 6] = [
        ("the wheel", wheel),
        ("the jars", jars),
        ("the Go module", go_module),
        ("the crate", package),
        ("the archive", archive),
        ("the Debian package", debian),
    ];
    let mut failed = Vec::new();
    for (name, part) in parts {
        let (start, what) = (Instant::now(), format!("{name}, {}", system.title));
        match part(&place) {
            Ok(()) => done(&what, start),
            Err(error) => {
                println!("FAIL  {what}: {error:#}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("packages: {}", failed.join(", ")) }
}

/// Where packages are installed.
struct Place<'a> {
    system: &'a System,
    folder: PathBuf,
    exe: &'static str,
}

impl<'a> Place<'a> {
    fn new(system: &'a System) -> Result<Self> {
        let folder = system.folder().join("installed");
        remove(&folder)?;
        fs::create_dir_all(&folder)?;
        if system.emulator == Emulator::Wine {
            // The cache of Wine's user, which programs there find by the registry.
            let users = system.wine_prefix().join("drive_c/users");
            for user in fs::read_dir(users)?.flatten() {
                remove(&user.path().join("AppData/Local/metaffi"))?;
            }
        }
        Ok(Place { system, folder, exe: system.names[0] })
    }

    fn packages(&self) -> PathBuf {
        self.system.packages_folder()
    }

    /// A package, by its file's name in the folder of packages.
    fn package(&self, file: impl AsRef<Path>) -> Result<PathBuf> {
        let path = self.packages().join(file);
        if path.is_file() { Ok(path) } else { bail!("{} is missing", path.display()) }
    }

    /// A file of the place, as its programs name it.
    fn seen(&self, path: impl AsRef<Path>) -> String {
        self.system.seen(&self.folder.join(path))
    }

    /// What builds for the system, in a folder of this place, with nothing of ours set.
    fn builder(&self, program: &str, folder: &str) -> Command {
        let mut command = self.system.builder(program);
        command.env_remove("METAFFI_HOME").current_dir(self.folder.join(folder));
        command
    }

    /// Runs a program of the system with nothing of ours set but which Python is meant; gives
    /// what it prints.
    fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let mut command = self.system.runner(program, &self.folder);
        let python = self.system.seen_places().fill("{METAFFI_TEST_PYTHON|}")?;
        command.args(arguments).env_remove("METAFFI_HOME").env("METAFFI_PYTHON", python);
        command.env("XDG_CACHE_HOME", self.seen("a cache é")).stdin(Stdio::null());
        if self.system.emulator == Emulator::Wine {
            command.env("PYTHONPATH", self.seen("python/Lib/site-packages"));
        }
        let output = command.output().with_context(|| program.to_owned())?;
        let [text, errors] =
            [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        if !output.status.success() {
            bail!("{program} {} failed ({})\n{text}{errors}", arguments.join(" "), output.status);
        }
        Ok(text)
    }

    /// Runs a program that has to print `expected`.
    fn prints(&self, program: &str, arguments: &[&str], expected: &str) -> Result<()> {
        let text = self.run(program, arguments)?;
        match text.contains(expected) {
            true => Ok(()),
            false => bail!("{program} printed\n{text}and not `{expected}`"),
        }
    }
}

/// By pip, into an environment of that system's Python. That for Windows lacks what makes such an
/// environment, but not pip: a folder on Python's path.
fn wheel(place: &Place<'_>) -> Result<()> {
    let is_windows = place.system.emulator == Emulator::Wine;
    let python = place.system.seen_places().fill("{METAFFI_TEST_PYTHON|}")?;
    let packages = place.system.seen(&place.packages());
    let (folder, sources) = (place.seen("python"), ["--no-index", "--find-links", &packages]);
    let pip = ["-m", "pip", "--disable-pip-version-check", "install", "-q", "metaffi-api"];
    let (python, metaffi) = if is_windows {
        place.run(&python, &[&pip[..], &sources, &["--prefix", &folder]].concat())?;
        (python, "python/Scripts/metaffi.exe")
    } else {
        place.run(&python, &["-m", "venv", &folder])?;
        let python = place.seen("python/bin/python");
        place.run(&python, &[&pip[..], &sources].concat())?;
        (python, "python/bin/metaffi")
    };
    let main = place.system.seen(&root().join("install/python/main.py"));
    place.prints(&python, &["-W", "error", &main], FROM_JAVA)?;
    place.prints(&place.seen(metaffi), &["--version"], VERSION)
}

/// Each alone on the class path: the one of this platform, and the one of all.
fn jars(place: &Place<'_>) -> Result<()> {
    let classes = place.folder.join("classes");
    for classifier in [format!("-{}", place.system.platform), String::new()] {
        let name = format!("metaffi-api-{VERSION}{classifier}.jar");
        let jar = place.package(format!("maven/com/metaffi/metaffi-api/{VERSION}/{name}"))?;
        let mut javac = Command::new("javac");
        javac.args(["--release", "11", "-d"]).arg(&classes).arg("-cp").arg(&jar);
        javac.arg(root().join("install/java-maven/src/main/java/Main.java"));
        quiet(&format!("compile against {name}"), &mut javac)?;
        let separator = place.system.names[3];
        let path = [place.seen("classes"), place.system.seen(&jar)].join(separator);
        let native = "--enable-native-access=ALL-UNNAMED";
        place.prints("java", &[native, "-cp", &path, "Main"], FROM_PYTHON)?;
    }
    Ok(())
}

/// From the proxy alone.
fn go_module(place: &Place<'_>) -> Result<()> {
    copy_files(&root().join("install/go"), &place.folder.join("go"))?;
    let program = place.folder.join("go/hypot").with_extension(place.exe.trim_start_matches('.'));
    let program_text = program.display().to_string();
    let steps: [&[&str]; 3] = [
        &["mod", "init", "example.com/hypot"],
        &["get", "github.com/MetaFFI/sdk/api/go@latest"],
        &["build", "-trimpath", "-o", &program_text, "."],
    ];
    for step in steps {
        let mut go = place.builder("go", "go");
        go.env("GOPROXY", format!("file://{}/go", place.packages().display()));
        go.env("GONOSUMDB", "github.com/MetaFFI/*").env("GOFLAGS", "-modcacherw");
        go.env("GOMODCACHE", place.folder.join("gomod"));
        quiet(&format!("go {}", step[0]), go.args(step))?;
    }
    place.prints(&place.system.seen(&program), &[], FROM_PYTHON)
}

/// From the packed crates, one by one: in place of the whole registry they would also be in place
/// of what the standard library is built from.
fn package(place: &Place<'_>) -> Result<()> {
    let project = place.folder.join("rust");
    copy_files(&root().join("install/rust"), &project)?;
    fs::create_dir_all(project.join(".cargo"))?;
    let source = place.packages().join("cargo");
    let patch = |name: &&str| {
        format!("{name} = {{ path = {:?} }}\n", source.join(format!("{name}-{VERSION}")))
    };
    let patches: String = CRATES.iter().map(patch).collect();
    fs::write(project.join(".cargo/config.toml"), format!("[patch.crates-io]\n{patches}"))?;
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock"))?;
    let mut cargo = place.builder("cargo", "rust");
    // As the workspace has it: the standard library need not be built once more.
    cargo.env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only");
    quiet("cargo build", cargo.args(["build", "--release", "--quiet"]))?;
    let program = place.system.built().join(format!("hypot{}", place.exe));
    place.prints(&place.system.seen(&program), &[], FROM_PYTHON)
}

/// Where it is unpacked.
fn archive(place: &Place<'_>) -> Result<()> {
    let (name, folder) = (format!("metaffi-{VERSION}-{}", place.system.platform), "a folder é");
    let to = place.folder.join(folder);
    fs::create_dir_all(&to)?;
    match place.system.emulator {
        Emulator::Wine => {
            let archive = place.package(format!("{name}.zip"))?;
            zip::ZipArchive::new(fs::File::open(archive)?)?.extract(&to)?;
        }
        Emulator::Qemu => {
            let mut tar = Command::new("tar");
            tar.arg("-xzf").arg(place.package(format!("{name}.tar.gz"))?).arg("-C").arg(&to);
            quiet("unpack the archive", &mut tar)?;
        }
    }
    let metaffi = place.seen(format!("{folder}/{name}/bin/metaffi{}", place.exe));
    place.prints(&metaffi, &["--plugin", "--list"], "openjdk")?;
    place.prints(&metaffi, &["inspect", "math", "-g", "python3"], "callable=hypot")
}

/// Unpacked, since there is no dpkg in the root for that system.
fn debian(place: &Place<'_>) -> Result<()> {
    if place.system.emulator == Emulator::Wine {
        return Ok(());
    }
    let package = place.package(format!("metaffi_{VERSION}_{}.deb", place.system.go[1]))?;
    let mut dpkg = Command::new("dpkg-deb");
    quiet("unpack it", dpkg.arg("-x").arg(package).arg(place.folder.join("debian")))?;
    place.prints(&place.seen("debian/usr/bin/metaffi"), &["--plugin", "--list"], "openjdk")
}
