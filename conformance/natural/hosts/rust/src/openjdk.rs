//! Uses a Java library by the names of its members.

mod check;

use check::{all, constructs, fails, is, singer};
use metaffi::{Error, Module, Object, Runtime, Value, callable, named};

fn main() -> Result<(), Error> {
    let jdk = Runtime::load("openjdk")?.module("")?;
    let collect = jdk.function::<(), ()>("class=java.lang.System,callable=gc")?;
    check::run("openjdk", || collect.call(()), constructs!())
}

fn class(module: &Module, name: &str) -> Result<Object, Error> {
    module.object()?.get("books")?.get(name)
}

fn book(module: &Module, title: &str, pages: i32) -> Result<Object, Error> {
    class(module, "Book")?.call("", (title, pages))
}

fn functions(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    is(books.call("add", (-3, 5)), 2_i32)?;
    is(books.call("half", (5.0,)), 2.5)?;
    is(books.call("negate", (true,)), false)?;
    is(books.call("greet", ("Gö",)), "Hello, Gö".to_owned())?;
    let before: i32 = books.get("visits")?.lift()?;
    assert_eq!(books.call("visit", ())?.value(), &Value::Null);
    is(books.get("visits"), before + 1)
}

fn overloads(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    is(books.call("twice", (4,)), 8_i32)?;
    is(books.call("twice", ("ab",)), "abab".to_owned())
}

fn parameters(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    is(books.call("label", ("a",)), "a/100".to_owned())?;
    is(books.call("label", ("a", 5)), "a/5".to_owned())?;
    is(books.call("join", ("a", "b", "c")), "a+b+c".to_owned())?;
    fails(books.call_named("label", (), [named("title", "a")]), &["named arguments"]);
    Ok(())
}

fn classes(module: &Module) -> Result<(), Error> {
    let one = book(module, "a", 100)?;
    is(one.call("longer", (5,))?.get("pages"), 105_i32)?;
    is(class(module, "Book")?.call("parse", ("b:7",))?.get("title"), "b".to_owned())?;
    is(one.call("isSame", (one.call("me", ())?,)), true)?;
    is(one.call("is_same", (&book(module, "a", 100)?,)), false)?;
    let novel = class(module, "Novel")?.call("", ("n", "Ann"))?;
    is(novel.call("describe", ()), "the novel of Ann".to_owned())
}

fn fields(module: &Module) -> Result<(), Error> {
    let book = book(module, "a", 5)?;
    book.set("pages", 6)?;
    is(book.call("longer", (0,))?.get("pages"), 6_i32)?;
    fails(book.set("title", "b"), &["title"]);
    Ok(())
}

fn variables(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    is(books.get("MOST"), 7_i32)?;
    books.set("visits", 40)?;
    books.call("visit", ())?;
    is(books.get("visits"), 41_i32)
}

fn object_protocol(module: &Module) -> Result<(), Error> {
    let five = book(module, "a", 5)?;
    assert_eq!(five.to_string(), "a, 5 pages");
    assert!(five.equals(&book(module, "a", 5)?)?);
    assert!(!five.equals(&book(module, "a", 6)?)?);
    assert!(five.operation("compare", (&book(module, "a", 6)?,))?.lift::<i64>()? < 0);
    let description = five.describe()?;
    assert_eq!(description.name, "books.Book");
    assert!(description.members.iter().any(|member| member.signature.contains("longer(int by)")));
    Ok(())
}

fn lists(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    let titles = books.call("titles", ("a b c",))?;
    titles.set_index(0, "x")?;
    titles.operation("append", ("d",))?;
    titles.operation("delete_item", (1,))?;
    assert_eq!((titles.len()?, titles.lift::<Vec<String>>()?.concat()), (3, "xcd".to_owned()));
    is(books.call("total", (vec![1_i32, 2, 3],)), 6_i32)?;
    let made = books.call("booksOf", ("a", "b"))?;
    is(made.index(1)?.get("title"), "b".to_owned())?;
    is(books.call("pagesIn", (&made,)), 200_i32)?;
    fails(titles.index(9), &["9"]);
    Ok(())
}

