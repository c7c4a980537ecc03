//! What concerns a whole process: start, signals, fork, exit. Each scenario runs in a separate
//! process, which is this test program again.
#![cfg(unix)]
#![allow(unsafe_code)] // handles signals, forks, and starts a JVM by itself

mod fixtures;

use std::process::{Command, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};

use fixtures::{function, hub, runtime, shape};
use metaffi::ErrorKind;

const SCENARIO: &str = "METAFFI_TEST_SCENARIO";
const SCENARIOS: &[(&str, fn())] = &[
    ("main_thread", main_thread),
    ("exit_from_another_thread", exit_from_another_thread),
    ("busy_java_thread", busy_java_thread),
    ("hooks", hooks),
    ("hooks_without_exit", hooks_without_exit),
    ("hooks_load_classes", hooks_load_classes),
    ("java_exit", java_exit),
    ("gate", gate),
    ("host_signals", host_signals),
    ("default_interrupt", default_interrupt),
    ("default_signal", default_signal),
    ("all_signals", all_signals),
    ("fork", fork),
    ("bad_option", bad_option),
    ("refused", refused),
    #[cfg(target_os = "linux")]
    ("little_space", little_space),
    ("works", works),
    ("small_heap", small_heap),
    ("version", version),
    ("refused_home", refused_home),
    ("class_path", class_path),
    ("foreign_vm", foreign_vm),
];

/// The other side of [`scenario`]: runs one in this process.
#[test]
#[ignore = "run by the other tests, in a process of its own"]
fn child() {
    let name = std::env::var(SCENARIO).expect("a scenario is named");
    let (_, run) = SCENARIOS.iter().find(|(known, _)| *known == name).expect("it is known");
    run();
}

struct Outcome {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

/// Runs a scenario on the main thread of a new process.
fn scenario(name: &str, variables: &[(&str, &str)]) -> Outcome {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "child", "--nocapture", "--test-threads=1"])
        .env(SCENARIO, name)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Outcome { status: output.status, stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs a scenario that must succeed and print nothing on stderr.
fn clean(name: &str, variables: &[(&str, &str)]) -> String {
    let outcome = scenario(name, variables);
    assert!(outcome.status.success(), "{:?} {}{}", outcome.status, outcome.stdout, outcome.stderr);
    assert_eq!(outcome.stderr, "");
    outcome.stdout
}

fn works() {
    assert_eq!(function::<(i64,), i64>("Scalars.int64").call((5,)).unwrap(), 5);
}

#[test]
fn exits_are_clean() {
    clean("main_thread", &[]);
    clean("busy_java_thread", &[]);
    let outcome = scenario("exit_from_another_thread", &[]);
    assert_eq!((outcome.status.code(), outcome.stderr.as_str()), (Some(7), ""));
}

/// The main thread's stack is special: overflow it, too.
fn main_thread() {
    works();
    let overflow = function::<(i32,), i32>("Failures.overflow");
    for _ in 0..3 {
        let error = overflow.call((0,)).unwrap_err();
        assert_eq!(error.type_name, "java.lang.StackOverflowError");
    }
    assert_eq!(
        function::<(), i32>("Failures.nullPointer").call(()).unwrap_err().kind,
        ErrorKind::Guest
    );
    works();
    std::mem::forget(shape(1)); // an object that is never released
}

fn exit_from_another_thread() {
    works();
    let _ = std::thread::spawn(|| {
        works();
        std::process::exit(7);
    })
    .join();
}

fn busy_java_thread() {
    function::<(), ()>("Keeper.startBusyThread").call(()).unwrap();
    std::thread::spawn(|| {
        loop {
            works()
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(50));
}

#[test]
fn shutdown_hooks_run_at_exit() {
    assert!(clean("hooks", &[]).contains("tidied up"));
    // The C library's exit notifies the runtimes of a host that did not announce its exit.
    assert!(clean("hooks_without_exit", &[]).contains("tidied up"));
    let outcome = scenario("java_exit", &[]);
    assert_eq!((outcome.status.code(), outcome.stderr.as_str()), (Some(9), ""));
    assert!(outcome.stdout.contains("tidied up"), "{}", outcome.stdout);
}

fn hooks() {
    function::<(&str,), ()>("Keeper.printAtShutdown").call(("tidied up",)).unwrap();
    hub().begin_exit();
    hub().begin_exit();
}

fn hooks_without_exit() {
    function::<(&str,), ()>("Keeper.printAtShutdown").call(("tidied up",)).unwrap();
}

/// The C library's exit destroys what JDK 11 finds classes by: the hooks run before that.
#[test]
fn shutdown_hooks_may_load_classes() {
    let output = clean("hooks_load_classes", &[("MALLOC_PERTURB_", "165")]);
    assert!(output.contains("loaded class javax.crypto.SealedObject"), "{output}");
}

fn hooks_load_classes() {
    function::<(&str,), ()>("Keeper.loadAtShutdown").call(("javax.crypto.SealedObject",)).unwrap();
}

/// Java ends the program while another thread calls it.
fn java_exit() {
    hooks_without_exit();
    std::thread::spawn(|| {
        loop {
            works();
        }
    });
    let system = runtime().module("").unwrap();
    let exit = system.function::<(i32,), ()>("class=java.lang.System,callable=exit").unwrap();
    let _ = exit.call((9,));
}

#[test]
fn after_exit_begins_only_the_exiting_thread_enters() {
    clean("gate", &[]);
}

fn gate() {
    let echo = function::<(i64,), i64>("Scalars.int64");
    let object = shape(1);
    hub().begin_exit();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let error = echo.call((1,)).unwrap_err();
            assert_eq!(error.kind, ErrorKind::Released);
            assert!(error.message.contains("the process is exiting"), "{error}");
        });
        scope.spawn(move || drop(object));
    });
    assert_eq!(echo.call((1,)).unwrap(), 1);
    assert_eq!(fixtures::owner().live_objects(), 0);
}

