//! The task runner: `cargo xtask`.

fn main() {}
