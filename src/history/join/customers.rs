//! Customers: folders with a card, by the card's id. Card, place and papers merge each on its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::draft::{self, Draft, Entry, Name};
use super::keyed::{Company, Customer, Folder, Presence};
use super::{Joining, Said};
use crate::archive::{CARD, names};
use crate::card::edit::{self, Edit};
use crate::card::merge::{Place, Sides, merge, merge_filed};
use crate::error::Result;
use crate::history::git_error;
use crate::sections::SCHEMA;

/// Where the other card is filed when one cannot be read.
const OTHER_CARD: &[u8] = b"card.theirs.toml";

/// A customer as it ends.
struct Settled {
    place: Place,
    entries: BTreeMap<Name, Entry>,
    /// The number, or what stands for it.
    no: String,
    /// Where ours has it.
    ours: Option<Place>,
}

/// A card as it ends: its text, and another one beside it.
struct Cards {
    text: String,
    place: Place,
    beside: Option<String>,
}

impl<'h> Joining<'h> {
    /// Merges the customers and files them; how many of them the other side changed.
    pub(super) fn customers(&mut self, companies: &[Company], draft: &mut Draft<'h>) -> Result<usize> {
        for company in companies {
            draft.put(&path(&company.place), None)?;
        }
        let customers = self.by_key(companies)?;
        let mut settled = BTreeMap::new();
        let mut going_on = Vec::new();
        for (key, customer) in &customers {
            let ended = match customer.presence() {
                Presence::Gone => continue,
                Presence::Both(ours, theirs) => self.merged(customer, ours, theirs)?,
                Presence::New(one) => self.as_it_is(one)?,
                Presence::Edited(one, side) => match customers.survivor(key, side) {
                    Some(into) => {
                        going_on.push((customer, one, into));
                        continue;
                    }
                    None => {
                        self.said.push(Said::Kept { no: one.number(), field: String::new() });
                        self.as_it_is(one)?
                    }
                },
            };
            let ours = customer.sides.ours.as_ref().map(|folder| folder.place.clone());
            settled.insert(key.clone(), Settled { ours, ..ended });
        }
        for (customer, edited, into) in going_on {
            let went = match settled.get_mut(&into) {
                Some(survivor) => self.go_on(customer, edited, survivor)?,
                None => false,
            };
            if !went {
                let key = edited.id().unwrap_or_default().to_owned();
                settled.insert(key, self.as_it_is(edited)?);
            }
        }
        self.file(settled, draft)?;
        let is_theirs = |customer: &Customer| customer.sides.theirs != customer.sides.base;
        Ok((&customers).into_iter().filter(|(_, customer)| is_theirs(customer)).count())
    }

    fn as_it_is(&self, folder: &Folder) -> Result<Settled> {
        let entries = draft::entries(self.repo(), Some(folder.tree))?;
        Ok(Settled { place: folder.place.clone(), entries, no: folder.number(), ours: None })
    }

    /// A customer that both sides have.
    fn merged(&mut self, customer: &Customer, ours: &Folder, theirs: &Folder) -> Result<Settled> {
        let base = customer.sides.base.as_ref();
        if Some(theirs) == base || ours == theirs {
            return self.as_it_is(ours);
        }
        if Some(ours) == base {
            return self.as_it_is(theirs);
        }
        let cards = self.cards(Sides { base, ours: Some(ours), theirs: Some(theirs) })?;
        let trees = Sides { base: base.map(|f| f.tree), ours: Some(ours.tree), theirs: Some(theirs.tree) };
        let mut entries = self.papers(&cards.place, trees.map(|tree| tree.map(Entry::folder)))?;
        self.put_card(&mut entries, &cards)?;
        Ok(Settled { place: cards.place, entries, no: ours.number(), ours: None })
    }

    /// The papers of a customer, merged file by file.
    fn papers(&mut self, place: &Place, trees: Sides<Option<Entry>>) -> Result<BTreeMap<Name, Entry>> {
        let mut inner = self.inner(trees)?;
        for entries in [&mut inner.base, &mut inner.ours, &mut inner.theirs] {
            entries.remove(CARD.as_bytes());
        }
        self.entries(&path(place), &inner)
    }

    fn put_card(&self, entries: &mut BTreeMap<Name, Entry>, cards: &Cards) -> Result<()> {
        let beside = cards.beside.as_ref().map(|text| (OTHER_CARD, text));
        for (name, text) in [(CARD.as_bytes(), &cards.text)].into_iter().chain(beside) {
            let id = self.repo().blob(text.as_bytes()).map_err(git_error)?;
            entries.insert(name.to_vec(), Entry { id, mode: FILE });
        }
        Ok(())
    }

