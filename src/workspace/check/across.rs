//! What only several cards together tell: two with one id or one number, two folders with one name,
//! former ids that are still in use, customers of history that are nowhere.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Found;
use super::company::{Looked, Seen};
use super::walk::{Company, joined};
use crate::archive::{CARD, names};
use crate::card::{locate, read};
use crate::error::Result;
use crate::index;
use crate::rules::check::{Finding, Fix, Mend, Said};
use crate::sections::SCHEMA;
use crate::workspace::Workspace;

/// Compares cards and folders with each other and with HEAD; the findings, and which companies are a
/// copy of another.
pub(super) fn compare(
    workspace: &Workspace,
    looked: &Looked,
    companies: &[Company],
    in_head: &[String],
) -> Result<(Vec<Found>, HashSet<usize>)> {
    let (copies, found) = Default::default();
    let mut across = Across { workspace, cards: &looked.cards, companies, copies, found };
    across.ids()?;
    across.numbers();
    across.former_ids();
    across.folder_names(&looked.folded);
    across.missing(&looked.cardless, in_head)?;
    Ok((across.found, across.copies))
}

struct Across<'a> {
    workspace: &'a Workspace,
    cards: &'a [Seen],
    companies: &'a [Company],
    /// Cards that are a copy of another, whose number is not theirs.
    copies: HashSet<usize>,
    found: Vec<Found>,
}

