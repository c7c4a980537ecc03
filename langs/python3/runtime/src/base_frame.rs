//! A Python frame below all others, on threads that other languages started.
//!
//! `eval`, `globals`, `warnings.warn`, `namedtuple`, formulas of pandas look at
//! the frame of their caller. Where that is another language there is none, and
//! they fail. So a thread's first entry into Python leaves a frame behind: code
//! of the module `__main__` that waits on a stack of its own until the thread
//! ends. Whatever is called meanwhile has it as its caller, and pays nothing.
//!
//! A thread that has frames already must not get one: they would leave first.

use core::cell::Cell;
use core::ptr::{null, null_mut};

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::process::attached;

/// What tracebacks and warnings call the caller.
const CALLER: &str = "<another language>";
/// Bytes of the stack; of memory it takes what one call of Python uses.
const STACK: usize = 256 << 10;

type Frame = Coroutine<(), (), ()>;

thread_local! {
    /// The frame of this thread, or null. It is not dropped with the thread: it
    /// can only be left by running on.
    static WAITING: Cell<*mut Frame> = const { Cell::new(null_mut()) };
    /// How the code that is about to wait leaves its stack.
    static YIELDER: Cell<*const Yielder<(), ()>> = const { Cell::new(null()) };
}

/// Lays a frame below what this thread will call. Where there is no memory for
/// it, it is left out: most functions do not look.
///
/// # Safety
/// The GIL is held by the state that is this thread's until [`take_away`].
pub(crate) unsafe fn lay() {
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
        // SAFETY: `code` lives for good, and the frame holds `names`, which are
        // live when it begins. Whoever resumes this holds the GIL.
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
/// The GIL is held by the state that [`lay`] was called under, and nothing of
/// Python runs on this thread.
pub(crate) unsafe fn take_away() {
    let frame = WAITING.replace(null_mut());
    if !frame.is_null() {
        // SAFETY: `lay` boxed it, for this thread.
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
    // SAFETY: whoever resumes this holds the GIL.
    unsafe { ffi::Py_NewRef(ffi::Py_None()) }
}

/// Whether Python lets code run on another stack than its thread's: 3.14.0 takes
/// that for an overflow.
fn may_leave_the_stack() -> bool {
    // SAFETY: called under the GIL.
    let version = unsafe { Python::assume_attached() }.version_info();
    (version.major, version.minor, version.patch) != (3, 14, 0)
}

/// The code of the frame, which lives for good, and the names it runs with,
/// borrowed: those of the program.
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

/// Code that calls [`wait`]: a constant of it, for a name would be one of the
/// program's.
fn waiting_code(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let method = Box::leak(Box::new(ffi::PyMethodDef {
        ml_name: c"wait".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: wait },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: c"Wait until the thread ends.".as_ptr(),
    }));
    // SAFETY: the definition lives for good; a new reference, or null.
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
