//! `metaffi help TOPIC`: short texts in Markdown, embedded in the binary.

use metaffi_compiler::{Diagnostic, did_you_mean};

use crate::args;

/// Each starts with a line `# name: summary`.
const TOPICS: &[&str] = &[
    include_str!("../help/entity-paths.md"),
    include_str!("../help/modules.md"),
    include_str!("../help/types.md"),
    include_str!("../help/options.md"),
    include_str!("../help/plugins.md"),
    include_str!("../help/environment.md"),
    include_str!("../help/exit-codes.md"),
    include_str!("../help/troubleshooting.md"),
];

/// The names and summaries of all topics.
fn titles() -> impl Iterator<Item = (String, &'static str)> {
    let title = |text: &'static str| text.lines().next()?.strip_prefix("# ")?.split_once(": ");
    TOPICS.iter().filter_map(move |text| title(text)).map(|(name, about)| (key(name), about))
}

/// Normalises a topic's name: `Exit codes` is accepted as `exit-codes`.
fn key(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The list of topics, shown at the end of the general help.
pub(crate) fn list() -> String {
    let lines = titles().map(|(name, about)| format!("  {name:<16} {about}\n"));
    format!("Topics, shown by `metaffi help TOPIC`:\n{}", lines.collect::<String>())
}

/// The help about a topic or a command, or the general help if `words` is
/// empty. `words` are the words of the name.
pub(crate) fn about(words: &[String]) -> Result<String, Diagnostic> {
    let requested = key(&words.join(" "));
    let mut command = args::command();
    if requested.is_empty() {
        return Ok(command.render_help().to_string());
    }
    let topic = titles().position(|(name, _)| name == requested);
    if let Some(text) = topic.and_then(|index| TOPICS.get(index)) {
        return Ok((*text).to_owned());
    }
    command.build();
    match command.find_subcommand_mut(&requested) {
        Some(of) => Ok(of.render_help().to_string()),
        None => Err(unknown(&requested, &command)),
    }
}

fn unknown(requested: &str, command: &clap::Command) -> Diagnostic {
    let topics: Vec<String> = titles().map(|(name, _)| name).collect();
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let suggestion = did_you_mean(requested, topics.iter().map(String::as_str).chain(commands));
    let suggestion = suggestion.map_or_else(String::new, |name| format!("did you mean '{name}'? "));
    let help = format!("{suggestion}the topics are: {}", topics.join(", "));
    Diagnostic::new(format!("no help for '{requested}'")).help(help).misuse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_a_title_and_fits_a_page() {
        assert_eq!(titles().count(), TOPICS.len());
        for text in TOPICS {
            assert!(text.lines().count() < 50, "{text}");
        }
    }

    #[test]
    fn topics_may_be_written_in_words() {
        let words = ["Exit", "codes"].map(str::to_owned);
        assert!(about(&words).unwrap().starts_with("# exit codes: "));
    }

    #[test]
    fn every_type_is_named() {
        let text = about(&["types".to_owned()]).unwrap();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        for name in metaffi_idl::Base::ALL {
            assert!(words.contains(&name.name()), "{}", name.name());
        }
    }

    #[test]
    fn examples_of_entity_paths_can_be_parsed() {
        let text = about(&["entity-paths".to_owned()]).unwrap();
        let examples: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix("    ")).collect();
        assert!(examples.len() > 8, "{text}");
        for example in examples {
            let path = example.split("  ").next().unwrap();
            metaffi_idl::EntityPath::parse(path).unwrap_or_else(|e| panic!("{path}: {e}"));
        }
    }
}
