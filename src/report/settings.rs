//! `crm config`: every setting with its value, where that comes from, and what it is for.

use crate::i18n::{Lang, Text};
use crate::settings::{KEYS, Setting};
use crate::view::{Block, Cell, Column, Give, Row, Table, Tone, View};

const KEY: Text = Text::new("Setting", "设置", "設定");
const VALUE: Text = Text::new("Value", "值", "值");
const ORIGIN: Text = Text::new("From", "来源", "來源");
const HELP: Text = Text::new("What it is for", "说明", "說明");
const DEFAULT: Text = Text::new("default", "默认", "預設");
const FILE: Text = Text::new("crm.toml", "crm.toml", "crm.toml");

/// Every setting whose key begins with `prefix`. `file` is what `crm.toml` says.
pub fn settings(file: &toml::Table, prefix: &str, lang: Lang) -> View {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    let columns = vec![
        column("setting", KEY, Give::Never),
        column("value", VALUE, Give::Wrap),
        column("origin", ORIGIN, Give::Wrap),
        column("help", HELP, Give::Wrap),
    ];
    let wanted = |s: &&Setting| {
        s.key == prefix || prefix.is_empty() || s.key.strip_prefix(prefix).is_some_and(|r| r.starts_with('.'))
    };
    let rows = KEYS.iter().filter(wanted).map(|setting| {
        let said = value_in(file, setting.key);
        let origin = if said.is_some() { FILE } else { DEFAULT };
        let value = said.unwrap_or_else(|| setting.default.to_owned());
        let cells = vec![
            Cell::Text(setting.key.to_owned()),
            if value.is_empty() { Cell::Empty } else { Cell::Text(value) },
            Cell::Text(origin.get(lang).to_owned()),
            Cell::Text(setting.help.get(lang).to_owned()),
        ];
        Row { cells, tone: Tone::Plain }
    });
    View::of(Block::Table(Table { key: "settings".into(), title: None, columns, rows: rows.collect() }))
}

/// What the file says for a dotted key; for the team, what each member has.
fn value_in(file: &toml::Table, key: &str) -> Option<String> {
    let mut parts = key.split('.');
    let mut value = file.get(parts.next()?)?;
    for part in parts {
        if let toml::Value::Array(members) = value {
            let all: Vec<String> =
                members.iter().filter_map(|m| m.get(part)).map(ToString::to_string).collect();
            return (!all.is_empty()).then(|| all.join(", "));
        }
        value = value.get(part)?;
    }
    Some(value.to_string().trim().to_owned())
}
