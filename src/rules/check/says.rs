//! What findings say, and what mends them. The code of a message is the code of its finding.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::view_fault::ViewFault;
use crate::card::country::Written;
use crate::card::read::Flaw;
use crate::card::value::Fault;
use crate::i18n::{Lang, List, Say, Text, TomlSays, messages};
use crate::settings::{OwnField, SettingsFlaw};

/// What a field or section is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// As it is declared.
    Declared(Text),
    /// A field of the company's own, by key.
    Own(String, Box<OwnField>),
}

impl Say for Label {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Label::Declared(text) => text.get(lang),
            Label::Own(key, field) => field.label(key, lang),
        })
    }
}

messages! {
    /// What is wrong.
    pub enum Said {
        Flaw { field: String, flaw: Flaw } = "flaw":
            "{field}: {flaw}", "{field}：{flaw}", "{field}：{flaw}";
        MissingId { count: usize } = "missing_id":
            "ids are missing: {count}", "缺少内部编号：{count} 处", "缺少內部編號：{count} 處";
        Conflict { path: String, others: List } = "conflict":
            "{path}: two people set two values; the other is {others}", "{path}：两人填写了不同的值；另一个是 {others}", "{path}：兩人填寫了不同的值；另一個是 {others}";
        MissingNumber = "missing_number":
            "the customer has no number yet", "客户还没有编号", "客戶還沒有編號";
        BadOwnValue { field: String, fault: Fault } = "bad_own_value":
            "{field}: {fault}", "{field}：{fault}", "{field}：{fault}";
        UnlistedChoice { field: String, value: String } = "unlisted_choice":
            "{field}: ‘{value}’ is not in the list; it is kept", "{field}：“{value}”不在列表中；内容已保留", "{field}：「{value}」不在清單中；內容已保留";
        BrokenReference { field: String, section: String, id: String } = "broken_reference":
            "{field}: {section} has no record {id}", "{field}：{section} 中没有记录 {id}", "{field}：{section} 中沒有紀錄 {id}";
        UnknownMember { field: String, key: String } = "unknown_member":
            "{field}: nobody in the team has the key ‘{key}’", "{field}：团队中没有代号“{key}”", "{field}：團隊中沒有代號「{key}」";
        TwoMainContacts { first: String, second: String } = "two_main_contacts":
            "{first} and {second} are both the main contact", "{first} 和 {second} 都是主要联系人", "{first} 和 {second} 都是主要聯絡人";
        EndedMainContact { name: String, until: NaiveDate } = "ended_main_contact":
            "{name} is the main contact and left on {until}", "主要联系人 {name} 已于 {until} 离任", "主要聯絡人 {name} 已於 {until} 離任";
        NoNextStep = "no_next_step":
            "no next step is planned", "没有计划下一步", "尚未計畫下一步";
        FutureDay { field: String, day: NaiveDate } = "future_day":
            "{field}: {day} has not come yet", "{field}：{day} 还没有到", "{field}：{day} 還沒有到";
        DaysReversed { field: String, since: NaiveDate, until: NaiveDate } = "days_reversed":
            "{field}: {until} is before {since}", "{field}：{until} 早于 {since}", "{field}：{until} 早於 {since}";
        LateEntry { field: String, days: i64 } = "late_entry":
            "{field}: entered {days} day{S} after the contact", "{field}：跟进后 {days} 天才录入", "{field}：跟進後 {days} 天才登錄";
        Incomplete { percent: usize, missing: List<Label> } = "incomplete":
            "{percent}% of the mandatory fields are filled; missing: {missing}", "必填项已填 {percent}%；缺少：{missing}", "必填欄位已填 {percent}%；缺少：{missing}";
        CountryDisagrees { card: String, folder: String } = "country_disagrees":
            "the card says {card}, the folder {folder}", "卡片写的是 {card}，文件夹却在 {folder}", "卡片寫的是 {card}，資料夾卻在 {folder}";
        ClosedElsewhere { day: String } = "closed_elsewhere":
            "dealings ended on {day}, but the folder is not among the closed", "{day} 已停止往来，但文件夹不在停止往来之下", "{day} 已停止往來，但資料夾不在停止往來之下";
        ClosedWithoutDay = "closed_without_day":
            "the card does not say when dealings ended", "卡片没有写何时停止往来", "卡片沒有寫何時停止往來";

        CardUnreadable { reason: TomlSays } = "card_unreadable":
            "the card cannot be read: {reason}", "无法读取卡片：{reason}", "無法讀取卡片：{reason}";
        BadNumber { no: String } = "bad_number":
            "‘{no}’ is no number: letters, then digits", "“{no}”不是编号：应为字母加数字", "「{no}」不是編號：應為字母加數字";
        SameNumber { no: String, other: String } = "same_number":
            "the number {no} is also that of {other}", "编号 {no} 与 {other} 相同", "編號 {no} 與 {other} 相同";
        CopiedFolder { other: String } = "copied_folder":
            "it is a copy of {other}, with the same id", "这是 {other} 的副本，内部编号相同", "這是 {other} 的複本，內部編號相同";
        FormerIdInUse { id: String, other: String } = "former_id_in_use":
            "the former id {id} is still that of {other}", "原内部编号 {id} 仍在 {other} 使用", "原內部編號 {id} 仍由 {other} 使用";
        WrongBranch { there: String, wanted: String } = "wrong_branch":
            "the customer is filed under {there} and belongs under {wanted}", "客户归在 {there} 之下，应归在 {wanted} 之下", "客戶歸在 {there} 之下，應歸在 {wanted} 之下";
        UnclearCountry { name: String, wanted: String } = "unclear_country":
            "‘{name}’ is read as {wanted}", "“{name}”按 {wanted} 读取", "「{name}」視為 {wanted}";
        NotACountry { name: String } = "not_a_country":
            "‘{name}’ is no country; customers below it are not listed", "“{name}”不是国家/地区；其中的客户不会列出", "「{name}」不是國家/地區；其中的客戶不會列出";
        SameFolderName { other: String } = "same_folder_name":
            "a file system may take it for {other}", "有的文件系统会把它与 {other} 当成同一个", "有的檔案系統會把它與 {other} 當成同一個";
        UnsafeName { name: String } = "unsafe_name":
            "not every file system takes the name ‘{name}’", "“{name}”这个名称不是每种文件系统都能用", "「{name}」這個名稱不是每種檔案系統都能用";
        NameNotUtf8 { name: String } = "name_not_utf8":
            "the name {name} is not UTF-8", "名称 {name} 不是 UTF-8", "名稱 {name} 不是 UTF-8";
        FolderWithoutCard = "folder_without_card":
            "the folder has no card", "文件夹中没有卡片", "資料夾中沒有卡片";
        MissingCustomer { no: String, name: String } = "missing_customer":
            "{no} {name} is in history and nowhere in the archive", "历史中有 {no} {name}，档案中却找不到", "歷史紀錄中有 {no} {name}，客戶檔案中卻找不到";
        StrayCard = "stray_card":
            "the card stands where no customer is looked for", "卡片所在的位置不会被当作客户", "卡片所在的位置不會被當作客戶";
        StrayFile = "stray_file":
            "the file belongs to no customer and is not kept in history", "文件不属于任何客户，不会记入历史", "檔案不屬於任何客戶，不會記入歷史紀錄";
        ConflictCopy { of: String } = "conflict_copy":
            "a merge or another program left a second version of {of}", "合并或其他程序留下了 {of} 的另一个版本", "合併或其他程式留下了 {of} 的另一個版本";
        DraftLeft = "draft_left":
            "an interrupted command left this draft", "中断的命令留下了这个草稿", "中斷的指令留下了這個草稿";
        Link = "link":
            "it is a link; links are not followed", "这是链接；程序不会跟随链接", "這是連結；程式不會跟隨連結";
        LargePaper { mib: u64, most: u64 } = "large_paper":
            "it has {mib} MiB; above {most} MiB it is left out of history", "大小为 {mib} MiB；超过 {most} MiB 的文件不记入历史", "大小為 {mib} MiB；超過 {most} MiB 的檔案不記入歷史紀錄";
        BadView { view: String, fault: ViewFault } = "bad_view":
            "the view {view} cannot be used: {fault}", "视图 {view} 无法使用：{fault}", "檢視 {view} 無法使用：{fault}";
        BadSettings { flaw: SettingsFlaw } = "bad_settings":
            "{flaw}", "{flaw}", "{flaw}";
    }
}

