//! The loopback host API.
