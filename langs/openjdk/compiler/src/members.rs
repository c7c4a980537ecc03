//! A Java class as a class of the IDL, with the entity path of each member.
//!
//! Tags: `kind` (class, interface, enum, record, annotation), `outer`,
//! `superclass`, `interfaces`, `abstract`, `signature` (generics, in the class
//! file's notation), `deprecated`, `throws`, `constant`, `enum_constant`,
//! `varargs` on a last parameter, and `accepts` on what takes plain values.

use std::collections::HashMap;

use metaffi_idl::{Class, EntityPath, Field, Function, Method, Parameter, Tags};
use noak::AccessFlags;

use crate::java::{JavaBase, JavaClass, JavaField, JavaMethod, JavaType, Nesting, Notes};
use crate::types::parameter;
use crate::visible::ClassSet;

/// A class of the IDL, and the names that no entity path can hold: the JVM
/// allows `,` and `=` in a name, although Java does not.
pub(crate) struct Read {
    pub(crate) class: Class,
    pub(crate) unnameable: Vec<String>,
}

/// Says `class` in the IDL's words; `None` when it cannot be named.
pub(crate) fn read(classes: &ClassSet, class: &JavaClass) -> Option<Read> {
    let at = EntityPath::new().try_with("class", &class.name).ok()?;
    let mut members = Members { class, at, overloads: HashMap::new(), unnameable: Vec::new() };
    let constructors = members.each(&classes.constructors(class), Members::constructor);
    let methods = members.each(&classes.methods(class), Members::method);
    let fields = members.each(&classes.fields(class), Members::field);
    let idl = Class {
        name: class.name_in_package().to_owned(),
        comment: String::new(),
        tags: class_tags(classes, class),
        entity_path: members.at,
        constructors,
        release: None,
        methods,
        fields,
    };
    Some(Read { class: idl, unnameable: members.unnameable })
}

struct Members<'c> {
    class: &'c JavaClass,
    /// The path of the class.
    at: EntityPath,
    /// How many callables of each name there are so far.
    overloads: HashMap<String, u32>,
    unnameable: Vec<String>,
}

impl Members<'_> {
    fn each<T, M: Named>(
        &mut self,
        members: &[&M],
        read: fn(&mut Self, &M) -> Option<T>,
    ) -> Vec<T> {
        let read = |member: &&M| {
            let found = read(self, member);
            if found.is_none() {
                self.unnameable.push(format!("{}.{}", self.class.name, member.name()));
            }
            found
        };
        members.iter().filter_map(read).collect()
    }

    fn constructor(&mut self, method: &JavaMethod) -> Option<Function> {
        let this = JavaType { base: JavaBase::Class(self.class.name.clone()), dimensions: 0 };
        let function = self.function(method)?;
        Some(Function { return_values: vec![parameter("", &this)], ..function })
    }

    fn method(&mut self, method: &JavaMethod) -> Option<Method> {
        let function = self.function(method)?;
        Some(instance_or_static(function, method.flags))
    }

    fn function(&mut self, method: &JavaMethod) -> Option<Function> {
        let entity_path = self.at.clone().try_with("callable", &method.name).ok()?;
        let index = self.overloads.entry(method.name.clone()).or_default();
        let overload_index = *index;
        *index += 1;
        Some(Function {
            name: method.name.clone(),
            comment: String::new(),
            tags: method_tags(method),
            entity_path,
            parameters: parameters(method),
            return_values: method.result.iter().map(|ty| parameter("", ty)).collect(),
            overload_index,
        })
    }

    fn field(&mut self, field: &JavaField) -> Option<Field> {
        let path = self.at.clone().try_with("field", &field.name).ok()?;
        let accessor = |tag: &str, parameters: Vec<Parameter>, return_values: Vec<Parameter>| {
            let function = Function {
                name: field.name.clone(),
                entity_path: path.clone().tag(tag),
                parameters,
                return_values,
                ..Function::default()
            };
            instance_or_static(function, field.flags)
        };
        let getter = accessor("getter", Vec::new(), vec![parameter("", &field.ty)]);
        let setter = accessor("setter", vec![parameter("value", &field.ty)], Vec::new());
        let value = Parameter { tags: field_tags(field), ..parameter(&field.name, &field.ty) };
        let is_final = field.flags.contains(AccessFlags::FINAL);
        Some(Field { value, getter: Some(getter), setter: (!is_final).then_some(setter) })
    }
}

trait Named {
    fn name(&self) -> &str;
}

impl Named for JavaMethod {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for JavaField {
    fn name(&self) -> &str {
        &self.name
    }
}

fn instance_or_static(mut function: Function, flags: AccessFlags) -> Method {
    let instance_required = !flags.contains(AccessFlags::STATIC);
    if instance_required {
        function.entity_path = function.entity_path.tag("instance_required");
    }
    Method { function, instance_required }
}

fn parameters(method: &JavaMethod) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> =
        method.parameters.iter().map(|declared| parameter(&declared.name, &declared.ty)).collect();
    if let Some(last) =
        parameters.last_mut().filter(|_| method.flags.contains(AccessFlags::VARARGS))
    {
        last.tags.insert("varargs".to_owned(), String::new());
    }
    parameters
}

fn class_tags(classes: &ClassSet, class: &JavaClass) -> Tags {
    let mut tags = noted(&class.notes);
    let mut set = |name: &str, value: &str| tags.insert(name.to_owned(), value.to_owned());
    set("kind", class.kind());
    if let Nesting::Member { outer } = &class.nesting {
        set("outer", outer);
    }
    if let Some(superclass) = classes.superclass(class).filter(|name| *name != "java.lang.Object") {
        set("superclass", superclass);
    }
    let interfaces = classes.interfaces(class);
    if !interfaces.is_empty() {
        set("interfaces", &interfaces.join(","));
    }
    if class.kind() == "class" && class.flags.contains(AccessFlags::ABSTRACT) {
        set("abstract", "");
    }
    tags
}

fn method_tags(method: &JavaMethod) -> Tags {
    let mut tags = noted(&method.notes);
    if !method.throws.is_empty() {
        tags.insert("throws".to_owned(), method.throws.join(","));
    }
    tags
}

fn field_tags(field: &JavaField) -> Tags {
    let mut tags = noted(&field.notes);
    if let Some(constant) = &field.constant {
        tags.insert("constant".to_owned(), constant.clone());
    }
    if field.flags.contains(AccessFlags::ENUM) {
        tags.insert("enum_constant".to_owned(), String::new());
    }
    tags
}

fn noted(notes: &Notes) -> Tags {
    let deprecated = notes.is_deprecated.then(|| ("deprecated".to_owned(), String::new()));
    let signature = notes.signature.iter().map(|text| ("signature".to_owned(), text.clone()));
    signature.chain(deprecated).collect()
}
