//! Duties with a date: what a card, a country or the calendar asks of somebody, and when. **Each source
//! is a file of its own**; to add one, write the file and a line in [`SOURCES`].
//!
//! A source of cards says which days of a card may matter ([`Seed`]): that follows from the card alone,
//! and the index keeps it. At the question, [`OfCards::windows`] says which of them are worth a look, with
//! today and the settings, and [`OfCards::due`] what is due of one. So no card is read, and an index that
//! was built on one day and is asked on another answers like a fresh one.

mod action;
mod birthday;
mod cadence;
pub mod holiday;
mod late_entry;
mod nurture;
mod own_holiday;
mod plan;
mod pool;
pub mod reports;
mod review;
mod revision;
mod untouched;
mod verdict;
mod words;

use std::borrow::Cow;

use chrono::{Days, NaiveDate};

pub use birthday::BIRTHDAY;
pub use cadence::{Rhythm, last_contact, rhythm, waiting_fields, waits};
pub use late_entry::LATE_ENTRY;
pub use own_holiday::OWN_HOLIDAY;
pub use plan::PlanDetail;
pub use pool::SOURCE as POOL;
pub use revision::left as left_to_revise;
pub use words::What;

use super::facts::Seen;
use crate::i18n::{Lang, Say, Text};
use crate::settings::Settings;

/// A kind of duty.
#[derive(Debug)]
pub struct Kind {
    /// The token: in `--kind`, `remind.off`, JSON and the index. Never renamed.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// When it is due, and what ends it: one line of a help page.
    pub help: Text,
}

/// The token of the customers without a next step: counted, not listed.
pub const NO_NEXT_STEP: &str = "no_next_step";

static WITHOUT_PLAN: Kind = Kind {
    key: NO_NEXT_STEP,
    label: Text::new("No next step", "没有下一步", "沒有下一步"),
    help: Text::new(
        "How many customers have no planned next step: until one is planned.",
        "有多少客户没有计划下一步：到计划为止。",
        "有多少客戶沒有計畫下一步：到計畫為止。",
    ),
};

/// Every kind of duty, in the order in which duties of one day are listed.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    let others = [&holiday::KIND, &reports::DAILY, &reports::WEEKLY, &WITHOUT_PLAN];
    SOURCES.iter().map(|source| &source.kind).chain(others)
}

/// A kind of duty in a sentence: by its token, and by its label for who reads no English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedKind(String);

impl<K: Into<String>> From<K> for NamedKind {
    fn from(key: K) -> NamedKind {
        NamedKind(key.into())
    }
}

impl Say for NamedKind {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        match kinds().find(|kind| kind.key == self.0).filter(|_| lang != Lang::En) {
            Some(kind) => Cow::Borrowed(kind.label.get(lang)),
            None => Cow::Borrowed(&self.0),
        }
    }
}

/// A source of duties.
#[derive(Debug)]
pub struct Source {
    /// What it finds.
    pub kind: Kind,
    /// Where it comes from.
    pub from: OfCards,
}

/// How a source finds duties of cards.
#[derive(Debug)]
pub struct OfCards {
    /// The days of a card that may matter.
    pub seeds: fn(&Seen<'_>) -> Vec<Seed>,
    /// Which of those days are worth a look.
    pub windows: fn(&Horizon<'_>) -> Vec<Window>,
    /// What is due of one of them.
    pub due: fn(&Horizon<'_>, &Kept<'_>) -> Option<Due>,
}

/// Every source of cards, in the order in which duties of one day are listed.
pub static SOURCES: &[&Source] = &[
    &plan::SOURCE,
    &action::SOURCE,
    &verdict::SOURCE,
    &review::SOURCE,
    &birthday::SOURCE,
    &own_holiday::SOURCE,
    &cadence::SOURCE,
    &nurture::SOURCE,
    &revision::SOURCE,
    &late_entry::SOURCE,
    &untouched::SOURCE,
    &pool::SOURCE,
];

/// The source with this key.
pub fn source(key: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.kind.key == key).copied()
}

/// A day of a card from which a duty may follow, as the index keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seed {
    /// The id of the record; empty for the card as a whole.
    pub record: String,
    /// Which of the source's days it is: unlike days have windows of their own.
    pub field: &'static str,
    /// What windows compare, as text: mostly an ISO day, of a birthday `03-15`.
    pub date: String,
    /// Whom it is for, where that is not the owner.
    pub who: String,
    /// What else the source wants to know: parts that only it reads.
    pub detail: String,
}

/// Between the parts of a detail.
const SPLIT: char = '\u{1f}';

/// A seed as it comes back from the index, with where the customer is filed.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The stage, by token.
    pub stage: &'a str,
    /// As [`Seed::field`].
    pub field: &'a str,
    /// As [`Seed::date`].
    pub date: &'a str,
    /// As [`Seed::detail`].
    pub detail: &'a str,
}

impl<'a> Kept<'a> {
    /// The part of the detail at this place.
    fn part(&self, at: usize) -> &'a str {
        self.detail.split(SPLIT).nth(at).unwrap_or("")
    }

    fn day(&self) -> Option<NaiveDate> {
        crate::card::value::day::iso(self.date).ok()
    }
}

fn detail(parts: &[&str]) -> String {
    parts.iter().map(|part| part.replace(SPLIT, " ")).collect::<Vec<_>>().join(&SPLIT.to_string())
}

/// Seeds of one field whose date is between these texts, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The field.
    pub field: &'static str,
    /// The least.
    pub from: String,
    /// The greatest.
    pub to: String,
}

impl Window {
    /// Everything up to a day.
    fn up_to(field: &'static str, day: NaiveDate) -> Vec<Window> {
        vec![Window { field, from: String::new(), to: day.to_string() }]
    }
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Horizon<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The language in which duties are said.
    pub lang: Lang,
    /// Whose duties they are; `None` for everybody's.
    pub owner: Option<&'a str>,
    /// The day that is today.
    pub today: NaiveDate,
    /// The first day of occasions that pass by themselves, such as birthdays: today, or an earlier day
    /// when nobody asked since.
    pub from: NaiveDate,
    /// The last day that is asked about: today, or a later one.
    pub until: NaiveDate,
}

impl Horizon<'_> {
    /// The last day, so many days further on.
    fn ahead(&self, days: u64) -> NaiveDate {
        self.until.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
    }
}

/// What is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub date: NaiveDate,
    /// What tells apart the times of something that comes again, such as the year of a birthday.
    pub turn: String,
    /// What it is, in the reader's language.
    pub what: String,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_kind_has_a_token_of_its_own_and_is_explained_in_a_line() {
        let mut seen = HashSet::new();
        for kind in kinds() {
            assert!(seen.insert(kind.key), "{}", kind.key);
            assert!(kind.key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", kind.key);
            let mut texts = kind.label.every().chain(kind.help.every());
            assert!(texts.all(|text| !text.is_empty() && !text.contains('\n')), "{}", kind.key);
        }
    }
}
