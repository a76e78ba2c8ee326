//! What `crm doctor` says, and what mends it. The code of a message is the code of its finding.

use crate::error::{Error, Hint, Problem};
use crate::i18n::messages;

messages! {
    /// What is to be known.
    pub enum Said {
        Problem { problem: Box<Problem> } = "problem":
            "{problem}", "{problem}", "{problem}";

        Signed { format: String, key: String } = "signed":
            "commits are signed: {format}, {key}", "提交带有签名：{format}，{key}", "提交附有簽署：{format}，{key}";
        HookNotRun { hook: String, path: String } = "hook_not_run":
            "git would run the hook {hook} at each commit, and crm does not: {path}", "git 每次提交都会运行钩子 {hook}，crm 不会：{path}", "git 每次提交都會執行掛鉤 {hook}，crm 不會：{path}";

        SyncedLongAgo { days: i64 } = "synced_long_ago":
            "the last sync was {days} day{S} ago", "上次同步是 {days} 天前", "上次同步是 {days} 天前";
        NeverSynced = "never_synced":
            "this clone was never synced", "本机档案从未同步过", "這份檔案從未同步過";
        NoMergeDriver = "no_merge_driver":
            "git does not know that crm merges cards: a merge of its own goes line by line", "git 不知道卡片应由 crm 合并：它自己会逐行合并", "git 不知道卡片應由 crm 合併：它自己會逐行合併";
        NoMergeAttribute = "no_merge_attribute":
            ".gitattributes does not leave the merge of cards to crm", ".gitattributes 没有指定由 crm 合并卡片", ".gitattributes 沒有指定由 crm 合併卡片";

        LockHeld { holder: String } = "lock_held":
            "another crm command (process {holder}) is writing now", "另一条 crm 命令（进程 {holder}）正在写入", "另一個 crm 指令（處理程序 {holder}）正在寫入";
        Unfinished = "unfinished":
            "a command was interrupted while it wrote", "有一条命令在写入时中断", "有一個指令在寫入時中斷";
        GitLock { file: String, minutes: i64 } = "git_lock":
            "git's lock {file} is there for {minutes} minutes", "git 的锁 {file} 已存在 {minutes} 分钟", "git 的鎖定檔 {file} 已存在 {minutes} 分鐘";

        SplitIndex = "split_index":
            "git's index is split in two, and crm cannot keep it up to date", "git 的索引是拆分的，crm 无法更新", "git 的索引是分割的，crm 無法更新";
        SparseIndex = "sparse_index":
            "git's index is sparse, and crm cannot keep it up to date", "git 的索引是稀疏的，crm 无法更新", "git 的索引是稀疏的，crm 無法更新";
        PartialClone { remote: String } = "partial_clone":
            "the clone is partial: what stands in history is fetched from {remote} only when git asks for it, and crm cannot read it", "这是部分克隆：历史内容要等 git 用到时才从 {remote} 取回，crm 无法读取", "這是部分複製：歷史紀錄的內容要等 git 用到時才從 {remote} 取回，crm 無法讀取";
        ShallowClone = "shallow_clone":
            "the clone is shallow: the oldest history is not here", "这是浅克隆：最早的历史不在这里", "這是淺層複製：最早的歷史紀錄不在這裡";
        SparseCheckout = "sparse_checkout":
            "the checkout is sparse: folders that are left out look as if they were removed", "这是稀疏检出：没有检出的文件夹看起来像被删除了", "這是稀疏簽出：沒有簽出的資料夾看起來像被刪除了";

        FoldsBoth = "folding_disk":
            "the disk takes names for one that differ only in capital letters or in how letters are composed", "这块磁盘把只有大小写或字符组合方式不同的名称当成同一个", "這顆磁碟把只有大小寫或字元組合方式不同的名稱當成同一個";
        FoldsCase = "folding_disk":
            "the disk takes names for one that differ only in capital letters", "这块磁盘把只有大小写不同的名称当成同一个", "這顆磁碟把只有大小寫不同的名稱當成同一個";
        FoldsComposition = "folding_disk":
            "the disk takes names for one that differ only in how letters are composed", "这块磁盘把只有字符组合方式不同的名称当成同一个", "這顆磁碟把只有字元組合方式不同的名稱當成同一個";
        NamesClash { folder: String, other: String } = "names_clash":
            "on this disk {folder} and {other} are one folder: one of the two customers is hidden", "在这块磁盘上 {folder} 和 {other} 是同一个文件夹：其中一个客户看不到", "在這顆磁碟上 {folder} 和 {other} 是同一個資料夾：其中一個客戶看不到";

        ConflictCopy { file: String } = "git_conflict_copy":
            "a program for sharing files left a second version in git's own folder: {file}", "共享文件的程序在 git 自己的文件夹中留下了另一个版本：{file}", "共用檔案的程式在 git 自己的資料夾中留下了另一個版本：{file}";
        LooseObjects { count: usize } = "loose_objects":
            "about {count} object{S} of history wait to be packed", "约有 {count} 个历史对象等待打包", "約有 {count} 個歷史物件等待封裝";
    }
}

