//! A guest's function as a Rust function: its signature and its call.

use metaffi_idl::{Base, Class, Parameter, TypeParameter};
use metaffi_stubs::{Candidate, ClassId, Documentation, Names, Shape, Writes, Written};

use crate::layout::{braces, fits, is_skipped, signature};
use crate::literals::quote;
use crate::parameters::{Closure, Parameters, Passed};
use crate::results::{self, Given, Lift};
use crate::spelling::{Scope, Spelling};
use crate::{docs, names, view};

/// Where a function is placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    /// The indentation of its lines.
    pub(crate) indent: usize,
    /// The class whose type parameters are in scope.
    pub(crate) scope: &'p [TypeParameter],
    /// The class whose objects it makes.
    pub(crate) makes: Option<ClassId>,
}

/// A planned Rust function.
pub(crate) struct Planned {
    pub(crate) scope: Scope,
    pub(crate) passed: Vec<(String, Passed)>,
    pub(crate) given: Vec<Given>,
    /// Type parameters with their bounds.
    pub(crate) generics: Vec<String>,
    receiver: Option<(String, String)>,
}

/// The names of the parameters, in a scope of their own.
pub(crate) fn parameter_names(candidate: &Candidate<'_>) -> Vec<String> {
    let mut given = Names::new(names::member).without(["self_"]);
    candidate
        .parameters
        .iter()
        .map(|one| given.give(if one.name.is_empty() { "arg" } else { one.name }))
        .collect()
}

/// Plans the types of a candidate, with the parameters that `takes` selects.
pub(crate) fn plan(
    candidate: &Candidate<'_>,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
    takes: impl Fn(usize) -> bool,
) -> Planned {
    let own = &candidate.function.type_parameters;
    let mut scope = Scope::of(spelling, &[place.scope, own]);
    let named = parameter_names(candidate);
    let mut passed = Vec::new();
    for (at, (argument, name)) in candidate.parameters.iter().zip(named).enumerate() {
        if takes(at) {
            let one = Parameters { spelling, scope: &mut scope }.of(argument, &name);
            passed.push((name, one));
        }
    }
    let mut generics: Vec<String> =
        scope.settle(own).into_iter().map(|name| format!("{name}: stubs::Element")).collect();
    generics.extend(passed.iter().flat_map(|(_, one)| one.generics.iter().cloned()));
    let given = candidate.results.iter().map(|one| results::of(one, spelling, &scope)).collect();
    let receiver = candidate.receiver.map(|id| receiver(id, spelling));
    Planned { scope, passed, given, generics, receiver }
}

/// The entity's type of the object, and the expression that is passed.
fn receiver(id: ClassId, spelling: &Spelling<'_, '_>) -> (String, String) {
    let class = spelling.classes.get(id).class;
    let (entity, pass) = match Shape::plain_of(class, spelling.classes) {
        None => return ("&stubs::Handle".to_owned(), handle_expression(id, spelling).to_owned()),
        Some(Shape::Text) => ("&str".to_owned(), "self.0.as_str()"),
        Some(Shape::Bytes) => ("&[u8]".to_owned(), "self.0.as_slice()"),
        Some(Shape::Scalar(base)) => (value_scalar(base).to_owned(), "self.0"),
        Some(_) => ("stubs::Value".to_owned(), "self.0.clone().into()"),
    };
    (format!("stubs::Converted<{entity}>"), format!("stubs::Converted({pass})"))
}

/// How to get the handle of an object; a member of an enum may have to be loaded first.
fn handle_expression(id: ClassId, spelling: &Spelling<'_, '_>) -> &'static str {
    match spelling.is_choice(id) {
        true => "stubs::Instance::lend(self)?",
        false => "self.handle()",
    }
}

/// The scalar in a struct for a named type.
pub(crate) fn value_scalar(base: Base) -> &'static str {
    match base {
        Base::Size => "u64",
        base => Spelling::scalar(base),
    }
}

impl Writes for Spelling<'_, '_> {
    fn written(&self, candidate: &Candidate<'_>, class: Option<&Class>) -> Written {
        let scope = class.map_or(&[][..], |class| &class.type_parameters);
        let planned = plan(candidate, Place { indent: 0, scope, makes: None }, self, |_| true);
        let parameters = planned.passed.into_iter().map(|(_, one)| one.ty);
        let results = planned.given.into_iter().map(|one| one.ty);
        Written { parameters: parameters.collect(), results: results.collect() }
    }

    fn anything(&self) -> &[&str] {
        &["stubs::Value", "stubs::Reference", "stubs::Callable"]
    }
}

/// The complete function, with a name.
pub(crate) fn function(
    candidate: &Candidate<'_>,
    name: &str,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
) -> view::Function {
    let planned = plan(candidate, place, spelling, |_| true);
    let parameters = planned.passed.iter().map(|(name, one)| format!("{name}: {}", one.ty));
    let receiver = candidate.receiver.map(|_| "&self".to_owned());
    let parameters: Vec<String> = receiver.into_iter().chain(parameters).collect();
    let returns = returned(&planned, place);
    let before = format!("pub fn {name}");
    let after = format!(" -> {} {{", spelling.result(&returns));
    let head = signature(place.indent, &before, &planned.generics, &parameters, &after);
    view::Function {
        docs: documentation(candidate, &planned),
        deprecated: deprecation(candidate.function.deprecated.as_deref(), place.indent),
        is_skipped: is_skipped(place.indent, &head),
        head,
        body: body(&planned, place, spelling, &entity(candidate, &planned, place, spelling)),
    }
}

