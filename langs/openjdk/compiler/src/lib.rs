//! The openjdk compiler: extract, names, emit.
