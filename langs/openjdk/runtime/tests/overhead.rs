//! The overhead of the plugin over a plain JNI call:
//! `cargo test --release -p metaffi-openjdk-runtime --test overhead -- --ignored --nocapture`.
//!
//! Both call the same methods, in the same process, on the same thread. The plain side does what a
//! hand-written bridge must do: convert strings through UTF-16, check for an exception if nothing
//! was returned, delete references.
#![allow(unsafe_code)] // the bare side is JNI by hand
#![allow(clippy::print_stdout, reason = "prints a table")]

mod fixtures;

use std::ffi::CStr;
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::time::Instant;

use jni_sys::{JNIEnv, jclass, jmethodID, jvalue};
use metaffi::{Callable, Entity, Error, Handle, Signature, Value};
use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, CallableBody, GuestFrame, ObjectData, query_member};

const TEXT: &str = "0123456789abcdef";

#[test]
#[ignore = "a measurement; there is nothing to fail"]
fn overhead() {
    // On the boot class path both sides find the class by its name alone.
    let options = format!("-Xbootclasspath/a:{}", fixtures::classes().display());
    // SAFETY: no other thread runs yet.
    unsafe { std::env::set_var("METAFFI_JVM_OPTIONS", options) };
    let load = |name: &str, types: &[&str]| fixtures::entity(name, types, types).unwrap();
    let (nothing, int64, echo) = (
        load("Scalars.nothing", &[]),
        load("Scalars.int64", &["int64"]),
        load("Texts.echo", &["string8"]),
    );
    let bare = Bare::new();
    println!("\n{:24} {:>10} {:>10} {:>10}", "", "bare JNI", "plugin", "added");
    compare("void", || bare.void(), &nothing, &[]);
    compare("long", || bare.long(7), &int64, &[slot(abi::INT64, abi::Payload { i64: 7 }, 0)]);
    let text = abi::Payload { data: TEXT.as_ptr().cast() };
    compare("String(16)", || bare.text(TEXT), &echo, &[slot(abi::STRING8, text, TEXT.len())]);
    beginnings();
    callbacks();
    members();
}

/// The cost of an entity's first calls, some of which are made while it gets a stub.
fn beginnings() {
    println!("\n{:24} {:>10} {:>10} {:>10} {:>10}", "calls", "2,000", "4,000", "20,000", "200,000");
    let text = slot(abi::STRING8, abi::Payload { data: TEXT.as_ptr().cast() }, TEXT.len());
    let int = slot(abi::INT64, abi::Payload { i64: 7 }, 0);
    let (long, string) = (("Scalars.int64", "int64", int), ("Texts.echo", "string8", text));
    for (name, ty, arg) in [long, string, long, string, long] {
        let entity = fixtures::entity(name, &[ty], &[ty]).unwrap();
        let (start, mut made) = (processor_time(), 0);
        print!("{name:24}");
        for until in [2_000, 4_000, 20_000, 200_000] {
            (made..until).for_each(|_| call(&entity, &[arg]));
            made = until;
            print!(" {:7.1} µs", (processor_time() - start) / 1000.0);
        }
        println!();
    }
}

/// The processor time of this thread, in nanoseconds.
fn processor_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a variable of its type.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// Members of objects without declared types, compared with loaded entities.
fn members() {
    let function = |object: &Handle, name: &str| {
        // SAFETY: the object is live; the result is a callable, which outlives this call.
        unsafe {
            let found = query_member(object.as_raw(), abi::MEMBER_METHOD, name).unwrap().unwrap();
            &*found.into_handle().into_raw().as_ptr().cast::<abi::Callable>()
        }
    };
    let int = |value| slot(abi::INT64, abi::Payload { i64: value }, 0);
    let object =
        |handle: &Handle| slot(abi::HANDLE, abi::Payload { object: handle.as_raw().as_ptr() }, 0);
    let shape = fixtures::shape(3);
    let path = "class=fixtures.Shape,callable=scaled,instance_required";
    let scaled = fixtures::load(path, &["handle", "int64"], &["int64"]).unwrap();
    let find = fixtures::load("class=java.lang.Class,callable=forName", &["string8"], &["handle"]);
    let class = fixtures::call(&find.unwrap(), "fixtures.Overloads").unwrap();
    let class = fixtures::handle(class);
    let (method, several) = (function(&shape, "scaled"), function(&class, "f"));
    let chosen = fixtures::entity("Overloads.f", &["int64"], &["string8"]).unwrap();
    println!("\n{:24} {:>10} {:>10}", "", "entity", "member");
    for (name, entity, args, member, arguments) in [
        ("long of an object", &scaled, vec![object(&shape), int(7)], method, 2),
        ("one of several", &chosen, vec![object(&class), int(7)], several, 1),
    ] {
        await_stub(entity, &args[2 - arguments..]);
        let loaded = nanoseconds(|| call(entity, &args[2 - arguments..]));
        let natural = nanoseconds(|| call_raw(member.call, member.context, &args));
        println!("{name:24} {loaded:7.1} ns {natural:7.1} ns");
    }
}

