//! How like two customers are: what speaks for it, and a score from that.

use std::borrow::Cow;

use super::keys::same_phone;
use super::letters::soft;
use super::names::{Class, Word, singular};
use super::sketch::{Name, Sketch, host_key, mail_key, phone_key};
use crate::i18n::{Lang, Say, Text, messages};

/// From this score on, two customers may be one.
pub const ALIKE: u8 = 70;
/// From this score on, they nearly always are.
pub const SURE: u8 = 92;

/// What one and the same address, number or host says by itself, in hundredths.
const BY_MAIL: f64 = 0.95;
const BY_PHONE: f64 = 0.85;
const BY_HOST: f64 = 0.80;
/// Names of which each has a word that the other lacks are not alike, however much they share.
const BOTH_LACK: f64 = 0.65;
/// A word of a firm's own that is typed otherwise, or only sounds the same, may be another's.
const NOT_THE_SAME: f64 = 0.91;
/// Names that share no word of a firm's own.
const NOTHING_OWN: f64 = 0.60;
/// The same name, of nothing but words that many bear.
const ONLY_COMMON: f64 = 0.85;
/// What a name is worth in another country: a group has a subsidiary in each.
const ABROAD: f64 = 0.76;
/// The most that two customers in two countries are alike, unless an address or a number is the same.
const MOST_ABROAD: f64 = 0.89;
/// What a short name is worth that is the other's name.
const SHORT: f64 = 0.88;

/// Letters that a word has at least, of which one may be typed wrong.
pub(super) const FEWEST_LETTERS: usize = 6;
/// Letters from which on one may be another: a shorter word so becomes another name.
const LETTERS_TO_REPLACE: usize = 9;

/// What stands between two reasons.
const BETWEEN: Text = Text::new("; ", "；");

messages! {
    /// Why two customers may be one.
    pub enum Reason {
        SameMail { mail: String } = "same_mail":
            "same e-mail address {mail}", "邮箱相同：{mail}";
        SameHost { host: String } = "same_domain":
            "same e-mail domain {host}", "邮箱域名相同：{host}";
        SameSite { host: String } = "same_website":
            "same website {host}", "网站相同：{host}";
        MailOfSite { host: String } = "mail_of_website":
            "e-mail and website share {host}", "邮箱与网站域名相同：{host}";
        SamePhone { phone: String } = "same_phone":
            "same telephone {phone}", "电话相同：{phone}";
        SameName { name: String } = "same_name":
            "same name: {name}", "名称相同：{name}";
        AlikeName { one: String, other: String } = "alike_name":
            "names alike: {one}, {other}", "名称相近：{one}、{other}";
        OtherCountry { one: String, other: String } = "other_country":
            "but in two countries: {one}, {other}", "但国家/地区不同：{one}、{other}";
    }
}

/// How like two customers are, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// 0 to 100.
    pub score: u8,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Compares two customers by themselves, as if no word were common.
pub fn compare(one: &Sketch, other: &Sketch) -> Option<Likeness> {
    compare_among(one, other, ALIKE, &Alone)
}

/// What many customers say of a word or a key that two have in common.
pub(super) trait Among {
    /// What a word of a firm's own is worth, up to 1.
    fn rarity(&self, word: &str) -> f64;
    /// Whether so many have a key that it says nothing.
    fn is_dropped(&self, key: u64) -> bool;
}

/// Two by themselves.
struct Alone;

impl Among for Alone {
    fn rarity(&self, _: &str) -> f64 {
        1.0
    }

    fn is_dropped(&self, _: u64) -> bool {
        false
    }
}

