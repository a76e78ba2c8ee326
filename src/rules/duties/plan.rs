//! Open plans: due from their day on until a follow-up keeps them or a person drops them.

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::schema::Described;
use crate::card::value::day;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::rules::visits::Ways;
use crate::sections::{Basics, How};

/// What a plan is for that says neither way nor goal.
const CONTACT: Text = Text::new("contact", "联系", "聯絡");
/// A plan of somebody else, who goes along.
pub(super) const JOINT: &str = "joint";

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "plan",
        label: Text::new("Plan", "跟进计划", "跟進計畫"),
        help: Text::new(
            "A planned contact: from its day on, until a follow-up keeps it.",
            "计划的跟进：从计划日起，到完成为止。",
            "計畫的跟進：從計畫日起，到完成為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// What a list shows of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanDetail {
    /// The way of contact, by token.
    pub how: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
}

impl PlanDetail {
    /// What the index keeps of a plan.
    pub fn of(kept: &Kept<'_>) -> PlanDetail {
        let some = |at| Some(kept.part(at).to_owned()).filter(|text| !text.is_empty());
        PlanDetail { how: some(0), goal: some(1) }
    }
}

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    if seen.open.is_empty() {
        return Vec::new();
    }
    let owner = seen.card.basics.get(Basics::SECTION, "owner").map(|owner| owner.text().into_owned());
    let mut seeds = Vec::new();
    for plan in &seen.open {
        let how = plan.how.map_or("", How::token);
        // Whether it is a visit, and one too many, is asked with the settings.
        let asks = plan.how.is_some_and(|how| seen.ways.may_suspend(how));
        let visits = if asks { seen.ways_text.as_str() } else { "" };
        let seed = Seed {
            record: plan.id.clone(),
            field: "date",
            date: day::text(plan.date),
            who: plan.by.as_ref().map(|by| by.0.clone()).unwrap_or_default(),
            detail: detail(&[how, plan.goal.as_deref().unwrap_or(""), visits]),
        };
        let mut others: Vec<&String> =
            plan.companions.iter().chain(plan.requested_by.as_ref().map(|by| &by.0)).collect();
        // Whose plan it is has it once.
        let own = plan.by.as_ref().map(|by| &by.0).or(owner.as_ref());
        others.retain(|who| Some(*who) != own);
        others.sort_unstable();
        others.dedup();
        seeds.extend(others.into_iter().map(|who| Seed { field: JOINT, who: who.clone(), ..seed.clone() }));
        seeds.push(seed);
    }
    seeds
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let last = horizon.ahead(horizon.settings.remind.plan_days);
    let mut windows = Window::up_to("date", last);
    // For everybody's list, whose plan it is stands there once.
    windows.extend(horizon.owner.into_iter().flat_map(|_| Window::up_to(JOINT, last)));
    windows
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let how = kept.part(0);
    if Ways::from_text(kept.part(2)).suspends(how, &horizon.settings.followup) {
        return None;
    }
    let label = How::from_token(how).map(How::label);
    let what = match (label, kept.part(1)) {
        (Some(label), "") => label.get(horizon.lang).to_owned(),
        (Some(how), goal) => What::Step { how, goal: goal.to_owned() }.say(horizon.lang).into_owned(),
        (None, "") => CONTACT.get(horizon.lang).to_owned(),
        (None, goal) => goal.to_owned(),
    };
    Some(Due { date: kept.day()?, turn: String::new(), what })
}
