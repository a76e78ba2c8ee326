//! Plan against actual: a row for the plan and one for what was done of each customer, a
//! column per day, and the totals.

use chrono::{Datelike, NaiveDate};

use crate::card::schema::Described;
use crate::i18n::{Lang, Text};
use crate::index::CalendarRow;
use crate::report::columns;
use crate::rules::marks::{self, Entry, Matched, Totals};
use crate::sections::Basics;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const LINE: Text = Text::new("Line", "行", "列");
const PLAN: Text = Text::new("plan", "计划", "計畫");
const ACTUAL: Text = Text::new("actual", "实际", "實際");
const TOTAL: Text = Text::new("Total", "合计", "合計");
const TOTALS: Text = Text::new("Plan against actual", "计划与实际", "計畫與實際");
const CUSTOMERS: Text = Text::new("Customers", "客户", "客戶");
const PLANNED: Text = Text::new("Planned", "计划数", "計畫數");
const KEPT: Text = Text::new("Kept", "按计划", "按計畫");
const MOVED: Text = Text::new("Other day", "改日完成", "改日完成");
const UNPLANNED: Text = Text::new("Unplanned", "计划外", "計畫外");
const MISSED: Text = Text::new("Missed", "未完成", "未完成");
const RATE: Text = Text::new("Kept (%)", "完成率(%)", "達成率(%)");

/// The days of a calendar, and how it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The day that is today.
    pub today: NaiveDate,
    /// The cells of a line, which say how many weeks stand beside each other; `None` for all weeks.
    pub width: Option<usize>,
    /// Whether customers with nothing in these days are there too.
    pub all: bool,
}

/// Cells of a line that number, name and line of a calendar take, what a further column takes, and what a
/// week takes.
const HEAD_CELLS: usize = 34;
const BESIDE_CELLS: usize = 16;
const WEEK_CELLS: usize = 28;

/// A column that stands beside the days: its place among those that the rows have, and its head.
struct Beside<'a> {
    at: usize,
    key: &'a str,
    head: Column,
}

/// A customer's marks.
struct Marked<'a> {
    row: &'a CalendarRow,
    plans: Vec<Entry>,
    contacts: Vec<Entry>,
    matched: Matched,
    totals: Totals,
}

/// The calendar: tables of as many weeks as fit beside each other, then the totals. The further columns are
/// those of [`CalendarRow::columns`], and stand by themselves where no week would fit beside them; empty ones
/// are left out.
pub fn calendar(
    rows: &[CalendarRow],
    period: Period,
    columns: &[String],
    settings: &Settings,
    lang: Lang,
) -> View {
    let marked = rows.iter().map(|row| marked(row, period, settings));
    let marked: Vec<Marked<'_>> = marked.filter(|m| period.all || m.totals != Totals::default()).collect();
    let days: Vec<NaiveDate> = period.from.iter_days().take_while(|day| *day <= period.to).collect();
    let mut weeks: Vec<Vec<NaiveDate>> = Vec::new();
    for day in days {
        match weeks
            .last_mut()
            .filter(|week| week.last().is_some_and(|last| last.iso_week() == day.iso_week()))
        {
            Some(week) => week.push(day),
            None => weeks.push(vec![day]),
        }
    }
    let has_some = |at: usize| marked.iter().any(|m| m.row.columns.get(at).is_some_and(Option::is_some));
    let beside = columns.iter().enumerate().filter(|(at, _)| has_some(*at));
    let beside = beside.map(|(at, key)| Beside { at, key, head: columns::column(key, settings, lang) });
    let beside: Vec<Beside<'_>> = beside.collect();
    let fits = |columns: usize| {
        let width = period.width?.checked_sub(HEAD_CELLS + BESIDE_CELLS * columns)?;
        Some(width / WEEK_CELLS).filter(|weeks| *weeks > 0)
    };
    let (together, with_days, alone) = match (period.width, fits(beside.len())) {
        (None, _) => (weeks.len().max(1), &beside[..], &[][..]),
        (Some(_), Some(together)) => (together, &beside[..], &[][..]),
        (Some(_), None) => (fits(0).unwrap_or(1), &[][..], &beside[..]),
    };
    let cells = Cells { settings, lang };
    let mut blocks: Vec<Block> =
        weeks.chunks(together).map(|weeks| Block::Table(table(&marked, weeks, with_days, cells))).collect();
    if !alone.is_empty() {
        blocks.push(Block::Table(by_themselves(&marked, alone, cells)));
    }
    blocks.push(Block::Table(totals(&marked, lang)));
    if marked.is_empty() { View::default() } else { View { blocks } }
}

