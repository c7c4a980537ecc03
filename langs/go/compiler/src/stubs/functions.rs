//! Functions and methods: how Go declares them, and the code of their bodies.

use metaffi_idl::{Base, EntityPath, Parameter};
use metaffi_stubs::{Candidate, Documentation, Names, Request, Returned, Shape};

use super::arguments::{GoParameter, Part, go_parameters};
use super::docs;
use super::entities::Variables;
use super::literals::quote;
use super::names::exported;
use super::target::Kind;
use super::types::{Types, scalar};
use super::view::{Call, Func, OptionField, OptionsStruct};

/// Decides on functions, and collects the entities that they load.
pub(super) struct Functions<'p, 'a> {
    pub(super) types: Types<'p, 'a>,
    pub(super) variables: Variables,
    pub(super) has_null_elements: bool,
    /// The names of the file.
    pub(super) names: Names,
}

/// The receiver of a method.
#[derive(Clone, Debug)]
pub(super) enum On {
    /// Nothing: a function.
    Nothing,
    /// An object of a struct.
    Object(String),
    /// A member of an enum, with its variable.
    Enum(String, String),
    /// A plain value, with its underlying type.
    Value(String, String),
}

impl On {
    fn receiver(&self) -> String {
        match self {
            On::Nothing => String::new(),
            On::Object(name) => format!("(x *{name}) "),
            On::Enum(name, _) | On::Value(name, _) => format!("(x {name}) "),
        }
    }

    /// The prefix of the names of entities and options.
    fn prefix(&self) -> &str {
        match self {
            On::Nothing => "",
            On::Object(name) | On::Enum(name, _) | On::Value(name, _) => name,
        }
    }

    fn begin(&self, entity: &str) -> (String, Vec<String>) {
        match self {
            On::Nothing => (format!("{entity}.Begin()"), Vec::new()),
            On::Object(_) => (format!("{entity}.On(x.MetaFFIObject())"), Vec::new()),
            On::Enum(_, variable) => (format!("{variable}.On(string(x), &{entity})"), Vec::new()),
            On::Value(_, plain) => {
                (format!("{entity}.Begin()"), vec![format!("Value({plain}(x))")])
            }
        }
    }
}

