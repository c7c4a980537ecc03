//! Builds the fixtures, the floors and the host programs of the benchmark, each only if one of its
//! sources is newer.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::paths::{copy_files, home, library, root, target};
use crate::stage::{files, newer};
use crate::steps::{quiet, shown};

/// The tools that everything is built with, and the output folder.
pub struct Bench {
    pub source: PathBuf,
    pub built: PathBuf,
    pub python: PathBuf,
    pub java_home: PathBuf,
    /// The folder of peers that need a separate one.
    pub peers: PathBuf,
}

impl Bench {
    /// Finds the tools.
    pub fn find() -> Result<Self> {
        let deps = target().join("deps");
        let python = std::env::var_os("METAFFI_TEST_PYTHON")
            .map_or_else(|| deps.join("venv/bin/python"), PathBuf::from);
        if !python.is_file() {
            bail!("{} is missing; `./dev bench` creates it", python.display());
        }
        let (source, built, peers) =
            (root().join("bench"), target().join("bench"), deps.join("bench"));
        Ok(Self { source, built, python, java_home: java_home()?, peers })
    }

    /// The folder of the libraries that stubs are generated from; missing ones are downloaded.
    pub fn jars(&self) -> Result<PathBuf> {
        let folder = target().join("deps/bench-jars");
        for artifact in std::fs::read_to_string(self.source.join("jars.txt"))?.lines() {
            let (_, name) = artifact.split_once(':').unwrap_or_default();
            let name = name.replace(':', "-");
            if !folder.join(name + ".jar").is_file() {
                let mut maven = Command::new("mvn");
                maven.args(["-q", "-B", "dependency:copy"]).arg(format!("-Dartifact={artifact}"));
                maven.arg(format!("-DoutputDirectory={}", folder.display()));
                quiet(&format!("download {artifact}"), &mut maven)?;
            }
        }
        Ok(folder)
    }

    /// Builds what is needed to count instructions: the guests, and the host without stubs.
    pub fn build_counted(&self) -> Result<()> {
        std::fs::create_dir_all(&self.built)?;
        self.build_jar("bench", "java", &self.source.join("java"), &[])?;
        self.build_guest()?;
        copy_files(&self.source.join("python"), &self.built.join("python"))?;
        self.build_rust_host("host_counted", |cargo| cargo)
    }

    /// Builds everything.
    pub fn build(&self) -> Result<()> {
        std::fs::create_dir_all(&self.built)?;
        self.build_jar("bench", "java", &self.source.join("java"), &[])?;
        self.build_guest()?;
        copy_files(&self.source.join("python"), &self.built.join("python"))?;
        self.make_stubs()?;
        let library = library("bench_native");
        self.build_go("the Go library of the floor", &self.source.join("go"), &library)?;
        self.build_floors()?;
        self.build_java_host()?;
        self.build_go_host()?;
        let stubs = self.built.join("stubs");
        self.build_rust_host("host_rust", |cargo| {
            cargo.env("METAFFI_STUBS", stubs).args(["--features", "stubs"])
        })
    }

    /// The stubs that some hosts are also measured with, in a folder for each guest.
    fn make_stubs(&self) -> Result<()> {
        for (guest, source, hosts) in [
            ("java", self.built.join("bench.jar"), "python3,rust"),
            ("go", self.source.join("go/bench.go"), "python3,openjdk,rust"),
            ("python", self.source.join("python/bench_guest.py"), "openjdk,rust"),
        ] {
            self.make_stubs_of(&source, hosts, &self.built.join("stubs").join(guest))?;
        }
        Ok(())
    }

    fn make_stubs_of(&self, source: &Path, hosts: &str, out: &Path) -> Result<()> {
        let mut metaffi = metaffi();
        metaffi.args(["-c", "--idl"]).arg(source).args(["-h", hosts, "-o"]).arg(out);
        quiet(&format!("generate stubs of {}", source.display()), &mut metaffi)
    }

    fn build_jar(&self, jar: &str, folder: &str, source: &Path, path: &[PathBuf]) -> Result<()> {
        let (mut sources, classes) = (files(source, &["java"])?, self.built.join(folder));
        if self.jep().is_none() {
            sources.retain(|source| !source.ends_with("Jep.java"));
        }
        let out = self.built.join(format!("{jar}.jar"));
        if !newer(&[&sources, path].concat(), &out) {
            return Ok(());
        }
        let mut javac = Command::new(self.java_home.join("bin/javac"));
        javac.args(["--release", "11", "-Xlint:all,-options", "-Werror", "-cp"]);
        javac.arg(std::env::join_paths(path)?).arg("-d").arg(&classes).args(sources);
        quiet(&format!("compile {jar}.jar"), &mut javac)?;
        let mut pack = Command::new(self.java_home.join("bin/jar"));
        pack.args(["--create", "--file"]).arg(&out).arg("-C").arg(&classes).arg(".");
        quiet(&format!("pack {jar}.jar"), &mut pack)
    }

    fn build_java_host(&self) -> Result<()> {
        let stubs = ["go/bench", "python/bench_guest"];
        let stubs = stubs.map(|one| self.built.join(format!("stubs/{one}_MetaFFIHost.jar")));
        let path: Vec<_> = [api_jar()].into_iter().chain(stubs).chain(self.jep()).collect();
        self.build_jar("host", "host", &self.source.join("hosts/java"), &path)
    }

