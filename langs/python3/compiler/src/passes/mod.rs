//! From the plan to the view: signatures, calls, and the entities they need.

mod callables;
mod members;

use metaffi_idl::Idl;

use crate::classes::ClassId;
use crate::entities::Entities;
use crate::plan::Plan;
use crate::public;
use crate::signatures::Signatures;
use crate::spelling::Spelling;
use crate::view;

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
