//! The memory use of this process, and the time.

use std::sync::OnceLock;
use std::time::Instant;

/// Bytes of private writable memory that are not free, whether touched or not;
/// `None` if the system does not report it, or no descriptor is left.
#[cfg(target_os = "linux")]
pub(crate) fn used() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    // man 5 proc: size, resident, shared, text, lib, data + stack, dt; in pages.
    let pages: u64 = text.split(' ').nth(5)?.parse().ok()?;
    // SAFETY: reads a constant.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    Some((pages * u64::try_from(page).ok()?).saturating_sub(free()))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn used() -> Option<u64> {
    None
}

/// Bytes that the C library keeps for future allocations: mostly what large
/// objects leave behind.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn free() -> u64 {
    type Mallinfo2 = unsafe extern "C" fn() -> libc::mallinfo2;
    static FOUND: OnceLock<Option<Mallinfo2>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        // SAFETY: looks up a name that glibc has since 2.33, with this type.
        unsafe {
            let address = libc::dlsym(libc::RTLD_DEFAULT, c"mallinfo2".as_ptr());
            (!address.is_null())
                .then(|| core::mem::transmute::<*mut core::ffi::c_void, Mallinfo2>(address))
        }
    });
    // SAFETY: may be called by any thread.
    found.map_or(0, |mallinfo2| unsafe { mallinfo2() }.fordblks as u64)
}

#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
fn free() -> u64 {
    0
}

/// Microseconds since the first call.
pub(crate) fn microseconds() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    u64::try_from(START.get_or_init(Instant::now).elapsed().as_micros()).unwrap_or(u64::MAX)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn allocated_memory_counts_and_freed_memory_does_not() {
        const LARGE: u64 = 256 << 20;
        let before = used().unwrap();
        let blocks: Vec<Vec<u8>> = (0..LARGE >> 16).map(|_| Vec::with_capacity(1 << 16)).collect();
        let with = used().unwrap();
        drop(blocks);
        let after = used().unwrap();
        assert!(with > before + LARGE / 2, "{before}, {with}");
        assert!(after < with - LARGE / 2, "{with}, {after}");
    }
}
