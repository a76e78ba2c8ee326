//! Finds what an edit names: by headers and dotted keys, or inside a value.

use super::Step;
use super::layout::{Layout, Name, Scope};
use super::node::{self, Node};

/// How the entry at a path is written.
#[derive(Debug)]
pub(super) enum Place<'s> {
    /// It is not there.
    Absent,
    /// By statements: headers, or dotted keys of a scope.
    Statements,
    /// By one value.
    Value(Node<'s>),
    /// By dotted keys within an inline table.
    Dotted {
        table: Node<'s>,
        /// How many parts of the keys lead to the entry.
        depth: usize,
    },
}

/// Whether a key's parts and `path` are the same as far as the shorter one goes.
pub(super) fn keys_agree(names: &[Name<'_>], path: &[Step]) -> bool {
    let mut both = names.iter().zip(path);
    both.all(|(name, step)| matches!(step, Step::Key(key) if name.text == *key))
}

impl<'s> Layout<'s> {
    /// How the entry at `path` is written.
    pub(super) fn locate(&self, path: &[Step]) -> Place<'s> {
        let mut by_statements = path.is_empty();
        for scope in &self.scopes {
            if scope.is_under(path) {
                by_statements = true;
                continue;
            }
            let Some(rest) = scope.rest(path) else {
                continue;
            };
            for pair in self.pairs_of(scope) {
                let names = self.names(pair);
                if !keys_agree(names, rest) {
                    continue;
                }
                if names.len() <= rest.len() {
                    return node::read(self, pair.value).descend(&rest[names.len()..]);
                }
                by_statements = true;
            }
        }
        if by_statements { Place::Statements } else { Place::Absent }
    }

    /// The longest beginning of `path` that is in the document, and how it is written.
    pub(super) fn locate_nearest(&self, path: &[Step]) -> (usize, Place<'s>) {
        let mut depth = path.len();
        loop {
            match self.locate(&path[..depth]) {
                Place::Absent if depth > 0 => depth -= 1,
                place => return (depth, place),
            }
        }
    }

    /// The scope whose dotted keys make the table at `path`, and the part of `path` that those keys
    /// begin with.
    pub(super) fn dotted_home<'p>(&self, path: &'p [Step]) -> Option<(&Scope<'s>, &'p [Step])> {
        self.scopes.iter().find_map(|scope| {
            let prefix = scope.rest(path)?;
            let mut pairs = self.pairs_of(scope).iter();
            pairs.any(|pair| keys_agree(self.names(pair), prefix)).then_some((scope, prefix))
        })
    }

    /// Whether the table or array at `path` is written as such, so that it stays when it is empty.
    ///
    /// A table that is only named by its entries (`a.b = 1`, `[a.b]`), and an array of tables, end
    /// with their last entry.
    pub(super) fn stands_alone(&self, path: &[Step]) -> bool {
        path.is_empty()
            || self.scopes.iter().any(|scope| scope.is_at(path))
            || matches!(self.locate(path), Place::Value(_))
    }
}
