//! The names of threads, passed from one language to another.

use core::ptr::NonNull;

use metaffi_abi as abi;

/// Longer names are truncated.
const ROOM: usize = 256;

/// The name of the calling thread in its own language, if it has one.
#[must_use]
pub fn thread_name(hub: &abi::Hub) -> Option<String> {
    let mut room = [0_u8; ROOM];
    // SAFETY: a place of that size.
    let length = unsafe { (hub.thread_name)(NonNull::from(&mut room).cast(), room.len()) };
    let name = String::from_utf8_lossy(&room[..length.min(ROOM)]).into_owned();
    let name = name.trim_end_matches(char::REPLACEMENT_CHARACTER);
    (!name.is_empty()).then(|| name.to_owned())
}

/// Writes a thread's name. Returns what [`abi::ThreadNameFn`] must return.
///
/// # Safety
/// `to` must have room for `room` bytes.
pub unsafe fn write_thread_name(name: Option<String>, to: NonNull<u8>, room: usize) -> usize {
    let name = name.unwrap_or_default();
    let length = name.len().min(room);
    // SAFETY: the caller's promise.
    unsafe { core::ptr::copy_nonoverlapping(name.as_ptr(), to.as_ptr(), length) };
    length
}
