//! Commands for the shell of this system.

/// The command that sets a variable, for PowerShell on Windows and for `sh`
/// elsewhere.
#[must_use]
pub fn set_variable(name: &str, value: &str) -> String {
    if cfg!(windows) { powershell(name, value) } else { sh(name, value) }
}

fn powershell(name: &str, value: &str) -> String {
    format!("$env:{name} = '{}'", value.replace('\'', "''"))
}

fn sh(name: &str, value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./:=+,@%-".contains(c);
    match value.chars().all(is_plain) && !value.is_empty() {
        true => format!("export {name}={value}"),
        false => format!("export {name}='{}'", value.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_as_the_shell_needs_it() {
        assert_eq!(sh("A", "/opt/x-1.2"), "export A=/opt/x-1.2");
        assert_eq!(sh("A", "/a b/it's"), r"export A='/a b/it'\''s'");
        assert_eq!(sh("A", ""), "export A=''");
        assert_eq!(powershell("A", r"C:\a b\it's"), r"$env:A = 'C:\a b\it''s'");
    }
}
