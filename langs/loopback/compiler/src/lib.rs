//! The loopback compiler: extract, names, emit.
