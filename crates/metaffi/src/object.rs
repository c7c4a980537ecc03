//! Objects of other languages whose members are used by name.

use core::fmt;
use core::mem::MaybeUninit;
use std::sync::{Arc, OnceLock};

use metaffi_abi as abi;
use metaffi_value::{
    Arena, Array, CallFrame, Callable, Description, Error, ErrorKind, Handle, Lift, Lower,
    LowerAll, Type, TypeInfo, Value, arity_beyond, lift_borrowed, lift_transferred, lower_argument,
    lower_result, query_entries, query_items, takes,
};

use crate::members::{Members, members_of};

/// Something of another language, whose members are used by name. Calls can be
/// chained, since results are `Object`s, too, even plain values;
/// [`Object::lift`] converts one to a Rust type.
///
/// ```no_run
/// # fn main() -> Result<(), metaffi::Error> {
/// use metaffi::named;
///
/// let pandas = metaffi::Runtime::load("python3")?.module("pandas")?;
/// let sales = pandas.object()?.call_named("read_csv", ("sales.csv",), [named("sep", ";")])?;
/// let total = sales.call("groupby", ("city",))?.index("amount")?.call("sum", ())?;
/// println!("{total}");
/// for city in total.iter()? {
///     println!("{}", city?.lift::<f64>()?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Arguments are tuples of what entities take, including `Object`s. Types are
/// queried once and cached: see [`forget_types`](crate::forget_types).
#[derive(Clone)]
pub struct Object {
    value: Value,
    members: OnceLock<Arc<Members>>,
}

/// A named argument; made by [`named`].
#[derive(Clone, Debug)]
pub struct Named {
    name: String,
    value: Value,
}

/// Makes a named argument, for languages that support them.
pub fn named(name: impl Into<String>, value: impl Into<Value>) -> Named {
    Named { name: name.into(), value: value.into() }
}

impl Object {
    /// Its value.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Returns its value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// Converts it to a Rust type. An iterable object can become a `Vec`, and an
    /// object that converts to a number or a truth value in its language can
    /// become one.
    ///
    /// # Errors
    /// `Argument` when it has another type.
    pub fn lift<T: Lift>(&self) -> Result<T, Error> {
        let mismatch = match T::from_value(self.value.clone()) {
            Ok(lifted) => return Ok(lifted),
            Err(mismatch) => mismatch,
        };
        let Value::Handle(object) = &self.value else { return Err(mismatch) };
        if let Some(items) = items_of(object)?
            && let Ok(lifted) = T::from_value(items)
        {
            return Ok(lifted);
        }
        let numbers = ["integer", "float", "truth"].into_iter();
        let known = numbers.filter_map(|name| self.operation(name, ()).ok());
        known.filter_map(|number| T::from_value(number.value).ok()).next().ok_or(mismatch)
    }

    /// Calls a method, or a function of a module or class. With an empty name it
    /// calls the object itself: a function, or a class, which creates an object.
    ///
    /// # Errors
    /// `NotFound` with a suggestion, and whatever the guest raises.
    pub fn call<A: LowerAll>(&self, name: &str, args: A) -> Result<Object, Error> {
        match (&self.value, name) {
            (Value::Callable(function), "") => call("the function", function, None, &args),
            (_, "") => self.operation("call", args),
            _ => self.member(abi::MEMBER_METHOD, name, args),
        }
    }

    /// The same with additional named arguments.
    ///
    /// # Errors
    /// As [`Object::call`]; `NotFound` if the language has no named arguments.
    pub fn call_named<A: LowerAll>(
        &self,
        name: &str,
        args: A,
        named: impl IntoIterator<Item = Named>,
    ) -> Result<Object, Error> {
        let placed = CallFrame::with(|mut frame| {
            args.lower_all(&mut frame, |_, slots| {
                // SAFETY: just lowered, from arguments that are alive.
                slots.iter().map(|slot| unsafe { lift_borrowed(slot) }).collect()
            })
        })?;
        let (names, values): (Vec<_>, Vec<_>) =
            named.into_iter().map(|named| (named.name, named.value)).unzip();
        self.member::<(Vec<Value>, Vec<String>, Vec<Value>)>(
            abi::MEMBER_NAMED,
            name,
            (placed, names, values),
        )
    }

    /// Gets a field, property or attribute; for a module or a class, also what
    /// it contains: classes, constants, modules.
    ///
    /// # Errors
    /// As [`Object::call`].
    pub fn get(&self, name: &str) -> Result<Object, Error> {
        self.member(abi::MEMBER_GET, name, ())
    }

