//! Edits by hand are first-class: before a command writes a card that was changed, moved, copied or
//! made by hand, that is committed on its own as "edited by hand", with the ids and the number that
//! it lacks.

use std::borrow::Cow;

use super::transaction::{edited, one_line};
use super::{OpenCard, Workspace};
use crate::archive::CARD;
use crate::card::edit::{Edit, Step};
use crate::card::schema::{Described, Section};
use crate::card::{Card, Record, read};
use crate::error::Result;
use crate::history::{Changes, History, NewFile};
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{List, Say};
use crate::index;
use crate::sections::{Handover, SCHEMA};

/// A hand edit, ready to be committed.
pub(super) struct Adoption {
    /// The new text of the card.
    pub text: String,
    /// The id of the customer.
    pub id: String,
    /// The number, given now or long ago.
    pub no: String,
    /// What is to be said.
    pub notices: Vec<Notice>,
    /// What changes.
    pub changes: Changes,
}

impl Workspace {
    /// Commits what was done to a card by hand; `None` when nothing was.
    pub(super) fn adopt(&self, open: &OpenCard) -> Result<Option<(OpenCard, Vec<Notice>)>> {
        let Some(adoption) = self.adoption(open, &mut None)? else { return Ok(None) };
        let sentence = Sentence::EditedByHand { no: adoption.no };
        let subject = one_line(&sentence.say(self.language()));
        let message = format!("{subject}\n\nCard: {}\n", one_line(&adoption.id));
        let old = self.history.head()?;
        let new = self.carry_out(&adoption.changes, &message)?;
        self.note_commit(&adoption.changes, old.as_deref(), &new);
        let adopted = self.parsed(open, adoption.text)?;
        Ok(Some((adopted, adoption.notices)))
    }

    /// What there is to commit of what was done to a card by hand. `next` is the number that the
    /// next new customer gets, once it was asked for.
    pub(super) fn adoption(&self, open: &OpenCard, next: &mut Option<u32>) -> Result<Option<Adoption>> {
        let path = open.place.card();
        let open = self.with_id_of_head(open)?;
        let disk = History::id_of(open.text.as_bytes());
        let head = self.history.head_id(&path)?;
        let copied = open.known.id != open.known.text_id;
        let number = open.card.basics.get(SCHEMA.card, "no").filter(|_| !copied);
        let complete = open.card.ids_complete() && number.is_some();
        if head.as_deref() == Some(&disk) && complete {
            return Ok(None);
        }
        let moved_from =
            if head.is_none() && !copied { self.folder_in_head(&open.known.text_id)? } else { None };
        let before = moved_from.clone().unwrap_or_else(|| open.place.folder.clone());
        let has_number = number.is_some();
        let no = match number {
            Some(no) => no.text().into_owned(),
            None => match self.number_before(&before, &open.card.basics.id)? {
                Some(no) => no,
                None => self.next_number(next)?,
            },
        };
        let mut notices = vec![Notice::AdoptedByHand { no: no.clone() }];
        let in_head = format!("{before}/{CARD}");
        let open = match self.caught_up(&open, &in_head, &no)? {
            Some((text, said)) => {
                notices.extend(said);
                Cow::Owned(self.parsed(&open, text)?)
            }
            None => open,
        };
        let mut edits = missing_ids(&open.card, (!has_number).then_some(no.as_str()));
        edits.extend(self.change_of_hands(&before, &open)?);
        let text = edited(&path, &open.text, &edits)?;
        let mut changes = Changes::default();
        if let Some(from) = moved_from {
            changes.renames.push((from, open.place.folder.clone()));
        }
        changes.files.insert(path, NewFile::new(text.clone(), Some(disk)));
        if copied {
            notices.push(Notice::CopyBecameCustomer { folder: open.place.folder.clone(), no: no.clone() });
        }
        notices.extend(self.lost_records(&before, &open.card, &no)?);
        if open.card.findings.iter().any(|f| f.left_out) {
            notices.extend(self.parsed(&open, text.clone())?.flaws());
        }
        Ok(Some(Adoption { text, id: open.card.basics.id.clone(), no, notices, changes }))
    }

