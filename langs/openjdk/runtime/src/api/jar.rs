//! `metaffi.api.jar`: where it is, and its classes.

use core::ffi::CStr;
use std::path::{Path, PathBuf};

use jni_sys::{jobject, jvalue};
use metaffi_library::library_of;
use metaffi_plugin::value::{Error, ErrorKind};

use crate::jni::{Class, Env, Local, jni, new_string};

const NAME: &str = "metaffi.api.jar";

/// The jar next to this library, or in the installation at `home`.
pub(crate) fn locate(home: &Path) -> Result<PathBuf, Error> {
    fn here() {}
    let beside = library_of(here).and_then(|library| Some(library.parent()?.join(NAME)));
    let installed = home.join("plugins").join("openjdk").join(NAME);
    let places: Vec<PathBuf> = beside.into_iter().chain([installed]).collect();
    places.iter().find(|jar| jar.is_file()).cloned().ok_or_else(|| {
        let tried: Vec<_> = places.iter().map(|jar| jar.display().to_string()).collect();
        let message = format!("no {NAME}; tried {}; reinstall MetaFFI", tried.join(", "));
        Error::new(ErrorKind::Load, message)
    })
}

/// The classes of the jar: from the class path, which contains it in a JVM that we started, or from
/// a loader of our own.
pub(crate) struct Classes {
    own_loader: Option<Local>,
}

impl Classes {
    /// The classes of the jar at `jar`.
    pub(crate) fn new(env: Env, jar: &Path) -> Result<Self, Error> {
        let on_class_path = Class::find(env, c"metaffi/internal/Members").is_ok();
        let own_loader = if on_class_path { None } else { Some(new_loader(env, jar)?) };
        Ok(Self { own_loader })
    }

    /// The classes in the loader of `class`, which is one of them.
    ///
    /// # Safety
    /// `class` must be a class of the API.
    pub(crate) unsafe fn beside(env: Env, class: jobject) -> Result<Self, Error> {
        let get_loader = Class::find(env, c"java/lang/Class")?.method(
            env,
            c"getClassLoader",
            c"()Ljava/lang/ClassLoader;",
        )?;
        // SAFETY: a class, and the method takes nothing.
        Ok(Self { own_loader: unsafe { get_loader.object(env, class, &[]) }? })
    }

    /// A class of the jar, by its name with slashes.
    pub(crate) fn class(&self, env: Env, name: &CStr) -> Result<Class, Error> {
        let Some(loader) = &self.own_loader else { return Class::find(env, name) };
        let for_name = Class::find(env, c"java/lang/Class")?.static_method(
            env,
            c"forName",
            c"(Ljava/lang/String;ZLjava/lang/ClassLoader;)Ljava/lang/Class;",
        )?;
        let dotted = new_string(env, name.to_string_lossy().replace('/', ".").as_bytes())?;
        let args =
            [jvalue { l: dotted.as_raw() }, jvalue { z: true }, jvalue { l: loader.as_raw() }];
        // SAFETY: the arguments are those of `Class.forName`.
        let class = unsafe { for_name.object(env, &args) }?;
        class.as_ref().map_or_else(|| Err(missing(name)), Class::new)
    }
}

fn missing(name: &CStr) -> Error {
    let message = format!("{NAME} has no class {}; reinstall MetaFFI", name.to_string_lossy());
    Error::new(ErrorKind::Load, message)
}

/// `URLClassLoader.newInstance(new URL[] {new File(jar).toURI().toURL()})`,
/// whose parent is the system loader.
fn new_loader(env: Env, jar: &Path) -> Result<Local, Error> {
    let path = new_string(env, jar.to_string_lossy().as_bytes())?;
    let file = Class::find(env, c"java/io/File")?;
    let new_file = file.constructor(env, c"(Ljava/lang/String;)V")?;
    let to_uri = file.method(env, c"toURI", c"()Ljava/net/URI;")?;
    let uri = Class::find(env, c"java/net/URI")?;
    let to_url = uri.method(env, c"toURL", c"()Ljava/net/URL;")?;
    let url = Class::find(env, c"java/net/URL")?;
    let loader = Class::find(env, c"java/net/URLClassLoader")?;
    let new_instance =
        loader.static_method(env, c"newInstance", c"([Ljava/net/URL;)Ljava/net/URLClassLoader;")?;
    let none = || Error::new(ErrorKind::Internal, "java.net returned no class loader");
    // SAFETY: each argument is what the method takes.
    unsafe {
        let file = new_file.new_object(env, &file, &[jvalue { l: path.as_raw() }])?;
        let uri = to_uri.object(env, file.as_raw(), &[])?.ok_or_else(none)?;
        let first = to_url.object(env, uri.as_raw(), &[])?.ok_or_else(none)?;
        let urls = env.made(jni!(env, NewObjectArray, 1, url.as_raw(), first.as_raw()))?;
        new_instance.object(env, &[jvalue { l: urls.as_raw() }])?.ok_or_else(none)
    }
}
