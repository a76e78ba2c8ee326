//! New customers: the number, the folder, the card.

use std::collections::{HashMap, HashSet};

use super::compose::{NewCard, NewRecord, no_random};
use super::{Transaction, Workspace};
use crate::archive::platform::{folders_in, is_absence};
use crate::archive::{Branch, CARD, Stage, names};
use crate::card::schema::Section;
use crate::card::value::Value;
use crate::card::{Country, id};
use crate::error::{Error, Problem, Result};
use crate::index::ask;
use crate::sections::SCHEMA;

/// The letters of numbers at a desk of which nothing says others.
const FIRST_SERIES: &str = "C";

/// The id and number of a card that comes back, as from an export. Whoever gives them has looked that
/// nobody in the archive has them.
#[derive(Clone, Debug, Default)]
pub struct OwnKeys {
    /// The id.
    pub id: String,
    /// The number.
    pub no: Option<String>,
    /// The ids and numbers of cards that were merged into it.
    pub former_ids: Vec<String>,
}

/// A customer who is to be added.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// What a card that comes back is known by.
    pub own: Option<OwnKeys>,
    /// How far dealings have come.
    pub stage: Stage,
    /// The country.
    pub country: Country,
    /// The card's own fields: the name at least.
    pub basics: NewRecord,
    /// Records, by section.
    pub sections: Vec<(&'static Section, Vec<NewRecord>)>,
    /// Values of the company's own fields, as text.
    pub custom: Vec<(String, String)>,
    /// Keys of other programs.
    pub external: Vec<(String, String)>,
}

/// A customer who was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The id.
    pub id: String,
    /// The number.
    pub no: String,
    /// The folder.
    pub folder: String,
}

/// What is known of places and numbers while customers are added.
#[derive(Debug, Default)]
pub struct Desk {
    next: Option<u32>,
    /// The numbers that came from elsewhere.
    numbers: HashSet<(String, i64)>,
    ids: HashSet<String>,
    countries: HashMap<(Branch, Country), CountryFolder>,
}

#[derive(Debug)]
struct CountryFolder {
    path: String,
    taken: HashSet<String>,
}

/// A customer has a name that can be seen.
pub(super) fn named(name: &str) -> Result<()> {
    if !name.trim().is_empty() {
        return Ok(());
    }
    let field = SCHEMA.card.field("name").map_or(SCHEMA.card.label, |field| field.label);
    Err(Error::refused(Problem::Required { section: SCHEMA.card.one, field }))
}

impl Transaction<'_> {
    /// Adds a customer. `desk` is shared by all that one command adds.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn add(&mut self, customer: NewCustomer, desk: &mut Desk) -> Result<Added> {
        let own = customer.own.unwrap_or_default();
        let no = match self.own_number(&own, desk)? {
            Some(no) => no,
            None => self.workspace.next_number(&mut desk.next)?,
        };
        let name = customer.basics.get("name").map(|name| name.text().into_owned()).unwrap_or_default();
        named(&name)?;
        let branch = self.workspace.layout.filing(customer.stage, customer.country);
        let folder = self.workspace.free_folder(branch, customer.country, &name, &no, desk)?;
        let id = match id::is_card(&own.id) && desk.ids.insert(own.id.clone()) {
            true => own.id,
            false => id::random_card().map_err(no_random)?,
        };
        let mut basics = customer.basics;
        basics.values.push(("no", Value::Text(no.clone())));
        let NewCustomer { sections, custom, external, .. } = customer;
        let text = self.workspace.compose(&NewCard {
            id: id.clone(),
            former_ids: own.former_ids,
            basics,
            sections,
            custom,
            external,
        })?;
        self.put(format!("{folder}/{CARD}"), text, None)?;
        self.touch(&id);
        Ok(Added { id, no, folder })
    }
}

impl Transaction<'_> {
    /// The number that a card had elsewhere, unless this command has given it already.
    fn own_number(&self, own: &OwnKeys, desk: &mut Desk) -> Result<Option<String>> {
        let Some((no, (series, running))) =
            own.no.as_deref().and_then(|no| Some((no, ask::split_number(no)?)))
        else {
            return Ok(None);
        };
        if !desk.numbers.insert((series.clone(), running)) {
            return Ok(None);
        }
        // The next number that this desk gives is behind it.
        if series == self.workspace.series()? {
            self.workspace.next_number(&mut desk.next)?;
            let behind = u32::try_from(running).unwrap_or(u32::MAX - 1) + 1;
            desk.next = desk.next.map(|next| (next - 1).max(behind));
        }
        Ok(Some(no.to_owned()))
    }
}

impl Workspace {
    /// The number that the next new customer gets. Numbers are never given twice: the highest of
    /// the series among customers and among those that are gone, plus one.
    pub(super) fn next_number(&self, next: &mut Option<u32>) -> Result<String> {
        let series = self.series()?;
        let running = match *next {
            Some(running) => running,
            None => {
                let (there, silent) = self.ask(|index| {
                    let silent = [index.broken()?, index.unnumbered()?].concat();
                    Ok((index.highest(&series)?, silent))
                })?;
                let there = there.max(self.highest_of_silent(&series, &silent)?);
                let there = u32::try_from(there).unwrap_or(u32::MAX - 1);
                // Read again: another desk's command may have retired a number meanwhile.
                let retired = super::settings::read_settings(&self.root)?.retired;
                there.max(retired.get(&series).copied().unwrap_or(0)) + 1
            }
        };
        *next = Some(running + 1);
        Ok(format!("{series}{running:0width$}", width = self.settings.archive.digits))
    }

