//! Lowers objects by their actual type.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Arena, Error, ErrorKind, Type};

use super::{ArrayResult, Leaf, array, error, exact, handle, maybe_foreign, result_mismatch, text};
use crate::api;
use crate::jni::{Env, Local, jni, to_rust_string};
use crate::number::{NULL, coerce, coerce_float, is_float, scalar as scalar_slot};
use crate::prim::Prim;

/// The kind of an object, as in `metaffi.internal.Kinds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Boxed(Prim),
    String,
    /// A `BigInteger` from 0 to 2^64-1.
    Unsigned,
    Foreign,
    /// A value that is passed as an object with a text.
    Exact,
    /// An exception, which is passed with its contents.
    Error,
    /// A guest object that is used by the names of its members.
    Named,
    /// A lambda, or a wrapper of a foreign function.
    Function,
    Null,
    Array(u8, Leaf),
    Object,
}

/// The kind of an object.
pub(super) fn kind(env: Env, local: &Local) -> Result<Kind, Error> {
    // SAFETY: a live object.
    let code = unsafe { api::get().values.kind_of(env, local.as_raw()) }?;
    let (rank, element) = ((code >> 8) as u8, code & 0xFF);
    let prim = usize::try_from(element - 1).ok().and_then(|at| Prim::ALL.get(at)).copied();
    Ok(match (rank, prim, element) {
        (0, Some(prim), _) => Kind::Boxed(prim),
        (0, _, 9) => Kind::String,
        (0, _, 10) => Kind::Unsigned,
        (0, _, 11) => Kind::Foreign,
        (0, _, 12) => Kind::Null,
        (0, _, 14) => Kind::Function,
        (0, _, 15) => Kind::Exact,
        (0, _, 16) => Kind::Error,
        (0, _, 17) => Kind::Named,
        (0, _, _) => Kind::Object,
        (_, Some(prim), _) => Kind::Array(rank, Leaf::Primitive(prim)),
        (_, _, 9) => Kind::Array(rank, Leaf::String),
        _ => Kind::Array(rank, Leaf::Mixed),
    })
}

/// Lowers an object by its actual type.
pub(super) fn any(env: Env, local: Local, arena: &mut impl Arena) -> Result<abi::Value, Error> {
    match kind(env, &local)? {
        Kind::Boxed(prim) => number(env, &local, prim.facts().tag),
        Kind::Unsigned => number(env, &local, abi::UINT64),
        // SAFETY: it is a string.
        Kind::String => unsafe { text::utf8(env, local.as_raw(), arena) },
        Kind::Foreign => maybe_foreign(env, local),
        Kind::Function => super::function(env, &local, None),
        Kind::Null => Ok(NULL),
        Kind::Exact => exact::lower(env, local),
        Kind::Error => error::lower(env, local),
        // SAFETY: it is an `ObjectView`.
        Kind::Named => match unsafe { api::get().values.value_of(env, &local) }? {
            Some(value) => any(env, value, arena),
            None => Ok(NULL),
        },
        Kind::Object => handle(env, local),
        Kind::Array(rank, leaf) => {
            let plan = ArrayResult {
                element: leaf.natural(),
                dims: i32::from(rank),
                packed: false,
                nested: false,
                open: true,
                known: Some((rank, leaf)),
            };
            array::array(env, &local, &plan, arena)
        }
    }
}

fn number(env: Env, local: &Local, tag: abi::Type) -> Result<abi::Value, Error> {
    // SAFETY: a boxed number.
    let bits = unsafe { api::get().values.bits_of(env, local.as_raw()) }?;
    let payload = match tag {
        abi::FLOAT32 => abi::Payload { f32: f32::from_bits(bits as u32) },
        _ => abi::Payload { i64: bits },
    };
    Ok(scalar_slot(tag, payload))
}

/// Lowers an object that was declared as a scalar.
pub(super) fn scalar(
    env: Env,
    local: Local,
    tag: abi::Type,
    arena: &mut impl Arena,
) -> Result<abi::Value, Error> {
    let kind = kind(env, &local)?;
    let is_text = tag & (abi::STRING8 | abi::STRING16 | abi::STRING32) != 0;
    match kind {
        Kind::Null => Ok(NULL),
        // SAFETY: it is a string.
        Kind::String if is_text => unsafe { text::text(env, local.as_raw(), tag, arena) },
        Kind::Object if is_text && is_char_sequence(env, &local) => {
            // SAFETY: every object has `toString`.
            let string = unsafe { api::get().jdk.to_string.object(env, local.as_raw(), &[]) }?;
            match string {
                // SAFETY: it is a string.
                Some(string) => unsafe { text::text(env, string.as_raw(), tag, arena) },
                None => Ok(NULL),
            }
        }
        // A byte is stored bit for bit, so it has exactly this type.
        Kind::Boxed(prim) if Prim::exactly(tag) == Some(prim) => {
            let slot = number(env, &local, prim.facts().tag)?;
            // SAFETY: the bits of a `prim`.
            Ok(unsafe { crate::number::slot(crate::number::bits(&slot, prim), prim, tag) })
        }
        Kind::Boxed(prim) if !is_text => {
            coerce(&number(env, &local, prim.facts().tag)?, tag).map_err(result_mismatch)
        }
        Kind::Unsigned if !is_text => {
            coerce(&number(env, &local, abi::UINT64)?, tag).map_err(result_mismatch)
        }
        // A `BigDecimal`, a large `BigInteger`, or a number class of the user.
        Kind::Exact | Kind::Object if is_float(tag) && is_number(env, &local) => {
            big_number(env, &local, tag)
        }
        _ => Err(not_a(env, &local, tag)),
    }
}

fn big_number(env: Env, local: &Local, tag: abi::Type) -> Result<abi::Value, Error> {
    let jdk = &api::get().jdk;
    // SAFETY: a `Number`, which has both methods.
    let value = unsafe { jdk.double_value.double(env, local.as_raw(), &[]) }?;
    let has_limits = [&jdk.big_decimal, &jdk.big_integer].into_iter().any(|class| {
        // SAFETY: a live object and a class.
        unsafe { jni!(env, IsInstanceOf, local.as_raw(), class.as_raw()) }
    });
    if value.is_finite() || !has_limits {
        return coerce_float(value, tag).map_err(result_mismatch);
    }
    // SAFETY: as above; it is a string.
    let text = unsafe {
        let text = jdk.to_string.object(env, local.as_raw(), &[])?;
        text.map_or_else(String::new, |text| to_rust_string(env, text.as_raw()))
    };
    let message = format!("{text} is out of range for {}", Type::from_raw(tag));
    Err(result_mismatch(Error::new(ErrorKind::Argument, message)))
}

fn is_number(env: Env, local: &Local) -> bool {
    // SAFETY: a live object and a class.
    unsafe { jni!(env, IsInstanceOf, local.as_raw(), api::get().jdk.number.as_raw()) }
}

fn is_char_sequence(env: Env, local: &Local) -> bool {
    let class = api::get().jdk.char_sequence.as_raw();
    // SAFETY: a live object and a class.
    unsafe { jni!(env, IsInstanceOf, local.as_raw(), class) }
}

#[cold]
pub(super) fn not_a(env: Env, local: &Local, tag: abi::Type) -> Error {
    // SAFETY: a live object.
    let class = unsafe { api::get().values.class_name(env, local.as_raw()) };
    let message = format!(
        "the result is a {class}, but is declared as {}: declare it as handle or any",
        Type::from_raw(tag)
    );
    Error::new(ErrorKind::Signature, message)
}
