//! What a change of many customers would do, a line for each value.

use crate::i18n::{Lang, Text};
use crate::sections::SCHEMA;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const FIELD: Text = Text::new("Field", "字段", "欄位");
const OLD: Text = Text::new("Old", "原值", "原值");
const NEW: Text = Text::new("New", "新值", "新值");

/// One value of a customer that would change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The id, which tells customers apart.
    pub id: String,
    /// The number, or the id while there is none.
    pub no: String,
    /// The name.
    pub name: String,
    /// The path of the field; `folder` for a move.
    pub path: String,
    /// What it is.
    pub old: Option<String>,
    /// What it would be.
    pub new: Option<String>,
}

/// The list of what would change.
pub fn changes(changed: &[Changed], lang: Lang) -> View {
    let field = |key: &str| SCHEMA.card.field(key).map_or("", |f| f.label.get(lang)).to_owned();
    let column = |key: &str, label: String, give| Column { key: key.to_owned(), label, give };
    let columns = vec![
        column("no", field("no"), Give::Never),
        column("name", field("name"), Give::Wrap),
        column("field", FIELD.get(lang).to_owned(), Give::Wrap),
        column("old", OLD.get(lang).to_owned(), Give::Wrap),
        column("new", NEW.get(lang).to_owned(), Give::Wrap),
    ];
    let rows = changed.iter().map(|c| {
        let text = |text: &String| Cell::Text(text.clone());
        let cells = vec![
            text(&c.no),
            text(&c.name),
            text(&c.path),
            Cell::maybe(c.old.clone()),
            Cell::maybe(c.new.clone()),
        ];
        Row { cells, tone: Tone::Plain }
    });
    View::of(Block::Table(Table { key: "changes".into(), title: None, columns, rows: rows.collect() }))
}
