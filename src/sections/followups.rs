//! What was said with the customer, and when: the tracking entry, the call, the e-mail
//! and the visit are one section, told apart by the way of contact.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::declare::{choices, section, t};
use crate::card::schema::{Kind, Typed};
use crate::card::value::{Member, Minutes, Value};

choices! {
    /// The way of contact: the six modes of the tracking form, and e-mail.
    pub enum How {
        DoorVisit = "door_visit", t("Door visit", "直接登门", "登門拜訪"), also ["visit", "直接登門", "拜访", "登门", "拜訪", "登門"];
        InvitedVisit = "invited_visit", t("Invited visit", "邀约登门", "邀約拜訪"), also ["meeting", "邀約登門", "邀约", "邀約"];
        Phone = "phone", t("Phone", "电话跟进", "電話跟進"), also ["call", "电话", "電話跟進", "電話"];
        WebChat = "web_chat", t("Web chat", "网络对话", "網路對話"), also ["chat", "im", "wechat", "whatsapp", "網絡對話", "微信"];
        Sms = "sms", t("SMS", "手机短信", "手機簡訊"), also ["text_message", "手機短信", "短信", "簡訊", "短訊"];
        Email = "email", t("E-mail", "电子邮件", "電子郵件"), also ["mail", "e_mail", "邮件", "電子郵件", "郵件"];
        Other = "other", t("Other", "其它", "其他"), also ["其他"];
    }
}

choices! {
    /// What a visit is for.
    pub enum Purpose {
        FirstVisit = "first_visit", t("First visit", "初次拜访", "初次拜訪");
        LearnCustomer = "learn_customer", t("Learn about the customer", "了解客户情况", "了解客戶情況"), also ["learn"];
        Recommend = "recommend", t("Recommend products", "推荐产品", "推薦產品");
        HandleObjection = "handle_objection", t("Handle objections", "解决客户异议", "解決客戶異議"), also ["objection"];
        AfterService = "after_service", t("After-sales service", "后续服务", "後續服務"), also ["service"];
    }
}

choices! {
    /// How a row of visits ended.
    pub enum Verdict {
        Won = "won", t("Won", "成交", "成交");
        Abandoned = "abandoned", t("Abandoned", "放弃", "放棄");
    }
}

/// The id of a contact of the same card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRef(pub String);

/// The id of a follow-up of the same card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowupRef(pub String);

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
    FollowupRef = "followups";
    PlanRef = "plans";
}

section! {
    /// A question that the customer asked.
    pub struct Question = "questions", t("Questions", "客户问题", "客戶問題"), t("question", "客户问题", "客戶問題"),
        t("What the customer asked, and what we answered.", "客户问了什么、我方怎样解答。", "客戶問了什麼、我方如何解答。");
    question: String, t("Question", "客户问题", "客戶問題"), t("What the customer asked.", "客户提出的问题。", "客戶提出的問題。"), "How long is the guarantee?", column;
    answer: Option<String>, t("Answer", "解答", "解答"), t("What we answered.", "我方的解答。", "我方的解答。"), "Two years", column;
}

