//! Small wrappers over the raw JNI: environment, references, methods, text.
//!
//! They own references, and turn pending exceptions into errors. Functions that take raw objects
//! are unsafe; those that take [`Local`] and [`Global`] are not.

/// Calls a function of the JNI table: `jni!(env, GetArrayLength, array)`.
macro_rules! jni {
    ($env:expr, $name:ident $(, $arg:expr)* $(,)?) => {{
        let raw: *mut jni_sys::JNIEnv = $env.as_raw();
        ((**raw).v1_6.$name)(raw $(, $arg)*)
    }};
}
pub(crate) use jni;

mod array;
mod env;
mod member;
mod read_text;
mod refs;
mod text;

pub(crate) use array::{byte_array, ints, new_array, read_array, write_array};
pub(crate) use env::{Env, Native, java_length};
pub(crate) use member::{Class, Method, StaticMethod};
pub(crate) use read_text::{Text, read_string, read_string16, read_string32, to_rust_string};
pub(crate) use refs::{Global, Local, LocalStack};
pub(crate) use text::{new_string, string_of_units};
