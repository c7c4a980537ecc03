//! Types as text for display: `map<text, list<int32>>`.

use std::fmt::{self, Display, Formatter};

use crate::tree::TypeTree;

impl Display for TypeTree {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            TypeTree::Scalar { base } => f.write_str(base.name()),
            TypeTree::Text => f.write_str("text"),
            TypeTree::Bytes => f.write_str("bytes"),
            TypeTree::Any => f.write_str("any"),
            TypeTree::None => f.write_str("none"),
            TypeTree::Optional { of } => write!(f, "optional<{of}>"),
            TypeTree::Array { of, rank, .. } if *rank < 0 => write!(f, "array<{of}>"),
            TypeTree::Array { of, rank, .. } => {
                let brackets = "[]".repeat(usize::try_from(*rank).unwrap_or(0).min(32));
                write!(f, "{of}{brackets}")
            }
            TypeTree::List { of } => write!(f, "list<{of}>"),
            TypeTree::Map { key, value } => write!(f, "map<{key}, {value}>"),
            TypeTree::Set { of } => write!(f, "set<{of}>"),
            TypeTree::Iterator { of } => write!(f, "iterator<{of}>"),
            TypeTree::Iterable { of } => write!(f, "iterable<{of}>"),
            TypeTree::Tuple { items } => write!(f, "({})", Joined(items, ", ")),
            TypeTree::Function { parameters, results, .. } => {
                f.write_str("function(")?;
                match parameters {
                    Some(parameters) => write!(f, "{}", Joined(parameters, ", "))?,
                    None => f.write_str("…")?,
                }
                f.write_str(")")?;
                if results.is_empty() { Ok(()) } else { write!(f, " -> {}", Joined(results, ", ")) }
            }
            TypeTree::Class { id: name, arguments } | TypeTree::Foreign { name, arguments } => {
                f.write_str(name)?;
                if arguments.is_empty() {
                    Ok(())
                } else {
                    write!(f, "<{}>", Joined(arguments, ", "))
                }
            }
            TypeTree::Variable { name } => f.write_str(name),
            TypeTree::Union { items } => write!(f, "{}", Joined(items, " | ")),
            TypeTree::Literal { values } => write!(f, "{}", Joined(values, " | ")),
            TypeTree::Awaitable { of } => write!(f, "awaitable<{of}>"),
        }
    }
}

/// Items with a separator.
struct Joined<'a, T>(&'a [T], &'a str);

impl<T: Display> Display for Joined<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(self.1)?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}
