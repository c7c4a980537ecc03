//! A guest that is also a host: it uses the Go API, even while it is initialized.

mod support;

use metaffi::{Callable, Signature, Type, TypeInfo, Value};
use support::{get, hub, module, owner};

#[test]
fn a_guest_calls_other_runtimes() {
    let host = module("host/host.go");
    assert_eq!(get(&host, "global=Early", &[]), "loaded".into());
    assert_eq!(get(&host, "callable=Echo", &[7_i64.into()]), 7_i64.into());
    let int = || vec![TypeInfo::new(Type::INT64)];
    let twice = |args: Vec<Value>| match args[..] {
        [Value::Int64(n)] => Ok(vec![(2 * n).into()]),
        _ => panic!("{args:?}"),
    };
    let twice =
        Callable::new(hub().owner("the host of hosts"), Signature::new(int(), int()), twice);
    assert_eq!(get(&host, "callable=Call", &[twice.into(), 4_i64.into()]), 8_i64.into());
    assert_eq!(owner("host/host.go").live_objects(), 0);
    assert_eq!(hub().owner("go").live_objects(), 0, "its objects are not those of a Go program");
}
