//! Facts: what is known of a customer without being written down, a column each, for lists,
//! conditions and questions. Each is declared once, in the file of its subject, with what it means
//! and what it means when it is empty. Columns are added, never renamed; a flag is never empty.
//!
//! What follows from the card alone is kept in the index ([`From::Card`]). What depends on today or
//! on settings is computed at the question from what is kept ([`From::Question`]): so an index that
//! was built on one day and is asked on another answers like a fresh one.

mod followups;
mod people;
mod plans;
mod whole;

use chrono::NaiveDate;
pub use followups::{WAYS, last_followup};

use crate::card::schema::Described;
use crate::card::value::Value;
use crate::card::value::day;
use crate::card::value::day::iso;
use crate::card::{Card, Kind};
use crate::i18n::Text;
use crate::rules::duties::last_contact;
use crate::rules::filled::Wants;
use crate::rules::visits::{SinceResult, Ways};
use crate::sections::{Basics, Plan};
use crate::settings::Settings;

/// A column of facts.
#[derive(Debug)]
pub struct Fact {
    /// The key: the column in SQL, in `--columns` and in JSON.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// What it means.
    pub help: Text,
    /// What it means when it is empty.
    pub empty: Empty,
    /// What stands in it.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Option<Text>,
    /// Where it comes from.
    pub from: From,
}

/// When a column is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Never.
    Never,
    /// When this holds.
    When(Text),
}

/// Where a fact comes from.
#[derive(Debug)]
pub enum From {
    /// The card alone.
    Card(fn(&Seen<'_>) -> FactValue),
    /// Columns that the index keeps, with the settings and today: the keys of the columns, and what
    /// follows from them.
    Question(&'static [&'static str], fn(&Asking<'_>, &[FactValue]) -> FactValue),
}

/// What stands in a column for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FactValue {
    /// Nothing is known.
    #[default]
    Nothing,
    /// A number; of a flag 0 or 1.
    Number(i64),
    /// A text, a token or a day.
    Text(String),
}

/// A card as the facts see it.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The card.
    pub card: &'a Card,
    /// The open plans, the earliest first.
    pub open: Vec<Plan>,
    /// How often each way of contact was taken since the last result.
    pub ways: Ways,
    /// The same as the index keeps it.
    pub ways_text: String,
    /// The contacts since the last result that may be visits.
    pub since_result: SinceResult,
    /// The day of the last contact; a mailing is none.
    pub last_contact: Option<NaiveDate>,
}

/// What a question is asked with.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// What they want filled.
    pub wants: &'a Wants,
    /// The day that is today.
    pub today: NaiveDate,
}

/// Where a card is filed: what the folder says.
#[derive(Clone, Copy, Debug)]
pub struct Filed<'a> {
    /// The stage, by token.
    pub stage: &'a str,
    /// The country, by code.
    pub country: &'a str,
}

/// Every fact by its subject, in the order of the columns.
pub static GROUPS: [&[Fact]; 4] = [followups::FACTS, plans::FACTS, people::FACTS, whole::FACTS];

/// What the index keeps besides, for facts that are computed at the question.
static KEPT: [Stored; 5] = [WAYS, plans::PLANNED, plans::MAY_WAIT, whole::FILLED, whole::OWN_FILLED];

/// A column that the index keeps: its key, its kind, and how it follows from a card.
pub type Stored = (&'static str, Kind, fn(&Seen<'_>) -> FactValue);

const COUNT: Kind = Kind::Int { min: 0, max: i64::MAX };
const DAYS: Text = Text::new("days", "天", "天");

/// Every fact, in the order of the columns.
pub fn every() -> impl Iterator<Item = &'static Fact> {
    GROUPS.into_iter().flatten()
}

/// The fact with this key.
pub fn fact(key: &str) -> Option<&'static Fact> {
    every().find(|fact| fact.key == key)
}

