//! The openjdk runtime plugin.
