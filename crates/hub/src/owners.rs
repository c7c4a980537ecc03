//! The owner ids of runtimes' objects, and their counters of live objects.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use crate::{home, manifest};

pub(crate) struct Entry {
    name: &'static str,
    /// Other names that its id was requested by.
    aliases: Vec<String>,
    live: &'static AtomicI64,
    /// The minimum that its heap had in use since the last collection.
    base: &'static AtomicU64,
}

impl Entry {
    fn has_name(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }
}

static OWNERS: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// The locked list of owners.
pub(crate) type Owners = MutexGuard<'static, Vec<Entry>>;

pub(crate) fn owners() -> Owners {
    OWNERS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The id for a runtime's name or alias, or for any other name. Manifests are
/// read when a name is first used.
pub(crate) fn id(name: &str) -> u64 {
    let known = owners().iter().position(|entry| entry.has_name(name));
    known.unwrap_or_else(|| register(name)) as u64 + 1
}

fn register(requested: &str) -> usize {
    let canonical = home::home().and_then(|home| manifest::find(home, requested));
    let name = canonical.map_or_else(|_| requested.to_owned(), |found| found.manifest.name);
    let mut owners = owners();
    let known = owners.iter().position(|entry| entry.name == name);
    let index = known.unwrap_or_else(|| {
        // Both live as long as the process, since objects keep the id for ever.
        let live = Box::leak(Box::new(AtomicI64::new(0)));
        let base = Box::leak(Box::new(AtomicU64::new(u64::MAX)));
        owners.push(Entry { name: name.leak(), aliases: Vec::new(), live, base });
        owners.len() - 1
    });
    if !owners[index].has_name(requested) {
        owners[index].aliases.push(requested.to_owned());
    }
    index
}

/// The name for an id, or an empty string.
pub(crate) fn name(id: u64) -> &'static str {
    entry(id).map_or("", |(name, _)| name)
}

/// The counter for an id; a dummy counter for an unknown id.
pub(crate) fn live(id: u64) -> &'static AtomicI64 {
    static UNKNOWN: AtomicI64 = AtomicI64::new(0);
    entry(id).map_or(&UNKNOWN, |(_, live)| live)
}

/// The number of an owner's live objects; of all owners if `id` is 0.
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

/// Makes the growth of every owner's heap count from its next reported use.
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
    fn each_name_has_its_own_id() {
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
