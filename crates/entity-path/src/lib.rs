//! The entity-path language: parsing, printing, errors with locations.
//!
//! An entity path names a function, a method or a field of a module:
//! `key=value` items and bare tags, separated by commas, in any order.
//!
//! ```
//! use metaffi_entity_path::EntityPath;
//!
//! let path = EntityPath::parse("class=com.example.MyClass, callable=greet, instance_required")?;
//! assert_eq!(path.get("callable"), Some("greet"));
//! assert!(path.has_tag("instance_required"));
//! assert_eq!(path.to_string(), "class=com.example.MyClass,callable=greet,instance_required");
//!
//! let error = EntityPath::parse("callable=a=b").unwrap_err();
//! assert_eq!(error.offset(), 10);
//! # Ok::<(), metaffi_entity_path::ParseError>(())
//! ```
//!
//! The crate names no language: a runtime requests the keys that it needs with
//! [`EntityPath::require`]. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod env;
mod error;
mod parse;
mod path;

pub use error::{MissingKey, ParseError, ParseErrorKind};
pub use path::EntityPath;
