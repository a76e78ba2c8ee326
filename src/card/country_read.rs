//! Reading a country with all that a list of other days, a town and a company's own labels say: the
//! country, what stood there when that was an old code, and what is doubtful about it.
//!
//! The old codes stand in `country_old.rs`, the towns in `country_city.rs`.

use super::country::{Country, Unclear, find, find_code, fold, half_width, near_names};
use super::country_city::country_of;
use super::country_old::{OLD, Old};
use crate::i18n::messages;

/// A country as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The country of today.
    pub country: Country,
    /// What stood there, when that was an old or wrong code: to be kept as `country_original`.
    pub original: Option<String>,
    /// What a person should look at.
    pub warnings: Vec<Doubt>,
}

messages! {
    /// What is doubtful about a country that was read all the same.
    pub enum Doubt {
        LabelOverCode { code: String, place: Country, label: String, read: String } = "label_over_code":
            "{code} is the code of {place}; with the label {label} it is read as {read}", "{code} 是{place}的代码；因名称写的是{label}，按 {read} 读取", "{code} 是{place}的代碼；因名稱寫的是{label}，故視為 {read}";
        DecidedByTown { value: String, town: String, country: Country, read: String } = "decided_by_town":
            "‘{value}’ is read as {read}, since {town} is in {country}", "“{value}”按 {read} 读取，因为{town}在{country}", "「{value}」視為 {read}，因為{town}在{country}";
        TownElsewhere { town: String, code: String, country: Country, other_code: String, other: Country } = "town_elsewhere":
            "{town} is in {other} ({other_code}), but the country given is {country} ({code})", "{town}在{other}（{other_code}），但填写的国家/地区是{country}（{code}）", "{town}在{other}（{other_code}），但填寫的國家/地區是{country}（{code}）";
    }
}

/// Countries that are taken for one another: the one given, and the one in which the town is.
const MIXED_UP: [(&str, &str); 2] = [("CG", "CD"), ("SD", "SS")];

/// Reads what stands for a country in a list or on a command line, with the town where it is known.
///
/// # Errors
/// When it is no country, or only a person can say which.
pub fn read(text: &str, city: Option<&str>) -> Result<Reading, Unclear> {
    read_with(text, city, &[])
}

/// Reads likewise, where a company calls some countries by labels of its own.
///
/// # Errors
/// When it is no country, or only a person can say which.
pub fn read_with(text: &str, city: Option<&str>, own: &[(Country, &str)]) -> Result<Reading, Unclear> {
    let mut reading = Asked { text, city, own }.read()?;
    reading.warnings.extend(city.and_then(|city| elsewhere(reading.country, city)));
    Ok(reading)
}

/// What is asked: a text, the town beside it, and the company's own labels.
struct Asked<'a> {
    text: &'a str,
    city: Option<&'a str>,
    own: &'a [(Country, &'a str)],
}

