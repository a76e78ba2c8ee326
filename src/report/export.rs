//! A list of customers for other programs: the columns that were named, with typed cells.

use super::daily;
use crate::card::{Kind, Value};
use crate::exchange::heads;
use crate::exchange::write::tables::{Column, Table};
use crate::exchange::write::{Cell, Words};
use crate::i18n::Lang;
use crate::index::Customer;
use crate::sections::SCHEMA;
use crate::settings::Settings;
use crate::view::{self, Block};

/// The table of a list, and its rows. A country is always its code.
pub fn list(
    customers: &[Customer],
    keys: &[String],
    settings: &Settings,
    words: Words,
) -> (Table, Vec<Vec<Cell>>) {
    let (name, lang) = match words {
        Words::Keys => ("customers".to_owned(), Lang::En),
        Words::Labels(lang) => (heads::sheet(SCHEMA.card, lang), lang),
    };
    let mut table = Table::given(&name, Vec::new());
    let mut rows = Vec::new();
    for block in daily::customers(customers, keys, settings, lang).blocks {
        let Block::Table(list) = block else { continue };
        let head = |c: &view::Column| match words {
            Words::Keys => c.key.clone(),
            Words::Labels(_) => c.label.clone(),
        };
        table.columns.extend(list.columns.iter().map(|c| Column::given(&c.key, &head(c))));
        rows.extend(list.rows.into_iter().map(|row| {
            let cells = list.columns.iter().zip(row.cells);
            cells.map(|(column, cell)| typed(&column.key, cell, words)).collect()
        }));
    }
    (table.with_distinct_heads(), rows)
}

fn typed(key: &str, cell: view::Cell, words: Words) -> Cell {
    match cell {
        view::Cell::Empty | view::Cell::Records(_) => Cell::Empty,
        view::Cell::Text(text) | view::Cell::Marked(text, _) => Cell::Text(text),
        view::Cell::List(items) => Cell::List(items),
        view::Cell::Int(number) => Cell::Int(number),
        view::Cell::Real(number) => Cell::Text(number.to_string()),
        view::Cell::Flag(flag, _) => Cell::of(Kind::Flag, &Value::Flag(flag), words),
        view::Cell::Date(day) => Cell::Date(day),
        view::Cell::Choices(choices) => {
            let word = |(token, label)| if words == Words::Keys { token } else { label };
            Cell::List(choices.into_iter().map(word).collect())
        }
        view::Cell::Choice(token, label) => {
            Cell::Text(if words == Words::Keys || key == "country" { token } else { label })
        }
    }
}
