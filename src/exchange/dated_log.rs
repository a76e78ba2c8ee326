//! The compact log of old sheets: `3/11 send quotation; 3/10: reply RFQ`, a day and what was
//! done, parted by semicolons, mostly without a year. Text in, days with their texts out.

use chrono::{Datelike, NaiveDate};

use crate::i18n::messages;

/// One entry: the day, and the text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// The day.
    pub day: NaiveDate,
    /// What was done.
    pub text: String,
}

messages! {
    /// Why a text is no dated log.
    pub enum LogFault {
        NoDay { text: String } = "log_no_day":
            "‘{text}’ does not begin with a day such as 3/11", "“{text}”的开头没有日期（如 3/11）", "「{text}」的開頭沒有日期（例如 3/11）";
        NotADay { text: String } = "log_not_a_day":
            "‘{text}’ is no month and day", "“{text}”不是月/日", "「{text}」不是月/日";
        NoYear { day: String } = "log_no_year":
            "the year of {day} is not known", "不知道 {day} 的年份", "不知道 {day} 的年份";
        InTheFuture { day: NaiveDate } = "log_in_the_future":
            "{day} is in the future: is the year that of the newest entry (--year)?", "{day} 在今天之后：--year 是不是最近一条记录的年份？", "{day} 在今天之後：--year 是否為最近一筆紀錄的年份？";
        NoText { text: String } = "log_no_text":
            "‘{text}’ says a day and nothing more", "“{text}”只有日期，没有内容", "「{text}」只有日期，沒有內容";
    }
}

/// Reads a dated log; the entries come in the order of their days.
///
/// A day without a year gets `newest`, the year of the newest entry. Entries stand newest first, so a
/// month that is later than the one before it belongs to the year before; where all stand oldest
/// first, they are of one year, or go over New Year where some would lie after `today` otherwise. A
/// semicolon that no day follows belongs to the text.
///
/// # Errors
/// When an entry has no day, a day has no year and none is given, or it lies after `today`.
pub fn read(text: &str, newest: Option<i32>, today: NaiveDate) -> Result<Vec<LogEntry>, LogFault> {
    let mut parts = parts_of(text).map(dated).collect::<Result<Vec<_>, _>>()?;
    let future = |entries: &[LogEntry]| entries.last().map(|last| last.day).filter(|last| *last > today);
    let falls = parts.windows(2).any(|pair| pair[1].month_day() < pair[0].month_day());
    let entries = with_years(&parts, newest, falls)?;
    let Some(day) = future(&entries) else { return Ok(entries) };
    parts.reverse();
    match with_years(&parts, newest, true) {
        Ok(entries) if future(&entries).is_none() => Ok(entries),
        _ => Err(LogFault::InTheFuture { day }),
    }
}

/// The entries in the order of their days, of parts that stand newest first or, where `falls` is not, in one
/// year.
fn with_years(parts: &[Dated<'_>], newest: Option<i32>, falls: bool) -> Result<Vec<LogEntry>, LogFault> {
    let mut year = newest;
    let mut before: Option<(u32, u32)> = None;
    let mut entries = Vec::with_capacity(parts.len());
    for part in parts {
        let own = part.year.or_else(|| {
            let rises = before.is_some_and(|before| part.month_day() > before);
            year.map(|year| if falls && rises { year - 1 } else { year })
        });
        let own = own.ok_or_else(|| LogFault::NoYear { day: part.written.to_owned() })?;
        let day = NaiveDate::from_ymd_opt(own, part.month, part.day);
        let day = day.ok_or_else(|| LogFault::NotADay { text: part.whole.to_owned() })?;
        (year, before) = (Some(day.year()), Some(part.month_day()));
        entries.push(LogEntry { day, text: part.text.to_owned() });
    }
    entries.sort_by_key(|entry| entry.day);
    Ok(entries)
}

/// Whether a text reads like such a log.
pub fn is_log(text: &str) -> bool {
    let mut parts = parts_of(text).peekable();
    parts.peek().is_some() && parts.all(|part| dated(part).is_ok())
}

/// One entry that is cut into its parts.
struct Dated<'t> {
    whole: &'t str,
    /// The day as it stands.
    written: &'t str,
    year: Option<i32>,
    month: u32,
    day: u32,
    text: &'t str,
}

impl Dated<'_> {
    fn month_day(&self) -> (u32, u32) {
        (self.month, self.day)
    }
}

/// The entries: a semicolon or a line break parts two of them, where a day follows.
fn parts_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = rest.match_indices([';', '；', '\n']);
        let mut ends = ends.filter(|(at, mark)| {
            let next = rest[at + mark.len()..].trim_start();
            next.is_empty() || day_of(next).is_some()
        });
        let (part, next) = match ends.next() {
            Some((at, mark)) => (&rest[..at], &rest[at + mark.len()..]),
            None => (rest, ""),
        };
        rest = next.trim();
        Some(part.trim())
    })
    .filter(|part| !part.is_empty())
}