    /// The card of a customer that both sides changed, and where it stands.
    fn cards(&mut self, sides: Sides<Option<&Folder>>) -> Result<Cards> {
        let texts = sides.map(|folder| folder.map_or("", Folder::text));
        let places = sides.map(|folder| folder.map(|folder| &folder.place));
        // A base that cannot be read says nothing.
        let is_unreadable = |folder: Option<&Folder>| folder.is_some_and(Folder::is_unreadable);
        let base = if is_unreadable(sides.base) { "" } else { texts.base };
        let read = Sides { base, ..texts };
        let no =
            [sides.ours, sides.theirs].into_iter().flatten().map(Folder::number).min().unwrap_or_default();
        if let Ok((merged, Some(place))) = merge_filed(read, places, &SCHEMA) {
            let conflict =
                |clash: crate::card::merge::Clash| Said::Conflict { no: no.clone(), field: clash.path };
            self.said.extend(merged.clashes.into_iter().map(conflict));
            let kept = merged.kept.into_iter();
            self.said.extend(kept.map(|kept| Said::Kept { no: no.clone(), field: kept.path }));
            return Ok(Cards { text: merged.text, place, beside: None });
        }
        let place = merge_filed(Sides { base: "", ours: "", theirs: "" }, places, &SCHEMA).ok();
        let place = place.and_then(|(_, place)| place).unwrap_or_default();
        let unchanged = |one: &str| one == texts.base;
        let (text, beside) = match (texts.ours, texts.theirs) {
            (one, other) if one == other || unchanged(other) => (one, None),
            (one, other) if unchanged(one) => (other, None),
            (one, other) => {
                let ours_stays = (is_unreadable(sides.ours), one) > (is_unreadable(sides.theirs), other);
                if ours_stays { (one, Some(other)) } else { (other, Some(one)) }
            }
        };
        if beside.is_some() {
            let file = |name: &[u8]| super::files::text(&[path(&place), vec![name.to_vec()]].concat());
            self.said.push(Said::Unreadable { path: file(CARD.as_bytes()), other: file(OTHER_CARD) });
        }
        Ok(Cards { text: text.to_owned(), place, beside: beside.map(str::to_owned) })
    }

    /// What was changed in a card goes on in the one that it was merged into; `false` where that cannot be
    /// written.
    fn go_on(&mut self, customer: &Customer, edited: &Folder, survivor: &mut Settled) -> Result<bool> {
        let Some(base) = &customer.sides.base else { return Ok(false) };
        let Some(card) = survivor.entries.get(CARD.as_bytes()).copied() else { return Ok(false) };
        let text = String::from_utf8_lossy(&self.history.content(card.id)?).into_owned();
        let [was, became] = [base, edited].map(|folder| as_if(folder.text(), &text));
        let (Some(was), Some(became)) = (was, became) else { return Ok(false) };
        let Ok(merged) = merge(&was, &became, &text, &SCHEMA) else { return Ok(false) };
        let theirs = draft::write(self.repo(), &survivor.entries)?;
        let trees =
            Sides { base: Some(Entry::folder(base.tree)), ours: Some(Entry::folder(edited.tree)), theirs };
        survivor.entries = self.papers(&survivor.place, trees)?;
        let cards = Cards { text: merged.text, place: survivor.place.clone(), beside: None };
        self.put_card(&mut survivor.entries, &cards)?;
        self.said.push(Said::WentTo { no: edited.number(), into: survivor.no.clone() });
        let fields = merged.clashes.into_iter().map(|clash| clash.path);
        self.said.extend(fields.map(|field| Said::Conflict { no: survivor.no.clone(), field }));
        Ok(true)
    }

    /// Puts the customers where they stand. Of two at one place the one with the greater id steps aside.
    fn file(&mut self, settled: BTreeMap<String, Settled>, draft: &mut Draft<'h>) -> Result<()> {
        let mut taken: HashMap<[String; 2], BTreeSet<String>> = HashMap::new();
        for customer in settled.into_values() {
            let [stage, country, name] = customer.place.clone();
            let above = [stage, country];
            if !taken.contains_key(&above) {
                let names = draft.names(&above.clone().map(String::into_bytes))?;
                let folded = names.iter().map(|name| names::fold(&String::from_utf8_lossy(name)));
                taken.insert(above.clone(), folded.collect());
            }
            let Some(taken) = taken.get_mut(&above) else { continue };
            let free = free_name(&name, &above, &customer.no, taken);
            taken.insert(names::fold(&free));
            let [stage, country] = above;
            let place = [stage, country, free];
            if place[2] != name {
                self.said.push(Said::SteppedAside { no: customer.no.clone(), folder: place.join("/") });
            }
            if let Some(before) = customer.ours.filter(|before| *before != place) {
                self.moves.push((before.join("/"), place.join("/")));
            }
            draft.put(&path(&place), draft::write(self.repo(), &customer.entries)?)?;
        }
        Ok(())
    }
}

/// How git writes a plain file.
const FILE: i32 = 0o100_644;

fn path(place: &Place) -> Vec<Name> {
    place.iter().map(|name| name.as_bytes().to_vec()).collect()
}

/// The name, or with the number behind it where that is taken, or a further one.
fn free_name(name: &str, above: &[String; 2], no: &str, taken: &BTreeSet<String>) -> String {
    let is_free = |name: &String| !taken.contains(&names::fold(name));
    let parent = above.join("/");
    let own = std::iter::once(name.to_owned());
    let numbered = std::iter::once(names::with_number(name, &parent, no));
    let further = (2..).map(|n| names::with_number(name, &parent, &format!("{no}-{n}")));
    own.chain(numbered).chain(further).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// A card's text as if it were the survivor's: with its id, number and former ids.
fn as_if(text: &str, survivor: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(survivor).ok()?;
    let edit = |key: &str| {
        let (at, key) = (Vec::new(), key.to_owned());
        match table.get(&key) {
            Some(value) => Edit::Set { table: at, key, value: value.clone(), order: SCHEMA.card.key_order() },
            None => Edit::Unset { table: at, key },
        }
    };
    edit::apply(text, &["id", "no", "former_ids"].map(edit)).ok()
}
