//! The helpers that load modules and list their members.

use jni_sys::{jobject, jvalue};
use metaffi_plugin::value::{Error, ErrorKind};

use super::jar::Classes;
use crate::jni::{
    Class, Env, Global, Local, Method, StaticMethod, jni, new_string, to_rust_string,
};

/// Helpers of `metaffi.api.jar` for loading.
pub(crate) struct Loading {
    open: StaticMethod,
    find: StaticMethod,
    class_names: StaticMethod,
    methods: StaticMethod,
    constructors: StaticMethod,
    fields: StaticMethod,
    hidden: StaticMethod,
    names: StaticMethod,
    /// `Members`, which has one native method, in `reflect`.
    pub(crate) members: Class,
    frame: StaticMethod,
    origin: StaticMethod,
    get_name: Method,
    string: Class,
}

/// The kind of member to look for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Method,
    Constructor,
    Field,
}

/// A member as `metaffi.internal.Members` describes it.
pub(crate) struct Candidate {
    /// The reflected member.
    pub(crate) member: Local,
    /// The class that declares it.
    pub(crate) owner: Local,
    /// Its parameters, then its result: classes with their names.
    pub(crate) types: Vec<(Local, String)>,
    pub(crate) is_static: bool,
    pub(crate) is_varargs: bool,
    pub(crate) is_final: bool,
    /// Whether it is a caller-sensitive method of the JDK.
    pub(crate) is_caller_sensitive: bool,
    /// What is known about the elements of each type.
    pub(crate) elements: Vec<Option<Elements>>,
    /// The signature as written in Java.
    pub(crate) signature: String,
}

/// The elements of a type, as described by `metaffi.internal.ElementTypes`.
pub(crate) struct Elements {
    /// Their class, with its name.
    pub(crate) class: (Local, String),
    pub(crate) inner: Option<Box<Elements>>,
    /// For the keys of a map, what is known about its values.
    pub(crate) value: Option<Box<Elements>>,
}

const MEMBERS: &core::ffi::CStr = c"(Ljava/lang/Class;Ljava/lang/String;)[[Ljava/lang/Object;";

impl Loading {
    pub(super) fn find(env: Env, classes: &Classes) -> Result<Self, Error> {
        let loader = classes.class(env, c"metaffi/internal/ModuleLoader")?;
        let class = classes.class(env, c"metaffi/internal/Classes")?;
        let members = classes.class(env, c"metaffi/internal/Members")?;
        let callers = classes.class(env, c"metaffi/internal/Callers")?;
        Ok(Self {
            open: loader.static_method(
                env,
                c"open",
                c"([Ljava/lang/String;[Ljava/lang/String;)Lmetaffi/internal/ModuleLoader;",
            )?,
            find: class.static_method(
                env,
                c"find",
                c"(Ljava/lang/String;Ljava/lang/ClassLoader;)Ljava/lang/Class;",
            )?,
            class_names: class.static_method(
                env,
                c"names",
                c"(Lmetaffi/internal/ModuleLoader;)[Ljava/lang/String;",
            )?,
            methods: members.static_method(env, c"methods", MEMBERS)?,
            constructors: members.static_method(
                env,
                c"constructors",
                c"(Ljava/lang/Class;)[[Ljava/lang/Object;",
            )?,
            fields: members.static_method(env, c"fields", MEMBERS)?,
            hidden: members.static_method(
                env,
                c"hidden",
                c"(Ljava/lang/Class;Ljava/lang/String;Z)Ljava/lang/String;",
            )?,
            names: members.static_method(
                env,
                c"names",
                c"(Ljava/lang/Class;Z)[Ljava/lang/String;",
            )?,
            members,
            frame: callers.static_method(
                env,
                c"frame",
                c"(Ljava/lang/ClassLoader;)Ljava/lang/Class;",
            )?,
            origin: callers.static_method(
                env,
                c"origin",
                c"(Ljava/lang/Class;)Ljava/lang/String;",
            )?,
            get_name: Class::find(env, c"java/lang/Class")?.method(
                env,
                c"getName",
                c"()Ljava/lang/String;",
            )?,
            string: Class::find(env, c"java/lang/String")?,
        })
    }

