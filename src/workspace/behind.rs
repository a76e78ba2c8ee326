//! Cards that fell behind: half-typed on this disk while a sync brought changes of others to them. The sync
//! goes on; the text on the disk stays as the person left it, and is merged with what came as soon as it
//! can be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{OpenCard, Workspace};
use crate::archive::CARD;
use crate::archive::platform::is_absence;
use crate::archive::write::{self, Durable};
use crate::card::merge::merge;
use crate::card::read;
use crate::error::{Error, Result};
use crate::history::journal::FileStep;
use crate::history::{Changes, Id};
use crate::i18n::notice::Notice;
use crate::index;
use crate::sections::SCHEMA;

/// From where a card is behind.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Since {
    /// Where the card stood then.
    path: String,
    /// The content that the person began from.
    base: Id,
    /// The content that the sync brought; another one in HEAD is somebody's decision.
    head: Id,
}

/// By the id of the customer.
type Behind = BTreeMap<String, Since>;

impl Workspace {
    fn behind_path(&self) -> PathBuf {
        self.history.crm_folder().join("behind.json")
    }

    fn behind(&self) -> Result<Behind> {
        let path = self.behind_path();
        match fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(error) if is_absence(&error) => Ok(Behind::default()),
            Err(error) => Err(Error::file(&path, error)),
        }
    }

    fn keep_behind(&self, behind: &Behind) -> Result<()> {
        let path = self.behind_path();
        if behind.is_empty() {
            return write::remove(&self.history.crm_folder(), &path);
        }
        let bytes = serde_json::to_vec(behind).map_err(|error| Error::file(&path, error.into()))?;
        write::file(&path, &bytes, Durable::Each)
    }

    /// Whether a file that a merge would write may stay as it is on the disk: a card that is half-typed. From
    /// then on it is behind.
    pub(super) fn falls_behind(&self, step: &FileStep, on_disk: &str) -> Result<bool> {
        if !step.path.ends_with(&format!("/{CARD}")) || self.can_be_read(on_disk)? {
            return Ok(false);
        }
        // Of a customer whom the others removed, nothing came: the text is one that was changed since.
        let (Some(base), Some(head)) = (&step.old, &step.new) else { return Ok(step.new.is_none()) };
        let Some(id) = index::id_of(&self.history.content_of(base)?) else { return Ok(false) };
        let mut behind = self.behind()?;
        let since = Since { path: step.path.clone(), base: base.clone(), head: head.clone() };
        let since = match behind.remove(&id) {
            // It was behind already: the person began from what stood before the first sync.
            Some(first) if first.head == *base => Since { base: first.base, ..since },
            _ => since,
        };
        behind.insert(id, since);
        self.keep_behind(&behind)?;
        Ok(true)
    }

    fn can_be_read(&self, path: &str) -> Result<bool> {
        let on_disk = self.root.join(path);
        let bytes = fs::read(&on_disk).map_err(|error| Error::file(&on_disk, error))?;
        Ok(std::str::from_utf8(&bytes).is_ok_and(|text| read::read(text, &SCHEMA).is_ok()))
    }

    /// A card that was behind and can be read again, merged with what came meanwhile; `None` for every other.
    /// `in_head` is where HEAD has it.
    pub(super) fn caught_up(
        &self,
        open: &OpenCard,
        in_head: &str,
        no: &str,
    ) -> Result<Option<(String, Vec<Notice>)>> {
        let Some(since) = self.behind()?.remove(&open.card.basics.id) else { return Ok(None) };
        if self.history.head_id(in_head)?.as_ref() != Some(&since.head) {
            return Ok(None);
        }
        let text = |id: &Id| self.history.content_of(id).map(|b| String::from_utf8_lossy(&b).into_owned());
        let (base, head) = (text(&since.base)?, text(&since.head)?);
        // What cannot be merged is the person's to decide: both texts are in history.
        let Ok(merged) = merge(&base, &open.text, &head, &SCHEMA) else { return Ok(None) };
        let mut notices = vec![Notice::CaughtUp { no: no.to_owned() }];
        notices.extend(merged.clashes.into_iter().map(|clash| {
            let (no, field) = (no.to_owned(), clash.path);
            Notice::MergeConflict { no, field }
        }));
        let kept = merged.kept.into_iter();
        notices.extend(kept.map(|kept| Notice::MergeKept { no: no.to_owned(), field: kept.path }));
        Ok(Some((merged.text, notices)))
    }

    /// What is in history is behind no more.
    pub(super) fn no_more_behind(&self, changes: &Changes) -> Result<()> {
        let mut behind = self.behind()?;
        let before = behind.len();
        behind.retain(|_, since| !changes.files.contains_key(&since.path));
        if behind.len() < before { self.keep_behind(&behind) } else { Ok(()) }
    }
}
