//! Whether this program can load libraries at all.

/// Whether it was linked statically. The dynamic linker that a library needs is
/// not there then; what the C library has in its place crashes, or refuses.
#[cfg(target_os = "linux")]
pub(crate) fn is_static() -> bool {
    // SAFETY: asks for a value. It is 0 without a dynamic linker, and where that
    // was run as the program, with this one as its argument.
    let linker = unsafe { libc::getauxval(libc::AT_BASE) };
    linker == 0 && !names_its_linker()
}

/// Whether the program, the first of what is loaded, has an entry for its linker.
#[cfg(target_os = "linux")]
fn names_its_linker() -> bool {
    unsafe extern "C" fn first(
        info: *mut libc::dl_phdr_info,
        _: usize,
        found: *mut core::ffi::c_void,
    ) -> core::ffi::c_int {
        // SAFETY: valid for the time of this call, as is what we passed.
        unsafe {
            let headers = core::slice::from_raw_parts((*info).dlpi_phdr, (*info).dlpi_phnum.into());
            *found.cast::<bool>() = headers.iter().any(|header| header.p_type == libc::PT_INTERP);
        }
        1 // no more
    }
    let mut found = false;
    // SAFETY: the function may be called, with a place for its answer.
    unsafe { libc::dl_iterate_phdr(Some(first), (&raw mut found).cast()) };
    found
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_static() -> bool {
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_program_is_not() {
        assert!(!super::is_static());
        #[cfg(all(target_os = "linux", not(target_feature = "crt-static")))]
        assert!(super::names_its_linker());
    }
}
