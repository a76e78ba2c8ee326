//! The grammar of the command line. Every help text stands here in every language.

mod desk;
mod files;
mod lists;
mod records;
mod team;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::dup::DupArgs;
use super::say::say;
use crate::card::schema::Described;
use crate::render::Format;
use crate::sections::{Action, Contact, Development, Negotiation, Review};

pub(crate) use desk::*;
pub(crate) use files::*;
pub(crate) use lists::*;
pub(crate) use records::*;
pub(crate) use team::*;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "crm",
    bin_name = "crm",
    version,
    about = say!("Your customers as plain text, with every change in history", "把客户存成纯文本，每次改动都有历史", "以純文字保存客戶資料，每次更動都有歷史紀錄"),
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    infer_subcommands = false,
    arg_required_else_help = true,
    subcommand_value_name = say!("COMMAND", "命令", "指令"),
    subcommand_help_heading = say!("Commands", "命令", "指令"),
)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = say!("Options of every command", "通用选项", "通用選項"))]
pub(crate) struct Common {
    #[arg(short = 'C', long, global = true, value_name = "DIR", help = say!("The archive; else CRM_ARCHIVE, else the nearest one upwards", "客户档案文件夹；未指定时看 CRM_ARCHIVE，再向上找", "客戶檔案的資料夾；未指定時看 CRM_ARCHIVE，再往上層尋找"))]
    pub archive: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FORMAT", default_value = "table", hide_default_value = true, value_parser = format_of, help = say!("How to answer: table, json, jsonl or csv; ics for remind", "输出格式：table、json、jsonl 或 csv；remind 可用 ics", "輸出格式：table、json、jsonl 或 csv；remind 可用 ics"))]
    pub format: Format,
    #[arg(long, global = true, value_name = "LANG", value_parser = lang_of, help = say!("Language: en, zh-CN or zh-TW; else CRM_LANG, LC_ALL, LANG", "语言：en、zh-CN 或 zh-TW；默认看 CRM_LANG、LC_ALL、LANG", "語言：en、zh-CN 或 zh-TW；預設依 CRM_LANG、LC_ALL、LANG"))]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "DATE", help = say!("Answer as of this day", "以这一天为今天", "以這一天為今天"))]
    pub today: Option<String>,
    #[arg(long, global = true, value_name = "WHEN", help = say!("As it was known on this day, or at this commit", "按这一天或这次提交时所知的内容回答", "依這一天或這次提交時所知的內容回答"))]
    pub as_of: Option<String>,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true, hide_possible_values = true, help = say!("Colour: auto, always or never", "颜色：auto、always 或 never", "顏色：auto、always 或 never"))]
    pub color: ColorWhen,
    #[arg(short = 'n', long, global = true, help = say!("Say what would be done, and do nothing", "只说明将做什么，不执行", "只說明將做什麼，不執行"))]
    pub dry_run: bool,
    #[arg(short = 'y', long, global = true, help = say!("Do not ask", "不询问，直接执行", "不詢問，直接執行"))]
    pub yes: bool,
    #[arg(short = 'q', long, global = true, help = say!("Say less", "减少输出", "減少輸出"))]
    pub quiet: bool,
    #[arg(short = 'h', long, global = true, action = ArgAction::Help, help = say!("Show this help", "显示帮助", "顯示說明"))]
    pub help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = say!("Show the version", "显示版本", "顯示版本"))]
    pub version: Option<bool>,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

fn format_of(text: &str) -> Result<Format, String> {
    Format::from_token(text).ok_or_else(|| "table, json, jsonl, csv, ics".to_owned())
}

