//! The floor: calls the table of `bench/floor/guest.h` directly.
#![allow(unsafe_code)] // calls C

use std::ffi::{CStr, CString, c_char, c_void};
use std::hint::black_box;
use std::path::Path;
use std::ptr::null_mut;

use anyhow::{Result, bail, ensure};
use libloading::Library;

use crate::contestant::{Contestant, Loop};
use crate::scenarios::{Datum, LUCK, STEP};

/// `floor_result`.
#[repr(C)]
struct Outcome {
    value: i64,
    error: *mut c_char,
}

/// `floor_text`.
#[repr(C)]
struct Text {
    data: *mut c_char,
    length: i64,
}

/// `floor_longs`.
#[repr(C)]
struct Longs {
    data: *mut c_void,
    length: i64,
}

type HostFunction = extern "C" fn(context: *mut c_void, value: i64) -> Outcome;

/// `floor_guest`.
#[repr(C)]
struct Guest {
    open: unsafe extern "C" fn(what: *const c_char) -> *mut c_char,
    nothing: unsafe extern "C" fn() -> *mut c_char,
    calls: unsafe extern "C" fn() -> Outcome,
    echo: unsafe extern "C" fn(value: i64) -> Outcome,
    text: unsafe extern "C" fn(*const c_char, i64, into: *mut c_char, room: i64) -> Text,
    sum: unsafe extern "C" fn(values: *const i64, length: i64) -> Outcome,
    numbers: unsafe extern "C" fn() -> Longs,
    fail: unsafe extern "C" fn() -> *mut c_char,
    make: unsafe extern "C" fn() -> Outcome,
    increment: unsafe extern "C" fn(object: i64) -> Outcome,
    bind: unsafe extern "C" fn(function: HostFunction, context: *mut c_void) -> Outcome,
    apply: unsafe extern "C" fn(bound: i64, value: i64) -> Outcome,
    release: unsafe extern "C" fn(object: i64),
}

unsafe extern "C" {
    fn free(memory: *mut c_void);
}

/// Opens the guest's table. The guest's runtime is already running.
pub(crate) fn load(guest: &str, built: &Path) -> Result<Contestant> {
    let fixture = match guest {
        "java" => built.join("java"),
        "python" => built.join("python"),
        _ => built.join("libbench_native.so"),
    };
    let guest = open(&built.join(format!("libfloor_{guest}.so")), &fixture)?;
    Ok(Contestant {
        name: "floor",
        // SAFETY: an open guest's functions may be called from any thread.
        calls: Box::new(|| unsafe { (guest.calls)() }.taken()),
        loops: vec![
            ("void", nothing(guest)),
            ("int64", echo(guest)),
            ("string", text(guest)),
            ("array", sum(guest)),
            ("numbers", numbers(guest)),
            ("object", increment(guest)?),
            ("callback", apply(guest)?),
            ("error", fail(guest)),
        ],
    })
}

fn open(library: &Path, fixture: &Path) -> Result<&'static Guest> {
    // SAFETY: the floor's libraries have no initializers.
    let library = unsafe { Library::new(library) }?;
    let fixture = CString::new(fixture.as_os_str().as_encoded_bytes())?;
    // SAFETY: guest.h declares the symbol with this type; the table is static.
    let guest: &Guest = unsafe {
        let get = library.get::<extern "C" fn() -> &'static Guest>(b"floor_guest_get")?;
        get()
    };
    std::mem::forget(library); // guests are never unloaded
    // SAFETY: the path is a C string for the call.
    taken(unsafe { (guest.open)(fixture.as_ptr()) })?;
    Ok(guest)
}

/// An error from malloc, or none.
fn taken(error: *mut c_char) -> Result<()> {
    if error.is_null() {
        return Ok(());
    }
    // SAFETY: errors are C strings.
    let message = unsafe { CStr::from_ptr(error) }.to_string_lossy().into_owned();
    // SAFETY: allocated by malloc, and not used again.
    unsafe { free(error.cast()) };
    bail!(message)
}

impl Outcome {
    #[inline]
    fn taken(self) -> Result<i64> {
        if self.error.is_null() {
            return Ok(self.value);
        }
        taken(self.error).map(|()| self.value)
    }
}

