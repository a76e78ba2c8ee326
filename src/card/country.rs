//! A country on a card: reading one from what a person typed, and naming it.
//!
//! Here live [`Country`] and the folding of names. The codes and names themselves are in
//! `country_table.rs`, which is generated, everyday ones in `country_alias.rs`. Codes that ISO has
//! withdrawn live in `country_old.rs`, the reading of a whole text in `country_read.rs`, time zones in
//! `country_zones.rs`, generated too. The wording of a refusal does not live here: [`Unclear`] is data
//! for whoever speaks.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::LazyLock;

use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::country_alias::ALIASES;
pub use super::country_old::{OLD, Old};
pub use super::country_read::{Doubt, Reading, read, read_with};
use super::country_table::{COUNTRIES, Names, Row};
use super::country_zones::ZONES;
use crate::i18n::{Lang, Say};

/// How many near names a refusal offers.
const NEAR: usize = 3;

/// Every folded name with the countries that it can mean.
static BY_NAME: LazyLock<HashMap<String, Vec<Country>>> = LazyLock::new(index_names);

/// A country or region: an ISO 3166-1 alpha-2 code, XK, or ZZ while not known.
///
/// Sorts by code. Inside it is the place in the table, which changes when the table does: a
/// file stores [`Country::code`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u8);

/// The language of a country's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English, as CLDR spells it.
    English,
    /// Chinese in simplified characters, as the mainland writes it.
    Simplified,
    /// Chinese in traditional characters, as Taiwan writes it.
    Traditional,
}

/// Why a text is not one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// No country has this name; `near` are up to three with a similar one, nearest first.
    Unknown {
        /// Empty when nothing is near.
        near: Vec<Country>,
    },
    /// The text fits each of these: `Congo`, or a folder whose code and name disagree.
    Several(Vec<Country>),
    /// An old code, or one that lists use for another country: only a person can say which.
    Old {
        /// The code.
        code: &'static str,
        /// The day on which it was withdrawn; empty where it never was.
        until: &'static str,
        /// What it may mean today, the likeliest first.
        to: Vec<Country>,
        /// What the oldest records may mean by it besides.
        before: Vec<Country>,
    },
}

impl Unclear {
    /// The countries to choose from, the likeliest first; those of the oldest records last.
    pub fn candidates(self) -> Vec<Country> {
        match self {
            Unclear::Unknown { near } => near,
            Unclear::Several(all) => all,
            Unclear::Old { to, before, .. } => [to, before].concat(),
        }
    }
}

impl Country {
    /// ZZ: nobody knows yet.
    pub const UNKNOWN: Country = {
        let last = COUNTRIES.len() - 1;
        assert!(last <= u8::MAX as usize, "a place in the table fits a u8");
        Country(last as u8) // ZZ sorts last, and the table is sorted; a test holds it
    };

    /// The country of an alpha-2 or alpha-3 code, in either case; no names, no spaces.
    pub fn from_code(code: &str) -> Option<Country> {
        Country::all().find(|country| {
            let row = country.row();
            row.code.eq_ignore_ascii_case(code) || row.alpha3.eq_ignore_ascii_case(code)
        })
    }

    /// Reads what a person typed: a code, a name in any of the three languages, an everyday
    /// alias, a folder label such as `DE-德国`, or an old code that has one meaning today.
    ///
    /// Case, accents, full width, punctuation, spaces, `the` and `&` for `and` make no
    /// difference to a name. A code is taken only without punctuation, since `n/a` is not
    /// Namibia. In a folder label the code and the name must agree. What is to be kept and said of
    /// an old code, [`read`] tells.
    pub fn parse(text: &str) -> Result<Country, Unclear> {
        read(text, None).map(|reading| reading.country)
    }

    /// The alpha-2 code, in capitals.
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// The full name, as CLDR has it: `中国香港特别行政区`.
    pub fn name(self, tongue: Tongue) -> &'static str {
        self.row().name.within(tongue)
    }

    /// The name for a label: `香港`; the full name where CLDR has no shorter one.
    pub fn short_name(self, tongue: Tongue) -> &'static str {
        let row = self.row();
        row.short.as_ref().unwrap_or(&row.name).within(tongue)
    }

    /// The name of the country's folder: `DE-德国`, `DE-Germany`. [`Country::parse`] reads it.
    pub fn folder_label(self, tongue: Tongue) -> String {
        format!("{}-{}", self.code(), self.short_name(tongue))
    }

    /// How a person writes it so that it has one meaning: the code, with the name behind it where
    /// old lists use that code for another country.
    pub fn unmistakable(self, tongue: Tongue) -> Cow<'static, str> {
        match OLD.iter().any(|old| old.code == self.code()) {
            true => Cow::Owned(self.folder_label(tongue)),
            false => Cow::Borrowed(self.code()),
        }
    }

    /// The time zones on its ground, the principal one first: that of the capital or of the largest
    /// trading town. Which of several a customer keeps, the country does not say. Empty where nobody
    /// lives, and for [`Country::UNKNOWN`].
    pub fn zones(self) -> &'static [Tz] {
        match ZONES.binary_search_by_key(&self.code(), |(code, _)| code) {
            Ok(place) => ZONES[place].1,
            Err(_) => &[],
        }
    }

    /// Every country and region in the order of the codes; [`Country::UNKNOWN`] comes last.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..=Country::UNKNOWN.0).map(Country)
    }

    fn row(self) -> &'static Row {
        // Only `UNKNOWN` and `all` make a Country, both from places within the table.
        &COUNTRIES[usize::from(self.0)]
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Country({})", self.code())
    }
}

