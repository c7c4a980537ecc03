//! The next item of an iterator: whether there is one, and the item.

use core::ptr::null_mut;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, GuestFrame};

use crate::call::Call;
use crate::from_java::FromJava;
use crate::jni::{Env, Global, jni};
use crate::number::{NULL, scalar};
use crate::target::Outcome;

/// A method of one argument that returns the next item, or an object that marks the end.
pub(super) struct Next {
    call: Call,
    end: Global,
}

impl Next {
    pub(super) const fn new(call: Call, end: Global) -> Self {
        Self { call, end }
    }

    /// One call, which has two results.
    ///
    /// # Safety
    /// The frame must be that of this call.
    pub(super) unsafe fn run(&self, env: Env, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: the method is static, and takes what its plan makes.
        let item = match unsafe { self.call.outcome(env, null_mut(), frame.args()) }? {
            Outcome::Reference(item) => item,
            _ => None,
        };
        // SAFETY: both are live objects.
        let is_end = item.as_ref().is_some_and(|item| unsafe {
            jni!(env, IsSameObject, item.as_raw(), self.end.as_raw())
        });
        let item = if is_end { NULL } else { FromJava::Any.reference(env, item, frame)? };
        frame.set(0, scalar(abi::BOOL, abi::Payload { u64: u64::from(!is_end) }))?;
        frame.set(1, item)
    }
}
