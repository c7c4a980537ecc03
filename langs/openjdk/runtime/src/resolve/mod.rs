//! Resolves an entity path and declared types to a call, once per entity.

mod declared;
mod fit;
mod function;
mod messages;
mod natural;
mod overload;
mod passed;
mod result;

use std::sync::Arc;

use metaffi_entity_path::EntityPath;
use metaffi_plugin::value::{
    Error, ErrorKind, Handle, Signature, Type, TypeInfo, lift_transferred,
};
use metaffi_plugin::{Loaded, Request, abi};

use crate::api::{self, Kind};
use crate::call::{self, Call, First};
use crate::class::{JavaClass, Shape};
use crate::from_java::{FromJava, transferred};
use crate::jni::{Env, Local};
use crate::module::Module;
use crate::object;
use crate::target::{Access, Target};
use crate::to_java::{ArrayPlan, ToJava};
use crate::upcall;
use declared::Declared;
pub(crate) use function::{Member, Object, Sort, callback_result, chosen, function};
use overload::Match;
pub(crate) use overload::{ElementType, Overload};
pub(crate) use passed::Shape as ArgumentShape;

/// What is being resolved.
struct Lookup<'a> {
    env: Env,
    module: &'a Module,
    class: Arc<JavaClass>,
    name: String,
    on_instance: bool,
    /// Declared parameters after the receiver.
    params: Vec<Declared>,
    result: Option<Declared>,
}

/// What to do with a member, as in `metaffi.internal.Functions`.
const METHOD: i32 = 0;
const CONSTRUCTOR: i32 = 1;
const GET: i32 = 2;
const SET: i32 = 3;

/// Resolves an entity.
pub(crate) fn resolve(env: Env, module: &Module, request: &Request) -> Result<Loaded, Error> {
    if request.is_value {
        return value(env, module, &request.entity_path);
    }
    let path = EntityPath::parse(&request.entity_path)
        .map_err(|error| Error::new(ErrorKind::NotFound, error.to_string()))?;
    let (key, name) = member_name(&path)?;
    let mut lookup = Lookup::new(env, module, &path, name, request)?;
    let call =
        if key == "callable" { lookup.callable() } else { lookup.field(path.has_tag("setter")) };
    let call = call.map_err(|error| declared::missing_class(&module.0.name, error))?;
    let signature = Signature::new(lookup.host_params(request), request.rets.clone());
    Ok(upcall::loaded(call, signature))
}

/// The value that a path names.
fn value(env: Env, module: &Module, path: &str) -> Result<Loaded, Error> {
    call::enter(&module.0)?;
    if path.trim().is_empty() {
        return object_value(env, api::get().queries.namespace(env, &module.0.class_loader)?);
    }
    let path = EntityPath::parse(path)
        .map_err(|error| Error::new(ErrorKind::NotFound, error.to_string()))?;
    let class = class_of(env, module, &path)?;
    if path.get("callable").is_none() && path.get("field").is_none() {
        return object_value(env, class.to_local(env)?);
    }
    let (key, name) = member_name(&path)?;
    let (kind, sort) = match (key, name) {
        ("field", _) if path.has_tag("setter") => (Kind::Field, SET),
        ("field", _) => (Kind::Field, GET),
        (_, "<init>") => (Kind::Constructor, CONSTRUCTOR),
        _ => (Kind::Method, METHOD),
    };
    let on_instance = path.has_tag("instance_required");
    let found = api::get().queries.entity(env, &class, name, sort, on_instance);
    let found = found.map_err(|error| declared::missing_class(&module.0.name, error))?;
    match found {
        // SAFETY: a callable, with one reference for us.
        Some(found) => unsafe {
            lift_transferred(&transferred(abi::CALLABLE, found.as_ptr())).map(Loaded::value)
        },
        None => {
            let (params, result) = (Vec::new(), None);
            let name = name.to_owned();
            let mut lookup = Lookup { env, module, class, name, on_instance, params, result };
            lookup.overloads(kind)?;
            Err(messages::no_member(&lookup, kind))
        }
    }
}

/// An entity whose value is an object.
fn object_value(env: Env, object: Local) -> Result<Loaded, Error> {
    let object = object::lower(env, object)?;
    // SAFETY: the one reference to it is ours.
    Ok(Loaded::value(unsafe { Handle::take_raw(object) }))
}

fn class_of(env: Env, module: &Module, path: &EntityPath) -> Result<Arc<JavaClass>, Error> {
    let name = path
        .require("class")
        .map_err(|error| Error::new(ErrorKind::NotFound, error.to_string()))?;
    declared::find_class(env, &module.0, name)
}

fn member_name(path: &EntityPath) -> Result<(&'static str, &str), Error> {
    match (path.get("callable"), path.get("field")) {
        (Some(name), None) => Ok(("callable", name)),
        (None, Some(name)) => Ok(("field", name)),
        (None, None) => Err(messages::path(path, "has neither `callable=` nor `field=`")),
        (Some(_), Some(_)) => Err(messages::path(path, "has both `callable=` and `field=`")),
    }
}

impl<'a> Lookup<'a> {
    fn new(
        env: Env,
        module: &'a Module,
        path: &EntityPath,
        name: &str,
        request: &Request,
    ) -> Result<Self, Error> {
        let class = class_of(env, module, path)?;
        let on_instance = path.has_tag("instance_required");
        let mut params = request.params.iter();
        if on_instance {
            messages::check_receiver(env, path, &class, params.next())?;
        }
        let declare = |info| Declared::new(env, &module.0, info);
        if request.rets.len() > 1 {
            return Err(messages::several_results(path, request.rets.len()));
        }
        Ok(Self {
            env,
            module,
            class,
            name: name.to_owned(),
            on_instance,
            params: params.map(declare).collect::<Result<_, _>>()?,
            result: request.rets.first().map(declare).transpose()?,
        })
    }

