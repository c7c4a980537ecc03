//! `did you mean` in errors.

/// Suggests the known name nearest to `unknown`, as the end of a message; empty
/// if none is near.
#[must_use]
pub fn did_you_mean<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let scored = known.into_iter().map(|name| (score(unknown, name), name));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    match best {
        Some((score, name)) if score > 0.7 => format!("; did you mean `{name}`?"),
        _ => String::new(),
    }
}

fn score(unknown: &str, name: &str) -> f64 {
    strsim::jaro_winkler(&unknown.to_lowercase(), &name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn similar_names_are_suggested_and_others_are_not() {
        let known = ["greetTo", "shutdown", "close"];
        assert_eq!(did_you_mean("gretTo", known), "; did you mean `greetTo`?");
        assert_eq!(did_you_mean("xyzzy", known), "");
    }
}
