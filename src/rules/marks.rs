//! The marks of the planning form: planned calls and visits against those that were made.
//! A contact keeps a plan of its kind on its day, else one of the same ISO week; each plan is kept once.
//! This matching is for the marks alone: which plan a follow-up settles is stored on the card.

use chrono::{Datelike, IsoWeek, NaiveDate};

use crate::sections::How;

/// A call or a visit; other ways of contact have no marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// By phone.
    Call,
    /// In person.
    Visit,
}

/// What was planned or made on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub date: NaiveDate,
    /// Call or visit.
    pub kind: Kind,
}

/// How a contact stands to the plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Made on the planned day.
    Kept,
    /// Planned for another day of the week.
    Moved,
    /// Not planned.
    Unplanned,
}

/// The kind of contact of a way; `visits` are the ways that are visits. A plan without a way is a call.
pub fn kind(how: Option<&str>, visits: &[String]) -> Option<Kind> {
    match how {
        Some(how) if visits.iter().any(|visit| visit == how) => Some(Kind::Visit),
        Some(how) if how == How::Phone.token() => Some(Kind::Call),
        None => Some(Kind::Call),
        Some(_) => None,
    }
}

/// How plans and contacts fit each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// The mark of each contact, in their order.
    pub marks: Vec<Mark>,
    /// Whether each plan was kept, on its day or another one, in their order.
    pub kept: Vec<bool>,
}

/// Matches contacts with plans.
pub fn matched(plans: &[Entry], contacts: &[Entry]) -> Matched {
    let mut free: Vec<Option<&Entry>> = plans.iter().map(Some).collect();
    let mut marks: Vec<Option<Mark>> = vec![None; contacts.len()];
    let mut take = |fits: &dyn Fn(&Entry) -> bool| {
        let earliest = free
            .iter()
            .enumerate()
            .filter_map(|(at, plan)| plan.filter(|plan| fits(plan)).map(|p| (p.date, at)));
        let (_, at) = earliest.min()?;
        free[at].take()
    };
    let mut order: Vec<usize> = (0..contacts.len()).collect();
    order.sort_by_key(|at| contacts[*at].date);
    for &at in &order {
        let contact = contacts[at];
        if take(&|plan| plan.kind == contact.kind && plan.date == contact.date).is_some() {
            marks[at] = Some(Mark::Kept);
        }
    }
    for &at in &order {
        let contact = contacts[at];
        if marks[at].is_none()
            && take(&|plan| plan.kind == contact.kind && week(plan.date) == week(contact.date)).is_some()
        {
            marks[at] = Some(Mark::Moved);
        }
    }
    let kept = free.iter().map(Option::is_none).collect();
    Matched { marks: marks.into_iter().map(|mark| mark.unwrap_or(Mark::Unplanned)).collect(), kept }
}

fn week(day: NaiveDate) -> IsoWeek {
    day.iso_week()
}

/// The letters of the form for a plan: C or X.
pub fn plan_letters(kind: Kind) -> &'static str {
    match kind {
        Kind::Call => "C",
        Kind::Visit => "X",
    }
}

/// The letters of the form for a contact. `UX` is lost in the form and follows from `UC`.
pub fn contact_letters(kind: Kind, mark: Mark) -> &'static str {
    match (kind, mark) {
        (Kind::Call, Mark::Kept) => "CS",
        (Kind::Call, Mark::Moved) => "CN",
        (Kind::Call, Mark::Unplanned) => "UC",
        (Kind::Visit, Mark::Kept) => "XS",
        (Kind::Visit, Mark::Moved) => "XN",
        (Kind::Visit, Mark::Unplanned) => "UX",
    }
}

/// What was planned and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Plans of the period.
    pub planned: usize,
    /// Kept on their day.
    pub kept: usize,
    /// Kept on another day of the week.
    pub moved: usize,
    /// Contacts that nobody had planned.
    pub unplanned: usize,
    /// Plans of days before today that no contact kept.
    pub missed: usize,
}

impl Totals {
    /// Of a period.
    pub fn of(
        plans: &[Entry],
        contacts: &[Entry],
        matched: &Matched,
        period: (NaiveDate, NaiveDate),
        today: NaiveDate,
    ) -> Totals {
        let within = |day: NaiveDate| (period.0..=period.1).contains(&day);
        let count = |wanted: Mark| {
            let marked = contacts.iter().zip(&matched.marks);
            marked.filter(|(contact, mark)| within(contact.date) && **mark == wanted).count()
        };
        let of_period = || plans.iter().zip(&matched.kept).filter(|(plan, _)| within(plan.date));
        let missed = of_period().filter(|(plan, kept)| plan.date < today && !**kept).count();
        let (kept, moved, unplanned) = (count(Mark::Kept), count(Mark::Moved), count(Mark::Unplanned));
        Totals { planned: of_period().count(), kept, moved, unplanned, missed }
    }

    /// The sum of two.
    #[must_use]
    pub fn plus(self, other: Totals) -> Totals {
        Totals {
            planned: self.planned + other.planned,
            kept: self.kept + other.kept,
            moved: self.moved + other.moved,
            unplanned: self.unplanned + other.unplanned,
            missed: self.missed + other.missed,
        }
    }

    /// The rate of plans that were kept on their day, in per cent, rounded; nothing without plans.
    pub fn kept_rate(&self) -> Option<usize> {
        (self.kept * 200 + self.planned).checked_div(self.planned * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    /// `c` a call, `x` a visit, with the day of March 2026; the 10th is a Tuesday.
    fn entries(text: &str) -> Vec<Entry> {
        let entry = |word: &str| {
            let kind = if word.starts_with('c') { Kind::Call } else { Kind::Visit };
            Entry { kind, date: day(&format!("2026-03-{:0>2}", &word[1..])) }
        };
        text.split_whitespace().map(entry).collect()
    }

    fn letters(plans: &str, contacts: &str) -> String {
        let (plans, contacts) = (entries(plans), entries(contacts));
        let marks = matched(&plans, &contacts).marks;
        let letters = contacts.iter().zip(marks).map(|(contact, mark)| contact_letters(contact.kind, mark));
        letters.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_contact_keeps_a_plan_of_its_day_else_one_of_its_week() {
        let cases = [
            ("c10", "c10", "CS"),
            ("c10", "c11", "CN"),
            ("c10", "c10 c10", "CS UC"),
            ("x10", "x10", "XS"),
            ("x10", "x15", "XN"),
            ("x10", "x16", "UX"),
            ("x10", "c10", "UC"),
            // A contact on its day goes first, whatever came before in the week.
            ("c11", "c10 c11", "UC CS"),
            ("c10 c12", "c11 c13", "CN CN"),
            ("", "x10", "UX"),
        ];
        for (plans, contacts, wanted) in cases {
            assert_eq!(letters(plans, contacts), wanted, "{plans} / {contacts}");
        }
    }

    #[test]
    fn totals_add_up_and_the_kept_rate_is_of_the_planned() {
        let (plans, contacts) = (entries("c9 c10 x11 c12"), entries("c9 c10 x12"));
        let matched = matched(&plans, &contacts);
        let totals = Totals::of(
            &plans,
            &contacts,
            &matched,
            (day("2026-03-09"), day("2026-03-15")),
            day("2026-03-16"),
        );
        assert_eq!(totals, Totals { planned: 4, kept: 2, moved: 1, unplanned: 0, missed: 1 });
        assert_eq!(totals.kept_rate(), Some(50));
        assert_eq!(Totals { planned: 3, kept: 2, ..Totals::default() }.kept_rate(), Some(67));
        assert_eq!(Totals::default().kept_rate(), None);
    }
}
