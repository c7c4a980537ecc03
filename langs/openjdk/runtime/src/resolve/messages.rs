//! What is wrong with a request, in words that say what to write instead.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::did_you_mean;
use metaffi_plugin::value::{Error, ErrorKind, Type, TypeInfo};

use super::Wanted;
use super::declared::Declared;
use super::fit::{Rank, fit};
use super::natural::natural;
use super::overload::{Overload, Refusal};
use crate::api::{self, Kind};
use crate::class::JavaClass;
use crate::jni::Env;

fn signature(message: String) -> Error {
    Error::new(ErrorKind::Signature, message)
}

/// An error about the entity path itself.
pub(super) fn path(path: &EntityPath, what: &str) -> Error {
    Error::new(ErrorKind::NotFound, format!("entity path `{path}` {what}"))
}

pub(super) fn several_results(path: &EntityPath, count: usize) -> Error {
    signature(format!(
        "`{path}` is declared with {count} results; a Java method has one at most: declare an \
         array for several"
    ))
}

/// The first parameter must be able to hold the object.
pub(super) fn check_receiver(
    env: Env,
    path: &EntityPath,
    class: &JavaClass,
    first: Option<&TypeInfo>,
) -> Result<(), Error> {
    if can_be_receiver(env, class, first) {
        return Ok(());
    }
    let came = first.map_or("none".into(), |info| info.ty.to_string());
    Err(signature(format!(
        "`{path}` takes the object as its first parameter, which is declared as {came}; declare a \
         handle first"
    )))
}

/// Whether what is declared can hold an object of `class`.
pub(super) fn can_be_receiver(env: Env, class: &JavaClass, first: Option<&TypeInfo>) -> bool {
    match first.map(|info| info.ty) {
        Some(Type::HANDLE | Type::ANY) => true,
        Some(Type::STRING8 | Type::STRING16 | Type::STRING32) => {
            class.takes(env, api::get().jdk.string.as_raw())
        }
        _ => false,
    }
}

/// The member is of the other sort, static or not.
pub(super) fn check_instance(
    wanted: &Wanted<'_>,
    kind: Kind,
    overloads: &[Overload],
) -> Result<(), Error> {
    let name = described(wanted, kind);
    if kind == Kind::Constructor {
        return match wanted.on_instance {
            false => Ok(()),
            true => Err(signature(format!("{name} needs no object: leave out instance_required"))),
        };
    }
    if overloads.iter().any(|overload| overload.candidate.is_static != wanted.on_instance) {
        return Ok(());
    }
    Err(signature(match wanted.on_instance {
        true => format!("{name} is static: leave out instance_required and the object"),
        false => format!(
            "{name} belongs to an instance: add instance_required, and a handle as the first \
             parameter"
        ),
    }))
}

fn described(wanted: &Wanted<'_>, kind: Kind) -> String {
    let class = wanted.class.source_name();
    match kind {
        Kind::Method => format!("method `{}` of {class}", wanted.name),
        Kind::Field => format!("field `{}` of {class}", wanted.name),
        Kind::Constructor => format!("the constructor of {class}"),
    }
}

/// There is no such member; perhaps another one was meant.
pub(super) fn no_member(wanted: &Wanted<'_>, kind: Kind) -> Error {
    let (env, class, loading) = (wanted.env, wanted.class.as_raw(), &api::get().loading);
    let hidden = loading.hidden(env, class, kind, &wanted.name).unwrap_or_default();
    let what = described(wanted, kind);
    let what = what.trim_start_matches("the ");
    let message = if hidden.is_empty() {
        let names = loading.member_names(env, class, kind).unwrap_or_default();
        let hint = did_you_mean(&wanted.name, names.iter().map(String::as_str));
        format!("no {what}{hint}")
    } else {
        format!("no {what}: {hidden}")
    };
    Error::new(ErrorKind::NotFound, message)
}

/// No overload, or more than one, is what was declared.
pub(super) fn refused(wanted: &Wanted<'_>, all: &[Overload], refusal: Refusal<'_>) -> Error {
    let kind = if wanted.name == "<init>" { Kind::Constructor } else { Kind::Method };
    let (what, types) = (described(wanted, kind), listed(&wanted.params));
    match refusal {
        Refusal::NoneFits => {
            let lines: String = all.iter().map(|one| misfit(wanted, one)).collect();
            signature(format!("{types} does not fit {what}; there is{lines}"))
        }
        Refusal::Ambiguous(several) => {
            let lines: String =
                several.iter().map(|one| format!("\n  {}", one.candidate.signature)).collect();
            signature(format!(
                "{types} fits several overloads of {what}; declare exact types, or the Java class \
                 of a handle, the interface of a callable, as its alias; there is{lines}"
            ))
        }
    }
}

fn listed(declared: &[Declared]) -> String {
    let types: Vec<String> = declared.iter().map(|one| one.info.to_string()).collect();
    format!("({})", types.join(", "))
}

/// One candidate, and the first of its parameters that is in the way.
fn misfit(wanted: &Wanted<'_>, overload: &Overload) -> String {
    let line = format!("\n  {}", overload.candidate.signature);
    if overload.params.len() != wanted.params.len() {
        return line;
    }
    let pairs = wanted.params.iter().zip(&overload.params).enumerate();
    let first = pairs.into_iter().find(|(_, (declared, java))| {
        fit(wanted.env, declared, java).is_none_or(|fit| fit.rank > Rank::Checked)
    });
    match first {
        None => line,
        Some((index, (declared, java))) => format!(
            "{line}: parameter {} is {}, not {}; declare {}",
            index + 1,
            java.source_name(),
            declared.info,
            natural(wanted.env, java)
        ),
    }
}

/// The result cannot be what was declared.
pub(super) fn result_misfit(wanted: &Wanted<'_>, overload: &Overload) -> Error {
    let declared = wanted.result.as_ref().map_or(String::new(), |one| one.info.to_string());
    let (member, java) = (&overload.candidate.signature, overload.result.source_name());
    let instead = match java.as_str() {
        "void" => "no result".to_owned(),
        _ => natural(wanted.env, &overload.result).to_string(),
    };
    signature(format!(
        "the result of `{member}` is {java}, which cannot be {declared}; declare {instead}"
    ))
}

/// A getter takes no value and returns one.
pub(super) fn check_getter(wanted: &Wanted<'_>, field: &Overload) -> Result<(), Error> {
    if wanted.params.is_empty() && wanted.result.is_some() {
        return Ok(());
    }
    Err(signature(format!(
        "reading `{}` takes {} and returns one result; declare {}",
        field.candidate.signature,
        if wanted.on_instance { "the object" } else { "nothing" },
        natural(wanted.env, &field.result)
    )))
}

/// A setter takes one value, returns none, and its field is not final.
pub(super) fn check_setter(wanted: &Wanted<'_>, field: &Overload) -> Result<(), Error> {
    let member = &field.candidate.signature;
    if field.candidate.is_final {
        return Err(signature(format!("`{member}` is final: it can only be read")));
    }
    if wanted.params.len() == 1 && wanted.result.is_none() {
        return Ok(());
    }
    Err(signature(format!(
        "writing `{member}` takes {}one value and returns nothing; declare {}",
        if wanted.on_instance { "the object and " } else { "" },
        natural(wanted.env, &field.result)
    )))
}

/// The value cannot go into the field.
pub(super) fn field_misfit(wanted: &Wanted<'_>, field: &Overload) -> Error {
    signature(format!(
        "`{}` cannot be set to {}; declare {}",
        field.candidate.signature,
        wanted.params[0].info,
        natural(wanted.env, &field.result)
    ))
}
