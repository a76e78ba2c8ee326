//! From a card to its rows.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Statement};

use super::tables;
use crate::archive::SweptFolder;
use crate::card::schema::Described;
use crate::card::{Card, Record, Section, Value};
use crate::rules::facts::Facts;
use crate::sections::{Basics, Plan, SCHEMA, every_section};

/// The statements that fill the tables of the sections, prepared once.
pub(super) struct Filler<'c> {
    connection: &'c Connection,
    inserts: Vec<(&'static str, Statement<'c>)>,
    deletes: Vec<Statement<'c>>,
    date: Statement<'c>,
}

/// A card that was read, with what is computed from it.
pub(super) struct Read {
    pub card: Card,
    pub facts: Facts,
}

impl<'c> Filler<'c> {
    pub(super) fn new(connection: &'c Connection) -> rusqlite::Result<Filler<'c>> {
        let inserts = every_section()
            .map(|s| connection.prepare(&tables::insert(s)).map(|statement| (s.key, statement)))
            .collect::<Result<_, _>>()?;
        let deletes = every_section()
            .map(tables::name)
            .chain(["dates"])
            .map(|table| connection.prepare(&format!("DELETE FROM {table} WHERE card = ?1")))
            .collect::<Result<_, _>>()?;
        let date = connection.prepare("INSERT INTO dates VALUES (?1, ?2, ?3, ?4, ?5)")?;
        Ok(Filler { connection, inserts, deletes, date })
    }

    /// Takes a card's rows away.
    pub(super) fn remove(&mut self, card: i64) -> rusqlite::Result<()> {
        self.deletes.iter_mut().try_for_each(|delete| delete.execute([card]).map(|_| ()))
    }

    /// Adds a card's rows, and gives the number under which they stand.
    pub(super) fn add(&mut self, folder: &SweptFolder, company: &str, read: &Read) -> rusqlite::Result<i64> {
        self.insert(SCHEMA.card.key, customer_row(folder, company, read))?;
        let card = self.connection.last_insert_rowid();
        for (section, records) in SCHEMA.sections.iter().zip(&read.card.sections) {
            for record in records {
                self.record(card, None, section, record)?;
                for child in &record.children {
                    let Some(section) = section.child else { continue };
                    self.record(card, Some(&record.id), section, child)?;
                }
                self.dates(card, section, record, &read.facts)?;
            }
        }
        Ok(card)
    }

    fn record(
        &mut self,
        card: i64,
        parent: Option<&str>,
        section: &'static Section,
        record: &Record,
    ) -> rusqlite::Result<()> {
        let mut row = Vec::with_capacity(section.fields.len() + 3);
        row.push(Sql::Integer(card));
        row.push(text(parent));
        row.push(Sql::Text(record.id.clone()));
        row.extend((0..section.fields.len()).map(|field| tables::column(record.value(field))));
        self.insert(section.key, row)
    }

    /// The days of a record that may need attention. A plan that is settled or dropped needs none.
    fn dates(
        &mut self,
        card: i64,
        section: &Section,
        record: &Record,
        facts: &Facts,
    ) -> rusqlite::Result<()> {
        if section.key == Plan::SECTION.key && !facts.open_plans.contains(&record.id) {
            return Ok(());
        }
        for (at, field) in section.fields.iter().enumerate().filter(|(_, f)| f.due) {
            if let Some(value) = record.value(at) {
                self.date.execute((card, section.key, &record.id, field.key, value.text().as_ref()))?;
            }
        }
        Ok(())
    }

    fn insert(&mut self, section: &str, row: Vec<Sql>) -> rusqlite::Result<()> {
        match self.inserts.iter_mut().find(|(key, _)| *key == section) {
            Some((_, statement)) => statement.execute(rusqlite::params_from_iter(row)).map(|_| ()),
            None => Ok(()),
        }
    }
}

fn text(value: Option<&str>) -> Sql {
    value.map_or(Sql::Null, |v| Sql::Text(v.to_owned()))
}

fn customer_row(folder: &SweptFolder, company: &str, read: &Read) -> Vec<Sql> {
    let Read { card, facts } = read;
    let no = card.basics.get(Basics::SECTION, "no").map(Value::text);
    let number = no.as_deref().and_then(split_number);
    let day = |day: Option<chrono::NaiveDate>| day.map_or(Sql::Null, |d| Sql::Text(d.to_string()));
    let left_out = card.findings.iter().any(|f| f.left_out);
    let mut row = Vec::with_capacity(Basics::SECTION.fields.len() + 16);
    row.extend([
        Sql::Null,
        Sql::Text(card.basics.id.clone()),
        Sql::Text(card.basics.id.clone()),
        Sql::Text(folder.branch.stage().token().into()),
        Sql::Integer(folder.branch as i64),
        Sql::Text(folder.country.code().into()),
        Sql::Text(format!("{}/{company}", folder.path)),
        text(number.as_ref().map(|(series, _)| series.as_str())),
        number.map_or(Sql::Null, |(_, running)| Sql::Integer(running)),
        Sql::Integer(i64::from(left_out)),
        Sql::Text(lookup(card)),
    ]);
    row.extend((0..Basics::SECTION.fields.len()).map(|field| tables::column(card.basics.value(field))));
    row.push(Sql::Integer(facts.followups));
    row.extend([day(facts.first_followup), day(facts.last_followup), day(facts.next_followup)]);
    let custom: toml::Table = card.custom.iter().cloned().collect();
    row.push(if custom.is_empty() {
        Sql::Null
    } else {
        Sql::Text(serde_json::to_string(&custom).unwrap_or_default())
    });
    row
}

/// The series and the running number of `L0007`; letters in upper case.
pub fn split_number(no: &str) -> Option<(String, i64)> {
    let digits_at = no.find(|c: char| c.is_ascii_digit())?;
    let (series, running) = no.split_at(digits_at);
    let fits = !series.is_empty() && series.bytes().all(|b| b.is_ascii_alphabetic());
    fits.then(|| running.parse().ok()).flatten().map(|running| (series.to_ascii_uppercase(), running))
}

/// What finds a customer by name: each of its names, its people and their mail addresses, folded,
/// between line breaks.
fn lookup(card: &Card) -> String {
    let mut lines = String::from("\n");
    let mut line = |value: Option<&Value>| {
        if let Some(value) = value {
            lines.push_str(&folded(&value.text()));
            lines.push('\n');
        }
    };
    for key in ["name", "short_name", "local_name", "email", "website"] {
        line(card.basics.get(Basics::SECTION, key));
    }
    let contacts = crate::sections::Contact::SECTION;
    let channels = crate::sections::Channel::SECTION;
    for contact in card.of(&SCHEMA, contacts.key) {
        line(contact.get(contacts, "name"));
        for channel in &contact.children {
            line(channel.get(channels, "value"));
        }
    }
    lines
}

/// Text as it is compared: case, accents and width folded, spaces at the ends gone.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    if text.is_ascii() {
        return text.trim().to_ascii_lowercase();
    }
    let plain: String = text.trim().nfkd().filter(|c| !is_combining_mark(*c)).collect();
    caseless::default_case_fold_str(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_series_and_a_running_number() {
        assert_eq!(split_number("L0007"), Some(("L".into(), 7)));
        assert_eq!(split_number("l7"), Some(("L".into(), 7)));
        assert_eq!(split_number("0007"), None);
        assert_eq!(split_number("L7b"), None);
    }

    #[test]
    fn names_are_compared_without_case_accents_and_width() {
        assert_eq!(folded("Müller"), "muller");
        assert_eq!(folded("ＡＢＣ"), "abc");
        assert_eq!(folded("Straße"), folded("STRASSE"));
    }
}
