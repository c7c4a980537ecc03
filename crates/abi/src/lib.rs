//! `repr(C)` mirror of `include/metaffi.h`.
//!
//! The header is the manual: owners, release functions and threading rules are
//! documented there, under the same names without the `metaffi_` prefix.
//! `tests/layout.rs` compiles the header and compares the size, alignment and
//! offsets of every struct with this file. The only logic is for reading structs of
//! other minor versions of the ABI: [`adopt`] and [`covers!`].

mod versions;

use core::ffi::c_void;
use core::ptr::NonNull;

#[doc(hidden)]
pub use versions::size_of_field;
pub use versions::{Table, adopt};

/// The ABI version of this mirror.
pub const ABI_VERSION: u32 = 1;
/// `METAFFI_ABI_MINOR`: the number of times that fields were appended in this
/// version.
pub const ABI_MINOR: u32 = 2;

/// A type tag: one bit for a scalar, combined with [`ARRAY`] and [`PACKED`].
pub type Type = u32;

macro_rules! types {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* #[doc = concat!("`METAFFI_", stringify!($name), "`.")] pub const $name: Type = 1 << $bit;)*
        /// Every type bit with its lower-case name in `types.md`.
        pub const TYPE_BITS: &[(&str, Type)] = &[$((stringify!($name), $name)),*];
    };
}
types! {
    FLOAT64 = 0;
    FLOAT32 = 1;
    INT8 = 2;
    INT16 = 3;
    INT32 = 4;
    INT64 = 5;
    UINT8 = 6;
    UINT16 = 7;
    UINT32 = 8;
    UINT64 = 9;
    BOOL = 10;
    CHAR8 = 11;
    STRING8 = 12;
    STRING16 = 13;
    STRING32 = 14;
    HANDLE = 15;
    ARRAY = 16;
    SIZE = 17;
    ANY = 18;
    NULL = 19;
    CALLABLE = 20;
    CHAR16 = 21;
    CHAR32 = 22;
    PACKED = 24;
}

/// `metaffi_str`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Str {
    /// UTF-8; may be null when `length` is 0.
    pub data: *const u8,
    /// In bytes.
    pub length: u64,
}

/// `metaffi_type_info`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TypeInfo {
    /// The declared type.
    pub ty: Type,
    /// 0 for a scalar, n for an array of that rank, -1 for mixed or unknown.
    pub dims: i32,
    /// The guest's own name for the type, or empty.
    pub alias: Str,
}

/// `metaffi_object_vtable`.
#[repr(C)]
#[derive(Debug)]
pub struct ObjectVtable {
    /// [`ABI_VERSION`].
    pub abi_version: u32,
    /// The size of this table in bytes.
    pub struct_size: u32,
    /// Adds a reference.
    pub retain: unsafe extern "C" fn(NonNull<Object>),
    /// Releases a reference; never blocks.
    pub release: unsafe extern "C" fn(NonNull<Object>),
    /// 1 if the object is an [`ExactObject`]; older tables end before this.
    pub exact: u32,
    /// 1 if the object is a mapping; 0 means unknown.
    pub mapping: u32,
    /// Iterates over its items.
    pub items: Option<CallFn>,
    /// The keys and the values of a mapping.
    pub entries: Option<CallFn>,
    /// The method of a given name.
    pub method: Option<CallFn>,
    /// The number of its type; for a class, also that of its instances' type.
    pub type_of: Option<CallFn>,
    /// The function for a member of its type, by name.
    pub member: Option<CallFn>,
    /// Describes its type.
    pub describe: Option<CallFn>,
}

/// `metaffi_object`.
#[repr(C)]
#[derive(Debug)]
pub struct Object {
    /// Shared by all objects of one kind and owner.
    pub vtable: &'static ObjectVtable,
    /// The runtime that the object lives in.
    pub owner: u64,
    /// The owner's own reference.
    pub data: *mut c_void,
}

