//! The end of a call: a method, a constructor or a field, by its JNI id.

use std::sync::Arc;

use jni_sys::{jfieldID, jmethodID, jobject, jvalue};
use metaffi_plugin::value::Error;

use crate::api::{Candidate, Kind};
use crate::caller_sensitive::CallerSensitive;
use crate::class::{JavaClass, Shape};
use crate::jni::{Env, Global, Local, jni};
use crate::prim::Prim;

/// A member that can be called, read or written.
pub(crate) struct Target {
    /// The class that declares it, which also keeps its id valid.
    class: Arc<JavaClass>,
    member: Member,
    /// The type of the result; for a setter, of the value.
    ty: Ty,
}

enum Member {
    StaticMethod(jmethodID),
    Method(jmethodID),
    Constructor(jmethodID),
    /// A caller-sensitive method of the JDK.
    CallerSensitive(CallerSensitive),
    GetStatic(jfieldID),
    Get(jfieldID),
    SetStatic(jfieldID),
    Set(jfieldID),
}

// SAFETY: ids are valid on every thread as long as the class is loaded.
unsafe impl Send for Target {}
// SAFETY: as above.
unsafe impl Sync for Target {}

/// The type of a result.
#[derive(Clone, Copy)]
pub(crate) enum Ty {
    Void,
    Primitive(Prim),
    Reference,
}

/// The result of a call.
pub(crate) enum Outcome {
    Void,
    Primitive(jvalue),
    Reference(Option<Local>),
}

/// What to do with a reflected member, as in `metaffi.internal.UpcallTarget`.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    Call = 0,
    New = 1,
    Get = 2,
    Set = 3,
}

/// How a field is accessed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Get,
    Set,
}

impl Target {
    /// The target of a method or constructor, for a module with this loader, if any. Initializes
    /// its class.
    pub(crate) fn method(
        env: Env,
        candidate: &Candidate,
        kind: Kind,
        loader: Option<&Global>,
    ) -> Result<Self, Error> {
        if candidate.is_caller_sensitive {
            return Self::new(
                env,
                candidate,
                Member::CallerSensitive(CallerSensitive::new(env, candidate, loader)?),
            );
        }
        let member = candidate.member.as_raw();
        // SAFETY: a reflected method or constructor.
        let id = unsafe { jni!(env, FromReflectedMethod, member) };
        env.check()?;
        let member = match kind {
            Kind::Constructor => Member::Constructor(id),
            _ if candidate.is_static => Member::StaticMethod(id),
            _ => Member::Method(id),
        };
        Self::new(env, candidate, member)
    }

    /// The target of a field. Initializes its class.
    pub(crate) fn field(env: Env, candidate: &Candidate, access: Access) -> Result<Self, Error> {
        // SAFETY: a reflected field.
        let id = unsafe { jni!(env, FromReflectedField, candidate.member.as_raw()) };
        env.check()?;
        let member = match (access, candidate.is_static) {
            (Access::Get, true) => Member::GetStatic(id),
            (Access::Get, false) => Member::Get(id),
            (Access::Set, true) => Member::SetStatic(id),
            (Access::Set, false) => Member::Set(id),
        };
        Self::new(env, candidate, member)
    }

    fn new(env: Env, candidate: &Candidate, member: Member) -> Result<Self, Error> {
        let (owner, result) = (&candidate.owner, candidate.types.last());
        let name = crate::api::get().loading.binary_name(env, owner)?;
        let class = JavaClass::of(env, owner, &name)?;
        let ty = match result {
            Some((class, name)) => ty_of(&*JavaClass::of(env, class, name)?),
            None => Ty::Void,
        };
        Ok(Self { class, member, ty })
    }

    /// Calls, reads or writes the member; fails with the exception that Java throws.
    ///
    /// # Safety
    /// `receiver` must be an instance of the class that declares the member
    /// (unless that is static), and `args` must match its parameters.
    #[inline]
    pub(crate) unsafe fn invoke(
        &self,
        env: Env,
        receiver: jobject,
        args: &[jvalue],
    ) -> Result<Outcome, Error> {
        let class = self.class.as_raw();
        // SAFETY: the caller's promise.
        unsafe {
            match &self.member {
                &Member::StaticMethod(id) => {
                    call_static(env, class, class, id, self.ty, args.as_ptr())
                }
                &Member::Method(id) => call(env, receiver, class, id, self.ty, args.as_ptr()),
                &Member::Constructor(id) => {
                    let made = env.made(jni!(env, NewObjectA, class, id, args.as_ptr()))?;
                    Ok(Outcome::Reference(Some(made)))
                }
                Member::CallerSensitive(method) => {
                    self.call_caller_sensitive(env, method, receiver, args)
                }
                &Member::GetStatic(id) => get_static(env, class, id, self.ty),
                &Member::Get(id) => get(env, receiver, id, self.ty),
                &Member::SetStatic(id) => set_static(env, class, id, self.ty, args[0]),
                &Member::Set(id) => set(env, receiver, id, self.ty, args[0]),
            }
        }
    }
}

