//! Looks at errors of Python.

use metaffi::{Error, ErrorKind, Object, Runtime, callable};

#[derive(Debug, PartialEq)]
struct Negative(i64);

impl std::fmt::Display for Negative {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is negative", self.0)
    }
}

impl std::error::Error for Negative {}

fn main() -> Result<(), Error> {
    let bank = Runtime::load("python3")?.module("../errors/bank.py")?.object()?;

    if let Err(error) = bank.call("withdraw", (10, 25)) {
        println!("{:?}, {}, {}", error.kind, error.language, error.type_name);
        println!("{}", error.message);
        println!("{}", error.stack_trace().lines().next().unwrap_or_default());
        if let Some(original) = &error.original {
            println!("{}", Object::from(original.clone()).get("missing")?);
        }
    }

    if let Err(error) = bank.call("pay", (10, "ten")) {
        println!("{error}, because {}", error.cause.as_ref().expect("a cause"));
    }

    // The error of a closure passes through Python as itself.
    let check = callable(|amount: i64| if amount < 0 { Err(Negative(amount)) } else { Ok(()) })?;
    let error = bank.call("each", (vec![1_i64, -1], &check)).unwrap_err();
    println!("{:?}", error.downcast_ref::<Negative>());

    let error = bank.call("withdrw", (1, 1)).unwrap_err();
    println!("{} {error}", error.kind == ErrorKind::NotFound);
    Ok(())
}
