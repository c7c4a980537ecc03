//! The invariants of ARCHITECTURE.md about what must be absent.

use std::path::{Path, PathBuf};

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().into()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file, without comments and without its unit tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_in_crates_but_the_registry_names_a_language() {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(checkout().join("crates")).unwrap() {
        sources(&entry.unwrap().path().join("src"), &mut files);
    }
    let registry = checkout().join("crates/cli/src/registry.rs");
    files.retain(|file| *file != registry);
    // What these do for a language is described in its `language.json`.
    let tasks = checkout().join("xtask/src");
    sources(&tasks.join("matrix"), &mut files);
    files.extend(["stage.rs", "recipe.rs"].map(|task| tasks.join(task)));
    assert!(files.len() > 60, "the crates were not found");
    for file in files {
        let code = code(&file).to_lowercase();
        for language in ["python", "openjdk", "jvm", "java", "golang", "\"go\""] {
            assert!(!code.contains(language), "{} names {language}", file.display());
        }
    }
}

#[test]
fn languages_do_not_depend_on_one_another() {
    let folders = std::fs::read_dir(checkout().join("langs")).unwrap();
    let languages: Vec<String> =
        folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(languages.len() > 3, "{languages:?}");
    for language in &languages {
        for part in ["runtime", "compiler", "api"] {
            let manifest = checkout().join("langs").join(language).join(part).join("Cargo.toml");
            let Ok(text) = std::fs::read_to_string(&manifest) else { continue };
            let shipped = text.split("[dev-dependencies]").next().unwrap();
            for other in &languages {
                let depends = shipped.contains(&format!("metaffi-{other}-"));
                assert!(other == language || !depends, "{} depends on {other}", manifest.display());
            }
        }
    }
}

#[test]
fn the_parsing_crates_have_no_unsafe_code() {
    for krate in ["entity-path", "idl"] {
        let root = checkout().join("crates").join(krate).join("src/lib.rs");
        assert!(std::fs::read_to_string(root).unwrap().contains("#![forbid(unsafe_code)]"));
    }
}
