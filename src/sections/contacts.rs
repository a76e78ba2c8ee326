//! People at the customer, each with the channels by which they are reached (R-014, R-022,
//!

use chrono::NaiveDate;

use super::declare::{choices, section, t};
use crate::card::Kind;
use crate::card::value::Birthday;

choices! {
    /// The part that a person plays in the decision.
    pub enum Role {
        DecisionMaker = "decision_maker", t("Decision maker", "决策人"), also ["decider", "決策人"];
        Influencer = "influencer", t("Influencer", "影响者"), also ["影響者"];
        Evaluator = "evaluator", t("Evaluator", "评估人");
        Buyer = "buyer", t("Buyer", "采购");
        User = "user", t("User", "使用者");
        Finance = "finance", t("Finance", "财务");
        Assistant = "assistant", t("Assistant", "助理");
        Other = "other", t("Other", "其他");
    }
}

choices! {
    /// R-025; may always be left out.
    pub enum Gender {
        Male = "m", t("Male", "男");
        Female = "f", t("Female", "女");
        Unstated = "unstated", t("Not stated", "未说明");
    }
}

choices! {
    /// How a person is reached.
    pub enum ChannelKind {
        Email = "email", t("E-mail", "邮箱"), also ["mail", "电子邮箱", "电子邮件", "邮件"];
        Mobile = "mobile", t("Mobile", "手机"), also ["cell"];
        Phone = "phone", t("Phone", "电话"), also ["tel", "telephone"];
        Fax = "fax", t("Fax", "传真");
        Wechat = "wechat", t("WeChat", "微信");
        Qq = "qq", t("QQ", "QQ 号");
        Whatsapp = "whatsapp", t("WhatsApp", "WhatsApp 号");
        Linkedin = "linkedin", t("LinkedIn", "领英");
        Skype = "skype", t("Skype", "Skype 号");
        Other = "other", t("Other", "其他");
    }
}

impl ChannelKind {
    /// How the value of a channel of this kind is checked.
    pub fn form(token: &str) -> Kind {
        match token {
            "email" => Kind::Email,
            "phone" | "mobile" | "fax" => Kind::Phone,
            _ => Kind::Text,
        }
    }
}

section! {
    /// One way to reach a person.
    pub struct Channel = "channels", t("Channels", "联系方式"), t("channel", "联系方式"),
        t("How the person is reached; at most one is preferred.", "怎样联系这个人；首选的最多一个。");
    kind: ChannelKind, t("Kind", "种类"), t("Mail, mobile, phone, WeChat, …", "邮箱、手机、电话、微信等。"), "email", column;
    value: String, t("Value", "号码或地址"), t("The address or number, as it is dialled.", "地址或号码。"), "anna@mueller.example", column;
    preferred: bool, t("Preferred", "首选"), t("Whether to try this one first.", "是否首选。"), "yes";
    remark: Option<String>, t("Remark", "备注"), t("When or how to use it.", "什么时候或怎样使用。"), "mornings only";
}

section! {
    /// A person at the customer.
    pub struct Contact = "contacts", t("Contacts", "联系人"), t("contact", "联系人"),
        t("The people at the customer.", "客户方的人。");
    name: String, t("Name", "姓名"), t("The person's name.", "姓名。"), "Anna Müller", column;
    title: Option<String>, t("Title", "职务"), t("The position in the company.", "在公司的职务。"), "Purchasing manager", column;
    main: bool, t("Main", "主要联系人"), t("Whether this is the one to turn to first.", "是否主要联系人。"), "yes", column;
    role: Option<Role>, t("Role", "角色"), t("The part played in the decision.", "在决策中的作用。"), "decision_maker", column;
    relation: Option<String>, t("Relation", "关系、作用"), t("The relation to us and to others, in words.", "与我方及他人的关系和作用。"), "Reports to the managing director";
    since: Option<NaiveDate>, t("Since", "任职起始"), t("The day from which the person holds the position.", "从哪天起担任此职。"), "2024-05-01";
    until: Option<NaiveDate>, t("Until", "任职截止"), t("The last day in the position; the person stays on the card.", "担任此职的最后一天；此人仍留在卡片上。"), "2026-02-28", column, due;
    gender: Option<Gender>, t("Gender", "性别"), t("For the form of address; may be left out.", "用于称呼；可不填。"), "f", private;
    birthday: Option<Birthday>, t("Birthday", "生日"), t("With or without the year.", "年份可有可无。"), "03-15", private, due;
    hobbies: Option<String>, t("Hobbies", "兴趣爱好"), t("What the person likes; personal data.", "个人爱好；属个人信息。"), "Sailing", private;
    languages: Vec<String>, t("Languages", "语言"), t("The languages to write in.", "使用的语言。"), "de, en";
    address: Option<String>, t("Address", "住址"), t("A private address; personal data.", "个人住址；属个人信息。"), "Gartenweg 3, Berlin", private;
    remark: Option<String>, t("Remark", "其他"), t("Whatever else is worth knowing.", "其他值得知道的事。"), "Prefers mail";
    [channels: Channel];
}
