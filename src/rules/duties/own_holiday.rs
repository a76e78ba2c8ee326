//! Holidays of a person who keeps those of another country than where the customer is: like the
//! country's own, some days ahead up to the day; a greeting that was sent silences that day.

use chrono::Datelike;

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::card::Country;
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::rules::holidays;
use crate::sections::{Care, Contact, Occasion, SCHEMA};

/// The token of the kind.
pub const OWN_HOLIDAY: &str = "own_holiday";

/// The only field: windows take all of it, since the card says no day.
const KEPT: &str = "kept";

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: OWN_HOLIDAY,
        label: Text::new("Own holiday", "个人节日", "個人節日"),
        help: Text::new(
            "A holiday that a contact keeps (contacts.holidays): until `crm remind done`.",
            "联系人自己过的节日（contacts.holidays）：到 `crm remind done` 为止。",
            "聯絡人自己過的節日（contacts.holidays）：到 `crm remind done` 為止。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// The country whose holidays a person keeps; in the detail name, last day there, greeted days.
fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let contacts = seen.card.records::<Contact>(&SCHEMA);
    if contacts.iter().all(|contact| contact.holidays.is_none()) {
        return Vec::new();
    }
    let cares = seen.card.records::<Care>(&SCHEMA);
    let seed = |contact: Contact| {
        let country = contact.holidays?;
        let of_contact = |care: &&Care| care.contact.as_ref().is_some_and(|to| to.0 == contact.id);
        let greeted =
            cares.iter().filter(|care| care.kind == Occasion::HolidayGreeting && care.done.is_some());
        let days: Vec<_> = greeted.filter(of_contact).map(|care| care.date.to_string()).collect();
        let until = contact.until.map(|day| day.to_string()).unwrap_or_default();
        let detail = detail(&[&contact.name, &until, &days.join(" ")]);
        Some(Seed { record: contact.id, field: KEPT, date: country.0, who: String::new(), detail })
    };
    contacts.into_iter().filter_map(seed).collect()
}

fn windows(_: &Horizon<'_>) -> Vec<Window> {
    vec![Window { field: KEPT, from: "A".into(), to: "ZZ".into() }]
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let remind = &horizon.settings.remind;
    let (from, to) = (horizon.from, horizon.ahead(remind.holiday_days));
    let country = Country::from_code(kept.date)?;
    let is_there = |day: &str| kept.part(1).is_empty() || day <= kept.part(1);
    let years = from.year()..=to.year();
    let mut festivals = years.flat_map(|year| holidays::festivals(country, year).unwrap_or_default());
    let holiday = festivals.find(|holiday| {
        let day = holiday.date.to_string();
        let is_greeted = kept.part(2).split(' ').any(|greeted| greeted == day);
        (from..=to).contains(&holiday.date) && remind.greets(holiday.key) && is_there(&day) && !is_greeted
    })?;
    let (name, holiday_name) = (kept.part(0).to_owned(), holiday.name.get(horizon.lang).to_owned());
    let what = What::OwnHoliday { name, holiday: holiday_name }.say(horizon.lang).into_owned();
    Some(Due { date: holiday.date, turn: holiday.date.to_string(), what })
}
