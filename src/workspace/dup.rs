//! Customers that may be one and the same: over the archive, and like one that is not in it.

use super::{Losses, NewCustomer, NewRecord, Workspace};
use crate::card::schema::Described;
use crate::error::Result;
use crate::index::{Index, Known};
use crate::rules::likeness::{Likeness, Lookalikes, Particulars, Sketch, own_hosts, pairs};
use crate::sections::Channel;

/// Two customers that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Twins {
    /// The one.
    pub one: Known,
    /// The other.
    pub other: Known,
    /// How like they are, and why.
    pub likeness: Likeness,
}

/// A customer like the one that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Who it is.
    pub known: Known,
    /// ISO 3166-1.
    pub country: String,
    /// How like they are, and why.
    pub likeness: Likeness,
}

impl NewCustomer {
    /// What this customer's likeness is seen by.
    pub fn particulars(&self) -> Particulars {
        let mut particulars =
            Particulars { country: self.country.code().to_owned(), ..Particulars::default() };
        for (key, value) in &self.basics.values {
            particulars.take(key, value.text().into_owned());
        }
        let records = self.sections.iter().flat_map(|(_, records)| records);
        for channel in records.flat_map(|record| &record.children) {
            take_channel(&mut particulars, channel);
        }
        particulars
    }
}

fn take_channel(particulars: &mut Particulars, channel: &NewRecord) {
    let text = |key: &str| {
        let field = Channel::SECTION.field(key)?;
        channel.values.iter().find(|(k, _)| *k == field.key).map(|(_, v)| v.text().into_owned())
    };
    if let (Some(kind), Some(value)) = (text("kind"), text("value")) {
        particulars.take(&kind, value);
    }
}

impl Workspace {
    /// Every two customers that are at least so alike, the likest first.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn duplicates(&self, least: u8) -> Result<(Vec<Twins>, Losses)> {
        let (all, losses) = self.ask(|index| Ok((index.particulars()?, Losses::of(index)?)))?;
        let own = self.own_hosts();
        let sketches: Vec<Sketch> = all.iter().map(|(_, p)| Sketch::of(p, &own)).collect();
        let twins = pairs(&sketches, least).into_iter().map(|(one, other, likeness)| Twins {
            one: all[one].0.clone(),
            other: all[other].0.clone(),
            likeness,
        });
        Ok((twins.collect(), self.explain(losses)))
    }

    /// The customers that are at least so like these particulars, the likest first; all but `except`.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn customers_like(
        &self,
        particulars: &Particulars,
        least: u8,
        except: Option<&Known>,
    ) -> Result<Vec<Alike>> {
        let all = self.ask(Index::particulars)?;
        let own = self.own_hosts();
        let known = Lookalikes::new(all.iter().map(|(_, p)| Sketch::of(p, &own)));
        let like = known.like(&Sketch::of(particulars, &own), least).into_iter();
        let alike = like.map(|(at, likeness)| {
            let (known, particulars) = &all[at];
            Alike { known: known.clone(), country: particulars.country.clone(), likeness }
        });
        Ok(alike.filter(|a| except.is_none_or(|e| e.folder != a.known.folder)).collect())
    }

    /// The customer whom a text names beyond doubt: by number, id or folder.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn named_exactly(&self, text: &str) -> Result<Option<Known>> {
        self.ask(|index| index.named_exactly(text))
    }

    /// What a customer's likeness is seen by.
    ///
    /// # Errors
    /// When the card cannot be read.
    pub fn particulars_of(&self, known: &Known) -> Result<Particulars> {
        let open = self.read(known)?;
        Ok(Particulars::of_card(&open.card, open.place.country.code()))
    }

    /// The hosts of the team's addresses, and of the address at this desk.
    pub(super) fn own_hosts(&self) -> Vec<String> {
        let me = self.identity().ok().map(|me| me.email);
        let team = self.settings().team.iter().flat_map(|member| &member.emails);
        own_hosts(team.chain(&me).map(String::as_str))
    }
}
