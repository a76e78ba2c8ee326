//! A country on the command line: what a person typed, what is said about it, and what is asked when
//! it has several meanings. Folders that are named by old codes are said here too.

use super::console::Console;
use super::say;
use crate::card::Country;
use crate::card::country::{Doubt, Reading, Tongue, Unclear, Written};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::notice::Notice;
use crate::i18n::{List, Say};
use crate::settings::{NamedCountry, Settings};

/// How many ways of writing a country a refusal names.
const WAYS: usize = 4;

/// Reads what stands behind an option such as `--country`, with the town where it is known.
pub(super) fn read(settings: &Settings, option: &str, text: &str, city: Option<&str>) -> Result<Reading> {
    settings.country(text, city).map_err(|unclear| refusal(settings, option, text, unclear))
}

/// Says what a person should know of a country that was not read as it stands.
pub(super) fn say_reading(console: &Console, settings: &Settings, text: &str, reading: &Reading) {
    let lang = console.lang();
    // A doubt that says how it is read says the same, and why.
    let is_said = reading.warnings.iter().any(|w| !matches!(w, Doubt::TownElsewhere { .. }));
    if reading.original.is_some() && !is_said {
        console.say(&Notice::CountryRead {
            value: text.trim().to_owned(),
            name: settings.country_name(reading.country, lang).to_owned(),
            code: reading.country.code().to_owned(),
        });
    }
    for doubt in &reading.warnings {
        console.say(&Notice::Line { text: doubt.say(lang).into_owned() });
    }
}

/// Why a text is not one country, and how to write the one that is meant.
fn refusal(settings: &Settings, option: &str, text: &str, unclear: Unclear) -> Error {
    let value = text.trim().to_owned();
    let names = |countries: &[Country]| settings.named(countries);
    match unclear {
        Unclear::Unknown { near } => {
            let error = Error::usage(Problem::NoSuchCountry { value: text.to_owned() });
            if near.is_empty() { error } else { error.hint(Hint::DidYouMean { near: said(&names(&near)) }) }
        }
        Unclear::Several(all) => Error::usage(Problem::SeveralCountries { value, may_be: names(&all) })
            .hint(Hint::WriteCountry { ways: ways(option, &all) }),
        Unclear::Old { code, until, to, before } => {
            let (code, may_be) = (code.to_owned(), names(&to));
            let problem = match until {
                "" => Problem::WrongCountry { value, code, may_be },
                until => Problem::OldCountry { value, code, until: until.to_owned(), may_be },
            };
            let error = Error::usage(problem).hint(Hint::WriteCountry { ways: ways(option, &to) });
            if before.is_empty() { error } else { error.hint(Hint::OldestRecords { names: names(&before) }) }
        }
    }
}

/// The names in the language of this run.
fn said(names: &List<NamedCountry>) -> List {
    names.0.iter().map(|name| name.say(say::lang())).collect()
}

/// How to write countries so that each has one meaning: `--country PS`, `--country 'BL-圣巴泰勒米'`.
fn ways(option: &str, countries: &[Country]) -> List {
    let way = |c: &Country| format!("`{option} {}`", Written(*c).say(say::lang()));
    let more = (countries.len() > WAYS).then(|| "…".to_owned());
    countries.iter().take(WAYS).map(way).chain(more).collect()
}

/// What is said of a folder whose customers are not listed.
pub(super) fn strange_folder(folder: &str) -> Notice {
    let folder = folder.to_owned();
    match Country::parse(last(&folder)) {
        Err(Unclear::Several(all) | Unclear::Old { to: all, .. }) => {
            let usual = all.iter().map(|c| c.folder_label(Tongue::of(say::lang())));
            Notice::UnclearFolder { names: usual.take(WAYS).collect(), folder }
        }
        _ => Notice::StrangeFolder { folder },
    }
}

/// What is said of a folder that an old code names, whose customers are listed.
pub(super) fn old_folder(folder: &str, country: Country) -> Notice {
    let tongue = Tongue::of(say::lang());
    Notice::OldFolder {
        folder: folder.to_owned(),
        name: country.short_name(tongue).to_owned(),
        code: country.code().to_owned(),
        usual: country.folder_label(tongue),
    }
}

fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}
