//! Finding those who are alike among many, without comparing each with each: only customers with a
//! key in common are compared, and a key that too many have is dropped.

use std::collections::HashMap;

use super::score::{ALIKE, Likeness, compare_among};
use super::sketch::{Sketch, hash};

/// A key that more customers have says nothing of any.
const TOO_MANY: usize = 50;
/// A word that no more customers bear is rare.
const RARE: f64 = 3.0;

/// Customers, to be asked who of them is like another one.
#[derive(Clone, Debug, Default)]
pub struct Lookalikes {
    sketches: Vec<Sketch>,
    by_key: HashMap<u64, Vec<u32>>,
    /// How many customers bear a word.
    bearers: HashMap<u64, u32>,
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
    pub fn add(&mut self, sketch: Sketch) -> usize {
        let place = self.sketches.len();
        let number = u32::try_from(place).unwrap_or(u32::MAX);
        for key in &sketch.keys {
            let holders = self.by_key.entry(*key).or_default();
            // One more than too many is enough to know.
            if holders.len() <= TOO_MANY {
                holders.push(number);
            }
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
        let holders = sketch.keys.iter().filter_map(|key| self.by_key.get(key));
        let mut found: Vec<u32> = holders.filter(|h| h.len() <= TOO_MANY).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|place| place as usize).collect()
    }

    fn compare(&self, sketch: &Sketch, place: usize, least: u8) -> Option<Likeness> {
        compare_among(sketch, self.sketches.get(place)?, least, &|word| self.rarity(word))
    }

    /// What a word of a firm's own is worth: 1 while few bear it, ever less the more do.
    fn rarity(&self, word: &str) -> f64 {
        let bearers = f64::from(self.bearers.get(&hash(word)).copied().unwrap_or(0));
        if bearers <= RARE { 1.0 } else { (1.0 / (1.0 + 0.35 * (bearers / RARE).ln())).max(0.35) }
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
