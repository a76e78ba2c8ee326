//! Search in the folded text of all cards. It is kept in a file of its own, which only searches read
//! and bring up to date, so that nothing else pays for it; a card whose text is not there, or not of
//! the card as it is now, is read. So the file saves time and never changes an answer.

mod file;
mod segment;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::file::{Addition, Kept};
use self::segment::Segment;
use super::ground::{self, Ground, Reader};
use super::read_ahead::read_ahead;
use super::{Index, Source};
use crate::archive::sweep::{RACY, Sweep};
use crate::error::Result;
use crate::rules::search::{FoldedCard, Query, Rank};

/// A card in which something was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// How well it answers.
    pub rank: Rank,
    /// Where it stands.
    pub folder: String,
}

/// What a search gave.
#[derive(Debug)]
pub(crate) struct Searched {
    /// The cards, the best first.
    pub found: Vec<Found>,
    /// How many cards had to be read, since the file did not have their text.
    #[cfg_attr(not(test), allow(dead_code, reason = "tests hold that the file is used"))]
    pub read: usize,
}

/// A company by its place in the sweep: the country's folder, and the company in it.
type Company = (usize, usize);

/// What is known of a company's card while a search goes on.
#[derive(Clone, Debug, Default)]
struct Looked {
    /// Whether it was looked at as it is now.
    is_current: bool,
    /// The bytes of it in the file.
    length: u64,
    /// How well it answers, if it does.
    rank: Option<Rank>,
}

impl Index {
    /// The cards in which something is found, the best first; `is_asked` says of a folder whether it is
    /// to be looked at.
    ///
    /// # Errors
    /// When a past day cannot be read from history.
    pub(crate) fn search(
        &self,
        source: &Source<'_>,
        query: &Query,
        is_asked: &dyn Fn(&str) -> bool,
    ) -> Result<Searched> {
        let past = source.history.is_pinned().then(|| ground::survey(source, |_, _| None)).transpose()?;
        let now = Ground::WorkTree(source.root.to_owned());
        let (sweep, ground) = past.as_ref().map_or((&self.sweep, &now), |(sweep, ground)| (sweep, ground));
        let mut search = Search::new(sweep, query);
        let kept = Kept::open(source, |segment| search.look_at_kept(segment));
        let kept = if search.is_mostly_dead(&kept) { kept.forgotten() } else { kept };
        let read = search.read_the_rest(&kept, ground);
        Ok(Searched { found: search.found(is_asked), read })
    }
}

/// A search on its way.
struct Search<'a> {
    sweep: &'a Sweep,
    query: &'a Query,
    /// A list per country folder.
    looked: Vec<Vec<Looked>>,
    /// The place of each country's folder.
    folders: HashMap<&'a str, usize>,
    /// The company whose text came last: that of the next one mostly follows.
    last: Company,
}

impl<'a> Search<'a> {
    fn new(sweep: &'a Sweep, query: &'a Query) -> Search<'a> {
        let looked = sweep.folders.iter().map(|f| vec![Looked::default(); f.companies.len()]).collect();
        let folders = sweep.folders.iter().enumerate().map(|(at, f)| (f.path.as_str(), at)).collect();
        Search { sweep, query, looked, folders, last: (0, 0) }
    }

    /// Looks at a text that was kept. A later one of the same card replaces it.
    fn look_at_kept(&mut self, segment: &Segment<'_>) {
        let Some((at, company)) = self.company(segment.folder) else { return };
        let is_current = self.sweep.folders[at].cards[company] == Some(segment.stat);
        let rank = if is_current { self.query.look(&segment.text) } else { None };
        let length = if is_current { segment.length } else { 0 };
        self.looked[at][company] = Looked { is_current, length, rank };
    }

    /// The company with this folder.
    fn company(&mut self, folder: &str) -> Option<Company> {
        let (country, company) = folder.rsplit_once('/')?;
        let (at, last) = self.last;
        let swept = self.sweep.folders.get(at)?;
        self.last = if swept.path == country && swept.companies.get(last + 1) == Some(company) {
            (at, last + 1)
        } else {
            let at = *self.folders.get(country)?;
            (at, self.sweep.folders[at].companies.position(company)?)
        };
        Some(self.last)
    }

    /// Whether more of the file is of no use than is: then it is made anew.
    fn is_mostly_dead(&self, kept: &Kept) -> bool {
        let alive: u64 = self.looked.iter().flatten().map(|looked| looked.length).sum();
        kept.whole > 2 * (alive + file::SMALL)
    }

    /// Reads the cards whose text was not kept, and keeps it. A card that is so young that its time
    /// stamps may stand for two states of it is read each time. How many were read.
    fn read_the_rest(&mut self, kept: &Kept, ground: &Ground) -> usize {
        let (sweep, query) = (self.sweep, self.query);
        let all = kept.is_anew();
        let mut to_read: Vec<Company> = Vec::new();
        for (at, folder) in sweep.folders.iter().enumerate() {
            let looked = self.looked[at].iter().zip(&folder.cards).enumerate();
            let rest = looked.filter(|(_, (looked, card))| card.is_some() && (all || !looked.is_current));
            to_read.extend(rest.map(|(company, _)| (at, company)));
        }
        let is_old = |(at, company): &Company| {
            let stat = sweep.folders[*at].cards[*company];
            stat.filter(|stat| stat.modified.max(stat.changed) < sweep.began - RACY)
        };
        let mut addition = if to_read.iter().any(|company| is_old(company).is_some()) {
            kept.addition()
        } else {
            Addition::None
        };
        let fold = |reader: &Reader<'_>, (at, company): &Company| {
            let folder = &sweep.folders[*at];
            let folder = format!("{}/{}", folder.path, folder.company(*company));
            let folded = reader.card(sweep, *at, *company).map(|card| FoldedCard::of(&card, &folder));
            let rank = folded.as_ref().and_then(|folded| query.look(&folded.as_text()));
            (folder, folded, rank)
        };
        let taken = read_ahead(
            &to_read,
            || ground.reader(),
            fold,
            |work, (folder, folded, rank)| {
                self.looked[work.0][work.1].rank = rank;
                // One that cannot be read may only have been moved away for a moment.
                if let (Some(stat), Some(folded)) = (is_old(&work), folded) {
                    addition.add(&Segment { stat, folder: &folder, text: folded.as_text(), length: 0 });
                }
                Ok::<(), std::convert::Infallible>(())
            },
        );
        match taken {
            Ok(()) => addition.keep(),
        }
        to_read.len()
    }

    /// What was found, the best first.
    fn found(self, is_asked: &dyn Fn(&str) -> bool) -> Vec<Found> {
        let mut found = Vec::new();
        for (folder, looked) in self.sweep.folders.iter().zip(self.looked) {
            for (company, looked) in looked.into_iter().enumerate() {
                let Some(rank) = looked.rank else { continue };
                let folder = format!("{}/{}", folder.path, folder.company(company));
                if is_asked(&folder) {
                    found.push(Found { rank, folder });
                }
            }
        }
        found.sort_unstable();
        found
    }
}
