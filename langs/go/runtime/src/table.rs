//! The entities of a guest, by the keys of entity paths.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use metaffi_entity_path::EntityPath;
use metaffi_idl::{Callable, ClassKind, Function, Idl, Kind, Memory, Parameter, Passing};
use metaffi_plugin::value::{Error, ErrorKind, Signature, Type, TypeInfo};
use metaffi_plugin::{Loaded, Request, did_you_mean};

use crate::check;
use crate::guest::{Guest, context};
use crate::results::Results;

/// How many entities an error lists at most.
const LISTED: usize = 20;

/// What an entity path names: `callable=f`, or `field=T.x` with an accessor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    kind: &'static str,
    name: String,
    sets: bool,
}

/// One entity, as its IDL describes it.
pub(crate) struct Entity {
    pub(crate) entry: usize,
    /// The entry that treats types such as `type Color int` as objects.
    objects: Option<usize>,
    pub(crate) text: String,
    pub(crate) params: Vec<TypeInfo>,
    pub(crate) rets: Vec<TypeInfo>,
    pub(crate) doc: String,
    /// The parameters, as bits, that are arrays which it may fill.
    fills: u32,
    /// Whether it reads a constant.
    constant: bool,
    /// Whether the last parameter takes all further arguments.
    is_variadic: bool,
}

pub(crate) struct Table {
    entities: Vec<Entity>,
    keys: HashMap<Key, usize>,
    /// The types, by their names in the IDL.
    pub(crate) classes: HashMap<String, Class>,
    /// The packages with contents, except the root.
    pub(crate) packages: BTreeSet<String>,
}

/// A type whose values can be created.
pub(crate) struct Class {
    pub(crate) is_struct: bool,
    /// The names of its fields, in their order.
    pub(crate) fields: Vec<String>,
}

/// The package part of a full name.
pub(crate) fn package_of(name: &str) -> &str {
    let name = name.split('[').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(package, _)| package)
}

impl Table {
    /// # Errors
    /// When the IDL has an entity without a number, or with an unknown type.
    pub(crate) fn new(idl: &Idl) -> Result<Table, String> {
        let (entities, keys, packages) = Default::default();
        let mut table = Table { entities, keys, classes: classes(idl), packages };
        let mut aliases = Vec::new();
        for callable in idl.callables() {
            let key = key(callable.entity_path()).map_err(|error| error.into_parts().message)?;
            let index = table.entities.len();
            table.entities.push(entity(&callable)?);
            aliases.extend(accessor(&callable, &key).map(|alias| (alias, index)));
            table.keys.entry(key).or_insert(index);
        }
        let in_packages = table.keys.keys().filter(|key| key.is_function(&table.classes));
        let names = in_packages.map(|key| &key.name).chain(table.classes.keys());
        let packages = names.map(|name| package_of(name).to_owned());
        table.packages = packages.filter(|package| !package.is_empty()).collect();
        for (alias, index) in aliases {
            table.keys.entry(alias).or_insert(index); // a real method takes precedence
        }
        for function in idl.class_of.iter().chain(idl.object_operations.values()) {
            table.keys.insert(
                key(&function.entity_path).map_err(|error| error.into_parts().message)?,
                table.entities.len(),
            );
            let receiver = TypeInfo::new(Type::HANDLE);
            table.entities.push(entity_of(function, Some(receiver), &function.signature())?);
        }
        Ok(table)
    }

    fn get(&self, key: &Key) -> Option<&Entity> {
        self.keys.get(key).map(|index| &self.entities[*index])
    }

    /// The entity of a kind by its name.
    pub(crate) fn entity(&self, kind: &'static str, name: &str, sets: bool) -> Option<&Entity> {
        self.get(&Key { kind, name: name.to_owned(), sets })
    }

    /// The instances of a generic function, in their order.
    pub(crate) fn instances(&self, name: &str) -> Vec<&Entity> {
        let is_instance = |key: &&Key| {
            let rest = key.name.strip_prefix(name);
            key.kind == "callable"
                && rest.is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'))
        };
        let mut found: Vec<usize> =
            self.keys.iter().filter(|(key, _)| is_instance(key)).map(|(_, index)| *index).collect();
        found.sort_unstable();
        found.into_iter().map(|index| &self.entities[index]).collect()
    }

    /// Why there is no such setter, for something that has a getter.
    fn only_read(&self, key: &Key) -> Option<String> {
        let (kind, name, getter) = match key.name.rsplit_once('.') {
            Some((before, name)) => (key.kind, name, format!("{before}.")),
            None => (key.kind, key.name.as_str(), String::new()),
        };
        let (name, read) = match kind {
            "callable" => {
                let name = name.strip_prefix("Set")?;
                (name, Key { kind, name: format!("{getter}Get{name}"), sets: false })
            }
            _ if !key.sets => return None,
            _ => (name, Key { sets: false, ..key.clone() }),
        };
        let constant = self.get(&read)?.constant;
        let why = if constant { "a constant" } else { "of a type that no other package can name" };
        Some(format!("`{name}` is {why}; it can be read, not set"))
    }
}

