//! Whether the main thread can be attached.
//!
//! Its stack grows as it is used. HotSpot grows it to its limit at once, to place guard pages
//! there, and if the address space is limited (`ulimit -v`), the system kills a process whose stack
//! cannot grow.

#[cfg(target_os = "linux")]
pub(super) fn can_grow() -> bool {
    use libc::{RLIM_INFINITY, RLIMIT_AS, RLIMIT_STACK};
    // SAFETY: only reads numbers of this thread and this process.
    let is_main = unsafe { libc::gettid() == libc::getpid() };
    !is_main || limit(RLIMIT_AS) == RLIM_INFINITY || is_free(limit(RLIMIT_STACK))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn can_grow() -> bool {
    true
}

/// The parameter type of `getrlimit`, which differs between C libraries.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
type Resource = libc::__rlimit_resource_t;
#[cfg(all(target_os = "linux", not(target_env = "gnu")))]
type Resource = core::ffi::c_int;

#[cfg(target_os = "linux")]
fn limit(of: Resource) -> u64 {
    let mut limit = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: 0 };
    // SAFETY: writes to a place of its type.
    unsafe { libc::getrlimit(of, &raw mut limit) };
    limit.rlim_cur
}

/// Whether enough address space is left for the maximum stack, and some for the thread's other
/// needs.
#[cfg(target_os = "linux")]
fn is_free(stack: u64) -> bool {
    const MARGIN: usize = 1 << 20;
    const LARGEST: u64 = 1 << 30;
    let size = stack.min(LARGEST) as usize + MARGIN;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: new memory, which nobody uses, is unmapped again.
    unsafe {
        let start = libc::mmap(core::ptr::null_mut(), size, libc::PROT_NONE, flags, -1, 0);
        start != libc::MAP_FAILED && libc::munmap(start, size) == 0
    }
}
