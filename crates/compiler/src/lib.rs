//! Extract, check, emit: the driver of the language compilers.
