//! What the templates print: names, expressions, statements, all decided.

use std::collections::HashMap;

use serde::Serialize;

use crate::answer::{self, EntryKind, GoType, Kind, Package};
use crate::names::Names;

use super::func::{Func, Glue};
use super::implement::Implementation;
use super::{lift, lower};

/// What the entries of one file have in common.
pub(crate) struct Shared {
    pub(crate) names: Names,
    /// The name under which xcall is imported, and the name of the frame.
    pub(crate) xcall: String,
    pub(crate) frame: String,
    receiver: String,
    /// In the glue of funcs: the foreign function, a call of it, the Go func.
    pub(super) callee: String,
    pub(super) call: String,
    pub(super) function: String,
    arguments: Vec<String>,
    results: Vec<String>,
    hoisted: Vec<Variable>,
    arrays: Vec<Array>,
    funcs: Vec<Func>,
    /// The functions of entries, by their numbers.
    functions: HashMap<u32, String>,
}

/// A package-level variable, which makes its value only once.
#[derive(Serialize)]
pub(crate) struct Variable {
    name: String,
    value: String,
}

impl Variable {
    pub(super) const fn new(name: String, value: String) -> Variable {
        Variable { name, value }
    }
}

/// A function that lifts a Go array.
#[derive(Serialize)]
pub(crate) struct Array {
    name: String,
    go: String,
    lifter: String,
}

/// The local names in such a function.
#[derive(Serialize)]
struct ArrayNames {
    slot: String,
    items: String,
    lifted: String,
    err: String,
}

impl Shared {
    pub(crate) fn new(mut names: Names) -> Shared {
        let xcall = names.xcall().to_owned();
        let frame = names.fresh("frame");
        let receiver = names.fresh("self");
        let (callee, call) = (names.fresh("callee"), names.fresh("call"));
        let function = names.fresh("function");
        let (arguments, results, hoisted, arrays, funcs) = Default::default();
        Shared {
            names,
            xcall,
            frame,
            receiver,
            callee,
            call,
            function,
            arguments,
            results,
            hoisted,
            arrays,
            funcs,
            functions: HashMap::new(),
        }
    }

    /// The variable that holds `value`.
    pub(crate) fn hoist(&mut self, what: &str, value: String) -> String {
        if let Some(known) = self.hoisted.iter().find(|variable| variable.value == value) {
            return known.name.clone();
        }
        let name = self.names.function(&[what]);
        self.hoisted.push(Variable { name: name.clone(), value });
        name
    }

    /// The function that lifts the Go array `go` with the lifter of a slice.
    pub(crate) fn array(&mut self, go: &str, lifter: &str) -> String {
        if let Some(known) = self.arrays.iter().find(|array| array.go == go) {
            return known.name.clone();
        }
        let name = self.names.function(&["LiftArray"]);
        self.arrays.push(Array {
            name: name.clone(),
            go: go.to_owned(),
            lifter: lifter.to_owned(),
        });
        name
    }

    /// The variable that holds how funcs of the type are passed. It is named before its glue is
    /// written: a func type may be nested in itself.
    pub(crate) fn func(&mut self, of: &GoType) -> String {
        let go = self.names.resolve(&of.go);
        if let Some(known) = self.funcs.iter().find(|func| func.go == go) {
            return known.name.clone();
        }
        let name = self.names.function(&["Func"]);
        let at = self.funcs.len();
        self.funcs.push(Func { name: name.clone(), go, glue: Glue::default() });
        if let Some(signature) = &of.func {
            self.funcs[at].glue = Glue::new(signature, self);
        }
        name
    }

    /// The type of a slice's elements, as an expression.
    pub(crate) fn element_name(&mut self, of: &GoType) -> String {
        of.elem.as_deref().map_or_else(String::new, |element| self.names.resolve(&element.go))
    }

    pub(super) fn argument(&mut self, index: usize) -> String {
        while self.arguments.len() <= index {
            let name = self.names.fresh(&format!("arg{}", self.arguments.len() + 1));
            self.arguments.push(name);
        }
        self.arguments[index].clone()
    }

    pub(super) fn result(&mut self, index: usize) -> String {
        while self.results.len() <= index {
            let name = self.names.fresh(&format!("ret{}", self.results.len() + 1));
            self.results.push(name);
        }
        self.results[index].clone()
    }
}

/// A file of one package.
#[derive(Serialize)]
pub(crate) struct File<'a> {
    package: &'a str,
    xcall: String,
    frame: String,
    /// The predeclared `error` and its `nil`, and `nil` as a pointer to it.
    error: String,
    nil: String,
    any: String,
    no_error: String,
    imports: Vec<Import>,
    variables: Vec<Variable>,
    arrays: Vec<Array>,
    array_names: ArrayNames,
    funcs: Vec<Func>,
    implementations: Vec<Implementation>,
    receiver: String,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Import {
    name: String,
    path: String,
}

