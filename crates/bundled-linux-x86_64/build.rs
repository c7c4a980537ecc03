//! Sets a cfg if the installation is present: `./dev dist` adds it to the packaged
//! crate.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=installation.zip");
    println!("cargo::rustc-check-cfg=cfg(has_installation)");
    if Path::new("installation.zip").is_file() {
        println!("cargo::rustc-cfg=has_installation");
    }
}
