//! Duties with a date: what cards, countries and the calendar ask of somebody. The sources are rules
//! (`rules/duties/`); here they are asked of the index, and put into one list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::Workspace;
use super::daily::Losses;
use super::reports::REPORTS;
use crate::archive::{CARD, platform};
use crate::card::Country;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::{Lang, Say, Text};
use crate::index::{Answer, Index, Known, SeedRow, Whose};
use crate::rules::duties::holiday::{self, HOLIDAY};
use crate::rules::duties::reports::{self, DAILY_REPORT, WEEKLY_REPORT, week};
use crate::rules::duties::{Due, Horizon, Kind, NO_NEXT_STEP, SOURCES, Source, What, kinds};
use crate::rules::holidays;
use crate::sections::{Report, ReportKind};
use crate::settings::Settings;

/// Which duties are asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// So many days ahead.
    pub days: u64,
    /// Only those of this member; `None` for everybody's.
    pub owner: Option<String>,
    /// Only these kinds; none for all.
    pub kinds: Vec<String>,
    /// The first day of occasions that pass by themselves, by kind, where that is before today.
    pub since: BTreeMap<String, NaiveDate>,
}

impl Wanted {
    /// Whether a kind is asked for: by name, or where none is named, by the settings.
    pub fn asks_for(&self, kind: &str, settings: &Settings) -> bool {
        match self.kinds.is_empty() {
            true => settings.remind.wants(kind),
            false => self.kinds.iter().any(|asked| asked == kind),
        }
    }
}

/// What a duty is about, for whoever ticks it off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A record of the customer's card, by its id; empty for the card as a whole.
    Record(String),
    /// A holiday, by its key.
    Holiday(&'static str),
    /// A report.
    Report,
}

/// Something that somebody is to do.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The kind, by token.
    pub kind: &'static str,
    /// What people call the kind.
    pub label: Text,
    /// The day on which it is due.
    pub date: NaiveDate,
    /// What it is, in the reader's language.
    pub what: String,
    /// The customer whom it is about.
    pub customer: Option<Known>,
    /// The country, ISO 3166-1.
    pub country: Option<String>,
    /// Who is to do it; nobody in particular, where nothing stands.
    pub who: Option<String>,
    /// What it is about.
    pub about: About,
    /// What it is called for good: the same in each clone and at each question. Only to be shown.
    pub id: String,
    /// What tells apart its occurrences: a plan that was put to another day is another one.
    pub occurrence: String,
    /// When the card changed last on this computer, where [`Workspace::date_changes`] looked.
    pub changed: Option<DateTime<Utc>>,
}

/// The duties of an archive.
#[derive(Debug, Default)]
pub struct Reminders {
    /// The earliest first.
    pub duties: Vec<Duty>,
    /// How many open customers have no planned next step.
    pub without_plan: i64,
    /// Countries with customers of which no holidays are known.
    pub unknown: Vec<(Country, holidays::Unknown)>,
    /// What is not shown.
    pub losses: Losses,
}

/// What a source finds in the index.
pub(super) fn found(
    index: &Index,
    source: &Source,
    horizon: &Horizon<'_>,
    whose: Whose<'_>,
) -> Answer<Vec<(SeedRow, Due)>> {
    let rows = index.seeds(source.kind.key, &(source.from.windows)(horizon), whose)?;
    let due = |row: SeedRow| (source.from.due)(horizon, &row.kept()).map(|due| (row, due));
    Ok(rows.into_iter().filter_map(due).collect())
}

impl Workspace {
    /// What questions of duties are asked with: from today, so many days ahead.
    pub(super) fn horizon<'a>(&'a self, days: u64, owner: Option<&'a str>, lang: Lang) -> Horizon<'a> {
        let today = self.today();
        let until = today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
        Horizon { settings: &self.settings, lang, owner, today, from: today, until }
    }

