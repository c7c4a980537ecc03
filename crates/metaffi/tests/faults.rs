//! Triggers every fault point of the plugin boundary. Each fault, including a
//! panic, is an error, and the process survives. Each runs in a child process,
//! since the environment is read once.

use std::process::Command;

use metaffi::{Error, Runtime};

const POINTS: &[&str] = &["plugin.start", "plugin.load_module", "plugin.load_entity"];

fn load() -> Result<i64, Error> {
    let hub = metaffi::Hub::open(Some(&metaffi_testkit::home()))?;
    let module = Runtime::load_from(hub, "loopback")?.module("loopback")?;
    module.function::<(i64, i64), i64>("callable=add")?.call((1, 2))
}

#[test]
fn every_fault_point_fails_cleanly() {
    if std::env::var_os("METAFFI_FAULT").is_some() {
        let first = load().unwrap_err();
        assert!(first.message.contains("fault injected at"), "{first}");
        assert_eq!(load().unwrap_err(), first); // the process survives
        return;
    }
    assert_eq!(load(), Ok(3));
    for point in POINTS {
        for fault in [(*point).to_owned(), format!("{point}:panic")] {
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "every_fault_point_fails_cleanly"])
                .env("METAFFI_FAULT", &fault)
                .output()
                .unwrap();
            let text = String::from_utf8_lossy(&child.stdout);
            assert!(child.status.success() && text.contains("1 passed"), "{fault}: {text}");
        }
    }
}
