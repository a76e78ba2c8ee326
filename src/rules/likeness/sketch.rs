//! A customer in a few strokes: what a likeness is seen by, folded once.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::keys;
use super::letters::soft;
use super::names::{self, Class, Word, singular};

/// What a card says that a likeness can be seen by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// ISO 3166-1; empty or `ZZ` while not known.
    pub country: String,
    /// The full name, and the name in another script.
    pub names: Vec<String>,
    /// The name that colleagues use.
    pub short_names: Vec<String>,
    /// E-mail addresses, of the firm and of its people.
    pub mails: Vec<String>,
    /// Telephone, mobile and fax numbers.
    pub phones: Vec<String>,
    /// Addresses on the web.
    pub websites: Vec<String>,
}

impl Particulars {
    /// Takes the value of a field of a card, or of a channel by its kind. Other fields say nothing.
    pub fn take(&mut self, key: &str, value: String) {
        match key {
            "name" | "local_name" => self.names.push(value),
            "short_name" => self.short_names.push(value),
            "email" => self.mails.push(value),
            "phone" | "mobile" | "fax" | "whatsapp" => self.phones.push(value),
            "website" => self.websites.push(value),
            _ => {}
        }
    }

    /// What a person typed to look for: a mail address, a web site, a number, else a name.
    pub fn typed(text: &str) -> Particulars {
        let text = text.trim().to_owned();
        let mut typed = Particulars::default();
        let dialled = |c: char| c.is_ascii_digit() || " +-/().".contains(c);
        if keys::mail(&text).is_some() && !text.contains(' ') {
            typed.mails.push(text);
        } else if text.contains("://") || text.starts_with("www.") {
            typed.websites.push(text);
        } else if text.chars().all(dialled) && keys::phone(&text).is_some() {
            typed.phones.push(text);
        } else {
            typed.names.push(text);
        }
        typed
    }
}

/// A name, as it is written and as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub text: String,
    pub words: Vec<Word>,
    pub is_short: bool,
}

/// A customer as it is compared.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub(super) country: Option<String>,
    pub(super) names: Vec<Name>,
    pub(super) mails: Vec<String>,
    pub(super) mail_hosts: Vec<String>,
    pub(super) site_hosts: Vec<String>,
    /// As compared, and as written.
    pub(super) phones: Vec<(String, String)>,
    /// Whoever is like this customer has one of these too.
    pub(super) keys: Vec<u64>,
}

impl Sketch {
    /// The sketch of a customer. `own_hosts` are those of the archive's people, which stand on cards
    /// for other reasons than that the customer is there.
    pub fn of(particulars: &Particulars, own_hosts: &[String]) -> Sketch {
        let name =
            |is_short| move |text: &String| Name { words: names::words(text), text: text.clone(), is_short };
        let mut all: Vec<Name> = particulars.names.iter().map(name(false)).collect();
        all.extend(particulars.short_names.iter().map(name(true)));
        all.retain(|n| !n.words.is_empty());
        let counts = |host: &String| !keys::is_shared(host) && !own_hosts.contains(host);
        let own = |mail: &String| keys::host_of_mail(mail).is_some_and(|host| own_hosts.contains(&host));
        let mails = distinct(particulars.mails.iter().filter_map(|m| keys::mail(m)).filter(|m| !own(m)));
        let mail_hosts = distinct(mails.iter().filter_map(|m| keys::host_of_mail(m)).filter(counts));
        let sites = particulars.websites.iter().filter_map(|w| keys::host_of_site(w));
        let phone = |text: &String| Some((keys::phone(text)?, text.trim().to_owned()));
        let mut sketch = Sketch {
            country: Some(particulars.country.clone()).filter(|c| !c.is_empty() && c != "ZZ"),
            names: all,
            mails,
            mail_hosts,
            site_hosts: distinct(sites.filter(counts)),
            phones: distinct(particulars.phones.iter().filter_map(phone)),
            keys: Vec::new(),
        };
        sketch.keys = sketch.all_keys();
        sketch
    }

    /// The name, as it is written.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", |name| &name.text)
    }

    /// The words of its own, by hash, each once: for counting how rare they are.
    pub(super) fn own_words(&self) -> Vec<u64> {
        let words = self.names.iter().flat_map(|n| &n.words).filter(|w| w.class == Class::Own);
        distinct(words.map(|w| hash(&w.text)))
    }

    fn all_keys(&self) -> Vec<u64> {
        let mut keys: Vec<u64> = Vec::new();
        keys.extend(self.mails.iter().map(|mail| mail_key(mail)));
        keys.extend(self.mail_hosts.iter().chain(&self.site_hosts).map(|host| host_key(host)));
        keys.extend(self.phones.iter().map(|(phone, _)| phone_key(phone)));
        self.names.iter().for_each(|name| name_keys(&name.words, &mut keys));
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The keys of a name: each word of its own with one letter left out at every place, so that two words
/// with one typing error between them share one; neighbours written together; and every two words, for
/// names of which each word is common.
fn name_keys(words: &[Word], keys: &mut Vec<u64>) {
    let stem = |word: &Word| hash(word.meaning.unwrap_or(singular(&word.text)));
    for word in words.iter().filter(|w| w.class == Class::Own) {
        word_keys(&word.text, keys);
        if let Some(han) = &word.han {
            keys.push(hash(("word", han)));
        }
    }
    for (at, word) in words.iter().enumerate() {
        for next in &words[at + 1..] {
            let (one, other) = (stem(word), stem(next));
            keys.push(hash((one.min(other), one.max(other))));
        }
    }
    for run in (2..=3).flat_map(|n| words.windows(n)) {
        if run.iter().any(|w| w.class == Class::Own) {
            let joined: String = run.iter().map(|w| w.text.as_str()).collect();
            keys.push(hash(("word", joined)));
        }
    }
    if let [only] = words
        && only.class != Class::Own
    {
        keys.push(hash(("only", stem(only))));
    }
}

fn word_keys(text: &str, keys: &mut Vec<u64>) {
    keys.push(hash(("word", text)));
    keys.push(hash(("word", singular(text))));
    let soft = soft(text);
    if soft != text {
        keys.push(hash(("word", soft)));
    }
    if text.chars().count() >= super::score::FEWEST_LETTERS {
        for (at, c) in text.char_indices() {
            let without = [&text[..at], &text[at + c.len_utf8()..]].concat();
            keys.push(hash(("word", without)));
        }
    }
}

/// The hosts of the archive's own people, for [`Sketch::of`].
pub fn own_hosts<'a>(mails: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mails = mails.filter_map(keys::mail);
    distinct(mails.filter_map(|mail| keys::host_of_mail(&mail)).filter(|host| !keys::is_shared(host)))
}

pub(super) fn mail_key(mail: &str) -> u64 {
    hash(("mail", mail))
}

pub(super) fn host_key(host: &str) -> u64 {
    hash(("host", host))
}

pub(super) fn phone_key(phone: &str) -> u64 {
    hash(("phone", keys::phone_key(phone)))
}

pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    // Mostly it is one, and an import of many rows keeps it to the end.
    items.shrink_to_fit();
    items
}
