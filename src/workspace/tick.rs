//! Ticking off what does not end by itself: greetings, reports, and the sections of
//! a full revision.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::adopt::table_of;
use super::change::set;
use super::remind::{Duty, REPORTS, Wanted};
use super::transaction::edited;
use super::{NewRecord, OpenCard, Transaction, Workspace};
use crate::card::edit::Edit;
use crate::card::schema::{Described, Typed};
use crate::card::value::Value;
use crate::card::{Country, read};
use crate::error::{Error, Problem, Result};
use crate::history::History;
use crate::i18n::{Lang, Text};
use crate::index::Known;
use crate::rules::duties::holiday::HOLIDAY;
use crate::rules::duties::left_to_revise;
use crate::rules::duties::reports::{DAILY_REPORT, WEEKLY_REPORT, deadline, is_late};
use crate::sections::{BOOKS, Care, Occasion, Report, ReportKind, Revision, SCHEMA};

/// The token of the birthdays.
const BIRTHDAY: &str = "birthday";

/// What is ticked off.
#[derive(Clone, Debug)]
pub enum Tick {
    /// The birthdays of a customer's people that are near.
    Birthdays(Known),
    /// The holidays that are near, for customers of a country or one customer.
    Holidays {
        /// The country.
        country: Country,
        /// The customers who were greeted.
        customers: Vec<Known>,
    },
    /// A report.
    Report {
        /// Which.
        kind: ReportKind,
        /// Whose.
        who: String,
    },
}

/// What a full revision confirmed.
#[derive(Clone, Debug)]
pub struct Revised {
    /// What is still to be confirmed: key and label.
    pub left: Vec<(String, Text)>,
    /// Whether something was confirmed now.
    pub changed: bool,
}

impl Workspace {
    /// The open duties of a kind that can be ticked off, for a person and maybe a day.
    ///
    /// # Errors
    /// When the kind is none, or ends by itself.
    pub fn to_tick(
        &self,
        kind: &str,
        owner: Option<String>,
        on: Option<NaiveDate>,
        lang: Lang,
    ) -> Result<Vec<Duty>> {
        let since = on.map(|on| (kind.to_owned(), on)).into_iter().collect();
        let wanted = Wanted { owner, kinds: vec![kind.to_owned()], since, ..Wanted::default() };
        let duties = self.remind(&wanted, lang)?.duties;
        if ![BIRTHDAY, HOLIDAY, WEEKLY_REPORT, DAILY_REPORT].contains(&kind) {
            return Err(Error::refused(Problem::NotTicked { kind: kind.to_owned() }));
        }
        Ok(duties.into_iter().filter(|duty| on.is_none_or(|on| duty.date == on)).collect())
    }

    /// The deadline of a report of that day, where it is over by now: as people read it.
    pub fn missed_deadline(&self, kind: ReportKind, day: NaiveDate) -> Option<String> {
        let remind = &self.settings.remind;
        let at = match kind {
            ReportKind::Weekly => remind.weekly()?.1,
            ReportKind::Daily => remind.daily()?,
        };
        let deadline = deadline(&self.settings, day, at);
        is_late(deadline, self.now()).then(|| deadline.format("%Y-%m-%d %H:%M").to_string())
    }

    /// Whether this computer allows the program of `remind.send` as it stands in the settings. They are
    /// shared, so that what they name does not run before the person here has seen it.
    ///
    /// # Errors
    /// When git's configuration cannot be read.
    pub fn may_send(&self) -> Result<bool> {
        Ok(self.history.allowed_program()? == Some(self.send_as_text()))
    }

    /// Allows the program of `remind.send` on this computer.
    ///
    /// # Errors
    /// When git's configuration cannot be written.
    pub fn allow_send(&self) -> Result<()> {
        if self.settings.remind.send.is_empty() {
            Ok(())
        } else {
            self.history.allow_program(&self.send_as_text())
        }
    }

    fn send_as_text(&self) -> String {
        serde_json::to_string(&self.settings.remind.send).unwrap_or_default()
    }

    /// The moment of today at which people are reminded.
    pub fn reminds_at(&self) -> DateTime<FixedOffset> {
        deadline(&self.settings, self.today(), self.settings.remind.at())
    }

    /// The customers in a country who were not greeted for a holiday yet.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn not_greeted(&self, duty: &Duty, owner: Option<&str>) -> Result<Vec<Known>> {
        let (country, day) = (duty.country.as_deref().unwrap_or_default(), duty.date.to_string());
        self.ask(|index| index.not_greeted(country, holiday_of(duty), &day, owner))
    }
}

/// The key of the holiday of a duty: what stands between country and day in its name.
fn holiday_of(duty: &Duty) -> &str {
    let mut parts = duty.id.splitn(3, '-');
    let rest = parts.nth(2).unwrap_or("");
    rest.get(..rest.len().saturating_sub(duty.date.to_string().len() + 1)).unwrap_or(rest)
}

