//! How much of the thread's stack is left.
//!
//! Each conversion of a nested array uses stack, and some threads have little of it: those of a
//! pool, or those that are deep in calls already.

use core::cell::Cell;
use core::ops::Range;

/// The reserve in bytes: some runtimes keep about 100 KiB at the end of a stack for themselves, and
/// the callees of a conversion need some, too.
const SPARE: usize = 128 * 1024;

thread_local! {
    /// The addresses of this thread's stack, looked up once; empty if unknown.
    static STACK: Cell<Option<(usize, usize)>> = const { Cell::new(None) };
}

/// Whether there is room for another nested array. A stack that the thread did not start on, such
/// as a coroutine's, is assumed to suffice.
pub(crate) fn has_room() -> bool {
    let here = 0_u8;
    let here = (&raw const here).addr();
    let (start, end) = STACK.get().unwrap_or_else(look_up);
    !(start..end).contains(&here) || here - start > SPARE
}

#[cold]
fn look_up() -> (usize, usize) {
    let Range { start, end } = stack_bounds().unwrap_or(0..0);
    STACK.set(Some((start, end)));
    (start, end)
}

/// The addresses of this thread's stack, without the system's guard pages.
/// `None` if the system does not report them. Takes microseconds.
#[cfg(all(target_os = "linux", not(miri)))]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    use core::mem::MaybeUninit;
    use core::ptr::null_mut;

    let mut attributes = MaybeUninit::uninit();
    let (mut start, mut size) = (null_mut(), 0);
    // SAFETY: the attributes are filled for this thread before they are read, and destroyed once.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let status =
            libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut start, &raw mut size);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        (status == 0).then(|| start.addr()..start.addr().saturating_add(size))
    }
}

/// The addresses of this thread's stack.
#[cfg(all(target_os = "macos", not(miri)))]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    // SAFETY: both may be called for the running thread at any time.
    let (end, size) = unsafe {
        let thread = libc::pthread_self();
        (libc::pthread_get_stackaddr_np(thread).addr(), libc::pthread_get_stacksize_np(thread))
    };
    Some(end.saturating_sub(size)..end)
}

/// The addresses of this thread's stack, up to its maximum size.
#[cfg(all(windows, not(miri)))]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    let (mut start, mut end) = (0, 0);
    // SAFETY: writes two addresses of the running thread.
    unsafe {
        windows_sys::Win32::System::Threading::GetCurrentThreadStackLimits(
            &raw mut start,
            &raw mut end,
        );
    }
    Some(start..end)
}

/// Not known on this system.
#[cfg(any(miri, not(any(target_os = "linux", target_os = "macos", windows))))]
#[must_use]
pub fn stack_bounds() -> Option<Range<usize>> {
    None
}
