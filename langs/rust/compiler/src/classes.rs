//! Converts classes to Rust types and their functions.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::{Base, Class, ClassKind, DefaultValue, Function, Literal, Operation};
use metaffi_stubs::{Candidate, ClassId, Documentation, Members, Names, Shape};

use crate::callables::{Place, deprecation, function, value_scalar};
use crate::layout::implementation;
use crate::literals::{constant, quote};
use crate::natural::{self, Naturals};
use crate::spelling::{Scope, Spelling};
use crate::{builders, docs, functions, names, view};

/// The members of an enum, with the paths of their getters; none if the class is not an
/// enum, or if one cannot be read.
pub(crate) fn members(class: &Class) -> Vec<(&metaffi_idl::Member, String)> {
    if class.kind != ClassKind::Enum || class.behaves_as.is_some() {
        return Vec::new();
    }
    let read = |member: &metaffi_idl::Member| {
        let field = class.fields.iter().find(|field| field.value.name == member.name)?;
        let getter = field.getter.as_ref().filter(|getter| !getter.instance_required)?;
        Some(getter.function.entity_path.to_string())
    };
    let found: Vec<_> =
        class.members.iter().filter_map(|member| Some((member, read(member)?))).collect();
    if found.len() == class.members.len() { found } else { Vec::new() }
}

/// All classes of a file.
pub(crate) struct Emitted<'e, 'c, 'a> {
    pub(crate) spelling: &'e Spelling<'c, 'a>,
    pub(crate) members: &'e [Members<'a>],
    /// The names of the file's types.
    pub(crate) types: &'e mut Names,
    pub(crate) builders: &'e mut Vec<view::Builder>,
    /// The classes that derive from each exception.
    pub(crate) heirs: BTreeMap<ClassId, Vec<String>>,
    /// Whether the guest can iterate over any object.
    pub(crate) walks: bool,
}

/// The classes that derive from each exception, by the guest's names.
pub(crate) fn heirs(spelling: &Spelling<'_, '_>) -> BTreeMap<ClassId, Vec<String>> {
    let mut heirs: BTreeMap<ClassId, Vec<String>> = BTreeMap::new();
    for id in spelling.classes.ids() {
        let info = spelling.classes.get(id);
        for ancestor in &info.lineage {
            if spelling.classes.get(*ancestor).class.kind == ClassKind::Exception {
                heirs.entry(*ancestor).or_default().push(info.runtime_name().to_owned());
            }
        }
    }
    heirs
}

impl<'a> Emitted<'_, '_, 'a> {
    pub(crate) fn class(&mut self, id: ClassId) -> view::Class {
        let info = self.spelling.classes.get(id);
        let class = info.class;
        let is_plain = self.spelling.classes.is_value(id) || self.spelling.is_choice(id);
        let scope = Scope::of(self.spelling, &[&class.type_parameters]);
        let own: Vec<String> = match is_plain {
            true => Vec::new(),
            false => {
                let all = class.type_parameters.iter();
                all.map(|one| scope.name(&one.name).unwrap_or_default().to_owned()).collect()
            }
        };
        let mut given = Names::new(names::member).without(names::RESERVED.iter().copied());
        let mut constants = Vec::new();
        let iterate = self.iterate(id, &scope).filter(|_| !is_plain);
        let (mut functions, compare) = self.methods(id, iterate.is_some(), &mut given);
        let statics = self.statics(id, &mut given);
        functions.extend(self.fields(id, &mut given, &mut constants));
        view::Class {
            docs: self.documentation(class),
            deprecated: deprecation(class.deprecated.as_deref(), 8),
            name: info.name.clone(),
            id: quote(info.runtime_name()),
            form: self.form(id, &scope),
            iterate,
            ordered: compare
                .filter(|_| !is_plain)
                .map(|method| view::Ordered { ty: self.own_type(id, &scope), method }),
            interface: self.interface(id).filter(|_| own.is_empty() && !is_plain),
            implementation: self.implementation(id, &own, &scope),
            constants,
            functions,
            statics,
            own,
        }
    }

    /// The head of the `impl` for the class with its type parameters.
    fn implementation(&self, id: ClassId, own: &[String], scope: &Scope) -> Vec<String> {
        let bounds: Vec<String> =
            own.iter().map(|name| format!("{name}: stubs::Element")).collect();
        implementation(4, &bounds, &self.own_type(id, scope))
    }

    fn documentation(&self, class: &Class) -> Vec<String> {
        let mut lines = docs::lines(&Documentation::of(&class.comment, None));
        if lines.is_empty() {
            lines.push(format!("`{}`.", class.id.replace('`', "'")));
        }
        lines
    }

