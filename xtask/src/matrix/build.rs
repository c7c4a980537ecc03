//! Builds hosts and guests into `target/conformance`, when something changed.
//!
//! One class folder holds the Java guests of all topics, and one library the
//! Go guests: `conformance/` is a Go module with a package for each topic.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use serde_json::{Value, json};

use super::cells::Cell;
use super::toolchain::Toolchain;
use super::topic::{Topic, folder};
use crate::paths::{copy_files, home, jar, root, target};
use crate::stage::{files, newer};
use crate::steps::quiet;

/// Where everything goes that the matrix makes.
pub fn built() -> PathBuf {
    target().join("conformance")
}

/// The module paths of a topic's guests.
pub fn modules(toolchain: &Toolchain, topic: &Topic) -> Value {
    json!({
        "python3": folder().join(&topic.name).join(&topic.name).with_extension("py"),
        "openjdk": java_guests(),
        "go": go_guests(toolchain),
    })
}

/// Builds what the cells need.
pub fn build(toolchain: &Toolchain, cells: &[Cell<'_>]) -> Result<()> {
    for (language, build) in HOSTS {
        if cells.iter().any(|cell| cell.host == *language) {
            build(toolchain)?;
        }
    }
    build_java_guests(toolchain)?;
    build_go_guests(toolchain)
}

type Build = fn(&Toolchain) -> Result<()>;

/// Hosts that are built, and how.
const HOSTS: &[(&str, Build)] =
    &[("openjdk", build_java_host), ("go", build_go_host), ("rust", build_rust_host)];

/// The command that runs a cell's host, but for the plan's path.
pub fn host(toolchain: &Toolchain, host: &str) -> Command {
    match host {
        "python3" => {
            let mut python = toolchain.python();
            python.arg(host_sources(host).join("main.py"));
            python
        }
        "openjdk" => {
            let mut java = toolchain.java();
            java.arg("-jar").arg(java_host());
            java
        }
        "go" => toolchain.command(go_host(toolchain)),
        _ => {
            let exe = format!("metaffi-conformance-host{}", std::env::consts::EXE_SUFFIX);
            toolchain.command(target().join("release").join(exe))
        }
    }
}

fn host_sources(host: &str) -> PathBuf {
    folder().join("hosts").join(host)
}

fn build_rust_host(_: &Toolchain) -> Result<()> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["build", "--release", "--locked", "--quiet", "-p"]);
    quiet("build the Rust host", cargo.arg("metaffi-conformance-host"))
}

fn java_host() -> PathBuf {
    built().join("host.jar")
}

fn java_api() -> PathBuf {
    home().join("plugins/openjdk/metaffi.api.jar")
}

/// An executable jar, which may load native code on every JDK.
fn build_java_host(toolchain: &Toolchain) -> Result<()> {
    let api = java_api();
    let json = jar("json-20250517.jar");
    let (sources, out) = (files(&host_sources("openjdk"), &["java"])?, java_host());
    let inputs: Vec<_> = sources.iter().chain([&api, &json]).cloned().collect();
    if !newer(&inputs, &out) {
        return Ok(());
    }
    let classes = built().join("host");
    let _ = std::fs::remove_dir_all(&classes);
    let mut javac = javac(toolchain);
    javac.arg("-cp").arg(std::env::join_paths([&api, &json])?).arg("-d").arg(&classes);
    quiet("compile the Java host", javac.args(sources))?;
    let manifest = built().join("host.mf");
    let url = |path: &PathBuf| format!("file:{}", path.display());
    // A line of a manifest has 72 bytes at most; a blank continues it.
    let class_path = format!("Class-Path: {} {}", url(&api), url(&json));
    let lines: Vec<_> = class_path.as_bytes().chunks(70).map(String::from_utf8_lossy).collect();
    let text = format!(
        "{}\nMain-Class: host.Main\nEnable-Native-Access: ALL-UNNAMED\n",
        lines.join("\n ")
    );
    std::fs::write(&manifest, text)?;
    let mut pack = toolchain.command("jar");
    pack.args(["--create", "--file"]).arg(out).arg("--manifest").arg(manifest);
    quiet("pack the Java host", pack.arg("-C").arg(classes).arg("."))
}

fn go_host(toolchain: &Toolchain) -> PathBuf {
    let exe = format!("host{}", std::env::consts::EXE_SUFFIX);
    built().join(toolchain.go_label()).join(exe)
}

/// A copy of the sources is wired to the installation, and built.
fn build_go_host(toolchain: &Toolchain) -> Result<()> {
    let sources = host_sources("go");
    let mut inputs = files(&sources, &["go", "mod", "sum"])?;
    inputs.extend(files(&home().join("go"), GO_SOURCES)?);
    let out = go_host(toolchain);
    if !newer(&inputs, &out) {
        return Ok(());
    }
    let copy = built().join(toolchain.go_label()).join("host-sources");
    let _ = std::fs::remove_dir_all(&copy);
    copy_files(&sources, &copy)?;
    let mut setup = toolchain.command(home().join("bin/metaffi"));
    quiet("wire the Go host", setup.arg("go-setup").current_dir(&copy))?;
    let mut go = toolchain.command("go");
    go.current_dir(&copy).args(["build", "-o"]).arg(out).arg(".");
    quiet(&format!("build the Go host with {toolchain}"), &mut go)
}

const GO_SOURCES: &[&str] = &["go", "c", "h", "mod", "sum"];

/// The installed `javac`, which also builds for the oldest Java.
fn javac(toolchain: &Toolchain) -> Command {
    let mut javac = toolchain.command("javac");
    javac.env_remove("JAVA_HOME");
    javac.args(["--release", "11", "-Xlint:all,-options", "-Werror", "-parameters", "-g"]);
    javac
}

fn java_guests() -> PathBuf {
    built().join("openjdk")
}

fn go_guests(toolchain: &Toolchain) -> PathBuf {
    built().join(toolchain.go_label()).join("conformance_MetaFFIGuest")
}

/// Sources of all topics, without those of the hosts.
fn sources(extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let hosts = folder().join("hosts");
    let all = files(&folder(), extensions)?;
    Ok(all.into_iter().filter(|path| !path.starts_with(&hosts)).collect())
}

fn build_java_guests(toolchain: &Toolchain) -> Result<()> {
    let (sources, stamp) = (sources(&["java"])?, java_guests().join(".built"));
    if !newer(&sources, &stamp) {
        return Ok(());
    }
    let _ = std::fs::remove_dir_all(java_guests());
    let mut javac = javac(toolchain);
    javac.arg("-cp").arg(java_api()).arg("-d").arg(java_guests()).args(sources);
    quiet("compile the Java guests", &mut javac)?;
    Ok(std::fs::write(stamp, "")?)
}

fn build_go_guests(toolchain: &Toolchain) -> Result<()> {
    let guest = go_guests(toolchain).with_extension(std::env::consts::DLL_EXTENSION);
    let mut inputs = sources(&["go", "mod"])?;
    inputs.extend(files(&home().join("go"), GO_SOURCES)?);
    inputs.push(home().join("bin/metaffi"));
    if !newer(&inputs, &guest) {
        return Ok(());
    }
    let mut metaffi = toolchain.command(home().join("bin/metaffi"));
    metaffi.args(["-c", "--idl"]).arg(folder()).args(["-g", "-o"]);
    let what = format!("build the Go guests with {toolchain}");
    quiet(&what, metaffi.arg(built().join(toolchain.go_label())))
}
