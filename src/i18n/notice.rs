//! What a command says beside its answer, on stderr.

use super::{Text, messages};

messages! {
    /// What is said.
    pub enum Notice {
        AdoptedByHand { no: String } = "adopted_by_hand":
            "{no}: what was edited by hand is kept in history", "{no}：手工编辑的内容已记入历史";
        CopyBecameCustomer { folder: String, no: String } = "copy_became_customer":
            "{folder} is a copy of another customer's folder and is a new customer now: {no}", "{folder} 是另一客户文件夹的副本，现为新客户：{no}";
        StrangeFolder { folder: String } = "strange_folder":
            "{folder} is no country, so its customers are not listed: rename it like DE-Germany", "{folder} 不是国家/地区文件夹，其中的客户没有列出：请改名，如 DE-德国";
        IsACopy { folder: String } = "is_a_copy":
            "{folder} is a copy of another customer's folder: it becomes a new customer with the next change", "{folder} 是另一客户文件夹的副本：下次修改时将成为新客户";
        RecordsRemovedByHand { no: String, records: String, commit: String, path: String } = "records_removed_by_hand":
            "{no}: the edit by hand removed {records}; `git show {commit}:'{path}'` still has them", "{no}：手工编辑删去了 {records}；用 `git show {commit}:'{path}'` 仍可查看";
        PaperTooLarge { path: String, most: u64 } = "paper_too_large":
            "{path} is larger than {most} MiB and is left out of history", "{path} 大于 {most} MiB，未记入历史";
        MissingCard { no: String, name: String, folder: String } = "missing_card":
            "{no} {name} is no longer at {folder}", "{no} {name} 已不在 {folder}";
        MissingCardStray { no: String, name: String, folder: String, stray: String } = "missing_card_stray":
            "{no} {name} is no longer at {folder}; its card is at {stray}, where no customer is looked for", "{no} {name} 已不在 {folder}；其卡片在 {stray}，程序不会在那里查找客户";
        MissingMore { count: usize } = "missing_more":
            "… and {count} more", "……另有 {count} 个";
        MissingMend = "missing_mend":
            "put the folders back, or say that it is meant: `crm commit --removed`", "请把文件夹放回，或确认删除：`crm commit --removed`";

        Added { no: String, name: String, folder: String } = "said_added":
            "{no} {name} is at {folder}", "{no} {name} 在 {folder}";
        NothingToDo = "nothing_to_do":
            "nothing to change", "没有需要改动的内容";
        WouldDo { sentence: String } = "would_do":
            "would commit: {sentence}", "将提交：{sentence}";
        Done { sentence: String } = "done":
            "{sentence}", "{sentence}";
        Line { text: String } = "line":
            "{text}", "{text}";
        GitIndexLater = "git_index_later":
            "it is committed, but another git command is busy: `git status` is right after the next change", "已提交，但另一条 git 命令正忙：下次修改后 `git status` 才会正确";
        Settled { id: String, date: String, goal: String } = "settled":
            "settles the plan {id} of {date}{goal}", "完成 {date} 的计划 {id}{goal}";
        NextIs { date: String } = "next_is":
            "next: {date}", "下次：{date}";
        NoNextStep { no: String } = "no_next_step":
            "{no} has no next step: `crm followup plan {no} DATE`", "{no} 没有下一步：`crm followup plan {no} 日期`";
        NothingDue = "nothing_due":
            "nobody is due", "没有到期需跟进的客户";
        WithoutPlan { count: i64 } = "without_plan":
            "customers without a next step: {count} (`crm list --no-next-step`)", "没有下一步的客户：{count}（`crm list --no-next-step`）";
        NoCustomers = "no_customers":
            "no customers", "没有客户";
        NoneYet { what: Text } = "none_yet":
            "{what}: none", "{what}：无";
        MayLookAlike { no: String, name: String, why: String } = "may_look_alike":
            "{no} {name} may be the same customer: {why}", "{no} {name} 可能是同一客户：{why}";
        NoDuplicates = "no_duplicates":
            "no duplicates", "没有重复的客户";
        UnknownCountry { no: String } = "unknown_country":
            "the country is not known yet: `crm move {no} --country CC`", "国家/地区尚未填写：`crm move {no} --country 代码`";
        ChoiceKept { choice: String } = "choice_kept":
            "‘{choice}’ is not in the list and is kept as it is", "“{choice}”不在列表中，按原样保留";

        ArchiveMade { folder: String } = "archive_made":
            "the archive is at {folder}", "客户档案已建在 {folder}";
        TryNext = "try_next":
            "next: `crm add 'Name of a company' --country DE`", "下一步：`crm add '公司名称' --country DE`";
        IsYou { name: String, email: String } = "is_you":
            "you are {name} <{email}>", "您是 {name} <{email}>";
        DemoMade { folder: String } = "demo_made":
            "a small archive of invented customers is at {folder}; this is its list for today:", "虚构客户的演示档案已建在 {folder}；今天的跟进清单：";
        DemoThere { folder: String } = "demo_there":
            "the demonstration archive is at {folder}; this is its list for today:", "演示档案在 {folder}；今天的跟进清单：";
        DemoTry { folder: String } = "demo_try":
            "try next:\n  cd {folder}\n  crm followup --owner all --days 7\n  crm show Müller\n  crm followup log Müller phone 'Asked for the drawing' --next +7d\n  crm history Müller", "接着试试：\n  cd {folder}\n  crm followup --owner all --days 7\n  crm show Müller\n  crm followup log Müller 电话 '询问图纸' --next +7d\n  crm history Müller";

        Waiting { count: usize } = "waiting":
            "{count} files were removed by hand and wait: `crm commit --removed` records that", "有 {count} 个文件被手工删除，等待确认：`crm commit --removed`";
        TakenIn { count: usize, papers: usize } = "taken_in":
            "{count} customers, {papers} files", "{count} 个客户，{papers} 个文件";

        ImportCounts { new: usize, filled: usize, same: usize, refused: usize } = "import_counts":
            "new {new}, filled {filled}, the same {same}, refused {refused}", "新增 {new}，补充 {filled}，相同 {same}，未导入 {refused}";
        ImportDiffering { count: usize } = "import_differing":
            "{count} values differ from the card's; --overwrite replaces them", "有 {count} 个值与卡片上的不同；--overwrite 可覆盖";
        ImportReplaced { count: usize } = "import_replaced":
            "{count} values were replaced", "已替换 {count} 个值";
        ImportUnclaimed { heads: String } = "import_unclaimed":
            "columns that no field claims are kept under [custom]: {heads}", "没有对应字段的列保存在 [custom] 下：{heads}";
        EditAgain { reason: String } = "edit_again":
            "the card is not valid: {reason}", "卡片有误：{reason}";
        CsvLeftOut { count: usize } = "csv_left_out":
            "CSV holds one table; {count} other parts are left out", "CSV 只含一张表；略去了另外 {count} 部分";
    }
}
