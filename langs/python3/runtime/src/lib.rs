//! The python3 runtime plugin.
