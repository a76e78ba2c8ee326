//! Reports of the people of the team that came in: a book, since they belong to no single
//! customer.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use super::declare::{choices, section, t};
use crate::card::value::Member;

choices! {
    /// Which report it is.
    pub enum ReportKind {
        Weekly = "weekly", t("Weekly report", "周报", "週報");
        Daily = "daily", t("Daily visiting report", "访问日报", "訪問日報");
    }
}

section! {
    /// A report that came in.
    pub struct Report = "reports", t("Reports", "报告", "報告"), t("report", "报告", "報告"),
        t("Reports that came in, and when.", "已提交的报告及提交时间。", "已提交的報告及提交時間。");
    kind: ReportKind, t("Kind", "种类", "種類"), t("Which report.", "哪种报告。", "哪種報告。"), "weekly", column;
    date: NaiveDate, t("Day", "日期", "日期"), t("The day on which it was due.", "应提交的日期。", "應提交的日期。"), "2026-03-08", column;
    by: Member, t("By", "报告人", "報告人"), t("Whose report it is.", "由谁提交。", "由誰提交。"), "lin", column;
    entered_at: DateTime<FixedOffset>, t("Came in", "提交时间", "提交時間"), t("When it came in; the program writes it.", "提交的时间；由程序写入。", "提交的時間；由程式寫入。"), "2026-03-08T20:12:00+08:00", column;
    deadline: Option<DateTime<FixedOffset>>, t("Deadline", "截止时间", "截止時間"), t("Until when it was wanted, by the settings of that day; the program writes it.", "按当时设置的截止时间；由程序写入。", "依當時設定的截止時間；由程式寫入。"), "2026-03-08T20:30:00+08:00";
}

impl Report {
    /// Whether it is somebody's report of this kind that is due on this day. A weekly one is that of its ISO
    /// week, on whatever day of it the settings want it.
    pub fn is_of(&self, kind: ReportKind, day: NaiveDate, who: &str) -> bool {
        let is_of_day = match kind {
            ReportKind::Weekly => self.date.iso_week() == day.iso_week(),
            ReportKind::Daily => self.date == day,
        };
        self.kind == kind && is_of_day && self.by.0 == who
    }
}

section! {
    /// What a book has besides its records: nothing.
    pub struct Book = "book", t("Book", "账册", "帳冊"), t("book", "账册", "帳冊"),
        t("What belongs to no single customer.", "不属于某个客户的内容。", "不屬於某個客戶的內容。");
}
