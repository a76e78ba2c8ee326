//! The daily list, and lists of customers.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::columns;
use crate::card::schema::Described;
use crate::i18n::{Lang, Text};
use crate::index::Customer;
use crate::sections::{Basics, How, Plan};
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::DueContact;

const LATE: Text = Text::new("When", "期限", "期限");
const TODAY: Text = Text::new("today", "今天", "今天");
const LAST: Text = Text::new("Last", "上次", "上次");
const DUE: Text = Text::new("Due", "待办", "待辦");

/// Columns that only scripts and calendars want.
const FOR_SCRIPTS: [&str; 4] = ["plan", "date", "uid", "at"];

/// The daily list: whom to contact, how, how late.
pub fn daily(due: &[DueContact], settings: &Settings, today: NaiveDate, lang: Lang) -> View {
    let label = |key: &str| Basics::SECTION.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let plan = |key: &str| Plan::SECTION.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let columns = vec![
        column("no", label("no"), Give::Never),
        column("name", label("name"), Give::Wrap),
        column("country", columns::label("country", settings, lang), Give::Wrap),
        column("owner", label("owner"), Give::Wrap),
        column("goal", DUE.get(lang).to_owned(), Give::Wrap),
        column("how", plan("how"), Give::Wrap),
        column("date", plan("date"), Give::Never),
        column("late", LATE.get(lang).to_owned(), Give::Never),
        column("last_followup", LAST.get(lang).to_owned(), Give::Never),
        column("plan", Plan::SECTION.one.get(lang).to_owned(), Give::Never),
    ];
    let rows = due.iter().map(|d| row(d, settings, today, lang)).collect();
    View::of(Block::Table(Table { key: "due".into(), title: None, columns, rows }))
}

fn row(due: &DueContact, settings: &Settings, today: NaiveDate, lang: Lang) -> Row {
    let how = due.how.as_ref().map_or(Cell::Empty, |token| {
        let label = How::from_token(token).map_or(token.as_str(), |h| h.label().get(lang));
        Cell::Choice(token.clone(), label.to_owned())
    });
    let late = (today - due.date).num_days();
    let tone = match late {
        1.. => Tone::Late,
        0 => Tone::Now,
        _ => Tone::Plain,
    };
    let cells = vec![
        Cell::maybe(due.customer.no.clone()),
        Cell::maybe(due.customer.name.clone()),
        columns::country(&due.country, settings, lang),
        Cell::maybe(due.by.clone()),
        Cell::maybe(due.goal.clone()),
        how,
        Cell::Date(due.date),
        Cell::Int(late),
        due.last_followup.as_deref().map_or(Cell::Empty, columns::day),
        Cell::maybe(due.plan.clone()),
    ];
    Row { cells, tone }
}

/// The same list as people read it: lateness in words in place of the day, no ids, and no column that
/// says the same in every row; so it fits a terminal of 80 columns. Whose a row is stays where that may be
/// somebody else than `me`, who reads it.
pub fn for_people(mut view: View, me: Option<&str>, lang: Lang) -> View {
    for block in &mut view.blocks {
        let Block::Table(table) = block else { continue };
        let kept: Vec<bool> = (0..table.columns.len()).map(|at| tells_people(table, at, me)).collect();
        let late_at = table.columns.iter().position(|c| c.key == "late");
        for row in &mut table.rows {
            if let Some(cell) = late_at.and_then(|at| row.cells.get_mut(at))
                && let Cell::Int(days) = *cell
            {
                *cell = Cell::Text(lateness(days, lang));
            }
            keep(&mut row.cells, &kept);
        }
        keep(&mut table.columns, &kept);
    }
    view
}

/// Whether people learn something from a column: not if it is for scripts, if nothing is in it, or if
/// all rows are of whoever reads it.
fn tells_people(table: &Table, at: usize, me: Option<&str>) -> bool {
    let key = table.columns[at].key.as_str();
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
    let mut filled = cells.filter(|cell| **cell != Cell::Empty);
    match key {
        "owner" | "who" => filled.any(|cell| !matches!(cell, Cell::Text(who) if Some(who.as_str()) == me)),
        "how" => filled.next().is_some(),
        _ => !FOR_SCRIPTS.contains(&key),
    }
}

/// Those that are marked, in their order.
fn keep<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next().copied().unwrap_or(true));
}

fn lateness(days: i64, lang: Lang) -> String {
    match (days, lang) {
        (0, _) => TODAY.get(lang).to_owned(),
        (1.., Lang::En) => format!("{days} d late"),
        (1.., Lang::ZhCn) => format!("逾期 {days} 天"),
        (1.., Lang::ZhTw) => format!("逾期 {days} 天"),
        (_, Lang::En) => format!("in {} d", -days),
        (_, Lang::ZhCn) => format!("{} 天后", -days),
        (_, Lang::ZhTw) => format!("{} 天後", -days),
    }
}

/// A list of customers with the columns that were asked for.
pub fn customers(customers: &[Customer], keys: &[String], settings: &Settings, lang: Lang) -> View {
    let columns = keys.iter().map(|key| columns::column(key, settings, lang)).collect();
    let rows = customers.iter().map(|customer| {
        let cells = keys.iter().zip(&customer.columns);
        let cells = cells.map(|(key, raw)| columns::cell(key, raw.as_ref(), settings, lang));
        Row { cells: cells.collect(), tone: Tone::Plain }
    });
    View::of(Block::Table(Table { key: "customers".into(), title: None, columns, rows: rows.collect() }))
}

/// A list under heads of its own, by the keys of its columns.
pub fn with_heads(mut view: View, heads: &BTreeMap<String, String>) -> View {
    for block in &mut view.blocks {
        let Block::Table(table) = block else { continue };
        for column in &mut table.columns {
            if let Some(head) = heads.get(&column.key) {
                column.label.clone_from(head);
            }
        }
    }
    view
}