impl Target {
    /// The type of the result; for a setter, of the value.
    pub(crate) const fn ty(&self) -> Ty {
        self.ty
    }

    /// The reflected member, and what to do with it; `None` for a caller-sensitive method.
    pub(crate) fn reflected(&self, env: Env) -> Option<(Global, Use)> {
        let class = self.class.as_raw();
        // SAFETY: the ids are of members of the class.
        let member = unsafe {
            match self.member {
                Member::StaticMethod(id) => jni!(env, ToReflectedMethod, class, id, true),
                Member::Method(id) | Member::Constructor(id) => {
                    jni!(env, ToReflectedMethod, class, id, false)
                }
                Member::GetStatic(id) | Member::SetStatic(id) => {
                    jni!(env, ToReflectedField, class, id, true)
                }
                Member::Get(id) | Member::Set(id) => {
                    jni!(env, ToReflectedField, class, id, false)
                }
                Member::CallerSensitive(_) => return None,
            }
        };
        // SAFETY: a new reference, or null with an exception, which `made` clears.
        let member = unsafe { env.made(member) }.ok()?.to_global().ok()?;
        Some((member, self.used()))
    }

    const fn used(&self) -> Use {
        match self.member {
            Member::Constructor(_) => Use::New,
            Member::GetStatic(_) | Member::Get(_) => Use::Get,
            Member::SetStatic(_) | Member::Set(_) => Use::Set,
            _ => Use::Call,
        }
    }

    /// # Safety
    /// As [`Target::invoke`].
    #[cold]
    unsafe fn call_caller_sensitive(
        &self,
        env: Env,
        method: &CallerSensitive,
        receiver: jobject,
        args: &[jvalue],
    ) -> Result<Outcome, Error> {
        // SAFETY: the caller's promise; reflection returns primitives boxed.
        unsafe {
            let result = method.call(env, receiver, args)?;
            Ok(match self.ty {
                Ty::Void => Outcome::Void,
                Ty::Reference => Outcome::Reference(result),
                Ty::Primitive(prim) => {
                    Outcome::Primitive(CallerSensitive::unboxed(env, result, prim)?)
                }
            })
        }
    }

    /// Calls the method of its own class, not an override.
    ///
    /// # Safety
    /// As [`Target::invoke`]; it must be an instance method.
    pub(crate) unsafe fn invoke_nonvirtual(
        &self,
        env: Env,
        receiver: jobject,
        args: &[jvalue],
    ) -> Result<Outcome, Error> {
        let class = self.class.as_raw();
        match self.member {
            // SAFETY: the caller's promise.
            Member::Method(id) => unsafe {
                call_nonvirtual(env, receiver, class, id, self.ty, args.as_ptr())
            },
            // SAFETY: as above.
            _ => unsafe { self.invoke(env, receiver, args) },
        }
    }
}

impl Outcome {
    /// A local reference to the object, or to the box of the primitive; or null.
    ///
    /// # Safety
    /// `self` must come from a member of this type.
    pub(crate) unsafe fn into_object(self, env: Env, ty: &Target) -> Result<jobject, Error> {
        let boxed = match (self, ty.ty) {
            (Self::Reference(object), _) => object,
            (Self::Primitive(value), Ty::Primitive(prim)) => {
                let value_of = &crate::api::get().jdk.boxes[prim as usize].value_of;
                // SAFETY: the caller's promise; `valueOf` takes that primitive.
                unsafe { value_of.object(env, &[value]) }?
            }
            _ => None,
        };
        Ok(boxed.map_or(core::ptr::null_mut(), Local::into_raw))
    }
}

fn ty_of(class: &JavaClass) -> Ty {
    match class.shape {
        Shape::Void => Ty::Void,
        Shape::Primitive(prim) => Ty::Primitive(prim),
        _ => Ty::Reference,
    }
}

