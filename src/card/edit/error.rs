//! What can go wrong in an edit, as one plain sentence each.

use super::Step;

/// Why an edit was refused. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The document is not TOML.
    #[error("line {line}, column {column}: {message}")]
    Invalid {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// The key to remove or to extend is not there.
    #[error("there is no key `{0}`")]
    NoSuchKey(String),
    /// The record or element of that number is not there.
    #[error("there is no element `{0}`")]
    NoSuchElement(String),
    /// A step of the way leads through something that is no table.
    #[error("`{0}` is not a table")]
    NotATable(String),
    /// The entry to extend or shorten is no array (or no array of tables).
    #[error("`{0}` is not an array that takes this")]
    NotAnArray(String),
    /// The new text would not hold the expected value at this path, so it was thrown away.
    #[error("the text cannot be changed safely at `{path}`; it was left as it was")]
    Mismatch {
        /// The first place that differs; empty when the new text is no TOML at all.
        path: String,
    },
}

impl EditError {
    /// The error of the parser, with the place of its span in `source`.
    pub(super) fn invalid(source: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start.min(source.len()));
        let before = source.get(..at).unwrap_or(source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[line_start..].trim_start_matches('\u{feff}');
        Self::Invalid {
            line: before.matches('\n').count() + 1,
            column: column.chars().count() + 1,
            message: error.message().to_owned(),
        }
    }
}

/// A path as a person would write it: `contacts[1].name`.
pub(super) fn path_text(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(&super::write::key_text(key));
            }
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}
