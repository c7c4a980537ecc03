//! Implementation with `LoadLibraryEx` and related functions.

use core::ptr::null_mut;
use std::ffi::{OsStr, OsString};
use std::os::windows::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use libloading::os::windows;
use libloading::{Error, Library};
use windows_sys::Win32::Foundation::HMODULE;
use windows_sys::Win32::System::LibraryLoader::{
    AddDllDirectory, GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleFileNameW, GetModuleHandleExW,
};
use windows_sys::Win32::System::ProcessStatus::K32EnumProcessModules;
use windows_sys::Win32::System::Threading::GetCurrentProcess;

/// The maximum length of a path on Windows, in UTF-16 units.
const LONGEST: usize = 32_768;

/// # Safety
/// The library's initialisers may run on this thread.
pub(crate) unsafe fn open(path: &Path, _: bool) -> Result<Library, Error> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let beside = windows::LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR;
    let flags = windows::LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | beside;
    // SAFETY: the caller's promise about the initialisers.
    let library = unsafe { windows::Library::load_with_flags(path, flags) }?;
    library.pin().map(|()| Library::from(library))
}

pub(crate) fn already_open(name: &OsStr) -> Option<Library> {
    windows::Library::open_already_loaded(name).ok().map(Library::from)
}

pub(crate) fn search_also(folder: &Path) {
    let folder: Vec<u16> = folder.as_os_str().encode_wide().chain([0]).collect();
    // SAFETY: a zero-terminated path. If it is invalid, opening the libraries that need it
    // fails.
    unsafe { AddDllDirectory(folder.as_ptr()) };
}

pub(crate) fn library_of(code: usize) -> Option<PathBuf> {
    real(&path_of(module_of(code)?)?)
}

pub(crate) fn image_of(address: usize) -> Option<usize> {
    Some(module_of(address)? as usize)
}

/// The module that contains an address; its handle is its start address.
fn module_of(address: usize) -> Option<HMODULE> {
    let flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let mut module = null_mut();
    // SAFETY: with this flag, any address is allowed instead of the name.
    let found = unsafe { GetModuleHandleExW(flags, address as *const u16, &raw mut module) };
    (found != 0).then_some(module)
}

fn path_of(module: HMODULE) -> Option<PathBuf> {
    let mut name = vec![0_u16; LONGEST];
    // SAFETY: at most this much is written; a module that was unloaded meanwhile has
    // no name.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), LONGEST as u32) };
    (length > 0).then(|| OsString::from_wide(&name[..length as usize]).into())
}

/// The path with links resolved, without the `\\?\` prefix, which not all programs
/// understand.
pub(crate) fn real(path: &Path) -> Option<PathBuf> {
    dunce::canonicalize(path).ok()
}

/// The paths of all loaded libraries, as reported by the system.
pub(crate) fn loaded() -> Vec<PathBuf> {
    let mut modules: Vec<HMODULE> = vec![null_mut(); 4096];
    let (size, mut needed) = (size_of_val(modules.as_slice()) as u32, 0);
    // SAFETY: at most `size` bytes are written.
    let listed = unsafe {
        K32EnumProcessModules(GetCurrentProcess(), modules.as_mut_ptr(), size, &raw mut needed)
    };
    let count = if listed == 0 { 0 } else { needed as usize / size_of::<HMODULE>() };
    modules.into_iter().take(count).filter_map(path_of).collect()
}
