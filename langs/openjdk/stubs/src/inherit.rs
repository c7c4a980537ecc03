//! The methods of each class: its own, and those that Java requires in addition; with names and
//! results that are valid together in one Java class.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::{ClassKind, Operation, TypeTree};
use metaffi_stubs::{Bindings, Candidate, ClassId, Classes, Members, Shape};

use crate::adapted::{Adapted, needs_names};
use crate::classes::{constant_of, is_member};
use crate::hierarchy::Hierarchy;
use crate::method_set::{MethodSet, name_in_java};
use crate::names::{capitalized, identifier};
use crate::reserved::{self, Reserved, Root};
use crate::signature::{Signature, is_return_compatible};
use crate::spelling::Spelling;
use crate::types::Types;

/// A method of a class.
#[derive(Clone, Debug)]
pub(crate) struct Method<'a> {
    pub(crate) signature: Signature,
    pub(crate) candidate: Candidate<'a>,
    pub(crate) is_static: bool,
    /// The class that it comes from; `None` for a function of the module.
    pub(crate) origin: Option<ClassId>,
    /// Whether Java requires `@Override`.
    pub(crate) overrides: bool,
    /// The operation that it also implements in Java.
    pub(crate) operation: Option<Operation>,
    pub(crate) form: Form,
}

/// How a method is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// With positional arguments.
    Plain,
    /// It returns a builder, which takes arguments by name.
    Builder,
}

/// The methods of a class, and those that it inherits.
#[derive(Debug, Default)]
pub(crate) struct Methods<'a> {
    pub(crate) own: Vec<Method<'a>>,
    inherited: Vec<Method<'a>>,
    /// The element type, if the class is `Iterable`.
    pub(crate) iterates: Option<Shape>,
}

impl<'a> Methods<'a> {
    /// The class's own methods and those of its bases.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Method<'a>> {
        self.own.iter().chain(&self.inherited)
    }
}

/// Determines the methods of all classes.
pub(crate) struct Inheritance<'p, 'a> {
    pub(crate) classes: &'p Classes<'a>,
    pub(crate) members: &'p [Members<'a>],
    pub(crate) adapted: &'a Adapted,
    pub(crate) taken: &'p HashSet<String>,
}

