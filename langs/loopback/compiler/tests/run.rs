//! Compiles the golden stubs and calls them.

use metaffi_loopback_api::Value;

#[allow(dead_code, unreachable_pub)] // the test calls only part of this public API
#[path = "golden/loopback_MetaFFIHost.rs"]
mod loopback;

#[test]
fn the_stubs_work() {
    let early = loopback::add(1.into(), 2.into()).unwrap_err();
    assert!(early.message.starts_with("call bind_module_to_code"), "{early}");
    // The hub is opened once per process; the first to open it names the installation.
    metaffi::Hub::open(Some(&metaffi_testkit::home())).unwrap();
    loopback::bind_module_to_code("loopback", "loopback").unwrap();

    assert_eq!(loopback::add(1_i64.into(), 2_i64.into()).unwrap(), [Value::Int64(3)]);
    let counter = loopback::counter_new(5_i64.into()).unwrap().remove(0);
    loopback::counter_increment(counter.clone()).unwrap();
    loopback::counter_set_value(counter.clone(), 9_i64.into()).unwrap();
    assert_eq!(loopback::counter_get_value(counter).unwrap(), [Value::Int64(9)]);
    let listed = loopback::echo(vec![Value::Bool(true), "x".into()].into()).unwrap();
    assert_eq!(listed, [vec![Value::Bool(true), "x".into()].into()]);
    let failed = loopback::fail("why".into()).unwrap_err();
    assert_eq!(failed.to_string(), "loopback.Failure: why");
}