impl<'a> File<'a> {
    pub(crate) fn new(
        package: &'a Package,
        entries: Vec<Entry>,
        implementations: Vec<Implementation>,
        mut shared: Shared,
        blank: &[&str],
    ) -> File<'a> {
        let import = |(path, name): (&str, &str)| Import { name: name.into(), path: path.into() };
        let named = shared.names.imports();
        let mut imports: Vec<Import> =
            named.chain(blank.iter().map(|path| (*path, "_"))).map(import).collect();
        imports.sort_by(|a, b| (&a.path, &a.name).cmp(&(&b.path, &b.name)));
        let array_names = ArrayNames {
            slot: shared.names.fresh("slot"),
            items: shared.names.fresh("items"),
            lifted: shared.names.fresh("lifted"),
            err: shared.names.fresh("err"),
        };
        let (error, nil) = (shared.names.predeclared("error"), shared.names.nil(""));
        let any = shared.names.predeclared("any");
        let no_error = shared.names.nil("*");
        let Shared { xcall, frame, receiver, hoisted: variables, arrays, funcs, .. } = shared;
        let package = &package.name;
        File {
            package,
            xcall,
            frame,
            error,
            nil,
            any,
            no_error,
            imports,
            variables,
            arrays,
            array_names,
            funcs,
            implementations,
            receiver,
            entries,
        }
    }
}

/// One entry, ready to print.
#[derive(Default, Serialize)]
pub(crate) struct Entry {
    id: u32,
    function: String,
    signature: String,
    params: usize,
    results: usize,
    /// The method that it calls, for callers with an object and a name.
    method: Option<String>,
    /// Which template prints its body.
    template: &'static str,
    receiver: Option<Variable>,
    arguments: Vec<Variable>,
    /// The arguments that are contexts.
    contexts: Vec<String>,
    /// What is called, read or written.
    target: String,
    /// The argument list of a call.
    passed: String,
    /// The names of a call's results, including errors.
    named: Vec<String>,
    errors: Vec<String>,
    /// Statements right after a call: arrays are copied back.
    after: Vec<String>,
    puts: Vec<String>,
    /// For a dispatch: the types to choose by, and what they choose.
    cases: Vec<Case>,
}

/// A type, and the entry of its instance.
#[derive(Serialize)]
struct Case {
    go: String,
    function: String,
}

impl Entry {
    pub(crate) fn new(entry: &answer::Entry, shared: &mut Shared) -> Entry {
        let made = match entry.kind {
            EntryKind::Dispatch => Entry::dispatch(entry, shared),
            EntryKind::Builtin => Entry::builtin(entry, shared),
            _ => Entry::call(entry, shared),
        };
        shared.functions.insert(made.id, made.function.clone());
        made
    }

    /// One that calls another, chosen by its object.
    fn dispatch(entry: &answer::Entry, shared: &mut Shared) -> Entry {
        let cases = entry.cases.iter().map(|case| Case {
            go: shared.names.resolve(&case.go),
            function: shared.functions.get(&case.id).cloned().unwrap_or_default(),
        });
        Entry {
            id: entry.id,
            signature: entry.signature.clone(),
            params: entry.params.len(),
            results: entry.results.len(),
            template: template(entry.kind),
            cases: cases.collect(),
            function: shared.names.function(&["Any", &entry.name]),
            target: entry.signature.split('.').next().unwrap_or_default().to_owned(),
            ..Entry::default()
        }
    }

    /// One of xcall itself.
    fn builtin(entry: &answer::Entry, shared: &Shared) -> Entry {
        Entry {
            id: entry.id,
            function: format!("{}.{}", shared.xcall, entry.name),
            signature: entry.signature.clone(),
            params: entry.params.len(),
            results: entry.results.len(),
            ..Entry::default()
        }
    }

    fn call(entry: &answer::Entry, shared: &mut Shared) -> Entry {
        let receiver = entry.receiver.as_ref().map(|of| Variable {
            name: shared.receiver.clone(),
            value: lift::receiver(of, shared),
        });
        let offset = usize::from(receiver.is_some());
        let arguments = arguments(entry, offset, shared);
        let target = match &receiver {
            Some(receiver) => format!("{}.{}", receiver.name, entry.name),
            None => shared.names.resolve(&entry.name), // an instance mentions types
        };
        let (named, errors) = results(entry, shared);
        Entry {
            id: entry.id,
            function: function_name(entry, shared),
            signature: entry.signature.clone(),
            params: arguments.len() + offset,
            puts: puts(entry, &target, &named, shared),
            results: count(entry),
            method: method(entry, shared),
            template: template(entry.kind),
            passed: passed(&arguments, entry.variadic),
            receiver,
            after: copies_back(entry, offset, shared),
            contexts: if is_call(entry.kind) {
                contexts(&entry.params, &arguments)
            } else {
                vec![]
            },
            arguments,
            target,
            named,
            errors,
            cases: Vec::new(),
        }
    }
}

