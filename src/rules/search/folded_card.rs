//! A card as it is searched: folded text in parts, a value a line.

use super::dialled::dialled;
use super::entries::{Part, each};
use super::letters::push_folded;
use super::sounds::sounds;
use crate::card::Card;
use crate::rules::facts::last_followup;

/// The parts of the text: names, people, everything else; the digits of numbers; the sounds of names,
/// and of people and towns.
pub const ENDS: usize = 6;

const NUMBERS: usize = 3;
const SOUNDS: [usize; 2] = [4, 5];

/// A card's folded text, as it is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoldedCard {
    text: String,
    ends: [u32; ENDS],
    last_followup: i32,
}

/// The same, as it is read.
#[derive(Clone, Copy, Debug)]
pub struct FoldedText<'a> {
    /// The parts, one behind the other; UTF-8, a value a line.
    pub text: &'a [u8],
    /// Where each part ends.
    pub ends: [u32; ENDS],
    /// The day of the last follow-up, counted from the first day of our era; 0 for none.
    pub last_followup: i32,
}

impl FoldedCard {
    /// Folds a card that stands in a folder.
    pub fn of(card: &Card, folder: &str) -> FoldedCard {
        use chrono::Datelike;
        let mut parts: [String; ENDS] = Default::default();
        each(card, folder, |entry| {
            let part = &mut parts[entry.part as usize];
            let from = part.len();
            push_folded(&entry.text, part);
            let ways = if entry.is_number { dialled(&part[from..]) } else { Vec::new() };
            part.push('\n');
            for way in ways {
                parts[NUMBERS].extend([way.text.as_str(), "\n"]);
            }
            if let Some(named) = entry.named {
                let to = SOUNDS[usize::from(entry.part != Part::Names)];
                sounds(&entry.text, named).iter().for_each(|sound| sound.push_lines(&mut parts[to]));
            }
        });
        let mut ends = [0; ENDS];
        let mut end = 0;
        for (at, part) in parts.iter().enumerate() {
            end += part.len();
            ends[at] = u32::try_from(end).unwrap_or(u32::MAX);
        }
        let last_followup = last_followup(card).map_or(0, |day| day.num_days_from_ce());
        FoldedCard { text: parts.concat(), ends, last_followup }
    }

    /// The text to be read.
    pub fn as_text(&self) -> FoldedText<'_> {
        FoldedText { text: self.text.as_bytes(), ends: self.ends, last_followup: self.last_followup }
    }
}

impl<'a> FoldedText<'a> {
    /// Whether the parts lie within the text, in their order.
    pub fn is_whole(&self) -> bool {
        let last = self.ends[ENDS - 1];
        self.ends.is_sorted() && usize::try_from(last).is_ok_and(|end| end == self.text.len())
    }

    fn part(&self, from: usize, to: usize) -> &'a [u8] {
        let at = |end: usize| self.ends[end] as usize;
        let begin = from.checked_sub(1).map_or(0, at);
        self.text.get(begin..at(to)).unwrap_or_default()
    }

    /// Names, people and everything else.
    pub(super) fn words(&self) -> &'a [u8] {
        self.part(0, NUMBERS - 1)
    }

    /// In which of them a place lies.
    pub(super) fn part_at(&self, at: usize) -> Part {
        match at {
            _ if at < self.ends[0] as usize => Part::Names,
            _ if at < self.ends[1] as usize => Part::People,
            _ => Part::Rest,
        }
    }

    /// The digits of numbers.
    pub(super) fn numbers(&self) -> &'a [u8] {
        self.part(NUMBERS, NUMBERS)
    }

    /// The sounds of names, and of people and towns.
    pub(super) fn sounds(&self) -> [(Part, &'a [u8]); 2] {
        [(Part::Names, self.part(SOUNDS[0], SOUNDS[0])), (Part::People, self.part(SOUNDS[1], SOUNDS[1]))]
    }

    /// The customer's number, folded: the first line of the names, where it has the form of one.
    pub(super) fn number(&self) -> Option<(&'a str, u64)> {
        let line = self.part(0, 0).split(|byte| *byte == b'\n').next()?;
        let line = std::str::from_utf8(line).ok()?;
        let (series, running) = line.split_at(line.find(|c: char| c.is_ascii_digit())?);
        Some((series, running.parse().ok()?))
    }
}
