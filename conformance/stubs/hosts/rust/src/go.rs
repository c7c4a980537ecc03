//! A library of Go, through its stubs.

mod check;

#[allow(missing_docs, reason = "a guest's")]
mod books {
    include!(concat!(env!("METAFFI_STUBS"), "/books_MetaFFIHost.rs"));
}

use books::{Book, Described, Genre, MissingError, Novel, Reader, ReaderMethods, Shelf, Tape};
use metaffi::stubs::{Null, Reference, lift};
use metaffi::{Error, Value};

fn main() -> Result<(), Error> {
    check::run(
        |module| books::bind_module_to_code(module, "go"),
        books::collect,
        &[
            ("binding", binding),
            ("functions", functions),
            ("parameters", parameters),
            ("overloads", overloads),
            ("classes", classes),
            ("fields", fields),
            ("variables", variables),
            ("constants", constants),
            ("enums", enums),
            ("inheritance", inheritance),
            ("interfaces", interfaces),
            ("implementing", implementing),
            ("callbacks", callbacks),
            ("returned_functions", returned_functions),
            ("errors", errors),
            ("nullable", nullable),
            ("lists", lists),
            ("sets", sets),
            ("maps", maps),
            ("iteration", iteration),
            ("object_protocol", object_protocol),
            ("generics", generics),
            ("binary", binary),
            ("arrays", arrays),
            ("untyped", untyped),
            ("closing", closing),
        ],
    )
}

fn binding() -> Result<(), Error> {
    let error = books::add(1, 2).unwrap_err();
    assert!(error.message.contains("call bind_module_to_code"), "{error:?}");
    assert_eq!(books::MOST, 7);
    Ok(())
}

fn functions() -> Result<(), Error> {
    assert_eq!(books::add(-3, 5)?, 2);
    assert_eq!(books::half(5.0)?, 2.5);
    assert!(!books::negate(true)?);
    assert_eq!(books::greet("Gö")?, "Hello, Gö");
    assert_eq!(books::divide(7, 2)?, (3, 1));
    let before = books::get_visits()?;
    books::visit()?;
    assert_eq!(books::get_visits()?, before + 1);
    Ok(())
}

fn parameters() -> Result<(), Error> {
    assert_eq!(books::join("a", &[])?, "a");
    assert_eq!(books::join("a", &["b", "c"])?, "a+b+c");
    Ok(())
}

fn overloads() -> Result<(), Error> {
    assert_eq!(books::twice(4_i64)?, Value::from(8_i64));
    assert_eq!(books::twice("ab")?, Value::from("abab"));
    Ok(())
}

fn classes() -> Result<(), Error> {
    let book = Book::new("a", 100)?;
    assert_eq!(book.longer(5)?.pages()?, 105);
    assert_eq!(books::parse_book("b:7")?.title()?, "b");
    assert_eq!(book.me()?, book);
    assert!(book.is_same(&book.me()?)?);
    assert!(!book.is_same(&Book::new("a", 100)?)?);
    Ok(())
}

fn fields() -> Result<(), Error> {
    let book = Book::new("a", 5)?;
    assert_eq!(book.title()?, "a");
    book.set_pages(6)?;
    assert_eq!((book.pages()?, book.longer(0)?.pages()?), (6, 6));
    Ok(())
}

fn variables() -> Result<(), Error> {
    books::set_visits(40)?;
    books::visit()?;
    assert_eq!(books::get_visits()?, 41);
    Ok(())
}

fn constants() -> Result<(), Error> {
    assert_eq!((books::MOST, books::RATIO, books::NAME, books::OPEN), (7, 0.5, "books", true));
    Ok(())
}

fn enums() -> Result<(), Error> {
    assert_eq!(books::genre_of("Poems of a year")?, books::POEMS);
    assert_eq!(books::genre_name(books::NOVELS)?, "Novels");
    assert_eq!(books::NOVELS.other()?, books::POEMS);
    assert_eq!((books::POEMS.string()?.as_str(), books::POEMS), ("Poems", Genre(2)));
    Ok(())
}

