//! Fields that two people set to two values.

use crate::card::merge::PLACES;
use crate::i18n::{Lang, Text};
use crate::sections;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::{Candidate, Disputed};

const NO: Text = Text::new("No.", "编号", "編號");
const NAME: Text = Text::new("Customer", "客户", "客戶");
const PLACE: Text = Text::new("Place", "位置", "位置");
const VALUE: Text = Text::new("Value", "值", "值");
const SHOWN: Text = Text::new("Shown", "显示", "顯示");
const YES: Text = Text::new("yes", "是", "是");
const WHO: Text = Text::new("Set by", "填写人", "填寫者");
const WHEN: Text = Text::new("When", "时间", "時間");

/// A row for each value: of the field that shows it first.
pub fn conflicts(disputed: &[Disputed], settings: &Settings, lang: Lang) -> View {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        column("no", NO, Give::Never),
        column("name", NAME, Give::Wrap),
        column("path", PLACE, Give::Never),
        column("value", VALUE, Give::Wrap),
        column("shown", SHOWN, Give::Never),
        column("author", WHO, Give::Wrap),
        column("when", WHEN, Give::Never),
    ];
    let rows = disputed.iter().flat_map(|one| {
        let candidates = one.values.iter().enumerate();
        candidates.map(|(at, candidate)| row(one, candidate, at == 0, settings, lang))
    });
    let rows = rows.collect();
    View::of(Block::Table(Table { key: "conflicts".into(), title: None, columns, rows }))
}

fn row(one: &Disputed, candidate: &Candidate, shown: bool, settings: &Settings, lang: Lang) -> Row {
    let text = |text: Option<&String>| text.map_or(Cell::Empty, |text| Cell::Text(text.clone()));
    let set = candidate.set.as_ref();
    let cells = vec![
        text(one.known.no.as_ref()),
        text(one.known.name.as_ref()),
        Cell::Choice(one.path.clone(), called(&one.path, lang)),
        value(&one.path, candidate, settings, lang),
        Cell::Flag(shown, if shown { YES.get(lang).to_owned() } else { String::new() }),
        text(set.map(|entry| &entry.author)),
        set.map_or(Cell::Empty, |entry| Cell::Text(super::history::moment(entry, settings.time_zone()))),
    ];
    Row { cells, tone: if shown { Tone::Plain } else { Tone::Faint } }
}

/// What people call a field of the card or a place; the path of everything else, which has to be typed.
fn called(path: &str, lang: Lang) -> String {
    if path.contains(['.', '[']) { path.to_owned() } else { super::history::label_of(path, lang).0 }
}

/// A value; of a stage or country what people call it.
fn value(path: &str, candidate: &Candidate, settings: &Settings, lang: Lang) -> Cell {
    let Some(value) = &candidate.value else { return Cell::Empty };
    let [of_stage, of_country, _] = PLACES;
    let label = candidate.place.as_ref().and_then(|place| match path {
        path if path == of_stage => Some(place.stage().label().get(lang)),
        path if path == of_country => Some(settings.country_name(place.country, lang)),
        _ => None,
    });
    match label {
        Some(label) => Cell::Choice(value.clone(), label.to_owned()),
        None => match sections::field_at(path).map(|field| field.kind) {
            Some(kind) if kind.choices().is_some() => {
                Cell::Choice(value.clone(), super::history::shown(Some(kind), value, lang))
            }
            _ => Cell::Text(value.clone()),
        },
    }
}
