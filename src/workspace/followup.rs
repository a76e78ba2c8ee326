//! Logging what was said. One entry and the next plan are one commit; which plan a follow-up settles is
//! decided here and stored.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

use super::change::Assignment;
use super::compose::NewRecord;
use super::plan::{COMPANIONS, NextStep, plan_meant};
use super::target::field_of;
use super::transaction::edited;
use super::{OpenCard, Transaction};
use crate::card::edit::Edit;
use crate::card::schema::Described;
use crate::card::value::{Value, split_list};
use crate::card::{Card, Kind, Record};
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Text;
use crate::index::Known;
use crate::rules::contact_kinds::{self, Wrong};
use crate::rules::plans;
use crate::rules::visits::{Standing, Ways};
use crate::sections::{Action, Followup, How, Plan, SCHEMA};

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
    /// Further fields, as typed.
    pub more: Vec<Assignment>,
    /// What was agreed to be done.
    pub actions: Vec<NewAction>,
    /// What the customer asked, and what we answered.
    pub questions: Vec<(String, Option<String>)>,
    /// Why visits go on after too many without result.
    pub reenter: Option<String>,
    /// What comes next.
    pub next: Option<NextStep>,
}

impl NewFollowup {
    /// A contact of which no more is known; the rule decides which plan it settles.
    pub fn new(date: NaiveDate, how: How, topic: &str) -> NewFollowup {
        NewFollowup {
            date,
            how,
            topic: topic.to_owned(),
            note: None,
            with: None,
            settles: None,
            more: Vec::new(),
            actions: Vec::new(),
            questions: Vec::new(),
            reenter: None,
            next: None,
        }
    }
}

/// An action that was agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAction {
    /// What is to be done.
    pub what: String,
    /// By whom: key, name or staff number.
    pub who: Option<String>,
    /// By which day.
    pub date: Option<NaiveDate>,
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
    /// Whether the customer has a next step now.
    pub has_next_step: bool,
    /// How many visits brought no result, where this was one and they are too many.
    pub visits_too_many: Option<i64>,
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
        let section = Followup::SECTION;
        let contact = match (&new.with, section.field("contact")) {
            (Some(with), Some(field)) => Some(workspace.typed(&open.card, field, with)?),
            _ => None,
        };
        let mut record = NewRecord::of([
            ("date", Value::Date(new.date)),
            ("how", Value::Choice(new.how.token().to_owned())),
            ("topic", Value::Text(new.topic.clone())),
            ("entered_at", Value::Moment(workspace.now())),
        ])
        .with("note", new.note.clone().map(Value::Text))
        .with("contact", contact);
        for assignment in &new.more {
            workspace.give_to_contact(open, new, &mut record, assignment)?;
        }
        if record.get("by").is_none() {
            record.values.push(("by", Value::Text(workspace.me()?)));
        }
        let by = record.get("by").map(|by| by.text().into_owned()).unwrap_or_default();
        let settled = workspace.settled(open, new, &by)?;
        let mut record = record.with("settles", settled.as_ref().map(|p| Value::Text(p.id.clone())));
        record.children =
            new.questions.iter().map(|(question, answer)| question_record(question, answer)).collect();
        check_whole(open, &record)?;
        let (id, edit) = workspace.add_record_edit(&open.card, section, &record)?;
        let mut edits = vec![edit];
        for action in &new.actions {
            edits.push(workspace.action_edit(open, &id, action)?);
        }
        if let Some(reason) = &new.reenter {
            edits.push(workspace.reentry_edit(open, reason)?);
        }
        // Whether visits go on is asked with the one that is being logged.
        let after = workspace.parsed(open, edited(&open.place.card(), &open.text, &edits)?)?;
        let followup = &workspace.settings.followup;
        let is_visit = followup.visit_modes.iter().any(|mode| mode == new.how.token());
        let standing = Ways::of(&after.card).standing(&followup.visit_modes, followup.visits_without_result);
        let visits_too_many = match standing {
            Standing::Dropped { visits } if is_visit => Some(visits),
            _ => None,
        };
        let has_next_step = new.next.is_some() || plans::next(&after.card, followup).is_some();
        let next = match &new.next {
            Some(next) => {
                let (id, more) = workspace.plan_edits(&after, next)?;
                edits.extend(more);
                Some(id)
            }
            None => None,
        };
        self.edit(open, &edits)?;
        Ok(Logged { followup: id, settled, next, has_next_step, visits_too_many })
    }
}

impl super::Workspace {
    /// The plan that a contact of somebody keeps: the one that is named, else by the rule.
    fn settled(&self, open: &OpenCard, new: &NewFollowup, by: &str) -> Result<Option<Plan>> {
        let open_plans = plans::open(&open.card);
        match new.settles.as_deref() {
            None => {
                let contact = plans::Kept { day: new.date, how: new.how, by };
                let ahead = self.settings.followup.settle_days_ahead;
                Ok(plans::settled_by(&open_plans, contact, ahead).cloned())
            }
            Some("none" | "无" | "無") => Ok(None),
            Some(id) => plan_meant(&open_plans, id).map(Some),
        }
    }

