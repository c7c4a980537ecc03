//! An entity with its signature as Rust types.

use core::marker::PhantomData;

use metaffi_value::{CallFrame, Entity, Error, LiftAll, LowerAll};

/// A loaded entity that takes `A` and returns `R`. A call does not allocate for
/// scalars and borrowed text.
#[derive(Debug)]
pub struct Function<A, R> {
    entity: Entity,
    _types: PhantomData<fn(A) -> R>,
}

impl<A: LowerAll, R: LiftAll> Function<A, R> {
    pub(crate) const fn new(entity: Entity) -> Self {
        Self { entity, _types: PhantomData }
    }

    /// Calls it.
    ///
    /// # Errors
    /// Whatever the guest raises.
    #[inline]
    pub fn call(&self, args: A::Args<'_>) -> Result<R, Error> {
        CallFrame::with(|mut frame| {
            args.lower_all(&mut frame, |frame, slots| {
                // SAFETY: the entity was loaded with these types, so it takes
                // these slots, and writes every result on success.
                unsafe {
                    R::lift_all(|rets| {
                        frame.call(self.entity.call_fn(), self.entity.context(), slots, rets)
                    })
                }
            })
        })
    }

    /// The entity behind it.
    #[must_use]
    pub const fn entity(&self) -> &Entity {
        &self.entity
    }
}
