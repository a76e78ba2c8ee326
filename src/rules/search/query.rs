//! What is looked for: words that must all be in a card, or one telephone number; how well a card
//! answers, and where.

use memchr::memmem::Finder;

use super::dialled::{asked, dialled};
use super::entries::{Entry, Part, each};
use super::folded_card::FoldedText;
use super::letters::{Traced, folded};
use super::sounds::{self, sounds};
use crate::card::Card;

/// What is looked for.
#[derive(Debug)]
pub struct Query {
    /// All must be there.
    words: Vec<Word>,
    /// Or this alone: the whole as one number, where it has several words.
    number: Option<Word>,
}

/// A word and the ways in which it is found.
#[derive(Debug, Default)]
struct Word {
    /// In text.
    texts: Vec<Finder<'static>>,
    /// In the digits of numbers.
    numbers: Vec<Finder<'static>>,
    /// At the end of a number.
    at_end: Vec<Finder<'static>>,
    /// In the sounds of names.
    sound: Option<Finder<'static>>,
}

/// How well a card answers: the least is the best.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Names before people before the rest, whole words before parts.
    distance: u32,
    /// More hits first.
    fewer_hits: std::cmp::Reverse<u32>,
    /// A later last follow-up first.
    earlier_followup: std::cmp::Reverse<i32>,
    /// A card without a number last; then series and running number.
    number: (bool, String, u64),
}

/// A text of a card in which something was found.
#[derive(Clone, Debug)]
pub struct Hit<'a> {
    /// The text and its place.
    pub entry: Entry<'a>,
    /// What was found, from and to, in characters; in order, one behind the other.
    pub marks: Vec<(usize, usize)>,
}

impl Query {
    /// What a person typed; `None` where there is nothing to look for in it.
    pub fn read(typed: &str) -> Option<Query> {
        let whole = folded(typed);
        let mut words: Vec<&str> = whole.split_whitespace().collect();
        words.sort_unstable();
        words.dedup();
        let is_accented = |word: &str| {
            let mut typed = typed.split_whitespace();
            typed.any(|typed| typed.to_lowercase() != word && folded(typed) == word)
        };
        let read = words.iter().map(|word| Word::read(word, is_accented(word)));
        let is_number = words.len() > 1;
        let number = is_number.then(|| Word::number(whole.trim())).flatten();
        let query = Query { words: read.collect(), number };
        (!query.words.is_empty()).then_some(query)
    }

    /// How well a card answers; `None` where it does not.
    pub fn look(&self, card: &FoldedText<'_>) -> Option<Rank> {
        let all = self.words.iter().try_fold((0, 0), |(distance, hits), word| {
            let (further, more) = word.look(card)?;
            Some((distance + further, hits + more))
        });
        let (distance, hits) = all.or_else(|| self.number.as_ref()?.look(card))?;
        let number = card.number().map(|(series, running)| (series.to_owned(), running));
        let is_unnumbered = number.is_none();
        let (series, running) = number.unwrap_or_default();
        Some(Rank {
            distance,
            fewer_hits: std::cmp::Reverse(hits),
            earlier_followup: std::cmp::Reverse(card.last_followup),
            number: (is_unnumbered, series, running),
        })
    }

    /// Every text of a card in which a word is found. The folder is named only for words that are
    /// nowhere else, since it is called like the customer.
    pub fn hits<'a>(&self, card: &'a Card, folder: &'a str) -> Vec<Hit<'a>> {
        let words: Vec<&Word> = self.words.iter().chain(&self.number).collect();
        let mut is_found = vec![false; words.len()];
        let mut hits = Vec::new();
        each(card, folder, |entry| {
            let text = Traced::of(&entry.text);
            let is_folder = matches!(entry.place, super::Place::Folder);
            let mut marks = Vec::new();
            for (word, is_found) in words.iter().zip(&mut is_found) {
                if !(is_folder && *is_found) {
                    let found = word.marks(&entry, &text);
                    *is_found |= !found.is_empty();
                    marks.extend(found);
                }
            }
            if !marks.is_empty() {
                hits.push(Hit { entry, marks: joined(marks) });
            }
        });
        hits
    }
}