/// Callbacks: the cost of passing one, of calling it from Java, and of calling a Java function.
fn callbacks() {
    let twice = |types: &[&str]| {
        let signature = Signature::new(fixtures::infos(types), fixtures::infos(types));
        Callable::with_body(fixtures::hub().owner("rust"), signature, Twice)
    };
    let object = |callable: &Callable| {
        let object = callable.handle().as_raw().as_ptr();
        slot(abi::CALLABLE, abi::Payload { object }, 0)
    };
    let int = |value| slot(abi::INT32, abi::Payload { i64: value }, 0);
    let types = ["callable", "int32"];
    let sum = fixtures::entity("Callbacks.sum", &types, &["int64"]).unwrap();
    let none = fixtures::entity("Callbacks.sum", &types, &["int64"]).unwrap();
    println!();
    for declared in ["int64", "any"] {
        let twice = twice(&[declared]);
        let pass = nanoseconds(|| call(&none, &[object(&twice), int(0)]));
        let thousand = nanoseconds_of(30, || call(&sum, &[object(&twice), int(1000)]));
        println!("pass a function ({declared:5})     {pass:7.1} ns");
        println!("call it from Java              {:7.1} ns", (thousand - pass) / 1000.0);
    }
    let adder = fixtures::entity("Callbacks.adder", &["int32"], &["callable"]).unwrap();
    let Value::Callable(adder) = adder.call(&[1.into()]).unwrap().remove(0) else { panic!() };
    let raw = adder.as_raw();
    let through = || call_raw(raw.call, raw.context, &[int(1), int(2)]);
    println!("call a lambda of Java's        {:7.1} ns", nanoseconds(through));
}

struct Twice;

impl ObjectData for Twice {
    fn data(&self) -> *mut core::ffi::c_void {
        core::ptr::null_mut()
    }
}

impl CallableBody for Twice {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: Java passes a long.
        let value = unsafe { frame.args()[0].payload.i64 };
        frame.set(0, slot(abi::INT64, abi::Payload { i64: value * 2 }, 0))
    }
}

fn call(entity: &Entity, args: &[abi::Value]) {
    call_raw(entity.call_fn(), entity.context(), args);
}

fn call_raw(call: abi::CallFn, context: *mut core::ffi::c_void, args: &[abi::Value]) {
    let mut rets = [MaybeUninit::uninit(); 1];
    CallFrame::with(|mut frame| {
        // SAFETY: the called function returns one number.
        let status = unsafe { frame.call_status(call, context, black_box(args), &mut rets) };
        assert_eq!(status, 0);
    });
    black_box(&rets);
}

fn slot(ty: abi::Type, payload: abi::Payload, length: usize) -> abi::Value {
    abi::Value { ty, dims: 0, ownership: 0, flags: 0, length: length as u64, payload }
}

fn compare(name: &str, bare: impl FnMut(), entity: &Entity, args: &[abi::Value]) {
    let (call, context, nrets) = (entity.call_fn(), entity.context(), args.len());
    let through = || {
        let mut rets = [MaybeUninit::uninit(); 1];
        CallFrame::with(|mut frame| {
            // SAFETY: these functions return as many values as they take.
            let status =
                unsafe { frame.call_status(call, context, black_box(args), &mut rets[..nrets]) };
            assert_eq!(status, 0);
        });
        black_box(&rets);
    };
    await_stub(entity, args);
    let (bare, through) = (nanoseconds(bare), nanoseconds(through));
    println!("{name:24} {bare:7.1} ns {through:7.1} ns {:7.1} ns", through - bare);
}

