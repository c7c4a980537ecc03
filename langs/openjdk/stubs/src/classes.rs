//! The file of one class or interface.

use std::collections::HashSet;

use metaffi_idl::{ClassKind, Function, Operation};
use metaffi_stubs::{Candidate, ClassId, Documentation, NamedField, Request, Shape};

use crate::entities::{Entities, entity_of};
use crate::inherit::{Form, Method, Methods, root_of};
use crate::javadoc::{Comment, inline};
use crate::literals;
use crate::names::{constant, identifier};
use crate::plan::Plan;
use crate::reserved::Root;
use crate::signature::Signature;
use crate::spelling::Spelling;
use crate::types::Types;
use crate::view;
use crate::writer::Writer;

/// The value of a static field, if it is known and has a Java literal.
pub(crate) fn constant_of(
    named: &NamedField<'_>,
    classes: &metaffi_stubs::Classes<'_>,
) -> Option<String> {
    let field = named.field;
    let is_static = field.getter.as_ref().is_none_or(|getter| !getter.instance_required);
    let value = field.constant.as_ref().filter(|_| is_static)?;
    literals::of_value(value, &Shape::of(&field.value, classes))
}

/// Whether a field is a member of an enum.
pub(crate) fn is_member(named: &NamedField<'_>, class: &metaffi_idl::Class) -> bool {
    let name = &named.field.value.name;
    let is_static = named.field.getter.as_ref().is_some_and(|one| !one.instance_required);
    class.kind == ClassKind::Enum && is_static && class.members.iter().any(|one| one.name == *name)
}

/// Writes classes.
pub(crate) struct ClassWriter<'p, 'a> {
    plan: &'p Plan<'a>,
    id: ClassId,
    root: Root,
    spelling: &'p Spelling<'p>,
    methods: &'p Methods<'a>,
    entities: Entities,
    name: &'p str,
    /// The fields that are part of the public API.
    fields: Vec<view::Field>,
}

impl<'p, 'a> ClassWriter<'p, 'a> {
    pub(crate) fn file(plan: &'p Plan<'a>, id: ClassId) -> view::File {
        let spelling = Spelling::new(&plan.taken);
        let root = root_of(id, &plan.hierarchy);
        let name = plan.classes.get(id).name.as_str();
        let prefix = match root {
            Root::Interface => format!("{}.", plan.instance),
            _ => String::new(),
        };
        let members = &plan.members[id.index()];
        let constants = members.fields.iter().map(|field| identifier(&field.name));
        let reserved = ["METAFFI_ID".to_owned(), "serialVersionUID".to_owned()].into_iter();
        let taken = constants.chain(reserved).chain(plan.taken.iter().cloned());
        let entities = match root {
            Root::Interface => Entities::new(prefix, taken),
            _ => Entities::new(prefix, taken).split(&plan.taken),
        };
        let methods = &plan.methods[id.index()];
        let fields = Vec::new();
        let writer =
            ClassWriter { plan, id, root, spelling: &spelling, methods, entities, name, fields };
        let class = writer.class();
        plan.file(class, &spelling)
    }

    fn types(&self) -> Types<'p, 'a> {
        let variables = self.plan.hierarchy.parameters(self.id, &self.plan.classes);
        self.plan.types(self.spelling, variables.iter().cloned().collect())
    }

