//! The sentences of history: the subject of each commit, in the archive's language.

use chrono::NaiveDate;

use super::{Text, messages};

messages! {
    /// What a commit did.
    pub enum Sentence {
        ArchiveCreated = "archive_created":
            "Archive created", "新建客户档案";
        DemoFilled { count: usize } = "demo_filled":
            "Demonstration: {count} invented customers", "演示：{count} 个虚构客户";
        EditedByHand { no: String } = "edited_by_hand":
            "{no} edited by hand", "{no} 手工编辑";
        ManyEditedByHand { count: usize } = "many_edited_by_hand":
            "Edited by hand: {count} customers", "手工编辑：{count} 个客户";
        PapersByHand { count: usize } = "papers_by_hand":
            "Edited by hand: {count} files", "手工编辑：{count} 个文件";
        EditedAndRemovedByHand { count: usize, names: String } = "edited_and_removed_by_hand":
            "Edited by hand: {count} customers; removed: {names}", "手工编辑：{count} 个客户；删除：{names}";
        RemovedByHand { names: String } = "removed_by_hand":
            "Removed by hand: {names}", "手工删除：{names}";
        Added { no: String, name: String } = "added":
            "{no} added: {name}", "{no} 新增：{name}";
        Changed { no: String, paths: String } = "changed":
            "{no} changed: {paths}", "{no} 修改：{paths}";
        ManyChanged { count: usize, paths: String } = "many_changed":
            "{count} customers changed: {paths}", "修改 {count} 个客户：{paths}";
        Edited { no: String } = "edited":
            "{no} edited", "{no} 编辑";
        FollowedUp { no: String, how: Text, topic: String } = "followed_up":
            "{no} follow-up: {how}, {topic}", "{no} 跟进：{how}，{topic}";
        Planned { no: String, date: NaiveDate } = "planned":
            "{no} planned: {date}", "{no} 计划：{date}";
        PlanDropped { no: String, date: NaiveDate, reason: String } = "plan_dropped":
            "{no} plan of {date} dropped: {reason}", "{no} 放弃 {date} 的计划：{reason}";
        RecordAdded { no: String, section: Text, name: String } = "record_added":
            "{no} {section} added: {name}", "{no} 新增{section}：{name}";
        RecordRemoved { no: String, section: Text, name: String } = "record_removed":
            "{no} {section} removed: {name}", "{no} 删除{section}：{name}";
        Moved { no: String, to: String } = "moved":
            "{no} moved to {to}", "{no} 移到 {to}";
        ManyMoved { count: usize } = "many_moved":
            "{count} customers moved", "移动 {count} 个客户";
        Renamed { no: String, name: String } = "renamed":
            "{no} renamed: {name}", "{no} 更名：{name}";
        Closed { no: String, reason: String } = "closed":
            "{no} closed: {reason}", "{no} 停止往来：{reason}";
        ManyClosed { count: usize, reason: String } = "many_closed":
            "{count} customers closed: {reason}", "{count} 个客户停止往来：{reason}";
        Removed { no: String, name: String } = "removed":
            "{no} removed: {name}", "{no} 删除：{name}";
        Merged { no: String, name: String, into: String } = "merged":
            "{no} {name} merged into {into}", "{no} {name} 已合并到 {into}";
        MappingKept { name: String } = "mapping_kept":
            "Mapping {name} for imports", "导入对照表 {name}";
        Mended { count: usize } = "mended":
            "Findings of the check mended: {count}", "检查并修正：{count} 处";
        Imported { file: String, new: usize, changed: usize } = "imported":
            "Import of {file}: {new} new, {changed} changed", "导入 {file}：新增 {new}，修改 {changed}";
    }
}
