//! The description of Python for the code that emitters share.

use metaffi_stubs::{Inheritance, Target};

use crate::annotations::scalar;
use crate::literals;
use crate::names::identifier;

/// `type[…]` has one argument, even if a class of the stubs has that name.
fn class_name(name: &str) -> String {
    if name == "type" { "type_".to_owned() } else { identifier(name) }
}

/// Python.
pub(crate) const PYTHON: Target = Target {
    class_name,
    member_name: identifier,
    reserved_members: &["_", "_metaffi_handle"],
    inheritance: Inheritance::ByName,
    scalar,
    default_value: literals::of_default,
    are_indistinguishable: |one, other| one == other,
};
