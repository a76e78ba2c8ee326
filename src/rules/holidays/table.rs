//! Reading the tables of holidays: the country asked and the year asked, nothing else.
//!
//! `days.txt` has a block for each country, in the order of the codes:
//!
//! ```text
//! CN 2024-2035 0101:0 0501:2 1001-1003:76
//! 2024 0210-0212:27 0213-0214:27i …
//! ```
//!
//! The first line has the code, the years and the days of every year, each further one those of one
//! year. `0213-0214:27i` is the 13th and the 14th of February, the 28th line of `names.txt`, and
//! what [`super::Kind`] says: `b` beside, `i` instead, `o` off, `w` at work; `e` is estimated. A line
//! of `names.txt` is the key, then English, simplified and traditional Chinese, or English alone.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Holiday, Kind, Unknown};
use crate::card::Country;
use crate::i18n::Text;

static BLOCKS: LazyLock<Vec<&str>> = LazyLock::new(|| blocks(include_str!("days.txt")));
static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("names.txt").lines().collect());

/// What one country's block says.
pub(super) struct Days {
    first: i32,
    last: i32,
    always: &'static str,
    by_year: &'static str,
}

impl Days {
    pub(super) fn of(country: Country) -> Option<Days> {
        let place = BLOCKS.binary_search_by_key(&country.code(), |block| code_of(block)).ok()?;
        Some(Days::read(BLOCKS[place]).expect("a test reads every block of days.txt"))
    }

    fn read(block: &'static str) -> Option<Days> {
        let (head, by_year) = block.split_once('\n')?;
        let (_, head) = head.split_once(' ')?;
        let (years, always) = head.split_once(' ').unwrap_or((head, ""));
        let (first, last) = years.split_once('-')?;
        Some(Days { first: first.parse().ok()?, last: last.parse().ok()?, always, by_year })
    }

    /// Whether the tables have this year.
    pub(super) fn has(&self, year: i32) -> bool {
        (self.first..=self.last).contains(&year)
    }

    /// Every holiday of a year, in the order of the days.
    pub(super) fn in_year(&self, year: i32) -> Result<Vec<Holiday>, Unknown> {
        if !self.has(year) {
            return Err(Unknown::Year { first: self.first, last: self.last });
        }
        Ok(self.parse(year).expect("a test reads every year of days.txt"))
    }

    fn parse(&self, year: i32) -> Option<Vec<Holiday>> {
        let line = self.by_year.lines().find_map(|line| line.strip_prefix(&year.to_string()))?;
        let mut days = Vec::new();
        for word in self.always.split_ascii_whitespace().chain(line.split_ascii_whitespace()) {
            days.extend(holidays(year, word)?);
        }
        days.sort_by_key(|day: &Holiday| (day.date, day.kind));
        Some(days)
    }
}

/// The blocks of a text: each begins with the line that begins with a code.
fn blocks(text: &'static str) -> Vec<&'static str> {
    let begins = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_uppercase);
    let places = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let mut starts: Vec<usize> = places.filter(begins).collect();
    starts.push(text.len());
    starts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// `DE` of a block.
fn code_of(block: &str) -> &str {
    block.get(..2).unwrap_or_default()
}

/// The days that one word means: `0213-0214:27i`.
fn holidays(year: i32, word: &str) -> Option<impl Iterator<Item = Holiday> + use<>> {
    let (span, said) = word.split_once(':')?;
    let (from, to) = span.split_once('-').unwrap_or((span, span));
    let (from, to) = (day(year, from)?, day(year, to)?);
    let flags = said.trim_start_matches(|c: char| c.is_ascii_digit());
    let place: usize = said[..said.len() - flags.len()].parse().ok()?;
    let (key, name) = name(NAMES.get(place)?)?;
    let (kind, estimated) = read_flags(flags)?;
    let days = from.iter_days().take_while(move |day| *day <= to);
    Some(days.map(move |date| Holiday { date, key, name, kind, estimated }))
}

fn day(year: i32, month_and_day: &str) -> Option<NaiveDate> {
    let (month, day) = month_and_day.split_at_checked(2)?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

fn name(line: &'static str) -> Option<(&'static str, Text)> {
    let mut parts = line.split('|');
    let (key, en) = (parts.next()?, parts.next()?);
    let (zh_cn, zh_tw) = match (parts.next(), parts.next()) {
        (Some(simplified), Some(traditional)) => (simplified, traditional),
        _ => (en, en),
    };
    Some((key, Text::new(en, zh_cn, zh_tw)))
}

fn read_flags(flags: &str) -> Option<(Kind, bool)> {
    let (kind, estimated) = match flags.strip_suffix('e') {
        Some(kind) => (kind, true),
        None => (flags, false),
    };
    let kind = match kind {
        "" => Kind::Own,
        "w" => Kind::AtWork,
        "b" => Kind::Beside,
        "i" => Kind::Instead,
        "o" => Kind::Off,
        _ => return None,
    };
    Some((kind, estimated))
}

/// The codes of the tables' countries, in their order, and every name with its key.
#[cfg(test)]
pub(super) fn whole() -> (Vec<&'static str>, Vec<(&'static str, Text)>) {
    let codes = BLOCKS.iter().map(|block| code_of(block)).collect();
    let names = NAMES.iter().map(|line| name(line).expect("key and name")).collect();
    (codes, names)
}
