//! Functions with optional arguments: one that takes the required arguments, and one
//! that returns a builder, on which the others are set.

use metaffi_idl::{Base, Parameter, Passing};
use metaffi_stubs::{Argument, Candidate, Documentation, Names, Shape};

use crate::callables::{
    Place, Planned, deprecation, function, lifted, parameter_names, plan, returned,
};
use crate::layout::{braces, is_skipped, signature};
use crate::literals::{default, quote};
use crate::parameters::{Parameters, Passed, unboxed};
use crate::spelling::{Scope, Spelling};
use crate::{docs, names, view};

/// The maximum number of arguments of a typed entity; see `LowerAll`.
const MOST_ARGUMENTS: usize = 24;

/// The maximum length of a method chain on one line: rustfmt's `chain_width`.
const CHAIN_WIDTH: usize = 60;

/// Whether a function gets a builder: it has optional arguments other than variadic ones,
/// or is asynchronous.
pub(crate) fn has_optional(candidate: &Candidate<'_>) -> bool {
    candidate.function.is_async
        || has_many(candidate)
        || candidate.parameters.iter().any(|one| is_optional(one) || is_by_name(one))
}

/// Whether it has more arguments than a tuple of arguments can have.
fn has_many(candidate: &Candidate<'_>) -> bool {
    candidate.parameters.len() + usize::from(candidate.receiver.is_some()) > MOST_ARGUMENTS
}

fn is_optional(argument: &Argument<'_>) -> bool {
    argument.declared.is_optional && argument.declared.passing != Passing::Variadic
}

fn is_by_name(argument: &Argument<'_>) -> bool {
    matches!(argument.declared.passing, Passing::KeywordOnly | Passing::KeywordVariadic)
}

fn is_required(argument: &Argument<'_>) -> bool {
    !argument.declared.is_optional && argument.declared.passing != Passing::KeywordVariadic
}

/// The function that takes the required arguments only.
pub(crate) fn required_only(
    candidate: &Candidate<'_>,
    name: &str,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
) -> view::Function {
    let by_place = required_by_place(candidate);
    if let Some(required) = by_place.filter(|one| !one.function.is_async && !has_many(one)) {
        return function(&required, name, place, spelling);
    }
    let parts = Parts::of(candidate, place, spelling);
    let returns = outcome(candidate, &returned(&parts.planned, place), spelling);
    let before = format!("pub fn {name}");
    let call = format!("{name}_with");
    let owner = match (candidate.receiver, place.indent > 4) {
        (Some(_), _) => "self.",
        (None, true) => "Self::",
        (None, false) => "",
    };
    let named: Vec<&str> = parts.required.iter().map(|one| one.name.as_str()).collect();
    let opened = format!("{owner}{}({})", names::member(names::plain(&call)), named.join(", "));
    let parameters = parts.parameters(candidate);
    let after = format!(" -> {returns} {{");
    let head = signature(place.indent, &before, &parts.generics, &parameters, &after);
    view::Function {
        docs: parts.docs.clone(),
        deprecated: deprecation(candidate.function.deprecated.as_deref(), place.indent),
        is_skipped: is_skipped(place.indent, &head),
        head,
        body: called(&opened, owner),
    }
}

/// `opened.call()`, on two lines if rustfmt breaks the method chain.
fn called(opened: &str, owner: &str) -> Vec<String> {
    let line = format!("{opened}.call()");
    if owner != "self." || line.chars().count() <= CHAIN_WIDTH {
        return vec![line];
    }
    vec![opened.to_owned(), "    .call()".to_owned()]
}

/// The type that a call returns: a result, or a future of one.
fn outcome(candidate: &Candidate<'_>, of: &str, spelling: &Spelling<'_, '_>) -> String {
    match candidate.function.is_async {
        true => format!("stubs::Awaited<{of}>"),
        false => spelling.result(of),
    }
}

/// The candidate with the required arguments only, if the others need not be passed.
fn required_by_place<'a>(candidate: &Candidate<'a>) -> Option<Candidate<'a>> {
    let path = &candidate.function.entity_path;
    if path.has_tag("varargs") || path.has_tag("named_args") {
        return None;
    }
    let required = candidate.parameters.iter().take_while(|one| is_required(one));
    let parameters: Vec<Argument<'a>> = required.cloned().collect();
    let are_all = candidate.parameters[parameters.len()..].iter().all(|one| !is_required(one));
    are_all.then(|| Candidate { parameters, ..candidate.clone() })
}

/// The function that returns the builder, and the builder. `None` if there are several
/// results.
pub(crate) fn with_builder(
    candidate: &Candidate<'_>,
    name: &str,
    place: Place<'_>,
    spelling: &Spelling<'_, '_>,
    builder: &str,
) -> Option<(view::Function, view::Builder)> {
    let parts = Parts::of(candidate, place, spelling);
    if candidate.results.len() > 1 {
        return None;
    }
    let before = format!("pub fn {}", names::member(&format!("{}_with", names::plain(name))));
    let head = signature(
        place.indent,
        &before,
        &parts.generics,
        &parts.parameters(candidate),
        &format!(" -> {builder} {{"),
    );
    let opened = view::Function {
        docs: vec![format!("`{}` with optional arguments.", names::plain(name))],
        deprecated: deprecation(candidate.function.deprecated.as_deref(), place.indent),
        is_skipped: is_skipped(place.indent, &head),
        head,
        body: parts.opening(candidate, builder, place.indent),
    };
    Some((opened, parts.builder(candidate, place, spelling, builder, name)))
}