/// Compares two customers among many. Nothing below the score `least`.
pub(super) fn compare_among(one: &Sketch, other: &Sketch, least: u8, among: &impl Among) -> Option<Likeness> {
    let mut evidence = channels(one, other, among);
    let has_channel = evidence.iter().any(|(worth, _)| *worth > BY_HOST);
    let abroad = match (&one.country, &other.country) {
        (Some(one), Some(other)) if one != other => {
            Some(Reason::OtherCountry { one: one.clone(), other: other.clone() })
        }
        _ => None,
    };
    let name = best_names(one, other, among);
    if let Some((likeness, a, b)) = name.filter(|(likeness, ..)| percent(*likeness) >= least.min(ALIKE)) {
        let reason = match likeness >= 0.97 {
            true => Reason::SameName { name: b.text.clone() },
            false => Reason::AlikeName { one: a.text.clone(), other: b.text.clone() },
        };
        evidence.push((if abroad.is_some() { likeness * ABROAD } else { likeness }, reason));
    }
    evidence.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let against: f64 = evidence.iter().map(|(worth, _)| 1.0 - worth).product();
    let mut score = 1.0 - against;
    if abroad.is_some() && !has_channel {
        score = score.min(MOST_ABROAD);
    }
    let score = percent(score);
    let reasons = evidence.into_iter().map(|(_, reason)| reason).chain(abroad).collect();
    (score >= least.max(1)).then_some(Likeness { score, reasons })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1 becomes 0 to 100")]
fn percent(part: f64) -> u8 {
    (part.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// The addresses, hosts and numbers that both have. Of those that say the same, the strongest.
fn channels(one: &Sketch, other: &Sketch, among: &impl Among) -> Vec<(f64, Reason)> {
    let both = |a: &[String], b: &[String], key: fn(&str) -> u64| {
        a.iter().find(|item| b.contains(item) && !among.is_dropped(key(item))).cloned()
    };
    let mut found = Vec::new();
    if let Some(mail) = both(&one.mails, &other.mails, mail_key) {
        found.push((BY_MAIL, Reason::SameMail { mail }));
    } else if let Some(host) = both(&one.mail_hosts, &other.mail_hosts, host_key) {
        found.push((BY_HOST, Reason::SameHost { host }));
    } else if let Some(host) = both(&one.site_hosts, &other.site_hosts, host_key) {
        found.push((BY_HOST, Reason::SameSite { host }));
    } else {
        let crossed = both(&one.mail_hosts, &other.site_hosts, host_key)
            .or_else(|| both(&one.site_hosts, &other.mail_hosts, host_key));
        found.extend(crossed.map(|host| (BY_HOST, Reason::MailOfSite { host })));
    }
    let is_same = |a: &str| other.phones.iter().any(|(b, _)| same_phone(a, b));
    let phone = one.phones.iter().find(|(a, _)| is_same(a) && !among.is_dropped(phone_key(a)));
    found.extend(phone.map(|(_, text)| (BY_PHONE, Reason::SamePhone { phone: text.clone() })));
    found
}

/// The two names that are most alike.
fn best_names<'s>(
    one: &'s Sketch,
    other: &'s Sketch,
    among: &impl Among,
) -> Option<(f64, &'s Name, &'s Name)> {
    let mut best: Option<(f64, &Name, &Name)> = None;
    for a in &one.names {
        for b in &other.names {
            let likeness = match (a.is_short, b.is_short) {
                (false, false) => alike(&a.words, &b.words, among),
                // Two short names are a family name twice.
                (true, true) => continue,
                _ if a.words == b.words => SHORT,
                _ => continue,
            };
            if best.as_ref().is_none_or(|(before, ..)| likeness > *before) {
                best = Some((likeness, a, b));
            }
        }
    }
    best
}

/// What a word weighs.
fn weight(word: &Word, among: &impl Among) -> f64 {
    match word.class {
        Class::Own => among.rarity(&word.text),
        Class::Trade => 0.35,
        Class::Filler => 0.15,
        Class::Place => 0.4,
        Class::Number => 0.8,
    }
}

/// How alike two names are, 0 to 1.
fn alike(one: &[Word], other: &[Word], among: &impl Among) -> f64 {
    if one == other {
        return if one.iter().any(|w| w.class == Class::Own) { 1.0 } else { ONLY_COMMON };
    }
    let (one, other) = (written_together(one, other), written_together(other, one));
    let matches = matched(&one, &other);
    let (mut shared, mut lost, mut own) = (0.0, 0.0, false);
    for (a, b, likeness) in &matches {
        let (a, b) = (&one[*a], &other[*b]);
        let weight = f64::midpoint(weight(a, among), weight(b, among));
        shared += weight * likeness;
        lost += weight * (1.0 - likeness);
        own |= a.class == Class::Own || b.class == Class::Own;
    }
    let left = |words: &[Word], is_matched: &dyn Fn(usize) -> bool| -> Vec<Word> {
        words.iter().enumerate().filter(|(at, _)| !is_matched(*at)).map(|(_, w)| w.clone()).collect()
    };
    let left_one = left(&one, &|at| matches.iter().any(|(a, ..)| *a == at));
    let left_other = left(&other, &|at| matches.iter().any(|(_, b, _)| *b == at));
    let all_left = || left_one.iter().chain(&left_other);
    let missing: f64 =
        all_left().map(|w| weight(w, among) * if w.class == Class::Own { 1.0 } else { 0.8 }).sum();
    let mut likeness = shared / (shared + lost + missing).max(f64::EPSILON);
    if matches.windows(2).any(|pair| pair[0].1 > pair[1].1) {
        // The same words in another order.
        likeness *= 0.98;
    }
    let is_own = |a: usize, b: usize| one[a].class == Class::Own || other[b].class == Class::Own;
    if matches.iter().any(|(a, b, likeness)| is_own(*a, *b) && *likeness < 0.9) {
        likeness = likeness.min(NOT_THE_SAME);
    }
    // Where no word is a firm's own, `Global` and `Universal` are all that tells two apart.
    let tells = |words: &[Word]| words.iter().any(|w| w.class != Class::Filler || !own);
    if (tells(&left_one) && tells(&left_other)) || numbers(&one) != numbers(&other) {
        likeness = likeness.min(BOTH_LACK);
    }
    match own {
        true => likeness,
        false if all_left().next().is_none() => likeness.min(ONLY_COMMON),
        false => likeness.min(NOTHING_OWN),
    }
}

/// The numbers in a name: lot 1-2 is not lot 2-1.
fn numbers(words: &[Word]) -> Vec<&str> {
    words.iter().filter(|w| w.class == Class::Number).map(|w| w.text.as_str()).collect()
}

/// Which word of one name is which of the other, in the order of the first; the surest first.
fn matched(one: &[Word], other: &[Word]) -> Vec<(usize, usize, f64)> {
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    for (a, word) in one.iter().enumerate() {
        let near = other.iter().enumerate().filter_map(|(b, o)| Some((a, b, word_likeness(word, o)?)));
        pairs.extend(near);
    }
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2));
    let mut taken: Vec<(usize, usize, f64)> = Vec::new();
    for pair in pairs {
        if !taken.iter().any(|(a, b, _)| *a == pair.0 || *b == pair.1) {
            taken.push(pair);
        }
    }
    taken.sort_by_key(|(a, ..)| *a);
    taken
}

