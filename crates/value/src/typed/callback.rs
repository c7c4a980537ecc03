//! Rust closures with typed parameters, as callables.

use core::ffi::c_void;
use core::marker::PhantomData;

use super::{GiveAll, Lift};
use crate::callable::{Callable, CallableBody};
use crate::error::{Error, ErrorKind};
use crate::frame::GuestFrame;
use crate::object::{ObjectData, Owner};
use crate::thrown;
use crate::types::{Signature, TypeInfo};

/// A closure that guests can call: up to eight [`Lift`] parameters, and an
/// [`Outcome`]. `Args` is the tuple of its parameters, and is inferred.
pub trait Callback<Args>: Send + Sync + 'static {
    /// The declared types.
    fn signature() -> Signature;
    /// Runs one call, on any thread.
    ///
    /// # Errors
    /// `Argument` for arguments of another number or type, and the closure's
    /// own errors.
    fn run(&self, owner: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error>;
}

/// What a callback returns: its results, or a `Result` of them whose error `?`
/// can convert to a boxed error.
pub trait Outcome {
    /// The declared results.
    fn type_infos() -> Vec<TypeInfo>;
    /// Writes the results. An error becomes an object of `owner`.
    ///
    /// # Errors
    /// The closure's own errors, and as [`GiveAll::give_all`].
    fn give(self, owner: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error>;
}

impl<T: GiveAll> Outcome for T {
    fn type_infos() -> Vec<TypeInfo> {
        T::type_infos()
    }
    #[inline]
    fn give(self, _: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        self.give_all(frame)
    }
}

impl<T: GiveAll, E> Outcome for Result<T, E>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn type_infos() -> Vec<TypeInfo> {
        T::type_infos()
    }
    #[inline]
    fn give(self, owner: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        match self {
            Ok(results) => results.give_all(frame),
            Err(error) => Err(thrown::lower(owner, error)),
        }
    }
}

macro_rules! callbacks {
    ($($count:literal ($($name:ident)*))*) => {$(
        impl<Func, Out: Outcome, $($name: Lift),*> Callback<($($name,)*)> for Func
        where
            Func: Fn($($name),*) -> Out + Send + Sync + 'static,
        {
            fn signature() -> Signature {
                Signature::new(vec![$($name::type_info()),*], Out::type_infos())
            }
            #[inline]
            #[allow(non_snake_case, reason = "the macro names a variable as its type")]
            fn run(&self, owner: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
                let [$($name),*] = frame.args() else {
                    return Err(wrong_count($count, frame.args().len()));
                };
                // SAFETY: the slots of a frame are valid until the call returns.
                $(let $name = unsafe { $name::lift_argument($name) }?;)*
                self($($name),*).give(owner, frame)
            }
        }
    )*};
}
callbacks! {
    0 () 1 (A) 2 (A B) 3 (A B C) 4 (A B C D) 5 (A B C D E) 6 (A B C D E F) 7 (A B C D E F G)
    8 (A B C D E F G H)
}

#[cold]
fn wrong_count(expected: usize, given: usize) -> Error {
    let message = format!("the callback takes {expected} argument(s), {given} were given");
    Error::new(ErrorKind::Argument, message)
}

struct Typed<F, Args> {
    owner: Owner,
    function: F,
    _args: PhantomData<fn(Args)>,
}

impl<F: Callback<Args>, Args: 'static> ObjectData for Typed<F, Args> {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

impl<F: Callback<Args>, Args: 'static> CallableBody for Typed<F, Args> {
    #[inline]
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        self.function.run(self.owner, frame)
    }
}

impl Callable {
    /// A callable of `owner` that runs a Rust closure with typed parameters.
    pub fn typed<Args: 'static, F: Callback<Args>>(owner: Owner, function: F) -> Self {
        Self::with_body(owner, F::signature(), Typed { owner, function, _args: PhantomData })
    }
}
