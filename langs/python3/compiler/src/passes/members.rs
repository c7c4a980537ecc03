//! Classes and their members.

use metaffi_idl::{ClassKind, Method};
use metaffi_stubs::{Candidate, ClassId, NamedField, Shape};

use super::Pass;
use super::callables::CallableSpec;
use crate::annotations::Annotated as _;
use crate::role::Role;
use crate::shown;
use crate::view::{self, Member};
use crate::{docs, literals};

impl Pass<'_, '_> {
    pub(super) fn class(&mut self, id: ClassId) -> view::Class {
        let info = self.plan.classes.get(id);
        view::Class {
            name: info.name.clone(),
            doc: docs::of_element(&info.class.comment, info.class.deprecated.as_deref()),
            bases: self.bases(id),
            id: literals::quote(info.runtime_name()),
            constants: self.constants(id),
            nested: self.nested(id),
            nested_names: self.nested_names(id),
            members: self.members(id),
        }
    }

    /// The stub classes that it derives from; if there are none, their common base.
    fn bases(&self, id: ClassId) -> Vec<String> {
        let info = self.plan.classes.get(id);
        let mut bases: Vec<String> = info.typed_bases.iter().map(|base| self.base(base)).collect();
        if let Some(plain) = Shape::plain_of(info.class, &self.plan.classes) {
            return vec!["_stubs.Value".to_owned(), plain.result(self.spelling)];
        }
        let is_error = |id: &ClassId| self.plan.classes.get(*id).class.kind == ClassKind::Exception;
        let is_interface = |id: &ClassId| self.plan.classes.get(*id).class.kind.is_interface();
        if is_error(&id) && !info.lineage.iter().any(is_error) {
            bases.insert(0, "_stubs.Error".to_owned());
        } else if is_interface(&id) && !info.lineage.iter().any(is_interface) {
            bases.insert(0, "_stubs.Interface".to_owned());
        } else if bases.is_empty() {
            bases.push("_stubs.Object".to_owned());
        }
        let own = info.class.type_parameters.iter();
        let own: Vec<String> = own.map(|one| self.spelling.variable(&one.name)).collect();
        if !own.is_empty() {
            bases.push(format!("{}[{}]", self.spelling.of("Generic"), own.join(", ")));
        }
        bases
    }

    /// A base with its arguments. Python evaluates them when it makes the class, but classes
    /// among them may be defined later, so those are written as text.
    fn base(&self, base: &Shape) -> String {
        let Shape::Object(id, arguments) = base else { return "_stubs.Object".to_owned() };
        let name = self.plan.classes.get(*id).name.clone();
        let parameters = &self.plan.classes.get(*id).class.type_parameters;
        if parameters.is_empty() {
            return name;
        }
        let given = |at: usize| arguments.get(at).unwrap_or(&Shape::Any);
        let written = (0..parameters.len()).map(|at| {
            let text = given(at).result(self.spelling);
            if given(at).names_class() { format!("\"{text}\"") } else { text }
        });
        format!("{name}[{}]", written.collect::<Vec<_>>().join(", "))
    }

