//! Something of another language, used by the names of what it has.

use core::fmt;
use core::mem::MaybeUninit;
use std::sync::{Arc, OnceLock};

use metaffi_abi as abi;
use metaffi_value::{
    Arena, Array, CallFrame, Callable, Description, Error, ErrorKind, Handle, Lift, Lower,
    LowerAll, Type, TypeInfo, Value, arity_beyond, ask_entries, ask_items, lift_borrowed,
    lift_transferred, lower_argument, lower_result, takes,
};

use crate::members::{Members, members_of};

/// Something of another language, used by the names of what it has. Calls follow
/// one another, as what they give is an `Object`, too, also where it is a plain
/// value; [`Object::lift`] gives it as a type of Rust.
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
/// Arguments are tuples of what entities take, `Object`s among them. What is known
/// of a type is asked for once: see [`forget_types`](crate::forget_types).
#[derive(Clone)]
pub struct Object {
    value: Value,
    members: OnceLock<Arc<Members>>,
}

/// An argument by its name; [`named`] makes one.
#[derive(Clone, Debug)]
pub struct Named {
    name: String,
    value: Value,
}

/// An argument by its name, for languages that have such.
pub fn named(name: impl Into<String>, value: impl Into<Value>) -> Named {
    Named { name: name.into(), value: value.into() }
}

impl Object {
    /// The value that it is.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// The value itself.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The same as a type of Rust. What an object goes through is a `Vec`, and an
    /// object that is a number or a truth value in its language is one.
    ///
    /// # Errors
    /// `Argument` when it is another type.
    pub fn lift<T: Lift>(&self) -> Result<T, Error> {
        let unfit = match T::from_value(self.value.clone()) {
            Ok(lifted) => return Ok(lifted),
            Err(unfit) => unfit,
        };
        let Value::Handle(object) = &self.value else { return Err(unfit) };
        if let Some(items) = items_of(object)?
            && let Ok(lifted) = T::from_value(items)
        {
            return Ok(lifted);
        }
        let numbers = ["integer", "float", "truth"].into_iter();
        let known = numbers.filter_map(|name| self.operation(name, ()).ok());
        known.filter_map(|number| T::from_value(number.value).ok()).next().ok_or(unfit)
    }

    /// Calls a method; of a module or a class also a function. With an empty name it
    /// calls the object itself: a function, or a class, which makes an object.
    ///
    /// # Errors
    /// `NotFound` with a suggestion, and what the guest raises.
    pub fn call<A: LowerAll>(&self, name: &str, args: A) -> Result<Object, Error> {
        match (&self.value, name) {
            (Value::Callable(function), "") => call("the function", function, None, &args),
            (_, "") => self.operation("call", args),
            _ => self.member(abi::MEMBER_METHOD, name, args),
        }
    }

