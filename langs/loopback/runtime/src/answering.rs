//! A module as an object, whose methods are the module's functions.

use metaffi_plugin::abi;
use metaffi_plugin::value::{Answers, Callable, Described, Description, Error, Owner};

use crate::resolve::declared;
use crate::{Entry, Module};

pub(crate) struct Answering {
    pub(crate) owner: Owner,
    pub(crate) module: Module,
}

impl Answering {
    fn functions(&self) -> impl Iterator<Item = &'static Entry> {
        let entries = self.module.table().iter().copied().flatten();
        entries.filter(|entry| entry.key == "callable" && !entry.name.contains('.'))
    }
}

impl Answers for Answering {
    fn type_of(&self) -> Option<(u64, u64)> {
        Some((self.module as u64 + 1, 0))
    }

    fn member(&self, kind: i64, name: &str) -> Result<Option<Callable>, Error> {
        let mut functions = self.functions();
        let found = functions.find(|entry| kind == abi::MEMBER_METHOD && entry.name == name);
        Ok(found.map(|entry| declared(self.owner, entry).into_member(self.owner)))
    }

    fn describe(&self) -> Option<Description> {
        let named = |(name, ty): &(&str, crate::Ty)| format!("{name}: {}", ty.ty);
        let member = |entry: &'static Entry| {
            let params: Vec<_> = entry.params.iter().map(named).collect();
            Described {
                name: entry.name.to_owned(),
                kind: abi::DESCRIBED_METHOD.to_owned(),
                signature: format!("{}({})", entry.name, params.join(", ")),
                doc: entry.doc.to_owned(),
            }
        };
        let name = self.module.name().to_owned();
        Some(Description {
            supertypes: vec![name.clone()],
            name,
            members: self.functions().map(member).collect(),
            ..Description::default()
        })
    }
}
