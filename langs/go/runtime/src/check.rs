//! Compares declared types with those of the guest, once, when an entity is loaded.
//!
//! An argument may be declared as anything that the guest converts without loss if the value allows
//! it; a result only as a type that holds every value.

use metaffi_plugin::Request;
use metaffi_plugin::value::{Error, ErrorKind, Signature, Type, TypeInfo};

use crate::table::{Entity, Own};

/// The signature that an entry with these types is called with.
pub(crate) fn resolve(own: &Own<'_>, text: &str, request: &Request) -> Result<Signature, Error> {
    if !all(&request.params, own.params, accepts) || !all(&request.rets, own.rets, gives) {
        return Err(mismatch(own, text, request));
    }
    let merge = |declared: &[TypeInfo], own: &[TypeInfo]| {
        declared.iter().zip(own).map(|(declared, own)| merged(declared, own)).collect()
    };
    let params = merge(&request.params, own.params);
    Ok(Signature::new(params, merge(&request.rets, own.rets)))
}

/// The types of the entry that treats values of types such as `type Color int` as objects. An
/// argument may be one, a result always is. A value that another language has for a duration is
/// one.
pub(crate) fn as_objects(entity: &Entity, request: &Request) -> (Vec<TypeInfo>, Vec<TypeInfo>) {
    let object = |own: &TypeInfo| TypeInfo::new(Type::HANDLE).with_alias(&own.alias);
    let params = entity.params.iter().enumerate().map(|(index, own)| {
        let declared = request.params.get(index).map(|declared| declared.ty);
        let taken = is_named_plain(own) && declared == Some(Type::HANDLE);
        let any = is_duration(own) && declared == Some(Type::ANY);
        match (taken, any) {
            (true, _) => object(own),
            (_, true) => TypeInfo::new(Type::ANY).with_alias(&own.alias),
            _ => own.clone(),
        }
    });
    let rets = entity.rets.iter();
    let rets = rets.map(|own| if is_named_plain(own) { object(own) } else { own.clone() });
    (params.collect(), rets.collect())
}

/// Whether a value is of a plain type with a name of its own, which is the alias.
fn is_named_plain(own: &TypeInfo) -> bool {
    let plain = is_integer(own.ty) || is_float(own.ty);
    !own.alias.is_empty() && (plain || [Type::BOOL, Type::STRING8].contains(&own.ty))
}

fn all(declared: &[TypeInfo], own: &[TypeInfo], fits: fn(&TypeInfo, &TypeInfo) -> bool) -> bool {
    declared.len() == own.len() && declared.iter().zip(own).all(|(d, o)| fits(d, o))
}

/// The declared type, with `any` replaced by the guest's own type; the alias is the guest's. A
/// value that another language has its own type for stays any value: only as that does it carry a
/// description. So does a sequence, which is also made from anything that can be iterated over.
fn merged(declared: &TypeInfo, own: &TypeInfo) -> TypeInfo {
    let is_made = has_description(own) || is_sequence(own) || is_channel(own);
    let info = if declared.ty == Type::ANY && !is_made { own } else { declared };
    let (ty, dims) = (info.ty, if info.dims < 0 { own.dims } else { info.dims });
    TypeInfo { ty, dims, alias: own.alias.clone() }
}

/// Whether an object of the type, or one in it, has a description where any type is declared.
pub(crate) fn has_description(own: &TypeInfo) -> bool {
    let object = own.ty.element() == Type::HANDLE;
    object && ["error", "time.Time", "math/big.Int", "math/big.Rat"].contains(&bare(own))
}

/// Whether it is a `time.Duration`, which is passed as a number.
pub(crate) fn is_duration(own: &TypeInfo) -> bool {
    own.ty.element() == Type::INT64 && bare(own) == "time.Duration"
}

/// The name of a type, without the prefixes of pointers and slices.
fn bare(own: &TypeInfo) -> &str {
    own.alias.trim_start_matches(['[', ']', '*'])
}

