//! Which plans are open, and which of them a follow-up settles.
//!
//! A plan is open until a follow-up names it under `settles` or it is dropped. Both are decisions
//! that are stored, so the answer does not change when a later command thinks otherwise.

use chrono::{Days, NaiveDate};

use crate::card::Card;
use crate::card::schema::Described;
use crate::rules::visits::Ways;
use crate::sections::{Followup, How, Plan, SCHEMA};
use crate::settings;

/// The open plans of a card, the earliest first.
///
/// A half-filled follow-up of a person's hand settles its plan like any other.
pub fn open(card: &Card) -> Vec<Plan> {
    let followups = card.of(&SCHEMA, Followup::SECTION.key);
    let settled: Vec<_> = followups.iter().filter_map(|f| f.get(Followup::SECTION, "settles")).collect();
    let is_open = |p: &Plan| p.dropped.is_none() && !settled.iter().any(|s| s.text() == p.id.as_str());
    let mut open: Vec<Plan> = card.records(&SCHEMA).into_iter().filter(is_open).collect();
    open.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    open
}

/// The open plans that wait: visits to a customer who is off the visit plan.
pub fn waiting(card: &Card, followup: &settings::Followup) -> Vec<Plan> {
    let ways = Ways::of(card);
    let mut open = open(card);
    open.retain(|plan| plan.how.is_some_and(|how| ways.suspends(how.token(), followup)));
    open
}

/// The next step: the earliest open plan that does not wait.
pub fn next(card: &Card, followup: &settings::Followup) -> Option<Plan> {
    let waiting = waiting(card, followup);
    open(card).into_iter().find(|plan| !waiting.contains(plan))
}

/// A contact that may keep a plan.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// The day.
    pub day: NaiveDate,
    /// The way.
    pub how: How,
    /// Whose contact it is: a key of the team.
    pub by: &'a str,
}

/// The plan that a contact settles when the person names none: an open one that is due or at most
/// `ahead` days ahead, and of the same way. A plan without a way is kept by any; two visits are the
/// same way, whoever invited.
///
/// Of several, one of the person's own, or in which the person has a part, goes before a colleague's;
/// then the one of that very day, those that are due before those that are not, one of this way before
/// one of any, and the earliest.
pub fn settled_by<'a>(open: &'a [Plan], contact: Kept<'_>, ahead: u64) -> Option<&'a Plan> {
    let Kept { day, how, by } = contact;
    let last = day.checked_add_days(Days::new(ahead)).unwrap_or(day);
    let fits = |p: &&Plan| p.date <= last && p.how.is_none_or(|planned| way(planned) == way(how));
    let is_anothers = |p: &Plan| {
        let planner = p.by.as_ref().map(|who| who.0.as_str());
        planner.is_some_and(|who| who != by) && !p.companions.iter().any(|who| who == by)
    };
    open.iter()
        .filter(fits)
        .min_by_key(|p| (is_anothers(p), p.date != day, p.date > day, p.how.is_none(), p.date))
}

/// The ways that keep each other's plans.
fn way(how: How) -> How {
    if how == How::InvitedVisit { How::DoorVisit } else { how }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::value::Member;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn plan(id: &str, date: &str, how: Option<How>) -> Plan {
        Plan {
            id: id.into(),
            date: day(date),
            how,
            goal: None,
            by: None,
            purpose: None,
            companions: Vec::new(),
            requested_by: None,
            dropped: None,
            dropped_by: None,
            drop_reason: None,
        }
    }

    #[test]
    fn a_plan_is_open_until_it_is_settled_or_dropped() {
        let ids = |more: &str| {
            let text = format!(
                "name = \"A\"\n[[plans]]\nid = \"c\"\ndate = 2026-03-03\n[[plans]]\nid = \"a\"\ndate = 2026-03-01\n\
                 [[plans]]\nid = \"b\"\ndate = 2026-03-02\ndropped = 2026-03-01\n{more}"
            );
            let card = crate::card::read::read(&text, &SCHEMA).expect("a card");
            open(&card).into_iter().map(|p| p.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(""), ["a", "c"]);
        assert_eq!(ids("[[followups]]\ndate = 2026-03-01\nsettles = \"a\"\n"), ["c"]);
    }

    #[test]
    fn the_earliest_plan_of_the_same_way_that_is_near_enough_is_settled() {
        let plans = [
            plan("mail", "2026-03-01", Some(How::Email)),
            plan("call", "2026-03-12", Some(How::Phone)),
            plan("any", "2026-03-13", None),
            plan("far", "2026-03-14", Some(How::Phone)),
        ];
        let settled = |how, ahead| {
            let contact = Kept { day: day("2026-03-11"), how, by: "li" };
            settled_by(&plans, contact, ahead).map(|p| p.id.as_str())
        };
        assert_eq!(settled(How::Email, 2), Some("mail"));
        assert_eq!(settled(How::Phone, 2), Some("call"));
        assert_eq!(settled(How::Phone, 0), None);
        assert_eq!(settled(How::DoorVisit, 2), Some("any"));
    }

    #[test]
    fn an_invited_visit_keeps_the_plan_of_a_visit() {
        let plans = [plan("v", "2026-03-11", Some(How::DoorVisit))];
        let contact = Kept { day: day("2026-03-11"), how: How::InvitedVisit, by: "li" };
        assert!(settled_by(&plans, contact, 0).is_some());
    }

    #[test]
    fn ones_own_plan_of_that_day_and_way_goes_before_an_older_one() {
        let by = |who: &str, plan: Plan| Plan { by: Some(Member(who.into())), ..plan };
        let phone = Some(How::Phone);
        let mut plans = vec![
            by("li", plan("old", "2026-02-01", None)),
            by("wang", plan("hers", "2026-03-11", phone)),
            by("li", plan("late", "2026-03-02", phone)),
            by("li", plan("any", "2026-03-11", None)),
            by("li", plan("call", "2026-03-11", phone)),
            by("li", plan("soon", "2026-03-12", phone)),
        ];
        let order = ["call", "any", "late", "old", "soon", "hers"];
        for id in order {
            let contact = Kept { day: day("2026-03-11"), how: How::Phone, by: "li" };
            assert_eq!(settled_by(&plans, contact, 2).map(|p| p.id.as_str()), Some(id));
            plans.retain(|plan| plan.id != id);
        }
        // Who goes along has a part in it.
        let joint = Plan { companions: vec!["li".into()], ..by("wang", plan("joint", "2026-03-11", None)) };
        let plans = [by("zhao", plan("his", "2026-03-01", None)), joint];
        let contact = Kept { day: day("2026-03-11"), how: How::Phone, by: "li" };
        assert_eq!(settled_by(&plans, contact, 2).map(|p| p.id.as_str()), Some("joint"));
    }
}
