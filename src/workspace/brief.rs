//! What is to be known before a visit, where a customer's next day comes from, the calendar of plan
//! against actual, and what was done since the last report.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate};
use chrono_tz::Tz;

use super::daily::Losses;
use super::{OpenCard, Workspace};
use crate::card::Country;
use crate::card::schema::Typed;
use crate::error::Result;
use crate::index::{Answer, CalendarRow, Index, LogRow};
use crate::rules::duties::{Rhythm, last_contact, rhythm};
use crate::rules::facts::{self, Asking, Fact, Filed};
use crate::rules::filled::Wants;
use crate::rules::holidays::{self, Holiday, Unknown};
use crate::rules::plans;
use crate::sections::{Plan, ReportKind, SCHEMA};

/// Where a customer's next day comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum NextDay {
    /// A person planned it.
    Planned(Plan),
    /// The rhythm says it, so long after the last contact.
    Rhythm {
        /// The day.
        date: NaiveDate,
        /// The last contact.
        last: NaiveDate,
        /// The rhythm, and whether it is the customer's own.
        rhythm: Rhythm,
    },
    /// Nothing is planned, and there was no contact yet.
    NoContact,
    /// Nothing is planned, and neither card nor settings say a rhythm.
    NoRhythm,
}

/// The time at a customer's.
#[derive(Clone, Debug)]
pub struct LocalTime {
    /// Now, there.
    pub now: DateTime<Tz>,
    /// Whether it is another time elsewhere in the country, and the card does not say where.
    pub is_one_of_several: bool,
}

impl Workspace {
    /// Where a customer's next day comes from: a plan that a person made goes first.
    pub fn next_day(&self, open: &OpenCard) -> NextDay {
        if let Some(plan) = plans::next(&open.card, &self.settings.followup) {
            return NextDay::Planned(plan);
        }
        let Some(last) = last_contact(&open.card) else { return NextDay::NoContact };
        let rhythm = rhythm(&open.card, open.place.stage().token(), &self.settings);
        let next = rhythm.and_then(|rhythm| Some((rhythm, rhythm.every().after(last)?)));
        next.map_or(NextDay::NoRhythm, |(rhythm, date)| NextDay::Rhythm { date, last, rhythm })
    }

    /// A fact of a customer, as a script reads it.
    pub fn fact(&self, open: &OpenCard, wanted: &Fact) -> Option<String> {
        let (wants, today) = (Wants::of(&self.settings), self.today());
        let asking = Asking { settings: &self.settings, wants: &wants, today };
        let filed = Filed { stage: open.place.stage().token(), country: open.place.country.code() };
        let mut all = facts::of(&open.card, &filed, &asking).into_iter();
        all.find(|(fact, _)| fact.key == wanted.key).and_then(|(fact, value)| value.plain(fact.kind))
    }

    /// The time at a customer's: in the zone that the card says, else in the principal one of the country.
    pub fn local_time(&self, open: &OpenCard) -> Option<LocalTime> {
        let own = String::from_value(open.card.basics.get(SCHEMA.card, "time_zone"));
        let own = own.and_then(|zone| zone.trim().parse::<Tz>().ok());
        let zones = open.place.country.zones();
        let zone = own.or_else(|| zones.first().copied())?;
        let now = self.clock.now.with_timezone(&zone);
        let differs = |other: &Tz| self.clock.now.with_timezone(other).naive_local() != now.naive_local();
        Some(LocalTime { now, is_one_of_several: own.is_none() && zones.iter().any(differs) })
    }

    /// The next holiday of a customer's country.
    ///
    /// # Errors
    /// When nothing is known of the country or the year.
    pub fn next_holiday(&self, country: Country) -> std::result::Result<Option<Holiday>, Unknown> {
        holidays::next(country, self.today())
    }

    /// Plans and contacts of whole ISO weeks around some days, customer by customer; marks are matched
    /// within a week.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn calendar(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        owner: Option<&str>,
    ) -> Result<(Vec<CalendarRow>, Losses)> {
        let monday = from - Days::new(from.weekday().num_days_from_monday().into());
        let sunday = to + Days::new((6 - to.weekday().num_days_from_monday()).into());
        let (monday, sunday) = (monday.to_string(), sunday.to_string());
        let (columns, asked) = (self.calendar_columns()?, self.asked());
        self.with_losses(|index| index.calendar((&monday, &sunday), owner, &columns, &asked))
    }

    /// Every contact of the days between two, both included; of one member, or of all.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn log_of(&self, from: NaiveDate, to: NaiveDate, by: Option<&str>) -> Result<(Vec<LogRow>, Losses)> {
        self.with_losses(|index| index.log((&from.to_string(), &to.to_string()), by))
    }

    /// An answer of the index, with what it does not show.
    pub(super) fn with_losses<T>(&self, question: impl Fn(&Index) -> Answer<T>) -> Result<(T, Losses)> {
        let (answer, losses) = self.ask(|index| Ok((question(index)?, Losses::of(index)?)))?;
        Ok((answer, self.explain(losses)))
    }

    /// Every contact up to a day that no weekly report of whoever made it has told of yet: what was
    /// entered after the report came in, whatever its day. Before a first report, those of this week and the
    /// last, of which one is asked for.
    ///
    /// # Errors
    /// When the book of reports cannot be read, or the archive cannot be listed.
    pub fn log_since_reports(&self, to: NaiveDate, by: Option<&str>) -> Result<(Vec<LogRow>, Losses)> {
        let zone = self.settings.time_zone();
        let mut came_in: BTreeMap<String, DateTime<FixedOffset>> = BTreeMap::new();
        for report in self.reports()?.into_iter().filter(|report| report.kind == ReportKind::Weekly) {
            let last = came_in.entry(report.by.0).or_insert(report.entered_at);
            *last = report.entered_at.max(*last);
        }
        let day = |moment: &DateTime<FixedOffset>| moment.with_timezone(&zone).date_naive();
        let this_week = Days::new(self.today().weekday().num_days_from_monday().into());
        let monday = self.today() - this_week - Days::new(7);
        let first = came_in.values().map(day).chain([monday]).min().unwrap_or(monday);
        let (first, to) = (first.to_string(), to.to_string());
        let (mut rows, losses) = self.with_losses(|index| index.log_entered((&first, &to), by))?;
        rows.retain(|row| {
            let told = row.by.as_ref().and_then(|by| came_in.get(by));
            let entered = row.entered_at.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
            match (told, entered) {
                // Of one second with the report, and of what a hand wrote on that day: rather told twice than never.
                (Some(told), Some(entered)) => entered >= *told,
                (Some(told), None) => row.date >= day(told).to_string(),
                (None, _) => row.date >= monday.to_string(),
            }
        });
        Ok((rows, losses))
    }
}
