//! The go runtime plugin.