    /// The first base, whose struct it holds, if there is one.
    fn held_base(&self, id: ClassId) -> Option<(ClassId, &[Shape])> {
        let base = self.spelling.classes.get(id).typed_bases.first()?;
        let Shape::Object(base, arguments) = base else { return None };
        let is_plain = self.spelling.classes.is_value(*base) || self.spelling.is_choice(*base);
        (!is_plain).then_some((*base, arguments))
    }

    /// The classes whose members are accessible through its first base.
    fn found_through(&self, id: ClassId) -> Vec<ClassId> {
        if self.spelling.is_choice(id) || self.spelling.classes.is_value(id) {
            return Vec::new();
        }
        let next = |id: &ClassId| self.held_base(*id).map(|(base, _)| base);
        std::iter::successors(self.held_base(id).map(|(base, _)| base), next).collect()
    }

    fn form(&self, id: ClassId, scope: &Scope) -> view::Form {
        let classes = self.spelling.classes;
        let info = classes.get(id);
        if let Some(inner) = Shape::plain_of(info.class, classes) {
            return view::Form::Value { inner: self.spelling.element(&inner, scope) };
        }
        let ancestor = |other: &ClassId| self.ancestor(id, *other, scope);
        let ancestors = info.lineage.iter().filter_map(ancestor);
        let ancestors: Vec<String> = ancestors.chain(["stubs::Reference".to_owned()]).collect();
        let members = members(info.class);
        if !members.is_empty() {
            let mut given = Names::new(names::class).without(["Other"]);
            let member = |(member, path): &(&metaffi_idl::Member, String)| view::Member {
                docs: docs::of_comment(&member.comment),
                name: given.give(&names::snake(&member.name).replace('-', "_")),
                path: quote(path),
                text: quote(&member.name),
            };
            return view::Form::Choice { members: members.iter().map(member).collect(), ancestors };
        }
        let base = self.held_base(id);
        view::Form::Object {
            base: base.map_or("stubs::Reference".to_owned(), |(base, arguments)| {
                self.spelling.class(base, arguments, scope)
            }),
            ancestors,
            items: self.items(id).map(|of| self.spelling.element(&of, scope)),
            entries: self.entries(id).map(|(key, value)| {
                (self.spelling.element(&key, scope), self.spelling.element(&value, scope))
            }),
            heirs: self.heirs.get(&id).into_iter().flatten().map(|one| quote(one)).collect(),
        }
    }

    /// An ancestor with its arguments.
    fn ancestor(&self, id: ClassId, other: ClassId, scope: &Scope) -> Option<String> {
        let classes = self.spelling.classes;
        if classes.is_value(other) {
            return None;
        }
        let bindings = classes.get(id).bindings_of(other);
        let parameters = classes.get(other).class.type_parameters.iter();
        let argument = |name: &str| bindings.get(name).cloned().unwrap_or(Shape::Any);
        let arguments: Vec<Shape> = parameters.map(|one| argument(&one.name)).collect();
        Some(self.spelling.class(other, &arguments, scope))
    }

    fn items(&self, id: ClassId) -> Option<Shape> {
        self.spelling.classes.behaviours(id).find_map(|shape| match shape {
            Shape::Items(of, _) => Some(*of),
            _ => None,
        })
    }

    fn entries(&self, id: ClassId) -> Option<(Shape, Shape)> {
        self.spelling.classes.behaviours(id).find_map(|shape| match shape {
            Shape::Entries(key, value, _) => Some((*key, *value)),
            _ => None,
        })
    }

