//! All arguments or all results of a call, as a tuple.

use core::mem::MaybeUninit;

use metaffi_abi as abi;

use super::{Lift, Lower};
use crate::error::{Error, ErrorKind};
use crate::frame::GuestFrame;
use crate::lower::Arena;
use crate::types::TypeInfo;

/// Arguments of a typed function: a tuple of [`Lower`] types.
pub trait LowerAll {
    /// The number of arguments.
    const COUNT: usize;
    /// The same types with borrows of any lifetime.
    type Args<'a>: LowerAll;
    /// The declared parameters.
    fn type_infos() -> Vec<TypeInfo>;
    /// Lowers every argument into a slot of the array that it passes to `then`.
    ///
    /// # Errors
    /// As [`Lower::lower`], and whatever `then` returns.
    fn lower_all<A: Arena, R>(
        &self,
        arena: &mut A,
        then: impl FnOnce(&mut A, &[abi::Value]) -> Result<R, Error>,
    ) -> Result<R, Error>;
}

/// Results of a typed function: `()`, one [`Lift`] type, or a tuple of them.
pub trait LiftAll: Sized {
    /// The number of results.
    const COUNT: usize;
    /// The declared results.
    fn type_infos() -> Vec<TypeInfo>;
    /// Passes the result slots to `fill` and lifts what it wrote.
    ///
    /// # Errors
    /// Whatever `fill` returns, and as [`Lift::lift`].
    ///
    /// # Safety
    /// `fill` must write every slot when it succeeds.
    unsafe fn lift_all(
        fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
    ) -> Result<Self, Error>;
}

/// Results of a callback: `()`, one [`Lower`] type, or a tuple of them.
pub trait GiveAll {
    /// The declared results.
    fn type_infos() -> Vec<TypeInfo>;
    /// Writes them into the frame of the call.
    ///
    /// # Errors
    /// `Argument` when the caller expects another number of results.
    fn give_all(self, frame: &mut GuestFrame<'_>) -> Result<(), Error>;
}

impl<T: Lift> LiftAll for T {
    const COUNT: usize = 1;
    fn type_infos() -> Vec<TypeInfo> {
        vec![T::type_info()]
    }
    #[inline]
    unsafe fn lift_all(
        fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut slots = [MaybeUninit::uninit(); 1];
        fill(&mut slots)?;
        // SAFETY: the caller promises that the slot is written; it is used
        // once.
        unsafe { T::lift(slots[0].assume_init_ref()) }
    }
}

fn check_results(frame: &GuestFrame<'_>, actual: usize) -> Result<(), Error> {
    let expected = frame.nrets();
    if expected == actual {
        return Ok(());
    }
    let message = format!("the caller expects {expected} result(s), the function returns {actual}");
    Err(Error::new(ErrorKind::Argument, message))
}

impl<T: Lower> GiveAll for T {
    fn type_infos() -> Vec<TypeInfo> {
        vec![T::type_info()]
    }
    #[inline]
    fn give_all(self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        check_results(frame, 1)?;
        let slot = self.give(frame)?;
        frame.set(0, slot)
    }
}

macro_rules! count {
    () => { 0 };
    ($head:ident $($tail:ident)*) => { 1 + count!($($tail)*) };
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<$($name: Lower),*> LowerAll for ($($name,)*) {
            const COUNT: usize = count!($($name)*);
            type Args<'a> = ($($name::Arg<'a>,)*);
            fn type_infos() -> Vec<TypeInfo> {
                vec![$($name::type_info()),*]
            }
            #[inline]
            #[allow(non_snake_case, unused_variables, reason = "the macro also makes ()")]
            fn lower_all<Arn: Arena, Out>(
                &self,
                arena: &mut Arn,
                then: impl FnOnce(&mut Arn, &[abi::Value]) -> Result<Out, Error>,
            ) -> Result<Out, Error> {
                let ($($name,)*) = self;
                let slots: [abi::Value; count!($($name)*)] = [$($name.lower(arena)?),*];
                then(arena, &slots)
            }
        }
        impl<$($name: Lift),*> LiftAll for ($($name,)*) {
            const COUNT: usize = count!($($name)*);
            fn type_infos() -> Vec<TypeInfo> {
                vec![$($name::type_info()),*]
            }
            #[inline]
            #[allow(non_snake_case, reason = "the macro names a variable as its type")]
            unsafe fn lift_all(
                fill: impl FnOnce(&mut [MaybeUninit<abi::Value>]) -> Result<(), Error>,
            ) -> Result<Self, Error> {
                let mut slots = [MaybeUninit::uninit(); count!($($name)*)];
                fill(&mut slots)?;
                let [$($name),*] = &slots;
                // Every slot is lifted before an error is returned, since each
                // may own something.
                // SAFETY: the caller promises that the slots are written.
                $(let $name = unsafe { $name::lift($name.assume_init_ref()) };)*
                Ok(($($name?,)*))
            }
        }
        impl<$($name: Lower),*> GiveAll for ($($name,)*) {
            fn type_infos() -> Vec<TypeInfo> {
                vec![$($name::type_info()),*]
            }
            #[inline]
            #[allow(non_snake_case, unused_assignments, unused_mut, reason = "the macro also makes ()")]
            fn give_all(self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
                check_results(frame, count!($($name)*))?;
                let ($($name,)*) = self;
                let mut index = 0;
                $(
                    match $name.give(frame) {
                        Ok(slot) => frame.set(index, slot)?,
                        Err(error) => return Err(frame.fail_after(index, error)),
                    }
                    index += 1;
                )*
                let _ = index;
                Ok(())
            }
        }
    )*};
}
tuples! {
    ()
    (A)
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
    (A B C D E F G H I)
    (A B C D E F G H I J)
    (A B C D E F G H I J K)
    (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M)
    (A B C D E F G H I J K L M N)
    (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P)
    (A B C D E F G H I J K L M N O P Q)
    (A B C D E F G H I J K L M N O P Q S)
    (A B C D E F G H I J K L M N O P Q S T)
    (A B C D E F G H I J K L M N O P Q S T U)
    (A B C D E F G H I J K L M N O P Q S T U V)
    (A B C D E F G H I J K L M N O P Q S T U V W)
    (A B C D E F G H I J K L M N O P Q S T U V W X)
    (A B C D E F G H I J K L M N O P Q S T U V W X Y)
}
