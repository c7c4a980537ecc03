//! The errors of unbound stubs, and of stubs of another version.

#[path = "loopback_MetaFFIHost.rs"]
mod loopback;
mod other;

fn main() -> Result<(), metaffi::Error> {
    let early = loopback::concat("a", "b").unwrap_err();
    assert!(early.message.contains("call bind_module_to_code"), "{early:?}");
    let other = other::bind_module_to_code("loopback", "loopback").unwrap_err();
    assert_eq!(other.kind, metaffi::ErrorKind::Abi);
    assert!(other.message.contains("version 99"), "{other:?}");
    loopback::bind_module_to_code("loopback", "loopback")?;
    assert_eq!(loopback::concat("a", "b")?, "ab");
    let again = loopback::bind_module_to_code("elsewhere", "loopback").unwrap_err();
    assert!(again.message.contains("bound to loopback"), "{again:?}");
    Ok(())
}
