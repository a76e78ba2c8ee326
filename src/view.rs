//! `View`: what a report or a command has to show, before anybody decides how. A list of
//! blocks with titles and typed cells; `render/` turns it into a table, JSON or CSV.
//! Nothing here prints, and nothing here computes.

use chrono::NaiveDate;

/// What there is to show, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// The parts, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a view.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Names and values below each other, such as the head of a card.
    Fields(Fields),
    /// Rows under column heads.
    Table(Table),
    /// Running text.
    Text(String),
}

/// Names and values below each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// The key for scripts of the object that holds them; empty at the top.
    pub key: String,
    /// The heading, where there is one.
    pub title: Option<String>,
    /// The key for scripts, the label for people, and the value.
    pub rows: Vec<(String, String, Cell)>,
}

/// Rows under column heads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The key of the list for scripts, such as `contacts`.
    pub key: String,
    /// The heading, where there is one.
    pub title: Option<String>,
    /// The heads.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Row>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The key for scripts: stable.
    pub key: String,
    /// The label for people.
    pub label: String,
    /// How much of the width it may be robbed of when a terminal is narrow.
    pub give: Give,
}

/// Whether a column may be cut to fit the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Give {
    /// Numbers, dates and ids: never cut.
    Never,
    /// Names and labels: folded when there is no other way.
    Wrap,
}

/// One row, with its emphasis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Cell>,
    /// How the row stands out on a terminal with colour.
    pub tone: Tone,
}

/// How a row or a word stands out on a terminal with colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As everything else.
    #[default]
    Plain,
    /// It is late.
    Late,
    /// It is for today.
    Now,
    /// It matters less.
    Faint,
}

/// A typed cell: people read `text`, scripts the value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing known. Blank for people, `null` in JSON.
    #[default]
    Empty,
    /// Text, as a card has it: not yet made harmless.
    Text(String),
    /// Texts of a list.
    List(Vec<String>),
    /// A whole number.
    Int(i64),
    /// A number with a fraction; never money.
    Real(f64),
    /// Yes or no: token for scripts, label for people.
    Flag(bool, String),
    /// A day.
    Date(NaiveDate),
    /// A token for scripts and its label for people.
    Choice(String, String),
    /// Several of them.
    Choices(Vec<(String, String)>),
    /// Text with marks in it, each from and to in characters; people see what is around the first.
    Marked(String, Vec<(usize, usize)>),
    /// Records within a record; people see `label`s, scripts the whole.
    Records(Vec<Fields>),
}

impl Cell {
    /// A text, or nothing when there is none.
    pub fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Empty, |t| Cell::Text(t.into()))
    }
}

impl View {
    /// A view of one block.
    pub fn of(block: Block) -> View {
        View { blocks: vec![block] }
    }
}
