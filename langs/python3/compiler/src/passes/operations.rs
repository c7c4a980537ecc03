//! Special methods for the operations of a class: `len`, `in`, `[]`, `<`, calls,
//! iteration, `with`.

use std::collections::BTreeSet;

use metaffi_idl::{ClassKind, Operation, TypeTree};
use metaffi_stubs::{ClassId, OperationMethod, Shape};

use super::Pass;
use crate::annotations::Annotated as _;
use crate::entities::result_annotation;
use crate::view::{Member, Notation};

impl<'p, 'a> Pass<'p, 'a> {
    /// The special methods of a class, without those that it inherits.
    pub(super) fn notation(&self, id: ClassId) -> Vec<Member> {
        let class = self.plan.classes.get(id).class;
        let mut notation: Vec<Notation> = Vec::new();
        for operation in class.operations.keys() {
            // These are inherited, since they call the object's own method.
            let is_same = matches!(operation, Operation::Close | Operation::Compare);
            let is_inherited = is_same && self.inherits(id, *operation)
                || *operation == Operation::Close && class.release.is_some();
            if let Some(doing) = self.doing(id, *operation).filter(|_| !is_inherited) {
                notation.extend(self.written(id, *operation, &doing));
            }
        }
        notation.extend(self.called(id).or_else(|| self.called_as_several(id)));
        // Of two ways to iterate, the first is used.
        let mut seen = BTreeSet::new();
        notation.retain(|one| one.lines[0].starts_with('@') || seen.insert(one.lines[0].clone()));
        notation.into_iter().map(Member::Notation).collect()
    }

    fn inherits(&self, id: ClassId, operation: Operation) -> bool {
        let mut ancestors = self.plan.classes.get(id).lineage.iter();
        ancestors
            .any(|above| self.plan.classes.get(*above).class.operations.contains_key(&operation))
    }

    /// The class's own method for an operation.
    fn doing(&self, id: ClassId, operation: Operation) -> Option<OperationMethod<'p, 'a>> {
        self.plan.members[id.index()].doing(self.plan.classes.get(id).class, operation)
    }

    fn written(
        &self,
        id: ClassId,
        operation: Operation,
        doing: &OperationMethod<'_, '_>,
    ) -> Vec<Notation> {
        let name = doing.name;
        let is_map = self.plan.classes.operation(id, Operation::Keys).is_some();
        let of_objects = self.object_operations.contains(&operation)
            || self.plan.classes.is_value(id) && operation != Operation::Text;
        match operation {
            Operation::Text | Operation::Equal | Operation::Hash if of_objects => Vec::new(),
            Operation::Compare | Operation::Length if self.plan.classes.is_value(id) => Vec::new(),
            Operation::Text => {
                let body = format!("{}(self.{name}())", self.str());
                vec![self.special("__str__", "self", self.str(), body)]
            }
            Operation::Equal => {
                let parameters = format!("self, other: {}", self.spelling.of("object"));
                let (isinstance, of) =
                    (self.spelling.of("isinstance"), self.compared_with(doing.parameter(0)));
                let body = format!("{isinstance}(other, {of}) and self.{name}(other)");
                let own_hash = self.plan.classes.get(id).class.operations.get(&Operation::Hash);
                let equal = self.special("__eq__", &parameters, self.spelling.of("bool"), body);
                let hash = own_hash.is_none().then(|| Notation {
                    lines: vec!["__hash__ = _stubs.Object.__hash__".to_owned()],
                });
                std::iter::once(equal).chain(hash).collect()
            }
            Operation::Hash => {
                let body = format!("self.{name}()");
                vec![self.special("__hash__", "self", self.spelling.of("int"), body)]
            }
            Operation::Compare => self.compared(doing),
            Operation::Length => {
                let body = format!("self.{name}()");
                vec![self.special("__len__", "self", self.spelling.of("int"), body)]
            }
            Operation::Iterate if is_map => Vec::new(),
            Operation::Iterate | Operation::Keys => self.iterated(doing, operation),
            Operation::Next => self.next(id, doing),
            Operation::Contains => {
                let parameters = format!("self, item: {}", self.spelling.of("object"));
                let body = format!("self.{name}(item)");
                vec![self.special("__contains__", &parameters, self.spelling.of("bool"), body)]
            }
            Operation::GetItem if is_map => self.entry(doing),
            Operation::GetItem => self.item(doing),
            Operation::SetItem => {
                let (key, value) = (self.annotated(doing, 0), self.annotated(doing, 1));
                let parameters = format!("self, key: {key}, value: {value}");
                vec![self.statement("__setitem__", &parameters, format!("self.{name}(key, value)"))]
            }
            Operation::DeleteItem => {
                let parameters = format!("self, key: {}", self.annotated(doing, 0));
                let body = format!("_stubs.of_key(self, self.{name}, key)");
                vec![self.statement("__delitem__", &parameters, body)]
            }
            Operation::Close => vec![self.closed(name)],
            Operation::HasNext | Operation::Call | Operation::Message => Vec::new(),
        }
    }

