//! Types, type infos and signatures.

use core::fmt;

use metaffi_abi as abi;

use crate::text::{str_from_raw, str_to_raw};

/// A MetaFFI type: a scalar, or an array or packed array of one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Type(abi::Type);

macro_rules! scalars {
    ($($name:ident $text:literal),* $(,)?) => {
        impl Type {
            $(#[doc = concat!("`", $text, "`.")] pub const $name: Type = Type(abi::$name);)*
            /// Every scalar type, and `array` for mixed elements.
            pub const ALL: &[(&'static str, Type)] = &[$(($text, Type::$name)),*];
        }
    };
}
scalars! {
    FLOAT64 "float64", FLOAT32 "float32", INT8 "int8", INT16 "int16", INT32 "int32", INT64 "int64",
    UINT8 "uint8", UINT16 "uint16", UINT32 "uint32", UINT64 "uint64", BOOL "bool", SIZE "size",
    CHAR8 "char8", CHAR16 "char16", CHAR32 "char32", STRING8 "string8", STRING16 "string16",
    STRING32 "string32", HANDLE "handle", ANY "any", NULL "null", CALLABLE "callable",
    ARRAY "array",
}

impl Type {
    /// The type for a raw tag. Any bits are accepted, and can be printed.
    #[must_use]
    pub const fn from_raw(raw: abi::Type) -> Self {
        Type(raw)
    }

    /// The raw tag.
    #[must_use]
    pub const fn raw(self) -> abi::Type {
        self.0
    }

    /// The array form of a scalar.
    #[must_use]
    pub const fn array(self) -> Self {
        Type(self.0 | abi::ARRAY)
    }

    /// The packed array form of a scalar.
    #[must_use]
    pub const fn packed_array(self) -> Self {
        Type(self.0 | abi::ARRAY | abi::PACKED)
    }

    /// Whether it is an array of any form.
    #[must_use]
    pub const fn is_array(self) -> bool {
        self.0 & abi::ARRAY != 0
    }

    /// Whether it is a packed array.
    #[must_use]
    pub const fn is_packed(self) -> bool {
        self.0 & abi::PACKED != 0
    }

    /// The element type of an array, `any` for a mixed one, itself for a scalar.
    #[must_use]
    pub const fn element(self) -> Self {
        match self.0 & !(abi::ARRAY | abi::PACKED) {
            0 => Type::ANY,
            scalar => Type(scalar),
        }
    }

    /// Parses a name of `types.md`: `int64`, `string8_array`, `uint8_packed_array`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let scalar = |text: &str| Self::ALL.iter().find(|(n, _)| *n == text).map(|(_, t)| *t);
        if let Some(base) = name.strip_suffix("_packed_array") {
            return scalar(base).map(Self::packed_array);
        }
        match name.strip_suffix("_array") {
            Some(base) => scalar(base).map(Self::array),
            None => scalar(name),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Type::ARRAY {
            return f.write_str("array");
        }
        let suffix = match (self.is_array(), self.is_packed()) {
            (_, true) => "_packed_array",
            (true, false) => "_array",
            (false, false) => "",
        };
        match Self::ALL.iter().find(|(_, t)| t.0 == self.0 & !(abi::ARRAY | abi::PACKED)) {
            Some((name, _)) => write!(f, "{name}{suffix}"),
            None => write!(f, "type {:#x}", self.0),
        }
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A declared type: a type, its rank, and the guest's own name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeInfo {
    /// The declared type.
    pub ty: Type,
    /// 0 for a scalar, n for an array of that rank, -1 for mixed or unknown.
    pub dims: i32,
    /// The guest's own name for the type, or an empty string.
    pub alias: String,
}

impl TypeInfo {
    /// A type with its natural rank: 0 for scalars, 1 for arrays, -1 for `array`.
    #[must_use]
    pub fn new(ty: Type) -> Self {
        let dims = match ty {
            Type::ARRAY => -1,
            _ => i32::from(ty.is_array()),
        };
        Self { ty, dims, alias: String::new() }
    }

    /// The same with the guest's name for the type.
    #[must_use]
    pub fn with_alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = alias.into();
        self
    }

    /// The same with another rank. A scalar type with rank n ≥ 1 becomes an
    /// array.
    #[must_use]
    pub fn with_dims(mut self, dims: i32) -> Self {
        self.dims = dims;
        if dims != 0 {
            self.ty = Type(self.ty.0 | abi::ARRAY);
        }
        self
    }

    /// Copies a raw info. A scalar type with rank n ≥ 1 becomes an array, and
    /// an array type with rank 0 gets rank 1, since both spellings are in use.
    ///
    /// # Safety
    /// `raw.alias` must be a valid raw string.
    #[must_use]
    pub unsafe fn from_raw(raw: &abi::TypeInfo) -> Self {
        // SAFETY: the caller's promise.
        let info = Self::new(Type(raw.ty)).with_alias(unsafe { str_from_raw(raw.alias) });
        if raw.dims == 0 { info } else { info.with_dims(raw.dims) }
    }

    /// Views it as a raw info, valid as long as `self`.
    #[must_use]
    pub fn to_raw(&self) -> abi::TypeInfo {
        abi::TypeInfo { ty: self.ty.0, dims: self.dims, alias: str_to_raw(&self.alias) }
    }
}

impl From<Type> for TypeInfo {
    fn from(ty: Type) -> Self {
        Self::new(ty)
    }
}

impl fmt::Display for TypeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ty)?;
        if self.dims > 1 {
            write!(f, "[{}]", self.dims)?;
        }
        if self.alias.is_empty() { Ok(()) } else { write!(f, " ({})", self.alias) }
    }
}

