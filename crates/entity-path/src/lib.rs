//! The entity-path language: parse, print, located errors.
//!
//! An entity path says where a function, a method or a field lives in a
//! module: `key=value` items and bare tags, separated by commas, in any order.
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
//! The crate knows no language: which keys a runtime needs, it asks for with
//! [`EntityPath::require`]. Any thread may enter; nothing here is shared.
#![forbid(unsafe_code)]

mod env;
mod error;
mod parse;
mod path;

pub use error::{Fault, MissingKey, ParseError};
pub use path::EntityPath;
