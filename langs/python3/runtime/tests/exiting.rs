//! The exit of a program with embedded Python: Python's exit handlers run, its output is
//! written, the exit code is the program's own, and nothing hangs.
#![cfg(unix)]

mod programs;

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::time::{Duration, Instant};

use programs::{Place, environment, prints, texts};

const MODULE: &str = "
import atexit, os, signal, sys, threading, time

def register():
    atexit.register(lambda: print('handler'))

def half_a_line():
    sys.stdout.write('half a line')

def work():
    sum(range(100))

def start_daemon():
    def forever():
        while True:
            work()
    for daemon in (True, False):
        threading.Thread(target=forever, daemon=True).start()

def start_thread(seconds=100):
    def work():
        time.sleep(seconds)
        print('thread')
    threading.Thread(target=work).start()

def start_short_thread():
    start_thread(0.3)

def start_executors():
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    global threads, processes
    threads, processes = ThreadPoolExecutor(2), ProcessPoolExecutor(2)
    assert processes.submit(abs, -7).result() == 7
    threads.submit(lambda: (time.sleep(0.3), print('executor')))

def start_busy_executor():
    from concurrent.futures import ProcessPoolExecutor
    global processes
    processes = ProcessPoolExecutor(2)
    processes.submit(time.sleep, 100)

def open_files():
    import gzip, zipfile
    global files
    text, binary = open('text', 'w'), open('binary', 'wb')
    packed = gzip.open('packed', 'wt')
    archive = zipfile.ZipFile('archive', 'w')
    archive.writestr('inner', 'written')
    text.write('written')
    binary.write(b'written')
    packed.write('written')
    files = text, binary, packed, archive

def print_files():
    import gzip, zipfile
    print(open('text').read(), open('binary').read(), gzip.open('packed', 'rt').read(),
          zipfile.ZipFile('archive').read('inner').decode())

def import_what_takes_signals():
    import asyncio, subprocess, multiprocessing

def fork():
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os._exit(7)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

def leave():
    sys.exit(9)

def end():
    os._exit(4)
";

fn program(place: &Place, steps: &[&str]) -> Command {
    let module = format!("load {}", place.file("guest.py", MODULE));
    let steps: Vec<&str> = std::iter::once(module.as_str()).chain(steps.iter().copied()).collect();
    let mut command = place.command(&steps);
    command.env("VIRTUAL_ENV", environment());
    command
}

#[test]
fn handlers_run_once_and_output_is_written() {
    let place = Place::new();
    assert_eq!(
        prints(&mut program(&place, &["call register", "call half_a_line"])),
        "half a linehandler\n"
    );
    let steps = ["call register", "exiting", "exiting", "call half_a_line"];
    assert_eq!(prints(&mut program(&place, &steps)), "handler\nhalf a line");
}

#[test]
fn the_exit_code_is_the_programs_own() {
    let place = Place::new();
    for (steps, code, wanted) in [
        (&["call register", "exit 7"][..], 7, "handler\n"),
        (&["call leave", "exit 3"], 3, "call leave: Guest: SystemExit: 9\n"),
        (&["call end"], 4, ""),
    ] {
        let output = program(&place, steps).output().unwrap();
        let (stdout, stderr) = texts(&output);
        assert_eq!((output.status.code(), &*stdout, &*stderr), (Some(code), wanted, ""));
    }
}

#[test]
fn threads_that_still_run() {
    let place = Place::new();
    for _ in 0..5 {
        let steps = ["spin work", "spin work", "call start_daemon"];
        assert_eq!(prints(&mut program(&place, &steps)), "");
        let steps = ["spin work", "call start_daemon", "exiting", "call work"];
        assert_eq!(prints(&mut program(&place, &steps)), "");
    }
}

#[test]
fn executors_and_threads_finish_their_work_within_a_limit() {
    let place = Place::new();
    let steps = ["call register", "call start_executors", "call start_short_thread"];
    let printed = prints(&mut program(&place, &steps));
    assert!(printed.ends_with("handler\n"), "{printed}");
    assert!(printed.contains("thread\n") && printed.contains("executor\n"), "{printed}");
    let steps = ["call register", "call start_busy_executor", "call start_thread", "exiting"];
    let begun = Instant::now();
    let mut program = program(&place, &steps);
    assert_eq!(prints(program.env("METAFFI_EXIT_SECONDS", "1")), "handler\n");
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[test]
fn open_files_are_flushed() {
    let place = Place::new();
    for end in ["exiting", "exit 0"] {
        let folder = tempfile::tempdir().unwrap();
        let steps = ["call open_files", end];
        assert_eq!(prints(program(&place, &steps).current_dir(&folder)), "");
        assert_eq!(
            prints(program(&place, &["call print_files"]).current_dir(&folder)),
            "written written written written\n"
        );
    }
}

#[test]
fn threads_come_and_go() {
    let place = Place::new();
    let steps = vec!["thread work"; 200];
    assert_eq!(prints(&mut program(&place, &steps)), "");
}

#[test]
fn another_thread_is_refused_once_the_exit_has_begun() {
    let place = Place::new();
    let said = prints(&mut program(&place, &["exiting", "thread work", "call work"]));
    assert_eq!(
        said,
        "thread work: Released: the process is exiting: only the thread that ends it may still call\n"
    );
}

#[test]
fn ctrl_c_ends_the_program() {
    let place = Place::new();
    let steps = ["call import_what_takes_signals", "raise 2", "exit 5"];
    let output = program(&place, &steps).output().unwrap();
    assert_eq!(output.status.signal(), Some(2), "{output:?}");
}

#[test]
fn a_guest_that_forks() {
    let place = Place::new();
    assert_eq!(prints(&mut program(&place, &["call register", "call fork"])), "7\nhandler\n");
}
