//! Runs the constructs of every program here, checks results, and drops everything at the end.

use std::time::{Duration, Instant};

use metaffi::{Answers, Callable, Error, Handle, Lift, Module, Object, Runtime, forget_types};

const PATIENCE: Duration = Duration::from_secs(10);

/// The function that shows one construct.
pub(crate) type Construct = (&'static str, fn(&Module) -> Result<(), Error>);

/// All constructs, each shown by the function with its name in the program.
macro_rules! constructs {
    () => {
        $crate::check::constructs![
            functions, overloads, parameters, classes, fields, variables, object_protocol, lists,
            maps, iteration, callbacks, implementing, errors, untyped, refusals, closing,
        ]
    };
    ($($construct:ident,)*) => {
        &[$((stringify!($construct), $construct)),*]
    };
}
pub(crate) use constructs;

/// Runs the constructs of the module that the arguments name.
pub(crate) fn run(
    guest: &str,
    collect: impl Fn() -> Result<(), Error>,
    constructs: &[Construct],
) -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, names) = arguments.split_first().expect("a module");
    let module = Runtime::load(guest)?.module(path)?;
    for name in names {
        let found = constructs.iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("no construct {name}")).1(&module)?;
    }
    drop(module);
    finish(collect)?;
    println!("ok");
    Ok(())
}

/// Asserts that no runtime holds an object of another at the end.
fn finish(collect: impl Fn() -> Result<(), Error>) -> Result<(), Error> {
    let loopback = Runtime::load("loopback")?.module("loopback")?;
    let live = loopback.function::<(&str,), (i64, String)>("callable=live_objects")?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        forget_types();
        let (count, which) = live.call(("",))?;
        if count == 0 {
            return Ok(());
        }
        assert!(Instant::now() < deadline, "{count} objects are live: {which}");
        collect()?;
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Asserts that an object, as a Rust type, is the expected one.
pub(crate) fn is<T: Lift + PartialEq + core::fmt::Debug>(
    actual: Result<Object, Error>,
    expected: T,
) -> Result<(), Error> {
    assert_eq!(actual?.lift::<T>()?, expected);
    Ok(())
}

/// Asserts that something fails, with all of these texts.
pub(crate) fn fails<T>(outcome: Result<T, Error>, texts: &[&str]) -> Error {
    let Err(error) = outcome else { panic!("nothing failed: {texts:?}") };
    for text in texts {
        assert!(error.to_string().contains(text), "{error} does not contain {text}");
    }
    error
}

/// Collects all elements of an object.
pub(crate) fn all<T>(
    of: &Object,
    each: impl Fn(Object) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    of.iter()?.map(|item| each(item?)).collect()
}

/// An object of this program that reads aloud, with these methods.
pub(crate) fn singer(read: Callable, pages: Callable) -> Result<Handle, Error> {
    struct Singer {
        read: Callable,
        pages: Callable,
    }
    impl Answers for Singer {
        fn method(&self, name: &str) -> Option<Callable> {
            match name {
                "read" => Some(self.read.clone()),
                "pages" => Some(self.pages.clone()),
                _ => None,
            }
        }
    }
    Ok(metaffi::new_answering(metaffi::owner()?, Singer { read, pages }))
}
