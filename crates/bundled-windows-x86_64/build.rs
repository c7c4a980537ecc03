//! Tells whether the installation is there: `./dev dist` puts it into what it packs.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=installation.zip");
    println!("cargo::rustc-check-cfg=cfg(has_installation)");
    if Path::new("installation.zip").is_file() {
        println!("cargo::rustc-cfg=has_installation");
    }
}
