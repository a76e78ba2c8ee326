//! Duties with a date, as a list and as what a calendar takes.

use chrono::NaiveDate;

use super::{columns, daily};
use crate::card::schema::Described;
use crate::i18n::{Lang, Text};
use crate::sections::Basics;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::{Duty, PoolMove};

const KIND: Text = Text::new("Kind", "种类", "種類");
const WHAT: Text = Text::new("Due", "待办", "待辦");
const DAY: Text = Text::new("Day", "日期", "日期");
const WHEN: Text = Text::new("When", "期限", "期限");
const WHO: Text = Text::new("Who", "负责人", "負責人");
const WHY: Text = Text::new("Why", "原因", "原因");
const CALLED: Text = Text::new("Duty", "提醒编号", "提醒編號");
const AT: Text = Text::new("Alarm", "提醒时间", "提醒時間");

/// Duties, the most overdue first. Scripts and calendars get all columns, people those that fit.
pub fn duties(duties: &[Duty], settings: &Settings, today: NaiveDate, lang: Lang) -> View {
    let label = |key: &str| Basics::SECTION.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let columns = vec![
        column("kind", KIND.get(lang).into(), Give::Never),
        column("no", label("no"), Give::Never),
        column("name", label("name"), Give::Wrap),
        column("country", columns::label("country", settings, lang), Give::Wrap),
        column("what", WHAT.get(lang).into(), Give::Wrap),
        column("who", WHO.get(lang).into(), Give::Wrap),
        column("date", DAY.get(lang).into(), Give::Never),
        column("late", WHEN.get(lang).into(), Give::Never),
        column("uid", CALLED.get(lang).into(), Give::Never),
        column("at", AT.get(lang).into(), Give::Never),
    ];
    let row = |duty: &Duty| {
        let late = (today - duty.date).num_days();
        let tone = match late {
            1.. => Tone::Late,
            0 => Tone::Now,
            _ => Tone::Plain,
        };
        let customer = duty.customer.as_ref();
        let cells = vec![
            Cell::Choice(duty.kind.into(), duty.label.get(lang).into()),
            Cell::maybe(customer.and_then(|c| c.no.clone())),
            Cell::maybe(customer.and_then(|c| c.name.clone())),
            duty.country.as_deref().map_or(Cell::Empty, |code| columns::country(code, settings, lang)),
            Cell::Text(duty.what.clone()),
            Cell::maybe(duty.who.clone()),
            Cell::Date(duty.date),
            Cell::Int(late),
            Cell::Text(duty.id.clone()),
            Cell::Text(settings.remind.at().format("%H:%M").to_string()),
        ];
        Row { cells, tone }
    };
    let rows = duties.iter().map(row).collect();
    View::of(Block::Table(Table { key: "duties".into(), title: None, columns, rows }))
}

/// The same as people read it: lateness in words in place of the day, nothing that only programs need.
pub fn for_people(view: View, me: Option<&str>, lang: Lang) -> View {
    daily::for_people(view, me, lang)
}

/// Who goes to the pool, when and why.
pub fn pool(moves: &[PoolMove], lang: Lang) -> View {
    let label = |key: &str| Basics::SECTION.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let columns = vec![
        column("no", label("no"), Give::Never),
        column("name", label("name"), Give::Wrap),
        column("owner", label("owner"), Give::Wrap),
        column("date", DAY.get(lang).into(), Give::Never),
        column("why", WHY.get(lang).into(), Give::Wrap),
    ];
    let row = |one: &PoolMove| Row {
        cells: vec![
            Cell::maybe(one.customer.no.clone()),
            Cell::maybe(one.customer.name.clone()),
            Cell::maybe(one.owner.clone()),
            Cell::Date(one.date),
            Cell::Text(one.why.clone()),
        ],
        tone: Tone::Plain,
    };
    let rows = moves.iter().map(row).collect();
    View::of(Block::Table(Table { key: "pool".into(), title: None, columns, rows }))
}
