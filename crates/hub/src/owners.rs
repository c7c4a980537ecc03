//! Ids under which objects of a runtime travel, and their live counters.

use std::sync::atomic::AtomicI64;
use std::sync::{Mutex, MutexGuard};

use crate::{home, manifest};

pub(crate) struct Entry {
    name: &'static str,
    live: &'static AtomicI64,
}

static OWNERS: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

/// The lock on them.
pub(crate) type Owners = MutexGuard<'static, Vec<Entry>>;

pub(crate) fn owners() -> Owners {
    OWNERS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The id for a runtime's name or alias, or for any other name.
pub(crate) fn id(name: &str) -> u64 {
    let canonical = home::home().and_then(|home| manifest::find(home, name));
    let name = canonical.map_or_else(|_| name.to_owned(), |manifest| manifest.name);
    let mut owners = owners();
    let known = owners.iter().position(|entry| entry.name == name);
    let index = known.unwrap_or_else(|| {
        // Both live as long as the process: objects carry the id for ever.
        let live = Box::leak(Box::new(AtomicI64::new(0)));
        owners.push(Entry { name: name.leak(), live });
        owners.len() - 1
    });
    index as u64 + 1
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
        live(a).fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(live(b).load(std::sync::atomic::Ordering::Relaxed), 0);
    }
}