impl Transaction<'_> {
    /// Notes on a card that somebody was greeted for a birthday or holiday.
    ///
    /// # Errors
    /// When the card cannot be edited.
    pub fn greet(&mut self, open: &OpenCard, duty: &Duty) -> Result<()> {
        let workspace = self.workspace;
        let text = |text: &str| Value::Text(text.to_owned());
        let kind = if duty.kind == BIRTHDAY { Occasion::Birthday } else { Occasion::HolidayGreeting };
        let contact = (kind == Occasion::Birthday).then(|| duty.id.split('-').nth(2)).flatten();
        let holiday = (kind == Occasion::HolidayGreeting).then(|| holiday_of(duty));
        let record = NewRecord::of([
            ("kind", Value::Choice(kind.token().to_owned())),
            ("date", Value::Date(duty.date)),
        ])
        .with("contact", contact.map(text))
        .with("holiday", holiday.map(text))
        .with("done", Some(Value::Date(workspace.today())))
        .with("by", Some(Value::Text(workspace.me()?)));
        self.add_record(open, Care::SECTION, &record).map(|_| ())
    }

    /// Notes in the book of reports that somebody's report came in now.
    ///
    /// # Errors
    /// When the book cannot be read or edited.
    pub fn report_came_in(&mut self, kind: ReportKind, who: &str, day: NaiveDate) -> Result<()> {
        let workspace = self.workspace;
        let old = match self.text_of(REPORTS)? {
            Some(text) => Some(text),
            None => workspace.file(REPORTS)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        };
        let text = old.clone().unwrap_or_default();
        let book = read::read(&text, &BOOKS).map_err(|fault| super::unreadable(REPORTS, &text, &fault))?;
        let record = NewRecord::of([
            ("kind", Value::Choice(kind.token().to_owned())),
            ("date", Value::Date(day)),
            ("by", Value::Text(who.to_owned())),
            ("entered_at", Value::Moment(workspace.now())),
        ]);
        let mut taken = book.record_ids().map(str::to_owned).collect();
        let (_, record) = record.entries(Report::SECTION, &mut taken)?;
        let section = Report::SECTION.key.to_owned();
        let edit = Edit::AddRecord {
            table: Vec::new(),
            section: section.clone(),
            record,
            section_order: vec![section],
        };
        let replaces = old.as_deref().map(|old| History::id_of(old.as_bytes()));
        let new = edited(REPORTS, &text, &[edit])?;
        self.put(REPORTS.to_owned(), new, replaces)
    }

    /// Confirms sections of a card; with every one of the settings confirmed, the revision is done. What
    /// was confirmed before in the same revision stays.
    ///
    /// # Errors
    /// When a section is none that a revision confirms.
    pub fn revise(&mut self, open: &OpenCard, sections: &[String]) -> Result<Revised> {
        let workspace = self.workspace;
        let settings = &workspace.settings;
        let wanted = &settings.cadence.revision_sections;
        let mut now = Vec::new();
        for typed in sections {
            let key = left_to_revise(settings, &[]).into_iter().find(|(key, label)| {
                *key == typed.as_str()
                    || label.every().any(|label| label.to_lowercase() == typed.to_lowercase())
            });
            match key {
                Some((key, _)) => now.push(key.to_owned()),
                None => {
                    let (key, keys) = (typed.clone(), wanted.iter().map(String::as_str).collect());
                    return Err(Error::usage(Problem::NotRevised { key, keys }));
                }
            }
        }
        let section = Revision::SECTION;
        let records = open.card.of(&SCHEMA, section.key);
        let is_open = |record: &&crate::card::Record| record.get(section, "done").is_none();
        let begun =
            records.iter().filter(is_open).max_by_key(|r| NaiveDate::from_value(r.get(section, "date")));
        let before: Vec<String> =
            begun.and_then(|r| Vec::<String>::from_value(r.get(section, "confirmed"))).unwrap_or_default();
        let mut confirmed = before.clone();
        confirmed.extend(now.into_iter().filter(|key| !before.contains(key)));
        let keys: Vec<&str> = confirmed.iter().map(String::as_str).collect();
        let left = left_to_revise(settings, &keys);
        let left: Vec<(String, Text)> =
            left.into_iter().map(|(key, label)| (key.to_owned(), label)).collect();
        if confirmed.len() == before.len() {
            return Ok(Revised { left, changed: false });
        }
        let done = left.is_empty().then(|| Value::Date(workspace.today()));
        match begun {
            Some(record) => {
                let table = table_of(section, record);
                let mut edits = vec![set(table.clone(), section, "confirmed", &Value::Texts(confirmed))];
                edits.extend(done.map(|done| set(table, section, "done", &done)));
                self.edit(open, &edits)?;
            }
            None => {
                let record = NewRecord::of([("date", Value::Date(workspace.today()))])
                    .with("confirmed", Some(Value::Texts(confirmed)))
                    .with("done", done)
                    .with("by", Some(Value::Text(workspace.me()?)));
                self.add_record(open, section, &record)?;
            }
        }
        Ok(Revised { left, changed: true })
    }
}