fn marked<'a>(row: &'a CalendarRow, period: Period, settings: &Settings) -> Marked<'a> {
    let visits = settings.followup.visits();
    let entry = |date: &str, how: Option<&str>| {
        Some(Entry { date: date.parse().ok()?, kind: marks::kind(how, &visits)? })
    };
    // A plan that was given up up to its day is none.
    let stands =
        |date: &str, dropped: &Option<String>| dropped.as_deref().is_none_or(|dropped| dropped > date);
    let plans = row.plans.iter().filter(|(date, _, dropped)| stands(date, dropped));
    let plans: Vec<Entry> = plans.filter_map(|(date, how, _)| entry(date, how.as_deref())).collect();
    let contacts = row.contacts.iter().filter_map(|(date, how)| entry(date, Some(how.as_deref()?)));
    let contacts: Vec<Entry> = contacts.collect();
    let matched = marks::matched(&plans, &contacts);
    let totals = Totals::of(&plans, &contacts, &matched, (period.from, period.to), period.today);
    Marked { row, plans, contacts, matched, totals }
}

/// The same for scripts: a day's column is called by its date, since no week stands above it there.
pub fn for_scripts(mut view: View) -> View {
    for block in &mut view.blocks {
        let Block::Table(table) = block else { continue };
        for column in table.columns.iter_mut().filter(|column| column.key.parse::<NaiveDate>().is_ok()) {
            column.label.clone_from(&column.key);
        }
    }
    view
}

/// How cells are written.
#[derive(Clone, Copy)]
struct Cells<'a> {
    settings: &'a Settings,
    lang: Lang,
}

impl Cells<'_> {
    /// A customer's cells of the further columns.
    fn of(self, row: &CalendarRow, beside: &[Beside<'_>]) -> Vec<Cell> {
        let raw = |at: usize| row.columns.get(at).and_then(Option::as_ref);
        beside.iter().map(|b| columns::cell(b.key, raw(b.at), self.settings, self.lang)).collect()
    }
}

fn table(marked: &[Marked<'_>], weeks: &[Vec<NaiveDate>], beside: &[Beside<'_>], cells: Cells<'_>) -> Table {
    let lang = cells.lang;
    let days: Vec<NaiveDate> = weeks.iter().flatten().copied().collect();
    let title = weeks.iter().filter_map(|week| week_title(week)).collect::<Vec<_>>().join("   ");
    let mut columns = vec![customer_column("no", lang), customer_column("name", lang)];
    columns.extend(beside.iter().map(|b| b.head.clone()));
    columns.push(column("line", LINE, lang));
    columns.extend(days.iter().map(|day| Column {
        key: day.to_string(),
        label: format!("{}{}", letter(*day, lang), day.day()),
        give: Give::Never,
    }));
    let mut rows = Vec::new();
    let mut planned = vec![0i64; days.len()];
    let mut made = vec![0i64; days.len()];
    for one in marked {
        let known = &one.row.customer;
        let mut plan = vec![Cell::maybe(known.no.clone()), Cell::maybe(known.name.clone())];
        plan.extend(cells.of(one.row, beside));
        let mut actual = plan.clone();
        plan.push(line("plan", PLAN, lang));
        actual.push(line("actual", ACTUAL, lang));
        for (at, day) in days.iter().enumerate() {
            let plans = one.plans.iter().filter(|p| p.date == *day).map(|p| marks::plan_letters(p.kind));
            let plans: Vec<&str> = plans.collect();
            let contacts = one.contacts.iter().zip(&one.matched.marks).filter(|(c, _)| c.date == *day);
            let contacts: Vec<&str> =
                contacts.map(|(c, mark)| marks::contact_letters(c.kind, *mark)).collect();
            planned[at] += i64::try_from(plans.len()).unwrap_or(0);
            made[at] += i64::try_from(contacts.len()).unwrap_or(0);
            plan.push(letters(&plans));
            actual.push(letters(&contacts));
        }
        rows.push(Row { cells: plan, tone: Tone::Faint });
        rows.push(Row { cells: actual, tone: Tone::Plain });
    }
    for (key, label, counts) in [("plan", PLAN, planned), ("actual", ACTUAL, made)] {
        let mut cells = vec![Cell::Empty, Cell::Text(TOTAL.get(lang).to_owned())];
        cells.extend(beside.iter().map(|_| Cell::Empty));
        cells.push(line(key, label, lang));
        cells.extend(counts.into_iter().map(Cell::Int));
        rows.push(Row { cells, tone: Tone::Plain });
    }
    Table { key: "calendar".into(), title: Some(title), columns, rows }
}

