//! The arguments of the follow-up desk: follow-ups, reminders, revisions, the pool.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::say::say;
use super::{CardArgs, card_help, where_help};
use crate::rules::duties::{Kind, kinds};

/// How many days ahead may be asked about: ten years.
const DAYS_MOST: u64 = 3660;

fn reenter_help() -> &'static str {
    say!(
        "Visit again after too many visits without result: why",
        "多次拜访未见实效后继续拜访的原因",
        "多次拜訪未見實效後繼續拜訪的原因"
    )
}

/// Which fields fit which kind of contact.
fn log_help() -> &'static str {
    say!(
        "Fields by kind of contact (crm fields followups):\n  phone:  minutes\n  email:  recipients, copies, sent_at, message_id, attachments, mailing\n  visit:  place, people, companions, requested_by, purpose, goal,\n          prep, background\n  any:    began, ended, feedback, result, effective, intel, strategy, incoming,\n          paper, verdict (won, abandoned), abandon_reason, lessons, self_review\n  crm followup log mueller visit 'First visit' purpose=first_visit effective=yes",
        "各种跟进方式的字段（crm fields followups）：\n  电话：minutes\n  邮件：recipients、copies、sent_at、message_id、attachments、mailing\n  拜访：place、people、companions、requested_by、purpose、goal、\n        prep、background\n  通用：began、ended、feedback、result、effective、intel、strategy、incoming、\n        paper、verdict（won、abandoned）、abandon_reason、lessons、self_review\n  crm followup log 米勒 登门 初次拜访 拜访目的=初次拜访 有实效=是",
        "各種跟進方式的欄位（crm fields followups）：\n  電話：minutes\n  郵件：recipients、copies、sent_at、message_id、attachments、mailing\n  拜訪：place、people、companions、requested_by、purpose、goal、\n        prep、background\n  通用：began、ended、feedback、result、effective、intel、strategy、incoming、\n        paper、verdict（won、abandoned）、abandon_reason、lessons、self_review\n  crm followup log 米勒 登門 初次拜訪 拜訪目的=初次拜訪 有實效=是"
    )
}

fn calendar_help() -> &'static str {
    say!(
        "Planned: C call, X visit. Done: CS, XS as planned; CN, XN planned for another day\nof the week; UC, UX unplanned. Kept is (CS+XS)/(C+X).",
        "计划：C 电话，X 拜访。实际：CS、XS 按计划；CN、XN 计划在本周另一天；\nUC、UX 计划外。完成率为 (CS+XS)/(C+X)。",
        "計畫：C 電話，X 拜訪。實際：CS、XS 按計畫；CN、XN 計畫在本週另一天；\nUC、UX 計畫外。達成率為 (CS+XS)/(C+X)。"
    )
}

pub(super) fn fill_help() -> &'static str {
    say!(
        "Placeholders: {{name}}, {{contact}}, {{address}}, {{country}}, {{today}}, {{me}} and\nevery column that crm fields lists. A page (.html) gets its values escaped.\n  crm fill L0007 letters/offer.html --out offer.html",
        "占位符：{{name}}、{{contact}}、{{address}}、{{country}}、{{today}}、{{me}}，\n以及 crm fields 中的各列。网页（.html）中的值会转义。\n  crm fill L0007 letters/offer.html --out offer.html",
        "預留欄位：{{name}}、{{contact}}、{{address}}、{{country}}、{{today}}、{{me}}，\n以及 crm fields 中的各欄。網頁（.html）中的值會轉換。\n  crm fill L0007 letters/offer.html --out offer.html"
    )
}

/// The token of a kind of duty that is named by its label, in any language; whatever else is typed stays.
#[allow(clippy::unnecessary_wraps, reason = "clap takes a parser that may fail")]
fn kind_meant(typed: &str) -> Result<String, std::convert::Infallible> {
    let folded = typed.trim().to_lowercase();
    let called = kinds().find(|kind| kind.label.every().any(|word| word.to_lowercase() == folded));
    Ok(called.map_or(typed.trim(), |kind| kind.key).to_owned())
}

