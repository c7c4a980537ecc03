//! The templates of an emitter.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, context};
use serde::Serialize;

use crate::Diagnostic;

/// An empty environment in which lines with only template tags leave no empty
/// lines.
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

/// All templates of an emitter, by name.
#[derive(Debug)]
pub struct Templates(Environment<'static>);

impl Templates {
    /// Parses the templates.
    ///
    /// # Errors
    /// If one of them is invalid.
    pub fn new(sources: &[(&'static str, &'static str)]) -> Result<Templates, Diagnostic> {
        let mut environment = template_environment();
        for (name, source) in sources {
            environment.add_template(name, source).map_err(|error| broken(&error))?;
        }
        Ok(Templates(environment))
    }

    /// Adds a filter `name` for texts.
    #[must_use]
    pub fn with_filter(mut self, name: &'static str, filter: fn(&str) -> String) -> Templates {
        self.0.add_filter(name, move |text: &str| filter(text));
        self
    }

    /// Renders the template `name` for `file`.
    ///
    /// # Errors
    /// If a template needs something that the file does not have.
    pub fn print(&self, name: &str, file: &impl Serialize) -> Result<String, Diagnostic> {
        let template = self.0.get_template(name).map_err(|error| broken(&error))?;
        template.render(context! { file => Serde(file) }).map_err(|error| broken(&error))
    }
}

/// The error with its causes; the cause in a nested template comes last.
fn broken(error: &Error) -> Diagnostic {
    let first: &dyn std::error::Error = error;
    let causes = std::iter::successors(Some(first), |error| error.source());
    let all = causes.map(ToString::to_string).collect::<Vec<_>>().join(": ");
    Diagnostic::new(format!("invalid template: {all}"))
}
