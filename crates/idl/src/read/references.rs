//! Checks that every class that a type refers to is described.

use std::collections::HashSet;

use super::IdlDiagnostic;
use crate::model::Idl;
use crate::tree::TypeTree;
use crate::walk::{At, Visitor, walk};

/// The references of `idl` to classes that it does not describe.
pub(super) fn check(idl: &mut Idl) -> Vec<IdlDiagnostic> {
    let ids = idl.class_ids().map(str::to_owned).collect();
    let mut checker = Checker { ids, diagnostics: Vec::new() };
    walk(idl, &mut checker);
    checker.diagnostics
}

struct Checker {
    ids: HashSet<String>,
    diagnostics: Vec<IdlDiagnostic>,
}

impl Visitor for Checker {
    fn tree(&mut self, tree: &mut TypeTree, at: &At<'_>) {
        tree.walk(&mut |tree| {
            if let TypeTree::Class { id, .. } = tree
                && !self.ids.contains(id.as_str())
            {
                let message = format!(
                    "no class here has the id '{id}': describe it, or make it a foreign type"
                );
                self.diagnostics.push(IdlDiagnostic { path: at.to_string(), message });
            }
        });
    }
}
