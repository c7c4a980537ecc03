//! Ids under which objects of a runtime travel, and their live counters.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use crate::{home, manifest};

pub(crate) struct Entry {
    name: &'static str,
    /// The other names that it was asked for by.
    aliases: Vec<String>,
    live: &'static AtomicI64,
    /// The least that its heap had in use since the last collection.
    base: &'static AtomicU64,
}

impl Entry {
    fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

static OWNERS: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// The lock on them.
pub(crate) type Owners = MutexGuard<'static, Vec<Entry>>;

pub(crate) fn owners() -> Owners {
    OWNERS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The id for a runtime's name or alias, or for any other name. Manifests are
/// read the first time that a name is asked for.
pub(crate) fn id(name: &str) -> u64 {
    let known = owners().iter().position(|entry| entry.is_called(name));
    known.unwrap_or_else(|| learn(name)) as u64 + 1
}

fn learn(asked: &str) -> usize {
    let canonical = home::home().and_then(|home| manifest::find(home, asked));
    let name = canonical.map_or_else(|_| asked.to_owned(), |found| found.manifest.name);
    let mut owners = owners();
    let known = owners.iter().position(|entry| entry.name == name);
    let index = known.unwrap_or_else(|| {
        // Both live as long as the process: objects carry the id for ever.
        let live = Box::leak(Box::new(AtomicI64::new(0)));
        let base = Box::leak(Box::new(AtomicU64::new(u64::MAX)));
        owners.push(Entry { name: name.leak(), aliases: Vec::new(), live, base });
        owners.len() - 1
    });
    if !owners[index].is_called(asked) {
        owners[index].aliases.push(asked.to_owned());
    }
    index
}

/// The name for an id, or empty.
pub(crate) fn name(id: u64) -> &'static str {
    entry(id).map_or("", |(name, _)| name)
}

/// The counter for an id; one that nobody reads for an unknown id.
pub(crate) fn live(id: u64) -> &'static AtomicI64 {
    static NOBODY: AtomicI64 = AtomicI64::new(0);
    entry(id).map_or(&NOBODY, |(_, live)| live)
}

/// The objects of an owner that others hold; of all owners for 0.
pub(crate) fn total(id: u64) -> i64 {
    let all = owners();
    let counted = all.iter().enumerate().filter(|(index, _)| id == 0 || *index as u64 + 1 == id);
    counted.map(|(_, entry)| entry.live.load(Ordering::Relaxed)).sum()
}

/// The base of an owner's heap.
pub(crate) fn base(id: u64) -> Option<&'static AtomicU64> {
    let index = usize::try_from(id.checked_sub(1)?).ok()?;
    owners().get(index).map(|entry| entry.base)
}

/// The growth of every owner's heap counts from its next use.
pub(crate) fn rebase() {
    owners().iter().for_each(|entry| entry.base.store(u64::MAX, Ordering::Relaxed));
}

fn entry(id: u64) -> Option<(&'static str, &'static AtomicI64)> {
    let index = usize::try_from(id.checked_sub(1)?).ok()?;
    owners().get(index).map(|entry| (entry.name, entry.live))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_id_and_another_gets_another() {
        let (a, b) = (id("owner-a"), id("owner-b"));
        assert_ne!(a, b);
        assert_eq!(id("owner-a"), a);
        assert_eq!((name(a), name(b), name(0), name(9999)), ("owner-a", "owner-b", "", ""));
        live(a).fetch_add(1, Ordering::Relaxed);
        assert_eq!(live(b).load(Ordering::Relaxed), 0);
        assert_eq!((total(a), total(b)), (1, 0));
        assert!(total(0) >= 1);
    }
}
