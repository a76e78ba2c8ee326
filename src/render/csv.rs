//! Comma-separated values after RFC 4180, in UTF-8 with line feeds: the first table of a view,
//! or its fields. A cell that a spreadsheet would run is guarded by a leading `'`
//! (invariant 8), which an import takes off again.

use std::borrow::Cow;

use super::{Paper, safe, words};
use crate::exchange::cells::guard;
use crate::i18n::Text;
use crate::view::{Block, Cell, Fields, Table, View};

const FIELD: Text = Text::new("Field", "字段", "欄位");
const VALUE: Text = Text::new("Value", "值", "值");

/// The first table; of a view without one, the names and values of all its fields.
pub(super) fn render(view: &View, paper: &Paper) -> String {
    let table = view.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Fields(_) | Block::Text(_) => None,
    });
    let records = match table {
        Some(table) if table.columns.is_empty() => Vec::new(),
        Some(table) => rows(table),
        None => pairs(view, paper),
    };
    write(records, paper)
}

/// How many blocks of a view its CSV leaves out, for the caller to say.
pub fn left_out(view: &View) -> usize {
    let tables = view.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
    let texts = view.blocks.iter().filter(|block| matches!(block, Block::Text(_))).count();
    if tables > 0 { view.blocks.len() - 1 } else { texts }
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    let head = table.columns.iter().map(|column| guard(&column.label).into_owned()).collect();
    let row = |cells: &[Cell]| {
        let cells = (0..table.columns.len()).map(|index| cells.get(index));
        cells.map(|cell| cell.map_or_else(String::new, guarded)).collect()
    };
    let rows = table.rows.iter().map(|each| row(&each.cells));
    std::iter::once(head).chain(rows).collect()
}

fn pairs(view: &View, paper: &Paper) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    for block in &view.blocks {
        if let Block::Fields(fields) = block {
            records.extend(fields.rows.iter().map(|(_, label, cell)| pair(fields, label, cell)));
        }
    }
    if !records.is_empty() {
        records.insert(0, [FIELD, VALUE].map(|head| head.get(paper.lang).to_string()).into());
    }
    records
}

/// The name and the value of a field; a block below the top puts its title before the name.
fn pair(fields: &Fields, label: &str, cell: &Cell) -> Vec<String> {
    let label = match &fields.title {
        Some(title) if !fields.key.is_empty() => Cow::Owned(format!("{title}: {label}")),
        _ => Cow::Borrowed(label),
    };
    vec![guard(&label).into_owned(), guarded(cell)]
}

/// What a person reads in a cell; a number or a day is never run.
fn guarded(cell: &Cell) -> String {
    match cell {
        Cell::Int(_) | Cell::Real(_) | Cell::Date(_) => words(cell).into_owned(),
        _ => guard(&words(cell)).into_owned(),
    }
}

/// A file gets the text as it is, a terminal gets it harmless.
fn write(records: Vec<Vec<String>>, paper: &Paper) -> String {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    for record in records {
        let cells = record.iter().map(|cell| match paper.width {
            Some(_) => safe::text(cell),
            None => Cow::Borrowed(cell.as_str()),
        });
        let written = writer.write_record(cells.map(|cell| cell.into_owned()));
        written.expect("every record is as long as the head, and memory takes every byte");
    }
    let bytes = writer.into_inner().expect("memory takes every byte");
    String::from_utf8(bytes).expect("cells are UTF-8, and so is what stands between them")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::cells::unguard;
    use crate::i18n::Lang;
    use crate::render::{Format, render};
    use crate::view::{Column, Give, Row};

    const NASTY: [&str; 34] = [
        "",
        "'",
        "''",
        "'a",
        "=1+1",
        "'=1+1",
        "''=1+1",
        "=",
        "'=",
        "+",
        "-",
        "@",
        "'@SUM(A1)",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "'\t",
        "+49 30 123",
        "'+49 30 123",
        "+cmd|' /C calc'!A0",
        "'+cmd|' /C calc'!A0",
        "-5",
        "'-5",
        "''-5",
        "-12.50 USD",
        "-12.50 USD+1",
        "-2+3+cmd|' /C calc'!A0",
        "＝1",
        "＋86 10",
        "－无",
        "'＠",
        "-中文",
        "=HYPERLINK(\"http://x\",\"y\")",
    ];

    fn table(rows: Vec<Vec<Cell>>) -> View {
        let column = |label: &str| Column { key: "key".into(), label: label.into(), give: Give::Wrap };
        let row = |cells| Row { cells, ..Row::default() };
        View::of(Block::Table(Table {
            columns: vec![column("公司"), column("Notiz, \"kurz\"")],
            rows: rows.into_iter().map(row).collect(),
            ..Table::default()
        }))
    }

    fn written(view: &View, width: Option<usize>) -> String {
        let paper = Paper { lang: Lang::ZhCn, width, color: true, format: Format::Csv };
        render(view, &paper)
    }

    #[test]
    fn a_table_is_its_head_and_its_rows() {
        let text = |text: &str| Cell::Text(text.into());
        let view = table(vec![
            vec![text("Müller"), text("a, \"b\"\nc")],
            vec![Cell::Int(-3), text("=1")],
            vec![Cell::Flag(true, "是".into())],
            vec![Cell::List(vec!["a".into(), "b".into()]), Cell::Empty],
        ]);
        let expected = "公司,\"Notiz, \"\"kurz\"\"\"\nMüller,\"a, \"\"b\"\"\nc\"\n-3,'=1\n是,\n\"a, b\",\n";
        assert_eq!(written(&view, None), expected);
        assert_eq!(written(&table(vec![]), None), "公司,\"Notiz, \"\"kurz\"\"\"\n");
    }

    #[test]
    fn what_was_written_is_read_again() {
        let row = |text: &&str| vec![Cell::Text(text.to_string()), Cell::Text("\r\n\"".into())];
        let view = table(NASTY.iter().map(row).collect());
        let file = written(&view, None);
        let mut reader = ::csv::Reader::from_reader(file.as_bytes());
        let read: Vec<String> = reader
            .records()
            .map(|record| unguard(&record.expect("what we write is CSV")[0]).into_owned())
            .collect();
        assert_eq!(read, NASTY);
    }

    #[test]
    fn fields_are_names_and_values_in_the_readers_language() {
        let row = |label: &str, text: &str| ("key".to_string(), label.to_string(), Cell::Text(text.into()));
        let top = Fields { rows: vec![row("编号", "L0007")], ..Fields::default() };
        let below =
            Fields { key: "computed".into(), title: Some("概况".into()), rows: vec![row("阶段", "@x")] };
        let text = Block::Text("说明".into());
        let view = View { blocks: vec![Block::Fields(top), Block::Fields(below), text] };
        assert_eq!(written(&view, None), "字段,值\n编号,L0007\n概况: 阶段,'@x\n");
        assert_eq!(left_out(&view), 1);
        assert_eq!(left_out(&table(vec![])), 0);
    }

    #[test]
    fn a_terminal_gets_marks_and_a_file_the_text() {
        let view = table(vec![vec![Cell::Text("\u{1b}[2J".into()), Cell::Empty]]);
        assert!(written(&view, None).contains("\u{1b}[2J"));
        assert!(written(&view, Some(80)).contains("␛[2J"));
    }
}
