//! The options that the JVM is started with.

use std::path::Path;

/// Further options, separated by blanks; quotes hold blanks together.
pub(crate) const VARIABLE: &str = "METAFFI_JVM_OPTIONS";

/// The options of a JVM inside another program, then the user's own.
pub(crate) fn options(api: &Path, is_21_or_later: bool, extra: &str) -> Vec<String> {
    let mut options = vec![
        format!("-Djava.class.path={}", api.display()),
        // SIGINT, SIGTERM, SIGHUP and SIGQUIT stay the host's.
        "-Xrs".into(),
        // Nothing of the JVM's own but errors, and those on stderr.
        "-Xlog:disable".into(),
        "-Xlog:all=error:stderr".into(),
        "-XX:+DisplayVMOutputToStderr".into(),
        // The file in /tmp would outlive a JVM that is never destroyed.
        "-XX:-UsePerfData".into(),
    ];
    if is_21_or_later {
        options.push("--enable-native-access=ALL-UNNAMED".into());
    }
    options.extend(split(extra));
    options
}

/// Splits at blanks outside of quotes.
fn split(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in text.chars() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn blanks_separate_and_quotes_hold_together() {
        assert_eq!(split(""), Vec::<String>::new());
        assert_eq!(split("  -Xmx1g -Da='b c'  -De=\"\" "), ["-Xmx1g", "-Da=b c", "-De="]);
    }
}
