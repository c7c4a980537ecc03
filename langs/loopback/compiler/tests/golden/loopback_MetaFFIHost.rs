//! Stubs of loopback, a module of loopback, made by metaffi 0.4.0. Do not edit.

use metaffi_loopback_api::{Error, Stubs, Value};

static STUBS: Stubs = Stubs::new();

/// Binds the stubs to their code. Must be called before any of them.
pub fn bind_module_to_code(module_path: &str, runtime_plugin: &str) -> Result<(), Error> {
    STUBS.bind(module_path, runtime_plugin)
}

/// Does nothing.
pub fn void() -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=void";
    const PARAMS: &[&str] = &[];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[])
}

/// The sum of two integers; wraps at 64 bits.
pub fn add(a: Value, b: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=add";
    const PARAMS: &[&str] = &["int64", "int64"];
    const RETURNS: &[&str] = &["int64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[a, b])
}

/// The same integer.
pub fn echo_int64(value: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=echo_int64";
    const PARAMS: &[&str] = &["int64"];
    const RETURNS: &[&str] = &["int64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[value])
}

/// The same text.
pub fn echo_string(text: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=echo_string";
    const PARAMS: &[&str] = &["string8"];
    const RETURNS: &[&str] = &["string8"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[text])
}

/// Both texts, one after the other.
pub fn concat(left: Value, right: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=concat";
    const PARAMS: &[&str] = &["string8", "string8"];
    const RETURNS: &[&str] = &["string8"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[left, right])
}

/// Quotient and remainder; fails with loopback.DivisionByZero.
pub fn divide(a: Value, b: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=divide";
    const PARAMS: &[&str] = &["int64", "int64"];
    const RETURNS: &[&str] = &["int64", "int64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[a, b])
}

/// The sum of the elements.
pub fn sum(values: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=sum";
    const PARAMS: &[&str] = &["float64_array"];
    const RETURNS: &[&str] = &["float64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[values])
}

/// 0 to count-1, as one buffer without a copy.
pub fn range(count: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=range";
    const PARAMS: &[&str] = &["int64"];
    const RETURNS: &[&str] = &["int64_packed_array"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[count])
}

/// Fails with loopback.Failure, caused by loopback.Cause.
pub fn fail(message: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=fail";
    const PARAMS: &[&str] = &["string8"];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[message])
}

/// Panics.
pub fn panic(message: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=panic";
    const PARAMS: &[&str] = &["string8"];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[message])
}

/// Keeps any value until `kept` or `forget`.
pub fn keep(value: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=keep";
    const PARAMS: &[&str] = &["any"];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[value])
}

/// The last value passed to `keep`.
pub fn kept() -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=kept";
    const PARAMS: &[&str] = &[];
    const RETURNS: &[&str] = &["any"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[])
}

/// Drops the kept value.
pub fn forget() -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=forget";
    const PARAMS: &[&str] = &[];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[])
}

/// Calls a function with one argument.
pub fn call(function: Value, argument: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=call";
    const PARAMS: &[&str] = &["callable", "any"];
    const RETURNS: &[&str] = &["any"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[function, argument])
}

/// The same from a thread that the host has never seen.
pub fn call_on_thread(function: Value, argument: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=call_on_thread";
    const PARAMS: &[&str] = &["callable", "any"];
    const RETURNS: &[&str] = &["any"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[function, argument])
}

/// A function that adds to its argument.
pub fn make_adder(amount: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=make_adder";
    const PARAMS: &[&str] = &["int64"];
    const RETURNS: &[&str] = &["callable"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[amount])
}

/// Counts objects that others hold, of runtimes with this name prefix: 3, `openjdk 2, go 1`.
pub fn live_objects(owners: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=live_objects";
    const PARAMS: &[&str] = &["string8"];
    const RETURNS: &[&str] = &["int64", "string8"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[owners])
}

/// The arguments, whatever their types.
pub fn echo(values: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=echo";
    const PARAMS: &[&str] = &["any_array"];
    const RETURNS: &[&str] = &["any_array"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[values])
}

/// A counter.
pub fn counter_new(start: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=Counter.new";
    const PARAMS: &[&str] = &["int64"];
    const RETURNS: &[&str] = &["handle"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[start])
}

/// Adds one, and returns the new value.
pub fn counter_increment(this: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "callable=Counter.increment,instance_required";
    const PARAMS: &[&str] = &["handle"];
    const RETURNS: &[&str] = &["int64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[this])
}

/// The value.
pub fn counter_get_value(this: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "field=Counter.value,instance_required,getter";
    const PARAMS: &[&str] = &["handle"];
    const RETURNS: &[&str] = &["int64"];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[this])
}

/// Sets the value.
pub fn counter_set_value(this: Value, value: Value) -> Result<Vec<Value>, Error> {
    const ENTITY: &str = "field=Counter.value,instance_required,setter";
    const PARAMS: &[&str] = &["handle", "int64"];
    const RETURNS: &[&str] = &[];
    STUBS.call(ENTITY, PARAMS, RETURNS, &[this, value])
}
