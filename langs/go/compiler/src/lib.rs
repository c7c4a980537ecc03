//! The go compiler: extract, names, emit.