/// Every kind of duty, with when it is due and what ends it.
pub(super) fn remind_help() -> String {
    let lang = super::super::say::lang();
    let head = say!(
        "Kinds of duties (--kind, remind.off):",
        "提醒种类（--kind、remind.off）：",
        "提醒種類（--kind、remind.off）："
    );
    let line =
        |kind: &Kind| format!("  {:<15}{}\n      {}", kind.key, kind.label.get(lang), kind.help.get(lang));
    let lines = kinds().map(line);
    std::iter::once(head.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct FollowupArgs {
    #[command(flatten)]
    pub today: TodayArgs,
    #[arg(long, value_name = "CARD", conflicts_with_all = ["days", "owner", "condition"], help = say!("Say where a customer's next day comes from", "说明某客户的下次日期从何而来", "說明某客戶的下次日期從何而來"))]
    pub why: Option<String>,
    #[command(subcommand)]
    pub command: Option<FollowupCommand>,
}

#[derive(Args, Debug)]
pub(crate) struct TodayArgs {
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u64).range(..=DAYS_MOST), help = say!("Also the coming N days", "也列出今后 N 天", "也列出今後 N 天"))]
    pub days: u64,
    #[arg(long, value_name = "MEMBER", help = say!("A colleague's list, or all (default: mine)", "某位同事的清单，或 all（默认是我的）", "某位同事的清單，或 all（預設為自己的）"))]
    pub owner: Option<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FollowupCommand {
    #[command(about = say!("Log a contact, and plan the next one", "记录一次跟进，并计划下一次", "記錄一次跟進，並計畫下一次"), after_help = log_help())]
    Log(LogArgs),
    #[command(about = say!("Plan the next contact", "计划下一次跟进", "計畫下一次跟進"))]
    Plan(PlanArgs),
    #[command(about = say!("Give a plan up", "放弃一条计划", "放棄一項計畫"))]
    Drop(DropArgs),
    #[command(about = say!("List the contacts and plans of a customer", "列出客户的跟进和计划", "列出客戶的跟進與計畫"))]
    List(CardArgs),
    #[command(about = say!("One page to read before a visit", "拜访前阅读的一页简报", "拜訪前閱讀的一頁簡報"))]
    Brief(CardArgs),
    #[command(about = say!("Plan against actual, a column a day", "计划与实际对照，每天一列", "計畫與實際對照，每天一欄"), after_help = calendar_help())]
    Calendar(CalendarArgs),
    #[command(about = say!("What was done since the last weekly report, or in some days", "上次周报以来（或某段时间）的跟进", "上次週報以來（或某段時間）的跟進"))]
    Report(ReportArgs),
}

