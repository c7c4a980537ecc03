//! Two installations of one version in one process are one hub.
#![allow(unsafe_code)] // opens libraries

mod installation;

use core::ptr::NonNull;

use metaffi_abi as abi;
use metaffi_library::Library;

fn table(library: &Library) -> NonNull<abi::Hub> {
    // SAFETY: the header defines the type of this symbol, and libraries of tests
    // are not unloaded.
    unsafe { library.get::<abi::HubGetFn>(b"metaffi_hub_get").unwrap()(abi::ABI_VERSION) }.unwrap()
}

#[test]
fn a_second_copy_of_the_hub_returns_the_table_of_the_first() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let libraries = folders.each_ref().map(|folder| {
        let home = installation::make(folder.path(), &[]);
        let library = home.join("lib").join(metaffi_testkit::library("metaffi"));
        // SAFETY: the hub's initialisers are those of a Rust cdylib.
        core::mem::ManuallyDrop::new(unsafe { Library::new(library) }.unwrap())
    });
    let [first, second] = libraries.each_ref().map(|library| table(library));
    assert_eq!(first, second);
    assert_eq!(first, table(&libraries[0]));
}