    fn class(mut self) -> view::Class {
        let class = self.plan.classes.get(self.id).class;
        self.constants();
        let mut methods = self.constructors();
        let mut nested = Vec::new();
        let own = &self.methods.own;
        for method in own {
            let (written, builder) = self.method(method);
            methods.push(written);
            nested.extend(builder);
        }
        methods.extend(self.iterator());
        methods.extend(self.comparison());
        methods.extend(self.closed());
        if self.root == Root::Interface {
            nested.insert(0, self.instance());
        }
        let entities = match self.root {
            Root::Interface => Vec::new(),
            _ => self.entities.fields(&self.plan.module_field(), "private ", self.spelling),
        };
        nested.extend(self.entities.classes(&self.plan.module_field(), self.spelling));
        let mut fields = std::mem::take(&mut self.fields);
        fields.extend(entities.into_iter().map(view::Field::plain));
        let documentation = Documentation::of(&class.comment, class.deprecated.as_deref());
        let what = inline(&class.name);
        let mut doc = Comment::of(&documentation, &format!("Wraps the guest's {what}."));
        for parameter in self.plan.hierarchy.parameters(self.id, &self.plan.classes) {
            let name = self.plan.hierarchy.variable(parameter);
            doc = doc.tag(format!("@param <{name}> a type of the guest"));
        }
        let deprecated = class.deprecated.as_ref().map(|_| self.spelling.lang("Deprecated"));
        let annotations = deprecated.into_iter().chain(self.plan.suppressed(self.spelling));
        view::Class {
            doc: doc.lines(),
            annotations: annotations.collect(),
            declaration: self.declaration(),
            fields,
            methods,
            nested,
        }
    }

    fn declaration(&self) -> String {
        let types = self.types();
        let parameters = self.plan.hierarchy.parameters(self.id, &self.plan.classes);
        let written: Vec<String> = parameters.iter().map(|one| types.variable(one)).collect();
        let name = crate::functional::with_arguments(self.name, &written);
        let hierarchy = &self.plan.hierarchy;
        let mut interfaces: Vec<String> =
            hierarchy.interfaces(self.id).iter().map(|one| self.base(*one, &types)).collect();
        if let Some(of) = &self.methods.iterates {
            interfaces.push(format!("{}<{}>", self.spelling.lang("Iterable"), types.boxed(of)));
        }
        if let Some((_, of)) = self.ordering() {
            interfaces.push(format!("{}<{of}>", self.spelling.lang("Comparable")));
        }
        if self.root == Root::Interface {
            interfaces.insert(0, self.spelling.stubs("Guest"));
            return format!("public interface {name} extends {}", interfaces.join(", "));
        }
        let superclass = match (hierarchy.superclass(self.id), self.root) {
            (Some(base), _) => self.base(base, &types),
            (None, Root::Exception) => self.spelling.stubs("GuestException"),
            (None, Root::Value) => self.spelling.stubs("GuestValue"),
            (None, _) => self.spelling.stubs("GuestObject"),
        };
        let kind = if self.root == Root::Value { "final class" } else { "class" };
        let implements = match &interfaces[..] {
            [] => String::new(),
            all => format!(" implements {}", all.join(", ")),
        };
        format!("public {kind} {name} extends {superclass}{implements}")
    }

    /// A base with its type arguments.
    fn base(&self, base: ClassId, types: &Types<'_, '_>) -> String {
        let bindings = self.plan.classes.get(self.id).bindings_of(base);
        let parameters = self.plan.hierarchy.parameters(base, &self.plan.classes).iter();
        let arguments =
            parameters.map(|name| types.boxed(bindings.get(name).unwrap_or(&Shape::Any)));
        let arguments: Vec<String> = arguments.collect();
        crate::functional::with_arguments(&self.plan.classes.get(base).name, &arguments)
    }