fn inheritance() -> Result<(), Error> {
    let novel = Novel::new("a", "Ann")?;
    assert_eq!((novel.title()?.as_str(), novel.hero()?.as_str()), ("a", "Ann"));
    assert_eq!((novel.pages()?, novel.longer(1)?.pages()?), (300, 301));
    assert_eq!(novel.book()?.describe()?, "the book a");
    assert_eq!(books::describe(&novel)?, "the novel of Ann");
    assert_eq!(books::describe(&Book::new("b", 1)?)?, "the book b");
    let described: Described = books::pick("c")?;
    assert_eq!(described.describe()?, "the novel of Ann");
    assert_eq!(described.cast::<Novel>()?.hero()?, "Ann");
    Ok(())
}

fn interfaces() -> Result<(), Error> {
    let reader = books::reader_of("so")?;
    assert_eq!((reader.read(1)?.as_str(), reader.pages()?), ("so 1", 2));
    assert_eq!(books::aloud(&reader)?, "so 0; so 1");
    assert_eq!(books::aloud(&Tape::new("or")?)?, "or 0; or 1");
    Ok(())
}

struct Singer;

impl ReaderMethods for Singer {
    fn read(&self, page: i64) -> Result<String, Error> {
        Ok("la".repeat(page as usize))
    }
    fn pages(&self) -> Result<i64, Error> {
        Ok(3)
    }
}

fn implementing() -> Result<(), Error> {
    assert_eq!(books::aloud(&Reader::implement(Singer)?)?, "; la; lala");
    Ok(())
}

fn callbacks() -> Result<(), Error> {
    assert_eq!(books::apply(|value| value * 2, 21)?, 42);
    assert_eq!(books::each(&["a", "b"], |title| title.to_uppercase())?, ["A", "B"]);
    books::keep(|book: Book| book.title().map(|title| title + "!"))?;
    assert_eq!(books::run_kept(&Book::new("a", 1)?)?, "a!");
    let error = books::apply(|value| u8::try_from(value).map(i64::from), 1000).unwrap_err();
    assert!(error.downcast_ref::<std::num::TryFromIntError>().is_some(), "{error:?}");
    Ok(())
}

fn returned_functions() -> Result<(), Error> {
    let add = books::adder(5)?;
    assert_eq!(add(4)?, 9);
    assert_eq!(books::apply(move |value| add(value), 1)?, 6);
    assert_eq!(books::chosen(|value| value + 2)?(1)?, 3);
    Ok(())
}

fn errors() -> Result<(), Error> {
    let error = books::lend("gone").unwrap_err();
    assert!(error.is::<MissingError>(), "{error:?}");
    assert_eq!(error.message, "gone is missing");
    assert_eq!(error.exception::<MissingError>().unwrap().title()?, "gone");
    assert_eq!(error.cause.as_ref().unwrap().type_name, "*strconv.NumError");
    let error = books::lend("torn").unwrap_err();
    assert!(error.message == "a page is torn" && !error.is::<MissingError>(), "{error:?}");
    assert_eq!(books::lend("a")?, "a");
    Ok(())
}

fn nullable() -> Result<(), Error> {
    assert_eq!(books::find("a")?.unwrap().title()?, "a");
    assert!(books::find("")?.is_none());
    assert_eq!(books::pages_of(&Book::new("a", 100)?)?, (100, true));
    assert_eq!(books::pages_of(&Null)?, (0, false));
    Ok(())
}

fn lists() -> Result<(), Error> {
    assert_eq!(books::titles("a b")?, ["a", "b"]);
    assert!(books::titles("")?.is_empty());
    assert_eq!(books::total(&[1, 2, 3])?, 6);
    let made = books::books_of(&["a", "b"])?;
    assert_eq!(made[1].title()?, "b");
    assert_eq!(books::pages_in(&[&made[0], &made[1]])?, 200);
    Ok(())
}

