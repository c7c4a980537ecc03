//! The types that make foreign objects values of an interface: each method is a func that was
//! obtained from the object.

use serde::Serialize;

use crate::answer::{Implementable, ImplementedMethod};

use super::func;
use super::view::Shared;

/// An interface, ready to print.
#[derive(Serialize)]
pub(crate) struct Implementation {
    /// The type that implements it, and its field for the object.
    name: String,
    object: String,
    /// The interface.
    go: String,
    methods: Vec<Method>,
}

#[derive(Serialize)]
struct Method {
    name: String,
    /// The field that holds the func, its type, and how that type is passed.
    field: String,
    go: String,
    func: String,
    params: Vec<String>,
    results: String,
    passed: String,
    returns: bool,
}

impl Implementation {
    pub(crate) fn new(of: &Implementable, shared: &mut Shared) -> Implementation {
        let go = shared.names.resolve(&of.go);
        let taken = |field: &String| of.methods.iter().any(|method| method.name == *field);
        let fields = (1..).map(|number| format!("method{number}")).filter(|field| !taken(field));
        let methods = of.methods.iter().zip(fields);
        let methods = methods.map(|(method, field)| Method::new(method, field, shared)).collect();
        let name = shared.names.function(&["Implement", &of.go]);
        Implementation { name, object: "object".to_owned(), go, methods }
    }
}

impl Method {
    fn new(of: &ImplementedMethod, field: String, shared: &mut Shared) -> Method {
        let func = shared.func(&of.func);
        let go = shared.names.resolve(&of.func.go);
        let Some(signature) = &of.func.func else { unreachable!("a method has a signature") };
        let last = signature.params.len();
        let passed = (0..last).map(|index| shared.argument(index)).collect::<Vec<_>>().join(", ");
        Method {
            name: of.name.clone(),
            field,
            go,
            func,
            params: func::params(signature, shared),
            results: func::results(signature, shared),
            passed: format!("{passed}{}", if signature.variadic { "..." } else { "" }),
            returns: !signature.results.is_empty(),
        }
    }
}
