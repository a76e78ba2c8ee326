//! Days, birthdays and lengths of time. Months are calendar months, clamped to the month's end.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveTime, TimeZone, Weekday};
use toml::value::{Date, Datetime, Offset};

use super::Fault;
use crate::i18n::{Lang, Say, Text};

/// Reads `2026-03-18`.
///
/// # Errors
/// When the text is no day of the calendar.
pub fn iso(text: &str) -> Result<NaiveDate, Fault> {
    // By hand, since questions read a day of every customer, and chrono's formats take ten times as long.
    let number = |from, to| {
        let digits: &[u8] = text.as_bytes().get(from..to)?;
        digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
    };
    let part = |from, to| number(from, to).and_then(|n| u32::try_from(n).ok());
    let dashes = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    let day = dashes.then(|| NaiveDate::from_ymd_opt(number(0, 4)?, part(5, 7)?, part(8, 10)?)).flatten();
    day.ok_or_else(|| Fault::NotADay { value: text.into() })
}

/// Writes `2026-03-18`.
pub fn text(day: NaiveDate) -> String {
    // By hand like the reading: an index writes some dozens of days for each card.
    let (Ok(year @ 0..=9999), month, of_month) = (u32::try_from(day.year()), day.month(), day.day()) else {
        return day.to_string();
    };
    let mut text = String::with_capacity(10);
    for (number, places) in [(year, &[1000, 100, 10, 1][..]), (month, &[10, 1]), (of_month, &[10, 1])] {
        if !text.is_empty() {
            text.push('-');
        }
        text.extend(places.iter().filter_map(|place| char::from_digit(number / place % 10, 10)));
    }
    text
}

/// The last day that people type: the year after it has no place in an ISO day.
const LAST_YEAR: i32 = 9999;

/// Reads a day as a person types it: `2026-03-18`, `2026/3/18`, `2026年3月18日`, `today`,
/// `+7d`, `-1w`, `+2m`, or a weekday, which is the next one after today.
///
/// # Errors
/// When the text is no such day.
pub fn typed(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = meant(text, today)?;
    let is_iso = (1..=LAST_YEAR).contains(&day.year());
    if is_iso { Ok(day) } else { Err(Fault::NotADay { value: text.into() }) }
}

/// The same, and what people say where they mean a day near today: `3月18日` is the nearest of its years, `下周五`
/// the Friday of the next week.
///
/// # Errors
/// When the text is no such day.
pub fn spoken(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let word = text.trim();
    let next = ["下", "下个", "下個"].iter().find_map(|lead| weekday(word.strip_prefix(lead)?));
    if let Some(weekday) = next {
        let monday = today - Days::new(today.weekday().num_days_from_monday().into());
        return Ok(monday + Days::new(7 + u64::from(weekday.num_days_from_monday())));
    }
    let Some((month, day)) = word.trim_end_matches(['日', '号', '號']).split_once('月') else {
        return typed(text, today);
    };
    let (Ok(month), Ok(day)) = (month.trim().parse(), day.trim().parse()) else { return typed(text, today) };
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let days = years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let nearest = days.min_by_key(|day| (*day - today).num_days().abs());
    nearest.ok_or_else(|| Fault::NotADay { value: text.into() })
}

fn meant(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let fault = || Fault::NotADay { value: text.into() };
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "today" | "今天" => return Ok(today),
        "tomorrow" | "明天" => return today.succ_opt().ok_or_else(fault),
        "yesterday" | "昨天" => return today.pred_opt().ok_or_else(fault),
        _ => {}
    }
    if let Some(period) = word.strip_prefix('+') {
        return Period::parse(period).ok().and_then(|p| p.after(today)).ok_or_else(fault);
    }
    if let Some(period) = word.strip_prefix('-') {
        return Period::parse(period).ok().and_then(|p| p.before(today)).ok_or_else(fault);
    }
    if let Some(weekday) = weekday(&word) {
        let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
        let ahead = if ahead == 0 { 7 } else { ahead };
        return today.checked_add_days(Days::new(ahead.into())).ok_or_else(fault);
    }
    let dashed = word.trim_end_matches(['日', '号', '號']).replace(['/', '.', '年', '月'], "-");
    let mut parts = dashed.split('-').map(str::parse::<u32>);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(y)), Some(Ok(m)), Some(Ok(d)), None) if y >= 1000 => {
            NaiveDate::from_ymd_opt(i32::try_from(y).map_err(|_| fault())?, m, d).ok_or_else(fault)
        }
        _ => Err(fault()),
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let chinese = ["星期", "周", "週", "礼拜", "禮拜"].iter().find_map(|lead| word.strip_prefix(lead));
    if let Some(day) = chinese {
        return Some(match day {
            "一" => Weekday::Mon,
            "二" => Weekday::Tue,
            "三" => Weekday::Wed,
            "四" => Weekday::Thu,
            "五" => Weekday::Fri,
            "六" => Weekday::Sat,
            "日" | "天" => Weekday::Sun,
            _ => return None,
        });
    }
    word.parse().ok()
}

