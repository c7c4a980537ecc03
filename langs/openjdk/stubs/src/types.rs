//! The Java side of a shape: its type, and how its values are lowered and lifted.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::Base;
use metaffi_stubs::{ClassId, Classes, Shape};

use crate::functional::{Functional, is_plain, with_arguments};
use crate::hierarchy::Hierarchy;
use crate::spelling::Spelling;

/// Types as one file writes them, with these type variables in scope.
#[derive(Clone)]
pub(crate) struct Types<'t, 'a> {
    pub(crate) classes: &'t Classes<'a>,
    pub(crate) hierarchy: &'t Hierarchy,
    pub(crate) spelling: &'t Spelling<'t>,
    pub(crate) variables: HashSet<String>,
    /// The types that replace the type variables of a base.
    pub(crate) replacements: BTreeMap<String, String>,
    /// The field that holds the module: `Json.MODULE`.
    pub(crate) module: &'t str,
    /// The name of the class nested in each interface.
    pub(crate) instance: &'t str,
}

/// The primitive type of a shape; unsigned numbers keep their bits.
pub(crate) fn primitive(shape: &Shape) -> Option<&'static str> {
    let Shape::Scalar(base) = shape else { return None };
    Some(match base {
        Base::Bool => "boolean",
        Base::Int8 | Base::Uint8 => "byte",
        Base::Int16 | Base::Uint16 => "short",
        Base::Int32 | Base::Uint32 | Base::Char32 => "int",
        Base::Int64 | Base::Uint64 | Base::Size => "long",
        Base::Float32 => "float",
        Base::Float64 => "double",
        Base::Char8 | Base::Char16 => "char",
        _ => return None,
    })
}

/// The box of a primitive.
fn box_of(primitive: &str) -> &'static str {
    match primitive {
        "boolean" => "Boolean",
        "byte" => "Byte",
        "short" => "Short",
        "int" => "Integer",
        "long" => "Long",
        "float" => "Float",
        "double" => "Double",
        _ => "Character",
    }
}

/// The method of `Lift` that reads a primitive.
fn reader_of(primitive: &str) -> &'static str {
    match primitive {
        "boolean" => "toBoolean",
        "byte" => "toByte",
        "short" => "toShort",
        "int" => "toInt",
        "long" => "toLong",
        "float" => "toFloat",
        "double" => "toDouble",
        _ => "toChar",
    }
}

