//! The settings of an archive: the types and defaults of `crm.toml`. Pure: text in, settings
//! out. Every number and choice that a company may want to differ stands here with its default.

mod check;
mod countries;
mod desk;
mod keys;
mod own_fields;
mod place;
mod setting;
mod views;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::de::DeTable;

use crate::card::read::line_and_column;
use crate::card::value::money::is_currency;
use crate::card::{Country, country::Tongue};
use crate::i18n::{Lang, TomlSays, messages};
use crate::sections::How;
pub use check::{Check, Mandatory};
pub use countries::NamedCountry;
pub use desk::{Cadence, Greetings, Pool, Remind};
pub use keys::KEYS;
pub use own_fields::{OwnField, OwnKind};
pub use setting::Setting;
pub use views::{SavedView, place_in};

/// The format of archives that this program reads and writes.
pub const FORMAT: i64 = 1;

/// What `crm.toml` says, defaults filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The format of the archive.
    pub format: Format,
    /// What holds for the archive at large.
    pub archive: Archive,
    /// The people who work with it.
    pub team: Vec<Member>,
    /// How often something is done.
    pub cadence: Cadence,
    /// How follow-ups are kept.
    pub followup: Followup,
    /// What is reminded of.
    pub remind: Remind,
    /// When customers go to the pool.
    pub pool: Pool,
    /// How files are taken in.
    pub import: Import,
    /// How papers beside cards are kept.
    pub papers: Papers,
    /// The company's own labels of countries and regions, by code.
    pub countries: BTreeMap<String, String>,
    /// What `crm check` wants of a card.
    pub check: Check,
    /// The company's own fields.
    pub fields: BTreeMap<String, OwnField>,
    /// The company's own texts of greetings, by language.
    pub greetings: BTreeMap<String, Greetings>,
    /// Saved lists.
    pub views: BTreeMap<String, SavedView>,
    /// The highest number of each series that was given to a customer who is no longer there.
    pub retired: BTreeMap<String, u32>,
}

/// The format of an archive.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Format(pub i64);

impl Default for Format {
    fn default() -> Self {
        Format(FORMAT)
    }
}

/// `[archive]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Archive {
    language: String,
    home: String,
    time_zone: String,
    /// The currency in which sums are stated (ISO 4217).
    pub currency: String,
    /// How many digits a running number has at least.
    pub digits: usize,
    /// How long a command waits for another one that writes, in seconds.
    pub lock_wait: u64,
    /// The names of the stage folders; empty for those of the language.
    pub folders: Folders,
}

impl Default for Archive {
    fn default() -> Self {
        Archive {
            language: "en".into(),
            home: "CN".into(),
            time_zone: "Asia/Shanghai".into(),
            currency: "CNY".into(),
            digits: 4,
            lock_wait: 60,
            folders: Folders::default(),
        }
    }
}

/// `[archive.folders]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Folders {
    /// Prospects.
    pub prospects: Option<String>,
    /// Customers abroad.
    pub customers: Option<String>,
    /// Customers in the home country.
    pub domestic: Option<String>,
    /// Customers with whom there are no more dealings.
    pub closed: Option<String>,
}

/// `[[team]]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Member {
    /// The key that cards store.
    pub key: String,
    /// The name.
    pub name: String,
    /// The addresses by which git knows the person.
    pub emails: Vec<String>,
    /// The letters of the numbers that this person's clone gives.
    pub series: Option<String>,
    /// The number on the staff list.
    pub staff_no: Option<String>,
    /// What the person does: sales, finance, manager, …
    pub roles: Vec<String>,
    /// Whether the person is still with the company.
    pub active: Option<bool>,
}

/// `[followup]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Followup {
    /// How many days before its day an open plan is settled by a follow-up of the same way.
    pub settle_days_ahead: u64,
    /// The ways of contact that count as visits for the rule of too many.
    pub visit_modes: Vec<String>,
    /// How many visits without result end the visiting (R-077, X-12: the number itself counts).
    pub visits_without_result: i64,
    /// The columns that the calendar has beside the customer.
    pub calendar_columns: Vec<String>,
}

impl Default for Followup {
    fn default() -> Self {
        Followup {
            settle_days_ahead: 2,
            visit_modes: IN_PERSON.map(|how| how.token().to_owned()).to_vec(),
            visits_without_result: 5,
            calendar_columns: ["target", "turnover_potential", "turnover"].map(str::to_owned).to_vec(),
        }
    }
}

/// The ways of contact that are visits whatever the settings count.
pub const IN_PERSON: [How; 2] = [How::DoorVisit, How::InvitedVisit];
/// The ways of contact that are no visits whatever the settings say: calls, mails and messages.
const NO_VISITS: [How; 3] = [How::Phone, How::Email, How::Sms];

/// Whether the settings may count a way of contact as a visit.
pub fn may_be_visit(how: How) -> bool {
    !NO_VISITS.contains(&how)
}