/// An argument of a builder.
struct Taken {
    name: String,
    guest_name: String,
    ty: String,
    generics: Vec<String>,
    /// The value, in a `Result`.
    value: String,
    /// Its position among positional arguments; `None` if it is passed by name.
    at: Option<usize>,
}

struct Parts {
    planned: Planned,
    required: Vec<Taken>,
    optional: Vec<(usize, Taken)>,
    generics: Vec<String>,
    docs: Vec<String>,
}

impl Parts {
    fn of(candidate: &Candidate<'_>, place: Place<'_>, spelling: &Spelling<'_, '_>) -> Parts {
        // A builder has no type parameters: these become any value.
        let mut planned = plan(candidate, Place { scope: &[], ..place }, spelling, |_| false);
        let named = parameter_names(candidate);
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        let mut by_place = usize::from(candidate.receiver.is_some());
        for (index, (argument, name)) in candidate.parameters.iter().zip(named).enumerate() {
            let is_placed = !is_by_name(argument) && argument.declared.passing != Passing::Variadic;
            let at = is_placed.then(|| {
                by_place += 1;
                by_place - 1
            });
            let taken = taken(argument, name, at, spelling, &mut planned.scope);
            match is_required(argument) {
                true => required.push(taken),
                false => optional.push((index, taken)),
            }
        }
        let generics = required.iter().flat_map(|one: &Taken| one.generics.clone()).collect();
        let comments = candidate.parameters.iter().zip(parameter_names(candidate));
        let comments: Vec<(String, &Parameter)> =
            comments.map(|(one, name)| (names::plain(&name).to_owned(), one.declared)).collect();
        let comments: Vec<(&str, &Parameter)> =
            comments.iter().map(|(name, one)| (name.as_str(), *one)).collect();
        let docs = Documentation::of_function(candidate.function, &comments);
        Parts { planned, required, optional, generics, docs: docs::lines(&docs) }
    }

    fn parameters(&self, candidate: &Candidate<'_>) -> Vec<String> {
        let receiver = candidate.receiver.map(|_| "&self".to_owned());
        let own = self.required.iter().map(|one| format!("{}: {}", one.name, one.ty));
        receiver.into_iter().chain(own).collect()
    }

    /// The statements that make the builder with the required arguments.
    fn opening(&self, candidate: &Candidate<'_>, builder: &str, indent: usize) -> Vec<String> {
        let mut lines = vec!["let given = stubs::Given::default();".to_owned()];
        if candidate.receiver.is_some() {
            lines.extend(passed(indent, "given", "at(0, Ok(stubs::to_value(self)))"));
        }
        lines.extend(self.required.iter().flat_map(|one| passed(indent, "given", &one.set())));
        lines.push(format!("{builder}(given)"));
        lines
    }

    fn builder(
        &self,
        candidate: &Candidate<'_>,
        place: Place<'_>,
        spelling: &Spelling<'_, '_>,
        builder: &str,
        name: &str,
    ) -> view::Builder {
        let path = &candidate.function.entity_path;
        let mut given = Names::new(names::member).without(["call", "clone", "fmt"]);
        let setters = self
            .optional
            .iter()
            .map(|(index, one)| setter(one, candidate.parameters[*index].declared, &mut given));
        let setters = setters.collect();
        let placed = candidate
            .parameters
            .iter()
            .filter(|one| !is_by_name(one) && one.declared.passing != Passing::Variadic);
        let receiver =
            candidate.receiver.map(|_| view::Place { name: quote("self"), default: "None".into() });
        let by_place = placed.map(|one| view::Place {
            name: quote(one.name),
            default: default(one.declared.default_value.as_ref()),
        });
        let returns = match place.makes {
            Some(id) => spelling.class(id, &[], &self.planned.scope),
            None => returned(&self.planned, place),
        };
        let (entity_result, body) = match (&self.planned.given[..], place.makes) {
            (_, Some(_)) => {
                ("stubs::Handle".to_owned(), "Ok(stubs::Instance::from_handle(result))".to_owned())
            }
            ([], _) => ("stubs::Value".to_owned(), "Ok(())".to_owned()),
            ([only, ..], _) => (only.entity.clone(), lifted(only, "result")),
        };
        let call = format!("pub fn call(self) -> {} {{", outcome(candidate, &returns, spelling));
        let binding = if body == "Ok(())" { "_" } else { "result" };
        view::Builder {
            docs: vec![format!(
                "Collects the arguments of `{}`; [`call`](Self::call) calls it.",
                names::plain(name)
            )],
            name: builder.to_owned(),
            path: quote(&path.to_string()),
            has_rest: candidate
                .parameters
                .iter()
                .any(|one| one.declared.passing == Passing::Variadic),
            has_named: path.has_tag("named_args"),
            by_place: receiver.into_iter().chain(by_place).collect(),
            setters,
            is_skipped: is_skipped(8, std::slice::from_ref(&call)),
            call,
            is_async: candidate.function.is_async,
            entity_result,
            body: vec![format!("let {binding} = "), body],
        }
    }
}

