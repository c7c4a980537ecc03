//! Classes: what each is in Go, and its members.

use std::collections::{BTreeMap, HashSet};

use metaffi_idl::{Field, Function, Idl, Operation, TypeTree};
use metaffi_stubs::{Candidate, ClassId, Documentation, Group, Members, Names, Request, Shape};

use super::arguments::{Overload, overloads};
use super::docs;
use super::functions::{Functions, On};
use super::literals::{constant, quote};
use super::names::{RESERVED_MEMBERS, exported};
use super::target::Kind;
use super::view::{Class, Constant, Entries, Func, Implementation, Iteration, Required};

/// Decides on classes.
pub(super) struct ClassPass<'f, 'p, 'a> {
    pub(super) functions: &'f mut Functions<'p, 'a>,
    /// The entity paths of the functions outside of classes.
    pub(super) of_modules: HashSet<String>,
    /// The members of all classes, in their order.
    pub(super) members: &'p [Members<'a>],
    /// The methods of each class by name, including those of what it embeds, and what they mean.
    methods: Vec<BTreeMap<String, String>>,
    /// The variables of classes and enums.
    variables: Vec<String>,
}

impl<'f, 'p, 'a> ClassPass<'f, 'p, 'a> {
    pub(super) fn new(
        functions: &'f mut Functions<'p, 'a>,
        members: &'p [Members<'a>],
        idl: &Idl,
    ) -> Self {
        let of_modules = idl.modules.iter().flat_map(|module| &module.functions);
        let of_modules = of_modules.map(|function| function.entity_path.to_string()).collect();
        let classes = functions.types.classes;
        let variable = |id: ClassId, functions: &mut Functions<'p, 'a>| {
            let name = &classes.get(id).name;
            match functions.types.kind(id) {
                Kind::Enum => functions.variables.reserve(&format!("enum{name}")),
                _ => functions.variables.reserve(&format!("class{name}")),
            }
        };
        let variables = classes.ids().map(|id| variable(id, functions)).collect();
        ClassPass { functions, of_modules, members, methods: Vec::new(), variables }
    }

    /// All classes, bases first.
    pub(super) fn all(&mut self) -> Vec<Class> {
        let ids = self.functions.types.classes.ids();
        ids.filter_map(|id| {
            let (methods, class) = self.class(id);
            self.methods.push(methods);
            class
        })
        .collect()
    }

    /// The variables of the classes of exceptions.
    pub(super) fn exceptions(&self) -> Vec<String> {
        let classes = self.functions.types.classes;
        let is_exception = |id: &ClassId| {
            matches!(self.functions.types.kind(*id), Kind::Struct { is_exception: true, .. })
        };
        let variable = |id: ClassId| format!("&{}", self.variables[id.index()]);
        classes.ids().filter(is_exception).map(variable).collect()
    }

    fn class(&mut self, id: ClassId) -> (BTreeMap<String, String>, Option<Class>) {
        let kind = self.functions.types.kind(id).clone();
        let info = self.functions.types.classes.get(id);
        let (name, variable) = (info.name.clone(), self.variables[id.index()].clone());
        let embedded = self.embedded(id);
        let inherited = embedded.map(|base| self.methods[base.index()].clone()).unwrap_or_default();
        let on = match &kind {
            Kind::Function => return (BTreeMap::new(), None),
            Kind::Enum => On::Enum(name.clone(), variable.clone()),
            Kind::Value(_) => On::Value(name.clone(), self.functions.plain(&kind)),
            _ => On::Object(name.clone()),
        };
        let base_name = embedded.map(|base| self.functions.types.classes.get(base).name.clone());
        let mut part =
            Part { id, on, embedded: base_name.clone(), methods: inherited, functions: Vec::new() };
        self.constructors(&mut part, &kind);
        self.groups(&mut part);
        let (members, constants) = self.fields(&mut part, &kind);
        let is_exception = matches!(kind, Kind::Struct { is_exception: true, .. });
        let root = if is_exception { "stubs.Exception" } else { "stubs.Object" };
        let (form, base) = match &kind {
            Kind::Enum => ("enum", String::new()),
            Kind::Value(_) => ("value", self.functions.plain(&kind)),
            _ => ("struct", base_name.clone().unwrap_or_else(|| root.to_owned())),
        };
        self.describe(id, &kind, &members);
        let docs = Documentation::of(&info.class.comment, info.class.deprecated.as_deref());
        let class = Class {
            docs: docs::lines(&docs),
            name,
            form,
            base,
            variable,
            is_root: embedded.is_none(),
            interface: self.interface(id),
            ancestors: self.ancestors(id, embedded),
            iteration: self.iteration(id, embedded),
            entries: self.entries(id, embedded),
            implementation: self.implementation(id),
            members,
            constants,
            functions: part.functions,
        };
        (part.methods, Some(class))
    }

    /// The base that is embedded: the first struct of the same kind.
    fn embedded(&self, id: ClassId) -> Option<ClassId> {
        let types = &self.functions.types;
        let is_exception = |id: ClassId| match types.kind(id) {
            Kind::Struct { is_exception, .. } => Some(*is_exception),
            Kind::Functional => Some(false),
            _ => None,
        };
        let own = is_exception(id)?;
        let mut bases = types.classes.get(id).bases.iter().copied();
        bases.find(|base| is_exception(*base) == Some(own))
    }

    fn interface(&self, id: ClassId) -> Option<String> {
        let is_open = matches!(self.functions.types.kind(id), Kind::Struct { is_open: true, .. });
        is_open.then(|| self.functions.types.interfaces[id.index()].clone())
    }

    /// The open ancestors that the embedded base does not stand for.
    fn ancestors(&self, id: ClassId, embedded: Option<ClassId>) -> Vec<String> {
        let classes = self.functions.types.classes;
        let through: Vec<ClassId> =
            embedded.iter().flat_map(|base| classes.with_ancestors(*base)).collect();
        let lineage = classes.get(id).lineage.iter();
        let others =
            lineage.filter(|one| !through.contains(one) && self.interface(**one).is_some());
        others.map(|one| classes.get(*one).name.clone()).collect()
    }

    /// The variable of a class or an enum.
    fn describe(&mut self, id: ClassId, kind: &Kind, members: &[Constant]) {
        let info = self.functions.types.classes.get(id);
        let head = format!("Module: &module, ID: {}", quote(info.runtime_name()));
        let variable = self.variables[id.index()].clone();
        let value = match kind {
            Kind::Value(_) => return,
            Kind::Enum => {
                let names: Vec<&str> = members.iter().map(|one| one.value.as_str()).collect();
                let read = info.class.members.iter().filter_map(|member| {
                    let field =
                        info.class.fields.iter().find(|one| one.value.name == member.name)?;
                    let getter = &field.getter.as_ref()?.function;
                    let mut request = Request::of_function(getter);
                    if request.results.is_empty() {
                        request.results = vec![metaffi_stubs::type_text(&field.value)];
                    }
                    let hint = format!("{}{}", info.name, exported(&member.name));
                    Some(format!("&{}", self.functions.variables.entity(&hint, request)))
                });
                let read: Vec<String> = read.collect();
                format!(
                    "stubs.Enum{{{head}, Names: []string{{{}}}, Members: []*stubs.Entity{{{}}}}}",
                    names.join(", "),
                    read.join(", ")
                )
            }
            _ => {
                let bases = info.bases.iter().filter(|base| {
                    !matches!(
                        self.functions.types.kind(**base),
                        Kind::Value(_) | Kind::Enum | Kind::Function
                    )
                });
                let bases: Vec<String> =
                    bases.map(|base| format!("&{}", self.variables[base.index()])).collect();
                match bases.is_empty() {
                    true => format!("stubs.Class{{{head}}}"),
                    false => {
                        format!(
                            "stubs.Class{{{head}, Bases: []*stubs.Class{{{}}}}}",
                            bases.join(", ")
                        )
                    }
                }
            }
        };
        self.functions.variables.write(&variable, &value);
    }

    fn constructors(&mut self, part: &mut Part, kind: &Kind) {
        let info = self.functions.types.classes.get(part.id);
        let all = &self.members[part.id.index()].constructors;
        let have_one_name =
            all.windows(2).all(|pair| pair[0].function.name == pair[1].function.name);
        let is_made = !info.class.is_abstract && !info.class.kind.is_interface();
        if *kind == Kind::Enum || !have_one_name || !is_made {
            return;
        }
        let is_apart =
            |one: &Candidate<'a>| !self.of_modules.contains(&one.function.entity_path.to_string());
        let own: Vec<Candidate<'a>> = all.iter().filter(|one| is_apart(one)).cloned().collect();
        for overload in overloads(&own, |_| true, self.functions.types.classes) {
            let name = format!("New{}{}", info.name, overload.suffix);
            let name = self.functions.names.give(&name);
            part.functions.push(self.functions.make(&name, overload.candidate, &On::Nothing));
        }
    }

    fn groups(&mut self, part: &mut Part) {
        let members = &self.members[part.id.index()];
        let info = self.functions.types.classes.get(part.id);
        let is_own = |one: &Candidate<'a>| {
            info.class.methods.iter().any(|own| std::ptr::eq(&own.function, one.function))
        };
        let classes = self.functions.types.classes;
        let with_overloads =
            |group: &'p Group<'a>| (group, overloads(&group.candidates, is_own, classes));
        let mut groups: Vec<(&'p Group<'a>, Vec<Overload<'p, 'a>>)> =
            members.groups.iter().map(with_overloads).collect();
        // A function whose name is unique keeps it, whatever the overloads are named.
        groups.sort_by_key(|(_, overloads)| overloads.len() > 1);
        let mut own = members.names.clone();
        for (group, overloads) in groups {
            for overload in &overloads {
                self.overload(part, group, overload, &mut own);
            }
        }
    }

    /// One of the overloads of a group.
    fn overload(
        &mut self,
        part: &mut Part,
        group: &Group<'a>,
        overload: &Overload<'_, 'a>,
        own: &mut Names,
    ) {
        let candidate = overload.candidate;
        let class = &self.functions.types.classes.get(part.id).name;
        let name = self.member_name(part, group, candidate);
        if group.is_static {
            let name = format!("{class}{name}{}", overload.suffix);
            let name = self.functions.names.give(&name);
            part.functions.push(self.functions.make(&name, candidate, &On::Nothing));
        } else if !self.is_notation(part.id, candidate, &name) {
            let suffixed = format!("{name}{}", overload.suffix);
            // An operation may have the same name as another method of the guest.
            let members = &self.members[part.id.index()];
            let is_taken = members.groups.iter().any(|one| one.name == name && !one.is_static)
                || members.fields.iter().any(|one| one.name == name);
            let is_another = suffixed != name || group.name != name && is_taken;
            let name = if is_another { own.give(&suffixed) } else { name };
            self.method(part, &name, candidate);
        }
    }

    /// A method, unless the embedded type has the same.
    fn method(&mut self, part: &mut Part, name: &str, candidate: &Candidate<'a>) {
        let meaning = meaning(candidate);
        if part.methods.get(name) == Some(&meaning) {
            return;
        }
        part.methods.insert(name.to_owned(), meaning);
        let on = part.on.clone();
        let func = self.functions.make(name, candidate, &on);
        part.functions.push(func);
    }

    /// The name of a member; an operation whose own name means nothing in Go is named after the
    /// operation.
    fn member_name(&self, part: &Part, group: &Group<'_>, candidate: &Candidate<'_>) -> String {
        let class = self.functions.types.classes;
        let own = &candidate.function.overload_id;
        let doing = Operation::ALL.iter().find(|(_, operation)| {
            class.operation(part.id, *operation).is_some_and(|(_, id)| id == own)
        });
        let name = match doing {
            Some((doing, _)) if candidate.function.name.starts_with('_') => match *doing {
                "length" => "Len".to_owned(),
                doing => exported(doing),
            },
            _ => group.name.clone(),
        };
        match &part.embedded {
            Some(base) if *base == name => format!("{name}Method"),
            _ => name,
        }
    }

    /// Whether a method is an operation with a notation in Go, which stubs have anyway.
    fn is_notation(&self, id: ClassId, candidate: &Candidate<'_>, name: &str) -> bool {
        let is = |operation: Operation| {
            let found = self.functions.types.classes.operation(id, operation);
            found.is_some_and(|(_, own)| own == candidate.function.overload_id)
        };
        let is_plain = candidate.function.name.starts_with('_')
            || name.starts_with(candidate.function.name.as_str());
        is_plain && (is(Operation::Text) || is(Operation::Equal))
            || is(Operation::Message) && candidate.function.name == "Error"
    }

    /// Fields: the members of an enum, constants, and the functions that read and write the others.
    fn fields(&mut self, part: &mut Part, kind: &Kind) -> (Vec<Constant>, Vec<Constant>) {
        let (mut members, mut constants) = (Vec::new(), Vec::new());
        let info = self.functions.types.classes.get(part.id);
        let all = &self.members[part.id.index()];
        let mut own = all.names.clone();
        for named in &all.fields {
            let field = named.field;
            let is_own = info.class.fields.iter().any(|one| std::ptr::eq(one, field));
            let member = info.class.members.iter().find(|one| one.name == field.value.name);
            let is_static = is_static(field);
            if is_static && !is_own {
                continue;
            }
            if let (Some(member), Kind::Enum) = (member, kind) {
                let name =
                    self.functions.names.give(&format!("{}{}", info.name, exported(&member.name)));
                members.push(Constant {
                    docs: docs::lines(&Documentation::of(&member.comment, None)),
                    name,
                    ty: info.name.clone(),
                    value: quote(&member.name),
                });
                continue;
            }
            let shape = Shape::of(&field.value, self.functions.types.classes);
            let known = field.constant.as_ref().and_then(|value| constant(value, &shape));
            if let Some(value) = known.filter(|_| is_static) {
                let name = self.functions.names.give(&format!("{}{}", info.name, named.name));
                let docs = docs::lines(&Documentation::of(&field.value.comment, None));
                constants.push(Constant {
                    docs,
                    name,
                    ty: self.functions.types.result(&shape),
                    value,
                });
                continue;
            }
            self.accessors(part, &mut own, &named.name, field);
        }
        (members, constants)
    }

    fn accessors(&mut self, part: &mut Part, own: &mut Names, name: &str, field: &'a Field) {
        let classes = self.functions.types.classes;
        let class_name = &classes.get(part.id).name;
        let methods = [(field.getter.as_ref(), true), (field.setter.as_ref(), false)];
        for (method, reads) in methods {
            let Some(method) = method else { continue };
            let receiver = method.instance_required.then_some(part.id);
            let candidate = match reads {
                true => Candidate::getter(&method.function, receiver, &field.value, classes),
                false => Candidate::setter(&method.function, receiver, &field.value, classes),
            };
            let wanted = if reads { name.to_owned() } else { format!("Set{name}") };
            if receiver.is_some() {
                let wanted = match &part.embedded {
                    Some(base) if *base == wanted => format!("{wanted}Field"),
                    _ if reads => wanted,
                    _ => own.give(&wanted),
                };
                self.method(part, &wanted, &candidate);
            } else {
                let name = self.functions.names.give(&format!("{class_name}{wanted}"));
                part.functions.push(self.functions.make(&name, &candidate, &On::Nothing));
            }
        }
    }

    /// How to iterate over objects of the class, unless the embedded type defines it.
    fn iteration(&mut self, id: ClassId, embedded: Option<ClassId>) -> Option<Iteration> {
        let element = |pass: &Self, id: ClassId| {
            let class = pass.functions.types.classes.get(id).class;
            let of = match class.behaves_as.as_ref()? {
                TypeTree::List { of } | TypeTree::Set { of } => of,
                TypeTree::Iterable { of } | TypeTree::Iterator { of } => of,
                _ => return None,
            };
            let shape = Shape::of_base_class(of, pass.functions.types.classes);
            Some(pass.functions.types.of_element(&shape))
        };
        let own = element(self, id)?;
        let is_there = |base: ClassId| element(self, base).as_ref() == Some(&own);
        if embedded.is_some_and(is_there)
            || !matches!(self.functions.types.kind(id), Kind::Struct { .. })
        {
            return None;
        }
        Some(Iteration { element: own, steps: self.steps(id) })
    }

    /// The types of the keys and values of a map, unless the embedded type is one.
    fn entries(&self, id: ClassId, embedded: Option<ClassId>) -> Option<Entries> {
        let types = &self.functions.types;
        let is_struct = |id| matches!(types.kind(id), Kind::Struct { .. });
        let own = |id: ClassId| match types.classes.get(id).class.behaves_as.as_ref()? {
            TypeTree::Map { key, value } if is_struct(id) => {
                let [key, value] = [key, value]
                    .map(|of| types.of_element(&Shape::of_base_class(of, types.classes)));
                Some(Entries { key, value })
            }
            _ => None,
        };
        let entries = own(id)?;
        let has_own = embedded.and_then(own).is_none_or(|above| above != entries);
        has_own.then_some(entries)
    }

    /// How a Go type implements an interface: the methods that it must provide.
    fn implementation(&mut self, id: ClassId) -> Option<Implementation> {
        let classes = self.functions.types.classes;
        let info = classes.get(id);
        let is_struct = matches!(self.functions.types.kind(id), Kind::Struct { .. });
        if !is_struct || !info.class.kind.is_interface() {
            return None;
        }
        let mut own = Names::new(exported).without(RESERVED_MEMBERS.iter().copied());
        let mut methods: Vec<Required> = Vec::new();
        for owner in classes.with_ancestors(id) {
            let all = classes.get(owner).class.methods.iter();
            for method in all.filter(|one| one.instance_required && one.is_abstract) {
                let guest_name = quote(&method.function.name);
                // The first of several overloads: Go has one method per name.
                if methods.iter().any(|one| one.guest_name == guest_name) {
                    continue;
                }
                let candidate = Candidate::of(&method.function, None, classes).pop()?;
                let candidate = match info.bindings.get(&owner) {
                    Some(bindings) => candidate.bound(bindings),
                    None => candidate,
                };
                let parameters: Vec<&Shape> =
                    candidate.parameters.iter().map(|one| &one.shape).collect();
                let results: Vec<&Shape> = candidate.results.iter().map(|one| &one.shape).collect();
                methods.push(Required {
                    docs: docs::lines(&Documentation::of(&method.function.comment, None)),
                    name: own.give(&method.function.name),
                    signature: self.functions.types.required(&parameters, &results),
                    guest_name,
                });
            }
        }
        if methods.is_empty() {
            return None;
        }
        let name = &info.name;
        let function = self.functions.names.give(&format!("Implement{name}"));
        let methods_name = self.functions.names.give(&format!("{name}Methods"));
        Some(Implementation { function, methods_name, methods })
    }

    fn steps(&mut self, id: ClassId) -> String {
        let iterate = self.doing(id, Operation::Iterate);
        let iterator = iterate.and_then(|function| {
            let result = function.return_values.first()?;
            match Shape::of(result, self.functions.types.classes) {
                Shape::Object(id, _) | Shape::Items(_, Some(id)) => Some(id),
                _ => None,
            }
        });
        let of = if iterate.is_some() { iterator } else { Some(id) };
        let next = of.and_then(|of| self.doing(of, Operation::Next));
        let has_next = of.and_then(|of| self.doing(of, Operation::HasNext));
        let mut steps = "Module: &module".to_owned();
        if next.is_none() {
            return steps;
        }
        for (name, function) in [("Iterate", iterate), ("HasNext", has_next), ("Next", next)] {
            let Some(function) = function else { continue };
            let request = Request::of_function(function);
            let entity = self.functions.variables.entity(&format!("Each{name}"), request);
            steps.push_str(&format!(", {name}: &{entity}"));
        }
        steps
    }

    /// The function that performs an operation on objects of a class.
    fn doing(&self, id: ClassId, operation: Operation) -> Option<&'a Function> {
        let classes = self.functions.types.classes;
        let (owner, own) = classes.operation(id, operation)?;
        let methods = &classes.get(owner).class.methods;
        methods.iter().map(|method| &method.function).find(|one| one.overload_id == own)
    }
}

/// A class in progress.
struct Part {
    id: ClassId,
    on: On,
    /// The name of what it embeds.
    embedded: Option<String>,
    methods: BTreeMap<String, String>,
    functions: Vec<Func>,
}

/// What is called, with which types.
fn meaning(candidate: &Candidate<'_>) -> String {
    let parameters: Vec<&Shape> = candidate.parameters.iter().map(|one| &one.shape).collect();
    let results: Vec<&Shape> = candidate.results.iter().map(|one| &one.shape).collect();
    format!("{} {parameters:?} {results:?}", candidate.function.entity_path)
}

fn is_static(field: &Field) -> bool {
    let accessors = field.getter.iter().chain(&field.setter);
    accessors.clone().count() > 0 && accessors.into_iter().all(|one| !one.instance_required)
}