    /// The class whose objects can be equal to one of this class.
    fn compared_with(&self, shape: &Shape) -> String {
        match shape {
            Shape::Object(id, _) => self.spelling.class(*id),
            Shape::Optional(of) => self.compared_with(of),
            _ => "_stubs.Object".to_owned(),
        }
    }

    fn str(&self) -> String {
        self.spelling.of("str")
    }

    fn annotated(&self, doing: &OperationMethod<'_, '_>, at: usize) -> String {
        doing.parameter(at).annotation(self.spelling)
    }

    fn special(&self, name: &str, parameters: &str, returns: String, body: String) -> Notation {
        let lines =
            vec![format!("def {name}({parameters}) -> {returns}:"), format!("    return {body}")];
        Notation { lines }
    }

    fn statement(&self, name: &str, parameters: &str, body: String) -> Notation {
        Notation {
            lines: vec![format!("def {name}({parameters}) -> None:"), format!("    {body}")],
        }
    }

    fn compared(&self, doing: &OperationMethod<'_, '_>) -> Vec<Notation> {
        let parameters = format!("self, other: {}", self.annotated(doing, 0));
        let each = [("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")];
        let notation = |(name, sign): (&str, &str)| {
            let body = format!("self.{}(other) {sign} 0", doing.name);
            let returns = self.spelling.of("bool");
            self.special(&format!("__{name}__"), &parameters, returns, body)
        };
        each.into_iter().map(notation).collect()
    }

    /// The element type of an iterable.
    fn elements(&self, shape: &Shape) -> String {
        match shape {
            Shape::Items(of, _) => of.result(self.spelling),
            Shape::Optional(of) => self.elements(of),
            _ => self.spelling.of("Any"),
        }
    }

    fn iterated(&self, doing: &OperationMethod<'_, '_>, operation: Operation) -> Vec<Notation> {
        let element = self.elements(doing.result());
        let returns = format!("{}[{element}]", self.spelling.of("Iterator"));
        let mut notation = vec![self.over_elements("__iter__", returns, "iter", doing)];
        if operation == Operation::Keys {
            let list = self.spelling.of("list");
            // A derived class may return something other than a list under this name.
            let returns = format!("{}[{element}]", self.spelling.of("Iterable"));
            notation.push(self.over_elements("keys", returns, "list", doing));
            let any = self.spelling.of("Any");
            let returns = format!("{list}[{}[{element}, {any}]]", self.spelling.of("tuple"));
            let body = "_stubs.pairs(self)".to_owned();
            notation.push(self.special("items", "self", returns, body));
        }
        notation
    }

    /// A method that converts the elements. The guest's iterable may be of a class that does
    /// not declare it.
    fn over_elements(
        &self,
        name: &str,
        returns: String,
        make: &'static str,
        doing: &OperationMethod<'_, '_>,
    ) -> Notation {
        let make = self.spelling.of(make);
        if self.can_be_iterated(doing.result()) {
            return self.special(name, "self", returns, format!("{make}(self.{}())", doing.name));
        }
        let lines = vec![
            format!("def {name}(self) -> {returns}:"),
            format!("    items: {} = self.{}()", self.spelling.of("Any"), doing.name),
            format!("    return {make}(items)"),
        ];
        Notation { lines }
    }

    /// Whether the type of a result declares that it can be iterated over.
    fn can_be_iterated(&self, shape: &Shape) -> bool {
        let of_class = |id: ClassId| {
            let all = [Operation::Iterate, Operation::Keys, Operation::Next];
            all.into_iter().any(|one| self.plan.classes.operation(id, one).is_some())
        };
        match shape {
            Shape::Items(_, own) => own.is_none_or(of_class),
            Shape::Object(id, _) => of_class(*id),
            Shape::Any | Shape::Array(_) => true,
            _ => false,
        }
    }

    fn next(&self, id: ClassId, doing: &OperationMethod<'_, '_>) -> Vec<Notation> {
        let Some(more) = self.doing(id, Operation::HasNext) else { return Vec::new() };
        let element = result_annotation(&doing.candidate.results, self.spelling);
        let own = format!("{}[{element}]", self.spelling.of("Iterator"));
        let next = vec![
            format!("def __next__(self) -> {element}:"),
            format!("    if not self.{}():", more.name),
            "        raise StopIteration".to_owned(),
            format!("    return self.{}()", doing.name),
        ];
        vec![self.special("__iter__", "self", own, "self".to_owned()), Notation { lines: next }]
    }

