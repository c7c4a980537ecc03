//! The hub: finds plugins, loads, introduces.
