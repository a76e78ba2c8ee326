//! Whom a row means: by the key of the other program, by number, by a mail address together with a near
//! name, by name and country. A lone mail address or a lone near name is no proof, and no row is taken
//! on it.

use std::collections::{BTreeMap, HashMap};

use super::Refusal;
use super::row::Wanted;
use crate::card::Country;
use crate::index::{Identity, Known, ask};
use crate::rules::likeness::{ALIKE, Likeness, Lookalikes, SURE, Sketch};

/// How near two folded names must be to be taken for one beside an equal mail address (of 1).
const NEAR_WITH_EMAIL: f64 = 0.85;

/// Whom a row means.
pub(super) enum Answer {
    /// Nobody who is there.
    New,
    /// This one.
    Known(Known),
}

/// A customer of the archive, or one that comes with this import and has no card yet.
struct Customer {
    known: Known,
    country: Country,
    external: BTreeMap<String, String>,
}

impl Customer {
    /// Whether another program says that this is not the customer of the row.
    fn is_told_apart(&self, wanted: &Wanted) -> bool {
        wanted.external.iter().any(|(key, value)| self.external.get(key).is_some_and(|own| own != value))
    }
}

/// The customers of the archive by what a row may say of them.
#[derive(Default)]
pub(super) struct KnownCustomers {
    all: Vec<Customer>,
    by_external: HashMap<(String, String), usize>,
    by_id: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    by_email: HashMap<String, Vec<usize>>,
    /// Every customer of a folded name, whatever the country.
    namesakes: HashMap<String, Vec<usize>>,
    /// What each of `all` is compared by, in the same order.
    lookalikes: Lookalikes,
}

impl KnownCustomers {
    /// `sketches` are those of the same customers, in the same order.
    pub(super) fn new(identities: Vec<Identity>, sketches: Vec<Sketch>) -> KnownCustomers {
        let lookalikes = Lookalikes::new(sketches);
        let mut customers = KnownCustomers { lookalikes, ..KnownCustomers::default() };
        for identity in identities {
            customers.put(identity);
        }
        customers
    }

    fn put(&mut self, identity: Identity) {
        let at = self.all.len();
        let Identity { known, country, external, emails } = identity;
        let country = Country::from_code(&country).unwrap_or(Country::UNKNOWN);
        for (key, value) in &external {
            self.by_external.entry((key.clone(), value.clone())).or_insert(at);
        }
        self.by_id.insert(known.id.clone(), at);
        if let Some(no) = known.no.as_deref().and_then(ask::split_number) {
            self.by_number.insert(format!("{}{}", no.0, no.1), at);
        }
        for email in emails {
            self.by_email.entry(email).or_default().push(at);
        }
        let name = ask::fold_name(known.name.as_deref().unwrap_or(""));
        self.namesakes.entry(name).or_default().push(at);
        self.all.push(Customer { known, country, external });
    }

    /// Keeps in mind that a customer comes with this import; it has no card yet.
    pub(super) fn come(&mut self, wanted: &Wanted, sketch: Sketch, name: &str, country: Country) {
        let known = Known { name: Some(name.to_owned()), ..Known::only_at("") };
        // Later rows of the same sheet are compared with it, but it is nobody whom they could fill.
        let at = self.all.len();
        for email in wanted.emails() {
            self.by_email.entry(ask::fold_name(&email)).or_default().push(at);
        }
        self.namesakes.entry(ask::fold_name(name)).or_default().push(at);
        self.lookalikes.add(sketch);
        let external = wanted.external.iter().cloned().collect();
        self.all.push(Customer { known, country, external });
    }

