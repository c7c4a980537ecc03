//! The fields that hold what methods call: one for each entity of a class.

use metaffi_stubs::{Names, Request};

use crate::literals::quote;
use crate::names::{constant, identifier};
use crate::spelling::Spelling;

/// The longest name of a field, before it is made unique.
const LONGEST: usize = 40;

/// The entities of one class.
pub(crate) struct Entities {
    names: Names,
    list: Vec<(Request, String)>,
    /// What stands before a field's name where it is used: `Instance.`
    prefix: String,
}

impl Entities {
    pub(crate) fn new(prefix: String, taken: impl IntoIterator<Item = String>) -> Entities {
        let taken: Vec<String> = taken.into_iter().collect();
        let names = Names::new(identifier).without(taken.iter().map(String::as_str));
        Entities { names, list: Vec::new(), prefix }
    }

    /// The field of an entity.
    pub(crate) fn field(&mut self, wanted: &str, request: Request) -> String {
        let known = self.list.iter().find(|(one, _)| *one == request);
        if let Some((_, name)) = known {
            return format!("{}{name}", self.prefix);
        }
        let wanted: String = wanted.chars().take(LONGEST).collect();
        let name = self.names.give(&constant(&wanted));
        let field = format!("{}{name}", self.prefix);
        self.list.push((request, name));
        field
    }

    /// The fields with what they are set to.
    pub(crate) fn fields(
        &self,
        module: &str,
        access: &str,
        spelling: &Spelling<'_>,
    ) -> Vec<String> {
        let entity = spelling.stubs("Entity");
        let field = |(request, name): &(Request, String)| {
            let made = entity_of(module, request, spelling);
            format!("{access}static final {entity} {name} = {made}")
        };
        self.list.iter().map(field).collect()
    }
}

/// `Json.MODULE.entity("callable=dumps", …)`.
pub(crate) fn entity_of(module: &str, request: &Request, spelling: &Spelling<'_>) -> String {
    let (parameters, results) =
        (texts(&request.parameters, spelling), texts(&request.results, spelling));
    format!("{module}.entity({}, {parameters}, {results})", quote(&request.path))
}

/// `new String[] {"int64"}`.
pub(crate) fn texts(all: &[String], spelling: &Spelling<'_>) -> String {
    let string = spelling.lang("String");
    if all.is_empty() {
        return format!("new {string}[0]");
    }
    let quoted: Vec<String> = all.iter().map(|one| quote(one)).collect();
    format!("new {string}[] {{{}}}", quoted.join(", "))
}
