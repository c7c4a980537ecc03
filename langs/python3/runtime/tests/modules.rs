//! Module paths of every kind.

mod fixtures;

use fixtures::{load, python};

fn text(path: &str, entity: &str) -> String {
    let module = load(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    let function = module.function::<(), String>(entity);
    function.unwrap_or_else(|error| panic!("{path}: {error:?}")).call(()).unwrap()
}

#[test]
fn importable_names_and_their_submodules() {
    let json = load("json").unwrap();
    let dumps = json.function::<(Vec<i64>,), String>("callable=dumps").unwrap();
    assert_eq!(dumps.call((vec![1, 2],)).unwrap(), "[1, 2]");
    // A submodule that was not imported before.
    let path = "callable=dom.minidom.Document";
    load("xml").unwrap().function::<(), metaffi::Handle>(path).unwrap().call(()).unwrap();
    assert_eq!(text("os.path", "attribute=sep"), std::path::MAIN_SEPARATOR.to_string());
}

#[test]
fn a_file_is_one_module_however_it_is_named() {
    let count = |path: &str| {
        let module = load(path).unwrap();
        module.function::<(), i64>("callable=count").unwrap().call(()).unwrap()
    };
    let first = count(&python("guest.py"));
    assert_eq!(count(&python("../python/guest.py")), first + 1);
    assert_eq!(count("guest"), first + 2);
}

#[test]
fn two_files_of_one_name_and_one_of_the_standard_library() {
    assert_eq!(text(&python("other/guest.py"), "attribute=name"), "the other");
    load(&python("guest.py")).unwrap().function::<(), ()>("callable=void").unwrap();
    assert_eq!(text(&python("json.py"), "attribute=name"), "the file");
    assert_eq!(text(&python("other/guest.py"), "attribute=name"), "the other");
    load("json").unwrap().function::<(&str,), i64>("callable=loads").unwrap();
}

#[test]
fn a_package_its_modules_and_a_folder_without_init() {
    let area = |path: &str, entity: &str| {
        let module = load(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        module.function::<(i64,), i64>(entity).unwrap().call((3,)).unwrap()
    };
    assert_eq!(area(&python("shapes"), "callable=area"), 9);
    assert_eq!(area(&format!("{}/", python("shapes")), "callable=square.area"), 9);
    assert_eq!(area(&python("shapes"), "callable=circle.around"), 36);
    // A file of a package may use its siblings.
    assert_eq!(area(&python("shapes/circle.py"), "callable=around"), 36);
    assert_eq!(area(&python("shapes/__init__.py"), "callable=area"), 9);
    assert_eq!(text(&python("other"), "attribute=guest.name"), "the other");
}

#[test]
fn several_are_joined() {
    for separator in if cfg!(unix) { [";", ":"] } else { [";", ";"] } {
        let path = [python("guest.py"), python("shapes"), "json".into()].join(separator);
        let module = load(&path).unwrap();
        module.function::<(i64, i64), i64>("callable=add").unwrap();
        module.function::<(i64,), i64>("callable=area").unwrap();
        module.function::<(&str,), i64>("callable=loads").unwrap();
        let error = module.function::<(), ()>("callable=nowhere").unwrap_err();
        assert!(error.message.contains("has no `nowhere`"), "{error:?}");
    }
}

#[test]
fn names_that_cannot_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my-file.v2.py");
    std::fs::write(&file, "name = 'odd'\n").unwrap();
    assert_eq!(text(file.to_str().unwrap(), "attribute=name"), "odd");
}