    /// The id, the members of an enum, and constants.
    fn constants(&mut self) {
        let info = self.plan.classes.get(self.id);
        let string = self.spelling.lang("String");
        let is_public = if self.root == Root::Interface { "" } else { "public static final " };
        let mut fields = vec![view::Field {
            doc: Comment::plain("The guest's name of the class.").lines(),
            ..view::Field::plain(format!(
                "{is_public}{string} METAFFI_ID = {}",
                literals::quote(info.runtime_name())
            ))
        }];
        if self.root == Root::Exception {
            let text = "private static final long serialVersionUID = 1L".to_owned();
            fields.push(view::Field::plain(text));
        }
        let mut taken = HashSet::from(["METAFFI_ID".to_owned(), "serialVersionUID".to_owned()]);
        for named in &self.plan.members[self.id.index()].fields {
            let mut name = identifier(&named.name);
            while self.plan.taken.contains(&name) || !taken.insert(name.clone()) {
                name.push('_');
            }
            let types = self.types();
            let text = if let Some(value) = constant_of(named, &self.plan.classes) {
                let shape = Shape::of(&named.field.value, &self.plan.classes);
                let ty = types.result(&shape);
                let value = if matches!(shape, Shape::Value(..)) {
                    format!("new {ty}({value})")
                } else {
                    value
                };
                format!("{is_public}{ty} {name} = {value}")
            } else if is_member(named, info.class) && self.root == Root::Object {
                self.member(named, &name)
            } else {
                continue;
            };
            let documentation = Documentation::of(&named.field.value.comment, None);
            let doc = Comment::of(&documentation, &format!("The guest's {}.", inline(&named.name)));
            fields.push(view::Field { doc: doc.lines(), ..view::Field::plain(text) });
        }
        self.fields = fields;
    }

    fn member(&self, named: &NamedField<'_>, name: &str) -> String {
        let getter = named.field.getter.as_ref().map(|getter| &getter.function);
        let getter = getter.unwrap_or_else(|| unreachable!("a member has a getter"));
        let candidate = Candidate::getter(getter, None, &named.field.value, &self.plan.classes);
        let request = Request::of(&candidate, &self.plan.classes, false);
        let module = self.plan.module_field();
        let entity = entity_of(&module, &request, self.spelling);
        let (class, constant) = (self.name, self.spelling.stubs("Constant"));
        format!(
            "public static final {class} {name} = new {class}({module}, new {constant}({entity}))"
        )
    }

    fn constructors(&mut self) -> Vec<view::Method> {
        if self.root == Root::Interface {
            return Vec::new();
        }
        if self.root == Root::Value {
            return self.value();
        }
        let mut written = vec![self.adopting()];
        let mut seen: Vec<Vec<String>> = Vec::new();
        for candidate in &self.plan.members[self.id.index()].constructors {
            // A constructor with type parameters would also match the calls of generated code.
            let own = candidate.function.type_parameters.iter();
            let open = own.map(|one| (one.name.clone(), Shape::Any)).collect();
            let candidate = &candidate.clone().bound(&open);
            let mut types = self.plan.types(self.spelling, HashSet::new());
            let signature = Signature::of(self.name, candidate, &mut types);
            if seen.contains(&signature.erased) || crate::adapted::needs_names(candidate.function) {
                continue;
            }
            seen.push(signature.erased.clone());
            written.extend(self.constructor(candidate, &signature, seen.len()));
        }
        written
    }

    /// The constructor that generated code uses.
    fn adopting(&self) -> view::Method {
        let module = self.spelling.stubs("StubModule");
        let object = self.spelling.lang("Object");
        let doc = Comment::plain("For generated code.")
            .tag("@param module the module of the class".to_owned())
            .tag("@param target the guest object".to_owned());
        view::Method {
            doc: doc.lines(),
            annotations: Vec::new(),
            declaration: format!("public {}({module} module, {object} target)", self.name),
            body: vec!["super(module, target);".to_owned()],
        }
    }