/// Marks in their order; those that overlap are one.
fn joined(mut marks: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    marks.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::with_capacity(marks.len());
    for (from, to) in marks {
        match joined.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

impl Word {
    /// A folded word; one that was typed with an umlaut is also found by its two letters.
    fn read(word: &str, was_accented: bool) -> Word {
        let mut texts = vec![word.to_owned()];
        texts.extend(["a", "o", "u"].iter().filter_map(|vowel| {
            let two = format!("{vowel}e");
            let other = match was_accented {
                true => word.contains(vowel).then(|| word.replace(vowel, &two)),
                false => word.contains(&two).then(|| word.replace(&two, vowel)),
            };
            other.filter(|other| other.len() > 2)
        }));
        let spelled: String = word.chars().filter(|c| *c != '\'').collect();
        let is_sound = spelled.len() >= sounds::SHORTEST && spelled.bytes().all(|b| b.is_ascii_lowercase());
        let spelled = spelled.replace("lv", "lu").replace("nv", "nu");
        let number = Word::number(word).unwrap_or_default();
        Word { texts: finders(&texts), sound: is_sound.then(|| finder(&spelled)), ..number }
    }

    /// A folded text as a number alone.
    fn number(text: &str) -> Option<Word> {
        let number = asked(text)?;
        let at_end: Vec<String> = number.at_end.iter().map(|digits| format!("{digits}\n")).collect();
        Some(Word { numbers: finders(&number.anywhere), at_end: finders(&at_end), ..Word::default() })
    }

    /// The distance of the best hit, and how many there are.
    fn look(&self, card: &FoldedText<'_>) -> Option<(u32, u32)> {
        let mut best: Option<u32> = None;
        let mut hits = 0;
        let mut hit = |part: Part, is_whole: bool| {
            let distance = 2 * part as u32 + u32::from(!is_whole);
            best = Some(best.map_or(distance, |best| best.min(distance)));
            hits += 1;
        };
        let words = card.words();
        for finder in &self.texts {
            for at in finder.find_iter(words) {
                hit(card.part_at(at), is_whole_word(words, at, finder.needle().len()));
            }
        }
        let numbers = card.numbers();
        for finder in self.numbers.iter().chain(&self.at_end) {
            for at in finder.find_iter(numbers) {
                let end = at + finder.needle().len();
                hit(Part::People, numbers.get(end - 1) == Some(&b'\n') || numbers.get(end) == Some(&b'\n'));
            }
        }
        if let Some(finder) = &self.sound {
            for (part, lines) in card.sounds() {
                for at in finder.find_iter(lines) {
                    let begin = lines[..at].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
                    let line = lines[begin..].split(|b| *b == b'\n').next().unwrap_or_default();
                    if sounds::begins_well(line, at - begin, finder.needle().len()) {
                        hit(part, at == begin);
                    }
                }
            }
        }
        best.map(|best| (best, hits))
    }

    /// Where a text has the word, in characters: as text, else as a number, else by its sound.
    fn marks(&self, entry: &Entry<'_>, text: &Traced) -> Vec<(usize, usize)> {
        let in_text = self.texts.iter().flat_map(|finder| {
            let length = finder.needle().len();
            finder.find_iter(text.text.as_bytes()).map(move |at| (at, at + length))
        });
        let mut marks: Vec<_> = in_text.filter_map(|(from, to)| text.origin(from, to)).collect();
        if marks.is_empty() && entry.is_number {
            marks.extend(self.number_mark(text));
        }
        if marks.is_empty()
            && let (Some(named), Some(finder)) = (entry.named, &self.sound)
        {
            let word = std::str::from_utf8(finder.needle()).unwrap_or("");
            marks.extend(sounds(&entry.text, named).iter().filter_map(|sound| sound.find(word)));
        }
        marks
    }

    fn number_mark(&self, text: &Traced) -> Option<(usize, usize)> {
        dialled(&text.text).iter().find_map(|way| {
            let line = format!("{}\n", way.text);
            let mut finders = self.numbers.iter().chain(&self.at_end);
            let (at, length) = finders.find_map(|finder| {
                let digits = finder.needle().iter().filter(|b| b.is_ascii_digit()).count();
                finder.find(line.as_bytes()).map(|at| (at, digits))
            })?;
            text.origin(*way.places.get(at)?, *way.places.get(at + length - 1)? + 1)
        })
    }
}

fn finder(needle: &str) -> Finder<'static> {
    Finder::new(needle).into_owned()
}

fn finders(needles: &[String]) -> Vec<Finder<'static>> {
    needles.iter().map(|needle| finder(needle)).collect()
}

/// Whether no letter or digit stands before or behind.
fn is_whole_word(text: &[u8], at: usize, length: usize) -> bool {
    // Cut out with a few bytes around: no letter is longer.
    let before = &text[at.saturating_sub(4)..at];
    let after = &text[at + length..text.len().min(at + length + 4)];
    let before = (0..before.len()).find_map(|from| std::str::from_utf8(&before[from..]).ok());
    let after = (1..=after.len()).rev().find_map(|to| std::str::from_utf8(&after[..to]).ok());
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !is_letter(before.and_then(|b| b.chars().next_back())) && !is_letter(after.and_then(|a| a.chars().next()))
}
