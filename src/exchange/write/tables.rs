//! The tables of an archive: one of the customers, one of each section, one of each section in a
//! section. Their columns follow from the declarations, and their rows from the cards.

use std::collections::HashSet;

use super::{Cell, Subject, Words};
use crate::card::{Card, Record, Section};
use crate::exchange::columns::folded;
use crate::exchange::heads::{self, Special};
use crate::i18n::Text;
use crate::sections::{SCHEMA, every_section};

/// The keys of `[custom]` and `[external]` that occur, in the order in which they were met.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnKeys {
    /// Of `[custom]`.
    pub custom: Vec<String>,
    /// Of `[external]`.
    pub external: Vec<String>,
    met: HashSet<(bool, String)>,
}

impl OwnKeys {
    /// Adds the keys of a card.
    pub fn add(&mut self, card: &Card) {
        for (key, _) in &card.custom {
            if self.met.insert((false, key.clone())) {
                self.custom.push(key.clone());
            }
        }
        for (key, _) in &card.external {
            if self.met.insert((true, key.clone())) {
                self.external.push(key.clone());
            }
        }
    }

    /// Whether every key of a card is there.
    pub fn has_all_of(&self, card: &Card) -> bool {
        let has = |external, key: &String| self.met.contains(&(external, key.clone()));
        card.custom.iter().all(|(key, _)| has(false, key))
            && card.external.iter().all(|(key, _)| has(true, key))
    }
}

/// A column: its key for scripts, and its head in the words of the export.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The stable key.
    pub key: String,
    /// What stands above it.
    pub head: String,
    content: Content,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq)]
enum Content {
    Special(Special),
    Field(usize),
    Custom(String),
    External(String),
    /// Whoever fills the table knows.
    Given,
}

impl Column {
    /// A column of a list, whose cells are not taken from cards.
    pub fn given(key: &str, head: &str) -> Column {
        Column { key: key.to_owned(), head: head.to_owned(), content: Content::Given }
    }
}

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The name of its sheet.
    pub name: String,
    /// The columns.
    pub columns: Vec<Column>,
    section: Option<&'static Section>,
    holder: Option<&'static Section>,
    words: Option<Words>,
}

/// Labels of the company's own fields: the label of a key of `[custom]`, where one is declared.
pub type OwnLabels<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Table {
    /// A table whose rows are not taken from cards.
    pub fn given(name: &str, columns: Vec<Column>) -> Table {
        Table { name: name.to_owned(), columns, section: None, holder: None, words: None }
    }

    /// Tells heads that are alike apart by their keys.
    pub fn with_distinct_heads(mut self) -> Table {
        let mut seen = HashSet::new();
        for column in &mut self.columns {
            if !seen.insert(folded(&column.head)) {
                column.head = heads::with_key(&column.head, &column.key);
            }
        }
        self
    }

    /// The table of the customers.
    pub fn of_customers(own: &OwnKeys, labels: OwnLabels<'_>, words: Words) -> Table {
        let section = SCHEMA.card;
        let special = |special, label| special_column(special, label, words);
        let mut columns = vec![special(Special::Id, heads::CARD_ID)];
        let fields = || field_columns(section, words);
        columns.extend(fields().filter(|c| c.key == "no"));
        columns.extend([special(Special::Stage, heads::STAGE), special(Special::Country, heads::COUNTRY)]);
        columns.extend(fields().filter(|c| c.key != "no"));
        for key in &own.custom {
            let label = match words {
                Words::Keys => None,
                Words::Labels(_) => labels(key),
            };
            let content = Content::Custom(key.clone());
            push_own(&mut columns, &format!("custom.{key}"), label, content);
        }
        for key in &own.external {
            push_own(&mut columns, &format!("external.{key}"), None, Content::External(key.clone()));
        }
        Table { columns, ..empty(section, None, words) }
    }

    /// The table of a section, or of a section in a section.
    pub fn of_section(section: &'static Section, words: Words) -> Table {
        let holder = SCHEMA.sections.iter().find(|s| s.child.is_some_and(|c| c.key == section.key)).copied();
        let special = |special, label| special_column(special, label, words);
        let mut columns = vec![
            special(Special::Customer, heads::CUSTOMER),
            special(Special::CustomerName, heads::CUSTOMER_NAME),
        ];
        columns.extend(holder.map(|_| special(Special::Parent, heads::PARENT)));
        columns.push(special(Special::Id, heads::RECORD_ID));
        columns.extend(field_columns(section, words));
        Table { columns, ..empty(section, holder, words) }
    }

    /// Every table of an archive, the customers first.
    pub fn all(own: &OwnKeys, labels: OwnLabels<'_>, words: Words) -> Vec<Table> {
        let of = |section: &'static Section| Table::of_section(section, words);
        std::iter::once(Table::of_customers(own, labels, words))
            .chain(every_section().skip(1).map(of))
            .collect()
    }

    /// Whether it has a row for each customer.
    pub fn is_of_customers(&self) -> bool {
        self.section.is_some_and(|s| s.key == SCHEMA.card.key)
    }

    /// The rows of a card.
    pub fn rows(&self, subject: &Subject<'_>) -> Vec<Vec<Cell>> {
        let (Some(section), Some(words)) = (self.section, self.words) else { return Vec::new() };
        let card = subject.card;
        let row = |record: &Record, parent: &str| -> Vec<Cell> {
            let cell = |column: &Column| match &column.content {
                Content::Special(special) => of_place(*special, subject, record, parent),
                Content::Field(at) => {
                    record.value(*at).map_or(Cell::Empty, |v| Cell::of(section.fields[*at].kind, v, words))
                }
                Content::Custom(key) => own_cell(&card.custom, key),
                Content::External(key) => {
                    let value = card.external.iter().find(|(k, _)| k == key);
                    value.map_or(Cell::Empty, |(_, value)| Cell::Text(value.clone()))
                }
                Content::Given => Cell::Empty,
            };
            self.columns.iter().map(cell).collect()
        };
        match self.holder {
            _ if self.is_of_customers() => vec![row(&card.basics, "")],
            None => card.of(&SCHEMA, section.key).iter().map(|r| row(r, "")).collect(),
            Some(holder) => {
                let holders = card.of(&SCHEMA, holder.key).iter();
                holders.flat_map(|h| h.children.iter().map(|c| row(c, &h.id))).collect()
            }
        }
    }

    /// The place in the card of a cell: `remark`, `contacts[k3f9q2].title`.
    pub fn place(&self, row: &[Cell], column: usize) -> String {
        let text = |special| {
            let at = self.columns.iter().position(|c| c.content == Content::Special(special));
            at.and_then(|at| row.get(at)).map(|cell| cell.text().into_owned()).unwrap_or_default()
        };
        let key = self.columns.get(column).map_or("", |c| c.key.as_str());
        match (self.section, self.holder) {
            (Some(section), Some(holder)) => {
                let (parent, id) = (text(Special::Parent), text(Special::Id));
                format!("{}[{parent}].{}[{id}].{key}", holder.key, section.key)
            }
            (Some(section), None) if !self.is_of_customers() => {
                format!("{}[{}].{key}", section.key, text(Special::Id))
            }
            _ => key.to_owned(),
        }
    }
}

