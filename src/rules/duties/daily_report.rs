//! The daily visiting report: of each day on which somebody of us made visits, by the time that
//! the settings say, on that day.

use super::{Due, Horizon, Kept, OfCards, Seed, Source, Subject, Window};
use crate::card::schema::{Described, Typed};
use crate::i18n::Text;
use crate::rules::facts::Seen;
use crate::sections::{Followup, How, SCHEMA};

use chrono::NaiveDate;

pub(super) const SOURCE: Source = Source {
    key: "daily_report",
    label: Text::new("Daily report", "访问日报", "訪問日報"),
    help: Text::new(
        "Somebody made visits (remind.daily_report): until `crm remind done` says that the report is in.",
        "当天有拜访（remind.daily_report）：到 `crm remind done` 说明已交日报为止。",
        "當天有拜訪（remind.daily_report）：到 `crm remind done` 說明已交日報為止。",
    ),
    subject: Subject::Person,
    from: OfCards { seeds, windows, due },
};

/// The latest visits of a card; more of one customer in the days that are asked about there are not.
const LATEST: usize = 5;

fn seeds(seen: &Seen<'_>) -> Vec<Seed> {
    let section = Followup::SECTION;
    let how_at = section.position("how").unwrap_or_default();
    let is_visit = |how: &str| [How::DoorVisit, How::InvitedVisit].iter().any(|visit| visit.token() == how);
    let visit = |record: &crate::card::Record| {
        let how = record.value(how_at).filter(|how| is_visit(&how.text()))?;
        let date = NaiveDate::from_value(record.get(section, "date"))?;
        let who = record.get(section, "by").map(|by| by.text().into_owned()).unwrap_or_default();
        let (record, detail) = (record.id.clone(), how.text().into_owned());
        Some(Seed { record, field: "visit", date: date.to_string(), who, detail })
    };
    let mut visits: Vec<Seed> = seen.card.of(&SCHEMA, section.key).iter().filter_map(visit).collect();
    visits.sort_by(|a, b| b.date.cmp(&a.date));
    visits.truncate(LATEST);
    visits
}

fn windows(horizon: &Horizon<'_>) -> Vec<Window> {
    let from = horizon.from.min(horizon.today - chrono::Days::new(7));
    let asked = horizon.settings.remind.daily().map(|_| Window {
        field: "visit",
        from: from.to_string(),
        to: horizon.today.to_string(),
    });
    asked.into_iter().collect()
}

fn due(_: &Horizon<'_>, kept: &Kept<'_>) -> Option<Due> {
    let date = kept.day()?;
    Some(Due { date, turn: date.to_string(), what: String::new() })
}