fn lang_of(text: &str) -> Result<String, String> {
    crate::i18n::Lang::from_tag(text).map(|l| l.tag().to_owned()).ok_or_else(|| "en, zh-CN, zh-TW".to_owned())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = say!("Make a new archive", "新建客户档案", "建立新的客戶檔案"))]
    Init(InitArgs),
    #[command(about = say!("Make a small archive of invented customers and show its day", "新建虚构客户的演示档案，并显示当天的跟进清单", "建立示範用的客戶檔案（客戶皆為虛構），並顯示當天的跟進清單"))]
    Demo(DemoArgs),
    #[command(about = say!("Show or say who works at this desk", "显示或设置本机使用者", "顯示或設定這台電腦的使用者"))]
    Me(MeArgs),
    #[command(about = say!("Add a customer", "新增客户", "新增客戶"))]
    Add(AddArgs),
    #[command(about = say!("Show a customer", "显示客户", "顯示客戶"))]
    Show(ShowArgs),
    #[command(about = say!("Print one value of a card", "输出卡片中的一个值", "輸出卡片上的一個值"))]
    Get(GetArgs),
    #[command(about = say!("Set values of a card", "修改卡片中的值", "修改卡片上的值"))]
    Set(SetArgs),
    #[command(about = say!("Remove values or records of a card", "删除卡片中的值或记录", "刪除卡片上的值或紀錄"))]
    Unset(UnsetArgs),
    #[command(about = say!("Edit a card in your editor", "用编辑器修改卡片", "用編輯器修改卡片"))]
    Edit(CardArgs),
    #[command(about = say!("Move a customer to another stage or country, or rename it", "更改客户的阶段、国家/地区或名称", "變更客戶的階段、國家/地區或名稱"))]
    Move(MoveArgs),
    #[command(about = say!("End dealings with a customer", "停止与客户往来", "停止與客戶往來"))]
    Close(CloseArgs),
    #[command(about = say!("Remove a customer; history keeps it", "删除客户；历史中仍保留", "刪除客戶；歷史紀錄中仍會保留"))]
    Remove(RemoveArgs),
    #[command(about = say!("Give a customer a new number, where two have the same", "两个客户编号相同时，为其中一个另给编号", "兩個客戶編號相同時，為其中一個另給編號"))]
    Renumber(CardArgs),
    #[command(about = say!("List customers", "列出客户", "列出客戶"))]
    List(ListArgs),
    #[command(about = say!("Search all text of all cards", "在所有卡片的全部文字中搜索", "在所有卡片的全部文字中搜尋"))]
    Search(SearchArgs),
    #[command(about = say!("Ask anything in SQL", "用 SQL 查询", "用 SQL 查詢"))]
    Sql(SqlArgs),
    #[command(about = say!("Find customers that may be one and the same", "查找可能重复的客户", "查找可能重複的客戶"))]
    Dup(DupArgs),
    #[command(about = say!("Whom to contact today; log and plan contacts", "今天该联系谁；记录和计划跟进", "今天該聯絡誰；記錄與計畫跟進"))]
    Followup(FollowupArgs),
    #[command(about = say!("Every duty with a date; from cron and for calendars", "所有到期的事项；可定时运行，可导出日历", "所有到期的事項；可排程執行，可匯出行事曆"), after_help = desk::remind_help())]
    Remind(RemindArgs),
    #[command(about = say!("A letter or page from a template, with what the card knows", "用模板生成信函或页面，填入卡片内容", "以範本產生信函或頁面，填入卡片內容"), after_help = desk::fill_help())]
    Fill(FillArgs),
    #[command(about = say!("Confirm a card section by section, as a full revision does", "逐项核查卡片（全面修订）", "逐項核查卡片（全面修訂）"))]
    Revise(ReviseArgs),
    #[command(about = say!("Give all customers of one colleague to another", "把一位同事的全部客户移交给另一位", "將一位同事的所有客戶移交給另一位"))]
    Handover(HandoverArgs),
    #[command(about = say!("Customers whom nobody follows", "无人跟进的客户（公海）", "無人跟進的客戶（公海）"))]
    Pool(PoolArgs),
    #[command(about = say!("People at a customer", "客户的联系人", "客戶的聯絡人"), mut_subcommand("add", |add| records::add_help(add, Contact::SECTION)))]
    Contact(ContactArgs),
    #[command(about = say!("What was agreed to be done", "约定的行动", "約定的行動"), mut_subcommand("add", |add| records::add_help(add, Action::SECTION)))]
    Action(RecordArgs),
    #[command(about = say!("Rounds of a negotiation", "谈判轮次", "談判輪次"), mut_subcommand("add", |add| records::add_help(add, Negotiation::SECTION)))]
    Negotiation(RecordArgs),
    #[command(about = say!("What changed at a customer", "客户方的变化", "客戶方的變化"), mut_subcommand("add", |add| records::add_help(add, Development::SECTION)))]
    Development(RecordArgs),
    #[command(about = say!("A supervisor's notes on a card", "主管对卡片的批注", "主管對卡片的批註"), mut_subcommand("add", |add| records::add_help(add, Review::SECTION)))]
    Review(RecordArgs),
    #[command(about = say!("What was changed, when and by whom", "谁在什么时候改了什么", "誰在什麼時候改了什麼"))]
    History(HistoryArgs),
    #[command(about = say!("Take back the last command, or any commit; what was done since stays", "撤销上一条命令或某次提交；之后的改动保留", "復原上一個指令或某次提交；之後的更動保留"))]
    Undo(UndoArgs),
    #[command(about = say!("Bring back a card, or one place in it, as it was", "把卡片或其中一处恢复到当时的内容", "把卡片或其中一處還原為當時的內容"))]
    Restore(RestoreArgs),
    #[command(about = say!("Take in what was edited by hand", "记入手工编辑的内容", "記入手動編輯的內容"))]
    Commit(CommitArgs),
    #[command(about = say!("Take a copy of an archive that others share", "取得他人共享的档案", "取得他人共用的客戶檔案"))]
    Clone(CloneArgs),
    #[command(about = say!("Bring this archive and the others' together", "与其他人的档案同步", "與其他人的客戶檔案同步"))]
    Sync(SyncArgs),
    #[command(about = say!("Fields that two people set to two values", "两人填写了不同值的字段", "兩人填寫了不同值的欄位"))]
    Conflict(ConflictArgs),
    #[command(name = "merge-driver", about = say!("Merge cards for plain git; git calls it", "供 git 合并卡片时调用", "供 git 合併卡片時呼叫"))]
    MergeDriver(MergeDriverArgs),
    #[command(about = say!("Look for what is wrong in cards and folders, and mend what is safe", "检查卡片和文件夹中的问题，并修正可以安全修正的", "檢查卡片與資料夾中的問題，並修正可以安全修正的"))]
    Check(super::check::CheckArgs),
    #[command(about = say!("Look for what is wrong with this clone: git, remote, locks, disk", "检查本机档案的问题：git、远程仓库、锁、磁盘", "檢查這份檔案的問題：git、遠端儲存庫、鎖定、磁碟"))]
    Doctor(super::doctor::DoctorArgs),
    #[command(about = say!("Explain the fields of a card", "说明卡片的字段", "說明卡片的欄位"))]
    Fields(FieldsArgs),
    #[command(about = say!("Explain the settings of the archive", "说明档案的设置", "說明客戶檔案的設定"))]
    Config(NameArgs),
    #[command(about = say!("Copy the archive elsewhere, with its history", "把档案连同历史备份到别处", "把客戶檔案連同歷史備份到別處"))]
    Backup(BackupArgs),
    #[command(about = say!("Make two cards of one customer one", "把同一客户的两张卡片合并为一张", "把同一客戶的兩張卡片合併為一張"))]
    Merge(MergeArgs),
    #[command(about = say!("Take customers or records in from a table", "从表格文件导入客户或记录", "從表格檔案匯入客戶或紀錄"))]
    Import(ImportArgs),
    #[command(about = say!("Write customers to a file that goes back in: CSV, workbook or JSON", "把客户导出为可再导入的文件：CSV、工作簿或 JSON", "將客戶匯出為可再匯入的檔案：CSV、活頁簿或 JSON"))]
    Export(ExportArgs),
    #[command(about = say!("Print completions for a shell", "输出命令行补全脚本", "輸出命令列自動完成指令碼"))]
    Completions(CompletionsArgs),
    #[command(about = say!("Print the manual page", "输出手册页", "輸出使用手冊頁"))]
    Man,
}

