//! Duties with a date, as a list and as what a calendar takes.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{columns, daily};
use crate::card::schema::Described;
use crate::i18n::{Lang, Text};
use crate::sections::{Basics, Report};
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::{Duty, OwedReport, PoolMove, ReportStanding};

const KIND: Text = Text::new("Kind", "种类", "種類");
const WHAT: Text = Text::new("Due", "待办", "待辦");
const DAY: Text = Text::new("Day", "日期", "日期");
const WHEN: Text = Text::new("When", "期限", "期限");
const WHO: Text = Text::new("Who", "负责人", "負責人");
const WHY: Text = Text::new("Why", "原因", "原因");
const CALLED: Text = Text::new("Duty", "提醒编号", "提醒編號");
const CHANGED: Text = Text::new("Changed", "修改时间", "修改時間");
const DEADLINE: Text = Text::new("Deadline", "截止时间", "截止時間");
const STANDING: Text = Text::new("State", "状态", "狀態");
const IN_TIME: Text = Text::new("in time", "按时", "準時");
const LATE: Text = Text::new("late", "迟交", "遲交");
const MISSING: Text = Text::new("missing", "未交", "未交");
const OPEN: Text = Text::new("open", "待交", "待交");
const AT: Text = Text::new("Alarm", "提醒时间", "提醒時間");

/// Duties, the most overdue first. Scripts get all columns, people those that fit; calendars the second of
/// the last change too, where somebody looked.
pub fn duties(duties: &[Duty], settings: &Settings, today: NaiveDate, lang: Lang) -> View {
    let label = |key: &str| Basics::SECTION.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let mut columns = vec![
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
    let has_changes = duties.iter().any(|duty| duty.changed.is_some());
    columns.extend(has_changes.then(|| column("changed", CHANGED.get(lang).into(), Give::Never)));
    let row = |duty: &Duty| {
        let late = (today - duty.date).num_days();
        let tone = match late {
            1.. => Tone::Late,
            0 => Tone::Now,
            _ => Tone::Plain,
        };
        let customer = duty.customer.as_ref();
        let mut cells = vec![
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
        let changed = || duty.changed.map_or(Cell::Empty, |changed| Cell::Int(changed.timestamp()));
        cells.extend(has_changes.then(changed));
        Row { cells, tone }
    };
    let rows = duties.iter().map(row).collect();
    View::of(Block::Table(Table { key: "duties".into(), title: None, columns, rows }))
}

/// The same as people read it: lateness in words in place of the day, nothing that only programs need.
pub fn for_people(view: View, me: Option<&str>, lang: Lang) -> View {
    daily::for_people(view, me, lang)
}

/// Which reports came in when, which did not.
pub fn reports(owed: &[OwedReport], lang: Lang) -> View {
    let field = |key: &str| Report::SECTION.field(key).map_or("", |field| field.label.get(lang)).to_owned();
    let column = |key: &str, label: String| Column { key: key.into(), label, give: Give::Never };
    let columns = vec![
        column("kind", field("kind")),
        column("date", field("date")),
        column("by", field("by")),
        column("deadline", DEADLINE.get(lang).into()),
        column("entered_at", field("entered_at")),
        column("standing", STANDING.get(lang).into()),
    ];
    let moment = |moment: Option<DateTime<FixedOffset>>| {
        Cell::maybe(moment.map(|moment| moment.format("%Y-%m-%d %H:%M:%S").to_string()))
    };
    let row = |one: &OwedReport| {
        let (token, label, tone) = match one.standing {
            ReportStanding::InTime => ("in_time", IN_TIME, Tone::Plain),
            ReportStanding::Late => ("late", LATE, Tone::Now),
            ReportStanding::Missing => ("missing", MISSING, Tone::Late),
            ReportStanding::Open => ("open", OPEN, Tone::Plain),
        };
        let cells = vec![
            Cell::Choice(one.kind.token().into(), one.kind.label().get(lang).into()),
            Cell::Date(one.day),
            Cell::Text(one.who.clone()),
            moment(one.deadline),
            moment(one.came_in),
            Cell::Choice(token.into(), label.get(lang).into()),
        ];
        Row { cells, tone }
    };
    let rows = owed.iter().map(row).collect();
    View::of(Block::Table(Table { key: "reports".into(), title: None, columns, rows }))
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
