//! Runs `examples/` on another system: the commands of each README in a shell of this machine, in
//! which `python3`, `java`, `metaffi`, `go` and `cargo` are scripts that build for that system
//! and run its programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use super::{System, cargo_setting};
use crate::examples::{Example, all};
use crate::paths::{home, target};
use crate::steps::done;

/// Examples that are not run, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("java-gradle", "Gradle runs the program in a JVM of the machine that it is built on"),
    ("java-maven", "Maven runs the program in a JVM of the machine that it is built on"),
    ("python-dask", "its engine is 1.2 GB with the others"),
    ("python-pyspark", "its engine is 1.2 GB with the others"),
    ("python-ray", "its engine is 1.2 GB with the others"),
];

/// Starts a program of the system; the suffix may be left out, as its shells allow.
const RUN: &str = r#"program=$1
shift
for file in "$program@exe@" "$program"; do
  if [ -f "$file" ]; then program=$file; break; fi
done
exec @starter@ "$program" "$@"
"#;

const PYTHON: &str = r#"exec run '@python@' "$@"
"#;

/// Class paths are written with the separator of Unix.
const JAVA: &str = r#"count=$#
while [ $count -gt 0 ]; do
  word=$1
  shift
  [ "${last-}" != -cp ] || word=$(printf %s "$word" | tr : '@separator@')
  last=$word
  set -- "$@" "$word"
  count=$((count - 1))
done
exec run '@java@' "$@"
"#;

/// Guests are built on this machine, as Go hosts are.
const METAFFI: &str = r#"here=
[ "$1" != go-setup ] || here=yes
for word; do
  [ "$word" != -g ] || here=yes
done
[ -z "$here" ] || {
  @build@
  exec '@native@' "$@"
}
exec run '@metaffi@' "$@"
"#;

const GO: &str = r#"@build@
case $1 in
  run) shift; exec '@go@' run -exec run "$@" ;;
esac
exec '@go@' "$@"
"#;

const CARGO: &str = r#"@build@
exec /usr/bin/cargo "$@"
"#;

/// What takes the place of an environment's own.
const ACTIVATE: &str = "export PYTHONPATH='@path@'\n";

/// Those that are run, with the folders that each needs something fetched into.
fn chosen() -> Result<Vec<Example>> {
    let is_left_out = |example: &Example| WITHOUT.iter().any(|(name, _)| *name == example.name);
    Ok(all()?.into_iter().filter(|example| !is_left_out(example)).collect())
}

/// Fetches what the examples need, outside of the root.
pub(super) fn fetch(system: &System) -> Result<()> {
    chosen()?.iter().try_for_each(|example| example.fetch_into(&place(system, example)))
}

/// Where an example runs: members of the workspace, where they are.
fn place(system: &System, example: &Example) -> PathBuf {
    let own = system.folder().join("examples").join(&example.name);
    example.member().map_or(own, Path::to_owned)
}

/// Runs them all, or those whose name begins with `filter`.
pub(super) fn check(system: &System, filter: &str) -> Result<()> {
    let scripts = scripts(system)?;
    for (name, why) in WITHOUT {
        println!("  ..  {name} is not run: {why}");
    }
    let (mut failed, mut passed) = (Vec::new(), 0);
    for example in chosen()?.iter().filter(|example| example.name.starts_with(filter)) {
        let (start, what) = (Instant::now(), format!("{}, {}", example.name, system.title));
        let place = place(system, example);
        if example.has_environment() {
            environment(system, &place.join(".venv"))?;
        }
        match example.run_on(&place, shell(system, &scripts)?, system.noise) {
            Ok(_) => {
                passed += 1;
                done(&what, start);
            }
            Err(error) => {
                println!("FAIL  {what}: {error:#}");
                failed.push(example.name.clone());
            }
        }
    }
    println!("  ..  {passed} of {} examples pass, {}", passed + failed.len(), system.title);
    if failed.is_empty() { Ok(()) } else { bail!("examples: {}", failed.join(", ")) }
}

/// A shell with MetaFFI for the system installed, as its programs see it.
fn shell(system: &System, scripts: &Path) -> Result<Command> {
    let mut shell = Command::new("sh");
    system.install(&mut shell);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(scripts.to_owned()).chain(std::env::split_paths(&path));
    shell.env("PATH", std::env::join_paths(folders)?);
    let places = system.seen_places();
    shell.env("METAFFI_PYTHON", places.fill("{METAFFI_TEST_PYTHON|}")?);
    shell.env("PYTHONPATH", places.fill("{home}/python")?).env("PYTHONDONTWRITEBYTECODE", "1");
    shell.env("METAFFI_API_JAR", system.home().join("plugins/openjdk/metaffi.api.jar"));
    Ok(shell)
}

/// The scripts, in a folder of their own.
fn scripts(system: &System) -> Result<PathBuf> {
    let folder = std::path::absolute(system.folder().join("scripts"))?;
    let places = system.seen_places();
    let starter: Vec<_> = system.starter().iter().map(|word| quoted(word)).collect();
    let run = RUN.replace("@starter@", &starter.join(" ")).replace("@exe@", system.names[0]);
    let python = PYTHON.replace("@python@", &places.fill("{METAFFI_TEST_PYTHON|}")?);
    let java = JAVA.replace("@separator@", system.names[3]);
    let java = java.replace("@java@", &system.program("java"));
    let mut build = variables(&system.builder("cargo"));
    build += &format!("export {}=run\n", cargo_setting(system.triple, "RUNNER"));
    let metaffi = METAFFI.replace("@native@", &home().join("bin/metaffi").display().to_string());
    let metaffi = metaffi.replace("@metaffi@", &places.fill("{home}/bin/metaffi{exe}")?);
    for (name, text) in [
        ("run", run),
        ("python", python.clone()),
        ("python3", python),
        ("java", java),
        ("metaffi", metaffi),
        ("go", GO.replace("@go@", "/usr/bin/go")),
        ("cargo", CARGO.to_owned()),
    ] {
        script(&folder.join(name), &text.replace("@build@", &build))?;
    }
    Ok(folder)
}

/// A virtual environment's commands, with the packages that are there for the system.
fn environment(system: &System, folder: &Path) -> Result<()> {
    let path = [system.home().join("python"), packages(system)];
    let path = path.map(|folder| system.seen(&folder)).join(system.names[3]);
    let activate = ACTIVATE.replace("@path@", &path);
    script(&folder.join("bin/python"), &format!("{activate}exec python3 \"$@\"\n"))?;
    fs::write(folder.join("bin/activate"), activate)?;
    Ok(())
}

/// Where the Python packages of examples are.
pub(super) fn packages(system: &System) -> PathBuf {
    target().join("systems").join(system.name).join("packages-of-examples")
}

fn script(path: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::write(path, format!("#!/bin/sh\n{text}"))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// The variables that a command sets, for a shell.
fn variables(command: &Command) -> String {
    let set = command.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?)));
    let line = |(name, value): (&str, &std::ffi::OsStr)| {
        format!("export {name}={}\n", quoted(&value.to_string_lossy()))
    };
    set.map(line).collect()
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
