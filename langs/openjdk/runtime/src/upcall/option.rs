//! When stubs are made: depends on the running JVM, and on an option.

use core::sync::atomic::{AtomicU32, Ordering};

use jni_sys::JNI_VERSION_21;

use super::NEVER;
use crate::jni::{Env, jni};

/// The number of calls after which a call moves to a stub, or `off`.
const VARIABLE: &str = "METAFFI_JVM_UPCALLS";

/// By then an entity has used about as much time as it takes to make and warm up a stub.
const USUAL: u32 = 10_000;

/// Decided before the API exists, which makes it visible; may be cleared at any time, and a late
/// read does no harm.
static CALLS_BEFORE: AtomicU32 = AtomicU32::new(NEVER);

/// Decides by the JVM and the option; no stubs before that. JNI has no version number for JDK 22,
/// so JDK 21 is only recognized when the first stub is requested.
pub(crate) fn decide(env: Env, is_hotspot: bool) {
    // SAFETY: the environment of this thread.
    let is_21_or_later = unsafe { jni!(env, GetVersion) } >= JNI_VERSION_21;
    if is_hotspot && is_21_or_later {
        let option = std::env::var(VARIABLE).unwrap_or_default();
        CALLS_BEFORE.store(calls(&option), Ordering::Relaxed);
    }
}

/// Whether stubs are made before the first call, on the calling thread.
pub(crate) fn is_at_once() -> bool {
    calls_before() == 0
}

/// The JVM turned out not to support stubs.
pub(super) fn give_up() {
    CALLS_BEFORE.store(NEVER, Ordering::Relaxed);
}

/// After how many calls a stub is requested.
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
