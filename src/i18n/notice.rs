//! What a command says beside its answer, on stderr.

use chrono::NaiveDate;

use super::{List, Said, Text, messages};

messages! {
    /// What is said.
    pub enum Notice {
        AdoptedByHand { no: String } = "adopted_by_hand":
            "{no}: what was edited by hand is kept in history", "{no}：手工编辑的内容已记入历史", "{no}：手動編輯的內容已記入歷史紀錄";
        CopyBecameCustomer { folder: String, no: String } = "copy_became_customer":
            "{folder} is a copy of another customer's folder and is a new customer now: {no}", "{folder} 是另一客户文件夹的副本，现为新客户：{no}", "{folder} 是另一個客戶資料夾的複本，現為新客戶：{no}";
        StrangeFolder { folder: String } = "strange_folder":
            "{folder} is no country, so its customers are not listed: rename it like DE-Germany", "{folder} 不是国家/地区文件夹，其中的客户没有列出：请改名，如 DE-德国", "{folder} 不是國家/地區資料夾，其中的客戶沒有列出：請重新命名，例如 DE-德國";
        UnclearFolder { folder: String, names: List } = "unclear_folder":
            "{folder} may be several countries, so its customers are not listed: rename it to one of {names}", "{folder} 可能是多个国家/地区，其中的客户没有列出：请改名为其中之一：{names}", "{folder} 可能是多個國家/地區，其中的客戶沒有列出：請改名為其中之一：{names}";
        OldFolder { folder: String, name: String, code: String, usual: String } = "old_folder":
            "{folder} is named by an old or wrong country code; its customers are listed under {name} ({code}): `crm move CARD --country {code}`, or rename the folder to {usual}", "{folder} 用的是旧的或错误的国家代码；其中的客户按{name}（{code}）列出：请用 `crm move 客户 --country {code}`，或把文件夹改名为 {usual}", "{folder} 用的是舊的或錯誤的國家代碼；其中的客戶列在{name}（{code}）之下：請用 `crm move 客戶 --country {code}`，或把資料夾改名為 {usual}";
        IsACopy { folder: String } = "is_a_copy":
            "{folder} is a copy of another customer's folder: it becomes a new customer with the next change", "{folder} 是另一客户文件夹的副本：下次修改时将成为新客户", "{folder} 是另一個客戶資料夾的複本：下次修改時將成為新客戶";
        RecordsRemovedByHand { no: String, records: List, first: String, commit: String } = "records_removed_by_hand":
            "{no}: the edit by hand removed {records}; each comes back by its place, as in `crm restore {no} '{first}' --to {commit}`", "{no}：手工编辑删去了 {records}；可按位置逐条恢复，如 `crm restore {no} '{first}' --to {commit}`", "{no}：手動編輯刪除了 {records}；可按位置逐筆復原，例如 `crm restore {no} '{first}' --to {commit}`";
        FlawByHand { place: String, flaw: Said } = "flaw_by_hand":
            "{place}: {flaw}; the text is kept as it is", "{place}：{flaw}；文字保持原样", "{place}：{flaw}；文字保持原樣";
        PaperTooLarge { path: String, most: u64 } = "paper_too_large":
            "{path} is larger than {most} MiB and is left out of history", "{path} 大于 {most} MiB，未记入历史", "{path} 大於 {most} MiB，未記入歷史紀錄";
        MissingCard { no: String, name: String, folder: String } = "missing_card":
            "{no} {name} is no longer at {folder}", "{no} {name} 已不在 {folder}", "{no} {name} 已不在 {folder}";
        MissingCardStray { no: String, name: String, folder: String, stray: String } = "missing_card_stray":
            "{no} {name} is no longer at {folder}; its card is at {stray}, where no customer is looked for", "{no} {name} 已不在 {folder}；其卡片在 {stray}，程序不会在那里查找客户", "{no} {name} 已不在 {folder}；其卡片在 {stray}，程式不會在那裡尋找客戶";
        MissingMore { count: usize } = "missing_more":
            "… and {count} more", "……另有 {count} 个", "……另有 {count} 個";
        MissingMend = "missing_mend":
            "put the folders back, or say that it is meant: `crm commit --removed`", "请把文件夹放回，或确认删除：`crm commit --removed`", "請把資料夾放回，或確認刪除：`crm commit --removed`";

        Added { no: String, name: String, folder: String } = "said_added":
            "{no} {name} is at {folder}", "{no} {name} 在 {folder}", "{no} {name} 在 {folder}";
        NothingToDo = "nothing_to_do":
            "nothing to change", "没有需要改动的内容", "沒有需要更動的內容";
        WouldDo { sentence: String } = "would_do":
            "would commit: {sentence}", "将提交：{sentence}", "將提交：{sentence}";
        Done { sentence: String } = "done":
            "{sentence}", "{sentence}", "{sentence}";
        Line { text: String } = "line":
            "{text}", "{text}", "{text}";
        GitIndexLater = "git_index_later":
            "it is committed, but another git command is busy: `git status` is right after the next change", "已提交，但另一条 git 命令正忙：下次修改后 `git status` 才会正确", "已提交，但另一個 git 指令正忙：下次修改後 `git status` 才會正確";
        Settled { id: String, date: String, goal: String } = "settled":
            "settles the plan {id} of {date}{goal}", "完成 {date} 的计划 {id}{goal}", "完成 {date} 的計畫 {id}{goal}";
        NextIs { date: String } = "next_is":
            "next: {date}", "下次：{date}", "下次：{date}";
        NoNextStep { no: String } = "no_next_step":
            "{no} has no next step: `crm followup plan {no} DATE`", "{no} 没有下一步：`crm followup plan {no} 日期`", "{no} 沒有下一步：`crm followup plan {no} 日期`";
        WhyPlan { no: String, date: NaiveDate, id: String, by: String } = "why_plan":
            "{no}: {date}, by the plan {id} of {by}; a plan goes before the rhythm", "{no}：{date}，来自 {by} 的计划 {id}；计划优先于频率", "{no}：{date}，來自 {by} 的計畫 {id}；計畫優先於頻率";
        WhyNobodysPlan { no: String, date: NaiveDate, id: String } = "why_nobodys_plan":
            "{no}: {date}, by the plan {id}, which nobody has; a plan goes before the rhythm", "{no}：{date}，来自计划 {id}（无人负责）；计划优先于频率", "{no}：{date}，來自計畫 {id}（無人負責）；計畫優先於頻率";
        WhyOwn { no: String, date: NaiveDate, last: NaiveDate, every: String } = "why_own":
            "{no}: {date}, by the customer's own rhythm: every {every} (contact_every) after the contact of {last}", "{no}：{date}，按该客户自己的频率：{last} 联系后每 {every}（contact_every）", "{no}：{date}，依該客戶自己的頻率：{last} 聯絡後每 {every}（contact_every）";
        WhyUsual { no: String, date: NaiveDate, last: NaiveDate, every: String, key: String } = "why_usual":
            "{no}: {date}, by the settings: every {every} ({key}) after the contact of {last}", "{no}：{date}，按设置：{last} 联系后每 {every}（{key}）", "{no}：{date}，依設定：{last} 聯絡後每 {every}（{key}）";
        WhyNoContact { no: String } = "why_no_contact":
            "{no} has no next day: nothing is planned, and there was no contact yet", "{no} 没有下次日期：没有计划，也还没有联系过", "{no} 沒有下次日期：沒有計畫，也還沒有聯絡過";
        WhyNoRhythm { no: String } = "why_no_rhythm":
            "{no} has no next day: nothing is planned, and neither the card nor the settings say a rhythm", "{no} 没有下次日期：没有计划，卡片和设置也没有写频率", "{no} 沒有下次日期：沒有計畫，卡片和設定也沒有寫頻率";
        PlaceholdersEmpty { keys: List } = "placeholders_empty":
            "nothing is known of: {keys}", "以下各项为空：{keys}", "以下各項為空：{keys}";
        NothingInCalendar = "nothing_in_calendar":
            "nothing is planned and nothing was done in these days", "这段时间没有计划，也没有跟进", "這段時間沒有計畫，也沒有跟進";
        VisitWaits { id: String, date: NaiveDate } = "visit_waits":
            "the visit {id} of {date} waits: the customer is off the visit plan", "{date} 的拜访 {id} 暂停：该客户已移出拜访计划", "{date} 的拜訪 {id} 暫停：該客戶已移出拜訪計畫";
        TooManyVisits { no: String, visits: i64 } = "too_many_visits":
            "{no} is off the visit plan: {visits} visit{S} without result. Say verdict=won or verdict=abandoned with an entry, or --reenter with a reason", "{no} 已移出拜访计划：拜访 {visits} 次未见实效。请在跟进中写 verdict=won（成交）或 verdict=abandoned（放弃），或用 --reenter 写明原因重新列入", "{no} 已移出拜訪計畫：拜訪 {visits} 次未見實效。請在跟進中寫 verdict=won（成交）或 verdict=abandoned（放棄），或用 --reenter 寫明原因重新列入";
        NoReports = "no_reports":
            "no reports were due", "没有应交的报告", "沒有應交的報告";
        StaysBehind { path: String } = "stays_behind":
            "{path} cannot be read and stays as it is here; what the others changed in it comes in as soon as it is mended", "{path} 无法读取，本机的内容保持原样；修正后，其他人的改动会自动并入", "{path} 無法讀取，這台電腦的內容保持原樣；修正後，其他人的更動會自動併入";
        CaughtUp { no: String } = "caught_up":
            "{no}: what the others changed meanwhile is in the card now", "{no}：其他人此前的改动已并入", "{no}：其他人先前的更動已併入";
        PoolEmpty = "pool_empty":
            "nobody is in the pool", "公海里没有客户", "公海裡沒有客戶";
        NobodyToPool { days: u64 } = "nobody_to_pool":
            "nobody goes to the pool within {days} day{S}", "{days} 天内没有客户进入公海", "{days} 天內沒有客戶進入公海";
        RevisionLeft { no: String, left: List } = "revision_left":
            "{no}: still to be confirmed: {left}", "{no}：待核查：{left}", "{no}：待核查：{left}";
        RevisionRests { no: String, last: NaiveDate, next: NaiveDate } = "revision_rests":
            "{no}: revised in full on {last}; due again on {next}", "{no}：{last} 已全面核查；下次 {next}", "{no}：{last} 已全面核查；下次 {next}";
        RevisionDone { no: String } = "revision_done":
            "{no}: every section is confirmed", "{no}：所有部分均已核查", "{no}：所有部分均已核查";
        NoHolidays { country: String } = "no_holidays":
            "no public holidays are known of {country}", "没有{country}的节假日资料", "沒有{country}的節日資料";
        NoHolidaysThen { country: String, first: i32, last: i32 } = "no_holidays_then":
            "of {country} the public holidays are known from {first} to {last} only", "{country}的节假日资料只有 {first} 至 {last} 年", "{country}的節日資料只有 {first} 至 {last} 年";
        SendNotAllowed { program: String } = "send_not_allowed":
            "remind.send names {program}, which was not allowed on this computer yet: `crm remind --install`", "remind.send 指定了 {program}，本机尚未允许：`crm remind --install`", "remind.send 指定了 {program}，這台電腦尚未允許：`crm remind --install`";
        ReportLate { what: Text, at: String } = "report_late":
            "{what} is late: it was due by {at}", "{what}已晚交：截止时间为 {at}", "{what}已遲交：截止時間為 {at}";
        InstallLine { line: String } = "install_line":
            "{line}", "{line}", "{line}";
        Installed { place: String } = "installed":
            "set up: {place}", "已设置：{place}", "已設定：{place}";
        NoDuties = "no_duties":
            "nothing is due", "没有到期的提醒", "沒有到期的提醒";
        NothingDue = "nothing_due":
            "nobody is due", "没有到期需跟进的客户", "沒有到期需跟進的客戶";
        WithoutPlan { count: i64 } = "without_plan":
            "customers without a next step: {count} (`crm list --no-next-step`)", "没有下一步的客户：{count}（`crm list --no-next-step`）", "沒有下一步的客戶：{count}（`crm list --no-next-step`）";
        NoHistory = "no_history":
            "nothing was changed there", "没有相应的改动", "沒有相應的更動";
        NoCustomers = "no_customers":
            "no customers", "没有客户", "沒有客戶";
        NothingFound { text: String } = "nothing_found":
            "nothing found: {text}", "没有找到：{text}", "沒有找到：{text}";
        MoreFound { count: usize } = "more_found":
            "… and {count} more customer{S}: `--limit 0` shows all", "……另有 {count} 个客户：用 `--limit 0` 全部显示", "……另有 {count} 個客戶：用 `--limit 0` 全部顯示";
        MorePlaces { count: usize } = "more_places":
            "… and {count} more place{S} in these cards: `--limit 0` shows all", "……这些卡片中另有 {count} 处：用 `--limit 0` 全部显示", "……這些卡片中另有 {count} 處：用 `--limit 0` 全部顯示";
        NoneYet { what: Text } = "none_yet":
            "{what}: none", "{what}：无", "{what}：無";
        MayLookAlike { no: String, name: String, why: String } = "may_look_alike":
            "{no} {name} may be the same customer: {why}", "{no} {name} 可能是同一客户：{why}", "{no} {name} 可能是同一客戶：{why}";
        NoDuplicates = "no_duplicates":
            "no duplicates", "没有重复的客户", "沒有重複的客戶";
        UnknownCountry { no: String } = "unknown_country":
            "the country is not known yet: `crm move {no} --country CC`", "国家/地区尚未填写：`crm move {no} --country 代码`", "國家/地區尚未填寫：`crm move {no} --country 代碼`";
        CountryRead { value: String, name: String, code: String } = "country_read":
            "‘{value}’ is no country code of today: it is read as {name} ({code})", "“{value}”不是现行的国家/地区代码：按{name}（{code}）读取", "「{value}」不是現行的國家/地區代碼：視為{name}（{code}）";
        ChoiceKept { choice: String } = "choice_kept":
            "‘{choice}’ is not in the list and is kept as it is", "“{choice}”不在列表中，按原样保留", "「{choice}」不在清單中，依原樣保留";

        AsOf { commit: String, when: String, sentence: String, today: NaiveDate } = "as_of":
            "as of commit {commit} of {when}: {sentence}; today is {today}", "截至提交 {commit}（{when}）：{sentence}；以 {today} 为今天", "截至提交 {commit}（{when}）：{sentence}；以 {today} 為今天";
        SideBranch { here: String, theirs: String } = "side_branch":
            "this desk is on the branch {here} and synced only that one; the others are on {theirs}: `git switch {theirs}` goes back", "本机在分支 {here} 上，只同步了该分支；其他人在 {theirs} 上：用 `git switch {theirs}` 切换回去", "這台電腦在分支 {here} 上，只同步了該分支；其他人在 {theirs} 上：用 `git switch {theirs}` 切換回去";
        WouldMakeArchive { folder: String } = "would_make_archive":
            "would make an archive at {folder}", "将在 {folder} 建立客户档案", "將在 {folder} 建立客戶檔案";
        WouldClone { url: String, folder: String } = "would_clone":
            "would copy the archive of {url} to {folder}", "将把 {url} 的客户档案复制到 {folder}", "將把 {url} 的客戶檔案複製到 {folder}";
        ArchiveMade { folder: String } = "archive_made":
            "the archive is at {folder}", "客户档案已建在 {folder}", "客戶檔案已建在 {folder}";
        TryNext = "try_next":
            "next: `crm add 'Name of a company' --country DE`", "下一步：`crm add '公司名称' --country DE`", "下一步：`crm add '公司名稱' --country DE`";
        IsYou { name: String, email: String } = "is_you":
            "you are {name} <{email}>", "您是 {name} <{email}>", "您是 {name} <{email}>";
        DemoMade { folder: String } = "demo_made":
            "a small archive of invented customers is at {folder}; this is its list for today:", "虚构客户的演示档案已建在 {folder}；今天的跟进清单：", "示範用的客戶檔案（客戶皆為虛構）已建在 {folder}；今天的跟進清單：";
        DemoThere { folder: String } = "demo_there":
            "the demonstration archive is at {folder}; this is its list for today:", "演示档案在 {folder}；今天的跟进清单：", "示範用的客戶檔案在 {folder}；今天的跟進清單：";
        DemoTry { folder: String } = "demo_try":
            "try next:\n  cd {folder}\n  crm followup --owner all --days 7\n  crm show Müller\n  crm followup log Müller phone 'Asked for the drawing' --next +7d\n  crm history Müller", "接着试试：\n  cd {folder}\n  crm followup --owner all --days 7\n  crm show Müller\n  crm followup log Müller 电话 '询问图纸' --next +7d\n  crm history Müller", "接著試試：\n  cd {folder}\n  crm followup --owner all --days 7\n  crm show Müller\n  crm followup log Müller 電話 '詢問圖面' --next +7d\n  crm history Müller";

        Waiting { count: usize } = "waiting":
            "{count} file{S} removed by hand: `crm commit --removed` records that", "有 {count} 个文件被手工删除，等待确认：`crm commit --removed`", "有 {count} 個檔案被手動刪除，等待確認：`crm commit --removed`";
        TakenIn { count: usize, papers: usize } = "taken_in":
            "{count} customer{S}, {papers} file{S}", "{count} 个客户，{papers} 个文件", "{count} 個客戶，{papers} 個檔案";

        ImportCounts { new: usize, filled: usize, same: usize, refused: usize } = "import_counts":
            "new {new}, filled {filled}, the same {same}, refused {refused}", "新增 {new}，补充 {filled}，相同 {same}，未导入 {refused}", "新增 {new}，補充 {filled}，相同 {same}，未匯入 {refused}";
        ImportRefused { count: usize, line: u64, reason: String } = "import_refused":
            "refused {count}, such as line {line}: {reason}", "未导入 {count} 行，如第 {line} 行：{reason}", "未匯入 {count} 筆，例如第 {line} 行：{reason}";
        ImportRefusedElse { count: usize } = "import_refused_else":
            "refused {count} for other reasons", "另有 {count} 行因其他原因未导入", "另有 {count} 筆因其他原因未匯入";
        ImportDiffering { count: usize } = "import_differing":
            "{count} value{S} unlike the card's; --overwrite replaces", "有 {count} 个值与卡片上的不同；--overwrite 可覆盖", "有 {count} 個值與卡片上的不同；--overwrite 可覆寫";
        ImportReplaced { count: usize } = "import_replaced":
            "replaced {count} value{S}", "已替换 {count} 个值", "已取代 {count} 個值";
        ImportEncoding { encoding: String } = "import_encoding":
            "read as {encoding}; if the text is garbled, say --encoding", "按 {encoding} 编码读取；如出现乱码，请用 --encoding 指定", "以 {encoding} 編碼讀取；若出現亂碼，請用 --encoding 指定";
        ImportSheet { sheet: String, others: List } = "import_sheet":
            "sheet {sheet}; there are also {others} (--sheet)", "工作表 {sheet}；另有 {others}（--sheet）", "工作表 {sheet}；另有 {others}（--sheet）";
        ImportDoubt { line: u64, text: String } = "import_doubt":
            "line {line}: {text}", "第 {line} 行：{text}", "第 {line} 行：{text}";
        AndMore { count: usize } = "and_more":
            "and {count} more", "另有 {count} 处", "另有 {count} 處";
        ImportUnlisted { field: Text, value: String } = "import_unlisted":
            "{field}: ‘{value}’ is on no list; it is kept", "{field}：“{value}”不在可选项之中，已保留", "{field}：「{value}」不在可選項目之中，已保留";
        ImportLeftOut { heads: List } = "import_left_out":
            "columns that no field claims are left out: {heads}", "没有对应字段的列不导入：{heads}", "沒有對應欄位的欄不匯入：{heads}";
        MergeDiffers { path: String, kept: String, no: String, other: String } = "merge_differs":
            "{path}: ‘{kept}’ stays; {no} has ‘{other}’", "{path}：保留“{kept}”；{no} 为“{other}”", "{path}：保留「{kept}」；{no} 為「{other}」";
        MappingKept { path: String, name: String } = "mapping_kept":
            "the mapping is at {path}; use it with --map {name}", "对照表已保存在 {path}；用 --map {name} 使用", "對照表已存於 {path}；用 --map {name} 套用";
        ImportUnclaimed { heads: List } = "import_unclaimed":
            "columns that no field claims are kept under [custom]: {heads}", "没有对应字段的列保存在 [custom] 下：{heads}", "沒有對應欄位的欄存放在 [custom] 之下：{heads}";
        BackupMade { customers: usize, commits: usize, path: String } = "backup_made":
            "{path} has {customers} customer{S} and {commits} commit{S}; every file of it was read", "{customers} 个客户、{commits} 次提交已备份到 {path}；其中每个文件都已读取核对", "已將 {customers} 個客戶、{commits} 次提交備份到 {path}，並逐一讀取核對每個檔案";
        BackupWould { path: String } = "backup_would":
            "would be backed up to {path}", "将备份到 {path}", "將備份到 {path}";
        BackupUncommitted { count: usize, path: String } = "backup_uncommitted":
            "copied to {path}: {count} file{S} not in history yet", "{count} 个尚未记入历史的文件已复制到 {path}", "{count} 個尚未記入歷史紀錄的檔案已複製到 {path}";
        BackupWouldCopy { count: usize } = "backup_would_copy":
            "would be copied beside it: {count} file{S} not in history yet", "{count} 个尚未记入历史的文件将复制到旁边", "{count} 個尚未記入歷史紀錄的檔案將複製到備份旁邊";
        BackupRestore { path: String } = "backup_restore":
            "to restore: `git clone '{path}' FOLDER`, or without git `crm backup FOLDER --restore '{path}'`", "恢复方法：`git clone '{path}' 文件夹`；没有 git 时用 `crm backup 文件夹 --restore '{path}'`", "還原方法：`git clone '{path}' 資料夾`；沒有 git 時用 `crm backup 資料夾 --restore '{path}'`";
        BackupRestoreCopies { path: String } = "backup_restore_copies":
            "then copy what is in {path} over it", "然后把 {path} 中的内容复制进去", "再將 {path} 中的內容複製過去";
        Restored { folder: String, commits: usize } = "restored":
            "the archive is at {folder} again, with {commits} commit{S}", "客户档案已恢复到 {folder}，共 {commits} 次提交", "客戶檔案已還原到 {folder}，共 {commits} 次提交";
        Exported { customers: usize, records: usize, file: String } = "exported":
            "customers: {customers}, with their records: {records}; in {file}", "客户 {customers} 个，记录 {records} 条；保存在 {file}", "客戶 {customers} 個，紀錄 {records} 筆；存於 {file}";
        ExportedCustomers { customers: usize, file: String } = "exported_customers":
            "customers: {customers}; in {file}; the records of the sections are not in it: --section KEY, or .xlsx", "客户 {customers} 个；保存在 {file}；不含各部分的记录：请用 --section 部分，或导出 .xlsx", "客戶 {customers} 個；存於 {file}；不含各部分的紀錄：請用 --section 部分，或匯出 .xlsx";
        ExportedRecords { section: Text, records: usize, customers: usize, file: String } = "exported_records":
            "{section}: {records}, of {customers} customer{S}; in {file}", "{section}：{records} 条，来自 {customers} 个客户；保存在 {file}", "{section}：{records} 筆，來自 {customers} 個客戶；存於 {file}";
        ExportedList { customers: usize, file: String } = "exported_list":
            "customers: {customers}; in {file}, with the columns that were named: not everything of the cards", "客户 {customers} 个；保存在 {file}，只有指定的列，不是卡片的全部内容", "客戶 {customers} 個；存於 {file}，只有指定的欄，不是卡片的全部內容";
        WouldExport { customers: usize, file: String } = "would_export":
            "would write {customers} customer{S} to {file}", "将把 {customers} 个客户写入 {file}", "將把 {customers} 個客戶寫入 {file}";
        EditAgain { reason: String } = "edit_again":
            "the card is not valid: {reason}", "卡片有误：{reason}", "卡片有誤：{reason}";
        Checked { errors: usize, warnings: usize, notes: usize, cards: usize } = "checked":
            "errors {errors}, warnings {warnings}, notes {notes}; cards {cards}", "错误 {errors}，警告 {warnings}，提示 {notes}；卡片 {cards}", "錯誤 {errors}，警告 {warnings}，提示 {notes}；卡片 {cards}";
        NothingToMend { cards: usize } = "nothing_to_mend":
            "nothing to mend; cards {cards}", "没有需要修正的内容；卡片 {cards}", "沒有需要修正的內容；卡片 {cards}";
        Examined { errors: usize, warnings: usize, notes: usize } = "examined":
            "errors {errors}, warnings {warnings}, notes {notes}", "错误 {errors}，警告 {warnings}，提示 {notes}", "錯誤 {errors}，警告 {warnings}，提示 {notes}";
        AllWell { notes: usize } = "all_well":
            "nothing is wrong with this clone; notes {notes}", "本机档案没有问题；提示 {notes}", "這份檔案沒有問題；提示 {notes}";
        NothingFixable = "nothing_fixable":
            "no finding has one safe mend", "没有可以安全自动修正的内容", "沒有可以安全自動修正的內容";
        DraftsRemoved { count: usize } = "drafts_removed":
            "drafts removed: {count}", "已删除草稿：{count}", "已刪除草稿：{count}";
        CsvLeftOut { count: usize } = "csv_left_out":
            "CSV holds one table; {count} other part{S} left out", "CSV 只含一张表；略去了另外 {count} 部分", "CSV 只能放一個表格；略去了另外 {count} 部分";
        NothingNew = "nothing_new":
            "nothing new on either side", "双方都没有新内容", "雙方都沒有新內容";
        SyncSent = "sync_sent":
            "the others have your work", "您的内容已发送", "您的內容已送出";
        SyncReceivedRest = "sync_received_rest":
            "the others changed settings or books; no customer", "其他人改动了设置或账册；没有改动客户", "其他人更動了設定或帳冊；沒有更動客戶";
        SyncReceived { count: usize } = "sync_received":
            "customers that others changed: {count}", "其他人改动的客户：{count} 个", "其他人更動的客戶：{count} 個";
        SyncOffline = "sync_offline":
            "your work is safe here, and goes with the next sync", "您的内容已保存在本机，下次同步时发送", "您的內容已保存在本機，下次同步時送出";
        SyncedLongAgo { days: i64 } = "synced_long_ago":
            "the last sync was {days} day{S} ago: `crm sync`", "上次同步是 {days} 天前：`crm sync`", "上次同步是 {days} 天前：`crm sync`";
        Conflicts { count: usize } = "conflicts":
            "fields with two values: {count}; take one of each: `crm conflict take CARD PLACE VALUE`", "有两个值的字段：{count} 个；逐一选定：`crm conflict take 客户 位置 值`", "有兩個值的欄位：{count} 個；逐一選定：`crm conflict take 客戶 位置 值`";
        HasConflicts { count: usize, no: String } = "has_conflicts":
            "fields with two values: {count}; `crm conflict list {no}` shows them", "有两个值的字段：{count} 个；用 `crm conflict list {no}` 查看", "有兩個值的欄位：{count} 個；用 `crm conflict list {no}` 檢視";
        NoConflicts = "no_conflicts":
            "no field has two values", "没有冲突", "沒有衝突";
        MergeConflict { no: String, field: String } = "merge_conflict":
            "{no} {field}: two people set two values; both are kept", "{no} {field}：两人填写了不同的值；均已保留", "{no} {field}：兩人填寫了不同的值；均已保留";
        MergeKeptCustomer { no: String } = "merge_kept_customer":
            "{no} was changed by one and removed by another; it stays", "{no} 一人改动、另一人删除；已保留", "{no} 一人更動、另一人刪除；已保留";
        MergeKept { no: String, field: String } = "merge_kept":
            "{no} {field} was changed by one and removed by another; it stays", "{no} {field} 一人改动、另一人删除；已保留", "{no} {field} 一人更動、另一人刪除；已保留";
        MergeKeptPaper { path: String } = "merge_kept_paper":
            "{path} was changed by one and removed by another; it stays", "{path} 一人改动、另一人删除；已保留", "{path} 一人更動、另一人刪除；已保留";
        MergePaperTwice { path: String, other: String } = "merge_paper_twice":
            "{path} was changed by two people; the other one is {other}", "{path} 被两人改动；另一份是 {other}", "{path} 被兩人更動；另一份是 {other}";
        MergeSteppedAside { no: String, folder: String } = "merge_stepped_aside":
            "two customers were filed under one name: {no} is at {folder} now; `crm dup` says whether they are one", "两个客户使用了同一文件夹名：{no} 现在在 {folder}；可用 `crm dup` 查看是否重复", "兩個客戶使用了同一資料夾名稱：{no} 現在在 {folder}；可用 `crm dup` 查看是否重複";
        MergeUnreadable { path: String, other: String } = "merge_unreadable":
            "{path} cannot be read and was changed by another; that one is {other}", "{path} 无法读取，另一人又有改动；另一份是 {other}", "{path} 無法讀取，另一人又有更動；另一份是 {other}";
        MergeTwoFolders { one: String, other: String } = "merge_two_folders":
            "{one} and {other} have one id; both are kept", "{one} 与 {other} 的内部编号相同；均已保留", "{one} 與 {other} 的內部編號相同；均已保留";
        MergeWentTo { no: String, into: String } = "merge_went_to":
            "what was changed in {no}, which is merged into {into}, went there", "{no} 已合并到 {into}；对它的改动已并入", "{no} 已合併到 {into}；對它的更動已併入";
        Cloned { folder: String, customers: usize } = "cloned":
            "the archive is at {folder}, with {customers} customer{S}", "客户档案在 {folder}，共 {customers} 个客户", "客戶檔案在 {folder}，共 {customers} 個客戶";
        SyncWouldGo { url: String } = "sync_would_go":
            "would sync at {url} from now on", "今后将在 {url} 同步", "今後將在 {url} 同步";
        SyncWouldReceive { count: usize } = "sync_would_receive":
            "would bring changes of the others: {count} customer{S}", "将收到他人的更改：{count} 个客户", "將收到他人的更動：{count} 個客戶";
        SyncWouldSend = "sync_would_send":
            "would send the changes of this desk", "将发送本机的更改", "將送出這台電腦的更動";
        NumbersTwice { no: String, count: usize } = "numbers_twice":
            "numbers of two customers each: {count}, such as {no}; `crm renumber CARD` gives one of the two a new one", "有 {count} 个编号重复，如 {no}：`crm renumber 客户` 可为其中一个另给编号", "有 {count} 個編號重複，如 {no}：`crm renumber 客戶` 可為其中一個另給編號";
        SeriesIs { series: String } = "series_is":
            "new customers get numbers of the series {series} here", "本机新客户的编号系列是 {series}", "這台電腦新客戶的編號系列是 {series}";
    }
}
