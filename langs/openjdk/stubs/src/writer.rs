//! Methods, and the builders of methods that take arguments by name.

use metaffi_idl::{Function, Operation, Parameter, Passing};
use metaffi_stubs::{Candidate, Documentation, Names, Request, Shape, type_text};

use crate::body::Call;
use crate::entities::Entities;
use crate::functional::with_arguments;
use crate::inherit::Method;
use crate::javadoc::{Comment, inline};
use crate::names::identifier;
use crate::plan::Plan;
use crate::signature::{Signature, parameter_names};
use crate::types::Types;
use crate::view;

/// Writes methods with these types in scope.
pub(crate) struct Writer<'w, 'a> {
    pub(crate) plan: &'w Plan<'a>,
    pub(crate) types: &'w Types<'w, 'a>,
}

/// Names that no setter of a builder may have.
const OF_BUILDERS: &[&str] = &[
    "call",
    "invoke",
    "put",
    "putRest",
    "equals",
    "wait",
    "hashCode",
    "toString",
    "getClass",
    "notify",
    "notifyAll",
    "clone",
    "finalize",
];

impl<'a> Writer<'_, 'a> {
    /// `String name, int... others`.
    pub(crate) fn parameters(&self, signature: &Signature, names: &[String]) -> String {
        let both = signature.takes.iter().zip(names);
        both.map(|(ty, name)| format!("{ty} {name}")).collect::<Vec<_>>().join(", ")
    }

    /// `public static <T> T first(List<T> of)`.
    fn declaration(&self, method: &Method<'_>, access: &str, names: &[String]) -> String {
        // The types that the parameters name are imported here.
        let mut types = self.types.clone();
        Signature::of(&method.signature.name, &method.candidate, &mut types);
        let Signature { name, returns, variables, .. } = &method.signature;
        let variables = match &variables[..] {
            [] => String::new(),
            all => format!("<{}> ", all.join(", ")),
        };
        let parameters = self.parameters(&method.signature, names);
        format!("{access}{variables}{returns} {name}({parameters})")
    }

    pub(crate) fn method(
        &self,
        method: &Method<'a>,
        access: &str,
        entities: &mut Entities,
    ) -> view::Method {
        let candidate = &method.candidate;
        let names = match method.operation {
            Some(Operation::Equal) => vec!["other".to_owned()],
            _ => parameter_names(candidate, &self.plan.taken),
        };
        let has_handle = candidate.receiver.is_some_and(|id| !self.plan.classes.is_value(id));
        let mut request = Request::of(candidate, &self.plan.classes, self.plan.has_null_elements);
        if candidate.parameters.is_empty() && candidate.function.parameters.len() == 1 {
            request.parameters.truncate(1);
        }
        let entity = entities.field(&method.signature.name, request);
        let call = Call { candidate, names: &names, entity: &entity, has_handle };
        let statements = call.statements(self.types, method.operation);
        let function = candidate.function;
        let mut annotations = Vec::new();
        if method.overrides && !method.is_static {
            annotations.push(self.types.spelling.lang("Override"));
        }
        if function.deprecated.is_some() {
            annotations.push(self.types.spelling.lang("Deprecated"));
        }
        let summary = format!("Calls the guest's {}.", inline(&function.name));
        let mut doc = self.comment(candidate, &names, &summary);
        for variable in &method.signature.variables {
            doc = doc.tag(format!("@param <{variable}> a type of the guest"));
        }
        if method.signature.returns != "void" {
            doc = doc.tag(self.returned(candidate));
        }
        let has_docs =
            !(method.overrides && function.comment.is_empty()) || function.deprecated.is_some();
        view::Method {
            doc: if has_docs { doc.lines() } else { Vec::new() },
            annotations,
            declaration: self.declaration(method, access, &names),
            body: self.asynchronous(function, self.guarded(statements, &[])),
        }
    }

    fn returned(&self, candidate: &Candidate<'_>) -> String {
        let comments = candidate.results.iter().map(|one| inline(&one.declared.comment));
        let comments: Vec<String> = comments.filter(|text| !text.is_empty()).collect();
        let is_nullable =
            matches!(&candidate.results[..], [one] if matches!(one.shape, Shape::Optional(_)));
        let what =
            if comments.is_empty() { "the guest's result".to_owned() } else { comments.join("; ") };
        format!("@return {what}{}", if is_nullable { "; may be null" } else { "" })
    }

    /// The comment of a function, with the documentation of its parameters.
    pub(crate) fn comment(
        &self,
        candidate: &Candidate<'_>,
        names: &[String],
        summary: &str,
    ) -> Comment {
        let function = candidate.function;
        let documentation = Documentation::of(&function.comment, function.deprecated.as_deref());
        let mut comment = Comment::of(&documentation, summary);
        for (argument, name) in candidate.parameters.iter().zip(names) {
            let text = inline(&argument.declared.comment);
            let is_nullable = matches!(argument.shape, Shape::Optional(_));
            let text = if text.is_empty() {
                format!("the guest's {}", inline(argument.name))
            } else {
                text
            };
            let null = if is_nullable { "; may be null" } else { "" };
            comment = comment.tag(format!("@param {name} {text}{null}"));
        }
        comment
    }

    /// Wraps statements so that errors are thrown as exceptions of the stubs.
    pub(crate) fn guarded(&self, statements: Vec<String>, before: &[String]) -> Vec<String> {
        let throwable = self.types.spelling.lang("Throwable");
        let mut lines = before.to_vec();
        lines.push("try {".to_owned());
        lines.extend(statements.into_iter().map(|line| format!("  {line}")));
        lines.push(format!("}} catch ({throwable} e) {{"));
        lines.push(format!("  throw {}.raised(e);", self.types.module));
        lines.push("}".to_owned());
        lines
    }

    /// The body of an asynchronous function starts a future that waits for the guest.
    fn asynchronous(&self, function: &Function, mut body: Vec<String>) -> Vec<String> {
        if !function.is_async {
            return body;
        }
        if !body.iter().any(|line| line.trim_start().starts_with("return ")) {
            body.push("return null;".to_owned());
        }
        let futures = self.types.spelling.stubs("Futures");
        let mut lines = vec![format!("return {futures}.of("), "    () -> {".to_owned()];
        lines.extend(body.into_iter().map(|line| format!("      {line}")));
        lines.push("    });".to_owned());
        lines
    }

    /// A method that returns a builder, and the builder.
    pub(crate) fn builder(
        &self,
        method: &Method<'a>,
        access: &str,
        entities: &mut Entities,
    ) -> (view::Method, view::Class) {
        let candidate = &method.candidate;
        let plan = self.plan;
        let named = plan.adapted.named(candidate.function).unwrap_or(candidate.function);
        let names = parameter_names(candidate, &plan.taken);
        let class = &method.signature.returns;
        let entity =
            entities.field(&format!("{}_named", method.signature.name), by_name(candidate, named));
        let types = plan.types(self.types.spelling, std::collections::HashSet::new());
        let inner = Writer { plan, types: &types };
        let object = types.spelling.lang("Object");
        let lowered = candidate.parameters.iter().zip(&names);
        let lowered = lowered.map(|(one, name)| self.types.lowered(&one.shape, name, 0));
        let receiver = candidate.receiver.map(|_| "metaffiTarget()".to_owned());
        let all: Vec<String> = receiver.into_iter().chain(lowered).collect();
        let positional = match &all[..] {
            [] => format!("new {object}[0]"),
            all => format!("new {object}[] {{{}}}", all.join(", ")),
        };
        let doc =
            self.comment(candidate, &names, &format!("Calls the guest's {}.", inline(&named.name)));
        let mut doc =
            doc.tag("@return a builder that takes the remaining arguments by name".to_owned());
        for variable in &method.signature.variables {
            doc = doc.tag(format!("@param <{variable}> a type of the guest"));
        }
        let deprecated = named.deprecated.as_ref().map(|_| types.spelling.lang("Deprecated"));
        let written = view::Method {
            doc: doc.lines(),
            annotations: deprecated.into_iter().collect(),
            declaration: self.declaration(method, access, &names),
            body: vec![format!("return new {class}({positional});")],
        };
        (written, inner.builder_class(class, candidate, named, &entity))
    }

    fn builder_class(
        &self,
        class: &str,
        candidate: &Candidate<'a>,
        named: &Function,
        entity: &str,
    ) -> view::Class {
        let (spelling, object) = (self.types.spelling, self.types.spelling.lang("Object"));
        let mut names = Names::new(identifier).without(OF_BUILDERS.iter().copied());
        let mut methods = vec![view::Method {
            doc: Vec::new(),
            annotations: Vec::new(),
            declaration: format!("private {class}({object}[] positional)"),
            body: vec![format!("super({entity}, positional);")],
        }];
        if let Some(rest) = rest_of(named) {
            let element = self.types.element(Shape::of(rest, &self.plan.classes).element());
            methods[0].body.push(format!("putRest(new {element}[] {{}});"));
            let name = names.give(&rest.name);
            methods.push(self.setter(
                class,
                rest,
                &name,
                &format!("{element}..."),
                "putRest(value);",
            ));
        }
        for parameter in named.parameters.iter().filter(|one| is_by_name(one)) {
            let name = names.give(&parameter.name);
            let (ty, put) = self.put(parameter);
            methods.push(self.setter(class, parameter, &name, &ty, &put));
        }
        methods.push(self.caller(candidate));
        let summary = format!("Named arguments of the guest's {}.", inline(&named.name));
        view::Class {
            doc: Comment::plain(&summary).lines(),
            annotations: Vec::new(),
            declaration: format!(
                "public static final class {class} extends {}",
                spelling.stubs("NamedCall")
            ),
            fields: Vec::new(),
            methods,
            nested: Vec::new(),
        }
    }

    /// The type of an argument passed by name, and the expression that passes it.
    fn put(&self, parameter: &Parameter) -> (String, String) {
        if parameter.passing == Passing::KeywordVariadic {
            let arguments = [self.types.spelling.lang("String"), "?".to_owned()];
            let map = with_arguments(&self.types.spelling.util("Map"), &arguments);
            return (map, "value.forEach(this::put);".to_owned());
        }
        let shape = Shape::of(parameter, &self.plan.classes);
        let lowered = self.types.lowered(&shape, "value", 0);
        let name = crate::literals::quote(&parameter.name);
        (self.types.parameter(&shape), format!("put({name}, {lowered});"))
    }

    /// A setter of a builder.
    fn setter(
        &self,
        class: &str,
        parameter: &Parameter,
        name: &str,
        ty: &str,
        put: &str,
    ) -> view::Method {
        let text = inline(&parameter.comment);
        let own = inline(&parameter.name);
        let documentation = if text.is_empty() { format!("the guest's {own}") } else { text };
        let doc = Comment::plain(&format!("Passes {own}."))
            .tag(format!("@param value {documentation}"))
            .tag("@return this".to_owned());
        view::Method {
            doc: doc.lines(),
            annotations: Vec::new(),
            declaration: format!("public {class} {name}({ty} value)"),
            body: vec![put.to_owned(), "return this;".to_owned()],
        }
    }

    /// The method that makes the call.
    fn caller(&self, candidate: &Candidate<'a>) -> view::Method {
        let returns = crate::signature::returned(candidate, self.types);
        let object = self.types.spelling.lang("Object");
        let call = "invoke()".to_owned();
        let statements = match &candidate.results[..] {
            [] => vec![format!("{call};")],
            [one] if one.shape == Shape::Null => vec![format!("{call};")],
            [one] => vec![format!("return {};", self.types.lifted(&one.shape, &call, 0))],
            _ => vec![format!("return ({object}[]) {}.any({call});", self.types.module)],
        };
        let mut doc = Comment::plain("Makes the call.");
        if returns != "void" {
            doc = doc.tag(self.returned(candidate));
        }
        view::Method {
            doc: doc.lines(),
            annotations: Vec::new(),
            declaration: format!("public {returns} call()"),
            body: self.asynchronous(candidate.function, self.guarded(statements, &[])),
        }
    }
}

/// The argument that takes all remaining positional arguments.
fn rest_of(named: &Function) -> Option<&Parameter> {
    named.parameters.iter().find(|one| one.passing == Passing::Variadic)
}

/// Whether an argument can be passed by name instead of by position.
fn is_by_name(parameter: &Parameter) -> bool {
    match parameter.passing {
        Passing::KeywordOnly | Passing::KeywordVariadic => true,
        Passing::Ordinary => parameter.is_optional,
        Passing::PositionalOnly | Passing::Variadic => false,
    }
}

/// The entity that takes its last argument by name.
fn by_name(candidate: &Candidate<'_>, named: &Function) -> Request {
    let path = match named.entity_path.has_tag("named_args") {
        true => named.entity_path.clone(),
        false => named.entity_path.clone().tag("named_args"),
    };
    let receiver = candidate.receiver.map(|_| "handle".to_owned());
    let parameters = candidate.parameters.iter().map(|one| type_text(one.declared));
    let parameters = parameters.chain(rest_of(named).map(type_text));
    Request {
        path: path.to_string(),
        parameters: receiver.into_iter().chain(parameters).chain(["any".to_owned()]).collect(),
        results: candidate.results.iter().map(|one| type_text(one.declared)).collect(),
    }
}
