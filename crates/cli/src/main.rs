//! The `metaffi` command.

fn main() {}
