//! Gives overloaded functions names of their own.

use metaffi_stubs::{Candidate, Group, Names, plainest, suffix};

use crate::names;
use crate::spelling::Spelling;

/// A function and its name.
pub(crate) struct Named<'m, 'a> {
    pub(crate) name: String,
    pub(crate) candidate: &'m Candidate<'a>,
}

/// The functions of a group: the main one keeps the name, the others get names with their
/// parameters.
pub(crate) fn named<'m, 'a>(
    group: &'m Group<'a>,
    keeps: impl Fn(&Candidate<'_>) -> bool,
    given: &mut Names,
    spelling: &Spelling<'_, '_>,
) -> Vec<Named<'m, 'a>> {
    each(&group.name, &group.candidates, keeps, given, spelling)
}

/// The same for any list of candidates.
pub(crate) fn each<'m, 'a>(
    plain: &str,
    candidates: &'m [Candidate<'a>],
    keeps: impl Fn(&Candidate<'_>) -> bool,
    given: &mut Names,
    spelling: &Spelling<'_, '_>,
) -> Vec<Named<'m, 'a>> {
    let whole = longest(candidates);
    let plainest = plainest(&whole);
    let all_words: Vec<Vec<String>> = whole.iter().map(|one| words(one, spelling)).collect();
    let kept = whole.iter().copied().filter(|candidate| keeps(candidate));
    let name = |candidate: &'m Candidate<'a>| {
        let is_plainest = plainest.is_some_and(|one| std::ptr::eq(one, candidate));
        let short = words(candidate, spelling);
        let is_one = all_words.iter().filter(|other| **other == short).count() == 1;
        let words = match (is_plainest, is_one) {
            (true, _) => Vec::new(),
            (false, true) => short,
            (false, false) => suffix(candidate, spelling.classes),
        };
        let words = words.iter().map(|word| names::snake(word));
        let name = std::iter::once(names::plain(plain).to_owned()).chain(words);
        let name = given.give(&name.collect::<Vec<_>>().join("_"));
        Named { name, candidate }
    };
    kept.map(name).collect()
}

/// Words for the required parameters of an overload.
fn words(candidate: &Candidate<'_>, spelling: &Spelling<'_, '_>) -> Vec<String> {
    let needed = candidate.parameters.iter().filter(|one| !one.declared.is_optional);
    let parameters = needed.cloned().collect();
    suffix(&Candidate { parameters, ..candidate.clone() }, spelling.classes)
}

/// Each function once, in its form with all parameters.
fn longest<'m, 'a>(candidates: &'m [Candidate<'a>]) -> Vec<&'m Candidate<'a>> {
    let mut whole: Vec<&'m Candidate<'a>> = Vec::new();
    for candidate in candidates {
        let same = whole.iter_mut().find(|one| std::ptr::eq(one.function, candidate.function));
        match same {
            Some(one) if one.parameters.len() < candidate.parameters.len() => *one = candidate,
            Some(_) => {}
            None => whole.push(candidate),
        }
    }
    whole
}
