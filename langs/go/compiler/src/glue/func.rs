//! How funcs of one type are passed: a Go func that calls a foreign one, and the call of a Go func
//! by others. The slots of the first are seen from the other side, so whatever lifts an argument of
//! an entry also lifts a result of a callback.

use serde::Serialize;

use crate::answer::{GoFunc, GoType, Kind};

use super::view::{Shared, Variable, contexts, passed};
use super::{lift, lower};

/// A func type, ready to print.
#[derive(Serialize)]
pub(crate) struct Func {
    /// The variable that holds it.
    pub(crate) name: String,
    pub(crate) go: String,
    pub(crate) glue: Glue,
}

/// Its two directions, and the names that both use.
#[derive(Default, Serialize)]
pub(crate) struct Glue {
    callee: String,
    call: String,
    function: String,
    outgoing: Outgoing,
    incoming: Incoming,
}

/// A Go func around a foreign one.
#[derive(Default, Serialize)]
struct Outgoing {
    /// Its parameters and results, as Go declares them.
    params: Vec<String>,
    results: String,
    /// Where an error is stored; empty if the func has no error result.
    error_name: String,
    wanted: usize,
    puts: Vec<String>,
    lifts: Vec<Variable>,
}

/// The call of a Go func.
#[derive(Default, Serialize)]
struct Incoming {
    arguments: Vec<Variable>,
    contexts: Vec<String>,
    passed: String,
    /// The names of its results, including errors.
    named: Vec<String>,
    errors: Vec<String>,
    puts: Vec<String>,
}

impl Glue {
    pub(crate) fn new(of: &GoFunc, shared: &mut Shared) -> Glue {
        Glue {
            callee: shared.callee.clone(),
            call: shared.call.clone(),
            function: shared.function.clone(),
            outgoing: outgoing(of, shared),
            incoming: incoming(of, shared),
        }
    }
}

/// The results that are not errors, with their slots.
fn slots(of: &GoFunc) -> impl Iterator<Item = (usize, &GoType, usize)> {
    let values = of.results.iter().enumerate().filter(|(_, ty)| ty.kind != Kind::Error);
    values.enumerate().map(|(slot, (index, ty))| (index, ty, slot))
}

fn errors(of: &GoFunc, shared: &mut Shared) -> Vec<String> {
    let errors = of.results.iter().enumerate().filter(|(_, ty)| ty.kind == Kind::Error);
    errors.map(|(index, _)| shared.result(index)).collect()
}

/// The parameters as Go declares them.
pub(super) fn params(of: &GoFunc, shared: &mut Shared) -> Vec<String> {
    let declared = of.params.iter().enumerate().map(|(index, ty)| {
        let (name, go) = (shared.argument(index), shared.names.resolve(&ty.go));
        let last = of.variadic && index + 1 == of.params.len();
        let go = if last { go.replacen("[]", "...", 1) } else { go };
        format!("{name} {go}")
    });
    declared.collect()
}

fn outgoing(of: &GoFunc, shared: &mut Shared) -> Outgoing {
    let params = params(of, shared);
    let puts = of.params.iter().enumerate().map(|(index, ty)| {
        let name = shared.argument(index);
        lower::result(ty, index, &name, shared)
    });
    let puts = puts.collect();
    let lifts = slots(of).map(|(index, ty, slot)| {
        Variable::new(shared.result(index), lift::argument(ty, slot, shared))
    });
    let lifts: Vec<Variable> = lifts.collect();
    Outgoing {
        params,
        results: results(of, shared),
        error_name: errors(of, shared).pop().unwrap_or_default(),
        wanted: lifts.len(),
        puts,
        lifts,
    }
}

/// The results as Go declares them, followed by a blank.
pub(super) fn results(of: &GoFunc, shared: &mut Shared) -> String {
    let named = of.results.iter().enumerate();
    let named =
        named.map(|(i, ty)| format!("{} {}", shared.result(i), shared.names.resolve(&ty.go)));
    let named: Vec<String> = named.collect();
    if named.is_empty() { String::new() } else { format!("({}) ", named.join(", ")) }
}

fn incoming(of: &GoFunc, shared: &mut Shared) -> Incoming {
    let arguments = of.params.iter().enumerate().map(|(index, ty)| {
        Variable::new(shared.argument(index), lift::argument_of_call(ty, index, shared))
    });
    let arguments: Vec<Variable> = arguments.collect();
    let puts = slots(of).map(|(index, ty, slot)| {
        let name = shared.result(index);
        lower::result(ty, slot, &name, shared)
    });
    Incoming {
        puts: puts.collect(),
        passed: passed(&arguments, of.variadic),
        contexts: contexts(&of.params, &arguments),
        named: (0..of.results.len()).map(|index| shared.result(index)).collect(),
        errors: errors(of, shared),
        arguments,
    }
}