/// The fact that a person means by its key or label.
pub fn meant(typed: &str) -> Option<&'static Fact> {
    let folded = typed.trim().to_lowercase();
    every().find(|fact| fact.key == folded || fact.label.every().any(|label| label.to_lowercase() == folded))
}

/// Every column that follows from a card alone and is kept.
pub fn stored() -> impl Iterator<Item = Stored> {
    let facts = every().filter_map(|fact| match fact.from {
        From::Card(of) => Some((fact.key, fact.kind, of)),
        From::Question(..) => None,
    });
    facts.chain(KEPT)
}

impl Seen<'_> {
    /// Looks at a card.
    pub fn of(card: &Card) -> Seen<'_> {
        let (open, (ways, since_result)) = (super::plans::open(card), Ways::with_days(card));
        Seen { card, open, ways_text: ways.to_text(), ways, since_result, last_contact: last_contact(card) }
    }
}

/// Every fact of a card.
pub fn of(card: &Card, filed: &Filed<'_>, asking: &Asking<'_>) -> Vec<(&'static Fact, FactValue)> {
    let seen = Seen::of(card);
    let column = |key: &str| match key {
        "stage" => FactValue::Text(filed.stage.to_owned()),
        "country" => FactValue::Text(filed.country.to_owned()),
        _ => match stored().find(|(stored, ..)| *stored == key) {
            Some((.., of)) => of(&seen),
            None => card.basics.get(Basics::SECTION, key).map_or(FactValue::Nothing, FactValue::of),
        },
    };
    let value = |fact: &Fact| match fact.from {
        From::Card(of) => of(&seen),
        From::Question(columns, answer) => {
            answer(asking, &columns.iter().map(|key| column(key)).collect::<Vec<_>>())
        }
    };
    every().map(|fact| (fact, value(fact))).collect()
}

impl FactValue {
    fn of(value: &Value) -> FactValue {
        match value {
            Value::Int(number) => FactValue::Number(*number),
            Value::Flag(flag) => FactValue::flag(*flag),
            other => FactValue::Text(other.text().into_owned()),
        }
    }

    /// As a script reads it: a flag as the flags of cards.
    pub fn plain(&self, kind: Kind) -> Option<String> {
        match (self, kind) {
            (FactValue::Nothing, _) => None,
            (FactValue::Number(number), Kind::Flag) => Some(Value::Flag(*number != 0).text().into_owned()),
            (FactValue::Number(number), _) => Some(number.to_string()),
            (FactValue::Text(text), _) => Some(text.clone()),
        }
    }

    fn count(number: usize) -> FactValue {
        FactValue::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn flag(flag: bool) -> FactValue {
        FactValue::Number(i64::from(flag))
    }

    fn day(day: Option<NaiveDate>) -> FactValue {
        day.map_or(FactValue::Nothing, |day| FactValue::Text(day::text(day)))
    }

    fn text(&self) -> &str {
        if let FactValue::Text(text) = self { text } else { "" }
    }

    fn as_day(&self) -> Option<NaiveDate> {
        iso(self.text()).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_fact_is_explained_in_every_language_and_stands_once() {
        let mut seen = HashSet::new();
        for fact in every() {
            assert!(seen.insert(fact.key), "{} stands twice", fact.key);
            let mut texts: Vec<&str> = fact.label.every().chain(fact.help.every()).collect();
            if let Empty::When(text) = fact.empty {
                texts.extend(text.every());
            }
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} lacks a text", fact.key);
            assert!(
                fact.kind != Kind::Flag || fact.empty == Empty::Never,
                "{}: a flag is never empty",
                fact.key
            );
        }
    }

    #[test]
    fn a_question_is_answered_from_columns_that_are_kept() {
        for fact in every() {
            let From::Question(columns, _) = fact.from else { continue };
            for key in columns {
                let kept = stored().any(|(stored, ..)| stored == *key);
                let own = ["stage", "country"].contains(key) || Basics::SECTION.field(key).is_some();
                assert!(kept || own, "{}: {key}", fact.key);
            }
        }
    }
}
