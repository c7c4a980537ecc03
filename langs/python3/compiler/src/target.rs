//! Python, as far as what emitters share depends on it.

use metaffi_stubs::{Inheritance, Target};

use crate::annotations::scalar;
use crate::literals;
use crate::names::identifier;

/// Python.
pub(crate) const PYTHON: Target = Target {
    class_name: identifier,
    member_name: identifier,
    reserved_members: &["_metaffi_handle"],
    inheritance: Inheritance::ByName,
    scalar,
    default_value: literals::of_default,
    are_one: |one, other| one == other,
};
