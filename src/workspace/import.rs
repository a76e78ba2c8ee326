//! Import: rows of a sheet become new customers, or fill what known ones lack. Everything is
//! planned before anything is written; rows that cannot be taken are given back with the reason.

use std::collections::HashMap;

use super::compose::NewRecord;
use super::create::{Desk, NewCustomer};
use super::{OpenCard, Transaction, Workspace};
use crate::archive::Stage;
use crate::card::country::{Country, Reading, Unclear};
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::card::{Kind, Record};
use crate::error::Result;
use crate::exchange::columns::Meaning;
use crate::exchange::sheet::{Sheet, SheetRow};
use crate::i18n::{Lang, Say, messages};
use crate::index::{Known, ask};
use crate::sections::{Channel, ChannelKind, Contact, SCHEMA};

mod fill;

pub use fill::Difference;

/// How a sheet is taken in.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// What each column means; `None` for one that nothing claims, which is kept under `[custom]`.
    pub meanings: Vec<Option<Meaning>>,
    /// The stage of new customers, where no column says it.
    pub stage: Stage,
    /// Whether differing values are replaced.
    pub overwrite: bool,
}

/// What an import does, row by row.
#[derive(Debug, Default)]
pub struct Imported {
    /// New customers: line and name.
    pub new: Vec<(u64, String)>,
    /// Customers in which empty fields were filled or differing ones replaced.
    pub filled: Vec<(u64, String)>,
    /// Customers that have everything already.
    pub same: usize,
    /// Values that differ from the card's.
    pub differing: Vec<Difference>,
    /// Rows that cannot be taken, with the reason.
    pub refused: Vec<(SheetRow, Refusal)>,
}

messages! {
    /// Why a row cannot be taken.
    pub enum Refusal {
        Cells { cells: usize, heads: usize } = "row_cells":
            "{cells} cells under {heads} heads: is a comma not quoted?", "{heads} 个表头下有 {cells} 个单元格：是不是有逗号没加引号？";
        NoName = "row_no_name":
            "there is no name", "没有客户名称";
        NoCountry { value: String, near: String } = "row_no_country":
            "no country is called ‘{value}’{near}", "没有名为“{value}”的国家或地区{near}";
        SeveralCountries { value: String, codes: String } = "row_several_countries":
            "‘{value}’ may be {codes}", "“{value}”可能是 {codes}";
        NoStage { value: String } = "row_no_stage":
            "no stage is called ‘{value}’", "没有名为“{value}”的阶段";
        Value { head: String, fault: crate::card::value::Fault } = "row_value":
            "{head}: {fault}", "{head}：{fault}";
        NoMember { value: String } = "row_no_member":
            "nobody in the team is called ‘{value}’", "团队中没有“{value}”";
        Twice { line: u64 } = "row_twice":
            "the same customer stands in line {line}", "同一客户已在第 {line} 行出现";
        Unreadable { reason: String } = "row_card":
            "the customer's card cannot be changed: {reason}", "无法修改该客户的卡片：{reason}";
    }
}

