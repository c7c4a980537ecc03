//! Cached members of the types of objects.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use metaffi_abi as abi;
use metaffi_value::{
    Callable, Description, Error, ErrorKind, Handle, did_you_mean, query_member, query_type,
};

/// The members of one type, as functions that take the object as their first
/// argument.
#[derive(Debug, Default)]
pub(crate) struct Members(RwLock<HashMap<(i64, String), Callable>>);

/// The types by owner and type number.
type Types = HashMap<(u64, u64), Arc<Members>>;

static TYPES: LazyLock<RwLock<Types>> = LazyLock::new(RwLock::default);

/// Clears the cache of the types of objects, and releases the functions of their
/// members. They are queried again when they are used.
pub fn forget_types() {
    TYPES.write().unwrap_or_else(PoisonError::into_inner).clear();
}

/// The cached members of an object's type. If the owner does not report the type,
/// an empty set that is not cached.
pub(crate) fn members_of(object: &Handle) -> Result<Arc<Members>, Error> {
    // SAFETY: the handle keeps the object alive.
    let Some((number, _)) = unsafe { query_type(object.as_raw()) }? else {
        return Ok(Arc::default());
    };
    let key = (object.owner(), number);
    let known = TYPES.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    Ok(known.unwrap_or_else(|| {
        let mut types = TYPES.write().unwrap_or_else(PoisonError::into_inner);
        types.entry(key).or_default().clone()
    }))
}

impl Members {
    /// The function for a member of the type.
    pub(crate) fn get(&self, object: &Handle, kind: i64, name: &str) -> Result<Callable, Error> {
        let key = (kind, name.to_owned());
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        // SAFETY: the handle keeps the object alive.
        let found = unsafe { query_member(object.as_raw(), kind, name) }?;
        let function = found.ok_or_else(|| missing(object, kind, name))?;
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(all.entry(key).or_insert(function).clone())
    }
}

/// The error for a missing member, with a suggestion.
fn missing(object: &Handle, kind: i64, name: &str) -> Error {
    // SAFETY: the handle keeps the object alive.
    let of = unsafe { Description::of(object.as_raw()) }.ok().flatten().unwrap_or_default();
    let what = match kind {
        abi::MEMBER_METHOD => "method",
        abi::MEMBER_GET => "value",
        abi::MEMBER_SET => "settable value",
        abi::MEMBER_NAMED => "function with named arguments",
        _ => "operation",
    };
    let hint = match kind {
        abi::MEMBER_OPERATION => did_you_mean(name, of.operations.iter().map(String::as_str)),
        _ => did_you_mean(name, of.members.iter().map(|member| &*member.name)),
    };
    let owner = if of.name.is_empty() { "the object" } else { &of.name };
    Error::new(ErrorKind::NotFound, format!("{owner} has no {what} `{name}`{hint}"))
}
