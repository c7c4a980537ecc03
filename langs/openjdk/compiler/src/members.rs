//! Converts a Java class to a class of the IDL, with the entity path of each member.
//!
//! The tag `annotation` marks the interface of an annotation.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use metaffi_idl::{
    Class, EntityPath, Field, Function, Member, Method, Operation, Parameter, Passing, Tags,
    TypeParameter, TypeTree,
};
use noak::AccessFlags;

use crate::docs::{ClassSource, Docs, MethodSource, Sources};
use crate::generic::{Generic, GenericKind, JavaValue, JavaVariable, Substitution};
use crate::java::{JavaBase, JavaClass, JavaField, JavaMethod, JavaType};
use crate::trees::Trees;
use crate::types::Values;
use crate::visible::{ClassSet, Role};
use crate::{operations, parameters};

/// A class of the IDL, and the members that no entity path can name: the JVM allows `,` and `=` in
/// names, although Java does not.
pub(crate) struct Read {
    pub(crate) class: Class,
    pub(crate) unnameable: Vec<String>,
}

/// Converts classes of a set to the IDL.
pub(crate) struct Reader<'s> {
    classes: &'s ClassSet,
    sources: &'s Sources,
    trees: Trees<'s>,
}

impl<'s> Reader<'s> {
    pub(crate) fn of(classes: &'s ClassSet, sources: &'s Sources) -> Self {
        Reader { classes, sources, trees: Trees::of(classes) }
    }

    /// Converts `class` to the IDL; `None` if no entity path can name it. External classes get no
    /// documentation here.
    pub(crate) fn read(&self, class: &JavaClass, role: Role) -> Option<Read> {
        let Reader { classes, sources, trees } = self;
        let source = if role == Role::Own { sources.class(class) } else { None };
        let source = source.unwrap_or_default();
        let at = EntityPath::new().try_with("class", &class.name).ok()?;
        let values = Values { trees, is_null_marked: classes.is_null_marked(class) };
        let variables = variables(classes, class);
        let this = this(class, &variables);
        let overloads = HashMap::new();
        let mut members =
            Members { class, source: &source, at, values, this, overloads, unnameable: Vec::new() };
        let constructors = members.each(&classes.constructors(class), Members::constructor);
        let methods = members.each(&classes.methods(class), Members::method);
        let fields = members.each(&classes.fields(class), Members::field);
        let idl = Class {
            name: class.name_in_package().to_owned(),
            tags: class_tags(class),
            entity_path: members.at,
            operations: self.operations(class, &methods),
            constructors,
            methods,
            fields,
            kind: classes.kind(class),
            type_parameters: type_parameters(trees, &variables),
            bases: self.bases(class),
            outer: class.outer().map(str::to_owned),
            is_abstract: class.flags.contains(AccessFlags::ABSTRACT),
            behaves_as: trees.behaviour(class),
            members: enum_members(class, &source),
            comment: source.docs.text_and_throws(),
            deprecated: deprecated(class.is_deprecated, &source.docs),
            ..Class::default()
        };
        Some(Read { class: idl, unnameable: members.unnameable })
    }

    fn operations(&self, class: &JavaClass, methods: &[Method]) -> BTreeMap<Operation, String> {
        let mut found = operations::of(&class.name, methods, self.classes.is_closeable(class));
        let called = self.trees.called_method(class);
        let calls = |method: &&Method| {
            let named = called.as_deref() == Some(method.function.name.as_str());
            method.is_abstract && named
        };
        let call = methods.iter().find(calls);
        found.extend(call.map(|method| (Operation::Call, method.function.stable_id())));
        found
    }

    /// The superclass and the interfaces. An interface without superinterfaces derives from
    /// `Object`.
    fn bases(&self, class: &JavaClass) -> Vec<TypeTree> {
        let interfaces = self.classes.interfaces(class);
        let is_interface = class.flags.contains(AccessFlags::INTERFACE);
        let superclass = self.classes.superclass(class);
        let superclass = superclass.filter(|_| !is_interface || interfaces.is_empty());
        superclass.into_iter().chain(interfaces).map(|base| self.trees.named(&base)).collect()
    }
}

struct Members<'c> {
    class: &'c JavaClass,
    source: &'c ClassSource,
    /// The entity path of the class.
    at: EntityPath,
    values: Values<'c>,
    /// The result of a constructor.
    this: JavaValue,
    /// The number of callables of each name so far.
    overloads: HashMap<String, u32>,
    unnameable: Vec<String>,
}

