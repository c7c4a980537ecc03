//! Runs one step: prints its name before, its time after, and its output if it fails.

use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// Runs `command` quietly, and prints its output if it fails.
pub fn quiet(what: &str, command: &mut Command) -> Result<()> {
    let start = Instant::now();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{what}: cannot run {}", brief(command)))?;
    if !output.status.success() {
        eprintln!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        bail!("{what} failed ({}): {}", output.status, brief(command));
    }
    done(what, start);
    Ok(())
}

/// Runs `command` with its output on the screen.
pub fn shown(what: &str, command: &mut Command) -> Result<()> {
    let start = Instant::now();
    println!("==> {what}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{what}: cannot run {}", brief(command)))?;
    if !status.success() {
        bail!("{what} failed ({status}): {}", brief(command));
    }
    done(what, start);
    Ok(())
}

/// A command in a line: without scripts, long arguments, and the middle of many.
fn brief(command: &Command) -> String {
    const LONGEST: usize = 100;
    const FIRST: usize = 4;
    const LAST: usize = 8;
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let short = words.map(|word| match word.to_string_lossy() {
        word if word.len() > LONGEST || word.contains('\n') => "…".to_owned(),
        word => word.into_owned(),
    });
    let mut short: Vec<String> = short.collect();
    if short.len() > FIRST + LAST {
        short.splice(FIRST..short.len() - LAST, ["…".to_owned()]);
    }
    short.join(" ")
}

/// As many as there are processors, and four at most.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, |count| count.get().min(4))
}

/// Processes several items at a time. After an error no more are started.
pub fn some_at_once<T: Send>(
    workers: usize,
    all: impl IntoIterator<Item = T, IntoIter: Send>,
    each: impl Fn(T) -> Result<()> + Sync,
) -> Result<()> {
    let queue = Mutex::new(Some(all.into_iter()));
    let next = || queue.lock().expect("no worker panics with it").as_mut()?.next();
    let work = || -> Result<()> {
        while let Some(one) = next() {
            if let Err(error) = each(one) {
                *queue.lock().expect("no worker panics with it") = None;
                return Err(error);
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("it returns its errors"))
    })
}

/// Makes the C library overwrite memory that it allocates and frees, in `command` and everything it
/// starts, so that use after free is detected. The byte is not a valid pointer, length or tag.
pub fn overwriting_freed_memory(command: &mut Command) -> &mut Command {
    command.env("MALLOC_PERTURB_", "165")
}

/// Reports that a step is done, and its duration.
pub fn done(what: &str, start: Instant) {
    println!("  ok  {what} ({:.1} s)", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_in_a_line() {
        let mut command = Command::new("sh");
        command.args(["-ec", "first\nsecond", "name"]);
        assert_eq!(brief(&command), "sh -ec … name");
        let many = brief(command.args(["x"; 20]).arg("last"));
        assert!(many.starts_with("sh -ec … name … x x") && many.ends_with("x last"), "{many}");
    }
}
