//! Classes of stubs: structs that wrap a reference to an object.

use core::fmt;
use core::hash::{Hash, Hasher};

use metaffi_value::{Error, ErrorKind, Handle, Instance, Value};

use super::module::{Does, Module};

/// A class of stubs, with the guest's name for it.
pub trait Object: Instance {
    /// The guest's name for the class.
    const ID: &'static str;
    /// The module that the class belongs to.
    fn module() -> &'static Module;
}

/// What is accepted where an object of the class `T` is expected: an object of
/// the class or of a subclass, [`Null`], or `None`.
pub trait Is<T> {
    /// The object; `None` for null.
    ///
    /// # Errors
    /// As [`Instance::lend`].
    fn reference(&self) -> Result<Option<&Handle>, Error>;
}

/// Null, for an object of any class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Null;

impl<T> Is<T> for Null {
    fn reference(&self) -> Result<Option<&Handle>, Error> {
        Ok(None)
    }
}

impl From<Null> for Value {
    fn from(_: Null) -> Value {
        Value::Null
    }
}

impl<T, S: Is<T>> Is<T> for Option<S> {
    fn reference(&self) -> Result<Option<&Handle>, Error> {
        self.as_ref().map_or(Ok(None), Is::reference)
    }
}

impl<T, S: Is<T> + ?Sized> Is<T> for &S {
    fn reference(&self) -> Result<Option<&Handle>, Error> {
        (**self).reference()
    }
}

/// The objects of a list of arguments.
///
/// # Errors
/// As [`Instance::lend`].
pub fn references<T>(items: &[&dyn Is<T>]) -> Result<Vec<Option<Handle>>, Error> {
    items.iter().map(|item| item.reference().map(|handle| handle.cloned())).collect()
}

/// The same as values.
///
/// # Errors
/// As [`Instance::lend`].
pub fn values<T>(items: &[&dyn Is<T>]) -> Result<Vec<Value>, Error> {
    items.iter().map(|item| object(*item)).collect()
}

/// An object as a value.
///
/// # Errors
/// As [`Instance::lend`].
pub fn object<T>(item: &(impl Is<T> + ?Sized)) -> Result<Value, Error> {
    item.reference().map(|handle| handle.cloned().into())
}

/// Converts handles to objects of a class.
#[must_use]
pub fn adopt_all<T: Instance>(handles: Vec<Handle>) -> Vec<T> {
    handles.into_iter().map(T::from_handle).collect()
}

/// A guest's object of unknown class. All classes of stubs deref to it. Dropping
/// the last clone releases the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(Handle);

impl Reference {
    /// The handle behind it.
    #[must_use]
    pub const fn handle(&self) -> &Handle {
        &self.0
    }

    /// Casts the object to another class, after checking with its guest.
    ///
    /// # Errors
    /// `Argument` when its guest reports that it is not of that class. If the
    /// guest cannot report it, the cast succeeds, and calling missing methods
    /// fails.
    pub fn cast<T: Object>(&self) -> Result<T, Error> {
        if T::module().is_of(&self.0, T::ID) == Some(false) {
            let message = format!("the object is not an instance of {}", T::ID);
            return Err(Error::new(ErrorKind::Argument, message));
        }
        Ok(T::from_handle(self.0.clone()))
    }

    /// Whether its guest reports that it is of this class or a subclass; `false`
    /// if the guest cannot report it.
    #[must_use]
    pub fn is<T: Object>(&self) -> bool {
        T::module().is_of(&self.0, T::ID) == Some(true)
    }
}

impl Instance for Reference {
    fn from_handle(handle: Handle) -> Self {
        Self(handle)
    }
    #[inline]
    fn lend(&self) -> Result<&Handle, Error> {
        Ok(&self.0)
    }
}

impl Is<Reference> for Reference {
    fn reference(&self) -> Result<Option<&Handle>, Error> {
        Ok(Some(&self.0))
    }
}

impl Is<Reference> for Handle {
    fn reference(&self) -> Result<Option<&Handle>, Error> {
        Ok(Some(self))
    }
}

impl Hash for Reference {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.owner().hash(state);
    }
}

impl From<Reference> for Value {
    fn from(object: Reference) -> Value {
        Value::Handle(object.0)
    }
}

impl From<&Reference> for Value {
    fn from(object: &Reference) -> Value {
        Value::Handle(object.0.clone())
    }
}

/// Writes the guest's text for an object, or its class followed by `object` if
/// the guest has none.
///
/// # Errors
/// Whatever the formatter reports.
pub fn display<T: Object>(object: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let handle = object.lend().ok();
    let answer = handle.and_then(|handle| T::module().ask(Does::Text, &[handle.clone().into()]));
    match answer {
        Some(Ok(Value::String8(text))) => f.pad(&text),
        _ => write!(f, "{} object", T::ID),
    }
}

