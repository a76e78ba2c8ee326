//! Ready views: lists with the columns and heads of the tables that a trading company keeps in its
//! sheets, as far as today's fields fill them. A view of that name in `crm.toml` goes
//! before the ready one.

use crate::i18n::Text;

/// A list that is ready.
#[derive(Debug)]
pub struct ReadyView {
    /// The name.
    pub name: &'static str,
    /// What people see.
    pub label: Text,
    /// The columns in the table's order, each with the table's own head.
    pub columns: &'static [(&'static str, Text)],
    /// Heads of the table for which cards have no field yet.
    pub without: &'static [Text],
    /// A condition, where the table is not of all customers.
    pub condition: Option<&'static str>,
}

const fn head(en: &'static str, zh_cn: &'static str, zh_tw: &'static str) -> Text {
    Text::new(en, zh_cn, zh_tw)
}

/// Every ready view, in the order of the requirements.
pub static READY: &[ReadyView] = &[
    // R-021, the first section of the index.
    ReadyView {
        name: "basics",
        label: head("Basic information", "客户基本信息", "客戶基本資料"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("country", head("Country/region", "客户国家/地区", "國家/地區")),
            ("contact", head("Contact", "联系人姓名", "聯絡人姓名")),
            ("contact_title", head("Title", "联系人职位", "聯絡人職稱")),
            ("contact_phone", head("Phone", "联系电话", "聯絡電話")),
            ("contact_email", head("E-mail", "电子邮箱", "電子郵件")),
            ("website", head("Website", "企业网址", "公司網址")),
        ],
        without: &[],
        condition: None,
    },
    // R-022, the basic data of the template.
    ReadyView {
        name: "template",
        label: head("Basic data of the template", "基本信息模板", "基本資料範本"),
        columns: &[
            ("short_name", head("Customer", "客户名称", "客戶名稱")),
            ("name", head("Company", "公司名称", "公司名稱")),
            ("address", head("Company address", "公司地址", "公司地址")),
            ("contact", head("Contact", "联系人姓名", "聯絡人姓名")),
            ("contact_title", head("Title", "职位", "職稱")),
            ("contact_email", head("E-mail", "邮箱", "電子郵件")),
            ("contact_phone", head("Phone", "电话号码", "電話號碼")),
            ("website", head("Website", "网站", "網站")),
        ],
        without: &[],
        condition: None,
    },
    //
    ReadyView {
        name: "people",
        label: head("Customer information table", "客户信息表", "客戶資料表"),
        columns: &[
            ("no", head("No.", "编号", "編號")),
            ("contact", head("Name", "姓名", "姓名")),
            ("contact_gender", head("Gender", "性别", "性別")),
            ("contact_age", head("Age", "年龄", "年齡")),
            ("contact_address", head("Address", "住址", "住址")),
            ("contact_remark", head("Other", "其他", "其他")),
            ("contact_title", head("Position", "职务", "職稱")),
            ("contact_mobile", head("Mobile", "手机", "手機")),
        ],
        without: &[],
        condition: None,
    },
    // R-028, the head of the follow-up sheet.
    ReadyView {
        name: "sheet",
        label: head("Follow-up sheet", "客户跟进表", "客戶跟進表"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("industry", head("Industry", "行业", "產業")),
            ("company_nature", head("Company nature", "公司性质", "公司性質")),
            ("address", head("Address", "地址", "地址")),
            ("need_and_intent", head("Need and intent", "客户需求及意向", "客戶需求及意向")),
            ("contact", head("Contact", "姓名", "姓名")),
            ("contact_title", head("Position", "职务", "職稱")),
            ("contact_phone", head("Phone", "联系电话", "聯絡電話")),
            ("contact_relation", head("Relation and part", "关系、作用", "關係、作用")),
        ],
        without: &[],
        condition: None,
    },
    // R-029, the base block of the visit record.
    ReadyView {
        name: "visit_base",
        label: head("Visit record: base information", "拜访记录：基础信息", "拜訪紀錄：基本資料"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("address", head("Address", "具体地址", "詳細地址")),
            ("line_of_business", head("Industry and main business", "行业及主营业务", "產業及主要業務")),
        ],
        without: &[],
        condition: None,
    },
    // R-032; the dated log as in R-087.
    ReadyView {
        name: "foreign",
        label: head("Foreign customers", "国外客户跟踪表", "國外客戶追蹤表"),
        columns: &[
            ("products", head("Product", "产品", "產品")),
            ("contact", head("Contact", "联系人", "聯絡人")),
            ("country", head("Country", "国家", "國家")),
            ("biz_type", head("Type", "客户类型", "客戶類型")),
            ("followup_log", head("Log", "跟进情况", "跟進情況")),
        ],
        without: &[head("Importance", "重要程度", "重要程度")],
        condition: Some("country <> home()"),
    },
    // R-034, both halves of the salesperson's card.
    ReadyView {
        name: "data_card",
        label: head("Customer data card", "客户信息资料卡", "客戶資料卡"),
        columns: &[
            ("name", head("Name", "名称", "名稱")),
            ("contact_phone", head("Phone", "电话", "電話")),
            ("address", head("Address", "地址", "地址")),
            ("contact", head("Trade contact", "交易联系人", "交易聯絡人")),
            ("payment_attitude", head("Payment attitude", "付款态度", "付款態度")),
            ("payment_time", head("Payment time", "付款时间", "付款時間")),
            ("bank_dealings", head("Bank dealings", "银行往来情况", "銀行往來情況")),
            ("finance_holder", head("Holder of the purse", "财务实权掌管人", "財務實權掌管人")),
            ("payment_method", head("Payment method", "付款方式", "付款方式")),
            ("dealing_figures", head("Figures of dealings", "往来数据", "往來數字")),
        ],
        without: &[
            head("Order date", "订购日期", "訂購日期"),
            head("Product", "品名", "品名"),
            head("Quantity", "数量", "數量"),
            head("Unit price", "单价", "單價"),
            head("Amount", "金额", "金額"),
        ],
        condition: None,
    },
    // the remarks.
    ReadyView {
        name: "remarks",
        label: head("Remarks", "备注信息", "備註事項"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("background", head("History", "历史背景", "歷史背景")),
            ("contact_hobbies", head("Hobbies", "兴趣爱好", "興趣嗜好")),
            ("experience", head("Experience", "行业经验", "業界經驗")),
            ("special_needs", head("Special needs", "特殊需求", "特殊需求")),
            ("willingness", head("Willingness", "合作意愿", "合作意願")),
        ],
        without: &[
            head("Competitors", "竞争对手信息", "競爭對手概況"),
            head("Risks", "合作风险", "合作風險"),
        ],
        condition: None,
    },
    //
    ReadyView {
        name: "dealings",
        label: head("Record of dealings", "业务往来记录", "業務往來紀錄"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("first_followup", head("First contact", "首次联系时间", "首次聯絡時間")),
            ("followups", head("Follow-ups", "跟进次数", "跟進次數")),
        ],
        without: &[
            head("Orders", "成交订单数量", "成交訂單數量"),
            head("Turnover", "成交金额", "成交金額"),
            head("Why there was no deal", "未成交原因分析", "未成交原因分析"),
        ],
        condition: None,
    },
    // the latest entry of each customer's record.
    ReadyView {
        name: "tracking",
        label: head("Tracking record", "客户跟踪记录表", "客戶追蹤紀錄"),
        columns: &[
            ("name", head("Customer", "客户名称", "客戶名稱")),
            ("last_how", head("Way", "跟进方式", "跟進方式")),
            ("last_topic", head("Topic", "跟进主题", "跟進主題")),
            ("last_note", head("Situation", "跟进情况", "跟進情況")),
            ("last_by", head("By", "跟进人", "跟進人")),
            ("last_followup", head("Date", "日期", "日期")),
        ],
        without: &[head("Readiness", "客户类别", "客戶類別")],
        condition: None,
    },
    //
    ReadyView {
        name: "salespeople",
        label: head("Follow-ups of the export staff", "外贸人员客户跟进表", "外銷人員客戶跟進表"),
        columns: &[
            ("last_followup", head("Date", "日期", "日期")),
            ("no", head("No.", "序号", "序號")),
            ("name", head("Customer", "客户名", "客戶名稱")),
            ("owner", head("Operator", "操作人", "承辦人")),
            ("country", head("Country/region", "国家/区域", "國家/地區")),
        ],
        without: &[head("Level", "等级", "等級")],
        condition: None,
    },
];

/// The ready view of this name or label.
pub fn ready(typed: &str) -> Option<&'static ReadyView> {
    let folded = typed.trim().to_lowercase();
    let is_called = |v: &&ReadyView| v.name == folded || v.label.every().any(|l| l.to_lowercase() == folded);
    READY.iter().find(is_called)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_has_a_name_and_labels_of_its_own() {
        for view in READY {
            assert!(ready(view.name).is_some_and(|v| std::ptr::eq(v, view)), "{}", view.name);
            for label in view.label.every() {
                assert!(ready(label).is_some_and(|v| std::ptr::eq(v, view)), "{label}");
            }
            assert!(
                !view.columns.is_empty()
                    && view.columns.iter().all(|(_, h)| h.every().all(|t| !t.is_empty()))
            );
        }
    }
}
