//! Customers whom nobody touched for long: from so many days of silence on (`cadence.untouched`), also
//! where something is planned for later.

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window};
use crate::card::value::day;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "untouched",
        label: Text::new("Untouched", "久未联系", "久未聯絡"),
        help: Text::new(
            "No contact for long (cadence.untouched): until the next contact.",
            "很久没有联系（cadence.untouched）：到下次联系为止。",
            "很久沒有聯絡（cadence.untouched）：到下次聯絡為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let last = seen.last_contact.into_iter();
    last.map(|last| Seed { field: "last", date: day::text(last), ..Seed::default() }).collect()
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let every = horizon.settings.cadence.untouched();
    every
        .and_then(|every| every.latest_start(horizon.until))
        .map_or_else(Vec::new, |last| Window::up_to("last", last))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let last = kept.day()?;
    let date = horizon.settings.cadence.untouched()?.after(last)?;
    let what = What::Untouched { days: (horizon.today - last).num_days() }.say(horizon.lang).into_owned();
    Some(Due { date, turn: date.to_string(), what })
}
