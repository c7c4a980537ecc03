// Stubs of classes.py, a module of python3, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Classes: members of every kind, inheritance, protocols, generics.
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
        "classes", 1, "0.4.0";
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
        "classes.Drawable",
        /// What can be drawn.
        Drawable[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Drawable {
        /// Draw it.
        pub fn draw(&self, on: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=Drawable.draw,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), on)
            }
        }
    }

    stubs::interface! {
        /// The methods of a Rust value that implements [`Drawable`].
        DrawableMethods for Drawable {
            /// Draw it.
            "draw" => draw(on: String) -> ();
        }
    }

    stubs::class! {
        "classes.Shape",
        /// A shape.
        ///
        /// **Attributes**
        ///
        /// - name : str: What it is called.
        Shape[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Shape {
        pub const MOST: i64 = 5;

        /// Tell the area.
        pub fn area(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "callable=Shape.area,instance_required",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        pub fn len(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "callable=Shape.__len__,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        /// What it is called.
        pub fn name(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=Shape.name,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        /// What it is called.
        pub fn set_name(&self, value: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Shape.name,setter,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), value)
            }
        }

        pub fn count(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=Shape.count,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_count(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Shape.count,setter,instance_required",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }

        /// The title.
        pub fn title(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "attribute=Shape.title,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        /// The title.
        pub fn set_title(&self, value: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Shape.title,setter,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), value)
            }
        }

        /// Make one.
        pub fn made(name: &str) -> Result<Shape, stubs::Error> {
            stubs::call! { "callable=Shape.made", (&str) => (Shape = "classes.Shape"); (name) }
        }

        /// Tell the unit.
        pub fn unit() -> Result<f64, stubs::Error> {
            stubs::call! { "callable=Shape.unit", () => (f64); () }
        }

        pub fn sides() -> Result<i64, stubs::Error> {
            stubs::call! { "attribute=Shape.sides,getter", () => (i64); () }
        }

        pub fn set_sides(value: i64) -> Result<(), stubs::Error> {
            stubs::call! { "attribute=Shape.sides,setter", (i64) => (); (value) }
        }
    }

    stubs::class! {
        "classes.Shape.Corner",
        /// A corner of it.
        ShapeCorner[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl ShapeCorner {
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! {
                "callable=Shape.Corner",
                () => (ShapeCorner = "classes.Shape.Corner");
                ()
            }
        }

        /// Tell the shape.
        pub fn of(&self) -> Result<Option<Shape>, stubs::Error> {
            stubs::call! {
                "callable=Shape.Corner.of,instance_required",
                (&stubs::Handle) => (Option<Shape> = "classes.Shape");
                (self.handle())
            }
        }
    }

    stubs::class! {
        "classes.Circle",
        /// A circle.
        Circle[]: Shape;
        is [Shape, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Circle {
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! { "callable=Circle", () => (Circle = "classes.Circle"); () }
        }

        /// `new` with optional arguments.
        pub fn new_with() -> CircleNewWith {
            let given = stubs::Given::default();
            CircleNewWith(given)
        }

        /// Tell the area of the circle.
        pub fn area(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "callable=Circle.area,instance_required",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        /// End it.
        pub fn close(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=Circle.close,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        /// Make a larger one.
        pub fn grown(&self, by: f64) -> Result<Circle, stubs::Error> {
            stubs::call! {
                "callable=Circle.grown,instance_required",
                (&stubs::Handle, f64) => (Circle = "classes.Circle");
                (self.handle(), by)
            }
        }

        pub fn enter(&self) -> Result<Circle, stubs::Error> {
            stubs::call! {
                "callable=Circle.__enter__,instance_required",
                (&stubs::Handle) => (Circle = "classes.Circle");
                (self.handle())
            }
        }

        pub fn exit(&self, _unnamed: impl Into<stubs::Sequence>) -> Result<(), stubs::Error> {
            stubs::call! {
                "callable=Circle.__exit__,instance_required,varargs",
                (&stubs::Handle, Vec<stubs::Value>) => ();
                (self.handle(), stubs::all::<stubs::Sequence>(_unnamed))
            }
        }

        pub fn radius(&self) -> Result<f64, stubs::Error> {
            stubs::call! {
                "attribute=Circle.radius,getter,instance_required",
                (&stubs::Handle) => (f64);
                (self.handle())
            }
        }

        pub fn set_radius(&self, value: f64) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Circle.radius,setter,instance_required",
                (&stubs::Handle, f64) => ();
                (self.handle(), value)
            }
        }

        pub fn sides() -> Result<i64, stubs::Error> {
            stubs::call! { "attribute=Shape.sides,getter", () => (i64); () }
        }

        pub fn set_sides(value: i64) -> Result<(), stubs::Error> {
            stubs::call! { "attribute=Shape.sides,setter", (i64) => (); (value) }
        }
    }

    stubs::class! {
        "classes.Shapes",
        /// Gives its own parameter to bases that are not described.
        Shapes[S]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl<S: stubs::Element> Shapes<S> {
        pub fn new() -> Result<Self, stubs::Error> {
            let made = stubs::call! {
                "callable=Shapes",
                () => (stubs::Handle = "classes.Shapes");
                ()
            }?;
            Ok(stubs::Instance::from_handle(made))
        }

        pub fn first(&self) -> Result<S, stubs::Error> {
            let result = stubs::call! {
                "callable=Shapes.first,instance_required",
                (&stubs::Handle) => (stubs::Value);
                (self.handle())
            }?;
            stubs::lift(result)
        }

        pub fn top(&self) -> Result<Vec<S>, stubs::Error> {
            let result = stubs::call! {
                "callable=Shapes.top,instance_required",
                (&stubs::Handle) => (Vec<stubs::Value>);
                (self.handle())
            }?;
            stubs::lift_all(result)
        }

        pub fn items(&self) -> Result<Vec<S>, stubs::Error> {
            let result = stubs::call! {
                "attribute=Shapes.items,getter,instance_required",
                (&stubs::Handle) => (Vec<stubs::Value>);
                (self.handle())
            }?;
            stubs::lift_all(result)
        }

        pub fn set_items(
            &self,
            value: impl Into<stubs::Collection<S>>,
        ) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Shapes.items,setter,instance_required",
                (&stubs::Handle, Vec<stubs::Value>) => ();
                (self.handle(), stubs::all::<stubs::Collection<S>>(value))
            }
        }
    }

    stubs::class! {
        "classes.Box",
        /// Holds a value.
        Box[T]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Box {
        pub const KIND: &str = "box";
    }

    impl<T: stubs::Element> Box<T> {
        pub fn new(value: impl Into<T>) -> Result<Self, stubs::Error> {
            let made = stubs::call! {
                "callable=Box",
                (stubs::Value) => (stubs::Handle = "classes.Box");
                (stubs::any::<T>(value))
            }?;
            Ok(stubs::Instance::from_handle(made))
        }

        /// Give it back.
        pub fn get(&self) -> Result<T, stubs::Error> {
            let result = stubs::call! {
                "callable=Box.get,instance_required",
                (&stubs::Handle) => (stubs::Value);
                (self.handle())
            }?;
            stubs::lift(result)
        }

        pub fn value(&self) -> Result<T, stubs::Error> {
            let result = stubs::call! {
                "attribute=Box.value,getter,instance_required",
                (&stubs::Handle) => (stubs::Value);
                (self.handle())
            }?;
            stubs::lift(result)
        }

        pub fn set_value(&self, value: impl Into<T>) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=Box.value,setter,instance_required",
                (&stubs::Handle, stubs::Value) => ();
                (self.handle(), stubs::any::<T>(value))
            }
        }
    }

    stubs::class! {
        "classes.ShapeError",
        /// A shape that cannot be.
        ShapeError[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs ["classes.DeepError"];
    }

    impl ShapeError {
        pub fn new(code: i64) -> Result<Self, stubs::Error> {
            stubs::call! {
                "callable=ShapeError",
                (i64) => (ShapeError = "classes.ShapeError");
                (code)
            }
        }

        pub fn code(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "attribute=ShapeError.code,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_code(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "attribute=ShapeError.code,setter,instance_required",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }
    }

    stubs::class! {
        "classes.DeepError",
        /// A worse one.
        DeepError[]: ShapeError;
        is [ShapeError, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl DeepError {
        pub fn new(code: i64) -> Result<Self, stubs::Error> {
            stubs::call! {
                "callable=DeepError",
                (i64) => (DeepError = "classes.DeepError");
                (code)
            }
        }
    }

    /// Add the areas.
    pub fn total(shapes: &[&dyn stubs::Is<Shape>]) -> Result<f64, stubs::Error> {
        stubs::call! {
            "callable=total",
            (Vec<Option<stubs::Handle>> = "classes.Shape") => (f64);
            (stubs::references(shapes)?)
        }
    }

    /// `total` with optional arguments.
    pub fn total_with(shapes: &[&dyn stubs::Is<Shape>]) -> TotalWith {
        let given = stubs::Given::default();
        let given = stubs::pass! { given.at(0, stubs::values(shapes).map(Into::into)) };
        TotalWith(given)
    }

    /// Draw it.
    pub fn draw(what: &impl stubs::Is<Drawable>) -> Result<(), stubs::Error> {
        stubs::call! {
            "callable=draw",
            (stubs::Converted<Option<&stubs::Handle>> = "classes.Drawable") => ();
            (stubs::Converted(what.reference()?))
        }
    }

    /// `draw` with optional arguments.
    pub fn draw_with(what: &impl stubs::Is<Drawable>) -> DrawWith {
        let given = stubs::Given::default();
        let given = stubs::pass! { given.at(0, stubs::object(what)) };
        DrawWith(given)
    }

    /// Take an alias with its type argument, and give it without.
    pub fn paired(numbers: impl Into<stubs::Sequence>) -> Result<Vec<stubs::Value>, stubs::Error> {
        stubs::call! {
            "callable=paired",
            (Vec<stubs::Value>) => (Vec<stubs::Value>);
            (stubs::all::<stubs::Sequence>(numbers))
        }
    }

    /// Collects the arguments of `new`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct CircleNewWith(stubs::Given);

    impl CircleNewWith {
        pub fn radius(self, radius: f64) -> Self {
            let given = stubs::pass! { self.0.at(0, Ok(radius.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<Circle, stubs::Error> {
            let result = stubs::arguments! {
                self.0, stubs::Handle;
                "callable=Circle", false, false;
                "radius" = Some(stubs::Value::Float64(1.0));
            }?;
            Ok(stubs::Instance::from_handle(result))
        }
    }

    /// Collects the arguments of `total`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct TotalWith(stubs::Given);

    impl TotalWith {
        pub fn largest(self, largest: impl Into<stubs::Value>) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(largest.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<f64, stubs::Error> {
            let result = stubs::arguments! {
                self.0, f64;
                "callable=total", false, false;
                "shapes" = None;
                "largest" = Some(stubs::Value::Null);
            }?;
            Ok(result)
        }
    }

    /// Collects the arguments of `draw`; [`call`](Self::call) calls it.
    #[must_use = "nothing is called until `call`"]
    #[derive(Clone, Debug)]
    pub struct DrawWith(stubs::Given);

    impl DrawWith {
        pub fn on(self, on: &str) -> Self {
            let given = stubs::pass! { self.0.at(1, Ok(on.into())) };
            Self(given)
        }

        /// Calls it.
        pub fn call(self) -> Result<(), stubs::Error> {
            let _ = stubs::arguments! {
                self.0, stubs::Value;
                "callable=draw", false, false;
                "what" = None;
                "on" = Some("paper".into());
            }?;
            Ok(())
        }
    }
}
