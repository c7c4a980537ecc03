//! A module and its packages as objects, whose contents are used by name.

use metaffi_plugin::abi;
use metaffi_plugin::value::{
    Answers, Callable, Described, Description, Error, Handle, Owner, Signature, Type, TypeInfo,
    Value, new_answering,
};

use crate::class::Class;
use crate::described;
use crate::guest::number_of;
use crate::space::{Space, join, spellings};

/// A package, or the module, which is the one without a name.
pub(crate) struct Package {
    space: Space,
    name: String,
    number: u64,
}

impl Package {
    /// The object that stands for it.
    pub(crate) fn object(space: Space, name: String) -> Handle {
        let number = number_of(&space.guests, "package", &name);
        new_answering(space.owner, Package { space, name, number })
    }

    fn method(&self, name: &str) -> Result<Option<Callable>, Error> {
        for spelling in spellings(name) {
            let full = join(&self.name, &spelling);
            if let Some(function) = self.space.function(&full) {
                return function.map(Some);
            }
            if let Some(class) = Class::named(&self.space, &full) {
                return Ok(Some(class.constructor()));
            }
        }
        Ok(None)
    }

    fn get(&self, name: &str) -> Result<Option<Callable>, Error> {
        for spelling in spellings(name) {
            let full = join(&self.name, &spelling);
            if let Some(global) = self.space.entity("global", &full, false) {
                return global.member(self.space.owner).map(Some);
            }
            if let Some(class) = Class::named(&self.space, &full) {
                return Ok(Some(given(self.space.owner, class.object().into())));
            }
            if let Some(package) = self.space.package(&self.name, &spelling) {
                let object = Package::object(self.space.clone(), package);
                return Ok(Some(given(self.space.owner, object.into())));
            }
        }
        Ok(None)
    }

    fn set(&self, name: &str) -> Result<Option<Callable>, Error> {
        for spelling in spellings(name) {
            if let Some(global) = self.space.entity("global", &join(&self.name, &spelling), true) {
                return global.member(self.space.owner).map(Some);
            }
        }
        Ok(None)
    }

    fn text(&self) -> String {
        let guests: Vec<&str> = self.space.guests.iter().map(|guest| guest.name.as_str()).collect();
        match self.name.as_str() {
            "" => format!("go module {}", guests.join(", ")),
            name => format!("go package {name}"),
        }
    }
}

/// A member that returns one fixed value.
pub(crate) fn given(owner: Owner, value: Value) -> Callable {
    let any = || vec![TypeInfo::new(Type::ANY)];
    Callable::new(owner, Signature::new(any(), any()), move |_| Ok(vec![value.clone()]))
}

impl Answers for Package {
    fn type_of(&self) -> Option<(u64, u64)> {
        Some((self.number, 0))
    }

    fn member(&self, kind: i64, name: &str) -> Result<Option<Callable>, Error> {
        match (kind, name) {
            (abi::MEMBER_METHOD, _) => self.method(name),
            (abi::MEMBER_GET, _) => self.get(name),
            (abi::MEMBER_SET, _) => self.set(name),
            (abi::MEMBER_NAMED, _) => {
                let class = spellings(name)
                    .into_iter()
                    .find_map(|spelling| Class::named(&self.space, &join(&self.name, &spelling)));
                Ok(class.map(|class| class.literal()))
            }
            (_, "text" | "debug_text") => Ok(Some(given(self.space.owner, self.text().into()))),
            _ => Ok(None),
        }
    }

    fn describe(&self) -> Option<Description> {
        let mut description = Description {
            name: self.text(),
            operations: vec!["text".to_owned(), "debug_text".to_owned()],
            ..Description::default()
        };
        description.supertypes.push(description.name.clone());
        for guest in &self.space.guests {
            let Some(idl) = guest.idl() else { continue };
            described::package(idl, &self.name, &mut description);
            for package in &guest.table.packages {
                if let Some(name) = self.below(package) {
                    let kind = abi::DESCRIBED_MODULE.to_owned();
                    let member = Described { name, kind, ..Described::default() };
                    if !description.members.contains(&member) {
                        description.members.push(member);
                    }
                }
            }
        }
        Some(description)
    }
}

impl Package {
    /// The full name of a package inside this one, if there is one.
    fn below(&self, package: &str) -> Option<String> {
        let rest = match self.name.as_str() {
            "" => package,
            name => package.strip_prefix(name)?.strip_prefix(['.', '/'])?,
        };
        (!rest.is_empty()).then(|| rest.to_owned())
    }
}
