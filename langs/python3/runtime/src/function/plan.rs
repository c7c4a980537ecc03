//! The decisions about an entity that are made when it is loaded.

use core::ffi::c_void;
use std::borrow::Cow;
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_entity_path::EntityPath;
use metaffi_value::{Callable, Entity, Type, TypeInfo, arity, takes};

use super::errors::Errors;
use super::incoming::{self, Types};
use crate::process::{Inside, Outside};

/// How an argument of a declared type is lowered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Int64,
    Float64,
    String8,
    /// An integer that is narrower than 64 bits, with its limits.
    Int(i64, i64),
    UInt64,
    Float32,
    Bool,
    Char,
    WideString,
    Null,
    Handle,
    Callable,
    Any,
    Array,
    /// Bits that are not a type.
    Unknown,
}

impl Kind {
    pub(crate) fn of(ty: Type) -> Self {
        match ty {
            _ if ty.is_array() => Self::Array,
            Type::INT64 => Self::Int64,
            Type::FLOAT64 => Self::Float64,
            Type::STRING8 => Self::String8,
            Type::INT8 => Self::Int(i8::MIN.into(), i8::MAX.into()),
            Type::INT16 => Self::Int(i16::MIN.into(), i16::MAX.into()),
            Type::INT32 => Self::Int(i32::MIN.into(), i32::MAX.into()),
            Type::UINT8 => Self::Int(0, u8::MAX.into()),
            Type::UINT16 => Self::Int(0, u16::MAX.into()),
            Type::UINT32 => Self::Int(0, u32::MAX.into()),
            Type::UINT64 | Type::SIZE => Self::UInt64,
            Type::FLOAT32 => Self::Float32,
            Type::BOOL => Self::Bool,
            Type::CHAR8 | Type::CHAR16 | Type::CHAR32 => Self::Char,
            Type::STRING16 | Type::STRING32 => Self::WideString,
            Type::NULL => Self::Null,
            Type::HANDLE => Self::Handle,
            Type::CALLABLE => Self::Callable,
            Type::ANY => Self::Any,
            _ => Self::Unknown,
        }
    }
}

/// A declared parameter or result.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) kind: Kind,
    pub(crate) info: TypeInfo,
}

impl Declared {
    pub(crate) fn new(info: &TypeInfo) -> Self {
        Self { kind: Kind::of(info.ty), info: info.clone() }
    }
}

/// The target of a call.
pub(crate) enum Target {
    /// An entity that was loaded.
    Entity(Outside<Entity>),
    /// A function from another runtime.
    Callable(Inside<Callable>),
}

impl Target {
    #[inline]
    pub(crate) fn call_fn(&self) -> abi::CallFn {
        match self {
            Self::Entity(entity) => entity.call_fn(),
            Self::Callable(callable) => callable.as_raw().call,
        }
    }

    #[inline]
    pub(crate) fn context(&self) -> *mut c_void {
        match self {
            Self::Entity(entity) => entity.context(),
            Self::Callable(callable) => callable.as_raw().context,
        }
    }

    /// The declared parameters and results.
    fn declared(&self) -> Types {
        match self {
            Self::Entity(entity) => {
                let signature = entity.signature();
                [signature.params(), signature.rets()]
                    .map(|infos| infos.iter().map(Declared::new).collect())
            }
            // SAFETY: we hold the callable.
            Self::Callable(callable) => unsafe { incoming::types(callable.as_raw()) },
        }
    }

    /// Whether it takes `count` arguments, given that it declares `declared` parameters.
    pub(crate) fn takes(&self, declared: usize, count: usize) -> bool {
        match self {
            Self::Entity(_) => count == declared,
            Self::Callable(callable) => takes(callable.as_raw(), count),
        }
    }

    /// The number of arguments that it takes, for errors.
    pub(crate) fn arity(&self, declared: usize) -> String {
        match self {
            Self::Entity(_) => declared.to_string(),
            Self::Callable(callable) => arity(callable.as_raw()),
        }
    }

    pub(crate) fn doc(&self) -> String {
        match self {
            Self::Entity(entity) => entity.doc(),
            Self::Callable(_) => String::new(),
        }
    }

    pub(crate) fn convention(&self) -> &'static str {
        match self {
            Self::Entity(entity) => entity.convention(),
            Self::Callable(_) => "generic",
        }
    }
}

/// The names of a function, from its entity path.
pub(crate) struct Names {
    /// As the user wrote it; empty for a callable.
    pub(crate) path: Cow<'static, str>,
    /// `greet`.
    pub(crate) name: Cow<'static, str>,
    /// `com.example.MyClass.greet`.
    pub(crate) qualified: Cow<'static, str>,
}

impl Names {
    pub(crate) fn of_path(text: &str) -> Self {
        let path = EntityPath::parse(text).unwrap_or_else(|_| EntityPath::new());
        let member = ["callable", "field", "attribute", "global"].iter().find_map(|k| path.get(k));
        let member = member.unwrap_or(text);
        let class = path.get("class").map_or(String::new(), |class| format!("{class}."));
        Self {
            path: text.to_owned().into(),
            name: member.rsplit('.').next().unwrap_or(member).to_owned().into(),
            qualified: format!("{class}{member}").into(),
        }
    }

    /// The names of a member of a type.
    pub(super) fn of_member(name: String, qualified: String) -> Self {
        Self { path: Cow::Borrowed(""), name: name.into(), qualified: qualified.into() }
    }

    /// The names of a callable without a name.
    pub(crate) const CALLABLE: Self = Self {
        path: Cow::Borrowed(""),
        name: Cow::Borrowed("callable"),
        qualified: Cow::Borrowed("callable"),
    };

    /// Its name in errors.
    pub(crate) fn in_errors(&self) -> String {
        match &*self.path {
            "" if self.name == "callable" => "the callable".into(),
            "" => format!("`{}`", self.qualified),
            path => format!("`{path}`"),
        }
    }
}

/// Everything that a call needs.
pub(crate) struct Plan {
    pub(crate) target: Target,
    pub(crate) params: Arc<[Declared]>,
    pub(crate) rets: Arc<[Declared]>,
    /// The type of arguments after the declared ones, for callables that take them.
    pub(crate) further: Declared,
    pub(crate) names: Names,
    pub(crate) errors: Option<Errors>,
}

impl Plan {
    pub(crate) fn new(target: Target, names: Names, errors: Option<Errors>) -> Self {
        let [params, rets] = target.declared();
        let further = Declared::new(&TypeInfo::new(Type::ANY));
        Self { target, params, rets, further, names, errors }
    }

    /// Whether it belongs to a function that was passed as an argument: it has no name and no
    /// module that chooses exceptions.
    pub(super) fn is_of_argument(&self) -> bool {
        self.errors.is_none() && self.names.path.is_empty() && self.names.qualified == "callable"
    }

    /// Declares the first argument as the object that a method is called on: it is passed as a
    /// handle, without checking for other kinds of values.
    pub(super) fn takes_object_first(&mut self) {
        let Some((first, others)) = self.params.split_first() else { return };
        if first.kind == Kind::Any {
            let object = Declared::new(&TypeInfo::new(Type::HANDLE));
            let others = others.iter().map(|other| Declared::new(&other.info));
            self.params = core::iter::once(object).chain(others).collect();
        }
    }
}