/// `#[deprecated]`, with the reason if there is one.
pub(crate) fn deprecation(reason: Option<&str>, indent: usize) -> Vec<String> {
    let Some(reason) = reason.map(docs::note) else { return Vec::new() };
    if reason.is_empty() {
        return vec!["#[deprecated]".to_owned()];
    }
    let note = format!("note = {}", quote(&reason));
    let line = format!("#[deprecated({note})]");
    match fits(indent, &line) {
        true => vec![line],
        false => vec!["#[deprecated(".to_owned(), format!("    {note}"), ")]".to_owned()],
    }
}

fn documentation(candidate: &Candidate<'_>, planned: &Planned) -> Vec<String> {
    let declared: Vec<&Parameter> = candidate.parameters.iter().map(|one| one.declared).collect();
    let named: Vec<(&str, &Parameter)> =
        planned.passed.iter().map(|(name, _)| names::plain(name)).zip(declared).collect();
    docs::lines(&Documentation::of_function(candidate.function, &named))
}

/// The type of all results together.
pub(crate) fn returned(planned: &Planned, place: Place<'_>) -> String {
    if place.makes.is_some() {
        return "Self".to_owned();
    }
    match &planned.given[..] {
        [] => "()".to_owned(),
        [only] => only.ty.clone(),
        several => {
            let all: Vec<&str> = several.iter().map(|one| one.ty.as_str()).collect();
            format!("({})", all.join(", "))
        }
    }
}

/// The entity to load, and its arguments.
fn entity(
    candidate: &Candidate<'_>,
    planned: &Planned,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
) -> Vec<String> {
    let named = |ty: &str, alias: &str| match alias {
        "" => ty.to_owned(),
        alias => format!("{ty} = {}", quote(alias)),
    };
    let receiver = planned.receiver.iter().map(|(entity, _)| entity.clone());
    let passed = planned.passed.iter().map(|(_, one)| named(&one.entity, &one.alias));
    let takes: Vec<String> = receiver.chain(passed).collect();
    let gives: Vec<String> = match place.makes {
        Some(id) => {
            let made = made_class(id, spelling).unwrap_or("stubs::Handle");
            vec![named(made, spelling.classes.get(id).key)]
        }
        None => planned.given.iter().map(|one| named(&one.entity, &one.alias)).collect(),
    };
    let receiver = planned.receiver.iter().map(|(_, pass)| pass.clone());
    let passed: Vec<String> =
        receiver.chain(planned.passed.iter().map(|(_, one)| one.pass.clone())).collect();
    let path = quote(&candidate.function.entity_path.to_string());
    vec![
        format!("{path},"),
        format!("({}) => ({});", takes.join(", "), gives.join(", ")),
        format!("({})", passed.join(", ")),
    ]
}

/// The type that a constructor returns: its class, if that has no type parameters.
fn made_class<'s>(id: ClassId, spelling: &'s Spelling<'_, '_>) -> Option<&'s str> {
    let info = spelling.classes.get(id);
    info.class.type_parameters.is_empty().then_some(info.name.as_str())
}

/// The statements: closures are converted to values, the entity is called, and its
/// results are lifted.
fn body(
    planned: &Planned,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
    entity: &[String],
) -> Vec<String> {
    let closures = planned.passed.iter().filter_map(|(_, one)| one.closure.as_ref());
    let made = |closure: &Closure| {
        let Closure { name, call } = closure;
        let before = format!("let {name} = stubs::closure!");
        braces(place.indent + 4, &before, std::slice::from_ref(call), "?;")
    };
    let mut lines: Vec<String> = closures.flat_map(made).collect();
    let call = |binding: &str, end: &str| {
        braces(place.indent + 4, &format!("{binding}stubs::call!"), entity, end)
    };
    if let Some(id) = place.makes {
        if made_class(id, spelling).is_some() {
            lines.extend(call("", ""));
            return lines;
        }
        lines.extend(call("let made = ", "?;"));
        lines.push("Ok(stubs::Instance::from_handle(made))".to_owned());
        return lines;
    }
    match &planned.given[..] {
        all if all.iter().all(|one| one.lift == Lift::Same) => lines.extend(call("", "")),
        [Given { lift: Lift::Nothing, .. }] => {
            lines.extend(call("", "?;"));
            lines.push("Ok(())".to_owned());
        }
        [only] => {
            lines.extend(call("let result = ", "?;"));
            lines.push(lifted(only, "result"));
        }
        several => {
            let names: Vec<String> = (0..several.len()).map(|at| format!("result_{at}")).collect();
            let joined = names.join(", ");
            lines.extend(call(&format!("let ({joined}) = "), "?;"));
            lines.extend(several.iter().zip(&names).filter_map(|(one, name)| relifted(one, name)));
            lines.push(format!("Ok(({joined}))"));
        }
    }
    lines
}

/// The last expression for one result.
pub(crate) fn lifted(given: &Given, result: &str) -> String {
    match &given.lift {
        Lift::Same => format!("Ok({result})"),
        Lift::Pure(text) => format!("Ok({})", text.replace("{}", result)),
        Lift::Fallible(text) => text.replace("{}", result),
        Lift::Nothing => "Ok(())".to_owned(),
    }
}

/// The statement that lifts one of several results.
fn relifted(given: &Given, name: &str) -> Option<String> {
    match &given.lift {
        Lift::Same => None,
        Lift::Pure(text) => Some(format!("let {name} = {};", text.replace("{}", name))),
        Lift::Fallible(text) => Some(format!("let {name} = {}?;", text.replace("{}", name))),
        Lift::Nothing => Some(format!("let {name} = drop({name});")),
    }
}
