//! Classes and methods of the JDK.

use std::ffi::CString;

use jni_sys::jvalue;
use metaffi_plugin::value::{Error, ErrorKind};

use crate::jni::{Class, Env, Local, Method, StaticMethod, new_string, to_rust_string};
use crate::prim::{PerPrim, Prim};

/// A box of a primitive type, with its `valueOf`.
pub(crate) struct Boxed {
    pub(crate) class: Class,
    pub(crate) value_of: StaticMethod,
}

/// The parts of the JDK that every call needs.
pub(crate) struct Jdk {
    pub(crate) object: Class,
    pub(crate) string: Class,
    pub(crate) big_integer: Class,
    pub(crate) big_decimal: Class,
    pub(crate) number: Class,
    pub(crate) collection: Class,
    /// `java.lang.reflect.Proxy`.
    pub(crate) proxy: Class,
    pub(crate) array_list: Class,
    pub(crate) char_sequence: Class,
    pub(crate) map: Class,
    pub(crate) out_of_memory: Class,
    pub(crate) stack_overflow: Class,
    pub(crate) boxes: PerPrim<Boxed>,
    /// `new BigInteger(String)`.
    pub(crate) new_big_integer: Method,
    as_list: StaticMethod,
    new_array_list: Method,
    /// `Collection.toArray()`.
    pub(crate) to_array: Method,
    /// `Number.doubleValue()`.
    pub(crate) double_value: Method,
    /// `Object.toString()`.
    pub(crate) to_string: Method,
    /// `System.identityHashCode(Object)`.
    pub(crate) identity_hash: StaticMethod,
    get_component_type: Method,
    get_class_loader: Method,
}

impl Jdk {
    pub(super) fn find(env: Env) -> Result<Self, Error> {
        let object = Class::find(env, c"java/lang/Object")?;
        let big_integer = Class::find(env, c"java/math/BigInteger")?;
        let number = Class::find(env, c"java/lang/Number")?;
        let collection = Class::find(env, c"java/util/Collection")?;
        let arrays = Class::find(env, c"java/util/Arrays")?;
        let array_list = Class::find(env, c"java/util/ArrayList")?;
        let system = Class::find(env, c"java/lang/System")?;
        let mut boxes = Prim::ALL.into_iter().map(|prim| find_box(env, prim));
        let mut next = || boxes.next().expect("there are eight primitive types");
        Ok(Self {
            boxes: [next()?, next()?, next()?, next()?, next()?, next()?, next()?, next()?],
            new_big_integer: big_integer.constructor(env, c"(Ljava/lang/String;)V")?,
            as_list: arrays.static_method(
                env,
                c"asList",
                c"([Ljava/lang/Object;)Ljava/util/List;",
            )?,
            to_array: collection.method(env, c"toArray", c"()[Ljava/lang/Object;")?,
            double_value: number.method(env, c"doubleValue", c"()D")?,
            to_string: object.method(env, c"toString", c"()Ljava/lang/String;")?,
            identity_hash: system.static_method(
                env,
                c"identityHashCode",
                c"(Ljava/lang/Object;)I",
            )?,
            get_component_type: Class::find(env, c"java/lang/Class")?.method(
                env,
                c"getComponentType",
                c"()Ljava/lang/Class;",
            )?,
            get_class_loader: Class::find(env, c"java/lang/Class")?.method(
                env,
                c"getClassLoader",
                c"()Ljava/lang/ClassLoader;",
            )?,
            string: Class::find(env, c"java/lang/String")?,
            char_sequence: Class::find(env, c"java/lang/CharSequence")?,
            map: Class::find(env, c"java/util/Map")?,
            new_array_list: array_list.constructor(env, c"(Ljava/util/Collection;)V")?,
            array_list,
            out_of_memory: Class::find(env, c"java/lang/OutOfMemoryError")?,
            stack_overflow: Class::find(env, c"java/lang/StackOverflowError")?,
            object,
            big_integer,
            big_decimal: Class::find(env, c"java/math/BigDecimal")?,
            number,
            collection,
            proxy: Class::find(env, c"java/lang/reflect/Proxy")?,
        })
    }
}

impl Jdk {
    /// The component type of an array class.
    pub(crate) fn component_of(&self, env: Env, array: &Local) -> Result<Local, Error> {
        // SAFETY: a class, and the method takes nothing.
        let component = unsafe { self.get_component_type.object(env, array.as_raw(), &[]) }?;
        component.ok_or_else(|| Error::new(ErrorKind::Internal, "the class is not an array"))
    }
}

impl Jdk {
    /// The class loader of a class; `None` for the JDK's own.
    pub(crate) fn loader_of(&self, env: Env, class: &Local) -> Result<Option<Local>, Error> {
        // SAFETY: a class, and the method takes nothing.
        unsafe { self.get_class_loader.object(env, class.as_raw(), &[]) }
    }

    /// A growable list of the elements of an array.
    ///
    /// # Safety
    /// `array` must be an object array.
    pub(crate) unsafe fn list_of(&self, env: Env, array: &Local) -> Result<Local, Error> {
        // SAFETY: `asList` takes an object array, and the constructor a list.
        unsafe {
            let view = self.as_list.object(env, &[jvalue { l: array.as_raw() }])?;
            let view =
                view.ok_or_else(|| Error::new(ErrorKind::Internal, "Arrays.asList returned null"))?;
            self.new_array_list.new_object(env, &self.array_list, &[jvalue { l: view.as_raw() }])
        }
    }
}

/// The system property `java.vm.name`.
pub(super) fn vm_name(env: Env) -> Result<String, Error> {
    let get_property = Class::find(env, c"java/lang/System")?.static_method(
        env,
        c"getProperty",
        c"(Ljava/lang/String;)Ljava/lang/String;",
    )?;
    let key = new_string(env, b"java.vm.name")?;
    // SAFETY: the method takes a string and returns one.
    unsafe {
        let name = get_property.object(env, &[jvalue { l: key.as_raw() }])?;
        Ok(name.map_or_else(String::new, |name| to_rust_string(env, name.as_raw())))
    }
}

fn find_box(env: Env, prim: Prim) -> Result<Boxed, Error> {
    let name = match prim {
        Prim::Boolean => "java/lang/Boolean",
        Prim::Byte => "java/lang/Byte",
        Prim::Char => "java/lang/Character",
        Prim::Short => "java/lang/Short",
        Prim::Int => "java/lang/Integer",
        Prim::Long => "java/lang/Long",
        Prim::Float => "java/lang/Float",
        Prim::Double => "java/lang/Double",
    };
    let descriptor = format!("({})L{name};", char::from(prim.facts().code));
    let c_string = |text: &str| CString::new(text).expect("no NUL in these names");
    let class = Class::find(env, &c_string(name))?;
    let value_of = class.static_method(env, c"valueOf", &c_string(&descriptor))?;
    Ok(Boxed { class, value_of })
}
