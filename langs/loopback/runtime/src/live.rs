//! Counts the objects of every runtime that others hold, which tests check at their end.

use std::sync::OnceLock;

use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, Owner, Value, str_from_raw};

static HUB: OnceLock<&'static abi::Hub> = OnceLock::new();

/// Sets the hub whose owners are counted.
pub(crate) fn remember(hub: &'static abi::Hub) {
    let _ = HUB.set(hub);
}

/// Counts the objects that others hold, of owners with a name prefix, in total and by
/// owner: `openjdk 2, python3 1`.
pub(crate) fn objects(_: Owner, args: Vec<Value>) -> Result<Vec<Value>, Error> {
    let [Value::String8(start)] = &args[..] else {
        return Err(Error::new(ErrorKind::Argument, "expected (string8), a prefix of names"));
    };
    let held: Vec<_> =
        owners().filter(|(name, count)| *count != 0 && name.starts_with(start)).collect();
    let total: i64 = held.iter().map(|(_, count)| count).sum();
    let shown: Vec<_> = held.iter().map(|(name, count)| format!("{name} {count}")).collect();
    Ok(vec![total.into(), shown.join(", ").into()])
}

/// Names and counts, in the order in which the hub first saw them.
fn owners() -> impl Iterator<Item = (String, i64)> {
    HUB.get().into_iter().flat_map(|hub| {
        // SAFETY: takes any id; the name that it returns is never freed.
        let name = |id| unsafe { str_from_raw((hub.owner_name)(id)) };
        let names = (1..).map(name).take_while(|name| !name.is_empty());
        names.map(|name| {
            let count = Owner::named(hub, &name).live_objects();
            (name, count)
        })
    })
}
