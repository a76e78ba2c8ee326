//! The history of a card or of the archive.

use chrono::DateTime;
use chrono_tz::Tz;

use crate::card::schema::Kind;
use crate::card::value::{Value, split_list};
use crate::history::Entry;
use crate::i18n::{Lang, Text};
use crate::index::changes::{Change, CommitChanges};
use crate::sections;
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};

const WHEN: Text = Text::new("When", "时间", "時間");
const WHO: Text = Text::new("Who", "操作人", "操作者");
const WHAT: Text = Text::new("What", "内容", "內容");
const COMMIT: Text = Text::new("Commit", "提交", "提交");
const CHANGES: Text = Text::new("Changes", "改动", "更動");
const PLACE: Text = Text::new("Place", "位置", "位置");
const OLD: Text = Text::new("Before", "原值", "原值");
const NEW: Text = Text::new("After", "新值", "新值");
const CARD: Text = Text::new("Card", "卡片", "卡片");
const STAGE: Text = Text::new("Stage", "阶段", "階段");
const COUNTRY: Text = Text::new("Country", "国家/地区", "國家/地區");
const FOLDER: Text = Text::new("Folder", "文件夹", "資料夾");
/// A text that differs while no field does.
const LAYOUT: Text = Text::new("comments or layout", "注释或排版", "註解或排版");
/// What stands for no value.
const NOTHING: &str = "–";

/// Commits, newest first.
pub fn commits(commits: &[CommitChanges], zone: Tz, lang: Lang) -> View {
    table(commits, lang, |commit| vec![row(&commit.entry, zone)])
}

/// Commits with what each changed, for people: a line for each value.
pub fn fields(commits: &[CommitChanges], zone: Tz, lang: Lang) -> View {
    table(commits, lang, |commit| {
        let changes = commit.changes.iter().map(|change| Row {
            cells: vec![Cell::Empty, Cell::Empty, Cell::Text(sentence(change, lang)), Cell::Empty],
            tone: Tone::Faint,
        });
        std::iter::once(row(&commit.entry, zone)).chain(changes).collect()
    })
}

/// Commits with what each changed, for scripts.
pub fn whole(commits: &[CommitChanges], zone: Tz, lang: Lang) -> View {
    let mut view = table(commits, lang, |commit| {
        let mut row = row(&commit.entry, zone);
        row.cells.push(Cell::Records(commit.changes.iter().map(|change| record(change, lang)).collect()));
        vec![row]
    });
    if let Some(Block::Table(table)) = view.blocks.first_mut() {
        table.columns.push(column("changes", CHANGES, Give::Wrap, lang));
    }
    view
}

/// A line for each value, for spreadsheets.
pub fn lines(commits: &[CommitChanges], zone: Tz, lang: Lang) -> View {
    let mut view = table(commits, lang, |commit| {
        let with_commit = |change: &Change| {
            let mut row = row(&commit.entry, zone);
            row.cells.extend(record(change, lang).rows.into_iter().map(|(_, _, cell)| cell));
            row
        };
        commit.changes.iter().map(with_commit).collect()
    });
    if let Some(Block::Table(table)) = view.blocks.first_mut() {
        for (key, label) in [("card", CARD), ("path", PLACE), ("old", OLD), ("new", NEW)] {
            table.columns.push(column(key, label, Give::Wrap, lang));
        }
    }
    view
}

fn table(commits: &[CommitChanges], lang: Lang, rows: impl Fn(&CommitChanges) -> Vec<Row>) -> View {
    let columns = vec![
        column("time", WHEN, Give::Never, lang),
        column("author", WHO, Give::Wrap, lang),
        column("sentence", WHAT, Give::Wrap, lang),
        column("commit", COMMIT, Give::Never, lang),
    ];
    let rows = commits.iter().flat_map(rows).collect();
    View::of(Block::Table(Table { key: "history".into(), title: None, columns, rows }))
}

fn column(key: &str, label: Text, give: Give, lang: Lang) -> Column {
    Column { key: key.into(), label: label.get(lang).into(), give }
}

fn row(entry: &Entry, zone: Tz) -> Row {
    let commit = entry.commit.get(..10).unwrap_or(&entry.commit).to_owned();
    let cells = [moment(entry, zone), entry.author.clone(), entry.sentence.clone(), commit];
    Row { cells: cells.map(Cell::Text).to_vec(), tone: Tone::Plain }
}

fn record(change: &Change, lang: Lang) -> Fields {
    let text = |value: &Option<String>| Cell::maybe(value.clone());
    let row = |key: &str, label: Text, cell| (key.to_owned(), label.get(lang).to_owned(), cell);
    let rows = vec![
        row("card", CARD, Cell::Text(change.card.clone())),
        row("path", PLACE, Cell::Text(change.path.clone())),
        row("old", OLD, text(&change.old)),
        row("new", NEW, text(&change.new)),
    ];
    Fields { key: String::new(), title: None, rows }
}

/// `Phone: 123 → 456`, or `contacts[k3f9q2].title (Title): – → Buyer`.
fn sentence(change: &Change, lang: Lang) -> String {
    if change.path == "@text" {
        return format!("  {}", LAYOUT.get(lang));
    }
    let (label, kind) = label_of(&change.path, lang);
    let value = |value: &Option<String>| match value {
        Some(value) => shown(kind, value, lang),
        None => NOTHING.to_owned(),
    };
    let place = if change.path.contains('[') { format!("{} ({label})", change.path) } else { label };
    let colon = Text::new(": ", "：", "：").get(lang);
    format!("  {place}{colon}{} → {}", value(&change.old), value(&change.new))
}

/// What people call a place, and what stands in it.
pub(super) fn label_of(path: &str, lang: Lang) -> (String, Option<Kind>) {
    let place = match path {
        "@stage" => Some(STAGE),
        "@country" => Some(COUNTRY),
        "@folder" => Some(FOLDER),
        _ => None,
    };
    if let Some(place) = place {
        return (place.get(lang).to_owned(), None);
    }
    match sections::field_at(path) {
        Some(field) => (field.label.get(lang).to_owned(), Some(field.kind)),
        None => (path.to_owned(), None),
    }
}

/// A value as people read it.
pub(super) fn shown(kind: Option<Kind>, value: &str, lang: Lang) -> String {
    match kind {
        Some(Kind::Choice(choices)) => choices.label(value, lang).to_owned(),
        Some(kind @ Kind::Choices(_)) => Value::Texts(split_list(value)).label(kind, lang).into_owned(),
        _ => value.to_owned(),
    }
}

/// When it was, in the archive's time zone: so do days begin and end that `--since` and `--until` name.
pub fn moment(entry: &Entry, zone: Tz) -> String {
    let moment = DateTime::from_timestamp(entry.seconds, 0);
    moment.map_or_else(String::new, |m| m.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string())
}
