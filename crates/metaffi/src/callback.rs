//! Rust closures as callbacks.

use std::sync::OnceLock;

use metaffi_value::{Callable, Callback, Error, Owner};

use crate::Hub;

/// The name under which objects of Rust programs travel.
const OWNER: &str = "rust";

/// Makes a Rust closure a value: guests call it, from any thread, and keep it.
///
/// It takes up to eight parameters of types that entities may return, and
/// returns what entities may take, `()`, a tuple, or a `Result` of those. Its
/// error comes home as itself: see [`Error::downcast_ref`]. A panic becomes an
/// error of kind [`Panic`](crate::ErrorKind::Panic).
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

/// The identity of the closures and errors of this program, with their live
/// counter.
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
