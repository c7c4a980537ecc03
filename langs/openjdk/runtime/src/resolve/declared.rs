//! A declaration by the host: a MetaFFI type, and the Java type of its alias.

use core::fmt;
use std::sync::Arc;

use metaffi_plugin::value::{Error, ErrorKind, Type, TypeInfo};
use metaffi_plugin::{abi, did_you_mean};

use super::fit::{Fit, fit};
use super::natural::natural;
use super::overload::Argument;
use crate::api;
use crate::class::JavaClass;
use crate::jni::Env;
use crate::module::Loader;
use crate::slot::element_type;
use crate::vm::start;

/// A declared parameter or result.
pub(crate) struct Declared {
    pub(crate) info: TypeInfo,
    /// The Java type that the alias names.
    pub(crate) alias: Option<Arc<JavaClass>>,
}

impl Declared {
    /// Looks the alias up in the module.
    pub(crate) fn new(env: Env, loader: &Loader, info: &TypeInfo) -> Result<Self, Error> {
        let alias = match info.alias.split('<').next().map(str::trim) {
            None | Some("") => None,
            Some(name) => Some(find_class(env, loader, name)?),
        };
        Ok(Self { info: info.clone(), alias })
    }

    /// The declaration `any`.
    pub(crate) fn any() -> Self {
        Self { info: TypeInfo::new(Type::ANY), alias: None }
    }

    /// The scalar type, or the type of the innermost elements.
    pub(crate) fn element(&self) -> abi::Type {
        element_type(self.info.ty.raw())
    }

    pub(crate) fn is_array(&self) -> bool {
        self.info.ty.is_array()
    }

    pub(crate) fn is(&self, ty: Type) -> bool {
        self.info.ty == ty
    }

    /// The class that an array's alias gives its innermost elements, whether written `X` or `X[]`.
    pub(crate) fn element_alias(&self) -> Option<&JavaClass> {
        self.alias.as_deref().map(|alias| alias.innermost().1)
    }
}

impl Argument for Declared {
    fn fit(&self, env: Env, java: &Arc<JavaClass>) -> Option<Fit> {
        fit(env, self, java)
    }

    fn is_unknown(&self) -> bool {
        matches!(self.element(), abi::ANY | abi::HANDLE) && self.alias.is_none()
    }

    fn advice(&self, env: Env, java: &JavaClass) -> String {
        format!("; declare {}", natural(env, java))
    }
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.info.fmt(f)
    }
}

/// The class of this name in the module; an error suggests a similar one.
pub(crate) fn find_class(env: Env, loader: &Loader, name: &str) -> Result<Arc<JavaClass>, Error> {
    let loading = &api::get().loading;
    let found = loading.find_class(env, name, &loader.class_loader);
    let class = found.map_err(|error| explain(env, loader, name, error))?;
    let binary_name = loading.binary_name(env, &class)?;
    JavaClass::of(env, &class, &binary_name)
}

fn explain(env: Env, loader: &Loader, name: &str, error: Error) -> Error {
    let module = &loader.name;
    match &*error.type_name {
        "java.lang.ClassNotFoundException" => {
            let loading = &api::get().loading;
            let known = loading.class_names(env, &loader.class_loader).unwrap_or_default();
            let hint = suggest_class(name, &known);
            let place = match &**module {
                "" => "the JDK or on the class path".to_owned(),
                path => format!("module `{path}`"),
            };
            let message = format!("no class `{name}` in {place}{hint}");
            Error::new(ErrorKind::NotFound, message)
        }
        "java.lang.UnsupportedClassVersionError" => {
            let message = too_new(name, module, &error.message);
            error.with_kind(ErrorKind::Load).with_message(message)
        }
        "java.lang.NoClassDefFoundError" => missing_class(module, error),
        _ => error.with_kind(ErrorKind::Load),
    }
}

/// The error for a class file that is newer than this JVM. HotSpot's message has both versions, as
/// `69.0` and `61.0`; the Java version is 44 less (JVMS 4.1).
fn too_new(name: &str, module: &str, jvm_message: &str) -> String {
    let words = jvm_message.split(|c: char| !c.is_ascii_digit() && c != '.');
    let versions = words.filter_map(|word| word.trim_end_matches('.').strip_suffix(".0"));
    let versions: Vec<u32> = versions.filter_map(|version| version.parse().ok()).collect();
    let refused = start::refused_java_home();
    match versions[..] {
        [class, jvm] if jvm > 44 && class > jvm => format!(
            "class `{name}` of module `{module}` needs Java {} (class file version {class}); this \
             is Java {}: set JAVA_HOME to a JDK of version {} or later{refused}",
            class - 44,
            jvm - 44,
            class - 44
        ),
        _ => format!("{jvm_message}; set JAVA_HOME to a JDK that is new enough{refused}"),
    }
}

/// The error for a class that needs a missing class. The same exception is thrown for a class that
/// failed to initialize; its message is then a sentence.
pub(crate) fn missing_class(module: &str, error: Error) -> Error {
    if error.type_name != "java.lang.NoClassDefFoundError" {
        return error;
    }
    if error.message.contains(' ') {
        return error.with_kind(ErrorKind::Load);
    }
    // For the type of a field, JDK 11 gives the descriptor.
    let descriptor = error.message.strip_prefix('L').and_then(|rest| rest.strip_suffix(';'));
    let absent = descriptor.unwrap_or(&error.message).replace('/', ".");
    let message =
        format!("the class {absent} is missing: add the jar that contains it to module `{module}`");
    error.with_kind(ErrorKind::Load).with_message(message)
}

/// Suggests a class with the same simple name in another package, or else the most similar name.
fn suggest_class(name: &str, known: &[String]) -> String {
    let simple = |name: &str| name.rsplit(['.', '$']).next().unwrap_or_default().to_owned();
    let same = known.iter().find(|other| simple(other).eq_ignore_ascii_case(&simple(name)));
    match same {
        Some(name) => format!("; did you mean `{name}`?"),
        None => did_you_mean(name, known.iter().map(String::as_str)),
    }
}

#[cfg(test)]
mod tests {
    use super::too_new;

    #[test]
    fn a_class_file_that_is_too_new_names_both_versions() {
        let jvm_message = "a/B has been compiled by a more recent version of the Java Runtime (class file \
                    version 69.0), this version of the Java Runtime only recognizes class file \
                    versions up to 61.0";
        let expected = "class `a.B` of module `m.jar` needs Java 25 (class file version 69); this \
                        is Java 17: set JAVA_HOME to a JDK of version 25 or later";
        assert_eq!(too_new("a.B", "m.jar", jvm_message), expected);
        assert!(too_new("a.B", "m.jar", "odd").starts_with("odd; set JAVA_HOME"));
    }
}
