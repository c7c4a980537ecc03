//! The interface model of a module and its JSON schema.
