//! The merge of two archives: by customer and not by path, on trees alone. Customers are folders with a
//! card, three folders deep, keyed by the id of the card at base, ours and theirs (`keyed`, `customers`); all
//! else is merged file by file (`files`). Trees that are equal are not opened, so that it costs what
//! changed. Nothing depends on which side is ours: swapping the sides gives the same tree.

mod customers;
mod draft;
mod files;
mod keyed;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use git2::{Oid, Repository};

use self::draft::{Draft, Entry, Name};
use self::keyed::Company;
use super::{History, Id, git_error, oid};
use crate::card::merge::Sides;
use crate::error::{Error, Hint, Problem, Result};

/// Folders down to a customer: stage, country, company.
const COMPANY: usize = 3;

/// What a merge of two archives gives.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The id of the merged tree.
    pub tree: Id,
    /// What people should know.
    pub said: Vec<Said>,
    /// Folders of ours that stand elsewhere now: from, to.
    pub moves: Vec<(String, String)>,
    /// How many customers the other side changed.
    pub customers: usize,
}

/// What people should know of a merge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// A field was set to two values; both are kept.
    Conflict {
        /// The customer's number, or the file.
        no: String,
        /// The path in the card.
        field: String,
    },
    /// Something was changed on one side and removed on the other: the change stays.
    Kept {
        /// The customer's number.
        no: String,
        /// The path in the card; empty for the customer as a whole.
        field: String,
    },
    /// The same of a file.
    PaperKept {
        /// The path from the root.
        path: String,
    },
    /// A file was changed on both sides: both stay.
    PaperTwice {
        /// The path from the root.
        path: String,
        /// Where the other one stands.
        other: String,
    },
    /// Two customers were filed at one place: this one stepped aside.
    SteppedAside {
        /// Its number.
        no: String,
        /// Where it stands now.
        folder: String,
    },
    /// A card cannot be read, and was changed on the other side too: both are there.
    Unreadable {
        /// The card.
        path: String,
        /// Where the other one stands.
        other: String,
    },
    /// Two folders have one id.
    TwoFolders {
        /// One of them.
        one: String,
        /// The other.
        other: String,
    },
    /// What was changed in a customer who was merged into another one went to that one.
    WentTo {
        /// The number of the one who was merged.
        no: String,
        /// The number of the survivor.
        into: String,
    },
}

impl History {
    /// Merges another commit with HEAD; an error where the two have no commit in common.
    fn join(&self, theirs: &str) -> Result<Joined> {
        let head = self.head_commit()?.map(|commit| commit.id());
        self.join_commits(head.ok_or_else(unrelated)?, oid(theirs)?)
    }

    fn join_commits(&self, ours: Oid, theirs: Oid) -> Result<Joined> {
        let base = self.common(ours, theirs)?.ok_or_else(unrelated)?;
        let [ours, theirs] = [self.tree_of(ours)?, self.tree_of(theirs)?];
        Joining::new(self).run(Sides { base: Some(base), ours: Some(ours), theirs: Some(theirs) })
    }

    fn tree_of(&self, commit: Oid) -> Result<Oid> {
        self.repo.find_commit(commit).map(|commit| commit.tree_id()).map_err(git_error)
    }

    /// The tree of what two commits have in common. Where they have several last common commits, as when
    /// two people merged each other's work at the same time, these are merged first.
    fn common(&self, one: Oid, other: Oid) -> Result<Option<Oid>> {
        let mut bases = match self.repo.merge_bases(one, other) {
            Ok(bases) => bases.iter().copied().collect::<Vec<Oid>>(),
            Err(e) if e.code() == git2::ErrorCode::NotFound => return Ok(None),
            Err(e) => return Err(git_error(e)),
        };
        bases.sort_unstable();
        let mut bases = bases.into_iter();
        let Some(first) = bases.next() else { return Ok(None) };
        let mut tree = self.tree_of(first)?;
        for next in bases {
            let below = self.common(first, next)?;
            let sides = Sides { base: below, ours: Some(tree), theirs: Some(self.tree_of(next)?) };
            tree = oid(&Joining::new(self).run(sides)?.tree)?;
        }
        Ok(Some(tree))
    }
}

