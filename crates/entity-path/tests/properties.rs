//! Properties of all texts: no panics, locations inside the text, printed paths
//! can be parsed.

use metaffi_entity_path::EntityPath;
use proptest::prelude::*;

/// Text that is often almost an entity path.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("callable".to_owned()),
        Just("getter".to_owned()),
        Just("setter".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        Just("=".to_owned()),
        Just(",".to_owned()),
        Just("$A".to_owned()),
        Just("${A}".to_owned()),
        "\\PC{0,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn parsing_never_panics_and_points_into_the_text(text in text(), value in "\\PC{0,4}") {
        if let Err(error) = EntityPath::parse_with(&text, |_| Some(value.clone())) {
            prop_assert!(error.length() >= 1);
            prop_assert!(error.offset() < text.len());
            prop_assert!(text.is_char_boundary(error.offset()));
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn parsed_paths_can_be_printed_and_parsed_again(text in text()) {
        if let Ok(path) = EntityPath::parse_with(&text, |_| Some("set".to_owned())) {
            prop_assert_eq!(EntityPath::parse_literal(&path.to_string()), Ok(path));
        }
    }

    #[test]
    fn built_paths_can_be_printed_and_parsed_again(items in prop::collection::vec((text(), text()), 0..4)) {
        let path = items.iter().fold(EntityPath::new(), |path, (key, value)| {
            path.clone().try_with(key, value).unwrap_or(path)
        });
        prop_assert_eq!(EntityPath::parse_literal(&path.to_string()), Ok(path));
    }
}
