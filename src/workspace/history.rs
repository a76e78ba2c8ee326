//! The history of the archive, of a card, of a place in cards: which commit changed what, when and by
//! whom.

use chrono::NaiveDate;

use super::Workspace;
use super::target::{field_of, parse_path};
use crate::card::path::Path;
use crate::error::{Hint, Problem, Result};
use crate::i18n::Lang;
use crate::index::changes::{self, CommitChanges, Wanted};
use crate::sections::{self, SCHEMA};

/// What is asked of history.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// A customer, by what names one, with those who were merged into it; also one who was removed.
    pub card: Option<String>,
    /// A place in cards.
    pub path: Option<String>,
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// Up to this day, itself included.
    pub until: Option<NaiveDate>,
    /// By whom: a part of a name or mail address.
    pub by: Option<String>,
    /// Commits at most.
    pub limit: Option<usize>,
}

impl Workspace {
    /// The commits that are asked about, the newest first. Of a customer, or of a place in cards, with the
    /// values that each commit changed.
    ///
    /// # Errors
    /// When the customer or the place is not known, or the repository cannot be read.
    pub fn history(&self, past: &Past) -> Result<Vec<CommitChanges>> {
        let day_begins = |day: NaiveDate| day.pred_opt().map_or(i64::MIN, |before| self.end_of(before));
        let wanted = Wanted {
            cards: past.card.as_deref().map_or_else(|| Ok(Vec::new()), |card| self.ids_ever(card))?,
            path: past.path.as_deref().map(place_meant).transpose()?,
            since: past.since.map(day_begins),
            until: past.until.map(|day| self.end_of(day)),
            by: past.by.clone(),
            limit: past.limit,
        };
        let mut commits = changes::answer(&self.history, |changes| changes.of(&wanted))?;
        let Some((own, _)) = wanted.cards.split_first() else { return Ok(commits) };
        // What went over from a card that was merged stands there once, as what came.
        for commit in &mut commits {
            let is_merge = |change: &changes::Change| change.card == *own && change.path == "former_ids";
            if commit.changes.iter().any(is_merge) {
                commit.changes.retain(|change| change.card == *own);
            }
        }
        Ok(commits)
    }

    /// The ids of a customer who is in the archive, or was: the own one, and of cards that were merged into it.
    fn ids_ever(&self, text: &str) -> Result<Vec<String>> {
        let mut ids = vec![self.id_ever(text)?];
        let known = self.ask(|index| index.by_id(&ids[0]))?;
        if let Some(Ok(open)) = known.map(|known| self.read(&known)) {
            ids.extend(open.card.former_ids);
        }
        Ok(ids)
    }

    /// The id of a customer who is in the archive, or was.
    pub(super) fn id_ever(&self, text: &str) -> Result<String> {
        let error = match self.find(text) {
            Ok(known) => return Ok(known.id),
            Err(error) => error,
        };
        use Problem::{CardAstray, CardGone, NoSuchCard};
        if !matches!(error.problem(), NoSuchCard { .. } | CardAstray { .. } | CardGone { .. }) {
            return Err(error);
        }
        let mut once = changes::answer(&self.history, |changes| changes.once_named(text.trim()))?;
        match once.pop() {
            Some(id) if once.is_empty() => Ok(id),
            _ => Err(error.hint(Hint::SeeHistory)),
        }
    }
}

impl Workspace {
    /// What a sentence of history calls a place that a person typed: its key, which is an English word; in an
    /// archive of another language the label, where it is a field of the card itself.
    pub fn called(&self, typed: &str) -> String {
        let path = place_meant(typed).unwrap_or_else(|_| typed.to_owned());
        match (self.language(), SCHEMA.card.field(&path)) {
            (Lang::ZhCn | Lang::ZhTw, Some(field)) => field.label.get(self.language()).to_owned(),
            _ => path,
        }
    }
}

/// A place as history names it: keys in place of labels, sections and fields that there are.
pub(super) fn place_meant(text: &str) -> Result<String> {
    if text.starts_with('@') || text.starts_with("external") || text == "former_ids" {
        return Ok(text.to_owned());
    }
    if text == "custom" {
        return Ok(text.to_owned());
    }
    let path = match parse_path(text)? {
        Path::Field(key) if key == "id" => Path::Field(key),
        Path::Field(key) => Path::Field(field_of(SCHEMA.card, &key)?.key.to_owned()),
        Path::Record { section, id, child, field } => {
            let holder = sections::section(&section).and_then(|section| match &child {
                Some((key, _)) => section.child.filter(|c| c.key == key),
                None => Some(section),
            });
            let field = match (holder, field) {
                (Some(section), Some(key)) if section.child.is_none_or(|c| c.key != key) => {
                    Some(field_of(section, &key)?.key.to_owned())
                }
                (_, field) => field,
            };
            Path::Record { section, id, child, field }
        }
        other => other,
    };
    Ok(path.to_string())
}