/// `metaffi_exact_object`: a handle that contains its value as text.
#[repr(C)]
#[derive(Debug)]
pub struct ExactObject {
    /// The start of every object.
    pub base: Object,
    /// `EXACT_*`.
    pub kind: u32,
    /// 0.
    pub reserved: u32,
    /// The value, in the form that the header specifies.
    pub text: Str,
    /// The underlying object, for its owner.
    pub object: NonNull<Object>,
}

/// Hexadecimal digits.
pub const EXACT_INTEGER: u32 = 1;
/// A decimal number.
pub const EXACT_DECIMAL: u32 = 2;
/// A date.
pub const EXACT_DATE: u32 = 3;
/// A time of day.
pub const EXACT_TIME: u32 = 4;
/// A date and a time without a time zone.
pub const EXACT_DATETIME: u32 = 5;
/// A date and a time with an offset.
pub const EXACT_INSTANT: u32 = 6;
/// A number of seconds.
pub const EXACT_DURATION: u32 = 7;
/// A UUID.
pub const EXACT_UUID: u32 = 8;
/// An error, in an [`ErrorObject`].
pub const EXACT_ERROR: u32 = 9;

/// Valid until the call returns.
pub const BORROWED: u8 = 0;
/// Valid as long as the frame's arena.
pub const ARENA: u8 = 1;
/// One reference, which the receiver releases.
pub const TRANSFERRED: u8 = 2;

/// `METAFFI_MAX_DEPTH`: the maximum nesting depth of arrays.
pub const MAX_DEPTH: u32 = 256;

/// The payload of a [`Value`].
#[repr(C)]
#[derive(Clone, Copy)]
pub union Payload {
    /// Any integer, bool or char, sign- or zero-extended.
    pub i64: i64,
    /// The same bits unsigned.
    pub u64: u64,
    /// `METAFFI_FLOAT64`.
    pub f64: f64,
    /// `METAFFI_FLOAT32`.
    pub f32: f32,
    /// Strings and arrays.
    pub data: *const c_void,
    /// Handles, callables and transferred buffers.
    pub object: *mut Object,
}

/// `METAFFI_FILLABLE`: a guest that copies the array writes the copy back.
pub const FILLABLE: u16 = 1;
/// `METAFFI_WRITABLE`: a function may write to the array.
pub const WRITABLE: u16 = 2;

/// `metaffi_value`: one tagged slot of 24 bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Value {
    /// The actual type, never [`ANY`].
    pub ty: Type,
    /// 0 for a scalar, else the rank.
    pub dims: u8,
    /// [`BORROWED`], [`ARENA`] or [`TRANSFERRED`].
    pub ownership: u8,
    /// 0, [`FILLABLE`] or [`WRITABLE`].
    pub flags: u16,
    /// Strings: bytes. Arrays: elements.
    pub length: u64,
    /// `as` in the header.
    pub payload: Payload,
}

/// `metaffi_buffer`.
#[repr(C)]
#[derive(Debug)]
pub struct Buffer {
    /// The reference that owns the memory.
    pub base: Object,
    /// The string or the elements.
    pub data: *const c_void,
    /// In bytes.
    pub size: u64,
}

/// `metaffi_status`: [`OK`] or a kind of error.
pub type Status = u32;
/// Success.
pub const OK: Status = 0;
/// Wrong count, type or range of arguments.
pub const ERROR_ARGUMENT: Status = 1;
/// No such runtime, module or entity.
pub const ERROR_NOT_FOUND: Status = 2;
/// Found, but could not be loaded.
pub const ERROR_LOAD: Status = 3;
/// The declared types match no candidate, or several.
pub const ERROR_SIGNATURE: Status = 4;
/// The guest's own exception or error result.
pub const ERROR_GUEST: Status = 5;
/// The guest panicked.
pub const ERROR_PANIC: Status = 6;
/// Used after it or its runtime was released.
pub const ERROR_RELEASED: Status = 7;
/// A different ABI version.
pub const ERROR_ABI: Status = 8;
/// Valid, but not supported by this runtime.
pub const ERROR_UNSUPPORTED: Status = 9;
/// A bug in MetaFFI itself.
pub const ERROR_INTERNAL: Status = 10;