/// The method that an entry calls, as an expression.
fn method(entry: &answer::Entry, shared: &mut Shared) -> Option<String> {
    let of = entry.receiver.as_ref().filter(|_| entry.kind == EntryKind::Method)?;
    let go = (!of.go.is_empty()).then(|| shared.names.resolve(&of.go))?;
    Some(format!("{}.MethodOf[{go}](\"{}\")", shared.xcall, entry.name))
}

fn template(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Function | EntryKind::Method => "call.go.j2",
        EntryKind::GetField | EntryKind::GetGlobal => "get.go.j2",
        EntryKind::SetField | EntryKind::SetGlobal => "set.go.j2",
        EntryKind::Empty => "empty.go.j2",
        EntryKind::Dispatch => "dispatch.go.j2",
        EntryKind::Builtin => "",
    }
}

fn function_name(entry: &answer::Entry, shared: &mut Shared) -> String {
    let owner = entry.receiver.as_ref().map_or("", |of| of.go.as_str());
    let verb = match entry.kind {
        EntryKind::GetField | EntryKind::GetGlobal => "Get",
        EntryKind::SetField | EntryKind::SetGlobal => "Set",
        EntryKind::Empty => "Empty",
        EntryKind::Function | EntryKind::Method | EntryKind::Dispatch | EntryKind::Builtin => "",
    };
    shared.names.function(&[owner, verb, &entry.name])
}

fn arguments(entry: &answer::Entry, offset: usize, shared: &mut Shared) -> Vec<Variable> {
    let lifted = entry.params.iter().enumerate().map(|(index, of)| Variable {
        name: shared.argument(index),
        value: match entry.kind {
            kind if is_call(kind) => lift::argument_of_call(of, index + offset, shared),
            _ => lift::argument(of, index + offset, shared),
        },
    });
    lifted.collect()
}

fn copies_back(entry: &answer::Entry, offset: usize, shared: &mut Shared) -> Vec<String> {
    let params = entry.params.iter().enumerate();
    let copied = params.filter_map(|(index, of)| {
        let name = shared.argument(index);
        lift::copy_back(of, index + offset, &name, shared)
    });
    copied.collect()
}

/// The names of the arguments that are contexts.
pub(super) fn contexts(params: &[GoType], arguments: &[Variable]) -> Vec<String> {
    let contexts = params.iter().zip(arguments).filter(|(of, _)| lift::is_context(of));
    contexts.map(|(_, argument)| argument.name.clone()).collect()
}

pub(super) fn passed(arguments: &[Variable], variadic: bool) -> String {
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    format!("{}{}", names.join(", "), if variadic { "..." } else { "" })
}

/// The names of a call's results, and those of them that are errors.
fn results(entry: &answer::Entry, shared: &mut Shared) -> (Vec<String>, Vec<String>) {
    let named: Vec<String> = (0..entry.results.len()).map(|index| shared.result(index)).collect();
    let is_error = |(of, _): &(&GoType, &String)| of.kind == Kind::Error && is_call(entry.kind);
    let errors = entry.results.iter().zip(&named).filter(is_error);
    let errors = errors.map(|(_, name)| name.clone()).collect();
    (named, errors)
}

fn is_call(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Function | EntryKind::Method)
}

/// The results that a host gets: those of a call that are not errors.
fn returned(entry: &answer::Entry) -> impl Iterator<Item = (usize, &GoType)> {
    let call = is_call(entry.kind);
    entry.results.iter().enumerate().filter(move |(_, of)| !call || of.kind != Kind::Error)
}

fn count(entry: &answer::Entry) -> usize {
    if entry.kind == EntryKind::Empty { 1 } else { returned(entry).count() }
}

/// The statements that lower the results.
fn puts(entry: &answer::Entry, target: &str, named: &[String], shared: &mut Shared) -> Vec<String> {
    let lowered = returned(entry).enumerate().map(|(slot, (index, of))| match entry.kind {
        EntryKind::GetField | EntryKind::GetGlobal => lower::in_place(of, slot, target, shared),
        _ => lower::result(of, slot, &named[index], shared),
    });
    lowered.collect()
}
