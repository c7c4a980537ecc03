//! `libjvm`: opened once, never closed.

use core::ffi::c_void;
use core::ptr::null_mut;
use std::path::Path;

use jni_sys::{JNI_OK, JNIEnv, JavaVM, JavaVMInitArgs, jint, jobject, jsize};
use libloading::Library as Dynamic;

type CreateFn = unsafe extern "system" fn(*mut *mut JavaVM, *mut *mut c_void, *mut c_void) -> jint;
type CreatedFn = unsafe extern "system" fn(*mut *mut JavaVM, jsize, *mut jsize) -> jint;
type DefaultsFn = unsafe extern "system" fn(*mut c_void) -> jint;
pub(crate) type IdentityHashFn = unsafe extern "system" fn(*mut JNIEnv, jobject) -> jint;

/// The functions of `libjvm` that are not in the JNI tables.
#[derive(Clone, Copy)]
pub(crate) struct Library {
    create: CreateFn,
    created: CreatedFn,
    defaults: DefaultsFn,
    pub(crate) identity_hash: Option<IdentityHashFn>,
}

impl Library {
    /// Opens a `libjvm`; the error is the reason why it cannot be opened.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        // On Windows it needs libraries from the folder of `java.exe`.
        if let Some(folder) = path.parent().and_then(Path::parent) {
            metaffi_library::search_also(folder);
        }
        // SAFETY: its initializers may run on any thread.
        let library = unsafe { metaffi_library::open(path) }.map_err(|e| e.to_string())?;
        Self::with_functions(library).ok_or_else(|| "has no JNI_CreateJavaVM".into())
    }

    /// The one that this process has already loaded.
    pub(crate) fn already_loaded() -> Option<Self> {
        Self::with_functions(loaded()?)
    }

    fn with_functions(library: Dynamic) -> Option<Self> {
        // SAFETY: the JNI specification gives these symbols their types, and
        // HotSpot has had the last one under that type since JDK 1.2.
        unsafe {
            let this = Self {
                create: *library.get::<CreateFn>(b"JNI_CreateJavaVM").ok()?,
                created: *library.get::<CreatedFn>(b"JNI_GetCreatedJavaVMs").ok()?,
                defaults: *library.get::<DefaultsFn>(b"JNI_GetDefaultJavaVMInitArgs").ok()?,
                identity_hash: library.get::<IdentityHashFn>(b"JVM_IHashCode").ok().map(|f| *f),
            };
            core::mem::forget(library); // a JVM cannot be unloaded
            Some(this)
        }
    }

    /// The JVM that this library runs.
    pub(crate) fn created_vm(&self) -> Option<*mut JavaVM> {
        let (mut vm, mut count) = (null_mut(), 0);
        // SAFETY: room for one JVM is given.
        let status = unsafe { (self.created)(&raw mut vm, 1, &raw mut count) };
        (status == JNI_OK && count > 0).then_some(vm)
    }

    /// Whether its JDK has this version of JNI.
    pub(crate) fn has(&self, version: jint) -> bool {
        let mut args =
            JavaVMInitArgs { version, nOptions: 0, options: null_mut(), ignoreUnrecognized: false };
        // SAFETY: reads the version, and may write the rest.
        unsafe { (self.defaults)((&raw mut args).cast()) == JNI_OK }
    }

    /// Starts the JVM. This thread is attached to it during the start.
    pub(crate) fn create(&self, args: &mut JavaVMInitArgs) -> Result<*mut JavaVM, jint> {
        let (mut vm, mut env) = (null_mut::<JavaVM>(), null_mut());
        // SAFETY: the options live in `args`, and the locations are valid; the JVM is live if the
        // status says so, and this thread has no Java frame.
        unsafe {
            match (self.create)(&raw mut vm, &raw mut env, core::ptr::from_mut(args).cast()) {
                JNI_OK => {
                    ((**vm).v1_4.DetachCurrentThread)(vm);
                    Ok(vm)
                }
                status => Err(status),
            }
        }
    }
}

/// By its short name among the loaded libraries, or else by the global symbols.
fn loaded() -> Option<Dynamic> {
    let named = metaffi_library::already_open(&libloading::library_filename("jvm"));
    #[cfg(unix)]
    let named = named.or_else(|| Some(libloading::os::unix::Library::this().into()));
    named
}
