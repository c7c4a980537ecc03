//! What an entity path without types stands for, as a value.

use std::sync::Arc;

use metaffi_plugin::value::{Error, ErrorKind, Owner};
use metaffi_plugin::{Loaded, Request, did_you_mean};

use crate::class::Class;
use crate::guest::Guest;
use crate::package::Package;
use crate::space::Space;
use crate::table;

/// The owner of modules, packages and types as objects, which no Go runtime knows.
pub(crate) const OWNER: &str = "go module";

/// The module, a type, or a function.
pub(crate) fn load(
    guests: &[Arc<Guest>],
    owner: Owner,
    request: &Request,
) -> Result<Loaded, Error> {
    let space = Space { guests: guests.to_vec(), owner };
    if request.entity_path.trim().is_empty() {
        return Ok(Loaded::value(Package::object(space, String::new())));
    }
    let path = table::parse(&request.entity_path)?;
    if let Some(name) = path.get("class").filter(|_| path.get("callable").is_none()) {
        let class = Class::named(&space, name).ok_or_else(|| missing(&space, name))?;
        return Ok(Loaded::value(class.object()));
    }
    let (guest, entity) = table::find(guests, &path)?;
    let callable = table::as_declared(guest, entity)?.into_callable(owner);
    Ok(Loaded::value(callable).with_doc(entity.doc.clone()))
}

fn missing(space: &Space, name: &str) -> Error {
    let known = space.guests.iter().flat_map(|guest| guest.table.classes.keys());
    let hint = did_you_mean(name, known.map(String::as_str));
    Error::new(ErrorKind::NotFound, format!("the type `{name}` cannot be found{hint}"))
}
