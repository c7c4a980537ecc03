//! The declarations in a Java source: names, parameters, and the comments before them.

use std::collections::HashMap;

use tree_sitter::{Node, Parser, Tree};

use super::javadoc::{self, Docs, Form};

/// A class in a source.
#[derive(Default)]
pub(crate) struct ClassSource {
    pub(crate) docs: Docs,
    pub(crate) methods: Vec<MethodSource>,
    /// Of fields and enum constants.
    pub(crate) fields: HashMap<String, Docs>,
}

/// A method, or a constructor (named `<init>`).
pub(crate) struct MethodSource {
    pub(crate) name: String,
    pub(crate) parameters: Vec<ParameterSource>,
    pub(crate) docs: Docs,
}

pub(crate) struct ParameterSource {
    pub(crate) name: String,
    /// The type without its package, arguments and annotations: `Entry[]`.
    pub(crate) ty: String,
}

fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_java::LANGUAGE.into()).ok()?;
    parser.parse(text, None)
}

/// The package of a source, empty for the unnamed one.
pub(super) fn package(text: &str) -> String {
    parse(text).map_or_else(String::new, |tree| package_of(tree.root_node(), text))
}

fn package_of(root: Node<'_>, text: &str) -> String {
    let declared = children(root).into_iter().find(|node| node.kind() == "package_declaration");
    let names = ["scoped_identifier", "identifier"];
    let name = declared.and_then(|declared| {
        children(declared).into_iter().find(|node| names.contains(&node.kind()))
    });
    name.map_or_else(String::new, |name| text_of(name, text).split_whitespace().collect())
}

/// The classes of a source by binary name. Code that cannot be parsed is skipped.
pub(super) fn read(text: &str) -> HashMap<String, ClassSource> {
    let mut found = HashMap::new();
    if let Some(tree) = parse(text) {
        let package = package_of(tree.root_node(), text);
        let start = if package.is_empty() { package } else { package + "." };
        let mut reader = Reader { text, found: &mut found };
        children(tree.root_node()).into_iter().for_each(|node| reader.class(node, &start));
    }
    found
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    node.named_children(&mut node.walk()).collect()
}

fn text_of<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    text.get(node.byte_range()).unwrap_or_default()
}

struct Reader<'r> {
    text: &'r str,
    found: &'r mut HashMap<String, ClassSource>,
}

