//! Suggestions for misspelled words.

/// The minimum similarity of two words, from 0 to 1.
const MIN_SIMILARITY: f64 = 0.8;

/// The one of `known` that is most similar to `name`, if any is similar enough.
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let similarity = |known: &str| strsim::jaro_winkler(&name.to_lowercase(), known);
    known
        .map(|known| (similarity(known), known))
        .filter(|(similarity, _)| *similarity > MIN_SIMILARITY)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}
