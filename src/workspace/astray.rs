//! A customer who is meant and cannot be found: HEAD has the card, and its folder was dragged to a place
//! where no customer is looked for, or is gone.

use super::Workspace;
use super::find::{LISTED, is_folder, is_number, line};
use crate::error::{Error, Hint, Problem};
use crate::index::{Known, ask};

/// How exactly a text must mean a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// By number, id, folder or whole name.
    Exactly,
    /// Or by a part of the name or the folder's name.
    Nearly,
}

impl Workspace {
    /// Why nobody is found, where a text means customers who are missing at their places: where they are
    /// now, and what mends it. Nothing where it means none of these.
    pub(super) fn astray(&self, text: &str, missing: &[Known], how: Meant) -> Option<Error> {
        let mut meant: Vec<Known> = missing.iter().filter(|known| means(text, known, how)).cloned().collect();
        // The folder may be named where it is now.
        let by_path = meant.is_empty() && text.contains('/');
        let strays = if meant.is_empty() && !by_path { Vec::new() } else { self.strays() };
        if by_path && let Some((id, stray)) = strays.iter().find(|(_, stray)| is_path(text, stray)) {
            match missing.iter().find(|known| known.id == *id) {
                Some(known) => meant.push(known.clone()),
                None => return Some(no_place(stray)),
            }
        }
        let stray = |known: &Known| strays.iter().find(|(id, _)| *id == known.id).map(|(_, stray)| stray);
        match meant.as_slice() {
            [] => None,
            [one] => Some(not_there(one, stray(one))),
            several => {
                let now = several.iter().map(|known| match stray(known) {
                    Some(stray) => Known { folder: stray.clone(), ..known.clone() },
                    None => known.clone(),
                });
                let problem = Problem::SeveralAstray { query: text.into(), count: several.len() };
                let lines: Vec<String> = now.take(LISTED).map(|known| line(&known)).collect();
                Some(Error::not_found(problem).detail(lines).hint(Hint::PutBack))
            }
        }
    }
}

/// Whether a text means this customer.
pub(super) fn means(text: &str, known: &Known, how: Meant) -> bool {
    let name = known.name.as_deref().map(ask::fold_name).unwrap_or_default();
    let folded = ask::fold_name(text);
    let exactly = known.no.as_deref().is_some_and(|no| is_number(text, no))
        || known.id == text.trim().to_lowercase()
        || (!name.is_empty() && name == folded)
        || is_folder(text, &known.folder);
    let company = known.folder.rsplit('/').next().unwrap_or_default();
    let is_part = || name.contains(&folded) || ask::fold_name(company).contains(&folded);
    exactly || (how == Meant::Nearly && !folded.is_empty() && is_part())
}

fn is_path(text: &str, folder: &str) -> bool {
    ask::folder_meant(text) == folder
}

fn not_there(known: &Known, stray: Option<&String>) -> Error {
    let (no, name) = (known.no.clone().unwrap_or_else(|| known.id.clone()), known.name.clone());
    let (name, folder) = (name.unwrap_or_default(), known.folder.clone());
    match stray {
        Some(stray) => {
            let problem = Problem::CardAstray { no, name, folder: folder.clone(), stray: stray.clone() };
            Error::not_found(problem).hint(Hint::MoveBack { stray: stray.clone(), folder })
        }
        None => Error::not_found(Problem::CardGone { no, name, folder }).hint(Hint::PutBack),
    }
}

/// A card of which history knows nothing, at no place for one.
fn no_place(stray: &str) -> Error {
    Error::not_found(Problem::NoPlace { stray: stray.to_owned() }).hint(Hint::MoveToPlace)
}
