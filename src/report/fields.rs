//! `crm fields` and `docs/fields.md`: every field, from its declaration.

use crate::card::Field;
use crate::card::schema::Section;
use crate::exchange::heads;
use crate::i18n::{Lang, Text};
use crate::rules::facts::{self, Empty, Fact};
use crate::sections::{SCHEMA, every_section};
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};

const KEY: Text = Text::new("Field", "字段", "欄位");
const LABEL: Text = Text::new("Label", "名称", "名稱");
const KIND: Text = Text::new("Kind", "类型", "類型");
const HELP: Text = Text::new("What it is for", "说明", "說明");
const EXAMPLE: Text = Text::new("Example", "示例", "範例");
const CHOICES: Text = Text::new("Choices", "可选项", "可選項目");
const REQUIRED: Text = Text::new("Required", "必填", "必填");
const EMPTY: Text = Text::new("Empty when", "为空时表示", "空白時表示");
const COMPUTED: Text = Text::new("Computed", "自动计算", "自動計算");
const OWN: Text = Text::new("The company's own fields", "公司自定义字段", "公司自訂欄位");

/// Every field of every section.
pub fn all(settings: &Settings, lang: Lang) -> View {
    let mut blocks: Vec<Block> = every_section().map(|section| Block::Table(of(section, lang))).collect();
    let own = settings.fields.iter().map(|(key, f)| {
        let kind = match f.kind() {
            crate::settings::OwnKind::Built(kind) => kind.token(),
            crate::settings::OwnKind::OneOf(_) => "choice",
        };
        row(&format!("custom.{key}"), f.label(key, lang), kind, f.help(lang))
    });
    let own: Vec<Row> = own.collect();
    if !own.is_empty() {
        let title = Some(OWN.get(lang).to_owned());
        blocks.push(Block::Table(Table { key: "custom".into(), title, columns: columns(lang), rows: own }));
    }
    View { blocks }
}

/// The fields of a section.
fn of(section: &Section, lang: Lang) -> Table {
    let row = |f: &Field| row(&path(section, f), f.label.get(lang), f.kind.token(), f.help.get(lang));
    Table {
        key: section.key.into(),
        title: Some(section.label.get(lang).to_owned()),
        columns: columns(lang),
        rows: section.fields.iter().map(row).collect(),
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    let column =
        |key: &str, label: Text, give| Column { key: key.into(), label: label.get(lang).into(), give };
    vec![
        column("field", KEY, Give::Never),
        column("label", LABEL, Give::Wrap),
        column("kind", KIND, Give::Never),
        column("help", HELP, Give::Wrap),
    ]
}

fn row(path: &str, label: &str, kind: &str, help: &str) -> Row {
    let cells = [path, label, kind, help].map(|text| Cell::Text(text.to_owned())).to_vec();
    Row { cells, tone: Tone::Plain }
}

/// How a field of a section is named in a path, ids left open.
fn path(section: &Section, field: &Field) -> String {
    if section.key == SCHEMA.card.key {
        return field.key.to_owned();
    }
    let parent = SCHEMA.sections.iter().find(|s| s.child.is_some_and(|c| c.key == section.key));
    match parent {
        Some(parent) => format!("{}[].{}[].{}", parent.key, section.key, field.key),
        None => format!("{}[].{}", section.key, field.key),
    }
}

/// Everything about the fields that a word names: a section with all of its own, a key, a label, or a path.
pub fn one(name: &str, settings: &Settings, lang: Lang) -> Option<View> {
    let bare = strip_ids(name);
    let folded = name.trim().to_lowercase();
    let mut blocks = Vec::new();
    if let Some(section) = heads::section(name) {
        let child = section.child.map(|child| Block::Table(of(child, lang)));
        blocks.extend(std::iter::once(Block::Table(of(section, lang))).chain(child));
        return Some(View { blocks });
    }
    for section in every_section() {
        for field in section.fields {
            let by_path = path(section, field).replace("[]", "") == bare;
            let by_label = field.label.every().any(|l| l.to_lowercase() == folded);
            if by_path || field.key == bare || by_label {
                blocks.push(Block::Fields(about(section, field, lang)));
            }
        }
    }
    if blocks.is_empty() {
        blocks.extend(facts::meant(name).map(|fact| Block::Fields(about_fact(fact, lang))));
    }
    if let Some((key, own)) =
        settings.fields.iter().find(|(key, _)| **key == bare || format!("custom.{key}") == bare)
    {
        let text = |text: &str| Cell::Text(text.to_owned());
        let rows = vec![
            ("field".to_owned(), KEY.get(lang).to_owned(), text(&format!("custom.{key}"))),
            ("label".to_owned(), LABEL.get(lang).to_owned(), text(own.label(key, lang))),
            ("help".to_owned(), HELP.get(lang).to_owned(), text(own.help(lang))),
            ("example".to_owned(), EXAMPLE.get(lang).to_owned(), Cell::maybe(own.example.clone())),
        ];
        blocks.push(Block::Fields(Fields { key: String::new(), title: None, rows }));
    }
    (!blocks.is_empty()).then_some(View { blocks })
}

/// What is known of a customer without being written down.
fn about_fact(fact: &Fact, lang: Lang) -> Fields {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows = vec![
        ("field".to_owned(), KEY.get(lang).to_owned(), text(fact.key)),
        ("label".to_owned(), LABEL.get(lang).to_owned(), text(fact.label.get(lang))),
        ("help".to_owned(), HELP.get(lang).to_owned(), text(fact.help.get(lang))),
        ("kind".to_owned(), KIND.get(lang).to_owned(), text(fact.kind.token())),
    ];
    if let Empty::When(when) = fact.empty {
        rows.push(("empty".to_owned(), EMPTY.get(lang).to_owned(), text(when.get(lang))));
    }
    rows.push(("computed".to_owned(), COMPUTED.get(lang).to_owned(), {
        Cell::Flag(true, crate::card::value::YES.get(lang).to_owned())
    }));
    Fields { key: String::new(), title: None, rows }
}

/// `contacts[k3f].title` without its ids.
fn strip_ids(path: &str) -> String {
    let mut bare = String::new();
    let mut inside = false;
    for c in path.trim().chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => bare.push(c),
            _ => {}
        }
    }
    bare
}

fn about(section: &Section, field: &Field, lang: Lang) -> Fields {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows = vec![
        ("field".to_owned(), KEY.get(lang).to_owned(), text(&path(section, field))),
        ("label".to_owned(), LABEL.get(lang).to_owned(), text(field.label.get(lang))),
        ("help".to_owned(), HELP.get(lang).to_owned(), text(field.help.get(lang))),
        ("kind".to_owned(), KIND.get(lang).to_owned(), text(field.kind.token())),
        ("example".to_owned(), EXAMPLE.get(lang).to_owned(), text(field.example)),
    ];
    if let Some(choices) = field.kind.choices() {
        let all = choices.all.iter().map(|c| format!("{} ({})", c.token, c.label.get(lang))).collect();
        rows.push(("choices".to_owned(), CHOICES.get(lang).to_owned(), Cell::List(all)));
    }
    if field.required {
        let yes = crate::card::value::YES.get(lang).to_owned();
        rows.push(("required".to_owned(), REQUIRED.get(lang).to_owned(), Cell::Flag(true, yes)));
    }
    Fields { key: String::new(), title: None, rows }
}
