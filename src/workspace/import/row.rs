//! A row of customers: from cells to the values that a card would have.

use chrono::Datelike;

use super::{ImportOptions, Refusal};
use crate::card::country::{Country, Doubt, Reading, Unclear};
use crate::card::schema::{Described, Section};
use crate::card::value::{Value, split_list};
use crate::card::{Kind, Record};
use crate::exchange::columns::Meaning;
use crate::exchange::dated_log::{self, LogEntry, LogFault};
use crate::exchange::sheet::SheetRow;
use crate::index::ask;
use crate::rules::likeness::Particulars;
use crate::sections::{Channel, ChannelKind, Contact, Followup, How, SCHEMA};
use crate::workspace::compose::NewRecord;
use crate::workspace::create::{NewCustomer, OwnKeys};
use crate::workspace::{OpenCard, Workspace};

/// The field with what a sheet said where it had an old code.
const ORIGINAL: &str = "country_original";

/// A row as the archive would have it.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) id: Option<String>,
    pub(super) country: Option<Country>,
    stage: Option<crate::archive::Stage>,
    pub(super) basics: Vec<(&'static str, Value)>,
    pub(super) contact: Vec<(&'static str, Value)>,
    pub(super) channels: Vec<(&'static str, String)>,
    pub(super) custom: Vec<(String, String)>,
    pub(super) external: Vec<(String, String)>,
    pub(super) log: Vec<LogEntry>,
    /// Records that stand in the row, as in JSON of our own.
    pub(super) records: Vec<(&'static Section, Vec<NewRecord>)>,
    pub(super) former_ids: Vec<String>,
    pub(super) doubts: Vec<Doubt>,
}

impl Wanted {
    fn basic(&self, wanted: &str) -> Option<String> {
        self.basics.iter().find(|(key, _)| *key == wanted).map(|(_, v)| v.text().into_owned())
    }

    pub(super) fn name(&self) -> Option<String> {
        self.basic("name")
    }

    pub(super) fn no(&self) -> Option<String> {
        self.basic("no")
    }

    /// The words of the row that no list of choices has, by field.
    pub(super) fn unlisted(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.basics.iter().filter_map(|(key, value)| match (SCHEMA.card.field(key)?.kind, value) {
            (Kind::Choice(choices), Value::Choice(token)) if choices.meant(token).is_none() => {
                Some((*key, token.clone()))
            }
            _ => None,
        })
    }

    /// What the row is compared by.
    pub(super) fn particulars(&self) -> Particulars {
        let country = self.country.unwrap_or(Country::UNKNOWN).code().to_owned();
        let mut particulars = Particulars { country, ..Particulars::default() };
        self.basics.iter().for_each(|(key, value)| particulars.take(key, value.text().into_owned()));
        self.channels.iter().for_each(|(kind, value)| particulars.take(kind, value.clone()));
        particulars
    }

    /// The mail addresses of the row.
    pub(super) fn emails(&self) -> impl Iterator<Item = String> {
        let of_people = self.channels.iter().filter(|(kind, _)| *kind == "email").map(|(_, v)| v.clone());
        self.basic("email").into_iter().chain(of_people)
    }

    /// The customer that the row makes, where there is none yet.
    pub(super) fn into_customer(self, options: &ImportOptions) -> NewCustomer {
        let contact = self.new_contact();
        let log = self.log.iter().map(followup).collect();
        let mut sections =
            vec![(Contact::SECTION, contact.into_iter().collect::<Vec<_>>()), (Followup::SECTION, log)];
        for (section, records) in self.records {
            match sections.iter_mut().find(|(s, _)| s.key == section.key) {
                Some((_, all)) => all.extend(records),
                None => sections.push((section, records)),
            }
        }
        // A number that another program gave is not one of ours: it is kept, and ours is given. With the
        // id of a card it is ours.
        let (numbers, basics): (Vec<_>, Vec<_>) = self.basics.into_iter().partition(|(key, _)| *key == "no");
        let mut custom = self.custom;
        let number = numbers.into_iter().map(|(_, value)| value.text().into_owned()).next();
        if self.id.is_none() {
            custom.extend(number.iter().map(|no| ("no".to_owned(), no.clone())));
        }
        NewCustomer {
            own: self.id.map(|id| OwnKeys { id, no: number, former_ids: self.former_ids }),
            stage: self.stage.unwrap_or(options.stage),
            country: self.country.unwrap_or(Country::UNKNOWN),
            basics: NewRecord { values: basics, ..NewRecord::default() },
            sections,
            custom,
            external: self.external,
        }
    }

    /// The contact of a row, where the row names one.
    pub(super) fn new_contact(&self) -> Option<NewRecord> {
        if !self.contact.iter().any(|(key, _)| *key == "name") {
            return None;
        }
        let mut contact = NewRecord { values: self.contact.clone(), ..NewRecord::default() };
        contact.values.push(("main", Value::Flag(true)));
        contact.children = self.channels.iter().map(|(kind, value)| channel(kind, value)).collect();
        Some(contact)
    }

    /// The contact of a card that the row names.
    pub(super) fn contact_of<'a>(&self, open: &'a OpenCard) -> Option<&'a Record> {
        let (_, name) = self.contact.iter().find(|(key, _)| *key == "name")?;
        let folded = ask::fold_name(&name.text());
        let same = |r: &&Record| {
            r.get(Contact::SECTION, "name").is_some_and(|n| ask::fold_name(&n.text()) == folded)
        };
        open.card.of(&SCHEMA, Contact::SECTION.key).iter().find(same)
    }
}

/// An entry of a dated log as a follow-up. The log does not say by which way.
pub(super) fn followup(entry: &LogEntry) -> NewRecord {
    NewRecord::of([
        ("date", Value::Date(entry.day)),
        ("how", Value::Choice(How::Other.token().to_owned())),
        ("topic", Value::Text(entry.text.clone())),
    ])
}

pub(super) fn channel(kind: &'static str, value: &str) -> NewRecord {
    debug_assert!(ChannelKind::from_token(kind).is_some());
    NewRecord::of([("kind", Value::Choice(kind.to_owned())), ("value", Value::Text(value.to_owned()))])
}

/// The channels of a contact: kind and value.
pub(super) fn channels_of(contact: &Record) -> impl Iterator<Item = (&Record, String, String)> {
    contact.children.iter().map(|c| {
        let text = |key| c.get(Channel::SECTION, key).map(|v| v.text().into_owned()).unwrap_or_default();
        (c, text("kind"), text("value"))
    })
}

impl Workspace {
    /// Whether a cell says that nothing is known.
    pub(super) fn is_absent(&self, cell: &str) -> bool {
        cell.is_empty() || self.settings.import.absent.iter().any(|absent| absent == cell)
    }

    /// A row as the archive would have it.
    pub(super) fn wanted(
        &self,
        row: &SheetRow,
        meanings: &[Option<Meaning>],
        options: &ImportOptions,
    ) -> Result<Wanted, Refusal> {
        let mut wanted = Wanted::default();
        let mut country = None;
        for ((head, cell), meaning) in options.heads.iter().zip(&row.cells).zip(meanings) {
            match meaning {
                _ if self.is_absent(cell) => {}
                Some(Meaning::Country) => country = Some(cell),
                meaning => self.take_cell(head, cell, meaning.as_ref(), options, &mut wanted)?,
            }
        }
        if let Some(cell) = country {
            // The town may say which country an old code means.
            let reading = self.country_cell(cell, wanted.basic("city").as_deref(), options)?;
            wanted.country = Some(reading.country);
            wanted.doubts = reading.warnings;
            let original = reading.original.filter(|_| wanted.basic(ORIGINAL).is_none());
            wanted.basics.extend(original.map(|text| (ORIGINAL, Value::Text(text))));
        }
        Ok(wanted)
    }

    fn take_cell(
        &self,
        head: &str,
        cell: &str,
        meaning: Option<&Meaning>,
        options: &ImportOptions,
        wanted: &mut Wanted,
    ) -> Result<(), Refusal> {
        match meaning {
            Some(Meaning::Nothing | Meaning::Country) => {}
            Some(Meaning::CardId) => wanted.id = Some(cell.to_lowercase()),
            Some(Meaning::Stage) => {
                let stage = crate::archive::Stage::meant(cell);
                wanted.stage = Some(stage.ok_or_else(|| Refusal::NoStage { value: cell.into() })?);
            }
            Some(Meaning::Field(key)) => {
                wanted.basics.push((key, self.cell_value(SCHEMA.card, key, head, cell)?));
            }
            Some(Meaning::Contact(key)) => {
                wanted.contact.push((key, self.cell_value(Contact::SECTION, key, head, cell)?));
            }
            Some(Meaning::Channel(kind)) => {
                let value = Value::typed(ChannelKind::form(kind), cell, self.today());
                let value = value.map_err(|fault| Refusal::Value { head: head.into(), fault })?;
                wanted.channels.push((kind, value.text().into_owned()));
            }
            Some(Meaning::Log) => self.take_records(Followup::SECTION, head, cell, options, wanted)?,
            Some(Meaning::Section(section)) => self.take_records(section, head, cell, options, wanted)?,
            Some(Meaning::FormerIds) => wanted.former_ids = split_list(cell),
            Some(Meaning::Custom(key)) => wanted.custom.push((key.clone(), cell.to_owned())),
            Some(Meaning::External(key)) => wanted.external.push((key.clone(), cell.to_owned())),
            None => wanted.custom.push((head.to_owned(), cell.to_owned())),
        }
        Ok(())
    }

    /// A list of objects of JSON, or, of follow-ups, a dated log.
    fn take_records(
        &self,
        section: &'static Section,
        head: &str,
        cell: &str,
        options: &ImportOptions,
        wanted: &mut Wanted,
    ) -> Result<(), Refusal> {
        if let Some(records) = self.nested(section, cell) {
            wanted.records.push((section, records?));
        } else if section.key == Followup::SECTION.key {
            let log = dated_log::read(cell, options.year, self.today());
            wanted.log = log.map_err(|fault| match fault {
                LogFault::NoYear { day } => {
                    Refusal::NoYear { head: head.into(), day, year: self.today().year() }
                }
                fault => Refusal::Log { head: head.into(), fault },
            })?;
        } else {
            return Err(Refusal::NoRecord { section: section.one, text: cell.to_owned() });
        }
        Ok(())
    }

    pub(super) fn cell_value(
        &self,
        section: &'static Section,
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

    pub(super) fn country_cell(
        &self,
        cell: &str,
        city: Option<&str>,
        options: &ImportOptions,
    ) -> Result<Reading, Refusal> {
        let value = || cell.trim().to_owned();
        if let Some(country) = options.countries.get(&cell.trim().to_uppercase()) {
            // What stood there is kept, unless it is but another name of the country.
            let original = Some(value()).filter(|_| self.settings.country(cell, city).is_err());
            return Ok(Reading { country: *country, original, warnings: Vec::new() });
        }
        self.settings.country(cell, city).map_err(|unclear| match unclear {
            Unclear::Several(all) | Unclear::Old { to: all, .. } => {
                Refusal::SeveralCountries { value: value(), codes: self.settings.named(&all) }
            }
            Unclear::Unknown { near } if near.is_empty() => Refusal::NoCountry { value: value() },
            Unclear::Unknown { near } => {
                Refusal::NearCountries { value: value(), near: self.settings.named(&near) }
            }
        })
    }
}
