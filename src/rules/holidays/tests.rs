//! The tables as a whole, days that everybody can look up, and what is said of what is not known.

use std::collections::HashSet;

use super::*;
use crate::i18n::Lang;

fn country(code: &str) -> Country {
    Country::from_code(code).expect("the test names a code")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("the test writes a day")
}

fn known(code: &str, year: i32) -> Vec<Holiday> {
    of(country(code), year).expect("the tables have the year")
}

/// The days of a festival's key in a year, each with its kind.
fn days_of(code: &str, year: i32, key: &str) -> Vec<(String, Kind)> {
    let days = known(code, year).into_iter().filter(|day| day.key == key);
    days.map(|day| (day.date.format("%m-%d").to_string(), day.kind)).collect()
}

/// The days on which a festival is greeted.
fn greeted(code: &str, year: i32, key: &str) -> Vec<String> {
    let days = festivals(country(code), year).expect("the tables have the year").into_iter();
    days.filter(|day| day.key == key).map(|day| day.date.to_string()).collect()
}

fn years(one: Country) -> std::ops::RangeInclusive<i32> {
    match of(one, 0) {
        Err(Unknown::Year { first, last }) => first..=last,
        other => panic!("{one}: {other:?}"),
    }
}

#[test]
fn every_country_of_the_tables_is_one_of_ours_and_sorted() {
    let (codes, _) = table::whole();
    assert!(codes.is_sorted_by(|one, next| one < next));
    assert_eq!(codes.len(), 247);
    for code in codes {
        assert_eq!(country(code).code(), code);
    }
}

#[test]
fn every_word_of_every_year_reads_and_stands_in_its_year() {
    let (codes, _) = table::whole();
    let mut words = 0;
    for one in codes.into_iter().map(country) {
        for year in years(one) {
            let days = of(one, year).expect("a year of the block");
            assert!(!days.is_empty(), "{one} {year}");
            assert!(days.is_sorted_by_key(|day| day.date), "{one} {year}");
            assert!(days.iter().all(|day| day.date.year() == year), "{one} {year}");
            let several: HashSet<_> = days.iter().map(|day| (day.date, day.name.en)).collect();
            assert_eq!(several.len(), days.len(), "{one} {year}: a day is there twice");
            words += days.len();
        }
    }
    assert_eq!(words, 41_805);
}

#[test]
fn a_key_is_ascii_snake_case_and_every_name_says_something() {
    let (_, names) = table::whole();
    for (key, name) in names {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(key.chars().all(is_plain), "{key}");
        assert!(!key.starts_with('_') && !key.ends_with('_') && !key.contains("__"), "{key}");
        for text in name.every() {
            assert!(!text.is_empty() && text.trim() == text, "{key}");
        }
    }
}

#[test]
fn a_festival_is_greeted_once_a_run_and_in_its_own_year() {
    let (codes, _) = table::whole();
    for one in codes.into_iter().map(country) {
        for year in years(one) {
            let greeted = festivals(one, year).expect("a year of the block");
            assert!(greeted.iter().all(|day| day.kind != Kind::Off && day.date.year() == year));
            assert!(greeted.is_sorted_by_key(|day| day.date), "{one} {year}");
            for (at, day) in greeted.iter().enumerate() {
                let again = greeted[at + 1..].iter().find(|other| other.key == day.key);
                let apart = again.map_or(i64::MAX, |other| (other.date - day.date).num_days());
                assert!(apart > 6, "{one} {year}: {} again after {apart} days", day.key);
            }
        }
    }
}

#[test]
fn the_chinese_festivals_are_on_their_days() {
    for (year, spring, tombs, boats, moon) in [
        (2024, "02-10", "04-04", "06-10", "09-17"),
        (2025, "01-29", "04-04", "05-31", "10-06"),
        (2026, "02-17", "04-05", "06-19", "09-25"),
        (2027, "02-06", "04-05", "06-09", "09-15"),
        (2028, "01-26", "04-04", "05-28", "10-03"),
        (2029, "02-13", "04-04", "06-16", "09-22"),
        (2030, "02-03", "04-05", "06-05", "09-12"),
    ] {
        for (key, day) in [
            ("spring_festival", spring),
            ("tomb_sweeping_day", tombs),
            ("dragon_boat_festival", boats),
            ("mid_autumn_festival", moon),
            ("national_day", "10-01"),
        ] {
            assert_eq!(greeted("CN", year, key), [format!("{year}-{day}")], "{key}");
            assert_eq!(
                days_of("CN", year, key).iter().find(|(_, kind)| *kind == Kind::Own).map(|d| &*d.0),
                Some(day)
            );
        }
    }
}

#[test]
fn the_eve_belongs_to_the_festival_and_the_festival_is_greeted() {
    assert_eq!(
        days_of("CN", 2026, "spring_festival"),
        [
            ("02-16".into(), Kind::Beside),
            ("02-17".into(), Kind::Own),
            ("02-18".into(), Kind::Own),
            ("02-19".into(), Kind::Own),
        ]
    );
    let eve = known("CN", 2026).into_iter().find(|day| day.date == date("2026-02-16")).expect("the eve");
    assert_eq!(eve.name.get(Lang::ZhCn), "除夕");
}

