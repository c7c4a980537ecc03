//! What a guest reports about an object's type.

use core::ptr::NonNull;

use metaffi_abi as abi;

use crate::{Array, CallFrame, Error, Value, lift_borrowed, query_description};

/// A type: its name, its supertypes, its operations and members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Its name in its own language.
    pub name: String,
    /// Its documentation.
    pub doc: String,
    /// The names of its supertypes, starting with the type itself, nearest
    /// first.
    pub supertypes: Vec<String>,
    /// Its operations and protocols, by the names of `metaffi.h`.
    pub operations: Vec<String>,
    /// Its members, one entry per overload.
    pub members: Vec<Described>,
}

/// A member of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// `method`, `static method`, `constructor`, `value`, …: `METAFFI_DESCRIBED_*`.
    pub kind: String,
    /// The signature, as written in its own language.
    pub signature: String,
    /// Its documentation.
    pub doc: String,
}

impl Description {
    /// What the owner of an object reports about its type; `None` if it reports
    /// nothing.
    ///
    /// # Errors
    /// Whatever the owner reports.
    ///
    /// # Safety
    /// `object` must be live.
    pub unsafe fn of(object: NonNull<abi::Object>) -> Result<Option<Self>, Error> {
        CallFrame::with(|mut frame| {
            // SAFETY: the caller's promise; the frame outlives the answer.
            let Some(answer) = (unsafe { query_description(object, &mut frame)? }) else {
                return Ok(None);
            };
            // SAFETY: the answer holds its slots.
            let [name, doc, supertypes, operations, members] =
                answer.slots().each_ref().map(|slot| unsafe { lift_borrowed(slot) });
            let members = texts(members?);
            let columns = members.chunks_exact(4).map(|row| Described {
                name: row[0].clone(),
                kind: row[1].clone(),
                signature: row[2].clone(),
                doc: row[3].clone(),
            });
            Ok(Some(Self {
                name: text(name?),
                doc: text(doc?),
                supertypes: texts(supertypes?),
                operations: texts(operations?),
                members: columns.collect(),
            }))
        })
    }

    /// The five results of `describe`.
    #[must_use]
    pub fn into_values(self) -> [Value; 5] {
        let row = |member: Described| [member.name, member.kind, member.signature, member.doc];
        let members: Vec<String> = self.members.into_iter().flat_map(row).collect();
        [
            self.name.into(),
            self.doc.into(),
            self.supertypes.into(),
            self.operations.into(),
            members.into(),
        ]
    }
}

fn text(value: Value) -> String {
    value.lift().unwrap_or_default()
}

fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Array(Array::String8(texts)) => texts,
        _ => Vec::new(),
    }
}
