//! Which Python interpreter is used: the runtime embeds it, the compiler asks
//! it about modules.
//!
//! One search for both, so that what was described is what is loaded. Runs
//! candidates, and loads nothing into this process. Any thread may enter.
#![forbid(unsafe_code)]

mod find;
mod probe;

pub use probe::Interpreter;

use find::candidates;
use probe::probe;

/// The first candidate that is a Python of 3.11 or later; the text of an error
/// says what was tried, why each is no use, and what to do.
pub fn choose() -> Result<Interpreter, String> {
    let mut tried = Vec::new();
    for candidate in candidates() {
        match (probe(&candidate.executable), candidate.advice) {
            (Ok(interpreter), _) => return Ok(interpreter),
            (Err(why), Some(advice)) => {
                let (origin, path) = (candidate.origin, candidate.executable);
                return Err(format!("{origin}: {} {why}; {advice}", path.display()));
            }
            (Err(why), None) => tried.push(format!("{} {why}", candidate.origin)),
        }
    }
    let tried = match tried.is_empty() {
        true => "there is none on PATH".to_owned(),
        false => tried.join("; "),
    };
    let advice = "install one, or activate a virtual environment that has one";
    Err(format!("no Python 3.11 or later found: {tried}; {advice}"))
}
