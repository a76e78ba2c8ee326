//! The customers of three trees by the ids of their cards.

use std::collections::BTreeMap;

use git2::Oid;
use toml::{Table, Value};

use super::draft::{Entry, Name};
use super::{Joining, Said};
use crate::card::merge::{Place, Side, Sides};
use crate::error::Result;
use crate::history::git_error;
use crate::history::tree::card_in;

/// A place at which the three trees differ and at least one has a card.
pub(super) struct Company {
    pub(super) place: Place,
    pub(super) folders: Sides<Option<Oid>>,
}

/// A customer's folder in one of the trees.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Folder {
    pub(super) place: Place,
    pub(super) tree: Oid,
    card: Option<Card>,
}

/// A card as a tree has it.
#[derive(Clone, Debug, PartialEq)]
struct Card {
    text: String,
    /// What it says; `None` where it is no TOML.
    table: Option<Table>,
}

impl Folder {
    /// The text of the card; empty where there is none.
    pub(super) fn text(&self) -> &str {
        self.card.as_ref().map_or("", |card| &card.text)
    }

    pub(super) fn is_unreadable(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.table.is_none())
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.field("id").and_then(Value::as_str)
    }

    /// The number, or where it stands while there is none.
    pub(super) fn number(&self) -> String {
        self.field("no").and_then(Value::as_str).map_or_else(|| self.place.join("/"), str::to_owned)
    }

    fn field(&self, key: &str) -> Option<&Value> {
        self.card.as_ref()?.table.as_ref()?.get(key)
    }

    /// The ids and numbers of cards that were merged into this one.
    fn former(&self) -> impl Iterator<Item = &str> {
        self.field("former_ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }
}

/// A customer at the base, ours and theirs.
#[derive(Default)]
pub(super) struct Customer {
    pub(super) sides: Sides<Option<Folder>>,
}

/// Who has a customer.
pub(super) enum Presence<'f> {
    /// Nobody any more.
    Gone,
    /// Both.
    Both(&'f Folder, &'f Folder),
    /// One, who made it.
    New(&'f Folder),
    /// One, who changed it while this side removed it.
    Edited(&'f Folder, Side),
}

impl Customer {
    pub(super) fn presence(&self) -> Presence<'_> {
        let Sides { base, ours, theirs } = &self.sides;
        match (base, ours, theirs) {
            (_, Some(ours), Some(theirs)) => Presence::Both(ours, theirs),
            (_, None, None) => Presence::Gone,
            (None, Some(one), None) | (None, None, Some(one)) => Presence::New(one),
            (Some(base), Some(one), None) | (Some(base), None, Some(one)) if base == one => Presence::Gone,
            (Some(_), Some(one), None) => Presence::Edited(one, Side::Theirs),
            (Some(_), None, Some(one)) => Presence::Edited(one, Side::Ours),
        }
    }
}

/// The customers by id; one without an id by its place, with a slash before it.
#[derive(Default)]
pub(super) struct Customers(BTreeMap<String, Customer>);

impl<'c> IntoIterator for &'c Customers {
    type Item = (&'c String, &'c Customer);
    type IntoIter = std::collections::btree_map::Iter<'c, String, Customer>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Customers {
    /// The customer into whom one side merged another one.
    pub(super) fn survivor(&self, id: &str, side: Side) -> Option<String> {
        let was_merged_into = |customer: &Customer| {
            let folder = match side {
                Side::Ours => &customer.sides.ours,
                Side::Theirs => &customer.sides.theirs,
            };
            folder.as_ref().is_some_and(|folder| folder.former().any(|former| former == id))
        };
        self.0.iter().find(|(_, customer)| was_merged_into(customer)).map(|(key, _)| key.clone())
    }
}

/// The folders that base, ours and theirs have of a customer: one each, as a rule.
type Found = BTreeMap<String, [Vec<Folder>; 3]>;

impl Joining<'_> {
    /// A company at a path, where one of the trees has a card there. A name that is not UTF-8 is no
    /// customer's.
    pub(super) fn company(&self, path: &[Name], sides: Sides<Option<Entry>>) -> Result<Option<Company>> {
        if sides.into_array().into_iter().flatten().any(|entry| !entry.is_folder()) {
            return Ok(None);
        }
        let folders = sides.map(|entry| entry.map(|entry| entry.id));
        let mut has_card = false;
        for tree in folders.into_array().into_iter().flatten() {
            has_card |= card_in(&self.repo().find_tree(tree).map_err(git_error)?).is_some();
        }
        let names = path.iter().filter_map(|name| String::from_utf8(name.clone()).ok());
        let place: Option<Place> = names.collect::<Vec<String>>().try_into().ok();
        Ok(place.filter(|_| has_card).map(|place| Company { place, folders }))
    }

    /// The customers by key. A folder without an id is the customer that the others have at its place.
    pub(super) fn by_key(&mut self, companies: &[Company]) -> Result<Customers> {
        let mut found = Found::new();
        for Company { place, folders } in companies {
            let read = |tree: Option<Oid>| tree.map(|tree| self.read(place, tree)).transpose();
            let here =
                Sides { base: read(folders.base)?, ours: read(folders.ours)?, theirs: read(folders.theirs)? };
            let known = here.as_ref().into_array().into_iter().flatten().find_map(Folder::id);
            let at_place = known.map_or_else(|| format!("/{}", place.join("/")), str::to_owned);
            let key = |folder: &Folder| folder.id().map_or_else(|| at_place.clone(), str::to_owned);
            let Sides { base, ours, theirs } = here;
            for (side, folder) in [base, ours, theirs].into_iter().enumerate() {
                if let Some(folder) = folder {
                    found.entry(key(&folder)).or_default()[side].push(folder);
                }
            }
        }
        Ok(self.without_twins(found))
    }

    fn read(&self, place: &Place, tree: Oid) -> Result<Folder> {
        let card = match card_in(&self.repo().find_tree(tree).map_err(git_error)?) {
            None => None,
            Some(id) => {
                let bytes = self.history.content(id)?;
                let table = std::str::from_utf8(&bytes).ok().and_then(|text| toml::from_str(text).ok());
                Some(Card { text: String::from_utf8_lossy(&bytes).into_owned(), table })
            }
        };
        Ok(Folder { place: place.clone(), tree, card })
    }

    /// Of several folders with one id in one tree, the one at the base's place is the customer; the others
    /// are carried along where they stand.
    fn without_twins(&mut self, found: Found) -> Customers {
        let mut customers = Customers::default();
        for (key, sides) in found {
            let first = |sides: &[Vec<Folder>]| sides.iter().flatten().map(|f| f.place.clone()).min();
            let place = first(&sides[..1]).or_else(|| first(&sides[1..]));
            for (side, mut folders) in sides.into_iter().enumerate() {
                folders.sort_by(|one, other| {
                    let is_other = |folder: &Folder| Some(&folder.place) != place.as_ref();
                    (is_other(one), &one.place).cmp(&(is_other(other), &other.place))
                });
                let mut kept: Option<Place> = None;
                for folder in folders {
                    let key = match &kept {
                        None => key.clone(),
                        Some(one) => {
                            let (one, other) = (one.join("/"), folder.place.join("/"));
                            let key = format!("{key}/{other}");
                            self.said.push(Said::TwoFolders { one, other });
                            key
                        }
                    };
                    kept.get_or_insert_with(|| folder.place.clone());
                    let customer = customers.0.entry(key).or_default();
                    *match side {
                        0 => &mut customer.sides.base,
                        1 => &mut customer.sides.ours,
                        _ => &mut customer.sides.theirs,
                    } = Some(folder);
                }
            }
        }
        customers
    }
}
