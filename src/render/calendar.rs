//! A calendar after RFC 5545, for file or feed: an event of a whole day for each row of a table that has
//! the columns `uid` and `date`. The same duty has the same UID, stamp and revision until it changes, so that
//! taking a calendar in twice changes nothing, and a day that moved moves the event.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike};

use super::{safe, words};
use crate::view::{Block, Cell, Row, Table, View};

/// The columns without which a table is no calendar.
const NEEDED: [&str; 2] = ["uid", "date"];

/// 2020-01-01 in seconds: revisions are counted from there, since RFC 5545 gives them 31 bits.
const REVISIONS_FROM: i64 = 1_577_836_800;

/// Whether a view can be a calendar.
pub fn can(view: &View) -> bool {
    tables(view).next().is_some()
}

fn tables(view: &View) -> impl Iterator<Item = &Table> {
    let has = |table: &&Table| NEEDED.iter().all(|key| table.columns.iter().any(|c| c.key == *key));
    let tables = view.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Fields(_) | Block::Text(_) => None,
    });
    tables.filter(has)
}

pub(super) fn render(view: &View) -> String {
    let mut calendar = Calendar::new();
    calendar.name("crm");
    for table in tables(view) {
        for event in table.rows.iter().filter_map(|row| event(table, row)) {
            calendar.push(event);
        }
    }
    calendar.done().to_string()
}

/// An event; its alarm is at the time of day under `at`, where there is one.
fn event(table: &Table, row: &Row) -> Option<Event> {
    let cell = |key: &str| {
        let at = table.columns.iter().position(|column| column.key == key)?;
        row.cells.get(at).filter(|cell| **cell != Cell::Empty)
    };
    let text = |key: &str| cell(key).map(|cell| safe::line(&words(cell)).into_owned());
    let Some(Cell::Date(date)) = cell("date") else { return None };
    // Whom it is about: a customer, else the country, else the colleague.
    let whom = ["name", "country", "who"].into_iter().find_map(text);
    let title: Vec<String> = [text("kind"), whom, text("what")].into_iter().flatten().collect();
    let title = title.join(": ");
    let about: Vec<String> = ["no", "country", "who"].into_iter().filter_map(text).collect();
    let changed = cell("changed").and_then(|cell| match cell {
        Cell::Int(seconds) => DateTime::from_timestamp(*seconds, 0),
        _ => None,
    });
    let stamp: DateTime<Utc> = changed.unwrap_or_else(|| date.and_time(NaiveTime::MIN).and_utc());
    let mut event = Event::new();
    let uid = text("uid")?;
    event.uid(&format!("{uid}@crm")).starts(*date).ends(date.succ_opt()?).summary(&title).timestamp(stamp);
    // Of two events of one UID, the one of the greater revision holds, also where its day is earlier.
    let revision = changed.map(|changed| (changed.timestamp() - REVISIONS_FROM).clamp(0, i32::MAX.into()));
    if let Some(revision) = revision {
        event.add_property("SEQUENCE", revision.to_string());
    }
    // A day's duty keeps nobody busy.
    event.add_property("TRANSP", "TRANSPARENT");
    if !about.is_empty() {
        event.description(&about.join(", "));
    }
    let at = text("at").and_then(|at| NaiveTime::parse_from_str(&at, "%H:%M").ok());
    if let Some(at) = at {
        let after = Duration::minutes((at - NaiveTime::MIN).num_minutes());
        let mut alarm = Alarm::display(&title, after);
        alarm.uid(&format!("{uid}-alarm@crm")).timestamp(stamp);
        event.alarm(alarm);
    }
    Some(event.done())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Column, Give};

    fn view() -> View {
        let columns = ["uid", "date", "kind", "name", "what", "at"];
        let columns = columns.map(|key| Column { key: key.into(), label: key.into(), give: Give::Wrap });
        let day = "2026-03-15".parse().expect("a day");
        let text = |text: &str| Cell::Text(text.into());
        let cells = vec![
            text("plan-a1"),
            Cell::Date(day),
            text("计划"),
            text("Müller; GmbH, \u{1b}[31m"),
            text("Call\nback"),
            text("08:00"),
        ];
        let rows = vec![Row { cells, ..Row::default() }];
        View::of(Block::Table(Table { key: "duties".into(), title: None, columns: columns.to_vec(), rows }))
    }

    #[test]
    fn a_duty_is_an_event_of_a_day_that_is_the_same_each_time() {
        let text = render(&view());
        assert_eq!(text, render(&view()));
        for line in
            ["UID:plan-a1@crm", "DTSTART;VALUE=DATE:20260315", "DTSTAMP:20260315T000000Z", "TRIGGER:PT28800S"]
        {
            assert!(text.lines().any(|found| found.starts_with(line)), "{line} in\n{text}");
        }
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn a_view_without_days_is_no_calendar() {
        assert!(can(&view()));
        assert!(!can(&View::of(Block::Text("x".into()))));
    }
}
