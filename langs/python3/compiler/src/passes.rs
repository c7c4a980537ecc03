//! From the plan to the view: signatures, calls, and the entities they need.

use std::collections::HashSet;

use metaffi_idl::{Idl, Method};

use crate::classes::ClassId;
use crate::docs;
use crate::entities::{Entities, lifted_kind};
use crate::members::{Group, NamedField};
use crate::overloads::Candidate;
use crate::plan::Plan;
use crate::public;
use crate::role::Role;
use crate::shape::Shape;
use crate::signatures::{Named, Signatures};
use crate::spelling::Spelling;
use crate::view::{self, Becomes, Member};

/// The whole file.
pub(crate) fn file(idl: &Idl) -> view::File {
    let mut plan = Plan::of(idl);
    let members = plan.member_names();
    let spelling = Spelling::new(&plan.classes, &mut plan.names, members);
    let names = std::mem::take(&mut plan.names);
    let mut pass = Pass {
        plan: &plan,
        spelling: &spelling,
        signatures: Signatures::new(&plan.classes, &spelling),
        entities: Entities::new(&plan.classes, &spelling, names),
    };
    let classes: Vec<view::Class> = plan.classes.ids().map(|id| pass.class(id)).collect();
    let functions: Vec<view::Callable> = plan.functions.iter().map(|g| pass.function(g)).collect();
    let entities = pass.entities.into_list();
    view::File {
        source: format!("{}, a module of {}", source_name(idl), idl.target_language),
        str: spelling.of("str"),
        imports: spelling.imports(),
        disabled: disabled(&classes, &entities),
        public: public::sorted(plan.public_names()),
        classes,
        functions,
        aliases: spelling.class_aliases().to_vec(),
        assignments: assignments(&plan),
        entities,
    }
}

/// The file that it was made from, without its folder: that may be anywhere.
fn source_name(idl: &Idl) -> &str {
    match idl.idl_filename_with_extension.as_str() {
        "" => &idl.idl_source,
        name => name,
    }
}

/// What mypy is not asked to check: a guest's overloads may overlap, its
/// overrides change types, and its nested classes hide those of a base.
fn disabled(classes: &[view::Class], entities: &[view::Entity]) -> Vec<&'static str> {
    let has_overloads = entities.iter().any(|e| matches!(e, view::Entity::Overloads { .. }));
    let has_bases = classes.iter().any(|class| class.bases != ["_stubs.Object"]);
    let has_nested = classes.iter().any(|class| !class.nested.is_empty());
    let codes = [
        ("assignment", has_bases && has_nested),
        ("misc", has_bases),
        ("overload-overlap", has_overloads),
        ("override", has_bases),
    ];
    codes.into_iter().filter(|(_, is_needed)| *is_needed).map(|(code, _)| code).collect()
}

/// Nested classes, and static methods that are functions, too.
fn assignments(plan: &Plan<'_>) -> Vec<(String, String)> {
    let class = |id: ClassId| &plan.classes.get(id).name;
    let nested = plan.nested.iter().map(|nested| {
        (format!("{}.{}", class(nested.outer), nested.name), class(nested.inner).clone())
    });
    let hoisted = plan.hoisted.iter().map(|hoisted| {
        (hoisted.name.clone(), format!("{}.{}", class(hoisted.class), hoisted.method))
    });
    nested.chain(hoisted).collect()
}

struct Pass<'p, 'a> {
    plan: &'p Plan<'a>,
    spelling: &'p Spelling,
    signatures: Signatures<'p>,
    entities: Entities<'p, 'a>,
}

/// A callable to be made: its name, and that of its entity.
struct Wanted<'w> {
    name: &'w str,
    entity: String,
    role: Role,
}

impl Pass<'_, '_> {
    fn class(&mut self, id: ClassId) -> view::Class {
        let info = self.plan.classes.get(id);
        let bases = info.bases.iter().map(|base| self.plan.classes.get(*base).name.clone());
        let mut bases: Vec<String> = bases.collect();
        if bases.is_empty() {
            bases.push("_stubs.Object".to_owned());
        }
        view::Class {
            name: info.name.clone(),
            doc: docs::of_element(&info.class.comment, &info.class.tags),
            bases,
            nested: self.nested(id),
            members: self.members(id),
        }
    }

