//! Rust objects that guests can query for their items, entries and methods. The
//! counterpart of [`query_items`](crate::query_items) and its siblings.

use core::ffi::c_void;
use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::counted::{Shape, allocate, payload, vtable};
use crate::frame::GuestFrame;
use crate::{Callable, Description, Error, Handle, Lift as _, Owner, Value};

/// Defines the vtable functions that query an object. Each has `$answer` run one
/// of the guest's own functions for the object, in the frame of the call. Those
/// functions are `give_items`, `give_entries`, `give_method`, `give_type`,
/// `give_member` and `give_description`, in scope at the macro's use.
#[macro_export]
macro_rules! vtable_functions {
    ($answer:path) => {
        $crate::vtable_functions! {
            $answer:
            items => give_items,
            entries => give_entries,
            method => give_method,
            type_of => give_type,
            member => give_member,
            describe => give_description,
        }
    };
    ($answer:path: $($name:ident => $give:ident,)*) => {$(
        /// The vtable function of this name.
        pub(crate) unsafe extern "C" fn $name(
            object: *mut ::core::ffi::c_void,
            frame: ::core::ptr::NonNull<$crate::abi::Frame>,
        ) -> $crate::abi::Status {
            // SAFETY: the caller passes a live object and a complete frame.
            unsafe { $answer(object, frame, $give) }
        }
    )*};
}

/// What an object answers to queries. Any thread may query it.
pub trait Answers: Send + Sync + 'static {
    /// The items that iterating over it yields; `None` if it is not iterable.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }
    /// Its keys and its values, of equal number; `None` if it is not a mapping.
    fn entries(&self) -> Option<(Vec<Value>, Vec<Value>)> {
        None
    }
    /// Whether `entries` returns any.
    fn is_mapping(&self) -> bool {
        false
    }
    /// The method with this name.
    fn method(&self, _name: &str) -> Option<Callable> {
        None
    }
    /// The number of its type, and the number of its instances' type if it is a
    /// class, else 0; `None` if its type is private to its language.
    fn type_of(&self) -> Option<(u64, u64)> {
        None
    }
    /// The function for a member of its type, of the kind `abi::MEMBER_*`; the
    /// function takes the object as its first argument.
    ///
    /// # Errors
    /// Why an existing member cannot be returned.
    fn member(&self, _kind: i64, _name: &str) -> Result<Option<Callable>, Error> {
        Ok(None)
    }
    /// A description of its type.
    fn describe(&self) -> Option<Description> {
        None
    }
}

/// An object that answers queries. `MAPPING` is 1 if it is a mapping.
#[repr(transparent)]
struct Answering<const MAPPING: u32>(abi::Object);

macro_rules! answering {
    ($($mapping:literal)*) => {$(
        // SAFETY: a separate static per type, since its functions differ from all
        // others.
        unsafe impl Shape for Answering<$mapping> {
            fn vtable() -> &'static abi::ObjectVtable {
                static VTABLE: abi::ObjectVtable = abi::ObjectVtable {
                    mapping: $mapping,
                    items: Some(items),
                    entries: Some(entries),
                    method: Some(method),
                    type_of: Some(type_of),
                    member: Some(member),
                    describe: Some(describe),
                    ..vtable::<Answering<$mapping>>(0)
                };
                &VTABLE
            }
        }
    )*};
}
answering! { 0 1 }

type Boxed = Box<dyn Answers>;

/// Makes an object of `owner` that answers queries; the caller gets one
/// reference.
pub fn new_answering(owner: Owner, answers: impl Answers) -> Handle {
    let boxed: Boxed = Box::new(answers);
    let data = core::ptr::null_mut();
    let object = match boxed.is_mapping() {
        true => allocate::<Answering<1>, Boxed>(owner, data, boxed, Answering, |_, _| {}),
        false => allocate::<Answering<0>, Boxed>(owner, data, boxed, Answering, |_, _| {}),
    };
    // SAFETY: `allocate` returns one reference.
    unsafe { Handle::take_raw(object) }
}

/// Runs an answer in the frame of the query's call.
///
/// # Safety
/// `context` must be an object of this shape, and `frame` the frame of the
/// call.
unsafe fn answer(
    context: *mut c_void,
    frame: NonNull<abi::Frame>,
    body: impl FnOnce(&dyn Answers, &mut GuestFrame<'_>) -> Result<(), Error>,
) -> abi::Status {
    // SAFETY: the caller's promise.
    unsafe {
        GuestFrame::enter(frame, |frame| {
            let object = NonNull::new(context.cast::<abi::Object>());
            let known = object.and_then(|object| {
                payload::<Answering<0>, Boxed>(object)
                    .or_else(|| payload::<Answering<1>, Boxed>(object))
            });
            known.map_or(Ok(()), |answers| body(&**answers, frame))
        })
    }
}

unsafe extern "C" fn items(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| {
        frame.set_all(&[answers.items().map_or(Value::Null, Value::from)])
    };
    // SAFETY: only objects of this shape have this function.
    unsafe { answer(context, frame, body) }
}

unsafe extern "C" fn entries(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| match answers.entries() {
        Some((keys, values)) => frame.set_all(&[keys.into(), values.into()]),
        None => frame.set_all(&[Value::Null, Value::Null]),
    };
    // SAFETY: as above.
    unsafe { answer(context, frame, body) }
}

unsafe extern "C" fn method(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| {
        let [name] = frame.args() else { return frame.set_all(&[Value::Null]) };
        // SAFETY: a slot of this frame.
        let name = unsafe { String::lift_argument(name) }?;
        frame.set_all(&[answers.method(&name).map_or(Value::Null, Value::Callable)])
    };
    // SAFETY: as above.
    unsafe { answer(context, frame, body) }
}

unsafe extern "C" fn type_of(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| match answers.type_of() {
        Some((own, of_instances)) => {
            frame.set_all(&[Value::UInt64(own), Value::UInt64(of_instances)])
        }
        None => frame.set_all(&[Value::Null, Value::Null]),
    };
    // SAFETY: as above.
    unsafe { answer(context, frame, body) }
}

unsafe extern "C" fn member(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| {
        let [kind, name] = frame.args() else { return frame.set_all(&[Value::Null]) };
        // SAFETY: slots of this frame.
        let (kind, name) = unsafe { (i64::lift_argument(kind)?, String::lift_argument(name)?) };
        frame.set_all(&[answers.member(kind, &name)?.map_or(Value::Null, Value::Callable)])
    };
    // SAFETY: as above.
    unsafe { answer(context, frame, body) }
}

unsafe extern "C" fn describe(context: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status {
    let body = |answers: &dyn Answers, frame: &mut GuestFrame<'_>| match answers.describe() {
        Some(description) => frame.set_all(&description.into_values()),
        None => frame.set_all(&[const { Value::Null }; 5]),
    };
    // SAFETY: as above.
    unsafe { answer(context, frame, body) }
}