/// A day of TOML, where the calendar has it.
pub fn from_toml(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

/// A moment of TOML, which needs day, time and offset. The second 60 is a leap second.
pub fn moment(stamp: &Datetime) -> Option<DateTime<FixedOffset>> {
    let (day, time) = (from_toml(stamp.date?)?, stamp.time?);
    let minutes = match stamp.offset? {
        Offset::Z => 0,
        Offset::Custom { minutes } => minutes,
    };
    let (second, nanosecond) = match (time.second.unwrap_or(0), time.nanosecond.unwrap_or(0)) {
        (60, part) => (59, 1_000_000_000 + part),
        other => other,
    };
    let time = NaiveTime::from_hms_nano_opt(time.hour.into(), time.minute.into(), second.into(), nanosecond)?;
    FixedOffset::east_opt(i32::from(minutes) * 60)?.from_local_datetime(&day.and_time(time)).single()
}

/// How TOML writes a day.
pub fn to_toml(day: NaiveDate) -> Datetime {
    let year = u16::try_from(day.year()).unwrap_or(0);
    let [month, of_month] = [day.month(), day.day()].map(|n| u8::try_from(n).unwrap_or(0));
    Datetime { date: Some(Date { year, month, day: of_month }), time: None, offset: None }
}

/// A birthday: day and month, with the year where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthday {
    /// The year of birth.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl Birthday {
    /// Reads `1980-03-15`, `03-15` or vCard's `--03-15`.
    ///
    /// # Errors
    /// When there is no such day; 29 February is one.
    pub fn parse(text: &str) -> Result<Birthday, Fault> {
        let fault = || Fault::NotABirthday { value: text.into() };
        if let Ok(day) = iso(text) {
            return Ok(day.into());
        }
        let bare = text.trim_start_matches("--").replace('/', "-");
        let (month, day) = bare.split_once('-').ok_or_else(fault)?;
        let number = |t: &str| t.parse::<u32>().map_err(|_| fault());
        let (month, day) = (number(month)?, number(day)?);
        // A leap year, so that 29 February is a birthday.
        NaiveDate::from_ymd_opt(2000, month, day).ok_or_else(fault)?;
        Ok(Birthday { year: None, month, day })
    }

    /// How a card stores it: a day with its year, else the text `03-15`.
    pub fn to_toml(self) -> toml::Value {
        match self.year.and_then(|y| NaiveDate::from_ymd_opt(y, self.month, self.day)) {
            Some(day) => toml::Value::Datetime(to_toml(day)),
            None => toml::Value::String(self.to_string()),
        }
    }

    /// The age in full years on a day, where the year is known. Born on 29 February, one grows
    /// older on 1 March of other years.
    pub fn age_on(self, today: NaiveDate) -> Option<i32> {
        let had_it = (today.month(), today.day()) >= (self.month, self.day);
        let age = today.year() - self.year? - i32::from(!had_it);
        (age >= 0).then_some(age)
    }
}

impl From<NaiveDate> for Birthday {
    fn from(day: NaiveDate) -> Self {
        Birthday { year: Some(day.year()), month: day.month(), day: day.day() }
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, "{year:04}-")?;
        }
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// A length of time in calendar units: `14d`, `2w`, `3m`, `1y`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// Reads `14d`, `2w`, `3m` or `1y`.
    ///
    /// # Errors
    /// When the text is no such length.
    pub fn parse(text: &str) -> Result<Period, Fault> {
        let fault = || Fault::NotAPeriod { value: text.into() };
        let text = text.trim();
        let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(fault)?;
        let (count, unit) = text.split_at(unit_at);
        let unit = match unit.trim() {
            "d" | "天" => Unit::Day,
            "w" | "周" | "週" => Unit::Week,
            "m" | "月" | "个月" | "個月" => Unit::Month,
            "y" | "年" => Unit::Year,
            _ => return Err(fault()),
        };
        Ok(Period { count: count.parse().map_err(|_| fault())?, unit })
    }

    /// Whether it is longer than nothing.
    pub fn is_some_time(self) -> bool {
        self.count > 0
    }

    /// The latest day from which this long is over by `day`: months are clamped, so that several days
    /// may come to the same end.
    pub fn latest_start(self, day: NaiveDate) -> Option<NaiveDate> {
        let mut start = self.before(day)?;
        while let Some(next) = start.succ_opt().filter(|next| self.after(*next).is_some_and(|end| end <= day))
        {
            start = next;
        }
        Some(start)
    }

    /// The day this long after `day`, if the calendar reaches that far.
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self.unit {
            Unit::Day => day.checked_add_days(Days::new(self.count.into())),
            Unit::Week => day.checked_add_days(Days::new(u64::from(self.count) * 7)),
            Unit::Month => day.checked_add_months(Months::new(self.count)),
            Unit::Year => day.checked_add_months(Months::new(self.count.checked_mul(12)?)),
        }
    }

    /// The day this long before `day`.
    pub fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        match self.unit {
            Unit::Day => day.checked_sub_days(Days::new(self.count.into())),
            Unit::Week => day.checked_sub_days(Days::new(u64::from(self.count) * 7)),
            Unit::Month => day.checked_sub_months(Months::new(self.count)),
            Unit::Year => day.checked_sub_months(Months::new(self.count.checked_mul(12)?)),
        }
    }
}

