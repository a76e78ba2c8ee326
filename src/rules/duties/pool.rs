//! Customers whom nobody follows go to the pool: so long after the last contact, or after they changed
//! hands, as the settings say for the stage. Their owner is warned some days before. Who is kept out of
//! the pool, and who has no owner, is not looked at. It has nothing to do with the rule of five visits.

use chrono::NaiveDate;

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window};
use crate::card::schema::{Described, Typed};
use crate::card::value::day;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Basics, Handover, SCHEMA};

/// The token of the source.
pub const POOL: &str = "pool";

/// Who goes to the pool.
pub static SOURCE: Source = Source {
    kind: Kind {
        key: POOL,
        label: Text::new("Pool", "公海", "公海"),
        help: Text::new(
            "Nobody follows the customer (pool): until a contact, or `crm pool release`.",
            "无人跟进（pool）：提醒业务代表，到有联系或 `crm pool release` 为止。",
            "無人跟進（pool）：提醒業務員，到有聯絡或 `crm pool release` 為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let basics = &seen.card.basics;
    let is_kept = bool::from_value(basics.get(Basics::SECTION, "keep")) == Some(true);
    if is_kept || basics.get(Basics::SECTION, "owner").is_none() {
        return Vec::new();
    }
    let section = Handover::SECTION;
    let taken = seen.card.of(&SCHEMA, section.key).iter();
    let taken = taken.filter_map(|r| NaiveDate::from_value(r.get(section, "date"))).max();
    let since = seen.last_contact.max(taken);
    since.map(|day| Seed { field: "since", date: day::text(day), ..Seed::default() }).into_iter().collect()
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let pool = &horizon.settings.pool;
    let until = horizon.ahead(pool.warn_days);
    let starts =
        ["prospect", "customer"].into_iter().filter_map(|stage| pool.after(stage)?.latest_start(until));
    starts.max().map_or_else(Vec::new, |last| Window::up_to("since", last))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let pool = &horizon.settings.pool;
    let since = kept.day()?;
    let date = pool.after(kept.stage)?.after(since)?;
    let what = What::ToPool { since: since.to_string(), date }.say(horizon.lang).into_owned();
    (date <= horizon.ahead(pool.warn_days)).then(|| Due { date, turn: date.to_string(), what })
}