#[derive(Args, Debug)]
pub(crate) struct LogArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "HOW", help = say!("phone, email, visit, meeting, chat, sms or other", "电话、邮件、登门、邀约、网络对话、短信 或 其它", "電話、郵件、登門、邀約、網路對話、簡訊 或 其他"))]
    pub how: Option<String>,
    #[arg(value_name = "TOPIC", help = say!("What it was about", "主题", "主題"))]
    pub topic: Option<String>,
    #[arg(value_name = "KEY=VALUE", help = say!("Further fields of the contact, see below", "其他字段，见下文", "其他欄位，見下文"))]
    pub values: Vec<String>,
    #[arg(long, value_name = "TEXT", help = say!("What was said", "跟进情况", "跟進情況"))]
    pub note: Option<String>,
    #[arg(long, value_name = "CONTACT", help = say!("The person it was with", "与哪位联系人", "與哪位聯絡人"))]
    pub with: Option<String>,
    #[arg(long, value_name = "DATE", help = say!("The day (default today)", "日期（默认今天）", "日期（預設為今天）"), allow_hyphen_values = true)]
    pub on: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The next contact: 2026-03-18, +7d, +2m or fri", "下一次：2026-03-18、+7d、+2m 或 周五", "下一次：2026-03-18、+7d、+2m 或 週五"))]
    pub next: Option<String>,
    #[arg(long, value_name = "HOW", requires = "next", help = say!("The way of the next contact", "下一次的方式", "下一次的方式"))]
    pub next_how: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "next", help = say!("What the next contact is for", "下一次的目标", "下一次的目標"))]
    pub goal: Option<String>,
    #[arg(long, value_name = "WHAT, WHO, DATE", help = say!("What was agreed to be done; may be repeated", "约定的行动：事项, 负责人, 日期；可重复", "約定的行動：事項, 負責人, 日期；可重複"))]
    pub action: Vec<String>,
    #[arg(long, value_name = "QUESTION=ANSWER", help = say!("What the customer asked; may be repeated", "客户问题=解答；可重复", "客戶問題=解答；可重複"))]
    pub question: Vec<String>,
    #[arg(long, value_name = "REASON", help = reenter_help())]
    pub reenter: Option<String>,
    #[arg(long, value_name = "ID|none", help = say!("The plan that this kept (default: the one it fits)", "完成哪条计划（默认自动判断）", "完成哪一項計畫（預設自動判斷）"))]
    pub settles: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct PlanArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "DATE", help = say!("2026-03-18, +7d, +2m or fri", "2026-03-18、+7d、+2m 或 周五", "2026-03-18、+7d、+2m 或 週五"))]
    pub date: String,
    #[arg(value_name = "HOW", help = say!("The way of contact", "方式", "方式"))]
    pub how: Option<String>,
    #[arg(long, value_name = "TEXT", help = say!("What it is for", "目标", "目標"))]
    pub goal: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("Who is to do it (default: me)", "由谁来做（默认是我）", "由誰來做（預設為自己）"))]
    pub by: Option<String>,
    #[arg(long = "with", value_name = "MEMBER", value_delimiter = ',', help = say!("Who of us goes along", "我方同去的人", "我方同行的人"))]
    pub companions: Vec<String>,
    #[arg(long, value_name = "MEMBER", help = say!("The manager who asks for it", "要求拜访的主管", "要求拜訪的主管"))]
    pub requested_by: Option<String>,
    #[arg(long, value_name = "REASON", help = reenter_help())]
    pub reenter: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct DropArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "ID", help = say!("The plan; its beginning is enough", "计划编号，开头几位即可", "計畫編號，開頭幾位即可"))]
    pub id: String,
    #[arg(long, value_name = "REASON", help = say!("Why", "原因", "原因"))]
    pub reason: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CalendarArgs {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The first day (default: Monday of this week)", "第一天（默认本周一）", "第一天（預設為本週一）"))]
    pub from: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The last day (default: five weeks)", "最后一天（默认五周）", "最後一天（預設為五週）"))]
    pub to: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("A colleague's calendar, or all (default: mine)", "某位同事的日历，或 all（默认是我的）", "某位同事的行事曆，或 all（預設為自己的）"))]
    pub owner: Option<String>,
    #[arg(long, help = say!("Also customers with nothing in these days", "也列出这段时间没有计划和跟进的客户", "也列出這段時間沒有計畫與跟進的客戶"))]
    pub all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The first day (default: after the last weekly report)", "第一天（默认上次周报之后）", "第一天（預設為上次週報之後）"))]
    pub from: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The last day (default: today)", "最后一天（默认今天）", "最後一天（預設為今天）"))]
    pub to: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("A colleague's, or all (default: mine)", "某位同事的，或 all（默认是我的）", "某位同事的，或 all（預設為自己的）"))]
    pub owner: Option<String>,
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct RemindArgs {
    #[command(flatten)]
    pub list: RemindListArgs,
    #[command(subcommand)]
    pub command: Option<RemindCommand>,
}

#[derive(Args, Debug)]
pub(crate) struct RemindListArgs {
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u64).range(..=DAYS_MOST), help = say!("Also the coming N days", "也列出今后 N 天", "也列出今後 N 天"))]
    pub days: u64,
    #[arg(long, value_name = "MEMBER", help = say!("A colleague's list, or all (default: mine)", "某位同事的清单，或 all（默认是我的）", "某位同事的清單，或 all（預設為自己的）"))]
    pub owner: Option<String>,
    #[arg(long, value_name = "KIND", value_parser = kind_meant, value_delimiter = ',', help = say!("Only these kinds, see below", "只列这些种类，见下文", "只列這些種類，見下文"))]
    pub kind: Vec<String>,
    #[arg(long, help = say!("Only what this computer has not told yet; for cron", "只列本机尚未提醒过的；用于定时任务", "只列這台電腦尚未提醒過的；用於排程"))]
    pub new: bool,
    #[arg(long, conflicts_with_all = ["new", "days", "kind"], help = say!("Show how cron reminds every morning, and set it up on yes", "显示每天早上定时提醒的设置，确认后写入", "顯示每天早上排程提醒的設定，確認後寫入"))]
    pub install: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RemindCommand {
    #[command(about = say!("Tick off a greeting or a report", "勾销一次问候或报告", "勾銷一次問候或報告"))]
    Done(RemindDoneArgs),
    #[command(about = say!("The text of a greeting in the contact's language", "用联系人的语言写的问候语", "用聯絡人的語言寫的問候語"))]
    Text(RemindTextArgs),
    #[command(about = say!("Which reports came in, late or not at all", "哪些报告已交、迟交或未交", "哪些報告已交、遲交或未交"))]
    Reports(ReportsArgs),
}

