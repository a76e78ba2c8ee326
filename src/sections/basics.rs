//! The card's own fields: who the customer is.
//! Stage and country are not here: they are where the folder stands.

use chrono::NaiveDate;

use super::declare::{choices, section, t};
use crate::card::value::{Email, Member, Money, Percent, Period, Phone, Web};

choices! {
    /// Whether the card is about a company or a person.
    pub enum CustomerKind {
        Enterprise = "enterprise", t("Company", "企业", "企業"), also ["企業", "enterprise"];
        Person = "person", t("Person", "个人", "個人"), also ["個人", "individual"];
    }
}

choices! {
    /// Whether the customer resells or uses.
    pub enum Nature {
        Trader = "trader", t("Trader", "贸易商", "貿易商");
        Buyer = "buyer", t("Buyer", "买家", "買家");
    }
}

choices! {
    /// The type of business; a company may use words of its own.
    pub open BizType {
        "trading_company", t("Trading company", "贸易公司", "貿易公司");
        "buying_office", t("Buying office", "采购办事处", "採購辦事處");
        "importer", t("Importer", "进口商", "進口商");
        "distributor", t("Distributor", "经销商", "經銷商");
        "wholesaler", t("Wholesaler", "批发商", "批發商");
        "retailer", t("Retailer", "零售商", "零售商");
        "manufacturer", t("Manufacturer", "生产商", "製造商");
        "agent", t("Agent", "代理商", "代理商");
        "contractor", t("Contractor", "承包商", "承包商");
        "personal", t("Personal", "个人买家", "個人買家");
    }
}

choices! {
    /// The legal nature of the company.
    pub open CompanyNature {
        "private", t("Privately owned", "私营", "民營");
        "state_owned", t("State-owned", "国有", "國營");
        "listed", t("Listed", "上市", "上市");
        "joint_venture", t("Joint venture", "合资", "合資");
        "foreign_owned", t("Foreign-owned", "外资", "外資");
        "sole_trader", t("Sole trader", "个体经营", "獨資經營"), also ["个体", "獨資"];
    }
}

choices! {
    /// How a customer pays.
    pub enum PaymentAttitude {
        Prompt = "prompt", t("Prompt", "及时", "準時");
        Slow = "slow", t("Slow", "拖延", "拖延");
        Disputed = "disputed", t("Disputes", "有争议", "有爭議");
    }
}

choices! {
    /// The usual way of payment.
    pub open PaymentMethod {
        "tt", t("T/T", "电汇", "電匯"), also ["t/t", "电汇 T/T", "電匯 T/T"];
        "lc", t("L/C", "信用证", "信用狀"), also ["l/c", "信用證"];
        "dp", t("D/P", "付款交单", "付款交單"), also ["d/p"];
        "da", t("D/A", "承兑交单", "承兌交單"), also ["d/a"];
        "oa", t("O/A", "赊销", "記帳交易"), also ["o/a", "open account", "賒銷", "記帳", "放帳"];
        "cash", t("Cash in advance", "预付货款", "預付貨款"), also ["预付现金", "預付現金"];
        "other", t("Other", "其他", "其他");
    }
}

choices! {
    /// How the customer likes to be contacted.
    pub open ContactMode {
        "phone", t("Telephone", "电话", "電話"), also ["phone"];
        "email", t("E-mail", "邮件", "郵件"), also ["mail", "电子邮件", "電子郵件"];
        "im", t("Instant messages", "即时通讯", "即時通訊"), also ["chat", "网络对话", "網路對話"];
        "visit", t("Visit", "拜访", "拜訪"), also ["登门", "登門"];
    }
}

choices! {
    /// What following the customer up is about.
    pub enum Focus {
        Product = "product", t("Product", "产品", "產品");
        Price = "price", t("Price", "价格", "價格");
        Delivery = "delivery", t("Delivery", "交货期", "交貨期"), also ["交期"];
    }
}

choices! {
    /// How much the customer wants to work with us.
    pub enum Willingness {
        Low = "low", t("Low", "低", "低");
        Medium = "medium", t("Medium", "中", "中");
        High = "high", t("High", "高", "高");
    }
}

