//! A generic function called by its name: each call chooses the instance that fits its arguments. A
//! type parameter has no value of its own, so Go would choose the same one.

use metaffi_plugin::value::{Callable, Error, ErrorKind, GuestFrame, Owner, Signature, TypeInfo};
use metaffi_plugin::value::{Type, lift_borrowed};
use metaffi_plugin::{Callee, Loaded, abi};

use crate::space::Found;
use crate::table;

/// The instances with their types, all with the same number of arguments.
struct Instances {
    name: String,
    callables: Vec<Callable>,
}

/// The generic function as a member, which takes the object first.
pub(crate) fn member(owner: Owner, name: &str, all: &[Found<'_>]) -> Result<Callable, Error> {
    let loaded = all.iter().map(|Found(guest, entity)| table::as_declared(guest, entity));
    let callables: Vec<_> = loaded
        .map(|loaded| loaded.map(|loaded| loaded.into_callable(owner)))
        .collect::<Result<_, _>>()?;
    let any = |count: u32| (0..count).map(|_| TypeInfo::new(Type::ANY)).collect();
    let (params, rets) =
        callables.first().map_or((0, 0), |first| (first.as_raw().nparams, first.as_raw().nrets));
    let signature = Signature::new(any(params), any(rets));
    let instances = Instances { name: name.to_owned(), callables };
    Ok(Loaded::callee(instances, signature).into_member(owner))
}

impl Callee for Instances {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let args = frame.args();
        let fitting = self.callables.iter().find(|instance| {
            let params = instance.signature();
            let mut slots = params.params().iter().zip(args);
            slots.all(|(declared, slot)| fits(declared.ty, slot.ty))
        });
        let Some(instance) = fitting else { return Err(self.mismatch(args)) };
        let raw = instance.as_raw();
        // SAFETY: function and context are the callable's; it checks the arguments.
        unsafe { frame.forward((raw.call, raw.context), args, None) }
    }
}

impl Instances {
    fn mismatch(&self, args: &[abi::Value]) -> Error {
        // SAFETY: the slots of this call's frame.
        let kinds = args.iter().map(|slot| unsafe { lift_borrowed(slot) });
        let kinds: Vec<_> =
            kinds.map(|value| value.map_or("?".into(), |value| value.ty().to_string())).collect();
        let candidates = self.callables.iter().map(|instance| instance.signature().to_string());
        let message = format!(
            "no instance of {} takes ({}); its instances are:\n  {}",
            self.name,
            kinds.join(", "),
            candidates.collect::<Vec<_>>().join("\n  ")
        );
        Error::new(ErrorKind::Argument, message)
    }
}

/// Whether an argument of type `actual` fits a parameter that a type argument makes `declared`.
fn fits(declared: Type, actual: abi::Type) -> bool {
    let integers = abi::INT8 | abi::INT16 | abi::INT32 | abi::INT64;
    let naturals = abi::UINT8 | abi::UINT16 | abi::UINT32 | abi::UINT64 | abi::SIZE;
    let texts = abi::STRING8 | abi::STRING16 | abi::STRING32;
    let groups = [integers | naturals, abi::FLOAT32 | abi::FLOAT64, texts, abi::BOOL];
    let declared = declared.raw();
    if declared & (abi::ANY | abi::HANDLE | abi::CALLABLE) != 0 {
        return true;
    }
    let is_array = |ty: abi::Type| ty & abi::ARRAY != 0;
    let of_any = actual & abi::ANY != 0;
    is_array(declared) == is_array(actual)
        && (of_any || groups.iter().any(|group| declared & group != 0 && actual & group != 0))
}