    /// The function that does an operation, and its class.
    fn function_for(&self, id: ClassId, operation: Operation) -> Option<&'a Function> {
        let (owner, overload) = self.spelling.classes.operation(id, operation)?;
        let class = self.spelling.classes.get(owner).class;
        let is_it = |method: &&metaffi_idl::Method| method.function.overload_id == overload;
        Some(&class.methods.iter().find(is_it)?.function)
    }

    fn iterate(&self, id: ClassId, scope: &Scope) -> Option<view::Iterate> {
        let classes = self.spelling.classes;
        let element = self
            .items(id)
            .map_or("stubs::Value".to_owned(), |of| self.spelling.element(&of, scope));
        let ty = self.own_type(id, scope);
        let path = |function: &Function| quote(&function.entity_path.to_string());
        let steps = |of: ClassId| {
            let next = self.function_for(of, Operation::Next).map(path)?;
            Some((self.function_for(of, Operation::HasNext).map(path), next))
        };
        if let Some((has_next, next)) = steps(id) {
            return Some(view::Iterate { ty, element, iterate: None, has_next, next: Some(next) });
        }
        let iterate = self.function_for(id, Operation::Iterate)?;
        let iterator = iterate.return_values.first()?;
        let found = classes.with_key(&iterator.type_alias).and_then(steps);
        match found {
            Some((has_next, next)) => {
                let iterate = Some(path(iterate));
                Some(view::Iterate { ty, element, iterate, has_next, next: Some(next) })
            }
            None if self.walks => {
                Some(view::Iterate { ty, element, iterate: None, has_next: None, next: None })
            }
            None => None,
        }
    }

    /// A class with its own type parameters.
    fn own_type(&self, id: ClassId, scope: &Scope) -> String {
        let own = self.spelling.classes.get(id).class.type_parameters.iter();
        let own: Vec<Shape> = own.map(|one| Shape::Variable(one.name.clone())).collect();
        self.spelling.class(id, &own, scope)
    }

    /// Methods and constructors, and the method that compares objects; those of its first base
    /// are accessible there.
    fn methods(
        &mut self,
        id: ClassId,
        is_iterable: bool,
        given: &mut Names,
    ) -> (Vec<view::Function>, Option<String>) {
        let classes = self.spelling.classes;
        let info = classes.get(id);
        let through: HashSet<*const Function> = self
            .found_through(id)
            .iter()
            .flat_map(|owner| methods_of(classes.get(*owner).class))
            .map(std::ptr::from_ref)
            .collect();
        let members = &self.members[id.index()];
        let place = Place { indent: 8, scope: &info.class.type_parameters, makes: None };
        let mut functions = self.constructors(id, members, given);
        let mut compare = None;
        let naturals = Naturals { id, classes, is_iterable };
        let is_plain = classes.is_value(id);
        let (special, plain): (Vec<_>, Vec<_>) = members
            .groups
            .iter()
            .filter(|group| !group.is_static)
            .partition(|group| natural::is_special(&group.name));
        // A function with a unique name keeps it; others get new ones.
        for group in plain.into_iter().chain(special) {
            let keeps = |candidate: &Candidate<'_>| {
                !through.contains(&std::ptr::from_ref(candidate.function))
                    && (is_plain || !naturals.is_trait(group, candidate))
            };
            let name = naturals.name(group, given);
            for one in functions::each(&name, &group.candidates, keeps, given, self.spelling) {
                if naturals.compares(one.candidate) {
                    compare.get_or_insert_with(|| one.name.clone());
                }
                functions.extend(self.function(one.candidate, &one.name, place, &info.name, given));
            }
        }
        (functions, compare)
    }

    fn constructors(
        &mut self,
        id: ClassId,
        members: &Members<'a>,
        given: &mut Names,
    ) -> Vec<view::Function> {
        let info = self.spelling.classes.get(id);
        let place = Place { indent: 8, scope: &info.class.type_parameters, makes: Some(id) };
        let mut by_name: Vec<(&str, Vec<Candidate<'a>>)> = Vec::new();
        for candidate in &members.constructors {
            let name = candidate.function.name.as_str();
            match by_name.iter_mut().find(|(other, _)| *other == name) {
                Some((_, all)) => all.push(candidate.clone()),
                None => by_name.push((name, vec![candidate.clone()])),
            }
        }
        if self.spelling.classes.is_value(id) || self.spelling.is_choice(id) {
            return Vec::new();
        }
        let is_one = by_name.len() == 1;
        let mut functions = Vec::new();
        for (name, candidates) in by_name {
            let name =
                if is_one { "new".to_owned() } else { constructor_name(name, &info.class.name) };
            for one in functions::each(&name, &candidates, |_| true, given, self.spelling) {
                functions.extend(self.function(one.candidate, &one.name, place, &info.name, given));
            }
        }
        functions
    }

    /// Static methods, except constructors.
    fn statics(&mut self, id: ClassId, given: &mut Names) -> Vec<view::Function> {
        let info = self.spelling.classes.get(id);
        let members = &self.members[id.index()];
        let made: HashSet<*const Function> =
            members.constructors.iter().map(|one| std::ptr::from_ref(one.function)).collect();
        let is_plain = self.spelling.classes.is_value(id) || self.spelling.is_choice(id);
        let place = Place { indent: 8, scope: &[], makes: None };
        let mut functions = Vec::new();
        for group in members.groups.iter().filter(|group| group.is_static) {
            let keeps = |candidate: &Candidate<'_>| {
                is_plain || !made.contains(&std::ptr::from_ref(candidate.function))
            };
            for one in functions::named(group, keeps, given, self.spelling) {
                functions.extend(self.function(one.candidate, &one.name, place, &info.name, given));
            }
        }
        let own: HashSet<&str> = members_names(info.class);
        for field in &members.fields {
            let Some(getter) = field.field.getter.as_ref().filter(|one| !one.instance_required)
            else {
                continue;
            };
            if own.contains(field.field.value.name.as_str())
                || self.constant(&field.field.value, field.field.constant.as_ref()).is_some()
            {
                continue;
            }
            let value = &field.field.value;
            let candidate = Candidate::getter(&getter.function, None, value, self.spelling.classes);
            let name = given.give(&value.name);
            functions.push(function(&candidate, &name, place, self.spelling));
            if let Some(setter) = &field.field.setter {
                let candidate =
                    Candidate::setter(&setter.function, None, value, self.spelling.classes);
                let name = given.give(&format!("set_{}", value.name));
                functions.push(function(&candidate, &name, place, self.spelling));
            }
        }
        functions
    }

    /// Fields of objects as functions, and constants as constants.
    fn fields(
        &mut self,
        id: ClassId,
        given: &mut Names,
        constants: &mut Vec<view::Constant>,
    ) -> Vec<view::Function> {
        let classes = self.spelling.classes;
        let info = classes.get(id);
        let through = self.found_through(id);
        let inherited: HashSet<*const metaffi_idl::Field> = through
            .iter()
            .flat_map(|owner| &classes.get(*owner).class.fields)
            .map(std::ptr::from_ref)
            .collect();
        let place = Place { indent: 8, scope: &info.class.type_parameters, makes: None };
        let mut screaming = Names::new(names::constant);
        let mut functions = Vec::new();
        for field in &self.members[id.index()].fields {
            if inherited.contains(&std::ptr::from_ref(field.field)) {
                continue;
            }
            let value = &field.field.value;
            let is_own = info.class.fields.iter().any(|one| std::ptr::eq(one, field.field));
            if let Some((ty, text)) = self.constant(value, field.field.constant.as_ref()) {
                if is_own {
                    constants.push(view::Constant {
                        docs: docs::of_comment(&value.comment),
                        name: screaming.give(&value.name),
                        ty,
                        value: text,
                    });
                }
                continue;
            }
            let getter = field.field.getter.as_ref().filter(|one| one.instance_required);
            if let Some(getter) = getter {
                let candidate = Candidate::getter(&getter.function, Some(id), value, classes);
                let candidate = self.bound(id, field.field, candidate);
                let name = given.give(&value.name);
                functions.push(function(&candidate, &name, place, self.spelling));
            }
            let setter = field.field.setter.as_ref().filter(|one| one.instance_required);
            if let Some(setter) = setter {
                let candidate = Candidate::setter(&setter.function, Some(id), value, classes);
                let candidate = self.bound(id, field.field, candidate);
                let name = given.give(&format!("set_{}", value.name));
                functions.push(function(&candidate, &name, place, self.spelling));
            }
        }
        functions
    }

    /// A field's accessor in terms of the class that inherits the field.
    fn bound<'f>(
        &self,
        id: ClassId,
        field: &metaffi_idl::Field,
        candidate: Candidate<'f>,
    ) -> Candidate<'f> {
        let classes = self.spelling.classes;
        let has = |owner: &ClassId| {
            classes.get(*owner).class.fields.iter().any(|one| std::ptr::eq(one, field))
        };
        let owner = classes.get(id).lineage.iter().find(|owner| has(owner));
        let bindings = owner.and_then(|owner| classes.get(id).bindings.get(owner));
        match bindings {
            Some(bindings) => candidate.bound(bindings),
            None => candidate,
        }
    }

    /// A constant's type and value.
    pub(crate) fn constant(
        &self,
        value: &metaffi_idl::Parameter,
        literal: Option<&Literal>,
    ) -> Option<(String, String)> {
        constant_of(self.spelling, value, literal)
    }

    /// The function, or both of its forms if it has optional arguments.
    fn function(
        &mut self,
        candidate: &Candidate<'a>,
        name: &str,
        place: Place<'_>,
        owner: &str,
        given: &mut Names,
    ) -> Vec<view::Function> {
        let with = names::member(&format!("{}_with", names::plain(name)));
        // The type parameters of a new object could not be inferred.
        let is_open = place.makes.is_some() && !place.scope.is_empty();
        if !builders::has_optional(candidate) || is_open || given.take(&with).is_none() {
            return vec![function(candidate, name, place, self.spelling)];
        }
        let builder = self.types.give(&format!("{owner}_{}_with", names::plain(name)));
        let built = builders::with_builder(candidate, name, place, self.spelling, &builder);
        let Some((opened, builder)) = built else {
            return vec![function(candidate, name, place, self.spelling)];
        };
        self.builders.push(builder);
        vec![builders::required_only(candidate, name, place, self.spelling), opened]
    }

    /// The trait for Rust values that implement an interface.
    fn interface(&mut self, id: ClassId) -> Option<view::Interface> {
        let classes = self.spelling.classes;
        let info = classes.get(id);
        if !info.class.kind.is_interface() {
            return None;
        }
        let scope = Scope::default();
        let mut given = Names::new(names::member);
        let mut methods: Vec<view::Required> = Vec::new();
        for owner in classes.with_ancestors(id) {
            for method in &classes.get(owner).class.methods {
                if !method.instance_required || !method.is_abstract {
                    continue;
                }
                let candidate = Candidate::of(&method.function, None, classes).pop()?;
                let candidate = match info.bindings.get(&owner) {
                    Some(bindings) => candidate.bound(bindings),
                    None => candidate,
                };
                let guest_name = quote(&method.function.name);
                if methods.iter().any(|one| one.guest_name == guest_name) {
                    continue;
                }
                methods.push(self.required(&candidate, guest_name, &mut given, &scope)?);
            }
        }
        if methods.is_empty() {
            return None;
        }
        let name = self.types.give(&format!("{}_methods", info.name));
        Some(view::Interface { name, class: info.name.clone(), methods })
    }

    fn required(
        &self,
        candidate: &Candidate<'_>,
        guest_name: String,
        given: &mut Names,
        scope: &Scope,
    ) -> Option<view::Required> {
        if candidate.parameters.len() > crate::parameters::MOST_IN_FUNCTION {
            return None;
        }
        let named = crate::callables::parameter_names(candidate);
        let typed = candidate.parameters.iter().zip(&named).map(|(one, name)| {
            let shape = crate::parameters::shape_of(one);
            format!("{name}: {}", self.spelling.element(&shape, scope))
        });
        let typed: Vec<String> = typed.collect();
        let results: Vec<String> =
            candidate.results.iter().map(|one| self.spelling.element(&one.shape, scope)).collect();
        let returns = match &results[..] {
            [] => "()".to_owned(),
            [only] => only.clone(),
            several => format!("({})", several.join(", ")),
        };
        Some(view::Required {
            docs: docs::of_comment(&candidate.function.comment),
            name: given.give(&candidate.function.name),
            guest_name,
            parameters: typed.join(", "),
            returns,
        })
    }
}

