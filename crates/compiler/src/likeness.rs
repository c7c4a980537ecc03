//! What a slip of the keyboard may have meant.

/// How much alike two words must be, from 0 to 1.
const ALIKE: f64 = 0.8;

/// The one of `known` that `name` is written most like, if any is.
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(&name.to_lowercase(), known);
    known
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness > ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}
