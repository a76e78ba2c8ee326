//! `crm check --fix`: what has one safe mend, in one commit. What was edited by hand in the cards that
//! it touches is committed before, on its own, as always; under the lock everything is looked at anew,
//! since a person may have gone on typing.

use super::{Checked, Found, names};
use crate::archive::platform::folders_in;
use crate::archive::{CARD, write};
use crate::error::Result;
use crate::i18n::sentence::Sentence;
use crate::rules::check::Fix;
use crate::workspace::{Desk, HandEdits, Mode, Move, Saved, Transaction, Workspace};

/// What was mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// The commits: hand edits on their own, then what was mended.
    pub saved: Vec<Saved>,
    /// Drafts that were removed; history never knew them.
    pub drafts: usize,
}

impl Workspace {
    /// Mends what has one safe mend among the findings that are wanted.
    ///
    /// # Errors
    /// When the repository takes no commit now, or the disk refuses.
    pub fn mend(&self, folders: &[String], wanted: impl Fn(&Found) -> bool) -> Result<Mended> {
        let mut mended = Mended::default();
        mended.saved.extend(self.take_in_touched(&self.findings(folders, &wanted)?)?);
        let mut transaction = self.begin(Mode::Write)?;
        let checked = self.findings(folders, &wanted)?;
        let mut fixes: Vec<(&Found, &Fix)> = checked.fixable().collect();
        fixes.sort_by_key(|(found, fix)| (rank(fix), std::cmp::Reverse(found.folder.matches('/').count())));
        let (mut done, mut given) = (0, Given::default());
        for (found, fix) in fixes {
            if *fix == Fix::RemoveDraft {
                mended.drafts += usize::from(self.remove_draft(&found.path)?);
            } else if transaction.mend(found, fix, &mut given)? {
                done += 1;
            }
        }
        if done > 0 {
            mended.saved.push(transaction.commit(&Sentence::Mended { count: done })?);
        }
        Ok(mended)
    }

    fn findings(&self, folders: &[String], wanted: impl Fn(&Found) -> bool) -> Result<Checked> {
        let mut checked = self.check(folders)?;
        checked.found.retain(wanted);
        Ok(checked)
    }

    /// Commits what was done by hand to the cards that will be touched. That gives them the ids that
    /// they lack, too.
    fn take_in_touched(&self, checked: &Checked) -> Result<Option<Saved>> {
        let mut touched: Vec<String> = Vec::new();
        for (found, _) in checked.fixable().filter(|(_, fix)| **fix != Fix::RemoveDraft) {
            for folder in self.customers_at(&found.folder) {
                let card = format!("{folder}/{CARD}");
                let by_hand = self.history.head_id(&card)? != self.id_on_disk(&card)?;
                if by_hand && !touched.contains(&folder) {
                    touched.push(folder);
                }
            }
        }
        if touched.is_empty() {
            return Ok(None);
        }
        let mut transaction = self.begin(Mode::Write)?;
        let (mut next, mut edits) = (None, HandEdits::default());
        for folder in touched {
            transaction.take_in_card(&folder, &mut next, &mut edits)?;
        }
        let sentence = match edits.customers.as_slice() {
            [no] => Sentence::EditedByHand { no: no.clone() },
            customers => Sentence::ManyEditedByHand { count: customers.len() },
        };
        transaction.commit(&sentence).map(Some)
    }

    /// The customer at a folder, or those in a country's folder; only where there is a card.
    fn customers_at(&self, folder: &str) -> Vec<String> {
        let has_card = |folder: &String| self.root.join(folder).join(CARD).is_file();
        let here = self.layout.place(folder).map(|place| place.folder);
        let below = || {
            let (names, _) = folders_in(&self.root.join(folder)).unwrap_or_default();
            names
                .into_iter()
                .map(|name| format!("{folder}/{name}"))
                .filter(|f| self.layout.place(f).is_some())
        };
        match here {
            Some(here) => Some(here).filter(has_card).into_iter().collect(),
            None => below().filter(has_card).collect(),
        }
    }

    fn remove_draft(&self, path: &str) -> Result<bool> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !names::is_draft(name) {
            return Ok(false);
        }
        write::remove(&self.root, &self.root.join(path))?;
        Ok(true)
    }
}

/// Numbers and folders that were given while mends are made.
#[derive(Default)]
struct Given {
    next: Option<u32>,
    desk: Desk,
}

/// Cards are mended before their folders move, companies before their countries.
fn rank(fix: &Fix) -> u8 {
    match fix {
        Fix::Adopt => 0,
        Fix::Edit(_) => 1,
        Fix::Refile => 2,
        Fix::Rename(_) => 3,
        Fix::RemoveDraft => 4,
    }
}

impl Transaction<'_> {
    /// Makes one mend; whether it was made. What another mend has moved waits for the next time.
    fn mend(&mut self, found: &Found, fix: &Fix, given: &mut Given) -> Result<bool> {
        match fix {
            // Ids and number come together, whichever of them was found to lack first.
            Fix::Adopt if self.changes.files.contains_key(&format!("{}/{CARD}", found.folder)) => {}
            Fix::Adopt => {
                self.take_in_card(&found.folder, &mut given.next, &mut HandEdits::default())?;
            }
            Fix::Edit(edits) => {
                let open = self.workspace.open_folder(&found.folder)?;
                self.edit(&open, edits)?;
            }
            Fix::Refile => {
                let open = self.workspace.open_folder(&found.folder)?;
                return self.relocate(&open, &Move::default(), &mut given.desk);
            }
            Fix::Rename(to) => return Ok(self.rename(&found.folder, to)),
            Fix::RemoveDraft => return Ok(false),
        }
        Ok(true)
    }

    fn rename(&mut self, from: &str, to: &str) -> bool {
        let below = format!("{from}/");
        let is_moving = |(a, b): &(String, String)| a == from || a.starts_with(&below) || b == to;
        if self.changes.renames.iter().any(is_moving) {
            return false;
        }
        self.move_staged(from, to);
        self.changes.renames.push((from.to_owned(), to.to_owned()));
        true
    }
}