/// A constant's type and value, if it can be a Rust constant.
pub(crate) fn constant_of(
    spelling: &Spelling<'_, '_>,
    value: &metaffi_idl::Parameter,
    literal: Option<&Literal>,
) -> Option<(String, String)> {
    let literal = literal?;
    if value.dimensions != 0 && value.ty.base() != Some(Base::Uint8) {
        return None;
    }
    match Shape::of(value, spelling.classes) {
        Shape::Value(id, inner) => {
            let Shape::Scalar(base) = *inner else { return None };
            let (ty, text) = constant(literal, Some(base))?;
            let name = &spelling.classes.get(id).name;
            (ty == value_scalar(base)).then(|| (name.clone(), format!("{name}({text})")))
        }
        _ => constant(literal, value.ty.base()),
    }
}

fn methods_of(class: &Class) -> impl Iterator<Item = &Function> {
    class.methods.iter().chain(&class.release).map(|method| &method.function)
}

fn members_names(class: &Class) -> HashSet<&str> {
    members(class).iter().map(|(member, _)| member.name.as_str()).collect()
}

/// `new` of `NewSquare` in `Square`, `new_from` of `NewSquareFrom`.
fn constructor_name(name: &str, class: &str) -> String {
    let short = name
        .strip_prefix("New")
        .map(|rest| format!("new_{}", rest.strip_prefix(class).unwrap_or(rest)));
    let short = short.unwrap_or_else(|| name.to_owned());
    short.trim_end_matches('_').to_owned()
}

/// Keeps every default, so that no separate call is generated for each number of
/// arguments.
pub(crate) fn keep_default(_: &DefaultValue) -> Option<String> {
    Some(String::new())
}