/// Whether two objects are the same, or equal according to their guest.
pub fn equal<T: Object>(object: &T, other: &T) -> bool {
    let (Ok(own), Ok(others)) = (object.lend(), other.lend()) else { return false };
    let ask = || {
        let answer = T::module().ask(Does::Equal, &[own.clone().into(), others.clone().into()]);
        matches!(answer, Some(Ok(Value::Bool(true))))
    };
    own == others || ask()
}

/// Hashes the guest's hash of an object; nothing if it has none.
pub fn hash<T: Object, H: Hasher>(object: &T, state: &mut H) {
    let Ok(handle) = object.lend() else { return };
    match T::module().ask(Does::Hash, &[handle.clone().into()]) {
        Some(Ok(Value::Int32(code))) => code.hash(state),
        Some(Ok(Value::Int64(code))) => code.hash(state),
        _ => {}
    }
}

/// The ordering that a guest's comparison result stands for.
#[must_use]
pub fn compare(answer: Result<impl Into<i64>, Error>) -> Option<core::cmp::Ordering> {
    answer.ok().map(|answer| answer.into().cmp(&0))
}

/// Orders objects by the comparison method of their guest.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_ordered {
    ($name:ty, [$($own:ident),*], $compare:ident) => {
        impl<$($own: $crate::stubs::Element),*> ::core::cmp::PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                $crate::stubs::compare(self.$compare(other))
            }
        }
    };
}

