// Stubs of loopback, a module of loopback, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Stubs of `loopback`.
// The whole library is here, with names and signatures from another language.
#[allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#[allow(
    unreachable_pub,
    clippy::approx_constant,
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::enum_variant_names,
    clippy::len_without_is_empty,
    clippy::new_ret_no_self,
    clippy::self_named_constructors,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    clippy::upper_case_acronyms,
    clippy::wrong_self_convention
)]
mod module {
    use metaffi::stubs;

    stubs::module! {
        "loopback", 1, "0.4.0";
        none;
        none;
        none;
        none;
        none;
        none;
    }

    /// Binds these stubs to their code. Before that, every call fails.
    ///
    /// # Errors
    /// If there is no such module or runtime, or the stubs are for another version of the API.
    pub fn bind_module_to_code(
        module_path: &str,
        runtime_plugin: &str,
    ) -> Result<(), stubs::Error> {
        MODULE.bind(module_path, runtime_plugin)
    }

    stubs::class! {
        "Counter",
        /// `Counter`.
        Counter[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Counter {
        /// A counter.
        pub fn new(start: i64) -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Counter.new", (i64) => (Counter = "Counter"); (start) }
        }

        /// Adds one, and returns the new value.
        pub fn increment(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "callable=Counter.increment,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        /// The value.
        pub fn value(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "field=Counter.value,instance_required,getter",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        /// Sets the value.
        pub fn set_value(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "field=Counter.value,instance_required,setter",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }
    }

    /// Does nothing.
    pub fn void() -> Result<(), stubs::Error> {
        stubs::call! { "callable=void", () => (); () }
    }

    /// The sum of two integers; wraps at 64 bits.
    pub fn add(a: i64, b: i64) -> Result<i64, stubs::Error> {
        stubs::call! { "callable=add", (i64, i64) => (i64); (a, b) }
    }

    /// The same integer.
    pub fn echo_int64(value: i64) -> Result<i64, stubs::Error> {
        stubs::call! { "callable=echo_int64", (i64) => (i64); (value) }
    }

    /// The same text.
    pub fn echo_string(text: &str) -> Result<String, stubs::Error> {
        stubs::call! { "callable=echo_string", (&str) => (String); (text) }
    }

    /// Both texts, one after the other.
    pub fn concat(left: &str, right: &str) -> Result<String, stubs::Error> {
        stubs::call! { "callable=concat", (&str, &str) => (String); (left, right) }
    }

    /// Quotient and remainder; fails with loopback.DivisionByZero.
    pub fn divide(a: i64, b: i64) -> Result<(i64, i64), stubs::Error> {
        stubs::call! { "callable=divide", (i64, i64) => (i64, i64); (a, b) }
    }

    /// The sum of the elements.
    pub fn sum(values: &[f64]) -> Result<f64, stubs::Error> {
        stubs::call! { "callable=sum", (&[f64]) => (f64); (values) }
    }

    /// 0 to count-1, as one buffer without a copy.
    pub fn range(count: i64) -> Result<Vec<i64>, stubs::Error> {
        stubs::call! { "callable=range", (i64) => (Vec<i64>); (count) }
    }

    /// Fails with loopback.Failure, caused by loopback.Cause.
    pub fn fail(message: &str) -> Result<(), stubs::Error> {
        stubs::call! { "callable=fail", (&str) => (); (message) }
    }

    /// Panics.
    pub fn panic(message: &str) -> Result<(), stubs::Error> {
        stubs::call! { "callable=panic", (&str) => (); (message) }
    }

    /// Keeps any value until `kept` or `forget`.
    pub fn keep(value: impl Into<stubs::Value>) -> Result<(), stubs::Error> {
        stubs::call! { "callable=keep", (stubs::Value) => (); (value.into()) }
    }

    /// The last value passed to `keep`.
    pub fn kept() -> Result<stubs::Value, stubs::Error> {
        stubs::call! { "callable=kept", () => (stubs::Value); () }
    }

    /// Drops the kept value.
    pub fn forget() -> Result<(), stubs::Error> {
        stubs::call! { "callable=forget", () => (); () }
    }

    /// Calls a function with one argument.
    pub fn call(
        function: &stubs::Callable,
        argument: impl Into<stubs::Value>,
    ) -> Result<stubs::Value, stubs::Error> {
        stubs::call! {
            "callable=call",
            (&stubs::Callable, stubs::Value) => (stubs::Value);
            (function, argument.into())
        }
    }

    /// The same from a thread that the host has never seen.
    pub fn call_on_thread(
        function: &stubs::Callable,
        argument: impl Into<stubs::Value>,
    ) -> Result<stubs::Value, stubs::Error> {
        stubs::call! {
            "callable=call_on_thread",
            (&stubs::Callable, stubs::Value) => (stubs::Value);
            (function, argument.into())
        }
    }

    /// A function that adds to its argument.
    pub fn make_adder(amount: i64) -> Result<stubs::Value, stubs::Error> {
        stubs::call! { "callable=make_adder", (i64) => (stubs::Value); (amount) }
    }

    /// Counts objects that others hold, of runtimes with this name prefix: 3, `openjdk 2, go 1`.
    pub fn live_objects(owners: &str) -> Result<(i64, String), stubs::Error> {
        stubs::call! { "callable=live_objects", (&str) => (i64, String); (owners) }
    }

    /// The arguments, whatever their types.
    pub fn echo(values: impl Into<stubs::Sequence>) -> Result<Vec<stubs::Value>, stubs::Error> {
        stubs::call! {
            "callable=echo",
            (Vec<stubs::Value>) => (Vec<stubs::Value>);
            (stubs::all::<stubs::Sequence>(values))
        }
    }
}
