//! The first pass: it names everything and determines what derives from what.

use std::collections::{BTreeMap, HashSet};

use metaffi_compiler::origin;
use metaffi_idl::Idl;
use metaffi_stubs::{Classes, Group, Inheritance, Members, Names, Target, functions_of};

use crate::adapted::Adapted;
use crate::hierarchy::Hierarchy;
use crate::inherit::{self, Method, Methods};
use crate::names::{capitalized, class_name, identifier};
use crate::spelling::Spelling;
use crate::types::Types;
use crate::view;

/// The properties of Java that the code shared by all emitters depends on.
const JAVA: Target = Target {
    class_name,
    member_name: identifier,
    reserved_members: &[],
    inheritance: Inheritance::BySignature,
    scalar: |base| base,
    default_value: |_| None,
    are_indistinguishable: |one, other| one == other,
};

/// Everything that the stubs define, with its name.
pub(crate) struct Plan<'a> {
    pub(crate) adapted: &'a Adapted,
    pub(crate) classes: Classes<'a>,
    /// In the order of the classes.
    pub(crate) members: Vec<Members<'a>>,
    pub(crate) methods: Vec<Methods<'a>>,
    pub(crate) hierarchy: Hierarchy,
    pub(crate) functions: Vec<Group<'a>>,
    /// The class of the module's functions.
    pub(crate) module: String,
    /// The names of all classes.
    pub(crate) taken: HashSet<String>,
    /// The name of the class nested in each interface.
    pub(crate) instance: &'a str,
    pub(crate) package: &'a str,
    pub(crate) has_null_elements: bool,
    field: String,
}

impl<'a> Plan<'a> {
    pub(crate) fn of(adapted: &'a Adapted, package: &'a str) -> Plan<'a> {
        let idl = &adapted.idl;
        let mut classes = Classes::of(idl, JAVA);
        let mut names = Names::new(class_name);
        let module = module_name(idl);
        names.take(&module);
        classes.give_names(&mut names);
        make_file_names_distinct(&mut classes, &module, &mut names);
        let instance = if names.contains("Instance") { "GuestInstance_" } else { "Instance" };
        let taken: HashSet<String> =
            names.iter().map(str::to_owned).chain([instance.to_owned()]).collect();
        let members = Members::of_all(idl, &classes);
        let mut hierarchy = Hierarchy::of(idl, &classes, taken.clone());
        let inheritance =
            inherit::Inheritance { classes: &classes, members: &members, adapted, taken: &taken };
        let methods = inheritance.of_all_classes(&mut hierarchy);
        let mut functions = Names::new(identifier).without(["bindModuleToCode"]);
        let functions = functions_of(idl, &classes, &mut functions);
        let field = format!("{module}.MODULE");
        let has_null_elements = idl.has_null_elements;
        Plan {
            adapted,
            classes,
            members,
            methods,
            hierarchy,
            functions,
            module,
            taken,
            instance,
            package,
            has_null_elements,
            field,
        }
    }

    /// The field that holds the module: `Json.MODULE`.
    pub(crate) fn module_field(&self) -> String {
        self.field.clone()
    }

    pub(crate) fn types<'t>(
        &'t self,
        spelling: &'t Spelling<'t>,
        variables: HashSet<String>,
    ) -> Types<'t, 'a> {
        Types {
            classes: &self.classes,
            hierarchy: &self.hierarchy,
            spelling,
            variables,
            replacements: BTreeMap::new(),
            module: &self.field,
            instance: self.instance,
        }
    }

    /// The types with the type parameters of a method also in scope.
    pub(crate) fn scoped<'t>(
        &self,
        mut types: Types<'t, 'a>,
        method: &Method<'_>,
    ) -> Types<'t, 'a> {
        for own in &method.candidate.function.type_parameters {
            if method.signature.variables.contains(&types.variable(&own.name)) {
                types.variables.insert(own.name.clone());
            }
        }
        types
    }

    /// Compiler warnings to suppress: stubs use deprecated items, and have the guest's overloads.
    pub(crate) fn suppressed(&self, spelling: &Spelling<'_>) -> Option<String> {
        let idl = &self.adapted.idl;
        let mut kinds = vec!["\"overloads\""];
        let classes = idl.modules.iter().flat_map(|module| &module.classes);
        if classes.into_iter().any(|class| class.deprecated.is_some()) {
            kinds.push("\"deprecation\"");
        }
        let written = match &kinds[..] {
            [one] => (*one).to_owned(),
            all => format!("{{{}}}", all.join(", ")),
        };
        Some(format!("{}({written})", spelling.lang("SuppressWarnings")))
    }

    /// A file with one class in it.
    pub(crate) fn file(&self, class: view::Class, spelling: &Spelling<'_>) -> view::File {
        view::File {
            origin: origin(&self.adapted.idl).replace('\\', "/"),
            package: self.package.to_owned(),
            imports: spelling.imports(),
            class,
        }
    }
}

/// Some file systems ignore the case of names.
fn make_file_names_distinct(classes: &mut Classes<'_>, module: &str, names: &mut Names) {
    let mut seen = HashSet::from([module.to_lowercase()]);
    for id in classes.ids() {
        let mut name = classes.get(id).name.clone();
        while !seen.insert(name.to_lowercase()) {
            name.push('_');
        }
        if name != classes.get(id).name {
            let name = names.give(&name);
            classes.set_name(id, name);
        }
    }
}

/// The class of a module's functions: `Json` of `json`.
fn module_name(idl: &Idl) -> String {
    let name = class_name(&capitalized(&idl.idl_source));
    let all = idl.modules.iter().flat_map(|module| &module.classes);
    let is_taken =
        |name: &str| all.clone().any(|class| class_name(&class.name).eq_ignore_ascii_case(name));
    if is_taken(&name) { format!("{name}Module") } else { name }
}
