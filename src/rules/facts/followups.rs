//! What the log of follow-ups says: how many, since when, how long ago, and visits without result.

use chrono::{Datelike, NaiveDate};

use super::{COUNT, DAYS, Empty, Fact, FactValue, From, Seen, Stored};
use crate::card::schema::{Described, Typed};
use crate::card::{Card, Kind};
use crate::i18n::Text;
use crate::rules::visits::{Standing, Ways};
use crate::sections::{Followup, SCHEMA};

const NONE_YET: Empty = Empty::When(Text::new("No follow-up yet.", "还没有跟进。", "還沒有跟進。"));

pub(super) static FACTS: &[Fact] = &[
    Fact {
        key: "followups",
        label: Text::new("Follow-ups", "跟进次数", "跟進次數"),
        help: Text::new(
            "How many follow-ups are on the card.",
            "卡片上有多少次跟进。",
            "卡片上有多少次跟進。",
        ),
        empty: Empty::Never,
        kind: COUNT,
        unit: None,
        from: From::Card(|seen| FactValue::count(seen.card.of(&SCHEMA, Followup::SECTION.key).len())),
    },
    Fact {
        key: "first_followup",
        label: Text::new("First follow-up", "首次跟进", "首次跟進"),
        help: Text::new("The day of the first follow-up.", "第一次跟进的日期。", "第一次跟進的日期。"),
        empty: NONE_YET,
        kind: Kind::Date,
        unit: None,
        from: From::Card(|seen| FactValue::day(days(seen).min())),
    },
    Fact {
        key: "last_followup",
        label: Text::new("Last follow-up", "上次跟进", "上次跟進"),
        help: Text::new(
            "The day of the latest follow-up; from the log only.",
            "最近一次跟进的日期；只看跟进记录。",
            "最近一次跟進的日期；只看跟進紀錄。",
        ),
        empty: NONE_YET,
        kind: Kind::Date,
        unit: None,
        from: From::Card(|seen| FactValue::day(days(seen).max())),
    },
    Fact {
        key: "first_year",
        label: Text::new("Year of first contact", "首次联系年份", "首次聯絡年份"),
        help: Text::new("The year of the first follow-up.", "第一次跟进的年份。", "第一次跟進的年份。"),
        empty: NONE_YET,
        kind: COUNT,
        unit: None,
        from: From::Card(|seen| {
            days(seen).min().map_or(FactValue::Nothing, |day| FactValue::Number(day.year().into()))
        }),
    },
    Fact {
        key: "days_silent",
        label: Text::new("Days silent", "未联系天数", "未聯絡天數"),
        help: Text::new(
            "Days from the latest follow-up to today; 0 where it is dated today or later.",
            "从最近一次跟进到今天的天数；跟进日期为今天或以后时为 0。",
            "從最近一次跟進到今天的天數；跟進日期為今天或以後時為 0。",
        ),
        empty: NONE_YET,
        kind: COUNT,
        unit: Some(DAYS),
        from: From::Question(&["last_followup"], |asking, columns| {
            columns[0].as_day().map_or(FactValue::Nothing, |last| since(asking.today, last))
        }),
    },
    Fact {
        key: "last_visit",
        label: Text::new("Last visit", "上次拜访", "上次拜訪"),
        help: Text::new(
            "The day of the latest visit: in person, or in a way of followup.visit_modes.",
            "最近一次拜访的日期：当面拜访，或 followup.visit_modes 中的方式。",
            "最近一次拜訪的日期：當面拜訪，或 followup.visit_modes 中的方式。",
        ),
        empty: Empty::When(Text::new("No visit yet.", "还没有拜访。", "還沒有拜訪。")),
        kind: Kind::Date,
        unit: None,
        from: From::Question(&["ways"], |asking, columns| {
            let modes = asking.settings.followup.visits();
            FactValue::day(Ways::from_text(columns[0].text()).last_visit(&modes))
        }),
    },
    Fact {
        key: "visits_without_result",
        label: Text::new("Visits without result", "未见实效的拜访次数", "未見實效的拜訪次數"),
        help: Text::new(
            "Visits since the last follow-up that was effective or won, or the last re-entry (R-077); calls and mails never count. Which ways are visits: followup.visit_modes.",
            "自上次有实效或成交的跟进、或上次重新列入以来的拜访次数（R-077）；电话和邮件不计。哪些方式算拜访由 followup.visit_modes 设置。",
            "自上次有實效或成交的跟進、或上次重新列入以來的拜訪次數（R-077）；電話和郵件不計。哪些方式算拜訪由 followup.visit_modes 設定。",
        ),
        empty: Empty::Never,
        kind: COUNT,
        unit: None,
        from: From::Question(&["ways"], |asking, columns| {
            let modes = &asking.settings.followup.visit_modes;
            FactValue::Number(Ways::from_text(columns[0].text()).without_result(modes))
        }),
    },
    Fact {
        key: "on_visit_plan",
        label: Text::new("On the visit plan", "在拜访计划中", "在拜訪計畫中"),
        help: Text::new(
            "Whether visits go on: fewer without result than followup.visits_without_result, and not abandoned.",
            "是否继续拜访：未见实效的拜访少于 followup.visits_without_result，且未放弃。",
            "是否繼續拜訪：未見實效的拜訪少於 followup.visits_without_result，且未放棄。",
        ),
        empty: Empty::Never,
        kind: Kind::Flag,
        unit: None,
        from: From::Question(&["ways"], |asking, columns| {
            let followup = &asking.settings.followup;
            let ways = Ways::from_text(columns[0].text());
            let standing = ways.standing(&followup.visit_modes, followup.visits_without_result);
            FactValue::flag(standing == Standing::On)
        }),
    },
    Fact {
        key: "last_contact",
        label: Text::new("Last contact", "上次联系", "上次聯絡"),
        help: Text::new(
            "The day of the latest follow-up that was no mailing.",
            "最近一次跟进的日期，群发不算。",
            "最近一次跟進的日期，電子報不算。",
        ),
        empty: NONE_YET,
        kind: Kind::Date,
        unit: None,
        from: From::Card(|seen| FactValue::day(seen.last_contact)),
    },
];

/// How often each way of contact was taken since the last result, and when last. Which of them are visits
/// is a setting, so it is asked.
pub const WAYS: Stored = ("ways", Kind::Text, |seen| {
    if seen.ways.is_empty() { FactValue::Nothing } else { FactValue::Text(seen.ways_text.clone()) }
});

/// The day of the latest follow-up.
pub fn last_followup(card: &Card) -> Option<NaiveDate> {
    days_of(card).max()
}

fn days<'a>(seen: &'a Seen<'_>) -> impl Iterator<Item = NaiveDate> + 'a {
    days_of(seen.card)
}

fn days_of(card: &Card) -> impl Iterator<Item = NaiveDate> + '_ {
    let date = Followup::SECTION.position("date").unwrap_or_default();
    let records = card.of(&SCHEMA, Followup::SECTION.key).iter();
    records.filter_map(move |record| NaiveDate::from_value(record.value(date)))
}

/// The days from a day to today, never fewer than none.
pub(super) fn since(today: NaiveDate, day: NaiveDate) -> FactValue {
    FactValue::Number((today - day).num_days().max(0))
}
