// Stubs of names.x, a module of x, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Stubs of `names`.
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
        "names", 1, "0.4.0";
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
        "names.Client",
        /// A class with members that are called like types,
        ///
        /// and an indented line.
        Client[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Client {
        pub fn empty() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Client.Empty", () => (Client = "names.Client"); () }
        }

        pub fn new(name: &str) -> Result<Self, stubs::Error> {
            stubs::call! { "callable=NewClient", (&str) => (Client = "names.Client"); (name) }
        }

        /// Ends with "quotes"
        pub fn conn(&self, conn: &impl stubs::Is<Conn>) -> Result<Conn, stubs::Error> {
            stubs::call! {
                "class=names.Client,callable=Conn,instance_required",
                (&stubs::Handle, Option<&stubs::Handle> = "names.Conn") => (Conn = "names.Conn");
                (self.handle(), conn.reference()?)
            }
        }

        pub fn list(&self) -> Result<Vec<Conn>, stubs::Error> {
            stubs::call! {
                "class=names.Client,callable=list,instance_required",
                (&stubs::Handle) => (Vec<Conn> = "names.Conn");
                (self.handle())
            }
        }

        pub fn close(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=names.Client,callable=close,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        pub fn init(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=names.Client,callable=__init__,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        pub fn conn_(&self) -> Result<stubs::Value, stubs::Error> {
            stubs::call! {
                "class=names.Client,field=Conn,getter,instance_required",
                (&stubs::Handle) => (stubs::Value);
                (self.handle())
            }
        }

        pub fn set_conn(&self, value: &stubs::Callable) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=names.Client,field=Conn,setter,instance_required",
                (&stubs::Handle, &stubs::Callable) => ();
                (self.handle(), value)
            }
        }

        pub fn property(names: &[&str]) -> Result<Vec<String>, stubs::Error> {
            stubs::call! {
                "class=names.Client,callable=property",
                (&[&str]) => (Vec<String>);
                (names)
            }
        }
    }

    stubs::class! {
        "names.Conn",
        /// `names.Conn`.
        Conn[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    stubs::class! {
        "names.deep.Client",
        /// The same name, deeper.
        DeepClient[]: Client;
        is [Client, Conn, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    /// Keywords get an underscore, "quotes" and \ stay: """
    ///
    /// # Arguments
    ///
    /// - `from`: where it begins
    /// - `größe`: any letter
    pub fn import(
        from: &str,
        class: i64,
        self__: bool,
        __x: f64,
        _unnamed: impl Into<stubs::Value>,
        any: impl Into<stubs::Value>,
        größe: char,
    ) -> Result<String, stubs::Error> {
        stubs::call! {
            "callable=import",
            (&str, i64, bool, f64, stubs::Value, stubs::Value, char) => (String);
            (from, class, self__, __x, _unnamed.into(), any.into(), größe)
        }
    }

    /// A function that is called like a type.
    #[deprecated(note = "use `text`")]
    pub fn str(value: &str) -> Result<String, stubs::Error> {
        stubs::call! { "callable=str", (&str) => (String); (value) }
    }

    pub fn overload_int64(value: i64) -> Result<(), stubs::Error> {
        stubs::call! { "callable=overload", (i64) => (); (value) }
    }

    pub fn overload_string(value: &str) -> Result<Conn, stubs::Error> {
        stubs::call! { "callable=overload", (&str) => (Conn = "names.Conn"); (value) }
    }

    pub fn bind_module_to_code_() -> Result<(), stubs::Error> {
        stubs::call! { "callable=bind_module_to_code", () => (); () }
    }

    pub fn _stubs() -> Result<(), stubs::Error> {
        stubs::call! { "callable=_stubs", () => (); () }
    }

    /// Defaults that Python can write are written.
    pub fn default(a: i64) -> Result<i64, stubs::Error> {
        stubs::call! { "callable=default", (i64) => (i64); (a) }
    }

    /// `default` with optional arguments.
    pub fn default_with(a: i64) -> DefaultWith {
        let given = stubs::Given::default();
        let given = stubs::pass! { given.at(0, Ok(a.into())) };
        DefaultWith(given)
    }

    /// The others are left out of the call.
    pub fn optional(a: i64) -> Result<i64, stubs::Error> {
        stubs::call! { "callable=optional", (i64) => (i64); (a) }
    }

    /// `optional` with optional arguments.
    pub fn optional_with(a: i64) -> OptionalWith {
        let given = stubs::Given::default();
        let given = stubs::pass! { given.at(0, Ok(a.into())) };
        OptionalWith(given)
    }

    pub fn results(
        matrix: &[Vec<f64>],
    ) -> Result<(i64, Vec<Conn>, stubs::Value, Vec<u8>, Vec<Vec<u8>>), stubs::Error> {
        stubs::call! {
            "callable=results",
            (&[Vec<f64>]) => (i64, Vec<Conn> = "names.Conn", stubs::Value, Vec<u8>, Vec<Vec<u8>>);
            (matrix)
        }
    }

    /// How much.
    pub fn get_limit() -> Result<u64, stubs::Error> {
        stubs::call! { "global=Limit,getter", () => (u64); () }
    }

    /// # Arguments
    ///
    /// - `value`: How much.
    pub fn set_limit(value: u64) -> Result<(), stubs::Error> {
        stubs::call! { "global=Limit,setter", (u64) => (); (value) }
    }

    /// Collects the arguments of `default`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct DefaultWith(stubs::Given);

    impl DefaultWith {
        pub fn b(self, b: i64) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(b.into())) };
            Self(given)
        }

        pub fn c(self, c: &str) -> Self {
            let given = stubs::pass! { self.0.at(2, Ok(c.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<i64, stubs::Error> {
            let result = stubs::arguments! {
                self.0, i64;
                "callable=default", false, false;
                "a" = None;
                "b" = Some(stubs::Value::Int64(-1));
                "c" = None;
            }?;
            Ok(result)
        }
    }

    /// Collects the arguments of `optional`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct OptionalWith(stubs::Given);

    impl OptionalWith {
        pub fn b(self, b: impl Into<stubs::Value>) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(b.into())) };
            Self(given)
        }

        pub fn c(self, c: i64) -> Self {
            let given = stubs::pass! { self.0.at(2, Ok(c.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<i64, stubs::Error> {
            let result = stubs::arguments! {
                self.0, i64;
                "callable=optional", false, false;
                "a" = None;
                "b" = None;
                "c" = Some(stubs::Value::Int64(5));
            }?;
            Ok(result)
        }
    }
}
