//! The python3 compiler: extract, names, emit.
