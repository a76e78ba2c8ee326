//! Reports of people. The weekly one is due on a day of the week at a time in the archive's zone,
//! from everybody of the team who sells; the daily visiting report on each day on which somebody
//! made visits. A report is on time up to that very second.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone};

use super::{Horizon, Kind};
use crate::i18n::Text;
use crate::settings::{Member, Settings};

/// The token of the weekly report.
pub const WEEKLY_REPORT: &str = "weekly_report";
/// The token of the daily visiting report.
pub const DAILY_REPORT: &str = "daily_report";

/// The weekly report as a kind of duty.
pub static WEEKLY: Kind = Kind {
    key: WEEKLY_REPORT,
    label: Text::new("Weekly report", "周报", "週報"),
    help: Text::new(
        "Each member's report of the week (remind.weekly_report): until it is in.",
        "每人的周报（remind.weekly_report）：到 `crm remind done` 说明已交为止。",
        "每人的週報（remind.weekly_report）：到 `crm remind done` 說明已交為止。",
    ),
};

/// The daily visiting report as a kind of duty.
pub static DAILY: Kind = Kind {
    key: DAILY_REPORT,
    label: Text::new("Daily report", "访问日报", "訪問日報"),
    help: Text::new(
        "Somebody made visits (remind.daily_report): until the report is in.",
        "当天有拜访（remind.daily_report）：到 `crm remind done` 说明已交日报为止。",
        "當天有拜訪（remind.daily_report）：到 `crm remind done` 說明已交日報為止。",
    ),
};

/// The days of which visits want a daily report: from so far back as the settings say, up to today; none
/// where no such report is asked for.
pub fn visit_days(horizon: &Horizon<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let remind = &horizon.settings.remind;
    remind.daily()?;
    let back = horizon.today.checked_sub_days(Days::new(remind.daily_report_days))?;
    Some((horizon.from.min(back), horizon.today))
}

/// The days on which a weekly report is or was due: of the last week and up to the horizon.
pub fn due_days(horizon: &Horizon<'_>) -> Vec<NaiveDate> {
    let Some((weekday, _)) = horizon.settings.remind.weekly() else { return Vec::new() };
    let first = horizon.from.min(horizon.today.checked_sub_days(Days::new(6)).unwrap_or(horizon.today));
    first.iter_days().take_while(|day| *day <= horizon.until).filter(|day| day.weekday() == weekday).collect()
}

/// The moment at which a report of that day is due, in the archive's zone. Where clocks go forward over
/// it, the moment after.
pub fn deadline(settings: &Settings, day: NaiveDate, at: NaiveTime) -> DateTime<FixedOffset> {
    let zone = settings.time_zone();
    let local = zone.from_local_datetime(&day.and_time(at));
    let later = || zone.from_local_datetime(&(day.and_time(at) + chrono::Duration::hours(1))).latest();
    let moment = local.earliest().or_else(later);
    moment.map_or_else(|| day.and_time(at).and_utc().fixed_offset(), |moment| moment.fixed_offset())
}

/// Whether a report that came in at a moment was late: after the second of its deadline.
pub fn is_late(deadline: DateTime<FixedOffset>, came_in: DateTime<FixedOffset>) -> bool {
    came_in.timestamp() > deadline.timestamp()
}

/// Whether reports are asked of a member: whoever is still there and sells; one without a role does.
pub fn owes_reports(member: &Member) -> bool {
    member.active != Some(false)
        && (member.roles.is_empty() || member.roles.iter().any(|role| role == "sales"))
}

/// The ISO week of a day, as `2026-W11`.
pub fn week(day: NaiveDate) -> String {
    let week = day.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn sunday_20_30_in_shanghai_is_12_30_in_utc_and_a_second_later_is_late() {
        let settings = Settings::read("").expect("defaults");
        let sunday = NaiveDate::from_ymd_opt(2026, 3, 8).expect("a Sunday");
        let (weekday, at) = settings.remind.weekly().expect("a weekly report");
        assert_eq!(sunday.weekday(), weekday);
        let deadline = deadline(&settings, sunday, at);
        let utc = |text: &str| DateTime::parse_from_rfc3339(text).expect(text);
        assert!(!is_late(deadline, utc("2026-03-08T12:30:00Z")));
        assert!(is_late(deadline, utc("2026-03-08T12:30:01Z")));
    }

    #[test]
    fn a_deadline_that_the_clock_jumps_over_is_after_the_jump() {
        let text = "[archive]\ntime_zone = \"Europe/Berlin\"\n[remind]\nweekly_report = \"Sun 02:30\"";
        let settings = Settings::read(text).expect("settings");
        let jump = NaiveDate::from_ymd_opt(2026, 3, 29).expect("a day");
        let at = settings.remind.weekly().expect("a report").1;
        assert_eq!(deadline(&settings, jump, at).to_rfc3339(), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn the_report_of_last_sunday_is_asked_for_until_the_next_one() {
        let settings = Settings::read("").expect("defaults");
        let day = |text: &str| text.parse::<NaiveDate>().expect(text);
        let days = |today: &str| {
            let today = day(today);
            due_days(&Horizon {
                settings: &settings,
                lang: Lang::En,
                owner: None,
                today,
                from: today,
                until: today,
            })
        };
        assert_eq!(days("2026-03-07"), [day("2026-03-01")]);
        assert_eq!(days("2026-03-08"), [day("2026-03-08")]);
        assert_eq!(week(day("2024-12-30")), "2025-W01");
    }
}