fn dated(part: &str) -> Result<Dated<'_>, LogFault> {
    let (year, month, day, rest) = day_of(part).ok_or_else(|| LogFault::NoDay { text: part.to_owned() })?;
    // Any year has the 29th of February here; the true year is looked at when it is known.
    if NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day).is_none() {
        return Err(LogFault::NotADay { text: part.to_owned() });
    }
    let text = rest.trim_start_matches([':', '：', '.', ',', '，', '、']).trim();
    if text.is_empty() {
        return Err(LogFault::NoText { text: part.to_owned() });
    }
    let written = part[..part.len() - rest.len()].trim();
    Ok(Dated { whole: part, written, year, month, day, text })
}

/// `3/11 …`, `3月11日…`, `2010/3/11 …` or `2010-03-11 …`: year, month and day, and what follows.
fn day_of(part: &str) -> Option<(Option<i32>, u32, u32, &str)> {
    let (first, rest) = number(part)?;
    let (second, rest) = number(rest.strip_prefix(['/', '-', '.', '月', '年'])?)?;
    if first > 31 {
        let (third, rest) = number(rest.strip_prefix(['/', '-', '.', '月'])?)?;
        return Some((i32::try_from(first).ok(), second, third, rest.strip_prefix('日').unwrap_or(rest)));
    }
    // `3/11/12` may be any of three days.
    if rest.starts_with('/') {
        return None;
    }
    Some((None, first, second, rest.strip_prefix(['日', '号', '號']).unwrap_or(rest)))
}

/// The digits at the head of a text, four at most.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 11).expect("a day")
    }

    fn read_as(text: &str, year: i32) -> Vec<(String, String)> {
        let entries = read(text, Some(year), today()).expect("a log");
        entries.into_iter().map(|e| (e.day.to_string(), e.text)).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(day, text)| ((*day).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_example_of_the_rule_gives_three_entries_in_the_order_of_days() {
        assert_eq!(
            read_as("3/11 a; 3/10: b; 3/4:c", 2010),
            pairs(&[("2010-03-04", "c"), ("2010-03-10", "b"), ("2010-03-11", "a")])
        );
    }

    #[test]
    fn a_semicolon_and_a_comma_within_an_entry_stay() {
        assert_eq!(
            read_as("3/2 visit booth, took card; gave a sample； 2/27: sent catalogue", 2010),
            pairs(&[
                ("2010-02-27", "sent catalogue"),
                ("2010-03-02", "visit booth, took card; gave a sample")
            ])
        );
    }

    #[test]
    fn a_later_month_further_down_is_of_the_year_before() {
        assert_eq!(
            read_as("1/5 quoted; 12/28: sample sent; 11/2 met", 2011),
            pairs(&[("2010-11-02", "met"), ("2010-12-28", "sample sent"), ("2011-01-05", "quoted")])
        );
    }

    #[test]
    fn a_log_that_stands_oldest_first_is_of_one_year() {
        assert_eq!(
            read_as("3/4 a\n3/10 b\n4/1 c", 2010),
            pairs(&[("2010-03-04", "a"), ("2010-03-10", "b"), ("2010-04-01", "c")])
        );
    }

    #[test]
    fn a_log_that_goes_on_over_new_year_does_not_lie_in_the_future() {
        assert_eq!(
            read_as("12/28 sample sent; 1/5 quoted", 2026),
            pairs(&[("2025-12-28", "sample sent"), ("2026-01-05", "quoted")])
        );
        for text in ["3/12 call", "2026-03-12 call"] {
            let refused = read(text, Some(2026), today());
            assert!(matches!(refused, Err(LogFault::InTheFuture { .. })), "{refused:?}");
        }
    }

    #[test]
    fn chinese_days_and_days_with_a_year_are_read() {
        assert_eq!(
            read_as("3月11日 发报价；2009年12月3日：寄样品; 2008-02-29 展会", 2010),
            pairs(&[("2008-02-29", "展会"), ("2009-12-03", "寄样品"), ("2010-03-11", "发报价")])
        );
    }

    #[test]
    fn what_is_no_day_is_said() {
        assert!(matches!(read("called them", Some(2010), today()), Err(LogFault::NoDay { .. })));
        assert!(matches!(read("13/4 called", Some(2010), today()), Err(LogFault::NotADay { .. })));
        assert!(matches!(read("2/29 called", Some(2010), today()), Err(LogFault::NotADay { .. })));
        assert!(matches!(read("3/11", Some(2010), today()), Err(LogFault::NoText { .. })));
        assert_eq!(read("3/11 a", None, today()), Err(LogFault::NoYear { day: "3/11".into() }));
        assert_eq!(read("3月11日 报价", None, today()), Err(LogFault::NoYear { day: "3月11日".into() }));
        assert!(matches!(read("3/11/12 a", Some(2010), today()), Err(LogFault::NoDay { .. })));
        assert_eq!(read(" ", None, today()), Ok(Vec::new()));
    }

    #[test]
    fn a_text_is_a_log_when_it_begins_with_a_day() {
        assert!(is_log("3/11 a; 3/10: b"));
        assert!(!is_log("asked for 3/4 inch valves"));
        assert!(!is_log(""));
    }
}
