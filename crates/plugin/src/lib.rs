//! The SDK that a runtime plugin is written with.
