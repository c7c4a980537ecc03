//! Methods that every stub has before the guest's are added.

use crate::signature::Signature;

/// What may be done about an existing method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// It may be overridden by a method that returns this type.
    Returns(&'static str),
    /// It cannot be overridden: the guest's method gets another name.
    Final,
    /// The guest's method is dropped, since this one does the same.
    BuiltIn,
}

use Reserved::{BuiltIn, Final, Returns};

/// The root class of a class in Java.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    Interface,
    Object,
    Exception,
    Value,
}

const OF_ALL: &[(&str, &[&str], Reserved)] = &[
    ("getClass", &[], Final),
    ("notify", &[], Final),
    ("notifyAll", &[], Final),
    ("wait", &[], Final),
    ("wait", &["long"], Final),
    ("wait", &["long", "int"], Final),
    ("clone", &[], Final),
    ("finalize", &[], Final),
    ("as", &["Class"], Final),
    ("metaffiTarget", &[], Final),
    ("metaffiNew", &[], Final),
    ("close", &[], Returns("void")),
];

const OF_CLASSES: &[(&str, &[&str], Reserved)] = &[
    ("toString", &[], Returns("String")),
    ("hashCode", &[], Returns("int")),
    ("equals", &["Object"], Returns("boolean")),
];

const OF_EXCEPTIONS: &[(&str, &[&str], Reserved)] = &[
    ("getMessage", &[], BuiltIn),
    ("getLocalizedMessage", &[], BuiltIn),
    ("getCause", &[], BuiltIn),
    ("initCause", &["Throwable"], BuiltIn),
    ("printStackTrace", &[], BuiltIn),
    ("printStackTrace", &["PrintStream"], BuiltIn),
    ("printStackTrace", &["PrintWriter"], BuiltIn),
    ("fillInStackTrace", &[], BuiltIn),
    ("getStackTrace", &[], BuiltIn),
    ("setStackTrace", &["StackTraceElement[]"], BuiltIn),
    ("addSuppressed", &["Throwable"], BuiltIn),
    ("getSuppressed", &[], BuiltIn),
    ("kind", &[], Final),
    ("language", &[], Final),
    ("typeName", &[], Final),
    ("guestStackTrace", &[], Final),
    ("original", &[], Final),
];

/// The reserved method with a signature, if there is one.
pub(crate) fn find(root: Root, signature: &Signature) -> Option<Reserved> {
    let matches = |(name, takes, _): &&(&str, &[&str], Reserved)| {
        *name == signature.name && *takes == signature.erased.as_slice()
    };
    let of_root = match root {
        Root::Exception => OF_EXCEPTIONS,
        Root::Value => &[("value", &[] as &[&str], Final)],
        Root::Interface | Root::Object => &[],
    };
    let found = OF_ALL.iter().chain(OF_CLASSES).chain(of_root).find(matches)?;
    let of_object = matches!(found.0, "toString" | "hashCode" | "equals");
    Some(if root == Root::Interface && of_object { Final } else { found.2 })
}
