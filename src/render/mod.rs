//! A `View` to bytes for people and scripts: one file a format. Nothing here computes, reads
//! a clock or prints; what comes from a card is made harmless here and nowhere else.

pub mod calendar;
pub mod csv;
pub mod json;
mod layout;
mod marks;
pub mod safe;
mod terminal;

use std::borrow::Cow;

use crate::i18n::Lang;
use crate::view::{Cell, Fields, View};

/// What the output is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Aligned text for people.
    #[default]
    Table,
    /// One JSON value, indented.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values after RFC 4180.
    Csv,
    /// A calendar after RFC 5545, of a view that has days.
    Ics,
}

impl Format {
    /// Every format, as `--format` lists them.
    pub const ALL: [Format; 5] = [Format::Table, Format::Json, Format::JsonLines, Format::Csv, Format::Ics];

    /// What `--format` takes: `table`, `json`, `jsonl`, `csv`, `ics`.
    pub const fn token(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::JsonLines => "jsonl",
            Format::Csv => "csv",
            Format::Ics => "ics",
        }
    }

    /// Reads what `--format` takes.
    pub fn from_token(token: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.token() == token)
    }
}

/// What a view is written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The reader's language.
    pub lang: Lang,
    /// The cells of a terminal's line; `None` for a pipe or a file, where nothing is folded.
    pub width: Option<usize>,
    /// Whether rows and heads may stand out by colour.
    pub color: bool,
    /// The format.
    pub format: Format,
}

/// Writes a view. Ends with a line feed unless there is nothing to say.
pub fn render(view: &View, paper: &Paper) -> String {
    match paper.format {
        Format::Table => terminal::render(view, paper),
        Format::Json => json::pretty(view),
        Format::JsonLines => json::lines(view),
        Format::Csv => csv::render(view, paper),
        Format::Ics => calendar::render(view),
    }
}

/// What a person reads in a cell, for a letter of that person's.
pub fn plain(cell: &Cell) -> String {
    words(cell).into_owned()
}

/// What a person reads in a cell, not yet made harmless.
fn words(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Marked(text, _) => Cow::Borrowed(text),
        Cell::Flag(_, label) | Cell::Choice(_, label) => Cow::Borrowed(label),
        Cell::Int(number) => Cow::Owned(number.to_string()),
        Cell::Real(number) => Cow::Owned(number.to_string()),
        Cell::Date(day) => Cow::Owned(day.to_string()),
        Cell::List(texts) => Cow::Owned(texts.join(", ")),
        Cell::Choices(choices) => {
            Cow::Owned(choices.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(", "))
        }
        Cell::Records(records) => Cow::Owned(records.iter().map(record_label).collect::<Vec<_>>().join("; ")),
    }
}

/// What stands for a record in one line: its title, else its values.
fn record_label(record: &Fields) -> String {
    match &record.title {
        Some(title) => title.clone(),
        None => {
            let values = record.rows.iter().map(|(_, _, cell)| words(cell));
            values.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_token() {
        for format in Format::ALL {
            assert_eq!(Format::from_token(format.token()), Some(format));
        }
        assert_eq!(Format::from_token("xml"), None);
    }

    #[test]
    fn a_record_without_title_is_called_by_its_values() {
        let row = |cell| (String::new(), String::new(), cell);
        let channel = Fields {
            rows: vec![
                row(Cell::Choice("email".into(), "E-mail".into())),
                row(Cell::Empty),
                row(Cell::Text("anna@mueller.example".into())),
            ],
            ..Fields::default()
        };
        let titled = Fields { title: Some("Anna".into()), ..channel.clone() };
        let cell = Cell::Records(vec![channel, titled]);
        assert_eq!(words(&cell), "E-mail anna@mueller.example; Anna");
    }

    #[test]
    fn no_format_says_anything_about_an_empty_view_but_json() {
        for (format, expected) in
            [(Format::Table, ""), (Format::Json, "{}\n"), (Format::JsonLines, ""), (Format::Csv, "")]
        {
            let paper = Paper { lang: Lang::En, width: Some(80), color: true, format };
            assert_eq!(render(&View::default(), &paper), expected);
        }
    }
}
