//! What is wrong with a request, in words that say what to write instead.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::did_you_mean;
use metaffi_plugin::value::{Error, ErrorKind, Type, TypeInfo};

use super::Wanted;
use super::fit::Rank;
use super::natural::natural;
use super::overload::{Argument, Overload, Refusal};
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
    let advice = "declare exact types, or the Java class of a handle, the interface of a callable, \
                  as its alias";
    let what = described(wanted, kind);
    signature(refusal_of(wanted.env, &what, advice, (all, &wanted.params), refusal))
}

/// The same of what came to a call.
pub(super) fn refused_values(
    env: Env,
    all: &[Overload],
    came: &[impl Argument],
    refusal: Refusal<'_>,
) -> Error {
    let what = all.first().map_or("", |one| one.named());
    let advice = "pass objects of the classes that are meant";
    let message = refusal_of(env, &format!("`{what}`"), advice, (all, came), refusal);
    Error::new(ErrorKind::Argument, message)
}

fn refusal_of(
    env: Env,
    what: &str,
    advice: &str,
    (all, args): (&[Overload], &[impl Argument]),
    refusal: Refusal<'_>,
) -> String {
    let types: Vec<String> = args.iter().map(ToString::to_string).collect();
    let types = format!("({})", types.join(", "));
    match refusal {
        Refusal::NoneFits => {
            let lines: String = all.iter().map(|one| misfit(env, one, args)).collect();
            format!("{types} does not fit {what}; there is{lines}")
        }
        Refusal::Ambiguous(several) => {
            let lines: String =
                several.iter().map(|one| format!("\n  {}", one.candidate.signature)).collect();
            format!("{types} fits several overloads of {what}; {advice}; there is{lines}")
        }
    }
}

/// One candidate, and the first of its parameters that is in the way.
fn misfit(env: Env, overload: &Overload, args: &[impl Argument]) -> String {
    let line = format!("\n  {}", overload.candidate.signature);
    if overload.params.len() != args.len() {
        return line;
    }
    let pairs = args.iter().zip(&overload.params).enumerate();
    let first = pairs
        .into_iter()
        .find(|(_, (arg, java))| arg.fit(env, java).is_none_or(|fit| fit.rank > Rank::Checked));
    match first {
        None => line,
        Some((index, (arg, java))) => format!(
            "{line}: parameter {} is {}, not {arg}{}",
            index + 1,
            java.source_name(),
            arg.advice(env, java)
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
