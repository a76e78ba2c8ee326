//! `crm list --view` without a name: which views there are.

use super::columns;
use crate::i18n::{Lang, Text};
use crate::rules::views::READY;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const VIEW: Text = Text::new("View", "视图", "檢視");
const LABEL: Text = Text::new("Name", "名称", "名稱");
const ORIGIN: Text = Text::new("From", "来源", "來源");
const COLUMNS: Text = Text::new("Columns", "列", "欄");
const WITHOUT: Text = Text::new("Still without", "暂缺", "暫缺");
const FILE: Text = Text::new("crm.toml", "crm.toml", "crm.toml");
const OURS: Text = Text::new("ready", "预设", "預設");

/// Every view: those of the settings first. A ready view that the settings replace is not listed.
pub fn views(settings: &Settings, lang: Lang) -> View {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let heads = vec![
        column("view", VIEW, Give::Never),
        column("label", LABEL, Give::Wrap),
        column("origin", ORIGIN, Give::Wrap),
        column("columns", COLUMNS, Give::Wrap),
        column("without", WITHOUT, Give::Wrap),
    ];
    let saved = settings.views.iter().map(|(name, view)| {
        let head = |key: &String| {
            view.heads.get(key).cloned().unwrap_or_else(|| columns::label(key, settings, lang))
        };
        let all = view.columns.iter().map(head).collect();
        row(name, view.label(name, lang), FILE.get(lang), all, Vec::new())
    });
    let ready = READY.iter().filter(|v| !settings.views.contains_key(v.name)).map(|view| {
        let all = view.columns.iter().map(|(_, head)| head.get(lang).to_owned()).collect();
        let without = view.without.iter().map(|head| head.get(lang).to_owned()).collect();
        row(view.name, view.label.get(lang), OURS.get(lang), all, without)
    });
    let rows = saved.chain(ready).collect();
    View::of(Block::Table(Table { key: "views".into(), title: None, columns: heads, rows }))
}

fn row(name: &str, label: &str, origin: &str, columns: Vec<String>, without: Vec<String>) -> Row {
    let list = |items: Vec<String>| if items.is_empty() { Cell::Empty } else { Cell::List(items) };
    let text = |text: &str| Cell::Text(text.to_owned());
    let cells = vec![text(name), text(label), text(origin), list(columns), list(without)];
    Row { cells, tone: Tone::Plain }
}