    /// The same with further arguments by their names.
    ///
    /// # Errors
    /// As [`Object::call`]; `NotFound` where the language has no named arguments.
    pub fn call_named<A: LowerAll>(
        &self,
        name: &str,
        args: A,
        named: impl IntoIterator<Item = Named>,
    ) -> Result<Object, Error> {
        let placed = CallFrame::with(|mut frame| {
            args.lower_all(&mut frame, |_, slots| {
                // SAFETY: just lowered, from arguments that live.
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

    /// A field, a property, an attribute; of a module or a class also what it
    /// contains: classes, constants, modules.
    ///
    /// # Errors
    /// As [`Object::call`].
    pub fn get(&self, name: &str) -> Result<Object, Error> {
        self.member(abi::MEMBER_GET, name, ())
    }

    /// Gives it another value.
    ///
    /// # Errors
    /// As [`Object::call`].
    pub fn set<T: Lower>(&self, name: &str, value: T) -> Result<(), Error> {
        self.member(abi::MEMBER_SET, name, (value,)).map(drop)
    }

    /// The element at an index, or the value of a key.
    ///
    /// # Errors
    /// `NotFound` where the object has no elements, and what the guest raises.
    pub fn index<T: Lower>(&self, key: T) -> Result<Object, Error> {
        self.operation("get_item", (key,))
    }

    /// Changes it.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn set_index<K: Lower, T: Lower>(&self, key: K, value: T) -> Result<(), Error> {
        self.operation("set_item", (key, value)).map(drop)
    }

    /// How many elements there are.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn len(&self) -> Result<usize, Error> {
        if let Value::Array(array) = &self.value {
            return Ok(array.len());
        }
        let length = self.operation("length", ())?.lift::<i64>()?;
        usize::try_from(length)
            .map_err(|_| Error::new(ErrorKind::Guest, format!("an object of {length} elements")))
    }

    /// Whether there are none.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len()? == 0)
    }

    /// Whether it equals another one, by its own language.
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn equals<T: Lower>(&self, other: T) -> Result<bool, Error> {
        self.operation("equal", (other,))?.lift()
    }

    /// An operation of METAFFI_MEMBER_OPERATION: `contains`, `append`, `compare`,
    /// `close`, ….
    ///
    /// # Errors
    /// As [`Object::index`].
    pub fn operation<A: LowerAll>(&self, name: &str, args: A) -> Result<Object, Error> {
        self.member(abi::MEMBER_OPERATION, name, args)
    }

    /// Goes through elements, the keys of a mapping, whatever it gives one after the
    /// other.
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
    /// `Argument` where it is none.
    pub fn entries(&self) -> Result<Vec<(Object, Object)>, Error> {
        let none = || Error::new(ErrorKind::Argument, "the object is not a mapping");
        let Value::Handle(object) = &self.value else { return Err(none()) };
        CallFrame::with(|mut frame| {
            // SAFETY: the handle holds the object; the frame outlives the answer.
            let answer = unsafe { ask_entries(object.as_raw(), &mut frame) }?.ok_or_else(none)?;
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

    /// What there is of its type, with signatures and documentation.
    ///
    /// # Errors
    /// `Unsupported` where its owner does not tell.
    pub fn describe(&self) -> Result<Description, Error> {
        let object = self.handle()?;
        // SAFETY: the handle holds the object.
        let description = unsafe { Description::of(object.as_raw()) }?;
        description
            .ok_or_else(|| Error::new(ErrorKind::Unsupported, "the object does not tell its type"))
    }

    fn handle(&self) -> Result<&Handle, Error> {
        match &self.value {
            Value::Handle(object) => Ok(object),
            Value::Callable(function) => Ok(function.handle()),
            other => {
                let message = format!("{} has no members: it is a value, {other}", other.ty());
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

/// Calls a function, with the object first if it is a member.
fn call<A: LowerAll>(
    name: &str,
    function: &Callable,
    object: Option<&Handle>,
    args: &A,
) -> Result<Object, Error> {
    let raw = function.as_raw();
    let count = A::COUNT + usize::from(object.is_some());
    if !takes(raw, count) {
        let wanted = arity_beyond(raw, u32::from(object.is_some()));
        let message = format!("`{name}` takes {wanted} argument(s), {} were given", A::COUNT);
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
            // callable; a successful callee wrote every result, each taken once.
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
        // SAFETY: the handle holds the object; the frame outlives the answer, which
        // holds its slot.
        unsafe {
            let answer = ask_items(object.as_raw(), &mut frame)?;
            let items = answer.map(|answer| lift_borrowed(&answer.slots()[0])).transpose()?;
            Ok(items.map(alike))
        }
    })
}

/// An array of values of one type as one of that type: a list says of each alone
/// what it is.
fn alike(items: Value) -> Value {
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

/// What an [`Object`] gives, one after the other.
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

/// As its own language writes it.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text("text") {
            Some(text) => f.pad(&text),
            None => self.value.fmt(f),
        }
    }
}

/// As its own language shows it to who looks for errors.
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

macro_rules! lowered {
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
lowered! {
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
