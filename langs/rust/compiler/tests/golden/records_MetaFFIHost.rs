// Stubs of records.py, a module of python3, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Data classes, tuples with names, typed dicts, enums.
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
        "records", 1, "0.4.0";
        "callable=__mro__,instance_required", ["handle"], ["string8_array"];
        "callable=__str__,instance_required", ["handle"], ["string8"];
        "callable=__eq__,instance_required", ["handle", "any"], ["any"];
        "callable=__hash__,instance_required", ["handle"], ["int64"];
        "callable=__iter__,instance_required", ["handle"], ["any"];
        "callable=__next__,instance_required", ["handle"], ["any"];
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
        "records.Point",
        /// A point.
        Point[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Point {
        pub fn new(x: i64) -> Result<Self, stubs::Error> {
            Self::new_with(x).call()
        }

        /// `new` with optional arguments.
        pub fn new_with(x: i64) -> PointNewWith {
            let given = stubs::Given::default();
            let given = stubs::pass! { given.at(0, Ok(x.into())) };
            PointNewWith(given)
        }

        pub fn x(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=Point.x,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_x(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Point.x,setter,instance_required",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }

        pub fn y(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=Point.y,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_y(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Point.y,setter,instance_required",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }

        pub fn tags(&self) -> Result<Vec<String>, stubs::Error> {
            stubs::call! {
                "attribute=Point.tags,getter,instance_required",
                (&stubs::Handle) => (Vec<String>);
                (self.handle())
            }
        }

        pub fn set_tags(&self, value: &[&str]) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Point.tags,setter,instance_required",
                (&stubs::Handle, &[&str]) => ();
                (self.handle(), value)
            }
        }

        pub fn label(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=Point.label,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        pub fn set_label(&self, value: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Point.label,setter,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), value)
            }
        }

        pub fn scale() -> Result<i64, stubs::Error> {
            stubs::call! { "attribute=Point.scale,getter", () => (i64); () }
        }

        pub fn set_scale(value: i64) -> Result<(), stubs::Error> {
            stubs::call! { "attribute=Point.scale,setter", (i64) => (); (value) }
        }
    }

    stubs::class! {
        "records.Fixed",
        /// Stays as it is.
        Fixed[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Fixed {
        pub fn new(name: &str) -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Fixed", (&str) => (Fixed = "records.Fixed"); (name) }
        }

        /// `new` with optional arguments.
        pub fn new_with(name: &str) -> FixedNewWith {
            let given = stubs::Given::default();
            let given = stubs::pass! { given.at(0, Ok(name.into())) };
            FixedNewWith(given)
        }

        pub fn name(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=Fixed.name,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        pub fn size(&self) -> Result<Option<f64>, stubs::Error> {
            let result = stubs::call! {
                "attribute=Fixed.size,getter,instance_required",
                (&stubs::Handle) => (stubs::Converted<Option<f64>>);
                (self.handle())
            }?;
            Ok(result.0)
        }
    }

    stubs::class! {
        "records.Row",
        /// A row.
        Row[]: stubs::Reference;
        is [stubs::Reference];
        items [stubs::Value];
        entries [];
        heirs [];
    }

    impl Row {
        pub fn new(id: i64) -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Row", (i64) => (Row = "records.Row"); (id) }
        }

        /// `new` with optional arguments.
        pub fn new_with(id: i64) -> RowNewWith {
            let given = stubs::Given::default();
            let given = stubs::pass! { given.at(0, Ok(id.into())) };
            RowNewWith(given)
        }

        pub fn len(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "callable=Row.__len__,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        /// Return self\[key\].
        pub fn get_object(
            &self,
            key: &impl stubs::Is<stubs::Reference>,
        ) -> Result<Vec<stubs::Value>, stubs::Error> {
            stubs::call! {
                "callable=Row.__getitem__,instance_required",
                (&stubs::Handle, Option<&stubs::Handle> = "slice") => (Vec<stubs::Value>);
                (self.handle(), key.reference()?)
            }
        }

        /// Return self\[key\].
        pub fn get(&self, key: impl Into<stubs::Value>) -> Result<stubs::Value, stubs::Error> {
            stubs::call! {
                "callable=Row.__getitem__,instance_required",
                (&stubs::Handle, stubs::Value) => (stubs::Value);
                (self.handle(), key.into())
            }
        }

        pub fn contains(&self, key: impl Into<stubs::Value>) -> Result<bool, stubs::Error> {
            stubs::call! {
                "callable=Row.__contains__,instance_required",
                (&stubs::Handle, stubs::Value) => (bool);
                (self.handle(), key.into())
            }
        }

        pub fn id(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=Row.id,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn label(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=Row.label,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::walk! { Row, [], stubs::Value }

    stubs::choices! {
        "records.Color",
        /// Colours.
        Color {
            Red = "attribute=Color.RED,getter", "RED";
            Green = "attribute=Color.GREEN,getter", "GREEN";
        }
        is [stubs::Reference];
    }

    impl Color {
        /// Tell a brighter one.
        pub fn brighter(&self) -> Result<Color, stubs::Error> {
            stubs::call! {
                "callable=Color.brighter,instance_required",
                (&stubs::Handle) => (Color = "records.Color");
                (stubs::Instance::lend(self)?)
            }
        }

        pub fn name(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=name,getter,instance_required",
                (&stubs::Handle) => (String);
                (stubs::Instance::lend(self)?)
            }
        }

        pub fn value(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=value,getter,instance_required",
                (&stubs::Handle) => (i64);
                (stubs::Instance::lend(self)?)
            }
        }
    }

    /// Tell whose it is.
    pub fn owner<V: Into<stubs::Value>>(
        of: &impl stubs::Is<Point>,
        options: impl Into<stubs::Mapping<String, V>>,
    ) -> Result<i64, stubs::Error> {
        stubs::call! {
            "callable=owner",
            (Option<&stubs::Handle> = "records.Point", stubs::Value) => (i64);
            (of.reference()?, stubs::entries::<String, V>(options)?)
        }
    }

    /// `owner` with optional arguments.
    pub fn owner_with<V: Into<stubs::Value>>(
        of: &impl stubs::Is<Point>,
        options: impl Into<stubs::Mapping<String, V>>,
    ) -> OwnerWith {
        let given = stubs::Given::default();
        let given = stubs::pass! { given.at(0, stubs::object(of)) };
        let given = stubs::pass! { given.at(1, stubs::entries::<String, V>(options)) };
        OwnerWith(given)
    }

    /// Collects the arguments of `new`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct PointNewWith(stubs::Given);

    impl PointNewWith {
        pub fn y(self, y: i64) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(y.into())) };
            Self(given)
        }

        pub fn tags(self, tags: &[&str]) -> Self {
            let given = stubs::pass! { self.0.at(2, Ok(tags.to_vec().into())) };
            Self(given)
        }

        pub fn scale(self, scale: i64) -> Self {
            let given = stubs::pass! { self.0.at(3, Ok(scale.into())) };
            Self(given)
        }

        pub fn label(self, label: &str) -> Self {
            let given = stubs::pass! { self.0.named("label", Ok(label.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<Point, stubs::Error> {
            let result = stubs::arguments! {
                self.0, stubs::Handle;
                "callable=Point,named_args", false, true;
                "x" = None;
                "y" = Some(stubs::Value::Int64(0));
                "tags" = None;
                "scale" = Some(stubs::Value::Int64(1));
            }?;
            Ok(stubs::Instance::from_handle(result))
        }
    }

    /// Collects the arguments of `new`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct FixedNewWith(stubs::Given);

    impl FixedNewWith {
        pub fn size(self, size: f64) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(size.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<Fixed, stubs::Error> {
            let result = stubs::arguments! {
                self.0, stubs::Handle;
                "callable=Fixed", false, false;
                "name" = None;
                "size" = Some(stubs::Value::Null);
            }?;
            Ok(stubs::Instance::from_handle(result))
        }
    }

    /// Collects the arguments of `new`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct RowNewWith(stubs::Given);

    impl RowNewWith {
        pub fn label(self, label: &str) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(label.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<Row, stubs::Error> {
            let result = stubs::arguments! {
                self.0, stubs::Handle;
                "callable=Row", false, false;
                "id" = None;
                "label" = Some("none".into());
            }?;
            Ok(stubs::Instance::from_handle(result))
        }
    }

    /// Collects the arguments of `owner`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct OwnerWith(stubs::Given);

    impl OwnerWith {
        pub fn color(self, color: &impl stubs::Is<Color>) -> Self {
            let given = stubs::pass! { self.0.at(2, stubs::object(color)) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<i64, stubs::Error> {
            let result = stubs::arguments! {
                self.0, i64;
                "callable=owner", false, false;
                "of" = None;
                "options" = None;
                "color" = None;
            }?;
            Ok(result)
        }
    }
}
