//! The helpers for functions as values.

use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

use jni_sys::{jlong, jobject, jvalue};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Handle};

use super::interface::Interface;
use super::jar::Classes;
use crate::class::JavaClass;
use crate::jni::{Class, Env, Global, Local, Method, StaticMethod, jni, to_rust_string};
use crate::object::JavaObject;
use crate::pressure;

/// Whether any foreign object implements an interface; otherwise no proxy is passed back. Set
/// before Java can pass on the first such object: a thread that can see the object sees this flag.
static IMPLEMENTED: AtomicBool = AtomicBool::new(false);

/// Helpers of `metaffi.api.jar` for functions as values.
pub(crate) struct Functions {
    /// `Caller`.
    pub(crate) caller: Class,
    /// The class whose natives are in `callable`.
    pub(crate) natives: Class,
    adopt: StaticMethod,
    new_reference: Method,
    foreign_reference: Method,
    interface_of: StaticMethod,
    interface_of_parameter: StaticMethod,
    bind: StaticMethod,
    lower: StaticMethod,
    implement: StaticMethod,
    required_methods: StaticMethod,
    object_reference: StaticMethod,
    adapt: StaticMethod,
}

impl Functions {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let caller = classes.class(env, c"metaffi/Caller")?;
        let interface = classes.class(env, c"metaffi/internal/Interface")?;
        let function = classes.class(env, c"metaffi/internal/JavaFunction")?;
        let object = classes.class(env, c"metaffi/internal/ForeignObject")?;
        Ok(Self {
            natives: classes.class(env, c"metaffi/internal/Functions")?,
            adopt: caller.static_method(env, c"adopt", c"(J)Lmetaffi/Caller;")?,
            new_reference: caller.method(env, c"newReference", c"()J")?,
            foreign_reference: caller.method(env, c"newForeignReference", c"()J")?,
            caller,
            interface_of: interface.static_method(
                env,
                c"of",
                c"(Ljava/lang/Class;)Lmetaffi/internal/Interface;",
            )?,
            interface_of_parameter: interface.static_method(
                env,
                c"ofParameter",
                c"(Ljava/lang/reflect/Executable;I)Lmetaffi/internal/Interface;",
            )?,
            bind: interface.static_method(
                env,
                c"bind",
                c"(Lmetaffi/internal/Interface;J)Ljava/lang/Object;",
            )?,
            lower: function.static_method(
                env,
                c"lower",
                c"(Ljava/lang/Object;Ljava/lang/Class;)J",
            )?,
            implement: object.static_method(
                env,
                c"implement",
                c"(Ljava/lang/Class;J)Ljava/lang/Object;",
            )?,
            required_methods: object.static_method(
                env,
                c"requiredMethods",
                c"(Ljava/lang/Class;)Ljava/lang/String;",
            )?,
            object_reference: object.static_method(
                env,
                c"newReference",
                c"(Ljava/lang/Object;)J",
            )?,
            adapt: classes.class(env, c"metaffi/stubs/Implementation")?.static_method(
                env,
                c"adapt",
                c"(Ljava/lang/Class;Ljava/lang/Object;)Ljava/lang/Object;",
            )?,
        })
    }

    /// The `Interface` of a functional interface; `None` for other classes.
    pub(crate) fn interface_of(
        &self,
        env: Env,
        class: &JavaClass,
    ) -> Result<Option<Interface>, Error> {
        // SAFETY: a class, as `of` takes.
        let found = unsafe { self.interface_of.object(env, &[jvalue { l: class.as_raw() }]) }?;
        found.map(|interface| interface.to_global().map(Interface::new)).transpose()
    }

    /// The functional interface of a parameter with type arguments; `None` if its generic type says
    /// no more than its class.
    pub(crate) fn interface_of_parameter(
        &self,
        env: Env,
        member: &Local,
        index: usize,
    ) -> Result<Option<Interface>, Error> {
        let args = [jvalue { l: member.as_raw() }, jvalue { i: index as i32 }];
        // SAFETY: a method or constructor, and the index of one of its parameters.
        let found = unsafe { self.interface_of_parameter.object(env, &args) }?;
        found.map(|interface| interface.to_global().map(Interface::new)).transpose()
    }

    /// An object of a functional interface that calls a borrowed function.
    ///
    /// # Safety
    /// `function` must be a live callable, and `interface` an `Interface`.
    pub(super) unsafe fn bind(
        &self,
        env: Env,
        interface: &Global,
        function: NonNull<abi::Object>,
    ) -> Result<Local, Error> {
        // SAFETY: the caller's promise; `bind` takes ownership of the reference made here.
        unsafe {
            let args = [jvalue { l: interface.as_raw() }, retained(function)];
            self.bind.object(env, &args)?.ok_or_else(nothing)
        }
    }

    /// A `Caller` for a borrowed function.
    ///
    /// # Safety
    /// `function` must be a live callable.
    pub(crate) unsafe fn adopt(
        &self,
        env: Env,
        function: NonNull<abi::Object>,
    ) -> Result<Local, Error> {
        // SAFETY: as in `bind`.
        unsafe { self.adopt.object(env, &[retained(function)])?.ok_or_else(nothing) }
    }

    /// Implements an interface by the methods of a borrowed foreign object; `None` if the object
    /// has none of them, or `class` is not an interface.
    ///
    /// # Safety
    /// `object` must be live.
    pub(crate) unsafe fn implement(
        &self,
        env: Env,
        class: &JavaClass,
        object: NonNull<abi::Object>,
    ) -> Result<Option<Local>, Error> {
        // SAFETY: the caller's promise; `implement` takes ownership of the reference made here.
        let made = unsafe {
            let args = [jvalue { l: class.as_raw() }, retained(object)];
            self.implement.object(env, &args)
        };
        let made = made.map_err(refused)?;
        if made.is_some() {
            IMPLEMENTED.store(true, Ordering::Relaxed);
        }
        Ok(made)
    }

    /// An object of an interface for a program's object that implements its stub; `None` if its
    /// class does not, or `class` is not an interface.
    pub(crate) fn adapt(
        &self,
        env: Env,
        class: &JavaClass,
        object: &JavaObject,
    ) -> Result<Option<Local>, Error> {
        // SAFETY: a class and a live object, as `adapt` takes.
        unsafe {
            self.adapt.object(env, &[jvalue { l: class.as_raw() }, jvalue { l: object.as_raw() }])
        }
    }

    /// The names of the methods that an interface requires; `None` for other classes.
    pub(crate) fn required_methods(&self, env: Env, class: &JavaClass) -> Option<String> {
        // SAFETY: a class, as `requiredMethods` takes; it returns a string.
        unsafe {
            let names =
                self.required_methods.object_or_none(env, &[jvalue { l: class.as_raw() }])?;
            Some(to_rust_string(env, names.as_raw()))
        }
    }

    /// A new reference to the foreign object behind a proxy; `None` for all other objects.
    #[inline]
    pub(crate) fn implementing(
        &self,
        env: Env,
        object: &Local,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        match IMPLEMENTED.load(Ordering::Relaxed) {
            true => self.implementing_proxy(env, object),
            false => Ok(None),
        }
    }

    #[cold]
    fn implementing_proxy(
        &self,
        env: Env,
        object: &Local,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        let proxy = super::get().jdk.proxy.as_raw();
        // SAFETY: a live object, and a class; `newReference` takes any object.
        unsafe {
            if !jni!(env, IsInstanceOf, object.as_raw(), proxy) {
                return Ok(None);
            }
            let raw = self.object_reference.long(env, &[jvalue { l: object.as_raw() }])?;
            Ok(NonNull::new(raw as *mut abi::Object))
        }
    }

    /// A new reference to the foreign function that a `Caller` calls; `None` for all other objects.
    pub(crate) fn foreign(
        &self,
        env: Env,
        object: &Local,
    ) -> Result<Option<NonNull<abi::Object>>, Error> {
        let object = object.as_raw();
        // SAFETY: an object and a class, and `Caller` has the method.
        let raw = unsafe {
            if !jni!(env, IsInstanceOf, object, self.caller.as_raw()) {
                return Ok(None);
            }
            self.foreign_reference.long(env, object, &[])?
        };
        Ok(NonNull::new(raw as *mut abi::Object))
    }

    /// The callable of a Java object, with one reference for the caller.
    ///
    /// `declared` is the interface to prefer if the object implements several.
    pub(crate) fn lower(
        &self,
        env: Env,
        function: &Local,
        declared: jobject,
    ) -> Result<NonNull<abi::Object>, Error> {
        let object = function.as_raw();
        // SAFETY: an object and a class, and `Caller` has the method.
        let raw = unsafe {
            if jni!(env, IsInstanceOf, object, self.caller.as_raw()) {
                self.new_reference.long(env, object, &[])?
            } else {
                self.lower.long(env, &[jvalue { l: object }, jvalue { l: declared }])?
            }
        };
        NonNull::new(raw as *mut abi::Object).ok_or_else(nothing)
    }
}

/// A new reference to a borrowed object, as an argument for Java.
///
/// # Safety
/// `object` must be live.
unsafe fn retained(object: NonNull<abi::Object>) -> jvalue {
    // SAFETY: the caller's promise.
    let handle = unsafe { Handle::retain_raw(object) };
    pressure::imported();
    jvalue { j: handle.into_raw().as_ptr() as jlong }
}

#[cold]
fn nothing() -> Error {
    Error::new(ErrorKind::Internal, "metaffi.api.jar returned no function")
}

/// An error of our own Java code is an argument error.
#[cold]
fn refused(error: Error) -> Error {
    match &*error.type_name {
        "metaffi.MetaFFIException" => Error::new(ErrorKind::Argument, error.into_parts().message),
        _ => error,
    }
}
