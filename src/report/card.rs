//! One card: its own fields, what is computed, and its records.

use chrono::NaiveDate;

use super::columns;
use crate::card::read::plain;
use crate::card::schema::{Described, Section};
use crate::card::value::Birthday;
use crate::card::{Card, Field, Record, Value};
use crate::i18n::{Lang, Say, Text, messages};
use crate::rules::entries;
use crate::rules::facts::{self, Asking, Filed};
use crate::rules::filled::Wants;
use crate::rules::plans;
use crate::sections::{Contact, Followup, Plan, SCHEMA};
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};
use crate::workspace::OpenCard;

/// How much of a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What people read: the latest follow-ups, no inner ids.
    People,
    /// Everything, for scripts.
    Whole,
}

/// How a card is shown.
#[derive(Clone, Copy, Debug)]
pub struct Showing<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The day that is today.
    pub today: NaiveDate,
    /// How much of it.
    pub detail: Detail,
    /// In which language.
    pub lang: Lang,
}

/// Follow-ups that people see without asking for the section.
const LATEST: usize = 10;
/// When a record came in: for rules and scripts, people go by the day.
const ENTERED: &str = "entered_at";
/// Facts that people see with a card; scripts see all.
const FOR_PEOPLE: [&str; 4] = ["followups", "first_followup", "last_followup", "next_followup"];
const STATE: Text = Text::new("State", "状态", "狀態");
const OPEN: Text = Text::new("open", "未完成", "未完成");
const WAITS: Text = Text::new("waits", "暂停", "暫停");
const SETTLED: Text = Text::new("settled", "已完成", "已完成");
const DROPPED: Text = Text::new("dropped", "已放弃", "已放棄");
pub(super) const FORMER_IDS: Text = Text::new("Former ids", "曾用编号", "曾用編號");
const AGE: Text = Text::new("Age", "年龄", "年齡");
const ENTRY: Text = Text::new("#", "序号", "序號");

messages! {
    /// Headings with something in them.
    pub enum Heading {
        Latest { count: usize, all: usize, no: String } = "latest_followups":
            "Follow-ups: the latest {count} of {all}; all with `crm show {no} followups`", "跟进记录：最近 {count} 条，共 {all} 条；全部见 `crm show {no} followups`", "跟進紀錄：最近 {count} 筆，共 {all} 筆；全部見 `crm show {no} followups`";
    }
}

/// A whole card.
pub fn card(open: &OpenCard, showing: Showing<'_>) -> View {
    let Showing { settings, today, detail, lang } = showing;
    let mut card = basics(open, detail, lang);
    let mut others = Vec::new();
    for fields in [own_fields(open, settings, lang), external(open), former_ids(open, lang)] {
        match detail {
            Detail::People => card.rows.extend(fields.rows),
            Detail::Whole if !fields.rows.is_empty() => others.push(Block::Fields(fields)),
            Detail::Whole => {}
        }
    }
    let mut blocks = vec![Block::Fields(card)];
    blocks.extend(others);
    blocks.push(Block::Fields(computed(
        open,
        &Asking { settings, wants: &Wants::of(settings), today },
        detail,
        lang,
    )));
    for section in SCHEMA.sections {
        let mut table = records(open, &open.card, section, showing);
        let all = table.rows.len();
        if detail == Detail::People && section.key == Followup::SECTION.key && all > LATEST {
            table.rows.truncate(LATEST);
            let no = open.known.no.as_deref().unwrap_or(&open.known.id);
            table.title =
                Some(Heading::Latest { count: LATEST, all, no: no.to_owned() }.say(lang).into_owned());
        }
        if !table.rows.is_empty() || detail == Detail::Whole {
            blocks.push(Block::Table(table));
        }
    }
    View { blocks }
}

/// One section of a card.
pub fn section(open: &OpenCard, section: &'static Section, showing: Showing<'_>) -> View {
    let mut table = records(open, &open.card, section, showing);
    table.title = None;
    View::of(Block::Table(table))
}

/// The records of a section that a shortened card still has, as the whole card calls and numbers them.
pub(super) fn part_of(
    open: &OpenCard,
    short: &Card,
    section: &'static Section,
    showing: Showing<'_>,
) -> Table {
    records(open, short, section, showing)
}

/// The company's own fields, as the card has them.
fn own_fields(open: &OpenCard, settings: &Settings, lang: Lang) -> Fields {
    let row = |(key, value): &(String, toml::Value)| {
        let label = settings.fields.get(key).map_or(key.as_str(), |f| f.label(key, lang)).to_owned();
        let cell = match value {
            toml::Value::Integer(number) => Cell::Int(*number),
            other => Cell::Text(plain(other)),
        };
        (key.clone(), label, cell)
    };
    Fields { key: "custom".into(), title: None, rows: open.card.custom.iter().map(row).collect() }
}