    /// Every duty that is due, in `lang`.
    ///
    /// # Errors
    /// When a kind is none, or the archive cannot be listed.
    pub fn remind(&self, wanted: &Wanted, lang: Lang) -> Result<Reminders> {
        self.check_kinds(&wanted.kinds)?;
        let wants = |kind: &str| wanted.asks_for(kind, &self.settings);
        let owner = wanted.owner.as_deref();
        let horizon = |kind: &str| {
            let plain = self.horizon(wanted.days, owner, lang);
            let since = wanted.since.get(kind).copied().unwrap_or(plain.today);
            Horizon { from: since.min(plain.today), ..plain }
        };
        // A book that cannot be read hides no other duty.
        let (came_in, unread) = match wants(DAILY_REPORT) || wants(WEEKLY_REPORT) {
            true => self.reports().map_or_else(|error| (None, Some(error)), |reports| (Some(reports), None)),
            false => (None, None),
        };
        let mut reminders = self.ask(|index| {
            let whose = Whose { owner, only: None };
            let mut all = Reminders { losses: Losses::of(index)?, ..Reminders::default() };
            for source in SOURCES.iter().filter(|source| wants(source.kind.key)) {
                let found = found(index, source, &horizon(source.kind.key), whose)?;
                all.duties.extend(found.into_iter().map(|one| of_customer(source, one)));
            }
            if wants(HOLIDAY) {
                self.greetings(index, &horizon(HOLIDAY), whose, &mut all)?;
            }
            if let Some(came_in) = came_in.as_ref().filter(|_| wants(DAILY_REPORT)) {
                all.duties.extend(self.daily_reports(index, &horizon(DAILY_REPORT), came_in)?);
            }
            if wants(NO_NEXT_STEP) {
                all.without_plan = index.without_plan(owner, None, &self.settings)?;
            }
            Ok(all)
        })?;
        if let Some(came_in) = came_in.as_ref().filter(|_| wants(WEEKLY_REPORT)) {
            reminders.duties.extend(self.weekly_reports(&horizon(WEEKLY_REPORT), came_in));
        }
        reminders.duties.sort_by_key(|duty| duty.date);
        reminders.losses = self.explain(reminders.losses);
        reminders.losses.broken.extend(unread.iter().map(|_| REPORTS.to_owned()));
        reminders.losses.errors.extend(unread);
        Ok(reminders)
    }

    /// Looks when the cards of duties changed last: calendars take of two events with one UID the one that
    /// changed later. A past day has no files, and no later change.
    pub fn date_changes(&self, duties: &mut [Duty]) {
        for duty in duties {
            let folder = duty.customer.as_ref().map(|customer| self.root.join(&customer.folder).join(CARD));
            let stat =
                folder.filter(|_| !self.history.is_pinned()).and_then(|card| platform::stat(&card).ok());
            duty.changed = stat.map(|stat| DateTime::from_timestamp_nanos(stat.modified));
        }
    }

