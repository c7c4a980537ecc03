//! Error messages for requests, which say what to write instead.

use metaffi_entity_path::EntityPath;
use metaffi_plugin::did_you_mean;
use metaffi_plugin::value::{Error, ErrorKind, Type, TypeInfo};

use super::Lookup;
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
        "`{path}` is declared with {count} results, but a Java method has at most one: declare an \
         array for several results"
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
    let actual = first.map_or("none".into(), |info| info.ty.to_string());
    Err(signature(format!(
        "`{path}` takes the object as its first parameter, but that is declared as {actual}: declare a \
         handle first"
    )))
}

/// Whether a declared type can hold an object of `class`.
pub(super) fn can_be_receiver(env: Env, class: &JavaClass, first: Option<&TypeInfo>) -> bool {
    match first.map(|info| info.ty) {
        Some(Type::HANDLE | Type::ANY) => true,
        Some(Type::STRING8 | Type::STRING16 | Type::STRING32) => {
            class.takes(env, api::get().jdk.string.as_raw())
        }
        _ => false,
    }
}

/// Checks that the member is static, or not, as requested.
pub(super) fn check_instance(
    lookup: &Lookup<'_>,
    kind: Kind,
    overloads: &[Overload],
) -> Result<(), Error> {
    let name = described(lookup, kind);
    if kind == Kind::Constructor {
        return match lookup.on_instance {
            false => Ok(()),
            true => Err(signature(format!("{name} needs no object: remove instance_required"))),
        };
    }
    if overloads.iter().any(|overload| overload.candidate.is_static != lookup.on_instance) {
        return Ok(());
    }
    Err(signature(match lookup.on_instance {
        true => format!("{name} is static: remove instance_required and the object"),
        false => format!(
            "{name} belongs to an instance: add instance_required, and a handle as the first \
             parameter"
        ),
    }))
}

fn described(lookup: &Lookup<'_>, kind: Kind) -> String {
    let class = lookup.class.source_name();
    match kind {
        Kind::Method => format!("method `{}` of {class}", lookup.name),
        Kind::Field => format!("field `{}` of {class}", lookup.name),
        Kind::Constructor => format!("the constructor of {class}"),
    }
}

/// There is no such member; suggests a similar one.
pub(super) fn no_member(lookup: &Lookup<'_>, kind: Kind) -> Error {
    let (env, class, loading) = (lookup.env, lookup.class.as_raw(), &api::get().loading);
    let hidden = loading.hidden(env, class, kind, &lookup.name).unwrap_or_default();
    let what = described(lookup, kind);
    let what = what.trim_start_matches("the ");
    let message = if hidden.is_empty() {
        let names = loading.member_names(env, class, kind).unwrap_or_default();
        let hint = did_you_mean(&lookup.name, names.iter().map(String::as_str));
        format!("no {what}{hint}")
    } else {
        format!("no {what}: {hidden}")
    };
    Error::new(ErrorKind::NotFound, message)
}

/// No overload matches the declared types, or more than one does.
pub(super) fn refused(lookup: &Lookup<'_>, all: &[Overload], refusal: Refusal<'_>) -> Error {
    let kind = if lookup.name == "<init>" { Kind::Constructor } else { Kind::Method };
    let advice = "declare exact types, or the Java class of a handle, the interface of a callable, \
                  as its alias";
    let what = described(lookup, kind);
    signature(refusal_of(lookup.env, &what, advice, (all, &lookup.params), refusal))
}

/// The same for the arguments of a call.
pub(super) fn refused_values(
    env: Env,
    all: &[Overload],
    passed: &[impl Argument],
    refusal: Refusal<'_>,
) -> Error {
    let what = all.first().map_or("", |one| one.named());
    let advice = "pass objects of more specific classes";
    let message = refusal_of(env, &format!("`{what}`"), advice, (all, passed), refusal);
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
            let lines: String = all.iter().map(|one| describe_mismatch(env, one, args)).collect();
            format!("{types} does not match {what}, which has{lines}")
        }
        Refusal::Ambiguous(several) => {
            let lines: String =
                several.iter().map(|one| format!("\n  {}", one.candidate.signature)).collect();
            format!("{types} matches several overloads of {what}: {advice}. They are{lines}")
        }
    }
}

/// One candidate, and the first of its parameters that does not match.
fn describe_mismatch(env: Env, overload: &Overload, args: &[impl Argument]) -> String {
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

/// The result cannot be converted to the declared type.
pub(super) fn result_mismatch(lookup: &Lookup<'_>, overload: &Overload) -> Error {
    let declared = lookup.result.as_ref().map_or(String::new(), |one| one.info.to_string());
    let (member, java) = (&overload.candidate.signature, overload.result.source_name());
    let instead = match java.as_str() {
        "void" => "no result".to_owned(),
        _ => natural(lookup.env, &overload.result).to_string(),
    };
    signature(format!(
        "the result of `{member}` is {java}, which cannot be {declared}: declare {instead}"
    ))
}

/// A getter takes no value and returns one.
pub(super) fn check_getter(lookup: &Lookup<'_>, field: &Overload) -> Result<(), Error> {
    if lookup.params.is_empty() && lookup.result.is_some() {
        return Ok(());
    }
    Err(signature(format!(
        "reading `{}` takes {} and returns one result: declare {}",
        field.candidate.signature,
        if lookup.on_instance { "the object" } else { "nothing" },
        natural(lookup.env, &field.result)
    )))
}

/// A setter takes one value, returns none, and its field is not final.
pub(super) fn check_setter(lookup: &Lookup<'_>, field: &Overload) -> Result<(), Error> {
    let member = &field.candidate.signature;
    if field.candidate.is_final {
        return Err(signature(format!("`{member}` is final, so it is read-only")));
    }
    if lookup.params.len() == 1 && lookup.result.is_none() {
        return Ok(());
    }
    Err(signature(format!(
        "writing `{member}` takes {}one value and returns nothing: declare {}",
        if lookup.on_instance { "the object and " } else { "" },
        natural(lookup.env, &field.result)
    )))
}

/// The value cannot be stored in the field.
pub(super) fn field_mismatch(lookup: &Lookup<'_>, field: &Overload) -> Error {
    signature(format!(
        "`{}` cannot be set to {}: declare {}",
        field.candidate.signature,
        lookup.params[0].info,
        natural(lookup.env, &field.result)
    ))
}