impl Followup {
    /// The ways of contact that are visits in calendars and reports: in person, and what the rule counts.
    pub fn visits(&self) -> Vec<String> {
        let mut visits = IN_PERSON.map(|how| how.token().to_owned()).to_vec();
        visits.extend(
            self.visit_modes.iter().filter(|mode| !IN_PERSON.iter().any(|how| how.token() == *mode)).cloned(),
        );
        visits
    }

    /// The first way that cannot count as a visit.
    fn bad_mode(&self) -> Option<&String> {
        let is_visit = |mode: &String| How::from_token(mode).is_some_and(may_be_visit);
        self.visit_modes.iter().find(|mode| !is_visit(mode))
    }
}

/// `[import]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Import {
    /// Cells that mean that nothing is known; an empty cell always does.
    pub absent: Vec<String>,
}

impl Default for Import {
    fn default() -> Self {
        Import { absent: vec!["NULL".into(), "\\N".into()] }
    }
}

/// `[papers]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Papers {
    /// A paper above this size is left out of history, and that is said (MiB).
    pub max_mib: u64,
}

impl Default for Papers {
    fn default() -> Self {
        Papers { max_mib: 20 }
    }
}

messages! {
    /// What can be wrong with settings.
    pub enum SettingsFlaw {
        NotToml { reason: TomlSays } = "settings_not_toml":
            "{reason}", "{reason}", "{reason}";
        UnknownKey { key: String } = "unknown_setting":
            "there is no setting {key}", "没有名为 {key} 的设置", "沒有名為 {key} 的設定";
        NearKey { key: String, near: String } = "near_setting":
            "there is no setting {key}; did you mean {near}?", "没有名为 {key} 的设置；是不是 {near}？", "沒有名為 {key} 的設定；是不是 {near}？";
        BadValue { key: String, value: String } = "bad_setting":
            "‘{value}’ is no value for {key}", "“{value}”不能作为 {key} 的值", "「{value}」不能作為 {key} 的值";
        TwoMembers { key: String } = "two_members":
            "two members of the team have the key {key}", "团队中有两人的 key 都是 {key}", "團隊中有兩人的 key 都是 {key}";
        Newer { format: i64, known: i64 } = "newer_format":
            "the archive has format {format}; this program knows up to {known}", "档案的格式是 {format}；本程序最高只支持格式 {known}", "客戶檔案的格式是 {format}；本程式最高只支援格式 {known}";
    }
}

/// What is wrong with settings, and where (line and column from 1).
#[derive(Clone, Debug, PartialEq)]
pub struct BadSettings {
    /// What is wrong.
    pub flaw: SettingsFlaw,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Settings {
    /// Reads `crm.toml`.
    ///
    /// # Errors
    /// When the text is no TOML, has a key that there is not, or a value that does not fit.
    pub fn read(text: &str) -> Result<Settings, BadSettings> {
        let bad = |flaw, at| {
            let (line, column) = line_and_column(text, at);
            BadSettings { flaw, line, column }
        };
        let not_toml = |error: &toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            bad(SettingsFlaw::NotToml { reason: error.message().into() }, at)
        };
        let table = DeTable::parse(text).map_err(|error| not_toml(&error))?;
        place::unknown_key(table.get_ref(), "").map_or(Ok(()), |(flaw, at)| Err(bad(flaw, at)))?;
        countries::flaw(table.get_ref()).map_or(Ok(()), |(flaw, at)| Err(bad(flaw, at)))?;
        let settings: Settings = toml::from_str(text).map_err(|error| {
            // The text is TOML: a value is of another kind than the setting.
            let at = error.span().map_or(0, |span| span.start);
            match place::key_at(table.get_ref(), at, text) {
                Some((key, "")) => bad(SettingsFlaw::UnknownKey { key }, at),
                Some((key, value)) => bad(SettingsFlaw::BadValue { key, value: value.to_owned() }, at),
                None => not_toml(&error),
            }
        })?;
        settings.check().map_err(|flaw| {
            let at = match &flaw {
                SettingsFlaw::BadValue { key, value } => place::of_value(table.get_ref(), key, value),
                SettingsFlaw::TwoMembers { key } => place::of_second(table.get_ref(), "team", "key", key),
                _ => None,
            };
            bad(flaw, at.unwrap_or(0))
        })?;
        Ok(settings)
    }

    /// Where a value stands in the text of a `crm.toml`: line and column from 1.
    pub fn place_of(text: &str, key: &str, value: &str) -> Option<(usize, usize)> {
        let table = DeTable::parse(text).ok()?;
        place::of_value(table.get_ref(), key, value).map(|at| line_and_column(text, at))
    }

