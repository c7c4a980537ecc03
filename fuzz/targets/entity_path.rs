//! Any text as an entity path: a parsed path prints as text that parses to the same path; an error
//! has a position in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metaffi_entity_path::EntityPath;

fuzz_target!(|text: &str| {
    match EntityPath::parse_literal(text) {
        Ok(path) => {
            let printed = path.to_string();
            assert_eq!(EntityPath::parse_literal(&printed).as_ref(), Ok(&path), "{printed}");
            for (key, value) in path.iter() {
                assert_eq!(path.get(key), Some(value));
            }
        }
        Err(error) => {
            let (start, end) = (error.offset(), error.offset() + error.length());
            assert!(error.text().get(start..end).is_some(), "{error}");
        }
    }
    // Environment variables are replaced: only checks that parsing ends, and errors have a
    // position.
    if let Err(error) = EntityPath::parse(text) {
        assert!(error.text().is_char_boundary(error.offset()), "{error}");
    }
});
