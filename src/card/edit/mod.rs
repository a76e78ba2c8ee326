//! The lossless editor: changes a person's TOML file by cuts in its bytes.
//!
//! Whatever an edit does not name stays as it was written: comments, blank lines, the order of
//! keys, quoting, line endings, the byte-order mark, a missing final newline. A document is never
//! written anew from its values.
//!
//! The way of an edit: `layout` says where everything stands, `place` finds what the edit
//! names, `entries`, `blocks` and `elements` turn it into cuts, and `model` does the same to
//! the values. At the end the text is parsed and must hold exactly the expected values; otherwise
//! the caller gets an error and no text. So a fault in the cutting can refuse an edit, but cannot
//! spoil a file.
//!
//! Nothing here knows what a card is, and nothing here touches a file.

mod blocks;
mod editing;
mod elements;
mod entries;
mod error;
mod layout;
mod lines;
mod model;
mod node;
mod place;
mod write;

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod values;

pub use blocks::record_text;
pub use error::EditError;

use toml::Value;

/// One step on the way to a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The entry of this name.
    Key(String),
    /// The n-th table of an array of tables, or of an array of inline tables, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets `key` in the table at `table`, which is created if it is not there.
    ///
    /// `order` is the declared order of that table's keys: a new key goes behind the nearest
    /// predecessor that is there, else before the nearest successor, else behind the table's last
    /// key. A value that is there already leaves the text as it is.
    Set {
        /// The way to the table.
        table: Vec<Step>,
        /// The entry of the table.
        key: String,
        /// What it shall be.
        value: Value,
        /// All keys of the table in their declared order.
        order: Vec<String>,
    },
    /// Removes `key`: a value, or every `[table]` and `[[array]]` of that name.
    ///
    /// The comment on the key's own line goes along, comment lines above stay. A table that was
    /// only ever written by its entries (`custom.port = 1`) goes with its last entry.
    Unset {
        /// The way to the table.
        table: Vec<Step>,
        /// The entry of the table.
        key: String,
    },
    /// Appends a record to the array of tables `section` of the table at `table`.
    ///
    /// Arrays of tables within `record` are its child records and get blocks of their own.
    /// `section_order` is the declared order of sections, and places a section's first record.
    AddRecord {
        /// The way to the table that has the section.
        table: Vec<Step>,
        /// The name of the array of tables.
        section: String,
        /// The entries in the order in which they are written.
        record: Vec<(String, Value)>,
        /// All sections of the table in their declared order.
        section_order: Vec<String>,
    },
    /// Appends a record as it is written in another text, with its comments; see [`record_text`].
    CopyRecord {
        /// The way to the table that has the section.
        table: Vec<Step>,
        /// The name of the array of tables.
        section: String,
        /// The record's blocks.
        text: String,
        /// All sections of the table in their declared order.
        section_order: Vec<String>,
    },
    /// Removes a record with its child records and the comments inside it.
    RemoveRecord {
        /// The way to the table that has the section.
        table: Vec<Step>,
        /// The name of the array of tables.
        section: String,
        /// Which record, from 0.
        index: usize,
    },
    /// Appends an element to the array `key` of the table at `table`.
    AddElement {
        /// The way to the table that has the array.
        table: Vec<Step>,
        /// The name of the array.
        key: String,
        /// The new last element.
        value: Value,
    },
    /// Removes an element of the array `key` of the table at `table`.
    RemoveElement {
        /// The way to the table that has the array.
        table: Vec<Step>,
        /// The name of the array.
        key: String,
        /// Which element, from 0.
        index: usize,
    },
}

/// Applies `edits` in turn and returns the new text.
///
/// Edits that change no value give back the bytes of `source`. New text is TOML 1.0; what `source`
/// has of TOML 1.1 is read and kept.
///
/// # Errors
///
/// [`EditError::Invalid`] when `source` is no TOML, an error that names the entry when an edit does
/// not fit the document, and [`EditError::Mismatch`] when the new text does not hold the expected
/// values. In each case the document stays as it is, including the edits before the failing one.
pub fn apply(source: &str, edits: &[Edit]) -> Result<String, EditError> {
    let document = model::parse(source)?;
    let mut editing = editing::Editing::new(source, document.get_ref());
    editing.apply(edits)?;
    editing.finish()
}
