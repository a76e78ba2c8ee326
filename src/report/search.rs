//! What a search found: for people each customer with the places below it, for scripts an object per
//! customer, for spreadsheets a row per place.

use super::columns;
use crate::card::schema::Described;
use crate::card::{Field, Kind, Record, Section};
use crate::i18n::{Lang, Text};
use crate::index::ask::PLACE;
use crate::rules::search::{Hit, Place, Query};
use crate::sections::Channel;
use crate::settings::Settings;
use crate::view::{Block, Cell, Column, Fields, Give, Row, Table, Tone, View};
use crate::workspace::OpenCard;

use super::card::FORMER_IDS;

/// The keys of what tells a customer.
const WHO: [&str; 6] = ["id", "no", "name", "country", "stage", "folder"];
const FOUND: Text = Text::new("Found", "找到的内容", "找到的內容");
const AT: Text = Text::new("Place", "位置", "位置");
const PATH: Text = Text::new("Path", "路径", "路徑");

/// How what was found is told.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// What was looked for.
    pub query: &'a Query,
    /// For names of countries and of own fields.
    pub settings: &'a Settings,
    /// The reader's language.
    pub lang: Lang,
}

/// The customers, each with the texts in which something was found; at most so many of each, and how many
/// were left out.
pub fn for_people(cards: &[OpenCard], telling: &Telling<'_>, most: Option<usize>) -> (View, usize) {
    let mut left_out = 0;
    let mut blocks = Vec::new();
    for open in cards {
        let hits = telling.query.hits(&open.card, &open.place.folder);
        let shown = most.unwrap_or(hits.len()).min(hits.len());
        left_out += hits.len() - shown;
        let row = |hit: &Hit<'_>| {
            let cell = Cell::Marked(hit.entry.text.to_string(), hit.marks.clone());
            (hit.entry.place.path(), telling.label(&hit.entry.place), cell)
        };
        let rows = hits.iter().take(shown).map(row).collect();
        blocks.push(Block::Fields(Fields { key: String::new(), title: Some(telling.title(open)), rows }));
    }
    (View { blocks }, left_out)
}

/// The customers, each an object with its hits: path, value, and the place in it in characters.
pub fn for_scripts(cards: &[OpenCard], telling: &Telling<'_>) -> View {
    let mut columns = telling.who_columns();
    columns.push(telling.column("hits", FOUND));
    let row = |open: &OpenCard| {
        let hits = telling.query.hits(&open.card, &open.place.folder);
        let records = hits.iter().flat_map(|hit| {
            hit.marks.iter().map(|(from, to)| {
                let field = |key: &str, cell| (key.to_owned(), key.to_owned(), cell);
                let place = |at: usize| Cell::Int(i64::try_from(at).unwrap_or(i64::MAX));
                let rows = vec![
                    field("path", Cell::Text(hit.entry.place.path())),
                    field("value", Cell::Text(hit.entry.text.to_string())),
                    field("from", place(*from)),
                    field("to", place(*to)),
                ];
                Fields { rows, ..Fields::default() }
            })
        });
        let mut cells = telling.who(open);
        cells.push(Cell::Records(records.collect()));
        Row { cells, tone: Tone::Plain }
    };
    let rows = cards.iter().map(row).collect();
    View::of(Block::Table(Table { key: "found".into(), title: None, columns, rows }))
}

/// A row for each text in which something was found.
pub fn as_rows(cards: &[OpenCard], telling: &Telling<'_>) -> View {
    let mut columns = telling.who_columns();
    columns.extend([("path", PATH), ("place", AT), ("value", FOUND)].map(|(k, l)| telling.column(k, l)));
    let mut rows = Vec::new();
    for open in cards {
        for hit in telling.query.hits(&open.card, &open.place.folder) {
            let mut cells = telling.who(open);
            let place = &hit.entry.place;
            cells.extend([place.path(), telling.label(place), hit.entry.text.to_string()].map(Cell::Text));
            rows.push(Row { cells, tone: Tone::Plain });
        }
    }
    View::of(Block::Table(Table { key: "found".into(), title: None, columns, rows }))
}

impl Telling<'_> {
    fn column(&self, key: &str, label: Text) -> Column {
        Column { key: key.to_owned(), label: label.get(self.lang).to_owned(), give: Give::Wrap }
    }

    fn who_columns(&self) -> Vec<Column> {
        WHO.iter().map(|key| columns::column(key, self.settings, self.lang)).collect()
    }

    /// What tells a customer, in the order of [`WHO`].
    fn who(&self, open: &OpenCard) -> Vec<Cell> {
        let stage = open.place.stage();
        vec![
            Cell::Text(open.known.id.clone()),
            Cell::maybe(open.known.no.clone()),
            Cell::maybe(open.known.name.clone()),
            columns::country(open.place.country.code(), self.settings, self.lang),
            Cell::Choice(stage.token().to_owned(), stage.label().get(self.lang).to_owned()),
            Cell::Text(open.place.folder.clone()),
        ]
    }

    /// Number, name, country and stage in one line.
    fn title(&self, open: &OpenCard) -> String {
        let no = open.known.no.as_deref().unwrap_or(&open.known.id);
        let name = open.known.name.as_deref().unwrap_or_default();
        let country = self.settings.country_name(open.place.country, self.lang);
        let stage = open.place.stage().label().get(self.lang);
        format!("{no} {name} · {country} · {stage}")
    }

    /// A place as people read it: `Contacts Anna Müller · Title`.
    fn label(&self, place: &Place<'_>) -> String {
        let lang = self.lang;
        match place {
            Place::Field(field) => field.label.get(lang).to_owned(),
            Place::Record(section, record, field) => {
                format!("{} · {}", self.record(section, record, Some(field)), field.label.get(lang))
            }
            Place::Child(section, record, child, field) => {
                let of_child = section.child.map_or("", |c| c.label.get(lang));
                let what = match self.kind_of_channel(section, child) {
                    Some(kind) if field.key == "value" => kind,
                    Some(kind) => format!("{kind} · {}", field.label.get(lang)),
                    None => format!("{of_child} · {}", field.label.get(lang)),
                };
                format!("{} · {what}", self.record(section, record, None))
            }
            Place::Custom(key) => {
                self.settings.fields.get(*key).map_or(*key, |field| field.label(key, lang)).to_owned()
            }
            Place::External(key) => (*key).to_owned(),
            Place::FormerIds => FORMER_IDS.get(lang).to_owned(),
            Place::Folder => {
                PLACE.iter().find(|(key, _)| *key == "folder").map_or("", |(_, l)| l.get(lang)).to_owned()
            }
        }
    }

    /// A record by its name, or by its day; by its section alone, where that itself was found.
    fn record(&self, section: &Section, record: &Record, found: Option<&Field>) -> String {
        let label = section.label.get(self.lang);
        let tells = ["name", "date"].into_iter().find(|key| section.position(key).is_some());
        let tells = tells.filter(|key| found.is_none_or(|field| field.key != *key));
        match tells.and_then(|key| record.get(section, key)) {
            Some(value) => format!("{label} {}", value.text()),
            None => label.to_owned(),
        }
    }

    fn kind_of_channel(&self, section: &Section, child: &Record) -> Option<String> {
        let channel = section.child.filter(|c| c.key == Channel::SECTION.key)?;
        let field = channel.field("kind")?;
        let is_choice = matches!(field.kind, Kind::Choice(_));
        child.get(channel, "kind").filter(|_| is_choice).map(|v| v.label(field.kind, self.lang).into_owned())
    }
}