#[test]
fn a_day_off_that_is_no_festival_is_a_day_but_not_greeted() {
    let shifted =
        known("CN", 2026).into_iter().find(|day| day.date == date("2026-02-20")).expect("a day off");
    assert_eq!((shifted.key, shifted.kind), ("day_off", Kind::Off));
    assert_eq!(greeted("CN", 2026, "day_off"), [""; 0]);
}

#[test]
fn germany_has_good_friday_and_easter_monday() {
    assert_eq!(greeted("DE", 2026, "good_friday"), ["2026-04-03"]);
    assert_eq!(greeted("DE", 2026, "easter"), ["2026-04-06"]);
    assert_eq!(greeted("DE", 2026, "christmas_day"), ["2026-12-25"]);
    assert_eq!(days_of("DE", 2026, "christmas_day")[1], ("12-26".into(), Kind::Beside));
}

#[test]
fn a_day_off_in_its_place_is_not_the_festival() {
    // The fourth of July 2027 is a Sunday, and Christmas 2027 a Saturday.
    assert_eq!(greeted("US", 2027, "independence_day"), ["2027-07-04"]);
    assert_eq!(greeted("US", 2027, "christmas_day"), ["2027-12-25"]);
    assert_eq!(days_of("US", 2027, "christmas_day")[0], ("12-24".into(), Kind::Instead));
}

#[test]
fn new_year_kept_on_the_last_of_december_is_greeted_in_january() {
    assert_eq!(days_of("US", 2027, "new_years_day").last(), Some(&("12-31".into(), Kind::Instead)));
    assert_eq!(greeted("US", 2027, "new_years_day"), ["2027-01-01"]);
    assert_eq!(greeted("US", 2028, "new_years_day"), ["2028-01-01"]);
    // Latvia keeps New Year's Eve; the first of January 2036 is not known.
    assert_eq!(days_of("LV", 2035, "new_years_day").last(), Some(&("12-31".into(), Kind::Beside)));
    assert_eq!(greeted("LV", 2035, "new_years_day"), ["2035-01-01"]);
}

#[test]
fn the_moon_may_bring_a_festival_twice_and_is_an_estimate() {
    assert_eq!(greeted("AE", 2033, "eid_al_fitr"), ["2033-01-02", "2033-12-23"]);
    let eid = known("AE", 2033).into_iter().find(|day| day.key == "eid_al_fitr").expect("Eid al-Fitr");
    assert!(eid.estimated);
    assert!(known("DE", 2033).iter().all(|day| !day.estimated));
}

#[test]
fn ukraine_keeps_its_days_and_works() {
    assert_eq!(days_of("UA", 2026, "independence_day"), [("08-24".into(), Kind::AtWork)]);
    assert_eq!(greeted("UA", 2026, "independence_day"), ["2026-08-24"]);
}

#[test]
fn names_stand_in_three_languages_or_as_the_source_has_them() {
    let eve = known("TW", 2026).into_iter().find(|day| day.key == "spring_festival").expect("the festival");
    assert_eq!(eve.name, Text::new("Chinese New Year's Eve", "除夕", "除夕"));
    let good_friday = known("DE", 2026).into_iter().find(|day| day.key == "good_friday").expect("the day");
    assert_eq!(good_friday.name, Text::new("Good Friday", "耶稣受难日", "耶穌受難日"));
    let own = known("IM", 2026).into_iter().find(|day| day.key == "tynwald_day").expect("the day");
    assert_eq!(own.name, Text::new("Tynwald Day", "Tynwald Day", "Tynwald Day"));
}

#[test]
fn what_is_not_known_is_said() {
    for code in ["ZZ", "BV", "HM", "IO"] {
        assert_eq!(of(country(code), 2026), Err(Unknown::Country), "{code}");
        assert_eq!(next(country(code), date("2026-01-01")), Err(Unknown::Country), "{code}");
    }
    let german = Unknown::Year { first: 2024, last: 2035 };
    assert_eq!(of(country("DE"), 2023), Err(german));
    assert_eq!(festivals(country("DE"), 2036), Err(german));
    assert_eq!(of(country("LK"), 2027), Err(Unknown::Year { first: 2024, last: 2026 }));
    assert_eq!(of(country("NP"), 2033), Err(Unknown::Year { first: 2024, last: 2032 }));
}

#[test]
fn the_next_festival_may_be_today_or_in_the_next_year() {
    let next_key = |from: &str| next(country("DE"), date(from)).map(|day| day.map(|d| (d.key, d.date)));
    assert_eq!(next_key("2026-04-03"), Ok(Some(("good_friday", date("2026-04-03")))));
    assert_eq!(next_key("2026-04-04"), Ok(Some(("easter", date("2026-04-06")))));
    assert_eq!(next_key("2026-12-26"), Ok(Some(("new_years_day", date("2027-01-01")))));
    assert_eq!(next_key("2035-12-26"), Err(Unknown::Year { first: 2024, last: 2035 }));
    assert_eq!(next_key("2036-01-01"), Err(Unknown::Year { first: 2024, last: 2035 }));
}
