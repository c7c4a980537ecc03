//! A library of Java, through its stubs.

mod check;

#[allow(missing_docs, reason = "a guest's")]
mod books {
    include!(concat!(env!("METAFFI_STUBS"), "/books_MetaFFIHost.rs"));
}

use std::collections::BTreeSet;

use books::{
    Book, BookException, Books, Box as Content, Genre, MissingException, Novel, Reader,
    ReaderMethods, Shelf, Tape,
};
use metaffi::stubs::{Null, Reference, lift};
use metaffi::{Error, Value};

fn main() -> Result<(), Error> {
    check::run(
        |module| books::bind_module_to_code(module, "openjdk"),
        Books::collect,
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
    let error = Books::add(1, 2).unwrap_err();
    assert!(error.message.contains("call bind_module_to_code"), "{error:?}");
    assert_eq!(Books::MOST, 7);
    Ok(())
}

fn functions() -> Result<(), Error> {
    assert_eq!(Books::add(-3, 5)?, 2);
    assert_eq!(Books::half(5.0)?, 2.5);
    assert!(!Books::negate(true)?);
    assert_eq!(Books::greet("Gö")?, "Hello, Gö");
    let before = Books::visits()?;
    Books::visit()?;
    assert_eq!(Books::visits()?, before + 1);
    Ok(())
}

fn parameters() -> Result<(), Error> {
    assert_eq!(Books::label("a")?, "a/100");
    assert_eq!(Books::label_string_int32("a", 5)?, "a/5");
    assert_eq!(Books::join("a", &[])?, "a");
    assert_eq!(Books::join("a", &["b", "c"])?, "a+b+c");
    Ok(())
}

fn overloads() -> Result<(), Error> {
    assert_eq!(Books::twice_int32(4)?, 8);
    assert_eq!(Books::twice_string("ab")?, "abab");
    Ok(())
}

fn classes() -> Result<(), Error> {
    let book = Book::new("a")?;
    assert_eq!(book.longer(5)?.pages()?, 105);
    assert_eq!(Book::parse("b:7")?.title()?, "b");
    assert_eq!(book.me()?, book);
    assert!(book.is_same(&book.me()?)?);
    assert!(!book.is_same(&Book::new("a")?)?);
    assert_eq!(Book::describe_(&book)?, book.describe()?);
    Ok(())
}

fn fields() -> Result<(), Error> {
    let book = Book::new_string_int32("a", 5)?;
    assert_eq!(book.title()?, "a");
    book.set_pages(6)?;
    assert_eq!((book.pages()?, book.longer(0)?.pages()?), (6, 6));
    let before = Book::made()?;
    Book::new("b")?;
    assert_eq!(Book::made()?, before + 1);
    Book::set_made(50)?;
    assert_eq!(Book::made()?, 50);
    Ok(())
}

fn variables() -> Result<(), Error> {
    Books::set_visits(40)?;
    Books::visit()?;
    assert_eq!(Books::visits()?, 41);
    Ok(())
}

fn constants() -> Result<(), Error> {
    assert_eq!((Books::MOST, Books::RATIO, Books::NAME, Books::OPEN), (7, 0.5, "books", true));
    Ok(())
}

fn enums() -> Result<(), Error> {
    assert_eq!(Books::genre_of("Poems of a year")?, Genre::Poems);
    assert_eq!(Books::genre_name(&Genre::Novel)?, "NOVEL");
    assert_eq!(Genre::Novel.other()?, Genre::Poems);
    assert_eq!((Genre::Poems.name()?.as_str(), Genre::Poems.ordinal()?), ("POEMS", 1));
    assert_eq!(Genre::values()?, [Genre::Novel, Genre::Poems]);
    check::used(2);
    Ok(())
}

fn inheritance() -> Result<(), Error> {
    let novel = Novel::new("a", "Ann")?;
    assert_eq!((novel.title()?.as_str(), novel.hero()?.as_str()), ("a", "Ann"));
    assert_eq!(novel.longer(1)?.pages()?, 301);
    assert_eq!(Books::describe(&novel)?, "the novel of Ann");
    assert_eq!(Books::describe(&Book::new("b")?)?, "the book b");
    let book = Books::pick("c")?;
    assert_eq!(book.describe()?, "the novel of Ann");
    assert_eq!(book.cast::<Novel>()?.hero()?, "Ann");
    assert!(!Book::new("b")?.is::<Novel>());
    Ok(())
}

fn interfaces() -> Result<(), Error> {
    let reader = Books::reader("so")?;
    assert_eq!((reader.read(1)?.as_str(), reader.pages()?), ("so 1", 2));
    assert_eq!(Books::aloud(&reader)?, "so 0; so 1");
    assert_eq!(Books::aloud(&Tape::new("or")?)?, "or 0; or 1");
    Ok(())
}

struct Singer;

impl ReaderMethods for Singer {
    fn read(&self, page: i32) -> Result<String, Error> {
        Ok("la".repeat(page as usize))
    }
    fn pages(&self) -> Result<i32, Error> {
        Ok(3)
    }
}

fn implementing() -> Result<(), Error> {
    assert_eq!(Books::aloud(&Reader::implement(Singer)?)?, "; la; lala");
    Ok(())
}

fn callbacks() -> Result<(), Error> {
    assert_eq!(Books::apply(|value| value * 2, 21)?, 42);
    let upper = Books::each(["a", "b"], |title| title.to_uppercase())?;
    assert_eq!(upper.into_iter().collect::<Result<Vec<String>, _>>()?, ["A", "B"]);
    let book = Book::new_string_int32("a", 5)?;
    assert!(Books::fits(&book, |book: Book| book.pages().map(|pages| pages == 5))?);
    Books::keep(|book: Book| book.title().map(|title| title + "!"))?;
    assert_eq!(Books::run_kept(&book)?, "a!");
    let error = Books::apply(|value| u8::try_from(value).map(i32::from), 1000).unwrap_err();
    assert!(error.downcast_ref::<std::num::TryFromIntError>().is_some(), "{error:?}");
    Ok(())
}

fn returned_functions() -> Result<(), Error> {
    let add = Books::adder(5)?;
    assert_eq!(add.apply_as_int(4)?, 9);
    assert_eq!(Books::apply(move |value| add.apply_as_int(value), 1)?, 6);
    let book = Book::new_string_int32("a", 6)?;
    let is_long = Books::longer_than(5)?;
    assert!(is_long.fits(&book)? && !is_long.not()?.fits(&book)?);
    assert_eq!(Books::chosen(|value| value + 2)?.apply_as_int(1)?, 3);
    Ok(())
}

fn errors() -> Result<(), Error> {
    let error = Books::lend("gone").unwrap_err();
    assert!(error.is::<MissingException>() && error.is::<BookException>(), "{error:?}");
    assert_eq!(error.message, "gone is missing");
    assert_eq!(error.exception::<MissingException>().unwrap().get_title()?, "gone");
    assert_eq!(error.cause.as_ref().unwrap().type_name, "java.util.NoSuchElementException");
    let error = Books::lend("torn").unwrap_err();
    assert!(error.is::<BookException>() && !error.is::<MissingException>(), "{error:?}");
    assert_eq!(Books::lend("a")?, "a");
    Ok(())
}

fn nullable() -> Result<(), Error> {
    assert_eq!(Books::find("a")?.get()?.title()?, "a");
    assert_eq!(Books::pages_of(&Book::new("a")?)?, Some(100));
    assert_eq!(Books::pages_of(&Null)?, None);
    assert_eq!(Books::loud("a")?, "A");
    Ok(())
}

fn lists() -> Result<(), Error> {
    let titles = Books::titles("a b")?;
    assert_eq!(titles.into_iter().collect::<Result<Vec<String>, _>>()?, ["a", "b"]);
    assert_eq!(Books::total([1, 2, 3])?, 6);
    let made = Books::books_of(&["a", "b"])?;
    assert_eq!((made.size()?, made.get(1)?.title()?.as_str()), (2, "b"));
    assert_eq!(Books::pages_in(&made)?, 200);
    assert_eq!(Books::pages_in([made.get(0)?])?, 100);
    Ok(())
}

fn sets() -> Result<(), Error> {
    let letters = Books::letters("abca")?;
    let all = letters.into_iter().collect::<Result<BTreeSet<String>, _>>()?;
    assert_eq!(all.into_iter().collect::<String>(), "abc");
    assert_eq!(Books::distinct(&letters)?, 3);
    assert_eq!(Books::distinct(["x", "y"])?, 2);
    Ok(())
}

fn maps() -> Result<(), Error> {
    let lengths = Books::lengths(["a", "ccc"])?;
    assert_eq!((lengths.get("a")?, lengths.get("ccc")?), (1, 3));
    assert_eq!(Books::longest(&lengths)?, "ccc");
    assert_eq!(Books::longest([("bb", 2), ("a", 1)])?, "bb");
    Ok(())
}

fn iteration() -> Result<(), Error> {
    let numbers = Books::count_up(3)?.into_iter().collect::<Result<Vec<i32>, _>>()?;
    assert_eq!(numbers, [1, 2, 3]);
    let (a, b) = (Book::new("a")?, Book::new("b")?);
    let shelf = Shelf::new(&[&a, &b])?;
    let mut titles = String::new();
    for book in &shelf {
        titles += &book?.title()?;
    }
    assert_eq!((titles.as_str(), shelf.size()?), ("ab", 2));
    assert_eq!(shelf.get(1)?, b);
    assert!(shelf.contains(&a)? && !shelf.contains(&Book::new("c")?)?);
    assert_eq!(shelf.add(&a)?, 3);
    shelf.close()
}

fn object_protocol() -> Result<(), Error> {
    let pages = |number| Book::new_string_int32("a", number);
    let book = pages(5)?;
    assert_eq!(book.to_string(), "a, 5 pages");
    assert_eq!(book, pages(5)?);
    assert_ne!(book, pages(6)?);
    assert_eq!(std::collections::HashSet::from([book.clone(), pages(5)?]).len(), 1);
    assert!(book.compare_to(pages(6)?)? < 0);
    Ok(())
}

fn generics() -> Result<(), Error> {
    let content: Content<String> = Content::new("a")?;
    assert_eq!((content.put("b")?.as_str(), content.get()?.as_str()), ("a", "b"));
    assert_eq!(Books::first::<String>(["x", "y"])?, "x");
    assert_eq!(Books::boxed("c")?.get()?.title()?, "c");
    Ok(())
}

fn binary() -> Result<(), Error> {
    assert_eq!(Books::reverse(&[0, 128, 255])?, [255, 128, 0]);
    assert!(Books::reverse(&[])?.is_empty());
    Ok(())
}

fn arrays() -> Result<(), Error> {
    assert_eq!(Books::scale(&[1.0, 2.5], 2.0)?, [2.0, 5.0]);
    assert_eq!(Books::mean(&[1.0, 2.0])?, 1.5);
    assert_eq!(Books::transpose(&[vec![1, 2], vec![3, 4]])?, [vec![1, 3], vec![2, 4]]);
    Ok(())
}

fn untyped() -> Result<(), Error> {
    assert_eq!(Books::anything(5_i32)?, Value::from(5_i32));
    assert_eq!(Books::anything("five")?, Value::from("five"));
    let book = Book::new("a")?;
    assert_eq!(Books::anything(&book)?, Value::from(&book));
    assert_eq!(Books::something("number")?, Value::from(5_i32));
    assert_eq!(Books::something("nothing")?, Value::Null);
    assert_eq!(lift::<Reference>(Books::something("book")?)?.cast::<Book>()?.title()?, "Any");
    Ok(())
}

fn closing() -> Result<(), Error> {
    let before = Shelf::open()?;
    let shelf = Shelf::new(&[&Book::new("a")?])?;
    assert_eq!(Shelf::open()?, before + 1);
    shelf.close()?;
    assert_eq!(Shelf::open()?, before);
    Ok(())
}
