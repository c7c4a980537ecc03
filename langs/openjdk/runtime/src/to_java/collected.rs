//! Collections and maps made from the contents of foreign objects.

use core::ptr::NonNull;

use jni_sys::jvalue;
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, Error, check_depth, query_entries, query_items};

use super::{ArrayPlan, Reference, array};
use crate::api;
use crate::class::JavaClass;
use crate::jni::{Env, Local};

/// The kind of collection to make; see `metaffi.internal.Collected`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Collected(i32);

impl Collected {
    const LIST: Self = Self(1);
    const FIRST_MAP: i32 = 16;

    /// The kind for a class; `None` if no collection can be passed.
    pub(crate) fn of(env: Env, class: &JavaClass) -> Option<Self> {
        let jdk = &api::get().jdk;
        if class.is_object() || !class.is_reference() {
            return None;
        }
        if class.takes(env, jdk.array_list.as_raw()) {
            return Some(Self::LIST);
        }
        let kind = api::get().values.collected_kind(env, class).unwrap_or(0);
        (kind != 0).then_some(Self(kind))
    }

    pub(crate) const fn is_map(self) -> bool {
        self.0 >= Self::FIRST_MAP
    }

    /// A collection of the elements of an array.
    ///
    /// # Safety
    /// `items` must be an object array.
    pub(super) unsafe fn collect(self, env: Env, items: &Local) -> Result<Local, Error> {
        let api = api::get();
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Self::LIST => api.jdk.list_of(env, items),
                Self(kind) => {
                    let args = [jvalue { i: kind }, jvalue { l: items.as_raw() }];
                    api.values.collect(env, &args)
                }
            }
        }
    }

    /// A map of keys and values.
    ///
    /// # Safety
    /// Both must be object arrays of one length.
    unsafe fn collect_entries(
        self,
        env: Env,
        keys: &Local,
        values: &Local,
    ) -> Result<Local, Error> {
        let args =
            [jvalue { i: self.0 }, jvalue { l: keys.as_raw() }, jvalue { l: values.as_raw() }];
        // SAFETY: the caller's promise.
        unsafe { api::get().values.collect_entries(env, &args) }
    }
}

impl Reference {
    /// The collection that Java declares, made from the contents of a foreign object; `None` if it
    /// has no such contents.
    ///
    /// # Safety
    /// `object` must be live.
    pub(super) unsafe fn collected(
        &self,
        env: Env,
        object: NonNull<abi::Object>,
    ) -> Result<Option<Local>, Error> {
        let Some(plan) = self.array.as_deref().filter(|_| !self.is_object) else { return Ok(None) };
        CallFrame::with(|mut frame| {
            // SAFETY: the caller's promise; the frame outlives the answers.
            unsafe {
                if let ArrayPlan::Map { key, value, collected } = plan {
                    let Some(answer) = query_entries(object, &mut frame)? else { return Ok(None) };
                    let [keys, values] = answer.slots();
                    let (keys, values) =
                        (array::whole(env, keys, key)?, array::whole(env, values, value)?);
                    return collected.collect_entries(env, &keys, &values).map(Some);
                }
                let Some(answer) = query_items(object, &mut frame)? else { return Ok(None) };
                let [items] = answer.slots();
                check_depth(items)?;
                self.other(env, items).map(Some)
            }
        })
    }
}
