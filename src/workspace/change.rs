//! `PATH=VALUE`: from what a person typed to edits of a card.

use super::compose::NewRecord;
use super::create::section_order;
use super::followup::check_followups;
use super::hands::work_goes_along;
use super::target::{Target, by_id, field_of, meant, no_such_record, parse_path, target};
use super::{OpenCard, Transaction, Workspace};
use crate::card::edit::{Edit, Step};
use crate::card::read::plain;
use crate::card::schema::{Described, Field, Kind, Section};
use crate::card::value::Value;
use crate::card::{Card, Record};
use crate::error::{Error, Hint, Problem, Result};
use crate::sections::{ChannelKind, Followup, SCHEMA};

/// Whose customer it is: a change of hands is noted on the card.
const OWNER: &str = "owner";

/// One change of a field, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The path.
    pub path: String,
    /// What is done.
    pub verb: Verb,
    /// The value; empty for [`Verb::Unset`].
    pub value: String,
}

/// What is done to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Remove,
    /// The field goes.
    Unset,
}

impl Assignment {
    /// Reads `PATH=VALUE`, `PATH+=VALUE` or `PATH-=VALUE`.
    ///
    /// # Errors
    /// When there is no `=`.
    pub fn parse(text: &str) -> Result<Assignment> {
        let (left, value) = text.split_once('=').ok_or_else(|| {
            Error::usage(Problem::NoAssignment { text: text.into() }).hint(Hint::Assignment)
        })?;
        let (path, verb) = match left.as_bytes().last() {
            Some(b'+') => (&left[..left.len() - 1], Verb::Add),
            Some(b'-') => (&left[..left.len() - 1], Verb::Remove),
            _ => (left, Verb::Set),
        };
        Ok(Assignment { path: path.trim().to_owned(), verb, value: value.trim().to_owned() })
    }

    /// Reads several, of which each sets another field.
    ///
    /// # Errors
    /// When one has no `=`, or a field would be set twice.
    pub fn parse_all(words: &[String]) -> Result<Vec<Assignment>> {
        let all = words.iter().map(|word| Assignment::parse(word)).collect::<Result<Vec<_>>>()?;
        for (at, one) in all.iter().enumerate().filter(|(_, one)| one.verb == Verb::Set) {
            if all[..at].iter().any(|before| before.verb == Verb::Set && before.path == one.path) {
                return Err(Error::usage(Problem::GivenTwice { path: one.path.clone() }));
            }
        }
        Ok(all)
    }

    /// A value for a field.
    pub fn set(path: &str, value: &str) -> Assignment {
        Assignment { path: path.to_owned(), verb: Verb::Set, value: value.to_owned() }
    }

    /// The removal of a field.
    pub fn unset(path: &str) -> Assignment {
        Assignment { path: path.to_owned(), verb: Verb::Unset, value: String::new() }
    }
}

impl Transaction<'_> {
    /// Makes the changes that a person typed for a card; the card as it is then, where it is another one.
    ///
    /// # Errors
    /// When a path names nothing, or a value does not fit.
    pub fn assign(&mut self, open: &OpenCard, assignments: &[Assignment]) -> Result<Option<OpenCard>> {
        let mut changed: Option<OpenCard> = None;
        for assignment in assignments {
            let before = changed.as_ref().unwrap_or(open);
            let edits = self.workspace.edits_for(before, assignment)?;
            self.edit(before, &edits)?;
            if let Some(text) = self.text_of(&before.place.card())?.filter(|text| *text != before.text) {
                changed = Some(self.workspace.parsed(before, text)?);
            }
            if assignment.path.starts_with(Followup::SECTION.key) {
                check_followups(&changed.as_ref().unwrap_or(open).card)?;
            }
        }
        Ok(changed)
    }
}

