//! Whether this program can load libraries.

/// Whether it was linked statically. Then there is no dynamic linker, which
/// libraries need; what the C library has in its place crashes or fails.
#[cfg(target_os = "linux")]
pub(crate) fn is_static() -> bool {
    // SAFETY: reads a value. It is 0 without a dynamic linker, and also when the
    // dynamic linker was run as the program, with this one as its argument.
    let linker = unsafe { libc::getauxval(libc::AT_BASE) };
    linker == 0 && !names_its_linker()
}

/// Whether the program, the first loaded object, has an entry for its linker.
#[cfg(target_os = "linux")]
fn names_its_linker() -> bool {
    unsafe extern "C" fn first(
        info: *mut libc::dl_phdr_info,
        _: usize,
        found: *mut core::ffi::c_void,
    ) -> core::ffi::c_int {
        // SAFETY: valid during this call, like the argument that was passed.
        unsafe {
            let headers = core::slice::from_raw_parts((*info).dlpi_phdr, (*info).dlpi_phnum.into());
            *found.cast::<bool>() = headers.iter().any(|header| header.p_type == libc::PT_INTERP);
        }
        1 // stop after the first
    }
    let mut found = false;
    // SAFETY: the function is valid, and has a place for its answer.
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
    fn a_dynamic_program_is_recognised() {
        assert!(!super::is_static());
        #[cfg(all(target_os = "linux", not(target_feature = "crt-static")))]
        assert!(super::names_its_linker());
    }
}
