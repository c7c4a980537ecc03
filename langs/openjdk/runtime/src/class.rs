//! Java classes that entities refer to: kept alive, compared, named.

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::HashMap;
use std::ffi::CString;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use jni_sys::jobject;
use metaffi_plugin::value::{Error, ErrorKind};

use crate::api::{self, Interface};
use crate::jni::{Class, Env, Global, Local, jni};
use crate::prim::Prim;
use crate::to_java::Collected;

/// The kind of type that a class object represents.
#[derive(Debug)]
pub(crate) enum Shape {
    Void,
    Primitive(Prim),
    /// A class or an interface.
    Reference,
    /// An array of these.
    Array(Arc<JavaClass>),
}

/// A class, interface, array type or primitive type; one value for each, as long as anyone holds
/// it.
#[derive(Debug)]
pub(crate) struct JavaClass {
    class: Global,
    /// `int`, `java.lang.String`, `[I`, as `Class.getName` has it.
    pub(crate) name: String,
    /// Unique among all classes that ever existed.
    pub(crate) number: usize,
    pub(crate) shape: Shape,
    /// Its description as a functional interface; looked up once.
    interface: OnceLock<Option<Interface>>,
    /// The collection to make where it is declared; looked up once.
    collected: OnceLock<Option<Collected>>,
}

type Known = HashMap<String, Vec<Weak<JavaClass>>>;
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

impl JavaClass {
    /// The class that `class` refers to, whose `Class.getName` is `name`.
    pub(crate) fn of(env: Env, class: &Local, name: &str) -> Result<Arc<Self>, Error> {
        if let Some(known) = find(env, class, name) {
            return Ok(known);
        }
        static NUMBERS: AtomicUsize = AtomicUsize::new(1);
        let made = Arc::new(Self {
            class: class.to_global()?,
            name: name.to_owned(),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            shape: shape(env, class, name)?,
            interface: OnceLock::new(),
            collected: OnceLock::new(),
        });
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let same_name = known.get_or_insert_default().entry(name.to_owned()).or_default();
        same_name.retain(|class| class.strong_count() > 0);
        same_name.push(Arc::downgrade(&made));
        Ok(made)
    }

    /// `java.lang.Object`.
    pub(crate) fn object(env: Env) -> Result<Arc<Self>, Error> {
        Self::of(env, &api::get().jdk.object.to_local(env)?, "java.lang.Object")
    }

    /// An array type of the JDK, by its `Class.getName`.
    pub(crate) fn array(env: Env, name: &str) -> Result<Arc<Self>, Error> {
        let no_nul = |_| Error::new(ErrorKind::Internal, "an array type's name has a NUL");
        let descriptor = CString::new(name.replace('.', "/")).map_err(no_nul)?;
        Self::of(env, &Class::find(env, &descriptor)?.to_local(env)?, name)
    }

    #[inline]
    pub(crate) fn as_raw(&self) -> jobject {
        self.class.as_raw()
    }

    /// A new reference to the class.
    pub(crate) fn to_local(&self, env: Env) -> Result<Local, Error> {
        self.class.to_local(env)
    }

    /// Whether it is `java.lang.Object`.
    pub(crate) fn is_object(&self) -> bool {
        self.name == "java.lang.Object"
    }

    /// The primitive type, if it is one.
    pub(crate) fn primitive(&self) -> Option<Prim> {
        match self.shape {
            Shape::Primitive(prim) => Some(prim),
            _ => None,
        }
    }

    /// Whether it is a class, an interface or an array.
    pub(crate) fn is_reference(&self) -> bool {
        matches!(self.shape, Shape::Reference | Shape::Array(_))
    }

    /// Rank and innermost element type; rank 0 is the class itself.
    pub(crate) fn innermost(&self) -> (u8, &Self) {
        match &self.shape {
            Shape::Array(component) => {
                let (rank, element) = component.innermost();
                (rank + 1, element)
            }
            _ => (0, self),
        }
    }

    /// The `metaffi.internal.Interface` of a functional interface; `None` for anything else.
    #[inline]
    pub(crate) fn interface(&self, env: Env) -> Result<Option<&Interface>, Error> {
        match self.interface.get() {
            Some(known) => Ok(known.as_ref()),
            None => self.find_interface(env),
        }
    }

    #[cold]
    fn find_interface(&self, env: Env) -> Result<Option<&Interface>, Error> {
        let found = match self.shape {
            Shape::Reference => api::get().functions.interface_of(env, self)?,
            _ => None,
        };
        Ok(self.interface.get_or_init(|| found).as_ref())
    }

    /// The collection or map to make where it is declared, if any.
    pub(crate) fn collected(&self, env: Env) -> Option<Collected> {
        *self.collected.get_or_init(|| Collected::of(env, self))
    }

    /// Whether a reference of class `sub` may be assigned to it.
    pub(crate) fn takes(&self, env: Env, sub: jobject) -> bool {
        // SAFETY: both are classes.
        self.is_reference() && unsafe { env.is_assignable(sub, self.as_raw()) }
    }

    /// Its name in Java source.
    pub(crate) fn source_name(&self) -> String {
        match &self.shape {
            Shape::Array(component) => format!("{}[]", component.source_name()),
            _ => self.name.replace('$', "."),
        }
    }
}

fn find(env: Env, class: &Local, name: &str) -> Option<Arc<JavaClass>> {
    let same_name: Vec<Arc<JavaClass>> = {
        let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref()?.get(name)?.iter().filter_map(Weak::upgrade).collect()
    };
    // SAFETY: both are live objects.
    let same =
        |known: &Arc<JavaClass>| unsafe { jni!(env, IsSameObject, known.as_raw(), class.as_raw()) };
    same_name.into_iter().find(same)
}

fn shape(env: Env, class: &Local, name: &str) -> Result<Shape, Error> {
    if let Some(component) = name.strip_prefix('[') {
        let class = api::get().jdk.component_of(env, class)?;
        return Ok(Shape::Array(JavaClass::of(env, &class, &component_name(component))?));
    }
    Ok(match (name, Prim::named(name)) {
        ("void", _) => Shape::Void,
        (_, Some(prim)) => Shape::Primitive(prim),
        _ => Shape::Reference,
    })
}

/// `I` is `int`, `Lx.Y;` is `x.Y`, `[I` stays.
fn component_name(descriptor: &str) -> String {
    match descriptor.strip_prefix('L').and_then(|rest| rest.strip_suffix(';')) {
        Some(class) => class.to_owned(),
        None if descriptor.len() == 1 => Prim::coded(descriptor.as_bytes()[0])
            .map_or_else(String::new, |prim| prim.facts().name.to_owned()),
        None => descriptor.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::component_name;

    #[test]
    fn components_are_named_as_classes_are() {
        assert_eq!(component_name("I"), "int");
        assert_eq!(component_name("[I"), "[I");
        assert_eq!(component_name("Ljava.lang.String;"), "java.lang.String");
    }
}