impl Reader<'_> {
    /// Reads the class that a node declares, if it declares one; `start` is the prefix of its name.
    fn class(&mut self, node: Node<'_>, start: &str) {
        let is_class = matches!(
            node.kind(),
            "class_declaration"
                | "interface_declaration"
                | "enum_declaration"
                | "record_declaration"
                | "annotation_type_declaration"
        );
        let (Some(name), true) = (node.child_by_field_name("name"), is_class) else { return };
        let name = format!("{start}{}", text_of(name, self.text));
        let mut class = ClassSource { docs: self.docs(node), ..ClassSource::default() };
        if node.kind() == "record_declaration" {
            class.methods.extend(self.of_record(node, &class.docs));
        }
        if let Some(body) = node.child_by_field_name("body") {
            self.body(body, &name, &mut class);
        }
        self.found.entry(name).or_insert(class);
    }

    fn body(&mut self, body: Node<'_>, name: &str, class: &mut ClassSource) {
        for member in children(body) {
            match member.kind() {
                "method_declaration" | "annotation_type_element_declaration" => {
                    let own = member.child_by_field_name("name");
                    let own = own.map_or("", |own| text_of(own, self.text)).to_owned();
                    class.methods.push(self.method(member, own));
                }
                "constructor_declaration" => {
                    class.methods.push(self.method(member, "<init>".to_owned()));
                }
                "field_declaration" | "constant_declaration" => self.fields(member, class),
                "enum_constant" => {
                    let own = member.child_by_field_name("name");
                    let own = own.map_or("", |own| text_of(own, self.text)).to_owned();
                    class.fields.insert(own, self.docs(member));
                }
                "enum_body_declarations" => self.body(member, name, class),
                _ => self.class(member, &format!("{name}$")),
            }
        }
    }

    /// The implicit constructor and accessors of a record.
    fn of_record(&self, node: Node<'_>, docs: &Docs) -> Vec<MethodSource> {
        let components = self.parameters(node);
        let accessor = |component: &ParameterSource| MethodSource {
            name: component.name.clone(),
            parameters: Vec::new(),
            docs: Docs::of(docs.parameters.get(&component.name).cloned().unwrap_or_default()),
        };
        let mut methods: Vec<MethodSource> = components.iter().map(accessor).collect();
        let parameters = docs.parameters.clone();
        let docs = Docs { parameters, ..Docs::default() };
        methods.push(MethodSource { name: "<init>".to_owned(), parameters: components, docs });
        methods
    }

    fn method(&self, node: Node<'_>, name: String) -> MethodSource {
        MethodSource { name, parameters: self.parameters(node), docs: self.docs(node) }
    }

    fn parameters(&self, node: Node<'_>) -> Vec<ParameterSource> {
        let Some(list) = node.child_by_field_name("parameters") else { return Vec::new() };
        let parameters = children(list);
        parameters.into_iter().filter_map(|parameter| self.parameter(parameter)).collect()
    }

    fn parameter(&self, node: Node<'_>) -> Option<ParameterSource> {
        let text = |node: Node<'_>| text_of(node, self.text);
        match node.kind() {
            "formal_parameter" => {
                let name = text(node.child_by_field_name("name")?).to_owned();
                let dimensions = node.child_by_field_name("dimensions").map_or("", text);
                let ty = text(node.child_by_field_name("type")?).to_owned() + dimensions;
                Some(ParameterSource { name, ty: simple(&ty) })
            }
            "spread_parameter" => {
                let parts = children(node);
                let is_name = |part: &Node<'_>| part.kind() == "variable_declarator";
                let at = parts.iter().position(is_name)?;
                let name = parts[at].child_by_field_name("name")?;
                let ty = format!("{}[]", text(*parts.get(at.checked_sub(1)?)?));
                Some(ParameterSource { name: text(name).to_owned(), ty: simple(&ty) })
            }
            _ => None,
        }
    }

    fn fields(&self, node: Node<'_>, class: &mut ClassSource) {
        let docs = self.docs(node);
        for declarator in node.children_by_field_name("declarator", &mut node.walk()) {
            if let Some(name) = declarator.child_by_field_name("name") {
                class.fields.insert(text_of(name, self.text).to_owned(), docs.clone());
            }
        }
    }

    /// The comment before a declaration.
    fn docs(&self, node: Node<'_>) -> Docs {
        let Some(before) = node.prev_named_sibling() else { return Docs::default() };
        let comment = text_of(before, self.text);
        if comment.starts_with("///") {
            return javadoc::read(&self.lines_above(before), Form::Markdown);
        }
        let inner = comment.strip_prefix("/**").and_then(|rest| rest.strip_suffix("*/"));
        inner.map_or_else(Docs::default, |inner| javadoc::read(inner, Form::Html))
    }

    /// The text of the consecutive `///` lines that end with `last`.
    fn lines_above(&self, last: Node<'_>) -> String {
        let mut lines = Vec::new();
        let mut next = Some(last);
        while let Some(node) = next {
            let line = text_of(node, self.text).trim_start_matches('/');
            lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
            next = node.prev_named_sibling().filter(|before| {
                before.start_position().row + 1 == node.start_position().row
                    && text_of(*before, self.text).starts_with("///")
            });
        }
        lines.reverse();
        lines.join("\n")
    }
}

/// `java.util.Map.@Nullable Entry<K, V> []` is `Entry[]`.
fn simple(ty: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for character in ty.chars() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    let mut words = plain.split(['[', ' ', '\n', '\t']).filter(|word| !word.is_empty());
    let name = words.rfind(|word| !word.starts_with(['@', ']'])).unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or(name);
    name.to_owned() + &"[]".repeat(plain.matches('[').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_reduced_to_their_simple_names() {
        for (written, expected) in [
            ("int", "int"),
            ("java.util.Map.Entry<K, List<V>>", "Entry"),
            ("Map.@Nullable Entry<K, V>[]", "Entry[]"),
            ("String @Nullable [] []", "String[][]"),
        ] {
            assert_eq!(simple(written), expected);
        }
    }

    #[test]
    fn lines_of_markdown_are_a_comment() {
        let source = "class C {\n  // no\n\n  /// Adds `a`.\n  ///\n  /// @param a what\n  int add(int a) { return a; }\n}";
        let docs = &read(source)["C"].methods[0].docs;
        assert_eq!((docs.text.as_str(), docs.parameters["a"].as_str()), ("Adds `a`.", "what"));
    }

    #[test]
    fn text_that_is_not_a_source_declares_nothing() {
        assert!(read("").is_empty() && read("}{ \u{0} class").is_empty());
        assert_eq!(package("// x\npackage a . b;\nclass C {}"), "a.b");
    }
}