/// `wk47 11-23…11-24`.
fn week_title(week: &[NaiveDate]) -> Option<String> {
    let (first, last) = (week.first()?, week.last()?);
    Some(format!("wk{:02} {}…{}", first.iso_week().week(), first.format("%m-%d"), last.format("%m-%d")))
}

fn letter(day: NaiveDate, lang: Lang) -> &'static str {
    let at = day.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::En => ["M", "T", "W", "T", "F", "S", "S"][at],
        Lang::ZhCn | Lang::ZhTw => ["一", "二", "三", "四", "五", "六", "日"][at],
    }
}

fn letters(all: &[&str]) -> Cell {
    if all.is_empty() { Cell::Empty } else { Cell::Text(all.join(" ")) }
}

fn line(key: &str, label: Text, lang: Lang) -> Cell {
    Cell::Choice(key.to_owned(), label.get(lang).to_owned())
}

/// The further columns, where the days leave them no room.
fn by_themselves(marked: &[Marked<'_>], beside: &[Beside<'_>], cells: Cells<'_>) -> Table {
    let mut columns = vec![customer_column("no", cells.lang), customer_column("name", cells.lang)];
    columns.extend(beside.iter().map(|b| b.head.clone()));
    let rows = marked.iter().map(|one| {
        let known = &one.row.customer;
        let mut row = vec![Cell::maybe(known.no.clone()), Cell::maybe(known.name.clone())];
        row.extend(cells.of(one.row, beside));
        Row { cells: row, tone: Tone::Plain }
    });
    let title = Some(CUSTOMERS.get(cells.lang).to_owned());
    Table { key: "customers".into(), title, columns, rows: rows.collect() }
}

fn totals(marked: &[Marked<'_>], lang: Lang) -> Table {
    let counts = [
        ("planned", PLANNED),
        ("kept", KEPT),
        ("moved", MOVED),
        ("unplanned", UNPLANNED),
        ("missed", MISSED),
        ("kept_rate", RATE),
    ];
    let mut columns = vec![customer_column("no", lang), customer_column("name", lang)];
    columns.extend(counts.map(|(key, label)| column(key, label, lang)));
    let row = |no: Cell, name: Cell, totals: Totals| {
        let number = |count: usize| Cell::Int(i64::try_from(count).unwrap_or(i64::MAX));
        let Totals { planned, kept, moved, unplanned, missed } = totals;
        let mut cells = vec![no, name];
        cells.extend([planned, kept, moved, unplanned, missed].map(number));
        cells.push(totals.kept_rate().map_or(Cell::Empty, number));
        Row { cells, tone: Tone::Plain }
    };
    let mut rows: Vec<Row> = marked
        .iter()
        .map(|m| {
            let known = &m.row.customer;
            row(Cell::maybe(known.no.clone()), Cell::maybe(known.name.clone()), m.totals)
        })
        .collect();
    let sum = marked.iter().fold(Totals::default(), |sum, m| sum.plus(m.totals));
    rows.push(row(Cell::Empty, Cell::Text(TOTAL.get(lang).to_owned()), sum));
    Table { key: "totals".into(), title: Some(TOTALS.get(lang).to_owned()), columns, rows }
}

fn customer_column(key: &str, lang: Lang) -> Column {
    let label = Basics::SECTION.field(key).map_or("", |field| field.label.get(lang)).to_owned();
    Column { key: key.to_owned(), label, give: if key == "no" { Give::Never } else { Give::Wrap } }
}

fn column(key: &str, label: Text, lang: Lang) -> Column {
    Column { key: key.to_owned(), label: label.get(lang).to_owned(), give: Give::Never }
}
