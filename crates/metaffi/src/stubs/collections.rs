//! Lists and maps as arguments, and guest objects that have elements.

use core::hash::Hash;
use core::marker::PhantomData;
use std::collections::{BTreeMap, HashMap};

use metaffi_value::{
    Answers, CallFrame, Error, ErrorKind, Handle, Item, Lift, Lower, TypeInfo, Value,
    lift_borrowed, new_answering, query_entries, query_items,
};

use super::module::{Does, Module};
use super::{Iter, Null};

/// What type parameters of a guest's classes may stand for.
pub trait Element:
    Lift + for<'a> Lower<Arg<'a> = Self> + Into<Value> + Clone + Send + Sync + 'static
{
}

impl<T> Element for T where
    T: Lift + for<'a> Lower<Arg<'a> = T> + Into<Value> + Clone + Send + Sync + 'static
{
}

/// Converts something to a `T`, then to a value.
pub fn any<T: Into<Value>>(value: impl Into<T>) -> Value {
    value.into().into()
}

/// Converts a value to a `T`.
///
/// # Errors
/// As [`Lift::from_value`].
pub fn lift<T: Lift>(value: impl Into<Value>) -> Result<T, Error> {
    T::from_value(value.into())
}

/// Converts values to `T`s.
///
/// # Errors
/// As [`Lift::from_value`].
pub fn lift_all<T: Lift>(values: Vec<Value>) -> Result<Vec<T>, Error> {
    values.into_iter().map(T::from_value).collect()
}

/// What is accepted as a guest's list, set, or anything with elements: a `Vec`,
/// an array, a slice, or the guest's own object.
#[derive(Clone, Debug)]
pub struct Collection<T> {
    value: Value,
    types: PhantomData<fn() -> T>,
}

impl<T> Collection<T> {
    /// Wraps the guest's own object.
    #[must_use]
    pub const fn of_guest(value: Value) -> Self {
        Self { value, types: PhantomData }
    }
}

impl<T, S: Into<T>> FromIterator<S> for Collection<T>
where
    T: Into<Value>,
{
    fn from_iter<I: IntoIterator<Item = S>>(items: I) -> Self {
        let values: Vec<Value> = items.into_iter().map(|item| item.into().into()).collect();
        Self { value: values.into(), types: PhantomData }
    }
}

macro_rules! collections {
    ($([$($generic:tt)*] $from:ty => $to:ty;)*) => {$(
        impl<$($generic)*> From<$from> for Collection<$to> {
            fn from(items: $from) -> Self {
                items.iter().cloned().collect()
            }
        }
    )*};
}
collections! {
    [T: Into<Value> + Clone] Vec<T> => T;
    [T: Into<Value> + Clone] &Vec<T> => T;
    [T: Into<Value> + Clone] &[T] => T;
    [T: Into<Value> + Clone, const N: usize] [T; N] => T;
    [T: Into<Value> + Clone, const N: usize] &[T; N] => T;
    [] Vec<&str> => String;
    [] &[&str] => String;
    [const N: usize] [&str; N] => String;
    [const N: usize] &[&str; N] => String;
}

impl<T> From<Collection<T>> for Value {
    fn from(collection: Collection<T>) -> Value {
        collection.value
    }
}

/// What is accepted as a guest's list with elements of any type: a `Vec`, an
/// array, a slice, or the guest's own object.
#[derive(Clone, Debug)]
pub struct Sequence(Value);

impl Sequence {
    /// Wraps the guest's own object.
    #[must_use]
    pub const fn of_guest(value: Value) -> Self {
        Self(value)
    }
}

impl<S: Into<Value>> FromIterator<S> for Sequence {
    fn from_iter<I: IntoIterator<Item = S>>(items: I) -> Self {
        let values: Vec<Value> = items.into_iter().map(Into::into).collect();
        Self(values.into())
    }
}

macro_rules! sequences {
    ($([$($generic:tt)*] $from:ty;)*) => {$(
        impl<T: Into<Value> + Clone, $($generic)*> From<$from> for Sequence {
            fn from(items: $from) -> Self {
                items.iter().cloned().collect()
            }
        }
    )*};
}
sequences! {
    [] Vec<T>;
    [] &Vec<T>;
    [] &[T];
    [const N: usize] [T; N];
    [const N: usize] &[T; N];
}

impl From<Sequence> for Value {
    fn from(sequence: Sequence) -> Value {
        sequence.0
    }
}

