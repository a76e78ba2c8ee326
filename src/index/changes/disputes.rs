//! Fields that got a second value, and those for which somebody decided: changes also where what the field
//! shows stays.

use std::collections::BTreeSet;

use toml::Table;

use crate::card::compare::Difference;
use crate::card::conflicts::{self, Conflict};
use crate::card::merge::PLACES;
use crate::card::read::plain;

/// What stands between the values of a field that has several.
const BESIDE: &str = " | ";

/// A card as a text in a folder.
pub(super) struct Filed<'s> {
    pub(super) folder: &'s str,
    pub(super) text: &'s str,
}

/// Adds to the differences those of fields that have several values before or after.
pub(super) fn add(old: &Filed<'_>, new: &Filed<'_>, found: &mut Vec<Difference>) {
    let tables = [old, new].map(|of| conflicts::text_with_conflicts(of.text));
    if tables.iter().all(Option::is_none) {
        return;
    }
    let [before, after] = tables.map(|table| table.as_ref().map(conflicts::all).unwrap_or_default());
    let [was, is] = [old, new].map(|of| of.text.parse::<Table>().unwrap_or_default());
    let paths = before.iter().chain(&after).map(|conflict| conflict.path.as_str());
    for path in paths.collect::<BTreeSet<_>>() {
        let [first, then] = [&before, &after].map(|all| all.iter().find(|conflict| conflict.path == path));
        if first.map(|one| &one.others) == then.map(|one| &one.others) {
            continue;
        }
        let difference = Difference {
            path: path.to_owned(),
            old: joined(shown(old, &was, path), first),
            new: joined(shown(new, &is, path), then),
        };
        match found.iter_mut().find(|known| known.path == path) {
            Some(known) => *known = difference,
            None => found.push(difference),
        }
    }
}

/// What a field shows.
fn shown(of: &Filed<'_>, card: &Table, path: &str) -> Option<String> {
    match PLACES.iter().position(|place| *place == path) {
        Some(at) => of.folder.split('/').nth(at).map(str::to_owned),
        None => conflicts::at(card, path).map(plain),
    }
}

/// All values as one line.
fn joined(shown: Option<String>, conflict: Option<&Conflict>) -> Option<String> {
    let Some(conflict) = conflict else { return shown };
    let all = shown.into_iter().chain(conflict.others.iter().cloned());
    Some(all.collect::<Vec<_>>().join(BESIDE))
}
