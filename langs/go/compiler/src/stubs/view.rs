//! What the templates print: everything has been decided.

use metaffi_stubs::Simplified;
use serde::Serialize;

/// A file of stubs.
#[derive(Debug, Default, Serialize)]
pub(super) struct File {
    /// The source that it was generated from.
    pub(super) origin: String,
    pub(super) package: String,
    /// The package's documentation.
    pub(super) docs: Vec<String>,
    pub(super) version: u32,
    pub(super) made_by: String,
    pub(super) iterates: bool,
    /// Whether any function waits until a context is done.
    pub(super) awaits: bool,
    /// What is set when the program starts: the entities that work on all objects.
    pub(super) setup: Vec<String>,
    pub(super) constants: Vec<Constant>,
    pub(super) functions: Vec<Func>,
    pub(super) classes: Vec<Class>,
    /// The entities, classes and enums, one variable each.
    pub(super) variables: Vec<String>,
    /// The types that Go cannot write; not printed.
    #[serde(skip)]
    pub(super) simplified: Vec<Simplified>,
}

/// A constant.
#[derive(Debug, Serialize)]
pub(super) struct Constant {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) value: String,
}

/// A function or a method.
#[derive(Debug, Default, Serialize)]
pub(super) struct Func {
    /// The struct of the optional arguments, printed before it.
    pub(super) options: Option<OptionsStruct>,
    pub(super) docs: Vec<String>,
    /// `Add(a int64) (int64, error)`, printed after `func`.
    pub(super) head: String,
    /// The function that waits for an asynchronous function: `Await`.
    pub(super) awaits: Option<&'static str>,
    /// The results as Go declares them.
    pub(super) results: String,
    /// What is returned if no option is given.
    pub(super) short: Option<Call>,
    pub(super) call: Call,
}

/// A call.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Call {
    /// `fnAdd.Begin()`; nothing if the whole call is returned.
    pub(super) begin: Option<String>,
    /// The calls on `call`: `Text(name)`.
    pub(super) puts: Vec<String>,
    /// The last lines.
    pub(super) end: Vec<String>,
}

/// A struct of optional arguments.
#[derive(Debug, Serialize)]
pub(super) struct OptionsStruct {
    pub(super) name: String,
    /// The function that takes them.
    pub(super) of: String,
    pub(super) fields: Vec<OptionField>,
    /// The field for all further arguments by name.
    pub(super) others: Option<String>,
}

/// An optional argument.
#[derive(Debug, Serialize)]
pub(super) struct OptionField {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    pub(super) ty: String,
    /// The guest's name, in quotes.
    pub(super) key: String,
}

/// A class.
#[derive(Debug, Serialize)]
pub(super) struct Class {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    /// Its form: `struct`, `enum`, or `value`.
    pub(super) form: &'static str,
    /// What a struct embeds, or the underlying type of a value.
    pub(super) base: String,
    /// The variable that describes it.
    pub(super) variable: String,
    /// Whether it declares what all objects have.
    pub(super) is_root: bool,
    /// The interface that it and the types that derive from it implement.
    pub(super) interface: Option<String>,
    /// The ancestors that it stands for but does not embed.
    pub(super) ancestors: Vec<String>,
    pub(super) iteration: Option<Iteration>,
    /// The types of a map's entries.
    pub(super) entries: Option<Entries>,
    /// How a Go type implements it.
    pub(super) implementation: Option<Implementation>,
    pub(super) members: Vec<Constant>,
    pub(super) constants: Vec<Constant>,
    pub(super) functions: Vec<Func>,
}

/// The types of a map's keys and values.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entries {
    pub(super) key: String,
    pub(super) value: String,
}

/// How a Go value becomes an object of an interface.
#[derive(Debug, Serialize)]
pub(super) struct Implementation {
    /// The function that creates one.
    pub(super) function: String,
    /// The Go interface that the value implements.
    pub(super) methods_name: String,
    pub(super) methods: Vec<Required>,
}

/// A method that implementers of an interface provide.
#[derive(Debug, Serialize)]
pub(super) struct Required {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    /// `() (float64, error)`.
    pub(super) signature: String,
    /// The guest's name, in quotes.
    pub(super) guest_name: String,
}

/// How to iterate over an object.
#[derive(Debug, Serialize)]
pub(super) struct Iteration {
    pub(super) element: String,
    /// `iterate: fnX, …` of the steps.
    pub(super) steps: String,
}