/// `metaffi_error`.
#[repr(C)]
#[derive(Debug)]
pub struct Error {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `ERROR_*` kind.
    pub kind: Status,
    /// What happened.
    pub message: Str,
    /// The language that raised it: `openjdk`, `go`, `python3`, `metaffi`.
    pub language: Str,
    /// The guest's exception type, or empty.
    pub type_name: Str,
    /// The guest's stack trace; empty if there is none or it has not been read.
    pub stack_trace: Str,
    /// Borrowed from this error.
    pub cause: Option<NonNull<Error>>,
    /// The exception object in its own language; borrowed from this error.
    pub original: Option<NonNull<Object>>,
    /// Releases this error and its causes.
    pub release: unsafe extern "C" fn(NonNull<Error>),
    /// Reads the stack trace if `stack_trace` is empty.
    pub read_stack_trace: Option<unsafe extern "C" fn(NonNull<Error>) -> Str>,
}

/// `metaffi_error_object`: an error that is passed as a value.
#[repr(C)]
#[derive(Debug)]
pub struct ErrorObject {
    /// An exact object of [`EXACT_ERROR`].
    pub base: ExactObject,
    /// The error itself; borrowed from this object.
    pub error: NonNull<Error>,
}

/// `metaffi_frame`.
#[repr(C)]
pub struct Frame {
    /// Borrowed arguments.
    pub args: *const Value,
    /// Written by the callee.
    pub rets: *mut Value,
    /// The number of slots at `args`.
    pub nargs: u32,
    /// The number of slots at `rets`.
    pub nrets: u32,
    /// First free byte of the arena.
    pub arena_next: *mut u8,
    /// End of the arena.
    pub arena_end: *mut u8,
    /// Allocates more memory with the arena's lifetime.
    pub arena_grow: unsafe extern "C" fn(NonNull<Frame>, u64) -> *mut c_void,
    /// Set by the callee on failure.
    pub error: Option<NonNull<Error>>,
}

/// `metaffi_call_fn`.
pub type CallFn = unsafe extern "C" fn(*mut c_void, NonNull<Frame>) -> Status;

/// `metaffi_callable`.
#[repr(C)]
#[derive(Debug)]
pub struct Callable {
    /// The reference that owns the function.
    pub base: Object,
    /// The generic convention.
    pub call: CallFn,
    /// The first argument of `call`.
    pub context: *mut c_void,
    /// Borrowed from this object.
    pub params: *const TypeInfo,
    /// Borrowed from this object.
    pub rets: *const TypeInfo,
    /// The number of infos at `params`.
    pub nparams: u32,
    /// The number of infos at `rets`.
    pub nrets: u32,
    /// The maximum number of arguments; those after `nparams` are `ANY`.
    pub nparams_max: u32,
    /// 0.
    pub reserved: u32,
}

/// `METAFFI_CONVENTION_GENERIC`.
pub const CONVENTION_GENERIC: u32 = 0;
/// `METAFFI_CONVENTION_UPCALL`.
pub const CONVENTION_UPCALL: u32 = 1;

/// `metaffi_entity`.
#[repr(C)]
#[derive(Debug)]
pub struct Entity {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// A `CONVENTION_*`. It may change, so read it atomically.
    pub convention: u32,
    /// Read at every call, since the hub replaces it when the runtime is
    /// released. Read it with a relaxed load of an `AtomicPtr`, as in
    /// `metaffi_value::Entity`.
    pub call: CallFn,
    /// The first argument of `call`.
    pub context: *mut c_void,
    /// Borrowed from this entity.
    pub params: *const TypeInfo,
    /// Borrowed from this entity.
    pub rets: *const TypeInfo,
    /// The number of infos at `params`.
    pub nparams: u32,
    /// The number of infos at `rets`.
    pub nrets: u32,
    /// The guest's documentation, or empty.
    pub doc: Str,
    /// Since minor 1. Bit i: the function may write to parameter i, an array.
    pub fills: u32,
    /// 0.
    pub reserved: u32,
}

