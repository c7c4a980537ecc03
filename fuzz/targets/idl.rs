//! Any text as an IDL: a parsed IDL prints as text that parses to the same IDL, and everything in
//! it has a signature.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metaffi_idl::Idl;

fuzz_target!(|text: &str| {
    match Idl::from_json(text) {
        Ok(idl) => {
            let printed = idl.to_json();
            assert_eq!(Idl::from_json(&printed).as_ref(), Ok(&idl), "{printed}");
            for callable in idl.callables() {
                assert!(!callable.signature().is_empty());
                let _ = callable.entity_path().to_string();
            }
        }
        Err(faults) => assert!(faults.iter().all(|fault| !fault.to_string().is_empty())),
    }
});
