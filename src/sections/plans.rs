//! What is to be done next with the customer. A plan is open until a follow-up settles it or a
//! person drops it; both are decisions, and stored.

use chrono::NaiveDate;

use super::declare::{section, t};
use super::followups::{How, Purpose};
use crate::card::value::Member;

section! {
    /// One planned contact.
    pub struct Plan = "plans", t("Plans", "跟进计划", "跟進計畫"), t("plan", "计划", "計畫"),
        t("The next steps, with their days.", "下一步做什么、哪天做。", "下一步做什麼、哪天做。");
    date: NaiveDate, t("Date", "日期", "日期"), t("The day on which it is due.", "计划在哪一天跟进。", "計畫在哪一天跟進。"), "2026-03-18", column;
    how: Option<How>, t("How", "方式", "方式"), t("The way of contact.", "计划用什么方式。", "計畫用什麼方式。"), "phone", column;
    goal: Option<String>, t("Goal", "目标", "目標"), t("What it is for.", "要达到什么目的。", "要達到什麼目的。"), "Ask what they need", column;
    by: Option<Member>, t("By", "负责人", "負責人"), t("Who is to do it; else the owner.", "由谁来做；不填则为业务代表。", "由誰來做；不填則為業務員。"), "lin", column;
    purpose: Option<Purpose>, t("Purpose", "拜访目的", "拜訪目的"), t("What the visit is for.", "拜访的目的。", "拜訪的目的。"), "recommend";
    companions: Vec<String>, t("Companions", "协同人员", "協同人員"), t("Who of us goes along, by the key of the team: it is in their plan too.", "我方同去的人，用团队中的代号；也列入他们的计划。", "我方同行的人，用團隊中的代號；也列入他們的計畫。"), "wang";
    requested_by: Option<Member>, t("Requested by", "要求人", "要求人"), t("The manager who asks for the visit.", "要求拜访的主管。", "要求拜訪的主管。"), "chen";
    dropped: Option<NaiveDate>, t("Dropped", "放弃日期", "放棄日期"), t("The day on which the plan was given up.", "放弃计划的日期。", "放棄計畫的日期。"), "2026-03-12", column;
    dropped_by: Option<Member>, t("Dropped by", "放弃人", "放棄人"), t("Who gave it up.", "谁放弃的。", "誰放棄的。"), "lin";
    drop_reason: Option<String>, t("Reason", "放弃原因", "放棄原因"), t("Why it was given up.", "为什么放弃。", "為什麼放棄。"), "They called us first";
}