    pub(super) fn check_kinds(&self, asked: &[String]) -> Result<()> {
        let keys: Vec<&str> = kinds().map(|kind| kind.key).collect();
        let is_known = |kind: &&String| keys.contains(&kind.as_str());
        let Some(kind) = asked.iter().find(|kind| !is_known(kind)) else { return self.check_kinds_off() };
        let all = keys.iter().copied().collect();
        let error = Error::usage(Problem::NoSuchDuty { kind: kind.clone(), kinds: all });
        Err(match crate::card::near::nearest(kind, keys.iter().copied()) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error,
        })
    }

    /// Greetings for the holidays of the countries in which a member has customers, a duty each.
    fn greetings(
        &self,
        index: &Index,
        horizon: &Horizon<'_>,
        whose: Whose<'_>,
        all: &mut Reminders,
    ) -> Answer<()> {
        let folders = index.country_folders()?;
        let countries = folders.iter().filter_map(|path| self.layout.country(path.rsplit('/').next()?));
        let countries: BTreeSet<Country> = countries.filter(|country| *country != Country::UNKNOWN).collect();
        for country in countries {
            let code = country.code().to_owned();
            let (festivals, unknown) = holiday::ahead(horizon, country);
            all.unknown.extend(unknown.map(|unknown| (country, unknown)));
            for festival in festivals {
                let day = festival.date.to_string();
                let left = index.not_greeted(&code, festival.key, &day, whose.owner)?;
                if left.is_empty() {
                    continue;
                }
                let count = i64::try_from(left.len()).unwrap_or(i64::MAX);
                let holiday = festival.name.get(horizon.lang).to_owned();
                let id = format!("{}-{code}-{}-{day}", HOLIDAY, festival.key);
                all.duties.push(Duty {
                    kind: HOLIDAY,
                    label: holiday::KIND.label,
                    date: festival.date,
                    what: What::Greet { holiday, count }.say(horizon.lang).into_owned(),
                    customer: None,
                    country: Some(code.clone()),
                    who: whose.owner.map(str::to_owned),
                    about: About::Holiday(festival.key),
                    occurrence: id.clone(),
                    id,
                    changed: None,
                });
            }
        }
        Ok(())
    }

    /// The daily reports that have not come in, of each person and day with visits.
    fn daily_reports(&self, index: &Index, horizon: &Horizon<'_>, came_in: &[Report]) -> Answer<Vec<Duty>> {
        let Some((from, to)) = reports::visit_days(horizon) else { return Ok(Vec::new()) };
        let modes = horizon.settings.followup.visits();
        let at = &horizon.settings.remind.daily_report;
        let is_in =
            |date: NaiveDate, who: &str| came_in.iter().any(|r| r.is_of(ReportKind::Daily, date, who));
        let mut duties = Vec::new();
        for (day, who, visits) in index.visits(&from.to_string(), &to.to_string(), &modes)? {
            let Ok(date) = day.parse::<NaiveDate>() else { continue };
            if is_in(date, &who) || horizon.owner.is_some_and(|owner| owner != who) {
                continue;
            }
            let what = What::DailyReport { date, visits, at: at.clone() }.say(horizon.lang).into_owned();
            let id = format!("{DAILY_REPORT}-{who}-{date}");
            duties.push(of_person(&reports::DAILY, date, what, (who, id)));
        }
        Ok(duties)
    }

    /// The weekly reports that have not come in, of each member who sells: since the first that ever came in,
    /// but not for ever.
    fn weekly_reports(&self, horizon: &Horizon<'_>, came_in: &[Report]) -> Vec<Duty> {
        let weekly = came_in.iter().filter(|report| report.kind == ReportKind::Weekly);
        let oldest = horizon.today.checked_sub_days(Days::new(horizon.settings.remind.daily_report_days));
        let first =
            weekly.map(|report| report.date).min().zip(oldest).map(|(first, oldest)| first.max(oldest));
        let first = first.unwrap_or(horizon.today);
        let horizon = &Horizon { from: horizon.from.min(first), ..*horizon };
        let members = self.settings.team.iter().filter(|member| reports::owes_reports(member));
        let members = members.filter(|member| horizon.owner.is_none_or(|owner| owner == member.key));
        let at = horizon.settings.remind.weekly().map(|(_, at)| at.format("%H:%M").to_string());
        let at = |date: NaiveDate| format!("{date} {}", at.as_deref().unwrap_or_default());
        let duty = |who: &str, date: NaiveDate| {
            let what = What::WeeklyReport { week: week(date), at: at(date) }.say(horizon.lang).into_owned();
            let id = format!("{WEEKLY_REPORT}-{who}-{}", week(date));
            of_person(&reports::WEEKLY, date, what, (who.to_owned(), id))
        };
        let days = reports::due_days(horizon);
        let is_in =
            |date: NaiveDate, who: &str| came_in.iter().any(|r| r.is_of(ReportKind::Weekly, date, who));
        members
            .flat_map(|member| days.iter().map(|day| (member.key.as_str(), *day)))
            .filter(|(who, day)| !is_in(*day, who))
            .map(|(who, day)| duty(who, day))
            .collect()
    }
}

fn of_customer(source: &'static Source, (row, due): (SeedRow, Due)) -> Duty {
    let parts = [source.kind.key, &row.customer.id, &row.record, &due.turn];
    let id = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let occurrence = if due.turn.is_empty() { format!("{id} {}", due.date) } else { id.clone() };
    Duty {
        kind: source.kind.key,
        label: source.kind.label,
        date: due.date,
        what: due.what,
        customer: Some(row.customer),
        country: Some(row.country),
        who: row.who.or(row.owner),
        about: About::Record(row.record),
        id,
        occurrence,
        changed: None,
    }
}

/// A report that a person of the team owes.
fn of_person(kind: &'static Kind, date: NaiveDate, what: String, (who, id): (String, String)) -> Duty {
    let (customer, country, about) = (None, None, About::Report);
    let Kind { key, label, .. } = *kind;
    Duty {
        kind: key,
        label,
        date,
        what,
        customer,
        country,
        who: Some(who),
        about,
        occurrence: id.clone(),
        id,
        changed: None,
    }
}
