//! Logging what was said, planning what is next, dropping a plan. One entry and the next plan are
//! one commit; which plan a follow-up settles is decided here and stored.

use chrono::NaiveDate;

use super::adopt::table_of;
use super::change::set;
use super::compose::NewRecord;
use super::target::meant;
use super::{OpenCard, Transaction};
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::error::{Error, Hint, Problem, Result};
use crate::rules::plans;
use crate::sections::{Followup, How, Plan, SCHEMA};

/// A contact with the customer, to be logged.
#[derive(Clone, Debug)]
pub struct NewFollowup {
    /// The day.
    pub date: NaiveDate,
    /// The way.
    pub how: How,
    /// What it was about.
    pub topic: String,
    /// What was said.
    pub note: Option<String>,
    /// Whom it was with: id or name of a contact.
    pub with: Option<String>,
    /// The plan that it settles: an id, `none`, or nothing to let the rule decide.
    pub settles: Option<String>,
    /// What comes next.
    pub next: Option<NextStep>,
}

/// What comes next.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// The day.
    pub date: NaiveDate,
    /// The way, where it is decided.
    pub how: Option<How>,
    /// What it is for.
    pub goal: Option<String>,
}

/// What was logged.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The id of the follow-up.
    pub followup: String,
    /// The plan that it settled.
    pub settled: Option<Plan>,
    /// The id of the next plan.
    pub next: Option<String>,
}

impl Transaction<'_> {
    /// Logs a follow-up.
    ///
    /// # Errors
    /// When the day is in the future, or the contact or the plan is not on the card.
    pub fn log_followup(&mut self, open: &OpenCard, new: &NewFollowup) -> Result<Logged> {
        let workspace = self.workspace;
        if new.date > workspace.today() {
            return Err(Error::usage(Problem::InTheFuture { date: new.date }).hint(Hint::PlanInstead));
        }
        let settled = self.settled(open, new)?;
        let section = Followup::SECTION;
        let contact = match (&new.with, section.field("contact")) {
            (Some(with), Some(field)) => Some(workspace.typed(&open.card, field, with)?),
            _ => None,
        };
        let record = NewRecord::of([
            ("date", Value::Date(new.date)),
            ("how", Value::Choice(new.how.token().to_owned())),
            ("topic", Value::Text(new.topic.clone())),
            ("by", Value::Text(workspace.me()?)),
            ("entered_at", Value::Moment(workspace.now())),
        ])
        .with("note", new.note.clone().map(Value::Text))
        .with("contact", contact)
        .with("settles", settled.as_ref().map(|p| Value::Text(p.id.clone())));
        let (followup, edit) = workspace.add_record_edit(&open.card, section, &record)?;
        let mut edits = vec![edit];
        let next = match &new.next {
            Some(next) => {
                let (id, edit) = workspace.plan_edit(open, next)?;
                edits.push(edit);
                Some(id)
            }
            None => None,
        };
        self.edit(open, &edits)?;
        Ok(Logged { followup, settled, next })
    }

    fn settled(&self, open: &OpenCard, new: &NewFollowup) -> Result<Option<Plan>> {
        let open_plans = plans::open(&open.card);
        match new.settles.as_deref() {
            None => {
                let ahead = self.workspace.settings.followup.settle_days_ahead;
                Ok(plans::settled_by(&open_plans, new.date, new.how, ahead).cloned())
            }
            Some("none" | "无") => Ok(None),
            Some(id) => plan_meant(&open_plans, id).map(Some),
        }
    }

    /// Plans the next step; the id of the plan.
    ///
    /// # Errors
    /// When the card cannot be edited.
    pub fn plan_followup(&mut self, open: &OpenCard, next: &NextStep) -> Result<String> {
        let (id, edit) = self.workspace.plan_edit(open, next)?;
        self.edit(open, &[edit])?;
        Ok(id)
    }

    /// Gives an open plan up, with the reason.
    ///
    /// # Errors
    /// When no open plan has this id.
    pub fn drop_plan(&mut self, open: &OpenCard, id: &str, reason: &str) -> Result<Plan> {
        let plan = plan_meant(&plans::open(&open.card), id)?;
        let section = Plan::SECTION;
        let record = open.card.of(&SCHEMA, section.key).iter().find(|r| r.id == plan.id);
        let no_plan = || Error::not_found(Problem::NoOpenPlan { id: id.into() });
        let table = record.map(|r| table_of(section, r)).ok_or_else(no_plan)?;
        let value = |key: &str, value| set(table.clone(), section, key, &value);
        let edits = [
            value("dropped", Value::Date(self.workspace.today())),
            value("dropped_by", Value::Text(self.workspace.me()?)),
            value("drop_reason", Value::Text(reason.to_owned())),
        ];
        self.edit(open, &edits)?;
        Ok(plan)
    }
}

impl super::Workspace {
    fn plan_edit(&self, open: &OpenCard, next: &NextStep) -> Result<(String, crate::card::edit::Edit)> {
        let record = NewRecord::of([("date", Value::Date(next.date)), ("by", Value::Text(self.me()?))])
            .with("how", next.how.map(|how| Value::Choice(how.token().to_owned())))
            .with("goal", next.goal.clone().map(Value::Text));
        self.add_record_edit(&open.card, Plan::SECTION, &record)
    }
}

fn plan_meant(open: &[Plan], id: &str) -> Result<Plan> {
    meant(open, id, |plan| &plan.id).cloned().ok_or_else(|| {
        let lines = open.iter().map(|p| format!("{}  {}  {}", p.id, p.date, p.goal.as_deref().unwrap_or("")));
        Error::not_found(Problem::NoOpenPlan { id: id.into() }).detail(lines)
    })
}
