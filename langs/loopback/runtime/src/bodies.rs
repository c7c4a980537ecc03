//! The guest's own code: the bodies of the module's functions.

use std::sync::{Mutex, PoisonError};

use metaffi_plugin::abi;
use metaffi_plugin::value::{
    Arena, Callable, Error, ErrorKind, GuestFrame, Owner, Signature, Type, Value, new_buffer,
};

pub(crate) type Values = Result<Vec<Value>, Error>;

pub(crate) fn void(_: Owner, _: &mut GuestFrame<'_>) -> Result<(), Error> {
    Ok(())
}

fn int64(slot: &abi::Value) -> Result<i64, Error> {
    if slot.ty != abi::INT64 {
        let actual = Type::from_raw(slot.ty);
        return Err(Error::new(ErrorKind::Argument, format!("expected int64, got {actual}")));
    }
    // SAFETY: the tag says which union member is valid.
    Ok(unsafe { slot.payload.i64 })
}

const fn int64_slot(value: i64) -> abi::Value {
    let payload = abi::Payload { i64: value };
    abi::Value { ty: abi::INT64, dims: 0, ownership: 0, flags: 0, length: 0, payload }
}

pub(crate) fn echo_int64(_: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
    frame.set(0, int64_slot(int64(&frame.args()[0])?))
}

pub(crate) fn add(_: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
    let (a, b) = (int64(&frame.args()[0])?, int64(&frame.args()[1])?);
    frame.set(0, int64_slot(a.wrapping_add(b)))
}

pub(crate) fn echo_string(_: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
    let slot = frame.args()[0];
    if slot.ty != abi::STRING8 || slot.ownership == abi::TRANSFERRED {
        return Err(Error::new(ErrorKind::Argument, "expected a borrowed string8"));
    }
    // SAFETY: the tag says that we may borrow `length` bytes at `data`.
    let text = unsafe {
        core::slice::from_raw_parts(
            if slot.length == 0 { [].as_ptr() } else { slot.payload.data.cast::<u8>() },
            slot.length as usize,
        )
    };
    let data = frame.copy(text)?.as_ptr().cast_const().cast();
    frame.set(0, abi::Value { ownership: abi::ARENA, payload: abi::Payload { data }, ..slot })
}

pub(crate) fn range(owner: Owner, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
    let count = int64(&frame.args()[0])?;
    if count < 0 {
        return Err(Error::new(
            ErrorKind::Argument,
            format!("count is {count}; it must not be negative"),
        ));
    }
    let items: Vec<i64> = (0..count).collect();
    let size = size_of_val(&*items) as u64;
    let data = items.as_ptr().cast();
    let buffer = new_buffer(owner, data, size, items);
    let ty = Type::INT64.packed_array().raw();
    let payload = abi::Payload { object: buffer.into_raw().as_ptr() };
    let ownership = abi::TRANSFERRED;
    frame.set(0, abi::Value { ty, dims: 1, ownership, flags: 0, length: count as u64, payload })
}

pub(crate) fn wrong(expected: &str, args: &[Value]) -> Error {
    let actual: Vec<_> = args.iter().map(|arg| arg.ty().to_string()).collect();
    Error::new(ErrorKind::Argument, format!("expected ({expected}), got ({})", actual.join(", ")))
}

fn failure(type_name: &'static str, message: String) -> Error {
    Error::new(ErrorKind::Guest, message).in_language("loopback").with_type(type_name)
}

pub(crate) fn echo(_: Owner, args: Vec<Value>) -> Values {
    Ok(args)
}

pub(crate) fn concat(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::String8(left), Value::String8(right)] => Ok(vec![format!("{left}{right}").into()]),
        _ => Err(wrong("string8, string8", &args)),
    }
}

pub(crate) fn divide(_: Owner, args: Vec<Value>) -> Values {
    match args[..] {
        [Value::Int64(a), Value::Int64(0)] => {
            Err(failure("loopback.DivisionByZero", format!("{a} cannot be divided by 0")))
        }
        [Value::Int64(a), Value::Int64(b)] => {
            Ok(vec![a.wrapping_div(b).into(), a.wrapping_rem(b).into()])
        }
        _ => Err(wrong("int64, int64", &args)),
    }
}

pub(crate) fn sum(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Array(metaffi_plugin::value::Array::Float64(items))] => {
            Ok(vec![items.iter().sum::<f64>().into()])
        }
        _ => Err(wrong("float64_array", &args)),
    }
}

fn message(args: Vec<Value>) -> Result<String, Error> {
    match <[Value; 1]>::try_from(args) {
        Ok([Value::String8(text)]) => Ok(text),
        Ok(args) => Err(wrong("string8", &args)),
        Err(args) => Err(wrong("string8", &args)),
    }
}

pub(crate) fn fail(_: Owner, args: Vec<Value>) -> Values {
    let cause = failure("loopback.Cause", "the cause".into());
    let error = failure("loopback.Failure", message(args)?);
    Err(error.with_cause(cause).with_stack_trace("at loopback.fail"))
}

pub(crate) fn panic(_: Owner, args: Vec<Value>) -> Values {
    std::panic::resume_unwind(Box::new(message(args)?)) // without the panic hook, which prints to stderr
}

static KEPT: Mutex<Option<Value>> = Mutex::new(None);

fn swap_kept(value: Option<Value>) -> Option<Value> {
    core::mem::replace(&mut *KEPT.lock().unwrap_or_else(PoisonError::into_inner), value)
}

pub(crate) fn keep(_: Owner, mut args: Vec<Value>) -> Values {
    drop(swap_kept(args.pop())); // dropped after the lock is released
    Ok(vec![])
}

pub(crate) fn kept(_: Owner, _: Vec<Value>) -> Values {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(vec![kept.unwrap_or(Value::Null)])
}

pub(crate) fn forget(_: Owner, _: Vec<Value>) -> Values {
    drop(swap_kept(None));
    Ok(vec![])
}

pub(crate) fn call(_: Owner, args: Vec<Value>) -> Values {
    match &args[..] {
        [Value::Callable(function), argument] => function.call(core::slice::from_ref(argument)),
        _ => Err(wrong("callable, any", &args)),
    }
}

pub(crate) fn call_on_thread(owner: Owner, args: Vec<Value>) -> Values {
    let thread = std::thread::spawn(move || call(owner, args));
    thread.join().unwrap_or_else(|payload| Err(Error::from_panic(&*payload)))
}

pub(crate) fn make_adder(owner: Owner, args: Vec<Value>) -> Values {
    let [Value::Int64(amount)] = args[..] else { return Err(wrong("int64", &args)) };
    let signature = Signature::new(vec![Type::INT64.into()], vec![Type::INT64.into()]);
    let adder = Callable::new(owner, signature, move |args| match args[..] {
        [Value::Int64(value)] => Ok(vec![value.wrapping_add(amount).into()]),
        _ => Err(wrong("int64", &args)),
    });
    Ok(vec![adder.into()])
}
