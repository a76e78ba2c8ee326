//! The columns that a list of customers may have: their labels, and their cells.

use chrono::NaiveDate;

use crate::archive::Stage;
use crate::card::{Country, Kind, Value};
use crate::i18n::Lang;
use crate::index::ask::{Column as Raw, Related, every_column, related_column};
use crate::rules::facts::{FactValue, fact};
use crate::sections::SCHEMA;
use crate::settings::Settings;
use crate::view::{Cell, Column, Give};

/// The label of a column.
pub fn label(key: &str, settings: &Settings, lang: Lang) -> String {
    let fixed = every_column().find(|(k, _)| *k == key).map(|(_, label)| label);
    match (fixed, key.strip_prefix("custom.")) {
        (Some(label), _) => label.get(lang).to_owned(),
        (None, Some(own)) => settings.fields.get(own).map_or(own, |f| f.label(own, lang)).to_owned(),
        (None, None) => key.to_owned(),
    }
}

/// The kind of what stands in a column, where a declaration says it.
fn kind(key: &str) -> Option<Kind> {
    let field = SCHEMA.card.field(key).map(|f| f.kind);
    field.or_else(|| fact(key).map(|f| f.kind)).or_else(|| related_column(key).map(Related::kind))
}

/// The head of a column.
pub fn column(key: &str, settings: &Settings, lang: Lang) -> Column {
    let kind = kind(key);
    let fixed = key == "no" || key == "id";
    let fixed =
        fixed || matches!(kind, Some(Kind::Date | Kind::Money | Kind::Price | Kind::Int { .. } | Kind::Flag));
    let give = if fixed { Give::Never } else { Give::Wrap };
    Column { key: key.to_owned(), label: label(key, settings, lang), give }
}

/// The cell of a column, from what the index has.
pub fn cell(key: &str, raw: Option<&Raw>, settings: &Settings, lang: Lang) -> Cell {
    let Some(raw) = raw else { return Cell::Empty };
    match (key, raw) {
        ("country", Raw::Text(code)) => country(code, settings, lang),
        ("stage", Raw::Text(token)) => {
            let label = Stage::meant(token).map_or(token.as_str(), |s| s.label().get(lang));
            Cell::Choice(token.clone(), label.to_owned())
        }
        (_, Raw::Int(number)) => match kind(key) {
            Some(Kind::Flag) => value(Kind::Flag, &Value::Flag(*number != 0), lang),
            _ => Cell::Int(*number),
        },
        (_, Raw::Real(number)) => Cell::Real(*number),
        (_, Raw::Text(text)) => match kind(key) {
            Some(kind) if kind.is_list() => {
                value(kind, &Value::Texts(serde_json::from_str(text).unwrap_or_default()), lang)
            }
            Some(kind @ Kind::Choice(_)) => value(kind, &Value::Choice(text.clone()), lang),
            _ => day(text),
        },
    }
}

/// The cell of a fact.
pub fn fact_cell(key: &str, fact: FactValue, settings: &Settings, lang: Lang) -> Cell {
    let raw = match fact {
        FactValue::Nothing => None,
        FactValue::Number(number) => Some(Raw::Int(number)),
        FactValue::Text(text) => Some(Raw::Text(text)),
    };
    cell(key, raw.as_ref(), settings, lang)
}

/// A country: its code for scripts, the name that the company gives it for people.
pub fn country(code: &str, settings: &Settings, lang: Lang) -> Cell {
    let name = Country::from_code(code).map_or(code, |c| settings.country_name(c, lang));
    Cell::Choice(code.to_owned(), name.to_owned())
}

/// A day as it stands in the index, or whatever else stands there.
pub fn day(text: &str) -> Cell {
    match text.parse::<NaiveDate>() {
        Ok(day) if text.len() == 10 => Cell::Date(day),
        _ => Cell::Text(text.to_owned()),
    }
}

/// A value of a card.
pub fn value(kind: Kind, value: &Value, lang: Lang) -> Cell {
    match value {
        Value::Texts(items) => match kind {
            Kind::Choices(choices) => {
                let pair = |token: &String| (token.clone(), choices.label(token, lang).to_owned());
                Cell::Choices(items.iter().map(pair).collect())
            }
            _ => Cell::List(items.clone()),
        },
        Value::Flag(flag) => Cell::Flag(*flag, value.label(kind, lang).into_owned()),
        Value::Int(number) => Cell::Int(*number),
        Value::Date(day) => Cell::Date(*day),
        Value::Choice(token) => Cell::Choice(token.clone(), value.label(kind, lang).into_owned()),
        Value::Text(code) if kind == Kind::Country => {
            Cell::Choice(code.clone(), value.label(kind, lang).into_owned())
        }
        other => Cell::Text(other.text().into_owned()),
    }
}
