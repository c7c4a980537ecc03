//! Safe values, types, handles, callables and errors over the raw ABI.
//!
//! *Lower* converts our values to raw slots, and *lift* converts raw slots to
//! our values. Nothing here depends on a language, loads anything or holds a
//! lock. Any thread may enter.
#![allow(unsafe_code)] // the one crate where raw slots become safe values

mod answers;
mod array;
mod ask;
mod callable;
mod counted;
mod depth;
mod description;
mod discard;
mod entity;
mod error;
mod error_object;
mod exact;
mod frame;
mod lift;
mod lower;
mod object;
mod references;
mod stack;
mod stack_trace;
mod suggest;
mod text;
mod thrown;
mod typed;
mod types;
mod value;

pub use answers::{Answers, new_answering};
pub use array::Array;
pub use ask::{
    Answer, query_description, query_entries, query_items, query_member, query_method, query_type,
};
pub use callable::{Callable, CallableBody, arity, arity_beyond, declared_param, takes};
pub use depth::{Depth, check_depth, check_room};
pub use description::{Described, Description};
pub use discard::{OwnedSlots, discard};
pub use entity::Entity;
pub use error::{Error, ErrorKind, ErrorParts, check_size};
pub use error_object::new_error_object;
pub use exact::{Exact, ExactKind, new_exact};
pub use frame::{CallFrame, GuestFrame, INLINE_ARENA};
pub use lift::{lift_borrowed, lift_transferred};
pub use lower::{Arena, lower_argument, lower_result};
pub use metaffi_abi as abi;
pub use object::{Handle, ObjectData, Owner, is_mapping, new_buffer, new_object, object_payload};
pub use references::References;
pub use stack::stack_bounds;
pub use suggest::did_you_mean;
pub use text::{name_from_raw, str_from_raw, str_to_raw};
pub use typed::{
    Callback, Char8, Char16, Converted, GiveAll, Instance, Item, Lift, LiftAll, Lower, LowerAll,
    Outcome,
};
pub use types::{Signature, Type, TypeInfo};
pub use value::Value;