    /// The Go host in a copy of its module, next to the stubs that it imports.
    fn build_go_host(&self) -> Result<()> {
        let folder = self.built.join("hosts/go");
        copy_files(&self.source.join("hosts/go"), &folder)?;
        copy_files(&self.source.join("floor"), &self.built.join("floor"))?; // the header
        quiet("add the API to the Go host", metaffi().arg("go-setup").current_dir(&folder))?;
        let python = self.source.join("python/bench_guest.py");
        for source in [self.built.join("bench.jar"), python] {
            self.make_stubs_of(&source, "go", &folder.join("stubs"))?;
        }
        self.build_go("the Go host", &folder, "host_go")
    }

    /// A Go program, or a library if the name is that of one.
    fn build_go(&self, what: &str, source: &Path, out: &str) -> Result<()> {
        let out = self.built.join(out);
        let mut sources = files(source, &["go", "mod", "h"])?;
        sources.push(self.source.join("floor/guest.h"));
        sources.extend(files(&root().join("langs/go/api"), &["go", "mod", "h", "c"])?);
        if !newer(&sources, &out) {
            return Ok(());
        }
        let mut go = Command::new("go");
        go.current_dir(source).args(["build", "-trimpath", "-tags", "stubs"]);
        if out.extension().is_some() {
            go.arg("-buildmode=c-shared");
        }
        quiet(&format!("build {what}"), go.arg("-o").arg(out).arg("."))
    }

    fn build_guest(&self) -> Result<()> {
        let source = self.source.join("go/bench.go");
        let guest = format!("bench_MetaFFIGuest{}", std::env::consts::DLL_SUFFIX);
        let mut made_of = files(&home().join("go"), &["go", "c", "h"])?; // the glue
        made_of.extend([source.clone(), home().join("bin/metaffi")]);
        if !newer(&made_of, &self.built.join(guest)) {
            return Ok(());
        }
        let mut compile = metaffi();
        compile.args(["-c", "--idl"]).arg(source).args(["-g", "-o"]);
        quiet("build the Go guest", compile.arg(&self.built))
    }

    fn build_rust_host(
        &self,
        name: &str,
        prepare: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<()> {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root());
        cargo.args(["build", "--release", "--locked", "--quiet", "-p", "metaffi-bench-host"]);
        shown("build the Rust host", prepare(&mut cargo))?;
        let built = target().join("release/metaffi-bench-host");
        std::fs::copy(&built, self.built.join(name))
            .with_context(|| format!("{}", built.display()))?;
        Ok(())
    }

    /// For each guest its functions in C, and for each host the code that calls them.
    fn build_floors(&self) -> Result<()> {
        for (name, out) in [
            ("guest_java", library("floor_java")),
            ("guest_go", library("floor_go")),
            ("guest_python", library("floor_python")),
            ("host_java", library("floor_host_java")),
            // The suffix of Python extensions.
            ("host_python", "floor_python.so".into()),
        ] {
            self.build_floor(name, &self.built.join(out))?;
        }
        Ok(())
    }

    fn build_floor(&self, name: &str, out: &Path) -> Result<()> {
        let folder = self.source.join("floor");
        let mut sources = files(&folder, &["h"])?;
        sources.push(folder.join(format!("{name}.c")));
        sources.push(self.source.join("go/frame.h"));
        if !newer(&sources, out) {
            return Ok(());
        }
        let jni = self.java_home.join("include");
        let mut cc = Command::new("cc");
        cc.args(["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I"])
            .arg(self.python_headers()?)
            .arg("-I")
            .arg(&jni)
            .arg("-I")
            .arg(jni.join(std::env::consts::OS))
            .arg(folder.join(format!("{name}.c")));
        quiet(&format!("build the floor's {name}"), cc.arg("-o").arg(out))
    }

    fn python_headers(&self) -> Result<PathBuf> {
        let script = "import sysconfig; print(sysconfig.get_path('include'))";
        let printed = Command::new(&self.python).args(["-c", script]).output()?.stdout;
        let headers = PathBuf::from(String::from_utf8(printed)?.trim());
        if !headers.join("Python.h").is_file() {
            bail!("the floor needs {}/Python.h: install python3-dev", headers.display());
        }
        Ok(headers)
    }

    /// The jar of Jep, if it is installed.
    fn jep(&self) -> Option<PathBuf> {
        files(&self.peers.join("jep"), &["jar"]).ok()?.into_iter().next()
    }
}

/// The command, in this installation.
fn metaffi() -> Command {
    let mut metaffi = Command::new(home().join("bin/metaffi"));
    metaffi.env("METAFFI_HOME", home());
    metaffi
}

/// The classes that Java programs are compiled against and run with.
pub fn api_jar() -> PathBuf {
    home().join("plugins/openjdk/metaffi.api.jar")
}

/// The JDK that every contestant has to use: JAVA_HOME, or else the one of `javac`.
fn java_home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return Ok(home.into());
    }
    let found = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).find(|folder| folder.join("javac").is_file()))
        .context("javac cannot be found on PATH: install a JDK or set JAVA_HOME")?;
    let javac = found.join("javac").canonicalize()?;
    javac.ancestors().nth(2).map(Path::to_path_buf).context("javac is not in a JDK's bin folder")
}
