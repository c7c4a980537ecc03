//! The types of functions from other runtimes, which are mostly those of the previous one.

use core::cell::RefCell;
use std::sync::Arc;

use metaffi_abi as abi;
use metaffi_value::{Type, TypeInfo};

use super::plan::{Declared, Kind};
use crate::pressure;

/// The parameters, and the results.
pub(super) type Types = [Arc<[Declared]>; 2];

thread_local! {
    /// A function that is passed repeatedly gets a new object each time. The objects share
    /// the types, which would cost more than the object.
    static LATEST: RefCell<Option<Types>> = const { RefCell::new(None) };
}

/// The declared types of a callable from another runtime.
///
/// # Safety
/// `raw` must be a live callable.
pub(super) unsafe fn types(raw: &abi::Callable) -> Types {
    pressure::count_arrival();
    // SAFETY: the infos belong to the callable.
    let (params, rets) = unsafe { (infos(raw.params, raw.nparams), infos(raw.rets, raw.nrets)) };
    LATEST.with_borrow_mut(|latest| match latest {
        Some([p, r]) if are_same(p, params) && are_same(r, rets) => [p.clone(), r.clone()],
        // SAFETY: as above.
        _ => unsafe { latest.insert([params, rets].map(|infos| copied(infos))).clone() },
    })
}

/// Whether a callable from another runtime has these types.
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
/// There must be `count` infos.
unsafe fn infos<'a>(infos: *const abi::TypeInfo, count: u32) -> &'a [abi::TypeInfo] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { core::slice::from_raw_parts(infos, count as usize) }
}

/// Only plain types can be equal: others have aliases, which are not compared.
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