impl<'a> Across<'a> {
    fn folder(&self, seen: &Seen) -> &'a str {
        &self.companies[seen.company].folder
    }

    fn push(&mut self, seen: &Seen, finding: Finding) {
        let folder = self.folder(seen);
        let found = Found::at(folder, &joined(folder, CARD), finding);
        self.found.push(Found { card: seen.no.clone(), place: seen.no_at, ..found });
    }

    /// Of two folders with one id, the one that HEAD knows keeps it.
    fn ids(&mut self) -> Result<()> {
        let cards = self.cards;
        let mut by_id: HashMap<&str, Vec<&Seen>> = HashMap::with_capacity(cards.len());
        for seen in cards {
            by_id.entry(&seen.id).or_default().push(seen);
        }
        let twins: BTreeMap<&str, Vec<&Seen>> =
            by_id.into_iter().filter(|(_, twins)| twins.len() > 1).collect();
        for (id, twins) in twins {
            let folders: Vec<&str> = twins.iter().map(|seen| self.folder(seen)).collect();
            let in_head = self.workspace.history.head_cards(folders.iter().copied())?;
            let known = in_head.iter().find(|(_, bytes)| index::id_of(bytes).as_deref() == Some(id));
            let keeper = known.map(|(folder, _)| folder.as_str()).or_else(|| folders.iter().min().copied());
            let keeper = keeper.unwrap_or_default().to_owned();
            let copies: Vec<&Seen> = twins.into_iter().filter(|seen| self.folder(seen) != keeper).collect();
            for seen in copies {
                self.copies.insert(seen.company);
                let said = Said::CopiedFolder { other: keeper.clone() };
                let seen = Seen { no: String::new(), ..seen.clone() };
                self.push(&seen, Finding::new(said, Mend::Fixable).fixed_by(Fix::Adopt));
            }
        }
        Ok(())
    }

    fn numbers(&mut self) {
        let mut first: HashMap<&(String, i64), &Seen> = HashMap::with_capacity(self.cards.len());
        for seen in self.cards {
            let Some(number) = seen.number.as_ref().filter(|_| !self.copies.contains(&seen.company)) else {
                continue;
            };
            let Some(other) = first.get(number) else {
                first.insert(number, seen);
                continue;
            };
            let said = Said::SameNumber { no: seen.no.clone(), other: self.folder(other).to_owned() };
            let seen = Seen { no_at: self.number_at(seen), ..seen.clone() };
            self.push(&seen, Finding::new(said, Mend::DropNumber));
        }
    }

    /// Where the number stands in a card: read again, since it is asked for seldom.
    fn number_at(&self, seen: &Seen) -> Option<(usize, usize)> {
        let path = self.workspace.root.join(self.folder(seen)).join(CARD);
        let text = std::fs::read_to_string(path).ok()?;
        locate::place(&text, &[], Some("no")).map(|at| read::line_and_column(&text, at))
    }

    fn former_ids(&mut self) {
        let with_former: Vec<&Seen> = self.cards.iter().filter(|seen| !seen.former.is_empty()).collect();
        for seen in with_former {
            for id in &seen.former {
                let other = self.cards.iter().find(|c| c.id == *id && c.company != seen.company);
                let Some(other) = other else { continue };
                let said = Said::FormerIdInUse { id: id.clone(), other: self.folder(other).to_owned() };
                self.push(seen, Finding::new(said, Mend::DropFormerId));
            }
        }
    }

    /// Folders of one country whose names a file system may take for one. The number goes behind the
    /// name of the one with the greater id.
    fn folder_names(&mut self, folded: &[(usize, String)]) {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::with_capacity(folded.len());
        for (at, name) in folded {
            by_name.entry(name).or_default().push(*at);
        }
        let mut twins: Vec<Vec<usize>> = by_name.into_values().filter(|all| all.len() > 1).collect();
        twins.sort();
        for all in twins {
            let seen =
                |at: usize| self.cards.binary_search_by_key(&at, |c| c.company).ok().map(|i| &self.cards[i]);
            let mut all: Vec<(usize, Option<&Seen>)> = all.into_iter().map(|at| (at, seen(at))).collect();
            all.sort_by_key(|(at, seen)| (seen.is_none(), seen.map(|s| s.id.clone()), *at));
            let first = self.companies[all[0].0].folder.clone();
            for (at, seen) in all.into_iter().skip(1) {
                self.same_name(&self.companies[at].folder, &first, seen);
            }
        }
    }

    fn same_name(&mut self, folder: &str, first: &str, seen: Option<&Seen>) {
        let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let said = Said::SameFolderName { other: first.to_owned() };
        let number = seen.filter(|s| s.number.is_some() && !self.copies.contains(&s.company));
        let target = number.map(|s| joined(parent, &names::with_number(name, parent, &s.no)));
        let finding = match target.filter(|t| !self.workspace.root.join(t).exists()) {
            Some(target) => Finding::new(said, Mend::Fixable).fixed_by(Fix::Rename(target)),
            None => Finding::new(said, Mend::RenameFolder),
        };
        let card = number.map(|s| s.no.clone()).unwrap_or_default();
        self.found.push(Found { card, ..Found::at(folder, folder, finding) });
    }

    /// Customers that HEAD has and that are nowhere in the layout.
    fn missing(&mut self, cardless: &[usize], in_head: &[String]) -> Result<()> {
        let mut there: HashSet<&str> = self.companies.iter().map(|c| c.folder.as_str()).collect();
        cardless.iter().for_each(|at| {
            there.remove(self.companies[*at].folder.as_str());
        });
        let away: Vec<&str> = in_head.iter().map(String::as_str).filter(|f| !there.contains(f)).collect();
        for (folder, bytes) in self.workspace.history.head_cards(away.into_iter())? {
            let card = std::str::from_utf8(&bytes).ok().and_then(|text| read::read(text, &SCHEMA).ok());
            let Some(card) = card else { continue };
            if self.cards.iter().any(|seen| seen.id == card.basics.id) {
                continue;
            }
            let value =
                |key| card.basics.get(SCHEMA.card, key).map(|v| v.text().into_owned()).unwrap_or_default();
            let said = Said::MissingCustomer { no: value("no"), name: value("name") };
            let found = Found::at(&folder, &joined(&folder, CARD), Finding::new(said, Mend::PutBack));
            self.found.push(Found { card: value("no"), ..found });
        }
        Ok(())
    }
}