    /// A constructor of the guest, and the method that calls it before the object exists.
    fn constructor(
        &mut self,
        candidate: &Candidate<'a>,
        signature: &Signature,
        number: usize,
    ) -> Vec<view::Method> {
        let types = self.plan.types(self.spelling, HashSet::new());
        // Each has its own name, since the overload to call is already decided.
        let make = format!("metaffiNew{number}");
        let names = crate::signature::parameter_names(candidate, &self.plan.taken);
        let request = Request::of(candidate, &self.plan.classes, self.plan.has_null_elements);
        let entity = self.entities.field("new", request);
        let writer = Writer { plan: self.plan, types: &types };
        let call =
            crate::body::Call { candidate, names: &names, entity: &entity, has_handle: false };
        let parameters = writer.parameters(signature, &names);
        let object = self.spelling.lang("Object");
        let module = self.plan.module_field();
        let returned = vec![format!("return {};", call.with_objects(&types))];
        let summary = format!("Creates an object: {}.", inline(&candidate.function.name));
        let doc = writer.comment(candidate, &names, &summary);
        let deprecated = candidate.function.deprecated.as_ref();
        let maker = view::Method {
            doc: Vec::new(),
            annotations: Vec::new(),
            declaration: format!("private static {object} {make}({parameters})"),
            body: writer.guarded(returned, &[]),
        };
        let constructor = view::Method {
            doc: doc.lines(),
            annotations: deprecated.map(|_| self.spelling.lang("Deprecated")).into_iter().collect(),
            declaration: format!("public {}({parameters})", self.name),
            body: vec![format!("super({module}, {make}({}));", names.join(", "))],
        };
        vec![constructor, maker]
    }

    /// The constructor and the accessor of a plain value.
    fn value(&mut self) -> Vec<view::Method> {
        let class = self.plan.classes.get(self.id).class;
        let plain = Shape::plain_of(class, &self.plan.classes).unwrap_or(Shape::Text);
        let types = self.types();
        let ty = types.result(&plain);
        self.fields.push(view::Field::plain(format!("private final {ty} value")));
        let object = self.spelling.lang("Object");
        let method = |doc: Comment, annotation: Option<String>, declaration: String, body: &str| {
            let annotations = annotation.into_iter().collect();
            view::Method { doc: doc.lines(), annotations, declaration, body: vec![body.to_owned()] }
        };
        vec![
            method(
                Comment::plain("Wraps a value.").tag("@param value the value".to_owned()),
                None,
                format!("public {}({ty} value)", self.name),
                "this.value = value;",
            ),
            method(
                Comment::plain("Returns the plain value.").tag("@return the value".to_owned()),
                None,
                format!("public {ty} value()"),
                "return value;",
            ),
            view::Method {
                body: vec![format!("this.value = {};", types.lifted(&plain, "target", 0))],
                ..self.adopting()
            },
            view::Method {
                doc: Vec::new(),
                annotations: vec![self.spelling.lang("Override")],
                declaration: format!("public {object} metaffiTarget()"),
                body: vec!["return value;".to_owned()],
            },
        ]
    }

    /// A method, and the class of its builder if it has one.
    fn method(&mut self, method: &Method<'a>) -> (view::Method, Option<view::Class>) {
        let types = match method.is_static {
            true => self.plan.types(self.spelling, HashSet::new()),
            false => self.types(),
        };
        let types = self.plan.scoped(types, method);
        let access = match (self.root, method.is_static) {
            (Root::Interface, true) => "static ",
            (Root::Interface, false) => "default ",
            (_, true) => "public static ",
            (_, false) => "public ",
        };
        let writer = Writer { plan: self.plan, types: &types };
        if method.form == Form::Builder {
            let (method, builder) = writer.builder(method, access, &mut self.entities);
            return (method, Some(builder));
        }
        let mut written = writer.method(method, access, &mut self.entities);
        written.annotations.extend(self.guest_name(method));
        let is_close = method.signature.name == "close" && method.signature.takes.is_empty();
        if is_close && self.root == Root::Object {
            written.body.pop();
            written.body.extend(["} finally {", "  super.close();", "}"].map(str::to_owned));
        }
        (written, None)
    }

    /// The guest's name of an interface method, for classes of the program that implement it;
    /// `None` if it equals the Java name.
    fn guest_name(&self, method: &Method<'_>) -> Option<String> {
        let path = method.candidate.function.entity_path.get("callable")?;
        let name = path.rsplit('.').next()?;
        let can_be_implemented = self.root == Root::Interface && !method.is_static;
        (can_be_implemented && name != method.signature.name)
            .then(|| format!("{}({})", self.spelling.stubs("GuestName"), literals::quote(name)))
    }

