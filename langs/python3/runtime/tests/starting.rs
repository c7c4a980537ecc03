//! Which interpreter is started, and the errors if there is none.
#![cfg(unix)]

mod programs;

use programs::{Place, environment, prints};

/// The answer of an interpreter that cannot be used.
fn answer(version: &str, prefix: &str) -> String {
    format!(
        "echo 'metaffi-probe:{{\"version\": {version}, \"implementation\": \"cpython\", \
         \"executable\": \"/opt/python3\", \"base_prefix\": \"{prefix}\"}}'"
    )
}

const PREFIX: &str = "attribute=prefix";

#[test]
fn no_interpreter_at_all() {
    let place = Place::new();
    let said = prints(place.command(&["load sys"]).env("PATH", place.path("bin")));
    let wanted = "load sys: Load: no Python 3.11 or later found: there is none on PATH; to fix: ";
    assert!(said.starts_with(wanted), "{said}");
}

#[test]
fn interpreters_that_are_too_old_or_not_python() {
    let place = Place::new();
    place.script("bin/python3", &answer("[3, 9, 2]", "/usr"));
    place.script("bin/python", "echo hello");
    place.script("bin/python3.12", "echo pyenv: python3.12: command not found >&2; exit 127");
    let said = prints(place.command(&["load sys"]).env("PATH", place.path("bin")));
    for wanted in [
        "python3 on PATH (",
        "/bin/python3) is Python 3.9.2, older than 3.11",
        "/bin/python) did not answer; is it a Python?",
        "/bin/python3.12) does not work (exit status: 127): pyenv: python3.12: command not found",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
}

#[test]
fn a_broken_environment_and_then_one_that_works() {
    let place = Place::new();
    place.dangling("venv/bin/python3");
    let good = format!("env VIRTUAL_ENV {}", environment().display());
    let steps = ["load sys", "load sys", &good, "load sys", &format!("text {PREFIX}")];
    let said = prints(place.command(&steps).env("VIRTUAL_ENV", place.path("venv")));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    for line in &lines[..2] {
        assert!(line.contains("Load: VIRTUAL_ENV="), "{line}");
        assert!(line.contains("cannot be run: No such file"), "{line}");
        assert!(line.contains("recreate it (python3 -m venv --clear "), "{line}");
    }
    assert_eq!(lines[2], environment().to_str().unwrap());
}

#[test]
fn an_interpreter_without_a_shared_library_and_then_one_with() {
    let place = Place::new();
    let prefix = place.path("static");
    let python = place.script("bin/python3", &answer("[3, 11, 4]", prefix.to_str().unwrap()));
    let good = format!("env METAFFI_PYTHON {}", environment().join("bin/python").display());
    let steps = ["load sys", &good, "load sys", &format!("text {PREFIX}")];
    let said = prints(place.command(&steps).env("METAFFI_PYTHON", python));
    let (first, second) = said.split_once('\n').unwrap();
    assert!(first.contains("/opt/python3 (Python 3.11.4) has no shared libpython"), "{first}");
    assert!(first.contains("--enable-shared pyenv install 3.11"), "{first}");
    assert_eq!(second.trim(), environment().to_str().unwrap());
}

#[test]
fn the_variable_names_something_that_cannot_be_used() {
    let place = Place::new();
    let python = place.script("old", &answer("[2, 7, 18]", "/usr"));
    let said = prints(place.command(&["load sys"]).env("METAFFI_PYTHON", python));
    assert!(said.contains("is Python 2.7.18, older than 3.11; to fix: point"), "{said}");
}

#[test]
fn the_environment_is_used_however_it_is_found() {
    let venv = environment();
    let python = venv.join("bin/python3");
    let steps = ["load numpy", "load sys", "text attribute=executable", &format!("text {PREFIX}")];
    let wanted = |said: &str| {
        let lines: Vec<&str> = said.lines().collect();
        assert!(lines[0].starts_with(venv.join("bin/python").to_str().unwrap()), "{said}");
        assert_eq!(lines[1..], [venv.to_str().unwrap()], "{said}");
    };
    let place = Place::new();
    wanted(&prints(place.command(&steps).env("VIRTUAL_ENV", &venv)));
    wanted(&prints(place.command(&steps).env("METAFFI_PYTHON", &python)));
    wanted(&prints(place.command(&steps).env("PATH", venv.join("bin"))));
    // The shim of a version manager.
    place.script("shims/python3", &format!("exec {} \"$@\"", python.display()));
    let path = format!("{}:/bin:/usr/bin", place.path("shims").display());
    wanted(&prints(place.command(&steps).env("PATH", path)));
    // Output of site hooks is ignored.
    place.file("hooks/usercustomize.py", "print('hello from a hook')\n");
    let hooks = place.path("hooks");
    let said = prints(place.command(&steps).env("VIRTUAL_ENV", &venv).env("PYTHONPATH", hooks));
    wanted(said.strip_prefix("hello from a hook\n").unwrap_or(&said));
}

#[test]
fn the_working_directory_is_searched() {
    let place = Place::new();
    place.file("a_module_here.py", "name = 'found'\n");
    let steps = ["load a_module_here", "text attribute=name"];
    let said = prints(place.command(&steps).env("VIRTUAL_ENV", environment()));
    assert_eq!(said, "found\n");
}

#[test]
fn files_in_the_working_directory_are_not_run() {
    let place = Place::new();
    for name in ["json.py", "sysconfig.py", "os.py", "sitecustomize.py"] {
        place.file(name, "open('was-run', 'w').close()\n");
    }
    for folder in ["", "bin/"] {
        for name in ["python3", "python", "python3.14"] {
            place.script(&format!("{folder}{name}"), "touch was-run");
        }
    }
    let steps = ["load sys", &format!("text {PREFIX}")];
    let path = format!(":.:bin:{}", environment().join("bin").display());
    let said = prints(place.command(&steps).env("PATH", path));
    assert_eq!(said.trim(), environment().to_str().unwrap());
    assert!(!place.path("was-run").exists());
    // Python itself treats an empty entry as the working directory.
    std::fs::remove_file(place.path("sitecustomize.py")).unwrap();
    let mut command = place.command(&steps);
    let said = prints(command.env("VIRTUAL_ENV", environment()).env("PYTHONPATH", ":"));
    assert_eq!(said.trim(), environment().to_str().unwrap());
}

#[test]
fn output_is_utf_8_in_any_locale() {
    let place = Place::new();
    let source = "def say():\n    print('ö')\n\ndef fail():\n    raise ValueError('ö')\n";
    let module = place.file("umläut.py", source);
    let steps = [format!("load {module}"), "call say".into(), "call fail".into()];
    let mut command = place.command(&[&steps[0], &steps[1], &steps[2]]);
    command.env("VIRTUAL_ENV", environment()).env("LC_ALL", "C").env_remove("LANG");
    assert_eq!(prints(&mut command), "ö\ncall fail: Guest: ValueError: ö\n");
}

/// The error of a load that `METAFFI_PYTHON` makes fail; the next load works.
fn refused(place: &Place, python: &std::path::Path) -> String {
    let good = format!("env METAFFI_PYTHON {}", environment().join("bin/python").display());
    let steps = ["load sys", &good, "load sys", &format!("text {PREFIX}")];
    let said = prints(place.command(&steps).env("METAFFI_PYTHON", python));
    let (first, second) = said.split_once('\n').unwrap();
    assert_eq!(second.trim(), environment().to_str().unwrap());
    assert!(first.starts_with("load sys: Load: METAFFI_PYTHON: "), "{first}");
    assert!(
        first.ends_with("; to fix: point METAFFI_PYTHON at a Python of 3.11 or later, or unset it")
    );
    first.to_owned()
}

#[test]
fn the_variable_names_something_missing_or_not_python() {
    let place = Place::new();
    let said = refused(&place, &place.path("nowhere/python3"));
    assert!(said.contains("/nowhere/python3 cannot be run: No such file"), "{said}");
    let said = refused(&place, "/bin/ls".as_ref());
    assert!(said.contains("/bin/ls does not work (exit status: 2): "), "{said}");
    let said = refused(&place, "/bin/echo".as_ref());
    assert!(said.contains("/bin/echo did not answer; is it a Python?"), "{said}");
    let said = refused(&place, place.file("a_text", "hello").as_ref());
    assert!(said.contains("cannot be run: Permission denied"), "{said}");
    let said = refused(&place, &place.path(""));
    assert!(said.contains("cannot be run: Permission denied"), "{said}");
    let hangs = place.script("hangs", "exit 0");
    assert!(refused(&place, &hangs).contains("did not answer; is it a Python?"));
}

/// pyenv's interpreters that tests may use, by version prefix.
fn pyenv(version: &str) -> Option<std::path::PathBuf> {
    let root = std::env::var_os("PYENV_ROOT").map(std::path::PathBuf::from);
    let root = root.or_else(|| Some(std::env::home_dir()?.join(".pyenv")))?;
    let mut entries = std::fs::read_dir(root.join("versions")).ok()?.flatten();
    let found = entries.find(|entry| entry.file_name().to_string_lossy().starts_with(version));
    Some(found?.path().join("bin/python3"))
}

#[test]
fn real_interpreters_that_are_too_old() {
    let place = Place::new();
    for version in ["3.6.", "3.7.", "3.8.", "3.9.", "3.10."] {
        let Some(python) = pyenv(version) else { continue };
        let said = refused(&place, &python);
        assert!(said.contains(&format!(" is Python {version}")), "{said}");
        assert!(said.contains(", older than 3.11; to fix: point"), "{said}");
    }
}

#[test]
fn real_interpreters_of_every_version() {
    let place = Place::new();
    let module = place.file(
        "a_guest.py",
        "import sys, ssl, ctypes, sqlite3, json, asyncio\n\
        def version():\n    return '%d.%d.' % sys.version_info[:2] + json.dumps(sys.prefix)\n\
        async def later():\n    return 'later'\n",
    );
    for version in ["3.11.", "3.12.", "3.13.", "3.14."] {
        let Some(python) = pyenv(version) else { continue };
        let load = format!("load {module}");
        let steps = [load.as_str(), "text callable=version", "text callable=later,awaited"];
        let said = prints(place.command(&steps).env("METAFFI_PYTHON", &python));
        let prefix = python.parent().and_then(std::path::Path::parent).unwrap().display();
        assert_eq!(said, format!("{version}\"{prefix}\"\nlater\n"));
    }
}

#[test]
fn an_interpreter_that_cannot_find_its_standard_library() {
    let place = Place::new();
    let venv = environment();
    let steps = ["load sys", "env PYTHONHOME ", "load sys", &format!("text {PREFIX}")];
    let mut command = place.command(&steps);
    let said = prints(command.env("VIRTUAL_ENV", &venv).env("PYTHONHOME", place.path("gone")));
    let (first, second) = said.split_once('\n').unwrap();
    assert!(first.contains("ModuleNotFoundError: No module named 'encodings'"), "{first}");
    let hint = format!("(PYTHONHOME is set to {})", place.path("gone").display());
    assert!(first.contains(&hint), "{first}");
    assert!(first.contains("recreate it (python3 -m venv --clear "), "{first}");
    assert_eq!(second.trim(), venv.to_str().unwrap());
}

#[test]
fn environment_and_arguments_in_python() {
    let place = Place::new();
    let module = place.file(
        "seen.py",
        "import os, sys\n\
         def early(): return os.environ.get('SET_EARLY', 'nothing')\n\
         def late(): return os.environ.get('SET_LATE', 'nothing')\n\
         def tell(): os.environ['SET_IN_PYTHON'] = '3'\n\
         def child(): return os.popen('echo $SET_EARLY $SET_LATE $SET_IN_PYTHON').read().strip()\n\
         def argv(): return repr(sys.argv)\n",
    );
    let load = format!("load {module}");
    let steps = [
        "env SET_EARLY 1",
        &load,
        "env SET_LATE 2",
        "call tell",
        "text callable=early",
        "text callable=late",
        "text callable=child",
        "text callable=argv",
    ];
    let said = prints(place.command(&steps).env("VIRTUAL_ENV", environment()));
    // Python has a copy of the environment from its start; child processes get C's.
    assert_eq!(said, "1\nnothing\n1 2 3\n['']\n");
}