/// A country in a sentence is its short name.
impl Say for Country {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.short_name(Tongue::of(lang)))
    }
}

/// A country in a command: as a person writes it so that it has one meaning, quoted for a shell where
/// that is more than a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written(pub Country);

impl Say for Written {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        match self.0.unmistakable(Tongue::of(lang)) {
            Cow::Borrowed(code) => Cow::Borrowed(code),
            Cow::Owned(label) => Cow::Owned(format!("'{label}'")),
        }
    }
}

impl Tongue {
    /// How a language calls countries.
    pub fn of(lang: Lang) -> Tongue {
        match lang {
            Lang::En => Tongue::English,
            Lang::ZhCn => Tongue::Simplified,
            Lang::ZhTw => Tongue::Traditional,
        }
    }
}

impl Names {
    fn within(&self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::English => self.en,
            Tongue::Simplified => self.zh_hans,
            Tongue::Traditional => self.zh_hant,
        }
    }
}

/// The countries that a whole text can mean, as a code or as a name.
pub(super) fn find(text: &str) -> Vec<Country> {
    match find_code(text) {
        Some(country) => vec![country],
        None => BY_NAME.get(&fold(text)).cloned().unwrap_or_default(),
    }
}

/// A code among spaces and in full width, but not with punctuation.
pub(super) fn find_code(text: &str) -> Option<Country> {
    Country::from_code(&half_width(text))
}

/// A text without spaces around it, and with letters of full width as everyday ones.
pub(super) fn half_width(text: &str) -> String {
    text.trim().nfkc().collect()
}

/// What remains of a name when everything is gone that people write one way or another.
///
/// Words are joined, so that `Hongkong` is `Hong Kong` and `Guinea Bissau` is `Guinea-Bissau`.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain
        .replace('&', " and ")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| *word != "the")
        .map(|word| if word == "st" { "saint" } else { word })
        .collect()
}

fn index_names() -> HashMap<String, Vec<Country>> {
    let mut index: HashMap<String, Vec<Country>> = HashMap::new();
    let mut add = |name: &str, country: Country| match index.entry(fold(name)) {
        Entry::Occupied(known) if known.get().contains(&country) => {}
        entry => entry.or_default().push(country),
    };
    for country in Country::all() {
        for tongue in [Tongue::English, Tongue::Simplified, Tongue::Traditional] {
            add(country.name(tongue), country);
            add(country.short_name(tongue), country);
        }
        add(country.row().zh_hant_hk, country);
    }
    for (alias, code) in ALIASES {
        let country = Country::from_code(code).expect("a test resolves the code of every alias");
        add(alias, country);
    }
    index
}

/// The countries with a name like this one, nearest first.
pub(super) fn near_names(text: &str) -> Vec<Country> {
    let whole = fold(text);
    // `Republic of Poland` is like Poland, not like the Republic of Korea.
    let last = text.rsplit_once(" of ").map(|(_, last)| fold(last));
    let mut near: Vec<(usize, Country)> = BY_NAME
        .iter()
        .filter_map(|(known, countries)| {
            let of_last = last.as_ref().and_then(|last| distance(last, known));
            let distance = distance(&whole, known).into_iter().chain(of_last).min()?;
            Some(countries.iter().map(move |country| (distance, *country)))
        })
        .flatten()
        .collect();
    near.sort_unstable();
    let mut nearest: Vec<Country> = Vec::new();
    for (_, country) in near {
        if nearest.len() < NEAR && !nearest.contains(&country) {
            nearest.push(country);
        }
    }
    nearest
}