    /// A card whose text has lost its id is still the customer that HEAD has at that place, unless that
    /// one has gone elsewhere. The ids of records follow from it.
    fn with_id_of_head<'o>(&self, open: &'o OpenCard) -> Result<Cow<'o, OpenCard>> {
        if open.card.basics.id_given || open.known.id != open.known.text_id {
            return Ok(Cow::Borrowed(open));
        }
        let before = self.cards_in_head(std::slice::from_ref(&open.place.folder))?;
        let Some((_, before)) = before.into_iter().next() else { return Ok(Cow::Borrowed(open)) };
        if self.ask(|index| index.by_id(&before.basics.id))?.is_some() {
            return Ok(Cow::Borrowed(open));
        }
        let mut open = open.clone();
        let mut named = open.card.clone();
        named.basics.id.clone_from(&before.basics.id);
        let text = edited(&open.place.card(), &open.text, &missing_id_of_card(&named))?;
        open.card = self.parsed(&open, text)?.card;
        open.card.basics.id_given = false;
        Ok(Cow::Owned(open))
    }

    /// The number that a customer has in HEAD and not in the text any more, as after an old copy was
    /// saved over the card; unless somebody else has it by now.
    fn number_before(&self, folder: &str, id: &str) -> Result<Option<String>> {
        let before = self.cards_in_head(&[folder.to_owned()])?;
        let card = before.into_iter().map(|(_, card)| card).find(|card| card.basics.id == id);
        let Some(no) = card.and_then(|card| Some(card.basics.get(SCHEMA.card, "no")?.text().into_owned()))
        else {
            return Ok(None);
        };
        Ok(self.ask(|index| index.find_number(&no))?.is_empty().then_some(no))
    }

    /// The note of another owner who was written in by hand: since when, and who had the customer before.
    fn change_of_hands(&self, folder: &str, open: &OpenCard) -> Result<Option<Edit>> {
        let Some((_, before)) = self.cards_in_head(&[folder.to_owned()])?.pop() else { return Ok(None) };
        let owner = |card: &Card| card.basics.get(SCHEMA.card, "owner").map(|who| who.text().into_owned());
        let (old, new) = (owner(&before), owner(&open.card));
        let noted = |card: &Card| card.of(&SCHEMA, Handover::SECTION.key).len();
        let is_same = before.basics.id == open.card.basics.id && noted(&before) == noted(&open.card);
        if old.is_none() || old == new || !is_same {
            return Ok(None);
        }
        self.hand_record(open, old, new.as_deref(), None).map(Some)
    }

    /// Records that HEAD has and the text on the disk has not: an old copy was saved over it.
    fn lost_records(&self, folder: &str, card: &Card, no: &str) -> Result<Option<Notice>> {
        let path = format!("{folder}/{CARD}");
        let Some(old) = self.history.head_file(&path)? else { return Ok(None) };
        let Some(old) = std::str::from_utf8(&old).ok().and_then(|t| read::read(t, &SCHEMA).ok()) else {
            return Ok(None);
        };
        let mut lost = Vec::new();
        for (section, records) in SCHEMA.sections.iter().zip(&old.sections) {
            let gone = records.iter().filter(|r| !card.record_ids().any(|id| id == r.id));
            lost.extend(gone.map(|r| format!("{}[{}]", section.key, r.id)));
        }
        let commit = self.history.head()?.unwrap_or_default();
        let short = commit.get(..7).unwrap_or(&commit).to_owned();
        let Some(first) = lost.first().cloned() else { return Ok(None) };
        let (no, records) = (no.to_owned(), List(lost));
        Ok(Some(Notice::RecordsRemovedByHand { no, records, first, commit: short }))
    }

    /// Where HEAD has the customer with this id, among those that are no longer at that place.
    pub(super) fn folder_in_head(&self, id: &str) -> Result<Option<String>> {
        let folders = self.history.head_customers(&self.layout)?;
        let gone = folders.iter().map(String::as_str).filter(|f| !self.root.join(f).join(CARD).is_file());
        let cards = self.history.head_cards(gone)?;
        let same = cards.into_iter().find(|(_, bytes)| index::id_of(bytes).as_deref() == Some(id));
        Ok(same.map(|(folder, _)| folder))
    }
}

/// The edit that gives a card the id that its text lacks.
fn missing_id_of_card(card: &Card) -> Vec<Edit> {
    let value = toml::Value::String(card.basics.id.clone());
    let order = SCHEMA.card.key_order();
    let edit = Edit::Set { table: Vec::new(), key: "id".to_owned(), value, order };
    if card.basics.id_given { Vec::new() } else { vec![edit] }
}

/// The edits that give a card the ids that its text lacks, and its number.
fn missing_ids(card: &Card, no: Option<&str>) -> Vec<Edit> {
    let mut edits = missing_id_of_card(card);
    let mut set = |table: Vec<Step>, section: &Section, key: &str, value: &str| {
        let value = toml::Value::String(value.to_owned());
        edits.push(Edit::Set { table, key: key.to_owned(), value, order: section.key_order() });
    };
    if let Some(no) = no {
        set(Vec::new(), SCHEMA.card, "no", no);
    }
    for (section, records) in SCHEMA.sections.iter().zip(&card.sections) {
        for record in records {
            let table = table_of(section, record);
            if !record.id_given {
                set(table.clone(), section, "id", &record.id);
            }
            for (child, of) in record.children.iter().zip(section.child.iter().cycle()) {
                if !child.id_given {
                    let mut table = table.clone();
                    table.extend(table_of(of, child));
                    set(table, of, "id", &child.id);
                }
            }
        }
    }
    edits
}

/// The way to a record's table.
pub(super) fn table_of(section: &Section, record: &Record) -> Vec<Step> {
    vec![section.key.into(), record.position.into()]
}