#[test]
fn the_hosts_signal_handlers_remain() {
    clean("host_signals", &[]);
    let outcome = scenario("default_interrupt", &[]);
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&outcome.status), Some(libc::SIGINT));
}

static CAUGHT: AtomicUsize = AtomicUsize::new(0);
extern "C" fn caught(_: libc::c_int) {
    CAUGHT.fetch_add(1, Ordering::Relaxed);
}

fn action(signal: libc::c_int) -> libc::sigaction {
    // SAFETY: all zeros is a valid action, and it is only read into.
    unsafe {
        let mut action = std::mem::zeroed();
        libc::sigaction(signal, std::ptr::null(), &raw mut action);
        action
    }
}

fn host_signals() {
    const HOSTS: [libc::c_int; 5] =
        [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT, libc::SIGUSR2];
    let handler = caught as extern "C" fn(libc::c_int) as libc::sighandler_t;
    for signal in HOSTS {
        // SAFETY: the handler stores one atomic.
        unsafe { libc::signal(signal, handler) };
    }
    works();
    for signal in HOSTS {
        // SAFETY: handled above.
        unsafe { libc::raise(signal) };
    }
    assert_eq!(CAUGHT.load(Ordering::Relaxed), HOSTS.len());
    // The last but two is that of the JDK's sockets, which send it only to Java's own threads.
    for signal in (1..=64).filter(|signal| *signal != libc::SIGRTMAX() - 2) {
        let action = action(signal);
        let is_jvms = !matches!(action.sa_sigaction, libc::SIG_DFL | libc::SIG_IGN)
            && action.sa_sigaction != handler;
        assert!(!is_jvms || action.sa_flags & libc::SA_ONSTACK != 0, "signal {signal}");
    }
    assert_ne!(action(libc::SIGSEGV).sa_sigaction, libc::SIG_DFL);
    assert_eq!(action(libc::SIGPIPE).sa_sigaction, libc::SIG_IGN, "Rust ignores it");
    assert_eq!(action(libc::SIGUSR1).sa_sigaction, libc::SIG_DFL);
    assert!(std::env::var_os("_JAVA_SR_SIGNUM").is_none());
    assert_eq!(
        function::<(), i32>("Failures.nullPointer").call(()).unwrap_err().kind,
        ErrorKind::Guest
    );
}

#[test]
fn default_signals_keep_their_default_action() {
    for signal in [libc::SIGUSR1, libc::SIGUSR2] {
        let outcome = scenario("default_signal", &[("TEST_SIGNAL", &signal.to_string())]);
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&outcome.status), Some(signal));
    }
}

fn default_signal() {
    works();
    let signal = std::env::var("TEST_SIGNAL").unwrap().parse().unwrap();
    // SAFETY: ends this process, as the test expects.
    unsafe { libc::kill(libc::getpid(), signal) };
    std::thread::sleep(std::time::Duration::from_secs(10));
    unreachable!();
}

/// All real-time signals belong to the host, as in a Go program; the JVM shares one.
#[test]
fn a_host_that_handles_every_signal_keeps_them_all() {
    clean("all_signals", &[]);
}

static LAST_CAUGHT: AtomicUsize = AtomicUsize::new(0);
extern "C" fn last_caught(signal: libc::c_int) {
    LAST_CAUGHT.store(signal as usize, Ordering::Relaxed);
}

