//! The helpers that every call may need.

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::{Error, ErrorKind, Exact};

use super::jar::Classes;
use crate::class::JavaClass;
use crate::jni::{Class, Env, Global, Local, Method, StaticMethod, new_string, to_rust_string};

/// Helpers of `metaffi.api.jar` for values, errors and threads.
pub(crate) struct Values {
    /// `MetaFFIHandle`.
    pub(crate) handle: Class,
    /// `ObjectView`.
    pub(crate) view: Class,
    object_of: StaticMethod,
    map_of: StaticMethod,
    object_value: StaticMethod,
    adopt: StaticMethod,
    new_reference: Method,
    kind_of: StaticMethod,
    bits_of: StaticMethod,
    name_of: StaticMethod,
    brief: StaticMethod,
    describe: StaticMethod,
    trace: StaticMethod,
    enter_module: StaticMethod,
    thread_name: StaticMethod,
    register_main: StaticMethod,
    interrupt_main: StaticMethod,
    forget_interrupt: StaticMethod,
    describe_exact: StaticMethod,
    make_exact: StaticMethod,
    collected_kind: StaticMethod,
    collect: StaticMethod,
    collect_entries: StaticMethod,
}

impl Values {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let handle = classes.class(env, c"metaffi/MetaFFIHandle")?;
        let object = classes.class(env, c"metaffi/MetaFFIObject")?;
        let kinds = classes.class(env, c"metaffi/internal/Kinds")?;
        let throwables = classes.class(env, c"metaffi/internal/Throwables")?;
        let threads = classes.class(env, c"metaffi/internal/Threads")?;
        let exact = classes.class(env, c"metaffi/internal/ExactValues")?;
        let collected = classes.class(env, c"metaffi/internal/Collected")?;
        Ok(Self {
            object_of: object.static_method(
                env,
                c"of",
                c"(Ljava/lang/Object;)Lmetaffi/MetaFFIObject;",
            )?,
            map_of: object.static_method(env, c"mapOf", c"(Ljava/lang/Object;)Ljava/util/Map;")?,
            object_value: object.static_method(
                env,
                c"lowered",
                c"(Ljava/lang/Object;)Ljava/lang/Object;",
            )?,
            view: classes.class(env, c"metaffi/internal/ObjectView")?,
            adopt: handle.static_method(env, c"adopt", c"(J)Lmetaffi/MetaFFIHandle;")?,
            new_reference: handle.method(env, c"newReference", c"()J")?,
            kind_of: kinds.static_method(env, c"of", c"(Ljava/lang/Object;)I")?,
            bits_of: kinds.static_method(env, c"bits", c"(Ljava/lang/Object;)J")?,
            name_of: kinds.static_method(
                env,
                c"nameOf",
                c"(Ljava/lang/Object;)Ljava/lang/String;",
            )?,
            brief: throwables.static_method(
                env,
                c"brief",
                c"(Ljava/lang/Throwable;)Ljava/lang/String;",
            )?,
            describe: throwables.static_method(
                env,
                c"describe",
                c"(Ljava/lang/Throwable;)[Ljava/lang/Object;",
            )?,
            trace: throwables.static_method(
                env,
                c"trace",
                c"(Ljava/lang/Throwable;)Ljava/lang/String;",
            )?,
            enter_module: threads.static_method(
                env,
                c"enterModule",
                c"(Ljava/lang/ClassLoader;)V",
            )?,
            thread_name: threads.static_method(env, c"name", c"()Ljava/lang/String;")?,
            register_main: threads.static_method(env, c"registerMain", c"()V")?,
            interrupt_main: threads.static_method(env, c"interruptMain", c"()I")?,
            forget_interrupt: threads.static_method(env, c"forgetInterrupt", c"()V")?,
            describe_exact: exact.static_method(
                env,
                c"describe",
                c"(Ljava/lang/Object;)Ljava/lang/String;",
            )?,
            make_exact: exact.static_method(
                env,
                c"make",
                c"(ILjava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
            )?,
            collected_kind: collected.static_method(env, c"kind", c"(Ljava/lang/Class;)I")?,
            collect: collected.static_method(
                env,
                c"of",
                c"(I[Ljava/lang/Object;)Ljava/lang/Object;",
            )?,
            collect_entries: collected.static_method(
                env,
                c"of",
                c"(I[Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;",
            )?,
            handle,
        })
    }

    /// A `MetaFFIHandle` that takes ownership of one reference to a foreign object.
    ///
    /// # Safety
    /// `object` must be a live object, one reference of which is given up.
    pub(crate) unsafe fn adopt(&self, env: Env, object: i64) -> Result<Option<Local>, Error> {
        // SAFETY: the argument is what `adopt` takes.
        unsafe { self.adopt.object(env, &[jvalue { j: object }]) }
    }

    /// A reference to the foreign object of a `MetaFFIHandle`, for us to release.
    ///
    /// # Safety
    /// `handle` must be a `MetaFFIHandle`.
    pub(crate) unsafe fn new_reference(&self, env: Env, handle: jobject) -> Result<i64, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.new_reference.long(env, handle, &[]) }
    }

    /// The `MetaFFIObject` of a value.
    ///
    /// # Safety
    /// `value` must be null or a live reference.
    pub(crate) unsafe fn object_of(&self, env: Env, value: jobject) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        let made = unsafe { self.object_of.object(env, &[jvalue { l: value }]) }?;
        made.ok_or_else(|| Error::new(ErrorKind::Internal, "MetaFFIObject.of returned null"))
    }

    /// The live map behind a `MetaFFIHandle` of a map.
    ///
    /// # Safety
    /// `handle` must be a `MetaFFIHandle` of a map.
    pub(crate) unsafe fn map_of(&self, env: Env, handle: jobject) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        let made = unsafe { self.map_of.object(env, &[jvalue { l: handle }]) }?;
        made.ok_or_else(|| Error::new(ErrorKind::Internal, "MetaFFIObject.mapOf returned null"))
    }

    /// The value that an `ObjectView` wraps; `None` for null.
    ///
    /// # Safety
    /// `object` must be an `ObjectView`.
    pub(crate) unsafe fn value_of(&self, env: Env, object: &Local) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.object_value.object(env, &[jvalue { l: object.as_raw() }]) }
    }

    /// The kind of an object; see `metaffi.internal.Kinds`.
    ///
    /// # Safety
    /// `object` must be null or a live reference.
    pub(crate) unsafe fn kind_of(&self, env: Env, object: jobject) -> Result<i32, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.kind_of.int(env, &[jvalue { l: object }]) }
    }

    /// The bits of a boxed number; see `metaffi.internal.Kinds`.
    ///
    /// # Safety
    /// `object` must be of a kind that has bits.
    pub(crate) unsafe fn bits_of(&self, env: Env, object: jobject) -> Result<i64, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.bits_of.long(env, &[jvalue { l: object }]) }
    }

    /// The name of an object's class, as in Java source.
    ///
    /// # Safety
    /// `object` must be live.
    pub(crate) unsafe fn class_name(&self, env: Env, object: jobject) -> String {
        // SAFETY: the caller's promise; the method returns a string.
        unsafe {
            let name = self.name_of.object_or_none(env, &[jvalue { l: object }]);
            name.map_or_else(String::new, |name| to_rust_string(env, name.as_raw()))
        }
    }

    /// The kind and the text of a value; see `metaffi.internal.ExactValues`.
    ///
    /// # Safety
    /// `object` must be live and an exact value.
    pub(crate) unsafe fn describe_exact(&self, env: Env, object: jobject) -> Result<String, Error> {
        // SAFETY: the caller's promise; the method returns a string.
        unsafe {
            let text = self.describe_exact.object(env, &[jvalue { l: object }])?;
            Ok(text.map_or_else(String::new, |text| to_rust_string(env, text.as_raw())))
        }
    }

    /// The object for a value as an `expected`; `None` if no such object has exactly that value.
    ///
    /// # Safety
    /// `expected` must be a class.
    pub(crate) unsafe fn make_exact(
        &self,
        env: Env,
        value: &Exact<'_>,
        expected: jobject,
    ) -> Result<Option<Local>, Error> {
        let kind = jvalue { i: value.kind.raw() as i32 };
        let text = new_string(env, value.text.as_bytes())?;
        // SAFETY: the arguments are what `make` takes.
        unsafe {
            self.make_exact
                .object(env, &[kind, jvalue { l: text.as_raw() }, jvalue { l: expected }])
        }
    }

    /// The kind of collection to make where `class` is declared; see `metaffi.internal.Collected`.
    pub(crate) fn collected_kind(&self, env: Env, class: &JavaClass) -> Result<i32, Error> {
        // SAFETY: a class, as `kind` takes.
        unsafe { self.collected_kind.int(env, &[jvalue { l: class.as_raw() }]) }
    }

    /// A collection from its kind and its items.
    ///
    /// # Safety
    /// The arguments must be an int and an object array.
    pub(crate) unsafe fn collect(&self, env: Env, args: &[jvalue; 2]) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.collect.object(env, args) }?.ok_or_else(no_collection)
    }

    /// A map from its kind, its keys and its values.
    ///
    /// # Safety
    /// The arguments must be an int and two object arrays of one length.
    pub(crate) unsafe fn collect_entries(
        &self,
        env: Env,
        args: &[jvalue; 3],
    ) -> Result<Local, Error> {
        // SAFETY: the caller's promise.
        unsafe { self.collect_entries.object(env, args) }?.ok_or_else(no_collection)
    }

    /// The class and the message of an exception; `None` if it needs a full description, or if that
    /// fails.
    pub(crate) fn brief(&self, env: Env, thrown: &Local) -> Option<Local> {
        // SAFETY: a throwable, as `brief` takes.
        unsafe { self.brief.object_or_none(env, &[jvalue { l: thrown.as_raw() }]) }
    }

    /// The stack trace of an exception.
    ///
    /// # Safety
    /// `thrown` must be a throwable.
    pub(crate) unsafe fn trace(&self, env: Env, thrown: jobject) -> Option<String> {
        // SAFETY: the caller's promise; the method returns a string.
        unsafe {
            let text = self.trace.object_or_none(env, &[jvalue { l: thrown }])?;
            Some(to_rust_string(env, text.as_raw()))
        }
    }

    /// The parts of an exception and its causes, six each; `None` if describing it fails.
    pub(crate) fn describe(&self, env: Env, thrown: &Local) -> Option<Local> {
        // SAFETY: a throwable, as `describe` takes.
        unsafe { self.describe.object_or_none(env, &[jvalue { l: thrown.as_raw() }]) }
    }

    /// Makes `loader` the context class loader of this thread.
    pub(crate) fn enter_module(&self, env: Env, loader: &Global) -> Result<(), Error> {
        // SAFETY: a class loader, as `enterModule` takes.
        unsafe { self.enter_module.void(env, &[jvalue { l: loader.as_raw() }]) }
    }

    /// The name of this thread.
    pub(crate) fn thread_name(&self, env: Env) -> Option<String> {
        // SAFETY: takes nothing, and returns a string.
        unsafe {
            let name = self.thread_name.object_or_none(env, &[])?;
            Some(to_rust_string(env, name.as_raw()))
        }
    }

    /// Registers this thread as the program's main thread.
    pub(crate) fn register_main(&self, env: Env) -> Result<(), Error> {
        // SAFETY: takes nothing.
        unsafe { self.register_main.void(env, &[]) }
    }

    /// Interrupts the main thread if it is running Java code.
    pub(crate) fn interrupt_main(&self, env: Env) -> Result<bool, Error> {
        // SAFETY: takes nothing, and returns an int.
        Ok(unsafe { self.interrupt_main.int(env, &[]) }? != 0)
    }

    /// Clears the interrupted state of this thread.
    pub(crate) fn forget_interrupt(&self, env: Env) -> Result<(), Error> {
        // SAFETY: takes nothing.
        unsafe { self.forget_interrupt.void(env, &[]) }
    }
}

#[cold]
fn no_collection() -> Error {
    Error::new(ErrorKind::Internal, "metaffi.api.jar returned no collection")
}
