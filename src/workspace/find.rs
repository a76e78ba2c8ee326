//! CARD: the customer that a person means by a number, an id, a folder or a name.

use super::Workspace;
use super::astray::{Meant, means};
use crate::card::near::nearest;
use crate::card::{Card, read};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::List;
use crate::index::{self, Known, ask};
use crate::sections::SCHEMA;

/// Candidates that an error lists at most.
pub(super) const LISTED: usize = 20;

impl Workspace {
    /// The one customer that a text means.
    ///
    /// # Errors
    /// When there is none, with the near names; when there is more than one, with all of them.
    pub fn find(&self, text: &str) -> Result<Known> {
        if let Some(known) = self.find_in_place(text) {
            return Ok(known);
        }
        let (mut found, broken, missing) =
            self.ask(|index| Ok((index.find(text)?, index.broken()?, index.missing()?)))?;
        if found.len() > 1
            && let Some(owner) = self.number_in_head(text, &found)?
        {
            return Ok(owner);
        }
        if let Some(unreadable) = self.unreadable(&broken, |folder, card| {
            is_folder(text, folder) || card.is_some_and(|card| is_exactly(text, card))
        })? {
            return Err(unreadable);
        }
        // So does one whose folder was dragged away; unless another one is named as exactly.
        if !found.iter().any(|known| means(text, known, Meant::Exactly))
            && let Some(astray) = self.astray(text, &missing, Meant::Exactly)
        {
            return Err(astray);
        }
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => match self.unreadable(&broken, |folder, card| is_like(text, folder, card))? {
                Some(unreadable) => Err(unreadable),
                None => Err(match self.astray(text, &missing, Meant::Nearly) {
                    Some(astray) => astray,
                    None => self.nobody(text)?,
                }),
            },
            _ => Err(several(text, &found)),
        }
    }

    /// The customers that texts mean, one each. Those that a number, an id or a folder names are
    /// looked up in one look at the archive.
    ///
    /// # Errors
    /// As [`Workspace::find`], for the first that means nobody or several.
    pub fn find_all(&self, texts: &[String]) -> Result<Vec<Known>> {
        if texts.len() < 2 {
            return texts.iter().map(|text| self.find(text)).collect();
        }
        let exactly = self.ask(|index| {
            let whole = index.broken()?.is_empty();
            let find = |text: &String| Ok(if whole { index.find_exactly(text.trim())? } else { Vec::new() });
            texts.iter().map(find).collect::<index::Answer<Vec<_>>>()
        })?;
        let found = texts.iter().zip(exactly);
        found
            .map(|(text, mut exactly)| match exactly.pop().filter(|_| exactly.is_empty()) {
                Some(known) => Ok(known),
                None => self.find(text),
            })
            .collect()
    }

    /// The customer whose folder or number a text is, where nothing can have come between: the index is
    /// of this HEAD and knows one such customer, and the same one stands there on the disk and in HEAD.
    /// Then no other card needs to be looked at: a number is that customer's who has it in HEAD.
    fn find_in_place(&self, text: &str) -> Option<Known> {
        let mut found = index::as_it_was(&self.source(), |index| index.in_place(text))?;
        let known = found.pop().filter(|known| found.is_empty() && known.id == known.text_id)?;
        let open = self.read(&known).ok()?;
        let (_, in_head) = self.history.head_cards([known.folder.as_str()].into_iter()).ok()?.pop()?;
        let is_it =
            |card: &Card| card.basics.id == known.id && (text.contains('/') || has_number(text, card));
        let value = |key| open.card.basics.get(SCHEMA.card, key).map(|v| v.text().into_owned());
        // Mostly the disk has what HEAD has, which need not be read twice.
        let is_in_head = in_head == open.text.as_bytes() || {
            let in_head = std::str::from_utf8(&in_head).ok()?;
            is_it(&self.card_of(in_head).ok()?)
        };
        (is_in_head && is_it(&open.card)).then(|| Known { no: value("no"), name: value("name"), ..known })
    }

    /// Of several customers with one number the one that has it in HEAD: another one got it by hand
    /// since, and HEAD does not know of it yet.
    fn number_in_head(&self, text: &str, found: &[Known]) -> Result<Option<Known>> {
        if ask::split_number(text.trim()).is_none() {
            return Ok(None);
        }
        let folders: Vec<String> = found.iter().map(|known| known.folder.clone()).collect();
        let in_head = self.cards_in_head(&folders)?;
        let has_it = |known: &&Known| {
            in_head.iter().any(|(folder, card)| {
                *folder == known.folder && card.basics.id == known.id && has_number(text, card)
            })
        };
        let mut owners = found.iter().filter(has_it);
        Ok(owners.next().filter(|_| owners.next().is_none()).cloned())
    }

    /// Why a card cannot be read, of the first one that is meant: by its folder, or by the card that
    /// HEAD has there. One that a text names exactly goes before a customer whose name only has that
    /// text in it.
    fn unreadable(
        &self,
        broken: &[String],
        is_meant: impl Fn(&str, Option<&Card>) -> bool,
    ) -> Result<Option<Error>> {
        if broken.is_empty() {
            return Ok(None);
        }
        let in_head = self.cards_in_head(broken)?;
        let in_head = |folder: &str| in_head.iter().find(|(f, _)| f == folder).map(|(_, card)| card);
        let meant = broken.iter().find(|folder| is_meant(folder, in_head(folder)));
        Ok(meant.and_then(|folder| self.read(&Known::only_at(folder)).err()))
    }

    /// The cards that HEAD has in these folders, by folder: what is broken on the disk was whole there.
    pub(super) fn cards_in_head(&self, folders: &[String]) -> Result<Vec<(String, Card)>> {
        let found = self.history.head_cards(folders.iter().map(String::as_str))?;
        let card = |bytes: Vec<u8>| read::read(std::str::from_utf8(&bytes).ok()?, &SCHEMA).ok();
        Ok(found.into_iter().filter_map(|(folder, bytes)| Some((folder, card(bytes)?))).collect())
    }

    fn nobody(&self, text: &str) -> Result<Error> {
        let names = self.ask(crate::index::Index::names)?;
        let folded = ask::fold_name(text);
        let words = names.iter().flat_map(|(known, lookup)| {
            let lines = lookup.split('\n').filter(|l| !l.is_empty());
            lines.flat_map(|line| std::iter::once(line).chain(line.split(' '))).map(move |word| (known, word))
        });
        let words: Vec<(&Known, &str)> = words.collect();
        let near = nearest(&folded, words.iter().map(|(_, word)| *word));
        let error = Error::not_found(Problem::NoSuchCard { query: text.into() });
        Ok(match near {
            Some(near) => {
                let mut meant: Vec<String> =
                    words.iter().filter(|(_, w)| *w == near).map(|(k, _)| line(k)).collect();
                meant.dedup();
                meant.truncate(LISTED);
                error.hint(Hint::DidYouMean { near: List(meant) })
            }
            None => error.hint(Hint::ListThem),
        })
    }
}