/// Calls until the entity has a stub, or is known to get none.
fn await_stub(entity: &Entity, args: &[abi::Value]) {
    let start = Instant::now();
    while entity.convention() == "generic" && start.elapsed().as_secs() < 5 {
        (0..1000).for_each(|_| call(entity, args));
    }
}

/// The best of several rounds, per call.
fn nanoseconds(call: impl FnMut()) -> f64 {
    nanoseconds_of(40_000, call)
}

fn nanoseconds_of(calls: u32, mut call: impl FnMut()) -> f64 {
    (0..calls * 2).for_each(|_| call());
    let round = |_| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed().as_nanos() as f64 / f64::from(calls)
    };
    (0..60).map(round).fold(f64::INFINITY, f64::min)
}

macro_rules! jni {
    ($env:expr, $name:ident $(, $arg:expr)*) => { ((**$env).v1_6.$name)($env $(, $arg)*) };
}

/// The fixtures, called through plain JNI.
struct Bare {
    env: *mut JNIEnv,
    scalars: jclass,
    texts: jclass,
    nothing: jmethodID,
    int64: jmethodID,
    echo: jmethodID,
}

impl Bare {
    fn new() -> Self {
        // SAFETY: the plugin started the JVM, and attached this thread.
        unsafe {
            let library = libloading::os::unix::Library::open(
                Some("libjvm.so"),
                libc::RTLD_NOLOAD | libc::RTLD_NOW,
            );
            let library = library.unwrap();
            type Created =
                unsafe extern "system" fn(*mut *mut jni_sys::JavaVM, i32, *mut i32) -> i32;
            let created = library.get::<Created>(b"JNI_GetCreatedJavaVMs").unwrap();
            let (mut vm, mut count, mut env) = (std::ptr::null_mut(), 0, std::ptr::null_mut());
            assert_eq!(created(&raw mut vm, 1, &raw mut count), 0);
            let get_env = (**vm).v1_4.GetEnv;
            assert_eq!(get_env(vm, &raw mut env, jni_sys::JNI_VERSION_1_8), 0);
            let env = env.cast::<JNIEnv>();
            let scalars = jni!(env, FindClass, c"fixtures/Scalars".as_ptr());
            let texts = jni!(env, FindClass, c"fixtures/Texts".as_ptr());
            let method = |class, name: &CStr, descriptor: &CStr| {
                jni!(env, GetStaticMethodID, class, name.as_ptr(), descriptor.as_ptr())
            };
            Self {
                env,
                scalars,
                texts,
                nothing: method(scalars, c"nothing", c"()V"),
                int64: method(scalars, c"int64", c"(J)J"),
                echo: method(texts, c"echo", c"(Ljava/lang/String;)Ljava/lang/String;"),
            }
        }
    }

    fn void(&self) {
        // SAFETY: the method takes nothing.
        unsafe {
            jni!(self.env, CallStaticVoidMethodA, self.scalars, self.nothing, std::ptr::null());
            assert!(!jni!(self.env, ExceptionCheck));
        }
    }

    fn long(&self, value: i64) {
        let args = [jvalue { j: black_box(value) }];
        // SAFETY: the method takes a long.
        unsafe {
            let echo =
                jni!(self.env, CallStaticLongMethodA, self.scalars, self.int64, args.as_ptr());
            assert!(black_box(echo) != 0 || !jni!(self.env, ExceptionCheck));
        }
    }

    fn text(&self, text: &str) {
        let (mut units, mut back) = ([0_u16; 64], [0_u8; 64]);
        for (unit, byte) in units.iter_mut().zip(black_box(text).bytes()) {
            *unit = byte.into();
        }
        // SAFETY: the method takes and returns a string of 64 units at most.
        unsafe {
            let string = jni!(self.env, NewString, units.as_ptr(), text.len() as i32);
            let args = [jvalue { l: string }];
            let echo =
                jni!(self.env, CallStaticObjectMethodA, self.texts, self.echo, args.as_ptr());
            let length = jni!(self.env, GetStringLength, echo);
            jni!(self.env, GetStringRegion, echo, 0, length, units.as_mut_ptr());
            for (byte, unit) in back.iter_mut().zip(&units[..length as usize]) {
                *byte = *unit as u8;
            }
            jni!(self.env, DeleteLocalRef, echo);
            jni!(self.env, DeleteLocalRef, string);
        }
        black_box(&back);
    }
}
