//! What of a card is read before a visit, section by section; a later section joins by a line.

use chrono::NaiveDate;

use super::plans;
use crate::card::schema::{Described, Typed};
use crate::card::{Card, Record, Section};
use crate::sections::{Action, Contact, Followup, Negotiation, Plan, Reentry, Review, SCHEMA};

/// Which records of a section are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// Those that still hold.
    Open,
    /// The latest so many.
    Latest(usize),
}

/// The sections of a brief, in its order.
pub const BRIEF: &[(&Section, Read)] = &[
    (Contact::SECTION, Read::Open),
    (Followup::SECTION, Read::Latest(3)),
    (Plan::SECTION, Read::Open),
    (Action::SECTION, Read::Open),
    (Negotiation::SECTION, Read::Latest(1)),
    (Review::SECTION, Read::Open),
    (Reentry::SECTION, Read::Latest(1)),
];

/// The fields of the card itself that a brief has: what the visit should keep in mind.
pub const FOCUS: &[&str] = &[
    "need_and_intent",
    "special_needs",
    "expectation",
    "willingness",
    "products",
    "contact_modes",
    "focus",
    "payment_attitude",
    "remark",
];

/// A card with only what a brief has of its sections.
pub fn shortened(card: &Card, today: NaiveDate) -> Card {
    let mut short = card.clone();
    let open_plans: Vec<String> = plans::open(card).into_iter().map(|plan| plan.id).collect();
    for (section, records) in SCHEMA.sections.iter().zip(&mut short.sections) {
        match BRIEF.iter().find(|(known, _)| known.key == section.key) {
            None => records.clear(),
            Some((_, Read::Open)) => records.retain(|record| is_open(section, record, &open_plans, today)),
            Some((_, Read::Latest(count))) => {
                let day = |record: &Record| NaiveDate::from_value(record.get(section, "date"));
                let mut days: Vec<(Option<NaiveDate>, usize)> =
                    records.iter().enumerate().map(|(at, record)| (day(record), at)).collect();
                days.sort_unstable();
                let latest: Vec<usize> = days.iter().rev().take(*count).map(|(_, at)| *at).collect();
                let mut at = 0..;
                records.retain(|_| at.next().is_some_and(|at| latest.contains(&at)));
            }
        }
    }
    short
}

/// Whether a record still holds: a plan or action that is not done, a person who is still there, a note
/// without an answer.
fn is_open(section: &Section, record: &Record, open_plans: &[String], today: NaiveDate) -> bool {
    let is_there = |key: &str| record.get(section, key).is_some();
    if section.key == Plan::SECTION.key {
        return open_plans.contains(&record.id);
    }
    if section.key == Contact::SECTION.key {
        return NaiveDate::from_value(record.get(section, "until")).is_none_or(|until| until >= today);
    }
    !is_there("done") && !is_there("answer")
}
