//! What can go wrong in an edit, as one plain sentence each.

use std::fmt;

use super::Step;

/// Why an edit was refused. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The document is not TOML.
    Invalid {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// The key to remove or to extend is not there.
    NoSuchKey(String),
    /// The record or element of that number is not there.
    NoSuchElement(String),
    /// A step of the way leads through something that is no table.
    NotATable(String),
    /// The entry to extend or shorten is no array (or no array of tables).
    NotAnArray(String),
    /// The new text would not hold the expected value at this path, so it was thrown away.
    Mismatch {
        /// The first place that differs; empty when the new text is no TOML at all.
        path: String,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { line, column, message } => write!(f, "line {line}, column {column}: {message}"),
            Self::NoSuchKey(path) => write!(f, "there is no key `{path}`"),
            Self::NoSuchElement(path) => write!(f, "there is no element `{path}`"),
            Self::NotATable(path) => write!(f, "`{path}` is not a table"),
            Self::NotAnArray(path) => write!(f, "`{path}` is not an array that takes this"),
            Self::Mismatch { path } => {
                write!(f, "the text cannot be changed safely at `{path}`; it was left as it was")
            }
        }
    }
}

impl std::error::Error for EditError {}

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
