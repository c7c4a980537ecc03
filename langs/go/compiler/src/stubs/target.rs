//! How stubs depend on Go.

use metaffi_idl::{Base, ClassKind, TypeTree};
use metaffi_stubs::{Bindings, ClassId, ClassInfo, Classes, Inheritance, Shape, Target};

use super::names::{RESERVED_MEMBERS, exported};

/// Go, as the shared part of the emitters needs to know it.
pub(super) const TARGET: Target = Target {
    class_name: exported,
    member_name: exported,
    reserved_members: RESERVED_MEMBERS,
    inheritance: Inheritance::None,
    scalar,
    // Optional arguments are in a struct: no default is written.
    default_value: |_| Some(String::new()),
    are_indistinguishable: |own, other| own == other,
};

fn scalar(base: Base) -> Base {
    match base {
        Base::Char8 | Base::Char16 => Base::Char32,
        Base::Size => Base::Uint64,
        base => base,
    }
}

/// What a class is in Go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A struct; `is_open` if other types stand for it, too.
    Struct { is_open: bool, is_exception: bool },
    /// An interface that a function implements.
    Functional,
    /// A type of functions.
    Function,
    /// A string type: the members' names.
    Enum,
    /// A named type of plain values.
    Value(Shape),
}

/// What each class is, in their order.
pub(super) fn kinds(classes: &Classes<'_>) -> Vec<Kind> {
    let mut has_heirs = vec![false; classes.ids().count()];
    for ancestor in classes.ids().flat_map(|id| classes.get(id).lineage.clone()) {
        has_heirs[ancestor.index()] = true;
    }
    classes.ids().map(|id| kind(id, classes, has_heirs[id.index()])).collect()
}

fn kind(id: ClassId, classes: &Classes<'_>, has_heirs: bool) -> Kind {
    let class = classes.get(id).class;
    let is_function = matches!(class.behaves_as, Some(TypeTree::Function { .. }));
    if let Some(plain) = Shape::plain_of(class, classes) {
        return Kind::Value(plain);
    }
    match class.kind {
        ClassKind::Function if is_function => Kind::Function,
        ClassKind::Enum if !class.members.is_empty() => Kind::Enum,
        kind if kind.is_interface() && is_function => Kind::Functional,
        kind => Kind::Struct {
            is_open: has_heirs || kind.is_interface(),
            is_exception: kind == ClassKind::Exception,
        },
    }
}

/// The function that an object of a class stands for, given its type arguments.
pub(super) fn function_of(
    info: &ClassInfo<'_>,
    arguments: &[Shape],
    classes: &Classes<'_>,
) -> Shape {
    let Some(tree) = &info.class.behaves_as else { return Shape::Any };
    let names = info.class.type_parameters.iter().map(|one| one.name.clone());
    let bindings: Bindings = names.zip(arguments.iter().cloned()).collect();
    Shape::of_base_class(tree, classes).bound(&bindings)
}
