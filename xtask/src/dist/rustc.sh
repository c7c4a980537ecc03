#!/bin/sh
# Runs rustc so that its output does not depend on the folder. If Cargo knew these flags, they would
# become part of the names that it gives crates, and so of their code.
exec "$@" --remap-path-prefix="$METAFFI_ROOT=/metaffi" --remap-path-prefix="$METAFFI_CARGO_HOME=/cargo"