/// Parameter and result types, with the raw view that C structs point to.
#[derive(Debug)]
pub struct Signature {
    params: Box<[TypeInfo]>,
    rets: Box<[TypeInfo]>,
    raw: Box<[abi::TypeInfo]>,
}

// SAFETY: `raw` only points into `params` and `rets`, which never change.
unsafe impl Send for Signature {}
// SAFETY: as above; shared access only reads.
unsafe impl Sync for Signature {}

impl Signature {
    /// A signature of these types.
    #[must_use]
    pub fn new(params: Vec<TypeInfo>, rets: Vec<TypeInfo>) -> Self {
        let (params, rets) = (params.into_boxed_slice(), rets.into_boxed_slice());
        let raw = params.iter().chain(&rets).map(TypeInfo::to_raw).collect();
        Self { params, rets, raw }
    }

    /// Copies raw type infos.
    ///
    /// # Safety
    /// The pointers must be valid for the counts given.
    #[must_use]
    pub unsafe fn from_raw(
        params: *const abi::TypeInfo,
        nparams: u32,
        rets: *const abi::TypeInfo,
        nrets: u32,
    ) -> Self {
        let copy = |data: *const abi::TypeInfo, count: u32| {
            // SAFETY: the caller's promise.
            let infos = unsafe { crate::text::elements(data.cast(), u64::from(count)) };
            // SAFETY: the caller's promise covers the aliases.
            infos.iter().map(|info| unsafe { TypeInfo::from_raw(info) }).collect()
        };
        Self::new(copy(params, nparams), copy(rets, nrets))
    }

    /// The parameter types.
    #[must_use]
    pub fn params(&self) -> &[TypeInfo] {
        &self.params
    }

    /// The result types.
    #[must_use]
    pub fn rets(&self) -> &[TypeInfo] {
        &self.rets
    }

    /// The raw parameters, valid as long as `self`.
    #[must_use]
    pub fn raw_params(&self) -> &[abi::TypeInfo] {
        &self.raw[..self.params.len()]
    }

    /// The raw results, valid as long as `self`.
    #[must_use]
    pub fn raw_rets(&self) -> &[abi::TypeInfo] {
        &self.raw[self.params.len()..]
    }
}

impl Clone for Signature {
    fn clone(&self) -> Self {
        Self::new(self.params.to_vec(), self.rets.to_vec())
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |infos: &[TypeInfo]| {
            infos.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        write!(f, "({}) -> ({})", list(&self.params), list(&self.rets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_round_trips() {
        for (name, ty) in Type::ALL {
            assert_eq!(Type::parse(name), Some(*ty));
            assert_eq!(ty.to_string(), *name);
            if *ty == Type::ARRAY {
                continue;
            }
            for form in [ty.array(), ty.packed_array()] {
                assert_eq!(Type::parse(&form.to_string()), Some(form));
                assert_eq!(form.element(), *ty);
            }
        }
        assert_eq!(Type::parse("int65"), None);
    }

    #[test]
    fn both_spellings_of_an_array_mean_the_same() {
        let by_type = TypeInfo::new(Type::INT64.array());
        let by_dims = TypeInfo::new(Type::INT64).with_dims(1);
        assert_eq!(by_type, by_dims);
        assert_eq!(TypeInfo::new(Type::ARRAY).dims, -1);
    }
}
