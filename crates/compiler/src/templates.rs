//! How the templates of all languages are read.

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;

/// An empty environment in which a template's own lines leave no lines behind.
#[must_use]
pub fn template_environment() -> Environment<'static> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.unwrap_or_else(|e| unreachable!("the usual syntax: {e}")));
    environment
}
