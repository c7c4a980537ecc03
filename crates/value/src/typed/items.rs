//! Arrays of rank 1 and more: `Vec<T>`, `&[T]`, `Vec<Vec<T>>`, ….

use metaffi_abi as abi;

use super::{Lift, Lower, mismatch, slot};
use crate::array::Array;
use crate::callable::Callable;
use crate::error::{Error, ErrorKind};
use crate::lower::{Arena, lower_argument, lower_result};
use crate::object::Handle;
use crate::types::{Type, TypeInfo};
use crate::value::Value;

/// A Rust type that can be an element of an array. A `Vec` of elements is an
/// element, too: a row. Rows may be ragged or empty.
pub trait Item: Clone + 'static {
    /// The scalar type of the innermost elements.
    const ELEMENT: Type;
    /// The rank of an array of this type.
    const DIMS: u8;
    /// Lowers to an argument that borrows from `items`.
    ///
    /// # Errors
    /// `Internal` when out of memory.
    fn lower_items(items: &[Self], arena: &mut impl Arena) -> Result<abi::Value, Error>;
    /// The array of `items`.
    fn into_array(items: Vec<Self>) -> Array;
    /// Extracts the items of an array. An array of another type is returned as
    /// the error.
    ///
    /// # Errors
    /// The array itself.
    fn from_array(array: Array) -> Result<Vec<Self>, Array>;
}

macro_rules! items {
    ($($rust:ty, $ty:ident, $variant:ident, $lower:expr;)*) => {$(
        impl Item for $rust {
            const ELEMENT: Type = Type::$ty;
            const DIMS: u8 = 1;
            #[inline]
            fn lower_items(items: &[Self], arena: &mut impl Arena) -> Result<abi::Value, Error> {
                $lower(items, arena)
            }
            fn into_array(items: Vec<Self>) -> Array {
                Array::$variant(items)
            }
            fn from_array(array: Array) -> Result<Vec<Self>, Array> {
                match array {
                    Array::$variant(items) => Ok(items),
                    other if other.is_empty() => Ok(Vec::new()),
                    other => Err(other),
                }
            }
        }
    )*};
}

/// Lowers elements without copying them.
#[inline]
fn borrow<T: Item>(items: &[T], _: &mut impl Arena) -> Result<abi::Value, Error> {
    let payload = abi::Payload { data: items.as_ptr().cast() };
    Ok(slot(T::ELEMENT.array(), items.len(), payload))
}

/// Lowers elements of another layout. What they point to is borrowed from
/// `items`.
pub(super) fn each<T: Item, R: Copy, A: Arena>(
    items: &[T],
    arena: &mut A,
    lower: impl Fn(&T, &mut A) -> Result<R, Error>,
) -> Result<abi::Value, Error> {
    let target = arena.alloc(size_of::<R>() * items.len(), align_of::<R>())?.cast::<R>();
    arena.inside(|arena| {
        items.iter().enumerate().try_for_each(|(index, item)| {
            let lowered = lower(item, arena)?;
            // SAFETY: `alloc` reserved room for all items.
            unsafe { target.as_ptr().add(index).write(lowered) };
            Ok(())
        })
    })?;
    let payload = abi::Payload { data: target.as_ptr().cast() };
    Ok(abi::Value { dims: T::DIMS, ..slot(T::ELEMENT.array(), items.len(), payload) })
}

pub(super) fn pointer(handle: Option<&Handle>) -> *mut abi::Object {
    handle.map_or(core::ptr::null_mut(), |handle| handle.as_raw().as_ptr())
}

items! {
    f64, FLOAT64, Float64, borrow;
    f32, FLOAT32, Float32, borrow;
    i8, INT8, Int8, borrow;
    i16, INT16, Int16, borrow;
    i32, INT32, Int32, borrow;
    i64, INT64, Int64, borrow;
    u8, UINT8, UInt8, borrow;
    u16, UINT16, UInt16, borrow;
    u32, UINT32, UInt32, borrow;
    u64, UINT64, UInt64, borrow;
    bool, BOOL, Bool, borrow;
    char, CHAR32, Char32, borrow;
    String, STRING8, String8, |items, arena| {
        each(items, arena, |text: &String, _| Ok(crate::str_to_raw(text)))
    };
    Option<Handle>, HANDLE, Handle, |items, arena| {
        each(items, arena, |item: &Option<Handle>, _| Ok(pointer(item.as_ref())))
    };
    Option<Callable>, CALLABLE, Callable, |items, arena| {
        each(items, arena, |item: &Option<Callable>, _| {
            Ok(pointer(item.as_ref().map(Callable::handle)))
        })
    };
    Value, ANY, Any, |items, arena| each(items, arena, |item, arena| lower_argument(item, arena));
}