    /// Whom a row means.
    pub(super) fn of(&self, wanted: &Wanted, sketch: &Sketch, anyway: bool) -> Result<Answer, Refusal> {
        let known = |at: usize| Ok(Answer::Known(self.all[at].known.clone()));
        for pair in &wanted.external {
            if let Some(at) = self.by_external.get(pair) {
                return known(*at);
            }
        }
        if let Some(at) = wanted.id.as_ref().and_then(|id| self.by_id.get(id)) {
            return known(*at);
        }
        if let Some(at) = wanted.no().and_then(|no| self.number(&no)) {
            return known(at);
        }
        let Some(name) = wanted.name() else { return Ok(Answer::New) };
        let folded = ask::fold_name(&name);
        let mut lone_email = None;
        for email in wanted.emails() {
            for at in self.by_email.get(&ask::fold_name(&email)).into_iter().flatten() {
                if self.all[*at].is_told_apart(wanted) {
                    continue;
                }
                if self.nearness(*at, &folded) >= NEAR_WITH_EMAIL && self.is_there(*at) {
                    return known(*at);
                }
                lone_email = lone_email.or(Some((*at, email.clone())));
            }
        }
        let country = wanted.country.unwrap_or(Country::UNKNOWN);
        let namesakes = self.namesakes.get(&folded).into_iter().flatten();
        let mut of_country = namesakes.filter(|at| {
            let customer = &self.all[**at];
            customer.country == country && !customer.is_told_apart(wanted) && self.is_there(**at)
        });
        if let Some(at) = of_country.next() {
            return known(*at);
        }
        if anyway {
            return Ok(Answer::New);
        }
        if let Some((at, email)) = lone_email {
            return Err(Refusal::SameEmail { email, card: self.line(at) });
        }
        match self.alike(wanted, sketch) {
            Some(at) => Err(Refusal::AlikeName { card: self.line(at) }),
            None => Ok(Answer::New),
        }
    }

    /// The customer with a number, however it is padded.
    pub(super) fn number(&self, no: &str) -> Option<usize> {
        let (series, running) = ask::split_number(no)?;
        self.by_number.get(&format!("{series}{running}")).copied()
    }

    /// The customer that a record's row names by a number, an id or a key in another program.
    pub(super) fn exactly(&self, text: &str) -> Option<&Known> {
        let at = self.number(text).or_else(|| self.by_id.get(&text.to_lowercase()).copied())?;
        Some(&self.all[at].known)
    }

    /// The customer with a key in another program.
    pub(super) fn external(&self, key: &str, value: &str) -> Option<&Known> {
        self.by_external.get(&(key.to_owned(), value.to_owned())).map(|at| &self.all[*at].known)
    }

    /// The customers who have one of these mail addresses.
    pub(super) fn with_address<'a>(&self, addresses: impl IntoIterator<Item = &'a str>) -> Vec<&Known> {
        let found = addresses.into_iter().filter_map(|address| self.by_email.get(&ask::fold_name(address)));
        let mut places: Vec<usize> = found.flatten().copied().filter(|at| self.is_there(*at)).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| &self.all[at].known).collect()
    }

    /// The customers of a name, in a country where one is given.
    pub(super) fn named(&self, name: &str, country: Option<Country>) -> Vec<&Known> {
        let all = self.namesakes.get(&ask::fold_name(name)).into_iter().flatten().map(|at| &self.all[*at]);
        let all = all.filter(|customer| country.is_none_or(|c| c == customer.country));
        all.map(|customer| &customer.known).filter(|known| !known.id.is_empty()).collect()
    }

    /// Whether it has a card.
    fn is_there(&self, at: usize) -> bool {
        !self.all[at].known.id.is_empty()
    }

    fn nearness(&self, at: usize, folded: &str) -> f64 {
        let name = ask::fold_name(self.all[at].known.name.as_deref().unwrap_or(""));
        strsim::jaro_winkler(&name, folded)
    }

    /// Somebody who may be the customer of the row: one who is alike in the same country, or nearly
    /// surely the same anywhere, and whom no other program tells apart.
    fn alike(&self, wanted: &Wanted, sketch: &Sketch) -> Option<usize> {
        let country = wanted.country.unwrap_or(Country::UNKNOWN);
        let mut like = self.lookalikes.like(sketch, ALIKE).into_iter();
        let may_be = |(at, likeness): &(usize, Likeness)| {
            let customer = &self.all[*at];
            let is_near = customer.country == country || likeness.score >= SURE;
            is_near && !customer.is_told_apart(wanted)
        };
        like.find(may_be).map(|(at, _)| at)
    }

    fn line(&self, at: usize) -> String {
        let known = &self.all[at].known;
        let name = known.name.as_deref().unwrap_or("");
        known.no.as_deref().map_or_else(|| name.to_owned(), |no| format!("{no} {name}"))
    }
}