fn classes(idl: &Idl) -> HashMap<String, Class> {
    let all = idl.modules.iter().flat_map(|module| &module.classes);
    let known = all.map(|class| {
        let fields = class.fields.iter().map(|field| field.value.name.clone()).collect();
        (class.id.clone(), Class { is_struct: class.kind == ClassKind::Struct, fields })
    });
    known.collect()
}

impl Key {
    /// Whether it belongs to a package, not to a type.
    fn is_function(&self, classes: &HashMap<String, Class>) -> bool {
        let owner = self.name.split('[').next().unwrap_or_default().rsplit_once('.');
        self.kind != "field" && owner.is_none_or(|(owner, _)| !classes.contains_key(owner))
    }
}

/// `GetField` and `SetField`, which are names of a field's accessors.
fn accessor(callable: &Callable<'_>, key: &Key) -> Option<Key> {
    let verb = match callable.kind {
        Kind::Getter => "Get",
        Kind::Setter => "Set",
        _ => return None,
    };
    let (before, name) = match key.name.rsplit_once('.') {
        Some((before, name)) => (format!("{before}."), name),
        None => (String::new(), key.name.as_str()),
    };
    Some(Key { kind: "callable", name: format!("{before}{verb}{name}"), sets: false })
}

fn entity(callable: &Callable<'_>) -> Result<Entity, String> {
    let receiver = callable.instance_required.then(|| receiver(callable));
    entity_of(callable.function, receiver, &callable.signature())
}

/// `signature` is for errors.
fn entity_of(
    function: &Function,
    receiver: Option<TypeInfo>,
    signature: &str,
) -> Result<Entity, String> {
    let number = |tag: &str| function.tags.get(tag).and_then(|entry| entry.parse().ok());
    let entry = number("entry").ok_or_else(|| format!("{} has no entry", function.entity_path))?;
    let params = function.parameters.iter().map(info);
    Ok(Entity {
        fills: fills(function, receiver.is_some()),
        entry,
        objects: number("objects"),
        text: format!("{}: {signature}", function.entity_path),
        params: receiver.into_iter().chain(params).collect(),
        rets: function.return_values.iter().map(info).collect(),
        doc: function.comment.clone(),
        constant: function.tags.contains_key("constant"),
        is_variadic: function.parameters.last().is_some_and(|p| p.passing == Passing::Variadic),
    })
}

/// The parameters, as bits, that are arrays which the function may fill. The receiver counts as the
/// first one.
fn fills(function: &Function, has_receiver: bool) -> u32 {
    let is_filled = |of: &Parameter| {
        of.dimensions == 1 && matches!(of.memory(), Some(Memory::Filled | Memory::CopiedBack))
    };
    let filled = function.parameters.iter().enumerate().filter(|(_, of)| is_filled(of));
    let places = filled.map(|(index, _)| index + usize::from(has_receiver));
    places.filter_map(|place| 1_u32.checked_shl(place as u32)).fold(0, |all, bit| all | bit)
}

/// The type of the object that a method is called on. If the type is not a struct, it may also be
/// passed by value.
fn receiver(callable: &Callable<'_>) -> TypeInfo {
    let by_value = callable.function.tags.contains_key("receiver");
    let class = callable.class.map_or("", |class| class.name.as_str());
    TypeInfo::new(if by_value { Type::ANY } else { Type::HANDLE }).with_alias(class)
}

fn info(parameter: &Parameter) -> TypeInfo {
    let ty = Type::parse(&parameter.ty.to_string()).unwrap_or(Type::ANY);
    TypeInfo::new(ty).with_dims(parameter.dimensions).with_alias(&parameter.type_alias)
}

/// The key of an entity path; without an accessor's tag it is the getter.
fn key(path: &EntityPath) -> Result<Key, Error> {
    let wrong = |what: &str| Error::new(ErrorKind::NotFound, format!("`{path}`: {what}"));
    let mut named = ["callable", "field", "global"]
        .into_iter()
        .filter_map(|kind| path.get(kind).map(|name| (kind, name)));
    let (kind, name) = named
        .next()
        .ok_or_else(|| wrong("a go entity path needs `callable=`, `field=` or `global=`"))?;
    if let Some((second, _)) = named.next() {
        return Err(wrong(&format!("`{kind}=` and `{second}=` cannot be combined")));
    }
    let accessor = path.has_tag("getter") || path.has_tag("setter");
    if kind == "callable" && accessor {
        let what = "`getter` and `setter` do not apply to a callable; use `field=` or `global=`";
        return Err(wrong(what));
    }
    Ok(Key { kind, name: name.to_owned(), sets: path.has_tag("setter") })
}

/// Loads what the request names from the first guest that has it.
pub(crate) fn load(guests: &[Arc<Guest>], request: &Request) -> Result<Loaded, Error> {
    let path = parse(&request.entity_path)?;
    let (guest, entity) = find(guests, &path)?;
    resolve(guest, entity, request)
}

