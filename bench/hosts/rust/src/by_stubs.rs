//! MetaFFI with generated stubs, in the folder `METAFFI_STUBS`.

use std::path::Path;

use anyhow::{Result, bail};

use crate::contestant::Contestant;
use crate::loops::{fail, increment, nothing, number, sum, text};
use crate::scenarios::STEP;

mod java {
    include!(concat!(env!("METAFFI_STUBS"), "/java/bench_MetaFFIHost.rs"));
}
mod go {
    include!(concat!(env!("METAFFI_STUBS"), "/go/bench_MetaFFIHost.rs"));
}
mod python {
    include!(concat!(env!("METAFFI_STUBS"), "/python/bench_guest_MetaFFIHost.rs"));
}

/// The loops of a guest whose stubs have these functions, and this counter.
macro_rules! contestant {
    ($($guest:ident)::+, $counter:expr) => {{
        let counter = $counter?;
        let loops = vec![
            ("void", nothing($($guest)::+::nothing)),
            ("int64", number($($guest)::+::echo)),
            ("string", text(|value| $($guest)::+::text(value))),
            ("array", sum(|values| $($guest)::+::sum(values))),
            ("object", increment(move || counter.increment())),
            ("callback", number(|value| $($guest)::+::apply(|number| number + STEP, value))),
            ("error", fail($($guest)::+::fail)),
        ];
        Ok(Contestant { name: "stubs", calls: Box::new(|| Ok($($guest)::+::calls()?)), loops })
    }};
}

/// Binds the guest's stubs.
pub(crate) fn load(guest: &str, built: &Path) -> Result<Contestant> {
    let path = |name: &str| built.join(name).to_string_lossy().into_owned();
    match guest {
        "java" => {
            java::bind_module_to_code(&path("bench.jar"), "openjdk")?;
            contestant!(java::Bench, java::Bench::new())
        }
        "go" => {
            go::bind_module_to_code(&path("bench_MetaFFIGuest"), "go")?;
            contestant!(go, go::new_counter())
        }
        "python" => {
            python::bind_module_to_code(&path("python/bench_guest.py"), "python3")?;
            contestant!(python, python::Counter::new())
        }
        other => bail!("there is no guest {other}"),
    }
}
