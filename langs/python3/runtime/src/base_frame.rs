//! A Python frame below all others, on threads that other languages started.
//!
//! `eval`, `globals`, `warnings.warn`, `namedtuple` and formulas of pandas inspect
//! their caller's frame. If the caller is another language there is none, and they
//! fail. So a thread's first entry into Python leaves a frame behind: code of the
//! module `__main__` that waits on a stack of its own until the thread ends. Calls
//! made meanwhile have it as their caller, at no cost.
//!
//! A thread that already has frames must not get one: those would return first.

use core::cell::Cell;
use core::ptr::{null, null_mut};

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::process::attached;

/// The file name that tracebacks and warnings show for the caller.
const CALLER: &str = "<another language>";
/// Bytes of the stack, of which only what one Python call uses becomes memory.
const STACK: usize = 256 << 10;

type Frame = Coroutine<(), (), ()>;

thread_local! {
    /// The frame of this thread, or null. It is not dropped with the thread, since
    /// its code has to run to its end.
    static WAITING: Cell<*mut Frame> = const { Cell::new(null_mut()) };
    /// How the waiting code leaves its stack.
    static YIELDER: Cell<*const Yielder<(), ()>> = const { Cell::new(null()) };
}

/// Pushes a frame below everything that this thread will call. Without memory for it,
/// none is pushed: most functions do not need it.
///
/// # Safety
/// The GIL is held by the state that is this thread's until [`pop`].
pub(crate) unsafe fn push() {
    // SAFETY: the caller's promise.
    let has_frames = unsafe { !ffi::PyEval_GetFrame().is_null() };
    if has_frames || !may_leave_the_stack() {
        return;
    }
    // SAFETY: the caller's promise.
    let Ok((code, names)) = (unsafe { attached(code_and_names) }) else { return };
    let Ok(stack) = DefaultStack::new(STACK) else { return };
    let mut frame = Box::new(Frame::with_stack(stack, move |yielder, ()| {
        YIELDER.set(yielder);
        // SAFETY: `code` lives forever, and the frame holds `names`, which are
        // live when it starts. Whatever resumes this holds the GIL.
        unsafe {
            ffi::Py_XDECREF(ffi::PyEval_EvalCode(code, names, names));
            ffi::PyErr_Clear();
        }
    }));
    if let CoroutineResult::Yield(()) = frame.resume(()) {
        WAITING.set(Box::into_raw(frame));
    }
}

/// Ends the frame of this thread.
///
/// # Safety
/// The GIL is held by the state that [`push`] was called under, and no other Python
/// code runs on this thread.
pub(crate) unsafe fn pop() {
    let frame = WAITING.replace(null_mut());
    if !frame.is_null() {
        // SAFETY: `push` boxed it, for this thread.
        unsafe { Box::from_raw(frame) }.resume(());
    }
}

/// Called by the code of the frame: waits until the thread ends.
unsafe extern "C" fn wait(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    let yielder = YIELDER.replace(null());
    if !yielder.is_null() {
        // SAFETY: it is on the stack that this runs on.
        unsafe { (*yielder).suspend(()) };
    }
    // SAFETY: whatever resumes this holds the GIL.
    unsafe { ffi::Py_NewRef(ffi::Py_None()) }
}

/// Whether Python allows code to run on another stack than its thread's: 3.14.0
/// mistakes that for an overflow.
fn may_leave_the_stack() -> bool {
    // SAFETY: called under the GIL.
    let version = unsafe { Python::assume_attached() }.version_info();
    (version.major, version.minor, version.patch) != (3, 14, 0)
}

/// The frame's code, which lives forever, and its globals, borrowed: those of the
/// program.
fn code_and_names(py: Python<'_>) -> PyResult<(*mut PyObject, *mut PyObject)> {
    static CODE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let code = CODE.get_or_try_init(py, || waiting_code(py).map(Bound::unbind))?.as_ptr();
    // SAFETY: the GIL is held; the module and its names are borrowed.
    unsafe {
        let module = ffi::PyImport_AddModule(c"__main__".as_ptr());
        if module.is_null() {
            return Err(PyErr::fetch(py));
        }
        Ok((code, ffi::PyModule_GetDict(module)))
    }
}

/// Code that calls [`wait`]. The function is a constant of the code, since a global name
/// would be the program's.
fn waiting_code(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let method = Box::leak(Box::new(ffi::PyMethodDef {
        ml_name: c"wait".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: wait },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: c"Wait until the thread ends.".as_ptr(),
    }));
    // SAFETY: the definition lives forever; a new reference, or null.
    let wait = unsafe {
        let function = ffi::PyCFunction_NewEx(method, null_mut(), null_mut());
        Bound::from_owned_ptr_or_err(py, function)?
    };
    let compile = py.import("builtins")?.getattr("compile")?;
    let code = compile.call1(("''.__call__()", CALLER, "exec"))?;
    let constants = code.getattr("co_consts")?.try_iter()?;
    let constants: Vec<_> = constants
        .map(|constant| constant.and_then(|it| Ok(if it.eq("")? { wait.clone() } else { it })))
        .collect::<PyResult<_>>()?;
    let changed = PyDict::new(py);
    changed.set_item("co_consts", PyTuple::new(py, constants)?)?;
    code.call_method("replace", (), Some(&changed))
}
