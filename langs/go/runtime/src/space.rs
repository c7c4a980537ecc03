//! The names of a module: resolves the name of a package and a name in it. Decides how a name is
//! spelled in Go; creates no objects.

use std::sync::Arc;

use metaffi_plugin::value::{Callable, Error, Owner, Value};

use crate::guest::Guest;
use crate::table::{self, Class, Entity};

/// The guests of a module, and the owner of the objects that stand for it.
#[derive(Clone)]
pub(crate) struct Space {
    pub(crate) guests: Vec<Arc<Guest>>,
    pub(crate) owner: Owner,
}

/// The Go spellings of a name that other languages begin with a small letter, or write with
/// underscores.
pub(crate) fn spellings(name: &str) -> [String; 2] {
    let words = name.split('_').filter(|word| !word.is_empty());
    let exported = words.map(|word| {
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + letters.as_str()
    });
    [name.to_owned(), exported.collect()]
}

/// A name in a package; the root has no name.
pub(crate) fn join(package: &str, name: &str) -> String {
    if package.is_empty() { name.to_owned() } else { format!("{package}.{name}") }
}

impl Space {
    /// The entity of a kind with this full name.
    pub(crate) fn entity(&self, kind: &'static str, name: &str, sets: bool) -> Option<Found<'_>> {
        let mut guests = self.guests.iter();
        guests.find_map(|guest| Some(Found(guest, guest.table.entity(kind, name, sets)?)))
    }

    /// The instances of a generic function, in the order of the table.
    pub(crate) fn instances(&self, name: &str) -> Vec<Found<'_>> {
        let found = self.guests.iter().flat_map(|guest| {
            guest.table.instances(name).into_iter().map(move |entity| Found(guest, entity))
        });
        found.collect()
    }

    /// The class with this id.
    pub(crate) fn class(&self, id: &str) -> Option<&Class> {
        self.guests.iter().find_map(|guest| guest.table.classes.get(id))
    }

    /// The full name of a package inside another, by its path, or by the last part of its path if
    /// that is unique.
    pub(crate) fn package(&self, within: &str, name: &str) -> Option<String> {
        let all = || self.guests.iter().flat_map(|guest| &guest.table.packages);
        let longer = |full: &str| {
            let rest = |package: &String| package.strip_prefix(full).map(str::to_owned);
            all().any(|package| rest(package).is_some_and(|rest| is_end(&rest)))
        };
        let paths = [join(within, name), format!("{within}/{name}")];
        if let Some(full) = paths.into_iter().find(|full| longer(full)) {
            return Some(full);
        }
        let mut ending = all()
            .filter(|package| within.is_empty() && package.rsplit(['.', '/']).next() == Some(name));
        let (found, further) = (ending.next(), ending.next());
        found.filter(|_| further.is_none()).cloned()
    }

    /// The function with that full name, or the generic one.
    pub(crate) fn function(&self, name: &str) -> Option<Result<Callable, Error>> {
        if let Some(found) = self.entity("callable", name, false) {
            return Some(found.member(self.owner));
        }
        let instances = self.instances(name);
        (!instances.is_empty()).then(|| crate::instances::member(self.owner, name, &instances))
    }
}

fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '/'])
}

/// An entity, and the guest that has it.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a>(pub(crate) &'a Guest, pub(crate) &'a Entity);

impl Found<'_> {
    /// The entity as a member, which takes the object first.
    pub(crate) fn member(self, owner: Owner) -> Result<Callable, Error> {
        Ok(table::as_declared(self.0, self.1)?.into_member(owner))
    }

    pub(crate) fn call(self, owner: Owner, args: &[Value]) -> Result<Vec<Value>, Error> {
        table::as_declared(self.0, self.1)?.into_callable(owner).call(args)
    }
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn names_are_spelled_as_go_exports_them() {
        assert_eq!(spellings("read_all"), ["read_all", "ReadAll"]);
        assert_eq!(spellings("newPoint"), ["newPoint", "NewPoint"]);
    }
}