    fn nested(&self, outer: ClassId) -> Vec<(String, String)> {
        let nested = self.plan.nested.iter().filter(|nested| nested.outer == outer);
        let annotated = nested.map(|nested| {
            let inner = self.spelling.class(nested.inner);
            let (class_var, ty) = (self.spelling.of("ClassVar"), self.spelling.of("type"));
            (nested.name.clone(), format!("{class_var}[{ty}[{inner}]]"))
        });
        annotated.collect()
    }

    fn members(&mut self, id: ClassId) -> Vec<Member> {
        let members = &self.plan.members[id.index()];
        let mut views: Vec<Member> = self.constructor(id).into_iter().collect();
        for group in &members.groups {
            let role = if group.is_static { Role::Static } else { Role::Method };
            let entity = format!("{}_{}", self.plan.classes.get(id).name, group.name);
            let wanted = Wanted { name: &group.name, entity, role };
            views.push(Member::Callable(self.callable(&wanted, &group.candidates)));
        }
        for field in &members.fields {
            views.extend(self.getter(id, field).map(Member::Callable));
            views.extend(self.setter(id, field).map(Member::Callable));
        }
        views.extend(self.release(id));
        views
    }

    /// Bases' constructors make no instances of this class: without one of its
    /// own they are hidden.
    fn constructor(&mut self, id: ClassId) -> Option<Member> {
        let constructors = |id: ClassId| &self.plan.members[id.index()].constructors;
        if constructors(id).is_empty() {
            let mut ancestors = self.plan.classes.get(id).lineage.iter();
            let is_inherited = ancestors.any(|ancestor| !constructors(*ancestor).is_empty());
            return is_inherited.then_some(Member::NoConstructor);
        }
        let entity = format!("{}_new", self.plan.classes.get(id).name);
        let wanted = Wanted { name: "__init__", entity, role: Role::Constructor };
        Some(Member::Callable(self.callable(&wanted, constructors(id))))
    }

    /// What reads a field: a property, also of the class itself.
    fn getter(&mut self, id: ClassId, named: &NamedField<'_>) -> Option<view::Callable> {
        let getter = named.field.getter.as_ref()?;
        let receiver = getter.instance_required.then_some(id);
        let value = &named.field.value;
        let candidate = Candidate::getter(&getter.function, receiver, value, &self.plan.classes);
        let role = if receiver.is_some() { Role::Getter } else { Role::ClassGetter };
        let entity = format!("{}_get_{}", self.plan.classes.get(id).name, named.name);
        let mut callable = self.plain(&Wanted { name: &named.name, entity, role }, &candidate);
        if callable.doc.is_empty() {
            callable.doc = docs::of_element(&value.comment, &value.tags);
        }
        Some(callable)
    }

    /// What writes it: a function where there is no property to set.
    fn setter(&mut self, id: ClassId, named: &NamedField<'_>) -> Option<view::Callable> {
        let setter: &Method = named.field.setter.as_ref()?;
        let receiver = setter.instance_required.then_some(id);
        let value = &named.field.value;
        let candidate = Candidate::setter(&setter.function, receiver, value, &self.plan.classes);
        let has_property = named.field.getter.as_ref().is_some_and(|g| g.instance_required);
        let (name, role) = match receiver {
            Some(_) if has_property => (named.name.clone(), Role::Setter),
            Some(_) => (format!("set_{}", named.name), Role::Method),
            None => (format!("set_{}", named.name), Role::Static),
        };
        let entity = format!("{}_set_{}", self.plan.classes.get(id).name, named.name);
        Some(self.plain(&Wanted { name: &name, entity, role }, &candidate))
    }

    /// The end of a `with` block ends the object's life in its guest, too.
    fn release(&mut self, id: ClassId) -> Option<Member> {
        let release = self.plan.classes.get(id).class.release.as_ref()?;
        let entity = format!("{}_release", self.plan.classes.get(id).name);
        let candidates = Candidate::of(&release.function, Some(id), &self.plan.classes);
        let [candidate] = &candidates[..] else { return None };
        let entity = self.entities.single(&entity, candidate);
        Some(Member::Release(view::Release { entity, object: self.spelling.of("object") }))
    }