/// A name in which neighbours are one word, where the other name writes them so.
fn written_together(words: &[Word], other: &[Word]) -> Vec<Word> {
    let mut together = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let joined = [3, 2].into_iter().find_map(|count| {
            let run = words.get(at..at + count)?;
            let text: String = run.iter().map(|w| w.text.as_str()).collect();
            other.iter().find(|o| o.text == text).map(|o| (count, o.class, text))
        });
        match joined {
            Some((count, class, text)) => {
                together.push(Word { text, class, han: None, meaning: None, cyrillic: word.cyrillic });
                at += count;
            }
            None => {
                together.push(word.clone());
                at += 1;
            }
        }
    }
    together
}

/// How alike two words are; nothing when they are two.
fn word_likeness(a: &Word, b: &Word) -> Option<f64> {
    if a.han.is_some() && a.han == b.han {
        return Some(1.0);
    }
    let same_meaning = a.meaning.is_some() && a.meaning == b.meaning;
    if a.text == b.text {
        // The same sound is not the same characters.
        return Some(if a.han.is_some() || b.han.is_some() { 0.86 } else { 1.0 });
    }
    if same_meaning {
        return Some(0.9);
    }
    let exact_only = |w: &Word| matches!(w.class, Class::Number | Class::Place);
    if exact_only(a) || exact_only(b) || (a.han.is_some() && b.han.is_some()) {
        return None;
    }
    if (a.cyrillic || b.cyrillic) && soft(&a.text) == soft(&b.text) {
        return Some(0.97);
    }
    if singular(&a.text) == singular(&b.text) {
        return Some(0.95);
    }
    typing_error(&a.text, &b.text).then_some(0.88)
}

/// Whether one typing error lies between two words: a letter too many, too few, or two changed over;
/// another letter only in a long word.
fn typing_error(a: &str, b: &str) -> bool {
    let (letters_a, letters_b) = (a.chars().count(), b.chars().count());
    let fewest = letters_a.min(letters_b);
    if fewest < FEWEST_LETTERS || letters_a.abs_diff(letters_b) > 1 || a.chars().next() != b.chars().next() {
        return false;
    }
    if a.chars().chain(b.chars()).any(|c| c.is_ascii_digit()) || strsim::osa_distance(a, b) > 1 {
        return false;
    }
    // Of equal length, and no two letters changed over: one letter is another.
    let replaced = letters_a == letters_b && strsim::levenshtein(a, b) == 1;
    !replaced || fewest >= LETTERS_TO_REPLACE
}

impl Say for Likeness {
    /// The reasons, one behind the other.
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        let reasons: Vec<_> = self.reasons.iter().map(|reason| reason.say(lang)).collect();
        Cow::Owned(reasons.join(BETWEEN.get(lang)))
    }
}
