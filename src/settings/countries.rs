//! A company's own labels of countries and regions: `[countries]` in `crm.toml`, code and
//! label. They are shown and understood in that archive; the code stays the key, folders keep the
//! usual name.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

use super::{Settings, SettingsFlaw};
use crate::card::Country;
use crate::card::country::{Reading, Tongue, Unclear, read_with};
use crate::i18n::{Lang, List, Say};

/// A country in a sentence, by name and code: the company's own label, else the short name in the
/// reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCountry {
    country: Country,
    own: Option<String>,
}

impl Say for NamedCountry {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        let name = self.own.as_deref().unwrap_or(self.country.short_name(Tongue::of(lang)));
        Cow::Owned(format!("{name} ({})", self.country.code()))
    }
}

impl Settings {
    /// What people see for a country: the company's own label, else the short name.
    pub fn country_name(&self, country: Country, lang: Lang) -> &str {
        let own = self.countries.get(country.code());
        own.map_or(country.short_name(Tongue::of(lang)), String::as_str)
    }

    /// Countries as a sentence names them.
    pub fn named(&self, countries: &[Country]) -> List<NamedCountry> {
        let own = |country: &Country| self.countries.get(country.code()).cloned();
        List(countries.iter().map(|c| NamedCountry { country: *c, own: own(c) }).collect())
    }

    /// Reads a country as a person of this company writes it, with the town where it is known.
    ///
    /// # Errors
    /// When it is no country, or only a person can say which.
    pub fn country(&self, text: &str, city: Option<&str>) -> Result<Reading, Unclear> {
        let own = self.countries.iter();
        let own = own.filter_map(|(code, label)| Some((Country::from_code(code)?, label.as_str())));
        read_with(text, city, &own.collect::<Vec<_>>())
    }
}

/// The first label that no country can have, with its place: an unknown code, or nothing to show.
pub(super) fn flaw(table: &DeTable<'_>) -> Option<(SettingsFlaw, usize)> {
    let (_, countries) = table.iter().find(|(key, _)| key.get_ref() == "countries")?;
    let DeValue::Table(countries) = countries.get_ref() else { return None };
    countries.iter().find_map(|(code, label)| {
        let key = format!("countries.{}", code.get_ref());
        match Country::from_code(code.get_ref()) {
            None => return Some((SettingsFlaw::UnknownKey { key }, code.span().start)),
            Some(country) if country.code() != code.get_ref() => {
                let near = format!("countries.{}", country.code());
                return Some((SettingsFlaw::NearKey { key, near }, code.span().start));
            }
            Some(_) => {}
        }
        let DeValue::String(text) = label.get_ref() else { return None };
        let is_empty = text.trim().is_empty();
        is_empty.then(|| (SettingsFlaw::BadValue { key, value: text.to_string() }, label.span().start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        Country::from_code(code).expect("the test names a code of the table")
    }

    #[test]
    fn an_own_label_is_shown_and_understood_and_the_usual_names_stay() {
        let settings = Settings::read("[countries]\nHK = \"香江\"\n").expect("settings");
        let hong_kong = country("HK");
        assert_eq!(settings.country_name(hong_kong, Lang::En), "香江");
        assert_eq!(settings.country_name(country("MO"), Lang::En), "Macao");
        for text in ["香江", "HK", "HK-香江", "Hong Kong", "香港"] {
            assert_eq!(settings.country(text, None).map(|r| r.country), Ok(hong_kong), "{text}");
        }
        assert!(Settings::default().country("香江", None).is_err());
    }

    #[test]
    fn a_label_of_no_country_is_a_fault_with_its_place() {
        let unknown = |key: &str| SettingsFlaw::UnknownKey { key: key.into() };
        let near = SettingsFlaw::NearKey { key: "countries.hk".into(), near: "countries.HK".into() };
        let empty = SettingsFlaw::BadValue { key: "countries.HK".into(), value: " ".into() };
        for (text, flaw, place) in [
            ("[countries]\nDE = \"x\"\nQQ = \"x\"\n", unknown("countries.QQ"), (3, 1)),
            ("[countries]\nYU = \"x\"\n", unknown("countries.YU"), (2, 1)),
            ("[countries]\nhk = \"x\"\n", near, (2, 1)),
            ("[countries]\nHK = \" \"\n", empty, (2, 6)),
        ] {
            let bad = Settings::read(text).expect_err(text);
            assert_eq!((bad.flaw, (bad.line, bad.column)), (flaw, place), "{text}");
        }
        assert!(Settings::read("[countries]\nHK = 3\n").is_err());
    }
}