impl Members<'_> {
    fn each<T, M: Named + Clone>(
        &mut self,
        members: &[Cow<'_, M>],
        read: fn(&mut Self, &M) -> Option<T>,
    ) -> Vec<T> {
        let read = |member: &Cow<'_, M>| {
            let found = read(self, member);
            if found.is_none() {
                self.unnameable.push(format!("{}.{}", self.class.name, member.name()));
            }
            found
        };
        members.iter().filter_map(read).collect()
    }

    fn constructor(&mut self, method: &JavaMethod) -> Option<Function> {
        let function = self.function(method)?;
        let this = self.values.result("", &self.this);
        Some(Function { return_values: vec![this], ..function })
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
        let source = self.source.method(method);
        let nothing = Docs::default();
        let docs = source.map_or(&nothing, |source| &source.docs);
        let result = |ty| Parameter { comment: docs.result.clone(), ..self.values.result("", ty) };
        Some(Function {
            name: method.name.clone(),
            entity_path,
            comment: docs.text_and_throws(),
            parameters: self.parameters(method, source),
            return_values: method.result.iter().map(result).collect(),
            overload_index,
            type_parameters: type_parameters(self.values.trees, &method.variables),
            raises: method.throws.iter().map(|ty| self.values.trees.named(ty)).collect(),
            deprecated: deprecated(method.is_deprecated, docs),
            ..Function::default()
        })
    }

    fn parameters(&self, method: &JavaMethod, source: Option<&MethodSource>) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::with_capacity(method.parameters.len());
        for (index, own) in method.parameters.iter().enumerate() {
            let written = source.map(|source| source.parameters[index].name.as_str());
            let written = written.filter(|name| parameters.iter().all(|p| p.name != *name));
            let has_name = own.name != parameters::unnamed(index);
            let name = written.filter(|_| !has_name).unwrap_or(&own.name);
            let comment = source.and_then(|source| source.docs.parameters.get(written?));
            let comment = comment.cloned().unwrap_or_default();
            parameters.push(Parameter { comment, ..self.values.parameter(name, &own.value) });
        }
        if let Some(last) =
            parameters.last_mut().filter(|_| method.flags.contains(AccessFlags::VARARGS))
        {
            last.passing = Passing::Variadic;
        }
        parameters
    }

    fn field(&mut self, field: &JavaField) -> Option<Field> {
        let path = self.at.clone().try_with("field", &field.name).ok()?;
        let docs = self.source.fields.get(&field.name).cloned().unwrap_or_default();
        let accessor = |tag: &str, parameters: Vec<Parameter>, return_values: Vec<Parameter>| {
            let function = Function {
                name: field.name.clone(),
                entity_path: path.clone().tag(tag),
                parameters,
                return_values,
                deprecated: deprecated(field.is_deprecated, &docs),
                ..Function::default()
            };
            instance_or_static(function, field.flags)
        };
        let values = self.values;
        let getter = accessor("getter", Vec::new(), vec![values.result("", &field.value)]);
        let setter = accessor("setter", vec![values.parameter("value", &field.value)], Vec::new());
        let is_final = field.flags.contains(AccessFlags::FINAL);
        Some(Field {
            value: Parameter {
                comment: docs.text_and_throws(),
                ..values.result(&field.name, &field.value)
            },
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

/// The result of a constructor of `class`.
fn this(class: &JavaClass, variables: &[JavaVariable]) -> JavaValue {
    let ty = JavaType { base: JavaBase::Class(class.name.clone()), dimensions: 0 };
    JavaValue { ty, generic: Generic::this(&class.name, variables) }
}

/// The variables of a class, after those of its enclosing instances. If two have the same name, the
/// inner one keeps it.
fn variables(classes: &ClassSet, class: &JavaClass) -> Vec<JavaVariable> {
    let mut found: Vec<JavaVariable> = Vec::new();
    for scope in classes.instance_scopes(class).into_iter().rev() {
        let is_hidden = |name: &str| scope.variables.iter().any(|own| own.name == name);
        let hidden = found.iter().map(|own| own.name.clone()).filter(|name| is_hidden(name));
        let renamed: Substitution = hidden
            .map(|name| (name.clone(), Generic::of(GenericKind::Variable(name + "_"))))
            .collect();
        for earlier in &mut found {
            if renamed.contains_key(&earlier.name) {
                earlier.name.push('_');
            }
            let bounds = earlier.bounds.iter().map(|bound| bound.substitute(&renamed));
            earlier.bounds = bounds.collect();
        }
        found.extend(scope.variables.iter().cloned());
    }
    found
}

fn type_parameters(trees: &Trees<'_>, variables: &[JavaVariable]) -> Vec<TypeParameter> {
    let bounds = |own: &JavaVariable| own.bounds.iter().map(|bound| trees.named(bound)).collect();
    let parameter =
        |own: &JavaVariable| TypeParameter { name: own.name.clone(), bounds: bounds(own) };
    variables.iter().map(parameter).collect()
}

fn class_tags(class: &JavaClass) -> Tags {
    let mut tags = Tags::new();
    if class.flags.contains(AccessFlags::ANNOTATION) {
        tags.insert("annotation".to_owned(), String::new());
    }
    // The permitted subclasses of an enum are its constants' own classes, which have no name.
    if !class.permits.is_empty() && !class.flags.contains(AccessFlags::ENUM) {
        tags.insert("permits".to_owned(), class.permits.join(", "));
    }
    tags
}

fn enum_members(class: &JavaClass, source: &ClassSource) -> Vec<Member> {
    let constants = class.fields.iter().filter(|field| field.flags.contains(AccessFlags::ENUM));
    let comment = |name: &String| source.fields.get(name).map(|docs| docs.text.clone());
    let member = |name: &String| Member {
        name: name.clone(),
        comment: comment(name).unwrap_or_default(),
        value: None,
    };
    constants.map(|field| member(&field.name)).collect()
}

/// The reason for deprecation, which may be empty.
fn deprecated(is_deprecated: bool, docs: &Docs) -> Option<String> {
    is_deprecated.then(|| docs.deprecated.clone().unwrap_or_default())
}
