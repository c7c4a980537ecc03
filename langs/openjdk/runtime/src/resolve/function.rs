//! Java functions that others call, with plans made from the types that the method declares.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Signature, Type, TypeInfo};

use super::declared::Declared;
use super::natural::accepted_type;
use super::overload::{Match, Overload, choose};
use super::passed::{PassedValue, Shape as ArgumentShape};
use super::{fit, messages, plans, result};
use crate::api::{self, Candidate, Kind};
use crate::call::{Call, First};
use crate::class::{JavaClass, Shape};
use crate::from_java::FromJava;
use crate::jni::Env;
use crate::module::Loader;
use crate::target::{Access, Target};
use crate::to_java::{Reference, ToJava};

/// Where the object of a call comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    /// It is fixed.
    Bound,
    /// It is the first argument of instance members.
    OfInstances,
    /// It is always the first argument; static members ignore it.
    Always,
}

/// What to do with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Method,
    Constructor,
    Get,
    Set,
}

/// How a member is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) sort: Sort,
    pub(crate) object: Object,
}

impl Member {
    fn first(self, env: Env, candidate: &Candidate) -> Result<First, Error> {
        let is_static = candidate.is_static || self.sort == Sort::Constructor;
        match (self.object, is_static) {
            (Object::Bound, _) | (Object::OfInstances, true) => Ok(First::Param),
            (Object::Always, true) => Ok(First::Ignored),
            (_, false) => {
                let owner = &candidate.owner;
                let name = api::get().loading.binary_name(env, owner)?;
                Ok(First::Receiver(Reference::plain(JavaClass::of(env, owner, &name)?)))
            }
        }
    }

    /// Whether it writes a field directly, rather than by a method.
    fn writes_field(self, candidate: &Candidate) -> bool {
        self.sort == Sort::Set && candidate.types.len() == 1
    }

    fn target(self, env: Env, candidate: &Candidate) -> Result<Target, Error> {
        let method = |kind| Target::method(env, candidate, kind, None);
        match self.sort {
            Sort::Constructor => method(Kind::Constructor),
            Sort::Get => Target::field(env, candidate, Access::Get),
            Sort::Set if self.writes_field(candidate) => Target::field(env, candidate, Access::Set),
            Sort::Method | Sort::Set => method(Kind::Method),
        }
    }

    /// The call without its arguments.
    fn call(self, env: Env, member: &Overload, first: First) -> Result<Call, Error> {
        let candidate = &member.candidate;
        Ok(Call {
            target: self.target(env, candidate)?,
            first,
            params: Box::new([]),
            spread: None,
            fills: false,
            result: FromJava::Discard,
            count: 0,
            loader: Loader::of(env, &candidate.owner)?,
            signature: candidate.signature.clone(),
        })
    }
}

/// The call of a member, and its types for other runtimes.
pub(crate) fn function(
    env: Env,
    candidate: Candidate,
    member: Member,
) -> Result<(Call, Signature), Error> {
    let first = member.first(env, &candidate)?;
    let method = Overload::new(env, candidate)?;
    let mut infos = Vec::new();
    match &first {
        First::Param => {}
        First::Receiver(plan) => infos.push(accepted_type(env, &plan.class)?),
        First::Ignored => infos.push(TypeInfo::new(Type::ANY)),
    }
    let params = params(env, &method, member, &mut infos)?;
    let (result, rets) = result(env, &method, member)?;
    let call = Call {
        fills: params.iter().any(ToJava::may_be_filled),
        params: params.into(),
        result,
        count: infos.len(),
        ..member.call(env, &method, first)?
    };
    Ok((call, Signature::new(infos, rets)))
}

