//! Greetings for the public holidays of a customer's country: some days ahead, up to the first day
//! of each. Who was greeted is on the cards. A country or year of which nothing is known is said.

use chrono::{Datelike, NaiveDate};

use super::Horizon;
use crate::card::Country;
use crate::i18n::Text;
use crate::rules::holidays::{self, Holiday, Unknown};

/// The token of the kind.
pub const HOLIDAY: &str = "holiday";
/// What people see.
pub const LABEL: Text = Text::new("Holiday", "节假日", "節日");
/// When it is due, and what ends it.
pub const HELP: Text = Text::new(
    "A public holiday of a country with customers (remind.holiday_days): until `crm remind done` says that they were greeted.",
    "有客户的国家/地区的公众假日（remind.holiday_days）：到 `crm remind done` 说明已问候为止。",
    "有客戶的國家/地區的國定假日（remind.holiday_days）：到 `crm remind done` 說明已問候為止。",
);

/// The holidays of a country that are near: the first day of each.
///
/// # Errors
/// When nothing is known of the country, or of a year that is asked about.
pub fn ahead(horizon: &Horizon<'_>, country: Country) -> Result<Vec<Holiday>, Unknown> {
    let remind = &horizon.settings.remind;
    let mut festivals = between(country, horizon.from, horizon.ahead(remind.holiday_days))?;
    festivals.retain(|festival| remind.greets(festival.key));
    Ok(festivals)
}

/// The holidays of a country between two days, both included: the first day of each.
///
/// # Errors
/// When nothing is known of the country, or of a year that is asked about.
pub fn between(country: Country, from: NaiveDate, to: NaiveDate) -> Result<Vec<Holiday>, Unknown> {
    let mut all = Vec::new();
    for year in from.year()..=to.year() {
        all.extend(holidays::festivals(country, year)?);
    }
    all.retain(|holiday| (from..=to).contains(&holiday.date));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::settings::Settings;

    fn keys(country: &str, today: &str, settings: &str) -> Result<Vec<&'static str>, Unknown> {
        let settings = Settings::read(settings).expect("settings");
        let today = today.parse().expect("a day");
        let horizon =
            Horizon { settings: &settings, lang: Lang::En, owner: None, today, from: today, until: today };
        let country = Country::from_code(country).expect("a country");
        Ok(ahead(&horizon, country)?.into_iter().map(|festival| festival.key).collect())
    }

    #[test]
    fn a_festival_is_near_some_days_ahead_and_a_day_of_mourning_is_none() {
        assert_eq!(keys("DE", "2026-04-01", ""), Ok(vec!["easter"]));
        let greets_all = "[remind]\nno_greetings = []";
        assert_eq!(keys("DE", "2026-04-01", greets_all), Ok(vec!["good_friday", "easter"]));
        assert_eq!(keys("CN", "2026-02-12", ""), Ok(vec!["spring_festival"]));
        assert_eq!(keys("DE", "2026-07-01", ""), Ok(vec![]));
    }

    #[test]
    fn what_is_not_known_is_said() {
        assert_eq!(keys("BV", "2026-04-01", ""), Err(Unknown::Country));
        assert!(matches!(keys("DE", "2035-12-30", ""), Err(Unknown::Year { .. })));
    }
}
