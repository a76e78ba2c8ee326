//! The public holidays of a country: which days of a year, and which festival each belongs to.
//!
//! Here lives what a caller asks. The days themselves are in `days.txt` and their names in
//! `names.txt`, which `tools/holidays.py` makes; `table.rs` reads them. When a greeting is due does
//! not live here. What the tables leave out: `docs/decisions/0014-holidays.md`.

mod table;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, NaiveDate};

use crate::card::Country;
use crate::i18n::Text;

/// Days of one festival are at most so far apart: a day off in its place may wait for the end of a
/// long weekend. Two Easters in one country are a week apart.
const JOINED: u64 = 6;

/// A public holiday of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// The festival that the day belongs to, for settings and scripts: `spring_festival`. Its eve and
    /// its second day have the same key.
    pub key: &'static str,
    /// The name of this day: `Chinese New Year's Eve`. English stands where nobody has translated it.
    pub name: Text,
    /// What the day is to its festival.
    pub kind: Kind,
    /// Reckoned ahead: the day is announced later, or hangs on the sight of the moon.
    pub estimated: bool,
}

/// What a day is to its festival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The festival's own day.
    Own,
    /// Its own day, at which people work: Ukraine under martial law.
    AtWork,
    /// A day beside it: the eve, the second day.
    Beside,
    /// A day off in its place, since it falls on a weekend.
    Instead,
    /// A day off that is no festival: a shifted working day, a bank holiday, an election.
    Off,
}

/// Why nobody knows the holidays. Nothing is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The tables do not have the country.
    Country,
    /// The tables have the country, but other years.
    Year {
        /// The first year that is known.
        first: i32,
        /// The last year that is known.
        last: i32,
    },
}

/// Every public holiday of a country in a year, in the order of the days. Two that fall together
/// are two.
pub fn of(country: Country, year: i32) -> Result<Vec<Holiday>, Unknown> {
    table::Days::of(country).ok_or(Unknown::Country)?.in_year(year)
}

/// One day of each festival in a year, for a greeting: the first of its own days, else the first
/// that stands beside it, else the first in its place. In the order of the days.
///
/// A day off that is no festival is not among them, and no festival is there twice for an eve in
/// the year before. One that comes twice in a year, as Eid al-Fitr in 2033, is there twice.
pub fn festivals(country: Country, year: i32) -> Result<Vec<Holiday>, Unknown> {
    let days = table::Days::of(country).ok_or(Unknown::Country)?;
    let mut around = days.in_year(year)?;
    // New Year's Eve belongs to the first of January; a neighbour that is not known adds nothing.
    for neighbour in [year - 1, year + 1] {
        around.extend(days.in_year(neighbour).unwrap_or_default());
    }
    around.sort_by_key(|day| day.date);
    // An eve whose festival stands in a year that is not known is not taken for the festival.
    let is_whole = |run: &Run| run.main.kind <= Kind::AtWork || days.has(run.joins_until().year());
    let whole = runs(&around).into_iter().filter(is_whole).map(|run| run.main);
    let mut found: Vec<Holiday> = whole.filter(|main| main.date.year() == year).collect();
    found.sort_by_key(|day| day.date);
    Ok(found)
}

/// The first festival on or after a day, in this year or the next.
///
/// None if the country has none in both. When this year has none left and the tables end with it,
/// that is [`Unknown::Year`].
pub fn next(country: Country, from: NaiveDate) -> Result<Option<Holiday>, Unknown> {
    let first_from = |all: Vec<Holiday>| all.into_iter().find(|day| day.date >= from);
    match first_from(festivals(country, from.year())?) {
        Some(found) => Ok(Some(found)),
        None => Ok(first_from(festivals(country, from.year() + 1)?)),
    }
}

/// The days of one festival.
struct Run {
    main: Holiday,
    last: NaiveDate,
}

impl Run {
    fn joins_until(&self) -> NaiveDate {
        self.last + Days::new(JOINED)
    }

    fn goes_on(&self, day: &Holiday) -> bool {
        self.main.key == day.key && self.joins_until() >= day.date
    }

    fn take(&mut self, day: Holiday) {
        self.last = day.date;
        if day.kind < self.main.kind {
            self.main = day;
        }
    }
}

/// The festivals of days that are sorted.
fn runs(days: &[Holiday]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for day in days.iter().filter(|day| day.kind != Kind::Off) {
        match runs.iter_mut().rev().find(|run| run.goes_on(day)) {
            Some(run) => run.take(*day),
            None => runs.push(Run { main: *day, last: day.date }),
        }
    }
    runs
}