#[derive(Args, Debug)]
pub(crate) struct RemindTextArgs {
    #[arg(value_name = "KIND", value_parser = kind_meant, help = say!("birthday, holiday or own_holiday", "生日、节假日 或 个人节日", "生日、節日 或 個人節日"))]
    pub kind: String,
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(long, value_name = "CONTACT", help = say!("Who is greeted (default: whose day it is)", "问候谁（默认当天的主角）", "問候誰（預設為當天的主角）"))]
    pub with: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ReportsArgs {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The first day (default: four weeks ago)", "第一天（默认四周前）", "第一天（預設為四週前）"))]
    pub from: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The last day (default: today)", "最后一天（默认今天）", "最後一天（預設為今天）"))]
    pub to: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("Only one colleague's (default: all)", "只看某位同事（默认全部）", "只看某位同事（預設為全部）"))]
    pub owner: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct RemindDoneArgs {
    #[arg(value_name = "KIND", value_parser = kind_meant, help = say!("birthday, holiday, own_holiday, weekly_report or daily_report", "生日、节假日、个人节日、周报 或 访问日报", "生日、節日、個人節日、週報 或 訪問日報"))]
    pub kind: String,
    #[arg(value_name = "CARD|COUNTRY|DATE", help = say!("Whom: a customer; of a holiday also a country; of a report its day", "对象：客户；节假日也可为国家/地区；报告则为其日期", "對象：客戶；節日也可為國家/地區；報告則為其日期"))]
    pub whom: Option<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, help = say!("The day of the report or holiday (default: the open one)", "报告或节日的日期（默认未完成的那一次）", "報告或節日的日期（預設為未完成的那一次）"))]
    pub on: Option<String>,
    #[arg(long, value_name = "CONTACT", help = say!("Who was greeted, where several are to be", "问候了谁；有几人待问候时须指明", "問候了誰；有幾人待問候時須指明"))]
    pub with: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("Whose report it is (default: mine)", "谁的报告（默认是我的）", "誰的報告（預設為自己的）"))]
    pub owner: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct FillArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "TEMPLATE", help = say!("A .docx, .xlsx, text or HTML file with placeholders", "带占位符的 .docx、.xlsx、文本或 HTML 文件", "含預留欄位的 .docx、.xlsx、文字或 HTML 檔案"))]
    pub template: PathBuf,
    #[arg(long, value_name = "FILE", help = say!("Where it goes (default: stdout)", "写到哪里（默认标准输出）", "寫到哪裡（預設為標準輸出）"))]
    pub out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ReviseArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "SECTION", help = say!("The sections that are right: card, contacts, …; none shows what is left", "核查无误的部分：card、contacts 等；不填则显示未核查的", "核查無誤的部分：card、contacts 等；不填則顯示未核查的"))]
    pub sections: Vec<String>,
    #[arg(long, conflicts_with = "sections", help = say!("All of it is right", "全部核查无误", "全部核查無誤"))]
    pub all: bool,
}

#[derive(Args, Debug)]
pub(crate) struct HandoverArgs {
    #[arg(value_name = "FROM", help = say!("Who has the customers", "现在的业务代表", "目前的業務員"))]
    pub from: String,
    #[arg(value_name = "TO", help = say!("Who gets them", "接手的业务代表", "接手的業務員"))]
    pub to: String,
    #[arg(long, value_name = "REASON", help = say!("Why", "原因", "原因"))]
    pub reason: Option<String>,
}

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct PoolArgs {
    #[command(subcommand)]
    pub command: Option<PoolCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PoolCommand {
    #[command(about = say!("Who goes to the pool, when and why", "哪些客户将进入公海、何时、为何", "哪些客戶將進入公海、何時、為何"))]
    Plan(PoolPlanArgs),
    #[command(about = say!("Give to the pool who is due", "把到期的客户放入公海", "將到期的客戶放入公海"))]
    Release,
    #[command(about = say!("Take a customer from the pool", "从公海领取客户", "從公海領取客戶"))]
    Claim(CardArgs),
}

#[derive(Args, Debug)]
pub(crate) struct PoolPlanArgs {
    #[arg(long, value_name = "N", default_value_t = 30, hide_default_value = true, value_parser = clap::value_parser!(u64).range(..=DAYS_MOST), help = say!("Who goes within N days (default: 30)", "今后 N 天内进入公海的（默认 30）", "今後 N 天內進入公海的（預設 30）"))]
    pub days: u64,
    #[arg(long, value_name = "MEMBER", help = say!("Only this colleague's customers", "只看这位同事的客户", "只看這位同事的客戶"))]
    pub owner: Option<String>,
}
