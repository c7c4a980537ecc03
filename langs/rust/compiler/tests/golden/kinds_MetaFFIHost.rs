// Stubs of kinds, a module of go, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Package kinds has one of each kind of type.
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
        "kinds", 1, "0.4.0";
        none;
        "callable=*.ObjectText,instance_required", ["handle"], ["string8"];
        "callable=*.ObjectEqual,instance_required", ["handle", "any"], ["bool"];
        "callable=*.ObjectHash,instance_required", ["handle"], ["int64"];
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

    /// Half is a float.
    pub const HALF: f64 = 0.5;
    /// Red is a Color.
    pub const RED: Color = Color(1);

    stubs::class! {
        "Cell",
        /// Cell holds one value.
        Cell[T]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl<T: stubs::Element> Cell<T> {
        /// Get has another name for T.
        pub fn get(&self) -> Result<(T, Vec<T>), stubs::Error> {
            let (result_0, result_1) = stubs::call! {
                "callable=Cell.Get,instance_required",
                (&stubs::Handle) => (stubs::Value, Vec<stubs::Value>);
                (self.handle())
            }?;
            let result_0 = stubs::lift(result_0)?;
            let result_1 = stubs::lift_all(result_1)?;
            Ok((result_0, result_1))
        }

        pub fn value(&self) -> Result<T, stubs::Error> {
            let result = stubs::call! {
                "field=Cell.Value,instance_required,getter",
                (&stubs::Handle) => (stubs::Value);
                (self.handle())
            }?;
            stubs::lift(result)
        }

        pub fn set_value(&self, value: impl Into<T>) -> Result<(), stubs::Error> {
            stubs::call! {
                "field=Cell.Value,instance_required,setter",
                (&stubs::Handle, stubs::Value) => ();
                (self.handle(), stubs::any::<T>(value))
            }
        }
    }

    stubs::class! {
        "Cell[int]",
        /// Cell holds one value.
        CellInt[]: Cell<i64>;
        is [Cell<i64>, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl CellInt {
        /// EmptyStruct makes a zero Cell\[int\].
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Cell[int].EmptyStruct", () => (CellInt = "Cell[int]"); () }
        }

        /// Get has another name for T.
        pub fn get(&self) -> Result<(i64, Vec<i64>), stubs::Error> {
            stubs::call! {
                "callable=Cell[int].Get,instance_required",
                (&stubs::Handle) => (i64, Vec<i64>);
                (self.handle())
            }
        }

        pub fn value(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "field=Cell[int].Value,instance_required,getter",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_value(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "field=Cell[int].Value,instance_required,setter",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }
    }

    stubs::class! {
        "Cell[float64]",
        /// Cell holds one value.
        CellFloat64[]: Cell<f64>;
        is [Cell<f64>, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl CellFloat64 {
        /// EmptyStruct makes a zero Cell\[float64\].
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! {
                "callable=Cell[float64].EmptyStruct",
                () => (CellFloat64 = "Cell[float64]");
                ()
            }
        }

        /// Get has another name for T.
        pub fn get(&self) -> Result<(f64, Vec<f64>), stubs::Error> {
            stubs::call! {
                "callable=Cell[float64].Get,instance_required",
                (&stubs::Handle) => (f64, Vec<f64>);
                (self.handle())
            }
        }

        pub fn value(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "field=Cell[float64].Value,instance_required,getter",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        pub fn set_value(&self, value: f64) -> Result<(), stubs::Error> {
            stubs::call! {
                "field=Cell[float64].Value,instance_required,setter",
                (&stubs::Handle, f64) => ();
                (self.handle(), value)
            }
        }
    }

    stubs::value! {
        /// Color is a number with a name.
        Color(i64)
    }

    stubs::class! {
        "error",
        /// `error`.
        Error[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs ["Failure"];
    }

    impl Error {
        pub fn error(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "callable=error.Error,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::class! {
        "Failure",
        /// Failure can be raised.
        Failure[]: Error;
        is [Error, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Failure {
        /// EmptyStruct makes a zero Failure.
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Failure.EmptyStruct", () => (Failure = "Failure"); () }
        }

        /// Close closes it.
        ///
        /// # Errors
        ///
        /// - `error`
        pub fn close(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=Failure.Close,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        pub fn error(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "callable=Failure.Error,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::class! {
        "Handler",
        /// Handler is a named func type.
        Handler[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Handler {
        /// EmptyStruct makes a zero Handler.
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Handler.EmptyStruct", () => (Handler = "Handler"); () }
        }
    }

    stubs::class! {
        "Shape",
        /// Shape has an area, see Square.
        Shape[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Shape {
        pub fn area(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "callable=Shape.Area,instance_required",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }
    }

    stubs::interface! {
        /// The methods of a Rust value that implements [`Shape`].
        ShapeMethods for Shape {
            "Area" => area() -> f64;
        }
    }

    stubs::class! {
        "Square",
        /// Square is a Shape.
        Square[]: Shape;
        is [Shape, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Square {
        /// EmptyStruct makes a zero Square.
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Square.EmptyStruct", () => (Square = "Square"); () }
        }

        /// Area returns its area.
        pub fn area(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "callable=Square.Area,instance_required",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        /// Side is in metres.
        pub fn side(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "field=Square.Side,instance_required,getter",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        /// Side is in metres.
        pub fn set_side(&self, value: f64) -> Result<(), stubs::Error> {
            stubs::call! {
                "field=Square.Side,instance_required,setter",
                (&stubs::Handle, f64) => ();
                (self.handle(), value)
            }
        }
    }

    stubs::class! {
        "hidden",
        /// `hidden`.
        Hidden[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Hidden {
        /// Do is reachable.
        pub fn r#do(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=hidden.Do,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }
    }

    stubs::class! {
        "map[string][]*Square",
        /// `map[string][]*Square`.
        MapStringSquare[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [String, stubs::Value];
        heirs [];
    }

    impl MapStringSquare {
        pub fn map_len(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.MapLen,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn map_keys(&self) -> Result<Vec<String>, stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.MapKeys,instance_required",
                (&stubs::Handle) => (Vec<String>);
                (self.handle())
            }
        }

        pub fn map_has(&self, key: impl Into<stubs::Value>) -> Result<bool, stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.MapHas,instance_required",
                (&stubs::Handle, stubs::Value) => (bool);
                (self.handle(), key.into())
            }
        }

        pub fn map_index(&self, key: &str) -> Result<Vec<Square>, stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.MapIndex,instance_required",
                (&stubs::Handle, &str) => (Vec<Square> = "*Square");
                (self.handle(), key)
            }
        }

        pub fn set_map_index(
            &self,
            key: &str,
            value: &[&dyn stubs::Is<Square>],
        ) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.SetMapIndex,instance_required",
                (&stubs::Handle, &str, Vec<Option<stubs::Handle>> = "*Square") => ();
                (self.handle(), key, stubs::references(value)?)
            }
        }

        pub fn map_delete(&self, key: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=map[string][]*Square.MapDelete,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), key)
            }
        }
    }

    stubs::class! {
        "iterator[string]",
        /// `iterator[string]`.
        IteratorString[]: stubs::Reference;
        is [stubs::Reference];
        items [String];
        entries [];
        heirs [];
    }

    impl IteratorString {
        pub fn iterator_has_next(&self) -> Result<bool, stubs::Error> {
            stubs::call! {
                "callable=iterator[string].IteratorHasNext,instance_required",
                (&stubs::Handle) => (bool);
                (self.handle())
            }
        }

        pub fn iterator_next(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "callable=iterator[string].IteratorNext,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::iterate! {
        IteratorString, [], String;
        ; "callable=iterator[string].IteratorHasNext,instance_required"; "callable=iterator[string].IteratorNext,instance_required"
    }

    stubs::class! {
        "<-chan string",
        /// `<-chan string`.
        ChanString[]: stubs::Reference;
        is [stubs::Reference];
        items [String];
        entries [];
        heirs [];
    }

    impl ChanString {
        pub fn iterate(&self) -> Result<IteratorString, stubs::Error> {
            stubs::call! {
                "callable=<-chan string.Iterate,instance_required",
                (&stubs::Handle) => (IteratorString = "iterator[string]");
                (self.handle())
            }
        }
    }

    stubs::iterate! {
        ChanString, [], String;
        "callable=<-chan string.Iterate,instance_required"; "callable=iterator[string].IteratorHasNext,instance_required"; "callable=iterator[string].IteratorNext,instance_required"
    }

    /// Find returns nil if there is none.
    ///
    /// Deprecated: use Total.
    #[deprecated(note = "use Total.")]
    pub fn find<V: Into<stubs::Value>>(
        shapes: impl Into<stubs::Mapping<String, V>>,
        names: impl Into<stubs::Collection<String>>,
    ) -> Result<Option<Square>, stubs::Error> {
        stubs::call! {
            "callable=Find",
            (stubs::Value = "map[string][]*Square", stubs::Value = "<-chan string") => (Option<Square> = "*Square");
            (stubs::entries::<String, V>(shapes)?, stubs::any::<stubs::Collection<String>>(names))
        }
    }

    /// Handle takes funcs.
    ///
    /// # Errors
    ///
    /// - `error`
    pub fn handle<R: stubs::Returns<()>>(
        h: &impl stubs::Is<Handler>,
        also: impl Fn(Handler) -> R + Send + Sync + 'static,
    ) -> Result<(), stubs::Error> {
        let also = stubs::closure! { also(in_0: Handler) }?;
        stubs::call! {
            "callable=Handle",
            (stubs::Converted<Option<&stubs::Handle>> = "Handler", &stubs::Callable = "func(Handler) error") => ();
            (stubs::Converted(h.reference()?), &also)
        }
    }

    /// Hidden returns a value of a type without an exported name.
    pub fn hidden() -> Result<Hidden, stubs::Error> {
        stubs::call! { "callable=Hidden", () => (Hidden = "hidden"); () }
    }

    /// Last takes several values.
    pub fn last_int(of: &[i64]) -> Result<i64, stubs::Error> {
        stubs::call! { "callable=Last[int]", (&[i64]) => (i64); (of) }
    }

    /// Last takes several values.
    pub fn last_float64(of: &[f64]) -> Result<f64, stubs::Error> {
        stubs::call! { "callable=Last[float64]", (&[f64]) => (f64); (of) }
    }
}