/// An array as a value.
#[must_use]
pub fn array<T: Item>(items: &[T]) -> Value {
    T::into_array(items.to_vec()).into()
}

/// The elements of a list, for an array with elements of any type.
pub fn all<C: Into<Value>>(list: impl Into<C>) -> Vec<Value> {
    elements(list.into().into())
}

/// A map as a value.
///
/// # Errors
/// As [`Mapping::into_value`].
pub fn entries<K: Into<Value>, V: Into<Value>>(
    map: impl Into<Mapping<K, V>>,
) -> Result<Value, Error> {
    map.into().into_value()
}

impl<T> From<Null> for Collection<T> {
    fn from(_: Null) -> Self {
        Self::of_guest(Value::Null)
    }
}

impl From<Null> for Sequence {
    fn from(_: Null) -> Self {
        Self(Value::Null)
    }
}

impl<K, V> From<Null> for Mapping<K, V> {
    fn from(_: Null) -> Self {
        Self::of_guest(Value::Null)
    }
}

/// What is accepted as a guest's map: a `HashMap`, a `BTreeMap`, pairs, or the
/// guest's own object.
#[derive(Clone, Debug)]
pub struct Mapping<K, V> {
    entries: Entries,
    types: PhantomData<fn() -> (K, V)>,
}

#[derive(Clone, Debug)]
enum Entries {
    OfGuest(Value),
    Own(Vec<Value>, Vec<Value>),
}

impl Answers for Entries {
    fn entries(&self) -> Option<(Vec<Value>, Vec<Value>)> {
        match self {
            Entries::OfGuest(_) => None,
            Entries::Own(keys, values) => Some((keys.clone(), values.clone())),
        }
    }
    fn is_mapping(&self) -> bool {
        matches!(self, Entries::Own(..))
    }
}

impl<K, V> Mapping<K, V> {
    /// Wraps the guest's own object.
    #[must_use]
    pub const fn of_guest(value: Value) -> Self {
        Self { entries: Entries::OfGuest(value), types: PhantomData }
    }

    /// The value to pass.
    ///
    /// # Errors
    /// As [`Hub::open`](crate::Hub::open).
    pub fn into_value(self) -> Result<Value, Error> {
        match self.entries {
            Entries::OfGuest(value) => Ok(value),
            own @ Entries::Own(..) => Ok(new_answering(crate::owner()?, own).into()),
        }
    }
}

impl<K: Into<Value>, V: Into<Value>> FromIterator<(K, V)> for Mapping<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter().map(|(key, value)| (key.into(), value.into()));
        let (keys, values) = pairs.unzip();
        Self { entries: Entries::Own(keys, values), types: PhantomData }
    }
}

macro_rules! mappings {
    ($([$($generic:tt)*] $from:ty;)*) => {$(
        impl<K: Into<Value>, V: Into<Value>, $($generic)*> From<$from> for Mapping<K, V> {
            fn from(pairs: $from) -> Self {
                pairs.into_iter().collect()
            }
        }
    )*};
}
mappings! {
    [] HashMap<K, V>;
    [] BTreeMap<K, V>;
    [] Vec<(K, V)>;
    [const N: usize] [(K, V); N];
}

