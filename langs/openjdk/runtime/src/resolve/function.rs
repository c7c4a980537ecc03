//! Java functions that others call: plans from what the method declares.

use metaffi_plugin::value::{Error, ErrorKind, Signature, Type, TypeInfo};

use super::declared::Declared;
use super::natural::taken;
use super::overload::Overload;
use super::{fit, result};
use crate::api::{self, Candidate, Kind};
use crate::call::Call;
use crate::class::{JavaClass, Shape};
use crate::from_java::FromJava;
use crate::jni::Env;
use crate::target::Target;
use crate::to_java::{Reference, ToJava};

/// The call of a method, and its types as others see them. When it is not
/// static its object is known, or else the first argument.
pub(crate) fn function(
    env: Env,
    candidate: Candidate,
    is_bound: bool,
) -> Result<(Call, Signature), Error> {
    let method = Overload::new(env, candidate)?;
    let target = Target::method(env, &method.candidate, Kind::Method, None)?;
    let mut receiver = None;
    let mut infos = Vec::new();
    if !is_bound && !method.candidate.is_static {
        let owner = &method.candidate.owner;
        let name = api::get().loading.binary_name(env, owner)?;
        let owner = JavaClass::of(env, owner, &name)?;
        infos.push(taken(env, &owner)?);
        receiver = Some(Reference::plain(owner));
    }
    let params = params(env, &method, &mut infos)?;
    let (result, rets) = result(env, &method)?;
    let call = Call {
        target,
        receiver,
        fills: params.iter().any(ToJava::may_be_filled),
        params: params.into(),
        spread: None,
        result,
        count: infos.len(),
        loader: None,
        signature: method.candidate.signature,
    };
    Ok((call, Signature::new(infos, rets)))
}

fn params(env: Env, method: &Overload, infos: &mut Vec<TypeInfo>) -> Result<Vec<ToJava>, Error> {
    let mut params = Vec::new();
    for (index, java) in method.params.iter().enumerate() {
        let declared = Declared { info: taken(env, java)?, alias: None };
        let mut fit = fit::fit(env, &declared, java).ok_or_else(|| unfit(method, java))?;
        fit.plan.refine(env, java, method.elements_of(index), declared.element());
        params.push(fit.plan);
        infos.push(declared.info);
    }
    Ok(params)
}

fn result(env: Env, method: &Overload) -> Result<(FromJava, Vec<TypeInfo>), Error> {
    if matches!(method.result.shape, Shape::Void) {
        return Ok((FromJava::Discard, Vec::new()));
    }
    let declared = Declared { info: taken(env, &method.result)?, alias: None };
    let plan = result::plan(env, Some(&declared), &method.result, method.result_elements());
    let plan = plan.ok_or_else(|| unfit(method, &method.result))?;
    Ok((plan, vec![declared.info]))
}

/// The plan for what a foreign function returns to `method`; a primitive comes
/// in its box.
pub(crate) fn wanted(env: Env, method: &Overload) -> Result<Reference, Error> {
    let java = &method.result;
    let class = match java.primitive() {
        Some(prim) => {
            let class = api::get().jdk.boxes[prim as usize].class.to_local(env)?;
            let name = api::get().loading.binary_name(env, &class)?;
            JavaClass::of(env, &class, &name)?
        }
        None => java.clone(),
    };
    let declared = Declared { info: TypeInfo::new(Type::ANY), alias: None };
    let mut plan = fit::fit(env, &declared, &class).map(|fit| fit.plan);
    if let Some(plan) = &mut plan {
        plan.refine(env, java, method.result_elements(), declared.element());
    }
    match plan {
        Some(ToJava::Reference(plan)) => Ok(plan),
        _ => Err(Error::new(ErrorKind::Internal, "a class that takes no object")),
    }
}

fn unfit(method: &Overload, java: &JavaClass) -> Error {
    let (signature, java) = (&method.candidate.signature, java.source_name());
    let message = format!("`{signature}` cannot be called by others because of its {java}");
    Error::new(ErrorKind::Signature, message)
}
