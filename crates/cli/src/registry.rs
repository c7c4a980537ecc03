//! The languages: one line for each, and one in Cargo.toml. The one place of
//! the command that names any.

use metaffi_compiler::{ExtraCommand, Languages};

/// Every language that is compiled in.
pub(crate) const LANGUAGES: Languages<'static> = Languages(&[
    &metaffi_go_compiler::Go,
    &metaffi_loopback_compiler::Loopback,
    &metaffi_openjdk_compiler::OpenJdk,
    &metaffi_python3_compiler::Python3,
]);

/// What the command is for.
pub(crate) const ABOUT: &str = "Call Python, Java and Go modules from one another, in one process";

/// How it is used.
pub(crate) const EXAMPLES: &str = "Examples:
  metaffi -c --idl hello.go -g               build hello_MetaFFIGuest
  metaffi -c --idl hello.go -g -h python3    the same, with stubs for Python
  metaffi -c --idl log4j-api-2.21.1.jar -h python3
  metaffi inspect hello.go";

/// The commands of all languages.
pub(crate) fn commands() -> Vec<ExtraCommand> {
    LANGUAGES.0.iter().flat_map(|language| language.commands()).collect()
}