fn maps(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    let lengths = books.call("lengths", (vec!["a".to_owned(), "ccc".to_owned()],))?;
    assert_eq!(lengths.len()?, 2);
    is(lengths.index("ccc"), 3_i32)?;
    lengths.set_index("dd", 2)?;
    lengths.operation("delete_item", ("a",))?;
    is(lengths.operation("contains", ("a",)), false)?;
    let entries = lengths.entries()?.into_iter();
    let entries = entries.map(|(key, value)| Ok((key.lift::<String>()?, value.lift::<i32>()?)));
    let mut entries = entries.collect::<Result<Vec<_>, Error>>()?;
    entries.sort();
    assert_eq!(entries, [("ccc".to_owned(), 3), ("dd".to_owned(), 2)]);
    assert_eq!(lengths.index("zz")?.value(), &Value::Null);
    is(books.call("longest", (&lengths,)), "ccc".to_owned())
}

fn iteration(module: &Module) -> Result<(), Error> {
    let numbers = class(module, "Books")?.call("countUp", (3,))?;
    assert_eq!(all(&numbers, |number| number.lift::<i32>())?, [1, 2, 3]);
    let shelf = class(module, "Shelf")?;
    let shelf = shelf.call("", (&book(module, "a", 1)?, &book(module, "b", 1)?))?;
    let titles = all(&shelf, |book| book.get("title")?.lift::<String>())?;
    assert_eq!(titles, ["a", "b"]);
    shelf.operation("close", ()).map(drop)
}

fn callbacks(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    let doubled = callable(|value: i32| value * 2)?;
    is(books.call("apply", (&doubled, 21)), 42_i32)?;
    let title = callable(|book: Object| book.get("title")?.lift::<String>())?;
    books.call("keep", (&title,))?;
    is(books.call("runKept", (&book(module, "a", 1)?,)), "a".to_owned())?;
    is(books.call("adder", (5,))?.call("", (4,)), 9_i32)?;
    let failing = callable(|_: i32| Err::<i32, _>("mine"))?;
    fails(books.call("apply", (&failing, 1)), &["mine"]);
    Ok(())
}

fn implementing(module: &Module) -> Result<(), Error> {
    let read = callable(|page: i32| "la".repeat(page as usize))?;
    let singer = singer(read, callable(|| 3_i32)?)?;
    is(class(module, "Books")?.call("aloud", (singer,)), "; la; lala".to_owned())
}

fn errors(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    let error = fails(books.call("lend", ("gone",)), &["gone is missing"]);
    assert_eq!(error.type_name, "books.MissingException");
    let original = Object::from(error.original.clone().expect("an exception"));
    is(original.call("getTitle", ()), "gone".to_owned())?;
    fails(books.call("lend", ("torn",)), &["a page is torn"]);
    is(books.call("lend", ("a",)), "a".to_owned())
}

fn untyped(module: &Module) -> Result<(), Error> {
    let add = module.callable("class=books.Books,callable=add")?;
    assert_eq!(add.call_typed::<(i32, i32), i32>((2, 3))?, 5);
    let Value::Callable(twice) = module.value("class=books.Books,callable=twice")? else {
        panic!("no function")
    };
    assert_eq!(twice.call(&["ab".into()])?, [Value::from("abab")]);
    let books = class(module, "Books")?;
    is(books.call("anything", (5_i64,)), 5_i64)?;
    is(books.call("something", ("book",))?.get("pages"), 100_i32)?;
    assert_eq!(books.call("something", ("nothing",))?.value(), &Value::Null);
    Ok(())
}

fn refusals(module: &Module) -> Result<(), Error> {
    let books = class(module, "Books")?;
    let book = book(module, "a", 100)?;
    fails(book.call("longr", (5,)), &["did you mean `longer`?"]);
    fails(module.object()?.get("books.Bok"), &["Bok"]);
    fails(books.call("twice", (&book,)), &["twice(int", "twice(java.lang.String"]);
    fails(books.call("add", (1,)), &["add"]);
    is(book.call("longer", (1,))?.get("pages"), 101_i32)
}

fn closing(module: &Module) -> Result<(), Error> {
    let class = class(module, "Shelf")?;
    let before: i32 = class.get("open")?.lift()?;
    let shelf = class.call("", ())?;
    is(class.get("open"), before + 1)?;
    shelf.operation("close", ())?;
    is(class.get("open"), before)
}