impl Said {
    /// What went wrong while it was looked at.
    pub(super) fn of(error: &Error) -> Said {
        Said::Problem { problem: Box::new(error.problem().clone()) }
    }
}

messages! {
    /// What mends it, or what to do about it.
    pub enum Mend {
        Hint { hint: Hint } = "hint":
            "{hint}", "{hint}", "{hint}";
        ByHand = "by_hand":
            "see what the message names", "请查看消息中所指之处", "請查看訊息中所指之處";
        Unsign = "unsign":
            "to go without: `git config commit.gpgsign false`", "不签名：`git config commit.gpgsign false`", "不簽署：`git config commit.gpgsign false`";
        RunHook { hook: String } = "run_hook":
            "where it matters, run it yourself: `git hook run {hook}`", "需要时请自行运行：`git hook run {hook}`", "需要時請自行執行：`git hook run {hook}`";
        AskLater = "ask_later":
            "look again when the network is there; --offline leaves it out", "有网络时再看；--offline 可略过此项", "有網路時再看；--offline 可略過此項";
        Sync = "sync":
            "`crm sync`", "`crm sync`", "`crm sync`";
        RegisterMerge { key: &'static str, value: &'static str } = "register_merge":
            "`crm sync` does it, or `git config {key} '{value}'`", "`crm sync` 会设置，也可用 `git config {key} '{value}'`", "`crm sync` 會設定，也可用 `git config {key} '{value}'`";
        AddMergeAttribute { attribute: &'static str } = "add_merge_attribute":
            "`echo 'card.toml {attribute}' >> .gitattributes`, then `git commit .gitattributes`", "`echo 'card.toml {attribute}' >> .gitattributes`，再运行 `git commit .gitattributes`", "`echo 'card.toml {attribute}' >> .gitattributes`，再執行 `git commit .gitattributes`";
        Wait { holder: String } = "wait":
            "wait for it; one that hangs can be ended: `kill {holder}`", "请等它结束；如果卡住，可以终止：`kill {holder}`", "請等它結束；如果卡住，可以終止：`kill {holder}`";
        Finish = "finish":
            "the next command that writes finishes it: `crm commit`", "下一条写入的命令会完成它：`crm commit`", "下一個寫入的指令會完成它：`crm commit`";
        RemoveLock { file: String } = "remove_lock":
            "when no git is running: `rm {file}`", "如果没有 git 在运行：`rm {file}`", "如果沒有 git 在執行：`rm {file}`";
        JoinIndex = "join_index":
            "`git config core.splitIndex false`, then `git update-index --no-split-index`", "`git config core.splitIndex false`，再运行 `git update-index --no-split-index`", "`git config core.splitIndex false`，再執行 `git update-index --no-split-index`";
        FillIndex = "fill_index":
            "`git sparse-checkout reapply --no-sparse-index`", "`git sparse-checkout reapply --no-sparse-index`", "`git sparse-checkout reapply --no-sparse-index`";
        FetchAll { remote: String } = "fetch_all":
            "`git fetch --refetch --no-filter {remote}`, then `git config --unset remote.{remote}.promisor`", "`git fetch --refetch --no-filter {remote}`，再运行 `git config --unset remote.{remote}.promisor`", "`git fetch --refetch --no-filter {remote}`，再執行 `git config --unset remote.{remote}.promisor`";
        Unshallow = "unshallow":
            "`git fetch --unshallow`", "`git fetch --unshallow`", "`git fetch --unshallow`";
        CheckOutAll = "check_out_all":
            "`git sparse-checkout disable`", "`git sparse-checkout disable`", "`git sparse-checkout disable`";
        NamesAreWatched = "names_are_watched":
            "nothing to do: names that clash are told here and by `crm check`", "无需处理：名称冲突时这里和 `crm check` 都会指出", "無須處理：名稱衝突時這裡和 `crm check` 都會指出";
        RenameElsewhere = "rename_elsewhere":
            "in a clone on Linux, where both are there: `crm check --fix`, then bring it here", "在 Linux 上的克隆中（两个都在）运行 `crm check --fix`，再取回这里", "在 Linux 上的複本中（兩個都在）執行 `crm check --fix`，再取回這裡";
        MoveAway { file: String } = "move_away":
            "move it out and keep the archive where no such program looks: `mv {file} ~/`", "请移走，并把档案放在这类程序管不到的地方：`mv {file} ~/`", "請移走，並把客戶檔案放在這類程式管不到的地方：`mv {file} ~/`";
        Pack = "pack":
            "`git maintenance run --auto`", "`git maintenance run --auto`", "`git maintenance run --auto`";
    }
}