    fn item(&self, doing: &OperationMethod<'_, '_>) -> Vec<Notation> {
        let element = doing.result().result(self.spelling);
        let (int, any) = (self.spelling.of("int"), self.spelling.of("Any"));
        let overload = self.spelling.of("overload");
        let list = self.spelling.of("list");
        let lines = vec![
            format!("@{overload}"),
            format!("def __getitem__(self, index: {int}) -> {element}: ..."),
            format!("@{overload}"),
            format!("def __getitem__(self, index: slice) -> {list}[{element}]: ..."),
            format!("def __getitem__(self, index: {int} | slice) -> {any}:"),
            format!("    return _stubs.at_index(self, self.{}, index)", doing.name),
        ];
        vec![Notation { lines }]
    }

    fn entry(&self, doing: &OperationMethod<'_, '_>) -> Vec<Notation> {
        let value = doing.result().result(self.spelling);
        let lines = vec![
            format!("def __getitem__(self, key: {}) -> {value}:", self.annotated(doing, 0)),
            format!("    value: {value} = _stubs.of_key(self, self.{}, key)", doing.name),
            "    return value".to_owned(),
        ];
        vec![Notation { lines }]
    }

    /// The end of a `with` block closes the object.
    fn closed(&self, name: &str) -> Notation {
        let lines = vec![
            format!("def __exit__(self, *exception: {}) -> None:", self.spelling.of("object")),
            "    try:".to_owned(),
            format!("        self.{name}()"),
            "    finally:".to_owned(),
            "        super().__exit__(*exception)".to_owned(),
        ];
        Notation { lines }
    }

    /// `__call__` of a class whose bases are called in different ways: as the first of them.
    fn called_as_several(&self, id: ClassId) -> Option<Notation> {
        let classes = &self.plan.classes;
        let called = |base: &&ClassId| {
            classes.with_ancestors(**base).find(|above| self.called(*above).is_some())
        };
        let bases = classes.get(id).bases.iter();
        let callers: BTreeSet<ClassId> = bases.filter_map(|base| called(&base)).collect();
        let any = self.spelling.of("Any");
        let parameters = format!("self, *args: {any}");
        let body = "super().__call__(*args)".to_owned();
        (callers.len() > 1).then(|| self.special("__call__", &parameters, any, body))
    }

    fn is_called(&self, id: ClassId) -> bool {
        let class = self.plan.classes.get(id).class;
        matches!(class.behaves_as, Some(TypeTree::Function { .. }))
    }

    /// `__call__` of a class that behaves as a function: its only abstract method.
    fn called(&self, id: ClassId) -> Option<Notation> {
        let class = self.plan.classes.get(id).class;
        matches!(class.behaves_as, Some(TypeTree::Function { .. })).then_some(())?;
        if class.kind == ClassKind::Exception {
            return None;
        }
        let groups = self.plan.members[id.index()].groups.iter().filter(|one| !one.is_static);
        let mut found = groups.flat_map(|group| {
            group
                .candidates
                .iter()
                .map(move |candidate| OperationMethod { name: &group.name, candidate })
        });
        let is_abstract = |doing: &OperationMethod<'_, '_>| {
            class.methods.iter().any(|method| {
                method.is_abstract
                    && std::ptr::eq(&method.function, doing.candidate.function)
                    && !class.operations.values().any(|id| *id == method.function.overload_id)
            })
        };
        let doing = self.doing(id, Operation::Call).or_else(|| found.find(is_abstract))?;
        if self.plan.classes.get(id).lineage.iter().any(|above| self.is_called(*above)) {
            // It is called in another way than its ancestors.
            let parameters = format!("self, *args: {}", self.spelling.of("Any"));
            let body = format!("self.{}(*args)", doing.name);
            return Some(self.special("__call__", &parameters, self.spelling.of("Any"), body));
        }
        let signature = self.signatures.overload(Some("self"), doing.candidate);
        let named = self.signatures.named(doing.candidate);
        let arguments: Vec<&str> = named.iter().map(|one| one.name.as_str()).collect();
        let lines = vec![
            format!("def __call__({}) -> {}:", signature.parameters.join(", "), signature.returns),
            format!("    return self.{}({})", doing.name, arguments.join(", ")),
        ];
        Some(Notation { lines })
    }
}
