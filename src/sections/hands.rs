//! Whose customer it is and was, and when the customer came back to the visit plan.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::declare::{section, t};
use crate::card::value::Member;

section! {
    /// A change of hands.
    pub struct Handover = "assignments", t("Assignments", "业务归属", "業務歸屬"), t("assignment", "归属变更", "歸屬變更"),
        t("From when on who was responsible; without an owner, the customer went to the pool.", "从什么时候起由谁负责；没有负责人表示进入公海。", "從何時起由誰負責；沒有負責人表示進入公海。");
    date: NaiveDate, t("From", "起始日期", "起始日期"), t("The day from which it holds.", "从哪天起。", "從哪一天起。"), "2026-03-11", column;
    owner: Option<Member>, t("Owner", "业务代表", "業務員"), t("Who took over; nobody, when the customer went to the pool.", "由谁接手；进入公海时为空。", "由誰接手；進入公海時為空。"), "wang", column;
    before: Option<String>, t("Before", "原业务代表", "原業務員"), t("Who had the customer before.", "之前由谁负责。", "之前由誰負責。"), "lin", column;
    reason: Option<String>, t("Reason", "原因", "原因"), t("Why it changed hands.", "变更的原因。", "變更的原因。"), "Lin looks after Asia now", column;
    by: Option<Member>, t("By", "经办人", "經辦人"), t("Who decided it.", "由谁决定。", "由誰決定。"), "chen", column;
}

section! {
    /// A return to the visit plan after visits without result.
    pub struct Reentry = "reentries", t("Re-entries", "重新列入拜访计划", "重新列入拜訪計畫"), t("re-entry", "重新列入", "重新列入"),
        t("Returns to the visit plan after too many visits without result; the count begins anew.", "多次拜访未见实效后重新列入拜访计划；次数重新计算。", "多次拜訪未見實效後重新列入拜訪計畫；次數重新計算。");
    date: NaiveDate, t("Date", "日期", "日期"), t("The day of the return.", "重新列入的日期。", "重新列入的日期。"), "2026-03-11", column;
    reason: String, t("Reason", "原因", "原因"), t("Why visits go on.", "为什么继续拜访。", "為什麼繼續拜訪。"), "A new buyer came", column;
    by: Option<Member>, t("By", "批准人", "同意人"), t("Who approved it.", "由谁批准。", "由誰同意。"), "chen", column;
    entered_at: Option<DateTime<FixedOffset>>, t("Entered", "录入时间", "登錄時間"), t("When it was entered; the program writes it.", "什么时候录入的；由程序写入。", "什麼時候登錄的；由程式寫入。"), "2026-03-11T09:30:00+08:00";
}
