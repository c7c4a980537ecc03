//! Uses a Python library by the names of its members.

mod check;

use check::{all, constructs, fails, is, singer};
use metaffi::{Error, Module, Object, Runtime, Value, callable, named};

fn main() -> Result<(), Error> {
    let python = Runtime::load("python3")?;
    let collect = python.module("gc")?.function::<(), i64>("callable=collect")?;
    let let_go = || collect.call(()).map(drop);
    check::run("python3", let_go, constructs!())
}

fn book(module: &Module, title: &str, pages: i64) -> Result<Object, Error> {
    module.object()?.call("Book", (title, pages))
}

fn functions(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("add", (-3, 5)), 2_i64)?;
    is(books.call("half", (5.0,)), 2.5)?;
    is(books.call("negate", (true,)), false)?;
    is(books.call("greet", ("Gö",)), "Hello, Gö".to_owned())?;
    is(books.call("divide", (7, 2)), vec![3_i64, 1])?;
    let before: i64 = books.get("visits")?.lift()?;
    assert_eq!(books.call("visit", ())?.value(), &Value::Null);
    is(books.get("visits"), before + 1)
}

fn overloads(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("twice", (4,)), 8_i64)?;
    is(books.call("twice", ("ab",)), "abab".to_owned())
}

fn parameters(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("label", ("a",)), "a/100/novel".to_owned())?;
    let named = [named("kind", "poem"), named("pages", 5)];
    is(books.call_named("label", ("a",), named), "a/5/poem".to_owned())?;
    is(books.call("join", ("a", "b", "c")), "a+b+c".to_owned())
}

fn classes(module: &Module) -> Result<(), Error> {
    let class = module.object()?.get("Book")?;
    let book = class.call("", ("a",))?;
    is(book.call("longer", (5,))?.get("pages"), 105_i64)?;
    is(class.call("parse", ("b:7",))?.get("title"), "b".to_owned())?;
    is(book.call("is_same", (book.call("me", ())?,)), true)?;
    is(book.call("isSame", (class.call("", ("a",))?,)), false)
}

fn fields(module: &Module) -> Result<(), Error> {
    let book = book(module, "a", 5)?;
    book.set("pages", 6)?;
    is(book.call("longer", (0,))?.get("pages"), 6_i64)?;
    fails(book.set("title", "b"), &["title"]);
    Ok(())
}

fn variables(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.get("MOST"), 7_i64)?;
    books.set("visits", 40)?;
    books.call("visit", ())?;
    is(books.get("visits"), 41_i64)
}

fn object_protocol(module: &Module) -> Result<(), Error> {
    let five = book(module, "a", 5)?;
    assert_eq!(five.to_string(), "a, 5 pages");
    assert!(five.equals(&book(module, "a", 5)?)?);
    assert!(!five.equals(&book(module, "a", 6)?)?);
    assert!(five.operation("compare", (&book(module, "a", 6)?,))?.lift::<i64>()? < 0);
    let description = five.describe()?;
    assert_eq!(
        (&*description.name, &*description.doc),
        ("books.Book", "A book has a title and pages.")
    );
    assert!(
        description.members.iter().any(|member| member.signature.starts_with("longer(self, by"))
    );
    Ok(())
}

fn lists(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("titles", ("a b c",)), ["a", "b", "c"].map(str::to_owned).to_vec())?;
    is(books.call("total", (vec![1_i64, 2, 3],)), 6_i64)?;
    let made = books.call("books_of", (vec!["a".to_owned(), "b".to_owned()],))?;
    assert_eq!(made.len()?, 2);
    is(books.call("pages_in", (&made,)), 200_i64)?;
    let shelf = books.call("Shelf", (&book(module, "a", 5)?,))?;
    is(shelf.index(0)?.get("title"), "a".to_owned())?;
    shelf.operation("close", ()).map(drop)
}

