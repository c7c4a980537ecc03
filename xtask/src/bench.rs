//! `cargo xtask bench`: builds what `bench/` measures, and measures it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::paths::{home, library, root, target};
use crate::stage::{self, files, newer};
use crate::steps::{quiet, shown};

/// What to measure, and where the report goes besides target/bench/latest.md.
#[derive(clap::Args)]
pub struct Options {
    /// Write the report to docs/performance.md.
    #[arg(long)]
    write: bool,
    /// Show where the time of one scenario goes instead, such as `java/int64`.
    #[arg(long, value_name = "GUEST/SCENARIO")]
    profile: Option<String>,
    /// How often every scenario gets its turn.
    #[arg(long, default_value_t = 15)]
    rounds: u32,
}

/// The tools that the fixtures are built with, and the folder they go to.
struct Bench {
    source: PathBuf,
    built: PathBuf,
    python: PathBuf,
    java_home: PathBuf,
}

/// Stages, builds the fixtures, and measures.
pub fn bench(options: &Options) -> Result<()> {
    stage::stage()?;
    let bench = Bench::find()?;
    std::fs::create_dir_all(&bench.built)?;
    bench.build_java()?;
    bench.build_go()?;
    bench.build_guest()?;
    bench.build_floor("floor_java")?;
    bench.build_floor("floor_go")?;
    bench.measure(options)
}

impl Bench {
    fn find() -> Result<Self> {
        let python = std::env::var_os("METAFFI_TEST_PYTHON")
            .map_or_else(|| target().join("deps/venv/bin/python"), PathBuf::from);
        if !python.is_file() {
            bail!("{} is missing; `./dev bench` makes it", python.display());
        }
        let java_home = java_home()?;
        Ok(Self { source: root().join("bench"), built: target().join("bench"), python, java_home })
    }

    fn build_java(&self) -> Result<()> {
        let (source, jar) = (self.source.join("java/Bench.java"), self.built.join("bench.jar"));
        let classes = self.built.join("java");
        if !newer(std::slice::from_ref(&source), &jar) {
            return Ok(());
        }
        let mut javac = Command::new(self.java_home.join("bin/javac"));
        javac.args(["--release", "11", "-Xlint:all,-options", "-Werror", "-d"]);
        quiet("compile Bench.java", javac.arg(&classes).arg(source))?;
        let mut pack = Command::new(self.java_home.join("bin/jar"));
        pack.args(["--create", "--file"]).arg(&jar).arg("-C").arg(&classes).arg(".");
        quiet("pack bench.jar", &mut pack)
    }

    /// The Go library of the floor and of ctypes.
    fn build_go(&self) -> Result<()> {
        let (source, out) = (self.source.join("go"), self.built.join(library("bench_native")));
        if !newer(&files(&source, &["go", "mod", "h"])?, &out) {
            return Ok(());
        }
        let mut go = Command::new("go");
        go.current_dir(source).args(["build", "-trimpath", "-buildmode=c-shared", "-o"]);
        quiet("build the Go library of the floor", go.arg(&out).arg("."))
    }

    fn build_guest(&self) -> Result<()> {
        let source = self.source.join("go/bench.go");
        let metaffi = home().join("bin/metaffi");
        let guest = format!("bench_MetaFFIGuest{}", std::env::consts::DLL_SUFFIX);
        if !newer(&[source.clone(), metaffi.clone()], &self.built.join(guest)) {
            return Ok(());
        }
        let mut compile = Command::new(metaffi);
        compile.env("METAFFI_HOME", home()).args(["-c", "--idl"]).arg(source).args(["-g", "-o"]);
        quiet("build the Go guest", compile.arg(&self.built))
    }

    fn build_floor(&self, name: &str) -> Result<()> {
        let out = self.built.join(format!("{name}.so"));
        let folder = self.source.join("floor");
        let mut sources = files(&folder, &["c", "h"])?;
        sources.push(self.source.join("go/frame.h"));
        if !newer(&sources, &out) {
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
        quiet(&format!("build {name}"), cc.arg("-o").arg(out))
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

    fn measure(&self, options: &Options) -> Result<()> {
        let report = self.built.join("latest.md");
        let paths = std::env::join_paths([home().join("python"), self.source.clone()])?;
        let mut python = Command::new(&self.python);
        python
            .env("METAFFI_HOME", home())
            .env("JAVA_HOME", &self.java_home)
            .env("PYTHONPATH", paths)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args(["-m", "measure"])
            .arg(&self.built);
        if let Some(profile) = &options.profile {
            return shown("profile", python.arg("--profile").arg(profile));
        }
        python.arg("--rounds").arg(options.rounds.to_string()).arg("--out").arg(&report);
        shown("measure", &mut python)?;
        if options.write {
            publish(&report)?;
        }
        Ok(())
    }
}

fn publish(report: &Path) -> Result<()> {
    let page = root().join("docs/performance.md");
    std::fs::copy(report, &page).with_context(|| format!("{}", page.display()))?;
    Ok(())
}

/// The JDK that every contestant is to use: JAVA_HOME, else `javac`'s own.
fn java_home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("JAVA_HOME") {
        return Ok(home.into());
    }
    let found = std::env::var_os("PATH")
        .and_then(|path| std::env::split_paths(&path).find(|folder| folder.join("javac").is_file()))
        .context("there is no javac on PATH: install a JDK or set JAVA_HOME")?;
    let javac = found.join("javac").canonicalize()?;
    javac.ancestors().nth(2).map(Path::to_path_buf).context("javac is not in a JDK's bin folder")
}