    fn callable(&mut self) -> Result<Call, Error> {
        let kind = if self.name == "<init>" { Kind::Constructor } else { Kind::Method };
        let overloads = self.overloads(kind)?;
        let chosen = overload::choose(self.env, &overloads, &self.params)
            .map_err(|refusal| messages::refused(self, &overloads, refusal))?;
        let overload = chosen.overload;
        let result = self.result_plan(overload)?;
        let loader = Some(&self.module.0.class_loader);
        let target = Target::method(self.env, &overload.candidate, kind, loader)?;
        let (params, spread) = plans(self.env, chosen, &self.params)?;
        Ok(self.call(target, params, spread, result, overload))
    }

    fn field(&mut self, is_setter: bool) -> Result<Call, Error> {
        let overloads = self.overloads(Kind::Field)?;
        let Some(field) = overloads.first() else {
            return Err(messages::no_member(self, Kind::Field));
        };
        if !is_setter {
            messages::check_getter(self, field)?;
            let result = self.result_plan(field)?;
            let target = Target::field(self.env, &field.candidate, Access::Get)?;
            return Ok(self.call(target, Vec::new(), None, result, field));
        }
        messages::check_setter(self, field)?;
        let mut fit = fit::fit(self.env, &self.params[0], &field.result)
            .ok_or_else(|| messages::field_mismatch(self, field))?;
        let (declared, elements) = (self.params[0].element(), field.result_elements());
        fit.plan.refine(self.env, &field.result, elements, declared);
        let target = Target::field(self.env, &field.candidate, Access::Set)?;
        Ok(self.call(target, vec![fit.plan], None, FromJava::Discard, field))
    }

    /// The members of this name that are static, or not, as requested.
    fn overloads(&mut self, kind: Kind) -> Result<Vec<Overload>, Error> {
        let found =
            api::get().loading.candidates(self.env, self.class.as_raw(), kind, &self.name)?;
        if found.is_empty() {
            return Err(messages::no_member(self, kind));
        }
        let mut overloads = Vec::new();
        for candidate in found {
            overloads.push(Overload::new(self.env, candidate)?);
        }
        if kind != Kind::Constructor {
            self.imply_instance(&overloads);
        }
        messages::check_instance(self, kind, &overloads)?;
        let matches = |overload: &Overload| {
            kind == Kind::Constructor || overload.candidate.is_static != self.on_instance
        };
        overloads.retain(matches);
        Ok(overloads)
    }

    /// The types by which hosts lower arguments. If the class's objects may be plain values in
    /// other languages (a string, a number), the receiver is also accepted by value where a handle
    /// is declared.
    fn host_params(&self, request: &Request) -> Vec<TypeInfo> {
        let mut params = request.params.clone();
        if self.on_instance
            && params.first().is_some_and(|first| first.ty == Type::HANDLE)
            && natural::may_be_value(self.env, &self.class)
        {
            params[0] = TypeInfo::new(Type::ANY);
        }
        params
    }

    /// If no member is static, a first parameter that can be the object is the object.
    fn imply_instance(&mut self, overloads: &[Overload]) {
        let first = self.params.first().map(|first| &first.info);
        let is_implied = !self.on_instance
            && overloads.iter().all(|overload| !overload.candidate.is_static)
            && messages::can_be_receiver(self.env, &self.class, first);
        if is_implied {
            self.on_instance = true;
            self.params.remove(0);
        }
    }

    fn result_plan(&self, overload: &Overload) -> Result<FromJava, Error> {
        result::plan(self.env, self.result.as_ref(), &overload.result, overload.result_elements())
            .ok_or_else(|| messages::result_mismatch(self, overload))
    }

    fn call(
        &self,
        target: Target,
        params: Vec<ToJava>,
        spread: Option<ArrayPlan>,
        result: FromJava,
        overload: &Overload,
    ) -> Call {
        let first = match self.on_instance {
            true => First::Receiver(fit::receiver(self.env, &self.class)),
            false => First::Param,
        };
        Call {
            target,
            first,
            fills: params.iter().any(ToJava::may_be_filled),
            params: params.into(),
            spread,
            result,
            count: self.params.len() + usize::from(self.on_instance),
            loader: Some(self.module.0.clone()),
            signature: overload.candidate.signature.clone(),
        }
    }
}

/// The plans for the fixed parameters, and for the varargs array.
fn plans(
    env: Env,
    chosen: Match<'_>,
    declared: &[Declared],
) -> Result<(Vec<ToJava>, Option<ArrayPlan>), Error> {
    let mut plans: Vec<ToJava> = chosen.fits.into_iter().map(|fit| fit.plan).collect();
    for (index, plan) in plans.iter_mut().enumerate().take(chosen.overload.params.len()) {
        let (java, elements) = (&chosen.overload.params[index], chosen.overload.elements_of(index));
        plan.refine(env, java, elements, declared[index].element());
        let ToJava::Reference(plan) = plan else { continue };
        let is_own = java.number == plan.class.number;
        if is_own && plan.class.interface(env)?.is_some() {
            let member = &chosen.overload.candidate.member;
            let known = api::get().functions.interface_of_parameter(env, member, index)?;
            plan.interface = known.map(Arc::new);
        }
    }
    let component = match chosen.overload.params.last().map(|last| &last.shape) {
        Some(Shape::Array(component)) if chosen.is_spread => component,
        _ => return Ok((plans, None)),
    };
    let last = chosen.overload.params.len() - 1;
    let spread = fit::spread(env, component, chosen.overload.elements_of(last), &declared[last..]);
    plans.truncate(last);
    Ok((plans, Some(spread)))
}