impl<'p, 'a> Inheritance<'p, 'a> {
    /// The methods of all classes in order; bases that Java does not allow are dropped.
    pub(crate) fn of_all_classes(&self, hierarchy: &mut Hierarchy) -> Vec<Methods<'a>> {
        let mut all: Vec<Methods<'a>> = Vec::new();
        for id in self.classes.ids() {
            let (inherited, missing) = loop {
                match self.inherited(id, hierarchy, &all) {
                    Ok(found) => break found,
                    Err(base) => hierarchy.drop_base(id, base),
                }
            };
            let methods = self.methods(id, hierarchy, &all, inherited, missing);
            all.push(methods);
        }
        all
    }

    fn types<'t>(
        &'t self,
        id: ClassId,
        hierarchy: &'t Hierarchy,
        spelling: &'t Spelling<'t>,
    ) -> Types<'t, 'a> {
        let variables = hierarchy.parameters(id, self.classes).iter().cloned().collect();
        let classes = self.classes;
        Types {
            classes,
            hierarchy,
            spelling,
            variables,
            replacements: BTreeMap::new(),
            module: "",
            instance: "",
        }
    }

    /// The methods that the bases contribute, and those of them that the class has to define
    /// itself. `Err` is a base that is incompatible with those before it.
    fn inherited(
        &self,
        id: ClassId,
        hierarchy: &Hierarchy,
        all: &[Methods<'a>],
    ) -> Result<(Vec<Method<'a>>, Vec<Method<'a>>), ClassId> {
        let spelling = Spelling::new(self.taken);
        let mut found: Vec<Method<'a>> = Vec::new();
        let mut missing: Vec<Method<'a>> = Vec::new();
        let mut was_iterable = false;
        for base in hierarchy.bases(id) {
            if !self.is_compatible(id, base, hierarchy) {
                return Err(base);
            }
            let from = &all[base.index()];
            let iterators =
                |methods: &[Method<'a>]| methods.iter().any(|one| is_iterators(&one.signature));
            let has_iterators = iterators(&from.own) || iterators(&from.inherited);
            let is_iterable = can_be_iterated(base, hierarchy, all);
            if is_iterable && iterators(&found) || has_iterators && was_iterable {
                return Err(base);
            }
            was_iterable |= is_iterable;
            let bindings = self.classes.get(id).bindings_of(base);
            for method in from.own.iter().chain(&from.inherited) {
                if method.is_static && hierarchy.is_interface(base) {
                    continue;
                }
                let mut types = self.types(id, hierarchy, &spelling);
                let own = method;
                let mut method = self.as_inherited(id, base, own, &mut types);
                if !own.is_static && own.operation.is_none() && !bindings.is_empty() {
                    let seen = java_signature(own, bindings, types);
                    if own.form == Form::Plain && seen.returns != method.signature.returns {
                        return Err(base);
                    }
                    (method.signature.takes, method.signature.erased) = (seen.takes, seen.erased);
                }
                self.merge(method, id, hierarchy, (&mut found, &mut missing)).map_err(|()| base)?;
            }
        }
        Ok((found, missing))
    }

    /// A base's method from the view of a class.
    fn as_inherited(
        &self,
        id: ClassId,
        base: ClassId,
        method: &Method<'a>,
        types: &mut Types<'_, '_>,
    ) -> Method<'a> {
        let mut candidate = method.candidate.clone();
        if !method.is_static {
            candidate = candidate.bound(&type_arguments(self.classes.get(id).bindings_of(base)));
        }
        let mut signature = Signature::of(&method.signature.name, &candidate, types);
        if method.form == Form::Builder || method.operation.is_some() {
            signature.returns.clone_from(&method.signature.returns);
        }
        if method.operation == Some(Operation::Equal) {
            signature = method.signature.clone();
        }
        signature.declared.clone_from(&method.signature.declared);
        Method { signature, candidate, overrides: true, ..method.clone() }
    }

    /// Whether the type arguments of everything above `base` equal those that other bases have.
    fn is_compatible(&self, id: ClassId, base: ClassId, hierarchy: &Hierarchy) -> bool {
        let spelling = Spelling::new(self.taken);
        let types = self.types(id, hierarchy, &spelling);
        let seen_through = |base: ClassId, above: ClassId| {
            let own = self.classes.get(id).bindings_of(base);
            let parameters = hierarchy.parameters(above, self.classes).iter();
            let bound = parameters.map(|name| {
                let through = self.classes.get(base).bindings_of(above).get(name);
                let shape = through.cloned().unwrap_or_else(|| Shape::Variable(name.clone()));
                types.boxed(&shape.bound(own))
            });
            bound.collect::<Vec<_>>()
        };
        let before: Vec<ClassId> =
            hierarchy.bases(id).into_iter().take_while(|one| *one != base).collect();
        let above = |of: ClassId| std::iter::once(of).chain(hierarchy.ancestors(of));
        above(base).all(|ancestor| {
            before
                .iter()
                .filter(|one| hierarchy.derives(**one, ancestor))
                .all(|one| seen_through(*one, ancestor) == seen_through(base, ancestor))
        })
    }

    /// Merges the methods of a base into those of the bases before it.
    fn merge(
        &self,
        method: Method<'a>,
        id: ClassId,
        hierarchy: &Hierarchy,
        (found, missing): (&mut Vec<Method<'a>>, &mut Vec<Method<'a>>),
    ) -> Result<(), ()> {
        let root = root_of(id, hierarchy);
        let is_of_interface = method.origin.is_some_and(|of| hierarchy.is_interface(of));
        let derives = |one: Option<ClassId>, other: Option<ClassId>| {
            one.zip(other).is_some_and(|(one, other)| hierarchy.derives(one, other))
        };
        if is_of_interface && root != Root::Interface {
            match reserved::find(root, &method.signature) {
                Some(Reserved::Returns(returns)) if returns == method.signature.returns => {
                    missing.push(method.clone());
                }
                Some(_) => return Err(()),
                None => {}
            }
        }
        let Some(at) = found.iter().position(|one| one.signature.clashes(&method.signature)) else {
            found.push(method);
            return Ok(());
        };
        let known = &found[at];
        if known.is_static != method.is_static || !known.signature.is_same(&method.signature) {
            return Err(());
        }
        if known.origin == method.origin && known.signature == method.signature {
            return Ok(());
        }
        let is_compatible =
            is_return_compatible(&known.signature.returns, &method.signature.returns);
        if derives(known.origin, method.origin) && is_compatible {
            return Ok(());
        }
        let replaces = is_return_compatible(&method.signature.returns, &known.signature.returns);
        if derives(method.origin, known.origin) && replaces && is_of_interface {
            missing.push(method.clone());
            found[at] = method;
            return Ok(());
        }
        if !is_compatible {
            return Err(());
        }
        missing.push(known.clone());
        Ok(())
    }

    fn methods(
        &self,
        id: ClassId,
        hierarchy: &Hierarchy,
        all: &[Methods<'a>],
        inherited: Vec<Method<'a>>,
        missing: Vec<Method<'a>>,
    ) -> Methods<'a> {
        let spelling = Spelling::new(self.taken);
        let root = root_of(id, hierarchy);
        let (classes, taken) = (self.classes, self.taken);
        let mut set = MethodSet { root, own: Vec::new(), inherited: &inherited, classes, taken };
        // If a base already has such a method, another one cannot be added.
        let has_own = inherited.iter().any(|method| is_iterators(&method.signature));
        let iterates = self.iterates(id, hierarchy, all).filter(|_| !has_own);
        let is_iterable = iterates.is_some()
            || hierarchy.bases(id).iter().any(|base| can_be_iterated(*base, hierarchy, all));
        for mut method in self.all_methods(id) {
            let mut types = self.types(id, hierarchy, &spelling);
            if method.is_static {
                types.variables.clear();
            }
            let name = std::mem::take(&mut method.signature.name);
            let builder = (method.form == Form::Builder).then(|| method.signature.returns.clone());
            method.signature = Signature::of(&name, &method.candidate, &mut types);
            match builder {
                Some(builder) => method.signature.returns = builder,
                None => box_as_inherited(&mut method, &inherited, &types),
            }
            if is_iterable && is_iterators(&method.signature) {
                continue;
            }
            set.add(method, root != Root::Interface);
        }
        for base in hierarchy.listed(id) {
            let from = &all[base.index()];
            for method in from.own.iter().chain(&from.inherited).filter(|one| !one.is_static) {
                let mut types = self.types(id, hierarchy, &spelling);
                let method = self.as_inherited(id, *base, method, &mut types);
                if method.form == Form::Plain && !is_iterators(&method.signature) {
                    set.add_listed(Method { origin: Some(id), overrides: false, ..method });
                }
            }
        }
        for method in missing {
            set.add_missing(Method { origin: Some(id), overrides: true, ..method });
        }
        let own = set.own;
        let is_visible =
            |method: &Method<'a>| !own.iter().any(|one| one.signature.clashes(&method.signature));
        let inherited = inherited.iter().filter(|method| is_visible(method)).cloned().collect();
        Methods { own, inherited, iterates }
    }

    /// The element type, if the class can be iterated over and no base can.
    fn iterates(&self, id: ClassId, hierarchy: &Hierarchy, all: &[Methods<'a>]) -> Option<Shape> {
        let class = self.classes.get(id).class;
        let of = match class.behaves_as.as_ref()? {
            TypeTree::List { of } | TypeTree::Set { of } | TypeTree::Iterable { of } => of,
            TypeTree::Map { key, .. } => key,
            _ => return None,
        };
        let has = |one: &ClassId| all[one.index()].iterates.is_some();
        let is_first = !hierarchy.ancestors(id).iter().any(has) && !hierarchy.is_value(id);
        let can = class.operations.contains_key(&Operation::Iterate)
            || class.operations.contains_key(&Operation::Keys);
        (is_first && can && class.kind != ClassKind::Enum)
            .then(|| Shape::of_base_class(of, self.classes))
    }

    /// All methods that a class should have, in order.
    fn all_methods(&self, id: ClassId) -> Vec<Method<'a>> {
        let members = &self.members[id.index()];
        let class = self.classes.get(id).class;
        let mut methods = Vec::new();
        for group in &members.groups {
            for candidate in &group.candidates {
                let operation = class.operations.iter();
                let mut operation =
                    operation.filter(|(_, id)| **id == candidate.function.overload_id);
                let operation = operation.next().map(|(one, _)| *one).filter(|_| !group.is_static);
                let method = plain(&group.name, candidate.clone(), group.is_static, Some(id));
                methods.extend(self.forms(Method { operation, ..method.clone() }));
                let of_java =
                    operation.and_then(name_in_java).filter(|_| !class.kind.is_interface());
                let is_new = |name: &&str| members.groups.iter().all(|one| one.name != *name);
                if let Some(name) = of_java.filter(is_new) {
                    let signature = Signature { name: name.to_owned(), ..method.signature.clone() };
                    methods.push(Method { operation, signature, ..method });
                }
            }
        }
        for named in &members.fields {
            let value = &named.field.value;
            let name = capitalized(&named.name);
            let receiver = |method: &metaffi_idl::Method| method.instance_required.then_some(id);
            let is_field = constant_of(named, self.classes).is_some() || is_member(named, class);
            if let Some(getter) = named.field.getter.as_ref().filter(|_| !is_field) {
                let candidate =
                    Candidate::getter(&getter.function, receiver(getter), value, self.classes);
                // The shape of a record, which Java 11 does not have.
                let getter_name = match class.kind {
                    ClassKind::Record => named.name.clone(),
                    _ => format!("get{name}"),
                };
                methods.push(plain(&getter_name, candidate, !getter.instance_required, Some(id)));
            }
            if let Some(setter) = &named.field.setter {
                let candidate =
                    Candidate::setter(&setter.function, receiver(setter), value, self.classes);
                methods.push(plain(
                    &format!("set{name}"),
                    candidate,
                    !setter.instance_required,
                    Some(id),
                ));
            }
        }
        methods.extend(self.constructors_by_name(id));
        methods
    }

    /// Methods that create objects with arguments by name.
    fn constructors_by_name(&self, id: ClassId) -> Vec<Method<'a>> {
        let class = self.classes.get(id).class;
        if class.is_abstract || class.kind.is_interface() || class.kind == ClassKind::Enum {
            return Vec::new();
        }
        let constructors = self.members[id.index()].constructors.iter();
        let takes_all = |one: &&Candidate<'a>| {
            let required = one.function.parameters.iter().filter(|own| !own.is_optional);
            self.adapted.named(one.function).is_some() && one.parameters.len() == required.count()
        };
        let builder = |candidate: &Candidate<'a>| {
            let method = plain("with", candidate.clone(), true, Some(id));
            let signature = Signature { returns: "With".to_owned(), ..method.signature };
            Method { form: Form::Builder, signature, ..method }
        };
        constructors.filter(takes_all).map(builder).collect()
    }

    /// A method with positional arguments, with arguments by name, or both.
    pub(crate) fn forms(&self, method: Method<'a>) -> Vec<Method<'a>> {
        let function = method.candidate.function;
        if self.adapted.named(function).is_none() {
            return vec![method];
        }
        let own = function.parameters.iter().filter(|one| !one.is_optional).count();
        if method.candidate.parameters.len() != own {
            return if needs_names(function) { Vec::new() } else { vec![method] };
        }
        let builder = Method {
            form: Form::Builder,
            operation: None,
            signature: Signature {
                name: format!("{}With", method.signature.name),
                returns: capitalized(&method.signature.name),
                ..method.signature.clone()
            },
            ..method.clone()
        };
        if needs_names(function) { vec![builder] } else { vec![method, builder] }
    }
}

