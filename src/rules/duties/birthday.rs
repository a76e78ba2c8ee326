//! Birthdays of people who are still there: a few days ahead, up to the day. 29 February is kept
//! on 28 February where a year has none. A greeting that was sent silences the year.

use chrono::{Datelike, NaiveDate};

use super::{Due, Horizon, Kept, Kind, OfCards, Seed, Source, What, Window, detail};
use crate::i18n::{Say, Text};
use crate::rules::facts::Seen;
use crate::sections::{Care, Contact, Occasion, SCHEMA};

/// The token of the kind.
pub const BIRTHDAY: &str = "birthday";

pub(super) static SOURCE: Source = Source {
    kind: Kind {
        key: BIRTHDAY,
        label: Text::new("Birthday", "生日", "生日"),
        help: Text::new(
            "A contact's birthday: some days ahead, up to the day; or `crm remind done`.",
            "联系人的生日：提前几天到当天；`crm remind done` 使当年不再提醒。",
            "聯絡人的生日：提前幾天到當天；`crm remind done` 使當年不再提醒。",
        ),
    },
    from: OfCards { seeds, windows, due },
};

/// The day and month as `03-15`; in the detail name, year of birth, last day there, greeted years.
fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let contacts = seen.card.records::<Contact>(&SCHEMA);
    if contacts.iter().all(|contact| contact.birthday.is_none()) {
        return Vec::new();
    }
    let cares = seen.card.records::<Care>(&SCHEMA);
    let seed = |contact: Contact| {
        let birthday = contact.birthday?;
        let of_contact = |care: &&Care| care.contact.as_ref().is_some_and(|to| to.0 == contact.id);
        let greeted = cares.iter().filter(|care| care.kind == Occasion::Birthday && care.done.is_some());
        let years: Vec<_> = greeted.filter(of_contact).map(|care| care.date.year().to_string()).collect();
        let born = birthday.year.map(|year| year.to_string()).unwrap_or_default();
        let until = contact.until.map(|day| day.to_string()).unwrap_or_default();
        Some(Seed {
            record: contact.id,
            field: "birthday",
            date: format!("{:02}-{:02}", birthday.month, birthday.day),
            who: String::new(),
            detail: detail(&[&contact.name, &born, &until, &years.join(" ")]),
        })
    };
    contacts.into_iter().filter_map(seed).collect()
}

/// The days of the year between two days; around a turn of the year in two parts. The 29 February goes
/// with the 28.
fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let (from, to) = (horizon.from, horizon.ahead(horizon.settings.remind.birthday_days));
    let window = |from: String, to: String| Window { field: "birthday", from, to };
    let end = |day: NaiveDate| match (day.month(), day.day()) {
        (2, 28) => "02-29".to_owned(),
        (month, day) => format!("{month:02}-{day:02}"),
    };
    let start = from.format("%m-%d").to_string();
    let last = end(to);
    match (to - from).num_days() {
        365.. => vec![window("01-01".into(), "12-31".into())],
        _ if from.year() == to.year() => vec![window(start, last)],
        _ => vec![window(start, "12-31".into()), window("01-01".into(), last)],
    }
}

/// The birthday in a year; the 28 February where it has no 29.
fn in_year(month: u32, day: u32, year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, 28))
}

fn due(horizon: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let (month, day) = kept.date.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let last = horizon.ahead(horizon.settings.remind.birthday_days);
    let years = horizon.from.year()..=last.year();
    let there = |date: &NaiveDate| kept.part(2).is_empty() || date.to_string().as_str() <= kept.part(2);
    let greeted = |date: &NaiveDate| kept.part(3).split(' ').any(|year| year == date.year().to_string());
    let mut days = years.filter_map(|year| in_year(month, day, year));
    let date = days.find(|date| (horizon.from..=last).contains(date) && there(date) && !greeted(date))?;
    let name = kept.part(0).to_owned();
    let age =
        kept.part(1).parse::<i32>().ok().map(|born| i64::from(date.year() - born)).filter(|age| *age > 0);
    let what = match age {
        Some(age) => What::BirthdayAge { name, age },
        None => What::Birthday { name },
    };
    Some(Due { date, turn: date.year().to_string(), what: what.say(horizon.lang).into_owned() })
}