/// The statement that passes another argument.
fn passed(indent: usize, given: &str, set: &str) -> Vec<String> {
    braces(indent + 4, "let given = stubs::pass!", &[format!("{given}.{set}")], ";")
}

fn setter(one: &Taken, declared: &Parameter, given: &mut Names) -> view::Setter {
    let name = given.give(names::plain(&one.name));
    let (parameters, set) = match declared.passing {
        Passing::KeywordVariadic => (
            vec![
                "self".to_owned(),
                "name: &str".to_owned(),
                "value: impl Into<stubs::Value>".to_owned(),
            ],
            "named(name, Ok(value.into()))".to_owned(),
        ),
        _ => (vec!["self".to_owned(), format!("{}: {}", one.name, one.ty)], one.set()),
    };
    let before = format!("pub fn {name}");
    view::Setter {
        docs: docs::of_comment(&declared.comment),
        head: signature(8, &before, &one.generics, &parameters, " -> Self {"),
        body: passed(8, "self.0", &set).into_iter().chain(["Self(given)".to_owned()]).collect(),
    }
}

impl Taken {
    fn set(&self) -> String {
        match self.at {
            Some(at) => format!("at({at}, {})", self.value),
            None if self.value.starts_with("stubs::rest") => format!("rest({})", self.value),
            None => format!("named({}, {})", quote(&self.guest_name), self.value),
        }
    }
}

fn taken(
    argument: &Argument<'_>,
    name: String,
    at: Option<usize>,
    spelling: &Spelling<'_, '_>,
    scope: &mut Scope,
) -> Taken {
    let guest_name = argument.name.to_owned();
    let made = |ty: String, generics: Vec<String>, value: String| Taken {
        name: name.clone(),
        guest_name: guest_name.clone(),
        ty,
        generics,
        value,
        at,
    };
    let sequence = || format!("impl {}<stubs::Sequence>", spelling.std("Into"));
    if argument.declared.passing == Passing::Variadic {
        return made(sequence(), Vec::new(), format!("stubs::rest({name})"));
    }
    if argument.declared.passing == Passing::KeywordVariadic {
        return made(String::new(), Vec::new(), String::new()); // the setter takes name and value
    }
    let shape = given_shape(argument);
    let passed = Parameters { spelling, scope }.as_value(shape.clone(), argument, &name);
    match value_of(&shape, &passed, &name) {
        Some(value) => made(passed.ty, passed.generics, value),
        None => made(sequence(), Vec::new(), format!("Ok(stubs::any::<stubs::Sequence>({name}))")),
    }
}

/// The shape of an argument that is given: an optional one is not null then.
fn given_shape(argument: &Argument<'_>) -> Shape {
    let unboxed = unboxed(&argument.shape, &argument.declared.tree);
    match unboxed {
        Shape::Optional(of) if !is_required(argument) => *of,
        Shape::Scalar(Base::Size) => Shape::Scalar(Base::Uint64),
        shape => shape,
    }
}

/// The expression that is passed, as a `Result` of a value; `None` if that needs a list.
fn value_of(shape: &Shape, passed: &Passed, name: &str) -> Option<String> {
    if let Some(closure) = &passed.closure {
        return Some(format!("stubs::closure! {{ {} }}.map(Into::into)", closure.call));
    }
    if passed.entity == "stubs::Value" {
        let fallible = passed.pass.strip_suffix('?');
        return Some(fallible.map_or_else(|| format!("Ok({})", passed.pass), str::to_owned));
    }
    match shape {
        Shape::Object(..) | Shape::Handle => Some(format!("stubs::object({name})")),
        Shape::Optional(of) if matches!(**of, Shape::Object(..) | Shape::Handle) => {
            Some(format!("stubs::object({name})"))
        }
        Shape::Function(..) => Some(format!("Ok({name}.clone().into())")),
        Shape::Optional(of) if matches!(**of, Shape::Function(..)) => {
            Some(format!("Ok({name}.cloned().into())"))
        }
        Shape::Array(of) if **of == Shape::Text => Some(format!("Ok({name}.to_vec().into())")),
        Shape::Array(of) if matches!(**of, Shape::Object(..)) => {
            Some(format!("stubs::values({name}).map(Into::into)"))
        }
        Shape::Bytes | Shape::Array(_) | Shape::Packed(_) if passed.ty.starts_with("&[") => {
            (passed.pass == name).then(|| format!("Ok(stubs::array({name}))"))
        }
        Shape::Bytes | Shape::Array(_) | Shape::Packed(_) => {
            Some(format!("Ok({}.into())", passed.pass))
        }
        Shape::Optional(of) if of.is_array() => None,
        _ => Some(format!("Ok({name}.into())")),
    }
}
