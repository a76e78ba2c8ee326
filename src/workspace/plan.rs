//! The next step: planned for an open customer, by who is there, and given up with a reason. Visits are
//! planned only where they go on; a re-entry with its reason brings them back.

use chrono::NaiveDate;

use super::adopt::table_of;
use super::change::set;
use super::compose::NewRecord;
use super::target::meant;
use super::{OpenCard, Transaction, number};
use crate::archive::Stage;
use crate::card::edit::Edit;
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Text;
use crate::rules::plans;
use crate::rules::visits::{Standing, Ways};
use crate::sections::{How, Plan, Reentry, SCHEMA};

/// Who goes along.
pub(super) const COMPANIONS: &str = "companions";

/// What comes next.
#[derive(Clone, Debug, Default)]
pub struct NextStep {
    /// The day.
    pub date: NaiveDate,
    /// The way, where it is decided.
    pub how: Option<How>,
    /// What it is for.
    pub goal: Option<String>,
    /// Who is to do it; else whoever plans it.
    pub by: Option<String>,
    /// Who of us goes along.
    pub companions: Vec<String>,
    /// The manager who asks for it.
    pub requested_by: Option<String>,
    /// Why a customer who was dropped from the visit plan is visited again.
    pub reenter: Option<String>,
}

impl Transaction<'_> {
    /// Plans the next step; the id of the plan.
    ///
    /// # Errors
    /// When the card cannot be edited.
    pub fn plan_followup(&mut self, open: &OpenCard, next: &NextStep) -> Result<String> {
        let (id, edits) = self.workspace.plan_edits(open, next)?;
        self.edit(open, &edits)?;
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
    /// The edit that brings a customer back to the visit plan.
    pub(super) fn reentry_edit(&self, open: &OpenCard, reason: &str) -> Result<Edit> {
        if reason.trim().is_empty() {
            return Err(Error::usage(Problem::Missing { what: Text::new("REASON", "原因", "原因") }));
        }
        let record = NewRecord::of([
            ("date", Value::Date(self.today())),
            ("reason", Value::Text(reason.to_owned())),
            ("by", Value::Text(self.me()?)),
            ("entered_at", Value::Moment(self.now())),
        ]);
        Ok(self.add_record_edit(&open.card, Reentry::SECTION, &record)?.1)
    }

    /// The edits that plan the next step, and re-enter the customer into the visit plan where that is
    /// wanted; with the id of the plan.
    pub(super) fn plan_edits(&self, open: &OpenCard, next: &NextStep) -> Result<(String, Vec<Edit>)> {
        if open.place.stage() == Stage::Closed {
            let no = number(&open.card);
            return Err(Error::refused(Problem::ClosedCustomer { no: no.clone() }).hint(Hint::Reopen { no }));
        }
        let mut edits = Vec::new();
        match &next.reenter {
            Some(reason) => edits.push(self.reentry_edit(open, reason)?),
            None => self.check_visit_plan(open, next)?,
        }
        let by = next.by.as_deref().map_or_else(|| self.me(), |by| self.worker_key(by))?;
        let companions =
            next.companions.iter().map(|who| self.worker_key(who)).collect::<Result<Vec<_>>>()?;
        let requested_by = next.requested_by.as_deref().map(|who| self.worker_key(who)).transpose()?;
        let record = NewRecord::of([("date", Value::Date(next.date)), ("by", Value::Text(by))])
            .with("how", next.how.map(|how| Value::Choice(how.token().to_owned())))
            .with("goal", next.goal.clone().map(Value::Text))
            .with(COMPANIONS, Some(companions).filter(|who| !who.is_empty()).map(Value::Texts))
            .with("requested_by", requested_by.map(Value::Text));
        let (id, edit) = self.add_record_edit(&open.card, Plan::SECTION, &record)?;
        edits.push(edit);
        Ok((id, edits))
    }

    /// A visit is not planned any more after too many without result.
    fn check_visit_plan(&self, open: &OpenCard, next: &NextStep) -> Result<()> {
        let followup = &self.settings.followup;
        let is_visit =
            next.how.is_some_and(|how| followup.visit_modes.iter().any(|mode| mode == how.token()));
        if !is_visit {
            return Ok(());
        }
        let no = number(&open.card);
        let standing = Ways::of(&open.card).standing(&followup.visit_modes, followup.visits_without_result);
        let problem = match standing {
            Standing::On => return Ok(()),
            Standing::Dropped { visits } => Problem::OffVisitPlan { no, visits },
            Standing::Abandoned => Problem::AbandonedVisits { no },
        };
        Err(Error::refused(problem).hint(Hint::Reenter))
    }
}

/// The open plan that a person means by an id.
pub(super) fn plan_meant(open: &[Plan], id: &str) -> Result<Plan> {
    meant(open, id, |plan| &plan.id).cloned().ok_or_else(|| {
        let lines = open.iter().map(|p| format!("{}  {}  {}", p.id, p.date, p.goal.as_deref().unwrap_or("")));
        Error::not_found(Problem::NoOpenPlan { id: id.into() }).detail(lines)
    })
}
