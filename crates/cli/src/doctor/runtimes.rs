//! Whether each runtime plugin of the installation loads.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use metaffi::{Error, Runtime};
use serde::Deserialize;

use super::finding::{Finding, State};
use crate::registry::LANGUAGES;

#[derive(Deserialize)]
struct Manifest {
    name: String,
    library: String,
}

/// What a runtime tells about itself: its name, a module, a function of it that
/// takes a string and returns one, and what that is asked for.
const QUESTIONS: &[(&str, &str, &str, &[&str])] = &[
    ("openjdk", "", "class=java.lang.System,callable=getProperty", &["java.version", "java.home"]),
    ("python3", "sysconfig", "callable=get_config_var", &["py_version", "base"]),
];

/// What a runtime tells about its surroundings that are not as they seem: as
/// above, with the function's second argument for when there is nothing to tell.
const REMARKS: &[(&str, &str, &str, &str)] =
    &[("openjdk", "", "class=java.lang.System,callable=getProperty", "metaffi.java.home.refused")];

/// What programs in a language have to know that cannot be found out here.
const NOTES: &[(&str, &str)] = &[(
    "openjdk",
    "; a Java program whose guests run native code that needs much stack (numpy.linalg) is started \
     by java -Xss8m",
)];

/// The version of a runtime that is loaded, and where it is.
pub(crate) fn describe(name: &str, runtime: &Runtime) -> Result<String, Error> {
    let Some((_, module, path, asked)) = QUESTIONS.iter().find(|known| known.0 == name) else {
        return Ok(String::new());
    };
    let property = runtime.module(module)?.function::<(&str,), String>(path)?;
    let answers = asked.iter().map(|asked| property.call((asked,)));
    let answers = answers.collect::<Result<Vec<_>, _>>()?.join(" in ");
    let note = NOTES.iter().find(|known| known.0 == name).map_or("", |known| known.1);
    Ok(answers + &remark(name, runtime)? + note)
}

fn remark(name: &str, runtime: &Runtime) -> Result<String, Error> {
    let Some((_, module, path, asked)) = REMARKS.iter().find(|known| known.0 == name) else {
        return Ok(String::new());
    };
    let property = runtime.module(module)?.function::<(&str, &str), String>(path)?;
    let remark = property.call((asked, ""))?;
    Ok(if remark.is_empty() { remark } else { format!(" (not {remark})") })
}

/// One finding for each installed plugin and each language without one.
pub(crate) fn check(home: &Path) -> Vec<Finding> {
    let installed = installed(&home.join("plugins"));
    let mut findings: Vec<Finding> = installed.iter().map(tried).collect();
    for language in LANGUAGES.0 {
        if !installed.iter().any(|manifest| manifest.name == language.name()) {
            findings.push(absent(language.name(), home));
        }
    }
    findings
}

/// The plugins that have a readable manifest, by name.
fn installed(folder: &Path) -> Vec<Manifest> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let manifest = |entry: fs::DirEntry| {
        let text = fs::read_to_string(entry.path().join("plugin.json")).ok()?;
        serde_json::from_str::<Manifest>(&text).ok()
    };
    let mut manifests: Vec<Manifest> = entries.filter_map(manifest).collect();
    manifests.sort_by(|a, b| a.name.cmp(&b.name));
    manifests
}

fn tried(manifest: &Manifest) -> Finding {
    let name = manifest.name.clone();
    let start = Instant::now();
    let outcome = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(["doctor", "--load", &name]).output());
    let fault = match outcome {
        Ok(output) if output.status.success() => {
            let found = String::from_utf8_lossy(&output.stdout);
            let found = if found.is_empty() { &manifest.library } else { &*found };
            let took = start.elapsed().as_millis();
            return Finding::good(name, format!("{found}, loaded in {took} ms"));
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    let fault = fault.trim().trim_start_matches("error:").trim();
    let detail = if fault.is_empty() { "its process died while it was loaded" } else { fault };
    let mend = Some("what it needs is named above; if it is there, reinstall MetaFFI".to_owned());
    Finding { name, state: State::Broken, detail: detail.to_owned(), mend }
}

fn absent(name: &str, home: &Path) -> Finding {
    Finding {
        name: name.to_owned(),
        state: State::Missing,
        detail: format!("no plugin in {}", home.join("plugins").display()),
        mend: Some("reinstall MetaFFI".to_owned()),
    }
}