section! {
    /// The card's own fields.
    pub struct Basics = "card", t("Customer", "客户", "客戶"), t("customer", "客户", "客戶"),
        t("Who the customer is.", "客户是谁。", "客戶是誰。");
    no: Option<String>, t("No.", "编号", "編號"), t("The number for people and paper; given by the program and never changed.", "给人和单据用的编号；由程序给出，永不更改。", "給人和單據用的編號；由程式給出，永不變更。"), "L0007", column;
    name: String, t("Name", "客户名称", "客戶名稱"), t("The full name, in the customer's own script.", "客户全称，用客户自己的文字。", "客戶全名，用客戶自己的文字。"), "Müller Maschinenbau GmbH", column;
    short_name: Option<String>, t("Short name", "简称", "簡稱"), t("The name that colleagues use.", "同事之间用的名称。", "同事之間用的名稱。"), "Müller";
    local_name: Option<String>, t("Local name", "本地名称", "當地名稱"), t("The name in another script.", "另一种文字的名称。", "另一種文字的名稱。"), "米勒机械";
    kind: Option<CustomerKind>, t("Kind", "类别", "類別"), t("A company or a person.", "企业还是个人。", "企業還是個人。"), "enterprise";
    owner: Option<Member>, t("Owner", "业务代表", "業務員"), t("The salesperson who is responsible, by the key of the team.", "负责的业务人员，用团队中的代号。", "負責的業務員，用團隊中的代號。"), "lin", column;
    nature: Option<Nature>, t("Nature", "性质", "性質"), t("Whether the customer resells or buys for its own use.", "贸易商还是买家。", "貿易商還是買家。"), "trader";
    biz_type: Option<BizType>, t("Type", "类型", "類型"), t("The type of business; other words than those listed are kept.", "客户类型；列表之外的词也会保留。", "客戶類型；清單之外的詞也會保留。"), "importer";
    company_nature: Option<CompanyNature>, t("Company nature", "公司性质", "公司性質"), t("Who owns the company.", "公司的所有制性质。", "公司的所有權性質。"), "private";
    industry: Option<String>, t("Industry", "行业", "產業"), t("The customer's line of business.", "客户所在的行业。", "客戶所屬的產業。"), "Hydraulics";
    main_business: Option<String>, t("Main business", "主营业务", "主要業務"), t("What the customer mainly makes or sells.", "客户主要生产或销售什么。", "客戶主要生產或銷售什麼。"), "Hydraulic presses";
    products: Vec<String>, t("Products", "产品", "產品"), t("The products that interest the customer.", "客户感兴趣的产品。", "客戶感興趣的產品。"), "gear pumps, valves";
    website: Option<Web>, t("Website", "企业网址", "公司網址"), t("The address on the web.", "公司网站地址。", "公司網站的網址。"), "mueller.example";
    phone: Option<Phone>, t("Phone", "电话", "電話"), t("The switchboard; a person's numbers stand with the contact.", "总机；个人号码记在联系人下。", "總機；個人號碼記在聯絡人之下。"), "+49 30 1234567";
    fax: Option<Phone>, t("Fax", "传真", "傳真"), t("The fax number.", "传真号码。", "傳真號碼。"), "+49 30 1234568";
    email: Option<Email>, t("E-mail", "电子邮箱", "電子郵件"), t("The general mailbox; a person's address stands with the contact.", "公用邮箱；个人邮箱记在联系人下。", "公用信箱；個人的電子郵件記在聯絡人之下。"), "info@mueller.example";
    address: Option<String>, t("Address", "地址", "地址"), t("Street and number of the office.", "办公地点的街道和门牌。", "辦公地點的街道和門牌。"), "Hauptstraße 5";
    city: Option<String>, t("City", "城市", "城市"), t("The town of the office.", "办公地点所在城市。", "辦公地點所在城市。"), "Berlin", column;
    region: Option<String>, t("Region", "省/州", "省/州"), t("Province, state or county.", "省、州或郡。", "省、州或郡。"), "Brandenburg";
    postal_code: Option<String>, t("Postal code", "邮编", "郵遞區號"), t("The postal code of the office.", "办公地点的邮政编码。", "辦公地點的郵遞區號。"), "10115";
    registered_address: Option<String>, t("Registered address", "注册地址", "登記地址"), t("Where the company is registered, when that is elsewhere.", "注册地址与办公地点不同时填写。", "登記地址與辦公地點不同時填寫。"), "Industriestraße 1, Potsdam";
    country_original: Option<String>, t("Country as given", "原国家代码", "原國家代碼"), t("The old or wrong country code that a list gave; where the folder stands is the country of today.", "名单上原来写的旧国家代码或错误代码；现在的国家/地区以文件夹为准。", "名單上原來寫的舊國家代碼或錯誤代碼；現在的國家/地區以資料夾為準。"), "ZR-扎伊尔";
    time_zone: Option<String>, t("Time zone", "时区", "時區"), t("The customer's own time zone, where it is not that of the country.", "客户所在时区；与该国/地区主要时区不同时填写。", "客戶所在時區；與該國/地區主要時區不同時填寫。"), "America/Los_Angeles";
    contact_every: Option<Period>, t("Contact every", "沟通频率", "溝通頻率"), t("The customer's own rhythm of contact; else that of the settings.", "该客户自己的联系频率；不填则按设置。", "該客戶自己的聯絡頻率；不填則依設定。"), "14d";
    contact_modes: Vec<ContactMode>, t("Contact modes", "沟通方式", "溝通方式"), t("How the customer likes to be contacted.", "客户喜欢的沟通方式。", "客戶喜歡的溝通方式。"), "phone, email";
    focus: Vec<Focus>, t("Focus", "跟进重点", "跟進重點"), t("What following up is about: product, price, delivery.", "跟进的重点：产品、价格、交货期。", "跟進的重點：產品、價格、交貨期。"), "price, delivery";
    nurture: bool, t("Nurture", "定期寄送新品", "定期寄送新品"), t("Whether the customer gets news regularly until the first answer.", "是否定期寄送新品信息，直到客户首次回复。", "是否定期寄送新品訊息，直到客戶首次回覆。"), "yes";
    no_mailings: bool, t("No mailings", "不收群发", "不收電子報"), t("The customer wants no mailings.", "客户不愿接收群发信息。", "客戶不願收到電子報。"), "yes";
    keep: bool, t("Kept out of the pool", "不进公海", "不進公海"), t("Protected: the customer never goes to the pool by itself.", "受保护：不会自动进入公海。", "受保護：不會自動進入公海。"), "yes";
    tags: Vec<String>, t("Tags", "标签", "標籤"), t("Words to find customers by.", "用来查找客户的词。", "用來尋找客戶的詞。"), "hydraulics, canton-fair";
    need_and_intent: Option<String>, t("Need and intent", "客户需求及意向", "客戶需求及意向"), t("What the customer needs and means to buy.", "客户需要什么、打算买什么。", "客戶需要什麼、打算買什麼。"), "Gear pumps for a new press line";
    special_needs: Vec<String>, t("Special needs", "特殊需求", "特殊需求"), t("What every quotation and order must heed.", "每份报价和订单都要注意的事。", "每份報價和訂單都要注意的事。"), "no wooden packing";
    willingness: Option<Willingness>, t("Willingness", "合作意愿", "合作意願"), t("How much the customer wants to work with us.", "客户的合作意愿。", "客戶的合作意願。"), "high";
    expectation: Option<String>, t("Expectation", "合作期望", "合作期望"), t("What the customer expects of us.", "客户对合作的期望。", "客戶對合作的期望。"), "One supplier for all pumps";
    sincerity: Option<Percent>, t("Sincerity (%)", "诚信指数(%)", "誠信指數(%)"), t("How far the customer's word can be relied on, 0 to 100 per cent.", "客户的诚信程度，0 到 100 的百分数。", "客戶的誠信程度，0 到 100 的百分比。"), "90";
    payment_attitude: Option<PaymentAttitude>, t("Payment attitude", "付款态度", "付款態度"), t("How the customer pays.", "客户付款的态度。", "客戶付款的態度。"), "prompt";
    payment_time: Option<String>, t("Payment time", "付款时间", "付款時間"), t("When the customer usually pays.", "客户通常什么时候付款。", "客戶通常什麼時候付款。"), "End of month";
    payment_method: Option<PaymentMethod>, t("Payment method", "付款方式", "付款方式"), t("The usual way of payment.", "常用的付款方式。", "常用的付款方式。"), "tt";
    bank_dealings: Option<String>, t("Bank dealings", "银行往来情况", "銀行往來情況"), t("Banks and how they see the customer.", "往来银行及其评价。", "往來銀行及其評價。"), "Account at a savings bank, good standing";
    finance_holder: Option<String>, t("Holder of the purse", "财务实权掌管人", "財務實權掌管人"), t("Who really decides about money.", "真正掌管财务的人。", "真正掌管財務的人。"), "Karl Müller";
    dealing_figures: Option<String>, t("Figures of dealings", "往来数据", "往來數字"), t("Figures of earlier dealings.", "以往业务的数据。", "以往交易的數字。"), "About 80,000 EUR a year";
    target: Option<String>, t("Target", "目标", "目標"), t("What is to be reached with the customer, in words or as an amount.", "对该客户要达到的目标，文字或金额均可。", "對該客戶要達到的目標，文字或金額皆可。"), "60,000 EUR this year";
    turnover_potential: Option<Money>, t("Potential turnover", "潜在营业额", "潛在營業額"), t("What the customer could buy in a year.", "客户一年可能购买的金额。", "客戶一年可能購買的金額。"), "400000.00 HKD";
    turnover: Option<Money>, t("Current turnover", "目前营业额", "目前營業額"), t("What the customer buys in a year now.", "客户目前一年购买的金额。", "客戶目前一年購買的金額。"), "120000.00 HKD";
    background: Option<String>, t("Background", "历史背景", "歷史背景"), t("The history of the company.", "公司的历史背景。", "公司的歷史背景。"), "Family firm since 1954";
    experience: Option<String>, t("Experience", "行业经验", "業界經驗"), t("Experience in the trade.", "行业经验。", "業界經驗。"), "Imports from Asia since 2008";
    closed: Option<NaiveDate>, t("Closed", "停止日期", "停止日期"), t("The day on which dealings ended; crm close writes it.", "停止往来的日期；由 crm close 写入。", "停止往來的日期；由 crm close 寫入。"), "2026-03-01";
    closed_by: Option<Member>, t("Closed by", "停止人", "停止人"), t("Who ended the dealings.", "谁决定停止往来。", "誰決定停止往來。"), "lin";
    close_reason: Option<String>, t("Reason of closing", "停止原因", "停止原因"), t("Why dealings ended.", "为什么停止往来。", "為什麼停止往來。"), "Went out of business";
    remark: Option<String>, t("Remark", "备注", "備註"), t("Whatever else is worth knowing.", "其他值得知道的事。", "其他值得知道的事。"), "Met at the spring fair";
}
