//! The benchmark's Rust host: `metaffi-bench-host BUILT GUEST CONTESTANT…`, or instead
//! of the contestants `--count CALLS` (see [`counted`]), `--entities MODULE`
//! ([`entities`]), or `--texts LETTER…` ([`texts`]).
//!
//! Waits on stdin for lines `SCENARIO BATCHES [CONTESTANT [THREADS]]`, and answers each
//! with a line of JSON: the nanoseconds per call of every batch, by contestant, or by
//! `all`. The time of several threads is divided by the number of all their calls. The
//! driver is `bench/measure`.

#[cfg(feature = "stubs")]
mod by_stubs;
mod contestant;
mod counted;
mod entities;
mod floor;
mod loops;
mod ours;
mod scenarios;
mod subject;
mod texts;

use std::collections::BTreeMap;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail};
use contestant::Contestant;
use scenarios::SCENARIOS;
use serde_json::json;
use subject::Subject;

type Subjects = BTreeMap<&'static str, Vec<Subject>>;

fn main() -> Result<()> {
    // The C library uses fast paths while a process has one thread. Every contestant
    // has to pay what a program with several threads pays.
    std::thread::spawn(|| {
        loop {
            std::thread::park();
        }
    });
    match run() {
        Ok(()) => Ok(()),
        Err(error) => say(&json!({ "error": format!("{error:?}") })),
    }
}

fn run() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let built = PathBuf::from(args.next().context("BUILT is missing")?);
    let guest = args.next().context("GUEST is missing")?;
    let mut args = args.peekable();
    if args.next_if_eq("--count").is_some() {
        let calls = args.next().context("CALLS is missing")?.parse()?;
        return counted::run(&ours::load(&guest, &built)?, calls);
    }
    if args.next_if_eq("--entities").is_some() {
        return entities::run(&guest, &args.next().context("MODULE is missing")?);
    }
    if args.next_if_eq("--texts").is_some() {
        return texts::run(&guest, &built, args);
    }
    let contestants = args.map(|name| contestant(&name, &guest, &built)).collect::<Result<_>>()?;
    let subjects = subjects(contestants)?;
    say(&json!({ "ready": true }))?;
    for line in stdin().lock().lines() {
        say(&measure(&subjects, &line?)?)?;
    }
    Ok(())
}

fn contestant(name: &str, guest: &str, built: &Path) -> Result<Contestant> {
    match name {
        "metaffi" => ours::load(guest, built),
        "floor" => floor::load(guest, built),
        #[cfg(feature = "stubs")]
        "stubs" => by_stubs::load(guest, built),
        other => bail!("there is no contestant {other}"),
    }
}

fn subjects(contestants: Vec<Contestant>) -> Result<Subjects> {
    let mut subjects = Subjects::new();
    for contestant in contestants {
        let calls: Rc<dyn Fn() -> Result<i64>> = contestant.calls.into();
        for (name, repeated) in contestant.loops {
            let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name);
            let scenario = scenario.with_context(|| format!("there is no scenario {name}"))?;
            let subject = Subject::new(contestant.name, scenario, repeated, calls.clone());
            subjects.entry(name).or_default().push(subject);
        }
    }
    Ok(subjects)
}

fn measure(subjects: &Subjects, order: &str) -> Result<serde_json::Value> {
    let mut words = order.split_whitespace();
    let scenario = words.next().context("a scenario is missing")?;
    let batches: usize = words.next().context("a number is missing")?.parse()?;
    let only = words.next().filter(|only| *only != "all");
    let threads = words.next().map(str::parse).transpose()?;
    let turns: Vec<_> = subjects
        .get(scenario)
        .with_context(|| format!("there is no scenario {scenario}"))?
        .iter()
        .filter(|subject| only.is_none_or(|name| name == subject.name))
        .collect();
    turns.iter().try_for_each(|subject| subject.prepare())?;
    let mut times: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for _ in 0..batches {
        for subject in &turns {
            let ns = match threads {
                Some(threads) => subject.at_once(threads)?,
                None => subject.batch()?,
            };
            times.entry(subject.name).or_default().push(ns);
        }
    }
    Ok(json!({ "times": times }))
}

/// A line of the answer.
fn say(answer: &serde_json::Value) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}