    /// Sets a field, property or attribute.
    ///
    /// # Errors
    /// As [`Object::call`].
    pub fn set<T: Lower>(&self, name: &str, value: T) -> Result<(), Error> {
        self.member(abi::MEMBER_SET, name, (value,)).map(drop)
    }

    /// Gets the element at an index, or the value for a key.
    ///
    /// # Errors
    /// `NotFound` if the object has no elements, and whatever the guest raises.
    pub fn index<T: Lower>(&self, key: T) -> Result<Object, Error> {
        self.operation("get_item", (key,))
    }

    /// Sets the element at an index, or the value for a key.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn set_index<K: Lower, T: Lower>(&self, key: K, value: T) -> Result<(), Error> {
        self.operation("set_item", (key, value)).map(drop)
    }

    /// The number of elements.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn len(&self) -> Result<usize, Error> {
        if let Value::Array(array) = &self.value {
            return Ok(array.len());
        }
        let length = self.operation("length", ())?.lift::<i64>()?;
        usize::try_from(length).map_err(|_| {
            Error::new(ErrorKind::Guest, format!("the object reports an invalid length: {length}"))
        })
    }

    /// Whether there are no elements.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len()? == 0)
    }

    /// Whether it equals another object, in its own language.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn equals<T: Lower>(&self, other: T) -> Result<bool, Error> {
        self.operation("equal", (other,))?.lift()
    }

    /// Calls an operation of METAFFI_MEMBER_OPERATION: `contains`, `append`,
    /// `compare`, `close`, ….
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn operation<A: LowerAll>(&self, name: &str, args: A) -> Result<Object, Error> {
        self.member(abi::MEMBER_OPERATION, name, args)
    }

    /// Iterates over the elements, the keys of a mapping, or whatever the object
    /// yields.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn iter(&self) -> Result<Objects, Error> {
        Ok(Objects(match &self.value {
            Value::Array(array) => Steps::Items(array.clone().into_values().into_iter()),
            _ => Steps::Iterator(self.operation("iterate", ())?),
        }))
    }

    /// The keys and values of a mapping.
    ///
    /// # Errors
    /// `Argument` if it is not a mapping.
    pub fn entries(&self) -> Result<Vec<(Object, Object)>, Error> {
        let not_a_mapping = || Error::new(ErrorKind::Argument, "the object is not a mapping");
        let Value::Handle(object) = &self.value else { return Err(not_a_mapping()) };
        CallFrame::with(|mut frame| {
            // SAFETY: the handle keeps the object alive; the frame outlives the
            // answer.
            let answer =
                unsafe { query_entries(object.as_raw(), &mut frame) }?.ok_or_else(not_a_mapping)?;
            // SAFETY: the answer holds its slots.
            let [keys, values] =
                answer.slots().each_ref().map(|slot| unsafe { lift_borrowed(slot) });
            let objects = |value: Value| match value {
                Value::Array(array) => array.into_values(),
                _ => Vec::new(),
            };
            let pairs = objects(keys?).into_iter().zip(objects(values?));
            Ok(pairs.map(|(key, value)| (key.into(), value.into())).collect())
        })
    }

    /// Describes its type, with signatures and documentation.
    ///
    /// # Errors
    /// `Unsupported` if its owner does not report the type.
    pub fn describe(&self) -> Result<Description, Error> {
        let object = self.handle()?;
        // SAFETY: the handle keeps the object alive.
        let description = unsafe { Description::of(object.as_raw()) }?;
        description.ok_or_else(|| {
            Error::new(ErrorKind::Unsupported, "the object's language does not describe its type")
        })
    }

    fn handle(&self) -> Result<&Handle, Error> {
        match &self.value {
            Value::Handle(object) => Ok(object),
            Value::Callable(function) => Ok(function.handle()),
            other => {
                let message = format!("a value of type {} has no members: {other}", other.ty());
                Err(Error::new(ErrorKind::Argument, message))
            }
        }
    }

    fn member<A: LowerAll>(&self, kind: i64, name: &str, args: A) -> Result<Object, Error> {
        let object = self.handle()?;
        let members = match self.members.get() {
            Some(members) => members,
            None => {
                let found = members_of(object)?;
                self.members.get_or_init(|| found)
            }
        };
        call(name, &members.get(object, kind, name)?, Some(object), &args)
    }
}

