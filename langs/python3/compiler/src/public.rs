//! `__all__`, in the order that formatters use: constants, classes, the rest, with
//! numbers in names compared by value.

use std::cmp::Ordering;

/// `names` sorted.
pub(crate) fn sorted(names: Vec<&str>) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.sort_by(|a, b| kind(a).cmp(&kind(b)).then_with(|| natural(a, b)));
    names
}

fn kind(name: &str) -> u8 {
    let is_constant = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    match name.chars().next() {
        _ if is_constant && name.chars().count() > 1 => 0,
        Some(first) if first.is_uppercase() => 1,
        _ => 2,
    }
}

/// Compares runs of digits as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            by_value(digits(&mut left), digits(&mut right))
        } else {
            left = &left[x.len_utf8()..];
            right = &right[y.len_utf8()..];
            x.cmp(&y)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// Splits off leading digits.
fn digits<'t>(text: &mut &'t str) -> &'t str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits
}

fn by_value(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_as_formatters_do() {
        let names = vec!["b", "a10", "a9", "Class", "A", "MAX", "bind", "Aa", "a"];
        assert_eq!(sorted(names), ["MAX", "A", "Aa", "Class", "a", "a9", "a10", "b", "bind"]);
    }
}
