//! Systems other than this one: `./dev test windows`, `./dev test arm64`.
//!
//! `root.rs` and `runtimes.rs` create what is needed below `target/roots` and
//! `target/systems/<system>`: a root of Debian sid, with a Rust that has the sources of its
//! library, cross compilers, Wine and QEMU, and the runtimes of that system. `checks.rs` then runs
//! in the root, where the checkout has the same path; `runner.rs` starts programs of the other
//! system.

mod checks;
mod examples;
mod packages;
mod root;
mod runner;
mod runtimes;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use metaffi_languages::Places;

use crate::dist;
use crate::matrix;
use crate::paths::{home, places, root as checkout, target};
use crate::steps::shown;

/// A system that programs are built for on this one, and that an emulator runs.
#[derive(Debug)]
pub struct System {
    /// Its name on the command line and in folders: `windows`.
    pub name: &'static str,
    /// Its title, with the emulator that runs its programs.
    pub title: &'static str,
    /// Its name in Rust.
    triple: &'static str,
    /// As the manifests of plugins name it.
    pub platform: &'static str,
    /// The suffixes of programs and of libraries, what libraries begin with, and what separates
    /// paths.
    names: [&'static str; 4],
    /// Go's names of the system and the processor.
    go: [&'static str; 2],
    /// The C compiler.
    cc: &'static str,
    /// Additional options of `rustc`.
    rustflags: &'static str,
    /// The Debian packages that only this system needs.
    packages: &'static [&'static str],
    /// The platforms of wheels that its Python takes.
    wheels: &'static [&'static str],
    /// Where its Python and its Java are, below its folder or in its root.
    python: &'static str,
    java_home: &'static str,
    /// What its emulator, and none of our programs, writes to standard error.
    pub noise: &'static [&'static str],
    /// How many times longer than here things may take.
    pub slowness: u32,
    emulator: Emulator,
}

/// The emulator that runs the programs of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emulator {
    /// Wine, which maps the drive `Z:` to the root.
    Wine,
    /// QEMU, one process at a time, in a root of that system.
    Qemu,
}

