//! Sets an environment variable while the JVM starts.
//!
//! `setenv` may free the table while another thread reads it. Here a copy replaces the table and is
//! never freed, so readers find one or the other with its contents: its address is stored with
//! `Release`, and their reads depend on it.

use core::ffi::c_char;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};
use std::ffi::CString;

unsafe extern "C" {
    static mut environ: *mut *mut c_char;
}

/// The location of the table's address, which threads of all languages may read at any time.
fn table() -> &'static AtomicPtr<*mut c_char> {
    // SAFETY: a variable of the C library, aligned, which lives as long as the process.
    unsafe { AtomicPtr::from_ptr(&raw mut environ) }
}

/// Runs `body` with `name` set to `value`, which is not set yet.
pub(super) fn with<R>(name: &str, value: &str, body: impl FnOnce() -> R) -> R {
    let Some(text) = CString::new(format!("{name}={value}")).ok() else { return body() };
    let name = &CString::new(name).expect("a name without a NUL");
    let before = table().load(Ordering::Acquire);
    // SAFETY: the table of this process.
    let ours = unsafe { extended(before, text) };
    table().store(ours, Ordering::Release);
    let result = body();
    // If another thread set a variable meanwhile, the table is the C library's own copy of ours.
    let (success, failure) = (Ordering::Release, Ordering::Relaxed);
    if table().compare_exchange(ours, before, success, failure).is_err() {
        // SAFETY: a name that ends with a NUL.
        unsafe { libc::unsetenv(name.as_ptr()) };
    }
    result
}

/// A copy of the table with one more entry, never freed.
///
/// # Safety
/// `table` is null, or a table as `environ` is.
unsafe fn extended(table: *mut *mut c_char, entry: CString) -> *mut *mut c_char {
    let mut copy = vec![entry.into_raw()];
    let mut next = table;
    // SAFETY: the caller's promise; a table ends with null.
    unsafe {
        while !next.is_null() && !(*next).is_null() {
            copy.push(*next);
            next = next.add(1);
        }
    }
    copy.push(null_mut());
    copy.leak().as_mut_ptr()
}

#[cfg(test)]
mod tests {
    use core::ffi::CStr;

    use super::*;

    fn value(name: &CStr) -> Option<String> {
        // SAFETY: reads a variable; no other test of this crate sets one.
        let found = unsafe { libc::getenv(name.as_ptr()) };
        // SAFETY: a C string where it is not null.
        (!found.is_null()).then(|| unsafe { CStr::from_ptr(found) }.to_string_lossy().into_owned())
    }

    /// The table is replaced repeatedly while others read it.
    fn is_there_for_readers() {
        let readers = || {
            for _ in 0..20_000 {
                assert!(value(c"PATH").is_some());
            }
        };
        std::thread::scope(|scope| {
            let reading = [scope.spawn(readers), scope.spawn(readers)];
            while reading.iter().any(|reader| !reader.is_finished()) {
                with("METAFFI_TEST_READERS", "1", std::thread::yield_now);
            }
        });
    }

    /// One test for everything, because it changes the environment of the process.
    #[test]
    fn a_variable_is_set_meanwhile_and_the_others_stay() {
        let (name, path) = (c"METAFFI_TEST_ENVIRONMENT", value(c"PATH"));
        let seen = with("METAFFI_TEST_ENVIRONMENT", "x=y", || (value(name), value(c"PATH")));
        assert_eq!(seen, (Some("x=y".into()), path.clone()));
        assert_eq!((value(name), value(c"PATH")), (None, path));
        // A variable set by another thread meanwhile stays.
        with("METAFFI_TEST_ENVIRONMENT", "x", || {
            // SAFETY: no other test of this crate reads or sets variables.
            unsafe { libc::setenv(c"METAFFI_TEST_OTHER".as_ptr(), c"1".as_ptr(), 1) }
        });
        assert_eq!((value(name), value(c"METAFFI_TEST_OTHER")), (None, Some("1".into())));
        is_there_for_readers();
    }
}