    /// The highest number of a series in these folders, whose cards on the disk cannot be read now or say no
    /// number: in HEAD, and in the lines of a card that is no TOML.
    fn highest_of_silent(&self, series: &str, folders: &[String]) -> Result<i64> {
        let mut highest = 0;
        for folder in folders {
            let path = format!("{folder}/{CARD}");
            for bytes in [self.history.head_file(&path)?, self.file(&path)?].into_iter().flatten() {
                let text = String::from_utf8_lossy(&bytes);
                let numbers = text.lines().filter_map(number_in).filter_map(ask::split_number);
                let of_series = numbers.filter(|(letters, _)| letters == series).map(|(_, running)| running);
                highest = of_series.fold(highest, i64::max);
            }
        }
        Ok(highest)
    }

    /// Letters that no desk was seen to give numbers of, for one that is new: of its person's name where
    /// those are free. `None` where the team's table says the letters.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn free_series(&self) -> Result<Option<String>> {
        let me = self.history.identity().ok();
        let member = me.as_ref().and_then(|me| self.settings.member_by_email(&me.email));
        if member.is_some_and(|member| member.series.is_some()) {
            return Ok(None);
        }
        let mut taken: HashSet<String> = self.ask(|index| index.series())?.into_iter().collect();
        taken.extend(self.settings.retired.keys().cloned());
        taken.extend(self.settings.team.iter().filter_map(|member| member.series.clone()));
        // Those of the desk at which an archive began.
        taken.insert(FIRST_SERIES.to_owned());
        let own = me.map(|me| me.name + &me.email).unwrap_or_default();
        let own = own.chars().filter(char::is_ascii_alphabetic);
        let one = own.chain('A'..='Z').map(|letter| letter.to_ascii_uppercase().to_string());
        let two = ('A'..='Z').flat_map(|first| ('A'..='Z').map(move |then| format!("{first}{then}")));
        Ok(one.chain(two).find(|series| !taken.contains(series)))
    }

    /// The letters of the numbers that this desk gives.
    pub fn series(&self) -> Result<String> {
        if let Some(series) = self.history.series()?.filter(|s| crate::settings::is_series(s)) {
            return Ok(series);
        }
        let email = self.history.identity()?.email;
        let member = self.settings.member_by_email(&email);
        Ok(member.and_then(|m| m.series.clone()).unwrap_or_else(|| FIRST_SERIES.to_owned()))
    }

    /// A folder for a company that no other has, and no file system takes for another's.
    pub(super) fn free_folder(
        &self,
        branch: Branch,
        country: Country,
        name: &str,
        no: &str,
        desk: &mut Desk,
    ) -> Result<String> {
        let folder = match desk.countries.entry((branch, country)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(self.country_folder(branch, country)?)
            }
        };
        let mut company = names::safe(name, &folder.path, no);
        if !folder.taken.insert(names::fold(&company)) {
            company = names::with_number(&company, &folder.path, no);
            folder.taken.insert(names::fold(&company));
        }
        Ok(format!("{}/{company}", folder.path))
    }

    /// The folder of a country in a branch, as it is called on the disk, with what is in it.
    fn country_folder(&self, branch: Branch, country: Country) -> Result<CountryFolder> {
        let stages = self.listed("")?;
        let usual = self.layout.branch_name(branch);
        let stage = match stages.iter().any(|s| s == usual) {
            true => usual.to_owned(),
            false => stages
                .into_iter()
                .find(|s| self.layout.branch(s) == Some(branch))
                .unwrap_or_else(|| usual.to_owned()),
        };
        let countries = self.listed(&stage)?;
        let usual = self.layout.country_name(country);
        let name = match countries.contains(&usual) {
            true => usual,
            false => countries.into_iter().find(|c| self.is_usable(c, country)).unwrap_or(usual),
        };
        let path = format!("{stage}/{name}");
        let taken = self.listed(&path)?.iter().map(|company| names::fold(company)).collect();
        Ok(CountryFolder { path, taken })
    }

    /// Whether new customers of a country are filed in this folder; one with an old code empties.
    fn is_usable(&self, folder: &str, country: Country) -> bool {
        self.layout.country(folder) == Some(country) && self.layout.old_country(folder).is_none()
    }

    /// Whether there is a folder in this one.
    pub(super) fn has_folders(&self, folder: &str) -> bool {
        if self.history.is_pinned() {
            return self.history.head_files_below(folder).is_ok_and(|files| !files.is_empty());
        }
        self.listed(folder).is_ok_and(|folders| !folders.is_empty())
    }

    fn listed(&self, folder: &str) -> Result<Vec<String>> {
        let path = self.root.join(folder);
        match folders_in(&path) {
            Ok((names, _)) => Ok(names),
            Err(e) if is_absence(&e) => Ok(Vec::new()),
            Err(e) => Err(Error::file(&path, e)),
        }
    }
}

/// The order of sections on writing.
pub(super) fn section_order() -> Vec<String> {
    SCHEMA.sections.iter().map(|s| s.key.to_owned()).collect()
}

/// The number in a line `no = "C0001"` of a card.
fn number_in(line: &str) -> Option<&str> {
    let value = line.trim().strip_prefix("no")?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    value[1..].split(quote).next()
}