/// Whether it is `iter.Seq[V]` or `iter.Seq2[K, V]`.
fn is_sequence(own: &TypeInfo) -> bool {
    own.ty == Type::CALLABLE && own.alias.starts_with("iter.Seq")
}

/// Whether it is a channel that can be received from.
fn is_channel(own: &TypeInfo) -> bool {
    own.ty == Type::HANDLE && ["chan ", "<-chan "].iter().any(|kind| own.alias.starts_with(kind))
}

fn mismatch(own: &Own<'_>, text: &str, request: &Request) -> Error {
    let declared = Signature::new(request.params.clone(), request.rets.clone());
    let own = Signature::new(own.params.to_vec(), own.rets.to_vec());
    let message = format!("{text} is {own}, but is declared as {declared}");
    Error::new(ErrorKind::Signature, message)
}

/// Whether an argument declared as `declared` can be passed as `own`.
fn accepts(declared: &TypeInfo, own: &TypeInfo) -> bool {
    if [declared.ty, own.ty].contains(&Type::ANY) || declared.ty == Type::NULL {
        return true;
    }
    let (from, to) = (declared.ty.element(), own.ty.element());
    let elements = from == Type::ANY || to == Type::ANY || element_fits(from, to, true);
    same_rank(declared, own) && elements
}

/// Whether a result of `own` can be returned as the declared type.
fn gives(declared: &TypeInfo, own: &TypeInfo) -> bool {
    if [declared.ty, own.ty].contains(&Type::ANY) {
        return true;
    }
    let (from, to) = (own.ty.element(), declared.ty.element());
    let elements = match number(to) {
        Some(number) => from == number,
        None => from == Type::ANY || to == Type::ANY || element_fits(from, to, false),
    };
    same_rank(declared, own) && elements
}

fn same_rank(declared: &TypeInfo, own: &TypeInfo) -> bool {
    declared.ty.is_array() == own.ty.is_array() && (declared.dims < 0 || declared.dims == own.dims)
}

/// Whether a value of `from` can be converted to `to`; with `checked`, each value is checked when
/// it is passed.
fn element_fits(from: Type, to: Type, checked: bool) -> bool {
    if from == to {
        return true;
    }
    let texts = [Type::STRING8, Type::STRING16, Type::STRING32];
    match (integer(from), integer(to)) {
        (Some(a), Some(b)) => checked || b.holds(a),
        (Some(_), None) => checked && is_float(to),
        _ => {
            texts.contains(&from) && texts.contains(&to)
                || is_float(from) && is_float(to) && (checked || to == Type::FLOAT64)
        }
    }
}

/// The type that Go has for a character.
fn number(ty: Type) -> Option<Type> {
    match ty {
        Type::CHAR8 => Some(Type::UINT8),
        Type::CHAR16 => Some(Type::UINT16),
        Type::CHAR32 => Some(Type::INT32),
        _ => None,
    }
}

/// Whether it is an integer or a character.
pub(crate) fn is_integer(ty: Type) -> bool {
    integer(ty).is_some()
}

fn is_float(ty: Type) -> bool {
    ty == Type::FLOAT64 || ty == Type::FLOAT32
}

/// Width and sign of an integer or a char.
struct Integer {
    bits: u8,
    signed: bool,
}

impl Integer {
    fn holds(&self, other: Integer) -> bool {
        match (self.signed, other.signed) {
            (true, false) => self.bits > other.bits,
            (false, true) => false,
            _ => self.bits >= other.bits,
        }
    }
}

fn integer(ty: Type) -> Option<Integer> {
    let (bits, signed) = match ty {
        Type::INT8 => (8, true),
        Type::INT16 => (16, true),
        Type::INT32 => (32, true),
        Type::INT64 => (64, true),
        Type::UINT8 | Type::CHAR8 => (8, false),
        Type::UINT16 | Type::CHAR16 => (16, false),
        Type::UINT32 => (32, false),
        Type::UINT64 | Type::SIZE => (64, false),
        // A Go rune is an int32, and its values are those of a char32.
        Type::CHAR32 => (32, true),
        _ => return None,
    };
    Some(Integer { bits, signed })
}
