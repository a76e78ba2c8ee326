//! Whose customer it is: handing over, giving to the pool, taking from it. Each change of hands is a
//! record of the card, with its day, its reason and who decided it.

use chrono::NaiveDate;

use super::adopt::table_of;
use super::change::set;
use super::daily::Losses;
use super::plan::COMPANIONS;
use super::remind::found;
use super::target::no_such_record;
use super::{NewRecord, OpenCard, Transaction, Workspace, number};
use crate::card::edit::Edit;
use crate::card::schema::{Described, Typed};
use crate::card::value::{Value, day};
use crate::card::{Record, Section};
use crate::error::{Error, Problem, Result};
use crate::i18n::Lang;
use crate::index::ask::Filter;
use crate::index::{Known, Whose};
use crate::rules::duties::POOL;
use crate::rules::facts::Seen;
use crate::rules::plans;
use crate::sections::{Action, Basics, ChangeKind, Contact, Development, Followup, Handover, Plan, SCHEMA};

/// A customer who goes to the pool.
#[derive(Clone, Debug)]
pub struct PoolMove {
    /// The customer.
    pub customer: Known,
    /// Who has the customer.
    pub owner: Option<String>,
    /// Since when nobody followed.
    pub since: Option<NaiveDate>,
    /// The day on which the customer goes.
    pub date: NaiveDate,
    /// Why, in the reader's language.
    pub why: String,
}

impl Transaction<'_> {
    /// Gives a customer to another member of the team, or to nobody, and notes it on the card. Open plans and
    /// actions of whoever had the customer go along.
    ///
    /// # Errors
    /// When the card cannot be edited.
    pub fn hand(&mut self, open: &OpenCard, to: Option<&str>, reason: Option<&str>) -> Result<()> {
        let edits = self.workspace.hand_edits(open, to, reason)?;
        self.edit(open, &edits)
    }

    /// Adds a person who takes the place of another: the old one stays on the card with the last
    /// day, the new one is in charge, and the change is noted. The id of the new one.
    ///
    /// # Errors
    /// When nobody on the card is meant, or the new person has no name.
    pub fn replace_contact(&mut self, open: &OpenCard, old: &str, mut new: NewRecord) -> Result<String> {
        let workspace = self.workspace;
        let section = Contact::SECTION;
        let people = open.card.of(&SCHEMA, section.key);
        let field = Followup::SECTION.field("contact").expect("a follow-up names a contact");
        let id = workspace.typed(&open.card, field, old)?.text().into_owned();
        let before = people.iter().find(|person| person.id == id);
        let before = before.ok_or_else(|| no_such_record(people, section, old))?;
        let table = table_of(section, before);
        let today = workspace.today();
        let mut edits = Vec::new();
        // Whose place was taken already has no place to take.
        let left = NaiveDate::from_value(before.get(section, "until")).filter(|until| *until <= today);
        let is_main = |record: &Record| bool::from_value(record.get(section, "main")) == Some(true);
        let follower = people.iter().find(|person| is_main(person) && person.id != before.id);
        if let (Some(until), Some(follower)) = (left, follower) {
            let name = |person: &Record| {
                person.get(section, "name").map(|n| n.text().into_owned()).unwrap_or_default()
            };
            let (who, main) = (name(before), name(follower));
            return Err(Error::refused(Problem::ReplacedAlready { who, until, main }));
        }
        // Who says that the new one is not the main contact is believed.
        let is_told = new.values.iter().any(|(key, value)| *key == "main" && *value == Value::Flag(false));
        if is_main(before) {
            edits.push(Edit::Unset { table: table.clone(), key: "main".into() });
        }
        if !is_told && (is_main(before) || !people.iter().any(is_main)) {
            new.values.retain(|(key, _)| *key != "main");
            new.values.push(("main", Value::Flag(true)));
        }
        if before.get(section, "until").is_none() {
            edits.push(set(table, section, "until", &Value::Date(today)));
        }
        let name = |record: Option<String>| record.unwrap_or_default();
        let old_name = name(before.get(section, "name").map(|n| n.text().into_owned()));
        let new_name =
            name(new.values.iter().find(|(key, _)| *key == "name").map(|(_, n)| n.text().into_owned()));
        let (id, edit) = workspace.add_record_edit(&open.card, section, &new)?;
        edits.push(edit);
        let note = NewRecord::of([
            ("kind", Value::Choice(ChangeKind::PersonInCharge.token().to_owned())),
            ("date", Value::Date(today)),
            ("note", Value::Text(format!("{old_name} → {new_name}"))),
            ("by", Value::Text(workspace.me()?)),
        ]);
        edits.push(workspace.add_record_edit(&open.card, Development::SECTION, &note)?.1);
        self.edit(open, &edits)?;
        Ok(id)
    }

    /// Takes a customer from the pool for the person at this desk.
    ///
    /// # Errors
    /// When somebody has the customer, or the limits of the pool say no: a previous owner waits, so many a
    /// day, so many in all.
    pub fn claim(&mut self, open: &OpenCard) -> Result<()> {
        let workspace = self.workspace;
        let (me, no, today) = (workspace.me()?, number(&open.card), workspace.today());
        if let Some(owner) = owner_of(open) {
            return Err(Error::refused(Problem::HasOwner { no, owner }));
        }
        let pool = &workspace.settings.pool;
        let hands: Vec<Handover> = open.card.records(&SCHEMA);
        let mine = hands.iter().filter(|hand| hand.before.as_deref() == Some(me.as_str()));
        let until =
            mine.map(|hand| hand.date).max().zip(pool.cooldown()).and_then(|(left, wait)| wait.after(left));
        if let Some(until) = until.filter(|until| *until > today) {
            return Err(Error::refused(Problem::Cooldown { no, until }));
        }
        if workspace.claims_on(&me, today)? >= pool.claims_a_day {
            return Err(Error::refused(Problem::ClaimsToday { most: pool.claims_a_day }));
        }
        if workspace.held_by(&me)? >= pool.hold_most {
            return Err(Error::refused(Problem::HoldsMost { most: pool.hold_most }));
        }
        self.hand(open, Some(&me), None)
    }
}

