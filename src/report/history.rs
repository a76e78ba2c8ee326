//! The history of a card or of the archive.

use chrono::{DateTime, FixedOffset};

use crate::history::Entry;
use crate::i18n::{Lang, Text};
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const WHEN: Text = Text::new("When", "时间", "時間");
const WHO: Text = Text::new("Who", "操作人", "操作者");
const WHAT: Text = Text::new("What", "内容", "內容");
const COMMIT: Text = Text::new("Commit", "提交", "提交");

/// Commits, newest first.
pub fn history(entries: &[Entry], lang: Lang) -> View {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        column("time", WHEN, Give::Never),
        column("author", WHO, Give::Wrap),
        column("sentence", WHAT, Give::Wrap),
        column("commit", COMMIT, Give::Never),
    ];
    let rows = entries.iter().map(|entry| {
        let cells = vec![
            Cell::Text(moment(entry)),
            Cell::Text(entry.author.clone()),
            Cell::Text(entry.sentence.clone()),
            Cell::Text(entry.commit.get(..10).unwrap_or(&entry.commit).to_owned()),
        ];
        Row { cells, tone: Tone::Plain }
    });
    View::of(Block::Table(Table { key: "history".into(), title: None, columns, rows: rows.collect() }))
}

/// When it was, in the author's own time.
pub fn moment(entry: &Entry) -> String {
    let offset = FixedOffset::east_opt(entry.offset * 60);
    let moment = DateTime::from_timestamp(entry.seconds, 0).zip(offset).map(|(t, o)| t.with_timezone(&o));
    moment.map_or_else(String::new, |m| m.format("%Y-%m-%d %H:%M").to_string())
}
