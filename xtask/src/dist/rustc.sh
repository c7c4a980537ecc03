#!/bin/sh
# Runs rustc so that what it makes does not depend on where it is made. Flags that Cargo knew of
# would be part of the names that it gives crates, and so of their code.
exec "$@" --remap-path-prefix="$METAFFI_ROOT=/metaffi" --remap-path-prefix="$METAFFI_CARGO_HOME=/cargo"