/// The signature of a base's method in Java when the base's type variables are replaced by these
/// types. They are written as type arguments of the base, since parameter types accept more than
/// that. The same holds inside classes of the JDK, which hold no stub objects.
fn java_signature(method: &Method<'_>, bindings: &Bindings, types: Types<'_, '_>) -> Signature {
    let bindings = type_arguments(bindings);
    let replacements = bindings.iter().map(|(name, shape)| (name.clone(), types.boxed(shape)));
    let mut types = Types { replacements: replacements.collect(), ..types.clone() };
    types.variables.extend(bindings.into_keys());
    Signature::of("", &method.candidate, &mut types)
}

/// The types that replace a base's type variables in Java: boxes instead of primitives.
fn type_arguments(bindings: &Bindings) -> Bindings {
    let boxed = |shape: &Shape| match shape {
        Shape::Scalar(_) => Shape::Optional(Box::new(shape.clone())),
        shape => shape.clone(),
    };
    bindings.iter().map(|(name, shape)| (name.clone(), boxed(shape))).collect()
}

/// A primitive result is boxed if it replaces a type variable's result.
fn box_as_inherited(method: &mut Method<'_>, inherited: &[Method<'_>], types: &Types<'_, '_>) {
    let [result] = &method.candidate.results[..] else { return };
    let boxed = types.boxed(&result.shape);
    let mut replaced = inherited.iter().filter(|one| one.signature.clashes(&method.signature));
    if replaced.any(|one| one.signature.returns == boxed) {
        method.signature.returns = boxed;
    }
}