impl Said {
    /// The stable code of the finding.
    pub fn finding(&self) -> &'static str {
        match self {
            Said::Flaw { flaw, .. } => flaw.code(),
            other => other.code(),
        }
    }
}

messages! {
    /// What mends it.
    pub enum Mend {
        Fixable = "fixable":
            "`crm check --fix`", "`crm check --fix`", "`crm check --fix`";
        EditCard { card: String } = "edit_card":
            "`crm edit {card}`", "`crm edit {card}`", "`crm edit {card}`";
        EditFile { path: String } = "edit_file":
            "mend it in a text editor: {path}", "请用文本编辑器修正：{path}", "請用文字編輯器修正：{path}";
        Set { card: String, path: String, value: String } = "set":
            "`crm set {card} '{path}={value}'`", "`crm set {card} '{path}={value}'`", "`crm set {card} '{path}={value}'`";
        SetDay { card: String, path: String } = "set_day":
            "if the day is wrong: `crm set {card} '{path}=DATE'`", "如果日期有误：`crm set {card} '{path}=日期'`", "如果日期有誤：`crm set {card} '{path}=日期'`";
        Unset { card: String, path: String } = "unset":
            "`crm unset {card} '{path}'`", "`crm unset {card} '{path}'`", "`crm unset {card} '{path}'`";
        ChooseListed { card: String, path: String, field: String } = "choose_listed":
            "`crm fields {field}` has the list; `crm set {card} '{path}=…'`", "`crm fields {field}` 可查看列表；`crm set {card} '{path}=…'`", "`crm fields {field}` 可查看清單；`crm set {card} '{path}=…'`";
        NameMember { card: String, path: String } = "name_member":
            "`crm set {card} '{path}=KEY'`, or add the person to [[team]] in crm.toml", "`crm set {card} '{path}=代号'`，或在 crm.toml 的 [[team]] 中加入此人", "`crm set {card} '{path}=代號'`，或在 crm.toml 的 [[team]] 中加入此人";
        NameMain { card: String } = "name_main":
            "`crm set {card} 'contacts[ID].main=yes'` for another person", "为另一位联系人运行 `crm set {card} 'contacts[编号].main=yes'`", "為另一位聯絡人執行 `crm set {card} 'contacts[編號].main=yes'`";
        Plan { card: String } = "plan":
            "`crm followup plan {card} DATE`", "`crm followup plan {card} 日期`", "`crm followup plan {card} 日期`";
        Fill { card: String, path: String } = "fill":
            "`crm set {card} '{path}=…'`", "`crm set {card} '{path}=…'`", "`crm set {card} '{path}=…'`";
        MoveCountry { card: String, country: Written } = "move_country":
            "`crm move {card} --country {country}`, or take the line out of the card", "`crm move {card} --country {country}`，或从卡片中删去这一行", "`crm move {card} --country {country}`，或從卡片中刪去這一行";
        TakeValue { card: String, path: String } = "take_value":
            "`crm conflict take {card} {path} VALUE`; `crm conflict list {card}` shows who set which", "`crm conflict take {card} {path} 值`；`crm conflict list {card}` 显示各由谁填写", "`crm conflict take {card} {path} 值`；`crm conflict list {card}` 顯示各由誰填寫";
        UnsetClosing { card: String } = "unset_closing":
            "`crm unset {card} closed`, or `crm close {card}`", "`crm unset {card} closed`，或 `crm close {card}`", "`crm unset {card} closed`，或 `crm close {card}`";
        SetClosing { card: String } = "set_closing":
            "`crm set {card} closed=DATE close_reason=…`", "`crm set {card} closed=日期 close_reason=…`", "`crm set {card} closed=日期 close_reason=…`";
        DropNumber = "drop_number":
            "`crm renumber FOLDER` gives one of the two a new number", "运行 `crm renumber 文件夹` 为其中一个另给编号", "執行 `crm renumber 資料夾` 為其中一個另給編號";
        DropFormerId = "drop_former_id":
            "take the id out of former_ids, or remove the other folder", "从 former_ids 中删去该编号，或删除另一个文件夹", "從 former_ids 中刪去該編號，或刪除另一個資料夾";
        RenameIt { wanted: String } = "rename_it":
            "rename it, such as {wanted}", "请改名，如 {wanted}", "請重新命名，例如 {wanted}";
        MoveThem { wanted: String, country: Written } = "move_them":
            "{wanted} is there already: `crm move CARD --country {country}` for each customer here", "已有 {wanted}：请对其中每个客户运行 `crm move 客户 --country {country}`", "已有 {wanted}：請對其中每個客戶執行 `crm move 客戶 --country {country}`";
        RenameFolder = "rename_folder":
            "rename one of the two folders", "请为其中一个文件夹改名", "請為其中一個資料夾重新命名";
        GiveCard { path: String } = "give_card":
            "write a card there ({path}: name = \"…\"), or move the papers to their customer", "在那里写一张卡片（{path}：name = \"…\"），或把文件移到所属客户", "在那裡寫一張卡片（{path}：name = \"…\"），或把檔案移到所屬客戶";
        PutBack = "put_back":
            "put the folder back, or say that it is meant: `crm commit --removed`", "请把文件夹放回，或确认删除：`crm commit --removed`", "請把資料夾放回，或確認刪除：`crm commit --removed`";
        MoveCard = "move_card":
            "move its folder to stage/country/company", "请把所在文件夹移到 阶段/国家/公司 之下", "請把所在資料夾移到 階段/國家/公司 之下";
        MoveFile = "move_file":
            "move it to its customer's folder, or out of the archive", "请移到所属客户的文件夹，或移出档案", "請移到所屬客戶的資料夾，或移出客戶檔案";
        CompareCopy = "compare_copy":
            "take over what the other one lacks, then remove it", "把另一份缺少的内容补上，然后删除它", "把另一份缺少的內容補上，然後刪除它";
        ReplaceLink = "replace_link":
            "put the file or folder itself there, or remove the link", "请放入文件或文件夹本身，或删除链接", "請放入檔案或資料夾本身，或刪除連結";
        Shrink = "shrink":
            "keep it elsewhere, or set papers.max_mib higher", "请存放到别处，或调高 papers.max_mib", "請存放到別處，或調高 papers.max_mib";
        WriteNear { near: String } = "write_near":
            "did you mean {near}? mend the line in crm.toml", "是不是 {near}？请修正 crm.toml 中的这一行", "是不是 {near}？請修正 crm.toml 中的這一行";
        SeeConfig = "see_config":
            "mend the line in crm.toml; docs/format.md says what it takes", "请修正 crm.toml 中的这一行；写法见 docs/format.md", "請修正 crm.toml 中的這一行；寫法見 docs/format.md";
    }
}