    /// The method that `Iterable` requires.
    fn iterator(&mut self) -> Option<view::Method> {
        let of = self.methods.iterates.as_ref()?;
        let class = self.plan.classes.get(self.id).class;
        let operation = |one| class.operations.get(&one);
        let id = operation(Operation::Iterate).or_else(|| operation(Operation::Keys))?;
        let matches = |function: &&Function| function.overload_id == *id;
        let function = class.methods.iter().map(|one| &one.function).find(matches)?;
        let candidates = Candidate::of(function, Some(self.id), &self.plan.classes);
        let candidate = candidates.first().filter(|one| one.parameters.is_empty())?;
        if let Some(steps) = self.iteration_methods(candidate, id) {
            return Some(self.iterator_of(of, &steps));
        }
        let request = Request::of(candidate, &self.plan.classes, false);
        let entity = self.entities.field(&constant("iterate"), request);
        let types = self.types();
        let writer = Writer { plan: self.plan, types: &types };
        let call = crate::body::Call { candidate, names: &[], entity: &entity, has_handle: true };
        let iterable = Shape::Items(Box::new(of.clone()), None);
        let lifted = types.lifted(&iterable, &call.with_objects(&types), 0);
        let body = writer.guarded(vec![format!("return {lifted}.iterator();")], &[]);
        Some(self.iterator_method(of, body))
    }

    fn iterator_method(&self, of: &Shape, body: Vec<String>) -> view::Method {
        let iterator = self.spelling.util("Iterator");
        let element = self.types().boxed(of);
        let access = if self.root == Root::Interface { "default " } else { "public " };
        view::Method {
            doc: Vec::new(),
            annotations: vec![self.spelling.lang("Override")],
            declaration: format!("{access}{iterator}<{element}> iterator()"),
            body,
        }
    }

    /// If iterators are objects of a class that says whether there are more elements: the names of
    /// the method that returns the iterator, and of the iterator's two methods.
    fn iteration_methods(&self, candidate: &Candidate<'_>, iterate: &str) -> Option<[&'p str; 3]> {
        let [result] = &candidate.results[..] else { return None };
        let (Shape::Object(id, _) | Shape::Items(_, Some(id))) = result.shape else { return None };
        let operations = &self.plan.classes.get(id).class.operations;
        let named = |methods: &'p Methods<'a>, id: &str| {
            let matches = |one: &&Method<'_>| one.candidate.function.overload_id == id;
            methods.own.iter().find(matches).map(|one| one.signature.name.as_str())
        };
        let of = &self.plan.methods[id.index()];
        Some([
            named(self.methods, iterate)?,
            named(of, operations.get(&Operation::HasNext)?)?,
            named(of, operations.get(&Operation::Next)?)?,
        ])
    }

    fn iterator_of(&self, of: &Shape, [iterate, has_next, next]: &[&str; 3]) -> view::Method {
        let lift = self.spelling.stubs("Lift");
        let steps = format!("each -> each.{has_next}(), each -> each.{next}()");
        let body = format!("return {lift}.iterator({iterate}(), {steps});");
        self.iterator_method(of, vec![body])
    }