impl<'a> Types<'_, 'a> {
    /// The type of a result; `void` for null.
    pub(crate) fn result(&self, shape: &Shape) -> String {
        match shape {
            Shape::Null => "void".to_owned(),
            shape => primitive(shape).map_or_else(|| self.boxed(shape), str::to_owned),
        }
    }

    /// The type of a parameter.
    pub(crate) fn parameter(&self, shape: &Shape) -> String {
        match shape {
            Shape::Null => self.spelling.lang("Object"),
            Shape::Optional(of) => self.reference(of, true),
            shape => primitive(shape).map_or_else(|| self.reference(shape, true), str::to_owned),
        }
    }

    /// The type as a type argument.
    pub(crate) fn boxed(&self, shape: &Shape) -> String {
        self.reference(shape, false)
    }

    fn reference(&self, shape: &Shape, is_taken: bool) -> String {
        if let Some(primitive) = primitive(shape) {
            return self.spelling.lang(box_of(primitive));
        }
        match shape {
            Shape::Text => self.spelling.lang("String"),
            Shape::Bytes => "byte[]".to_owned(),
            Shape::Object(id, arguments) => self.class(*id, arguments),
            Shape::Value(id, _) => self.classes.get(*id).name.clone(),
            Shape::Plain(shapes) if is_taken && self.hierarchy.is_in_place => match &shapes[..] {
                [one] => self.boxed(one),
                _ => self.spelling.lang("Object"),
            },
            Shape::Variable(name) if self.variables.contains(name) => self.variable(name),
            Shape::Optional(of) => self.reference(of, is_taken),
            Shape::Function(parameters, result) => self.function(parameters.as_deref(), result),
            Shape::Items(of, _) if is_taken => self.open(&self.spelling.lang("Iterable"), &[of]),
            Shape::Items(of, Some(id)) => self.class(*id, std::slice::from_ref(of)),
            Shape::Items(of, None) => {
                with_arguments(&self.spelling.lang("Iterable"), &[self.boxed(of)])
            }
            Shape::Entries(key, value, _) if is_taken => {
                self.open(&self.spelling.util("Map"), &[key, value])
            }
            Shape::Entries(key, value, Some(id)) => {
                self.class(*id, &[(**key).clone(), (**value).clone()])
            }
            Shape::Entries(key, value, None) => {
                let arguments = [self.boxed(key), self.boxed(value)];
                with_arguments(&self.spelling.util("Map"), &arguments)
            }
            Shape::Array(of) | Shape::Packed(of) => {
                let (element, object) = (self.element(of), self.spelling.lang("Object"));
                // An array of numbers and a list also match an array of any type.
                if is_taken && element == object { object } else { format!("{element}[]") }
            }
            _ => self.spelling.lang("Object"),
        }
    }

    /// `Iterable<? extends T>`, or `Iterable<?>`.
    fn open(&self, name: &str, arguments: &[&Shape]) -> String {
        let object = self.spelling.lang("Object");
        let written = arguments.iter().map(|one| match self.boxed(one) {
            text if text == object => "?".to_owned(),
            text => format!("? extends {text}"),
        });
        with_arguments(name, &written.collect::<Vec<_>>())
    }

    fn function(&self, parameters: Option<&[Shape]>, result: &Shape) -> String {
        let functional = parameters.and_then(|all| Functional::of(all, result, self));
        functional.map_or_else(|| self.spelling.stubs("AnyFunction"), |found| found.ty)
    }

    /// The element type of an array: a type that exists at run time.
    pub(crate) fn element(&self, shape: &Shape) -> String {
        match shape {
            Shape::Object(id, _) => self.class(*id, &[]),
            Shape::Items(_, Some(id)) | Shape::Entries(_, _, Some(id)) => self.class(*id, &[]),
            Shape::Optional(of) => match &**of {
                Shape::Scalar(_) => self.boxed(of),
                of => self.element(of),
            },
            Shape::Variable(_) | Shape::Function(..) | Shape::Items(..) | Shape::Entries(..) => {
                self.spelling.lang("Object")
            }
            Shape::Null => self.spelling.lang("Object"),
            shape => self.result(shape),
        }
    }

    /// A class with type arguments: wildcards if their number does not match the class's type
    /// parameters.
    fn class(&self, id: ClassId, arguments: &[Shape]) -> String {
        let parameters = self.hierarchy.parameters(id, self.classes);
        let written: Vec<String> = if arguments.len() == parameters.len() {
            arguments.iter().map(|one| self.boxed(one)).collect()
        } else {
            vec!["?".to_owned(); parameters.len()]
        };
        if let Some(own) = self.hierarchy.of_jdk(id) {
            let known = arguments.iter().all(|one| self.is_in_place(one));
            let declared = &self.classes.get(id).class.type_parameters;
            // The argument for a bounded parameter may be a variable without those bounds.
            let is_open = |at: usize| !known || !declared[at].bounds.is_empty();
            let written = written.into_iter().enumerate();
            let written: Vec<String> =
                written.map(|(at, one)| if is_open(at) { "?".to_owned() } else { one }).collect();
            return with_arguments(&self.spelling.of(own), &written);
        }
        with_arguments(&self.classes.get(id).name, &written)
    }

    /// Whether values are Java's own objects, including nested ones.
    fn is_in_place(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Object(id, arguments) => {
                let is_own = self.hierarchy.of_jdk(*id).is_some();
                is_own && arguments.iter().all(|one| self.is_in_place(one))
            }
            Shape::Items(of, Some(id)) => {
                self.hierarchy.of_jdk(*id).is_some() && self.is_in_place(of)
            }
            Shape::Text | Shape::Scalar(_) | Shape::Any | Shape::Variable(_) => true,
            _ => false,
        }
    }

    pub(crate) fn variable(&self, name: &str) -> String {
        let other = self.replacements.get(name).cloned();
        other.unwrap_or_else(|| self.hierarchy.variable(name))
    }

    /// Lifts `value`, of any type, to the shape.
    pub(crate) fn lifted(&self, shape: &Shape, value: &str, depth: usize) -> String {
        let lift = self.spelling.stubs("Lift");
        if let Some(primitive) = primitive(shape) {
            return format!("{lift}.{}({value})", reader_of(primitive));
        }
        let inner = format!("x{depth}");
        let mapped = |of: &Shape| format!("{inner} -> {}", self.lifted(of, &inner, depth + 1));
        let module = self.module;
        match shape {
            Shape::Text => format!("{lift}.toText({value})"),
            Shape::Bytes => {
                let byte = mapped(&Shape::Scalar(Base::Int8));
                format!("{lift}.array(byte[].class, {value}, {byte})")
            }
            Shape::Object(id, _) | Shape::Items(_, Some(id)) | Shape::Entries(_, _, Some(id)) => {
                self.object(shape, *id, value)
            }
            Shape::Value(id, plain) => {
                let plain = self.lifted(plain, value, depth);
                format!("new {}({plain})", self.classes.get(*id).name)
            }
            Shape::Variable(name) if self.variables.contains(name) => {
                format!("{lift}.<{}>cast({module}.any({value}))", self.variable(name))
            }
            Shape::Optional(of) => match &**of {
                Shape::Scalar(_) | Shape::Value(..) => {
                    format!("{lift}.<{}>orNull({value}, {})", self.boxed(of), mapped(of))
                }
                of => self.lifted(of, value, depth),
            },
            Shape::Function(parameters, result) => {
                self.lifted_function(parameters.as_deref(), result, value, depth)
            }
            Shape::Items(of, None) => {
                format!("{lift}.<{}>iterable({module}, {value}, {})", self.boxed(of), mapped(of))
            }
            Shape::Entries(key, of, None) => {
                let (k, v) = (self.boxed(key), self.boxed(of));
                let key = mapped(key);
                format!("{lift}.<{k}, {v}>map({module}, {value}, {key}, {})", mapped(of))
            }
            Shape::Array(of) | Shape::Packed(of) => {
                let element = self.element(of);
                let raw = element.split('<').next().unwrap_or(&element);
                let dimensions = "[]".repeat(element.matches("[]").count() + 1);
                let raw = raw.trim_end_matches("[]");
                let element = self.lifted(&self.erased(of), &inner, depth + 1);
                format!("{lift}.array({raw}{dimensions}.class, {value}, {inner} -> {element})")
            }
            _ => format!("{module}.any({value})"),
        }
    }

    /// The shape that an element of an array is lifted as.
    fn erased(&self, shape: &Shape) -> Shape {
        match shape {
            Shape::Object(id, _) => Shape::Object(*id, Vec::new()),
            Shape::Items(_, Some(id)) | Shape::Entries(_, _, Some(id)) => {
                Shape::Object(*id, Vec::new())
            }
            Shape::Optional(of) if !matches!(**of, Shape::Scalar(_)) => self.erased(of),
            Shape::Variable(_) | Shape::Function(..) | Shape::Items(..) | Shape::Entries(..) => {
                Shape::Any
            }
            shape => shape.clone(),
        }
    }

    fn object(&self, shape: &Shape, id: ClassId, value: &str) -> String {
        let (lift, ty) = (self.spelling.stubs("Lift"), self.boxed(shape));
        if self.hierarchy.of_jdk(id).is_some() {
            return format!("{lift}.<{ty}>cast({value})");
        }
        format!("{lift}.<{ty}>object({}, {value}, {}::new)", self.module, self.constructed(id))
    }

    /// The class whose constructor creates the objects of a class.
    pub(crate) fn constructed(&self, id: ClassId) -> String {
        let name = &self.classes.get(id).name;
        if self.hierarchy.is_interface(id) {
            return format!("{name}.{}", self.instance);
        }
        name.clone()
    }

    fn lifted_function(
        &self,
        parameters: Option<&[Shape]>,
        result: &Shape,
        value: &str,
        depth: usize,
    ) -> String {
        let lift = self.spelling.stubs("Lift");
        let functional = parameters.and_then(|all| Functional::of(all, result, self));
        let (Some(parameters), Some(functional)) = (parameters, functional) else {
            return format!("{lift}.function({value})");
        };
        let names: Vec<String> = (0..parameters.len()).map(|at| format!("a{depth}_{at}")).collect();
        let function = format!("x{depth}");
        let lowered = parameters.iter().zip(&names);
        let lowered: Vec<String> =
            lowered.map(|(shape, name)| self.lowered(shape, name, depth + 1)).collect();
        let object = self.spelling.lang("Object");
        let arguments = format!("new {object}[] {{{}}}", lowered.join(", "));
        let call = format!("{lift}.function({function}).call({arguments})");
        let call = match result {
            Shape::Null => call,
            result => self.lifted(result, &call, depth + 1),
        };
        let ty = functional.ty;
        let raw = ty.split('<').next().unwrap_or(&ty);
        let names = names.join(", ");
        format!("{lift}.<{ty}>function({raw}.class, {value}, {function} -> ({names}) -> {call})")
    }

    /// Lowers `name`, which has the shape's type.
    pub(crate) fn lowered(&self, shape: &Shape, name: &str, depth: usize) -> String {
        let lower = self.spelling.stubs("Lower");
        match shape {
            Shape::Items(..) => format!("{lower}.items({name})"),
            Shape::Entries(..) => format!("{lower}.entries({name})"),
            Shape::Optional(of) => self.lowered(of, name, depth),
            Shape::Function(Some(parameters), result) => {
                self.lowered_function(parameters, result, name, depth)
            }
            _ => name.to_owned(),
        }
    }

    fn lowered_function(
        &self,
        parameters: &[Shape],
        result: &Shape,
        name: &str,
        depth: usize,
    ) -> String {
        let Some(functional) = Functional::of(parameters, result, self) else {
            return name.to_owned();
        };
        if functional.is_primitive || is_plain(parameters, result) {
            return name.to_owned();
        }
        let names: Vec<String> = (0..parameters.len()).map(|at| format!("a{depth}_{at}")).collect();
        let lifted = parameters.iter().zip(&names);
        let lifted: Vec<String> =
            lifted.map(|(shape, name)| self.lifted(shape, name, depth + 1)).collect();
        let call = format!("{name}.{}({})", functional.method, lifted.join(", "));
        let is_test = functional.method == "test";
        let call = match result {
            Shape::Null => call,
            _ if is_test || primitive(result).is_some() => call,
            _ => format!("{}.any({call})", self.spelling.stubs("Lower")),
        };
        let open = functional.open;
        format!("{name} == null ? null : ({open}) ({}) -> {call}", names.join(", "))
    }
}