fn sets() -> Result<(), Error> {
    let letters = books::letters("abca")?;
    assert_eq!(letters.map_len()?, 3);
    assert!(letters.map_has("a")? && !letters.map_has("d")?);
    assert_eq!(books::distinct(&letters)?, 3);
    Ok(())
}

fn maps() -> Result<(), Error> {
    let lengths = books::lengths(&["a", "ccc"])?;
    assert_eq!((lengths.map_len()?, lengths.map_index("ccc")?), (2, 3));
    assert_eq!(books::longest(&lengths)?, "ccc");
    assert_eq!(books::longest([("bb", 2), ("a", 1)])?, "bb");
    Ok(())
}

fn iteration() -> Result<(), Error> {
    let numbers = books::count_up(3)?.into_iter().collect::<Result<Vec<i64>, _>>()?;
    assert_eq!(numbers, [1, 2, 3]);
    let (a, b) = (Book::new("a", 1)?, Book::new("b", 1)?);
    let shelf = Shelf::new(&[&a, &b])?;
    let mut titles = String::new();
    for book in &shelf.all()? {
        titles += &book?.title()?;
    }
    assert_eq!((titles.as_str(), shelf.len()?), ("ab", 2));
    assert_eq!(shelf.at(1)?, b);
    assert!(shelf.contains(&a)? && !shelf.contains(&Book::new("c", 1)?)?);
    assert_eq!(shelf.add(&a)?, 3);
    shelf.close()
}

fn object_protocol() -> Result<(), Error> {
    let book = Book::new("a", 5)?;
    assert_eq!(book.to_string(), "a, 5 pages");
    assert_eq!(book, Book::new("a", 5)?);
    assert_ne!(book, Book::new("a", 6)?);
    assert!(book.compare(&Book::new("a", 6)?)? < 0);
    Ok(())
}

fn generics() -> Result<(), Error> {
    let content = books::new_box_string("a")?;
    assert_eq!((content.put("b")?.as_str(), content.get()?.as_str()), ("a", "b"));
    assert_eq!(books::first_string(&["x", "y"])?, "x");
    assert_eq!(books::first_int(&[7, 8])?, 7);
    assert_eq!(books::boxed("c")?.get()?.title()?, "c");
    Ok(())
}

fn binary() -> Result<(), Error> {
    assert_eq!(books::reverse(&[0, 128, 255])?, [255, 128, 0]);
    assert!(books::reverse(&[])?.is_empty());
    Ok(())
}

fn arrays() -> Result<(), Error> {
    assert_eq!(books::scale(&[1.0, 2.5], 2.0)?, [2.0, 5.0]);
    assert_eq!(books::mean(&[1.0, 2.0])?, 1.5);
    assert_eq!(books::transpose(&[vec![1, 2], vec![3, 4]])?, [vec![1, 3], vec![2, 4]]);
    Ok(())
}

fn untyped() -> Result<(), Error> {
    assert_eq!(books::anything(5_i64)?, Value::from(5_i64));
    assert_eq!(books::anything("five")?, Value::from("five"));
    let book = Book::new("a", 1)?;
    assert_eq!(books::anything(&book)?, Value::from(&book));
    assert_eq!(books::something("number")?, Value::from(5_i64));
    assert_eq!(books::something("nothing")?, Value::Null);
    let book = lift::<Reference>(books::something("book")?)?.cast::<Book>()?;
    assert_eq!(book.title()?, "Any");
    Ok(())
}

fn closing() -> Result<(), Error> {
    let before = books::get_open_shelves()?;
    let shelf = Shelf::new(&[&Book::new("a", 1)?])?;
    assert_eq!(books::get_open_shelves()?, before + 1);
    shelf.close()?;
    assert_eq!(books::get_open_shelves()?, before);
    Ok(())
}
