//! Finding those who are alike among many, without comparing each with each: only customers with a
//! key in common are compared, and a key that too many have is dropped.

use std::collections::HashMap;

use super::score::{ALIKE, Among, Likeness, compare_among};
use super::sketch::{Sketch, hash};

/// A key that more customers have says nothing of any.
const TOO_MANY: usize = 50;
/// A word that no more customers bear is rare.
const RARE: f64 = 3.0;

/// Customers, to be asked who of them is like another one.
#[derive(Clone, Debug, Default)]
pub struct Lookalikes {
    /// Without their keys, which stand in `holders`.
    sketches: Vec<Sketch>,
    holders: Holders,
    /// How many customers bear a word.
    bearers: HashMap<u64, u32>,
}

/// Who has a key. A customer has two dozen, most of them alone: so each is kept in a few bytes. Two keys
/// that are one in these bytes only bring two more customers to be compared.
#[derive(Clone, Debug, Default)]
struct Holders {
    /// The last in `chain` who has a key.
    last: HashMap<u32, u32>,
    /// A customer, and who had the key before: a place in this list, or [`NOBODY`].
    chain: Vec<(u32, u32)>,
}

/// The end of a chain.
const NOBODY: u32 = u32::MAX;

impl Holders {
    /// One more than too many is enough to know.
    fn add(&mut self, key: u64, customer: u32) {
        let before = self.last.get(&short(key)).copied();
        if self.of(key).take(TOO_MANY + 1).count() <= TOO_MANY
            && let Ok(at) = u32::try_from(self.chain.len())
        {
            self.chain.push((customer, before.unwrap_or(NOBODY)));
            self.last.insert(short(key), at);
        }
    }

    /// The customers with a key, the latest first.
    fn of(&self, key: u64) -> impl Iterator<Item = u32> {
        let link = |at: u32| self.chain.get(at as usize).copied();
        let last = self.last.get(&short(key)).and_then(|at| link(*at));
        std::iter::successors(last, move |(_, before)| link(*before)).map(|(customer, _)| customer)
    }

    fn are_too_many(&self, key: u64) -> bool {
        self.of(key).nth(TOO_MANY).is_some()
    }
}

/// Half of a key is enough: it is a hash.
#[allow(clippy::cast_possible_truncation, reason = "that is what is wanted")]
fn short(key: u64) -> u32 {
    key as u32
}

impl Lookalikes {
    /// Those who are known so far.
    pub fn new(sketches: impl IntoIterator<Item = Sketch>) -> Lookalikes {
        let mut known = Lookalikes::default();
        sketches.into_iter().for_each(|sketch| {
            known.add(sketch);
        });
        known
    }

    /// Takes one more in, and gives its place, counted from 0.
    pub fn add(&mut self, mut sketch: Sketch) -> usize {
        let place = self.sketches.len();
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        for key in std::mem::take(&mut sketch.keys) {
            self.holders.add(key, number);
        }
        for word in sketch.own_words() {
            *self.bearers.entry(word).or_default() += 1;
        }
        self.sketches.push(sketch);
        place
    }

    /// The one who is most like this customer, where one is alike: its place and why.
    pub fn best(&self, sketch: &Sketch) -> Option<(usize, Likeness)> {
        self.like(sketch, ALIKE).into_iter().next()
    }

    /// All who are at least so like this customer, the likest first.
    pub fn like(&self, sketch: &Sketch, least: u8) -> Vec<(usize, Likeness)> {
        let mut found: Vec<(usize, Likeness)> = self
            .candidates(sketch)
            .into_iter()
            .filter_map(|place| Some((place, self.compare(sketch, place, least)?)))
            .collect();
        found.sort_by(|(a, x), (b, y)| y.score.cmp(&x.score).then(a.cmp(b)));
        found
    }

    /// Those who have a key in common with a customer, each once, in their order.
    fn candidates(&self, sketch: &Sketch) -> Vec<usize> {
        let said = sketch.keys.iter().filter(|key| !self.holders.are_too_many(**key));
        let mut found: Vec<u32> = said.flat_map(|key| self.holders.of(*key)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|place| place as usize).collect()
    }

    fn compare(&self, sketch: &Sketch, place: usize, least: u8) -> Option<Likeness> {
        compare_among(sketch, self.sketches.get(place)?, least, self)
    }
}

impl Among for Lookalikes {
    fn rarity(&self, word: &str) -> f64 {
        let bearers = f64::from(self.bearers.get(&hash(word)).copied().unwrap_or(0));
        if bearers <= RARE { 1.0 } else { (1.0 / (1.0 + 0.35 * (bearers / RARE).ln())).max(0.35) }
    }

    fn is_dropped(&self, key: u64) -> bool {
        self.holders.are_too_many(key)
    }
}

