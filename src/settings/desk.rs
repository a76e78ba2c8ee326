//! What the follow-up desk goes by: rhythms of contact, what is reminded of and when, the pool.

use chrono::{NaiveTime, Weekday};
use serde::Deserialize;

use super::Settings;
use crate::card::value::Period;
use crate::sections::section;

/// `[cadence]`: how often something is to be done where nobody has said a day. Lengths such as `14d`,
/// `2w`, `1m`; an empty one is never.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Cadence {
    /// Contact with a prospect.
    pub prospects: String,
    /// Contact with a customer.
    pub customers: String,
    /// News to customers that are nurtured.
    pub nurture: String,
    /// Full revisions of a card.
    pub revision: String,
    /// The sections that a full revision confirms: `card`, or the key of a section.
    pub revision_sections: Vec<String>,
    /// From how long a silence on nobody has touched a customer.
    pub untouched: String,
}

impl Default for Cadence {
    fn default() -> Self {
        Cadence {
            prospects: "1m".into(),
            customers: "1m".into(),
            nurture: "1m".into(),
            revision: "2m".into(),
            revision_sections: vec!["card".into(), "contacts".into()],
            untouched: "90d".into(),
        }
    }
}

/// `[remind]`: what is reminded of, how long before its day, and where it goes.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Remind {
    /// Kinds of duties that are not asked for.
    pub off: Vec<String>,
    /// Days before a plan or an action.
    pub plan_days: u64,
    /// Days before a birthday.
    pub birthday_days: u64,
    /// Days before a public holiday.
    pub holiday_days: u64,
    /// Parts of the keys of holidays on which nobody is greeted, such as days of mourning.
    pub no_greetings: Vec<String>,
    /// Day of the week and time of the weekly report, empty for none.
    pub weekly_report: String,
    /// Time of the daily visiting report, empty for none.
    pub daily_report: String,
    /// How many days back a daily report that did not come in is asked for.
    pub daily_report_days: u64,
    /// The time of day at which cron and calendars remind.
    pub at: String,
    /// The program that gets the text of `crm remind --new` on its input, with its arguments.
    pub send: Vec<String>,
}

/// What the keys of days of mourning have in them.
const MOURNING: [&str; 12] = [
    "good_friday",
    "all_souls",
    "tomb_sweeping",
    "ashura",
    "mourning",
    "memorial",
    "remembrance",
    "commemoration",
    "genocid",
    "martyr",
    "death",
    "victims",
];

impl Default for Remind {
    fn default() -> Self {
        Remind {
            off: Vec::new(),
            plan_days: 0,
            birthday_days: 3,
            holiday_days: 5,
            no_greetings: MOURNING.map(str::to_owned).to_vec(),
            weekly_report: "Sun 20:30".into(),
            daily_report: "18:30".into(),
            daily_report_days: 60,
            at: "08:00".into(),
            send: Vec::new(),
        }
    }
}

/// `[greetings.LANGUAGE]`: texts, in which `{name}` and `{holiday}` stand for names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Greetings {
    /// For a birthday.
    pub birthday: Option<String>,
    /// For a public holiday.
    pub holiday: Option<String>,
}

impl Greetings {
    /// The first placeholder that stands for nothing, with the key of its text.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        let unknown = |text: &String| {
            let mut named = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            named.find(|(name, _)| !["name", "holiday"].contains(name)).map(|(name, _)| format!("{{{name}}}"))
        };
        let texts = [("birthday", &self.birthday), ("holiday", &self.holiday)];
        texts.into_iter().find_map(|(key, text)| Some((key, unknown(text.as_ref()?)?)))
    }
}

/// `[pool]`: when a customer whom nobody follows is given back, and who may take one.
#[derive(Clone, Debug, Deserialize)]
#[serde(default)]
pub struct Pool {
    /// After how long a silence a prospect goes to the pool; empty for never.
    pub prospects: String,
    /// The same for a customer.
    pub customers: String,
    /// Days before it that the owner is warned.
    pub warn_days: u64,
    /// How long who had the customer has to wait before taking it again.
    pub cooldown: String,
    /// How many customers one may take a day.
    pub claims_a_day: i64,
    /// How many customers one may have.
    pub hold_most: i64,
}

impl Default for Pool {
    fn default() -> Self {
        Pool {
            prospects: "60d".into(),
            customers: "180d".into(),
            warn_days: 7,
            cooldown: "30d".into(),
            claims_a_day: 5,
            hold_most: 200,
        }
    }
}

/// A length of time of the settings; `None` for never.
fn length(text: &str) -> Option<Period> {
    Period::parse(text).ok()
}

fn is_length(text: &str) -> bool {
    text.trim().is_empty() || length(text).is_some_and(Period::is_some_time)
}

impl Cadence {
    /// How often a customer in this stage is contacted; `None` for no rhythm.
    pub fn contact(&self, stage: &str) -> Option<Period> {
        by_stage(stage, &self.prospects, &self.customers)
    }

