//! One page to read before a visit.

use chrono::NaiveDate;

use super::card::{self, Detail, Showing};
use super::columns;
use crate::card::schema::Described;
use crate::i18n::{Lang, Text};
use crate::rules::brief::{BRIEF, FOCUS, shortened};
use crate::rules::duties::Rhythm;
use crate::rules::holidays::{Holiday, Unknown};
use crate::sections::Basics;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};
use crate::workspace::{LocalTime, NextDay, OpenCard};

const LOCAL_TIME: Text = Text::new("Local time", "当地时间", "當地時間");
const SEVERAL: Text = Text::new("not everywhere in the country", "该国各地时间不同", "該國各地時間不同");
const HOLIDAY: Text = Text::new("Next holiday", "下一个节假日", "下一個節日");
const ESTIMATED: Text = Text::new("estimated", "推算", "推算");
const UNKNOWN_COUNTRY: Text =
    Text::new("not known for this country", "没有该国家/地区的节假日资料", "沒有該國家/地區的節日資料");
const UNKNOWN_YEAR: Text = Text::new(
    "none is known from here on: the table of holidays ends",
    "节假日资料到此为止，之后未知",
    "節日資料到此為止，之後未知",
);

/// What stands beside the card.
#[derive(Debug)]
pub struct Beside {
    /// The time at the customer's.
    pub local: Option<LocalTime>,
    /// The next holiday there.
    pub holiday: Result<Option<Holiday>, Unknown>,
}

/// The same as people read it: who it is stands in the title.
pub fn for_people(mut view: View) -> View {
    for block in &mut view.blocks {
        if let Block::Fields(fields) = block {
            fields.rows.retain(|(key, ..)| !["id", "no", "name"].contains(&key.as_str()));
        }
    }
    view
}

/// The brief of a customer.
pub fn brief(open: &OpenCard, beside: &Beside, settings: &Settings, today: NaiveDate, lang: Lang) -> View {
    let short = shortened(&open.card, today);
    let showing = Showing { settings, today, detail: Detail::People, lang };
    let mut blocks = vec![Block::Fields(head(open, beside, settings, lang))];
    for (section, _) in BRIEF {
        let table = card::part_of(open, &short, section, showing);
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }
    View { blocks }
}

/// Where a customer's next day comes from, for scripts.
pub fn why(no: &str, next: &NextDay, lang: Lang) -> View {
    let (mut plan, mut last, mut every) = (Cell::Empty, Cell::Empty, Cell::Empty);
    let (from, date) = match next {
        NextDay::Planned(one) => {
            plan = Cell::Text(one.id.clone());
            ("plan", Cell::Date(one.date))
        }
        NextDay::Rhythm { date, last: before, rhythm } => {
            last = Cell::Date(*before);
            every = Cell::Text(rhythm.every().to_string());
            (if matches!(rhythm, Rhythm::Own(_)) { "own_rhythm" } else { "usual_rhythm" }, Cell::Date(*date))
        }
        NextDay::NoContact => ("no_contact", Cell::Empty),
        NextDay::NoRhythm => ("no_rhythm", Cell::Empty),
    };
    let label = |key: &str| Basics::SECTION.field(key).map_or(key, |field| field.label.get(lang)).to_owned();
    let cells = [
        ("no", Cell::Text(no.to_owned())),
        ("date", date),
        ("from", Cell::Text(from.to_owned())),
        ("plan", plan),
        ("last", last),
        ("every", every),
    ];
    let column = |key: &str| Column { key: key.to_owned(), label: label(key), give: Give::Never };
    let columns = cells.iter().map(|(key, _)| column(key)).collect();
    let row = Row { cells: cells.into_iter().map(|(_, cell)| cell).collect(), tone: Tone::Plain };
    View::of(Block::Table(Table { key: "why".into(), title: None, columns, rows: vec![row] }))
}

fn head(open: &OpenCard, beside: &Beside, settings: &Settings, lang: Lang) -> Fields {
    let value = |key: &str| open.card.basics.get(Basics::SECTION, key);
    let text = |key: &str| value(key).map(|v| v.text().into_owned()).unwrap_or_default();
    let name = |key: &str| Basics::SECTION.field(key).map_or(key, |field| field.label.get(lang)).to_owned();
    let mut rows = vec![
        ("id".to_owned(), "id".to_owned(), Cell::Text(open.card.basics.id.clone())),
        ("no".to_owned(), name("no"), Cell::maybe(value("no").map(|no| no.text()))),
        ("name".to_owned(), name("name"), Cell::maybe(value("name").map(|name| name.text()))),
        (
            "country".to_owned(),
            columns::label("country", settings, lang),
            columns::country(open.place.country.code(), settings, lang),
        ),
    ];
    if let Some(local) = &beside.local {
        let now = local.now.format("%Y-%m-%d %H:%M %Z").to_string();
        let several =
            if local.is_one_of_several { format!(" ({})", SEVERAL.get(lang)) } else { String::new() };
        rows.push(("local_time".into(), LOCAL_TIME.get(lang).into(), Cell::Text(format!("{now}{several}"))));
    }
    let holiday = match &beside.holiday {
        Ok(None) => None,
        Ok(Some(holiday)) => {
            let estimated =
                if holiday.estimated { format!(" ({})", ESTIMATED.get(lang)) } else { String::new() };
            Some(format!("{} {}{estimated}", holiday.date, holiday.name.get(lang)))
        }
        Err(Unknown::Country) => Some(UNKNOWN_COUNTRY.get(lang).to_owned()),
        Err(Unknown::Year { .. }) => Some(UNKNOWN_YEAR.get(lang).to_owned()),
    };
    rows.extend(holiday.map(|text| ("next_holiday".into(), HOLIDAY.get(lang).into(), Cell::Text(text))));
    for key in FOCUS {
        if let (Some(field), Some(value)) = (Basics::SECTION.field(key), value(key)) {
            rows.push((
                field.key.to_owned(),
                field.label.get(lang).to_owned(),
                columns::value(field.kind, value, lang),
            ));
        }
    }
    Fields {
        key: String::new(),
        title: Some(format!("{} {}", text("no"), text("name")).trim().to_owned()),
        rows,
    }
}
