//! Resolves entity paths to call targets, once for each entity.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::{Loaded, Request};
use metaffi_value::{Error, ErrorKind, Signature};
use pyo3::prelude::*;

use super::call::Call;
use super::module::{Found, Module};
use super::spread::Spread;
use super::target::Target;
use super::value;
use crate::error::from_exception;
use crate::function::Declared;

/// Resolves an entity.
pub(crate) fn resolve(py: Python<'_>, module: &Module, request: &Request) -> Result<Loaded, Error> {
    let path = EntityPath::parse(&request.entity_path)
        .map_err(|error| Error::new(ErrorKind::NotFound, error.to_string()))?;
    if request.is_value {
        return value::named(py, module, request, &path);
    }
    let spread = Spread { varargs: path.has_tag("varargs"), named: path.has_tag("named_args") };
    let (kind, object, name, doc) = match path.get("attribute") {
        Some(attribute) => find_attribute(py, module, request, &path, attribute)?,
        None => find_callable(py, module, request, &path, spread)?,
    };
    let target = Target::new(&kind, &object, &name).map_err(|error| from_exception(py, &error))?;
    let call = Call {
        target,
        further: 0,
        gives_objects: false,
        params: request.params.iter().map(Declared::new).collect(),
        rets: request.rets.iter().map(Declared::new).collect(),
        spread,
        path: request.entity_path.clone(),
    };
    let signature = Signature::new(request.params.clone(), request.rets.clone());
    Ok(Loaded::callee(call, signature).with_doc(doc))
}

fn find_callable<'py>(
    py: Python<'py>,
    module: &Module,
    request: &Request,
    path: &EntityPath,
    spread: Spread,
) -> Result<Found<'py>, Error> {
    let name = path.require("callable").map_err(|missing| {
        let message = format!("{missing} or attribute=…");
        Error::new(ErrorKind::NotFound, message)
    })?;
    let (instance, count) = (path.has_tag("instance_required"), request.params.len());
    let needed = usize::from(instance) + spread.count();
    if count < needed {
        let what = format!("its tags need at least {needed} parameter(s), {count} declared");
        let message = format!("entity path `{}`: {what}", request.entity_path);
        return Err(Error::new(ErrorKind::Signature, message));
    }
    let awaited = path.has_tag("awaited");
    let args =
        |modules| (modules, name, instance, awaited, spread.count(), count).into_pyobject(py);
    module.find(py, "resolve_callable", args, request)
}

fn find_attribute<'py>(
    py: Python<'py>,
    module: &Module,
    request: &Request,
    path: &EntityPath,
    name: &str,
) -> Result<Found<'py>, Error> {
    if let Some(tag) = ["varargs", "named_args"].into_iter().find(|tag| path.has_tag(tag)) {
        let what = format!("`{tag}` applies to callables only; remove it for an attribute");
        let message = format!("entity path `{}`: {what}", request.entity_path);
        return Err(Error::new(ErrorKind::Signature, message));
    }
    let (instance, setter) = (path.has_tag("instance_required"), path.has_tag("setter"));
    let (params, rets) = (request.params.len(), request.rets.len());
    let args = |modules| (modules, name, instance, setter, params, rets).into_pyobject(py);
    module.find(py, "resolve_attribute", args, request)
}