    fn check(&self) -> Result<(), SettingsFlaw> {
        let wrong = |key: &str, value: &str| SettingsFlaw::BadValue { key: key.into(), value: value.into() };
        let archive = &self.archive;
        Lang::from_tag(&archive.language).ok_or_else(|| wrong("archive.language", &archive.language))?;
        Country::from_code(&archive.home).ok_or_else(|| wrong("archive.home", &archive.home))?;
        archive
            .time_zone
            .parse::<chrono_tz::Tz>()
            .map_err(|_| wrong("archive.time_zone", &archive.time_zone))?;
        if !is_currency(&archive.currency) {
            return Err(wrong("archive.currency", &archive.currency));
        }
        for (at, member) in self.team.iter().enumerate() {
            if self.team[..at].iter().any(|other| other.key == member.key) {
                return Err(SettingsFlaw::TwoMembers { key: member.key.clone() });
            }
            let series = member.series.as_deref().unwrap_or("C");
            if !is_series(series) {
                return Err(wrong("team.series", series));
            }
            if member.key.is_empty() {
                return Err(wrong("team.key", ""));
            }
        }
        if let Some(mode) = self.followup.bad_mode() {
            return Err(wrong("followup.visit_modes", mode));
        }
        if self.followup.visits_without_result < 2 {
            let value = self.followup.visits_without_result.to_string();
            return Err(wrong("followup.visits_without_result", &value));
        }
        if let Some((key, value)) = self.check.fault().or_else(|| desk::fault(self)) {
            return Err(wrong(key, &value));
        }
        for (language, texts) in &self.greetings {
            let fault = texts.fault();
            fault
                .map_or(Ok(()), |(key, value)| Err(wrong(&format!("greetings.{language}.{key}"), &value)))?;
        }
        for (key, field) in &self.fields {
            field.check().map_err(|value| wrong(&format!("fields.{key}.kind"), &value))?;
        }
        Ok(())
    }

    /// The language of folder names, sentences in history, and of people who name none.
    pub fn language(&self) -> Lang {
        Lang::from_tag(&self.archive.language).unwrap_or(Lang::En)
    }

    /// The home country: customers there are domestic.
    pub fn home(&self) -> Country {
        Country::from_code(&self.archive.home).unwrap_or(Country::UNKNOWN)
    }

    /// The zone in which a day begins and ends.
    pub fn time_zone(&self) -> chrono_tz::Tz {
        self.archive.time_zone.parse().unwrap_or(chrono_tz::Tz::UTC)
    }

    /// The member of the team with this key.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.team.iter().find(|m| m.key == key)
    }

    /// The member of the team whom a person means by a key, a name or a staff number.
    pub fn member_meant(&self, typed: &str) -> Option<&Member> {
        let folded = typed.trim().to_lowercase();
        self.team.iter().find(|m| {
            m.key.to_lowercase() == folded
                || m.name.to_lowercase() == folded
                || m.staff_no.as_deref() == Some(typed.trim())
        })
    }

    /// The member of the team with this mail address.
    pub fn member_by_email(&self, email: &str) -> Option<&Member> {
        self.team.iter().find(|m| m.emails.iter().any(|e| e.eq_ignore_ascii_case(email)))
    }
}

/// The letters before a running number: one to four capital letters.
pub fn is_series(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// How a language calls countries.
pub fn tongue(lang: Lang) -> Tongue {
    Tongue::of(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gives_the_defaults_that_are_declared() {
        let settings = Settings::read("").expect("defaults");
        assert_eq!(settings.language(), Lang::En);
        assert_eq!(settings.home().code(), "CN");
        assert_eq!(settings.followup.settle_days_ahead, 2);
    }

    #[test]
    fn a_misspelt_key_is_an_error_with_its_place_and_the_near_miss() {
        let bad = Settings::read("format = 1\n\n[archive]\nlangage = \"en\"\n").expect_err("misspelt");
        assert_eq!((bad.line, bad.column), (4, 1));
        assert_eq!(
            bad.flaw,
            SettingsFlaw::NearKey { key: "archive.langage".into(), near: "archive.language".into() }
        );
    }

    #[test]
    fn values_that_mean_nothing_are_refused() {
        for text in [
            "[archive]\nhome = \"QQ\"",
            "[archive]\ntime_zone = \"Mars/Base\"",
            "[[team]]\nkey = \"lin\"\nseries = \"lin\"",
            "[fields.port]\nkind = \"colour\"",
            "[archive]\nlanguage = 3",
            "[archive]\ncurrency = \"Yuan\"",
        ] {
            assert!(Settings::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_declared_key_is_read_with_its_default() {
        for setting in KEYS.iter().filter(|s| !s.default.is_empty()) {
            let (table, key) = setting.key.rsplit_once('.').unwrap_or(("", setting.key));
            let head = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
            let text = format!("{head}{key} = {}\n", setting.default);
            assert!(Settings::read(&text).is_ok(), "{text}");
        }
    }
}
