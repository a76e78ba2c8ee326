//! News to customers who are nurtured: so long after the last mailing, until the customer turns
//! to us for the first time. Who wants no mailings gets none; the rule of five visits does not matter here
//!

use chrono::NaiveDate;

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window};
use crate::card::schema::{Described, Typed};
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Basics, Followup, SCHEMA};

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "nurture",
        label: Text::new("News", "寄送新品", "寄送新品"),
        help: Text::new(
            "News for a nurtured customer: until a mailing, or the customer's answer.",
            "给培养客户寄送新品信息：到记录一次群发，或客户回复为止。",
            "給培養客戶寄送新品訊息：到記錄一次電子報，或客戶回覆為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let flag = |key| bool::from_value(seen.card.basics.get(Basics::SECTION, key)) == Some(true);
    if !flag("nurture") || flag("no_mailings") {
        return Vec::new();
    }
    let section = Followup::SECTION;
    let followups = seen.card.of(&SCHEMA, section.key);
    let marked = |key: &'static str| {
        let marked = followups.iter().filter(move |r| bool::from_value(r.get(section, key)) == Some(true));
        marked.filter_map(|r| NaiveDate::from_value(r.get(section, "date")))
    };
    let (first, last) = (marked("mailing").min(), marked("mailing").max());
    if first.is_some_and(|first| marked("incoming").any(|day| day >= first)) {
        return Vec::new();
    }
    let date = last.map(|day| day.to_string()).unwrap_or_default();
    vec![Seed { field: "last", date, ..Seed::default() }]
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let every = horizon.settings.cadence.nurture();
    every
        .and_then(|every| every.latest_start(horizon.until))
        .map_or_else(Vec::new, |last| Window::up_to("last", last))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let (date, what) = match kept.day() {
        Some(last) => {
            (horizon.settings.cadence.nurture()?.after(last)?, What::News { last: last.to_string() })
        }
        None => (horizon.today, What::FirstNews),
    };
    let turn = kept.day().map_or_else(|| "first".to_owned(), |_| date.to_string());
    Some(Due { date, turn, what: what.say(horizon.lang).into_owned() })
}
