//! The checks of one card: what is wrong with it, where, and what mends it. Pure: card, text, place,
//! settings and today come in, findings go out. What takes more than one card, or the disk, to see is
//! looked for by `workspace/check/` and said in the same words.
//!
//! Every kind of finding has a code ([`codes`]), which is stable, and an explanation.

mod about_archive;
mod about_cards;
mod about_rules;
pub mod codes;
mod completeness;
mod days;
mod filing;
mod people;
mod reading;
pub mod says;
mod spots;
mod view_fault;

use chrono::NaiveDate;

use crate::card::edit::{Edit, Step};
use crate::card::{Card, Country, locate};
use crate::settings::Settings;
pub use codes::{ABOUT, About, Severity, about};
pub use says::{Mend, Said};
pub use view_fault::ViewFault;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub said: Said,
    /// What mends it.
    pub mend: Mend,
    /// The one safe mend, where there is one.
    pub fix: Option<Fix>,
    /// Where in the card's text, in bytes; `None` when it is about the card as a whole.
    pub at: Option<usize>,
}

/// A mend that is safe: it loses nothing, and there is no other.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// The ids and the number that the card lacks are written, as with the next change.
    Adopt,
    /// These changes of the card.
    Edit(Vec<Edit>),
    /// The folder goes where its stage and country are filed.
    Refile,
    /// The folder gets this path.
    Rename(String),
    /// The file goes: a draft of ours that nobody can need.
    RemoveDraft,
}

impl Finding {
    /// A finding as grave as its code is.
    pub fn new(said: Said, mend: Mend) -> Finding {
        let severity = about(said.finding()).map_or(Severity::Warning, |about| about.severity);
        Finding { severity, said, mend, fix: None, at: None }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.said.finding()
    }

    /// The same with its one safe mend.
    #[must_use]
    pub fn fixed_by(mut self, fix: Fix) -> Finding {
        self.fix = Some(fix);
        self
    }

    /// The same at a place of the text.
    #[must_use]
    pub fn at(mut self, at: Option<usize>) -> Finding {
        self.at = at;
        self
    }
}

/// Where a card is filed, and how commands name it.
#[derive(Clone, Debug)]
pub struct Filed<'a> {
    /// The stage, by token.
    pub stage: &'a str,
    /// The country.
    pub country: Country,
    /// What a command takes for the card: its number, else its folder.
    pub card: &'a str,
    /// Whether somebody asked for this card by name: then all that is not filled in is said.
    pub by_name: bool,
}

/// Everything that is wrong with a card alone.
pub fn card(
    card: &Card,
    text: &str,
    filed: &Filed<'_>,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Finding> {
    let mut look = Look { card, text, filed, settings, today, found: Vec::new() };
    look.reading();
    look.values();
    look.conflicts();
    look.people();
    look.days();
    look.filing();
    look.next_step();
    look.completeness();
    look.found
}

/// One look at a card.
struct Look<'a> {
    card: &'a Card,
    text: &'a str,
    filed: &'a Filed<'a>,
    settings: &'a Settings,
    today: NaiveDate,
    found: Vec<Finding>,
}

impl Look<'_> {
    /// What commands take for the card.
    fn name(&self) -> String {
        self.filed.card.to_owned()
    }

    /// Where a table or a key in it stands.
    fn place(&self, table: &[Step], key: Option<&str>) -> Option<usize> {
        locate::place(self.text, table, key).or_else(|| locate::place(self.text, table, None))
    }

    fn find(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}

#[cfg(test)]
mod tests;
