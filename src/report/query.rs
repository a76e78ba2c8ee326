//! What a query answered, and the tables and columns that one may ask.

use std::collections::HashSet;

use crate::card::Kind;
use crate::i18n::{Lang, Text};
use crate::index::ask::Column as Raw;
use crate::index::{OpenColumn, OpenTable, Rows, open_tables};
use crate::rules::facts::Empty;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const COLUMN: Text = Text::new("Column", "列", "欄");
const LABEL: Text = Text::new("Label", "名称", "名稱");
const TYPE: Text = Text::new("Type", "类型", "型別");
const UNIT: Text = Text::new("Unit", "单位", "單位");
const MEANING: Text = Text::new("What it is", "含义", "意思");
const EMPTY: Text = Text::new("When it is empty", "何时为空", "何時空白");
const NEVER: Text = Text::new("Never.", "不会为空。", "不會空白。");
const FLAG: Text = Text::new("0 or 1", "0 或 1", "0 或 1");
const DAY: Text = Text::new("YYYY-MM-DD", "YYYY-MM-DD", "YYYY-MM-DD");
const LIST: Text = Text::new("JSON list", "JSON 列表", "JSON 清單");

/// The rows of a query under the names that it gave them. A name that stands twice is told apart by a
/// number, since scripts find a cell by it.
pub fn rows(rows: Rows) -> View {
    let mut names = HashSet::new();
    let columns: Vec<Column> = rows
        .columns
        .into_iter()
        .map(|name| {
            let numbered = (2..).map(|number| format!("{name}_{number}"));
            let key = std::iter::once(name.clone()).chain(numbered).find(|key| names.insert(key.clone()));
            let key = key.unwrap_or(name);
            Column { label: key.clone(), key, give: Give::Wrap }
        })
        .collect();
    let row =
        |cells: Vec<Option<Raw>>| Row { cells: cells.into_iter().map(cell).collect(), tone: Tone::Plain };
    let rows = rows.rows.into_iter().map(row).collect();
    View::of(Block::Table(Table { key: "rows".into(), title: None, columns, rows }))
}

fn cell(raw: Option<Raw>) -> Cell {
    match raw {
        None => Cell::Empty,
        Some(Raw::Int(number)) => Cell::Int(number),
        Some(Raw::Real(number)) => Cell::Real(number),
        Some(Raw::Text(text)) => super::columns::day(&text),
    }
}

/// The tables and columns that may be asked: all, one table, or every column of this name.
pub fn tables(only: Option<&str>, lang: Lang) -> Option<View> {
    let head = |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        head("column", COLUMN, Give::Never),
        head("label", LABEL, Give::Wrap),
        head("type", TYPE, Give::Never),
        head("unit", UNIT, Give::Wrap),
        head("help", MEANING, Give::Wrap),
        head("empty", EMPTY, Give::Wrap),
    ];
    let only = only.map(|name| name.trim().to_lowercase());
    let wanted = |table: &OpenTable, column: &OpenColumn| {
        only.as_ref().is_none_or(|name| table.name == *name || column.key == *name)
    };
    let tables = open_tables();
    let blocks = tables.iter().filter_map(|table| {
        let rows = table.columns.iter().filter(|column| wanted(table, column));
        let rows: Vec<Row> = rows.map(|column| explained(column, lang)).collect();
        let title = Some(format!("{}: {}", table.name, table.help.get(lang)));
        let table = Table { key: table.name.into(), title, columns: columns.clone(), rows };
        (!table.rows.is_empty()).then_some(Block::Table(table))
    });
    let view = View { blocks: blocks.collect() };
    (!view.blocks.is_empty()).then_some(view)
}

fn explained(column: &OpenColumn, lang: Lang) -> Row {
    let text = |text: &str| Cell::Text(text.to_owned());
    let empty = match column.empty {
        Empty::Never => NEVER,
        Empty::When(when) => when,
    };
    let cells = vec![
        text(column.key),
        text(column.label.get(lang)),
        text(column.type_name()),
        unit(column).map_or(Cell::Empty, |unit| text(unit.get(lang))),
        text(column.help.get(lang)),
        text(empty.get(lang)),
    ];
    Row { cells, tone: Tone::Plain }
}

/// The unit of a number, and the form of what has one.
pub fn unit(column: &OpenColumn) -> Option<Text> {
    column.unit.or(match column.kind {
        Kind::Flag => Some(FLAG),
        Kind::Date => Some(DAY),
        Kind::Texts | Kind::Choices(_) => Some(LIST),
        _ => None,
    })
}
