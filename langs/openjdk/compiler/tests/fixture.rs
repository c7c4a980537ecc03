//! Everything that the fixtures' classes offer, and nothing that they hide.

mod support;

use std::path::Path;
use std::sync::LazyLock;

use metaffi_compiler::{GuestArtifact, Options, Reader, Request, Silent};
use metaffi_idl::{Class, Idl, Parameter, Passing, TypeParameter};
use metaffi_openjdk_compiler::OpenJdk;
use support::{class, compiled, extract, fixtures};

/// The fixtures with the options that most tests use, compiled once.
static FIXTURES: LazyLock<Idl> =
    LazyLock::new(|| extract(fixtures(&["-g"]).path().join("classes")));

/// One line for each callable, as `metaffi inspect` shows it.
fn lines(idl: &Idl, class: &str) -> String {
    let of_class = idl.callables().filter(|c| c.class.is_some_and(|c| c.name == class));
    of_class
        .map(|c| format!("{} | {}", c.signature(), c.entity_path()))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The kind of a class, its bases, and its outer class.
fn described(class: &Class) -> String {
    let bases: Vec<String> = class.bases.iter().map(ToString::to_string).collect();
    let is_abstract = if class.is_abstract { "abstract " } else { "" };
    let outer = class.outer.iter().map(|outer| format!(" in {outer}"));
    let tags = class.tags.iter().map(|(name, value)| format!(" {name}={value}"));
    let more: String = outer.chain(tags).collect();
    format!("{is_abstract}{:?} of {bases:?}{more}", class.kind)
}

#[test]
fn a_class_with_all_kinds_of_members() {
    let idl = &*FIXTURES;
    insta::assert_snapshot!(lines(idl, "Article"), @r#"
        <init>() -> handle<shop.Article> | class=shop.Article,callable=<init>
        <init>(code: string8) -> handle<shop.Article> | class=shop.Article,callable=<init>
        find(code: string8, limit: int64, share: float64, last: int32) -> handle<shop.Article> | class=shop.Article,callable=find
        bytes(this: handle, data: uint8_array, letter: char16, number: int16, ratio: float32, loud: bool) -> uint8_array | class=shop.Article,callable=bytes,instance_required
        names(this: handle, first: string8, more: string8_array) | class=shop.Article,callable=names,instance_required
        boxed(this: handle, count: any<java.lang.Integer>, price: any<java.lang.Long>, open: any<java.lang.Boolean>, any: any, text: any<java.lang.CharSequence>) -> any | class=shop.Article,callable=boxed,instance_required
        sorted(this: handle, items: handle<java.util.Map>, extra: any_array<java.lang.Comparable>) -> handle<java.util.List> | class=shop.Article,callable=sorted,instance_required
        table(this: handle, cube: int32_array[3], articles: handle_array<shop.Article>, mixed: any_array, boxes: any_array<java.lang.Integer>) -> string8_array[2] | class=shop.Article,callable=table,instance_required
        print(this: handle) | class=shop.Article,callable=print,instance_required
        print(this: handle, text: string8) | class=shop.Article,callable=print,instance_required
        print(this: handle, value: any) | class=shop.Article,callable=print,instance_required
        print(times: int32) | class=shop.Article,callable=print
        fold(this: handle, operator: handle<java.util.function.IntBinaryOperator>) -> int32 | class=shop.Article,callable=fold,instance_required
        compareTo(this: handle, other: handle<shop.Article>) -> int32 | class=shop.Article,callable=compareTo,instance_required
        close(this: handle) | class=shop.Article,callable=close,instance_required
        task(this: handle) -> handle<java.lang.Runnable> | class=shop.Article,callable=task,instance_required
        stock(this: handle, least: int32) -> int32 | class=shop.Article,callable=stock,instance_required
        empty() -> handle<shop.Stocked> | class=shop.Article,callable=empty
        counted(this: handle) -> int32 | class=shop.Article,callable=counted,instance_required
        MAX() -> int32 | class=shop.Article,field=MAX,getter
        MIN() -> int64 | class=shop.Article,field=MIN,getter
        NAME() -> string8 | class=shop.Article,field=NAME,getter
        EURO() -> char16 | class=shop.Article,field=EURO,getter
        OPEN() -> bool | class=shop.Article,field=OPEN,getter
        NOTHING() -> float64 | class=shop.Article,field=NOTHING,getter
        LIMIT() -> float32 | class=shop.Article,field=LIMIT,getter
        NONE() -> handle<shop.Article> | class=shop.Article,field=NONE,getter
        count() -> int32 | class=shop.Article,field=count,getter
        count(value: int32) | class=shop.Article,field=count,setter
        code(this: handle) -> string8 | class=shop.Article,field=code,getter,instance_required
        price(this: handle) -> int64 | class=shop.Article,field=price,getter,instance_required
        price(this: handle, value: int64) | class=shop.Article,field=price,setter,instance_required
        amount(this: handle) -> int32 | class=shop.Article,field=amount,getter,instance_required
        amount(this: handle, value: int32) | class=shop.Article,field=amount,setter,instance_required
    "#);
}

#[test]
fn every_visible_class_and_its_kind() {
    let idl = &*FIXTURES;
    let mut found = Vec::new();
    for module in &idl.modules {
        if module.is_external {
            let names = module.classes.iter().map(|class| class.name.as_str());
            let names = names.collect::<Vec<_>>().join(" ");
            found.push(format!("elsewhere {}: {names}", module.name));
            continue;
        }
        found.push(format!("{} {:?}", module.name, module.tags));
        let class = |class: &Class| {
            format!("  {} ({}) {}", class.name, class.entity_path, described(class))
        };
        found.extend(module.classes.iter().map(class));
    }
    insta::assert_snapshot!(found.join("\n"), @r#"
        hidden {"internal": "", "package": "hidden"}
          Inside (class=hidden.Inside) Class of ["java.lang.Object"]
        shop {"package": "shop"}
          Article (class=shop.Article) Class of ["shop.Base", "java.lang.Comparable<shop.Article>", "java.lang.AutoCloseable", "java.io.Serializable"]
          Article$Part (class=shop.Article$Part) Class of ["java.lang.Object"] in shop.Article
          Article$Part$Inner (class=shop.Article$Part$Inner) Class of ["java.lang.Object"] in shop.Article$Part
          Base (class=shop.Base) abstract Class of ["java.lang.Object"]
          Marked (class=shop.Marked) abstract Interface of ["java.lang.annotation.Annotation"] annotation=
          Point (class=shop.Point) Record of ["java.lang.Record"]
          Size (class=shop.Size) Enum of ["java.lang.Enum<shop.Size>"]
          Visitor (class=shop.Visitor) abstract Interface of ["java.lang.Object"]
        elsewhere java.io: IOException Serializable UnsupportedEncodingException
        elsewhere java.lang: AutoCloseable Boolean CharSequence Class Comparable Double Enum Enum$EnumDesc Exception IllegalArgumentException IllegalStateException Integer InterruptedException Iterable Long Number NumberFormatException Object Record ReflectiveOperationException Runnable RuntimeException StackTraceElement String Throwable
        elsewhere java.lang.annotation: Annotation
        elsewhere java.lang.constant: Constable ConstantDesc DynamicConstantDesc
        elsewhere java.lang.invoke: TypeDescriptor TypeDescriptor$OfField
        elsewhere java.lang.reflect: AnnotatedElement GenericDeclaration Type
        elsewhere java.util: Collection Comparator DoubleSummaryStatistics IntSummaryStatistics Iterator List ListIterator LongSummaryStatistics Map Map$Entry Optional OptionalDouble OptionalInt OptionalLong PrimitiveIterator PrimitiveIterator$OfDouble PrimitiveIterator$OfInt PrimitiveIterator$OfLong Set Spliterator Spliterator$OfDouble Spliterator$OfInt Spliterator$OfLong Spliterator$OfPrimitive
        elsewhere java.util.function: Consumer DoubleConsumer IntBinaryOperator IntConsumer LongConsumer
        elsewhere java.util.stream: BaseStream DoubleStream DoubleStream$Builder IntStream IntStream$Builder LongStream LongStream$Builder Stream Stream$Builder
    "#);
}

#[test]
fn nested_enum_interface_record_and_annotation() {
    let idl = &*FIXTURES;
    let kinds = ["Article$Part$Inner", "Size", "Visitor", "Point", "Marked"];
    let all: Vec<String> = kinds.iter().map(|class| lines(idl, class)).collect();
    insta::assert_snapshot!(all.join("\n\n"), @r#"
        <init>(this$0: handle<shop.Article$Part>) -> handle<shop.Article$Part$Inner> | class=shop.Article$Part$Inner,callable=<init>
        depth(this: handle, level: int32) -> int32 | class=shop.Article$Part$Inner,callable=depth,instance_required

        values() -> handle_array<shop.Size> | class=shop.Size,callable=values
        valueOf(name: string8) -> handle<shop.Size> | class=shop.Size,callable=valueOf
        rank(this: handle) -> int32 | class=shop.Size,callable=rank,instance_required
        SMALL() -> handle<shop.Size> | class=shop.Size,field=SMALL,getter
        LARGE() -> handle<shop.Size> | class=shop.Size,field=LARGE,getter

        visit(this: handle, arg0: any, arg1: int64) -> any | class=shop.Visitor,callable=visit,instance_required
        leave(this: handle, element: any) | class=shop.Visitor,callable=leave,instance_required
        none() -> handle<shop.Visitor> | class=shop.Visitor,callable=none
        DEPTH() -> int32 | class=shop.Visitor,field=DEPTH,getter

        <init>(x: int32, others: float64_array) -> handle<shop.Point> | class=shop.Point,callable=<init>
        toString(this: handle) -> string8 | class=shop.Point,callable=toString,instance_required
        hashCode(this: handle) -> int32 | class=shop.Point,callable=hashCode,instance_required
        equals(this: handle, o: any) -> bool | class=shop.Point,callable=equals,instance_required
        x(this: handle) -> int32 | class=shop.Point,callable=x,instance_required
        others(this: handle) -> float64_array | class=shop.Point,callable=others,instance_required

        value(this: handle) -> string8 | class=shop.Marked,callable=value,instance_required
    "#);
}

/// The types as Java declares them, one line for each callable.
fn declared(idl: &Idl, class: &Class) -> String {
    let joined = |texts: Vec<String>, before: &str, between: &str, after: &str| match &*texts {
        [] => String::new(),
        _ => format!("{before}{}{after}", texts.join(between)),
    };
    let variables = |own: &[TypeParameter]| {
        let bounds = |own: &TypeParameter| own.bounds.iter().map(ToString::to_string).collect();
        let variable =
            |own: &TypeParameter| own.name.clone() + &joined(bounds(own), ": ", " & ", "");
        joined(own.iter().map(variable).collect(), "<", ", ", ">")
    };
    let function = class.behaves_as.iter().map(|tree| format!(" = {tree}"));
    let head = format!("{}{}", class.name, variables(&class.type_parameters));
    let mut lines = vec![function.fold(head, |head, function| head + &function)];
    for callable in idl.callables().filter(|c| c.class.is_some_and(|c| c.name == class.name)) {
        let function = callable.function;
        let trees =
            |values: &[Parameter]| values.iter().map(|value| value.tree.to_string()).collect();
        let raises = function.raises.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "  {}{}({}){}{}",
            function.name,
            variables(&function.type_parameters),
            joined(trees(&function.parameters), "", ", ", ""),
            joined(trees(&function.return_values), " -> ", ", ", ""),
            joined(raises, " raises ", ", ", ""),
        ));
    }
    lines.join("\n")
}

#[test]
fn declared_types() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generics");
    let idl = &extract(compiled(&sources, &["-g"]).path().join("classes"));
    let classes = idl.modules.iter().flat_map(|module| &module.classes);
    let of_shelf = classes.filter(|class| class.name.starts_with("Shelf"));
    let all: Vec<String> = of_shelf.map(|class| declared(idl, class)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
        Shelf<E: java.lang.Comparable<E>, X: java.lang.Exception> = iterable<E>
          lists<T>(list<any>, list<any>, set<int32>, iterator<E>, iterable<bytes>) -> T[]
          others(java.util.Optional<E>, java.util.Map$Entry<text, int32[][]>, java.lang.Class<any>) -> java.util.stream.Stream<text>
          bounded<T: java.lang.Number & java.lang.Runnable>(T, generics.Shelf$Place<E, X>, generics.Shelf$Labelled<E, X, T>) -> generics.Shelf$Place<E, X>
          functions(function(), function() -> E, function(E, E) -> int32, function(E) -> int32, function(E[], float64) -> none, function(int32) -> bool, function(java.util.function.Supplier<E>), function() -> any[])
          own(function(E, int32[]) -> list<E>, function(any, int32[]) -> list<any>, function(generics.Shelf$Item) -> text, function(generics.Shelf$Step) -> generics.Shelf$Step, generics.Shelf$Pair, java.lang.Comparable<E>, java.lang.AutoCloseable) -> java.util.function.Function<E, text> raises X
          nulls(optional<text>, optional<E>, int32, optional<int32>, list<optional<int32>>, optional<text[]>, optional<text>[], optional<java.util.Map$Entry<text, optional<E>>>, list<optional<E>>) -> optional<text>
          boxed() -> optional<int32>
          byName() -> map<text, list<E>>
          byName(map<text, list<E>>)
          source() -> java.util.function.Supplier<E>
          source(function() -> E)
        Shelf$Item
          <init>() -> generics.Shelf$Item
        Shelf$Labelled<E_: java.lang.Comparable<E_>, X: java.lang.Exception, E>
          <init>(generics.Shelf) -> generics.Shelf$Labelled<E_, X, E>
          label() -> E
        Shelf$Marked = function(int64, optional<int64>) -> int32
          sure(int64, optional<int64>) -> int32
        Shelf$Namer = function(generics.Shelf$Item) -> text
          apply(generics.Shelf$Item) -> text
          plain() -> generics.Shelf$Namer
        Shelf$Opener<A, F: java.lang.Exception> = function(A, int32[]) -> list<A>
          open(A, int32[]) -> list<A> raises F, java.io.IOException
          close()
          equals(any) -> bool
        Shelf$Pair
          one()
          two()
        Shelf$Place<E: java.lang.Comparable<E>, X: java.lang.Exception>
          <init>(generics.Shelf) -> generics.Shelf$Place<E, X>
          held(list<E>) -> E
        Shelf$Step = function(generics.Shelf$Step) -> generics.Shelf$Step
          next(function(generics.Shelf$Step) -> generics.Shelf$Step) -> generics.Shelf$Step
    "#);
}

#[test]
fn members_carry_documentation_and_tags() {
    let idl = &*FIXTURES;
    let mut found = Vec::new();
    for (class, field) in ["Article", "Size"]
        .map(|name| class(idl, name))
        .iter()
        .flat_map(|class| class.fields.iter().map(move |field| (class, field)))
    {
        found.push(format!("{}.{} {:?}", class.name, field.value.name, field.constant));
    }
    for method in class(idl, "Article").methods.iter().map(|method| &method.function) {
        let raises: Vec<String> = method.raises.iter().map(ToString::to_string).collect();
        if !raises.is_empty() || method.deprecated.is_some() {
            found.push(format!("{} {raises:?} {:?}", method.overload_id, method.deprecated));
        }
        for parameter in &method.parameters {
            if parameter.passing != Passing::Ordinary || !parameter.accepts.is_empty() {
                let accepts: Vec<String> =
                    parameter.accepts.iter().map(ToString::to_string).collect();
                let passing = parameter.passing;
                found.push(format!("{}({}) {passing:?} {accepts:?}", method.name, parameter.name));
            }
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r#"
        Article.MAX Some(Integer("1000000"))
        Article.MIN Some(Integer("-9223372036854775808"))
        Article.NAME Some(Text("größe 😀 =,"))
        Article.EURO Some(Text("€"))
        Article.OPEN Some(Bool(true))
        Article.NOTHING Some(Float(NaN))
        Article.LIMIT Some(Float(-inf))
        Article.NONE None
        Article.count None
        Article.code None
        Article.price None
        Article.amount None
        Size.SMALL None
        Size.LARGE None
        names(more) Variadic []
        boxed(count) Ordinary ["int32"]
        boxed(price) Ordinary ["int64"]
        boxed(open) Ordinary ["bool"]
        boxed(text) Ordinary ["string8"]
        sorted(extra) Ordinary ["bool", "char16", "float64", "int64", "string8"]
        table(boxes) Ordinary ["int32"]
        print(any) ["java.io.IOException", "java.lang.IllegalStateException"] None
        fold(handle<java.util.function.IntBinaryOperator>) [] Some("")
    "#);
}

#[test]
fn parameter_names_come_from_the_class_files() {
    let names = |javac: &[&str]| {
        let folder = fixtures(javac);
        let idl = extract(folder.path().join("classes"));
        let methods = [("Article", "find"), ("Visitor", "visit")].map(|(in_class, name)| {
            let methods = &class(&idl, in_class).methods;
            let method = methods.iter().find(|method| method.function.name == name).unwrap();
            method.function.parameters.iter().map(|p| p.name.clone()).collect::<Vec<_>>().join(" ")
        });
        methods.join(", ")
    };
    assert_eq!(names(&["-g", "-parameters"]), "code limit share last, element depth");
    assert_eq!(names(&["-g:none", "-parameters"]), "code limit share last, element depth");
    assert_eq!(names(&["-g"]), "code limit share last, arg0 arg1");
    assert_eq!(names(&["-g:none"]), "arg0 arg1 arg2 arg3, arg0 arg1");
}

#[test]
fn overloads_are_numbered_within_their_class() {
    let idl = &*FIXTURES;
    let article = class(idl, "Article");
    let prints: Vec<u32> = article
        .methods
        .iter()
        .filter(|method| method.function.name == "print")
        .map(|method| method.function.overload_index)
        .collect();
    assert_eq!(prints, [0, 1, 2, 3]);
    let constructors: Vec<u32> = article.constructors.iter().map(|c| c.overload_index).collect();
    assert_eq!(constructors, [0, 1]);
}

#[test]
fn a_jar_a_folder_and_a_class_file_have_the_same_idl() {
    let folder = fixtures(&["-g"]);
    let jar = support::pack(folder.path(), "corner-shop-1.0.jar");
    let (of_jar, of_folder) = (extract(&jar), extract(folder.path().join("classes")));
    assert_eq!(of_jar.modules, of_folder.modules);
    assert_eq!(of_jar.idl_source, "corner_shop");
    assert_eq!((of_folder.idl_source.as_str(), of_folder.idl_extension.as_str()), ("classes", ""));
    assert_eq!(of_jar.metaffi_guest_lib, jar.to_str().unwrap());
    let of_file = extract(folder.path().join("classes/shop/Point.class"));
    assert_eq!(class(&of_file, "Point"), class(&of_jar, "Point"));
    let own = |idl: &Idl| idl.modules.iter().filter(|module| !module.is_external).count();
    assert_eq!((own(&of_file), of_file.modules[0].classes.len()), (1, 1));
    let nested = extract(folder.path().join("classes/shop/Article.class"));
    let names: Vec<&str> = nested.modules[0].classes.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Article", "Article$Part", "Article$Part$Inner"]);
}

#[test]
fn extraction_is_deterministic_and_survives_json() {
    let folder = fixtures(&["-g"]);
    let again = extract(folder.path().join("classes"));
    assert_eq!(again.modules, FIXTURES.modules);
    assert_eq!(Idl::from_json(&again.to_json()), Ok(again));
}

#[test]
fn no_guest_is_needed() {
    let reason = |source: &str, idl_extension: &str| {
        let idl = Idl { idl_extension: idl_extension.to_owned(), ..FIXTURES.clone() };
        let request = Request {
            source: Path::new(source),
            out_dir: Path::new("."),
            options: &Options::default(),
            home: Path::new("."),
            progress: &Silent,
        };
        match OpenJdk.guest_of(&request, &idl).unwrap()(&request).unwrap() {
            GuestArtifact::NotNeeded(reason) => reason,
            GuestArtifact::File(file) => panic!("built {}", file.display()),
        }
    };
    assert_eq!(reason("a.jar", ".jar"), "openjdk loads a.jar as it is");
    let of_source = "openjdk loads the class file that javac makes from A.java";
    assert_eq!(reason("A.java", ".java"), of_source);
}
