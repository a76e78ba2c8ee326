//! Ticking off what does not end by itself: greetings, reports, and the sections of
//! a full revision.

use chrono::{Datelike, NaiveDate};

use super::adopt::table_of;
use super::change::set;
use super::remind::{About, Duty, Wanted};
use super::{NewRecord, OpenCard, Transaction, Workspace, number};
use crate::card::Country;
use crate::card::schema::{Described, Typed};
use crate::card::value::Value;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::{Lang, Text};
use crate::index::Known;
use crate::rules::duties::holiday::HOLIDAY;
use crate::rules::duties::reports::{DAILY_REPORT, WEEKLY_REPORT};
use crate::rules::duties::{BIRTHDAY, OWN_HOLIDAY, left_to_revise};
use crate::rules::greetings::{For, Greeting};
use crate::rules::holidays::festivals;
use crate::sections::{Care, Contact, Occasion, Report, ReportKind, Revision, SCHEMA};

/// What a full revision confirmed.
#[derive(Clone, Debug)]
pub struct Revised {
    /// What is still to be confirmed: key and label.
    pub left: Vec<(String, Text)>,
    /// Whether something was confirmed now.
    pub changed: bool,
    /// Where no revision is open and none is due: the day of the last one, and that of the next.
    pub rests: Option<(NaiveDate, NaiveDate)>,
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
        self.check_kinds(std::slice::from_ref(&kind.to_owned()))?;
        if ![BIRTHDAY, OWN_HOLIDAY, HOLIDAY, WEEKLY_REPORT, DAILY_REPORT].contains(&kind) {
            return Err(Error::refused(Problem::NotTicked { kind: kind.into() }));
        }
        let since = on.map(|on| (kind.to_owned(), on)).into_iter().collect();
        // A book that cannot be read is no empty one.
        let is_report = [WEEKLY_REPORT, DAILY_REPORT].contains(&kind);
        let came_in = if is_report { self.reports()? } else { Vec::new() };
        let came_today = |report: &Report| {
            report.kind == ReportKind::Weekly
                && owner.as_deref() == Some(report.by.0.as_str())
                && report.entered_at.with_timezone(&self.settings.time_zone()).date_naive() == self.today()
        };
        // A weekly report may come in before its day; but who says twice on one day that it came in means
        // the same one.
        let may_come_early = on.is_some() || !came_in.iter().any(came_today);
        let ahead = if kind == WEEKLY_REPORT && may_come_early { 6 } else { 0 };
        let days = on.map_or(ahead, |on| (on - self.today()).num_days().clamp(0, ahead)).unsigned_abs();
        let wanted = Wanted { days, owner, kinds: vec![kind.to_owned()], since };
        let (reminders, today) = (self.remind(&wanted, lang)?, self.today());
        let mut duties = reminders.duties;
        // The coming one only where none is due yet.
        if on.is_none() && duties.iter().any(|duty| duty.date <= today) {
            duties.retain(|duty| duty.date <= today || kind != WEEKLY_REPORT);
        }
        Ok(duties.into_iter().filter(|duty| on.is_none_or(|on| duty.date == on)).collect())
    }

    /// The id of the contact of a customer whom a person means by an id or a name.
    ///
    /// # Errors
    /// When the card cannot be read, or nobody there is called so.
    pub fn contact_meant(&self, known: &Known, text: &str) -> Result<String> {
        self.record_meant(&self.read(known)?.card, Contact::SECTION.key, text)
    }

    /// What people call a part of the card that is revised, in the archive's language; what it is typed as,
    /// where it is none.
    pub fn section_label(&self, typed: &str) -> String {
        let parts = left_to_revise(&self.settings, &[]);
        let part = parts.into_iter().find(|(key, _)| *key == typed);
        part.map_or_else(|| typed.to_owned(), |(_, label)| label.get(self.language()).to_owned())
    }

    /// The text of a greeting for somebody at a customer, by default the main contact, in the language of
    /// whoever gets it.
    ///
    /// # Errors
    /// When the kind is no greeting, nobody is there to be greeted, or no holiday is known there.
    pub fn greeting(&self, open: &OpenCard, kind: &str, with: Option<&str>) -> Result<String> {
        let occasion = match kind {
            BIRTHDAY => For::Birthday,
            HOLIDAY | OWN_HOLIDAY => For::Holiday,
            _ => return Err(Error::usage(Problem::NoGreeting { kind: kind.to_owned() })),
        };
        let people: Vec<Contact> = open.card.records(&SCHEMA);
        let id = with.map(|with| self.record_meant(&open.card, Contact::SECTION.key, with)).transpose()?;
        let is_meant = |person: &&Contact| id.as_ref().is_none_or(|id| *id == person.id);
        let is_there = |person: &&Contact| person.until.is_none_or(|until| until >= self.today());
        // Who has such a day; on a holiday of the country, everybody.
        let keeps = |person: &&Contact| match kind {
            BIRTHDAY => person.birthday.is_some(),
            OWN_HOLIDAY => person.holidays.is_some(),
            _ => true,
        };
        let mut here: Vec<&Contact> = people.iter().filter(is_meant).filter(is_there).collect();
        if with.is_none() {
            here.retain(keeps);
        }
        let person = match here[..] {
            [] => return Err(Error::not_found(Problem::NobodyToGreet { no: number(&open.card) })),
            [only] => only,
            _ if kind == HOLIDAY => here.iter().find(|person| person.main).unwrap_or(&here[0]),
            _ => {
                let error = Error::usage(Problem::SeveralToTick { kind: kind.into(), count: here.len() });
                let names = here.iter().map(|person| person.name.clone());
                return Err(error.detail(names).hint(Hint::NamePerson));
            }
        };
        let country = open.place.country;
        let kept = person.holidays.as_ref().and_then(|code| Country::from_code(&code.0));
        let of = if kind == OWN_HOLIDAY { kept.unwrap_or(country) } else { country };
        let greeting = Greeting::of(occasion, &person.languages, country, &self.settings);
        let holiday = match occasion {
            For::Birthday => None,
            For::Holiday => {
                let years = [self.today().year(), self.today().year() + 1];
                let all = years.into_iter().flat_map(|year| festivals(of, year).unwrap_or_default());
                let is_ahead = |date| date >= self.today();
                all.into_iter().find(|day| is_ahead(day.date) && self.settings.remind.greets(day.key))
            }
        };
        let name = holiday.map(|holiday| holiday.name.get(greeting.lang()));
        if occasion == For::Holiday && name.is_none() {
            return Err(Error::not_found(Problem::NoHolidayAhead { country: self.settings.named(&[of]) }));
        }
        Ok(greeting.text(&person.name, name.unwrap_or_default()))
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

/// The key of the holiday of a duty.
fn holiday_of(duty: &Duty) -> &'static str {
    if let About::Holiday(key) = duty.about { key } else { "" }
}