impl<'a> Functions<'_, 'a> {
    /// The function of a candidate under a name.
    pub(super) fn make(&mut self, name: &str, candidate: &Candidate<'a>, on: &On) -> Func {
        let all = go_parameters(candidate);
        let is_by_name = |part: Part| matches!(part, Part::Named | Part::Option | Part::Others);
        let options = self.options(name, &all, on);
        let head = self.head(name, &all, candidate, on, options.as_ref());
        let described: Vec<(&str, &Parameter)> = all
            .iter()
            .filter(|one| !one.name.is_empty())
            .map(|one| (one.name.as_str(), one.argument.declared))
            .collect();
        let docs = docs::lines(&Documentation::of_function(candidate.function, &described));
        let awaits = awaits(candidate);
        let results = self.results(&candidate.results);
        let hint = format!("{}{name}", on.prefix());
        if !all.iter().any(|one| is_by_name(one.part)) {
            let call = self.call(&hint, candidate, &all, on);
            return Func { options, docs, head, awaits, results, short: None, call };
        }
        let has_rest = all.iter().any(|one| one.part == Part::Rest);
        let is_short = !has_rest && !all.iter().any(|one| one.part == Part::Named);
        let short = is_short.then(|| {
            let plain: Vec<GoParameter<'_, 'a>> =
                all.iter().filter(|one| !is_by_name(one.part)).cloned().collect();
            self.call(&hint, candidate, &plain, on)
        });
        let call = self.named_call(&hint, candidate, &all, on, options.as_ref());
        Func { options, docs, head, awaits, results, short, call }
    }

    fn head(
        &self,
        name: &str,
        all: &[GoParameter<'_, 'a>],
        candidate: &Candidate<'a>,
        on: &On,
        options: Option<&OptionsStruct>,
    ) -> String {
        let ty = |one: &GoParameter<'_, 'a>| self.types.parameter(one.shape);
        let plain = all.iter().filter(|one| matches!(one.part, Part::Argument | Part::Named));
        let context = awaits(candidate).map(|_| "ctx context.Context".to_owned());
        let plain = plain.map(|one| format!("{} {}", one.name, ty(one)));
        let mut parameters: Vec<String> = context.into_iter().chain(plain).collect();
        let rest = all.iter().find(|one| one.part == Part::Rest);
        match (options, rest) {
            (Some(options), Some(_)) => parameters.push(format!("options *{}", options.name)),
            (Some(options), None) => parameters.push(format!("options ...{}", options.name)),
            _ => {}
        }
        parameters.extend(rest.map(|one| format!("{} ...{}", one.name, ty(one))));
        let results = self.results(&candidate.results);
        format!("{}{name}({}) {results}", on.receiver(), parameters.join(", "))
    }

    fn results(&self, results: &[Returned<'_>]) -> String {
        match results {
            [] => "error".to_owned(),
            [only] => format!("({}, error)", self.types.result(&only.shape)),
            several => {
                let each: Vec<String> =
                    several.iter().map(|one| self.types.of_element(&one.shape)).collect();
                format!("({}, error)", each.join(", "))
            }
        }
    }

    fn options(
        &mut self,
        name: &str,
        all: &[GoParameter<'_, 'a>],
        on: &On,
    ) -> Option<OptionsStruct> {
        let optional: Vec<&GoParameter<'_, 'a>> =
            all.iter().filter(|one| one.part == Part::Option).collect();
        let others = all.iter().find(|one| one.part == Part::Others);
        if optional.is_empty() && others.is_none() {
            return None;
        }
        let mut names = Names::new(exported).without(["Others"]);
        let fields = optional.into_iter().map(|one| {
            let name = names.give(one.argument.name);
            let ty = match self.types.parameter(one.shape) {
                ty if super::types::is_nilable(&ty) || self.types.is_object(one.shape) => ty,
                ty => format!("*{ty}"),
            };
            OptionField { docs: option_docs(&name, one), name, ty, key: quote(one.argument.name) }
        });
        let fields = fields.collect();
        let of = format!("{}{name}", on.prefix());
        let link = match on {
            On::Nothing => name.to_owned(),
            on => format!("{}.{name}", on.prefix()),
        };
        let others = others.map(|one| one.argument.name.to_owned());
        Some(OptionsStruct {
            name: self.names.give(&format!("{of}Options")),
            of: link,
            fields,
            others,
        })
    }

    /// A call with these arguments, all of which are positional.
    fn call(
        &mut self,
        hint: &str,
        candidate: &Candidate<'a>,
        all: &[GoParameter<'_, 'a>],
        on: &On,
    ) -> Call {
        let mut passed = candidate.clone();
        passed.parameters = all.iter().map(|one| one.argument.clone()).collect();
        let mut request = Request::of(&passed, self.types.classes, self.has_null_elements);
        if all.len() < candidate.parameters.len() {
            request.path = without_names(&candidate.function.entity_path).to_string();
        }
        let entity = self.variables.entity(hint, request);
        if let Some(call) = self.scalar_call(&entity, candidate, all, on) {
            return call;
        }
        let (begin, mut puts) = on.begin(&entity);
        puts.extend(all.iter().map(|one| self.put(one)));
        Call { begin: Some(begin), puts, end: self.end(&candidate.results) }
    }

    /// A call with named arguments after the others.
    fn named_call(
        &mut self,
        hint: &str,
        candidate: &Candidate<'a>,
        all: &[GoParameter<'_, 'a>],
        on: &On,
        options: Option<&OptionsStruct>,
    ) -> Call {
        let placed: Vec<&GoParameter<'_, 'a>> =
            all.iter().filter(|one| matches!(one.part, Part::Argument | Part::Rest)).collect();
        let mut passed = candidate.clone();
        passed.parameters = placed.iter().map(|one| one.argument.clone()).collect();
        let mut request = Request::of(&passed, self.types.classes, self.has_null_elements);
        request.path = with_names(&candidate.function.entity_path).to_string();
        request.parameters.push("any".to_owned());
        let entity = self.variables.entity(&format!("{hint}With"), request);
        let (begin, mut puts) = on.begin(&entity);
        puts.extend(placed.iter().map(|one| self.put(one)));
        let fixed = all.iter().filter(|one| one.part == Part::Named);
        let fixed: String = fixed
            .map(|one| format!(", {}, {}", quote(one.argument.name), self.as_value(one)))
            .collect();
        let has_rest = all.iter().any(|one| one.part == Part::Rest);
        puts.push(match options {
            Some(of) if has_rest => {
                format!("Value(stubs.Named(stubs.One(options), (*{}).put{fixed}))", of.name)
            }
            Some(of) => format!("Value(stubs.Named(options, (*{}).put{fixed}))", of.name),
            None => format!("Value(stubs.Pairs({}))", fixed.trim_start_matches(", ")),
        });
        Call { begin: Some(begin), puts, end: self.end(&candidate.results) }
    }

    /// What a call with scalars only, on an object or not, returns.
    fn scalar_call(
        &self,
        entity: &str,
        candidate: &Candidate<'a>,
        all: &[GoParameter<'_, 'a>],
        on: &On,
    ) -> Option<Call> {
        let (methods, mut passed) = match on {
            On::Nothing => (["Scalars", "Run"], Vec::new()),
            On::Object(_) => (["ScalarsOn", "RunOn"], vec!["x.MetaFFIObject()".to_owned()]),
            On::Enum(..) | On::Value(..) => return None,
        };
        if all.iter().any(|one| one.part == Part::Rest) {
            return None;
        }
        for one in all {
            passed.push(format!("{}({})", bits(one.shape, one.argument.declared)?, one.name));
        }
        if passed.len() > 2 {
            return None;
        }
        passed.resize(2, "0".to_owned());
        let passed = passed.join(", ");
        let end = match &candidate.results[..] {
            [] => format!("return {entity}.{}({passed})", methods[1]),
            [one] => {
                let lift = match scalar_of(&one.shape, one.declared)?.0 {
                    Base::Bool => "Bool",
                    Base::Float64 => "Float",
                    Base::Float32 => "Single",
                    _ => "Number",
                };
                let ty = self.types.result(&one.shape);
                format!("return stubs.{lift}[{ty}]({entity}.{}({passed}))", methods[0])
            }
            _ => return None,
        };
        Some(Call { begin: None, puts: Vec::new(), end: vec![end] })
    }

    /// The call on `call` that passes an argument.
    fn put(&self, one: &GoParameter<'_, 'a>) -> String {
        let GoParameter { name, shape, argument, .. } = one;
        if one.part == Part::Rest {
            return format!("Value({name})");
        }
        if self.types.is_object(shape) {
            return format!("Object({name})");
        }
        if let Some(bits) = bits(shape, argument.declared) {
            return format!("Scalar({bits}({name}))");
        }
        let is_text =
            argument.declared.ty.base() == Some(Base::String8) && !argument.declared.ty.is_array();
        match shape {
            Shape::Text if is_text => format!("Text({name})"),
            Shape::Value(_, of) if is_text && **of == Shape::Text => {
                format!("Text(string({name}))")
            }
            _ => format!("Value({})", self.as_value(one)),
        }
    }

    /// An argument as a value of any type.
    fn as_value(&self, one: &GoParameter<'_, 'a>) -> String {
        let is_pointer = self.types.parameter(one.shape).starts_with('*');
        match is_pointer && !self.types.is_object(one.shape) {
            true => format!("stubs.Nullable({})", one.name),
            false => one.name.clone(),
        }
    }

    fn end(&self, results: &[Returned<'_>]) -> Vec<String> {
        match results {
            [] => vec!["return call.Run()".to_owned()],
            [only] => vec![format!("return {}", self.only_result(only))],
            several => {
                let names: Vec<String> =
                    (0..several.len()).map(|at| format!("result{at}")).collect();
                let take = |(name, one): (&String, &Returned<'_>)| {
                    format!("{name} := stubs.Take[{}](&call)", self.types.of_element(&one.shape))
                };
                let takes = names.iter().zip(several).map(take);
                let last = format!("return {}, call.End()", names.join(", "));
                std::iter::once("call.Do()".to_owned()).chain(takes).chain([last]).collect()
            }
        }
    }

    fn only_result(&self, one: &Returned<'_>) -> String {
        let is_array = one.declared.ty.is_array();
        if let Some(id) = self.types.object(&one.shape).filter(|_| !is_array) {
            return format!("stubs.ReturnObject[{}](&call)", self.types.classes.get(id).name);
        }
        if let Some(element) = self.types.elements(&one.shape) {
            return format!("stubs.ReturnIterable[{element}](&call, &module)");
        }
        if one.shape == Shape::Text && one.declared.ty.base() == Some(Base::String8) && !is_array {
            return "stubs.ReturnText(&call)".to_owned();
        }
        format!("stubs.Return[{}](&call)", self.types.result(&one.shape))
    }

    /// The underlying type of a plain value of a named type in Go.
    pub(super) fn plain(&self, kind: &Kind) -> String {
        match kind {
            Kind::Value(shape) => self.types.result(shape),
            _ => String::new(),
        }
    }
}

/// The function that waits for the results of an asynchronous function.
pub(super) fn awaits(candidate: &Candidate<'_>) -> Option<&'static str> {
    let name = match &candidate.results[..] {
        [] => "AwaitEnd",
        [_] => "Await",
        [_, _] => "Await2",
        [_, _, _] => "Await3",
        _ => return None,
    };
    candidate.function.is_async.then_some(name)
}

fn option_docs(name: &str, one: &GoParameter<'_, '_>) -> Vec<String> {
    use metaffi_idl::DefaultValue;
    let declared = one.argument.declared;
    let default = match &declared.default_value {
        Some(DefaultValue::Value(value)) => format!("{name} defaults to {value} if it is nil."),
        Some(DefaultValue::Source(source)) => {
            format!(
                "{name} defaults to {} if it is nil.",
                source.split_whitespace().collect::<Vec<_>>().join(" ")
            )
        }
        None => format!("{name} may be nil, and is then omitted."),
    };
    let mut lines = vec![default];
    if !declared.comment.trim().is_empty() {
        let text = metaffi_stubs::lines_of(&declared.comment).join(" ");
        docs::paragraph(&mut lines, &text);
    }
    docs::lines(&Documentation { text: lines, ..Documentation::default() })
}

/// The scalar that a shape is if it is passed as one that Go has, and whether its width is the
/// declared one.
fn scalar_of(shape: &Shape, declared: &Parameter) -> Option<(Base, bool)> {
    let base = match shape {
        Shape::Scalar(base) => *base,
        Shape::Value(_, of) => match **of {
            Shape::Scalar(base) => base,
            _ => return None,
        },
        _ => return None,
    };
    let crossing = declared.ty.base().filter(|_| !declared.ty.is_array())?;
    let is_same =
        scalar(crossing) == scalar(base) && !matches!(crossing, Base::Char8 | Base::Char16);
    Base::SCALARS.contains(&crossing).then_some((base, is_same))
}

/// The function that turns an argument into the payload of a slot.
fn bits(shape: &Shape, declared: &Parameter) -> Option<&'static str> {
    let (base, _) = scalar_of(shape, declared).filter(|(_, is_same)| *is_same)?;
    Some(match base {
        Base::Bool => "stubs.BoolBits",
        Base::Float64 => "stubs.FloatBits",
        Base::Float32 => "stubs.SingleBits",
        _ => "stubs.Bits",
    })
}

/// The path of a function that is called with positional arguments only.
fn without_names(path: &EntityPath) -> EntityPath {
    let items = path.iter().filter(|(key, _)| !matches!(*key, "named_args" | "varargs"));
    items.fold(EntityPath::new(), |path, (key, value)| path.with(key, value))
}

/// The path of a function whose last argument holds named arguments.
fn with_names(path: &EntityPath) -> EntityPath {
    match path.has_tag("named_args") {
        true => path.clone(),
        false => path.clone().tag("named_args"),
    }
}
