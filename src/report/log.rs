//! What was done: every contact of some days, of one member or of all.

use super::columns;
use crate::card::schema::Described;
use crate::i18n::Lang;
use crate::index::LogRow;
use crate::sections::{Basics, Followup, How};
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

/// Contacts in the order of their days.
pub fn log(rows: &[LogRow], settings: &Settings, lang: Lang) -> View {
    let field = |section: &crate::card::Section, key: &str| {
        section.field(key).map_or("", |field| field.label.get(lang)).to_owned()
    };
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let columns = vec![
        column("date", field(Followup::SECTION, "date"), Give::Never),
        column("no", field(Basics::SECTION, "no"), Give::Never),
        column("name", field(Basics::SECTION, "name"), Give::Wrap),
        column("country", columns::label("country", settings, lang), Give::Wrap),
        column("how", field(Followup::SECTION, "how"), Give::Wrap),
        column("topic", field(Followup::SECTION, "topic"), Give::Wrap),
        column("note", field(Followup::SECTION, "note"), Give::Wrap),
        column("by", field(Followup::SECTION, "by"), Give::Wrap),
    ];
    let row = |row: &LogRow| {
        let how = row.how.as_ref().map_or(Cell::Empty, |token| {
            let label = How::from_token(token).map_or(token.clone(), |how| how.label().get(lang).to_owned());
            Cell::Choice(token.clone(), label)
        });
        let cells = vec![
            columns::day(&row.date),
            Cell::maybe(row.customer.no.clone()),
            Cell::maybe(row.customer.name.clone()),
            columns::country(&row.country, settings, lang),
            how,
            Cell::maybe(row.topic.clone()),
            Cell::maybe(row.note.clone()),
            Cell::maybe(row.by.clone()),
        ];
        Row { cells, tone: Tone::Plain }
    };
    let rows = rows.iter().map(row).collect();
    View::of(Block::Table(Table { key: "log".into(), title: None, columns, rows }))
}