    /// The method that orders objects, and the type it compares them with, if no class above has
    /// such a method.
    fn ordering(&self) -> Option<(&'p Method<'a>, String)> {
        let plan = self.plan;
        let orders = |id: ClassId| plan.classes.get(id).class.operations.get(&Operation::Compare);
        let id = orders(self.id)?;
        let above = plan.hierarchy.ancestors(self.id);
        if self.root == Root::Interface || above.into_iter().any(|one| orders(one).is_some()) {
            return None;
        }
        let matches =
            |one: &&Method<'_>| one.candidate.function.overload_id == *id && !one.is_static;
        let method = self.methods.own.iter().find(matches)?;
        let [of] = &method.signature.takes[..] else { return None };
        let is_number = matches!(method.signature.returns.as_str(), "int" | "long");
        let is_own = of == self.name || *of == self.spelling.lang("Object");
        let is_other = |one: &Method<'_>| {
            one.signature.name == "compareTo" && one.candidate.function.overload_id != *id
        };
        let is_free = !self.methods.all().any(is_other);
        (is_number && is_own && is_free).then(|| (method, of.clone()))
    }

    /// The method that `Comparable` requires, if the guest's has another name.
    fn comparison(&self) -> Option<view::Method> {
        let (method, of) = self.ordering()?;
        let signature = &method.signature;
        if signature.name == "compareTo" && signature.returns == "int" {
            return None;
        }
        let order = match signature.returns.as_str() {
            "int" => "Integer",
            _ => "Long",
        };
        Some(view::Method {
            doc: Vec::new(),
            annotations: vec![self.spelling.lang("Override")],
            declaration: format!("public int compareTo({of} other)"),
            body: vec![format!("return {order}.signum({}(other));", signature.name)],
        })
    }

    /// `close`: the end of a `try` block also closes the object in its guest.
    fn closed(&mut self) -> Option<view::Method> {
        let class = self.plan.classes.get(self.id).class;
        let id = class.operations.get(&Operation::Close)?;
        let matches = |one: &&Method<'_>| one.candidate.function.overload_id == *id;
        let method = self.methods.own.iter().find(matches)?;
        let has_parameters = !method.signature.takes.is_empty() || method.is_static;
        if method.signature.name == "close" || has_parameters || self.root != Root::Object {
            return None;
        }
        let name = &method.signature.name;
        Some(view::Method {
            doc: Vec::new(),
            annotations: vec![self.spelling.lang("Override")],
            declaration: "public void close()".to_owned(),
            body: [
                "try {".to_owned(),
                format!("  {name}();"),
                "} finally {".to_owned(),
                "  super.close();".to_owned(),
                "}".to_owned(),
            ]
            .into(),
        })
    }

    /// The class of an interface's objects.
    fn instance(&mut self) -> view::Class {
        let types = self.types();
        let hierarchy = &self.plan.hierarchy;
        let parameters = hierarchy.parameters(self.id, &self.plan.classes);
        let written: Vec<String> = parameters.iter().map(|one| types.variable(one)).collect();
        let instance = crate::functional::with_arguments(self.plan.instance, &written);
        let of = crate::functional::with_arguments(self.name, &written);
        let object = self.spelling.stubs("GuestObject");
        let fields = self.entities.fields(&self.plan.module_field(), "", self.spelling);
        let mut methods = vec![view::Method {
            declaration: self.adopting().declaration.replacen(self.name, self.plan.instance, 1),
            ..self.adopting()
        }];
        let is_close = |one: &&Method<'_>| {
            one.signature.name == "close" && one.signature.takes.is_empty() && !one.is_static
        };
        if self.methods.all().find(is_close).is_some() {
            let (name, body) = (self.name, ["try {", "", "} finally {", "  super.close();", "}"]);
            let mut body = body.map(str::to_owned);
            body[1] = format!("  {name}.super.close();");
            methods.push(view::Method {
                doc: Vec::new(),
                annotations: vec![self.spelling.lang("Override")],
                declaration: "public void close()".to_owned(),
                body: body.into(),
            });
        }
        let mut doc = Comment::plain("An object of the guest.");
        for parameter in &written {
            doc = doc.tag(format!("@param <{parameter}> a type of the guest"));
        }
        view::Class {
            doc: doc.lines(),
            annotations: Vec::new(),
            declaration: format!("final class {instance} extends {object} implements {of}"),
            fields: fields.into_iter().map(view::Field::plain).collect(),
            methods,
            nested: Vec::new(),
        }
    }
}