impl Workspace {
    fn edits_for(&self, open: &OpenCard, assignment: &Assignment) -> Result<Vec<Edit>> {
        let path = parse_path(&assignment.path)?;
        let nothing_there = || Error::not_found(Problem::NothingThere { path: assignment.path.clone() });
        match (target(&open.card, &path)?, assignment.verb) {
            (Target::Field { field, .. }, _) if field.key == "no" => {
                Err(Error::refused(Problem::NumberIsKept { no: open.known.no.clone().unwrap_or_default() }))
            }
            (Target::Field { section, field, .. }, Verb::Unset) if field.required => {
                Err(Error::refused(Problem::Required { section: section.one, field: field.label }))
            }
            (Target::Field { table, field, record, section }, Verb::Unset) => {
                let old = record.get(section, field.key).ok_or_else(nothing_there)?;
                let mut edits = vec![Edit::Unset { table, key: field.key.to_owned() }];
                if section.key == SCHEMA.card.key && field.key == OWNER {
                    edits.extend(work_goes_along(open, Some(&*old.text()), None));
                    edits.push(self.hand_record(open, Some(old.text().into_owned()), None, None)?);
                }
                Ok(edits)
            }
            (Target::Field { table, section, field, record }, verb) => {
                let old = record.get(section, field.key);
                let value = self.new_value(&open.card, field, old, verb, assignment)?;
                let is_empty_list = matches!(&value, Value::Texts(items) if items.is_empty());
                let mut edits = match (is_empty_list && !field.required, old) {
                    (true, None) => return Ok(Vec::new()),
                    // A list of nothing is no answer.
                    (true, Some(_)) => vec![Edit::Unset { table, key: field.key.to_owned() }],
                    (false, _) => vec![set(table, section, field.key, &value)],
                };
                if section.key == SCHEMA.card.key && field.key == OWNER && old != Some(&value) {
                    self.worker_key(&value.text())?;
                    let before = old.map(|owner| owner.text().into_owned());
                    edits.extend(work_goes_along(open, before.as_deref(), Some(&*value.text())));
                    edits.push(self.hand_record(open, before, Some(&value.text()), None)?);
                }
                Ok(edits)
            }
            (Target::Custom(key), Verb::Unset) => {
                open.card.custom.iter().find(|(k, _)| *k == key).ok_or_else(nothing_there)?;
                Ok(vec![Edit::Unset { table: vec!["custom".into()], key }])
            }
            (Target::Custom(key), Verb::Set) => self.set_custom(&key, assignment),
            (Target::Record { table, section, index }, Verb::Unset) => {
                Ok(vec![Edit::RemoveRecord { table, section: section.key.to_owned(), index }])
            }
            (Target::Children { table, child, .. }, Verb::Add) => {
                self.add_child(&open.card, table, child, assignment)
            }
            (Target::Children { table, child, record }, Verb::Remove) => {
                let text = assignment.value.as_str();
                let same = |c: &&Record| c.get(child, "value").is_some_and(|v| v.text() == text);
                let found = match record.children.iter().find(same) {
                    Some(found) => found,
                    None => by_id(&record.children, child, text)?,
                };
                let section = child.key.to_owned();
                Ok(vec![Edit::RemoveRecord { table, section, index: found.position }])
            }
            _ => {
                Err(Error::usage(Problem::NotSettable { path: assignment.path.clone() })
                    .hint(Hint::SeeFields))
            }
        }
    }

    /// Puts what a person typed into a record that is to be written: `+=` adds to a list, and nothing is
    /// given twice.
    ///
    /// # Errors
    /// When the path is no field of the section, the value does not fit, or there is one already.
    pub fn give(
        &self,
        card: &Card,
        section: &'static Section,
        record: &mut NewRecord,
        assignment: &Assignment,
    ) -> Result<()> {
        let field = field_of(section, &assignment.path)?;
        let at = record.values.iter().position(|(key, _)| *key == field.key);
        let old = at.map(|at| &record.values[at].1);
        let path = || assignment.path.clone();
        let value = match (assignment.verb, old) {
            (Verb::Set, Some(_)) => return Err(Error::usage(Problem::GivenTwice { path: path() })),
            (Verb::Remove | Verb::Unset, None) => {
                return Err(Error::not_found(Problem::NothingThere { path: path() }));
            }
            (verb, old) => self.new_value(card, field, old, verb, assignment)?,
        };
        match at {
            Some(at) => record.values[at].1 = value,
            None => record.values.push((field.key, value)),
        }
        Ok(())
    }

