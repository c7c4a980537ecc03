//! Iteration over everything in an IDL that can be loaded and called.
//!
//! For code that shows or searches an IDL; an emitter traverses the model
//! itself.

use std::fmt::Write as _;

use metaffi_entity_path::EntityPath;

use crate::model::{Class, DefaultValue, Function, Idl, Memory, Method, Module, Parameter};

/// The kind of a callable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A free function.
    Function,
    /// A constructor.
    Constructor,
    /// A method, with or without an instance.
    Method,
    /// The method that releases an object.
    Release,
    /// Reads a field or global.
    Getter,
    /// Writes a field or global.
    Setter,
}

/// One entity that can be loaded, with its module and class.
#[derive(Clone, Copy, Debug)]
pub struct Callable<'a> {
    /// The kind.
    pub kind: Kind,
    /// The module that contains it.
    pub module: &'a Module,
    /// The class that contains it, if any.
    pub class: Option<&'a Class>,
    /// Its name, parameters and results.
    pub function: &'a Function,
    /// Whether the object is passed as the first argument.
    pub instance_required: bool,
}

impl<'a> Callable<'a> {
    /// The path that a host passes to load it.
    pub fn entity_path(&self) -> &'a EntityPath {
        &self.function.entity_path
    }

    /// The name, parameters and results on one line, starting with the object
    /// if one is passed: `info(this: handle, message: string8)`.
    pub fn signature(&self) -> String {
        let this = self.instance_required.then(|| "this: handle".to_owned());
        self.function.signature_after(this)
    }

    /// The arguments whose memory the guest borrows, and those that it may write to:
    /// `borrows key, fills buffer`; empty if all are copied.
    pub fn memory(&self) -> String {
        let borrowed = self.function.parameters.iter().filter_map(|parameter| {
            let verb = match parameter.memory()? {
                Memory::Borrowed => "borrows",
                Memory::Filled => "fills",
                Memory::CopiedBack => return None,
            };
            Some(format!("{verb} {}", parameter.name))
        });
        borrowed.collect::<Vec<_>>().join(", ")
    }
}

impl Idl {
    /// Everything that can be loaded, in the order of the model.
    pub fn callables(&self) -> impl Iterator<Item = Callable<'_>> {
        self.modules.iter().flat_map(|module| {
            let functions = module.functions.iter().map(|function| (Kind::Function, function));
            let globals = module
                .globals
                .iter()
                .flat_map(|global| accessors(global.getter.as_ref(), global.setter.as_ref()));
            functions
                .chain(globals)
                .map(move |(kind, function)| Callable {
                    kind,
                    module,
                    class: None,
                    function,
                    instance_required: false,
                })
                .chain(module.classes.iter().flat_map(|class| of_class(module, class)))
        })
    }
}

fn of_class<'a>(module: &'a Module, class: &'a Class) -> impl Iterator<Item = Callable<'a>> {
    let constructors =
        class.constructors.iter().map(|function| (Kind::Constructor, function, false));
    let methods = class.methods.iter().map(|method| (Kind::Method, method));
    let fields = class
        .fields
        .iter()
        .flat_map(|field| accessors(field.getter.as_ref(), field.setter.as_ref()));
    let release = class.release.iter().map(|method| (Kind::Release, method));
    let methods = methods
        .chain(fields)
        .chain(release)
        .map(|(kind, method): (Kind, &Method)| (kind, &method.function, method.instance_required));
    constructors.chain(methods).map(move |(kind, function, instance_required)| Callable {
        kind,
        module,
        class: Some(class),
        function,
        instance_required,
    })
}

fn accessors<'a, T>(
    getter: Option<&'a T>,
    setter: Option<&'a T>,
) -> impl Iterator<Item = (Kind, &'a T)> {
    let getter = getter.map(|getter| (Kind::Getter, getter));
    getter.into_iter().chain(setter.map(|setter| (Kind::Setter, setter)))
}

impl Function {
    /// The name, parameters and results on one line:
    /// `getLogger(name: string8) -> handle<org.apache.logging.log4j.Logger>`.
    pub fn signature(&self) -> String {
        self.signature_after(None)
    }

    fn signature_after(&self, receiver: Option<String>) -> String {
        let parameters: Vec<String> =
            receiver.into_iter().chain(self.parameters.iter().map(named)).collect();
        let mut line = format!("{}({})", self.name, parameters.join(", "));
        for (index, result) in self.return_values.iter().enumerate() {
            line.push_str(if index == 0 { " -> " } else { ", " });
            line.push_str(&result.type_text());
        }
        line
    }
}

/// `name: type`, with the default if there is one.
fn named(parameter: &Parameter) -> String {
    let mut text = match parameter.name.as_str() {
        "" => parameter.type_text(),
        name => format!("{name}: {}", parameter.type_text()),
    };
    if parameter.is_optional {
        match &parameter.default_value {
            Some(DefaultValue::Value(value)) => _ = write!(text, " = {value}"),
            Some(DefaultValue::Source(source)) => _ = write!(text, " = {source}"),
            None => text.push_str(" = …"),
        }
    }
    text
}

impl Parameter {
    /// The type for display: `int64`, `handle<java.util.List>`,
    /// `string8_array[2]` for two dimensions.
    pub fn type_text(&self) -> String {
        let mut text = self.ty.to_string();
        if !self.type_alias.is_empty() {
            let _ = write!(text, "<{}>", self.type_alias);
        }
        if self.dimensions > 1 {
            let _ = write!(text, "[{}]", self.dimensions);
        }
        text
    }
}
