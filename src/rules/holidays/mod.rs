//! Public holidays by country and year.

use chrono::NaiveDate;

use crate::card::Country;
use crate::i18n::Text;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// The key.
    pub key: String,
    /// The name.
    pub name: Text,
    /// Whether the day is estimated.
    pub estimated: bool,
}

/// Why nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Of the country.
    Country,
    /// Of the year.
    Year {
        /// First.
        first: i32,
        /// Last.
        last: i32,
    },
}

/// The first day of each holiday.
///
/// # Errors
/// When nothing is known.
pub fn festivals(_country: Country, _year: i32) -> Result<Vec<Holiday>, Unknown> {
    Ok(Vec::new())
}

/// The next one.
///
/// # Errors
/// When nothing is known.
pub fn next(_country: Country, _from: NaiveDate) -> Result<Option<Holiday>, Unknown> {
    Ok(None)
}
