//! Version 1 of the format, which only had the ABI's types and everything else
//! in tags. Converts its tags to the fields of version 2.

use crate::literal::Literal;
use crate::model::{Class, ClassKind, DefaultValue, Function, Idl, Parameter, Passing, Tags};
use crate::tree::TypeTree;

/// Converts the tags of a version 1 document to fields.
pub(super) fn upgrade(idl: &mut Idl) {
    for module in &mut idl.modules {
        for class in &mut module.classes {
            upgrade_class(class);
            class.fields.iter_mut().for_each(|field| {
                upgrade_value(&mut field.value);
                field.constant = constant(&mut field.value);
            });
        }
        module.globals.iter_mut().for_each(|global| {
            upgrade_value(&mut global.value);
            global.constant = constant(&mut global.value);
        });
    }
    idl.each_function(&mut upgrade_function);
}

fn upgrade_class(class: &mut Class) {
    let tags = &mut class.tags;
    let superclass = names(tags, "superclass");
    let interfaces = names(tags, "interfaces");
    class.bases = superclass.into_iter().chain(interfaces).map(TypeTree::foreign).collect();
    class.outer = tags.remove("outer");
    class.deprecated = tags.remove("deprecated");
    let kind = |name: &String| ClassKind::ALL.iter().find(|(known, _)| known == name);
    if let Some((_, kind)) = tags.get("kind").and_then(kind) {
        class.kind = *kind;
        tags.remove("kind");
    }
    if tags.remove("interface").is_some() {
        class.kind = ClassKind::Interface;
    }
    class.is_abstract = tags.remove("abstract").is_some();
}

fn upgrade_function(function: &mut Function) {
    function.deprecated = function.tags.remove("deprecated");
    let thrown = names(&mut function.tags, "throws");
    function.raises = thrown.into_iter().map(TypeTree::foreign).collect();
    let values = function.parameters.iter_mut().chain(&mut function.return_values);
    values.for_each(upgrade_value);
}

fn upgrade_value(value: &mut Parameter) {
    if value.tags.remove("varargs").is_some() {
        value.passing = Passing::Variadic;
    }
    if let Some(class) = value.tags.remove("class") {
        value.tree = TypeTree::of_crossing(value.ty, value.dimensions, &class);
    }
    if let Some(text) = value.tags.remove("default") {
        value.default_value = Some(match literal(&text) {
            Some(literal) => DefaultValue::Value(literal),
            None => DefaultValue::Source(text),
        });
    }
    let accepted = names(&mut value.tags, "accepts");
    value.accepts = accepted.iter().filter_map(|name| name.parse().ok()).collect();
}

fn constant(value: &mut Parameter) -> Option<Literal> {
    let text = value.tags.remove("constant")?;
    match value.tree {
        TypeTree::Text => Some(Literal::Text(text)),
        _ => literal(&text),
    }
}

/// Parses a value in the notation of most languages.
fn literal(text: &str) -> Option<Literal> {
    match text {
        "None" | "null" | "nil" => return Some(Literal::Null),
        "True" | "true" => return Some(Literal::Bool(true)),
        "False" | "false" => return Some(Literal::Bool(false)),
        _ if Literal::is_integer(text) => return Some(Literal::Integer(text.to_owned())),
        _ => {}
    }
    let quoted = text.starts_with('"').then(|| serde_json::from_str(text).ok()).flatten();
    let number = || text.contains(['.', 'e', 'E']).then(|| text.parse().ok()).flatten();
    quoted.map(Literal::Text).or_else(|| number().map(Literal::Float))
}

fn names(tags: &mut Tags, name: &str) -> Vec<String> {
    let text = tags.remove(name).unwrap_or_default();
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
