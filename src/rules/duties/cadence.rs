//! The rhythm of contact: where no plan is open, the next contact is due so long
//! after the last one as the card says, else as the settings say for its stage. A plan that a person made
//! goes first. Mailings to many are no contact.

use chrono::NaiveDate;

use super::verdict::usual;
use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::Card;
use crate::card::schema::{Described, Typed};
use crate::card::value::Period;
use crate::card::value::{day, split_list};
use crate::i18n::{Lang, List, Say, Text};
use crate::rules::facts::Seen;
use crate::rules::visits::Ways;
use crate::sections::{Basics, ContactMode, Followup, How, SCHEMA};
use crate::settings::{self, Settings};

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "cadence",
        label: Text::new("Rhythm", "沟通频率", "溝通頻率"),
        help: Text::new(
            "No open plan, and the last contact is too long ago: until the next one.",
            "没有未完成的计划，且上次联系已过约定频率：到下次联系或新计划为止。",
            "沒有未完成的計畫，且上次聯絡已過約定頻率：到下次聯絡或新計畫為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// The field of how a customer likes to be contacted.
const MODES: &str = "contact_modes";

/// The fields of customers all of whose open plans may be visits that wait, each with a rhythm of their own and
/// with the usual one: after so many visits as are too many by default, after fewer, and for companies whose
/// visits are other ways. So the usual question looks at few of them.
const MANY: [&str; 2] = ["own_waiting", "usual_waiting"];
const FEW: [&str; 2] = ["own_waiting_few", "usual_waiting_few"];
const OTHER: [&str; 2] = ["own_waiting_other", "usual_waiting_other"];
/// How many visits are many.
const SO_MANY: i64 = 5;

/// Which of these fields a question has to look at, by the settings.
pub fn waiting_fields(followup: &settings::Followup) -> Vec<&'static str> {
    let usual = usual();
    let mut fields = MANY.to_vec();
    let is_usual = followup.visit_modes.iter().all(|mode| usual.contains(mode));
    if !is_usual || followup.visits_without_result < SO_MANY {
        fields.extend(FEW);
    }
    if !is_usual {
        fields.extend(OTHER);
    }
    fields
}

/// The fields of a customer with open plans of these ways; `None` where none of them can wait.
fn fields_of(hows: &[&str], ways: &Ways) -> Option<[&'static str; 2]> {
    let usual = usual();
    let visits = ways.without_result(&usual);
    match hows.iter().all(|how| usual.iter().any(|mode| mode == how)) {
        true if ways.abandoned || visits >= SO_MANY => Some(MANY),
        true if visits > 1 => Some(FEW),
        _ if hows.iter().all(|how| How::from_token(how).is_some_and(|how| ways.may_suspend(how))) => {
            Some(OTHER)
        }
        _ => None,
    }
}

/// From where a rhythm comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// From the card.
    Own(Period),
    /// From the settings.
    Usual(Period),
}

impl Rhythm {
    /// The length between two contacts.
    pub fn every(self) -> Period {
        match self {
            Rhythm::Own(every) | Rhythm::Usual(every) => every,
        }
    }
}

/// The rhythm of a customer in a stage; `None` where neither card nor settings say one.
pub fn rhythm(card: &Card, stage: &str, settings: &Settings) -> Option<Rhythm> {
    own(card).map(Rhythm::Own).or_else(|| settings.cadence.contact(stage).map(Rhythm::Usual))
}

fn own(card: &Card) -> Option<Period> {
    Period::from_value(card.basics.get(Basics::SECTION, "contact_every")).filter(|every| every.is_some_time())
}

/// The day of the last contact; a mailing is none.
pub fn last_contact(card: &Card) -> Option<NaiveDate> {
    let at = |key| Followup::SECTION.position(key).unwrap_or_default();
    let (mailing, date) = (at("mailing"), at("date"));
    let contacts = card.of(&SCHEMA, Followup::SECTION.key).iter();
    let contacts = contacts.filter(|r| bool::from_value(r.value(mailing)) != Some(true));
    contacts.filter_map(|r| NaiveDate::from_value(r.value(date))).max()
}