    /// Puts a further field into a contact, as typed: checked against the way of contact. `14:00` is that
    /// time of the day of the contact.
    fn give_to_contact(
        &self,
        open: &OpenCard,
        new: &NewFollowup,
        record: &mut NewRecord,
        assignment: &Assignment,
    ) -> Result<()> {
        let field = field_of(Followup::SECTION, &assignment.path)?;
        if let Some((_, place)) = ELSEWHERE.iter().find(|(key, _)| *key == field.key) {
            let place = place.get(self.language()).to_owned();
            return Err(Error::usage(Problem::HasItsPlace { field: field.label, place }));
        }
        if !contact_kinds::fits(new.how, field.key) {
            return Err(Error::usage(Problem::DoesNotFit { field: field.label, how: new.how.label() })
                .hint(Hint::FieldsOfKind { keys: contact_kinds::fields_of(new.how).collect() }));
        }
        let mut assignment = assignment.clone();
        if field.kind == Kind::Moment
            && let Some(local) = local_time(&assignment.value, new.date)
            && let Some(at) = self.settings.time_zone().from_local_datetime(&local).earliest()
        {
            assignment.value = at.fixed_offset().to_rfc3339();
        }
        if field.key == COMPANIONS {
            let names = split_list(&assignment.value);
            assignment.value = self.members(&names)?.join(",");
        }
        self.give(&open.card, Followup::SECTION, record, &assignment)
    }

    /// Whether a contact of this way is the visit with which too many brought no result.
    ///
    /// # Errors
    /// When the card cannot be read.
    pub fn is_last_visit(&self, known: &Known, how: How) -> Result<bool> {
        let followup = &self.settings.followup;
        let is_visit = followup.visit_modes.iter().any(|mode| mode == how.token());
        let card = self.read(known)?.card;
        let before = Ways::of(&card).without_result(&followup.visit_modes);
        Ok(is_visit && before + 1 >= followup.visits_without_result)
    }

    /// The keys of members of the team.
    pub(super) fn members(&self, names: &[String]) -> Result<Vec<String>> {
        names.iter().map(|name| self.member_key(name)).collect()
    }

    fn action_edit(&self, open: &OpenCard, followup: &str, action: &NewAction) -> Result<Edit> {
        let who = action.who.as_deref().map(|who| self.member_key(who)).transpose()?;
        let record = NewRecord::of([
            ("what", Value::Text(action.what.clone())),
            ("followup", Value::Text(followup.to_owned())),
        ])
        .with("who", who.map(Value::Text))
        .with("date", action.date.map(Value::Date));
        Ok(self.add_record_edit(&open.card, Action::SECTION, &record)?.1)
    }
}

/// What is checked where it is given, so that it is not given beside that; and how it is given.
const ELSEWHERE: [(&str, Text); 6] = [
    ("date", Text::new("--on DATE", "--on 日期", "--on 日期")),
    ("how", Text::new("the word behind CARD", "写在客户之后", "寫在客戶之後")),
    ("topic", Text::new("the word behind HOW", "写在方式之后", "寫在方式之後")),
    ("contact", Text::new("--with CONTACT", "--with 联系人", "--with 聯絡人")),
    ("settles", Text::new("--settles ID", "--settles 编号", "--settles 編號")),
    ("entered_at", Text::new("the program writes it", "由程序写入", "由程式寫入")),
];

/// `14:00` of that day, or `2026-03-11 14:00`: a time that names no zone.
fn local_time(text: &str, day: NaiveDate) -> Option<NaiveDateTime> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok().map(|time| day.and_time(time));
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    time.or_else(|| forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()))
}

fn question_record(question: &str, answer: &Option<String>) -> NewRecord {
    NewRecord::of([("question", Value::Text(question.to_owned()))])
        .with("answer", answer.clone().map(Value::Text))
}

fn check(followup: &Followup) -> Result<()> {
    match contact_kinds::wrong(followup) {
        Some(Wrong::EndsFirst) => Err(Error::usage(Problem::EndsFirst)),
        Some(Wrong::NoReason) => Err(Error::usage(Problem::NoAbandonReason)),
        None => Ok(()),
    }
}

/// Refuses what is wrong with a contact of the card as a whole.
pub(super) fn check_followups(card: &Card) -> Result<()> {
    card.records::<Followup>(&SCHEMA).iter().try_for_each(check)
}

/// Refuses what is wrong with a contact as a whole, and a mail that is logged already.
fn check_whole(open: &OpenCard, record: &NewRecord) -> Result<()> {
    let value = |key: &str| record.values.iter().find(|(known, _)| *known == key).map(|(_, value)| value);
    let fields = Followup::SECTION.fields.iter().map(|field| value(field.key).cloned()).collect();
    if let Some(followup) = Followup::from_record(&Record { values: fields, ..Record::default() }) {
        check(&followup)?;
    }
    let Some(mail) = value("message_id").map(|id| id.text().into_owned()) else { return Ok(()) };
    let section = Followup::SECTION;
    // The angle brackets are no part of the id, and not everybody types them.
    let bare = |id: &str| id.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
    let same = |r: &&Record| r.get(section, "message_id").is_some_and(|id| bare(&id.text()) == bare(&mail));
    match open.card.of(&SCHEMA, section.key).iter().find(same) {
        Some(known) => Err(Error::refused(Problem::MailTwice { id: known.id.clone() })),
        None => Ok(()),
    }
}
