//! Breaks lines like rustfmt, which does not format the arguments of macros in braces.

/// The maximum length of a line.
const WIDTH: usize = 100;

/// Whether a line is short enough.
pub(crate) fn fits(indent: usize, text: &str) -> bool {
    indent + text.chars().count() <= WIDTH
}

/// A signature: on one line, or with each parameter on its own, and also each type
/// parameter if they are too long. `before` ends with the name, `after` is the rest
/// after the parameters.
pub(crate) fn signature(
    indent: usize,
    before: &str,
    generics: &[String],
    parameters: &[String],
    after: &str,
) -> Vec<String> {
    let head = match generics {
        [] => before.to_owned(),
        some => format!("{before}<{}>", some.join(", ")),
    };
    let line = format!("{head}({}){after}", parameters.join(", "));
    if fits(indent, &line) || generics.is_empty() && parameters.is_empty() {
        return vec![line];
    }
    let each =
        |items: &[String]| items.iter().map(|item| format!("    {item},")).collect::<Vec<_>>();
    let mut lines = Vec::new();
    if generics.is_empty() || fits(indent, &format!("{head}() {{")) {
        lines.push(format!("{head}("));
    } else {
        lines.push(format!("{before}<"));
        lines.extend(each(generics));
        lines.push(">(".to_owned());
    }
    lines.extend(each(parameters));
    lines.push(format!("){after}"));
    lines
}

/// Whether rustfmt would break a signature in another way, because of a long result, so
/// that it needs `#[rustfmt::skip]`.
pub(crate) fn is_skipped(indent: usize, head: &[String]) -> bool {
    const SURE: usize = 90;
    let last = head.last().map_or(0, |line| line.chars().count());
    let most = if head.len() == 1 { WIDTH } else { SURE };
    indent + last > most
}

/// The head of an `impl` with type parameters.
pub(crate) fn implementation(indent: usize, generics: &[String], class: &str) -> Vec<String> {
    let head = match generics {
        [] => "impl".to_owned(),
        some => format!("impl<{}>", some.join(", ")),
    };
    let line = format!("{head} {class} {{");
    match fits(indent, &line) {
        true => vec![line],
        false => vec![head, format!("    {class}"), "{".to_owned()],
    }
}

/// The braces of a macro with statements: on one line, or with each statement on its own.
pub(crate) fn braces(indent: usize, before: &str, parts: &[String], after: &str) -> Vec<String> {
    let line = format!("{before} {{ {} }}{after}", parts.join(" "));
    if fits(indent, &line) {
        return vec![line];
    }
    let mut lines = vec![format!("{before} {{")];
    lines.extend(parts.iter().map(|part| format!("    {part}")));
    lines.push(format!("}}{after}"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken() {
        let long = ["a", "b"].map(|letter| letter.repeat(50));
        let broken =
            ["pub fn f(", &format!("    {},", long[0]), &format!("    {},", long[1]), ") {"];
        assert_eq!(signature(4, "pub fn f", &[], &long, " {"), broken);
        assert_eq!(
            signature(4, "pub fn f", &[], &["a: i64".to_owned()], " {"),
            ["pub fn f(a: i64) {"]
        );
        let many = signature(4, "pub fn f", &long, &["a: i64".to_owned()], " {");
        assert_eq!((&*many[0], &*many[3], &*many[4]), ("pub fn f<", ">(", "    a: i64,"));
        assert_eq!(braces(4, "m!", &["a,".to_owned(), "b".to_owned()], "?;"), ["m! { a, b }?;"]);
        assert_eq!(braces(4, "m!", &long, "?;").len(), 4);
    }
}
