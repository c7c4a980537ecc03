//! Expansion of `${VAR}` and `$VAR` in a value.
//!
//! A variable that is not set is left unchanged, so that a JVM's `Outer$Inner`
//! needs no escaping.

/// The process environment. A variable that is not Unicode counts as not set.
pub(crate) fn process(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// `value` with every set variable replaced.
pub(crate) fn expand(value: &str, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let mut expanded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(dollar) = rest.find('$') {
        expanded.push_str(&rest[..dollar]);
        rest = &rest[dollar..];
        let (name, length) = reference(rest).unwrap_or(("", 1));
        match Some(name).filter(|name| !name.is_empty()).and_then(variable) {
            Some(set) => expanded.push_str(&set),
            None => expanded.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    expanded + rest
}

/// The variable referenced by the `$` at the start of `text`, and the length of
/// the reference in bytes.
fn reference(text: &str) -> Option<(&str, usize)> {
    let after = &text[1..];
    match after.strip_prefix('{') {
        Some(braced) => {
            let name = &braced[..braced.find('}')?];
            (name_length(name) == name.len()).then_some((name, name.len() + 3))
        }
        None => {
            let name = &after[..name_length(after)];
            Some((name, name.len() + 1))
        }
    }
}

/// The length of the variable name at the start of `text`, in bytes: a letter
/// or `_`, then letters, digits and `_`.
fn name_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn with_env(value: &str) -> String {
        expand(value, &|name| match name {
            "PKG" => Some("com.example".to_owned()),
            "EMPTY" => Some(String::new()),
            "NESTED" => Some("$PKG".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn set_variables_are_replaced_once() {
        assert_eq!(with_env("${PKG}.Main"), "com.example.Main");
        assert_eq!(with_env("$PKG.Main"), "com.example.Main");
        assert_eq!(with_env("a$EMPTY.b${EMPTY}"), "a.b");
        assert_eq!(with_env("$NESTED"), "$PKG", "a value is not expanded again");
        assert_eq!(with_env("$$PKG"), "$com.example");
    }

    #[test]
    fn other_text_is_unchanged() {
        for text in
            ["Outer$Inner", "$", "a$", "${", "${PKG", "${}", "$1PKG", "${a-b}", "é$é", "$PKGS"]
        {
            assert_eq!(with_env(text), text);
        }
    }
}