#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    #[arg(value_name = "DIR", help = say!("The folder", "文件夹", "資料夾"))]
    pub folder: PathBuf,
    #[arg(long, value_name = "CC", help = say!("Home country (default CN)", "本国（默认 CN）", "本國（預設為 CN）"))]
    pub home: Option<String>,
    #[arg(long, value_name = "NAME <MAIL>", help = say!("Who works at this desk, where git does not know", "本机使用者；git 已知时可不填", "這台電腦的使用者；git 已知時可不填"))]
    pub me: Option<String>,
    #[arg(long, value_name = "URL", help = say!("Share it at this git address or folder, where there is nothing yet", "在此 git 地址或文件夹共享；那里须为空", "在此 git 位址或資料夾共用；該處須為空"))]
    pub remote: Option<String>,
    #[arg(long, value_name = "LETTERS", help = team::series_help())]
    pub series: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    #[arg(value_name = "DIR", help = say!("The folder (default crm-demo, here or among the temporary files)", "文件夹（默认 crm-demo，在当前文件夹或临时文件夹下）", "資料夾（預設為 crm-demo，位於目前資料夾或暫存資料夾之下）"))]
    pub folder: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct AddArgs {
    #[arg(value_name = "NAME", help = say!("The customer's name", "客户名称", "客戶名稱"))]
    pub name: Option<String>,
    #[arg(long, value_name = "CC", help = say!("Country, by code or name", "国家/地区：代码或名称", "國家/地區：代碼或名稱"))]
    pub country: Option<String>,
    #[arg(long, value_name = "STAGE", help = say!("prospect (default), customer or closed", "潜在客户（默认）、客户 或 停止往来", "潛在客戶（預設）、客戶 或 停止往來"))]
    pub stage: Option<String>,
    #[arg(long, value_name = "NAME <MAIL>", help = say!("The person to turn to, maybe with a mail address", "主要联系人，可带邮箱", "主要聯絡人，可附電子郵件"))]
    pub contact: Option<String>,
    #[arg(long, value_name = "PHONE", help = say!("A phone number, of the contact if there is one", "电话；有联系人时记在联系人下", "電話；有聯絡人時記在聯絡人之下"))]
    pub phone: Option<String>,
    #[arg(long, help = say!("Add it even if it seems to be there already", "即使可能已有此客户，也照样新增", "即使可能已有此客戶，仍然新增"))]
    pub anyway: bool,
    #[arg(value_name = "KEY=VALUE", help = say!("Further fields, see crm fields", "其他字段，见 crm fields", "其他欄位，見 crm fields"))]
    pub values: Vec<String>,
}