    fn new_value(
        &self,
        card: &Card,
        field: &Field,
        old: Option<&Value>,
        verb: Verb,
        assignment: &Assignment,
    ) -> Result<Value> {
        if verb == Verb::Set {
            return self.typed(card, field, &assignment.value);
        }
        if !field.kind.is_list() {
            return Err(Error::usage(Problem::NotAList { path: assignment.path.clone() }));
        }
        let mut items = match old {
            Some(Value::Texts(items)) => items.clone(),
            _ => Vec::new(),
        };
        let given = Value::typed(field.kind, &assignment.value, self.today());
        let given = given.map_err(|fault| Error::usage(Problem::BadValue { field: field.label, fault }))?;
        let Value::Texts(given) = given else { return Ok(given) };
        for item in given {
            if verb == Verb::Remove {
                items.retain(|i| *i != item);
            } else if !items.contains(&item) {
                items.push(item);
            }
        }
        Ok(Value::Texts(items))
    }

    /// A value that a person typed for a field: a member of the team and a record of the card are
    /// looked up.
    ///
    /// # Errors
    /// When the value does not fit.
    pub fn typed(&self, card: &Card, field: &Field, text: &str) -> Result<Value> {
        let bad = |fault| {
            Error::usage(Problem::BadValue { field: field.label, fault })
                .hint(Hint::FieldHelp { key: field.key.into() })
        };
        match field.kind {
            Kind::Member => self.member_key(text).map(Value::Text),
            Kind::Reference(section) => self.record_meant(card, section, text).map(Value::Text),
            kind => Value::typed(kind, text, self.today()).map_err(bad),
        }
    }

    /// The id of the record that a person means by an id, a part of one, or a name.
    pub(super) fn record_meant(&self, card: &Card, section: &str, text: &str) -> Result<String> {
        let records = card.of(&SCHEMA, section);
        let declared = crate::sections::section(section);
        let folded = crate::index::ask::fold_name(text);
        let name = |r: &Record| {
            declared.and_then(|s| r.get(s, "name")).map(|v| crate::index::ask::fold_name(&v.text()))
        };
        let only = |is_meant: &dyn Fn(&str) -> bool| {
            let mut found = records.iter().filter(|r| name(r).is_some_and(|n| is_meant(&n)));
            found.next().filter(|_| found.next().is_none())
        };
        // A whole name goes before the beginning of an id: a person may be called like one.
        let found = only(&|name| name == folded)
            .or_else(|| meant(records, text, |r| &r.id))
            .or_else(|| only(&|name| !folded.is_empty() && name.contains(&folded)));
        let section = declared.unwrap_or(SCHEMA.card);
        found.map(|record| record.id.clone()).ok_or_else(|| no_such_record(records, section, text))
    }

    /// The key that cards store for a member of the team. Without a team, any name is taken.
    ///
    /// # Errors
    /// When there is a team and nobody in it is meant.
    pub fn member_key(&self, text: &str) -> Result<String> {
        let team = &self.settings.team;
        if team.is_empty() {
            return Ok(text.trim().to_owned());
        }
        self.settings.member_meant(text).map(|m| m.key.clone()).ok_or_else(|| {
            Error::usage(Problem::NoSuchMember { name: text.into() })
                .hint(Hint::Members { keys: team.iter().map(|m| m.key.as_str()).collect() })
        })
    }

