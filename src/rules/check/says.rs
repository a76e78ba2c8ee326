//! What findings say, and what mends them. The code of a message is the code of its finding.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::card::read::Flaw;
use crate::card::value::Fault;
use crate::i18n::{Lang, Say, Text, messages};
use crate::settings::{OwnField, SettingsFlaw};

/// What a field or section is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// As it is declared.
    Declared(Text),
    /// A field of the company's own, by key.
    Own(String, Box<OwnField>),
}

impl Label {
    fn get(&self, lang: Lang) -> &str {
        match self {
            Label::Declared(text) => text.get(lang),
            Label::Own(key, field) => field.label(key, lang),
        }
    }
}

/// Several labels in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Labels(pub Vec<Label>);

impl Say for Labels {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        let labels: Vec<&str> = self.0.iter().map(|label| label.get(lang)).collect();
        Cow::Owned(labels.join(Text::new(", ", "、").get(lang)))
    }
}

messages! {
    /// What is wrong.
    pub enum Said {
        Flaw { field: String, flaw: Flaw } = "flaw":
            "{field}: {flaw}", "{field}：{flaw}";
        MissingId { count: usize } = "missing_id":
            "ids are missing: {count}", "缺少内部编号：{count} 处";
        MissingNumber = "missing_number":
            "the customer has no number yet", "客户还没有编号";
        BadOwnValue { field: String, fault: Fault } = "bad_own_value":
            "{field}: {fault}", "{field}：{fault}";
        UnlistedChoice { field: String, value: String } = "unlisted_choice":
            "{field}: ‘{value}’ is not in the list; it is kept", "{field}：“{value}”不在列表中；内容已保留";
        BrokenReference { field: String, section: String, id: String } = "broken_reference":
            "{field}: {section} has no record {id}", "{field}：{section} 中没有记录 {id}";
        UnknownMember { field: String, key: String } = "unknown_member":
            "{field}: nobody in the team has the key ‘{key}’", "{field}：团队中没有代号“{key}”";
        TwoMainContacts { first: String, second: String } = "two_main_contacts":
            "{first} and {second} are both the main contact", "{first} 和 {second} 都是主要联系人";
        EndedMainContact { name: String, until: NaiveDate } = "ended_main_contact":
            "{name} is the main contact and left on {until}", "主要联系人 {name} 已于 {until} 离任";
        NoNextStep = "no_next_step":
            "no next step is planned", "没有计划下一步";
        FutureDay { field: String, day: NaiveDate } = "future_day":
            "{field}: {day} has not come yet", "{field}：{day} 还没有到";
        DaysReversed { field: String, since: NaiveDate, until: NaiveDate } = "days_reversed":
            "{field}: {until} is before {since}", "{field}：{until} 早于 {since}";
        LateEntry { field: String, days: i64 } = "late_entry":
            "{field}: entered {days} days after the contact", "{field}：跟进后 {days} 天才录入";
        Incomplete { percent: usize, missing: Labels } = "incomplete":
            "{percent}% of the mandatory fields are filled; missing: {missing}", "必填项已填 {percent}%；缺少：{missing}";
        CountryDisagrees { card: String, folder: String } = "country_disagrees":
            "the card says {card}, the folder {folder}", "卡片写的是 {card}，文件夹却在 {folder}";
        ClosedElsewhere { day: String } = "closed_elsewhere":
            "dealings ended on {day}, but the folder is not among the closed", "{day} 已停止往来，但文件夹不在停止往来之下";
        ClosedWithoutDay = "closed_without_day":
            "the card does not say when dealings ended", "卡片没有写何时停止往来";

        CardUnreadable { reason: String } = "card_unreadable":
            "the card cannot be read: {reason}", "无法读取卡片：{reason}";
        BadNumber { no: String } = "bad_number":
            "‘{no}’ is no number: letters, then digits", "“{no}”不是编号：应为字母加数字";
        SameNumber { no: String, other: String } = "same_number":
            "the number {no} is also that of {other}", "编号 {no} 与 {other} 相同";
        CopiedFolder { other: String } = "copied_folder":
            "it is a copy of {other}, with the same id", "这是 {other} 的副本，内部编号相同";
        FormerIdInUse { id: String, other: String } = "former_id_in_use":
            "the former id {id} is still that of {other}", "原内部编号 {id} 仍在 {other} 使用";
        WrongBranch { there: String, wanted: String } = "wrong_branch":
            "the customer is filed under {there} and belongs under {wanted}", "客户归在 {there} 之下，应归在 {wanted} 之下";
        UnclearCountry { name: String, wanted: String } = "unclear_country":
            "‘{name}’ is read as {wanted}", "“{name}”按 {wanted} 读取";
        NotACountry { name: String } = "not_a_country":
            "‘{name}’ is no country; customers below it are not listed", "“{name}”不是国家/地区；其中的客户不会列出";
        SameFolderName { other: String } = "same_folder_name":
            "a file system may take it for {other}", "有的文件系统会把它与 {other} 当成同一个";
        UnsafeName { name: String } = "unsafe_name":
            "not every file system takes the name ‘{name}’", "“{name}”这个名称不是每种文件系统都能用";
        NameNotUtf8 { name: String } = "name_not_utf8":
            "the name {name} is not UTF-8", "名称 {name} 不是 UTF-8";
        FolderWithoutCard = "folder_without_card":
            "the folder has no card", "文件夹中没有卡片";
        MissingCustomer { no: String, name: String } = "missing_customer":
            "{no} {name} is in history and nowhere in the archive", "历史中有 {no} {name}，档案中却找不到";
        StrayCard = "stray_card":
            "the card stands where no customer is looked for", "卡片所在的位置不会被当作客户";
        StrayFile = "stray_file":
            "the file belongs to no customer and is not kept in history", "文件不属于任何客户，不会记入历史";
        ConflictCopy { of: String } = "conflict_copy":
            "another program left a second version of {of}", "其他程序留下了 {of} 的另一个版本";
        DraftLeft = "draft_left":
            "an interrupted command left this draft", "中断的命令留下了这个草稿";
        Link = "link":
            "it is a link; links are not followed", "这是链接；程序不会跟随链接";
        LargePaper { mib: u64, most: u64 } = "large_paper":
            "it has {mib} MiB; above {most} MiB it is left out of history", "大小为 {mib} MiB；超过 {most} MiB 的文件不记入历史";
        BadSettings { flaw: SettingsFlaw } = "bad_settings":
            "{flaw}", "{flaw}";
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
            "`crm check --fix`", "`crm check --fix`";
        EditCard { card: String } = "edit_card":
            "`crm edit {card}`", "`crm edit {card}`";
        EditFile { path: String } = "edit_file":
            "mend it in a text editor: {path}", "请用文本编辑器修正：{path}";
        Set { card: String, path: String, value: String } = "set":
            "`crm set {card} '{path}={value}'`", "`crm set {card} '{path}={value}'`";
        SetDay { card: String, path: String } = "set_day":
            "if the day is wrong: `crm set {card} '{path}=DATE'`", "如果日期有误：`crm set {card} '{path}=日期'`";
        Unset { card: String, path: String } = "unset":
            "`crm unset {card} '{path}'`", "`crm unset {card} '{path}'`";
        ChooseListed { card: String, path: String, field: String } = "choose_listed":
            "`crm fields {field}` has the list; `crm set {card} '{path}=…'`", "`crm fields {field}` 可查看列表；`crm set {card} '{path}=…'`";
        NameMember { card: String, path: String } = "name_member":
            "`crm set {card} '{path}=KEY'`, or add the person to [[team]] in crm.toml", "`crm set {card} '{path}=代号'`，或在 crm.toml 的 [[team]] 中加入此人";
        NameMain { card: String } = "name_main":
            "`crm set {card} 'contacts[ID].main=yes'` for another person", "为另一位联系人运行 `crm set {card} 'contacts[编号].main=yes'`";
        Plan { card: String } = "plan":
            "`crm followup plan {card} DATE`", "`crm followup plan {card} 日期`";
        Fill { card: String, path: String } = "fill":
            "`crm set {card} '{path}=…'`", "`crm set {card} '{path}=…'`";
        MoveCountry { card: String, code: String } = "move_country":
            "`crm move {card} --country {code}`, or take the line out of the card", "`crm move {card} --country {code}`，或从卡片中删去这一行";
        UnsetClosing { card: String } = "unset_closing":
            "`crm unset {card} closed`, or `crm close {card}`", "`crm unset {card} closed`，或 `crm close {card}`";
        SetClosing { card: String } = "set_closing":
            "`crm set {card} closed=DATE close_reason=…`", "`crm set {card} closed=日期 close_reason=…`";
        DropNumber = "drop_number":
            "take the line `no` out of one of the two cards, then `crm commit` gives a new one", "从其中一张卡片删去 `no` 一行，再运行 `crm commit` 发放新编号";
        DropFormerId = "drop_former_id":
            "take the id out of former_ids, or remove the other folder", "从 former_ids 中删去该编号，或删除另一个文件夹";
        RenameIt { wanted: String } = "rename_it":
            "rename it, such as {wanted}", "请改名，如 {wanted}";
        RenameFolder = "rename_folder":
            "rename one of the two folders", "请为其中一个文件夹改名";
        GiveCard { path: String } = "give_card":
            "write a card there ({path}: name = \"…\"), or move the papers to their customer", "在那里写一张卡片（{path}：name = \"…\"），或把文件移到所属客户";
        PutBack = "put_back":
            "put the folder back, or say that it is meant: `crm commit --removed`", "请把文件夹放回，或确认删除：`crm commit --removed`";
        MoveCard = "move_card":
            "move its folder to stage/country/company", "请把所在文件夹移到 阶段/国家/公司 之下";
        MoveFile = "move_file":
            "move it to its customer's folder, or out of the archive", "请移到所属客户的文件夹，或移出档案";
        CompareCopy = "compare_copy":
            "take over what the other one lacks, then remove it", "把另一份缺少的内容补上，然后删除它";
        ReplaceLink = "replace_link":
            "put the file or folder itself there, or remove the link", "请放入文件或文件夹本身，或删除链接";
        Shrink = "shrink":
            "keep it elsewhere, or set papers.max_mib higher", "请存放到别处，或调高 papers.max_mib";
        SeeConfig = "see_config":
            "mend the line in crm.toml; docs/format.md says what it takes", "请修正 crm.toml 中的这一行；写法见 docs/format.md";
    }
}