fn nothing(guest: &'static Guest) -> Loop {
    Box::new(|n, _| {
        for _ in 0..n {
            // SAFETY: the guest is open.
            taken(unsafe { (guest.nothing)() })?;
        }
        Ok(Datum::Nothing)
    })
}

/// Calls `n` times; the result of the last call.
fn repeat(n: u64, mut call: impl FnMut() -> Outcome) -> Result<Datum> {
    let mut last = 0;
    for _ in 0..n {
        last = call().taken()?;
    }
    Ok(Datum::Int(last))
}

fn echo(guest: &'static Guest) -> Loop {
    Box::new(|n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        // SAFETY: the guest is open.
        repeat(n, || unsafe { (guest.echo)(black_box(*value)) })
    })
}

fn text_once(guest: &Guest, text: &str) -> Result<String> {
    let mut room = [const { std::mem::MaybeUninit::<u8>::uninit() }; 256];
    let into = room.as_mut_ptr().cast();
    // SAFETY: text and room are valid for the call.
    let answer =
        unsafe { (guest.text)(text.as_ptr().cast(), text.len() as i64, into, room.len() as i64) };
    if answer.length < 0 {
        taken(answer.data)?;
    }
    // SAFETY: the guest wrote that many bytes there, and they are text.
    let result = unsafe {
        let bytes = std::slice::from_raw_parts(answer.data.cast::<u8>(), answer.length as usize);
        str::from_utf8_unchecked(bytes).to_owned()
    };
    if answer.data != into {
        // SAFETY: from malloc, and not used again.
        unsafe { free(answer.data.cast()) };
    }
    Ok(result)
}

fn text(guest: &'static Guest) -> Loop {
    Box::new(|n, argument| {
        let Datum::Text(value) = argument else { bail!("a text is needed") };
        let mut last = String::new();
        for _ in 0..n {
            last = text_once(guest, black_box(value))?;
        }
        Ok(Datum::Text(last))
    })
}

fn sum(guest: &'static Guest) -> Loop {
    Box::new(|n, argument| {
        let Datum::Longs(values) = argument else { bail!("numbers are needed") };
        // SAFETY: the values are valid for the call.
        repeat(n, || unsafe { (guest.sum)(black_box(values).as_ptr(), values.len() as i64) })
    })
}

fn numbers_once(guest: &Guest) -> Result<Vec<i64>> {
    // SAFETY: the guest is open.
    let answer = unsafe { (guest.numbers)() };
    if answer.length < 0 {
        taken(answer.data.cast())?;
    }
    // SAFETY: the guest wrote that many numbers there.
    let numbers = unsafe { std::slice::from_raw_parts(answer.data.cast(), answer.length as usize) };
    let numbers = numbers.to_vec();
    // SAFETY: from malloc, and not used again.
    unsafe { free(answer.data) };
    Ok(numbers)
}

fn numbers(guest: &'static Guest) -> Loop {
    Box::new(|n, _| {
        let mut last = Vec::new();
        for _ in 0..n {
            last = numbers_once(guest)?;
        }
        Ok(Datum::Longs(last))
    })
}

fn increment(guest: &'static Guest) -> Result<Loop> {
    // SAFETY: the guest is open.
    let object = unsafe { (guest.make)() }.taken()?;
    // SAFETY: the object lives to the end of the process.
    Ok(Box::new(move |n, _| repeat(n, || unsafe { (guest.increment)(object) })))
}

extern "C" fn step(_: *mut c_void, value: i64) -> Outcome {
    Outcome { value: value + STEP, error: null_mut() }
}

fn apply(guest: &'static Guest) -> Result<Loop> {
    // SAFETY: the guest is open; the function needs no context.
    let bound = unsafe { (guest.bind)(step, null_mut()) }.taken()?;
    Ok(Box::new(move |n, argument| {
        let Datum::Int(value) = argument else { bail!("a number is needed") };
        // SAFETY: the function is bound to the end of the process.
        repeat(n, || unsafe { (guest.apply)(bound, black_box(*value)) })
    }))
}

fn fail(guest: &'static Guest) -> Loop {
    Box::new(|n, _| {
        let mut failed = 0;
        for _ in 0..n {
            // SAFETY: the guest is open.
            let Err(error) = taken(unsafe { (guest.fail)() }) else { continue };
            ensure!(error.to_string().contains(LUCK), "the message got lost: {error}");
            failed += 1;
        }
        Ok(Datum::Int(failed))
    })
}