    fn set_custom(&self, key: &str, assignment: &Assignment) -> Result<Vec<Edit>> {
        let value = match self.settings.fields.get(key) {
            Some(own) => own
                .typed(&assignment.value, self.today())
                .map_err(|fault| Error::usage(Problem::BadCustom { key: key.into(), fault }))?,
            None => Value::Text(assignment.value.clone()),
        };
        let order = self.settings.fields.keys().cloned().collect();
        Ok(vec![Edit::Set {
            table: vec!["custom".into()],
            key: key.to_owned(),
            value: value.to_toml(),
            order,
        }])
    }

    /// `channels+=email:anna@example.com`: a child whose first field is a choice.
    fn add_child(
        &self,
        card: &Card,
        table: Vec<Step>,
        child: &'static Section,
        assignment: &Assignment,
    ) -> Result<Vec<Edit>> {
        let usage = || Error::usage(Problem::NoKind { text: assignment.value.clone(), section: child.label });
        let (kind, value) = assignment.value.split_once([':', '：']).ok_or_else(usage)?;
        let record = self.child_of_kind(card, child, kind, value)?.ok_or_else(usage)?;
        let mut taken = card.record_ids().map(str::to_owned).collect();
        let (_, entries) = record.entries(child, &mut taken)?;
        Ok(vec![Edit::AddRecord {
            table,
            section: child.key.to_owned(),
            record: entries,
            section_order: vec![child.key.to_owned()],
        }])
    }

    /// A child record from its kind and value, where the child section has these two fields and
    /// the kind is one of its choices. A mail address and a phone number are checked by form.
    ///
    /// # Errors
    /// When the value does not fit the kind.
    pub fn child_of_kind(
        &self,
        card: &Card,
        child: &'static Section,
        kind: &str,
        value: &str,
    ) -> Result<Option<NewRecord>> {
        let (Some(kind_field), Some(value_field)) = (child.field("kind"), child.field("value")) else {
            return Ok(None);
        };
        let Kind::Choice(choices) = kind_field.kind else { return Ok(None) };
        let Some(choice) = choices.meant(kind) else { return Ok(None) };
        let form = ChannelKind::form(choice.token);
        Value::typed(form, value, self.today())
            .map_err(|fault| Error::usage(Problem::BadValue { field: choice.label, fault }))?;
        let value = self.typed(card, value_field, value)?;
        Ok(Some(NewRecord::of([("kind", Value::Choice(choice.token.to_owned())), ("value", value)])))
    }

    /// Adds a record to a card.
    pub(super) fn add_record_edit(
        &self,
        card: &Card,
        section: &'static Section,
        record: &NewRecord,
    ) -> Result<(String, Edit)> {
        if let Some(key) = record.lacks(section) {
            let field = section.field(key).map_or(section.one, |f| f.label);
            return Err(Error::usage(Problem::Lacks { section: section.one, field }));
        }
        let mut taken = card.record_ids().map(str::to_owned).collect();
        let (id, entries) = record.entries(section, &mut taken)?;
        let edit = Edit::AddRecord {
            table: Vec::new(),
            section: section.key.to_owned(),
            record: entries,
            section_order: section_order(),
        };
        Ok((id, edit))
    }

    /// A value of a card by its path, as text: tokens as tokens.
    ///
    /// # Errors
    /// When the path names nothing.
    pub fn value_at(&self, open: &OpenCard, path: &str) -> Result<Option<String>> {
        if path.trim() == "id" {
            return Ok(Some(open.card.basics.id.clone()));
        }
        Ok(match target(&open.card, &parse_path(path)?)? {
            Target::Field { section, field, record, .. } => {
                record.get(section, field.key).map(|v| v.text().into_owned())
            }
            Target::Custom(key) => open.card.custom.iter().find(|(k, _)| *k == key).map(|(_, v)| plain(v)),
            Target::Record { .. } | Target::Children { .. } => {
                return Err(Error::usage(Problem::NotAField { path: path.into() }).hint(Hint::ShowIt));
            }
        })
    }
}

pub(super) fn set(table: Vec<Step>, section: &Section, key: &str, value: &Value) -> Edit {
    Edit::Set { table, key: key.to_owned(), value: value.to_toml(), order: section.key_order() }
}
