//! Where a card's folder stands, merged like fields of the card: so that a folder moved on one side
//! and edited on the other ends at the new place with the edits.

use toml::Value;

use super::Sides;
use super::tree::{Document, Node};

/// The paths under which stage, country and company are named in conflicts.
pub const PLACES: [&str; 3] = ["@stage", "@country", "@folder"];

/// The names of the folders above a card: stage, country, company.
pub type Place = [String; 3];

/// The documents with their places among the fields.
pub(super) fn filed(mut documents: Sides<Document>, places: Sides<Option<&Place>>) -> Sides<Document> {
    for (document, place) in [
        (&mut documents.base, places.base),
        (&mut documents.ours, places.ours),
        (&mut documents.theirs, places.theirs),
    ] {
        for (path, name) in PLACES.into_iter().zip(place.into_iter().flatten()) {
            document.entries.insert(path.to_owned(), Node::Value(Value::from(name.as_str())));
        }
    }
    documents
}

/// The place of a merged document, which has none any more.
pub(super) fn taken_from(merged: &mut Document) -> Option<Place> {
    let names = PLACES.map(|path| match merged.entries.remove(path).map(|node| node.value()) {
        Some(Value::String(name)) => Some(name),
        _ => None,
    });
    let [Some(stage), Some(country), Some(folder)] = names else { return None };
    Some([stage, country, folder])
}

/// Whether two documents have the same conflicts of place.
pub(super) fn same_conflicts(one: &Document, other: &Document) -> bool {
    PLACES.iter().all(|path| one.conflicts.by_path.get(*path) == other.conflicts.by_path.get(*path))
}