    fn function(&mut self, group: &Group<'_>) -> view::Callable {
        let wanted = Wanted { name: &group.name, entity: group.name.clone(), role: Role::Function };
        self.callable(&wanted, &group.candidates)
    }

    fn callable(&mut self, wanted: &Wanted<'_>, candidates: &[Candidate<'_>]) -> view::Callable {
        match candidates {
            [only] => self.plain(wanted, only),
            several => self.overloaded(wanted, several),
        }
    }

    fn plain(&mut self, wanted: &Wanted<'_>, candidate: &Candidate<'_>) -> view::Callable {
        let named = self.signatures.named(candidate);
        // The value of a setter is documented with its field.
        let own = named.iter().filter(|n| n.argument.name == n.argument.declared.name);
        let documented: Vec<_> = own.map(|n| (n.name.as_str(), n.argument.declared)).collect();
        let signature = self.signatures.plain(wanted.role.first_parameter(), candidate);
        let call = view::Call {
            entity: self.entities.single(&wanted.entity, candidate),
            arguments: wanted.role.arguments(named.iter().map(Named::passed)),
            becomes: wanted.role.becomes(self.result(candidate)),
        };
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(candidate.function, &documented),
            decorators: wanted.role.decorators(wanted.name, self.spelling),
            overloads: Vec::new(),
            signature: wanted.role.signature(signature),
            call,
        }
    }

    fn overloaded(&mut self, wanted: &Wanted<'_>, candidates: &[Candidate<'_>]) -> view::Callable {
        let label = wanted.entity.replacen('_', ".", 1);
        let call = view::Call {
            entity: self.entities.several(&wanted.entity, &label, candidates, wanted.role),
            arguments: wanted.role.arguments(std::iter::once("*args".to_owned())),
            becomes: wanted.role.becomes(Becomes::Result),
        };
        let any = self.spelling.of("Any");
        let first = wanted.role.first_parameter().map(str::to_owned);
        let parameters = first.into_iter().chain([format!("*args: {any}")]).collect();
        let documented = candidates.iter().find(|c| !c.function.comment.is_empty());
        view::Callable {
            name: wanted.name.to_owned(),
            doc: docs::of_function(documented.unwrap_or(&candidates[0]).function, &[]),
            decorators: wanted.role.decorators(wanted.name, self.spelling),
            overloads: self.overloads(wanted, candidates),
            signature: wanted.role.signature(view::Signature { parameters, returns: any }),
            call,
        }
    }

    /// The signatures that differ in Python; none when there is only one.
    fn overloads(&self, wanted: &Wanted<'_>, candidates: &[Candidate<'_>]) -> Vec<view::Overload> {
        let mut seen = HashSet::new();
        let differs =
            |candidate: &&Candidate<'_>| seen.insert(self.signatures.annotations(candidate));
        let differing: Vec<&Candidate<'_>> = candidates.iter().filter(differs).collect();
        if differing.len() < 2 {
            return Vec::new();
        }
        let overload = |candidate: &&Candidate<'_>| {
            let signature = self.signatures.overload(wanted.role.first_parameter(), candidate);
            let mut decorators = vec![self.spelling.of("overload")];
            decorators.extend(wanted.role.decorators(wanted.name, self.spelling));
            view::Overload { decorators, signature: wanted.role.signature(signature) }
        };
        differing.iter().map(overload).collect()
    }

    fn result(&self, candidate: &Candidate<'_>) -> Becomes {
        match (lifted_kind(&candidate.results, &self.plan.classes), &candidate.results[..]) {
            (None, []) => Becomes::Nothing,
            (None, _) => Becomes::Result,
            (Some(kind), [only]) => match &only.shape {
                Shape::Object(_) => Becomes::Instance(kind),
                Shape::Array(element) if !element.is_array() => Becomes::Instances(kind),
                _ => Becomes::Lifted(kind),
            },
            (Some(kind), _) => Becomes::Lifted(kind),
        }
    }
}