    /// The static fields whose values are known.
    fn constants(&self, id: ClassId) -> Vec<view::Constant> {
        let fields = self.plan.members[id.index()].fields.iter();
        let constant = |named: &NamedField<'_>| {
            let value = constant_of(named)?;
            let ty = super::constant_type(&value, self.spelling);
            let annotation = format!("{}[{ty}]", self.spelling.of("ClassVar"));
            let doc = docs::of_element(&named.field.value.comment, None);
            Some(view::Constant { name: named.name.clone(), annotation, value, doc })
        };
        fields.filter_map(constant).collect()
    }

    fn nested(&self, outer: ClassId) -> Vec<(String, String)> {
        let nested = self.plan.nested.iter().filter(|nested| nested.outer == outer);
        let annotated = nested.map(|nested| {
            let inner = self.spelling.class_of(nested.inner, &[]);
            let (class_var, ty) = (self.spelling.of("ClassVar"), self.spelling.of("type"));
            let ty = match self.hides_nested(outer, &nested.name) {
                true => self.spelling.of("Any"),
                false => format!("{ty}[{inner}]"),
            };
            (nested.name.clone(), format!("{class_var}[{ty}]"))
        });
        annotated.collect()
    }

    /// Whether an ancestor has another nested class of this name.
    fn hides_nested(&self, outer: ClassId, name: &str) -> bool {
        let lineage = &self.plan.classes.get(outer).lineage;
        self.plan.nested.iter().any(|one| one.name == name && lineage.contains(&one.outer))
    }

    fn nested_names(&self, outer: ClassId) -> String {
        let nested = self.plan.nested.iter().filter(|nested| nested.outer == outer);
        let inner = |id| &self.plan.classes.get(id).name;
        let pairs = nested.map(|nested| format!("{}={}", nested.name, inner(nested.inner)));
        pairs.collect::<Vec<_>>().join(", ")
    }

    fn members(&mut self, id: ClassId) -> Vec<Member> {
        let members = &self.plan.members[id.index()];
        let mut views: Vec<Member> = self.constructor(id).into_iter().collect();
        for group in &members.groups {
            let role = if group.is_static { Role::Static } else { Role::Method };
            let class = &self.plan.classes.get(id).name;
            let spec = CallableSpec::member(class, &group.name, &group.name, role);
            let shown = self.plan.shown.get(id, &group.name);
            views.extend(
                shown.map(|shown| Member::Callable(self.callable(&spec, &group.candidates, shown))),
            );
        }
        for beside in &members.beside {
            views.push(Member::Beside(view::Beside {
                name: beside.name.clone(),
                method: beside.method.clone(),
                of_class: beside.of_class.clone(),
            }));
        }
        views.extend(self.notation(id));
        for field in members.fields.iter().filter(|field| constant_of(field).is_none()) {
            views.extend(self.getter(id, field).map(Member::Callable));
            views.extend(self.setter(id, field).map(Member::Callable));
        }
        views.extend(self.release(id));
        views
    }

    /// Bases' constructors do not make instances of this class, so they are hidden if it has
    /// none of its own.
    fn constructor(&mut self, id: ClassId) -> Option<Member> {
        if self.plan.classes.is_value(id) {
            return None; // it is made from a plain value
        }
        let constructors = |id: ClassId| &self.plan.members[id.index()].constructors;
        if constructors(id).is_empty() && self.plan.classes.get(id).class.kind.is_interface() {
            return None; // a Python class may derive from it
        }
        if constructors(id).is_empty() {
            let mut ancestors = self.plan.classes.get(id).lineage.iter();
            let is_inherited = ancestors.any(|ancestor| !constructors(*ancestor).is_empty());
            return is_inherited.then_some(Member::NoConstructor);
        }
        let class = &self.plan.classes.get(id).name;
        let spec = CallableSpec::member(class, "__init__", "new", Role::Constructor);
        let shown = shown::of_all(constructors(id), &self.plan.classes);
        Some(Member::Callable(self.callable(&spec, constructors(id), &shown)))
    }

    /// The getter of a field: a property, also of the class itself.
    fn getter(&mut self, id: ClassId, named: &NamedField<'_>) -> Option<view::Callable> {
        let getter = named.field.getter.as_ref()?;
        let receiver = getter.instance_required.then_some(id);
        let value = &named.field.value;
        let mut candidate =
            Candidate::getter(&getter.function, receiver, value, &self.plan.classes);
        if self.hides_another(id, named) {
            candidate.results.iter_mut().for_each(|result| result.shape = Shape::Any);
        }
        let role = if receiver.is_some() { Role::Getter } else { Role::ClassGetter };
        let (class, entity) = (&self.plan.classes.get(id).name, format!("get_{}", named.name));
        let spec = CallableSpec::member(class, &named.name, &entity, role);
        let mut callable = self.plain(&spec, &candidate);
        if callable.doc.is_empty() {
            callable.doc = docs::of_element(&value.comment, None);
        }
        Some(callable)
    }

    /// Whether an ancestor has a field of this name and of another type.
    fn hides_another(&self, id: ClassId, named: &NamedField<'_>) -> bool {
        let mut ancestors = self.plan.classes.get(id).lineage.iter();
        ancestors.any(|above| {
            let mut fields = self.plan.members[above.index()].fields.iter();
            fields.any(|other| {
                other.name == named.name && other.field.value.tree != named.field.value.tree
            })
        })
    }

    /// The setter of a field: a function if there is no property.
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
        let (class, entity) = (&self.plan.classes.get(id).name, format!("set_{}", named.name));
        Some(self.plain(&CallableSpec::member(class, &name, &entity, role), &candidate))
    }

    /// The end of a `with` block also releases the object in its guest.
    fn release(&mut self, id: ClassId) -> Option<Member> {
        if self.plan.classes.is_value(id) {
            return None;
        }
        let release = self.plan.classes.get(id).class.release.as_ref()?;
        let entity = format!("{}_release", self.plan.classes.get(id).name);
        let candidates = Candidate::of(&release.function, Some(id), &self.plan.classes);
        let [candidate] = &candidates[..] else { return None };
        let entity = self.entities.single(&entity, candidate, Role::Method, candidate);
        Some(Member::Release(view::Release { entity, object: self.spelling.of("object") }))
    }
}

/// The value of a static field, if it is known and Python can express it.
fn constant_of(named: &NamedField<'_>) -> Option<String> {
    let is_static = named.field.getter.as_ref().is_none_or(|getter| !getter.instance_required);
    named.field.constant.as_ref().filter(|_| is_static).and_then(literals::of_value)
}
