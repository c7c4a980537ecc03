//! What becomes of threads that come while the process exits.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// An exit takes milliseconds, unless user code takes part.
const PATIENCE: Duration = Duration::from_secs(2);

/// Holds a thread back that may not enter a guest any more, because the process
/// exits: most are gone before this returns, and an error would only make them
/// complain, or end the process in another way. It returns at most two seconds
/// after the first thread came, so that an exit which waits for one goes on;
/// the thread is then refused. It must hold nothing that the exit needs.
#[cold]
pub fn await_exit() {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    let waited = FIRST.get_or_init(Instant::now).elapsed();
    std::thread::sleep(PATIENCE.saturating_sub(waited));
}
