//! Columns of a list that stand in no field of the card itself: of the main contact, of the latest
//! follow-up, of the next plan, and the whole log in a line. Each is a question of the sections'
//! tables, asked with today.

use crate::card::Kind;
use crate::card::schema::{Described, Field};
use crate::i18n::Text;
use crate::sections::{Channel, Contact, Followup, Plan};

/// A column that is looked up.
#[derive(Debug)]
pub struct Related {
    /// The key: in `--columns`, in conditions and in JSON.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// What it means.
    pub help: Text,
    from: From,
}

/// Where a column is looked up.
#[derive(Debug)]
enum From {
    /// A field of the main contact.
    Contact(&'static str),
    /// A channel of the main contact: kinds in the order in which they are taken, and the card's own
    /// field where the contact has none.
    Channel(&'static [&'static str], Option<&'static str>),
    /// The age of the main contact.
    Age,
    /// A field of the latest follow-up.
    Last(&'static str),
    /// A field of the earliest open plan.
    Next(&'static str),
    /// All follow-ups, newest first.
    Log,
    /// Fields of the card in one.
    Both(&'static str, &'static str),
}

const fn related(key: &'static str, label: Text, help: Text, from: From) -> Related {
    Related { key, label, help, from }
}

const OF_CONTACT: Text = Text::new("Of the main contact.", "主要联系人的资料。", "主要聯絡人的資料。");
const OF_LAST: Text = Text::new("Of the latest follow-up.", "最近一次跟进的内容。", "最近一次跟進的內容。");
const OF_NEXT: Text =
    Text::new("Of the earliest open plan.", "最早一条未完成计划的内容。", "最早一條未完成計畫的內容。");

/// Every column that is looked up.
pub const RELATED: &[Related] = &[
    related(
        "contact",
        Text::new("Contact", "联系人", "聯絡人"),
        Text::new(
            "The main contact, else the first who is still there.",
            "主要联系人；没有标明时取第一位在任的联系人。",
            "主要聯絡人；沒有標明時取第一位在任的聯絡人。",
        ),
        From::Contact("name"),
    ),
    related(
        "contact_title",
        Text::new("Title", "联系人职务", "聯絡人職務"),
        OF_CONTACT,
        From::Contact("title"),
    ),
    related(
        "contact_phone",
        Text::new("Contact's phone", "联系电话", "聯絡電話"),
        Text::new(
            "A number of the main contact, else the switchboard.",
            "主要联系人的电话；没有时为公司总机。",
            "主要聯絡人的電話；沒有時為公司總機。",
        ),
        From::Channel(&["phone", "mobile"], Some("phone")),
    ),
    related(
        "contact_mobile",
        Text::new("Contact's mobile", "联系人手机", "聯絡人手機"),
        OF_CONTACT,
        From::Channel(&["mobile"], None),
    ),
    related(
        "contact_email",
        Text::new("Contact's e-mail", "联系人邮箱", "聯絡人電子郵件"),
        Text::new(
            "The address of the main contact, else the general mailbox.",
            "主要联系人的邮箱；没有时为公司公用邮箱。",
            "主要聯絡人的電子郵件；沒有時為公司的公用信箱。",
        ),
        From::Channel(&["email"], Some("email")),
    ),
    related(
        "contact_role",
        Text::new("Contact's role", "联系人角色", "聯絡人角色"),
        OF_CONTACT,
        From::Contact("role"),
    ),
    related(
        "contact_relation",
        Text::new("Contact's relation", "联系人关系、作用", "聯絡人關係、作用"),
        OF_CONTACT,
        From::Contact("relation"),
    ),
    related(
        "contact_gender",
        Text::new("Contact's gender", "联系人性别", "聯絡人性別"),
        OF_CONTACT,
        From::Contact("gender"),
    ),
    related(
        "contact_birthday",
        Text::new("Contact's birthday", "联系人生日", "聯絡人生日"),
        OF_CONTACT,
        From::Contact("birthday"),
    ),
    related(
        "contact_age",
        Text::new("Contact's age", "联系人年龄", "聯絡人年齡"),
        Text::new(
            "In full years today, where the year of birth is known.",
            "按今天计算的周岁；出生年份已知时才有。",
            "以今天計算的足歲；知道出生年份時才有。",
        ),
        From::Age,
    ),
    related(
        "contact_hobbies",
        Text::new("Contact's hobbies", "联系人爱好", "聯絡人愛好"),
        OF_CONTACT,
        From::Contact("hobbies"),
    ),
    related(
        "contact_address",
        Text::new("Contact's address", "联系人住址", "聯絡人住址"),
        OF_CONTACT,
        From::Contact("address"),
    ),
    related(
        "contact_remark",
        Text::new("Contact's remark", "联系人备注", "聯絡人備註"),
        OF_CONTACT,
        From::Contact("remark"),
    ),
    related("last_how", Text::new("Last way", "上次方式", "上次方式"), OF_LAST, From::Last("how")),
    related("last_topic", Text::new("Last topic", "上次主题", "上次主題"), OF_LAST, From::Last("topic")),
    related("last_note", Text::new("Last note", "上次情况", "上次情況"), OF_LAST, From::Last("note")),
    related("last_by", Text::new("Last by", "上次跟进人", "上次跟進人"), OF_LAST, From::Last("by")),
    related("next_how", Text::new("Next way", "下次方式", "下次方式"), OF_NEXT, From::Next("how")),
    related("next_goal", Text::new("Next goal", "下次目标", "下次目標"), OF_NEXT, From::Next("goal")),
    related("next_by", Text::new("Next by", "下次负责人", "下次負責人"), OF_NEXT, From::Next("by")),
    related(
        "followup_log",
        Text::new("Log", "跟进日志", "跟進日誌"),
        Text::new(
            "Every follow-up with day and topic, newest first.",
            "每次跟进的日期和主题，最新的在前。",
            "每次跟進的日期和主題，最新的在前。",
        ),
        From::Log,
    ),
    related(
        "line_of_business",
        Text::new("Line of business", "行业及主营业务", "產業及主要業務"),
        Text::new(
            "Industry and main business in one.",
            "行业和主营业务合在一起。",
            "產業和主要業務合在一起。",
        ),
        From::Both("industry", "main_business"),
    ),
];

/// The column with this key.
pub fn related_column(key: &str) -> Option<&'static Related> {
    RELATED.iter().find(|r| r.key == key)
}

impl Related {
    /// The kind of what stands in it; text, where no field says more.
    pub fn kind(&self) -> Kind {
        let kind = |field: Option<&Field>| field.map_or(Kind::Text, |f| f.kind);
        match self.from {
            From::Contact(key) => kind(Contact::SECTION.field(key)),
            From::Last(key) => kind(Followup::SECTION.field(key)),
            From::Next(key) => kind(Plan::SECTION.field(key)),
            From::Age => Kind::Int { min: 0, max: 200 },
            From::Channel(..) | From::Log | From::Both(..) => Kind::Text,
        }
    }

    /// The question, beside a row `c` of the customers.
    pub(super) fn sql(&self) -> String {
        match self.from {
            From::Contact(key) => main_contact(&format!("k.{key}")),
            From::Age => format!("age({})", main_contact("k.birthday")),
            From::Channel(kinds, own) => channel(kinds, own),
            From::Last(key) => format!(
                "(SELECT f.{key} FROM main.followups f WHERE f.card = c.card ORDER BY f.date DESC, f.ordinal DESC LIMIT 1)"
            ),
            From::Next(key) => format!(
                "(SELECT p.{key} FROM main.dates d JOIN main.plans p ON p.card = d.card AND p.id = d.record \
                  WHERE d.source = 'plan' AND d.field = 'date' AND d.card = c.card ORDER BY d.date, p.ordinal LIMIT 1)"
            ),
            // A semicolon parts the entries, so none stands in one.
            From::Log => "(SELECT group_concat(ltrim(substr(f.date, 6, 2), '0') || '/' \
                 || ltrim(substr(f.date, 9, 2), '0') || ' ' || replace(f.topic, ';', ','), '; ' \
                 ORDER BY f.date DESC, f.ordinal DESC) FROM main.followups f WHERE f.card = c.card)"
                .to_owned(),
            From::Both(first, second) => format!("nullif(concat_ws('; ', c.{first}, c.{second}), '')"),
        }
    }
}

/// Something of the main contact: who has left is not asked for while somebody else is there.
fn main_contact(what: &str) -> String {
    format!(
        "(SELECT {what} FROM main.contacts k WHERE k.card = c.card \
          ORDER BY coalesce(k.until < today(), 0), coalesce(k.main, 0) DESC, k.ordinal LIMIT 1)"
    )
}

fn channel(kinds: &[&str], own: Option<&str>) -> String {
    let in_order: Vec<String> =
        kinds.iter().enumerate().map(|(at, kind)| format!("WHEN '{kind}' THEN {at}")).collect();
    let named: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let found = format!(
        "(SELECT h.value FROM main.{channels} h WHERE h.card = c.card AND h.parent = {contact} AND h.kind IN ({named}) \
          ORDER BY coalesce(h.preferred, 0) DESC, CASE h.kind {in_order} END, h.ordinal LIMIT 1)",
        channels = Channel::SECTION.key,
        contact = main_contact("k.id"),
        named = named.join(", "),
        in_order = in_order.join(" "),
    );
    match own {
        Some(own) => format!("coalesce({found}, c.{own})"),
        None => found,
    }
}
