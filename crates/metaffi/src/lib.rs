//! Call Python, Java and Go modules from Rust.
