//! The loopback runtime plugin.
