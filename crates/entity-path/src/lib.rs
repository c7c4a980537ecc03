//! The entity-path language: parse, print, located errors.
