//! People at the customer, each with the channels by which they are reached (R-014, R-022,
//!

use chrono::NaiveDate;

use super::declare::{choices, section, t};
use crate::card::Kind;
use crate::card::value::{Birthday, CountryCode};

choices! {
    /// The part that a person plays in the decision.
    pub enum Role {
        DecisionMaker = "decision_maker", t("Decision maker", "决策人", "決策者"), also ["decider", "決策人"];
        Influencer = "influencer", t("Influencer", "影响者", "影響者"), also ["影響者"];
        Evaluator = "evaluator", t("Evaluator", "评估人", "評估者");
        Buyer = "buyer", t("Buyer", "采购", "採購");
        User = "user", t("User", "使用者", "使用者");
        Finance = "finance", t("Finance", "财务", "財務");
        Assistant = "assistant", t("Assistant", "助理", "助理");
        Other = "other", t("Other", "其他", "其他");
    }
}

choices! {
    /// R-025; may always be left out.
    pub enum Gender {
        Male = "m", t("Male", "男", "男");
        Female = "f", t("Female", "女", "女");
        Unstated = "unstated", t("Not stated", "未说明", "未說明");
    }
}

choices! {
    /// How a person is reached.
    pub enum ChannelKind {
        Email = "email", t("E-mail", "邮箱", "電子郵件"), also ["mail", "电子邮箱", "电子邮件", "邮件", "信箱", "電子信箱", "郵件"];
        Mobile = "mobile", t("Mobile", "手机", "手機"), also ["cell", "行動電話"];
        Phone = "phone", t("Phone", "电话", "電話"), also ["tel", "telephone"];
        Fax = "fax", t("Fax", "传真", "傳真");
        Wechat = "wechat", t("WeChat", "微信", "微信");
        Qq = "qq", t("QQ", "QQ 号", "QQ 號");
        Whatsapp = "whatsapp", t("WhatsApp", "WhatsApp 号", "WhatsApp 號碼");
        Linkedin = "linkedin", t("LinkedIn", "领英", "LinkedIn 帳號"), also ["領英"];
        Skype = "skype", t("Skype", "Skype 号", "Skype 帳號");
        Other = "other", t("Other", "其他", "其他");
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
    pub struct Channel = "channels", t("Channels", "联系方式", "聯絡方式"), t("channel", "联系方式", "聯絡方式"),
        t("How the person is reached; at most one is preferred.", "怎样联系这个人；首选的最多一个。", "怎樣聯絡這個人；首選的最多一個。");
    kind: ChannelKind, t("Kind", "种类", "種類"), t("Mail, mobile, phone, WeChat, …", "邮箱、手机、电话、微信等。", "電子郵件、手機、電話、微信等。"), "email", column;
    value: String, t("Value", "号码或地址", "號碼或地址"), t("The address or number, as it is dialled.", "地址或号码。", "地址或號碼。"), "anna@mueller.example", column;
    preferred: bool, t("Preferred", "首选", "首選"), t("Whether to try this one first.", "是否首选。", "是否首選。"), "yes";
    remark: Option<String>, t("Remark", "备注", "備註"), t("When or how to use it.", "什么时候或怎样使用。", "什麼時候或怎樣使用。"), "mornings only";
}

section! {
    /// A person at the customer.
    pub struct Contact = "contacts", t("Contacts", "联系人", "聯絡人"), t("contact", "联系人", "聯絡人"),
        t("The people at the customer.", "客户方的人。", "客戶方的人。");
    name: String, t("Name", "姓名", "姓名"), t("The person's name.", "姓名。", "姓名。"), "Anna Müller", column;
    title: Option<String>, t("Title", "职务", "職稱"), t("The position in the company.", "在公司的职务。", "在公司的職稱。"), "Purchasing manager", column;
    main: bool, t("Main", "主要联系人", "主要聯絡人"), t("Whether this is the one to turn to first.", "是否主要联系人。", "是否為主要聯絡人。"), "yes", column;
    role: Option<Role>, t("Role", "角色", "角色"), t("The part played in the decision.", "在决策中的作用。", "在決策中的作用。"), "decision_maker", column;
    relation: Option<String>, t("Relation", "关系、作用", "關係、作用"), t("The relation to us and to others, in words.", "与我方及他人的关系和作用。", "與我方及他人的關係和作用。"), "Reports to the managing director";
    since: Option<NaiveDate>, t("Since", "任职起始", "任職起日"), t("The day from which the person holds the position.", "从哪天起担任此职。", "從哪一天起擔任此職。"), "2024-05-01";
    until: Option<NaiveDate>, t("Until", "任职截止", "任職迄日"), t("The last day in the position; the person stays on the card.", "担任此职的最后一天；此人仍留在卡片上。", "擔任此職的最後一天；此人仍留在卡片上。"), "2026-02-28", column;
    gender: Option<Gender>, t("Gender", "性别", "性別"), t("For the form of address; may be left out.", "用于称呼；可不填。", "用於稱呼；可不填。"), "f", private;
    birthday: Option<Birthday>, t("Birthday", "生日", "生日"), t("With or without the year.", "年份可有可无。", "年份可有可無。"), "03-15", private;
    hobbies: Option<String>, t("Hobbies", "兴趣爱好", "興趣嗜好"), t("What the person likes; personal data.", "个人爱好；属个人信息。", "個人的興趣嗜好；屬個人資料。"), "Sailing", private;
    languages: Vec<String>, t("Languages", "语言", "語言"), t("The languages to write in.", "使用的语言。", "使用的語言。"), "de, en";
    holidays: Option<CountryCode>, t("Holidays of", "过哪国节日", "過哪國節日"), t("The country whose holidays the person keeps, where that is another one.", "此人过哪个国家/地区的节日；与客户所在国不同时填写。", "此人過哪個國家/地區的節日；與客戶所在國不同時填寫。"), "IN";
    address: Option<String>, t("Address", "住址", "住址"), t("A private address; personal data.", "个人住址；属个人信息。", "個人住址；屬個人資料。"), "Gartenweg 3, Berlin", private;
    remark: Option<String>, t("Remark", "其他", "其他"), t("Whatever else is worth knowing.", "其他值得知道的事。", "其他值得知道的事。"), "Prefers mail";
    [channels: Channel];
}