/// The customer's keys in other programs.
fn external(open: &OpenCard) -> Fields {
    let row = |(key, value): &(String, String)| (key.clone(), key.clone(), Cell::Text(value.clone()));
    Fields { key: "external".into(), title: None, rows: open.card.external.iter().map(row).collect() }
}

/// The ids and numbers of cards that were merged into this one.
fn former_ids(open: &OpenCard, lang: Lang) -> Fields {
    let ids = &open.card.former_ids;
    let row = ("former_ids".to_owned(), FORMER_IDS.get(lang).to_owned(), Cell::List(ids.clone()));
    let rows = if ids.is_empty() { Vec::new() } else { vec![row] };
    Fields { key: String::new(), title: None, rows }
}

fn basics(open: &OpenCard, detail: Detail, lang: Lang) -> Fields {
    let card = &open.card;
    let mut rows = Vec::new();
    if detail == Detail::Whole {
        rows.push(("id".to_owned(), "id".to_owned(), Cell::Text(card.basics.id.clone())));
    }
    for (at, field) in SCHEMA.card.fields.iter().enumerate() {
        if let Some(value) = card.basics.value(at) {
            rows.push((
                field.key.to_owned(),
                field.label.get(lang).to_owned(),
                columns::value(field.kind, value, lang),
            ));
        }
    }
    let no = open.card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned()).unwrap_or_default();
    let name = open.card.basics.get(SCHEMA.card, "name").map(|v| v.text().into_owned()).unwrap_or_default();
    Fields { key: String::new(), title: Some(format!("{no} {name}").trim().to_owned()), rows }
}

fn computed(open: &OpenCard, asking: &Asking<'_>, detail: Detail, lang: Lang) -> Fields {
    let settings = asking.settings;
    let stage = open.place.stage();
    let label = |key: &str| columns::label(key, settings, lang);
    let mut rows = vec![
        (
            "stage".to_owned(),
            label("stage"),
            Cell::Choice(stage.token().into(), stage.label().get(lang).into()),
        ),
        ("country".to_owned(), label("country"), columns::country(open.place.country.code(), settings, lang)),
        ("folder".to_owned(), label("folder"), Cell::Text(open.place.folder.clone())),
    ];
    let filed = Filed { stage: stage.token(), country: open.place.country.code() };
    for (fact, value) in facts::of(&open.card, &filed, asking) {
        if detail == Detail::Whole || FOR_PEOPLE.contains(&fact.key) {
            let cell = columns::fact_cell(fact.key, value, settings, lang);
            rows.push((fact.key.to_owned(), fact.label.get(lang).to_owned(), cell));
        }
    }
    Fields { key: "computed".into(), title: None, rows }
}

/// The records of a section: follow-ups the newest first, plans in the order of their days.
fn records(open: &OpenCard, from: &Card, section: &'static Section, showing: Showing<'_>) -> Table {
    let Showing { detail, lang, .. } = showing;
    let mut all: Vec<&Record> = from.of(&SCHEMA, section.key).iter().collect();
    if section.key == Followup::SECTION.key {
        // Of one day, the last that was written is the newest.
        all.reverse();
        all.sort_by_key(|r| std::cmp::Reverse(r.get(section, "date").map(|d| d.text().into_owned())));
    }
    if section.key == Plan::SECTION.key {
        all.sort_by_key(|r| r.get(section, "date").map(|d| d.text().into_owned()));
    }
    let is_shown = |f: &&Field| {
        let is_used = || all.iter().any(|r| r.get(section, f.key).is_some());
        detail == Detail::Whole || f.required || (f.key != ENTERED && is_used())
    };
    let shown: Vec<&'static Field> = section.fields.iter().filter(is_shown).collect();
    let mut columns = vec![Column { key: "id".into(), label: "id".into(), give: Give::Never }];
    columns.extend(shown.iter().map(|field| column(field, lang)));
    let mut cells: Vec<Vec<Cell>> = all
        .iter()
        .zip(short_ids(&all, detail))
        .map(|(record, id)| {
            let values = shown.iter().map(|f| named(open, f, record.get(section, f.key), detail, lang));
            std::iter::once(Cell::Text(id)).chain(values).collect()
        })
        .collect();
    for (column, values) in computed_columns(open, section, &all, showing) {
        columns.push(column);
        cells.iter_mut().zip(values).for_each(|(row, cell)| row.push(cell));
    }
    let rows = cells.into_iter().map(|cells| Row { cells, tone: Tone::Plain }).collect();
    Table { key: section.key.to_owned(), title: Some(section.label.get(lang).to_owned()), columns, rows }
}

fn column(field: &Field, lang: Lang) -> Column {
    let is_short = matches!(field.kind, crate::card::Kind::Date | crate::card::Kind::Birthday);
    let give = if is_short { Give::Never } else { Give::Wrap };
    Column { key: field.key.to_owned(), label: field.label.get(lang).to_owned(), give }
}