impl Transaction<'_> {
    /// Notes on a card that somebody was greeted for a birthday or holiday; whether that was not noted yet.
    ///
    /// # Errors
    /// When the card cannot be edited.
    pub fn greet(&mut self, open: &OpenCard, duty: &Duty) -> Result<bool> {
        let workspace = self.workspace;
        let text = |text: &str| Value::Text(text.to_owned());
        let kind = if duty.kind == BIRTHDAY { Occasion::Birthday } else { Occasion::HolidayGreeting };
        let (contact, holiday) = match &duty.about {
            About::Record(id) => (Some(id.as_str()), None),
            About::Holiday(key) => (None, Some(*key)),
            About::Report => (None, None),
        };
        let is_this = |care: &Care| {
            care.kind == kind
                && care.date == duty.date
                && care.done.is_some()
                && care.contact.as_ref().map(|to| to.0.as_str()) == contact
                && care.holiday.as_deref() == holiday
        };
        if open.card.records::<Care>(&SCHEMA).iter().any(is_this) {
            return Ok(false);
        }
        let record = NewRecord::of([
            ("kind", Value::Choice(kind.token().to_owned())),
            ("date", Value::Date(duty.date)),
        ])
        .with("contact", contact.map(text))
        .with("holiday", holiday.map(text))
        .with("done", Some(Value::Date(workspace.today())))
        .with("by", Some(Value::Text(workspace.me()?)));
        self.add_record(open, Care::SECTION, &record).map(|_| true)
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
        for key in now {
            if !confirmed.contains(&key) {
                confirmed.push(key);
            }
        }
        let keys: Vec<&str> = confirmed.iter().map(String::as_str).collect();
        let left = left_to_revise(settings, &keys);
        let left: Vec<(String, Text)> =
            left.into_iter().map(|(key, label)| (key.to_owned(), label)).collect();
        // With nothing left an open revision ends, also where the settings want less than they did.
        let ends = left.is_empty() && begun.is_some() && !sections.is_empty();
        if confirmed.len() == before.len() && !ends {
            let last = records.iter().filter_map(|r| NaiveDate::from_value(r.get(section, "done"))).max();
            let next = |last| Some((last, settings.cadence.revision()?.after(last)?));
            let rests = last.filter(|_| begun.is_none()).and_then(next);
            let rests = rests.filter(|(_, next)| *next > workspace.today());
            return Ok(Revised { left, changed: false, rests });
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
        Ok(Revised { left, changed: true, rests: None })
    }
}
