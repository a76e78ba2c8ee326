//! The arguments of the commands that take files in and give them out.

use std::path::PathBuf;

use clap::Args;

use super::ListArgs;
use crate::cli::say::say;

#[derive(Args, Debug)]
pub(crate) struct MergeArgs {
    #[arg(value_name = "CARD", help = say!("The card that goes", "要并入的卡片", "要併入的卡片"))]
    pub card: String,
    #[arg(long, value_name = "CARD", help = say!("The card that stays", "保留的卡片", "保留的卡片"))]
    pub into: String,
}

#[derive(Args, Debug)]
#[command(allow_missing_positional = true)]
pub(crate) struct ImportArgs {
    #[arg(value_name = "SECTION", help = say!("Where the rows are records: of which section", "每行是一条记录时：所属分类", "每列是一筆紀錄時：所屬分類"))]
    pub section: Option<String>,
    #[arg(value_name = "FILE", required = true, help = say!("CSV, a workbook, JSON Lines, or mails (.eml, .mbox)", "CSV、工作簿、JSON Lines，或邮件（.eml、.mbox）", "CSV、活頁簿、JSON Lines，或郵件（.eml、.mbox）"))]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "MAP", help = say!("COLUMN=FIELD, YU=RS or the name of a mapping", "列=字段、YU=RS 或对照表名称", "欄=欄位、YU=RS 或對照表名稱"))]
    pub map: Vec<String>,
    #[arg(long, value_name = "COLUMN", help = say!("The column with the customer's key in the other program", "客户在原系统中的代码所在的列", "客戶在原系統中的代碼所在的欄"))]
    pub key: Option<String>,
    #[arg(long, value_name = "STAGE", help = say!("The stage of new customers (default prospect)", "新客户的阶段（默认潜在客户）", "新客戶的階段（預設為潛在客戶）"))]
    pub stage: Option<String>,
    #[arg(long, help = say!("Replace values that differ", "覆盖不同的值", "覆寫不同的值"))]
    pub overwrite: bool,
    #[arg(long, help = say!("Make customers although likely duplicates are there", "即使疑似重复也新建客户", "即使疑似重複也新增客戶"))]
    pub anyway: bool,
    #[arg(long, value_name = "ENCODING", help = say!("utf-8, utf-16, gb18030 or big5 (default: recognised)", "utf-8、utf-16、gb18030 或 big5（默认自动识别）", "utf-8、utf-16、gb18030 或 big5（預設自動辨識）"))]
    pub encoding: Option<String>,
    #[arg(long, value_name = "CHAR", help = say!("What parts the cells (default: recognised)", "单元格之间的分隔符（默认自动识别）", "儲存格之間的分隔符號（預設自動辨識）"))]
    pub delimiter: Option<String>,
    #[arg(long, value_name = "NAME", help = say!("The sheet of a workbook (default: the first)", "工作簿中的工作表（默认第一张）", "活頁簿中的工作表（預設為第一張）"))]
    pub sheet: Option<String>,
    #[arg(long, value_name = "YYYY", help = say!("The year of the newest entry, for logs without years", "跟进情况没有年份时，最近一条记录的年份", "跟進情況沒有年份時，最近一筆紀錄的年份"))]
    pub year: Option<i32>,
    #[arg(long, help = say!("Only propose a mapping", "只给出对照表建议，不导入", "只提出對照表建議，不匯入"))]
    pub guess: bool,
    #[arg(long, value_name = "NAME", requires = "guess", help = say!("Keep the proposal as imports/NAME.toml", "把建议的对照表保存为 imports/NAME.toml", "將建議的對照表存為 imports/NAME.toml"))]
    pub keep: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "FILE", help = say!("The file; it ends in .csv, .tsv, .xlsx, .json or .jsonl, or is - for stdout", "文件：.csv、.tsv、.xlsx、.json 或 .jsonl；- 为标准输出", "檔案：.csv、.tsv、.xlsx、.json 或 .jsonl；- 為標準輸出"))]
    pub file: PathBuf,
    #[arg(long, value_name = "SECTION", help = say!("Only the records of this section, such as contacts", "只导出这一部分的记录，如联系人", "只匯出這一部分的紀錄，例如聯絡人"))]
    pub section: Option<String>,
    #[arg(long, help = say!("Keys and tokens in place of labels", "用键和代号代替名称", "用鍵名和代號代替名稱"))]
    pub keys: bool,
    #[arg(long, help = say!("Replace a file that is there", "覆盖已有的文件", "覆寫已有的檔案"))]
    pub force: bool,
    #[command(flatten)]
    pub list: ListArgs,
}
