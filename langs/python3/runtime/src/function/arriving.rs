//! The types of functions that arrive: mostly those of the one before.

use core::cell::RefCell;
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{Type, TypeInfo};

use super::plan::{Declared, Kind};
use crate::pressure;

/// The parameters, and the results.
pub(super) type Types = [Arc<[Declared]>; 2];

thread_local! {
    /// A function that is passed often gets an object each time; they share its
    /// types, which would cost more than the object.
    static LATEST: RefCell<Option<Types>> = const { RefCell::new(None) };
}

/// The declared types of a callable that has come.
///
/// # Safety
/// `raw` must be a live callable.
pub(super) unsafe fn types(raw: &abi::Callable) -> Types {
    pressure::came();
    // SAFETY: the infos belong to the callable.
    let (params, rets) = unsafe { (infos(raw.params, raw.nparams), infos(raw.rets, raw.nrets)) };
    LATEST.with_borrow_mut(|latest| match latest {
        Some([p, r]) if are_same(p, params) && are_same(r, rets) => [p.clone(), r.clone()],
        // SAFETY: as above.
        _ => unsafe { latest.insert([params, rets].map(|infos| copied(infos))).clone() },
    })
}

/// Whether a callable that has come is of these types.
///
/// # Safety
/// As [`types`].
pub(super) unsafe fn is_of(raw: &abi::Callable, params: &[Declared], rets: &[Declared]) -> bool {
    // SAFETY: the infos belong to the callable.
    unsafe {
        are_same(params, infos(raw.params, raw.nparams))
            && are_same(rets, infos(raw.rets, raw.nrets))
    }
}

/// # Safety
/// There must be so many infos.
unsafe fn infos<'a>(infos: *const abi::TypeInfo, count: u32) -> &'a [abi::TypeInfo] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(infos, count as usize) }
}

/// Only plain types are compared: the others have names to look at.
fn are_same(known: &[Declared], infos: &[abi::TypeInfo]) -> bool {
    let is_same = |(known, info): (&Declared, &abi::TypeInfo)| {
        let is_plain = info.dims == 0 && info.alias.length == 0;
        is_plain
            && known.info.ty == Type::from_raw(info.ty)
            && known.info.dims == 0
            && known.info.alias.is_empty()
    };
    known.len() == infos.len() && known.iter().zip(infos).all(is_same)
}

/// # Safety
/// The infos must be valid.
unsafe fn copied(infos: &[abi::TypeInfo]) -> Arc<[Declared]> {
    let each = infos.iter().map(|info| {
        // SAFETY: the caller's promise.
        let info = unsafe { TypeInfo::from_raw(info) };
        Declared { kind: Kind::of(info.ty), info }
    });
    each.collect()
}
