//! A variable of the environment for the time that the JVM starts.
//!
//! `setenv` may free the table that another thread reads. Here a copy takes its
//! place, and is never freed; so readers find one or the other.

use core::ffi::c_char;
use core::ptr::null_mut;
use std::ffi::CString;

unsafe extern "C" {
    static mut environ: *mut *mut c_char;
}

/// Runs `body` with `name` set to `value`, which is not set yet.
pub(super) fn with<R>(name: &str, value: &str, body: impl FnOnce() -> R) -> R {
    let Some(text) = CString::new(format!("{name}={value}")).ok() else { return body() };
    let name = &CString::new(name).expect("a name without a NUL");
    // SAFETY: the table of this process, and a copy of it that lives for good.
    let (before, ours) = unsafe {
        let before = environ;
        let ours = extended(before, text);
        environ = ours;
        (before, ours)
    };
    let result = body();
    // SAFETY: as above; where another thread set a variable meanwhile, the table
    // is the C library's own copy of ours.
    unsafe {
        if environ == ours {
            environ = before;
        } else {
            libc::unsetenv(name.as_ptr());
        }
    }
    result
}

/// A copy of the table with one more entry, for good.
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

    #[test]
    fn a_variable_is_there_meanwhile_beside_the_others() {
        let (name, path) = (c"METAFFI_TEST_ENVIRONMENT", value(c"PATH"));
        let seen = with("METAFFI_TEST_ENVIRONMENT", "x=y", || (value(name), value(c"PATH")));
        assert_eq!(seen, (Some("x=y".into()), path.clone()));
        assert_eq!((value(name), value(c"PATH")), (None, path));
        // Set by another thread meanwhile: that stays.
        with("METAFFI_TEST_ENVIRONMENT", "x", || {
            // SAFETY: no other test of this crate reads or sets variables.
            unsafe { libc::setenv(c"METAFFI_TEST_OTHER".as_ptr(), c"1".as_ptr(), 1) }
        });
        assert_eq!((value(name), value(c"METAFFI_TEST_OTHER")), (None, Some("1".into())));
    }
}