    /// The class loader of a module.
    pub(crate) fn open(
        &self,
        env: Env,
        paths: &[String],
        class_path: &[String],
    ) -> Result<Local, Error> {
        let (paths, class_path) = (self.strings(env, paths)?, self.strings(env, class_path)?);
        let args = [jvalue { l: paths.as_raw() }, jvalue { l: class_path.as_raw() }];
        // SAFETY: two arrays of strings, as `open` takes.
        present(unsafe { self.open.object(env, &args) }?)
    }

    /// The class of this name, not initialized.
    pub(crate) fn find_class(&self, env: Env, name: &str, loader: &Global) -> Result<Local, Error> {
        let name = new_string(env, name.as_bytes())?;
        let args = [jvalue { l: name.as_raw() }, jvalue { l: loader.as_raw() }];
        // SAFETY: a string and a class loader, as `find` takes.
        present(unsafe { self.find.object(env, &args) }?)
    }

    /// `Class.getName` of a class.
    pub(crate) fn binary_name(&self, env: Env, class: &Local) -> Result<String, Error> {
        // SAFETY: a class, and a method that takes nothing and returns a string.
        unsafe {
            let name = present(self.get_name.object(env, class.as_raw(), &[])?)?;
            Ok(to_rust_string(env, name.as_raw()))
        }
    }

    /// The names of all classes in the module.
    pub(crate) fn class_names(&self, env: Env, loader: &Global) -> Result<Vec<String>, Error> {
        // SAFETY: a module's loader, as `names` takes.
        let names = unsafe { self.class_names.object(env, &[jvalue { l: loader.as_raw() }]) }?;
        // SAFETY: `names` returns strings.
        Ok(unsafe { strings(env, &present(names)?) })
    }

    /// The members of `class` with this name.
    pub(crate) fn candidates(
        &self,
        env: Env,
        class: jobject,
        kind: Kind,
        name: &str,
    ) -> Result<Vec<Candidate>, Error> {
        let name = new_string(env, name.as_bytes())?;
        let args = [jvalue { l: class }, jvalue { l: name.as_raw() }];
        // SAFETY: a class, and a string where one is taken.
        let found = unsafe {
            match kind {
                Kind::Method => self.methods.object(env, &args),
                Kind::Constructor => self.constructors.object(env, &args[..1]),
                Kind::Field => self.fields.object(env, &args),
            }
        };
        let found = present(found?)?;
        // SAFETY: an array; reserving local references is always allowed.
        unsafe {
            let room = i32::try_from(env.length(found.as_raw())).unwrap_or(0).saturating_mul(16);
            jni!(env, EnsureLocalCapacity, room.saturating_add(64));
        }
        // SAFETY: `Members` returns arrays in this form.
        unsafe { each(env, &found) }.map(|parts| unsafe { candidate(env, &parts?) }).collect()
    }

    /// Why an existing member cannot be called, or an empty string.
    pub(crate) fn hidden(
        &self,
        env: Env,
        class: jobject,
        kind: Kind,
        name: &str,
    ) -> Result<String, Error> {
        let name = new_string(env, name.as_bytes())?;
        let is_field = jvalue { z: kind == Kind::Field };
        let args = [jvalue { l: class }, jvalue { l: name.as_raw() }, is_field];
        // SAFETY: what `hidden` takes; it returns a string.
        unsafe {
            let why = present(self.hidden.object(env, &args)?)?;
            Ok(to_rust_string(env, why.as_raw()))
        }
    }

    /// The names of all methods, or fields, of `class`.
    pub(crate) fn member_names(
        &self,
        env: Env,
        class: jobject,
        kind: Kind,
    ) -> Result<Vec<String>, Error> {
        let args = [jvalue { l: class }, jvalue { z: kind == Kind::Field }];
        // SAFETY: a class and a boolean, as `names` takes; it returns strings.
        unsafe { Ok(strings(env, &present(self.names.object(env, &args)?)?)) }
    }

    /// The `CallerFrame` of a module; without a loader, that of this thread's module.
    pub(crate) fn caller_frame(&self, env: Env, loader: Option<&Global>) -> Result<Local, Error> {
        let loader = loader.map_or(core::ptr::null_mut(), Global::as_raw);
        // SAFETY: a class loader or null, as `frame` takes.
        present(unsafe { self.frame.object(env, &[jvalue { l: loader }]) }?)
    }