fn all_signals() {
    let handler = last_caught as extern "C" fn(libc::c_int) as libc::sighandler_t;
    // The last but two is that of the JDK's sockets.
    let hosts = || {
        (libc::SIGRTMIN()..=libc::SIGRTMAX())
            .filter(|signal| *signal != libc::SIGRTMAX() - 2)
            .chain([libc::SIGUSR1, libc::SIGUSR2, libc::SIGPIPE, libc::SIGPROF, libc::SIGCHLD])
    };
    for signal in hosts() {
        // SAFETY: the handler stores one atomic.
        unsafe { libc::signal(signal, handler) };
    }
    works();
    for signal in hosts() {
        // SAFETY: handled above; sent by this process to itself.
        unsafe { libc::kill(libc::getpid(), signal) };
        let begun = std::time::Instant::now();
        while LAST_CAUGHT.load(Ordering::Relaxed) != signal as usize {
            assert!(begun.elapsed().as_secs() < 5, "signal {signal} is lost");
            std::thread::yield_now();
        }
    }
}

fn default_interrupt() {
    works();
    // SAFETY: ends this process, as the test expects.
    unsafe { libc::raise(libc::SIGINT) };
    unreachable!();
}

#[test]
fn a_forked_child_gets_an_error() {
    clean("fork", &[]);
}

fn fork() {
    let echo = function::<(i64,), i64>("Scalars.int64");
    let object = shape(1);
    // SAFETY: the child does what a forked Python worker would do, and exits.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let error = echo.call((1,)).unwrap_err();
        let is_expected = error.kind == ErrorKind::Unsupported && error.message.contains("spawn");
        drop(object);
        // SAFETY: ends the child.
        unsafe { libc::_exit(if is_expected { 3 } else { 4 }) };
    }
    let mut status = 0;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!(libc::WEXITSTATUS(status), 3);
    assert_eq!(echo.call((1,)).unwrap(), 1);
}

#[test]
fn options_of_the_user() {
    clean("bad_option", &[("METAFFI_JVM_OPTIONS", "-Dfine=1 --no-such-option")]);
    clean("small_heap", &[("METAFFI_JVM_OPTIONS", "-Xmx64m '-Dtest=two words'")]);
}

fn bad_option() {
    for _ in 0..2 {
        let error = metaffi::Runtime::load_from(hub(), "openjdk").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load);
        assert!(error.message.contains("Unrecognized option: --no-such-option"), "{error}");
        assert!(error.message.contains("METAFFI_JVM_OPTIONS is `-Dfine=1"), "{error}");
    }
}

#[test]
fn a_jvm_that_does_not_start_is_an_error_with_its_output() {
    for (options, words) in [
        ("-Xms4g -Xmx1g", "heap size"),
        ("-Xmx99999t", "heap"),
        ("-XX:+UseG1GC -XX:+UseSerialGC", "garbage collectors"),
        ("-agentlib:nope", "nope"),
        ("--add-opens java.base/java.lang=ALL-UNNAMED", "write `--add-opens=java.base/"),
    ] {
        clean("refused", &[("METAFFI_JVM_OPTIONS", options), ("TEST_WORDS", words)]);
    }
    // The output of agents and of Java itself goes to stderr.
    for (options, output) in
        [("-javaagent:/nope.jar", "nope.jar"), ("--add-modules=no.such", "not found")]
    {
        let variables = [("METAFFI_JVM_OPTIONS", options), ("TEST_WORDS", "did not start")];
        let outcome = scenario("refused", &variables);
        assert!(outcome.status.success() && outcome.stderr.contains(output), "{}", outcome.stderr);
    }
}

fn refused() {
    let words = std::env::var("TEST_WORDS").unwrap();
    let handler = action(libc::SIGSEGV).sa_sigaction;
    for _ in 0..2 {
        let error = metaffi::Runtime::load_from(hub(), "openjdk").unwrap_err();
        assert_eq!(error.kind, ErrorKind::Load);
        assert!(error.message.contains(&words), "{error}");
    }
    assert_eq!(action(libc::SIGSEGV).sa_sigaction, handler);
    metaffi::Runtime::load_from(hub(), "loopback").unwrap();
}

/// With little address space the JVM starts or fails to start, whatever runs short.
#[test]
#[cfg(target_os = "linux")]
fn a_limited_address_space_is_at_most_an_error() {
    for megabytes in (1500_u64..6000).step_by(500) {
        let bytes = (megabytes << 20).to_string();
        let outcome = scenario("little_space", &[("TEST_BYTES", &bytes)]);
        let (status, errors) = (outcome.status, outcome.stderr);
        assert!(status.success(), "{megabytes} MB: {status:?} {}{errors}", outcome.stdout);
    }
}

#[cfg(target_os = "linux")]
fn little_space() {
    // The JVM writes its report into the current folder.
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    let bytes = std::env::var("TEST_BYTES").unwrap().parse().unwrap();
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: libc::RLIM_INFINITY };
    // SAFETY: a valid limit, for this process.
    unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) };
    let outcome = metaffi::Runtime::load_from(hub(), "openjdk");
    if let Err(error) = outcome {
        assert_eq!(error.kind, ErrorKind::Load);
    }
    let limit = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, ..limit };
    // SAFETY: the previous limit of this process.
    unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) };
}

