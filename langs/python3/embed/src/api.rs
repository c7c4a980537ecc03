//! The CPython functions that are called here, looked up by name.
//!
//! All are in the stable ABI except the pre-initialization, which has been the same
//! since 3.8. Nothing here is linked, so that this library can be opened in a process
//! without Python.

use core::ffi::{CStr, c_char, c_int, c_void};

use metaffi_library::Library;
use metaffi_plugin::value::{Error, ErrorKind};

/// A `PyObject`.
pub(crate) type Object = *mut c_void;

/// `PyStatus`.
#[repr(C)]
pub(crate) struct Status {
    /// 0 is success.
    pub(crate) kind: c_int,
    function: *const c_char,
    message: *const c_char,
    exit_code: c_int,
}

impl Status {
    /// The error message.
    pub(crate) fn text(&self) -> String {
        if self.message.is_null() {
            return format!("status {}", self.exit_code);
        }
        // SAFETY: a message that is not null is a static C string.
        unsafe { CStr::from_ptr(self.message) }.to_string_lossy().into_owned()
    }
}

/// `PyPreConfig`, with room to spare; all its fields are `int`.
#[repr(C)]
pub(crate) struct PreConfig(pub(crate) [c_int; 64]);

/// `coerce_c_locale` in [`PreConfig`].
pub(crate) const COERCE_C_LOCALE: usize = 5;

macro_rules! api {
    ($($name:ident: fn($($arg:tt)*) $(-> $ret:ty)?;)*) => {
        /// The functions.
        #[allow(non_snake_case, reason = "CPython's names")]
        #[derive(Clone, Copy)]
        pub(crate) struct Api {
            $(pub(crate) $name: unsafe extern "C" fn($($arg)*) $(-> $ret)?,)*
        }

        impl Api {
            /// Looks up all functions.
            pub(crate) fn of(library: &Library) -> Result<Self, Error> {
                // SAFETY: these are the types that CPython's headers declare.
                unsafe { Ok(Self { $($name: symbol(library, stringify!($name))?,)* }) }
            }
        }
    };
}
api! {
    Py_IsInitialized: fn() -> c_int;
    Py_GetVersion: fn() -> *const c_char;
    PyPreConfig_InitPythonConfig: fn(*mut PreConfig);
    Py_PreInitialize: fn(*const PreConfig) -> Status;
    Py_DecodeLocale: fn(*const c_char, *mut usize) -> *mut c_void;
    Py_SetProgramName: fn(*const c_void);
    Py_InitializeEx: fn(c_int);
    PyEval_SaveThread: fn() -> *mut c_void;
    PyGILState_Ensure: fn() -> c_int;
    PyGILState_Release: fn(c_int);
    PySys_GetObject: fn(*const c_char) -> Object;
    PyImport_GetModuleDict: fn() -> Object;
    PyDict_GetItemString: fn(Object, *const c_char) -> Object;
    PyList_Insert: fn(Object, isize, Object) -> c_int;
    PyObject_CallMethod: fn(Object, *const c_char, *const c_char, ...) -> Object;
    PyUnicode_FromStringAndSize: fn(*const c_char, isize) -> Object;
    PyUnicode_AsUTF8AndSize: fn(Object, *mut isize) -> *const c_char;
    PyImport_ImportModule: fn(*const c_char) -> Object;
    PyObject_GetAttrString: fn(Object, *const c_char) -> Object;
    PyObject_Str: fn(Object) -> Object;
    PyLong_AsVoidPtr: fn(Object) -> *mut c_void;
    PyErr_Fetch: fn(*mut Object, *mut Object, *mut Object);
    PyErr_NormalizeException: fn(*mut Object, *mut Object, *mut Object);
    PyErr_Clear: fn();
    Py_DecRef: fn(Object);
}

/// # Safety
/// `F` must be the type of the function `name`.
unsafe fn symbol<F: Copy>(library: &Library, name: &str) -> Result<F, Error> {
    // SAFETY: the caller's promise.
    let found = unsafe { library.get::<F>(name.as_bytes()) };
    found.map(|function| *function).map_err(|_| {
        let message = format!("the libpython of this process has no {name}; use another Python");
        Error::new(ErrorKind::Load, message)
    })
}

impl Api {
    /// `3.11.7`.
    pub(crate) fn version(&self) -> String {
        // SAFETY: a static C string, also before the initialization.
        let text = unsafe { CStr::from_ptr((self.Py_GetVersion)()) }.to_string_lossy();
        text.split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// Whether an interpreter is running.
    pub(crate) fn is_initialised(&self) -> bool {
        // SAFETY: may be called at any time.
        unsafe { (self.Py_IsInitialized)() != 0 }
    }

    /// The text of an object; empty if it has none.
    ///
    /// # Safety
    /// `object` is live or null, and the GIL is held.
    pub(crate) unsafe fn text(&self, object: Object) -> String {
        if object.is_null() {
            return String::new();
        }
        // SAFETY: the caller's promises; the bytes live as long as `text`.
        unsafe {
            let text = (self.PyObject_Str)(object);
            let mut length = 0;
            let data = match text.is_null() {
                true => core::ptr::null(),
                false => (self.PyUnicode_AsUTF8AndSize)(text, &raw mut length),
            };
            if data.is_null() {
                (self.PyErr_Clear)();
                return String::new();
            }
            let bytes = core::slice::from_raw_parts(data.cast::<u8>(), length as usize);
            let copy = String::from_utf8_lossy(bytes).into_owned();
            (self.Py_DecRef)(text);
            copy
        }
    }

    /// Takes the exception that is set, and returns its type and text.
    ///
    /// # Safety
    /// The GIL is held.
    pub(crate) unsafe fn take_raised(&self) -> String {
        let [mut class, mut value, mut trace] = [core::ptr::null_mut(); 3];
        // SAFETY: the caller's promise; each is a new reference or null.
        unsafe {
            (self.PyErr_Fetch)(&raw mut class, &raw mut value, &raw mut trace);
            (self.PyErr_NormalizeException)(&raw mut class, &raw mut value, &raw mut trace);
            let name = (self.PyObject_GetAttrString)(class, c"__name__".as_ptr());
            let text = format!("{}: {}", self.text(name), self.text(value));
            for object in [name, class, value, trace].into_iter().filter(|o| !o.is_null()) {
                (self.Py_DecRef)(object);
            }
            text
        }
    }
}
