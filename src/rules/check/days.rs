//! Days that cannot be, and entries that came late.

use chrono::NaiveDate;

use super::spots::{Spot, of_section, spots};
use super::{Finding, Look, Mend, Said};
use crate::card::Value;
use crate::card::schema::{Described, Typed};
use crate::card::value::Birthday;
use crate::sections::{Contact, Followup};

/// What has happened already: section and field.
const PAST: &[(&str, &str)] = &[("card", "closed"), ("followups", "date"), ("plans", "dropped")];

impl Look<'_> {
    /// Every day of the card.
    pub(super) fn days(&mut self) {
        let card = self.card;
        for spot in spots(card) {
            for (_, key) in PAST.iter().filter(|(section, _)| *section == spot.section.key) {
                let day = day(&spot, key).filter(|day| *day > self.today);
                day.into_iter().for_each(|day| self.in_future(&spot, key, day));
            }
        }
        for spot in of_section(card, Contact::SECTION) {
            self.contact(&spot);
        }
        for spot in of_section(card, Followup::SECTION) {
            self.late(&spot);
        }
    }

    fn contact(&mut self, spot: &Spot<'_>) {
        if let Some(Value::Birthday(birthday)) = spot.record.get(spot.section, "birthday")
            && let Some(born) = born(birthday).filter(|born| *born > self.today)
        {
            self.in_future(spot, "birthday", born);
        }
        let (Some(since), Some(until)) = (day(spot, "since"), day(spot, "until")) else { return };
        if until < since {
            let said = Said::DaysReversed { field: spot.path("until"), since, until };
            let mend = Mend::SetDay { card: self.name(), path: spot.path("until") };
            let at = self.place(&spot.table(), Some("until"));
            self.find(Finding::new(said, mend).at(at));
        }
    }

    fn in_future(&mut self, spot: &Spot<'_>, key: &str, day: NaiveDate) {
        let said = Said::FutureDay { field: spot.path(key), day };
        let mend = Mend::SetDay { card: self.name(), path: spot.path(key) };
        let at = self.place(&spot.table(), Some(key));
        self.find(Finding::new(said, mend).at(at));
    }

    /// A contact is written down at once; later it is from memory.
    fn late(&mut self, spot: &Spot<'_>) {
        let Some(Value::Moment(entered)) = spot.record.get(spot.section, "entered_at") else { return };
        let Some(day) = day(spot, "date") else { return };
        let days = (entered.date_naive() - day).num_days();
        if days > self.settings.check.late_days {
            let said = Said::LateEntry { field: spot.path("date"), days };
            let mend = Mend::SetDay { card: self.name(), path: spot.path("date") };
            let at = self.place(&spot.table(), Some("entered_at"));
            self.find(Finding::new(said, mend).at(at));
        }
    }
}

fn day(spot: &Spot<'_>, key: &str) -> Option<NaiveDate> {
    NaiveDate::from_value(spot.record.get(spot.section, key))
}

/// The day of birth, where the year is known.
fn born(birthday: &Birthday) -> Option<NaiveDate> {
    birthday.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::{Plan, SCHEMA};

    #[test]
    fn what_has_happened_is_declared() {
        assert_eq!(SCHEMA.card.key, "card");
        assert!([Followup::SECTION.key, Plan::SECTION.key].iter().all(|k| PAST.iter().any(|(s, _)| s == k)));
        for (section, key) in PAST {
            let section = crate::sections::section(section).unwrap_or(SCHEMA.card);
            assert!(section.field(key).is_some(), "{key}");
        }
    }
}