/// Whether a text is the path of this folder or of its card, or the folder's own name.
pub(super) fn is_folder(text: &str, folder: &str) -> bool {
    let path = ask::folder_meant(text);
    let company = folder.rsplit('/').next().unwrap_or(folder);
    path == folder || ask::fold_name(path) == ask::fold_name(company)
}

/// Whether a text is the number, the id or the name of this card.
fn is_exactly(text: &str, card: &Card) -> bool {
    let name = card.basics.get(SCHEMA.card, "name").map(|v| v.text().into_owned());
    let same_name = name.is_some_and(|name| ask::fold_name(&name) == ask::fold_name(text));
    has_number(text, card) || same_name || card.basics.id == text.trim().to_lowercase()
}

/// Whether a text is the number of this card.
fn has_number(text: &str, card: &Card) -> bool {
    let no = card.basics.get(SCHEMA.card, "no").map(|v| v.text().into_owned());
    no.is_some_and(|no| is_number(text, &no))
}

/// Whether a text is this number, as a person writes it.
pub(super) fn is_number(text: &str, no: &str) -> bool {
    let number = ask::split_number(text.trim());
    number.is_some() && ask::split_number(no) == number
}

/// Whether a text is a part of this folder's name or of the name of the card.
fn is_like(text: &str, folder: &str, card: Option<&Card>) -> bool {
    let text = ask::fold_name(text);
    let company = folder.rsplit('/').next().unwrap_or(folder);
    let name = card.and_then(|card| card.basics.get(SCHEMA.card, "name")).map(|v| v.text().into_owned());
    let has = |name: &str| ask::fold_name(name).contains(&text);
    !text.is_empty() && (has(company) || name.is_some_and(|name| has(&name)))
}

fn several(text: &str, found: &[Known]) -> Error {
    let error = Error::not_found(Problem::SeveralCards { query: text.into(), count: found.len() });
    // A number that two have tells nobody which of them is meant: their ids do.
    let number = |known: &Known| known.no.as_deref().and_then(ask::split_number);
    let has_twin = |known: &Known| {
        number(known).is_some_and(|no| found.iter().filter(|k| number(k).as_ref() == Some(&no)).count() > 1)
    };
    if found.iter().take(LISTED).any(has_twin) {
        let by_id = |known: &Known| line(&Known { no: Some(known.id.clone()), ..known.clone() });
        return error.detail(found.iter().take(LISTED).map(by_id)).hint(Hint::Renumber);
    }
    error.detail(found.iter().take(LISTED).map(line)).hint(Hint::BeExact)
}

/// One customer as a line: number, name, folder.
pub(super) fn line(known: &Known) -> String {
    let no = known.no.as_deref().unwrap_or(&known.id);
    let name = known.name.as_deref().unwrap_or("");
    format!("{no}  {name}  ({})", known.folder)
}
