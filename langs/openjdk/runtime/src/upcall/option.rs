//! When stubs are made: by the JVM that runs, and by an option.

use core::sync::atomic::{AtomicU32, Ordering};

use jni_sys::JNI_VERSION_21;

use super::NEVER;
use crate::jni::{Env, jni};

/// After how many calls one moves to a stub, or `off`.
const VARIABLE: &str = "METAFFI_JVM_UPCALLS";

/// By then an entity has taken about as long as a stub does, to make and to warm up.
const USUAL: u32 = 10_000;

/// Decided before the API is there, which is what shows it; given up at any time, late is no harm.
static CALLS_BEFORE: AtomicU32 = AtomicU32::new(NEVER);

/// Decides by the JVM and the option; no stubs before. JNI has no number for JDK 22, so that a 21
/// is found out when the first is asked for.
pub(crate) fn decide(env: Env, is_hotspot: bool) {
    // SAFETY: the environment of this thread.
    let is_21_or_later = unsafe { jni!(env, GetVersion) } >= JNI_VERSION_21;
    if is_hotspot && is_21_or_later {
        let option = std::env::var(VARIABLE).unwrap_or_default();
        CALLS_BEFORE.store(calls(&option), Ordering::Relaxed);
    }
}

/// Whether a stub is made before the first call, by the thread that calls.
pub(crate) fn is_at_once() -> bool {
    calls_before() == 0
}

/// The JVM turned out to have no stubs.
pub(super) fn give_up() {
    CALLS_BEFORE.store(NEVER, Ordering::Relaxed);
}

/// After how many calls a stub is asked for.
pub(super) fn calls_before() -> u32 {
    CALLS_BEFORE.load(Ordering::Relaxed)
}

fn calls(option: &str) -> u32 {
    match option.trim() {
        "off" => NEVER,
        number => number.parse().unwrap_or(USUAL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_a_number_of_calls_or_off() {
        assert_eq!((calls("0"), calls(" 7 "), calls("off")), (0, 7, NEVER));
        assert_eq!((calls(""), calls("many")), (USUAL, USUAL));
    }
}