/// A method with positional arguments; its types are not determined yet.
pub(crate) fn plain<'a>(
    name: &str,
    candidate: Candidate<'a>,
    is_static: bool,
    origin: Option<ClassId>,
) -> Method<'a> {
    let signature = Signature {
        name: identifier(name),
        takes: Vec::new(),
        erased: Vec::new(),
        declared: Vec::new(),
        returns: String::new(),
        variables: Vec::new(),
    };
    let (overrides, operation, form) = (false, None, Form::Plain);
    Method { signature, candidate, is_static, origin, overrides, operation, form }
}

/// Whether a class is an `Iterable`, or derives from one that is.
fn can_be_iterated(id: ClassId, hierarchy: &Hierarchy, all: &[Methods<'_>]) -> bool {
    let mut line = std::iter::once(id).chain(hierarchy.ancestors(id));
    line.any(|one| all[one.index()].iterates.is_some())
}

/// The methods of `Iterable`.
fn is_iterators(signature: &Signature) -> bool {
    match signature.name.as_str() {
        "iterator" | "spliterator" => signature.takes.is_empty(),
        "forEach" => signature.erased == ["Consumer"],
        _ => false,
    }
}

pub(crate) fn root_of(id: ClassId, hierarchy: &Hierarchy) -> Root {
    if hierarchy.is_interface(id) {
        Root::Interface
    } else if hierarchy.is_value(id) {
        Root::Value
    } else if hierarchy.is_exception(id) {
        Root::Exception
    } else {
        Root::Object
    }
}
