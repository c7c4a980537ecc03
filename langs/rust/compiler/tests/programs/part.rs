//! A protocol of Python implemented in Rust, and asynchronous functions.

#[path = "part_MetaFFIHost.rs"]
mod part;

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::time::{Duration, Instant};

use part::*;

struct Own;

impl TillMethods for Own {
    fn open(&self, name: String) -> Result<i64, metaffi::Error> {
        Ok(name.len() as i64)
    }
    fn pay(&self, amount: f64) -> Result<f64, metaffi::Error> {
        Ok(amount * 2.0)
    }
}

/// The smallest executor.
fn run<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(result) => return result,
            Poll::Pending => std::thread::park(),
        }
    }
}

async fn both() -> Result<String, metaffi::Error> {
    let slow = later_with("a").delay(0.05).call();
    Ok(slow.await? + &later("b").await?)
}

fn notations() -> Result<(), metaffi::Error> {
    let shelf = Shelf::new(&["a", "b", "c"])?;
    assert_eq!((shelf.len()?, shelf.get_item(1)?, shelf.get(1)?), (3, "b".into(), "at 1".into()));
    shelf.set(1, "x")?;
    shelf.remove(0)?;
    assert!(shelf.contains("x")? && !shelf.contains("a")?);
    assert_eq!((shelf.call("the ")?.as_str(), shelf.r#mod(2)?), ("the x", 0));
    let both = shelf.add(&Shelf::new(&["d"])?)?;
    assert_eq!((&both).into_iter().collect::<Result<Vec<_>, _>>()?, ["x", "c", "d"]);
    // A callable object is returned as a function if its class is not declared.
    assert_eq!(shelf_of("z")?.lift::<Shelf>()?.get_item(0)?, "z");
    Ok(())
}

fn named() -> Result<(), metaffi::Error> {
    let names = ["aa", "b"];
    assert_eq!(best_with(&names).key(|name| name.len() as i64).call()?, "aa");
    assert_eq!(best_with(&names).key(|name| -(name.len() as i64)).bonus("ccc", 5).call()?, "ccc");
    let [letter, number] = pair()?.lift::<[metaffi::Value; 2]>()?;
    assert_eq!(format!("{letter} {number}"), "a 1");
    Ok(())
}

fn main() -> Result<(), metaffi::Error> {
    assert!(later("early").wait().unwrap_err().message.contains("bind_module_to_code"));
    bind_module_to_code(&std::env::args().nth(1).unwrap(), "python3")?;
    assert_eq!(sell(&Till::implement(Own)?, "tea")?, "3 5.0");
    notations()?;
    named()?;
    assert_eq!(later("now").wait()?, "now!");
    assert_eq!(run(both())?, "a!b!");
    run(nothing())?;
    let clock = Clock::new()?;
    assert_eq!((run(clock.tick(2))?, clock.tick(3).wait()?), (2, 5));
    let error = run(later("")).unwrap_err();
    assert!(error.is::<Bad>(), "{error:?}");
    let begun = Instant::now();
    drop(later_with("dropped").delay(60.0).call());
    let mut under_way = Box::pin(later_with("late").delay(0.2).call());
    assert!(under_way.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop())).is_pending());
    assert_eq!((*std::pin::Pin::into_inner(under_way)).wait()?, "late!");
    assert!(begun.elapsed() < Duration::from_secs(30));
    Ok(())
}