/// Every two who are at least so alike, by their places, the likest first.
pub fn pairs(sketches: &[Sketch], least: u8) -> Vec<(usize, usize, Likeness)> {
    let known = Lookalikes::new(sketches.iter().cloned());
    let mut found = Vec::new();
    for (one, sketch) in sketches.iter().enumerate() {
        for other in known.candidates(sketch).into_iter().filter(|other| *other > one) {
            found.extend(known.compare(sketch, other, least).map(|likeness| (one, other, likeness)));
        }
    }
    found.sort_by(|(a, b, x), (c, d, y)| y.score.cmp(&x.score).then((a, b).cmp(&(c, d))));
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Particulars, compare};
    use super::*;

    fn firm(name: &str, more: &[(&str, &str)]) -> Particulars {
        let mut firm =
            Particulars { names: vec![name.into()], country: "DE".into(), ..Particulars::default() };
        more.iter().for_each(|(key, value)| firm.take(key, (*value).to_owned()));
        firm
    }

    fn sketches(firms: impl IntoIterator<Item = Particulars>) -> Vec<Sketch> {
        firms.into_iter().map(|firm| Sketch::of(&firm, &[])).collect()
    }

    #[test]
    fn each_kind_of_key_brings_two_together() {
        let keys = [
            (("email", "a@nordwind.example"), ("email", "b@nordwind.example"), "same_domain"),
            (("email", "karl.olsen@gmail.com"), ("email", "Karl.Olsen@Gmail.com"), "same_mail"),
            (
                ("email", "a@nordwind.example"),
                ("website", "https://www.nordwind.example/de"),
                "mail_of_website",
            ),
            (("website", "nordwind.example"), ("website", "http://shop.nordwind.example"), "same_website"),
            (("phone", "+49 (0)40 5550 123"), ("mobile", "040/5550123"), "same_phone"),
        ];
        for (one, other, code) in keys {
            let two = sketches([firm("Nordwind Fisch", &[one]), firm("Quintana Hotels", &[other])]);
            let found = pairs(&two, ALIKE);
            let codes: Vec<_> = found.iter().flat_map(|(_, _, l)| &l.reasons).map(|r| r.code()).collect();
            assert_eq!(codes, [code]);
        }
        for (key, value) in
            [("email", "a@gmail.com"), ("website", "nordwind.en.alibaba.com"), ("phone", "110")]
        {
            let other = value.replace("a@", "b@").replace("nordwind", "other");
            let two = sketches([firm("Nordwind", &[(key, value)]), firm("Quintana", &[(key, &other)])]);
            assert!(pairs(&two, ALIKE).is_empty(), "{value} says nothing");
        }
    }

    #[test]
    fn the_own_host_is_no_key() {
        let mail = [("email", "lin@trader.example")];
        let two = [firm("Nordwind", &mail), firm("Quintana", &mail)];
        let own = ["trader.example".to_owned()];
        let two: Vec<Sketch> = two.iter().map(|firm| Sketch::of(firm, &own)).collect();
        assert!(pairs(&two, ALIKE).is_empty());
    }

    #[test]
    fn a_key_that_too_many_have_is_dropped() {
        let host = |count: usize| {
            let firms = (0..count).map(|at| {
                let letter = |n: usize| "fghjklmnpr".chars().nth(n).expect("a letter");
                let name: String = [letter(at / 10), letter(at % 10)].iter().collect();
                firm(&format!("Q{name}{name}{name}"), &[("email", &format!("{name}@forwarder.example"))])
            });
            pairs(&sketches(firms), ALIKE).len()
        };
        assert_eq!(host(50), 50 * 49 / 2);
        assert_eq!(host(51), 0);
    }

    #[test]
    fn a_common_word_says_less_than_a_rare_one() {
        let mut firms: Vec<Particulars> =
            (0..40).map(|at| firm(&format!("Tornedal Lot {at}"), &[])).collect();
        firms.extend([firm("Tornedal Pumpen", &[]), firm("Tornedal", &[])]);
        firms.extend([firm("Zwirnberg Pumpen", &[]), firm("Zwirnberg", &[])]);
        let found: Vec<_> = pairs(&sketches(firms), ALIKE).into_iter().map(|(a, b, _)| (a, b)).collect();
        assert_eq!(found, [(42, 43)]);
    }

    #[test]
    fn the_same_name_abroad_is_less_and_a_host_makes_it_more() {
        let abroad = |more: &[(&str, &str)]| {
            let one = firm("Zwirnberg Pumpen", more);
            let other = Particulars { country: "FR".into(), ..one.clone() };
            let two = sketches([one, other]);
            compare(&two[0], &two[1]).expect("alike").score
        };
        let (bare, with_host) = (abroad(&[]), abroad(&[("website", "zwirnberg.example")]));
        assert!(bare >= ALIKE && with_host > bare && with_host < super::super::SURE, "{bare} {with_host}");
    }

    #[test]
    fn a_short_name_is_another_s_name_or_nothing() {
        let one = firm("Müller Bau GmbH", &[("short_name", "Müller")]);
        let other = firm("Müller Druck GmbH", &[("short_name", "Müller")]);
        let alone = firm("Mueller", &[]);
        let all = sketches([one, other, alone]);
        assert_eq!(compare(&all[0], &all[1]), None);
        assert!(compare(&all[0], &all[2]).is_some());
        let local = sketches([
            firm("Qiming Electronics", &[("local_name", "深圳启铭电子有限公司")]),
            firm("深圳市啟銘電子有限公司", &[]),
        ]);
        assert_eq!(compare(&local[0], &local[1]).map(|l| l.score), Some(100));
    }

    #[test]
    fn one_who_came_later_is_found_too() {
        let mut known = Lookalikes::default();
        let two = sketches([firm("Zwirnberg Pumpen", &[]), firm("Pumpen Zwirnberg AG", &[])]);
        assert_eq!(known.best(&two[1]), None);
        assert_eq!(known.add(two[0].clone()), 0);
        assert_eq!(known.best(&two[1]).map(|(at, _)| at), Some(0));
    }
}