section! {
    /// One contact with the customer.
    pub struct Followup = "followups", t("Follow-ups", "跟进记录", "跟進紀錄"), t("follow-up", "跟进", "跟進"),
        t("What was said, and when.", "说过什么、什么时候说的。", "說過什麼、什麼時候說的。");
    date: NaiveDate, t("Date", "日期", "日期"), t("The day of the contact.", "跟进的日期。", "跟進的日期。"), "2026-03-11", column;
    how: How, t("How", "跟进方式", "跟進方式"), t("The way of contact.", "用什么方式跟进。", "用什麼方式跟進。"), "email", column;
    topic: String, t("Topic", "跟进主题", "跟進主題"), t("What it was about, in a line.", "一句话说明主题。", "一句話說明主題。"), "Quotation for gear pumps", column;
    note: Option<String>, t("Note", "跟进情况", "跟進情況"), t("What was said and agreed.", "说了什么、约定了什么。", "說了什麼、約定了什麼。"), "Wants FOB Ningbo", column;
    contact: Option<ContactRef>, t("With", "联系人", "聯絡人"), t("The person it was with, by the id of the contact.", "与谁联系，用联系人的编号。", "與誰聯絡，用聯絡人的編號。"), "k3f9q2";
    by: Option<Member>, t("By", "跟进人", "跟進人"), t("Who of us it was.", "我方的跟进人。", "我方的跟進人。"), "lin", column;
    began: Option<DateTime<FixedOffset>>, t("Began", "开始时间", "開始時間"), t("When the visit or call began.", "拜访或通话什么时候开始。", "拜訪或通話什麼時候開始。"), "2026-03-11T14:00:00+08:00";
    ended: Option<DateTime<FixedOffset>>, t("Ended", "结束时间", "結束時間"), t("When it ended.", "什么时候结束。", "什麼時候結束。"), "2026-03-11T15:30:00+08:00";
    minutes: Option<Minutes>, t("Minutes", "通话时长(分钟)", "通話時長(分鐘)"), t("How long the call was, in minutes.", "通话时长，以分钟计。", "通話時長，以分鐘計。"), "12";
    feedback: Option<String>, t("Feedback", "对方反馈", "對方回應"), t("What the customer said to it.", "对方的反馈。", "對方的回應。"), "Will ask the boss";
    place: Option<String>, t("Place", "地点", "地點"), t("Where the visit was.", "拜访地点。", "拜訪地點。"), "Their works in Berlin";
    people: Vec<String>, t("People", "人物", "人物"), t("Who was there on their side.", "对方在场的人。", "對方在場的人。"), "Anna Müller, Karl Müller";
    companions: Vec<String>, t("Companions", "协同人员", "協同人員"), t("Who of us went along, by the key of the team.", "我方同去的人，用团队中的代号。", "我方同行的人，用團隊中的代號。"), "wang, chen";
    requested_by: Option<Member>, t("Requested by", "要求人", "要求人"), t("The manager who asked for the visit.", "要求拜访的主管。", "要求拜訪的主管。"), "chen";
    purpose: Option<Purpose>, t("Purpose", "拜访目的", "拜訪目的"), t("What the visit was for.", "拜访的目的。", "拜訪的目的。"), "first_visit";
    goal: Option<String>, t("Goal", "拜访目标", "拜訪目標"), t("What the visit was to reach.", "拜访要达到的目标。", "拜訪要達到的目標。"), "Samples of GP-20 tried";
    background: Option<String>, t("Background", "背景信息", "背景資訊"), t("What was known before the visit.", "拜访前已知的情况。", "拜訪前已知的情況。"), "Buys from a rival so far";
    prep: Option<String>, t("Preparation", "拜访准备", "拜訪準備"), t("What was prepared.", "事先的准备。", "事先的準備。"), "Catalogue, two samples";
    result: Option<String>, t("Result", "达成情况", "達成情況"), t("What was reached.", "达成了什么。", "達成了什麼。"), "They will try two samples";
    effective: bool, t("Effective", "有实效", "有實效"), t("Whether it brought a result: the count of visits without result begins anew.", "是否取得实效；取得后未见实效的拜访次数重新计算。", "是否取得實效；取得後未見實效的拜訪次數重新計算。"), "yes";
    intel: Option<String>, t("Intelligence", "收获情报", "獲得情報"), t("What was learned of the market and of rivals.", "了解到的市场和竞争情况。", "得知的市場與競爭情況。"), "A rival offers 5 % less";
    strategy: Option<String>, t("Way on", "跟进方案", "跟進方案"), t("How to go on.", "接下来怎样跟进。", "接下來如何跟進。"), "Offer a trial order";
    verdict: Option<Verdict>, t("Verdict", "跟踪结果", "追蹤結果"), t("How the row of visits ended, from the fifth visit on.", "从第五次拜访起，一轮拜访的结果。", "從第五次拜訪起，一輪拜訪的結果。"), "won";
    abandon_reason: Option<String>, t("Why abandoned", "放弃跟踪原因", "放棄追蹤原因"), t("Why the customer was given up.", "为什么放弃这个客户。", "為什麼放棄這個客戶。"), "Bound to a rival for years";
    lessons: Option<String>, t("Lessons", "成交心得", "成交心得"), t("What led to the deal.", "成交的经验。", "成交的經驗。"), "Samples convinced them";
    self_review: Option<String>, t("Self-review", "自我总结", "自我總結"), t("What to do better.", "自己的总结。", "自己的總結。"), "Bring an engineer earlier";
    sent_at: Option<DateTime<FixedOffset>>, t("Sent", "发送日期", "寄送時間"), t("When the mail was sent.", "邮件发送的时间。", "郵件寄送的時間。"), "2026-03-11T09:12:00+08:00";
    recipients: Vec<String>, t("Recipients", "收件人", "收件人"), t("To whom the mail went.", "邮件的收件人。", "郵件的收件人。"), "anna@mueller.example";
    copies: Vec<String>, t("Copies", "抄送人", "副本收件人"), t("Who got a copy.", "邮件的抄送人。", "郵件的副本收件人。"), "karl@mueller.example";
    paper: Option<String>, t("Paper", "正文文件", "內文檔案"), t("The file beside the card that has the body or the minutes.", "卡片旁存放正文或纪要的文件。", "卡片旁存放內文或紀要的檔案。"), "2026-03-11 quotation.eml";
    attachments: Vec<String>, t("Attachments", "附件", "附件"), t("The files that went with the mail.", "邮件的附件。", "郵件的附件。"), "Q26L012.pdf";
    message_id: Option<String>, t("Message-ID", "邮件标识", "郵件識別碼"), t("The mail's own id; the same mail is never logged twice.", "邮件自带的标识；同一封邮件不会记录两次。", "郵件自帶的識別碼；同一封郵件不會記錄兩次。"), "<a1@mueller.example>";
    mailing: bool, t("Mailing", "群发新品", "電子報"), t("Whether it was news sent to many: no personal contact.", "是否为群发的新品信息；不算个别联系。", "是否為寄給多人的電子報；不算個別聯絡。"), "yes";
    incoming: bool, t("Incoming", "客户来联系", "客戶來聯絡"), t("Whether the customer turned to us.", "是否由客户主动联系。", "是否由客戶主動聯絡。"), "yes";
    entered_at: Option<DateTime<FixedOffset>>, t("Entered", "录入时间", "登錄時間"), t("When it was entered; the program writes it.", "什么时候录入的；由程序写入。", "什麼時候登錄的；由程式寫入。"), "2026-03-11T09:30:00+08:00";
    settles: Option<PlanRef>, t("Settles", "完成的计划", "完成的計畫"), t("The plan that this contact kept.", "这次跟进完成了哪条计划。", "這次跟進完成了哪一項計畫。"), "8hq2td";
    [questions: Question];
}
