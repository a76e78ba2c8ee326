//! The arguments of lists, and of commands that take many customers at once.

use std::path::PathBuf;

use clap::Args;

use super::card_help;
use crate::cli::say::say;

pub(crate) fn where_help() -> &'static str {
    say!(
        "Customers for whom this holds: \"sincerity > 50\"",
        "符合此条件的客户，如 \"sincerity > 50\"",
        "符合此條件的客戶，如 \"sincerity > 50\""
    )
}

fn cards_help() -> &'static str {
    say!(
        "Number, id, folder or name; - reads the input",
        "编号、内部编号、文件夹或名称；- 读取输入",
        "編號、內部編號、資料夾或名稱；- 讀取輸入"
    )
}

#[derive(Args, Debug)]
#[command(after_help = say!(
    "FIELD is a key or a label of crm fields, custom.KEY, or a column such as contact or last_topic.\n  city=Kiel        it is that; a list has it\n  city!=Kiel       it is not\n  products~=pump   it has that as a part\n  city=            it is empty\nCase, accents and width do not matter. All filters must hold.\n--where is SQL over the same columns: country = 'DE' AND next_followup < today().\n  functions: today(), plus(day, '1m'), has(list, 'item'), home(), folded(text)",
    "字段可用 crm fields 中的键或名称、custom.键，或 contact、last_topic 等列。\n  city=基尔        等于；列表中有此项\n  city!=基尔       不等于\n  products~=泵     包含\n  city=            为空\n不区分大小写、重音和全半角。各条件须同时满足。\n--where 用 SQL 写，列相同：country = 'DE' AND next_followup < today()。\n  函数：today()、plus(日期, '1m')、has(列表, '项')、home()、folded(文字)",
    "欄位可用 crm fields 的鍵名或名稱、custom.鍵名，或 contact、last_topic 等欄。\n  city=基爾        等於此值；清單則含有此項\n  city!=基爾       不等於此值\n  products~=泵     含有這段文字\n  city=            沒有填寫\n大小寫、重音符號、全形半形視為相同；所有條件都要符合。\n--where 以 SQL 書寫，欄名相同：country = 'DE' AND next_followup < today()。\n  函式：today()、plus(日期, '1m')、has(清單, '項')、home()、folded(文字)"
))]
pub(crate) struct ListArgs {
    #[arg(value_name = "FIELD=VALUE", help = say!("Customers whose field is this; see below", "字段为此值的客户；写法见下", "欄位符合此值的客戶；寫法見下方"))]
    pub tests: Vec<String>,
    #[arg(long, value_name = "STAGE", help = say!("prospect, customer or closed", "潜在客户、客户 或 停止往来", "潛在客戶、客戶 或 停止往來"))]
    pub stage: Option<String>,
    #[arg(long, value_name = "CC", help = say!("Country, by code or name", "国家/地区：代码或名称", "國家/地區：代碼或名稱"))]
    pub country: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("Customers of this colleague, or me", "某位同事的客户，或 me", "某位同事的客戶，或 me"))]
    pub owner: Option<String>,
    #[arg(long, value_name = "TAG", help = say!("Customers with this tag; may be repeated", "带此标签的客户；可重复", "帶有此標籤的客戶；可重複"))]
    pub tag: Vec<String>,
    #[arg(long, help = say!("Open customers for whom nothing is planned", "没有计划下一步的客户", "尚未計畫下一步的客戶"))]
    pub no_next_step: bool,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
    #[arg(long, value_name = "NAME", num_args = 0..=1, help = say!("A view, ready or of crm.toml; without a name, all of them", "预设或 crm.toml 中的视图；不写名称则列出全部", "內建的或 crm.toml 中的檢視；不寫名稱就列出所有檢視"))]
    pub view: Option<Option<String>>,
    #[arg(long, value_name = "A,B", value_delimiter = ',', help = say!("Columns by key or label: see crm fields; next_followup, …", "列的键或名称，见 crm fields；next_followup 等", "欄的鍵名或名稱，見 crm fields；next_followup 等"))]
    pub columns: Vec<String>,
    #[arg(long, value_name = "KEY", value_delimiter = ',', help = say!("Sort by columns; -KEY for the greatest first", "按列排序；-键 表示从大到小", "依這些欄排序；-鍵名 表示由大到小"), allow_hyphen_values = true)]
    pub sort: Vec<String>,
}