impl<V: Into<Value>, const N: usize> From<[(&str, V); N]> for Mapping<String, V> {
    fn from(pairs: [(&str, V); N]) -> Self {
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

/// A guest object that has elements, of otherwise unknown class.
#[derive(Debug)]
pub struct Items<T> {
    handle: Handle,
    module: &'static Module,
    types: PhantomData<fn() -> T>,
}

impl<T> Items<T> {
    /// Wraps an object of a module.
    #[must_use]
    pub const fn new(handle: Handle, module: &'static Module) -> Self {
        Self { handle, module, types: PhantomData }
    }

    /// The object.
    #[must_use]
    pub const fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl<T: Lift> Items<T> {
    /// Collects all elements. An iterator is consumed.
    ///
    /// # Errors
    /// Whatever the guest raises, and as [`Lift::from_value`].
    pub fn to_vec(&self) -> Result<Vec<T>, Error> {
        self.into_iter().collect()
    }

    /// The elements, if the guest can return them all at once.
    fn items_at_once(&self) -> Result<Option<Vec<Value>>, Error> {
        CallFrame::with(|mut frame| {
            // SAFETY: the handle keeps the object alive, and the frame outlives
            // the answer.
            let answer = unsafe { query_items(self.handle.as_raw(), &mut frame)? };
            let Some(answer) = answer else { return Ok(None) };
            // SAFETY: a slot of the answer.
            let value = unsafe { lift_borrowed(&answer.slots()[0])? };
            Ok(Some(elements(value)))
        })
    }
}

impl<T> From<&Items<T>> for Sequence {
    fn from(items: &Items<T>) -> Self {
        Sequence::of_guest(items.handle.clone().into())
    }
}

impl<T> From<&Items<T>> for Value {
    fn from(items: &Items<T>) -> Self {
        items.handle.clone().into()
    }
}

impl<K, V> From<&Map<K, V>> for Value {
    fn from(map: &Map<K, V>) -> Self {
        map.handle.clone().into()
    }
}

impl<T> From<&Items<T>> for Collection<T> {
    fn from(items: &Items<T>) -> Self {
        Collection::of_guest(items.handle.clone().into())
    }
}

impl<T: Lift> IntoIterator for &Items<T> {
    type Item = Result<T, Error>;
    type IntoIter = Iter<T>;
    fn into_iter(self) -> Iter<T> {
        let module = self.module;
        match module.ask(Does::Iterate, &[self.handle.clone().into()]) {
            Some(Ok(Value::Handle(iterator))) => Iter::of_any(iterator, module),
            Some(Err(error)) => Iter::failed(error),
            _ => match self.items_at_once() {
                Ok(Some(values)) => Iter::of_values(values),
                Ok(None) => Iter::failed(cannot("iterate over the object")),
                Err(error) => Iter::failed(error),
            },
        }
    }
}

#[cold]
fn cannot(what: &str) -> Error {
    let message = format!("cannot {what}: its language does not support that");
    Error::new(ErrorKind::Unsupported, message)
}

/// The elements of an array of any type.
pub(super) fn elements(value: Value) -> Vec<Value> {
    match value {
        Value::Array(array) => array.into_values(),
        other => vec![other],
    }
}

/// A guest's map, of otherwise unknown class.
#[derive(Debug)]
pub struct Map<K, V> {
    handle: Handle,
    types: PhantomData<fn() -> (K, V)>,
}

impl<K, V> Map<K, V> {
    /// Wraps the object.
    #[must_use]
    pub const fn new(handle: Handle) -> Self {
        Self { handle, types: PhantomData }
    }

    /// The object.
    #[must_use]
    pub const fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl<K: Lift, V: Lift> Map<K, V> {
    /// All entries.
    ///
    /// # Errors
    /// Whatever the guest raises, and as [`Lift::from_value`].
    pub fn entries(&self) -> Result<Vec<(K, V)>, Error> {
        let pairs = CallFrame::with(|mut frame| {
            // SAFETY: the handle keeps the object alive, and the frame outlives
            // the answer.
            let answer = unsafe { query_entries(self.handle.as_raw(), &mut frame)? };
            let Some(answer) = answer else { return Ok(None) };
            let [keys, values] = answer.slots();
            // SAFETY: the answer's slots.
            let (keys, values) = unsafe { (lift_borrowed(keys)?, lift_borrowed(values)?) };
            Ok(Some((elements(keys), elements(values))))
        })?;
        let (keys, values) = pairs.ok_or_else(|| cannot("read the entries of the object"))?;
        let pair = |(key, value)| Ok((K::from_value(key)?, V::from_value(value)?));
        keys.into_iter().zip(values).map(pair).collect()
    }

    /// All entries by their keys.
    ///
    /// # Errors
    /// As [`entries`](Self::entries).
    pub fn to_map(&self) -> Result<HashMap<K, V>, Error>
    where
        K: Eq + Hash,
    {
        Ok(self.entries()?.into_iter().collect())
    }
}

impl<K, V> Lift for Map<K, V>
where
    K: Lift + 'static,
    V: Lift + 'static,
{
    fn type_info() -> TypeInfo {
        <Handle as Lift>::type_info()
    }
    fn from_value(value: Value) -> Result<Self, Error> {
        Handle::from_value(value).map(Self::new)
    }
}

impl<K, V> From<&Map<K, V>> for Mapping<K, V> {
    fn from(map: &Map<K, V>) -> Self {
        Mapping::of_guest(map.handle.clone().into())
    }
}

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        Self::new(self.handle.clone(), self.module)
    }
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self::new(self.handle.clone())
    }
}
