//! What `describe` returns for packages and types, from the IDL.

use metaffi_idl::{
    Class, ClassKind, Field, Function, Idl, Operation, Parameter, Passing, TypeTree,
};
use metaffi_plugin::abi;
use metaffi_plugin::value::{Described, Description};

use crate::table::package_of;

/// Adds the content of a package.
pub(crate) fn package(idl: &Idl, name: &str, to: &mut Description) {
    for module in &idl.modules {
        for function in &module.functions {
            let path = function.entity_path.get("callable").unwrap_or_default();
            if package_of(path) == name {
                to.members.push(of_function(function, abi::DESCRIBED_METHOD));
                to.doc.clone_from(&module.comment);
            }
        }
        for global in &module.globals {
            let getter = global.getter.as_ref();
            let path = getter.and_then(|getter| getter.entity_path.get("global"));
            if path.is_some_and(|path| package_of(path) == name) {
                to.members.push(value(&global.value));
            }
        }
        let classes = module.classes.iter().filter(|class| package_of(&class.id) == name);
        to.members.extend(classes.map(|class| Described {
            name: class.id.rsplit('.').next().unwrap_or_default().to_owned(),
            kind: abi::DESCRIBED_CLASS.to_owned(),
            signature: format!("type {}", class.id),
            doc: class.comment.clone(),
        }));
    }
}

/// The description of a type's values.
pub(crate) fn class(idl: &Idl, id: &str) -> Option<Description> {
    let mut classes = idl.modules.iter().flat_map(|module| &module.classes);
    let class = classes.find(|class| class.id == id)?;
    let bases = class.bases.iter().filter_map(base);
    let fields = class.fields.iter().map(field);
    let methods = class.methods.iter();
    let methods = methods.map(|method| of_function(&method.function, abi::DESCRIBED_METHOD));
    let operations = class.operations.keys().map(operation);
    let operations = operations.chain(["text", "debug_text", "equal", "hash"].map(str::to_owned));
    Some(Description {
        name: id.to_owned(),
        doc: class.comment.clone(),
        supertypes: std::iter::once(id.to_owned()).chain(bases).collect(),
        operations: operations.collect(),
        members: constructor(class).into_iter().chain(methods).chain(fields).collect(),
    })
}

fn base(tree: &TypeTree) -> Option<String> {
    match tree {
        TypeTree::Class { id, .. } => Some(id.clone()),
        _ => None,
    }
}

fn operation(operation: &Operation) -> String {
    let known = Operation::ALL.iter().find(|(_, known)| known == operation);
    known.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

/// How a struct is created: from its fields, which may be omitted.
fn constructor(class: &Class) -> Option<Described> {
    (class.kind == ClassKind::Struct).then(|| Described {
        name: class.name.clone(),
        kind: abi::DESCRIBED_CONSTRUCTOR.to_owned(),
        signature: format!(
            "{}{{{}}}",
            class.name,
            parameters(class.fields.iter().map(|f| &f.value))
        ),
        doc: class.comment.clone(),
    })
}

fn of_function(function: &Function, kind: &str) -> Described {
    let results: Vec<_> = function.return_values.iter().map(go_type).collect();
    let results = match &results[..] {
        [] => String::new(),
        [one] => format!(" {one}"),
        several => format!(" ({})", several.join(", ")),
    };
    Described {
        name: function.name.clone(),
        kind: kind.to_owned(),
        signature: format!("{}({}){results}", function.name, parameters(&function.parameters)),
        doc: function.comment.clone(),
    }
}

fn field(field: &Field) -> Described {
    value(&field.value)
}

fn value(of: &Parameter) -> Described {
    Described {
        name: of.name.clone(),
        kind: abi::DESCRIBED_VALUE.to_owned(),
        signature: format!("{} {}", of.name, go_type(of)),
        doc: of.comment.clone(),
    }
}

fn parameters<'a>(all: impl IntoIterator<Item = &'a Parameter>) -> String {
    let texts = all.into_iter().map(|of| format!("{} {}", of.name, go_type(of)));
    texts.collect::<Vec<_>>().join(", ")
}

/// A type as Go writes it, as far as the IDL describes it.
fn go_type(of: &Parameter) -> String {
    let pointers = of.type_alias.chars().take_while(|c| "[]*".contains(*c)).count();
    let (before, path) = of.type_alias.split_at(pointers);
    let name = path.rsplit('/').next().unwrap_or_default();
    let base = of.ty.to_string();
    let base = match base.strip_suffix("_array").unwrap_or(&base) {
        _ if !name.is_empty() => name,
        "string8" => "string",
        "handle" => "any",
        base => base,
    };
    let rank = usize::try_from(of.dimensions).unwrap_or(1);
    let slices = match of.passing {
        Passing::Variadic => format!("...{}", "[]".repeat(rank.saturating_sub(1))),
        _ => "[]".repeat(rank),
    };
    format!("{slices}{before}{base}")
}

#[cfg(test)]
mod tests {
    use metaffi_idl::{Base, Type};

    use super::*;

    #[test]
    fn types_are_written_as_go_does() {
        let mut of = Parameter::of("shapes", Type::array(Base::Handle).unwrap(), 1);
        of.type_alias = "*math/big.Int".to_owned();
        assert_eq!(go_type(&of), "[]*big.Int");
        of.passing = Passing::Variadic;
        assert_eq!(go_type(&of), "...*big.Int");
        assert_eq!(go_type(&Parameter::new("text", Base::String8)), "string");
    }
}