/// Elements cannot be null.
impl Item for Handle {
    const ELEMENT: Type = Type::HANDLE;
    const DIMS: u8 = 1;
    fn lower_items(items: &[Self], arena: &mut impl Arena) -> Result<abi::Value, Error> {
        each(items, arena, |item, _| Ok(pointer(Some(item))))
    }
    fn into_array(items: Vec<Self>) -> Array {
        Array::Handle(items.into_iter().map(Some).collect())
    }
    fn from_array(array: Array) -> Result<Vec<Self>, Array> {
        match array {
            Array::Handle(items) if items.iter().all(Option::is_some) => {
                Ok(items.into_iter().flatten().collect())
            }
            other if other.is_empty() => Ok(Vec::new()),
            other => Err(other),
        }
    }
}

/// A row.
impl<T: Item> Item for Vec<T> {
    const ELEMENT: Type = T::ELEMENT;
    const DIMS: u8 = T::DIMS + 1;
    fn lower_items(items: &[Self], arena: &mut impl Arena) -> Result<abi::Value, Error> {
        each(items, arena, |row, arena| T::lower_items(row, arena))
    }
    fn into_array(items: Vec<Self>) -> Array {
        let rows = items.into_iter().map(T::into_array).collect();
        Array::Nested { element: Self::ELEMENT, dims: Self::DIMS, rows }
    }
    fn from_array(array: Array) -> Result<Vec<Self>, Array> {
        match array {
            Array::Nested { dims, rows, .. } if dims == Self::DIMS => {
                rows.into_iter().map(T::from_array).collect()
            }
            other if other.is_empty() => Ok(Vec::new()),
            other => Err(other),
        }
    }
}

fn info<T: Item>() -> TypeInfo {
    TypeInfo::new(T::ELEMENT.array()).with_dims(T::DIMS.into())
}

impl<T: Item> Lower for &[T] {
    type Arg<'a> = &'a [T];
    fn type_info() -> TypeInfo {
        info::<T>()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        T::lower_items(self, arena)
    }
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        lower_result(&T::into_array(self.to_vec()).into(), arena)
    }
}

/// A number that an array stores directly.
pub trait Number: Item + Copy {}

macro_rules! numbers {
    ($($rust:ty)*) => { $(impl Number for $rust {})* };
}
numbers! { f64 f32 i8 i16 i32 i64 u8 u16 u32 u64 }

/// Numbers that the callee may write to, if its language supports that.
impl<T: Number> Lower for &mut [T] {
    type Arg<'a> = &'a mut [T];
    fn type_info() -> TypeInfo {
        info::<T>()
    }
    #[inline]
    fn lower(&self, _: &mut impl Arena) -> Result<abi::Value, Error> {
        // SAFETY: `self` is a reference to a reference, that is, a pointer to a
        // pointer to the numbers. It is read as such, so that no shared reference to
        // the numbers is made.
        let items: *mut [T] = unsafe { core::ptr::from_ref(self).cast::<*mut [T]>().read() };
        let payload = abi::Payload { data: items.cast::<core::ffi::c_void>().cast_const() };
        Ok(abi::Value { flags: abi::FILLABLE, ..slot(T::ELEMENT.array(), items.len(), payload) })
    }
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        (&**self).give(arena)
    }
}

/// Borrowed text.
impl Lower for &[&str] {
    type Arg<'a> = &'a [&'a str];
    fn type_info() -> TypeInfo {
        info::<String>()
    }
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        let target = arena.alloc(size_of::<abi::Str>() * self.len(), align_of::<abi::Str>())?;
        let target = target.cast::<abi::Str>();
        for (index, text) in self.iter().enumerate() {
            // SAFETY: `alloc` reserved room for all items.
            unsafe { target.as_ptr().add(index).write(crate::str_to_raw(text)) };
        }
        let payload = abi::Payload { data: target.as_ptr().cast() };
        Ok(slot(Type::STRING8.array(), self.len(), payload))
    }
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        let texts: Vec<String> = self.iter().map(|text| (*text).to_owned()).collect();
        texts.give(arena)
    }
}

impl<T: Item> Lower for Vec<T> {
    type Arg<'a> = Vec<T>;
    fn type_info() -> TypeInfo {
        info::<T>()
    }
    #[inline]
    fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        T::lower_items(self, arena)
    }
    fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
        self.as_slice().give(arena)
    }
}

/// From an array with this many elements, of any types: a guest's tuple.
impl<T: Lift, const N: usize> Lift for [T; N] {
    fn type_info() -> TypeInfo {
        Type::ANY.array().into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        let values = match value {
            Value::Array(array) => array.into_values(),
            other => return mismatch(&Self::type_info(), &other),
        };
        let items: Vec<T> = values.into_iter().map(T::from_value).collect::<Result<_, _>>()?;
        items.try_into().map_err(|items: Vec<T>| {
            let message = format!("expected {N} element(s), got {}", items.len());
            Error::new(ErrorKind::Argument, message)
        })
    }
}

impl<T: Item> Lift for Vec<T> {
    fn type_info() -> TypeInfo {
        info::<T>()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Array(array) => {
                T::from_array(array).or_else(|other| mismatch(&info::<T>(), &other.into()))
            }
            other => mismatch(&info::<T>(), &other),
        }
    }
}