/// As one says it behind "every": `month`, `14 days`.
impl Say for Period {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        const UNITS: [Text; 4] = [
            Text::new("day", "天", "天"),
            Text::new("week", "周", "週"),
            Text::new("month", "个月", "個月"),
            Text::new("year", "年", "年"),
        ];
        let unit = UNITS[self.unit as usize].get(lang);
        Cow::Owned(match (self.count, lang) {
            (1, Lang::En) => unit.to_owned(),
            (count, Lang::En) => format!("{count} {unit}s"),
            (count, Lang::ZhCn | Lang::ZhTw) => format!("{count} {unit}"),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => 'd',
            Unit::Week => 'w',
            Unit::Month => 'm',
            Unit::Year => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        iso(text).expect(text)
    }

    #[test]
    fn a_day_that_is_said_without_its_year_is_the_nearest() {
        let day = |text: &str| text.parse::<NaiveDate>().expect(text);
        let said = |text: &str| spoken(text, day("2026-03-11")).map(|day| day.to_string());
        for (text, meant) in [
            ("3月18日", "2026-03-18"),
            ("3月9号", "2026-03-09"),
            ("12月28日", "2025-12-28"),
            ("下周五", "2026-03-20"),
            ("下週一", "2026-03-16"),
            ("周五", "2026-03-13"),
            ("2026年3月18日", "2026-03-18"),
        ] {
            assert_eq!(said(text).as_deref(), Ok(meant), "{text}");
        }
        assert!(said("2月30日").is_err());
    }

    #[test]
    fn a_length_is_said_as_one_says_it() {
        let said = |text: &str, lang| Period::parse(text).expect(text).say(lang).into_owned();
        assert_eq!((said("1m", Lang::En), said("14d", Lang::En)), ("month".into(), "14 days".into()));
        assert_eq!((said("1m", Lang::ZhCn), said("2w", Lang::ZhTw)), ("1 个月".into(), "2 週".into()));
    }

    #[test]
    fn the_latest_start_is_the_last_day_whose_end_is_there() {
        let month = Period::parse("1m").expect("a month");
        for (end, start) in
            [("2025-02-28", "2025-01-31"), ("2026-03-31", "2026-02-28"), ("2026-04-15", "2026-03-15")]
        {
            assert_eq!(month.latest_start(day(end)), Some(day(start)), "{end}");
        }
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        // 2026-03-11 is a Wednesday.
        let today = day("2026-03-11");
        let cases = [
            ("2026-03-18", "2026-03-18"),
            ("2026/3/18", "2026-03-18"),
            ("2026年3月18日", "2026-03-18"),
            ("+7d", "2026-03-18"),
            ("+2w", "2026-03-25"),
            ("+2m", "2026-05-11"),
            ("-1d", "2026-03-10"),
            ("fri", "2026-03-13"),
            ("wed", "2026-03-18"),
            ("周五", "2026-03-13"),
            ("today", "2026-03-11"),
            ("明天", "2026-03-12"),
        ];
        for (text, meant) in cases {
            assert_eq!(typed(text, today), Ok(day(meant)), "{text}");
        }
        for text in ["2026-02-30", "someday", "3/18", "+7", "+99999999999d", "2026-03-18-1"] {
            assert!(typed(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn months_are_clamped_to_the_months_end() {
        assert_eq!(Period::parse("2m").expect("2m").after(day("2024-12-31")), Some(day("2025-02-28")));
    }

    #[test]
    fn age_turns_on_the_birthday_and_not_before() {
        let born = Birthday::parse("2000-03-01").expect("a birthday");
        assert_eq!(born.age_on(day("2025-02-28")), Some(24));
        assert_eq!(born.age_on(day("2025-03-01")), Some(25));
        assert_eq!(Birthday::parse("03-15").expect("no year").age_on(day("2025-03-01")), None);
        assert!(Birthday::parse("02-29").is_ok());
        assert!(Birthday::parse("02-30").is_err());
    }
}
