//! Members of Python objects, as functions whose first argument is the object.

use core::ffi::c_void;
use core::ptr::null_mut;

use metaffi_abi as abi;
use metaffi_plugin::Callee;
use metaffi_value::{
    Callable, CallableBody, Error, GuestFrame, ObjectData, Signature, Type, TypeInfo,
};
use pyo3::prelude::*;

use super::call::Call;
use super::module::Found;
use super::spread::Spread;
use super::target::Target;
use crate::function::Declared;
use crate::shared::owner;

impl ObjectData for Call {
    fn data(&self) -> *mut c_void {
        null_mut()
    }
}

impl CallableBody for Call {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        Callee::call(self, frame)
    }
}

/// The function that `metaffi._members.member` found.
pub(crate) fn function(kind: i64, found: &Found<'_>) -> PyResult<Callable> {
    let (how, object, name, _) = found;
    let signature = signature(kind, name);
    let declared = |infos: &[TypeInfo]| infos.iter().map(Declared::new).collect();
    // A method, and the call of an object, take any number of arguments.
    let is_open = kind == abi::MEMBER_METHOD || kind == abi::MEMBER_OPERATION && name == "call";
    let call = Call {
        target: Target::new(how, object, name)?,
        further: if is_open { usize::MAX >> 1 } else { 0 },
        params: declared(signature.params()),
        rets: declared(signature.rets()),
        spread: Spread { varargs: false, named: false },
        gives_objects: true,
        path: name.clone(),
    };
    let most = if is_open { u32::MAX } else { signature.params().len() as u32 };
    Ok(Callable::taking_up_to(most, owner(), signature, call))
}

/// The types of a member, as defined in `metaffi.h`.
fn signature(kind: i64, name: &str) -> Signature {
    let any = || TypeInfo::new(Type::ANY);
    let array = |ty| TypeInfo::new(ty).with_dims(1);
    match kind {
        abi::MEMBER_SET => Signature::new(vec![any(), any()], Vec::new()),
        abi::MEMBER_OPERATION => operation(name),
        abi::MEMBER_NAMED => {
            let values = || array(Type::ANY.array());
            let names = array(Type::STRING8.array());
            Signature::new(vec![any(), values(), names, values()], vec![any()])
        }
        _ => Signature::new(vec![any()], vec![any()]),
    }
}

fn operation(name: &str) -> Signature {
    let any = || TypeInfo::new(Type::ANY);
    let params = match name {
        "set_item" => 3,
        "equal" | "compare" | "contains" | "get_item" | "delete_item" | "append" | "add"
        | "subtract" | "multiply" | "divide" | "floor_divide" | "remainder" | "power" | "and"
        | "or" | "xor" | "shift_left" | "shift_right" | "is_instance" => 2,
        _ => 1,
    };
    let rets = match name {
        "set_item" | "delete_item" | "append" | "clear" | "close" => Vec::new(),
        "text" | "debug_text" | "message" => vec![TypeInfo::new(Type::STRING8)],
        "hash" | "compare" | "length" => vec![TypeInfo::new(Type::INT64)],
        "equal" | "contains" | "truth" | "is_instance" => vec![TypeInfo::new(Type::BOOL)],
        "float" => vec![TypeInfo::new(Type::FLOAT64)],
        "advance" => vec![TypeInfo::new(Type::BOOL), any()],
        _ => vec![any()],
    };
    Signature::new(vec![any(); params], rets)
}
