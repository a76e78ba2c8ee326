//! What goes out to other programs: the tables of an archive ([`tables`]), written as CSV
//! ([`delimited`]), as a workbook ([`workbook`]) or as JSON ([`objects`]). Everything is written
//! so that an import reads it back as it was.

pub mod delimited;
pub mod objects;
pub mod tables;
pub mod workbook;

use std::borrow::Cow;
use std::io;

use chrono::NaiveDate;

use crate::card::read::plain;
use crate::card::value::{NO, YES, join_list};
use crate::card::{Card, Kind, Value};
use crate::i18n::Lang;

/// The words of heads and cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Keys and tokens, which never change.
    Keys,
    /// Labels in a language.
    Labels(Lang),
}

/// A typed cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing known.
    #[default]
    Empty,
    /// Text, and everything that has no type of its own in a spreadsheet.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// A whole number.
    Int(i64),
    /// Another number, as a company's own field may have it.
    Number(f64),
    /// Yes or no, and the word for it.
    Flag(bool, &'static str),
    /// A day.
    Date(NaiveDate),
}

impl Cell {
    /// The cell of a field's value.
    pub fn of(kind: Kind, value: &Value, words: Words) -> Cell {
        match (value, words) {
            (Value::Texts(items), _) => match (words, kind) {
                (Words::Labels(lang), Kind::Choices(choices)) => {
                    Cell::List(items.iter().map(|token| choices.label(token, lang).to_owned()).collect())
                }
                _ => Cell::List(items.clone()),
            },
            (Value::Flag(flag), Words::Keys) => Cell::Flag(*flag, token(*flag)),
            (Value::Flag(flag), Words::Labels(lang)) => {
                Cell::Flag(*flag, if *flag { YES } else { NO }.get(lang))
            }
            (Value::Int(number), _) => Cell::Int(*number),
            (Value::Date(day), _) => Cell::Date(*day),
            (Value::Birthday(birthday), _) => {
                let whole =
                    birthday.year.and_then(|y| NaiveDate::from_ymd_opt(y, birthday.month, birthday.day));
                whole.map_or_else(|| Cell::Text(birthday.to_string()), Cell::Date)
            }
            (_, Words::Labels(lang)) => Cell::Text(value.label(kind, lang).into_owned()),
            (_, Words::Keys) => Cell::Text(value.text().into_owned()),
        }
    }

    /// The cell of a value that no field declares: its text is what [`plain`] says.
    pub fn own(value: &toml::Value) -> Cell {
        match value {
            toml::Value::String(text) => Cell::Text(text.clone()),
            toml::Value::Integer(number) => Cell::Int(*number),
            // `2.0` would come back as `2`.
            toml::Value::Float(number) if number.to_string() == plain(value) => Cell::Number(*number),
            toml::Value::Boolean(flag) => Cell::Flag(*flag, token(*flag)),
            other => day_of(other).map_or_else(|| Cell::Text(plain(other)), Cell::Date),
        }
    }

    /// The cell as text: what a field of its kind reads.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::List(items) => Cow::Owned(join_list(items)),
            Cell::Int(number) => Cow::Owned(number.to_string()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Flag(_, word) => Cow::Borrowed(word),
            Cell::Date(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// Yes and no as a card has them.
fn token(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

fn day_of(value: &toml::Value) -> Option<NaiveDate> {
    let stamp = value.as_datetime().filter(|s| s.time.is_none())?;
    stamp.date.and_then(|d| NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into()))
}

/// A card, and what only its place says.
#[derive(Clone, Debug)]
pub struct Subject<'c> {
    /// The card.
    pub card: &'c Card,
    /// The stage, in the words of the export.
    pub stage: &'c str,
    /// The code of the country.
    pub country: &'c str,
}

/// Where the rows of tables go, table by table in any order, each table from top to bottom.
pub trait Rows {
    /// Writes a row of the table with this number.
    ///
    /// # Errors
    /// When the kind of file cannot hold it, or the disk refuses.
    fn row(&mut self, table: usize, cells: &[Cell]) -> Result<(), Fault>;
}

/// Why something cannot be written.
#[derive(Debug)]
pub enum Fault {
    /// A text is too long for a cell.
    TooLong {
        /// The number of the column, from 0.
        column: usize,
        /// How many characters it has, as spreadsheets count.
        length: usize,
    },
    /// A sheet takes no more rows.
    TooManyRows,
    /// The library that writes the file refuses.
    Other(String),
    /// The disk refuses.
    Disk(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Disk(error)
    }
}
