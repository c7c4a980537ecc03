//! Java calls a function of another runtime with primitives alone: they cross as
//! bits, and no object is made on the way.

use core::mem::MaybeUninit;

use metaffi_plugin::abi;
use metaffi_plugin::value::{
    CallFrame, Error, ErrorKind, OwnedSlots, declared_param, discard, takes,
};
use smallvec::SmallVec;

use super::boxes::Boxes;
use super::outward::{Plan, Returns, nothing};
use crate::from_java::FromJava;
use crate::jni::Env;
use crate::number::{self, coerce, is_primitive, raw_bits, scalar, slot};
use crate::prim::Prim;

/// The most parameters of such a call.
pub(super) const MOST: usize = 3;

impl Plan {
    /// Calls `function` for a method of primitives that returns one, or nothing.
    ///
    /// # Safety
    /// `function` must be live, and `bits` be those of what the method takes.
    #[inline]
    pub(super) unsafe fn call_bits(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        bits: [i64; MOST],
    ) -> Result<i64, Error> {
        let mut slots = [const { MaybeUninit::uninit() }; MOST];
        // SAFETY: the caller's promise; what is called gets the slots that were written.
        unsafe {
            if function.nrets == 1 && self.write_scalars(function, bits, &mut slots) {
                let slots = core::slice::from_raw_parts(slots.as_ptr().cast(), self.params.len());
                return self.call_scalars(env, boxes, function, slots);
            }
            self.call_any(env, boxes, function, bits)
        }
    }

    /// Writes the arguments where all cross as what they are; else says so.
    ///
    /// # Safety
    /// As [`Plan::call_bits`].
    #[inline]
    unsafe fn write_scalars(
        &self,
        function: &abi::Callable,
        bits: [i64; MOST],
        slots: &mut [MaybeUninit<abi::Value>; MOST],
    ) -> bool {
        if function.nparams as usize != self.params.len() {
            return false;
        }
        for (index, prim) in self.params.iter().flatten().enumerate().take(MOST) {
            let tag = prim.facts().tag;
            // SAFETY: the function has so many infos.
            let declared = unsafe { (*function.params.add(index)).ty };
            if declared != tag && declared != abi::ANY {
                return false;
            }
            slots[index].write(scalar(tag, abi::Payload { i64: bits[index] }));
        }
        true
    }

    /// One call with scalars for one result: nothing is made and nothing is owned.
    ///
    /// # Safety
    /// `function` must be live, have one result, and take `slots`.
    #[inline]
    unsafe fn call_scalars(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        slots: &[abi::Value],
    ) -> Result<i64, Error> {
        CallFrame::with(|mut frame| {
            let mut ret = MaybeUninit::uninit();
            // SAFETY: the caller's promise; a successful callee wrote the slot, which is given
            // back.
            unsafe {
                let rets = core::slice::from_mut(&mut ret);
                frame.call(function.call, function.context, slots, rets)?;
                let came = ret.assume_init_ref();
                let bits = self.result_bits(env, boxes, core::slice::from_ref(came));
                discard(came);
                bits.map_err(|error| self.bad_result(error))
            }
        })
    }

    /// The same with arguments of whatever types.
    ///
    /// # Safety
    /// As [`Plan::call_bits`].
    #[inline(never)]
    unsafe fn call_any(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        bits: [i64; MOST],
    ) -> Result<i64, Error> {
        if !takes(function, self.params.len()) {
            return Err(self.wrong_count(function));
        }
        CallFrame::with(|mut frame| {
            let mut slots = OwnedSlots::of(&frame);
            for (index, (prim, bits)) in self.params.iter().flatten().zip(bits).enumerate() {
                // SAFETY: the function takes so many.
                let declared = unsafe { declared_param(function, index) };
                let slot = argument(env, *prim, bits, declared.ty);
                let slot = slot.map_err(|error| self.bad_argument(index, error))?;
                // SAFETY: made for this call, and nobody else's.
                unsafe { slots.push(slot) };
            }
            let mut rets: SmallVec<[MaybeUninit<abi::Value>; 1]> =
                SmallVec::from_elem(MaybeUninit::uninit(), function.nrets as usize);
            // SAFETY: a live function, and as many slots as it says.
            unsafe { frame.call(function.call, function.context, &slots, &mut rets) }?;
            // SAFETY: a successful callee wrote every slot, and each is given back.
            unsafe {
                let rets = core::slice::from_raw_parts(rets.as_ptr().cast(), rets.len());
                let bits = self.result_bits(env, boxes, rets);
                rets.iter().for_each(|slot| discard(slot));
                bits.map_err(|error| self.bad_result(error))
            }
        })
    }

    /// # Safety
    /// `rets` must be valid.
    #[inline]
    unsafe fn result_bits(
        &self,
        env: Env,
        boxes: &Boxes,
        rets: &[abi::Value],
    ) -> Result<i64, Error> {
        let Returns::Primitive(prim, plan) = &self.returns else { return Ok(0) };
        let [came] = rets else { return Err(not_one(rets.len())) };
        let tag = prim.facts().tag;
        // SAFETY: the caller's promise; of a scalar in each case.
        unsafe {
            if came.ty == tag {
                return Ok(raw_bits(came));
            }
            if is_primitive(came.ty) {
                return Ok(raw_bits(&coerce(came, tag)?));
            }
            let boxed = plan.local(env, came)?.ok_or_else(nothing)?;
            Ok(raw_bits(&slot(boxes.value(env, boxed.as_raw(), *prim), *prim, tag)))
        }
    }
}

#[cold]
fn not_one(count: usize) -> Error {
    if count == 0 {
        return nothing();
    }
    let message = format!("it is {count} values, where a number is wanted");
    Error::new(ErrorKind::Argument, message)
}

/// The slot of a primitive, of the type that the function declares; in its box
/// where that is a handle, which is to be released.
#[inline]
fn argument(env: Env, prim: Prim, bits: i64, declared: abi::Type) -> Result<abi::Value, Error> {
    let natural = scalar(prim.facts().tag, abi::Payload { i64: bits });
    match declared {
        tag if tag == natural.ty => Ok(natural),
        abi::ANY => Ok(natural),
        // SAFETY: the slot is a scalar, which becomes the primitive that it was.
        abi::HANDLE => unsafe {
            FromJava::Boxed { prim }.primitive(env, number::bits(&natural, prim))
        },
        tag => coerce(&natural, tag),
    }
}
