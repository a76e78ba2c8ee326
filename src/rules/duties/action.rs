//! Actions of an action plan: due on their day, until they are done. One without a day is open
//! from the day of the follow-up at which it was agreed.

use chrono::NaiveDate;

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, Window};
use crate::card::schema::{Described, Typed};
use crate::i18n::Text;
use crate::rules::facts::Seen;
use crate::sections::{Action, Followup, SCHEMA};

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: "action",
        label: Text::new("Action", "行动计划", "行動計畫"),
        help: Text::new(
            "An agreed action: from its day on, until it has a day under done.",
            "约定的行动：从期限日起，到填写完成日期为止。",
            "約定的行動：從期限日起，到填寫完成日期為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let open = seen.card.records::<Action>(&SCHEMA).into_iter().filter(|action| action.done.is_none());
    let agreed = |id: &str| {
        let followup = seen.card.of(&SCHEMA, Followup::SECTION.key).iter().find(|f| f.id == id)?;
        NaiveDate::from_value(followup.get(Followup::SECTION, "date"))
    };
    open.map(|action| {
        let day = action.date.or_else(|| agreed(&action.followup.as_ref()?.0));
        Seed {
            record: action.id,
            field: "date",
            date: day.map(|day| day.to_string()).unwrap_or_default(),
            who: action.who.map(|who| who.0).unwrap_or_default(),
            detail: action.what,
        }
    })
    .collect()
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    Window::up_to("date", horizon.ahead(horizon.settings.remind.plan_days))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    // Without a day it is open from now on, and the same tomorrow.
    let (date, turn) = if kept.date.is_empty() { (horizon.today, "open") } else { (kept.day()?, "") };
    Some(Due { date, turn: turn.to_owned(), what: kept.detail.to_owned() })
}
