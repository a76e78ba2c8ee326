//! Search in all text of all cards. The index says which cards; only those that are shown are opened,
//! and say where.

use std::collections::HashSet;

use super::{Losses, OpenCard, Workspace};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Text;
use crate::index::ask::Filter;
use crate::index::{Known, answer};
use crate::rules::search::Query;
use crate::sections::SCHEMA;

/// What is looked for, and where.
#[derive(Debug)]
pub struct Search {
    /// The words.
    pub query: Query,
    /// Only in cards that pass; in all, where there is none.
    pub filter: Option<Filter>,
    /// How many cards are opened at most.
    pub limit: Option<usize>,
}

/// What was found.
#[derive(Debug)]
pub struct SearchAnswer {
    /// The cards that answer best, opened, the best first. [`Query::hits`] says where.
    pub cards: Vec<OpenCard>,
    /// How many more there are.
    pub more: usize,
    /// What was not looked at.
    pub losses: Losses,
}

impl Workspace {
    /// Reads what a person looks for.
    ///
    /// # Errors
    /// When there is nothing in it.
    pub fn words(&self, text: &str) -> Result<Query> {
        let what = Text::new("TEXT", "文字", "文字");
        Query::read(text).ok_or_else(|| Error::usage(Problem::Missing { what }).hint(Hint::SearchWords))
    }

    /// Searches the cards.
    ///
    /// # Errors
    /// When the archive cannot be listed, or the filter cannot be answered.
    pub fn search(&self, search: &Search) -> Result<SearchAnswer> {
        let only: Option<HashSet<String>> = match &search.filter {
            None => None,
            Some(filter) => {
                let (customers, _) = self.customers(filter, &[], &[])?;
                Some(customers.into_iter().map(|customer| customer.known.folder).collect())
            }
        };
        let is_asked = |folder: &str| only.as_ref().is_none_or(|only| only.contains(folder));
        let source = self.source();
        let (found, losses) = answer(&source, |index| {
            Ok((index.search(&source, &search.query, &is_asked), Losses::of(index)?))
        })?;
        let found = found?.found;
        let shown = search.limit.unwrap_or(found.len()).min(found.len());
        let more = found.len() - shown;
        let cards = found.iter().take(shown).filter_map(|found| self.found_card(&found.folder, &losses));
        Ok(SearchAnswer { cards: cards.collect(), more, losses: self.explain(losses) })
    }

    /// A card that was found, with what it is known by; `None`, if it has gone since.
    fn found_card(&self, folder: &str, losses: &Losses) -> Option<OpenCard> {
        let mut open = self.read(&Known::only_at(folder)).ok()?;
        let value = |key| open.card.basics.get(SCHEMA.card, key).map(|v| v.text().into_owned());
        let id = open.card.basics.id.clone();
        let copy = losses.copies.iter().find(|copy| copy.folder == folder).cloned();
        open.known = copy.unwrap_or_else(|| Known {
            text_id: id.clone(),
            id,
            no: value("no"),
            name: value("name"),
            folder: folder.to_owned(),
        });
        Some(open)
    }
}
