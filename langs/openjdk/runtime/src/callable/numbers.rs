//! Calls of foreign functions with primitives only: they cross as bits, and no object is made.

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

/// The maximum number of parameters of such a call.
pub(super) const MAX: usize = 3;

impl Plan {
    /// Calls `function` for a method of primitives that returns one, or nothing.
    ///
    /// # Safety
    /// `function` must be live, and `bits` must be those of the method's arguments.
    #[inline]
    pub(super) unsafe fn call_bits(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        bits: [i64; MAX],
    ) -> Result<i64, Error> {
        let mut slots = [const { MaybeUninit::uninit() }; MAX];
        // SAFETY: the caller's promise; the callee gets the slots that were written.
        unsafe {
            if function.nrets == 1 && self.write_scalars(function, bits, &mut slots) {
                let slots = core::slice::from_raw_parts(slots.as_ptr().cast(), self.params.len());
                return self.call_scalars(env, boxes, function, slots);
            }
            self.call_any(env, boxes, function, bits)
        }
    }

    /// Writes the arguments if all of them cross as they are; returns whether they do.
    ///
    /// # Safety
    /// As [`Plan::call_bits`].
    #[inline]
    unsafe fn write_scalars(
        &self,
        function: &abi::Callable,
        bits: [i64; MAX],
        slots: &mut [MaybeUninit<abi::Value>; MAX],
    ) -> bool {
        if function.nparams as usize != self.params.len() {
            return false;
        }
        for (index, prim) in self.params.iter().flatten().enumerate().take(MAX) {
            let tag = prim.facts().tag;
            // SAFETY: the function has this many infos.
            let declared = unsafe { (*function.params.add(index)).ty };
            if declared != tag && declared != abi::ANY {
                return false;
            }
            slots[index].write(scalar(tag, abi::Payload { i64: bits[index] }));
        }
        true
    }

    /// One call with scalars for one result: nothing is allocated, and nothing is owned.
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
            // SAFETY: the caller's promise; a successful callee wrote the slot, which is released.
            unsafe {
                let rets = core::slice::from_mut(&mut ret);
                frame.call(function.call, function.context, slots, rets)?;
                let result = ret.assume_init_ref();
                let bits = self.result_bits(env, boxes, core::slice::from_ref(result));
                discard(result);
                bits.map_err(|error| self.bad_result(error))
            }
        })
    }

    /// The same with arguments of any type.
    ///
    /// # Safety
    /// As [`Plan::call_bits`].
    #[inline(never)]
    unsafe fn call_any(
        &self,
        env: Env,
        boxes: &Boxes,
        function: &abi::Callable,
        bits: [i64; MAX],
    ) -> Result<i64, Error> {
        if !takes(function, self.params.len()) {
            return Err(self.wrong_count(function));
        }
        CallFrame::with(|mut frame| {
            let mut slots = OwnedSlots::of(&frame);
            for (index, (prim, bits)) in self.params.iter().flatten().zip(bits).enumerate() {
                // SAFETY: the function takes this many arguments.
                let declared = unsafe { declared_param(function, index) };
                let slot = argument(env, *prim, bits, declared.ty);
                let slot = slot.map_err(|error| self.bad_argument(index, error))?;
                // SAFETY: made for this call, and not shared.
                unsafe { slots.push(slot) };
            }
            let mut rets: SmallVec<[MaybeUninit<abi::Value>; 1]> =
                SmallVec::from_elem(MaybeUninit::uninit(), function.nrets as usize);
            // SAFETY: a live function, and as many slots as it declares.
            unsafe { frame.call(function.call, function.context, &slots, &mut rets) }?;
            // SAFETY: a successful callee wrote every slot, and each is released.
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
        let [one] = rets else { return Err(not_one(rets.len())) };
        let tag = prim.facts().tag;
        // SAFETY: the caller's promise; a scalar in each case.
        unsafe {
            if one.ty == tag {
                return Ok(raw_bits(one));
            }
            if is_primitive(one.ty) {
                return Ok(raw_bits(&coerce(one, tag)?));
            }
            let boxed = plan.local(env, one)?.ok_or_else(nothing)?;
            Ok(raw_bits(&slot(boxes.value(env, boxed.as_raw(), *prim), *prim, tag)))
        }
    }
}

#[cold]
fn not_one(count: usize) -> Error {
    if count == 0 {
        return nothing();
    }
    let message = format!("expected a number, got {count} values");
    Error::new(ErrorKind::Argument, message)
}

/// The slot of a primitive, with the type that the function declares; a handle of its box if that
/// is a handle, which the caller releases.
#[inline]
fn argument(env: Env, prim: Prim, bits: i64, declared: abi::Type) -> Result<abi::Value, Error> {
    let natural = scalar(prim.facts().tag, abi::Payload { i64: bits });
    match declared {
        tag if tag == natural.ty => Ok(natural),
        abi::ANY => Ok(natural),
        // SAFETY: the slot is a scalar, which is converted back to its primitive.
        abi::HANDLE => unsafe {
            FromJava::Boxed { prim }.primitive(env, number::bits(&natural, prim))
        },
        tag => coerce(&natural, tag),
    }
}
