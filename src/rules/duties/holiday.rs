//! Greetings for the public holidays of a customer's country: some days ahead, up to the first day
//! of each. Who was greeted is on the cards. A country or year of which nothing is known is said.

use chrono::Datelike;

use super::{Horizon, Kind};
use crate::card::Country;
use crate::i18n::Text;
use crate::rules::holidays::{self, Holiday, Unknown};

/// The token of the kind.
pub const HOLIDAY: &str = "holiday";

/// Greetings as a kind of duty.
pub static KIND: Kind = Kind {
    key: HOLIDAY,
    label: Text::new("Holiday", "节假日", "節日"),
    help: Text::new(
        "A public holiday where customers are: until `crm remind done holiday`.",
        "有客户的国家/地区的公众假日：到 `crm remind done holiday` 为止。",
        "有客戶的國家/地區的國定假日：到 `crm remind done holiday` 為止。",
    ),
};

/// The holidays of a country that are near, the first day of each; and of what nothing is known: the country,
/// or a year that is asked about.
pub fn ahead(horizon: &Horizon<'_>, country: Country) -> (Vec<Holiday>, Option<Unknown>) {
    let remind = &horizon.settings.remind;
    let (from, to) = (horizon.from, horizon.ahead(remind.holiday_days));
    let (mut all, mut unknown) = (Vec::new(), None);
    for year in from.year()..=to.year() {
        match holidays::festivals(country, year) {
            Ok(festivals) => all.extend(festivals),
            // After the last year of the tables there is none.
            Err(reason) => {
                unknown = Some(reason);
                if year > from.year() {
                    break;
                }
            }
        }
    }
    all.retain(|holiday| (from..=to).contains(&holiday.date) && remind.greets(holiday.key));
    (all, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::settings::Settings;

    fn keys(country: &str, today: &str, settings: &str) -> (Vec<&'static str>, Option<Unknown>) {
        let settings = Settings::read(settings).expect("settings");
        let today = today.parse().expect("a day");
        let horizon =
            Horizon { settings: &settings, lang: Lang::En, owner: None, today, from: today, until: today };
        let country = Country::from_code(country).expect("a country");
        let (found, unknown) = ahead(&horizon, country);
        (found.into_iter().map(|festival| festival.key).collect(), unknown)
    }

    #[test]
    fn a_festival_is_near_some_days_ahead_and_a_day_of_mourning_is_none() {
        assert_eq!(keys("DE", "2026-04-01", ""), (vec!["easter"], None));
        let greets_all = "[remind]\nno_greetings = []";
        assert_eq!(keys("DE", "2026-04-01", greets_all), (vec!["good_friday", "easter"], None));
        assert_eq!(keys("CN", "2026-02-12", ""), (vec!["spring_festival"], None));
        assert_eq!(keys("DE", "2026-07-01", ""), (vec![], None));
    }

    #[test]
    fn what_is_not_known_is_said_and_hides_nothing_that_is() {
        assert_eq!(keys("BV", "2026-04-01", ""), (vec![], Some(Unknown::Country)));
        let (found, unknown) = keys("DE", "2035-12-25", "[remind]\nholiday_days = 20\n");
        assert_eq!(found, ["christmas_day"]);
        assert!(matches!(unknown, Some(Unknown::Year { .. })));
    }
}