/// Calls through one of three families of functions.
macro_rules! calls {
    (@ virtual $env:ident, $function:ident, $target:ident, $class:ident, $id:ident, $args:ident) => {
        jni!($env, $function, $target, $id, $args)
    };
    (@ nonvirtual $env:ident, $function:ident, $target:ident, $class:ident, $id:ident, $args:ident) => {
        jni!($env, $function, $target, $class, $id, $args)
    };
    ($sort:ident $name:ident, $void:ident, $object:ident, $($prim:ident $function:ident $field:ident $zero:literal),*) => {
        /// # Safety
        /// As [`Target::invoke`].
        #[inline]
        #[allow(unused_variables, reason = "only one family uses the class")]
        unsafe fn $name(
            env: Env,
            target: jobject,
            class: jobject,
            id: jmethodID,
            ty: Ty,
            args: *const jvalue,
        ) -> Result<Outcome, Error> {
            // SAFETY: the caller's promise.
            unsafe {
                match ty {
                    Ty::Void => {
                        calls!(@ $sort env, $void, target, class, id, args);
                        env.check()?;
                        Ok(Outcome::Void)
                    }
                    Ty::Reference => {
                        let object = calls!(@ $sort env, $object, target, class, id, args);
                        env.check_call(object.is_null())?;
                        Ok(Outcome::Reference(Local::take(env, object)))
                    }
                    $(Ty::Primitive(Prim::$prim) => {
                        let value = calls!(@ $sort env, $function, target, class, id, args);
                        env.check_call(value == $zero)?;
                        Ok(Outcome::Primitive(jvalue { $field: value }))
                    })*
                }
            }
        }
    };
}
calls!(
    virtual call_static, CallStaticVoidMethodA, CallStaticObjectMethodA,
    Boolean CallStaticBooleanMethodA z false, Byte CallStaticByteMethodA b 0,
    Char CallStaticCharMethodA c 0, Short CallStaticShortMethodA s 0,
    Int CallStaticIntMethodA i 0, Long CallStaticLongMethodA j 0,
    Float CallStaticFloatMethodA f 0.0, Double CallStaticDoubleMethodA d 0.0
);
calls!(
    virtual call, CallVoidMethodA, CallObjectMethodA,
    Boolean CallBooleanMethodA z false, Byte CallByteMethodA b 0,
    Char CallCharMethodA c 0, Short CallShortMethodA s 0,
    Int CallIntMethodA i 0, Long CallLongMethodA j 0,
    Float CallFloatMethodA f 0.0, Double CallDoubleMethodA d 0.0
);

calls!(
    nonvirtual call_nonvirtual, CallNonvirtualVoidMethodA, CallNonvirtualObjectMethodA,
    Boolean CallNonvirtualBooleanMethodA z false, Byte CallNonvirtualByteMethodA b 0,
    Char CallNonvirtualCharMethodA c 0, Short CallNonvirtualShortMethodA s 0,
    Int CallNonvirtualIntMethodA i 0, Long CallNonvirtualLongMethodA j 0,
    Float CallNonvirtualFloatMethodA f 0.0, Double CallNonvirtualDoubleMethodA d 0.0
);

/// Reads and writes fields, which cannot throw.
macro_rules! fields {
    ($get:ident $get_object:ident, $set:ident $set_object:ident,
     $($prim:ident $read:ident $write:ident $field:ident),*) => {
        /// # Safety
        /// As [`Target::invoke`].
        unsafe fn $get(env: Env, target: jobject, id: jfieldID, ty: Ty) -> Result<Outcome, Error> {
            // SAFETY: the caller's promise.
            unsafe {
                Ok(match ty {
                    Ty::Void => Outcome::Void,
                    Ty::Reference => {
                        Outcome::Reference(Local::take(env, jni!(env, $get_object, target, id)))
                    }
                    $(Ty::Primitive(Prim::$prim) => {
                        Outcome::Primitive(jvalue { $field: jni!(env, $read, target, id) })
                    })*
                })
            }
        }

        /// # Safety
        /// As [`Target::invoke`].
        unsafe fn $set(
            env: Env,
            target: jobject,
            id: jfieldID,
            ty: Ty,
            value: jvalue,
        ) -> Result<Outcome, Error> {
            // SAFETY: the caller's promise.
            unsafe {
                match ty {
                    Ty::Void => {}
                    Ty::Reference => jni!(env, $set_object, target, id, value.l),
                    $(Ty::Primitive(Prim::$prim) => jni!(env, $write, target, id, value.$field),)*
                }
            }
            Ok(Outcome::Void)
        }
    };
}
fields!(
    get_static GetStaticObjectField, set_static SetStaticObjectField,
    Boolean GetStaticBooleanField SetStaticBooleanField z, Byte GetStaticByteField SetStaticByteField b,
    Char GetStaticCharField SetStaticCharField c, Short GetStaticShortField SetStaticShortField s,
    Int GetStaticIntField SetStaticIntField i, Long GetStaticLongField SetStaticLongField j,
    Float GetStaticFloatField SetStaticFloatField f, Double GetStaticDoubleField SetStaticDoubleField d
);
fields!(
    get GetObjectField, set SetObjectField,
    Boolean GetBooleanField SetBooleanField z, Byte GetByteField SetByteField b,
    Char GetCharField SetCharField c, Short GetShortField SetShortField s,
    Int GetIntField SetIntField i, Long GetLongField SetLongField j,
    Float GetFloatField SetFloatField f, Double GetDoubleField SetDoubleField d
);
