//! Methods that every stub has before a guest's are added.

use crate::signature::Signature;

/// What may be done with a method that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// Another one may stand for it that returns this.
    Returns(&'static str),
    /// Nothing: a guest's gets another name.
    Final,
    /// The guest's is left out, for this one does it.
    Kept,
}

use Reserved::{Final, Kept, Returns};

/// What a class is in Java.
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
    ("getMessage", &[], Kept),
    ("getLocalizedMessage", &[], Kept),
    ("getCause", &[], Kept),
    ("initCause", &["Throwable"], Kept),
    ("printStackTrace", &[], Kept),
    ("printStackTrace", &["PrintStream"], Kept),
    ("printStackTrace", &["PrintWriter"], Kept),
    ("fillInStackTrace", &[], Kept),
    ("getStackTrace", &[], Kept),
    ("setStackTrace", &["StackTraceElement[]"], Kept),
    ("addSuppressed", &["Throwable"], Kept),
    ("getSuppressed", &[], Kept),
    ("kind", &[], Final),
    ("language", &[], Final),
    ("typeName", &[], Final),
    ("guestStackTrace", &[], Final),
    ("original", &[], Final),
];

/// What there is under a signature, if there is something.
pub(crate) fn find(root: Root, signature: &Signature) -> Option<Reserved> {
    let is_it = |(name, takes, _): &&(&str, &[&str], Reserved)| {
        *name == signature.name && *takes == signature.erased.as_slice()
    };
    let of_root = match root {
        Root::Exception => OF_EXCEPTIONS,
        Root::Value => &[("value", &[] as &[&str], Final)],
        Root::Interface | Root::Object => &[],
    };
    let found = OF_ALL.iter().chain(OF_CLASSES).chain(of_root).find(is_it)?;
    let of_object = matches!(found.0, "toString" | "hashCode" | "equals");
    Some(if root == Root::Interface && of_object { Final } else { found.2 })
}
