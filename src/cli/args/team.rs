//! The arguments of what a team needs: who works here, clone, sync, conflicts.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::card_help;
use crate::cli::say::say;

fn url_help() -> &'static str {
    say!(
        "Any git address, or a folder on a shared disk or a stick",
        "任何 git 地址，或共享磁盘、U 盘上的文件夹",
        "任何 git 位址，或共用磁碟、隨身碟上的資料夾"
    )
}

fn me_help() -> &'static str {
    say!(
        "Who works at this desk, where git does not know",
        "本机使用者；git 已知时可不填",
        "這台電腦的使用者；git 已知時可不填"
    )
}

pub(super) fn series_help() -> &'static str {
    say!(
        "Letters of the numbers that this desk gives: L",
        "本机编号系列的字母，如 L",
        "這台電腦編號系列的字母，例如 L"
    )
}

#[derive(Args, Debug)]
pub(crate) struct MeArgs {
    #[arg(value_name = "NAME <MAIL>", help = say!("Name and mail address: 'Lin Wei <lin@example.com>'", "姓名和邮箱：'林伟 <lin@example.com>'", "姓名和電子郵件：'林偉 <lin@example.com>'"))]
    pub person: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CloneArgs {
    #[arg(value_name = "URL", help = url_help())]
    pub url: String,
    #[arg(value_name = "DIR", help = say!("The new folder", "新文件夹", "新資料夾"))]
    pub folder: PathBuf,
    #[arg(long, value_name = "NAME <MAIL>", help = me_help())]
    pub me: Option<String>,
    #[arg(long, value_name = "LETTERS", help = series_help())]
    pub series: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct SyncArgs {
    #[arg(long, help = say!("For cron: no questions, and nothing is said when nothing is new", "供 cron 使用：不提问，没有新内容时不输出", "供 cron 使用：不提問，沒有新內容時不輸出"))]
    pub auto: bool,
    #[arg(long, help = say!("Exit 4 when the others cannot be reached", "无法连接时以 4 退出", "無法連線時以 4 結束"))]
    pub require_online: bool,
    #[arg(long, value_name = "URL", help = say!("From now on at this git address or folder", "从现在起在此 git 地址或文件夹同步", "從現在起在此 git 位址或資料夾同步"))]
    pub remote: Option<String>,
}

#[derive(Args, Debug)]
#[command(subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct ConflictArgs {
    #[command(subcommand)]
    pub command: ConflictCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConflictCommand {
    #[command(about = say!("List fields that two people set to two values", "列出两人填写了不同值的字段", "列出兩人填寫了不同值的欄位"))]
    List(ConflictListArgs),
    #[command(about = say!("Decide for one of the values", "选定其中一个值", "選定其中一個值"))]
    Take(ConflictTakeArgs),
}

#[derive(Args, Debug)]
pub(crate) struct ConflictListArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ConflictTakeArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "PATH", help = say!("The place, as crm conflict list shows it", "位置，如冲突列表所示", "位置，如衝突清單所示"))]
    pub path: String,
    #[arg(value_name = "VALUE", help = say!("One of the values, or the member who set it", "其中一个值，或填写它的成员", "其中一個值，或填寫它的成員"))]
    pub value: String,
}

#[derive(Args, Debug)]
pub(crate) struct MergeDriverArgs {
    #[arg(value_name = "BASE", help = say!("The card that both began from: %O", "共同的原卡片：%O", "共同的原卡片：%O"))]
    pub base: PathBuf,
    #[arg(value_name = "OURS", help = say!("Our card; the merged one is written there: %A", "本方的卡片，合并结果写入其中：%A", "本方的卡片，合併結果寫入其中：%A"))]
    pub ours: PathBuf,
    #[arg(value_name = "THEIRS", help = say!("Their card: %B", "对方的卡片：%B", "對方的卡片：%B"))]
    pub theirs: PathBuf,
    #[arg(value_name = "PATH", help = say!("Where the card stands: %P", "卡片的位置：%P", "卡片的位置：%P"))]
    pub path: String,
}
