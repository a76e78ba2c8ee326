//! The full revision of a card: so many calendar months after the last full one, else after the
//! first contact; open until every section is confirmed. Nothing else moves it.

use chrono::NaiveDate;

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::schema::{Described, Typed};
use crate::card::value::day;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Followup, Revision, SCHEMA, section};
use crate::settings::Settings;

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "revision",
        label: Text::new("Revision", "全面修订核查", "全面修訂核查"),
        help: Text::new(
            "To be revised in full (cadence.revision): until `crm revise` confirmed all.",
            "需全面修订核查（cadence.revision）：到 `crm revise` 核查完所有部分为止。",
            "需全面修訂核查（cadence.revision）：到 `crm revise` 核查完所有部分為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// The sections that a revision still has to confirm, with their labels.
pub fn left<'a>(settings: &'a Settings, confirmed: &[&str]) -> Vec<(&'a str, Text)> {
    let wanted = settings.cadence.revision_sections.iter().map(String::as_str);
    let label =
        |key: &str| if key == SCHEMA.card.key { Some(SCHEMA.card.label) } else { Some(section(key)?.label) };
    wanted.filter(|key| !confirmed.contains(key)).filter_map(|key| Some((key, label(key)?))).collect()
}

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let revisions = seen.card.records::<Revision>(&SCHEMA);
    let first = || {
        let followups = seen.card.of(&SCHEMA, Followup::SECTION.key).iter();
        followups.filter_map(|r| NaiveDate::from_value(r.get(Followup::SECTION, "date"))).min()
    };
    let Some(last) = revisions.iter().filter_map(|r| r.done).max().or_else(first) else { return Vec::new() };
    let open = revisions.iter().filter(|r| r.done.is_none()).max_by_key(|r| r.date);
    let confirmed = open.map(|r| r.confirmed.join(" ")).unwrap_or_default();
    vec![Seed { field: "last", date: day::text(last), detail: detail(&[&confirmed]), ..Seed::default() }]
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let every = horizon.settings.cadence.revision();
    every
        .and_then(|every| every.latest_start(horizon.until))
        .map_or_else(Vec::new, |last| Window::up_to("last", last))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let date = horizon.settings.cadence.revision()?.after(kept.day()?)?;
    let confirmed: Vec<&str> = kept.part(0).split(' ').collect();
    let left: Vec<&str> =
        left(horizon.settings, &confirmed).iter().map(|(_, label)| label.get(horizon.lang)).collect();
    if left.is_empty() {
        return None;
    }
    let what = What::Revise { left: left.join(" / ") }.say(horizon.lang).into_owned();
    Some(Due { date, turn: date.to_string(), what })
}
