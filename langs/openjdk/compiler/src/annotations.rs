//! What annotations say about null, and about the intended use of a class.
//!
//! Annotations are recognized by their simple names: every null checker has its own set, and all
//! use similar names. A broken annotation is ignored.

use noak::MStr;
use noak::reader::DecodeMany;
use noak::reader::attributes::annotations::{
    Annotation, TargetInfo, TargetType, TypeAnnotation, TypePathSegment, TypePathSegmentKind,
};
use noak::reader::attributes::{
    RuntimeInvisibleAnnotations, RuntimeInvisibleParameterAnnotations,
    RuntimeInvisibleTypeAnnotations, RuntimeVisibleAnnotations, RuntimeVisibleParameterAnnotations,
    RuntimeVisibleTypeAnnotations,
};
use noak::reader::cpool::{self, ConstantPool};

use crate::class_file::Attributes;
use crate::generic::{Generic, GenericKind};

const NULLABLE: &[&str] = &[
    "Nullable",
    "CheckForNull",
    "NullableDecl",
    "NullableType",
    "NullOr",
    "PossiblyNull",
    "RecentlyNullable",
    "UnknownNullness",
];
const NOT_NULL: &[&str] = &["NonNull", "NotNull", "Nonnull", "NonNullDecl", "RecentlyNonNull"];
/// On a class or package: unannotated types are not null.
const NULL_MARKED: &[&str] = &[
    "NullMarked",
    "NonNullApi",
    "NotNullByDefault",
    "NonNullByDefault",
    "ElementTypesAreNonnullByDefault",
];

/// The marks of a class.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClassMarks {
    pub(crate) is_null_marked: bool,
    pub(crate) is_functional: bool,
}

/// What the annotations of a class or package say.
pub(crate) fn of_class<'c>(pool: &ConstantPool<'c>, attributes: &Attributes<'c>) -> ClassMarks {
    let mut marks = ClassMarks::default();
    each_declared(pool, attributes, &mut |name| {
        marks.is_null_marked |= NULL_MARKED.contains(&name);
        marks.is_functional |= name == "FunctionalInterface";
    });
    marks
}

/// Applies the annotations of a field or method to its value or result.
pub(crate) fn mark_value<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    value: &mut Generic,
) {
    let mut known = None;
    each_declared(pool, attributes, &mut |name| known = nullness(name).or(known));
    value.nullable = known.or(value.nullable);
    each_of_types(pool, attributes, &mut |target, _, path, nullable| {
        if matches!(target, TargetType::Field | TargetType::MethodReturn) {
            mark_at(value, path, nullable);
        }
    });
}

/// Applies the annotations of a method to its parameters. The first `added` parameters come from
/// the compiler, and have none.
pub(crate) fn mark_parameters<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    added: usize,
    parameters: &mut [&mut Generic],
) {
    for lists in parameter_annotations(attributes, pool) {
        let offset = parameters.len().saturating_sub(lists.len());
        for (parameter, names) in parameters.iter_mut().skip(offset).zip(lists) {
            let known = names.iter().rev().find_map(|name| nullness(name));
            parameter.nullable = known.or(parameter.nullable);
        }
    }
    each_of_types(pool, attributes, &mut |_, info, path, nullable| {
        if let TargetInfo::FormalParameter { formal_parameter_index } = info {
            let index = added + usize::from(*formal_parameter_index);
            if let Some(parameter) = parameters.get_mut(index) {
                mark_at(parameter, path, nullable);
            }
        }
    });
}

fn nullness(name: &str) -> Option<bool> {
    match name {
        _ if NULLABLE.contains(&name) => Some(true),
        _ if NOT_NULL.contains(&name) => Some(false),
        _ => None,
    }
}