fn maps(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let lengths = books.call("lengths", (vec!["a".to_owned(), "ccc".to_owned()],))?;
    assert_eq!(lengths.len()?, 2);
    is(lengths.index("ccc"), 3_i64)?;
    lengths.set_index("dd", 2)?;
    lengths.operation("delete_item", ("a",))?;
    is(lengths.operation("contains", ("a",)), false)?;
    let entries = lengths.entries()?.into_iter();
    let entries = entries.map(|(key, value)| Ok((key.lift::<String>()?, value.lift::<i64>()?)));
    let mut entries = entries.collect::<Result<Vec<_>, Error>>()?;
    entries.sort();
    assert_eq!(entries, [("ccc".to_owned(), 3), ("dd".to_owned(), 2)]);
    fails(lengths.index("zz"), &["zz"]);
    is(books.call("longest", (&lengths,)), "ccc".to_owned())
}

fn iteration(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let numbers = all(&books.call("count_up", (3,))?, |number| number.lift::<i64>())?;
    assert_eq!(numbers, [1, 2, 3]);
    let shelf = books.call("Shelf", (&book(module, "a", 1)?, &book(module, "b", 1)?))?;
    let titles = all(&shelf, |book| book.get("title")?.lift::<String>())?;
    assert_eq!(titles, ["a", "b"]);
    shelf.operation("close", ()).map(drop)
}

fn callbacks(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let doubled = callable(|value: i64| value * 2)?;
    is(books.call("apply", (&doubled, 21)), 42_i64)?;
    let title = callable(|book: Object| book.get("title")?.lift::<String>())?;
    books.call("keep", (&title,))?;
    is(books.call("run_kept", (&book(module, "a", 1)?,)), "a".to_owned())?;
    is(books.call("adder", (5,))?.call("", (4,)), 9_i64)?;
    let failing = callable(|_: i64| Err::<i64, _>("mine"))?;
    fails(books.call("apply", (&failing, 1)), &["mine"]);
    Ok(())
}

fn implementing(module: &Module) -> Result<(), Error> {
    let read = callable(|page: i64| "la".repeat(page as usize))?;
    let singer = singer(read, callable(|| 3_i64)?)?;
    is(module.object()?.call("aloud", (singer,)), "; la; lala".to_owned())
}

fn errors(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let error = fails(books.call("lend", ("gone",)), &["gone is missing"]);
    assert!(error.type_name.ends_with("Missing"), "{error:?}");
    let original = Object::from(error.original.clone().expect("an exception"));
    is(original.get("title"), "gone".to_owned())?;
    fails(books.call("lend", ("torn",)), &["a page is torn"]);
    is(books.call("lend", ("a",)), "a".to_owned())
}

fn untyped(module: &Module) -> Result<(), Error> {
    let add = module.callable("callable=add")?;
    assert_eq!(add.call_typed::<(i64, i64), i64>((2, 3))?, 5);
    let books = module.object()?;
    is(books.call("anything", (5,)), 5_i64)?;
    is(books.call("something", ("book",))?.get("pages"), 100_i64)?;
    assert_eq!(books.call("something", ("nothing",))?.value(), &Value::Null);
    Ok(())
}

fn refusals(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let book = book(module, "a", 100)?;
    fails(book.call("longr", (5,)), &["did you mean `longer`?"]);
    fails(books.get("Bok"), &["did you mean `Book`?"]);
    fails(books.call("add", (1,)), &["argument"]);
    fails(books.call_named("label", ("a",), [named("colour", 1)]), &["colour"]);
    fails(module.callable("callable=ad"), &["did you mean `add`?"]);
    is(book.call("longer", (1,))?.get("pages"), 101_i64)
}

fn closing(module: &Module) -> Result<(), Error> {
    let class = module.object()?.get("Shelf")?;
    let before: i64 = class.get("open")?.lift()?;
    let shelf = class.call("", ())?;
    is(class.get("open"), before + 1)?;
    shelf.operation("close", ())?;
    is(class.get("open"), before)
}
