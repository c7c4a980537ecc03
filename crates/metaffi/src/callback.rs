//! Rust closures as callbacks.

use std::sync::OnceLock;

use metaffi_value::{Callable, Callback, Error, Owner};

use crate::Hub;

/// The owner name of objects of Rust programs.
const OWNER: &str = "rust";

/// Makes a Rust closure a value that guests can call, from any thread, and
/// keep.
///
/// It takes up to eight parameters of types that entities may return. It
/// returns types that entities may take, `()`, a tuple, or a `Result` of those.
/// Its error can be recovered with [`Error::downcast_ref`] after it has crossed
/// guests. A panic becomes an error of kind [`Panic`](crate::ErrorKind::Panic).
///
/// ```
/// # fn main() -> Result<(), metaffi::Error> {
/// # let module = metaffi::Runtime::load("loopback")?.module("loopback")?;
/// use metaffi::{Callable, Value};
///
/// let twice = metaffi::callable(|value: i64| value * 2)?;
/// let call = module.function::<(&Callable, Value), Value>("callable=call_on_thread")?;
/// assert_eq!(call.call((&twice, 21_i64.into()))?, Value::Int64(42));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`Hub::open`].
pub fn callable<Args: 'static>(function: impl Callback<Args>) -> Result<Callable, Error> {
    Ok(Callable::typed(owner()?, function))
}

/// The owner of the closures and errors of this program, with its counter of
/// live objects.
///
/// # Errors
/// As [`Hub::open`].
pub fn owner() -> Result<Owner, Error> {
    static KNOWN: OnceLock<Owner> = OnceLock::new();
    if let Some(owner) = KNOWN.get() {
        return Ok(*owner);
    }
    let owner = Hub::open(None)?.owner(OWNER);
    Ok(*KNOWN.get_or_init(|| owner))
}
