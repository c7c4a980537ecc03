//! What is known of the types of objects: their members, asked for once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use metaffi_abi as abi;
use metaffi_value::{
    Callable, Description, Error, ErrorKind, Handle, ask_member, ask_type, did_you_mean,
};

/// The members of one type, as functions that take the object first.
#[derive(Debug, Default)]
pub(crate) struct Members(RwLock<HashMap<(i64, String), Callable>>);

/// The types by their owner and their number.
type Types = HashMap<(u64, u64), Arc<Members>>;

static TYPES: LazyLock<RwLock<Types>> = LazyLock::new(RwLock::default);

/// Forgets what is known of the types of objects, and gives back the functions that
/// are their members. They are asked for again.
pub fn forget_types() {
    TYPES.write().unwrap_or_else(PoisonError::into_inner).clear();
}

/// What is known of the type of an object; of one that does not tell, nothing that
/// stays.
pub(crate) fn members_of(object: &Handle) -> Result<Arc<Members>, Error> {
    // SAFETY: the handle holds the object.
    let Some((number, _)) = unsafe { ask_type(object.as_raw()) }? else {
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
    /// What objects of the type do by a name.
    pub(crate) fn get(&self, object: &Handle, kind: i64, name: &str) -> Result<Callable, Error> {
        let key = (kind, name.to_owned());
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        // SAFETY: the handle holds the object.
        let found = unsafe { ask_member(object.as_raw(), kind, name) }?;
        let function = found.ok_or_else(|| missing(object, kind, name))?;
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(all.entry(key).or_insert(function).clone())
    }
}

/// Why there is no such member, and which one may be meant.
fn missing(object: &Handle, kind: i64, name: &str) -> Error {
    // SAFETY: the handle holds the object.
    let of = unsafe { Description::of(object.as_raw()) }.ok().flatten().unwrap_or_default();
    let what = match kind {
        abi::MEMBER_METHOD => "method",
        abi::MEMBER_GET => "value",
        abi::MEMBER_SET => "value that can be set,",
        abi::MEMBER_NAMED => "function with named arguments,",
        _ => "operation",
    };
    let hint = match kind {
        abi::MEMBER_OPERATION => did_you_mean(name, of.operations.iter().map(String::as_str)),
        _ => did_you_mean(name, of.members.iter().map(|member| &*member.name)),
    };
    let owner = if of.name.is_empty() { "the object" } else { &of.name };
    Error::new(ErrorKind::NotFound, format!("{owner} has no {what} `{name}`{hint}"))
}
