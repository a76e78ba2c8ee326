//! What was agreed to be done, by whom and until when: the action plan of a visit.

use chrono::NaiveDate;

use super::declare::{section, t};
use super::followups::FollowupRef;
use crate::card::value::Member;

section! {
    /// One action of an action plan.
    pub struct Action = "actions", t("Actions", "行动计划", "行動計畫"), t("action", "行动", "行動"),
        t("What was agreed to be done, by whom and until when.", "约定做什么、由谁做、什么时候完成。", "約定做什麼、由誰做、何時完成。");
    what: String, t("What", "事项", "事項"), t("What is to be done.", "要做的事。", "要做的事。"), "Send two samples of GP-20", column;
    who: Option<Member>, t("Who", "负责人", "負責人"), t("Who does it; else the owner.", "由谁来做；不填则为业务代表。", "由誰來做；不填則為業務員。"), "wang", column;
    date: Option<NaiveDate>, t("Until", "完成期限", "完成期限"), t("The day by which it is to be done.", "最迟完成的日期。", "最遲完成的日期。"), "2026-03-20", column;
    done: Option<NaiveDate>, t("Done", "完成日期", "完成日期"), t("The day on which it was done.", "实际完成的日期。", "實際完成的日期。"), "2026-03-18", column;
    followup: Option<FollowupRef>, t("From", "来自跟进", "來自跟進"), t("The follow-up at which it was agreed.", "在哪次跟进中约定的。", "在哪次跟進中約定的。"), "w81mzc";
}
