//! The main thread of the program.

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: both only read. The main thread's id is the process id.
    unsafe { libc::syscall(libc::SYS_gettid) == libc::c_long::from(libc::getpid()) }
}

/// Whether this is the main thread of the process.
#[cfg(any(target_os = "macos", target_os = "freebsd"))]
#[must_use]
pub fn is_main_thread() -> bool {
    // SAFETY: only reads.
    unsafe { libc::pthread_main_np() == 1 }
}

/// Whether this is the main thread of the process: the one that was created first.
#[cfg(windows)]
#[must_use]
pub fn is_main_thread() -> bool {
    use std::sync::OnceLock;

    use windows_sys::Win32::System::Threading::GetCurrentThreadId;

    static MAIN: OnceLock<Option<u32>> = OnceLock::new();
    // SAFETY: only asks.
    *MAIN.get_or_init(windows::created_first) == Some(unsafe { GetCurrentThreadId() })
}

#[cfg(windows)]
mod windows {
    use core::mem::{size_of, zeroed};

    use windows_sys::Win32::Foundation::{CloseHandle, FILETIME, INVALID_HANDLE_VALUE};
    use windows_sys::Win32::System::Diagnostics::ToolHelp::{
        CreateToolhelp32Snapshot, TH32CS_SNAPTHREAD, THREADENTRY32, Thread32First, Thread32Next,
    };
    use windows_sys::Win32::System::Threading::{
        GetCurrentProcessId, GetThreadTimes, OpenThread, THREAD_QUERY_LIMITED_INFORMATION,
    };

    /// The thread of this process that was created first.
    pub(super) fn created_first() -> Option<u32> {
        // SAFETY: only asks; `entry` has the size that it states, and zeroes are valid for it.
        unsafe {
            let threads = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
            if threads == INVALID_HANDLE_VALUE {
                return None;
            }
            let mut entry = THREADENTRY32 { dwSize: size_of::<THREADENTRY32>() as u32, ..zeroed() };
            let (mut first, mut more) = (None, Thread32First(threads, &raw mut entry));
            while more != 0 {
                if entry.th32OwnerProcessID == GetCurrentProcessId()
                    && let Some(created) = created(entry.th32ThreadID)
                {
                    let known = first.get_or_insert((created, entry.th32ThreadID));
                    *known = (*known).min((created, entry.th32ThreadID));
                }
                more = Thread32Next(threads, &raw mut entry);
            }
            CloseHandle(threads);
            first.map(|(_, thread)| thread)
        }
    }

    /// When a thread was created.
    fn created(thread: u32) -> Option<u64> {
        // SAFETY: only asks; zeroes are valid for a time.
        unsafe {
            let thread = OpenThread(THREAD_QUERY_LIMITED_INFORMATION, 0, thread);
            if thread.is_null() {
                return None;
            }
            let [mut created, mut ended, mut kernel, mut user]: [FILETIME; 4] = zeroed();
            let times = (&raw mut created, &raw mut ended, &raw mut kernel, &raw mut user);
            let is_known = GetThreadTimes(thread, times.0, times.1, times.2, times.3) != 0;
            CloseHandle(thread);
            let time = u64::from(created.dwHighDateTime) << 32 | u64::from(created.dwLowDateTime);
            is_known.then_some(time)
        }
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn the_first_thread_is_known() {
            let first = super::created_first();
            assert!(first.is_some());
            assert_eq!(std::thread::spawn(super::created_first).join().unwrap(), first);
        }
    }
}

/// Whether this is the main thread of the process; not known here.
#[cfg(not(any(
    target_os = "linux",
    target_os = "android",
    target_os = "macos",
    target_os = "freebsd",
    windows
)))]
#[must_use]
pub fn is_main_thread() -> bool {
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn test_threads_are_not_the_main_thread() {
        assert!(!super::is_main_thread());
    }
}