    /// Where a class comes from, for error messages.
    ///
    /// # Safety
    /// `class` must be a class.
    pub(crate) unsafe fn origin(&self, env: Env, class: jobject) -> String {
        // SAFETY: the caller's promise; it returns a string.
        unsafe {
            let origin = self.origin.object_or_none(env, &[jvalue { l: class }]);
            origin.map_or_else(String::new, |text| to_rust_string(env, text.as_raw()))
        }
    }

    fn strings(&self, env: Env, texts: &[String]) -> Result<Local, Error> {
        let length = crate::jni::java_length(texts.len(), "a list of paths")?;
        // SAFETY: an array of strings, filled with strings.
        unsafe {
            let none = core::ptr::null_mut();
            let array = env.made(jni!(env, NewObjectArray, length, self.string.as_raw(), none))?;
            for (index, text) in (0..).zip(texts) {
                let text = new_string(env, text.as_bytes())?;
                jni!(env, SetObjectArrayElement, array.as_raw(), index, text.as_raw());
            }
            Ok(array)
        }
    }
}

fn present(object: Option<Local>) -> Result<Local, Error> {
    object.ok_or_else(|| Error::new(ErrorKind::Internal, "metaffi.api.jar returned null"))
}

/// # Safety
/// `array` must be an object array.
unsafe fn each(env: Env, array: &Local) -> impl Iterator<Item = Result<Local, Error>> {
    let array = array.as_raw();
    // SAFETY: the caller's promise.
    let length = unsafe { env.length(array) };
    // SAFETY: as above; the index is inside.
    (0..length).map(move |index| present(unsafe { env.element(array, index) }))
}

/// # Safety
/// `array` must be an array of strings without null.
unsafe fn strings(env: Env, array: &Local) -> Vec<String> {
    // SAFETY: the caller's promise.
    unsafe { each(env, array).flatten().map(|text| to_rust_string(env, text.as_raw())).collect() }
}

/// # Safety
/// `parts` must be a description by `metaffi.internal.Members`.
pub(crate) unsafe fn candidate(env: Env, parts: &Local) -> Result<Candidate, Error> {
    const STATIC: i32 = 1;
    const VARARGS: i32 = 2;
    const FINAL: i32 = 4;
    const CALLER_SENSITIVE: i32 = 8;
    // SAFETY: the description has seven parts, of these types.
    unsafe {
        let part = |index| present(env.element(parts.as_raw(), index));
        let names = strings(env, &part(3)?);
        let classes = part(2)?;
        let mut flags = 0;
        jni!(env, GetIntArrayRegion, part(4)?.as_raw(), 0, 1, &raw mut flags);
        Ok(Candidate {
            member: part(0)?,
            owner: part(1)?,
            types: each(env, &classes)
                .zip(names)
                .map(|(class, name)| Ok((class?, name)))
                .collect::<Result<_, Error>>()?,
            is_static: flags & STATIC != 0,
            is_varargs: flags & VARARGS != 0,
            is_final: flags & FINAL != 0,
            is_caller_sensitive: flags & CALLER_SENSITIVE != 0,
            signature: to_rust_string(env, part(5)?.as_raw()),
            elements: all_elements(env, &part(6)?)?,
        })
    }
}

/// # Safety
/// `array` must hold an `ElementTypes` description or null for each type.
unsafe fn all_elements(env: Env, array: &Local) -> Result<Vec<Option<Elements>>, Error> {
    // SAFETY: the caller's promise; each index is inside.
    unsafe {
        let one = |index| env.element(array.as_raw(), index).map(|one| elements(env, &one));
        (0..env.length(array.as_raw())).map(|index| one(index).transpose()).collect()
    }
}

/// # Safety
/// `parts` must be an `ElementTypes` description: a class, its name, and two others or null.
unsafe fn elements(env: Env, parts: &Local) -> Result<Elements, Error> {
    // SAFETY: the caller's promise.
    unsafe {
        let name = present(env.element(parts.as_raw(), 1))?;
        let other = |at| {
            let other = env.element(parts.as_raw(), at).map(|other| elements(env, &other));
            other.transpose().map(|other| other.map(Box::new))
        };
        Ok(Elements {
            class: (present(env.element(parts.as_raw(), 0))?, to_rust_string(env, name.as_raw())),
            inner: other(2)?,
            value: other(3)?,
        })
    }
}