/// Of a customer's own rhythm the day that is due; else the day of the last contact.
fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let Some(last) = seen.last_contact else { return Vec::new() };
    // Visits that wait, since the customer is off the visit plan, are no next step; whether they do is asked
    // with the settings.
    let hows: Option<Vec<&str>> = seen.open.iter().map(|plan| plan.how.map(How::token)).collect();
    let Some(hows) = hows else { return Vec::new() };
    let (ways, fields) = match hows.is_empty() {
        true => ("", Some(["own", "usual"])),
        false => (seen.ways_text.as_str(), fields_of(&hows, &seen.ways)),
    };
    let Some([own_field, usual_field]) = fields else { return Vec::new() };
    let hows = hows.join(" ");
    let modes = seen.card.basics.get(Basics::SECTION, MODES).map(|modes| modes.text().into_owned());
    let modes = modes.unwrap_or_default();
    let seed = match own(seen.card) {
        Some(every) => every.after(last).map(|due| Seed {
            field: own_field,
            date: day::text(due),
            detail: detail(&[&modes, &hows, ways, &last.to_string(), &every.to_string()]),
            ..Seed::default()
        }),
        None => {
            let detail = detail(&[&modes, &hows, ways]);
            Some(Seed { field: usual_field, date: day::text(last), detail, ..Seed::default() })
        }
    };
    seed.into_iter().collect()
}

/// The ways that a customer likes, as people call them.
fn liked(modes: &str, lang: Lang) -> String {
    let label = |mode: &String| ContactMode::CHOICES.label(mode, lang).to_owned();
    split_list(modes).iter().map(label).collect::<List>().say(lang).into_owned()
}

/// Whether a field is of customers with a rhythm of their own: its day is the one that is due.
fn is_own(field: &str) -> bool {
    field.starts_with("own")
}

/// Whether every open plan of a seed is a visit that waits; also where there is no open plan.
pub fn waits(detail: &str, followup: &settings::Followup) -> bool {
    let mut parts = detail.split(super::SPLIT).skip(1);
    let (hows, ways) = (parts.next().unwrap_or(""), Ways::from_text(parts.next().unwrap_or("")));
    hows.split(' ').filter(|how| !how.is_empty()).all(|how| ways.suspends(how, followup))
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let waiting = waiting_fields(&horizon.settings.followup);
    let (own, usual): (Vec<&str>, Vec<&str>) =
        ["own", "usual"].into_iter().chain(waiting).partition(|field| is_own(field));
    let mut windows: Vec<Window> =
        own.into_iter().flat_map(|field| Window::up_to(field, horizon.until)).collect();
    let stages = ["prospect", "customer"].into_iter();
    let starts =
        stages.filter_map(|stage| horizon.settings.cadence.contact(stage)?.latest_start(horizon.until));
    windows.extend(starts.max().into_iter().flat_map(|last| {
        usual.iter().map(move |field| Window { field, from: String::new(), to: last.to_string() })
    }));
    windows
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    if !waits(kept.detail, &horizon.settings.followup) {
        return None;
    }
    let (date, last, every) = match is_own(kept.field) {
        true => (kept.day()?, kept.part(3).to_owned(), Period::parse(kept.part(4)).ok()?),
        false => {
            let every = horizon.settings.cadence.contact(kept.stage)?;
            (every.after(kept.day()?)?, kept.date.to_owned(), every)
        }
    };
    let turn = date.to_string();
    let what = match kept.part(0) {
        "" => What::Cadence { last, every },
        modes => What::CadenceBy { last, every, by: liked(modes, horizon.lang) },
    };
    let what = what.say(horizon.lang).into_owned();
    (date <= horizon.until).then_some(Due { date, turn, what })
}