/// A struct for a class: its base class first, then all ancestors with their
/// type arguments, the types of its elements, and for exceptions its
/// subclasses.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_class {
    (
        $id:literal, $(#[$meta:meta])* $name:ident[$($own:ident),*]: $base:ty;
        is [$($ancestor:ty),* $(,)?]; items [$($items:ty)?]; entries [$($key:ty, $value:ty)?];
        heirs [$($heir:literal),* $(,)?];
    ) => {
        $(#[$meta])*
        pub struct $name<$($own = $crate::stubs::Value),*> {
            base: $base,
            types: ::core::marker::PhantomData<fn() -> ($($own,)*)>,
        }

        impl<$($own: 'static),*> $crate::stubs::Instance for $name<$($own),*> {
            fn from_handle(handle: $crate::stubs::Handle) -> Self {
                let base = $crate::stubs::Instance::from_handle(handle);
                Self { base, types: ::core::marker::PhantomData }
            }
            #[inline]
            fn lend(&self) -> ::core::result::Result<&$crate::stubs::Handle, $crate::stubs::Error> {
                $crate::stubs::Instance::lend(&self.base)
            }
            fn is_raised(
                type_name: &str,
                object: ::core::option::Option<&$crate::stubs::Handle>,
            ) -> bool {
                $crate::stubs::raises(&MODULE, type_name, object, $id, &[$($heir),*])
            }
        }

        impl<$($own: 'static),*> $crate::stubs::Object for $name<$($own),*> {
            const ID: &'static str = $id;
            fn module() -> &'static $crate::stubs::Module {
                &MODULE
            }
        }

        impl<$($own: 'static),*> ::core::ops::Deref for $name<$($own),*> {
            type Target = $base;
            fn deref(&self) -> &$base {
                &self.base
            }
        }

        impl<$($own: 'static),*> ::core::clone::Clone for $name<$($own),*> {
            fn clone(&self) -> Self {
                let base = ::core::clone::Clone::clone(&self.base);
                Self { base, types: ::core::marker::PhantomData }
            }
        }

        impl<$($own: 'static),*> ::core::fmt::Debug for $name<$($own),*> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&$crate::stubs::Instance::lend(self)).finish()
            }
        }

        impl<$($own: 'static),*> ::core::fmt::Display for $name<$($own),*> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::stubs::display(self, f)
            }
        }

        impl<$($own: 'static),*> ::core::cmp::PartialEq for $name<$($own),*> {
            fn eq(&self, other: &Self) -> bool {
                $crate::stubs::equal(self, other)
            }
        }

        impl<$($own: 'static),*> ::core::cmp::Eq for $name<$($own),*> {}

        impl<$($own: 'static),*> ::core::hash::Hash for $name<$($own),*> {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                $crate::stubs::hash(self, state);
            }
        }

        impl<$($own: 'static),*> ::core::convert::From<$name<$($own),*>> for $crate::stubs::Value {
            fn from(object: $name<$($own),*>) -> Self {
                ::core::convert::From::from(&object)
            }
        }

        impl<$($own: 'static),*> ::core::convert::From<&$name<$($own),*>> for $crate::stubs::Value {
            fn from(object: &$name<$($own),*>) -> Self {
                $crate::stubs::to_value(object)
            }
        }

        impl<$($own: 'static),*> $crate::stubs::Is<$name<$($own),*>> for $name<$($own),*> {
            #[inline]
            fn reference(
                &self,
            ) -> ::core::result::Result<
                ::core::option::Option<&$crate::stubs::Handle>,
                $crate::stubs::Error,
            > {
                $crate::stubs::Instance::lend(self).map(::core::option::Option::Some)
            }
        }

        $crate::__stub_ancestors! { $name [$($own),*] [$($ancestor),*] }
        $crate::__stub_items! { $name [$($own),*] [$($items)?] }
        $crate::__stub_entries! { $name [$($own),*] [$($key, $value)?] }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_items {
    ($name:ident $own:tt []) => {};
    ($name:ident [$($own:ident),*] [$items:ty]) => {
        impl<$($own: 'static),*> ::core::convert::From<&$name<$($own),*>>
            for $crate::stubs::Collection<$items>
        {
            fn from(object: &$name<$($own),*>) -> Self {
                $crate::stubs::Collection::of_guest($crate::stubs::to_value(object))
            }
        }

        impl<$($own: 'static),*> ::core::convert::From<&$name<$($own),*>>
            for $crate::stubs::Sequence
        {
            fn from(object: &$name<$($own),*>) -> Self {
                $crate::stubs::Sequence::of_guest($crate::stubs::to_value(object))
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_entries {
    ($name:ident $own:tt []) => {};
    ($name:ident [$($own:ident),*] [$key:ty, $value:ty]) => {
        impl<$($own: 'static),*> ::core::convert::From<&$name<$($own),*>>
            for $crate::stubs::Mapping<$key, $value>
        {
            fn from(object: &$name<$($own),*>) -> Self {
                $crate::stubs::Mapping::of_guest($crate::stubs::to_value(object))
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __stub_ancestors {
    ($name:ident $own:tt []) => {};
    ($name:ident [$($own:ident),*] [$ancestor:ty $(, $more:ty)*]) => {
        impl<$($own: 'static),*> $crate::stubs::Is<$ancestor> for $name<$($own),*> {
            #[inline]
            fn reference(
                &self,
            ) -> ::core::result::Result<
                ::core::option::Option<&$crate::stubs::Handle>,
                $crate::stubs::Error,
            > {
                $crate::stubs::Instance::lend(self).map(::core::option::Option::Some)
            }
        }

        impl<$($own: 'static),*> ::core::convert::From<$name<$($own),*>> for $ancestor {
            fn from(object: $name<$($own),*>) -> Self {
                $crate::stubs::upcast(&object)
            }
        }

        $crate::__stub_ancestors! { $name [$($own),*] [$($more),*] }
    };
}

/// The object as one of its ancestors. A member of an enum that cannot be read
/// panics here.
#[doc(hidden)]
pub fn upcast<T: Instance>(object: &impl Instance) -> T {
    match object.lend() {
        Ok(handle) => T::from_handle(handle.clone()),
        Err(error) => unreachable!("an object holds its handle: {error}"),
    }
}

/// An object as a value.
#[doc(hidden)]
pub fn to_value(object: &impl Instance) -> Value {
    object.lend().map_or(Value::Null, |handle| Value::Handle(handle.clone()))
}

/// Whether an exception is of a class: by its name and those of all subclasses,
/// else by what its guest reports. Some guests prefix a name with the package,
/// or with a pointer's star.
#[doc(hidden)]
pub fn raises(
    module: &'static Module,
    type_name: &str,
    object: Option<&Handle>,
    id: &str,
    heirs: &[&str],
) -> bool {
    let matches = |name: &str| name == id || heirs.contains(&name);
    let plain = type_name.trim_start_matches('*');
    let within = plain.rsplit_once(['.', '/']).map(|(_, name)| name);
    matches(type_name)
        || matches(plain)
        || within.is_some_and(matches)
        || object.is_some_and(|object| module.is_of(object, id) == Some(true))
}

/// A struct for a named type of plain values.
#[doc(hidden)]
#[macro_export]
macro_rules! __stub_value {
    ($(#[$meta:meta])* $name:ident($inner:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, PartialOrd)]
        pub struct $name(pub $inner);

        impl $crate::Lower for $name {
            type Arg<'a> = $name;
            fn type_info() -> $crate::TypeInfo {
                <$inner as $crate::Lower>::type_info()
            }
            fn lower(&self, arena: &mut impl $crate::Arena) -> ::core::result::Result<$crate::RawValue, $crate::Error> {
                $crate::Lower::lower(&self.0, arena)
            }
            fn give(&self, arena: &mut impl $crate::Arena) -> ::core::result::Result<$crate::RawValue, $crate::Error> {
                $crate::Lower::give(&self.0, arena)
            }
        }

        impl $crate::Lift for $name {
            fn type_info() -> $crate::TypeInfo {
                <$inner as $crate::Lift>::type_info()
            }
            fn from_value(value: $crate::Value) -> ::core::result::Result<Self, $crate::Error> {
                $crate::Lift::from_value(value).map(Self)
            }
        }

        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl ::core::convert::From<$name> for $crate::Value {
            fn from(value: $name) -> Self {
                value.0.into()
            }
        }

        impl ::core::convert::From<&$name> for $crate::Value {
            fn from(value: &$name) -> Self {
                ::core::clone::Clone::clone(&value.0).into()
            }
        }
    };
}
