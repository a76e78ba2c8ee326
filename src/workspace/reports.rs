//! The reports of the team: a book of what came in, and who was in time, late, or is missing.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};

use super::daily::Losses;
use super::transaction::edited;
use super::{NewRecord, Transaction, Workspace};
use crate::card::edit::Edit;
use crate::card::read;
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::error::{Error, Problem, Result};
use crate::history::History;
use crate::i18n::Lang;
use crate::rules::duties::Horizon;
use crate::rules::duties::reports::{
    DAILY_REPORT, WEEKLY_REPORT, deadline, due_days, is_late, owes_reports, week,
};
use crate::sections::{BOOKS, Report, ReportKind};

/// The book of reports that came in.
pub(super) const REPORTS: &str = "books/reports.toml";

/// A report that somebody owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedReport {
    /// Which report.
    pub kind: ReportKind,
    /// Its day.
    pub day: NaiveDate,
    /// Whose it is: a key of the team.
    pub who: String,
    /// Until when it was wanted; nothing where the settings do not ask for such a report any more.
    pub deadline: Option<DateTime<FixedOffset>>,
    /// When it came in.
    pub came_in: Option<DateTime<FixedOffset>>,
    /// How it stands.
    pub standing: ReportStanding,
}

/// The kind of duty that a report is.
fn duty_of(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Weekly => WEEKLY_REPORT,
        ReportKind::Daily => DAILY_REPORT,
    }
}

/// How a report stands against its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportStanding {
    /// It came in by the second of its deadline.
    InTime,
    /// It came in after it.
    Late,
    /// It did not come in, and the deadline is over.
    Missing,
    /// It did not come in, and there is time.
    Open,
}

impl Workspace {
    /// The reports of the days between two, both included, by person: of one member or of all.
    ///
    /// # Errors
    /// When the book cannot be read, or the archive cannot be listed.
    pub fn owed_reports(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        who: Option<&str>,
    ) -> Result<(Vec<OwedReport>, Losses)> {
        let came_in = self.reports()?;
        let mut owed = self.weekly_owed(from, to, &came_in);
        let (visits, losses) = self.with_losses(|index| {
            index.visits(&from.to_string(), &to.to_string(), &self.settings.followup.visits())
        })?;
        if self.settings.remind.daily().is_some() {
            let days = visits.into_iter().filter_map(|(day, who, _)| Some((day.parse().ok()?, who)));
            owed.extend(days.map(|(day, who)| (ReportKind::Daily, day, who)));
        }
        // What came in is there, also where nobody asks for it any more.
        for report in came_in.iter().filter(|report| (from..=to).contains(&report.date)) {
            if !owed.iter().any(|(kind, day, who)| report.is_of(*kind, *day, who)) {
                owed.push((report.kind, report.date, report.by.0.clone()));
            }
        }
        owed.retain(|(.., by)| who.is_none_or(|who| who == by));
        owed.sort_by(|(kind, day, who), (other, another, whose)| {
            (day, who, kind.token()).cmp(&(another, whose, other.token()))
        });
        let all = owed.into_iter().map(|(kind, day, who)| {
            let report = came_in.iter().find(|report| report.is_of(kind, day, &who));
            self.judged(kind, day, who, report)
        });
        Ok((all.collect(), losses))
    }

    /// The weekly reports that were or are asked for: before the first one that ever came in, the last one.
    fn weekly_owed(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        came_in: &[Report],
    ) -> Vec<(ReportKind, NaiveDate, String)> {
        let horizon =
            Horizon { settings: &self.settings, lang: Lang::En, owner: None, today: to, from, until: to };
        let weekly = came_in.iter().filter(|report| report.kind == ReportKind::Weekly);
        let first = weekly.map(|report| report.date).min().unwrap_or(self.today() - Days::new(6));
        let days = due_days(&horizon).into_iter().filter(|day| *day >= from && week(*day) >= week(first));
        let members: Vec<_> = self.settings.team.iter().filter(|member| owes_reports(member)).collect();
        days.flat_map(|day| members.iter().map(move |who| (ReportKind::Weekly, day, who.key.clone())))
            .collect()
    }

    fn judged(&self, kind: ReportKind, day: NaiveDate, who: String, report: Option<&Report>) -> OwedReport {
        // What came in is judged by the settings of then.
        let deadline = report.and_then(|report| report.deadline).or_else(|| self.deadline_of(kind, day));
        let came_in = report.map(|report| report.entered_at);
        let is_late = |moment| deadline.is_some_and(|deadline| is_late(deadline, moment));
        let standing = match came_in {
            Some(moment) if is_late(moment) => ReportStanding::Late,
            Some(_) => ReportStanding::InTime,
            None if is_late(self.now()) => ReportStanding::Missing,
            None => ReportStanding::Open,
        };
        OwedReport { kind, day, who, deadline, came_in, standing }
    }

    fn deadline_of(&self, kind: ReportKind, day: NaiveDate) -> Option<DateTime<FixedOffset>> {
        let remind = &self.settings.remind;
        let at = match kind {
            ReportKind::Weekly => remind.weekly()?.1,
            ReportKind::Daily => remind.daily()?,
        };
        Some(deadline(&self.settings, day, at))
    }

    /// The deadline of a report of that day, where it is over by now: as people read it.
    pub fn missed_deadline(&self, kind: ReportKind, day: NaiveDate) -> Option<String> {
        let deadline = self.deadline_of(kind, day)?;
        is_late(deadline, self.now()).then(|| deadline.format("%Y-%m-%d %H:%M").to_string())
    }

    /// The reports that came in.
    ///
    /// # Errors
    /// When their book is there and cannot be read.
    pub fn reports(&self) -> Result<Vec<Report>> {
        let Some(bytes) = self.file(REPORTS)? else { return Ok(Vec::new()) };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let book = read::read(&text, &BOOKS).map_err(|fault| super::unreadable(REPORTS, &text, &fault))?;
        Ok(book.records(&BOOKS))
    }
}

impl Transaction<'_> {
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
        if book.records::<Report>(&BOOKS).iter().any(|report| report.is_of(kind, day, who)) {
            return Err(Error::not_found(Problem::NothingToTick { kind: duty_of(kind).into() }));
        }
        let record = NewRecord::of([
            ("kind", Value::Choice(kind.token().to_owned())),
            ("date", Value::Date(day)),
            ("by", Value::Text(who.to_owned())),
            ("entered_at", Value::Moment(workspace.now())),
        ])
        .with("deadline", workspace.deadline_of(kind, day).map(Value::Moment));
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
}