fn card_help() -> &'static str {
    say!("Number, id, folder or name", "编号、内部编号、文件夹或名称", "編號、內部編號、資料夾或名稱")
}

#[derive(Args, Debug)]
pub(crate) struct CardArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "SECTION", help = say!("Only this section", "只显示这一部分", "只顯示這一部分"))]
    pub section: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct GetArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "PATH", help = say!("phone, custom.port, contacts[k3f].title", "phone、custom.port、contacts[k3f].title", "phone、custom.port、contacts[k3f].title"))]
    pub path: String,
}

#[derive(Args, Debug)]
pub(crate) struct HistoryArgs {
    #[arg(value_name = "CARD", help = say!("A customer (default: the whole archive)", "客户（默认整个档案）", "客戶（預設為整個客戶檔案）"))]
    pub card: Option<String>,
    #[arg(value_name = "PATH", help = say!("Only this place in the card: phone, contacts[k3f].title, @stage", "只看卡片中的这一处：phone、contacts[k3f].title、@stage", "只看卡片上的這一處：phone、contacts[k3f].title、@stage"))]
    pub place: Option<String>,
    #[arg(long, value_name = "PATH", conflicts_with = "place", help = say!("This place in all cards", "所有卡片中的这一处", "所有卡片上的這一處"))]
    pub path: Option<String>,
    #[arg(long, value_name = "DATE", help = say!("From this day on", "从这一天起", "從這一天起"))]
    pub since: Option<String>,
    #[arg(long, value_name = "DATE", help = say!("Up to this day", "到这一天为止", "到這一天為止"))]
    pub until: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("By whom: a part of the name or mail address", "操作人：姓名或邮箱的一部分", "操作者：姓名或電子郵件的一部分"))]
    pub by: Option<String>,
    #[arg(long, value_name = "N", help = say!("At most so many commits, 0 for all (default 50 of all)", "最多显示多少次提交，0 为全部（全部历史默认 50）", "最多顯示幾次提交，0 為全部（全部歷史預設為 50）"))]
    pub limit: Option<usize>,
}

#[derive(Args, Debug)]
pub(crate) struct UndoArgs {
    #[arg(value_name = "COMMIT", help = say!("The commit (default: that of the last command in this clone)", "提交（默认为本机上一条命令的提交）", "提交（預設為這台電腦上一個指令的提交）"))]
    pub commit: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct RestoreArgs {
    #[arg(value_name = "CARD", help = say!("A customer, also one who was closed or removed", "客户，也可以是已停止往来或已删除的", "客戶，也可以是已停止往來或已刪除的"))]
    pub card: String,
    #[arg(value_name = "PATH", help = say!("Only this place: phone, contacts[k3f]", "只恢复这一处：phone、contacts[k3f]", "只還原這一處：phone、contacts[k3f]"))]
    pub path: Option<String>,
    #[arg(long, value_name = "WHEN", help = say!("As it was at the end of that day, or at that commit", "恢复到当天结束时或该次提交时", "還原至當天結束時或該次提交時"))]
    pub to: String,
}

#[derive(Args, Debug)]
pub(crate) struct CommitArgs {
    #[arg(long, help = say!("Also record what was removed by hand", "也记入手工删除的内容", "也記入手動刪除的內容"))]
    pub removed: bool,
}

#[derive(Args, Debug)]
pub(crate) struct NameArgs {
    #[arg(value_name = "NAME", help = say!("Only this one", "只看这一项", "只看這一項"))]
    pub name: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct FieldsArgs {
    #[arg(value_name = "NAME", help = say!("Only this one", "只看这一项", "只看這一項"))]
    pub name: Option<String>,
    #[arg(long, help = say!("The tables and columns that crm sql and --where see", "crm sql 和 --where 可用的表和列", "crm sql 和 --where 可用的資料表和欄位"))]
    pub sql: bool,
}

#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    #[arg(value_name = "SHELL", hide_possible_values = true, help = say!("bash, zsh, fish, powershell or elvish", "bash、zsh、fish、powershell 或 elvish", "bash、zsh、fish、powershell 或 elvish"))]
    pub shell: clap_complete::Shell,
}