#[test]
fn an_option_that_ends_the_process_keeps_its_output() {
    let outcome = scenario("works", &[("METAFFI_JVM_OPTIONS", "-Xinternalversion")]);
    assert!(outcome.stderr.contains("OpenJDK"), "{}{}", outcome.stdout, outcome.stderr);
}

fn small_heap() {
    let property = runtime()
        .module("")
        .unwrap()
        .function::<(&str,), String>("class=java.lang.System,callable=getProperty");
    assert_eq!(property.unwrap().call(("test",)).unwrap(), "two words");
    for _ in 0..3 {
        let error = function::<(), i32>("Failures.hoard").call(()).unwrap_err();
        assert_eq!(error.type_name, "java.lang.OutOfMemoryError");
        works();
    }
}

#[test]
fn java_home_takes_precedence() {
    let Ok(home) = std::env::var("JAVA_HOME") else { return };
    let release = std::fs::read_to_string(std::path::Path::new(&home).join("release")).unwrap();
    let stdout = clean("version", &[]);
    let version = stdout.lines().find_map(|line| line.strip_prefix("version ")).unwrap();
    assert!(release.contains(&format!("JAVA_VERSION=\"{version}\"")), "{version}\n{release}");
}

#[allow(clippy::print_stdout, reason = "the other side reads it")]
fn version() {
    let property = runtime()
        .module("")
        .unwrap()
        .function::<(&str,), String>("class=java.lang.System,callable=getProperty")
        .unwrap();
    println!("\nversion {}", property.call(("java.version",)).unwrap());
}

#[test]
fn an_unusable_java_home_is_skipped_and_reported() {
    let stdout = clean("refused_home", &[("JAVA_HOME", "/no/such/jdk")]);
    assert!(stdout.contains("refused JAVA_HOME=/no/such/jdk has no "), "{stdout}");
}

#[allow(clippy::print_stdout, reason = "the other side reads it")]
fn refused_home() {
    works();
    let property = runtime()
        .module("")
        .unwrap()
        .function::<(&str,), String>("class=java.lang.System,callable=getProperty")
        .unwrap();
    println!("\nrefused {}", property.call(("metaffi.java.home.refused",)).unwrap());
}

#[test]
fn the_class_path_of_the_environment_is_added() {
    let nowhere = std::env::join_paths(["/no/such/folder".as_ref(), fixtures::classes()]);
    clean("class_path", &[("CLASSPATH", nowhere.unwrap().to_str().unwrap())]);
}

/// Both modules see the same classes, since they have one parent.
fn class_path() {
    let first = runtime().module("").unwrap();
    let second = runtime().module("").unwrap();
    let shape = first.function::<(i32,), metaffi::Handle>("class=fixtures.Shape,callable=of");
    let sides = "class=fixtures.Shape,callable=describe,instance_required";
    let describe = second.function::<(metaffi::Handle,), String>(sides).unwrap();
    assert_eq!(describe.call((shape.unwrap().call((3,)).unwrap(),)).unwrap(), "null of 3");
}

#[test]
fn a_jvm_that_already_runs_is_used() {
    clean("foreign_vm", &[]);
}

/// Starts a JVM without our options, as another bridge would.
fn foreign_vm() {
    let home = std::env::var("JAVA_HOME").unwrap_or_else(|_| {
        let java = Command::new("sh").args(["-c", "readlink -f $(command -v java)"]).output();
        let java = String::from_utf8(java.unwrap().stdout).unwrap();
        java.trim().strip_suffix("/bin/java").unwrap().to_owned()
    });
    // SAFETY: JNI's own start, with valid arguments.
    unsafe {
        type Create = unsafe extern "system" fn(
            *mut *mut jni_sys::JavaVM,
            *mut *mut std::ffi::c_void,
            *mut std::ffi::c_void,
        ) -> i32;
        let library = libloading::Library::new(format!("{home}/lib/server/libjvm.so")).unwrap();
        let create = library.get::<Create>(b"JNI_CreateJavaVM").unwrap();
        let mut args = jni_sys::JavaVMInitArgs {
            version: jni_sys::JNI_VERSION_1_8,
            nOptions: 0,
            options: std::ptr::null_mut(),
            ignoreUnrecognized: false,
        };
        let (mut vm, mut env) = (std::ptr::null_mut(), std::ptr::null_mut());
        assert_eq!(create(&raw mut vm, &raw mut env, (&raw mut args).cast()), 0);
        std::mem::forget(library);
    }
    works();
    let error = function::<(i32,), i32>("Failures.overflow").call((0,)).unwrap_err();
    assert_eq!(error.type_name, "java.lang.StackOverflowError");
    std::thread::spawn(works).join().unwrap();
}
