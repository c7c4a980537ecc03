//! The file of the module itself: its binding, its functions, and its constants.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::{Function, Operation};
use metaffi_stubs::{Documentation, Request, Shape};

use crate::entities::{Entities, string_array};
use crate::inherit::{Form, Inheritance, Method, plain};
use crate::javadoc::{Comment, inline};
use crate::literals::{self, quote};
use crate::method_set::MethodSet;
use crate::names::identifier;
use crate::plan::Plan;
use crate::reserved::Root;
use crate::signature::Signature;
use crate::spelling::Spelling;
use crate::view;
use crate::writer::Writer;

/// The version of the stubs that this emitter writes.
const VERSION: u32 = 1;
/// The maximum size in bytes of a string literal.
const MAX_LITERAL: usize = 60_000;

/// The file of the class that has the module's functions.
pub(crate) fn file(plan: &Plan<'_>) -> view::File {
    let spelling = Spelling::new(&plan.taken);
    let constants = constants(plan, &spelling);
    let taken =
        ["MODULE".to_owned()].into_iter().chain(constants.iter().map(|(name, _)| name.clone()));
    let mut entities =
        Entities::new(String::new(), taken.chain(plan.taken.iter().cloned())).split(&plan.taken);
    let types = plan.types(&spelling, HashSet::new());
    let writer = Writer { plan, types: &types };
    let mut methods = vec![private(&plan.module), bind(&spelling)];
    let mut nested = Vec::new();
    for method in signed_functions(plan, &spelling) {
        let types = plan.scoped(types.clone(), &method);
        let writer = Writer { types: &types, ..writer };
        if method.form == Form::Builder {
            let (method, builder) = writer.builder(&method, "public static ", &mut entities);
            methods.push(method);
            nested.push(builder);
        } else {
            methods.push(writer.method(&method, "public static ", &mut entities));
        }
    }
    let mut fields = vec![module_field(plan, &spelling)];
    fields.extend(constants.into_iter().map(|(_, field)| field));
    let own = entities.fields("MODULE", "private ", &spelling);
    fields.extend(own.into_iter().map(view::Field::plain));
    nested.extend(entities.classes("MODULE", &spelling));
    let idl = &plan.adapted.idl;
    let comments = idl.modules.iter().filter(|module| !module.is_external);
    let comment = comments.map(|module| module.comment.as_str()).find(|text| !text.is_empty());
    let documentation = Documentation::of(comment.unwrap_or_default(), None);
    let class = view::Class {
        doc: Comment::of(&documentation, &format!("The module {}.", inline(&idl.idl_source)))
            .lines(),
        annotations: plan.suppressed(&spelling).into_iter().collect(),
        declaration: format!("public final class {}", plan.module),
        fields,
        methods,
        nested,
    };
    plan.file(class, &spelling)
}

/// The functions, each with a distinct signature.
fn signed_functions<'a>(plan: &Plan<'a>, spelling: &Spelling<'_>) -> Vec<Method<'a>> {
    let inheritance = Inheritance {
        classes: &plan.classes,
        members: &plan.members,
        adapted: plan.adapted,
        taken: &plan.taken,
    };
    let mut set = MethodSet {
        root: Root::Object,
        own: Vec::new(),
        inherited: &[],
        classes: &plan.classes,
        taken: &plan.taken,
    };
    for group in &plan.functions {
        for candidate in &group.candidates {
            let method = plain(&group.name, candidate.clone(), true, None);
            for mut method in inheritance.forms(method) {
                let name = std::mem::take(&mut method.signature.name);
                let builder = std::mem::take(&mut method.signature.returns);
                let mut types = plan.types(spelling, HashSet::new());
                method.signature = Signature::of(&name, &method.candidate, &mut types);
                if method.form == Form::Builder {
                    method.signature.returns = builder;
                }
                set.add(method, false);
            }
        }
    }
    set.own
}

fn private(name: &str) -> view::Method {
    view::Method {
        doc: Vec::new(),
        annotations: Vec::new(),
        declaration: format!("private {name}()"),
        body: Vec::new(),
    }
}

