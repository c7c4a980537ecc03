//! Guest functions as Rust functions.

use super::{Lift, LiftAll, Lower, mismatch};
use crate::error::Error;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

macro_rules! functions {
    ($(($($name:ident)*))*) => {$(
        impl<Out, $($name),*> Lift for Box<dyn Fn($($name),*) -> Result<Out, Error> + Send + Sync>
        where
            Out: LiftAll + 'static,
            $($name: for<'a> Lower<Arg<'a> = $name> + 'static,)*
        {
            fn type_info() -> TypeInfo {
                Type::CALLABLE.into()
            }
            #[allow(non_snake_case, reason = "the macro names a variable as its type")]
            fn from_value(value: Value) -> Result<Self, Error> {
                match value {
                    Value::Callable(function) => Ok(Box::new(move |$($name: $name),*| {
                        function.call_typed::<($($name,)*), Out>(($($name,)*))
                    })),
                    other => mismatch(&Type::CALLABLE.into(), &other),
                }
            }
        }
    )*};
}
functions! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
}