static SYSTEMS: [System; 2] = [
    System {
        name: "windows",
        title: "Windows x86-64, by Wine",
        triple: "x86_64-pc-windows-gnu",
        platform: "windows-x86_64",
        names: [".exe", ".dll", "", ";"],
        go: ["windows", "amd64"],
        cc: "x86_64-w64-mingw32ucrt-gcc",
        rustflags: "-Cdlltool=x86_64-w64-mingw32ucrt-dlltool",
        packages: &["gcc-mingw-w64-ucrt64", "wine", "wine64"],
        wheels: &["win_amd64"],
        python: "runtimes/python/python.exe",
        java_home: "runtimes/java",
        noise: &[
            // From HotSpot, about a function that Wine lacks.
            "Attempt to get process group affinity failed: Call not implemented",
            "XDG_RUNTIME_DIR is invalid or not set in the environment",
        ],
        slowness: 2,
        emulator: Emulator::Wine,
    },
    System {
        name: "arm64",
        title: "Linux arm64, by QEMU",
        triple: "aarch64-unknown-linux-gnu",
        platform: "linux-aarch64",
        names: ["", ".so", "lib", ":"],
        go: ["linux", "arm64"],
        cc: "aarch64-linux-gnu-gcc",
        rustflags: "",
        packages: &["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "qemu-user", "mmdebstrap"],
        wheels: &["manylinux_2_28_aarch64", "manylinux2014_aarch64"],
        python: "/usr/bin/python3",
        java_home: "/usr/lib/jvm/java-21-openjdk-arm64",
        noise: &[],
        slowness: 4,
        emulator: Emulator::Qemu,
    },
];

/// Set for processes inside the root.
const INSIDE: &str = "METAFFI_XTASK_INSIDE";

/// The options of `cargo xtask system`.
#[derive(clap::Args)]
pub struct Options {
    /// `windows` or `arm64`.
    name: String,
    /// What to do: `checks` for all of `./dev test <system>`, or one of its parts.
    #[arg(default_value = "checks")]
    what: checks::What,
    /// Only examples whose names begin so.
    #[arg(long, default_value = "")]
    example: String,
    /// Which cells of the matrix.
    #[command(flatten)]
    cells: matrix::Options,
}

/// `./dev test <system>`: the group has the name of the system.
pub fn check(group: &str) -> Result<()> {
    let system = System::named(group)?;
    prepare(system, checks::What::Checks)?;
    enter(system, &["checks".to_owned()])
}

/// `cargo xtask system`: all checks, or a part of them.
pub fn system(options: &Options) -> Result<()> {
    let system = System::named(&options.name)?;
    if std::env::var_os(INSIDE).is_some() {
        return checks::run(system, options.what, &options.example, &options.cells);
    }
    prepare(system, options.what)?;
    let arguments: Vec<String> = std::env::args().skip_while(|a| *a != options.name).collect();
    enter(system, &arguments[1..])
}

/// Does what some parts need done outside of the root.
fn prepare(system: &'static System, what: checks::What) -> Result<()> {
    if what.has(checks::What::Packages) {
        system.make_packages()?;
    }
    if what.has(checks::What::Examples) {
        runtimes::python_packages(system)?;
        examples::fetch(system)?;
    }
    Ok(())
}

/// Makes what is missing, and goes on in the root.
fn enter(system: &'static System, arguments: &[String]) -> Result<()> {
    let root = root::root(system)?;
    runtimes::make(system, &root)?;
    let (checkout, target) = (checkout(), std::path::absolute(target())?);
    let mut command = crate::chroot::enter(&root, &[&checkout, &target], &checkout)?;
    command.arg(format!("CARGO_TARGET_DIR={}", target.display())).arg(format!("{INSIDE}=1"));
    command.arg(std::env::current_exe()?).args(["system", system.name]).args(arguments);
    shown(system.title, &mut command)
}

impl System {
    /// The system with a name.
    pub fn named(name: &str) -> Result<&'static System> {
        let found = SYSTEMS.iter().find(|system| system.name == name);
        found.with_context(|| {
            let names: Vec<_> = SYSTEMS.iter().map(|system| system.name).collect();
            format!("there is no system {name}; the systems are {names:?}")
        })
    }

    /// Builds it in its root, and lays out its installation.
    pub fn build(&'static self) -> Result<()> {
        enter(self, &["build".to_owned()])
    }

    /// Its installation.
    pub fn home(&self) -> PathBuf {
        self.folder().join("metaffi")
    }

    /// A program of its binutils, in the root.
    pub fn tool(&self, name: &str) -> Result<Command> {
        let target = std::path::absolute(target())?;
        let mut command = crate::chroot::enter(&root::root(self)?, &[&target], &target)?;
        command.arg(self.cc.replace("gcc", name));
        Ok(command)
    }

    /// Packs it as `./dev dist` does, for the tests.
    fn make_packages(&self) -> Result<()> {
        let options = dist::Options { as_built: true, systems: vec![self.name.to_owned()] };
        dist::make(&options, &self.packages_folder())
    }

    /// Where its packages for the tests are.
    fn packages_folder(&self) -> PathBuf {
        self.folder().join("packages")
    }

    /// Where everything is that is made for it.
    fn folder(&self) -> PathBuf {
        target().join("systems").join(self.name)
    }

    /// What the placeholders of a `language.json` stand for when something is built for it.
    pub fn places(&self) -> Places {
        let [exe, dll, dll_prefix, _] = self.names;
        let folder = self.folder();
        places()
            .with("target", folder.display())
            .with("built", self.built().display())
            .with("home", self.home().display())
            .with("metaffi", home().join("bin/metaffi").display())
            .with("METAFFI_TEST_PYTHON", "/usr/bin/python3")
            .with("platform", self.platform)
            .with("abi3", if self.emulator == Emulator::Wine { ".pyd" } else { ".abi3.so" })
            .with("exe", exe)
            .with("dll", dll)
            .with("dll_prefix", dll_prefix)
    }

    /// The same, as its programs see it.
    pub fn seen_places(&self) -> Places {
        let folder = self.folder();
        self.places()
            .map(|place| match Path::new(place) {
                path if path.is_absolute() => self.seen(path),
                _ => place.to_owned(),
            })
            .with(":", self.names[3])
            .with("METAFFI_TEST_PYTHON", self.seen(&folder.join(self.python)))
            .with("METAFFI_TEST_JARS", self.seen(&target().join("deps/jars")))
    }

    /// The path by which its programs see a path of this machine.
    pub fn seen(&self, path: &Path) -> String {
        let path = path.display().to_string();
        match self.emulator {
            Emulator::Wine => format!("Z:{}", path.replace('/', "\\")),
            Emulator::Qemu => path,
        }
    }

    /// Cargo's output for it.
    fn built(&self) -> PathBuf {
        self.folder().join("cargo").join(self.triple).join("release")
    }

    /// A program of this machine that builds something for it.
    pub fn builder(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let lower = self.triple.replace('-', "_");
        command.env("CARGO_TARGET_DIR", self.folder().join("cargo"));
        command.env("CARGO_BUILD_TARGET", self.triple);
        // The standard library is also built: Debian's Rust only has that of its own system.
        command.env("RUSTC_BOOTSTRAP", "1");
        command.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_unwind,test");
        command.env(cargo_setting(self.triple, "LINKER"), self.cc);
        command.env(cargo_setting(self.triple, "RUSTFLAGS"), self.rustflags);
        command.env(format!("CC_{lower}"), self.cc).env("CC", self.cc);
        command.env("GOOS", self.go[0]).env("GOARCH", self.go[1]).env("CGO_ENABLED", "1");
        command.env("METAFFI_HOME", home());
        command
    }
}

/// Cargo's variable for a setting of a target.
fn cargo_setting(triple: &str, setting: &str) -> String {
    format!("CARGO_TARGET_{}_{setting}", triple.to_uppercase().replace('-', "_"))
}
