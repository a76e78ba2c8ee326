//! What an import did or would do.

use crate::i18n::{Lang, Say, Text};
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};
use crate::workspace::import::Imported;

const LINE: Text = Text::new("Line", "行", "行");
const OUTCOME: Text = Text::new("Outcome", "结果", "結果");
const NO: Text = Text::new("No.", "编号", "編號");
const FIELD: Text = Text::new("Field", "字段", "欄位");
const CARD: Text = Text::new("Card", "卡片", "卡片");
const SHEET: Text = Text::new("File", "文件", "檔案");
const WHAT: Text = Text::new("What", "内容", "內容");
const NEW: Text = Text::new("new", "新增", "新增");
const FILLED: Text = Text::new("filled", "补充", "補充");
const REFUSED: Text = Text::new("refused", "未导入", "未匯入");

/// Values that differ from the card's.
pub fn differing(done: &Imported, lang: Lang) -> Option<View> {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        column("line", LINE, Give::Never),
        column("no", NO, Give::Never),
        column("path", FIELD, Give::Wrap),
        column("card", CARD, Give::Wrap),
        column("file", SHEET, Give::Wrap),
    ];
    let rows: Vec<Row> = done
        .differing
        .iter()
        .map(|d| {
            let texts = [&d.no, &d.path, &d.card, &d.sheet].map(|t| Cell::Text(t.clone()));
            let cells = std::iter::once(line(d.line)).chain(texts).collect();
            Row { cells, tone: Tone::Plain }
        })
        .collect();
    let table = Table { key: "differing".into(), title: None, columns, rows };
    (!table.rows.is_empty()).then(|| View::of(Block::Table(table)))
}

/// What happens to each row, but for those that change nothing.
pub fn rows(done: &Imported, lang: Lang) -> View {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        column("line", LINE, Give::Never),
        column("outcome", OUTCOME, Give::Never),
        column("what", WHAT, Give::Wrap),
    ];
    let outcome = |token: &str, label: Text| Cell::Choice(token.into(), label.get(lang).into());
    let row =
        |at, outcome, what: String, tone| Row { cells: vec![line(at), outcome, Cell::Text(what)], tone };
    let mut rows: Vec<(u64, Row)> = Vec::new();
    rows.extend(
        done.new.iter().map(|(at, name)| (*at, row(*at, outcome("new", NEW), name.clone(), Tone::Plain))),
    );
    rows.extend(
        done.filled
            .iter()
            .map(|(at, name)| (*at, row(*at, outcome("filled", FILLED), name.clone(), Tone::Plain))),
    );
    rows.extend(done.refused.iter().map(|(r, why)| {
        (r.line, row(r.line, outcome("refused", REFUSED), why.say(lang).into_owned(), Tone::Late))
    }));
    rows.sort_by_key(|(line, _)| *line);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    View::of(Block::Table(Table { key: "rows".into(), title: None, columns, rows }))
}

fn line(line: u64) -> Cell {
    Cell::Int(i64::try_from(line).unwrap_or(i64::MAX))
}
