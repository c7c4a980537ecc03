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

fn main() -> Result<(), metaffi::Error> {
    assert!(later("early").wait().unwrap_err().message.contains("bind_module_to_code"));
    bind_module_to_code(&std::env::args().nth(1).unwrap(), "python3")?;
    assert_eq!(sell(&Till::implement(Own)?, "tea")?, "3 5.0");
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