#[derive(Args, Debug)]
#[command(after_help = say!(
    "All words must be in the card, in any order. Case, accents and width do not\nmatter; simplified finds traditional and back; a phone number is found however it\nis typed, a Chinese name by its pinyin or initials (shenzhen, sz).",
    "各词须都在同一张卡片中，次序不限。不区分大小写、重音和全半角；\n简体与繁体可互相查找；电话号码不论怎样书写；\n中文名称可用全拼或首字母查找（shenzhen、sz）。",
    "各詞須都在同一張卡片中，順序不限。不區分大小寫、重音和全半形；\n簡體與繁體可互相查找；電話號碼不論怎樣書寫；\n中文名稱可用全拼或首字母查找（shenzhen、sz）。"
))]
pub(crate) struct SearchArgs {
    #[arg(value_name = "TEXT", required = true, help = say!("Words, parts of words, numbers or Chinese characters", "词、词的一部分、号码或汉字", "詞、詞的一部分、號碼或漢字"))]
    pub words: Vec<String>,
    #[arg(long, value_name = "N", default_value_t = 20, hide_default_value = true, help = say!("At most so many customers (default 20); 0 for all", "最多显示多少个客户（默认 20）；0 表示全部", "最多顯示幾個客戶（預設 20）；0 表示全部"))]
    pub limit: usize,
    #[arg(long, value_name = "STAGE", help = say!("prospect, customer or closed", "潜在客户、客户 或 停止往来", "潛在客戶、客戶 或 停止往來"))]
    pub stage: Option<String>,
    #[arg(long, value_name = "CC", help = say!("Country, by code or name", "国家/地区：代码或名称", "國家/地區：代碼或名稱"))]
    pub country: Option<String>,
    #[arg(long, value_name = "MEMBER", help = say!("Customers of this colleague, or me", "某位同事的客户，或 me", "某位同事的客戶，或 me"))]
    pub owner: Option<String>,
    #[arg(long, value_name = "TAG", help = say!("Customers with this tag; may be repeated", "带此标签的客户；可重复", "帶有此標籤的客戶；可重複"))]
    pub tag: Vec<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = say!(
    "One SELECT over facts, customers, contacts, channels, followups, plans, dates,\njoined USING (card). The columns of facts are kept; other tables may change.\nThe columns: crm fields --sql\nFunctions: today(), plus(day, '1m'), has(list, 'item'), home(), folded(text)\n  crm sql \"SELECT country, count(*) FROM facts GROUP BY country\"",
    "一条 SELECT。表：facts、customers、contacts、channels、followups、plans、dates；\n用 USING (card) 连接。facts 的列是稳定的，其他表可能变化。\n各列的含义：crm fields --sql\n函数：today()、plus(日期, '1m')、has(列表, '项')、home()、folded(文字)\n  crm sql \"SELECT country, count(*) FROM facts GROUP BY country\"",
    "一個 SELECT。表：facts、customers、contacts、channels、followups、plans、dates；\n用 USING (card) 連接。facts 的欄位是穩定的，其他資料表可能變動。\n各欄的意思：crm fields --sql\n函式：today()、plus(日期, '1m')、has(清單, '項')、home()、folded(文字)\n  crm sql \"SELECT country, count(*) FROM facts GROUP BY country\""
))]
pub(crate) struct SqlArgs {
    #[arg(value_name = "QUERY", help = say!("The query; - reads the input", "查询；- 读取输入", "查詢；- 讀取輸入"))]
    pub query: String,
}

#[derive(Args, Debug)]
pub(crate) struct SetArgs {
    #[arg(value_name = "CARD… PATH=VALUE…", required = true, num_args = 1.., help = say!("Customers, or - for the input; then phone=…, tags+=…, tags-=…", "客户（- 读取输入）；然后 phone=…、tags+=…、tags-=…", "客戶（- 讀取輸入）；然後 phone=…、tags+=…、tags-=…"))]
    pub words: Vec<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct UnsetArgs {
    #[arg(value_name = "CARD… PATH…", required = true, num_args = 1.., help = say!("Customers (several by number), then fields, contacts[k3f]", "客户（多个时用编号），然后是字段或 contacts[k3f]", "客戶（多個時用編號），然後是欄位或 contacts[k3f]"))]
    pub words: Vec<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct MoveArgs {
    #[arg(value_name = "CARD", required_unless_present = "condition", help = cards_help())]
    pub cards: Vec<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
    #[arg(long, value_name = "STAGE", help = say!("prospect, customer or closed", "潜在客户、客户 或 停止往来", "潛在客戶、客戶 或 停止往來"))]
    pub stage: Option<String>,
    #[arg(long, value_name = "CC", help = say!("Country, by code or name", "国家/地区：代码或名称", "國家/地區：代碼或名稱"))]
    pub country: Option<String>,
    #[arg(long, value_name = "NAME", help = say!("A new name; the folder follows it", "新名称；文件夹随之改名", "新名稱；資料夾隨之改名"))]
    pub name: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct CloseArgs {
    #[arg(value_name = "CARD", required_unless_present = "condition", help = cards_help())]
    pub cards: Vec<String>,
    #[arg(long = "where", value_name = "SQL", help = where_help())]
    pub condition: Option<String>,
    #[arg(long, value_name = "REASON", help = say!("Why", "原因", "原因"))]
    pub reason: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct RemoveArgs {
    #[arg(value_name = "CARD", required = true, help = card_help())]
    pub cards: Vec<String>,
    #[arg(long, value_name = "REASON", help = say!("Why", "原因", "原因"))]
    pub reason: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct BackupArgs {
    #[arg(value_name = "DIR", help = say!("Where backups go; with --restore, the new archive", "存放备份的文件夹；与 --restore 同用时为新档案", "存放備份的資料夾；搭配 --restore 時，是還原後的客戶檔案"))]
    pub folder: PathBuf,
    #[arg(long, value_name = "BACKUP", help = say!("Make the archive again at DIR from this NAME.git", "用备份 NAME.git 在 DIR 恢复档案", "從備份 NAME.git 把客戶檔案還原到 DIR"))]
    pub restore: Option<PathBuf>,
}