    /// How often news goes out.
    pub fn nurture(&self) -> Option<Period> {
        length(&self.nurture)
    }

    /// How often a card is revised.
    pub fn revision(&self) -> Option<Period> {
        length(&self.revision)
    }

    /// The silence that is too long.
    pub fn untouched(&self) -> Option<Period> {
        length(&self.untouched)
    }
}

impl Pool {
    /// After how long a silence a customer in this stage goes to the pool; `None` for never.
    pub fn after(&self, stage: &str) -> Option<Period> {
        by_stage(stage, &self.prospects, &self.customers)
    }

    /// How long a previous owner waits.
    pub fn cooldown(&self) -> Option<Period> {
        length(&self.cooldown)
    }
}

fn by_stage(stage: &str, prospects: &str, customers: &str) -> Option<Period> {
    match stage {
        "prospect" => length(prospects),
        "customer" => length(customers),
        _ => None,
    }
}

impl Remind {
    /// Day of the week and time of the weekly report.
    pub fn weekly(&self) -> Option<(Weekday, NaiveTime)> {
        let (day, at) = self.weekly_report.trim().split_once(' ')?;
        Some((day.parse().ok()?, time(at)?))
    }

    /// The time of the daily visiting report.
    pub fn daily(&self) -> Option<NaiveTime> {
        time(&self.daily_report)
    }

    /// The time at which cron and calendars remind.
    pub fn at(&self) -> NaiveTime {
        time(&self.at).unwrap_or_default()
    }

    /// Whether people are greeted on a holiday, by its key.
    pub fn greets(&self, holiday: &str) -> bool {
        !self.no_greetings.iter().any(|part| !part.is_empty() && holiday.contains(part.as_str()))
    }

    /// Whether duties of this kind are asked for.
    pub fn wants(&self, kind: &str) -> bool {
        !self.off.iter().any(|off| off == kind)
    }
}

/// A time of day as `20:30`.
fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").ok()
}

/// The first of these settings whose value cannot be, with the value.
pub(super) fn fault(settings: &Settings) -> Option<(&'static str, String)> {
    let Settings { cadence, remind, pool, .. } = settings;
    let lengths = [
        ("cadence.prospects", &cadence.prospects),
        ("cadence.customers", &cadence.customers),
        ("cadence.nurture", &cadence.nurture),
        ("cadence.revision", &cadence.revision),
        ("cadence.untouched", &cadence.untouched),
        ("pool.prospects", &pool.prospects),
        ("pool.customers", &pool.customers),
        ("pool.cooldown", &pool.cooldown),
    ];
    if let Some((key, value)) = lengths.into_iter().find(|(_, value)| !is_length(value)) {
        return Some((key, value.clone()));
    }
    let known = |key: &&String| *key == "card" || section(key).is_some();
    if let Some(key) = cadence.revision_sections.iter().find(|key| !known(key)) {
        return Some(("cadence.revision_sections", key.clone()));
    }
    let is_none = |text: &str| text.trim().is_empty();
    if !is_none(&remind.weekly_report) && remind.weekly().is_none() {
        return Some(("remind.weekly_report", remind.weekly_report.clone()));
    }
    if !is_none(&remind.daily_report) && remind.daily().is_none() {
        return Some(("remind.daily_report", remind.daily_report.clone()));
    }
    if time(&remind.at).is_none() {
        return Some(("remind.at", remind.at.clone()));
    }
    let counts = [("pool.claims_a_day", pool.claims_a_day), ("pool.hold_most", pool.hold_most)];
    counts.into_iter().find(|(_, count)| *count < 0).map(|(key, count)| (key, count.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_what_is_declared() {
        let settings = Settings::read("").expect("defaults");
        assert_eq!(fault(&settings), None);
        assert_eq!(settings.remind.weekly().map(|(day, _)| day), Some(Weekday::Sun));
        assert_eq!(settings.remind.daily(), NaiveTime::from_hms_opt(18, 30, 0));
    }

    #[test]
    fn what_cannot_be_is_refused_and_empty_is_never() {
        for text in [
            "[cadence]\nprospects = \"often\"",
            "[cadence]\ncustomers = \"0d\"",
            "[cadence]\nrevision_sections = [\"contact\"]",
            "[remind]\nweekly_report = \"Sunday evening\"",
            "[remind]\ndaily_report = \"25:00\"",
            "[remind]\nat = \"\"",
            "[pool]\nhold_most = -1",
        ] {
            assert!(Settings::read(text).is_err(), "{text}");
        }
        let never = Settings::read("[cadence]\nprospects = \"\"\n[remind]\nweekly_report = \"\"");
        let never = never.expect("never");
        assert_eq!(never.cadence.contact("prospect"), None);
        assert!(never.cadence.contact("customer").is_some());
        assert_eq!(never.remind.weekly(), None);
    }
}