/// `METAFFI_REQUEST_VALUE`: the types are omitted.
pub const REQUEST_VALUE: u32 = 1;

/// `METAFFI_MEMBER_METHOD`.
pub const MEMBER_METHOD: i64 = 0;
/// `METAFFI_MEMBER_GET`.
pub const MEMBER_GET: i64 = 1;
/// `METAFFI_MEMBER_SET`.
pub const MEMBER_SET: i64 = 2;
/// `METAFFI_MEMBER_OPERATION`.
pub const MEMBER_OPERATION: i64 = 3;
/// `METAFFI_MEMBER_NAMED`.
pub const MEMBER_NAMED: i64 = 4;
/// `METAFFI_DESCRIBED_METHOD`.
pub const DESCRIBED_METHOD: &str = "method";
/// `METAFFI_DESCRIBED_ABSTRACT_METHOD`.
pub const DESCRIBED_ABSTRACT_METHOD: &str = "abstract method";
/// `METAFFI_DESCRIBED_STATIC_METHOD`.
pub const DESCRIBED_STATIC_METHOD: &str = "static method";
/// `METAFFI_DESCRIBED_CONSTRUCTOR`.
pub const DESCRIBED_CONSTRUCTOR: &str = "constructor";
/// `METAFFI_DESCRIBED_VALUE`.
pub const DESCRIBED_VALUE: &str = "value";
/// `METAFFI_DESCRIBED_STATIC_VALUE`.
pub const DESCRIBED_STATIC_VALUE: &str = "static value";
/// `METAFFI_DESCRIBED_CLASS`.
pub const DESCRIBED_CLASS: &str = "class";
/// `METAFFI_DESCRIBED_MODULE`.
pub const DESCRIBED_MODULE: &str = "module";

/// `metaffi_entity_request`.
#[repr(C)]
#[derive(Debug)]
pub struct EntityRequest {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// 0 or [`REQUEST_VALUE`].
    pub flags: u32,
    /// The entity path.
    pub entity_path: Str,
    /// Declared parameters.
    pub params: *const TypeInfo,
    /// Declared results.
    pub rets: *const TypeInfo,
    /// The number of infos at `params`.
    pub nparams: u32,
    /// The number of infos at `rets`.
    pub nrets: u32,
}

/// `metaffi_runtime`: one load of a runtime.
#[repr(C)]
pub struct Runtime {
    _opaque: [u8; 0],
}

/// `metaffi_module`.
#[repr(C)]
pub struct Module {
    _opaque: [u8; 0],
}

/// Where a function stores its error, or null.
pub type ErrorOut = Option<NonNull<Option<NonNull<Error>>>>;

/// `metaffi_hub`.
#[repr(C)]
#[derive(Debug)]
pub struct Hub {
    /// [`ABI_VERSION`].
    pub abi_version: u32,
    /// The size of this table in bytes.
    pub struct_size: u32,
    /// See the header.
    pub load_runtime: unsafe extern "C" fn(Str, *mut *mut Runtime, ErrorOut) -> Status,
    /// See the header.
    pub close_runtime: unsafe extern "C" fn(*mut Runtime),
    /// See the header.
    pub release_runtime: unsafe extern "C" fn(*mut Runtime),
    /// See the header.
    pub load_module: unsafe extern "C" fn(*mut Runtime, Str, *mut *mut Module, ErrorOut) -> Status,
    /// See the header.
    pub release_module: unsafe extern "C" fn(*mut Module),
    /// See the header.
    pub load_entity: unsafe extern "C" fn(
        *mut Module,
        NonNull<EntityRequest>,
        *mut *mut Entity,
        ErrorOut,
    ) -> Status,
    /// See the header.
    pub release_entity: unsafe extern "C" fn(*mut Entity),
    /// See the header.
    pub owner_id: unsafe extern "C" fn(Str) -> u64,
    /// See the header.
    pub owner_name: unsafe extern "C" fn(u64) -> Str,
    /// See the header.
    pub live_objects: unsafe extern "C" fn(u64) -> NonNull<i64>,
    /// See the header.
    pub begin_exit: unsafe extern "C" fn(),
    /// See the header.
    pub home: unsafe extern "C" fn() -> Str,
    /// See the header.
    pub on_exit: unsafe extern "C" fn(extern "C" fn()),
    /// See the header.
    pub at_c_exit: unsafe extern "C" fn(),
    /// See the header.
    pub add_collector: unsafe extern "C" fn(u64, CollectFn),
    /// See the header.
    pub press: unsafe extern "C" fn(u64, u32, u64),
    /// See the header.
    pub name_threads: unsafe extern "C" fn(ThreadNameFn),
    /// See the header.
    pub thread_name: ThreadNameFn,
    /// See the header.
    pub interrupt: unsafe extern "C" fn() -> u32,
    /// See the header.
    pub end_interrupt: unsafe extern "C" fn(),
}

