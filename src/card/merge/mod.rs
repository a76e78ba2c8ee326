//! The three-way merge of a card: what two people did to one card, in one text.
//!
//! Values first: `tree` reads the three texts with the identity of each record, `values` merges
//! them, field by field and record by record, and `candidates` decides what a field shows that
//! both changed; its other values stand under `[[conflicts]]`. Then a text: a line merge where it
//! holds exactly these values, else `write` edits the side that is greater by bytes into them. So
//! nothing depends on which side is ours, and swapping the sides gives the same bytes.
//!
//! Nothing here knows git or a file.

mod candidates;
mod place;
mod tree;
mod values;
mod write;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod laws;

use super::edit::EditError;
use super::id;
use super::read::Schema;
pub use place::{PLACES, Place};
use values::Merging;

/// What a merge gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text of the merged card.
    pub text: String,
    /// Fields that both sides changed, each another way, for whoever refuses instead of keeping both.
    pub clashes: Vec<Clash>,
    /// What one side changed and the other removed: the edit stayed.
    pub kept: Vec<Kept>,
}

/// A field that both sides changed, each another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The path, such as `contacts[k3f9q2].title`.
    pub path: String,
    /// Our value as one line of text.
    pub ours: String,
    /// Their value.
    pub theirs: String,
}

/// A record or field that one side changed and the other removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The path, such as `contacts[k3f9q2]`.
    pub path: String,
    /// Who changed it.
    pub edited: Side,
}

/// One of the two sides of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The second text that was given.
    Ours,
    /// The third.
    Theirs,
}

/// Why two cards were not merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// A text is no TOML; which one, and what the parser says.
    #[error("{text}: {message}")]
    Unreadable {
        /// `base`, `ours` or `theirs`.
        text: &'static str,
        /// What the parser says.
        message: String,
    },
    /// The texts are of two customers.
    #[error("two customers: {one} and {other}")]
    TwoCards {
        /// The id of ours.
        one: String,
        /// The id of theirs.
        other: String,
    },
    /// The merged values could not be written into either text.
    #[error(transparent)]
    NotWritten(#[from] EditError),
}

/// The same of the base and of either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides<T> {
    /// What both began from.
    pub base: T,
    /// On the side that is called ours.
    pub ours: T,
    /// On the other.
    pub theirs: T,
}

impl<T> Sides<T> {
    /// The same of what follows from each.
    pub fn map<U>(self, mut each: impl FnMut(T) -> U) -> Sides<U> {
        Sides { base: each(self.base), ours: each(self.ours), theirs: each(self.theirs) }
    }

    /// Of references.
    pub fn as_ref(&self) -> Sides<&T> {
        Sides { base: &self.base, ours: &self.ours, theirs: &self.theirs }
    }

    /// The base, ours and theirs.
    pub fn into_array(self) -> [T; 3] {
        [self.base, self.ours, self.theirs]
    }
}

/// Merges what `ours` and `theirs` made of `base`. An empty base is a card that was not there.
///
/// # Errors
/// When a text is no TOML, when the texts are of two customers, and when the editor refuses to write
/// the merged values into either text.
pub fn merge(base: &str, ours: &str, theirs: &str, schema: &Schema) -> Result<Merged, MergeError> {
    let texts = Sides { base, ours, theirs };
    merge_filed(texts, Sides::default(), schema).map(|(merged, _)| merged)
}

/// Merges cards together with where their folders stand: stage, country and company merge each on its
/// own, as fields under the paths [`PLACES`]. The place of the merged card is `None` where none was given.
///
/// # Errors
/// As [`merge`].
pub fn merge_filed(
    texts: Sides<&str>,
    places: Sides<Option<&Place>>,
    schema: &Schema,
) -> Result<(Merged, Option<Place>), MergeError> {
    let parsed = tree::parse(texts)?;
    let ids = parsed.as_ref().map(tree::given_id);
    if let (Some(one), Some(other)) = (ids.ours, ids.theirs)
        && one != other
    {
        return Err(MergeError::TwoCards { one: one.into(), other: other.into() });
    }
    let given = ids.into_array().into_iter().flatten().next().map(str::to_owned);
    let card = given.unwrap_or_else(|| id::derived_card(texts.base));
    let documents = parsed.map(|table| tree::document(table, &card, schema));
    let filed = place::filed(documents.clone(), places);
    let mut merging = Merging::new(filed.as_ref());
    let mut merged = merging.document();
    let place = place::taken_from(&mut merged);
    // A text has no other conflict of place than it had, or it must be written.
    let is_whole = |document: &tree::Document| place::same_conflicts(document, &merged);
    let Sides { base, ours, theirs } = texts;
    let text = if (ours == theirs || theirs == base) && is_whole(&documents.ours) {
        ours.to_owned()
    } else if ours == base && is_whole(&documents.theirs) {
        theirs.to_owned()
    } else {
        write::text(texts, &merged, documents.as_ref(), &write::Form { card: &card, schema })?
    };
    Ok((Merged { text, clashes: merging.clashes, kept: merging.kept }, place))
}

/// The line merge of any three texts, where it is one and the same from either side and leaves nothing open.
pub fn merged_lines(texts: Sides<&str>) -> Option<String> {
    let one = diffy::merge(texts.base, texts.ours, texts.theirs).ok()?;
    let other = diffy::merge(texts.base, texts.theirs, texts.ours).ok()?;
    (one == other).then_some(one)
}
