//! The sentences of history: the subject of each commit, in the archive's language.

use chrono::NaiveDate;

use super::{List, Text, messages};

messages! {
    /// What a commit did.
    pub enum Sentence {
        ArchiveCreated = "archive_created":
            "Archive created", "新建客户档案", "建立客戶檔案";
        DemoFilled { count: usize } = "demo_filled":
            "Demonstration: {count} invented customer{S}", "演示：{count} 个虚构客户", "示範：{count} 個虛構客戶";
        EditedByHand { no: String } = "edited_by_hand":
            "{no} edited by hand", "{no} 手工编辑", "{no} 手動編輯";
        ManyEditedByHand { count: usize } = "many_edited_by_hand":
            "Edited by hand: {count} customer{S}", "手工编辑：{count} 个客户", "手動編輯：{count} 個客戶";
        PapersByHand { count: usize } = "papers_by_hand":
            "Edited by hand: {count} file{S}", "手工编辑：{count} 个文件", "手動編輯：{count} 個檔案";
        EditedAndRemovedByHand { count: usize, names: List } = "edited_and_removed_by_hand":
            "Edited by hand: {count} customer{S}; removed: {names}", "手工编辑：{count} 个客户；删除：{names}", "手動編輯：{count} 個客戶；刪除：{names}";
        RemovedByHand { names: List } = "removed_by_hand":
            "Removed by hand: {names}", "手工删除：{names}", "手動刪除：{names}";
        Added { no: String, name: String } = "added":
            "{no} added: {name}", "{no} 新增：{name}", "{no} 新增：{name}";
        Changed { no: String, paths: List } = "changed":
            "{no} changed: {paths}", "{no} 修改：{paths}", "{no} 修改：{paths}";
        ManyChanged { count: usize, paths: List } = "many_changed":
            "{count} customer{S} changed: {paths}", "修改 {count} 个客户：{paths}", "修改 {count} 個客戶：{paths}";
        Edited { no: String } = "edited":
            "{no} edited", "{no} 编辑", "{no} 編輯";
        FollowedUp { no: String, how: Text, topic: String } = "followed_up":
            "{no} follow-up: {how}, {topic}", "{no} 跟进：{how}，{topic}", "{no} 跟進：{how}，{topic}";
        Planned { no: String, date: NaiveDate } = "planned":
            "{no} planned: {date}", "{no} 计划：{date}", "{no} 計畫：{date}";
        PlanDropped { no: String, date: NaiveDate, reason: String } = "plan_dropped":
            "{no} plan of {date} dropped: {reason}", "{no} 放弃 {date} 的计划：{reason}", "{no} 放棄 {date} 的計畫：{reason}";
        RecordAdded { no: String, section: Text, name: String } = "record_added":
            "{no} {section} added: {name}", "{no} 新增{section}：{name}", "{no} 新增{section}：{name}";
        RecordRemoved { no: String, section: Text, name: String } = "record_removed":
            "{no} {section} removed: {name}", "{no} 删除{section}：{name}", "{no} 刪除{section}：{name}";
        Moved { no: String, to: String } = "moved":
            "{no} moved to {to}", "{no} 移到 {to}", "{no} 移到 {to}";
        MovedAndRenamed { no: String, to: String, name: String } = "moved_and_renamed":
            "{no} moved to {to} and renamed: {name}", "{no} 移到 {to} 并更名：{name}", "{no} 移到 {to} 並更名：{name}";
        ManyMoved { count: usize } = "many_moved":
            "{count} customer{S} moved", "移动 {count} 个客户", "移動 {count} 個客戶";
        Renamed { no: String, name: String } = "renamed":
            "{no} renamed: {name}", "{no} 更名：{name}", "{no} 更名：{name}";
        Renumbered { no: String, new: String } = "renumbered":
            "{no} is {new} from now on", "{no} 改用编号 {new}", "{no} 改用編號 {new}";
        Closed { no: String, reason: String } = "closed":
            "{no} closed: {reason}", "{no} 停止往来：{reason}", "{no} 停止往來：{reason}";
        ManyClosed { count: usize, reason: String } = "many_closed":
            "{count} customer{S} closed: {reason}", "{count} 个客户停止往来：{reason}", "{count} 個客戶停止往來：{reason}";
        Removed { no: String, name: String } = "removed":
            "{no} removed: {name}", "{no} 删除：{name}", "{no} 刪除：{name}";
        Merged { no: String, name: String, into: String } = "merged":
            "{no} {name} merged into {into}", "{no} {name} 已合并到 {into}", "{no} {name} 已合併到 {into}";
        MappingKept { name: String } = "mapping_kept":
            "Mapping {name} for imports", "导入对照表 {name}", "匯入對照表 {name}";
        Mended { count: usize } = "mended":
            "Findings of the check mended: {count}", "检查并修正：{count} 处", "檢查並修正：{count} 處";
        HandedOver { count: usize, from: String, to: String } = "handed_over":
            "{count} customer{S} handed over: {from} to {to}", "移交 {count} 个客户：{from} 给 {to}", "移交 {count} 個客戶：{from} 給 {to}";
        PoolReleased { count: usize } = "pool_released":
            "{count} customer{S} given to the pool", "{count} 个客户进入公海", "{count} 個客戶進入公海";
        PoolClaimed { no: String, who: String } = "pool_claimed":
            "{no} taken from the pool by {who}", "{who} 从公海领取 {no}", "{who} 從公海領取 {no}";
        Revised { no: String, sections: String } = "revised":
            "{no} revised: {sections}", "{no} 全面修订：{sections}", "{no} 全面修訂：{sections}";
        Greeted { count: usize, what: String } = "greeted":
            "{count} customer{S} greeted: {what}", "已问候 {count} 个客户：{what}", "已問候 {count} 個客戶：{what}";
        ReportCameIn { what: Text, who: String, date: NaiveDate } = "report_came_in":
            "{what} of {date} came in: {who}", "{who} 已交 {date} 的{what}", "{who} 已交 {date} 的{what}";
        Synced { count: usize } = "synced":
            "Synced: {count} customer{S} of others", "同步：其他人的 {count} 个客户", "同步：其他人的 {count} 個客戶";
        SyncedRest = "synced_rest":
            "Synced: settings or books of others", "同步：其他人的设置或账册", "同步：其他人的設定或帳冊";
        ConflictTaken { no: String, path: String, value: String } = "conflict_taken":
            "{no} decided: {path} = {value}", "{no} 已确定：{path} = {value}", "{no} 已確定：{path} = {value}";
        Undone { sentence: String, commit: String } = "undone":
            "Taken back: {sentence} ({commit})", "撤销：{sentence}（{commit}）", "復原：{sentence}（{commit}）";
        Restored { what: String, commit: String } = "restored":
            "{what} restored as of {commit}", "{what} 恢复到 {commit} 时的内容", "{what} 還原至 {commit} 時的內容";
        Imported { file: String, new: usize, changed: usize } = "imported":
            "Import of {file}: {new} new, {changed} changed", "导入 {file}：新增 {new}，修改 {changed}", "匯入 {file}：新增 {new}，修改 {changed}";
    }
}
