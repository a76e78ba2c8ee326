//! What is wrong with cards that can be read, and cards that stand at no place for a customer.

use walkdir::WalkDir;

use super::{OpenCard, Workspace};
use crate::archive::CARD;
use crate::card::Finding;
use crate::card::read::line_and_column;
use crate::error::{Error, Hint, Problem};
use crate::i18n::Said;
use crate::i18n::notice::Notice;
use crate::index::{self, Known};

/// How deep a card is looked for that is nowhere in the layout.
const DEPTH: usize = 8;

impl OpenCard {
    /// A finding as `path:line:col`, with the line.
    pub fn explain(&self, finding: &Finding) -> Error {
        let (line, place) = self.place_of(finding);
        let excerpt = self.text.lines().nth(line - 1).unwrap_or("").trim_end().to_owned();
        Error::new(crate::error::Kind::InPart, Problem::CardFlaw { place, flaw: finding.flaw.clone() })
            .detail([excerpt])
            .hint(Hint::MendCard { path: self.place.card() })
    }

    /// What of its text is not understood, to be said after an edit by hand.
    pub(super) fn flaws(&self) -> impl Iterator<Item = Notice> {
        let left_out = self.card.findings.iter().filter(|f| f.left_out);
        left_out.map(|f| Notice::FlawByHand { place: self.place_of(f).1, flaw: Said::of(&f.flaw) })
    }

    /// The line of a finding, and its place as `path:line:col`.
    fn place_of(&self, finding: &Finding) -> (usize, String) {
        let (line, column) = line_and_column(&self.text, finding.at);
        (line, format!("{}:{line}:{column}", self.place.card()))
    }
}

impl Workspace {
    /// What was left out of a card.
    pub(super) fn flaw_in(&self, folder: &str) -> Vec<Error> {
        match self.read(&Known::only_at(folder)) {
            Ok(open) => open.card.findings.iter().filter(|f| f.left_out).map(|f| open.explain(f)).collect(),
            Err(error) => vec![error],
        }
    }

    /// The cards that stand at no place for a customer, with their ids.
    pub(super) fn strays(&self) -> Vec<(String, String)> {
        if self.history.is_pinned() {
            return self.strays_in_history();
        }
        let walk = WalkDir::new(&self.root).max_depth(DEPTH).into_iter();
        let walk = walk.filter_entry(|e| e.file_name() != ".git").filter_map(Result::ok);
        let cards = walk.filter(|e| e.file_type().is_file() && e.file_name() == CARD);
        let mut strays = Vec::new();
        for card in cards {
            let Some(folder) = card.path().parent().and_then(|p| p.strip_prefix(&self.root).ok()) else {
                continue;
            };
            let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            if self.layout.place(&folder).is_some() {
                continue;
            }
            if let Some(id) = std::fs::read(card.path()).ok().and_then(|bytes| index::id_of(&bytes)) {
                strays.push((id, folder));
            }
        }
        strays
    }

    fn strays_in_history(&self) -> Vec<(String, String)> {
        let cards = self.history.cards_anywhere().unwrap_or_default().into_iter();
        let strays = cards.filter(|(folder, _)| self.layout.place(folder).is_none());
        let id = |content: &str| index::id_of(&self.history.content_of(content).ok()?);
        strays.filter_map(|(folder, content)| Some((id(&content)?, folder))).collect()
    }
}