pub(crate) fn parse(path: &str) -> Result<EntityPath, Error> {
    EntityPath::parse(path).map_err(|error| Error::new(ErrorKind::NotFound, error.to_string()))
}

/// The entity of the path, and the first guest that has it.
pub(crate) fn find<'a>(
    guests: &'a [Arc<Guest>],
    path: &EntityPath,
) -> Result<(&'a Guest, &'a Entity), Error> {
    let key = key(path)?;
    let found = guests.iter().find_map(|guest| Some((&**guest, guest.table.get(&key)?)));
    found.ok_or_else(|| missing(guests, path, &key))
}

/// The entity with the types that the guest declares; a variadic one takes its further arguments
/// one after the other.
pub(crate) fn as_declared(guest: &Guest, entity: &Entity) -> Result<Loaded, Error> {
    let any = |infos: &[TypeInfo]| infos.iter().map(|_| TypeInfo::new(Type::ANY)).collect();
    let request = Request {
        entity_path: String::new(),
        params: any(&entity.params),
        rets: any(&entity.rets),
        is_value: true,
    };
    let loaded = resolve(guest, entity, &request)?;
    Ok(if entity.is_variadic { loaded.spreading_last() } else { loaded })
}

fn resolve(guest: &Guest, entity: &Entity, request: &Request) -> Result<Loaded, Error> {
    let own = Own { entry: entity.entry, params: &entity.params, rets: &entity.rets };
    let mismatch = match check::resolve(&own, &entity.text, request) {
        Ok(signature) if takes_durations(entity, request) => {
            return Ok(with_durations(guest, entity, request, signature));
        }
        Ok(signature) => return Ok(loaded(guest, entity, &own, signature)),
        Err(mismatch) => mismatch,
    };
    let Some(entry) = entity.objects else { return Err(mismatch) };
    let (params, rets) = check::as_objects(entity, request);
    let own = Own { entry, params: &params, rets: &rets };
    let signature = check::resolve(&own, &entity.text, request).map_err(|_| mismatch)?;
    Ok(loaded(guest, entity, &own, signature))
}

/// Whether an argument may be what another language has for a duration.
fn takes_durations(entity: &Entity, request: &Request) -> bool {
    let mut params = entity.params.iter().zip(&request.params);
    entity.objects.is_some()
        && params.any(|(own, declared)| check::is_duration(own) && declared.ty == Type::ANY)
}

/// The entry that takes durations, whose results are converted to their declared types.
fn with_durations(
    guest: &Guest,
    entity: &Entity,
    request: &Request,
    signature: Signature,
) -> Loaded {
    let (params, rets) = check::as_objects(entity, request);
    let merged =
        signature.params().iter().zip(&params).map(|(declared, own)| {
            if own.ty == Type::ANY { own.clone() } else { declared.clone() }
        });
    let signature = Signature::new(merged.collect(), signature.rets().to_vec());
    let entry = entity.objects.unwrap_or(entity.entry);
    loaded(guest, entity, &Own { entry, params: &params, rets: &rets }, signature)
}

/// An entry with its own types.
pub(crate) struct Own<'a> {
    entry: usize,
    pub(crate) params: &'a [TypeInfo],
    pub(crate) rets: &'a [TypeInfo],
}

fn loaded(guest: &Guest, entity: &Entity, own: &Own<'_>, signature: Signature) -> Loaded {
    let loaded = match Results::among(signature.rets(), own.rets, guest, own.entry) {
        Some(results) => Loaded::callee(results, signature),
        // SAFETY: the guest's function takes the number of one of its entries, and
        // lives as long as the process.
        None => unsafe { Loaded::function(guest.call, context(own.entry), signature) },
    };
    loaded.with_doc(entity.doc.clone()).with_fills(entity.fills)
}

fn missing(guests: &[Arc<Guest>], path: &EntityPath, key: &Key) -> Error {
    let entities = || guests.iter().flat_map(|guest| &guest.table.entities);
    let known = guests.iter().flat_map(|guest| guest.table.keys.keys());
    let names: Vec<&str> =
        known.filter(|known| known.kind == key.kind).map(|known| known.name.as_str()).collect();
    let modules: Vec<&str> = guests.iter().map(|guest| guest.name.as_str()).collect();
    if let Some(what) = guests.iter().find_map(|guest| guest.table.only_read(key)) {
        let message = format!("no entity `{path}` in {}: {what}", modules.join(", "));
        return Error::new(ErrorKind::NotFound, message);
    }
    let hint = did_you_mean(&key.name, names);
    let mut message = format!("no entity `{path}` in {}{hint}", modules.join(", "));
    message.push_str("\navailable entities:");
    for entity in entities().take(LISTED) {
        message.push_str(&format!("\n  {}", entity.text));
    }
    let count = entities().count();
    if count > LISTED {
        message.push_str(&format!(
            "\n  … and {} more; `metaffi inspect` lists them all",
            count - LISTED
        ));
    }
    Error::new(ErrorKind::NotFound, message)
}
