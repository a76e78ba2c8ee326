//! How duties are said.

use chrono::NaiveDate;

use crate::card::value::Period;
use crate::i18n::{Text, messages};

messages! {
    /// What is due.
    pub enum What {
        Step { how: Text, goal: String } = "step":
            "{how}: {goal}", "{how}：{goal}", "{how}：{goal}";
        Cadence { last: String, every: Period } = "cadence":
            "last contact {last}, every {every}", "上次联系 {last}，每 {every}一次", "上次聯絡 {last}，每 {every}一次";
        CadenceBy { last: String, every: Period, by: String } = "cadence_by":
            "last contact {last}, every {every}; best by: {by}", "上次联系 {last}，每 {every}一次；首选：{by}", "上次聯絡 {last}，每 {every}一次；首選：{by}";
        Untouched { days: i64 } = "untouched":
            "no contact for {days} day{S}", "已 {days} 天没有联系", "已 {days} 天沒有聯絡";
        Birthday { name: String } = "birthday":
            "{name}", "{name}", "{name}";
        BirthdayAge { name: String, age: i64 } = "birthday_age":
            "{name}, {age} year{S}", "{name}，{age} 岁", "{name}，{age} 歲";
        FirstNews = "first_news":
            "send news for the first time", "首次寄送新品信息", "首次寄送新品訊息";
        News { last: String } = "news":
            "send news, last on {last}", "寄送新品信息，上次 {last}", "寄送新品訊息，上次 {last}";
        Revise { left: String } = "revise":
            "confirm: {left}", "待核查：{left}", "待核查：{left}";
        LateEntry { days: i64, topic: String } = "late_entry":
            "entered {days} day{S} late: {topic}", "晚录 {days} 天：{topic}", "逾期 {days} 天補登：{topic}";
        Verdict { visits: i64 } = "verdict":
            "dropped after {visits} visit{S} without result: won, abandoned or re-enter?", "拜访 {visits} 次未见实效，已移出拜访计划：成交、放弃还是重新列入？", "拜訪 {visits} 次未見實效，已移出拜訪計畫：成交、放棄或重新列入？";
        ToPool { since: String, date: NaiveDate } = "to_pool":
            "not followed since {since}: goes to the pool on {date}", "{since} 起无人跟进：{date} 进入公海", "{since} 起無人跟進：{date} 進入公海";
        Greet { holiday: String, count: i64 } = "greet":
            "{holiday}: customers to greet: {count}", "{holiday}：待问候 {count} 个客户", "{holiday}：待問候 {count} 個客戶";
        OwnHoliday { name: String, holiday: String } = "own_holiday":
            "{holiday}: {name}", "{holiday}：{name}", "{holiday}：{name}";
        WeeklyReport { week: String, at: String } = "weekly_report":
            "report of {week}, by {at}", "{week} 周报，{at} 前交", "{week} 週報，{at} 前交";
        DailyReport { date: NaiveDate, visits: i64, at: String } = "daily_report":
            "report on the visits of {date} ({visits}), by {at}", "{date} {visits} 次拜访的日报，{at} 前交", "{date} {visits} 次拜訪的日報，{at} 前交";
        Note { by: String, note: String } = "note":
            "{by}: {note}", "{by}：{note}", "{by}：{note}";
    }
}
