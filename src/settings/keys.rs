//! Every key of `crm.toml`, with what it is for and its default. `crm config`, the commented
//! file that `crm init` writes and the check for unknown keys all come from this list.

use super::setting::{Setting, free, key};

/// Every key, in the order of the file.
pub static KEYS: &[Setting] = &[
    key(
        "format",
        "1",
        "The format of the archive; the program looks after it.",
        "档案的格式；由程序维护。",
        "客戶檔案的格式；由程式維護。",
    ),
    key(
        "archive.language",
        "\"en\"",
        "Language of folder names and of the sentences in history: en, zh-CN or zh-TW.",
        "文件夹名称和历史记录所用的语言：en、zh-CN 或 zh-TW。",
        "資料夾名稱與歷史紀錄所用的語言：en、zh-CN 或 zh-TW。",
    ),
    key(
        "archive.home",
        "\"CN\"",
        "Home country (ISO 3166-1): customers there are domestic.",
        "本国（ISO 3166-1 代码）：该国客户为国内客户。",
        "本國（ISO 3166-1 代碼）：該國客戶為國內客戶。",
    ),
    key(
        "archive.time_zone",
        "\"Asia/Shanghai\"",
        "Time zone in which a day begins and ends.",
        "以哪个时区计算一天的开始和结束。",
        "以哪個時區計算一天的開始和結束。",
    ),
    key(
        "archive.currency",
        "\"CNY\"",
        "Base currency (ISO 4217).",
        "本位币（ISO 4217 代码）。",
        "本位幣（ISO 4217 代碼）。",
    ),
    key(
        "archive.digits",
        "4",
        "Digits of a running number, at least.",
        "流水号的最少位数。",
        "流水號的最少位數。",
    ),
    key(
        "archive.lock_wait",
        "60",
        "Seconds to wait for another command that writes.",
        "等待另一条写入命令的秒数。",
        "等待另一個寫入指令的秒數。",
    ),
    free(
        "archive.folders.prospects",
        "\"prospects\"",
        "Folder of prospects.",
        "潜在客户的文件夹名。",
        "潛在客戶的資料夾名稱。",
    ),
    free(
        "archive.folders.customers",
        "\"customers\"",
        "Folder of customers abroad.",
        "国外客户的文件夹名。",
        "國外客戶的資料夾名稱。",
    ),
    free(
        "archive.folders.domestic",
        "\"domestic\"",
        "Folder of customers in the home country.",
        "国内客户的文件夹名。",
        "國內客戶的資料夾名稱。",
    ),
    free(
        "archive.folders.closed",
        "\"closed\"",
        "Folder of customers with whom dealings have ended.",
        "停止往来客户的文件夹名。",
        "停止往來客戶的資料夾名稱。",
    ),
    free(
        "team.key",
        "\"lin\"",
        "What cards store for a member of the team.",
        "团队成员在卡片中的代号。",
        "團隊成員在卡片上的代號。",
    ),
    free("team.name", "\"Lin Wei\"", "The name.", "姓名。", "姓名。"),
    free(
        "team.emails",
        "[\"lin@example.com\"]",
        "The addresses by which git knows the person.",
        "此人在 git 中使用的邮箱。",
        "此人在 git 中使用的電子郵件地址。",
    ),
    free(
        "team.series",
        "\"L\"",
        "Letters before the numbers that this person's clone gives.",
        "此人电脑上发放的编号所用的字母前缀。",
        "此人電腦上發放的編號開頭的字母。",
    ),
    free("team.staff_no", "\"000123\"", "Number on the staff list.", "工号。", "員工編號。"),
    free("team.roles", "[\"sales\"]", "What the person does.", "职责。", "職責。"),
    free("team.active", "true", "Whether the person is still with the company.", "是否在职。", "是否在職。"),
    key(
        "cadence.prospects",
        "\"1m\"",
        "How often a prospect is contacted where the card says nothing (ours): 14d, 2w, 1m; empty for never.",
        "卡片未写时，多久联系一次潜在客户（本程序默认）：14d、2w、1m；空为不提醒。",
        "卡片未寫時，多久聯絡一次潛在客戶（本程式預設）：14d、2w、1m；空白為不提醒。",
    ),
    key(
        "cadence.customers",
        "\"1m\"",
        "The same for a customer (ours).",
        "多久联系一次客户（本程序默认）。",
        "多久聯絡一次客戶（本程式預設）。",
    ),
    key(
        "cadence.nurture",
        "\"1m\"",
        "How often news goes to customers that are nurtured (ours).",
        "多久给培养客户寄一次新品信息（本程序默认）。",
        "多久寄一次新品訊息給培養客戶（本程式預設）。",
    ),
    key(
        "cadence.revision",
        "\"2m\"",
        "How often a card is revised in full.",
        "多久全面修订核查一次卡片。",
        "多久全面修訂核查一次卡片。",
    ),
    key(
        "cadence.revision_sections",
        "[\"card\", \"contacts\"]",
        "What a full revision confirms: card, or the key of a section.",
        "全面修订要核查的部分：card 或各部分的代号。",
        "全面修訂要核查的部分：card 或各部分的代號。",
    ),
    key(
        "cadence.untouched",
        "\"90d\"",
        "From how long a silence on nobody has touched a customer (ours).",
        "多久没有联系算无人跟进（本程序默认）。",
        "多久沒有聯絡算無人跟進（本程式預設）。",
    ),
    key(
        "followup.settle_days_ahead",
        "2",
        "A follow-up settles an open plan that is at most so many days ahead.",
        "跟进比计划日期最多早几天，仍算完成该计划。",
        "跟進比計畫日期最多早幾天，仍算完成該計畫。",
    ),
    key(
        "followup.visit_modes",
        "[\"door_visit\", \"invited_visit\"]",
        "The ways of contact that count as visits; calls and mails are none.",
        "哪些跟进方式算拜访；电话和邮件不算。",
        "哪些跟進方式算拜訪；電話和郵件不算。",
    ),
    key(
        "followup.visits_without_result",
        "5",
        "So many visits without result end the visiting; the number itself counts.",
        "拜访多少次未见实效即停止拜访；含本数。",
        "拜訪多少次未見實效即停止拜訪；含本數。",
    ),
    key(
        "followup.calendar_columns",
        "[\"target\", \"turnover_potential\", \"turnover\"]",
        "What the calendar shows of each customer beside the days; columns of crm list.",
        "跟进日历在日期旁显示客户的哪些列；即 crm list 的列。",
        "跟進日曆在日期旁顯示客戶的哪些欄；即 crm list 的欄。",
    ),
    key(
        "remind.off",
        "[]",
        "Kinds of duties that nobody is reminded of, see crm remind --help.",
        "不提醒的事项种类，见 crm remind --help。",
        "不提醒的事項種類，見 crm remind --help。",
    ),
    key(
        "remind.plan_days",
        "0",
        "Days before a plan or an action.",
        "计划和行动提前多少天提醒。",
        "計畫與行動提前多少天提醒。",
    ),
    key(
        "remind.birthday_days",
        "3",
        "Days before a birthday (ours).",
        "生日提前多少天提醒（本程序默认）。",
        "生日提前多少天提醒（本程式預設）。",
    ),
    key(
        "remind.holiday_days",
        "5",
        "Days before a public holiday of the customer's country (ours).",
        "客户所在国家/地区的公众假日提前多少天提醒（本程序默认）。",
        "客戶所在國家/地區的國定假日提前多少天提醒（本程式預設）。",
    ),
    key(
        "remind.no_greetings",
        "[\"good_friday\", \"all_souls\", \"tomb_sweeping\", \"ashura\", \"mourning\", \"memorial\", \"remembrance\", \"commemoration\", \"genocid\", \"martyr\", \"death\", \"victims\"]",
        "Holidays on which nobody is greeted: parts of their keys (ours).",
        "不发问候的假日：其代号中的一部分（本程序默认）。",
        "不送問候的節日：其代號中的一部分（本程式預設）。",
    ),
    key(
        "remind.weekly_report",
        "\"Sun 20:30\"",
        "When the weekly report of each member is due; empty for none.",
        "每人的周报何时截止；空为不需要。",
        "每人的週報何時截止；空白為不需要。",
    ),
    key(
        "remind.daily_report",
        "\"18:30\"",
        "When the visiting report of a day with visits is due (ours); empty for none.",
        "有拜访的当天，访问日报何时截止（本程序默认）；空为不需要。",
        "有拜訪的當天，訪問日報何時截止（本程式預設）；空白為不需要。",
    ),
    key(
        "remind.daily_report_days",
        "60",
        "How many days back a missing daily or weekly report is asked for (ours).",
        "缺交的访问日报或周报追问多少天（本程序默认）。",
        "缺交的訪問日報或週報追問多少天（本程式預設）。",
    ),
    key(
        "remind.at",
        "\"08:00\"",
        "The time of day at which cron and calendars remind (ours).",
        "定时任务和日历在几点提醒（本程序默认）。",
        "排程與行事曆在幾點提醒（本程式預設）。",
    ),
    free(
        "remind.send",
        "[\"mail\", \"-s\", \"crm\", \"lin@example.com\"]",
        "The program that gets the text of crm remind --new, with its arguments.",
        "接收 crm remind --new 文字的程序及其参数。",
        "接收 crm remind --new 文字的程式及其參數。",
    ),
    key(
        "pool.prospects",
        "\"60d\"",
        "After how long a silence a prospect goes to the pool (ours); empty for never.",
        "多久没有联系的潜在客户进入公海（本程序默认）；空为不进入。",
        "多久沒有聯絡的潛在客戶進入公海（本程式預設）；空白為不進入。",
    ),
    key(
        "pool.customers",
        "\"180d\"",
        "The same for a customer (ours).",
        "多久没有联系的客户进入公海（本程序默认）。",
        "多久沒有聯絡的客戶進入公海（本程式預設）。",
    ),
    key(
        "pool.warn_days",
        "7",
        "Days before it that the owner is warned (ours).",
        "进入公海前多少天提醒业务代表（本程序默认）。",
        "進入公海前多少天提醒業務員（本程式預設）。",
    ),
    key(
        "pool.cooldown",
        "\"30d\"",
        "How long a previous owner waits before taking the customer again (ours).",
        "原业务代表多久之后才能再领取该客户（本程序默认）。",
        "原業務員多久之後才能再領取該客戶（本程式預設）。",
    ),
    key(
        "pool.claims_a_day",
        "5",
        "How many customers one may take from the pool a day (ours).",
        "每人每天最多从公海领取多少个客户（本程序默认）。",
        "每人每天最多從公海領取多少個客戶（本程式預設）。",
    ),
    key(
        "pool.hold_most",
        "200",
        "How many customers one may have to take another one (ours).",
        "每人最多持有多少个客户，满额不能再领取（本程序默认）。",
        "每人最多持有多少個客戶，額滿不能再領取（本程式預設）。",
    ),
    key(
        "import.absent",
        "[\"NULL\", \"\\\\N\"]",
        "Cells of an import that mean that nothing is known.",
        "导入时表示“没有内容”的单元格。",
        "匯入時表示「沒有內容」的儲存格。",
    ),
    key(
        "papers.max_mib",
        "20",
        "Papers above this size (MiB) are left out of history.",
        "超过此大小（MiB）的文件不进入历史。",
        "超過此大小（MiB）的檔案不記入歷史紀錄。",
    ),
    key(
        "countries",
        "",
        "Labels of countries and regions that the company wants to see, by code; folders keep theirs.",
        "公司希望显示的国家/地区名称，按代码填写；文件夹名称不变。",
        "公司希望顯示的國家/地區名稱，依代碼填寫；資料夾名稱不變。",
    ),
    key(
        "check.completeness",
        "80",
        "A card with fewer per cent of its mandatory fields is a finding of crm check.",
        "必填项填写比例低于此百分数的卡片，会由 crm check 提示。",
        "必填欄位填寫比例低於此百分比的卡片，會由 crm check 提示。",
    ),
    key(
        "check.late_days",
        "1",
        "A follow-up entered more than so many days after its day is late.",
        "跟进日期之后超过多少天才录入，算补录。",
        "跟進日期之後超過多少天才登錄，算逾期補登。",
    ),
    key(
        "check.mandatory.enterprise",
        "[\"name\", \"owner\", \"phone|contacts.channels\", \"address\", \"contacts\"]",
        "What the card of a company must have; a|b is either of two.",
        "企业客户卡片的必填项；a|b 表示二者有其一。",
        "企業客戶卡片的必填欄位；a|b 表示兩者擇一。",
    ),
    key(
        "check.mandatory.person",
        "[\"name\", \"owner\", \"phone|contacts.channels\", \"address\"]",
        "What the card of a person must have.",
        "个人客户卡片的必填项。",
        "個人客戶卡片的必填欄位。",
    ),
    key(
        "check.mandatory.customer",
        "[\"payment_attitude\", \"payment_time\", \"payment_method\", \"bank_dealings\", \"finance_holder\", \"dealing_figures\"]",
        "What the card of a customer must have besides, once there are dealings.",
        "成为客户之后卡片另外的必填项。",
        "成為客戶之後，卡片另外的必填欄位。",
    ),
    key(
        "fields",
        "",
        "The company's own fields, stored under [custom].",
        "公司自定义字段，存放在 [custom] 下。",
        "公司自訂欄位，存放在 [custom] 之下。",
    ),
    key(
        "greetings",
        "",
        "Texts of greetings by language: [greetings.de] with birthday and holiday; {name}, {holiday}.",
        "各语言的问候语：如 [greetings.de] 下的 birthday 和 holiday；可用 {name}、{holiday}。",
        "各語言的問候語：如 [greetings.de] 之下的 birthday 和 holiday；可用 {name}、{holiday}。",
    ),
    key(
        "views",
        "",
        "Saved lists for crm list --view: columns, heads, sort, stage, country, owner, tag, where.",
        "保存的列表，用 crm list --view 显示：columns、heads、sort、stage、country、owner、tag、where。",
        "儲存的清單，用 crm list --view 顯示：columns、heads、sort、stage、country、owner、tag、where。",
    ),
    key(
        "retired",
        "",
        "Highest number of each series that is never given again; the program looks after it.",
        "每个字母系列中已停用（不再发放）的最大编号；由程序维护。",
        "每個字母系列中已停用（不再發放）的最大編號；由程式維護。",
    ),
];

/// Whether a dotted key is a setting, or a table that holds some.
pub(super) fn is_known(path: &str) -> bool {
    KEYS.iter().any(|s| s.key == path || s.key.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

/// Whether the keys below this table are the company's own.
pub(super) fn is_free(path: &str) -> bool {
    matches!(path, "countries" | "fields" | "greetings" | "views" | "retired")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_says_what_it_is_for_in_every_language() {
        for setting in KEYS {
            assert!(setting.help.every().all(|text| !text.is_empty()), "{}", setting.key);
        }
    }
}
