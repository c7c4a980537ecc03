//! Uses a Go library by the names of its members.

mod check;

use check::{all, constructs, fails, is, singer};
use metaffi::{Error, Module, Object, Runtime, Value, callable, named};

fn main() -> Result<(), Error> {
    let path = std::env::args().nth(1).expect("a module");
    let collect = Runtime::load("go")?.module(&path)?.function::<(), ()>("callable=Collect")?;
    check::run("go", || collect.call(()), constructs!())
}

fn book(module: &Module, title: &str, pages: i64) -> Result<Object, Error> {
    module.object()?.call("NewBook", (title, pages))
}

fn functions(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("Add", (-3, 5)), 2_i64)?;
    is(books.call("Half", (5.0,)), 2.5)?;
    is(books.call("Negate", (true,)), false)?;
    is(books.call("greet", ("Gö",)), "Hello, Gö".to_owned())?;
    is(books.call("Divide", (7, 2))?.iter()?.nth(1).expect("a rest"), 1_i64)?;
    let before: i64 = books.get("Visits")?.lift()?;
    assert_eq!(books.call("Visit", ())?.value(), &Value::Null);
    is(books.get("Visits"), before + 1)
}

fn overloads(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("Twice", (4_i64,)), 8_i64)?;
    is(books.call("Twice", ("ab",)), "abab".to_owned())?;
    is(books.call("First", (vec!["a".to_owned(), "b".to_owned()],)), "a".to_owned())
}

fn parameters(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("Join", ("a",)), "a".to_owned())?;
    is(books.call("Join", ("a", "b", "c")), "a+b+c".to_owned())?;
    fails(books.call_named("Greet", (), [named("name", "a")]), &["named arguments"]);
    Ok(())
}

fn classes(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let one = book(module, "a", 100)?;
    is(one.call("Longer", (5,))?.get("Pages"), 105_i64)?;
    is(books.call("ParseBook", ("b:7",))?.call("Title", ()), "b".to_owned())?;
    is(one.call("IsSame", (one.call("Me", ())?,)), true)?;
    is(one.call("IsSame", (&book(module, "a", 100)?,)), false)?;
    let tape = books.get("Tape")?.call("", ("so",))?;
    is(tape.call("Read", (1,)), "so 1".to_owned())?;
    let tape = books.call_named("Tape", (), [named("Text", "or")])?;
    is(tape.call("read", (2,)), "or 2".to_owned())
}

fn fields(module: &Module) -> Result<(), Error> {
    let book = book(module, "a", 5)?;
    book.set("Pages", 6)?;
    is(book.call("Longer", (0,))?.get("pages"), 6_i64)
}

fn variables(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.get("Most"), 7_i64)?;
    books.set("Visits", 40)?;
    books.call("Visit", ())?;
    is(books.get("Visits"), 41_i64)?;
    fails(books.set("Most", 8), &["Most"]);
    Ok(())
}

fn object_protocol(module: &Module) -> Result<(), Error> {
    let five = book(module, "a", 5)?;
    assert_eq!(five.to_string(), "a, 5 pages");
    assert!(five.equals(&book(module, "a", 5)?)?);
    assert!(!five.equals(&book(module, "a", 6)?)?);
    assert!(five.operation("compare", (&book(module, "a", 6)?,))?.lift::<i64>()? < 0);
    let description = five.describe()?;
    assert_eq!(description.name, "Book");
    let signatures = ["Longer(by int) *Book", "Pages int"];
    assert!(
        signatures
            .iter()
            .all(|wanted| { description.members.iter().any(|member| member.signature == *wanted) })
    );
    Ok(())
}

fn lists(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    is(books.call("Titles", ("a b c",)), ["a", "b", "c"].map(str::to_owned).to_vec())?;
    is(books.call("Total", (vec![1_i64, 2, 3],)), 6_i64)?;
    let made = books.call("BooksOf", (vec!["a".to_owned(), "b".to_owned()],))?;
    assert_eq!(made.len()?, 2);
    is(books.call("PagesIn", (&made,)), 200_i64)
}

fn maps(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let lengths = books.call("Lengths", (vec!["a".to_owned(), "ccc".to_owned()],))?;
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
    fails(lengths.index("zz"), &["no such key"]);
    is(books.call("Longest", (&lengths,)), "ccc".to_owned())
}

fn iteration(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let numbers = all(&books.call("CountUp", (3,))?, |number| number.lift::<i64>())?;
    assert_eq!(numbers, [1, 2, 3]);
    let shelf = books.call("NewShelf", (&book(module, "a", 1)?, &book(module, "b", 1)?))?;
    let titles = all(&shelf, |book| book.call("Title", ())?.lift::<String>())?;
    assert_eq!(titles, ["a", "b"]);
    shelf.operation("close", ()).map(drop)
}

fn callbacks(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let doubled = callable(|value: i64| value * 2)?;
    is(books.call("Apply", (&doubled, 21)), 42_i64)?;
    let title = callable(|book: Object| book.call("Title", ())?.lift::<String>())?;
    books.call("Keep", (&title,))?;
    is(books.call("RunKept", (&book(module, "a", 1)?,)), "a".to_owned())?;
    is(books.call("Adder", (5,))?.call("", (4,)), 9_i64)?;
    let failing = callable(|_: i64| Err::<i64, _>("mine"))?;
    fails(books.call("Apply", (&failing, 1)), &["mine"]);
    Ok(())
}

fn implementing(module: &Module) -> Result<(), Error> {
    let read = callable(|page: i64| "la".repeat(page as usize))?;
    let singer = singer(read, callable(|| 3_i64)?)?;
    is(module.object()?.call("Aloud", (singer,)), "; la; lala".to_owned())
}

fn errors(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let error = fails(books.call("Lend", ("gone",)), &["gone is missing"]);
    assert!(error.type_name.ends_with("MissingError"), "{error:?}");
    let original = Object::from(error.original.clone().expect("an exception"));
    is(original.get("Title"), "gone".to_owned())?;
    fails(books.call("Lend", ("torn",)), &["a page is torn"]);
    is(books.call("Lend", ("a",)), "a".to_owned())
}

fn untyped(module: &Module) -> Result<(), Error> {
    let add = module.callable("callable=Add")?;
    assert_eq!(add.call_typed::<(i64, i64), i64>((2, 3))?, 5);
    let books = module.object()?;
    is(books.call("Anything", (5_i64,)), 5_i64)?;
    is(books.call("Something", ("book",))?.get("Pages"), 100_i64)?;
    assert_eq!(books.call("Something", ("nothing",))?.value(), &Value::Null);
    Ok(())
}

fn refusals(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let book = book(module, "a", 100)?;
    fails(book.call("Longr", (5,)), &["did you mean `Longer`?"]);
    fails(books.get("Vists"), &["did you mean `Visits`?"]);
    fails(books.call("Add", (1,)), &["argument"]);
    fails(books.call("Add", ("a", 1)), &["expected int, got string8"]);
    fails(module.callable("callable=Ad"), &["did you mean `Add`?"]);
    is(book.call("Longer", (1,))?.get("Pages"), 101_i64)
}

fn closing(module: &Module) -> Result<(), Error> {
    let books = module.object()?;
    let before: i64 = books.get("OpenShelves")?.lift()?;
    let shelf = books.call("NewShelf", ())?;
    is(books.get("OpenShelves"), before + 1)?;
    shelf.operation("close", ())?;
    is(books.get("OpenShelves"), before)
}