/// The columns of a section that stand in no card: ages, the states of plans; and its children.
fn computed_columns(
    open: &OpenCard,
    section: &'static Section,
    records: &[&Record],
    showing: Showing<'_>,
) -> Vec<(Column, Vec<Cell>)> {
    let Showing { settings, today, detail, lang } = showing;
    let mut found = Vec::new();
    let mut add = |key: &str, label: &str, give: Give, cell: &dyn Fn(&Record) -> Cell| {
        let column = Column { key: key.to_owned(), label: label.to_owned(), give };
        found.push((column, records.iter().map(|r| cell(r)).collect()));
    };
    if entries::are_numbered(section) {
        // By the whole card, of which these may be a few.
        let whole: Vec<&Record> = open.card.of(&SCHEMA, section.key).iter().collect();
        let numbers = entries::numbers(section, &whole);
        let number_of =
            |r: &Record| whole.iter().zip(&numbers).find(|(one, _)| one.id == r.id).map(|(_, n)| *n);
        add("entry", ENTRY.get(lang), Give::Never, &|r| number_of(r).map_or(Cell::Empty, Cell::Int));
    }
    let age_of = |record: &Record| age(section, record, today);
    if section.key == Contact::SECTION.key && records.iter().any(|r| age_of(r).is_some()) {
        add("age", AGE.get(lang), Give::Never, &|r| {
            age_of(r).map_or(Cell::Empty, |age| Cell::Int(age.into()))
        });
    }
    if section.key == Plan::SECTION.key {
        let (all, waiting) = (plans::open(&open.card), plans::waiting(&open.card, &settings.followup));
        let has = |plans: &[Plan], record: &Record| plans.iter().any(|plan| plan.id == record.id);
        add("state", STATE.get(lang), Give::Never, &|r| {
            let (token, label) = match r.get(section, "dropped") {
                _ if has(&waiting, r) => ("waits", WAITS),
                _ if has(&all, r) => ("open", OPEN),
                Some(_) => ("dropped", DROPPED),
                None => ("settled", SETTLED),
            };
            Cell::Choice(token.to_owned(), label.get(lang).to_owned())
        });
    }
    let has_children = || records.iter().any(|r| !r.children.is_empty());
    if let Some(child) = section.child.filter(|_| detail == Detail::Whole || has_children()) {
        add(child.key, child.label.get(lang), Give::Wrap, &|r| children(child, r, detail, lang));
    }
    found
}

/// A value; for people, a reference to a person as the person's name.
fn named(open: &OpenCard, field: &Field, value: Option<&Value>, detail: Detail, lang: Lang) -> Cell {
    let Some(value) = value else { return Cell::Empty };
    if let (crate::card::Kind::Reference(section), Detail::People) = (field.kind, detail) {
        let record = open.card.of(&SCHEMA, section).iter().find(|r| r.id == value.text());
        let name = record.zip(crate::sections::section(section)).and_then(|(r, s)| r.get(s, "name"));
        return Cell::Text(name.unwrap_or(value).text().into_owned());
    }
    match (value, detail) {
        (Value::Moment(moment), Detail::People) => {
            Cell::Text(moment.format("%Y-%m-%d %H:%M %:z").to_string())
        }
        _ => columns::value(field.kind, value, lang),
    }
}

/// The age in full years, computed and never stored.
fn age(section: &Section, record: &Record, today: NaiveDate) -> Option<i32> {
    match record.get(section, "birthday") {
        Some(Value::Birthday(birthday)) => Birthday::age_on(*birthday, today),
        _ => None,
    }
}

fn children(section: &'static Section, record: &Record, detail: Detail, lang: Lang) -> Cell {
    if record.children.is_empty() {
        return if detail == Detail::Whole { Cell::Records(Vec::new()) } else { Cell::Empty };
    }
    let fields = |child: &Record| {
        let mut rows = Vec::new();
        if detail == Detail::Whole {
            rows.push(("id".to_owned(), "id".to_owned(), Cell::Text(child.id.clone())));
        }
        for (at, field) in section.fields.iter().enumerate() {
            if let Some(value) = child.value(at) {
                let cell = columns::value(field.kind, value, lang);
                rows.push((field.key.to_owned(), field.label.get(lang).to_owned(), cell));
            }
        }
        Fields { key: String::new(), title: None, rows }
    };
    Cell::Records(record.children.iter().map(fields).collect())
}

/// Ids shortened to what is unique in the section, at least three characters; whole for scripts.
fn short_ids(records: &[&Record], detail: Detail) -> Vec<String> {
    let unique = |len: usize| {
        let mut starts: Vec<&str> = records.iter().map(|r| r.id.get(..len).unwrap_or(&r.id)).collect();
        starts.sort_unstable();
        starts.windows(2).all(|pair| pair[0] != pair[1])
    };
    let len = match detail {
        Detail::Whole => usize::MAX,
        Detail::People => (3..12).find(|len| unique(*len)).unwrap_or(usize::MAX),
    };
    records.iter().map(|r| r.id.get(..len).unwrap_or(&r.id).to_owned()).collect()
}