/// How many letters differ or are swapped between two folded names: at most three and at most
/// a third of the longer name, since more is another name.
fn distance(one: &str, other: &str) -> Option<usize> {
    let longer = one.chars().count().max(other.chars().count());
    let distance = strsim::osa_distance(one, other);
    (distance <= 3 && distance * 3 <= longer).then_some(distance)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const TONGUES: [Tongue; 3] = [Tongue::English, Tongue::Simplified, Tongue::Traditional];

    fn country(code: &str) -> Country {
        Country::from_code(code).expect("the test names a code of the table")
    }

    fn names_of(one: Country) -> Vec<&'static str> {
        let mut names = vec![one.row().zh_hant_hk];
        names.extend(TONGUES.map(|tongue| one.name(tongue)));
        names.extend(TONGUES.map(|tongue| one.short_name(tongue)));
        names
    }

    fn countries(codes: &[&str]) -> Vec<Country> {
        codes.iter().map(|code| country(code)).collect()
    }

    #[track_caller]
    fn assert_reads(text: &str, code: &str) {
        assert_eq!(Country::parse(text), Ok(country(code)), "{text}");
    }

    #[test]
    fn the_table_has_249_countries_kosovo_and_unknown_sorted_by_code() {
        assert_eq!(Country::all().count(), 251);
        assert_eq!(COUNTRIES.len(), 251);
        assert!(COUNTRIES.is_sorted_by(|one, next| one.code < next.code));
        assert_eq!(Country::UNKNOWN.code(), "ZZ");
        assert_eq!(country("XK").name(Tongue::Simplified), "科索沃");
    }

    #[test]
    fn every_code_reads_as_itself_in_either_case() {
        for one in Country::all() {
            let row = one.row();
            for code in [row.code, row.alpha3] {
                assert_eq!(Country::from_code(code), Some(one));
                assert_eq!(Country::from_code(&code.to_lowercase()), Some(one));
                // BL alone is asked about: old lists mean Palestine.
                if code != "BL" {
                    assert_eq!(Country::parse(&format!(" {code} ")), Ok(one), "{code}");
                }
            }
        }
    }

    #[test]
    fn no_code_has_two_rows() {
        let mut codes: Vec<_> = COUNTRIES.iter().flat_map(|r| [r.code, r.alpha3]).collect();
        codes.sort_unstable();
        assert!(codes.is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn every_name_reads_as_its_own_country() {
        for one in Country::all() {
            for name in names_of(one) {
                assert_eq!(Country::parse(name), Ok(one), "{name}");
                assert_eq!(Country::parse(&name.to_uppercase()), Ok(one), "{name}");
            }
        }
    }

    #[test]
    fn every_alias_is_needed_and_leads_to_its_country() {
        let mut seen = Vec::new();
        let known: HashSet<_> = Country::all().flat_map(names_of).map(fold).collect();
        for (alias, code) in ALIASES {
            let meant = Country::from_code(code).unwrap_or_else(|| panic!("{alias}: no {code}"));
            let folded = fold(alias);
            assert!(BY_NAME[&folded].contains(&meant), "{alias}");
            assert!(!known.contains(&folded), "the table has {alias}");
            assert_eq!(Country::from_code(alias), None, "{alias} is a code");
            assert!(!seen.contains(&(folded.clone(), meant)), "{alias} is there twice");
            seen.push((folded, meant));
        }
    }

    #[test]
    fn only_names_meant_to_be_ambiguous_are() {
        let mut several: Vec<_> = BY_NAME.iter().filter(|(_, c)| c.len() > 1).collect();
        several.sort_unstable();
        let names: Vec<_> = several.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["congo", "korea", "virginislands", "刚果", "剛果"]);
        let both = Err(Unclear::Several(countries(&["CD", "CG"])));
        assert_eq!(Country::parse("Congo"), both);
    }

    #[test]
    fn everyday_names_are_understood() {
        for (text, code) in [
            ("UK", "GB"),
            ("Great Britain", "GB"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("us", "US"),
            ("德国", "DE"),
            ("德國", "DE"),
            ("germany", "DE"),
            ("South Korea", "KR"),
            ("韓國", "KR"),
            ("朝鲜", "KP"),
            ("Türkiye", "TR"),
            ("turkiye", "TR"),
            ("Turkey", "TR"),
            ("Viet Nam", "VN"),
            ("香港", "HK"),
            ("hongkong", "HK"),
            ("澳门", "MO"),
            ("台湾省", "TW"),
            ("新西蘭", "NZ"),
            ("莫桑比克", "MZ"),
        ] {
            assert_reads(text, code);
        }
    }

    #[test]
    fn spelling_that_does_not_matter_does_not_matter() {
        for (text, code) in [
            ("  ＧＥＲＭＡＮＹ　", "DE"),
            ("ｄｅ", "DE"),
            ("The Netherlands", "NL"),
            ("Gambia, The", "GM"),
            ("Cote d'Ivoire", "CI"),
            ("Bosnia and Herzegovina", "BA"),
            ("saint kitts and nevis", "KN"),
            ("St Vincent and the Grenadines", "VC"),
            ("Guinea Bissau", "GW"),
            ("刚果(金)", "CD"),
            ("Aland Islands", "AX"),
        ] {
            assert_reads(text, code);
        }
    }

    #[test]
    fn a_folder_label_reads_as_its_country_in_every_language() {
        for one in Country::all() {
            for tongue in TONGUES {
                let label = one.folder_label(tongue);
                assert_eq!(Country::parse(&label), Ok(one), "{label}");
            }
        }
        assert_eq!(country("DE").folder_label(Tongue::Simplified), "DE-德国");
        assert_eq!(country("DE").folder_label(Tongue::English), "DE-Germany");
        assert_eq!(country("HK").folder_label(Tongue::Simplified), "HK-香港");
        assert_eq!(country("HK").folder_label(Tongue::English), "HK-Hong Kong");
        assert_reads("de - germany", "DE");
        assert_reads("GB-UK", "GB");
        assert_reads("CG-Congo", "CG");
    }

    #[test]
    fn a_folder_label_whose_code_and_name_disagree_is_unclear() {
        let both = Err(Unclear::Several(countries(&["DE", "FR"])));
        assert_eq!(Country::parse("DE-France"), both);
        let near = countries(&["DE"]);
        let unknown = Err(Unclear::Unknown { near });
        assert_eq!(Country::parse("DE-Atlantis"), unknown);
    }

    #[test]
    fn a_folder_label_is_a_file_name_on_every_system() {
        for label in Country::all().flat_map(|c| TONGUES.map(|t| c.folder_label(t))) {
            assert!(!label.contains(r#"<>:"/\|?*"#.chars().collect::<Vec<_>>().as_slice()));
            assert!(!label.contains(char::is_control), "{label}");
            assert!(!label.ends_with(['.', ' ']), "{label}");
            assert_eq!(label, label.nfc().collect::<String>(), "{label}");
        }
    }

    #[test]
    fn a_misspelt_name_is_refused_with_the_nearest_ones() {
        for (text, code) in
            [("Germny", "DE"), ("Untied States", "US"), ("德国人", "DE"), ("Republic of Poland", "PL")]
        {
            let Err(Unclear::Unknown { near }) = Country::parse(text) else {
                panic!("{text} is no name");
            };
            assert_eq!(near.first(), Some(&country(code)), "{text}: {near:?}");
            assert!(near.len() <= NEAR);
        }
    }

    #[test]
    fn what_is_no_name_has_nothing_near() {
        for text in ["", "-", "?", "n/a", "c-a", "Atlantis City", "某国"] {
            let near = Vec::new();
            assert_eq!(Country::parse(text), Err(Unclear::Unknown { near }), "{text}");
        }
    }

    #[test]
    fn withdrawn_codes_are_not_read_here() {
        for code in ["YU", "CS", "ZR", "KT", "DDR", "ZAR"] {
            assert_eq!(Country::from_code(code), None, "{code}");
        }
        assert_eq!(country("BL").name(Tongue::English), "St. Barthélemy");
    }

    #[test]
    fn every_country_where_somebody_lives_has_time_zones_that_are_read_by_name() {
        assert!(ZONES.is_sorted_by(|one, next| one.0 < next.0));
        assert!(ZONES.iter().all(|(code, _)| Country::from_code(code).is_some_and(|c| c.code() == *code)));
        let without: Vec<_> = Country::all().filter(|c| c.zones().is_empty()).map(Country::code).collect();
        assert_eq!(without, ["BV", "HM", "ZZ"]);
        for zone in Country::all().flat_map(Country::zones) {
            assert_eq!(zone.name().parse(), Ok(*zone), "{zone}");
        }
        for one in Country::all() {
            let several: HashSet<_> = one.zones().iter().collect();
            assert_eq!(several.len(), one.zones().len(), "{one} has a zone twice");
        }
    }

    #[test]
    fn the_principal_zone_comes_first() {
        for (code, zone) in [
            ("AU", Tz::Australia__Sydney),
            ("BR", Tz::America__Sao_Paulo),
            ("CA", Tz::America__Toronto),
            ("CN", Tz::Asia__Shanghai),
            ("DE", Tz::Europe__Berlin),
            ("HK", Tz::Asia__Hong_Kong),
            ("ID", Tz::Asia__Jakarta),
            ("KZ", Tz::Asia__Almaty),
            ("MX", Tz::America__Mexico_City),
            ("NO", Tz::Europe__Oslo),
            ("RU", Tz::Europe__Moscow),
            ("TW", Tz::Asia__Taipei),
            ("US", Tz::America__New_York),
            ("XK", Tz::Europe__Belgrade),
        ] {
            assert_eq!(country(code).zones().first(), Some(&zone), "{code}");
        }
    }

    #[test]
    fn a_country_shows_as_its_code() {
        assert_eq!(format!("{:>4}", country("DE")), "  DE");
        assert_eq!(format!("{:?}", country("DE")), "Country(DE)");
    }
}
