//! Facts: what follows from one card alone, a column each, for lists and questions. Nothing here
//! depends on today, on settings or on other cards. Columns are added, never renamed.

use chrono::NaiveDate;

use super::plans;
use crate::card::Card;
use crate::card::schema::{Described, Typed};
use crate::i18n::Text;
use crate::sections::{Followup, SCHEMA};

/// A column of facts.
#[derive(Debug)]
pub struct Fact {
    /// The key: the column in SQL, in `--columns` and in JSON.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// What it means.
    pub help: Text,
    /// What it means when it is empty.
    pub empty: Text,
    /// The SQL type: `INTEGER`, or `TEXT` for a day.
    pub sql: &'static str,
}

/// Every fact, in the order of the columns.
pub const FACTS: &[Fact] = &[
    Fact {
        key: "followups",
        label: Text::new("Follow-ups", "跟进次数", "跟進次數"),
        help: Text::new(
            "How many follow-ups are on the card.",
            "卡片上有多少次跟进。",
            "卡片上有多少次跟進。",
        ),
        empty: Text::new("Never empty.", "不会为空。", "不會空白。"),
        sql: "INTEGER",
    },
    Fact {
        key: "first_followup",
        label: Text::new("First follow-up", "首次跟进", "首次跟進"),
        help: Text::new("The day of the first follow-up.", "第一次跟进的日期。", "第一次跟進的日期。"),
        empty: Text::new("No follow-up yet.", "还没有跟进。", "還沒有跟進。"),
        sql: "TEXT",
    },
    Fact {
        key: "last_followup",
        label: Text::new("Last follow-up", "上次跟进", "上次跟進"),
        help: Text::new(
            "The day of the latest follow-up; from the log only.",
            "最近一次跟进的日期；只看跟进记录。",
            "最近一次跟進的日期；只看跟進紀錄。",
        ),
        empty: Text::new("No follow-up yet.", "还没有跟进。", "還沒有跟進。"),
        sql: "TEXT",
    },
    Fact {
        key: "next_followup",
        label: Text::new("Next follow-up", "下次跟进", "下次跟進"),
        help: Text::new(
            "The day of the earliest open plan.",
            "最早一条未完成计划的日期。",
            "最早一項未完成計畫的日期。",
        ),
        empty: Text::new("No next step is planned.", "没有计划下一步。", "尚未計畫下一步。"),
        sql: "TEXT",
    },
];

/// The facts of one card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// How many follow-ups there are.
    pub followups: i64,
    /// The day of the first.
    pub first_followup: Option<NaiveDate>,
    /// The day of the latest.
    pub last_followup: Option<NaiveDate>,
    /// The day of the earliest open plan.
    pub next_followup: Option<NaiveDate>,
    /// The ids of the open plans, the earliest first.
    pub open_plans: Vec<String>,
}

impl Facts {
    /// Computes the facts of a card.
    pub fn of(card: &Card) -> Facts {
        let section = Followup::SECTION;
        let records = card.of(&SCHEMA, section.key);
        let days = || records.iter().filter_map(|f| NaiveDate::from_value(f.get(section, "date")));
        let open = plans::open(card);
        Facts {
            followups: i64::try_from(records.len()).unwrap_or(i64::MAX),
            first_followup: days().min(),
            last_followup: days().max(),
            next_followup: open.first().map(|p| p.date),
            open_plans: open.iter().map(|p| p.id.clone()).collect(),
        }
    }
}
