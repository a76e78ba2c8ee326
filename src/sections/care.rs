//! Looking after a customer: what changed there, greetings that were sent, full revisions of the card, and
//! notes of a supervisor.

use chrono::NaiveDate;

use super::declare::{choices, section, t};
use super::followups::ContactRef;
use crate::card::value::Member;

choices! {
    /// The occasion of a greeting.
    pub enum Occasion {
        HolidayGreeting = "holiday_greeting", t("Holiday greeting", "节假日问候", "節日問候"), also ["holiday"];
        Birthday = "birthday", t("Birthday", "生日祝福", "生日祝賀");
    }
}

choices! {
    /// What changed at a customer.
    pub enum ChangeKind {
        Business = "business", t("Business", "经营动态", "經營動態");
        Market = "market", t("Market", "市场变化", "市場變化");
        PersonInCharge = "person_in_charge", t("Person in charge", "负责人变动", "負責人變動");
        Structure = "structure", t("Structure", "体制转变", "體制轉變");
    }
}

section! {
    /// Something that changed at the customer.
    pub struct Development = "developments", t("Developments", "客户动态", "客戶動態"), t("development", "动态", "動態"),
        t("What changed at the customer, and when.", "客户方发生的变化及日期。", "客戶方發生的變化及日期。");
    kind: ChangeKind, t("Kind", "变化类型", "變化類型"), t("What kind of change it is.", "哪一类变化。", "哪一類變化。"), "market", column;
    date: NaiveDate, t("Date", "日期", "日期"), t("The day on which it became known.", "得知的日期。", "得知的日期。"), "2026-03-11", column;
    note: Option<String>, t("Note", "说明", "說明"), t("What changed.", "具体变化。", "具體變化。"), "Opens a branch in Poland", column;
    by: Option<Member>, t("By", "记录人", "記錄人"), t("Who noted it.", "由谁记录。", "由誰記錄。"), "lin", column;
}

section! {
    /// A greeting that was sent.
    pub struct Care = "cares", t("Care", "客户关怀", "客戶關懷"), t("greeting", "问候", "問候"),
        t("Greetings that were sent, and for which day.", "已发送的问候，以及是哪一天的节日或生日。", "已送出的問候，以及是哪一天的節日或生日。");
    kind: Occasion, t("Occasion", "关怀类型", "關懷類型"), t("A holiday or a birthday.", "节假日还是生日。", "節日還是生日。"), "birthday", column;
    date: NaiveDate, t("Day", "日期", "日期"), t("The day of the holiday or birthday.", "节日或生日的日期。", "節日或生日的日期。"), "2026-03-15", column;
    contact: Option<ContactRef>, t("To", "联系人", "聯絡人"), t("Who was greeted, by the id of the contact.", "问候了谁，用联系人的编号。", "問候了誰，用聯絡人的編號。"), "k3f9q2";
    holiday: Option<String>, t("Holiday", "节日", "節日"), t("Which holiday, by its key.", "哪个节日，用节日代号。", "哪個節日，用節日代號。"), "christmas_day", column;
    done: Option<NaiveDate>, t("Done", "完成日期", "完成日期"), t("The day on which the greeting was sent.", "发送问候的日期。", "送出問候的日期。"), "2026-03-14", column;
    by: Option<Member>, t("By", "经办人", "經辦人"), t("Who sent it.", "由谁发送。", "由誰送出。"), "lin", column;
}

section! {
    /// A full revision of the card.
    pub struct Revision = "revisions", t("Revisions", "全面修订核查", "全面修訂核查"), t("revision", "全面修订", "全面修訂"),
        t("Full revisions of the card, section by section.", "对卡片逐项的全面修订核查。", "對卡片逐項的全面修訂核查。");
    date: NaiveDate, t("Begun", "开始日期", "開始日期"), t("The day on which the revision began.", "开始修订的日期。", "開始修訂的日期。"), "2026-03-11", column;
    confirmed: Vec<String>, t("Confirmed", "已核查部分", "已核查部分"), t("The sections that were confirmed or changed, by key.", "已确认或已更改的部分，用代号。", "已確認或已變更的部分，用代號。"), "card, contacts", column;
    done: Option<NaiveDate>, t("Done", "完成日期", "完成日期"), t("The day on which every section was confirmed.", "全部确认完毕的日期。", "全部確認完畢的日期。"), "2026-03-12", column;
    by: Option<Member>, t("By", "修订人", "修訂人"), t("Who revised it.", "由谁修订。", "由誰修訂。"), "lin", column;
}

section! {
    /// A note of a supervisor, open until it is answered.
    pub struct Review = "reviews", t("Reviews", "主管批注", "主管批註"), t("review note", "批注", "批註"),
        t("Notes of a supervisor; open until they are answered.", "主管的批注；答复之前一直有效。", "主管的批註；答覆之前持續有效。");
    note: String, t("Note", "批注", "批註"), t("What the supervisor says.", "主管的意见。", "主管的意見。"), "Who decides about price?", column;
    date: NaiveDate, t("Date", "日期", "日期"), t("The day of the note.", "批注的日期。", "批註的日期。"), "2026-03-11", column;
    by: Option<Member>, t("By", "批注人", "批註人"), t("Who wrote it.", "由谁批注。", "由誰批註。"), "chen", column;
    answer: Option<String>, t("Answer", "答复", "答覆"), t("What the salesperson answers; it closes the note.", "业务人员的答复；答复后批注结束。", "業務員的答覆；答覆後批註即結束。"), "Mr Müller himself", column;
}