fn empty(section: &'static Section, holder: Option<&'static Section>, words: Words) -> Table {
    let name = match words {
        Words::Keys if section.key == SCHEMA.card.key => "customers".to_owned(),
        Words::Keys => section.key.to_owned(),
        Words::Labels(lang) => heads::sheet(section, lang),
    };
    Table { name, columns: Vec::new(), section: Some(section), holder, words: Some(words) }
}

fn special_column(special: Special, label: Text, words: Words) -> Column {
    let key = special.key();
    let head = match words {
        Words::Keys => key,
        Words::Labels(lang) => label.get(lang),
    };
    Column { key: key.to_owned(), head: head.to_owned(), content: Content::Special(special) }
}

fn field_columns(section: &'static Section, words: Words) -> impl Iterator<Item = Column> {
    section.fields.iter().enumerate().map(move |(at, field)| {
        let head = match words {
            Words::Keys => field.key.to_owned(),
            Words::Labels(lang) => heads::of_field(section, field, lang),
        };
        Column { key: field.key.to_owned(), head, content: Content::Field(at) }
    })
}

/// A column of the company's own: by its label, unless that may be taken for another column.
fn push_own(columns: &mut Vec<Column>, key: &str, label: Option<String>, content: Content) {
    let head = match label.filter(|l| !l.trim().is_empty()) {
        None => key.to_owned(),
        Some(label) => {
            let known = heads::special(&label).is_some() || heads::field(SCHEMA.card, &label).is_some();
            let taken = columns.iter().any(|c| folded(&c.head) == folded(&label));
            if known || taken || heads::own(&label).is_some() { heads::with_key(&label, key) } else { label }
        }
    };
    columns.push(Column { key: key.to_owned(), head, content });
}

fn own_cell(entries: &[(String, toml::Value)], key: &str) -> Cell {
    entries.iter().find(|(k, _)| k == key).map_or(Cell::Empty, |(_, value)| Cell::own(value))
}

