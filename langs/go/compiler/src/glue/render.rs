//! The templates, and nothing else: everything they print has been decided before.

use metaffi_compiler::template_environment;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::MARK;
use super::view::File;

/// The templates of generated Go and C.
pub(crate) struct Texts(Environment<'static>);

macro_rules! templates {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

impl Texts {
    pub(crate) fn new() -> Texts {
        let mut environment = template_environment();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("go", go_literal);
        let templates = templates![
            "package.go.j2",
            "call.go.j2",
            "get.go.j2",
            "set.go.j2",
            "empty.go.j2",
            "dispatch.go.j2",
            "array.go.j2",
            "func.go.j2",
            "implement.go.j2",
            "main.go.j2",
            "embedded.c.j2"
        ];
        for (name, text) in templates {
            environment
                .add_template(name, text)
                .unwrap_or_else(|error| unreachable!("the template {name}: {error}"));
        }
        Texts(environment)
    }

    fn print(&self, name: &str, view: Value) -> String {
        let template = self.0.get_template(name).and_then(|template| template.render(view));
        template.unwrap_or_else(|error| unreachable!("the template {name}: {error:#}"))
    }

    pub(super) fn print_package(&self, file: &File<'_>) -> String {
        self.print("package.go.j2", context! { mark => MARK, ..Value::from(Serde(file)) })
    }

    pub(super) fn print_main(&self, imports: &[&str]) -> String {
        self.print("main.go.j2", context! { mark => MARK, imports => Serde(imports) })
    }

    pub(super) fn print_embedded(&self, idl: &str) -> String {
        let lines: Vec<String> = idl.split_inclusive('\n').map(c_literal).collect();
        self.print(
            "embedded.c.j2",
            context! { mark => MARK, lines => Serde(lines), size => idl.len() },
        )
    }
}

/// A Go string literal.
fn go_literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            c if c.is_control() => literal.push_str(&format!("\\u{:04x}", c as u32)),
            c => literal.push(c),
        }
    }
    literal + "\""
}

/// A C string literal; bytes beyond ASCII are octal, which needs no terminator.
fn c_literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => literal.extend(['\\', byte as char]),
            b'\n' => literal.push_str("\\n"),
            b' '..=b'~' if byte != b'?' => literal.push(byte as char),
            _ => literal.push_str(&format!("\\{byte:03o}")),
        }
    }
    literal + "\""
}

#[cfg(test)]
mod tests {
    use super::{c_literal, go_literal};

    #[test]
    fn literals_survive_the_go_compiler() {
        assert_eq!(go_literal("a\"\\\tü"), r#""a\"\\\u0009ü""#);
    }

    #[test]
    fn literals_survive_the_c_compiler() {
        assert_eq!(c_literal("a\"\\\né??/"), r#""a\"\\\n\303\251\077\077/""#);
    }
}