/// Who has a customer.
pub fn owner_of(open: &OpenCard) -> Option<String> {
    open.card.basics.get(Basics::SECTION, "owner").map(|owner| owner.text().into_owned())
}

/// What somebody was to do for a customer goes to whoever gets the customer; into the pool, to nobody, and
/// what nobody was to do, to whoever takes the customer from there.
pub(super) fn work_goes_along(open: &OpenCard, before: Option<&str>, to: Option<&str>) -> Vec<Edit> {
    let open_plans = plans::open(&open.card);
    let of_plans = |record: &Record| open_plans.iter().any(|plan| plan.id == record.id);
    let is_open = |record: &Record| record.get(Action::SECTION, "done").is_none();
    type Kind<'a> = (&'static Section, &'a str, &'a dyn Fn(&Record) -> bool);
    let kinds: [Kind<'_>; 2] = [(Plan::SECTION, "by", &of_plans), (Action::SECTION, "who", &is_open)];
    let mut edits = Vec::new();
    for (section, key, is_open) in kinds {
        let records = open.card.of(&SCHEMA, section.key).iter();
        let theirs = |record: &&Record| record.get(section, key).map(Value::text).as_deref() == before;
        edits.extend(records.filter(theirs).filter(|record| is_open(record)).map(|record| {
            let table = table_of(section, record);
            match to {
                Some(to) => set(table, section, key, &Value::Text(to.to_owned())),
                None => Edit::Unset { table, key: key.to_owned() },
            }
        }));
    }
    let theirs = open_plans.iter().filter(|plan| plan.by.as_ref().map(|by| by.0.as_str()) == before);
    edits.extend(to.iter().flat_map(|to| theirs.clone().filter_map(|plan| goes_alone(open, plan, to))));
    edits
}

/// Who went along on a plan that becomes the own one is no companion of it any more.
fn goes_alone(open: &OpenCard, plan: &Plan, to: &str) -> Option<Edit> {
    let left: Vec<String> = plan.companions.iter().filter(|who| *who != to).cloned().collect();
    let record = open.card.of(&SCHEMA, Plan::SECTION.key).iter().find(|record| record.id == plan.id)?;
    let table = table_of(Plan::SECTION, record);
    (left.len() < plan.companions.len()).then(|| match left.is_empty() {
        true => Edit::Unset { table, key: COMPANIONS.into() },
        false => set(table, Plan::SECTION, COMPANIONS, &Value::Texts(left)),
    })
}