fn bind(spelling: &Spelling<'_>) -> view::Method {
    let string = spelling.lang("String");
    let summary =
        "Binds these stubs to the module's code; each entity is loaded at its first call.";
    let path = "the module's path, paths joined by <code>;</code>, or an importable name";
    let runtime = "the runtime plugin that loads it: <code>python3</code>, <code>openjdk</code>, \
                   <code>go</code>";
    let doc = Comment::plain(summary)
        .tag(format!("@param modulePath {path}"))
        .tag(format!("@param runtimePlugin {runtime}"));
    view::Method {
        doc: doc.lines(),
        annotations: Vec::new(),
        declaration: format!(
            "public static void bindModuleToCode({string} modulePath, {string} runtimePlugin)"
        ),
        body: vec!["MODULE.bind(modulePath, runtimePlugin);".to_owned()],
    }
}

fn module_field(plan: &Plan<'_>, spelling: &Spelling<'_>) -> view::Field {
    let module = spelling.stubs("StubModule");
    let made_by = quote(env!("CARGO_PKG_VERSION"));
    let text = format!(
        "static final {module} MODULE = new {module}({}.class, {VERSION}, {made_by})",
        plan.module
    );
    let mut chain: Vec<String> = Vec::new();
    for chunk in chunks(plan) {
        chain.push(format!(".classes({})", quote(&chunk)));
    }
    for (name, request) in operations(plan) {
        let (parameters, results) =
            (string_array(&request.parameters, spelling), string_array(&request.results, spelling));
        chain.push(format!(
            ".operation({}, {}, {parameters}, {results})",
            quote(&name),
            quote(&request.path)
        ));
    }
    view::Field { doc: Vec::new(), text, chain }
}

/// Which stub belongs to which class, in chunks that fit a literal.
fn chunks(plan: &Plan<'_>) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    for id in plan.classes.ids().filter(|id| plan.hierarchy.of_jdk(*id).is_none()) {
        let info = plan.classes.get(id);
        let line = format!("{}\t{}", info.runtime_name(), info.name);
        match chunks.last_mut().filter(|last| last.len() + line.len() < MAX_LITERAL / 3) {
            Some(last) => {
                last.push('\n');
                last.push_str(&line);
            }
            None => chunks.push(line),
        }
    }
    chunks
}

/// The operations that apply to any object of the guest.
fn operations(plan: &Plan<'_>) -> BTreeMap<String, Request> {
    let idl = &plan.adapted.idl;
    let mut all = BTreeMap::new();
    let of_objects: [(&str, &Option<Function>); 2] =
        [("class_of", &idl.class_of), ("supertypes_of", &idl.supertypes_of)];
    for (name, function) in of_objects {
        if let Some(function) = function {
            all.insert(name.to_owned(), Request::of_function(function));
        }
    }
    for (operation, function) in &idl.object_operations {
        let name = Operation::ALL.iter().find(|(_, one)| one == operation);
        let name = name.map_or("", |(name, _)| name);
        all.insert(name.to_owned(), Request::of_function(function));
    }
    all
}

/// Constants, under names that no class has.
fn constants(plan: &Plan<'_>, spelling: &Spelling<'_>) -> Vec<(String, view::Field)> {
    let mut taken: HashSet<String> = plan.taken.clone();
    taken.insert("MODULE".to_owned());
    let types = plan.types(spelling, HashSet::new());
    let mut constants = Vec::new();
    for global in plan.adapted.idl.modules.iter().flat_map(|module| &module.globals) {
        let shape = Shape::of(&global.value, &plan.classes);
        let value = global.constant.as_ref().and_then(|value| literals::of_value(value, &shape));
        let Some(value) = value else { continue };
        let mut name = identifier(&global.value.name);
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        let ty = types.result(&shape);
        let value = match shape {
            Shape::Value(..) => format!("new {ty}({value})"),
            _ => value,
        };
        let documentation = Documentation::of(&global.value.comment, None);
        let doc =
            Comment::of(&documentation, &format!("The guest's {}.", inline(&global.value.name)));
        let text = format!("public static final {ty} {name} = {value}");
        constants.push((name, view::Field { doc: doc.lines(), ..view::Field::plain(text) }));
    }
    constants
}
