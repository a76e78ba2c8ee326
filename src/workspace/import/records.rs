//! A row of records: the customer whom it belongs to, and the record that it makes or fills.

use super::fill::Filling;
use super::mail::Mail;
use super::matching::KnownCustomers;
use super::nested::says;
use super::{ImportOptions, Pass, Refusal, unreadable};
use crate::card::edit::{Edit, Step};
use crate::card::schema::{Kind, Section};
use crate::card::value::{Value, split_list};
use crate::card::{Country, Record, id};
use crate::error::Result;
use crate::exchange::record_columns::Meaning;
use crate::exchange::sheet::SheetRow;
use crate::i18n::Text;
use crate::index::{Known, ask};
use crate::sections::SCHEMA;
use crate::workspace::adopt::table_of;
use crate::workspace::compose::NewRecord;
use crate::workspace::target::meant;
use crate::workspace::{OpenCard, Transaction, Workspace};

/// The field by which a mail is the same.
const MAIL: &str = "message_id";

/// A row of records as it stands.
#[derive(Default)]
struct Cells<'r> {
    customer: Option<&'r str>,
    name: Option<&'r str>,
    country: Option<Country>,
    external: Vec<(&'r str, &'r str)>,
    sender: Option<&'r str>,
    parent: Option<&'r str>,
    id: Option<&'r str>,
    fields: Vec<(&'static str, &'r str, &'r str)>,
}

/// Where in a card the records of a section stand: the table that holds them, and those there are.
struct Place<'c> {
    table: Vec<Step>,
    records: &'c [Record],
}