fn unrelated() -> Error {
    Error::could_not(Problem::UnrelatedHistories).hint(Hint::CloneInstead)
}

/// A merge on its way through the trees.
struct Joining<'h> {
    history: &'h History,
    said: Vec<Said>,
    moves: Vec<(String, String)>,
}

impl<'h> Joining<'h> {
    fn new(history: &'h History) -> Joining<'h> {
        Joining { history, said: Vec::new(), moves: Vec::new() }
    }

    fn repo(&self) -> &'h Repository {
        &self.history.repo
    }

    fn run(mut self, trees: Sides<Option<Oid>>) -> Result<Joined> {
        let mut draft = Draft::of(self.repo(), trees.ours);
        let mut companies = Vec::new();
        self.walk(&[], trees.map(|tree| tree.map(Entry::folder)), &mut draft, &mut companies)?;
        let customers = self.customers(&companies, &mut draft)?;
        let tree = draft.write()?.to_string();
        self.said.sort();
        self.said.dedup();
        Ok(Joined { tree, said: self.said, moves: self.moves, customers })
    }

    /// Goes down to the companies in which the three trees differ, and merges all else on the way.
    fn walk(
        &mut self,
        path: &[Name],
        sides: Sides<Option<Entry>>,
        draft: &mut Draft<'h>,
        companies: &mut Vec<Company>,
    ) -> Result<()> {
        if sides.ours == sides.theirs {
            return self.gone_from(path, sides.base, sides.ours, companies);
        }
        if path.len() == COMPANY
            && let Some(company) = self.company(path, sides)?
        {
            companies.push(company);
            return Ok(());
        }
        let is_folder = |entry: &Option<Entry>| entry.is_none_or(|entry| entry.is_folder());
        if path.len() < COMPANY && sides.as_ref().into_array().into_iter().all(is_folder) {
            let inner = self.inner(sides)?;
            let names = inner.as_ref().into_array().into_iter().flat_map(|entries| entries.keys());
            for name in names.cloned().collect::<BTreeSet<Name>>() {
                let below = [path, std::slice::from_ref(&name)].concat();
                let of = inner.as_ref().map(|entries| entries.get(&name).copied());
                self.walk(&below, of, draft, companies)?;
            }
            return Ok(());
        }
        let folder = &path[..path.len().saturating_sub(1)];
        draft.put(path, None)?;
        for (name, entry) in self.files(path, sides)? {
            draft.put(&[folder, &[name]].concat(), Some(entry))?;
        }
        Ok(())
    }

    /// Where both sides have the same, the companies that the base had there and they have not: one side may
    /// have moved such a customer, the other removed it or merged it into another one.
    fn gone_from(
        &self,
        path: &[Name],
        base: Option<Entry>,
        now: Option<Entry>,
        companies: &mut Vec<Company>,
    ) -> Result<()> {
        let Some(before) = base.filter(|before| Some(*before) != now && before.is_folder()) else {
            return Ok(());
        };
        if path.len() == COMPANY {
            let sides = Sides { base: Some(before), ours: None, theirs: None };
            let gone = if now.is_none() { self.company(path, sides)? } else { None };
            companies.extend(gone);
            return Ok(());
        }
        let sides = Sides { base: Some(before), ours: now.filter(|now| now.is_folder()), theirs: None };
        let inner = self.inner(sides)?;
        for (name, entry) in &inner.base {
            let below = [path, std::slice::from_ref(name)].concat();
            self.gone_from(&below, Some(*entry), inner.ours.get(name).copied(), companies)?;
        }
        Ok(())
    }
}
