//! `crm check`: the findings, and what their codes mean.

use crate::i18n::{Lang, Say, Text};
use crate::rules::check::{About, Severity, codes};
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};
use crate::workspace::check::Found;

use super::Detail;

pub(super) const SEVERITY: Text = Text::new("Severity", "级别", "級別");
pub(super) const CODE: Text = Text::new("Code", "代码", "代碼");
const CARD: Text = Text::new("Card", "卡片", "卡片");
const FOLDER: Text = Text::new("Folder", "文件夹", "資料夾");
const PATH: Text = Text::new("File", "文件", "檔案");
const PLACE: Text = Text::new("Place", "位置", "位置");
const LINE: Text = Text::new("Line", "行", "行");
const COLUMN: Text = Text::new("Column", "列", "欄");
pub(super) const MESSAGE: Text = Text::new("What", "问题", "問題");
pub(super) const MEND: Text = Text::new("What mends it", "处理", "處理");
const WHAT: Text = Text::new("What it means", "含义", "意思");
const WHY: Text = Text::new("Why it matters", "影响", "影響");
const SOURCE: Text = Text::new("Source", "依据", "依據");

pub(super) fn column(key: &str, label: Text, give: Give, lang: Lang) -> Column {
    Column { key: key.into(), label: label.get(lang).into(), give }
}

pub(super) fn severity(severity: Severity, lang: Lang) -> Cell {
    Cell::Choice(severity.token().into(), severity.label().get(lang).into())
}

pub(super) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Late,
        Severity::Warning => Tone::Now,
        Severity::Note => Tone::Faint,
    }
}

/// Every finding: for people with one place, for scripts with its parts.
pub fn findings<'a>(found: impl Iterator<Item = &'a Found>, detail: Detail, lang: Lang) -> View {
    let mut columns = vec![
        column("severity", SEVERITY, Give::Never, lang),
        column("code", CODE, Give::Never, lang),
        column("card", CARD, Give::Never, lang),
    ];
    columns.extend(match detail {
        Detail::People => vec![column("place", PLACE, Give::Wrap, lang)],
        Detail::Whole => vec![
            column("folder", FOLDER, Give::Wrap, lang),
            column("path", PATH, Give::Wrap, lang),
            column("line", LINE, Give::Never, lang),
            column("column", COLUMN, Give::Never, lang),
        ],
    });
    columns.push(column("message", MESSAGE, Give::Wrap, lang));
    columns.push(column("mend", MEND, Give::Wrap, lang));
    let rows = found.map(|f| row(f, detail, lang)).collect();
    View::of(Block::Table(Table { key: "findings".into(), title: None, columns, rows }))
}

fn row(found: &Found, detail: Detail, lang: Lang) -> Row {
    let text = |text: &str| Cell::maybe((!text.is_empty()).then_some(text));
    let finding = &found.finding;
    let mut cells = vec![severity(finding.severity, lang), text(found.code()), text(&found.card)];
    let number =
        |n: Option<usize>| n.map_or(Cell::Empty, |n| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX)));
    cells.extend(match detail {
        Detail::People => vec![text(&found.place_text())],
        Detail::Whole => vec![
            text(&found.folder),
            text(&found.path),
            number(found.place.map(|(line, _)| line)),
            number(found.place.map(|(_, column)| column)),
        ],
    });
    cells.push(text(&finding.said.say(lang)));
    cells.push(text(&finding.mend.say(lang)));
    Row { cells, tone: tone(finding.severity) }
}

/// Every code with its severity and what it means, in a line.
pub fn all_codes(lang: Lang) -> View {
    let columns = vec![
        column("code", CODE, Give::Never, lang),
        column("severity", SEVERITY, Give::Never, lang),
        column("what", WHAT, Give::Wrap, lang),
    ];
    let row = |about: &About| {
        let cells = vec![
            Cell::Text(about.code.to_owned()),
            severity(about.severity, lang),
            Cell::Text(about.what.get(lang).to_owned()),
        ];
        Row { cells, tone: Tone::Plain }
    };
    let rows = codes::every().map(row).collect();
    View::of(Block::Table(Table { key: "codes".into(), title: None, columns, rows }))
}

/// What one code means, why it matters, where it comes from and what mends it.
pub fn explanation(about: &About, lang: Lang) -> View {
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |key: &str, label: Text, cell| (key.to_owned(), label.get(lang).to_owned(), cell);
    let rows = vec![
        row("code", CODE, text(about.code)),
        row("severity", SEVERITY, severity(about.severity, lang)),
        row("what", WHAT, text(about.what.get(lang))),
        row("why", WHY, text(about.why.get(lang))),
        row("mend", MEND, text(about.mend.get(lang))),
        row("source", SOURCE, text(about.source)),
    ];
    View::of(Block::Fields(Fields { key: String::new(), title: None, rows }))
}
