//! Uses a library of Python by the names of what it has.

use metaffi::{Runtime, named};

fn main() -> Result<(), metaffi::Error> {
    let library = Runtime::load("python3")?.module("../objects/library.py")?.object()?;
    let momo = library.call_named("Book", ("Momo",), [named("pages", 304)])?;
    let emma = library.call("Book", ("Emma",))?;
    let shelf = library.call("Shelf", (&momo, &emma))?;

    momo.set("pages", 305)?;
    println!("{momo}; {}", momo.get("pages")?.lift::<i64>()?);
    println!("{}", shelf.call("longest", (200,))?.equals(&momo)?);
    println!("{}, {}", shelf.index(1)?.get("title")?, shelf.len()?);
    for book in shelf.iter()? {
        println!("- {}", book?);
    }
    for (title, book) in shelf.get("by_title")?.entries()? {
        println!("{title}: {}", book.get("pages")?);
    }
    Ok(())
}