/// A row as the archive would have it.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    country: Option<Country>,
    stage: Option<Stage>,
    basics: Vec<(&'static str, Value)>,
    contact: Vec<(&'static str, Value)>,
    channels: Vec<(&'static str, String)>,
    custom: Vec<(String, String)>,
}

impl Wanted {
    fn name(&self) -> Option<String> {
        self.basics.iter().find(|(key, _)| *key == "name").map(|(_, v)| v.text().into_owned())
    }

    fn no(&self) -> Option<String> {
        self.basics.iter().find(|(key, _)| *key == "no").map(|(_, v)| v.text().into_owned())
    }
}

impl Transaction<'_> {
    /// Takes a sheet in. `progress` is told how many rows are done.
    ///
    /// # Errors
    /// When the archive cannot be listed or written; a faulty row is no error.
    pub fn import(
        &mut self,
        sheet: &Sheet,
        options: &ImportOptions,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Imported> {
        let known = self.workspace.known_customers()?;
        let mut done = Imported::default();
        let mut desk = Desk::default();
        let mut seen: HashMap<(String, Country), u64> = HashMap::new();
        for (at, row) in sheet.rows.iter().enumerate() {
            progress(at);
            match self.take_row(sheet, row, options, &known, &mut seen, &mut desk, &mut done)? {
                Ok(()) => {}
                Err(refusal) => done.refused.push((row.clone(), refusal)),
            }
        }
        progress(sheet.rows.len());
        Ok(done)
    }

    #[allow(clippy::too_many_arguments, reason = "one pass over the rows shares what it has learnt")]
    fn take_row(
        &mut self,
        sheet: &Sheet,
        row: &SheetRow,
        options: &ImportOptions,
        known: &KnownCustomers,
        seen: &mut HashMap<(String, Country), u64>,
        desk: &mut Desk,
        done: &mut Imported,
    ) -> Result<Result<(), Refusal>> {
        let wanted = match self.workspace.wanted(sheet, row, options) {
            Ok(wanted) => wanted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(name) = wanted.name() else { return Ok(Err(Refusal::NoName)) };
        let country = wanted.country.unwrap_or(Country::UNKNOWN);
        let key = (ask::fold_name(&name), country);
        if let Some(line) = seen.insert(key.clone(), row.line) {
            return Ok(Err(Refusal::Twice { line }));
        }
        let by_number = wanted.no().and_then(|no| known.by_number.get(&no.to_uppercase()));
        match by_number.or_else(|| known.by_name.get(&key)) {
            None => {
                self.add(new_customer(wanted, country, options), desk)?;
                done.new.push((row.line, name));
            }
            Some(known) => match self.open(known) {
                Ok(open) => self.fill_in(&open, &wanted, row.line, options, done)?,
                Err(error) => {
                    return Ok(Err(Refusal::Unreadable { reason: error.message(self.workspace.language()) }));
                }
            },
        }
        Ok(Ok(()))
    }
}

/// Customers by what a row may name them.
struct KnownCustomers {
    by_name: HashMap<(String, Country), Known>,
    by_number: HashMap<String, Known>,
}

impl Workspace {
    fn known_customers(&self) -> Result<KnownCustomers> {
        let columns = ["country".to_owned()];
        let customers = self.ask(|index| index.customers(&ask::Filter::default(), &columns, &[]))?;
        let mut known = KnownCustomers { by_name: HashMap::new(), by_number: HashMap::new() };
        for customer in customers {
            let country = match customer.columns.first() {
                Some(Some(ask::Column::Text(code))) => Country::from_code(code).unwrap_or(Country::UNKNOWN),
                _ => Country::UNKNOWN,
            };
            if let Some(no) = &customer.known.no {
                known.by_number.insert(no.to_uppercase(), customer.known.clone());
            }
            let name = ask::fold_name(customer.known.name.as_deref().unwrap_or(""));
            known.by_name.insert((name, country), customer.known);
        }
        Ok(known)
    }

    /// A row as the archive would have it.
    fn wanted(&self, sheet: &Sheet, row: &SheetRow, options: &ImportOptions) -> Result<Wanted, Refusal> {
        let (cells, heads) = (row.cells.len(), sheet.heads.len());
        if cells != heads {
            return Err(Refusal::Cells { cells, heads });
        }
        let mut wanted = Wanted::default();
        for ((head, cell), meaning) in sheet.heads.iter().zip(&row.cells).zip(&options.meanings) {
            let absent = cell.is_empty() || self.settings.import.absent.iter().any(|a| a == cell);
            if !absent {
                self.take_cell(head, cell, meaning.as_ref(), &mut wanted)?;
            }
        }
        Ok(wanted)
    }

    fn take_cell(
        &self,
        head: &str,
        cell: &str,
        meaning: Option<&Meaning>,
        wanted: &mut Wanted,
    ) -> Result<(), Refusal> {
        match meaning {
            Some(Meaning::Nothing) => {}
            Some(Meaning::Country) => {
                let reading = self.country(cell)?;
                wanted.country = Some(reading.country);
                let original = reading.original.map(|text| ("country_original", Value::Text(text)));
                wanted.basics.extend(original);
            }
            Some(Meaning::Stage) => {
                let stage = Stage::meant(cell).ok_or_else(|| Refusal::NoStage { value: cell.into() })?;
                wanted.stage = Some(stage);
            }
            Some(Meaning::Field(key)) => {
                wanted.basics.push((key, self.cell_value(SCHEMA.card, key, head, cell)?))
            }
            Some(Meaning::Contact(key)) => {
                wanted.contact.push((key, self.cell_value(Contact::SECTION, key, head, cell)?));
            }
            Some(Meaning::Channel(kind)) => {
                let form = ChannelKind::form(kind);
                let value = Value::typed(form, cell, self.today());
                let value = value.map_err(|fault| Refusal::Value { head: head.into(), fault })?;
                wanted.channels.push((kind, value.text().into_owned()));
            }
            Some(Meaning::Custom(key)) => wanted.custom.push((key.clone(), cell.to_owned())),
            None => wanted.custom.push((head.to_owned(), cell.to_owned())),
        }
        Ok(())
    }

    fn cell_value(
        &self,
        section: &'static crate::card::Section,
        key: &str,
        head: &str,
        cell: &str,
    ) -> Result<Value, Refusal> {
        let fault = |fault| Refusal::Value { head: head.into(), fault };
        match section.field(key).map(|f| f.kind) {
            Some(Kind::Member) => {
                self.member_key(cell).map(Value::Text).map_err(|_| Refusal::NoMember { value: cell.into() })
            }
            Some(kind) => Value::typed(kind, cell, self.today()).map_err(fault),
            None => Ok(Value::Text(cell.to_owned())),
        }
    }

    fn country(&self, cell: &str) -> Result<Reading, Refusal> {
        let lang = self.language();
        let named = |c: &Country| format!("{} ({})", c.name(crate::settings::tongue(lang)), c.code());
        self.settings.country(cell, None).map_err(|unclear| match unclear {
            Unclear::Several(all) | Unclear::Old { to: all, .. } => {
                let codes = all.iter().map(named).collect::<Vec<_>>().join(", ");
                Refusal::SeveralCountries { value: cell.into(), codes }
            }
            Unclear::Unknown { near } => {
                let near = near.iter().map(named).collect::<Vec<_>>().join(", ");
                let near = if near.is_empty() { near } else { format!(": {near}?") };
                Refusal::NoCountry { value: cell.into(), near }
            }
        })
    }
}

fn new_customer(wanted: Wanted, country: Country, options: &ImportOptions) -> NewCustomer {
    let contact = new_contact(&wanted);
    // A number that another program gave is not one of ours: it is kept, and ours is given.
    let (numbers, basics): (Vec<_>, Vec<_>) = wanted.basics.into_iter().partition(|(key, _)| *key == "no");
    let mut custom = wanted.custom;
    custom.extend(numbers.into_iter().map(|(_, value)| ("no".to_owned(), value.text().into_owned())));
    NewCustomer {
        stage: wanted.stage.unwrap_or(options.stage),
        country,
        basics: NewRecord { values: basics, children: Vec::new() },
        sections: contact.map(|c| vec![(Contact::SECTION, vec![c])]).unwrap_or_default(),
        custom,
        external: Vec::new(),
    }
}

/// The contact of a row, where the row names one.
fn new_contact(wanted: &Wanted) -> Option<NewRecord> {
    if !wanted.contact.iter().any(|(key, _)| *key == "name") {
        return None;
    }
    let mut contact = NewRecord { values: wanted.contact.clone(), children: Vec::new() };
    contact.values.push(("main", Value::Flag(true)));
    contact.children = wanted.channels.iter().map(|(kind, value)| channel(kind, value)).collect();
    Some(contact)
}

fn channel(kind: &'static str, value: &str) -> NewRecord {
    debug_assert!(ChannelKind::from_token(kind).is_some());
    NewRecord::of([("kind", Value::Choice(kind.to_owned())), ("value", Value::Text(value.to_owned()))])
}

/// The contact of a card that a row names.
fn contact_of<'a>(open: &'a OpenCard, wanted: &Wanted) -> Option<&'a Record> {
    let (_, name) = wanted.contact.iter().find(|(key, _)| *key == "name")?;
    let folded = ask::fold_name(&name.text());
    let same =
        |r: &&Record| r.get(Contact::SECTION, "name").is_some_and(|n| ask::fold_name(&n.text()) == folded);
    open.card.of(&SCHEMA, Contact::SECTION.key).iter().find(same)
}

/// The channels of a contact: kind and value.
fn channels_of(contact: &Record) -> impl Iterator<Item = (&Record, String, String)> {
    contact.children.iter().map(|c| {
        let text = |key| c.get(Channel::SECTION, key).map(|v| v.text().into_owned()).unwrap_or_default();
        (c, text("kind"), text("value"))
    })
}

impl Refusal {
    /// The reason in words.
    pub fn reason(&self, lang: Lang) -> String {
        self.say(lang).into_owned()
    }
}