impl Workspace {
    /// The key of a member who can be given work: one who has left cannot.
    ///
    /// # Errors
    /// When nobody in the team is meant, or the one who is has left.
    pub fn worker_key(&self, text: &str) -> Result<String> {
        let key = self.member_key(text)?;
        let has_left = self.settings.member(&key).is_some_and(|member| member.active == Some(false));
        if has_left { Err(Error::refused(Problem::HasLeft { who: key })) } else { Ok(key) }
    }

    /// The edits that give a customer to somebody, or to nobody.
    pub(super) fn hand_edits(
        &self,
        open: &OpenCard,
        to: Option<&str>,
        reason: Option<&str>,
    ) -> Result<Vec<Edit>> {
        let before = owner_of(open);
        let owner = match to {
            Some(to) => set(Vec::new(), Basics::SECTION, "owner", &Value::Text(to.to_owned())),
            None => Edit::Unset { table: Vec::new(), key: "owner".into() },
        };
        let mut edits = vec![owner];
        edits.extend(work_goes_along(open, before.as_deref(), to));
        edits.push(self.hand_record(open, before, to, reason)?);
        Ok(edits)
    }

    /// The record of a change of hands.
    pub(super) fn hand_record(
        &self,
        open: &OpenCard,
        before: Option<String>,
        to: Option<&str>,
        reason: Option<&str>,
    ) -> Result<Edit> {
        let text = |text: &str| Value::Text(text.to_owned());
        let record = NewRecord::of([("date", Value::Date(self.today()))])
            .with("owner", to.map(text))
            .with("before", before.as_deref().map(text))
            .with("reason", reason.map(text))
            .with("by", Some(Value::Text(self.me()?)));
        Ok(self.add_record_edit(&open.card, Handover::SECTION, &record)?.1)
    }

    /// Every customer of a member, closed ones too.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn customers_of(&self, owner: &str) -> Result<Vec<Known>> {
        let filter = Filter { owner: Some(owner.to_owned()), ..Filter::default() };
        Ok(self.customers(&filter, &[], &[])?.0.into_iter().map(|customer| customer.known).collect())
    }

    /// The customers who go to the pool within so many days, the first to go first, and what is not shown;
    /// `owner` names one member of the team.
    ///
    /// # Errors
    /// When the archive cannot be listed.
    pub fn pool_plan(&self, owner: Option<&str>, days: u64, lang: Lang) -> Result<(Vec<PoolMove>, Losses)> {
        // The source itself looks ahead as far as it warns.
        let horizon = self.horizon(days.saturating_sub(self.settings.pool.warn_days), owner, lang);
        let last = self.horizon(days, owner, lang).until;
        let (found, losses) = self.ask(|index| {
            let whose = Whose { owner, only: None };
            Ok((found(index, &POOL, &horizon, whose)?, Losses::of(index)?))
        })?;
        let mut moves: Vec<PoolMove> = found
            .into_iter()
            .map(|(row, due)| PoolMove {
                since: row.date.parse().ok(),
                owner: row.owner,
                customer: row.customer,
                date: due.date,
                why: due.what,
            })
            .collect();
        moves.retain(|one| one.date <= last);
        moves.sort_by(|a, b| (a.date, &a.customer.no).cmp(&(b.date, &b.customer.no)));
        Ok((moves, self.explain(losses)))
    }

    /// Whether a customer still goes to the pool as planned: nobody took the customer over or made a contact
    /// since.
    pub fn still_goes(&self, open: &OpenCard, planned: &PoolMove) -> bool {
        let seeds = (POOL.from.seeds)(&Seen::of(&open.card));
        let since = planned.since.map(day::text);
        owner_of(open) == planned.owner && seeds.first().map(|seed| &seed.date) == since.as_ref()
    }

    fn claims_on(&self, who: &str, day: NaiveDate) -> Result<i64> {
        self.ask(|index| index.hands_on(who, &day.to_string()))
    }

    fn held_by(&self, who: &str) -> Result<i64> {
        self.ask(|index| index.held_by(who))
    }
}
