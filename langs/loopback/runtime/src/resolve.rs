//! Resolves an entity path and declared types to a call target.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::value::{
    Error, ErrorKind, GuestFrame, Owner, Signature, Type, TypeInfo, Value, lift_borrowed,
    new_answering,
};
use metaffi_plugin::{Callee, Loaded, Request, did_you_mean};

use crate::Module;
use crate::answering::Answering;
use crate::table::{Body, Entry, Ty};

pub(crate) fn resolve(owner: Owner, module: Module, request: &Request) -> Result<Loaded, Error> {
    if request.is_value {
        return value(owner, module, &request.entity_path);
    }
    let path = EntityPath::parse(&request.entity_path)
        .map_err(|e| Error::new(ErrorKind::NotFound, e.to_string()))?;
    let entry = find(module, &path)?;
    check_signature(entry, request)?;
    let signature = Signature::new(request.params.clone(), request.rets.clone());
    let callee = Plan { owner, body: entry.body, nparams: request.params.len() };
    Ok(Loaded::callee(callee, signature).with_doc(entry.doc))
}

/// Resolves a path without types: the module, or a function.
fn value(owner: Owner, module: Module, path: &str) -> Result<Loaded, Error> {
    if path.trim().is_empty() {
        return Ok(Loaded::value(new_answering(owner, Answering { owner, module })));
    }
    let path =
        EntityPath::parse(path).map_err(|e| Error::new(ErrorKind::NotFound, e.to_string()))?;
    let entry = find(module, &path)?;
    Ok(Loaded::value(declared(owner, entry).into_callable(owner)).with_doc(entry.doc))
}

/// An entry with its own types; one that takes whatever a host declares takes any value.
pub(crate) fn declared(owner: Owner, entry: &'static Entry) -> Loaded {
    let info = |ty: &Ty| TypeInfo::new(ty.ty).with_dims(ty.dims);
    let any = || vec![TypeInfo::new(Type::ANY)];
    let signature = match entry.variadic {
        true => Signature::new(any(), any()),
        false => Signature::new(
            entry.params.iter().map(|(_, ty)| info(ty)).collect(),
            entry.rets.iter().map(info).collect(),
        ),
    };
    let callee = Plan { owner, body: entry.body, nparams: signature.params().len() };
    Loaded::callee(callee, signature)
}

fn find(module: Module, path: &EntityPath) -> Result<&'static Entry, Error> {
    let missing = |message| Error::new(ErrorKind::NotFound, message);
    let (key, name) = ["callable", "field"]
        .iter()
        .find_map(|key| path.get(key).map(|name| (*key, name)))
        .ok_or_else(|| missing(format!("`{path}` has neither `callable=` nor `field=`")))?;
    let accessor = if path.has_tag("setter") { "setter" } else { "getter" };
    let entries = || module.table().iter().copied().flatten();
    let is_variant = |entry: &Entry| {
        entry.variadic && name.strip_prefix(entry.name).is_some_and(|rest| rest.starts_with('_'))
    };
    let matches = |entry: &&Entry| {
        entry.key == key
            && (entry.name == name || is_variant(entry))
            && (key == "callable" || entry.tags.contains(&accessor))
    };
    entries().find(matches).ok_or_else(|| {
        let hint = did_you_mean(name, entries().filter(|e| e.key == key).map(|e| e.name));
        missing(format!("no {key} `{name}` in module {}{hint}", module.name()))
    })
}

fn check_signature(entry: &Entry, request: &Request) -> Result<(), Error> {
    let params: Vec<Ty> = entry.params.iter().map(|(_, ty)| *ty).collect();
    if entry.variadic || all_fit(&request.params, &params) && all_fit(&request.rets, entry.rets) {
        return Ok(());
    }
    let list = |types: &[Ty]| types.iter().map(|t| t.ty.to_string()).collect::<Vec<_>>().join(", ");
    let declared = Signature::new(request.params.clone(), request.rets.clone());
    Err(Error::new(
        ErrorKind::Signature,
        format!(
            "`{}` is ({}) -> ({}), but is declared as {declared}",
            entry.name,
            list(&params),
            list(entry.rets),
        ),
    ))
}

fn all_fit(declared: &[TypeInfo], own: &[Ty]) -> bool {
    declared.len() == own.len() && declared.iter().zip(own).all(|(d, o)| fits(d, *o))
}

fn fits(declared: &TypeInfo, own: Ty) -> bool {
    declared.ty == Type::ANY
        || own.ty == Type::ANY
        || declared.ty.element() == own.ty.element() && declared.dims == own.dims
}

struct Plan {
    owner: Owner,
    body: Body,
    nparams: usize,
}

impl Callee for Plan {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        if frame.args().len() != self.nparams {
            let message =
                format!("expected {} argument(s), got {}", self.nparams, frame.args().len());
            return Err(Error::new(ErrorKind::Argument, message));
        }
        match self.body {
            Body::Raw(body) => body(self.owner, frame),
            Body::Values(body) => self.call_with_values(body, frame),
        }
    }
}

impl Plan {
    fn call_with_values(
        &self,
        body: fn(Owner, Vec<Value>) -> Result<Vec<Value>, Error>,
        frame: &mut GuestFrame<'_>,
    ) -> Result<(), Error> {
        // SAFETY: the slots of a frame are valid until the call returns.
        let args = frame.args().iter().map(|arg| unsafe { lift_borrowed(arg) });
        let results = body(self.owner, args.collect::<Result<_, _>>()?)?;
        frame.set_all(&results)
    }
}
