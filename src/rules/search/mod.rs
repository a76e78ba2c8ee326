//! Search in all text of all cards: how text is folded so that one word finds the other, what of a
//! card is text, and whether and how well a card answers a question.
//!
//! A card is folded once into a [`FoldedCard`], in which a [`Query`] looks for its words. What is
//! folded is for comparing only: a hit is shown as the card has it.

mod dialled;
mod entries;
mod folded_card;
mod letters;
mod query;
mod sounds;

pub use entries::{Entry, Place, each};
pub use folded_card::{ENDS, FoldedCard, FoldedText};
pub use query::{Hit, Query, Rank};

#[cfg(test)]
mod tests;
