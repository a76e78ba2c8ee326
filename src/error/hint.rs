//! What a person can do about a problem: a sentence that names the command.

use crate::i18n::{List, messages};
use crate::settings::NamedCountry;

messages! {
    /// What one can do about it.
    pub enum Hint {
        InitOrName = "init_or_name":
            "make one with `crm init DIR`, or name it with -C DIR", "用 `crm init 目录` 新建，或用 -C 目录 指定", "用 `crm init 資料夾` 建立，或用 -C 資料夾 指定";
        InitElsewhere = "init_elsewhere":
            "choose a new or empty folder", "请选择新的或空的文件夹", "請選擇新的或空的資料夾";
        Reenter = "reenter":
            "to go on with visits, say why in the same command: --reenter REASON", "要继续拜访，请在同一命令中用 --reenter 原因 说明", "要繼續拜訪，請在同一命令中用 --reenter 原因 說明";
        FieldsOfKind { keys: List } = "fields_of_kind":
            "it may have: {keys}", "可用的有：{keys}", "可用的有：{keys}";
        GitInit = "git_init":
            "`git init` there begins a new history", "在那里运行 `git init` 可开始新的历史", "在那裡執行 `git init` 可開始新的歷史紀錄";
        TrustFolder { folder: String } = "trust_folder":
            "if you trust whoever owns it: `git config --global --add safe.directory {folder}`", "如果信任其所有者：`git config --global --add safe.directory {folder}`", "如果信任其擁有者：`git config --global --add safe.directory {folder}`";
        FetchAll = "fetch_all":
            "fetch all of it: `git fetch --refetch --no-filter`, then `git config --unset extensions.partialClone`", "取回全部内容：`git fetch --refetch --no-filter`，再运行 `git config --unset extensions.partialClone`", "取回全部內容：`git fetch --refetch --no-filter`，再執行 `git config --unset extensions.partialClone`";
        SeeHistory = "see_history":
            "`crm history` lists the commits with their days", "`crm history` 列出各次提交及其日期", "`crm history` 列出各次提交及其日期";
        RestoreInstead = "restore_instead":
            "bring back single cards with `crm restore CARD --to COMMIT`", "可用 `crm restore 客户 --to 提交` 恢复单张卡片", "可用 `crm restore 客戶 --to 提交` 還原單張卡片";
        RestorePlace = "restore_place":
            "to have one place as it was: `crm restore CARD --to COMMIT PATH`", "只恢复某一处：`crm restore 客户 --to 提交 字段`", "只還原某一處：`crm restore 客戶 --to 提交 欄位`";
        WithoutAsOf = "without_as_of":
            "leave out --as-of; `crm restore` brings back what was", "请去掉 --as-of；`crm restore` 可恢复当时的内容", "請去掉 --as-of；`crm restore` 可還原當時的內容";
        CloneInstead = "clone_instead":
            "take their archive with `crm clone URL DIR` and import your customers there", "请用 `crm clone 地址 目录` 取得对方的档案，再把您的客户导入其中", "請用 `crm clone 位址 資料夾` 取得對方的客戶檔案，再把您的客戶匯入其中";
        AddRemote = "add_remote":
            "name one with `crm sync --remote URL`: an empty folder on a shared disk or a stick, or a git host", "请用 `crm sync --remote 地址` 设置：共享磁盘或 U 盘上的空文件夹，或 git 托管服务", "請用 `crm sync --remote 位址` 設定：共用磁碟或隨身碟上的空資料夾，或 git 託管服務";
        InitWithRemote = "init_with_remote":
            "begin it with `crm init DIR --remote URL`", "请用 `crm init 目录 --remote 地址` 新建", "請用 `crm init 資料夾 --remote 位址` 建立";
        CloneTheirs = "clone_theirs":
            "take it with `crm clone URL DIR`", "请用 `crm clone 地址 目录` 取得", "請用 `crm clone 位址 資料夾` 取得";
        InstallGit = "install_git":
            "install git 2.41 or later; everything but sync and clone works without it", "请安装 git 2.41 或更高版本；除同步和取得档案（clone）外，其他功能不需要它", "請安裝 git 2.41 或更新版本；除同步和取得檔案（clone）外，其他功能不需要它";
        CheckAccess = "check_access":
            "`git fetch` in the archive's folder shows what is missing: a key, a password, a permission", "在档案文件夹中运行 `git fetch` 可看出缺少什么：密钥、密码或权限", "在客戶檔案的資料夾中執行 `git fetch` 可看出缺少什麼：金鑰、密碼或權限";
        OfOthers = "of_others":
            "one is open for somebody else: `--owner all`", "其他人有待办：用 `--owner all`", "其他人有待辦：用 `--owner all`";
        Reopen { no: String } = "reopen":
            "open it again first: `crm move {no} --stage prospect`", "请先恢复往来：`crm move {no} --stage prospect`", "請先恢復往來：`crm move {no} --stage prospect`";
        AskTheHost = "ask_the_host":
            "whoever keeps the other side can say why", "请询问远程档案的管理者", "請詢問遠端檔案的管理者";
        CheckRemote = "check_remote":
            "plug in the disk, or look at the address; `crm sync --remote URL` names where the others are now", "请接上磁盘或检查地址；其他人已换地址时，用 `crm sync --remote 地址` 指定", "請接上磁碟或檢查位址；其他人已換位址時，用 `crm sync --remote 位址` 指定";
        MoveAside = "move_aside":
            "move it somewhere else, or take it in with `crm commit`, and sync again", "请把它移到别处，或用 `crm commit` 记入，然后再同步", "請把它移到別處，或用 `crm commit` 記入，然後再同步";
        ListConflicts = "list_conflicts":
            "`crm conflict list` shows them", "`crm conflict list` 列出全部冲突", "`crm conflict list` 列出全部衝突";
        SwitchToBranch = "switch_to_branch":
            "go back to the branch: `git switch main`", "切回分支：`git switch main`", "切換回分支：`git switch main`";
        Run { command: String } = "run":
            "finish it, or take it back with `{command}`", "请先完成，或用 `{command}` 中止", "請先完成，或用 `{command}` 中止";
        NameEditor = "name_editor":
            "name an editor in EDITOR, or take `crm set CARD FIELD=VALUE`", "用 EDITOR 指定编辑器，或使用 `crm set 客户 字段=值`", "用 EDITOR 指定編輯器，或使用 `crm set 客戶 欄位=值`";
        ActionAdd = "action_add":
            "or, with commas in it: `crm action add CARD 'WHAT' who=WHO date=DATE`", "内容含逗号时可用：`crm action add 客户 '内容' who=谁 date=日期`", "內容含逗號時可用：`crm action add 客戶 '內容' who=誰 date=日期`";
        Days = "days":
            "a day may be 2026-03-18, today, tomorrow, +7d, +2w or fri", "日期可写成 2026-03-18、3月18日、今天、明天、+7d、+2w、周五、下周五", "日期可寫成 2026-03-18、3月18日、今天、明天、+7d、+2w、週五、下週五";
        SeeDoctor = "see_doctor":
            "`crm doctor` says what mends it", "`crm doctor` 会说明如何修正", "`crm doctor` 會說明如何修正";
        SayWhoYouAre = "say_who_you_are":
            "say it with `crm me 'Name <mail@example.com>'`", "请用 `crm me '姓名 <mail@example.com>'` 设置", "請用 `crm me '姓名 <mail@example.com>'` 設定";
        SayWhoYouAreAtInit = "say_who_you_are_at_init":
            "say it with `crm init DIR --me 'Name <mail@example.com>'`", "请用 `crm init 目录 --me '姓名 <mail@example.com>'` 设置", "請用 `crm init 資料夾 --me '姓名 <mail@example.com>'` 設定";
        SignByGit = "sign_by_git":
            "once `git commit -S` can sign, crm can too; to go without: `git config commit.gpgsign false`", "`git commit -S` 能够签名后，crm 也就可以；不签名：`git config commit.gpgsign false`", "`git commit -S` 能夠簽署後，crm 也就可以；不簽署：`git config commit.gpgsign false`";
        NameSigningKey = "name_signing_key":
            "name it with `git config user.signingkey ~/.ssh/id_ed25519.pub`", "请用 `git config user.signingkey ~/.ssh/id_ed25519.pub` 指定", "請用 `git config user.signingkey ~/.ssh/id_ed25519.pub` 指定";
        OtherSigningFormat = "other_signing_format":
            "`git config gpg.format ssh`, or openpgp; to go without: `git config commit.gpgsign false`", "`git config gpg.format ssh`，也可以是 openpgp；不签名：`git config commit.gpgsign false`", "`git config gpg.format ssh`，也可以是 openpgp；不簽署：`git config commit.gpgsign false`";
        WhoYouAreForm = "who_you_are_form":
            "write it like 'Lin Wei <lin@example.com>'", "请写成 '林伟 <lin@example.com>'", "請寫成 '林偉 <lin@example.com>'";
        TryAgain = "try_again":
            "run the command again", "请再运行一次", "請再執行一次";
        StaleGitLock = "stale_git_lock":
            "when no git is running, remove that file", "如果没有 git 在运行，请删除该文件", "如果沒有 git 在執行，請刪除該檔案";
        WaitForOther = "wait_for_other":
            "wait for it, or set archive.lock_wait higher", "请等它结束，或调高 archive.lock_wait", "請等它結束，或調高 archive.lock_wait";
        SeeConfig = "see_config":
            "`crm config` lists every setting", "`crm config` 列出全部设置", "`crm config` 列出全部設定";
        MendCard { path: String } = "mend_card":
            "mend it in a text editor: {path}", "请用文本编辑器修正：{path}", "請用文字編輯器修正：{path}";
        DidYouMean { near: List } = "did_you_mean":
            "did you mean {near}?", "是不是 {near}？", "是不是 {near}？";
        SearchWords = "search_words":
            "a word, a part of one, a number or Chinese characters: `crm search pump`", "一个词、词的一部分、号码或汉字：`crm search 泵`", "一個詞、詞的一部分、號碼或漢字：`crm search 泵`";
        ListThem = "list_them":
            "`crm list` shows all customers", "`crm list` 显示所有客户", "`crm list` 顯示所有客戶";
        MoveBack { stray: String, folder: String } = "move_back":
            "move the folder {stray} back to {folder}, or to another stage/country/company", "请把文件夹 {stray} 移回 {folder}，或移到其他 阶段/国家/公司 之下", "請把資料夾 {stray} 移回 {folder}，或移到其他 階段/國家/公司 之下";
        MoveToPlace = "move_to_place":
            "move its folder to stage/country/company", "请把所在文件夹移到 阶段/国家/公司 之下", "請把所在資料夾移到 階段/國家/公司 之下";
        PutBack = "put_back":
            "put the folder back, or say that it is meant: `crm commit --removed`", "请把文件夹放回，或确认删除：`crm commit --removed`", "請把資料夾放回，或確認刪除：`crm commit --removed`";
        Renumber = "renumber":
            "name it by its id or its folder; `crm renumber` gives one of those with the same number a new one", "请用内部编号或文件夹指定；`crm renumber` 可为编号相同者之一另给编号", "請用內部編號或資料夾指定；`crm renumber` 可為編號相同者之一另給編號";
        BeExact = "be_exact":
            "name it by its number", "请用编号指定", "請用編號指定";
        Assignment = "assignment":
            "write it like phone='+49 30 1234567'", "请写成 phone='+49 30 1234567'", "請寫成 phone='+49 30 1234567'";
        SeeFields = "see_fields":
            "`crm fields` lists every field", "`crm fields` 列出全部字段", "`crm fields` 列出全部欄位";
        FieldHelp { key: String } = "field_help":
            "`crm fields {key}` says more", "`crm fields {key}` 有详细说明", "`crm fields {key}` 有詳細說明";
        SeeColumns = "see_columns":
            "columns are the keys and labels of `crm fields`", "列名是 `crm fields` 中的键或名称", "欄名是 `crm fields` 中的鍵或名稱";
        SeeTables = "see_tables":
            "`crm fields --sql` lists the tables and their columns", "`crm fields --sql` 列出各表及其列", "`crm fields --sql` 列出各資料表及其欄位";
        SeeViews = "see_views":
            "`crm list --view` lists the views", "`crm list --view` 列出全部视图", "`crm list --view` 列出全部檢視";
        Tests = "tests":
            "write it like city=Kiel, city!=Kiel, products~=pump or city= for an empty one", "请写成 city=基尔、city!=基尔、products~=泵，或用 city= 表示空值", "請寫成 city=基爾、city!=基爾、products~=泵，或用 city= 表示空值";
        MakeItAnew = "make_it_anew":
            "move it away and make the backup again", "请把它移开，重新备份", "請把它移開，重新備份";
        BackupElsewhere = "backup_elsewhere":
            "name another folder, best on another disk", "请指定另一个文件夹，最好在另一块硬盘上", "請指定另一個資料夾，最好在另一顆硬碟上";
        Members { keys: List } = "members":
            "the team: {keys}", "团队成员：{keys}", "團隊成員：{keys}";
        PathForms = "path_forms":
            "paths look like phone, custom.port or contacts[k3f].title", "位置的写法：phone、custom.port 或 contacts[k3f].title", "位置的寫法：phone、custom.port 或 contacts[k3f].title";
        ShowIt = "show_it":
            "`crm show CARD` shows the whole", "`crm show 客户` 显示全部", "`crm show 客戶` 顯示全部";
        Move = "move":
            "it is where the folder stands: `crm move CARD --stage S --country CC`", "它由文件夹位置决定：`crm move 客户 --stage 阶段 --country 代码`", "它由資料夾的位置決定：`crm move 客戶 --stage 階段 --country 代碼`";
        NamePerson = "name_person":
            "say whom: --with CONTACT", "请用 --with 联系人 指定", "請用 --with 聯絡人 指定";
        NameDay = "name_day":
            "say which: --on DATE", "请用 --on 日期 指定", "請用 --on 日期 指定";
        PlanInstead = "plan_instead":
            "`crm followup plan CARD DATE` notes what is to come", "`crm followup plan 客户 日期` 可记录今后要做的事", "`crm followup plan 客戶 日期` 可記下今後要做的事";
        WriteCountry { ways: List } = "write_country":
            "say which: {ways}", "请写明是哪一个：{ways}", "請寫明是哪一個：{ways}";
        OldestRecords { names: List<NamedCountry> } = "oldest_records":
            "in the oldest records it may also be {names}", "更早的记录中也可能是 {names}", "更早的紀錄中也可能是 {names}";
        Stages = "stages":
            "prospect, customer or closed", "潜在客户、客户 或 停止往来", "潛在客戶、客戶 或 停止往來";
        Hows = "hows":
            "phone, email, visit, meeting, chat, sms or other", "电话、邮件、登门、邀约、网络对话、短信 或 其它", "電話、郵件、登門、邀約、網路對話、簡訊 或 其他";
        AddAnyway { no: String } = "add_anyway":
            "see `crm show {no}`; --anyway adds another one all the same", "请先看 `crm show {no}`；加 --anyway 可照样新增", "請先看 `crm show {no}`；加上 --anyway 可仍然新增";
        SayYes = "say_yes":
            "say --yes to do it without being asked", "加 --yes 可不经询问直接执行", "加 --yes 可不經詢問直接執行";
        MendRows { words: String } = "mend_rows":
            "mend them there, then `crm import {words}`", "在该文件中修正后运行 `crm import {words}`", "在該檔案中修正後執行 `crm import {words}`";
        MapIt = "map_it":
            "say which it is with --map COLUMN=name", "用 --map 列名=name 指定", "用 --map 欄名=name 指定";
        GiveEncoding = "give_encoding":
            "give the encoding with --encoding utf-8, utf-16, gb18030 or big5", "请用 --encoding 指定编码：utf-8、utf-16、gb18030 或 big5", "請用 --encoding 指定編碼：utf-8、utf-16、gb18030 或 big5";
        GiveOut = "give_out":
            "say which: --out FILE", "用 --out 文件 指定", "用 --out 檔案 指定";
        MapCustomer = "map_customer":
            "say which it is with --map COLUMN=customer, or --key COLUMN", "用 --map 列名=customer 或 --key 列名 指定", "用 --map 欄名=customer 或 --key 欄名 指定";
        GuessMapping = "guess_mapping":
            "`crm import --guess FILE --keep NAME` makes one", "`crm import --guess 文件 --keep 名称` 可以生成一个", "`crm import --guess 檔案 --keep 名稱` 可以產生一個";
        MapTargets = "map_targets":
            "FIELD is a key of `crm fields`, country, stage, log, contact.KEY, channel.KIND, custom.KEY, external.KEY or -", "字段可为 `crm fields` 中的键、country、stage、log、contact.键、channel.种类、custom.键、external.键 或 -", "欄位可為 `crm fields` 中的鍵名、country、stage、log、contact.鍵名、channel.種類、custom.鍵名、external.鍵名 或 -";
        FileEndings = "file_endings":
            "end it in .csv, .tsv, .xlsx, .json or .jsonl; - is the standard output", "请以 .csv、.tsv、.xlsx、.json 或 .jsonl 结尾；- 表示标准输出", "請以 .csv、.tsv、.xlsx、.json 或 .jsonl 結尾；- 表示標準輸出";
        SayFormat = "say_format":
            "`crm export - --format csv`, json or jsonl", "`crm export - --format csv`，也可以是 json 或 jsonl", "`crm export - --format csv`，也可以是 json 或 jsonl";
        SayForce = "say_force":
            "--force replaces it", "--force 可覆盖", "--force 可覆寫";
        SectionKeys { keys: List } = "section_keys":
            "the sections: {keys}", "各部分：{keys}", "各部分：{keys}";
        OtherKindOfFile = "other_kind_of_file":
            ".csv, .json and .jsonl hold any length, or choose fewer customers", ".csv、.json 和 .jsonl 没有长度限制；也可以少选一些客户", ".csv、.json 和 .jsonl 沒有長度限制；也可以少選一些客戶";
        KeptAt { path: String } = "kept_at":
            "what you typed is kept in {path}", "您输入的内容保存在 {path}", "您輸入的內容存於 {path}";
        ExplainAll = "explain_all":
            "`crm check --explain` lists every code", "`crm check --explain` 列出全部代码", "`crm check --explain` 列出全部代碼";
        SeeHelp { command: String } = "see_help":
            "`{command} --help` says more", "`{command} --help` 有详细说明", "`{command} --help` 有詳細說明";
    }
}
