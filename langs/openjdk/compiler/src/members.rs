//! A Java class as a class of the IDL, with the entity path of each member.
//!
//! Tags: `annotation`, on the interface that an annotation is, and `signature`
//! (generics, in the class file's notation).

use std::collections::HashMap;

use metaffi_idl::{
    Class, ClassKind, EntityPath, Field, Function, Member, Method, Parameter, Passing, Tags,
    TypeTree,
};
use noak::AccessFlags;

use crate::java::{JavaBase, JavaClass, JavaField, JavaMethod, JavaType, Notes};
use crate::operations;
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
        tags: class_tags(class),
        entity_path: members.at,
        operations: operations::of(&class.name, &methods, classes.is_closeable(class)),
        constructors,
        methods,
        fields,
        kind: kind(classes, class),
        bases: bases(classes, class),
        outer: class.outer().map(str::to_owned),
        is_abstract: class.flags.contains(AccessFlags::ABSTRACT),
        members: enum_members(class),
        deprecated: deprecated(&class.notes),
        ..Class::default()
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
            entity_path,
            parameters: parameters(method),
            return_values: method.result.iter().map(|ty| parameter("", ty)).collect(),
            overload_index,
            tags: noted(&method.notes),
            raises: method.throws.iter().map(TypeTree::foreign).collect(),
            deprecated: deprecated(&method.notes),
            ..Function::default()
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
        let is_final = field.flags.contains(AccessFlags::FINAL);
        let value = parameter(&field.name, &field.ty);
        Some(Field {
            value: Parameter { tags: noted(&field.notes), ..value },
            getter: Some(getter),
            setter: (!is_final).then_some(setter),
            constant: field.constant.clone(),
        })
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
    Method { function, instance_required, is_abstract: flags.contains(AccessFlags::ABSTRACT) }
}

fn parameters(method: &JavaMethod) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> =
        method.parameters.iter().map(|declared| parameter(&declared.name, &declared.ty)).collect();
    if let Some(last) =
        parameters.last_mut().filter(|_| method.flags.contains(AccessFlags::VARARGS))
    {
        last.passing = Passing::Variadic;
    }
    parameters
}

fn class_tags(class: &JavaClass) -> Tags {
    let mut tags = noted(&class.notes);
    if class.flags.contains(AccessFlags::ANNOTATION) {
        tags.insert("annotation".to_owned(), String::new());
    }
    tags
}

fn noted(notes: &Notes) -> Tags {
    notes.signature.iter().map(|text| ("signature".to_owned(), text.clone())).collect()
}

/// What can be thrown is an exception, whatever else it is.
fn kind(classes: &ClassSet, class: &JavaClass) -> ClassKind {
    if classes.is_throwable(class) { ClassKind::Exception } else { class.kind() }
}

/// The superclass, but for that of all, and the interfaces.
fn bases(classes: &ClassSet, class: &JavaClass) -> Vec<TypeTree> {
    let superclass = classes.superclass(class).filter(|name| *name != "java.lang.Object");
    let interfaces = classes.interfaces(class);
    superclass.into_iter().chain(interfaces).map(TypeTree::foreign).collect()
}

fn enum_members(class: &JavaClass) -> Vec<Member> {
    let constants = class.fields.iter().filter(|field| field.flags.contains(AccessFlags::ENUM));
    let member = |name: &String| Member { name: name.clone(), comment: String::new(), value: None };
    constants.map(|field| member(&field.name)).collect()
}

fn deprecated(notes: &Notes) -> Option<String> {
    notes.is_deprecated.then(String::new)
}
