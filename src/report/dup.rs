//! Customers that may be one and the same.

use super::columns;
use crate::card::schema::Described;
use crate::i18n::{Lang, Say, Text};
use crate::rules::likeness::Likeness;
use crate::sections::Basics;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::{Alike, Twins};

const SCORE: Text = Text::new("Score", "相似度");
const OTHER_NO: Text = Text::new("No. (2)", "编号（二）");
const OTHER_NAME: Text = Text::new("Name (2)", "客户名称（二）");
const WHY: Text = Text::new("Why", "原因");

/// Every two that may be one.
pub fn twins(twins: &[Twins], lang: Lang) -> View {
    let columns = vec![
        column("score", SCORE.get(lang), Give::Never),
        column("no", label("no", lang), Give::Never),
        column("name", label("name", lang), Give::Wrap),
        column("other_no", OTHER_NO.get(lang), Give::Never),
        column("other_name", OTHER_NAME.get(lang), Give::Wrap),
        column("reasons", WHY.get(lang), Give::Wrap),
    ];
    let row = |twins: &Twins| {
        vec![
            Cell::Int(i64::from(twins.likeness.score)),
            Cell::maybe(twins.one.no.clone()),
            Cell::maybe(twins.one.name.clone()),
            Cell::maybe(twins.other.no.clone()),
            Cell::maybe(twins.other.name.clone()),
            reasons(&twins.likeness, lang),
        ]
    };
    table("duplicates", columns, twins.iter().map(row))
}

/// Those who are like the one that was asked for.
pub fn alike(alike: &[Alike], settings: &Settings, lang: Lang) -> View {
    let columns = vec![
        column("score", SCORE.get(lang), Give::Never),
        column("no", label("no", lang), Give::Never),
        column("name", label("name", lang), Give::Wrap),
        column("country", &columns::label("country", settings, lang), Give::Wrap),
        column("reasons", WHY.get(lang), Give::Wrap),
    ];
    let row = |alike: &Alike| {
        vec![
            Cell::Int(i64::from(alike.likeness.score)),
            Cell::maybe(alike.known.no.clone()),
            Cell::maybe(alike.known.name.clone()),
            columns::country(&alike.country, settings, lang),
            reasons(&alike.likeness, lang),
        ]
    };
    table("alike", columns, alike.iter().map(row))
}

fn reasons(likeness: &Likeness, lang: Lang) -> Cell {
    Cell::List(likeness.reasons.iter().map(|reason| reason.say(lang).into_owned()).collect())
}

fn label(key: &str, lang: Lang) -> &'static str {
    Basics::SECTION.field(key).map_or("", |f| f.label.get(lang))
}

fn column(key: &str, label: &str, give: Give) -> Column {
    Column { key: key.to_owned(), label: label.to_owned(), give }
}

fn table(key: &str, columns: Vec<Column>, rows: impl Iterator<Item = Vec<Cell>>) -> View {
    let rows = rows.map(|cells| Row { cells, tone: Tone::Plain }).collect();
    View::of(Block::Table(Table { key: key.to_owned(), title: None, columns, rows }))
}
