//! Entities as function values and as members of objects, for plugins whose
//! entities are C functions and whose modules can be used as objects.

use metaffi_abi as abi;
use metaffi_value::{Callable, Error, ErrorKind, GuestFrame, Owner, Signature, Type, TypeInfo};

use crate::{Callee, Loaded};

impl Loaded {
    fn max_args(&self) -> u32 {
        if self.takes_more { u32::MAX } else { self.signature.params().len() as u32 }
    }

    /// Converts the entity to a function value of `owner`.
    #[must_use]
    pub fn into_callable(self, owner: Owner) -> Callable {
        let signature = self.signature.clone();
        let (call, max_args) = ((self.call, self.context), self.max_args());
        // SAFETY: function and context belong together, and live with the entity.
        unsafe { Callable::from_function(owner, call, signature, max_args, self) }
    }

    /// Converts the entity to a member that ignores its object: the function
    /// takes the object as an additional first argument.
    #[must_use]
    pub fn into_member(self, owner: Owner) -> Callable {
        let object = TypeInfo::new(Type::ANY);
        let params = std::iter::once(object).chain(self.signature.params().iter().cloned());
        let signature = Signature::new(params.collect(), self.signature.rets().to_vec());
        let takes_more = self.takes_more;
        let mut member = Loaded::callee(WithoutObject(self), signature);
        member.takes_more = takes_more;
        member.into_callable(owner)
    }

    /// Lets the entity take any number of arguments in place of its last
    /// parameter, which is an array. A single array argument is passed as that
    /// array, unless it may be an element.
    #[must_use]
    pub fn spreading_last(self) -> Self {
        let Some((last, params)) = self.signature.params().split_last() else { return self };
        let takes_arrays = matches!(last.ty.element(), Type::ANY) || last.dims > 1;
        let signature = Signature::new(params.to_vec(), self.signature.rets().to_vec());
        let mut spread = Loaded::callee(Spread { entity: self, takes_arrays }, signature);
        spread.takes_more = true;
        spread
    }
}

/// An entity that is called without the first argument.
struct WithoutObject(Loaded);

impl Callee for WithoutObject {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let [_, args @ ..] = frame.args() else {
            return Err(Error::new(ErrorKind::Argument, "the object is missing"));
        };
        // SAFETY: function and context are the entity's, which checks the arguments.
        unsafe { frame.forward((self.0.call, self.0.context), args, None) }
    }
}

/// An entity whose last argument is an array of the remaining arguments.
struct Spread {
    entity: Loaded,
    takes_arrays: bool,
}

impl Callee for Spread {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let fixed = self.entity.signature.params().len() - 1;
        let Some((args, rest)) = frame.args().split_at_checked(fixed) else {
            let message =
                format!("expected at least {fixed} argument(s), got {}", frame.args().len());
            return Err(Error::new(ErrorKind::Argument, message));
        };
        let last = match rest {
            [whole] if whole.ty & abi::ARRAY != 0 && !self.takes_arrays => *whole,
            _ => array_of(rest),
        };
        let args: Vec<_> = args.iter().copied().chain([last]).collect();
        // SAFETY: function and context are the entity's, which checks the arguments.
        unsafe { frame.forward((self.entity.call, self.entity.context), &args, None) }
    }
}

/// Slots as an array of any type, which borrows them.
fn array_of(slots: &[abi::Value]) -> abi::Value {
    abi::Value {
        ty: abi::ANY | abi::ARRAY,
        dims: 1,
        ownership: abi::BORROWED,
        flags: 0,
        length: slots.len() as u64,
        payload: abi::Payload { data: slots.as_ptr().cast() },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicI64;

    use metaffi_value::Value;

    use super::*;

    static LIVE: AtomicI64 = AtomicI64::new(0);

    struct Count;
    impl Callee for Count {
        fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
            let lengths: Vec<_> = frame.args().iter().map(|slot| slot.length as i64).collect();
            frame.set_all(&[Value::from(lengths)])
        }
    }

    #[test]
    fn a_member_takes_the_object_first_and_spreads_the_rest() {
        let owner = Owner::unregistered(1, &LIVE);
        let params = vec![TypeInfo::new(Type::INT64), TypeInfo::new(Type::STRING8.array())];
        let signature = Signature::new(params, vec![TypeInfo::new(Type::ANY)]);
        let entity = Loaded::callee(Count, signature).spreading_last();
        let member = entity.into_member(owner);
        assert_eq!((member.as_raw().nparams, member.as_raw().nparams_max), (2, u32::MAX));
        let args = ["object", "text", "a", "b"].map(Value::from);
        assert_eq!(member.call(&args).unwrap(), [Value::from(vec![4_i64, 2])]);
        let whole = [1_i64.into(), 2_i64.into(), Value::from(vec!["a".to_owned(); 3])];
        assert_eq!(member.call(&whole).unwrap(), [Value::from(vec![0_i64, 3])]);
        assert_eq!(member.call(&args[..1]).unwrap_err().kind, ErrorKind::Argument);
        drop(member);
        assert_eq!(owner.live_objects(), 0);
    }
}