impl Asked<'_> {
    fn read(&self) -> Result<Reading, Unclear> {
        // Before the codes of today, since BL is one.
        let old = old_by_code(self.text);
        if !old.is_empty() {
            return self.settle(&old);
        }
        match self.named(self.text).as_slice() {
            [country] => return Ok(plain(*country)),
            [] => {}
            several => return Err(Unclear::Several(several.to_vec())),
        }
        let old: Vec<&Old> = OLD.iter().filter(|old| is_named(old, self.text)).collect();
        if !old.is_empty() {
            return self.settle(&old);
        }
        let label = self.text.split_once(['-', '－', '‐', '‑', '–', '—']);
        let read = label.and_then(|(code, name)| self.read_label(code, name));
        read.unwrap_or_else(|| Err(Unclear::Unknown { near: near_names(self.text) }))
    }

    /// Reads `CODE-NAME`, in which both must agree; nothing when there is no code before the dash.
    fn read_label(&self, code: &str, name: &str) -> Option<Result<Reading, Unclear>> {
        let old = old_by_code(code);
        if !old.is_empty() {
            return Some(self.read_old_label(&old, name));
        }
        let country = find_code(code)?;
        let named = self.named(name);
        Some(if named.contains(&country) {
            Ok(plain(country))
        } else if named.is_empty() {
            // The code is the best guess there is; a name like it would only distract.
            Err(Unclear::Unknown { near: vec![country] })
        } else {
            Err(Unclear::Several([vec![country], named].concat()))
        })
    }

    /// Reads a label whose code is old: `CS-捷克`, `YU-南斯拉夫联盟`, `BL-巴勒斯坦`.
    fn read_old_label(&self, old: &[&'static Old], name: &str) -> Result<Reading, Unclear> {
        let (to, before) = meanings(old);
        let named = self.named(name);
        let both = to.iter().chain(&before).copied().filter(|c| named.contains(c)).collect::<Vec<_>>();
        let code = old.first().map_or("", |old| old.code);
        match both.as_slice() {
            [country] if country.code() == code => Ok(plain(*country)),
            [country] => {
                let doubt = Country::from_code(code).map(|place| Doubt::LabelOverCode {
                    code: code.to_owned(),
                    place,
                    label: name.trim().to_owned(),
                    read: country.code().to_owned(),
                });
                Ok(self.once(*country, doubt))
            }
            [] if !named.is_empty() => Err(Unclear::Several([to, named].concat())),
            [] => {
                let so_called: Vec<&Old> = old.iter().copied().filter(|old| is_named(old, name)).collect();
                if !so_called.is_empty() {
                    self.settle(&so_called)
                } else if old.iter().all(|old| old.automatic()) {
                    Err(Unclear::Unknown { near: to })
                } else {
                    self.settle(old)
                }
            }
            several => Err(Unclear::Several(several.to_vec())),
        }
    }

    /// What an old code means: the one country that it became, the one in which the town is, or a
    /// question.
    fn settle(&self, old: &[&'static Old]) -> Result<Reading, Unclear> {
        let (to, before) = meanings(old);
        if let ([country], []) = (to.as_slice(), before.as_slice()) {
            return Ok(self.once(*country, None));
        }
        let by_town = self.city.and_then(|city| Some((city, country_of(city)?)));
        if let Some((town, country)) = by_town.filter(|(_, c)| to.contains(c) || before.contains(c)) {
            let (value, town) = (self.text.trim().to_owned(), town.trim().to_owned());
            let doubt = Doubt::DecidedByTown { value, town, country, read: country.code().to_owned() };
            return Ok(self.once(country, Some(doubt)));
        }
        let code = old.first().map_or("", |old| old.code);
        let until = old.iter().map(|old| old.until).max().unwrap_or("");
        Err(Unclear::Old { code, until, to, before })
    }

    /// A country that once had another code, which is kept.
    fn once(&self, country: Country, doubt: Option<Doubt>) -> Reading {
        let original = Some(self.text.trim().to_owned());
        Reading { country, original, warnings: doubt.into_iter().collect() }
    }

    /// The countries that a whole text can mean today, a company's own labels among them.
    fn named(&self, text: &str) -> Vec<Country> {
        let mut all = find(text);
        let folded = fold(text);
        for (country, _) in self.own.iter().filter(|(_, label)| fold(label) == folded) {
            if !all.contains(country) {
                all.push(*country);
            }
        }
        all
    }
}

fn plain(country: Country) -> Reading {
    Reading { country, original: None, warnings: Vec::new() }
}

/// A warning when the town is in the other one of two countries that are taken for one another.
fn elsewhere(country: Country, city: &str) -> Option<Doubt> {
    let other = country_of(city)?;
    MIXED_UP.contains(&(country.code(), other.code())).then(|| Doubt::TownElsewhere {
        town: city.trim().to_owned(),
        code: country.code().to_owned(),
        country,
        other_code: other.code().to_owned(),
        other,
    })
}

fn is_named(old: &Old, text: &str) -> bool {
    let folded = fold(text);
    old.names.iter().any(|name| fold(name) == folded)
}

/// The old codes that a text is: without punctuation, as a code of today.
fn old_by_code(text: &str) -> Vec<&'static Old> {
    let text = half_width(text);
    let is = |code: &str| !code.is_empty() && code.eq_ignore_ascii_case(&text);
    OLD.iter().filter(|old| is(old.code) || is(old.alpha3)).collect()
}

/// What old codes mean: of today, and before.
fn meanings(old: &[&Old]) -> (Vec<Country>, Vec<Country>) {
    let countries = |codes: fn(&Old) -> &'static [&'static str]| -> Vec<Country> {
        old.iter().flat_map(|old| codes(old)).filter_map(|code| Country::from_code(code)).collect()
    };
    (countries(|old| old.to), countries(|old| old.before))
}
