//! What can go wrong, in one plain sentence each, with the value in question.

use chrono::NaiveDate;

use super::system::SystemReason;
use crate::card::read::Flaw;
use crate::card::value::Fault;
use crate::exchange::mapping::MappingFault;
use crate::exchange::office::OfficeFault;
use crate::exchange::sheet::SheetFault;
use crate::i18n::{Lang, List, Say, Text, TomlSays, messages};
use crate::rules::condition::SqlFault;
use crate::rules::duties::NamedKind;
use crate::rules::likeness::Likeness;
use crate::settings::{NamedCountry, SettingsFlaw};

messages! {
    /// What went wrong.
    pub enum Problem {
        File { path: String, reason: SystemReason } = "file":
            "{path}: {reason}", "{path}：{reason}", "{path}：{reason}";
        Git { reason: String } = "git":
            "git: {reason}", "git：{reason}", "git：{reason}";
        Index { reason: String } = "index":
            "the index cannot answer: {reason}", "无法查询索引：{reason}", "無法查詢索引：{reason}";
        NoRandom = "no_random":
            "the system gives no random numbers for an id", "系统无法为编号提供随机数", "系統無法為編號提供亂數";

        NoArchive { folder: String } = "no_archive":
            "there is no archive at {folder} or above it", "{folder} 及其上级都不是客户档案", "{folder} 及其上層都不是客戶檔案";
        AlreadyArchive { folder: String } = "already_archive":
            "{folder} is an archive already", "{folder} 已经是客户档案", "{folder} 已經是客戶檔案";
        InsideArchive { folder: String, outer: String } = "inside_archive":
            "{folder} is inside the archive {outer}", "{folder} 在另一个客户档案 {outer} 之内", "{folder} 在另一個客戶檔案 {outer} 之內";
        InsideWorkTree { folder: String } = "inside_work_tree":
            "{folder} is below the root of a git work tree", "{folder} 在一个 git 工作区的根目录之下", "{folder} 在一個 git 工作目錄的根目錄之下";
        NotEmpty { folder: String } = "not_empty":
            "{folder} is not empty", "{folder} 不是空文件夹", "{folder} 不是空資料夾";
        NoRepository { folder: String } = "no_repository":
            "{folder} has an archive's settings but no git repository", "{folder} 有档案设置，但没有 git 仓库", "{folder} 有客戶檔案的設定，但沒有 git 儲存庫";
        ForeignOwner { folder: String } = "foreign_owner":
            "the repository of {folder} belongs to another user of this computer, and git does not trust it", "{folder} 的 git 仓库属于本机的另一个用户，git 不信任它", "{folder} 的 git 儲存庫屬於這台電腦的另一個使用者，git 不信任它";
        PartialClone = "partial_clone":
            "the clone is partial: what stands in history is fetched only when git asks for it, and crm cannot read it", "这是部分克隆：历史内容要等 git 用到时才取回，crm 无法读取", "這是部分複製：歷史紀錄的內容要等 git 用到時才取回，crm 無法讀取";
        NoGreeting { kind: String } = "no_greeting":
            "there is no greeting for {kind}: birthday, holiday or own_holiday", "{kind} 没有问候语：可用 birthday、holiday、own_holiday", "{kind} 沒有問候語：可用 birthday、holiday、own_holiday";
        EndsBeforeBegins { from: NaiveDate, to: NaiveDate } = "ends_before_begins":
            "the last day {to} is before the first day {from}", "最后一天 {to} 早于第一天 {from}", "最後一天 {to} 早於第一天 {from}";
        NoTerminal = "no_terminal":
            "there is no terminal to edit in", "没有可用于编辑的终端", "沒有可用來編輯的終端機";
        ForeignIndex = "foreign_index":
            "git's index here is of a kind that only git reads (split or sparse)", "这里的 git 索引是只有 git 能读取的类型（拆分或稀疏）", "這裡的 git 索引是只有 git 能讀取的類型（分割或稀疏）";
        NewerFormat { format: i64, known: i64 } = "newer_format":
            "the archive has format {format}, this program writes up to format {known}; nothing was changed",
            "档案的格式是 {format}，本程序最高只支持写入格式 {known}；没有改动任何内容",
            "客戶檔案的格式是 {format}，本程式最高只支援寫入格式 {known}；沒有更動任何內容";
        Settings { place: String, flaw: SettingsFlaw } = "settings":
            "{place}: {flaw}", "{place}：{flaw}", "{place}：{flaw}";
        NoSuchSetting { key: String } = "no_such_setting":
            "there is no setting {key}", "没有名为 {key} 的设置", "沒有名為 {key} 的設定";

        UnrelatedHistories = "unrelated_histories":
            "the others have an archive with another beginning than this one", "对方的档案与本档案不是同一来源", "對方的客戶檔案與本檔案不是同一來源";
        NoRemote = "no_remote":
            "this archive is on this computer only: no other place is known to sync with", "本档案只在这台电脑上：尚未设置同步地址", "本客戶檔案只在這台電腦上：尚未設定同步位址";
        NothingAtRemote { url: String } = "nothing_at_remote":
            "there is nothing at {url} yet", "{url} 中还没有内容", "{url} 中還沒有內容";
        NoArchiveThere { url: String } = "no_archive_there":
            "what is at {url} is no archive: it has no crm.toml", "{url} 中的内容不是客户档案：没有 crm.toml", "{url} 中的內容不是客戶檔案：沒有 crm.toml";
        RemoteHasArchive { url: String } = "remote_has_archive":
            "there is something at {url} already", "{url} 中已有内容", "{url} 中已有內容";
        RemoteInside { url: String } = "remote_inside":
            "{url} is in the archive itself: others need a place outside it", "{url} 在档案自身之内：共享地址须在档案之外", "{url} 在客戶檔案本身之內：共用位址須在客戶檔案之外";
        NoGit { reason: String } = "no_git":
            "the git program could not be started: {reason}", "无法启动 git 程序：{reason}", "無法啟動 git 程式：{reason}";
        OldGit { version: String } = "old_git":
            "git {version} is too old: sync needs 2.41 or later", "git {version} 版本过旧：同步需要 2.41 或更高版本", "git {version} 版本過舊：同步需要 2.41 或更新版本";
        Offline { reason: String } = "offline":
            "the others cannot be reached: {reason}", "无法连接到远程档案：{reason}", "無法連線到遠端檔案：{reason}";
        NoAccess { reason: String } = "no_access":
            "the other side does not let you in: {reason}", "对方拒绝访问：{reason}", "對方拒絕存取：{reason}";
        NoRemoteThere { reason: String } = "no_remote_there":
            "there is no archive at the other side: {reason}", "远程地址没有档案：{reason}", "遠端位址沒有客戶檔案：{reason}";
        PushRefused { reason: String } = "push_refused":
            "the other side does not take your work: {reason}", "对方不接受您的提交：{reason}", "對方不接受您的提交：{reason}";
        RemoteTooSlow { seconds: u64 } = "remote_too_slow":
            "the other side did not answer within {seconds} second{S}", "对方在 {seconds} 秒内没有响应", "對方在 {seconds} 秒內沒有回應";
        RemoteFailed { reason: String } = "remote_failed":
            "git could not do it: {reason}", "git 未能完成：{reason}", "git 未能完成：{reason}";
        AlwaysFaster { tries: usize } = "always_faster":
            "others were faster {tries} time{S}; your work is safe here", "其他人连续 {tries} 次先完成了同步；您的内容已保存在本机", "其他人連續 {tries} 次先完成了同步；您的內容已保存在本機";
        SyncRuns = "sync_runs":
            "another `crm sync` is running in this archive", "本档案中另一个 `crm sync` 正在运行", "本客戶檔案中另一個 `crm sync` 正在執行";
        TellingRuns = "telling_runs":
            "another `crm remind --new` is running in this archive", "本档案中另一个 `crm remind --new` 正在运行", "本客戶檔案中另一個 `crm remind --new` 正在執行";
        WouldOverwrite { path: String } = "would_overwrite":
            "{path} is in the way of what the others wrote; nothing was changed", "{path} 妨碍写入其他人的内容；没有改动任何内容", "{path} 妨礙寫入其他人的內容；沒有更動任何內容";
        NotFiltered { path: String } = "not_filtered":
            "git's filter for {path} failed", "git 对 {path} 的过滤器运行失败", "git 對 {path} 的篩選器執行失敗";
        NotASeries { text: String } = "not_a_series":
            "‘{text}’ is no series: letters from A to Z", "“{text}”不是编号系列：只能是字母 A 至 Z", "「{text}」不是編號系列：只能是字母 A 至 Z";
        NoConflict { card: String, path: String } = "no_conflict":
            "{card} has no conflict at {path}", "{card} 的 {path} 没有冲突", "{card} 的 {path} 沒有衝突";
        NotACandidate { value: String } = "not_a_candidate":
            "‘{value}’ is none of the values in conflict, and nobody of this name set one", "“{value}”不是冲突中的值，也没有这个人写入的值", "「{value}」不是衝突中的值，也沒有這個人寫入的值";
        TwoCards { one: String, other: String } = "two_cards":
            "these are the cards of two customers, {one} and {other}, and are not merged", "这是两个客户（{one} 与 {other}）的卡片，不能合并", "這是兩個客戶（{one} 與 {other}）的卡片，無法合併";
        CardsNotMerged { path: String, reason: String } = "cards_not_merged":
            "{path} could not be merged: {reason}", "{path} 无法合并：{reason}", "{path} 無法合併：{reason}";

        Unfinished { operation: String } = "unfinished":
            "git is in the middle of a {operation}; nothing can be written until that is finished",
            "git 正处于 {operation} 过程中；完成之前不能写入",
            "git 正在進行 {operation}；完成之前無法寫入";
        DetachedHead = "detached_head":
            "git is not on a branch; nothing can be written until it is", "git 当前不在任何分支上；切回分支之前不能写入", "git 目前不在任何分支上；切換回分支之前無法寫入";
        BranchMoved = "branch_moved":
            "somebody else committed at the same moment", "同一时刻另有人提交了内容", "同一時間另有人提交了內容";
        GitBusy { file: String } = "git_busy":
            "another git command holds {file}", "另一条 git 命令占用着 {file}", "另一個 git 指令佔用 {file}";
        Locked { holder: String, seconds: u64 } = "locked":
            "another crm command (process {holder}) has been writing for {seconds} second{S}", "另一条 crm 命令（进程 {holder}）已持续写入 {seconds} 秒", "另一個 crm 指令（處理程序 {holder}）已持續寫入 {seconds} 秒";
        NoIdentity = "no_identity":
            "git does not know who you are", "git 还不知道您是谁", "git 還不知道您是誰";
        NotSigned { program: String, reason: String } = "not_signed":
            "the commit was not made, since {program} could not sign it: {reason}", "没有提交，因为 {program} 无法签名：{reason}", "沒有提交，因為 {program} 無法簽署：{reason}";
        NoSigningKey = "no_signing_key":
            "commits are to be signed with an ssh key, and git does not know which", "要求用 ssh 密钥为提交签名，但 git 不知道用哪一个", "要求以 ssh 金鑰簽署提交，但 git 不知道用哪一把";
        SigningFormat { format: String } = "signing_format":
            "commits are to be signed in the format {format}, which crm cannot do", "要求用 {format} 格式为提交签名，crm 不支持这种格式", "要求以 {format} 格式簽署提交，crm 不支援這種格式";
        NotAPerson { text: String } = "not_a_person":
            "‘{text}’ is not a name with a mail address", "“{text}”不是“姓名 <邮箱>”的形式", "「{text}」不是「姓名 <電子郵件>」的形式";

        NoSuchCommit { text: String } = "no_such_commit":
            "‘{text}’ is neither a day nor a single commit", "“{text}”既不是日期，也不能对应唯一的提交", "「{text}」既不是日期，也無法對應到唯一的提交";
        BeforeHistory { day: NaiveDate } = "before_history":
            "the archive has no history up to {day}", "{day} 之前还没有历史", "{day} 之前還沒有歷史紀錄";
        NoArchiveThen { commit: String } = "no_archive_then":
            "the commit {commit} has no archive yet", "提交 {commit} 时还没有客户档案", "提交 {commit} 時還沒有客戶檔案";
        NothingToUndo = "nothing_to_undo":
            "no command of this clone is known that could be taken back", "本机没有可以撤销的命令记录", "這台電腦沒有可以復原的指令紀錄";
        NotInHistory { commit: String } = "not_in_history":
            "the commit {commit} is not in this history", "提交 {commit} 不在当前历史中", "提交 {commit} 不在目前的歷史紀錄中";
        FirstCommit = "first_commit":
            "the first commit made the archive, and is not taken back", "第一次提交建立了档案，不能撤销", "第一次提交建立了客戶檔案，無法復原";
        MergeCommit { commit: String } = "merge_commit":
            "the commit {commit} brings two histories together, and is not taken back", "提交 {commit} 合并了两段历史，不能撤销", "提交 {commit} 合併了兩段歷史，無法復原";
        ChangedSince { commit: String, count: usize } = "changed_since":
            "{count} place{S} of the commit {commit} changed again since; nothing was taken back (now → before)", "提交 {commit} 改动过的 {count} 处之后又有改动；没有撤销任何内容（现值 → 原值）", "提交 {commit} 更動過的 {count} 處之後又有更動；沒有復原任何內容（現值 → 原值）";
        NotThereThen { card: String, commit: String } = "not_there_then":
            "‘{card}’ was not in the archive at the commit {commit}", "提交 {commit} 时档案中没有“{card}”", "提交 {commit} 時客戶檔案中沒有「{card}」";
        PastIsKept = "past_is_kept":
            "a past day is only read; nothing was changed", "过去的日子只能查看；没有改动任何内容", "過去的日子只能查看；沒有更動任何內容";

        NoSuchCard { query: String } = "no_such_card":
            "no customer matches ‘{query}’", "没有客户与“{query}”相符", "沒有客戶與「{query}」相符";
        SeveralCards { query: String, count: usize } = "several_cards":
            "{count} customer{S} match ‘{query}’", "有 {count} 个客户与“{query}”相符", "有 {count} 個客戶與「{query}」相符";
        CardAstray { no: String, name: String, folder: String, stray: String } = "card_astray":
            "{no} {name} is no longer at {folder}; its card is at {stray}, where no customer is looked for", "{no} {name} 已不在 {folder}；其卡片在 {stray}，程序不会在那里查找客户", "{no} {name} 已不在 {folder}；其卡片在 {stray}，程式不會在那裡尋找客戶";
        CardGone { no: String, name: String, folder: String } = "card_gone":
            "{no} {name} is no longer at {folder}", "{no} {name} 已不在 {folder}", "{no} {name} 已不在 {folder}";
        SeveralAstray { query: String, count: usize } = "several_astray":
            "{count} customer{S} match ‘{query}’, and none is where a customer is looked for", "有 {count} 个客户与“{query}”相符，但都不在程序查找客户的位置", "有 {count} 個客戶與「{query}」相符，但都不在程式尋找客戶的位置";
        NoPlace { stray: String } = "no_place":
            "the card at {stray} stands where no customer is looked for", "{stray} 中的卡片不在客户应在的位置", "{stray} 中的卡片不在客戶應在的位置";
        CardUnreadable { place: String, reason: TomlSays } = "card_unreadable":
            "{place}: {reason}", "{place}：此处不是有效的 TOML（{reason}）", "{place}：此處不是有效的 TOML（{reason}）";
        CardFlaw { place: String, flaw: Flaw } = "card_flaw":
            "{place}: {flaw}", "{place}：{flaw}", "{place}：{flaw}";
        ChangedMeanwhile { path: String } = "changed_meanwhile":
            "{path} was changed meanwhile; nothing was written", "{path} 在此期间被修改；没有写入任何内容", "{path} 在此期間遭到修改；沒有寫入任何內容";
        InTheWay { path: String } = "in_the_way":
            "something stands at {path} already", "{path} 已经存在", "{path} 已經存在";
        CannotEdit { path: String, reason: String } = "cannot_edit":
            "{path} cannot be changed without touching something else: {reason}", "无法只修改 {path} 而不影响其他内容：{reason}", "無法只修改 {path} 而不影響其他內容：{reason}";
        NotSaved { path: String } = "not_saved":
            "the card is not valid and was not saved; what you typed is in {path}", "卡片有误，没有保存；您输入的内容在 {path}", "卡片有誤，沒有儲存；您輸入的內容存於 {path}";
        NoEditor { program: String, reason: String } = "no_editor":
            "the editor {program} could not be started: {reason}", "无法启动编辑器 {program}：{reason}", "無法啟動編輯器 {program}：{reason}";

        NotAPath { text: String } = "not_a_path":
            "‘{text}’ names no place in a card", "“{text}”不是卡片中的位置", "「{text}」不是卡片中的位置";
        NoAssignment { text: String } = "no_assignment":
            "‘{text}’ is not KEY=VALUE", "“{text}”不是“字段=值”的形式", "「{text}」不是「欄位=值」的形式";
        NoSuchField { key: String } = "no_such_field":
            "no field is called ‘{key}’", "没有名为“{key}”的字段", "沒有名為「{key}」的欄位";
        NotAField { path: String } = "not_a_field":
            "{path} is not a single field", "{path} 不是单个字段", "{path} 不是單一欄位";
        NotSettable { path: String } = "not_settable":
            "{path} cannot be changed in this way", "不能这样修改 {path}", "不能這樣修改 {path}";
        NotAList { path: String } = "not_a_list":
            "{path} is not a list", "{path} 不是列表", "{path} 不是清單";
        NothingThere { path: String } = "nothing_there":
            "there is nothing at {path}", "{path} 处没有内容", "{path} 處沒有內容";
        NumberIsKept { no: String } = "number_is_kept":
            "the number {no} is never changed", "编号 {no} 永不更改", "編號 {no} 永不變更";
        IdIsKept = "id_is_kept":
            "the id of a customer is never changed", "客户的内部编号永不更改", "客戶的內部編號永不變更";
        Required { section: Text, field: Text } = "required":
            "a {section} cannot be without ‘{field}’", "{section}不能没有“{field}”", "{section}不能沒有「{field}」";
        Lacks { section: Text, field: Text } = "lacks":
            "the {section} needs ‘{field}’", "{section}缺少“{field}”", "{section}缺少「{field}」";
        BadValue { field: Text, fault: Fault } = "bad_value":
            "{field}: {fault}", "{field}：{fault}", "{field}：{fault}";
        BadCustom { key: String, fault: Fault } = "bad_custom":
            "{key}: {fault}", "{key}：{fault}", "{key}：{fault}";
        BadOption { option: String, value: String } = "bad_option":
            "‘{value}’ is no value for {option}", "“{value}”不能作为 {option} 的值", "「{value}」不能作為 {option} 的值";
        NoKind { text: String, section: Text } = "no_kind":
            "‘{text}’ is not KIND:VALUE for {section}", "“{text}”不是{section}的“种类:值”形式", "「{text}」不是{section}的「種類:值」形式";
        NoSuchRecord { section: Text, id: String } = "no_such_record":
            "{section}: no single record is meant by ‘{id}’", "“{section}”中找不到唯一对应“{id}”的记录", "「{section}」中找不到唯一對應「{id}」的紀錄";
        HasLeft { who: String } = "has_left":
            "{who} has left and takes no work over: active = false in crm.toml", "{who} 已离职，不能再接手：crm.toml 中 active = false", "{who} 已離職，不能再接手：crm.toml 中 active = false";
        ClosedCustomer { no: String } = "closed_customer":
            "{no} is closed: nobody is reminded of a plan there", "{no} 已停止往来：其中的计划不会提醒任何人", "{no} 已停止往來：其中的計畫不會提醒任何人";
        NoSuchMember { name: String } = "no_such_member":
            "nobody in the team is called ‘{name}’", "团队中没有“{name}”", "團隊中沒有「{name}」";
        NoSuchCountry { value: String } = "no_such_country":
            "no country is called ‘{value}’", "没有名为“{value}”的国家或地区", "沒有名為「{value}」的國家或地區";
        SeveralCountries { value: String, may_be: List<NamedCountry> } = "several_countries":
            "‘{value}’ may be {may_be}", "“{value}”可能是 {may_be}", "「{value}」可能是 {may_be}";
        OldCountry { value: String, code: String, until: String, may_be: List<NamedCountry> } = "old_country":
            "‘{value}’: the country code {code} was withdrawn on {until}; today it may be {may_be}", "“{value}”：国家代码 {code} 已于 {until} 停用；现在可能是 {may_be}", "「{value}」：國家代碼 {code} 已於 {until} 停用；現在可能是 {may_be}";
        WrongCountry { value: String, code: String, may_be: List<NamedCountry> } = "wrong_country":
            "‘{value}’ may be {may_be}: old lists use the code {code} for another country", "“{value}”可能是 {may_be}：旧名单曾把代码 {code} 用于另一国家/地区", "「{value}」可能是 {may_be}：舊名單曾把代碼 {code} 用於另一國家/地區";
        NoSuchStage { value: String } = "no_such_stage":
            "no stage is called ‘{value}’", "没有名为“{value}”的阶段", "沒有名為「{value}」的階段";
        NoSuchHow { value: String } = "no_such_how":
            "‘{value}’ is no way of contact", "“{value}”不是跟进方式", "「{value}」不是跟進方式";
        NoSuchDuty { kind: String, kinds: List } = "no_such_duty":
            "there is no kind of duty ‘{kind}’; there are: {kinds}", "没有名为“{kind}”的提醒种类；现有：{kinds}", "沒有名為「{kind}」的提醒種類；現有：{kinds}";
        NotTicked { kind: NamedKind } = "not_ticked":
            "‘{kind}’ is not ticked off here: it ends by itself when what it asks for is done", "“{kind}”不在此处勾销：做完所要求的事后会自动消失", "「{kind}」不在此處勾銷：完成所要求的事後會自動消失";
        NothingToTick { kind: NamedKind } = "nothing_to_tick":
            "no duty of the kind ‘{kind}’ is open there", "没有待办的“{kind}”", "沒有待辦的「{kind}」";
        NobodyToGreet { no: String } = "nobody_to_greet":
            "{no} has nobody who could be greeted on that day", "{no} 没有可在当天问候的联系人", "{no} 沒有可在當天問候的聯絡人";
        NoHolidayAhead { country: List<NamedCountry> } = "no_holiday_ahead":
            "no holiday of {country} is ahead, this year or the next", "{country}今年和明年没有已知的后续节日", "{country}今年和明年沒有已知的後續節日";
        SeveralToTick { kind: NamedKind, count: usize } = "several_to_tick":
            "{count} of the kind ‘{kind}’ are open", "“{kind}”有 {count} 项待办", "「{kind}」有 {count} 項待辦";
        HasItsPlace { field: Text, place: String } = "has_its_place":
            "{field} is not given so: {place}", "“{field}”不这样填写：{place}", "「{field}」不這樣填寫：{place}";
        GivenTwice { path: String } = "given_twice":
            "{path} is given twice", "{path} 填写了两次", "{path} 填寫了兩次";
        ControlInPath { path: String } = "control_in_path":
            "{path} has a control character in its name, which no line of a scheduler can have", "{path} 的名称含控制字符，定时任务无法使用", "{path} 的名稱含控制字元，排程無法使用";
        DoesNotFit { field: Text, how: Text } = "does_not_fit":
            "{field} does not belong to a follow-up by {how}", "{how}没有“{field}”一项", "{how}沒有「{field}」一項";
        EndsFirst = "ends_first":
            "it would end before it begins", "结束时间不晚于开始时间", "結束時間不晚於開始時間";
        NoAbandonReason = "no_abandon_reason":
            "whoever is abandoned needs a reason: abandon_reason=…", "放弃需要填写原因：abandon_reason=…", "放棄需要填寫原因：abandon_reason=…";
        MailTwice { id: String } = "mail_twice":
            "this mail is logged already: {id}", "这封邮件已经记录过：{id}", "這封郵件已經記錄過：{id}";
        OffVisitPlan { no: String, visits: i64 } = "off_visit_plan":
            "{no} was dropped from the visit plan after {visits} visit{S} without result", "{no} 拜访 {visits} 次未见实效，已移出拜访计划", "{no} 拜訪 {visits} 次未見實效，已移出拜訪計畫";
        AbandonedVisits { no: String } = "abandoned_visits":
            "visits to {no} were abandoned", "已放弃拜访 {no}", "已放棄拜訪 {no}";
        BadAction { text: String } = "bad_action":
            "‘{text}’ is no action: write WHAT, WHO, DATE", "“{text}”不是行动：请写 事项, 负责人, 日期", "「{text}」不是行動：請寫 事項, 負責人, 日期";
        NotRevised { key: String, keys: List } = "not_revised":
            "a revision does not confirm ‘{key}’; it confirms: {keys}", "全面修订不核查“{key}”；要核查的有：{keys}", "全面修訂不核查「{key}」；要核查的有：{keys}";
        NothingToHand { from: String } = "nothing_to_hand":
            "{from} has no customers", "{from} 名下没有客户", "{from} 名下沒有客戶";
        SameHand { who: String } = "same_hand":
            "{who} has them already", "客户本来就归 {who}", "客戶本來就歸 {who}";
        HasOwner { no: String, owner: String } = "has_owner":
            "{no} is not in the pool: {owner} has it", "{no} 不在公海：归 {owner}", "{no} 不在公海：歸 {owner}";
        Cooldown { no: String, until: NaiveDate } = "cooldown":
            "you had {no} before and may take it again from {until} on", "您之前负责过 {no}，{until} 起才能再领取", "您之前負責過 {no}，{until} 起才能再領取";
        ClaimsToday { most: i64 } = "claims_today":
            "you have taken {most} customer{S} today, which is all one may", "今天已领取 {most} 个客户，达到上限", "今天已領取 {most} 個客戶，達到上限";
        HoldsMost { most: i64 } = "holds_most":
            "you have {most} customer{S}, which is all one may", "您已有 {most} 个客户，达到上限", "您已有 {most} 個客戶，達到上限";
        SendFailed { program: String, reason: String } = "send_failed":
            "{program} did not take the reminders: {reason}; they will be told again", "{program} 没有接收提醒：{reason}；下次会再提醒", "{program} 沒有接收提醒：{reason}；下次會再提醒";
        NoTemplate { path: String, fault: OfficeFault } = "no_template":
            "{path} cannot be filled: {fault}", "无法填写 {path}：{fault}", "無法填寫 {path}：{fault}";
        TemplateNotText { path: String } = "template_not_text":
            "{path} cannot be filled: templates are .docx, .xlsx, or text and HTML in UTF-8", "无法填写 {path}：模板须为 .docx、.xlsx，或 UTF-8 编码的文本或 HTML", "無法填寫 {path}：範本須為 .docx、.xlsx，或 UTF-8 編碼的文字或 HTML";
        OfficeToStdout = "office_to_stdout":
            "a letter or sheet of an office program goes to a file", "办公软件的文件须写到文件中", "辦公軟體的檔案須寫入檔案";
        NoPlaceholder { key: String } = "no_placeholder":
            "the template asks for ‘{key}’, which there is not; nothing was written", "模板要求“{key}”，但没有这一项；没有写入任何内容", "範本要求「{key}」，但沒有這一項；沒有寫入任何內容";
        NoCalendar = "no_calendar":
            "only `crm remind` answers as a calendar", "只有 `crm remind` 能输出日历", "只有 `crm remind` 能輸出行事曆";
        NotSetUp { program: String, reason: String } = "not_set_up":
            "{program} refuses: {reason}; nothing was set up", "{program} 拒绝：{reason}；没有设置", "{program} 拒絕：{reason}；沒有設定";
        NoScheduler = "no_scheduler":
            "neither crontab nor systemctl is on this computer", "本机没有 crontab 和 systemctl", "這台電腦沒有 crontab 和 systemctl";
        NoSuchColumn { key: String } = "no_such_column":
            "no column is called ‘{key}’", "没有名为“{key}”的列", "沒有名為「{key}」的欄";
        Condition { fault: SqlFault } = "condition":
            "{fault}", "{fault}", "{fault}";
        Query { fault: SqlFault } = "query":
            "{fault}", "{fault}", "{fault}";
        InSettings { place: String, problem: Box<Problem> } = "in_settings":
            "{place}: {problem}", "{place}：{problem}", "{place}：{problem}";
        NoSuchView { name: String } = "no_such_view":
            "no view is called ‘{name}’", "没有名为“{name}”的视图", "沒有名為「{name}」的檢視";
        NotATest { text: String } = "not_a_test":
            "‘{text}’ is not FIELD=VALUE", "“{text}”不是“字段=值”的形式", "「{text}」不是「欄位=值」的形式";
        NobodyFits { condition: String } = "nobody_fits":
            "no customer fulfils the condition {condition}", "没有客户符合条件 {condition}", "沒有客戶符合條件 {condition}";
        NamedAndWhere = "named_and_where":
            "customers are either named or chosen by --where, not both", "客户要么直接指定，要么用 --where 选择，不能同时使用", "客戶可以直接指定，也可以用 --where 挑選，但不能併用";
        NobodyNamed = "nobody_named":
            "the input names no customer", "输入中没有客户", "輸入中沒有客戶";
        NotALine { number: u64 } = "not_a_line":
            "line {number} of the input names no customer: it has neither id nor no", "输入的第 {number} 行没有指明客户：缺少 id 和 no", "輸入的第 {number} 行沒有指明是哪個客戶：id 和 no 都沒有";
        OneName = "one_name":
            "a name is for one customer only", "名称只能用于一个客户", "名稱一次只能給一個客戶";
        InTheFuture { date: NaiveDate } = "in_the_future":
            "{date} has not come yet", "{date} 还没有到", "{date} 還沒有到";
        ReplacedAlready { who: String, until: NaiveDate, main: String } = "replaced_already":
            "{who} left on {until}, and {main} is in charge: name whom the new one replaces", "{who} 已于 {until} 离任，现由 {main} 负责：请指明新联系人接替谁", "{who} 已於 {until} 離任，現由 {main} 負責：請指明新聯絡人接替誰";
        NoOpenPlan { id: String } = "no_open_plan":
            "no open plan has the id ‘{id}’", "没有编号为“{id}”的未完成计划", "沒有編號為「{id}」的未完成計畫";
        Missing { what: Text } = "missing_argument":
            "‘{what}’ is missing", "缺少“{what}”", "缺少「{what}」";
        MayBeThere { no: String, name: String, why: Likeness } = "may_be_there":
            "{no} {name} seems to be the same customer: {why}; nothing was added", "{no} {name} 似乎是同一客户：{why}；没有新增", "{no} {name} 似乎是同一客戶：{why}；沒有新增";
        NotConfirmed = "not_confirmed":
            "nothing was changed, since it was not confirmed", "未经确认，没有改动任何内容", "未經確認，沒有更動任何內容";
        Usage { reason: String } = "usage":
            "{reason}", "{reason}", "{reason}";

        BackupInside { folder: String } = "backup_inside":
            "{folder} is inside the archive; a backup belongs elsewhere", "{folder} 在客户档案之内；备份应放在别处", "{folder} 在客戶檔案之內；備份應放在別處";
        NotABackup { path: String } = "not_a_backup":
            "{path} is no backup of an archive", "{path} 不是客户档案的备份", "{path} 不是客戶檔案的備份";
        OtherBackup { path: String } = "other_backup":
            "{path} is the backup of another archive", "{path} 是另一个客户档案的备份", "{path} 是另一個客戶檔案的備份";
        BackupDamaged { path: String, object: String } = "backup_damaged":
            "the backup {path} is damaged: {object} cannot be read", "备份 {path} 已损坏：无法读取 {object}", "備份 {path} 已損壞：無法讀取 {object}";
        CopyDiffers { path: String } = "copy_differs":
            "the copy {path} differs from what was copied", "副本 {path} 与原文件不一致", "複本 {path} 與原檔案不一致";

        Sheet { path: String, fault: SheetFault } = "sheet":
            "{path}: {fault}", "{path}：{fault}", "{path}：{fault}";
        NoSuchHead { head: String } = "no_such_head":
            "the file has no column ‘{head}’", "文件中没有“{head}”列", "檔案中沒有「{head}」欄";
        TwinColumns { one: String, other: String, field: String } = "twin_columns":
            "the columns ‘{one}’ and ‘{other}’ both mean {field}: give one another head, or say with --map 'HEAD=FIELD' what it is", "“{one}”列和“{other}”列都表示 {field}：请改掉其中一个表头，或用 --map '表头=字段' 指定", "「{one}」欄與「{other}」欄都表示 {field}：請改掉其中一個標題，或用 --map '標題=欄位' 指定";
        BadMapping { text: String } = "bad_mapping":
            "‘{text}’ is not COLUMN=FIELD", "“{text}”不是“列=字段”的形式", "「{text}」不是「欄名=欄位」的形式";
        NoNameColumn = "no_name_column":
            "no column of the file is the customer's name", "文件中没有客户名称列", "檔案中沒有客戶名稱欄";
        SameCard { no: String } = "same_card":
            "{no} cannot be merged into itself", "{no} 不能合并到自身", "{no} 不能合併到自身";
        NoCustomerColumn = "no_customer_column":
            "no column of the file says whose records these are", "文件中没有一列说明这些记录属于哪个客户", "檔案中沒有任何一欄說明這些紀錄屬於哪個客戶";
        NoMapping { name: String } = "no_mapping":
            "there is no mapping ‘{name}’", "没有名为“{name}”的对照表", "沒有名為「{name}」的對照表";
        BadMappingFile { path: String, fault: MappingFault } = "bad_mapping_file":
            "{path}: {fault}", "{path}：{fault}", "{path}：{fault}";
        NoEncoding { text: String } = "no_encoding":
            "‘{text}’ is none of utf-8, utf-16, gb18030, big5", "“{text}”不是 utf-8、utf-16、gb18030 或 big5", "「{text}」不是 utf-8、utf-16、gb18030 或 big5";
        NoDelimiter { text: String } = "no_delimiter":
            "‘{text}’ is not one character, nor tab", "“{text}”不是单个字符，也不是 tab", "「{text}」不是單一字元，也不是 tab";
        RowsRefused { count: usize, path: String } = "rows_refused":
            "{count} row{S} not taken, kept in {path}", "有 {count} 行没有导入；已保存在 {path}", "有 {count} 筆沒有匯入；已存於 {path}";
        RowsWouldBeRefused { count: usize } = "rows_would_be_refused":
            "{count} row{S} would not be taken", "有 {count} 行无法导入", "有 {count} 筆無法匯入";
        NoSuchCode { code: String } = "no_such_code":
            "no finding has the code ‘{code}’", "没有代码为“{code}”的检查项", "沒有代碼為「{code}」的檢查項目";
        NoEnding { path: String } = "no_ending":
            "‘{path}’ does not say what kind of file it is to be", "“{path}”没有说明要导出成哪种文件", "「{path}」沒有說明要匯出成哪一種檔案";
        NoFormat = "no_format":
            "the standard output needs a format", "输出到标准输出时要指定格式", "輸出到標準輸出時要指定格式";
        FileThere { path: String } = "file_there":
            "{path} is there already", "{path} 已经存在", "{path} 已經存在";
        NoSuchSection { key: String } = "no_such_section":
            "no section is called ‘{key}’", "没有名为“{key}”的部分", "沒有名為「{key}」的部分";
        NotTogether { first: String, second: String } = "not_together":
            "{first} and {second} do not go together", "{first} 和 {second} 不能同时使用", "{first} 和 {second} 不能同時使用";
        CellTooLong { place: String, length: usize, most: usize } = "cell_too_long":
            "{place} has {length} characters, and a cell of a workbook holds {most}; nothing was written", "{place} 有 {length} 个字符，而工作簿的单元格最多 {most} 个；没有写入任何内容", "{place} 有 {length} 個字元，而活頁簿的儲存格最多 {most} 個；沒有寫入任何內容";
        SheetTooLong { file: String, most: u32 } = "sheet_too_long":
            "{file}: a sheet holds {most} row{S}, and there are more; nothing was written", "{file}：工作表最多 {most} 行，而内容更多；没有写入任何内容", "{file}：工作表最多 {most} 列，而內容更多；沒有寫入任何內容";
        LeftOut { count: usize } = "left_out":
            "left out {count} place{S} that could not be read", "有 {count} 处无法读取，已略过", "有 {count} 處無法讀取，已略過";
    }
}

impl Say for Box<Problem> {
    fn say(&self, lang: Lang) -> std::borrow::Cow<'_, str> {
        (**self).say(lang)
    }
}
