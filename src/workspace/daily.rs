//! The daily list: whom to contact, and what a list does not show.

use chrono::NaiveDate;

use super::Workspace;
use super::remind::found;
use crate::card::Country;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::index::{self, Answer, Index, Known, SeedRow, Whose};
use crate::rules::condition::Condition;
use crate::rules::duties::{self, Due, PlanDetail};

/// Whom to contact, and the customers for whom nothing is planned.
#[derive(Debug)]
pub struct Daily {
    /// Overdue, for today, and for the coming days that were asked for: plans, the earliest first, then
    /// those whose rhythm says so.
    pub due: Vec<DueContact>,
    /// How many open customers have no planned next step.
    pub without_plan: i64,
    /// What is not shown.
    pub losses: Losses,
}

/// A contact that is due.
#[derive(Clone, Debug)]
pub struct DueContact {
    /// The customer.
    pub customer: Known,
    /// ISO 3166-1.
    pub country: String,
    /// Who is to do it.
    pub by: Option<String>,
    /// The plan; nothing, where the customer's rhythm says so.
    pub plan: Option<String>,
    /// The day.
    pub date: NaiveDate,
    /// The way of contact, as a token.
    pub how: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
    /// The day of the last follow-up.
    pub last_followup: Option<String>,
}

/// What a list does not show, or shows otherwise than one may think. Skipping is always said.
#[derive(Debug, Default)]
pub struct Losses {
    /// Cards that cannot be read, by folder.
    pub broken: Vec<String>,
    /// Cards of which something was left out, by folder.
    pub flawed: Vec<String>,
    /// Customers that history knows and that are nowhere in the layout.
    pub missing: Vec<Known>,
    /// Folders that are a copy of another customer's.
    pub copies: Vec<Known>,
    /// Folders that stand where countries do and are none; those with customers are left in.
    pub strange: Vec<String>,
    /// Folders with customers that an old code names, with the country of today: nothing is left out.
    pub old: Vec<(String, Country)>,
    /// For each broken or flawed card, what is wrong with it.
    pub errors: Vec<Error>,
    /// For missing customers, where their folder may be now.
    pub strays: Vec<(String, String)>,
}

impl Losses {
    pub(super) fn of(index: &Index) -> Answer<Losses> {
        Ok(Losses {
            broken: index.broken()?,
            flawed: index.flawed()?,
            missing: index.missing()?,
            copies: index.copies()?,
            strange: index.strange().to_vec(),
            ..Losses::default()
        })
    }

    /// Whether something that is in the archive was left out.
    pub fn in_part(&self) -> bool {
        !self.broken.is_empty() || !self.flawed.is_empty() || !self.strange.is_empty()
    }
}

impl Workspace {
    /// Whom to contact: plans, and customers whose rhythm says so, up to so many days ahead. `owner` names
    /// one member of the team; with a condition, only customers that fulfil it. What is said is in `lang`.
    ///
    /// # Errors
    /// When the archive cannot be listed, or the condition cannot be answered.
    pub fn daily(
        &self,
        days: u64,
        owner: Option<&str>,
        condition: Option<&Condition>,
        lang: Lang,
    ) -> Result<Daily> {
        let horizon = self.horizon(days, owner, lang);
        let asked = self.asked();
        let answer = index::answer_alone(&self.source(), |index| {
            let only = match Workspace::only(index, condition, &asked)? {
                Ok(only) => only,
                Err(bad) => return Ok(Err(bad)),
            };
            let whose = Whose { owner, only: only.as_deref() };
            let mut due = Vec::new();
            for source in ["plan", "cadence"].into_iter().filter_map(duties::source) {
                let found = found(index, source, &horizon, whose)?;
                let mut found: Vec<DueContact> =
                    found.into_iter().map(|(row, due)| contact(row, due)).collect();
                found.sort_by(|a, b| (a.date, &a.customer.folder).cmp(&(b.date, &b.customer.folder)));
                due.extend(found);
            }
            Ok(Ok(Daily {
                due,
                without_plan: index.without_plan(owner, only.as_deref(), &self.settings)?,
                losses: Losses::of(index)?,
            }))
        })?;
        let mut daily = answer?;
        daily.losses = self.explain(daily.losses);
        Ok(daily)
    }

    /// Says of each loss what is wrong.
    pub(super) fn explain(&self, mut losses: Losses) -> Losses {
        for folder in &losses.broken {
            losses.errors.extend(self.read(&Known::only_at(folder)).err());
        }
        for folder in &losses.flawed {
            losses.errors.extend(self.flaw_in(folder));
        }
        let old = |folder: &str| self.layout.old_country(folder.rsplit('/').next()?);
        for folder in std::mem::take(&mut losses.strange) {
            match old(&folder) {
                None => losses.strange.push(folder),
                Some(country) if self.has_folders(&folder) => losses.old.push((folder, country)),
                Some(_) => {}
            }
        }
        if !losses.missing.is_empty() || !losses.strange.is_empty() {
            losses.strays = self.strays();
        }
        let strays = &losses.strays;
        let has_customer =
            |folder: &String| strays.iter().any(|(_, at)| at.starts_with(&format!("{folder}/")));
        losses.strange.retain(has_customer);
        losses
    }
}

/// A row of the daily list.
fn contact(row: SeedRow, due: Due) -> DueContact {
    let plan = Some(row.record.clone()).filter(|id| !id.is_empty());
    let detail = match plan {
        Some(_) => PlanDetail::of(&row.kept()),
        None => PlanDetail { how: None, goal: Some(due.what) },
    };
    DueContact {
        by: row.who.or(row.owner),
        customer: row.customer,
        country: row.country,
        plan,
        date: due.date,
        how: detail.how,
        goal: detail.goal,
        last_followup: row.last_followup,
    }
}