/// Marks the part of a type that `path` leads to.
fn mark_at(ty: &mut Generic, path: &[TypePathSegment<'_>], nullable: bool) {
    let Some((first, rest)) = path.split_first() else {
        ty.nullable = Some(nullable);
        return;
    };
    match (first.kind(), &mut ty.kind) {
        (TypePathSegmentKind::ArrayElement, GenericKind::Array(of)) => {
            mark_at(&mut *of, rest, nullable);
        }
        (TypePathSegmentKind::WildcardBound, _) => mark_at(ty, rest, nullable),
        (TypePathSegmentKind::TypeArgument, GenericKind::Class { arguments, .. }) => {
            let argument = arguments.get_mut(usize::from(first.type_argument_index()));
            if let Some(Some(argument)) = argument {
                mark_at(argument, rest, nullable);
            }
        }
        // The arguments of a nested class follow those of its outer class.
        (TypePathSegmentKind::InnerType, _) if rest.iter().all(is_inner) => {
            ty.nullable = Some(nullable);
        }
        _ => {}
    }
}

fn is_inner(segment: &TypePathSegment<'_>) -> bool {
    segment.kind() == TypePathSegmentKind::InnerType
}

type Annotations<'c> = DecodeMany<'c, Annotation<'c>, u16>;

/// The simple names of the annotations in one list.
fn names<'c>(pool: &ConstantPool<'c>, annotations: &Annotations<'c>) -> Vec<String> {
    let annotations = annotations.iter().map_while(Result::ok);
    annotations.filter_map(|found| simple_name(pool, found.type_())).collect()
}

/// `Lorg/jspecify/annotations/Nullable;` is `Nullable`.
fn simple_name<'c>(
    pool: &ConstantPool<'c>,
    index: cpool::Index<cpool::Utf8<'c>>,
) -> Option<String> {
    let descriptor: &MStr = pool.retrieve(index).ok()?;
    let name = std::str::from_utf8(descriptor.as_bytes()).ok()?.trim_end_matches(';');
    name.rsplit(['/', '$']).next().map(str::to_owned)
}

fn each_declared<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    visit: &mut dyn FnMut(&str),
) {
    let visible = attributes.find_attribute::<RuntimeVisibleAnnotations<'_>>(pool).ok().flatten();
    let hidden = attributes.find_attribute::<RuntimeInvisibleAnnotations<'_>>(pool).ok().flatten();
    let lists = visible.map(|found| names(pool, &found.annotations())).into_iter();
    let lists = lists.chain(hidden.map(|found| names(pool, &found.annotations())));
    lists.flatten().for_each(|name| visit(&name));
}

/// Called with the position of a type annotation, and whether it says nullable.
type OfType<'v, 'c> = dyn FnMut(TargetType, &TargetInfo<'c>, &[TypePathSegment<'c>], bool) + 'v;

fn each_of_types<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    visit: &mut OfType<'_, 'c>,
) {
    let mut read = |annotation: TypeAnnotation<'c>| {
        let nullable = nullness(&simple_name(pool, annotation.type_())?)?;
        let path: Vec<TypePathSegment<'_>> =
            annotation.target_path().iter().map_while(Result::ok).collect();
        visit(annotation.target_type(), annotation.target_info(), &path, nullable);
        Some(())
    };
    let visible = attributes.find_attribute::<RuntimeVisibleTypeAnnotations<'_>>(pool);
    if let Ok(Some(found)) = visible {
        found.annotations().iter().map_while(Result::ok).for_each(|one| _ = read(one));
    }
    let hidden = attributes.find_attribute::<RuntimeInvisibleTypeAnnotations<'_>>(pool);
    if let Ok(Some(found)) = hidden {
        found.annotations().iter().map_while(Result::ok).for_each(|one| _ = read(one));
    }
}

/// The names of the annotations of each parameter, for both attributes that may contain them.
fn parameter_annotations<'c>(
    attributes: &Attributes<'c>,
    pool: &ConstantPool<'c>,
) -> Vec<Vec<Vec<String>>> {
    let mut lists = Vec::new();
    if let Ok(Some(found)) =
        attributes.find_attribute::<RuntimeVisibleParameterAnnotations<'_>>(pool)
    {
        let each = found.parameters().into_iter().map_while(Result::ok);
        lists.push(each.map(|one| names(pool, &one.annotations())).collect());
    }
    if let Ok(Some(found)) =
        attributes.find_attribute::<RuntimeInvisibleParameterAnnotations<'_>>(pool)
    {
        let each = found.parameters().into_iter().map_while(Result::ok);
        lists.push(each.map(|one| names(pool, &one.annotations())).collect());
    }
    lists
}
