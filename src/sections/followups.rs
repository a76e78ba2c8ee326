//! What was said with the customer, and when.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::declare::{choices, section, t};
use crate::card::schema::{Kind, Typed};
use crate::card::value::{Member, Value};

choices! {
    /// The way of contact: the six modes of the tracking form, and e-mail.
    pub enum How {
        DoorVisit = "door_visit", t("Door visit", "直接登门"), also ["visit", "直接登門", "拜访", "登门"];
        InvitedVisit = "invited_visit", t("Invited visit", "邀约登门"), also ["meeting", "邀約登門", "邀约"];
        Phone = "phone", t("Phone", "电话跟进"), also ["call", "电话", "電話跟進", "電話"];
        WebChat = "web_chat", t("Web chat", "网络对话"), also ["chat", "im", "wechat", "whatsapp", "網絡對話", "微信"];
        Sms = "sms", t("SMS", "手机短信"), also ["text_message", "手機短信", "短信"];
        Email = "email", t("E-mail", "电子邮件"), also ["mail", "e_mail", "邮件", "電子郵件"];
        Other = "other", t("Other", "其它"), also ["其他"];
    }
}

/// The id of a contact of the same card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRef(pub String);

/// The id of a plan of the same card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRef(pub String);

macro_rules! reference {
    ($($type:ident = $section:literal;)*) => {$(
        impl Typed for $type {
            const KIND: Kind = Kind::Reference($section);
            fn from_value(value: Option<&Value>) -> Option<Self> {
                match value {
                    Some(Value::Text(id)) => Some(Self(id.clone())),
                    _ => None,
                }
            }
        }
    )*};
}
reference! {
    ContactRef = "contacts";
    PlanRef = "plans";
}

section! {
    /// One contact with the customer.
    pub struct Followup = "followups", t("Follow-ups", "跟进记录"), t("follow-up", "跟进"),
        t("What was said, and when.", "说过什么、什么时候说的。");
    date: NaiveDate, t("Date", "日期"), t("The day of the contact.", "跟进的日期。"), "2026-03-11", column;
    how: How, t("How", "跟进方式"), t("The way of contact.", "用什么方式跟进。"), "email", column;
    topic: String, t("Topic", "跟进主题"), t("What it was about, in a line.", "一句话说明主题。"), "Quotation for gear pumps", column;
    note: Option<String>, t("Note", "跟进情况"), t("What was said and agreed.", "说了什么、约定了什么。"), "Wants FOB Ningbo", column;
    contact: Option<ContactRef>, t("With", "联系人"), t("The person it was with, by the id of the contact.", "与谁联系，用联系人的编号。"), "k3f9q2";
    by: Option<Member>, t("By", "跟进人"), t("Who of us it was.", "我方的跟进人。"), "lin", column;
    entered_at: Option<DateTime<FixedOffset>>, t("Entered", "录入时间"), t("When it was entered; the program writes it.", "什么时候录入的；由程序写入。"), "2026-03-11T09:30:00+08:00";
    settles: Option<PlanRef>, t("Settles", "完成的计划"), t("The plan that this contact kept.", "这次跟进完成了哪条计划。"), "8hq2td";
}
