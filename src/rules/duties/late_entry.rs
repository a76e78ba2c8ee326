//! Late entries: a follow-up that was entered more days after its day than the settings allow is
//! told on the day of its entry.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::Record;
use crate::card::schema::{Described, Typed};
use crate::card::value::day;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Followup, SCHEMA};

/// The token of the source.
pub const LATE_ENTRY: &str = "late_entry";

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: LATE_ENTRY,
        label: Text::new("Late entry", "补录", "補登"),
        help: Text::new(
            "A follow-up was entered late (check.late_days): on the day of its entry.",
            "跟进补录过晚（check.late_days）：在录入当天提示。",
            "跟進逾期補登（check.late_days）：在登錄當天提示。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let section = Followup::SECTION;
    let at = |key| section.position(key).unwrap_or_default();
    let (entered_at, date_at) = (at("entered_at"), at("date"));
    let late = |record: &Record| {
        let entered = DateTime::<FixedOffset>::from_value(record.value(entered_at))?.date_naive();
        let days = (entered - NaiveDate::from_value(record.value(date_at))?).num_days();
        let text = |key| record.get(section, key).map(|value| value.text().into_owned()).unwrap_or_default();
        (days > 0).then(|| Seed {
            record: record.id.clone(),
            field: "entered",
            date: day::text(entered),
            who: text("by"),
            detail: detail(&[&days.to_string(), &text("topic")]),
        })
    };
    seen.card.of(&SCHEMA, section.key).iter().filter_map(late).collect()
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    vec![Window { field: "entered", from: horizon.from.to_string(), to: horizon.today.to_string() }]
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let days: i64 = kept.part(0).parse().ok()?;
    let what = What::LateEntry { days, topic: kept.part(1).to_owned() }.say(horizon.lang).into_owned();
    (days > horizon.settings.check.late_days).then_some(Due { date: kept.day()?, turn: String::new(), what })
}
