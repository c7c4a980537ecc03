//! Whether each runtime plugin of the installation loads.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use metaffi::{Error, Runtime};
use metaffi_compiler::{Finding, State};
use metaffi_manifest::{Installed, Levels, Manifest};

use crate::registry::languages;

/// The version of a runtime that is loaded, and where it is.
pub(crate) fn describe(name: &str, runtime: &Runtime) -> Result<String, Error> {
    let facts = languages().0.iter().find(|language| language.name() == name);
    let Some(facts) = facts.and_then(|language| language.runtime_facts()) else {
        return Ok(String::new());
    };
    let module = runtime.module(facts.module)?;
    let property = module.function::<(&str,), String>(facts.entity_path)?;
    let answers = facts.asked.iter().map(|asked| property.call((asked,)));
    let answers = answers.collect::<Result<Vec<_>, _>>()?.join(" in ");
    let remark = match facts.remark {
        None => String::new(),
        Some(asked) => {
            module.function::<(&str, &str), String>(facts.entity_path)?.call((asked, ""))?
        }
    };
    let remark = if remark.is_empty() { remark } else { format!(" (not {remark})") };
    Ok(answers + &remark + facts.note)
}

/// One finding for each installed plugin and each language without one.
pub(crate) fn check(home: &Path) -> Vec<Finding> {
    let installed = Installed::read(&Levels::of(home));
    let installed: Vec<&Manifest> = installed.visible().map(|plugin| &plugin.manifest).collect();
    let runtimes = installed.iter().copied().filter(|manifest| manifest.library.is_some());
    let mut findings: Vec<Finding> = runtimes.map(tried).collect();
    for language in languages().0 {
        if !installed.iter().any(|manifest| manifest.name == language.name()) {
            findings.push(absent(language.name(), home));
        }
    }
    findings
}

fn tried(manifest: &Manifest) -> Finding {
    let name = manifest.name.clone();
    let start = Instant::now();
    let outcome = std::env::current_exe()
        .and_then(|exe| Command::new(exe).args(["doctor", "--load", &name]).output());
    let fault = match outcome {
        Ok(output) if output.status.success() => {
            let found = String::from_utf8_lossy(&output.stdout);
            let found = if found.is_empty() {
                manifest.library.as_deref().unwrap_or_default()
            } else {
                &*found
            };
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
