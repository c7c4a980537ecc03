//! Go types as objects: creating values, and testing whether an object is one.

use core::ffi::c_void;

use metaffi_plugin::value::{
    Answers, Array, Callable, CallableBody, Description, Error, ErrorKind, GuestFrame, Handle,
    ObjectData, Signature, Type, TypeInfo, Value, lift_borrowed, new_answering, query_type,
};
use metaffi_plugin::{abi, did_you_mean};

use crate::described;
use crate::guest::number_of;
use crate::package::given;
use crate::space::{Space, join, spellings};

/// A named type.
#[derive(Clone)]
pub(crate) struct Class {
    space: Space,
    id: String,
}

impl Class {
    /// The class of a full name, if there is one.
    pub(crate) fn named(space: &Space, id: &str) -> Option<Class> {
        space.class(id).map(|_| Class { space: space.clone(), id: id.to_owned() })
    }

    /// The object that stands for it.
    pub(crate) fn object(&self) -> Handle {
        new_answering(self.space.owner, self.clone())
    }

    /// The function that creates a value from its fields in their order. Its first argument is an
    /// object, which it ignores.
    pub(crate) fn constructor(&self) -> Callable {
        let most = u32::try_from(self.fields().len()).map_or(u32::MAX, |fields| fields + 1);
        let any = || vec![TypeInfo::new(Type::ANY)];
        let signature = Signature::new(any(), any());
        Callable::taking_up_to(most, self.space.owner, signature, Making(self.clone()))
    }

    /// The function that creates a value from fields by their positions and names.
    pub(crate) fn literal(&self) -> Callable {
        let class = self.clone();
        let params = [Type::ANY, Type::ANY.array(), Type::STRING8.array(), Type::ANY.array()];
        let params = params.into_iter().map(TypeInfo::new).collect();
        let signature = Signature::new(params, vec![TypeInfo::new(Type::ANY)]);
        Callable::new(self.space.owner, signature, move |args| {
            let mut args = args.into_iter().skip(1);
            let placed = items(args.next()).into_iter();
            let names = items(args.next()).into_iter().map(Value::lift::<String>);
            let names = names.collect::<Result<Vec<_>, _>>()?;
            let values = names.into_iter().zip(items(args.next()));
            let named = class.fields().iter().cloned().zip(placed).chain(values);
            Ok(vec![class.made(named.collect())?])
        })
    }

    fn fields(&self) -> &[String] {
        self.space.class(&self.id).map_or(&[], |class| &class.fields)
    }

    fn made(&self, fields: Vec<(String, Value)>) -> Result<Value, Error> {
        let empty = self.space.entity("callable", &join(&self.id, "EmptyStruct"), false);
        let empty = empty.ok_or_else(|| {
            let message = format!("a value of {} cannot be created", self.id);
            Error::new(ErrorKind::Unsupported, message)
        })?;
        let made = empty.call(self.space.owner, &[])?.pop().unwrap_or(Value::Null);
        for (name, value) in fields {
            let set = spellings(&name)
                .into_iter()
                .find_map(|name| self.space.entity("field", &join(&self.id, &name), true));
            let Some(set) = set else { return Err(self.no_field(&name)) };
            set.call(self.space.owner, &[made.clone(), value])?;
        }
        Ok(made)
    }

    fn no_field(&self, name: &str) -> Error {
        let hint = did_you_mean(name, self.fields().iter().map(String::as_str));
        Error::new(ErrorKind::NotFound, format!("{} has no field `{name}`{hint}", self.id))
    }

    /// The number of the type of its values; 0 if they are of several types.
    fn instances(&self) -> u64 {
        let is_struct = self.space.class(&self.id).is_some_and(|class| class.is_struct);
        let made = is_struct.then(|| self.made(Vec::new()).ok()).flatten();
        let Some(Value::Handle(object)) = made else { return 0 };
        // SAFETY: the handle holds it.
        let number = unsafe { query_type(object.as_raw()) };
        number.ok().flatten().map_or(0, |(number, _)| number)
    }

    fn is_instance(&self) -> Callable {
        let id = self.id.clone();
        let any = |count| (0..count).map(|_| TypeInfo::new(Type::ANY)).collect();
        let signature = Signature::new(any(2), vec![TypeInfo::new(Type::BOOL)]);
        Callable::new(self.space.owner, signature, move |args| {
            let Some(Value::Handle(object)) = args.get(1) else { return Ok(vec![false.into()]) };
            // SAFETY: the argument holds it.
            let description = unsafe { Description::of(object.as_raw()) }?;
            let is = description.is_some_and(|of| of.supertypes.contains(&id));
            Ok(vec![is.into()])
        })
    }
}

/// Creates values of a type.
struct Making(Class);

impl ObjectData for Making {
    fn data(&self) -> *mut c_void {
        core::ptr::null_mut()
    }
}

impl CallableBody for Making {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        // SAFETY: the slots of this call's frame.
        let values = frame.args().iter().skip(1).map(|slot| unsafe { lift_borrowed(slot) });
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let fields = self.0.fields();
        if values.len() > fields.len() {
            let (id, count) = (&self.0.id, fields.len());
            let message = format!("{id} has {count} field(s), {} were given", values.len());
            return Err(Error::new(ErrorKind::Argument, message));
        }
        let made = self.0.made(fields.iter().cloned().zip(values).collect())?;
        frame.set_all(&[made])
    }
}

/// The items of an array.
fn items(value: Option<Value>) -> Vec<Value> {
    match value {
        Some(Value::Array(array)) => Array::into_values(array),
        _ => Vec::new(),
    }
}

impl Answers for Class {
    fn type_of(&self) -> Option<(u64, u64)> {
        Some((number_of(&self.space.guests, "class", &self.id), self.instances()))
    }

    fn member(&self, kind: i64, name: &str) -> Result<Option<Callable>, Error> {
        let owner = self.space.owner;
        Ok(match (kind, name) {
            (abi::MEMBER_METHOD, _) => {
                let mut spelled = spellings(name).into_iter();
                let found = spelled.find_map(|name| self.space.function(&join(&self.id, &name)));
                return found.transpose();
            }
            (abi::MEMBER_NAMED, "") => Some(self.literal()),
            (abi::MEMBER_OPERATION, "call") => Some(self.constructor()),
            (abi::MEMBER_OPERATION, "is_instance") => Some(self.is_instance()),
            (abi::MEMBER_OPERATION, "text" | "debug_text") => {
                Some(given(owner, self.id.clone().into()))
            }
            _ => None,
        })
    }

    fn describe(&self) -> Option<Description> {
        let guest = self.space.guests.iter().find(|g| g.table.classes.contains_key(&self.id))?;
        described::class(guest.idl()?, &self.id)
    }
}