fn params(
    env: Env,
    method: &Overload,
    member: Member,
    infos: &mut Vec<TypeInfo>,
) -> Result<Vec<ToJava>, Error> {
    let field = member.writes_field(&method.candidate);
    let field = field.then_some((&method.result, method.result_elements()));
    let each = method.params.iter().enumerate();
    let each = each.map(|(index, java)| (java, method.elements_of(index)));
    let mut params = Vec::new();
    for (java, elements) in each.chain(field) {
        let declared = Declared { info: accepted_type(env, java)?, alias: None };
        let mut fit = fit::fit(env, &declared, java).ok_or_else(|| not_callable(method, java))?;
        fit.plan.refine(env, java, elements, declared.element());
        params.push(fit.plan);
        infos.push(declared.info);
    }
    Ok(params)
}

fn result(env: Env, method: &Overload, member: Member) -> Result<(FromJava, Vec<TypeInfo>), Error> {
    if has_no_result(method, member) {
        return Ok((FromJava::Discard, Vec::new()));
    }
    let declared = Declared { info: accepted_type(env, &method.result)?, alias: None };
    let plan = result::plan(env, Some(&declared), &method.result, method.result_elements());
    let plan = plan.ok_or_else(|| not_callable(method, &method.result))?;
    Ok((plan, vec![declared.info]))
}

fn has_no_result(method: &Overload, member: Member) -> bool {
    member.sort == Sort::Set || matches!(method.result.shape, Shape::Void)
}

/// The call of the overload that matches `slots` with these shapes.
///
/// # Safety
/// The slots must be valid, and have these shapes.
pub(crate) unsafe fn chosen(
    env: Env,
    candidates: Vec<Candidate>,
    member: Member,
    shapes: &[ArgumentShape],
    slots: &[abi::Value],
) -> Result<Call, Error> {
    let overloads: Vec<Overload> =
        candidates.into_iter().map(|one| Overload::new(env, one)).collect::<Result<_, _>>()?;
    let pairs = shapes.iter().zip(slots);
    // SAFETY: the caller's promise.
    let passed: Vec<PassedValue> = pairs
        .map(|(shape, slot)| unsafe { PassedValue::new(env, *shape, slot) })
        .collect::<Result<_, _>>()?;
    let chosen = choose(env, &overloads, &passed)
        .map_err(|refusal| messages::refused_values(env, &overloads, &passed, refusal))?;
    call_of(env, chosen, member, slots.len())
}

fn call_of(env: Env, chosen: Match<'_>, member: Member, count: usize) -> Result<Call, Error> {
    let method = chosen.overload;
    let first = member.first(env, &method.candidate)?;
    let any: Vec<Declared> = (0..count).map(|_| Declared::any()).collect();
    let (result, _) = result(env, method, member)?;
    let (params, spread) = plans(env, chosen, &any)?;
    Ok(Call {
        fills: params.iter().any(ToJava::may_be_filled),
        params: params.into(),
        spread,
        result,
        count: count + usize::from(!matches!(first, First::Param)),
        ..member.call(env, method, first)?
    })
}

/// The plan for the result that a foreign function returns to `method`; a primitive is boxed.
pub(crate) fn callback_result(env: Env, method: &Overload) -> Result<Reference, Error> {
    let java = &method.result;
    let class = match java.primitive() {
        Some(prim) => {
            let class = api::get().jdk.boxes[prim as usize].class.to_local(env)?;
            let name = api::get().loading.binary_name(env, &class)?;
            JavaClass::of(env, &class, &name)?
        }
        None => java.clone(),
    };
    let declared = Declared::any();
    let mut plan = fit::fit(env, &declared, &class).map(|fit| fit.plan);
    if let Some(plan) = &mut plan {
        plan.refine(env, java, method.result_elements(), declared.element());
    }
    match plan {
        Some(ToJava::Reference(plan)) => Ok(plan),
        _ => Err(Error::new(ErrorKind::Internal, "a class that accepts no object")),
    }
}

fn not_callable(method: &Overload, java: &JavaClass) -> Error {
    let (signature, java) = (&method.candidate.signature, java.source_name());
    let message =
        format!("`{signature}` cannot be called from other languages because of its type {java}");
    Error::new(ErrorKind::Signature, message)
}
