//! Writes the sources of an IDL's stubs: `write IDL FOLDER`.

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&arguments[1]).unwrap();
    let idl = metaffi_idl::Idl::from_json(&text).unwrap();
    let package =
        metaffi_openjdk_stubs::package(arguments.get(3).map(String::as_str), &idl).unwrap();
    for source in metaffi_openjdk_stubs::sources(&idl, &package).unwrap() {
        let path = std::path::Path::new(&arguments[2]).join(source.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, source.text).unwrap();
    }
}
