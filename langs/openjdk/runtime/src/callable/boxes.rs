//! Reads boxed primitives without calling Java.

use jni_sys::{jfieldID, jobject, jvalue};
use metaffi_plugin::value::Error;

use crate::api::Jdk;
use crate::jni::{Env, jni};
use crate::prim::{PerPrim, Prim};

/// The `value` field of each box, which all JDKs have.
pub(crate) struct Boxes(PerPrim<jfieldID>);

// SAFETY: field ids are valid on every thread; the JDK's classes stay loaded.
unsafe impl Send for Boxes {}
// SAFETY: as above.
unsafe impl Sync for Boxes {}

impl Boxes {
    pub(super) fn find(env: Env, jdk: &Jdk) -> Result<Self, Error> {
        let mut ids = [core::ptr::null_mut(); 8];
        for prim in Prim::ALL {
            let class = jdk.boxes[prim as usize].class.as_raw();
            let code = [prim.facts().code, 0];
            // SAFETY: a class, and two texts that end with a NUL.
            ids[prim as usize] =
                unsafe { jni!(env, GetFieldID, class, c"value".as_ptr(), code.as_ptr().cast()) };
            env.check()?;
        }
        Ok(Self(ids))
    }

    /// The primitive in a box.
    ///
    /// # Safety
    /// `boxed` must be a live box of `prim`.
    #[inline]
    pub(crate) unsafe fn value(&self, env: Env, boxed: jobject, prim: Prim) -> jvalue {
        let id = self.0[prim as usize];
        // SAFETY: the caller's promise.
        unsafe {
            match prim {
                Prim::Boolean => jvalue { z: jni!(env, GetBooleanField, boxed, id) },
                Prim::Byte => jvalue { b: jni!(env, GetByteField, boxed, id) },
                Prim::Char => jvalue { c: jni!(env, GetCharField, boxed, id) },
                Prim::Short => jvalue { s: jni!(env, GetShortField, boxed, id) },
                Prim::Int => jvalue { i: jni!(env, GetIntField, boxed, id) },
                Prim::Long => jvalue { j: jni!(env, GetLongField, boxed, id) },
                Prim::Float => jvalue { f: jni!(env, GetFloatField, boxed, id) },
                Prim::Double => jvalue { d: jni!(env, GetDoubleField, boxed, id) },
            }
        }
    }
}
