// Stubs of shop-1.2.jar, a module of openjdk, made by metaffi 0.4.0. Do not edit.

#[allow(unused_imports)]
pub use self::module::*;

/// Stubs of `shop`.
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
        "shop", 1, "0.4.0";
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
        "hidden.Inside",
        /// `hidden.Inside`.
        Inside[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Inside {
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=hidden.Inside,callable=<init>",
                () => (Inside = "hidden.Inside");
                ()
            }
        }

        pub fn answer() -> Result<i32, stubs::Error> {
            stubs::call! { "class=hidden.Inside,callable=answer", () => (i32); () }
        }
    }

    stubs::class! {
        "shop.Base",
        /// `shop.Base`.
        Base[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Base {
        pub fn describe(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "class=shop.Base,callable=describe,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::class! {
        "shop.Article",
        /// `shop.Article`.
        Article[]: Base;
        is [Base, stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Article {
        pub const MAX: i32 = 1000000;
        pub const MIN: i64 = -9223372036854775808;
        pub const NAME: &str = "größe 😀 =,";
        pub const OPEN: bool = true;

        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=<init>",
                () => (Article = "shop.Article");
                ()
            }
        }

        pub fn new_string(code: &str) -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=<init>",
                (&str) => (Article = "shop.Article");
                (code)
            }
        }

        pub fn bytes(
            &self,
            data: &[i8],
            letter: char,
            number: i16,
            ratio: f32,
            loud: bool,
        ) -> Result<Vec<i8>, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=bytes,instance_required",
                (&stubs::Handle, &[i8], stubs::Char16, i16, f32, bool) => (Vec<i8>);
                (self.handle(), data, stubs::Char16::try_from(letter)?, number, ratio, loud)
            }
        }

        pub fn names(&self, first: &str, more: &[&str]) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=names,instance_required",
                (&stubs::Handle, &str, &[&str]) => ();
                (self.handle(), first, more)
            }
        }

        pub fn boxed(
            &self,
            count: impl Into<stubs::Value>,
            price: impl Into<stubs::Value>,
            open: impl Into<stubs::Value>,
            any: impl Into<stubs::Value>,
            text: impl Into<stubs::Value>,
        ) -> Result<stubs::Value, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=boxed,instance_required",
                (&stubs::Handle, stubs::Value = "java.lang.Integer", stubs::Value = "java.lang.Long", stubs::Value = "java.lang.Boolean", stubs::Value, stubs::Value = "java.lang.CharSequence") => (stubs::Value);
                (self.handle(), count.into(), price.into(), open.into(), any.into(), text.into())
            }
        }

        pub fn sorted(
            &self,
            items: &impl stubs::Is<stubs::Reference>,
            extra: impl Into<stubs::Sequence>,
        ) -> Result<stubs::Reference, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=sorted,instance_required",
                (&stubs::Handle, Option<&stubs::Handle> = "java.util.Map", Vec<stubs::Value> = "java.lang.Comparable") => (stubs::Reference = "java.util.List");
                (self.handle(), items.reference()?, stubs::all::<stubs::Sequence>(extra))
            }
        }

        pub fn table(
            &self,
            cube: &[Vec<Vec<i32>>],
            articles: &[&dyn stubs::Is<Article>],
            mixed: impl Into<stubs::Sequence>,
            boxes: impl Into<stubs::Sequence>,
        ) -> Result<Vec<Vec<String>>, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=table,instance_required",
                (&stubs::Handle, &[Vec<Vec<i32>>], Vec<Option<stubs::Handle>> = "shop.Article", Vec<stubs::Value>, Vec<stubs::Value> = "java.lang.Integer") => (Vec<Vec<String>>);
                (self.handle(), cube, stubs::references(articles)?, stubs::all::<stubs::Sequence>(mixed), stubs::all::<stubs::Sequence>(boxes))
            }
        }

        pub fn print(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=print,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        pub fn print_string(&self, text: &str) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=print,instance_required",
                (&stubs::Handle, &str) => ();
                (self.handle(), text)
            }
        }

        /// # Errors
        ///
        /// - `java.io.IOException`
        /// - `java.lang.IllegalStateException`
        pub fn print_any(&self, value: impl Into<stubs::Value>) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=print,instance_required",
                (&stubs::Handle, stubs::Value) => ();
                (self.handle(), value.into())
            }
        }

        #[deprecated]
        pub fn fold(
            &self,
            operator: &impl stubs::Is<stubs::Reference>,
        ) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=fold,instance_required",
                (&stubs::Handle, Option<&stubs::Handle> = "java.util.function.IntBinaryOperator") => (i32);
                (self.handle(), operator.reference()?)
            }
        }

        pub fn compare_to(&self, other: &impl stubs::Is<Article>) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=compareTo,instance_required",
                (&stubs::Handle, Option<&stubs::Handle> = "shop.Article") => (i32);
                (self.handle(), other.reference()?)
            }
        }

        pub fn close(&self) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=close,instance_required",
                (&stubs::Handle) => ();
                (self.handle())
            }
        }

        pub fn task(&self) -> Result<stubs::Reference, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=task,instance_required",
                (&stubs::Handle) => (stubs::Reference = "java.lang.Runnable");
                (self.handle())
            }
        }

        pub fn stock(&self, least: i32) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=stock,instance_required",
                (&stubs::Handle, i32) => (i32);
                (self.handle(), least)
            }
        }

        pub fn counted(&self) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=counted,instance_required",
                (&stubs::Handle) => (i32);
                (self.handle())
            }
        }

        pub fn code(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=code,getter,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        pub fn price(&self) -> Result<i64, stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=price,getter,instance_required",
                (&stubs::Handle) => (i64);
                (self.handle())
            }
        }

        pub fn set_price(&self, value: i64) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=price,setter,instance_required",
                (&stubs::Handle, i64) => ();
                (self.handle(), value)
            }
        }

        pub fn amount(&self) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=amount,getter,instance_required",
                (&stubs::Handle) => (i32);
                (self.handle())
            }
        }

        pub fn set_amount(&self, value: i32) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=amount,setter,instance_required",
                (&stubs::Handle, i32) => ();
                (self.handle(), value)
            }
        }

        pub fn find(
            code: &str,
            limit: i64,
            share: f64,
            last: i32,
        ) -> Result<Article, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=find",
                (&str, i64, f64, i32) => (Article = "shop.Article");
                (code, limit, share, last)
            }
        }

        pub fn print_(times: i32) -> Result<(), stubs::Error> {
            stubs::call! { "class=shop.Article,callable=print", (i32) => (); (times) }
        }

        pub fn empty() -> Result<stubs::Reference, stubs::Error> {
            stubs::call! {
                "class=shop.Article,callable=empty",
                () => (stubs::Reference = "shop.Stocked");
                ()
            }
        }

        pub fn euro() -> Result<char, stubs::Error> {
            let result = stubs::call! {
                "class=shop.Article,field=EURO,getter",
                () => (stubs::Char16);
                ()
            }?;
            Ok(char::from(result))
        }

        pub fn nothing() -> Result<f64, stubs::Error> {
            stubs::call! { "class=shop.Article,field=NOTHING,getter", () => (f64); () }
        }

        pub fn limit() -> Result<f32, stubs::Error> {
            stubs::call! { "class=shop.Article,field=LIMIT,getter", () => (f32); () }
        }

        pub fn none() -> Result<Article, stubs::Error> {
            stubs::call! {
                "class=shop.Article,field=NONE,getter",
                () => (Article = "shop.Article");
                ()
            }
        }

        pub fn count() -> Result<i32, stubs::Error> {
            stubs::call! { "class=shop.Article,field=count,getter", () => (i32); () }
        }

        pub fn set_count(value: i32) -> Result<(), stubs::Error> {
            stubs::call! { "class=shop.Article,field=count,setter", (i32) => (); (value) }
        }
    }

    stubs::class! {
        "shop.Article$Part",
        /// `shop.Article$Part`.
        ArticlePart[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl ArticlePart {
        pub fn new() -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=shop.Article$Part,callable=<init>",
                () => (ArticlePart = "shop.Article$Part");
                ()
            }
        }
    }

    stubs::class! {
        "shop.Article$Part$Inner",
        /// `shop.Article$Part$Inner`.
        ArticlePartInner[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl ArticlePartInner {
        pub fn new(this_0: &impl stubs::Is<ArticlePart>) -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=shop.Article$Part$Inner,callable=<init>",
                (Option<&stubs::Handle> = "shop.Article$Part") => (ArticlePartInner = "shop.Article$Part$Inner");
                (this_0.reference()?)
            }
        }

        pub fn depth(&self, level: i32) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Article$Part$Inner,callable=depth,instance_required",
                (&stubs::Handle, i32) => (i32);
                (self.handle(), level)
            }
        }
    }

    stubs::class! {
        "shop.Marked",
        /// `shop.Marked`.
        Marked[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Marked {
        pub fn value(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "class=shop.Marked,callable=value,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }
    }

    stubs::class! {
        "shop.Point",
        /// `shop.Point`.
        Point[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Point {
        pub fn new(x: i32, others: &[f64]) -> Result<Self, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=<init>",
                (i32, &[f64]) => (Point = "shop.Point");
                (x, others)
            }
        }

        pub fn to_string_(&self) -> Result<String, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=toString,instance_required",
                (&stubs::Handle) => (String);
                (self.handle())
            }
        }

        pub fn hash_code(&self) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=hashCode,instance_required",
                (&stubs::Handle) => (i32);
                (self.handle())
            }
        }

        pub fn equals(&self, o: impl Into<stubs::Value>) -> Result<bool, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=equals,instance_required",
                (&stubs::Handle, stubs::Value) => (bool);
                (self.handle(), o.into())
            }
        }

        pub fn x(&self) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=x,instance_required",
                (&stubs::Handle) => (i32);
                (self.handle())
            }
        }

        pub fn others(&self) -> Result<Vec<f64>, stubs::Error> {
            stubs::call! {
                "class=shop.Point,callable=others,instance_required",
                (&stubs::Handle) => (Vec<f64>);
                (self.handle())
            }
        }
    }

    stubs::class! {
        "shop.Size",
        /// `shop.Size`.
        Size[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Size {
        pub fn rank(&self) -> Result<i32, stubs::Error> {
            stubs::call! {
                "class=shop.Size,callable=rank,instance_required",
                (&stubs::Handle) => (i32);
                (self.handle())
            }
        }

        pub fn values() -> Result<Vec<Size>, stubs::Error> {
            stubs::call! { "class=shop.Size,callable=values", () => (Vec<Size> = "shop.Size"); () }
        }

        pub fn value_of(name: &str) -> Result<Size, stubs::Error> {
            stubs::call! {
                "class=shop.Size,callable=valueOf",
                (&str) => (Size = "shop.Size");
                (name)
            }
        }

        pub fn small() -> Result<Size, stubs::Error> {
            stubs::call! { "class=shop.Size,field=SMALL,getter", () => (Size = "shop.Size"); () }
        }

        pub fn large() -> Result<Size, stubs::Error> {
            stubs::call! { "class=shop.Size,field=LARGE,getter", () => (Size = "shop.Size"); () }
        }
    }

    stubs::class! {
        "shop.Visitor",
        /// `shop.Visitor`.
        Visitor[]: stubs::Reference;
        is [stubs::Reference];
        items [];
        entries [];
        heirs [];
    }

    impl Visitor {
        pub const DEPTH: i32 = 3;

        pub fn visit(
            &self,
            element: impl Into<stubs::Value>,
            depth: i64,
        ) -> Result<stubs::Value, stubs::Error> {
            stubs::call! {
                "class=shop.Visitor,callable=visit,instance_required",
                (&stubs::Handle, stubs::Value, i64) => (stubs::Value);
                (self.handle(), element.into(), depth)
            }
        }

        pub fn leave(&self, element: impl Into<stubs::Value>) -> Result<(), stubs::Error> {
            stubs::call! {
                "class=shop.Visitor,callable=leave,instance_required",
                (&stubs::Handle, stubs::Value) => ();
                (self.handle(), element.into())
            }
        }

        pub fn none() -> Result<Visitor, stubs::Error> {
            stubs::call! {
                "class=shop.Visitor,callable=none",
                () => (Visitor = "shop.Visitor");
                ()
            }
        }
    }
}