fn of_place(special: Special, subject: &Subject<'_>, record: &Record, parent: &str) -> Cell {
    let basics = &subject.card.basics;
    let text = |text: &str| Cell::Text(text.to_owned());
    let value = |key: &str| basics.get(SCHEMA.card, key).map(|v| v.text().into_owned());
    match special {
        Special::Id => text(&record.id),
        Special::Customer => Cell::Text(value("no").unwrap_or_else(|| basics.id.clone())),
        Special::CustomerName => value("name").map_or(Cell::Empty, Cell::Text),
        Special::Parent => text(parent),
        Special::Stage => text(subject.stage),
        Special::Country => text(subject.country),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::read::read;
    use crate::i18n::Lang;

    const CARD: &str = "id = \"0mqk3v9xw2ht\"\nno = \"L0007\"\nname = \"Müller\"\nkind = \"person\"\n\
        tags = [\"a, b\", \"c\"]\n[custom]\nport = \"Hamburg\"\nvip = true\nweight = 1.5\nborn = 2020-01-02\n\
        [external]\nerp = 4711\n\
        [[contacts]]\nid = \"k3f9q2\"\nname = \"Anna\"\nmain = true\nbirthday = \"03-15\"\n\
        [[contacts.channels]]\nid = \"z07w4c\"\nkind = \"phone\"\nvalue = \"030 123\"\n";

    fn all_words() -> [Words; 3] {
        [Words::Keys, Words::Labels(Lang::En), Words::Labels(Lang::ZhCn)]
    }

    fn keys(card: &Card) -> OwnKeys {
        let mut own = OwnKeys::default();
        own.add(card);
        own
    }

    fn shown(table: &Table, card: &Card) -> Vec<String> {
        let subject = Subject { card, stage: "prospect", country: "DE" };
        let row = &table.rows(&subject)[0];
        let cells = table.columns.iter().zip(row).filter(|(_, cell)| **cell != Cell::Empty);
        cells.map(|(column, cell)| format!("{}={}", column.head, cell.text())).collect()
    }

    #[test]
    fn a_card_is_a_row_among_the_customers_and_one_for_each_record() {
        let card = read(CARD, &SCHEMA).expect("a card");
        let tables = Table::all(&keys(&card), &|_| None, Words::Keys);
        assert_eq!(tables.len(), every_section().count());
        assert_eq!(
            shown(&tables[0], &card),
            [
                "id=0mqk3v9xw2ht",
                "no=L0007",
                "stage=prospect",
                "country=DE",
                "name=Müller",
                "kind=person",
                "tags=\"a, b\", c",
                "custom.port=Hamburg",
                "custom.vip=true",
                "custom.weight=1.5",
                "custom.born=2020-01-02",
                "external.erp=4711"
            ]
        );
        let zh = Words::Labels(Lang::ZhCn);
        let channels = Table::of_section(heads::section("channels").expect("a section"), zh);
        assert_eq!(
            shown(&channels, &card),
            [
                "客户编号=L0007",
                "所属客户=Müller",
                "所属记录=k3f9q2",
                "记录编号=z07w4c",
                "种类=电话",
                "号码或地址=030 123"
            ]
        );
        let subject = Subject { card: &card, stage: "", country: "" };
        let row = &channels.rows(&subject)[0];
        assert_eq!(channels.place(row, 5), "contacts[k3f9q2].channels[z07w4c].value");
    }

    #[test]
    fn no_two_columns_of_a_table_have_one_head() {
        let mut own = OwnKeys::default();
        let clashing =
            "[custom]\nphone = \"\"\nfirst = \"\"\nsecond = \"\"\nid = \"\"\n[external]\nphone = \"\"\n";
        own.add(&read(clashing, &SCHEMA).expect("a card"));
        let label = |key: &str| match key {
            "first" | "second" => Some("Port".to_owned()),
            "phone" => Some("电话".to_owned()),
            _ => None,
        };
        for words in all_words() {
            for table in Table::all(&own, &label, words) {
                let mut seen = HashSet::new();
                for column in &table.columns {
                    assert!(seen.insert(folded(&column.head)), "{}: {}", table.name, column.head);
                }
            }
        }
        let heads: Vec<String> = Table::of_customers(&own, &label, Words::Labels(Lang::En))
            .columns
            .iter()
            .rev()
            .take(5)
            .map(|c| c.head.clone())
            .collect();
        assert_eq!(
            heads,
            ["external.phone", "custom.id", "Port (custom.second)", "Port", "电话 (custom.phone)"]
        );
    }

    #[test]
    fn a_customer_without_a_number_is_named_by_its_id() {
        let card = read(
            "id = \"0mqk3v9xw2ht\"\nname = \"A\"\n[[contacts]]\nid = \"k3f9q2\"\nname = \"B\"\n",
            &SCHEMA,
        );
        let card = card.expect("a card");
        let contacts = Table::of_section(SCHEMA.sections[0], Words::Keys);
        assert_eq!(shown(&contacts, &card)[0], "customer=0mqk3v9xw2ht");
    }

    #[test]
    fn keys_that_nobody_has_met_are_missed() {
        let card = read(CARD, &SCHEMA).expect("a card");
        assert!(keys(&card).has_all_of(&card));
        assert!(!OwnKeys::default().has_all_of(&card));
    }
}