/// Calls a function. For a member, the object is the first argument.
fn call<A: LowerAll>(
    name: &str,
    function: &Callable,
    object: Option<&Handle>,
    args: &A,
) -> Result<Object, Error> {
    let raw = function.as_raw();
    let count = A::COUNT + usize::from(object.is_some());
    if !takes(raw, count) {
        let expected = arity_beyond(raw, u32::from(object.is_some()));
        let message = format!("`{name}` takes {expected} argument(s), {} were given", A::COUNT);
        return Err(Error::new(ErrorKind::Argument, message));
    }
    CallFrame::with(|mut frame| {
        args.lower_all(&mut frame, |frame, slots| {
            let mut all = Vec::with_capacity(count);
            if let Some(object) = object {
                all.push(object.lower(frame)?);
            }
            all.extend_from_slice(slots);
            let mut rets = vec![MaybeUninit::uninit(); raw.nrets as usize];
            // SAFETY: function and context belong together and live with the
            // callable; a successful callee wrote every result, and each is
            // taken once.
            let results: Vec<_> = unsafe {
                frame.call(raw.call, raw.context, &all, &mut rets)?;
                rets.iter().map(|slot| lift_transferred(slot.assume_init_ref())).collect()
            };
            let mut results = results.into_iter().collect::<Result<Vec<Value>, _>>()?;
            Ok(match results.len() {
                0 => Value::Null.into(),
                1 => results.remove(0).into(),
                _ => Value::from(results).into(),
            })
        })
    })
}

fn items_of(object: &Handle) -> Result<Option<Value>, Error> {
    CallFrame::with(|mut frame| {
        // SAFETY: the handle keeps the object alive; the frame outlives the answer,
        // which holds its slot.
        unsafe {
            let answer = query_items(object.as_raw(), &mut frame)?;
            let items = answer.map(|answer| lift_borrowed(&answer.slots()[0])).transpose()?;
            Ok(items.map(to_typed_array))
        }
    })
}

/// Converts an array of values of the same type to a typed array: in a list,
/// each element has its own type.
fn to_typed_array(items: Value) -> Value {
    let Value::Array(Array::Any(items)) = items else { return items };
    macro_rules! of_one_type {
        ($($variant:ident)*) => {
            match items.first() {
                $(Some(Value::$variant(_)) => {
                    let same = items.iter().map(|item| match item {
                        Value::$variant(item) => Some(item.clone()),
                        _ => None,
                    });
                    same.collect::<Option<Vec<_>>>().map(|same| Value::Array(Array::$variant(same)))
                })*
                _ => None,
            }
        };
    }
    let same = of_one_type!(
        Float64 Float32 Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Bool Char16 String8
    );
    same.unwrap_or(Value::Array(Array::Any(items)))
}

/// The elements of an [`Object`].
#[derive(Debug)]
pub struct Objects(Steps);

#[derive(Debug)]
enum Steps {
    Items(std::vec::IntoIter<Value>),
    Iterator(Object),
    Ended,
}

impl Iterator for Objects {
    type Item = Result<Object, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = match &mut self.0 {
            Steps::Items(items) => return items.next().map(|item| Ok(item.into())),
            Steps::Iterator(iterator) => iterator.operation("advance", ()),
            Steps::Ended => return None,
        };
        let step = step.map(|step| step.value);
        match step {
            Ok(Value::Array(Array::Any(mut pair))) if pair.first() == Some(&Value::Bool(true)) => {
                pair.pop().map(|item| Ok(item.into()))
            }
            Ok(_) => {
                self.0 = Steps::Ended;
                None
            }
            Err(error) => {
                self.0 = Steps::Ended;
                Some(Err(error))
            }
        }
    }
}

impl From<Value> for Object {
    fn from(value: Value) -> Self {
        Self { value, members: OnceLock::new() }
    }
}

impl From<Handle> for Object {
    fn from(object: Handle) -> Self {
        Value::Handle(object).into()
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        object.value
    }
}

/// As its own language displays it.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text("text") {
            Some(text) => f.pad(&text),
            None => self.value.fmt(f),
        }
    }
}

/// As its own language displays it for debugging.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text("debug_text") {
            Some(text) => f.write_str(&text),
            None => self.value.fmt(f),
        }
    }
}

impl Object {
    fn text(&self, operation: &str) -> Option<String> {
        let Value::Handle(_) = self.value else { return None };
        self.operation(operation, ()).ok()?.lift().ok()
    }
}

macro_rules! impl_lower {
    ($($rust:ty, $arg:ty;)*) => {$(
        impl Lower for $rust {
            type Arg<'a> = $arg;
            fn type_info() -> TypeInfo {
                Type::ANY.into()
            }
            fn lower(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
                lower_argument(&self.value, arena)
            }
            fn give(&self, arena: &mut impl Arena) -> Result<abi::Value, Error> {
                lower_result(&self.value, arena)
            }
        }
    )*};
}
impl_lower! {
    Object, Object;
    &Object, &'a Object;
}

impl Lift for Object {
    fn type_info() -> TypeInfo {
        Type::ANY.into()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        Ok(value.into())
    }
}