/// `METAFFI_FORK_DIES`.
pub const FORK_DIES: u32 = 0;
/// `METAFFI_FORK_SURVIVES`.
pub const FORK_SURVIVES: u32 = 1;
/// `METAFFI_FORK_ANEW`.
pub const FORK_ANEW: u32 = 2;

/// `METAFFI_PRESS_LOOK`.
pub const PRESS_LOOK: u32 = 0;
/// `METAFFI_PRESS_GREW`.
pub const PRESS_GREW: u32 = 1;
/// `METAFFI_PRESS_FULL`.
pub const PRESS_FULL: u32 = 2;
/// `METAFFI_COLLECT_HELD`.
pub const COLLECT_HELD: u32 = 0;
/// `METAFFI_COLLECT_RETURNED`.
pub const COLLECT_RETURNED: u32 = 1;

/// `metaffi_collect_fn`.
pub type CollectFn = unsafe extern "C" fn(u32);

/// `metaffi_thread_name_fn`.
pub type ThreadNameFn = unsafe extern "C" fn(NonNull<u8>, usize) -> usize;

/// `metaffi_hub_get_fn`.
pub type HubGetFn = unsafe extern "C" fn(u32) -> Option<NonNull<Hub>>;

/// `metaffi_hub_in_use_fn`.
pub type HubInUseFn =
    unsafe extern "C" fn(NonNull<core::mem::MaybeUninit<Str>>) -> Option<&'static Hub>;

/// `metaffi_plugin`.
#[repr(C)]
#[derive(Debug)]
pub struct Plugin {
    /// [`ABI_VERSION`].
    pub abi_version: u32,
    /// The size of this table in bytes.
    pub struct_size: u32,
    /// The runtime's name.
    pub name: Str,
    /// See the header.
    pub start: unsafe extern "C" fn(ErrorOut) -> Status,
    /// See the header.
    pub load_module: unsafe extern "C" fn(Str, *mut *mut c_void, ErrorOut) -> Status,
    /// See the header.
    pub release_module: unsafe extern "C" fn(*mut c_void),
    /// See the header.
    pub load_entity: unsafe extern "C" fn(
        *mut c_void,
        NonNull<EntityRequest>,
        *mut *mut Entity,
        ErrorOut,
    ) -> Status,
    /// See the header.
    pub release_entity: unsafe extern "C" fn(*mut Entity),
    /// See the header.
    pub begin_exit: unsafe extern "C" fn(),
    /// See the header.
    pub finish_exit: unsafe extern "C" fn(),
    /// See the header.
    pub survives_fork: unsafe extern "C" fn() -> u32,
    /// See the header.
    pub interrupt: unsafe extern "C" fn() -> u32,
    /// See the header.
    pub end_interrupt: unsafe extern "C" fn(),
}

// SAFETY: the tables and names do not change during the life of the process.
#[allow(unsafe_code)]
unsafe impl Sync for Plugin {}

/// `metaffi_plugin_get_fn`.
pub type PluginGetFn = unsafe extern "C" fn(Option<NonNull<Hub>>) -> Option<NonNull<Plugin>>;
