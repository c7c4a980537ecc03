//! Any text as an entity path: what parses prints to what parses to the same; an error is located
//! in the text.
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
    // Variables of the environment are replaced: only that it ends, and says where.
    if let Err(error) = EntityPath::parse(text) {
        assert!(error.text().is_char_boundary(error.offset()), "{error}");
    }
});