impl Transaction<'_> {
    /// Takes one row of records in.
    pub(super) fn take_record(
        &mut self,
        row: &SheetRow,
        section: &'static Section,
        meanings: &[Option<Meaning>],
        options: &ImportOptions,
        pass: &mut Pass,
    ) -> Result<Result<(), Refusal>> {
        let taken = || -> std::result::Result<(Cells<'_>, Known), Refusal> {
            let cells = self.workspace.cells_of(row, meanings, options)?;
            let known = cells.customer_among(&pass.known)?.clone();
            Ok((cells, known))
        };
        let (cells, known) = match taken() {
            Ok(taken) => taken,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let open = match self.open(&known) {
            Ok(open) => open,
            Err(error) => return Ok(Err(unreadable(&error))),
        };
        let place = match place(&open, section, cells.parent) {
            Ok(place) => place,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut values = match self.workspace.values_of(&open, section, &cells.fields, cells.id.is_some()) {
            Ok(values) => values,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(mail) = cells.mail() {
            self.workspace.complete_mail(&open, &mail, &pass.known, &mut values)?;
        }
        let mail = values.iter().find(|(key, _)| *key == MAIL);
        let found = match (cells.id, mail) {
            (Some(id), _) => place.records.iter().find(|r| r.id.eq_ignore_ascii_case(id)),
            (None, Some((_, id))) => place.records.iter().find(|r| r.get(section, MAIL) == Some(id)),
            (None, None) => place.records.iter().find(|r| says(section, r, &values)),
        };
        let what = values.first().map(|(_, value)| value.text().into_owned()).unwrap_or_default();
        let what = format!("{} {what}", known.no.as_deref().unwrap_or(&known.id)).trim_end().to_owned();
        match found {
            Some(record) => {
                self.fill_record(&open, section, &place, record, &values, (row.line, what), options, pass)
            }
            None => self.new_record(&open, section, place, cells.id, values, (row.line, what), pass),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what one row is about, and what the pass has learnt")]
    fn fill_record(
        &mut self,
        open: &OpenCard,
        section: &'static Section,
        place: &Place<'_>,
        record: &Record,
        values: &[(&'static str, Value)],
        (line, what): (u64, String),
        options: &ImportOptions,
        pass: &mut Pass,
    ) -> Result<std::result::Result<(), Refusal>> {
        let mut table = place.table.clone();
        table.extend(table_of(section, record));
        let (edits, differing) = (Vec::new(), Vec::new());
        let mut filling = Filling { open, line, overwrite: options.overwrite, edits, differing };
        for (key, value) in values {
            filling.value(section, record, table.clone(), key, value);
        }
        let Filling { edits, differing, .. } = filling;
        if !edits.is_empty() {
            self.edit(open, &edits)?;
            pass.done.filled.push((line, what));
        } else if differing.is_empty() {
            pass.done.same += 1;
        }
        pass.done.differing.extend(differing);
        Ok(Ok(()))
    }

    #[allow(clippy::too_many_arguments, reason = "what one row is about, and what the pass has learnt")]
    fn new_record(
        &mut self,
        open: &OpenCard,
        section: &'static Section,
        place: Place<'_>,
        id: Option<&str>,
        values: Vec<(&'static str, Value)>,
        (line, what): (u64, String),
        pass: &mut Pass,
    ) -> Result<std::result::Result<(), Refusal>> {
        let record = NewRecord { id: id.map(str::to_owned), values, children: Vec::new() };
        if let Some(key) = record.lacks(section) {
            let field = section.field(key).map_or(section.one, |field| field.label);
            return Ok(Err(Refusal::Lacks { field }));
        }
        let mut taken: Vec<String> = open.card.record_ids().map(str::to_owned).collect();
        let (_, entries) = record.entries(section, &mut taken)?;
        let section_order = match place.table.is_empty() {
            true => crate::workspace::create::section_order(),
            false => vec![section.key.to_owned()],
        };
        let edit = Edit::AddRecord {
            table: place.table,
            section: section.key.to_owned(),
            record: entries,
            section_order,
        };
        self.edit(open, &[edit])?;
        pass.done.new.push((line, what));
        Ok(Ok(()))
    }
}

/// Where the records of a section stand: in the card, or in the record that holds them.
fn place<'c>(
    open: &'c OpenCard,
    section: &'static Section,
    parent: Option<&str>,
) -> std::result::Result<Place<'c>, Refusal> {
    let Some(holder) = SCHEMA.sections.iter().find(|s| s.child.is_some_and(|child| child.key == section.key))
    else {
        return Ok(Place { table: Vec::new(), records: open.card.of(&SCHEMA, section.key) });
    };
    let holders = open.card.of(&SCHEMA, holder.key);
    let parent_meant = match parent {
        Some(text) => {
            let folded = ask::fold_name(text);
            let is_named =
                |r: &&Record| r.get(holder, "name").is_some_and(|n| ask::fold_name(&n.text()) == folded);
            meant(holders, text, |r| &r.id).or_else(|| holders.iter().find(is_named))
        }
        // Where there is but one that can hold it, it is that one.
        None => holders.first().filter(|_| holders.len() == 1),
    };
    let refusal = || Refusal::NoParent { value: parent.unwrap_or("").to_owned(), section: holder.one };
    let record = parent_meant.ok_or_else(refusal)?;
    Ok(Place { table: table_of(holder, record), records: &record.children })
}

impl<'r> Cells<'r> {
    /// The customer whom the row names: by the key of the other program first, then by number or id,
    /// then by name and country.
    fn customer_among<'k>(&self, known: &'k KnownCustomers) -> std::result::Result<&'k Known, Refusal> {
        for (key, value) in &self.external {
            if let Some(found) = known.external(key, value) {
                return Ok(found);
            }
        }
        if let Some(found) = self.customer.and_then(|text| known.exactly(text)) {
            return Ok(found);
        }
        if let (None, None, true, Some(mail)) =
            (self.customer, self.name, self.external.is_empty(), self.mail())
        {
            return mail.customer_among(known);
        }
        let named = self.name.or(self.customer);
        let value = self.customer.or(self.external.first().map(|(_, value)| *value)).or(self.name);
        let value = value.unwrap_or("").to_owned();
        let Some(name) = named else { return Err(Refusal::NoCustomer { value }) };
        match known.named(name, self.country).as_slice() {
            [found] => Ok(found),
            [] => Err(Refusal::NoCustomer { value }),
            _ => Err(Refusal::SeveralCustomers { value }),
        }
    }

    /// Who wrote to whom, where the row says who wrote.
    fn mail(&self) -> Option<Mail<'r>> {
        let others = self.fields.iter().filter(|(key, ..)| matches!(*key, "recipients" | "copies"));
        let others = others.flat_map(|(_, _, cell)| split_list(cell)).collect();
        Some(Mail { sender: self.sender?, others })
    }
}

impl Workspace {
    fn cells_of<'r>(
        &self,
        row: &'r SheetRow,
        meanings: &'r [Option<Meaning>],
        options: &'r ImportOptions,
    ) -> std::result::Result<Cells<'r>, Refusal> {
        let mut cells = Cells::default();
        for ((head, cell), meaning) in options.heads.iter().zip(&row.cells).zip(meanings) {
            if self.is_absent(cell) {
                continue;
            }
            match meaning {
                None | Some(Meaning::Nothing) => {}
                Some(Meaning::Customer) => cells.customer = Some(cell),
                Some(Meaning::CustomerName) => cells.name = Some(cell),
                Some(Meaning::Country) => {
                    cells.country = Some(self.country_cell(cell, None, options)?.country)
                }
                Some(Meaning::External(key)) => cells.external.push((key, cell)),
                Some(Meaning::Sender) => cells.sender = Some(cell),
                Some(Meaning::Parent) => cells.parent = Some(cell),
                Some(Meaning::RecordId) => cells.id = Some(cell),
                Some(Meaning::Field(key)) => cells.fields.push((key, head, cell)),
            }
        }
        Ok(cells)
    }

    /// The values of a row; a reference to a record of the card is looked up there. `returns` says that
    /// the row has the id of its record, as an export writes it.
    fn values_of(
        &self,
        open: &OpenCard,
        section: &'static Section,
        fields: &[(&'static str, &str, &str)],
        returns: bool,
    ) -> std::result::Result<Vec<(&'static str, Value)>, Refusal> {
        let mut values = Vec::new();
        for (key, head, cell) in fields {
            let value = match section.field(key) {
                Some(field) if matches!(field.kind, Kind::Reference(_)) => {
                    let label: Text = field.label;
                    let refusal = |_| Refusal::NoParent { value: (*cell).to_owned(), section: label };
                    match self.typed(&open.card, field, cell) {
                        // A record that comes back with its id may come before the one it refers to.
                        Err(_) if returns && id::is_record(cell) => Value::Text((*cell).to_owned()),
                        value => value.map_err(refusal)?,
                    }
                }
                _ => self.cell_value(section, key, head, cell)?,
            };
            values.push((*key, value));
        }
        Ok(values)
    }
}
