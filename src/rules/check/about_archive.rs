//! What `crm check --explain` says of the findings that take the whole archive to see.

use super::codes::{About, Severity, t};

/// Those of folders, files and of several cards.
pub(super) const OF_ARCHIVE: &[About] = &[
    About {
        code: "copied_folder",
        severity: Severity::Error,
        source: "docs/decisions/0005-copied-folders.md",
        what: t(
            "Two folders have the same id: one was copied.",
            "两个文件夹的内部编号相同：其中一个是副本。",
            "兩個資料夾的內部編號相同：其中一個是複本。",
        ),
        why: t(
            "They are two customers from now on, and must not be taken for one.",
            "它们从此是两个客户，不能当成一个。",
            "它們從此是兩個客戶，不能當成一個。",
        ),
        mend: t(
            "`crm check --fix` makes the copy a customer of its own; if it was a slip, remove the copy.",
            "`crm check --fix` 会使副本成为新客户；如果是误操作，请删除副本。",
            "`crm check --fix` 會使複本成為新客戶；如果是誤操作，請刪除複本。",
        ),
    },
    About {
        code: "same_number",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t("Two customers have the same number.", "两个客户的编号相同。", "兩個客戶的編號相同。"),
        why: t(
            "Papers that name the number may mean either.",
            "单据上的编号无法确定指的是谁。",
            "單據上的編號無法確定指的是誰。",
        ),
        mend: t(
            "Take the line `no` out of the card whose papers are fewer, and run `crm commit`.",
            "在单据较少的那张卡片中删去 `no` 一行，再运行 `crm commit`。",
            "在單據較少的那張卡片中刪去 `no` 一行，再執行 `crm commit`。",
        ),
    },
    About {
        code: "bad_number",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "The number is not letters and digits, such as L0007.",
            "编号不是字母加数字（如 L0007）。",
            "編號不是字母加數字（例如 L0007）。",
        ),
        why: t(
            "It cannot be typed as a number, nor compared with others.",
            "无法按编号查找，也无法与其他编号比较。",
            "無法按編號尋找，也無法與其他編號比較。",
        ),
        mend: t(
            "Take the line `no` out of the card; `crm commit` gives a new one.",
            "从卡片中删去 `no` 一行；`crm commit` 会发放新编号。",
            "從卡片中刪去 `no` 一行；`crm commit` 會發放新編號。",
        ),
    },
    About {
        code: "former_id_in_use",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t(
            "A card names as its former id one that another card still has.",
            "卡片所列的原内部编号仍被另一张卡片使用。",
            "卡片所列的原內部編號仍被另一張卡片使用。",
        ),
        why: t(
            "A merged customer is there twice.",
            "已合并的客户又出现了一次。",
            "已合併的客戶又出現了一次。",
        ),
        mend: t(
            "Remove the folder that was merged, or the former id.",
            "删除已被合并的文件夹，或删去这个原编号。",
            "刪除已被合併的資料夾，或刪去這個原編號。",
        ),
    },
    About {
        code: "wrong_branch",
        severity: Severity::Error,
        source: "R-001, R-002",
        what: t(
            "A customer of the home country is filed abroad, or the other way round.",
            "本国客户归在国外，或国外客户归在国内。",
            "本國客戶歸在國外，或國外客戶歸在國內。",
        ),
        why: t(
            "Lists and sums of the two would be wrong.",
            "国内外的清单和合计都会出错。",
            "國內外的清單和合計都會出錯。",
        ),
        mend: t(
            "`crm check --fix` moves the folder.",
            "`crm check --fix` 会移动文件夹。",
            "`crm check --fix` 會移動資料夾。",
        ),
    },
    About {
        code: "unclear_country",
        severity: Severity::Warning,
        source: "ISO 3166-1",
        what: t(
            "A country's folder is not named by its code, such as DE-Germany.",
            "国家/地区文件夹没有按代码命名（如 DE-德国）。",
            "國家/地區資料夾沒有按代碼命名（例如 DE-德國）。",
        ),
        why: t(
            "It is read, but two folders of one country are easily made.",
            "程序能读懂，但容易为同一国家建两个文件夹。",
            "程式能讀懂，但容易為同一國家建立兩個資料夾。",
        ),
        mend: t(
            "`crm check --fix` renames it, unless the other folder is there too; then move the companies.",
            "`crm check --fix` 会改名；如果另一个文件夹也在，请移动其中的公司。",
            "`crm check --fix` 會重新命名；如果另一個資料夾也在，請移動其中的公司。",
        ),
    },
    About {
        code: "not_a_country",
        severity: Severity::Error,
        source: "ISO 3166-1",
        what: t(
            "A folder stands where countries do and is none.",
            "某个文件夹在国家/地区的位置，却不是国家/地区。",
            "某個資料夾在國家/地區的位置，卻不是國家/地區。",
        ),
        why: t(
            "Customers below it are in no list.",
            "其中的客户不在任何清单中。",
            "其中的客戶不在任何清單中。",
        ),
        mend: t(
            "Rename it, such as DE-Germany; ZZ while the country is not known.",
            "请改名，如 DE-德国；国家/地区不明时用 ZZ。",
            "請重新命名，例如 DE-德國；國家/地區不明時用 ZZ。",
        ),
    },
    About {
        code: "same_folder_name",
        severity: Severity::Error,
        source: "NTFS, APFS",
        what: t(
            "Two folders differ only in case or in how letters are composed.",
            "两个文件夹名只有大小写或字符组合方式不同。",
            "兩個資料夾名稱只有大小寫或字元組合方式不同。",
        ),
        why: t(
            "Windows and macOS take them for one, and one hides the other.",
            "Windows 和 macOS 会把它们当成一个，互相覆盖。",
            "Windows 和 macOS 會把它們當成一個，互相覆蓋。",
        ),
        mend: t(
            "`crm check --fix` puts the number behind the second one's name.",
            "`crm check --fix` 会在第二个名称后加上编号。",
            "`crm check --fix` 會在第二個名稱後面加上編號。",
        ),
    },
    About {
        code: "unsafe_name",
        severity: Severity::Warning,
        source: "NTFS, Unicode NFC",
        what: t(
            "A name has signs that some file system refuses, is too long, or is not NFC.",
            "名称含有某些文件系统不接受的字符、过长，或不是 NFC。",
            "名稱含有某些檔案系統不接受的字元、過長，或不是 NFC。",
        ),
        why: t(
            "A colleague's computer could not check it out.",
            "同事的电脑可能无法取出该文件。",
            "同事的電腦可能無法取出該檔案。",
        ),
        mend: t(
            "`crm check --fix` renames a customer's folder; rename papers by hand.",
            "`crm check --fix` 会为客户文件夹改名；其他文件请手工改名。",
            "`crm check --fix` 會為客戶資料夾重新命名；其他檔案請手動重新命名。",
        ),
    },
    About {
        code: "name_not_utf8",
        severity: Severity::Error,
        source: "UTF-8",
        what: t("A name is not UTF-8.", "名称不是 UTF-8。", "名稱不是 UTF-8。"),
        why: t(
            "It cannot be shown or written elsewhere; a customer of such a name is not listed.",
            "无法显示，也无法在别处写出；这样命名的客户不会列出。",
            "無法顯示，也無法在別處寫出；這樣命名的客戶不會列出。",
        ),
        mend: t("Rename it.", "请改名。", "請重新命名。"),
    },
    About {
        code: "folder_without_card",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t("A company's folder has no card.", "公司文件夹中没有卡片。", "公司資料夾中沒有卡片。"),
        why: t(
            "It is no customer, and its papers are not kept in history with one.",
            "它不是客户，其中的文件不属于任何客户。",
            "它不是客戶，其中的檔案不屬於任何客戶。",
        ),
        mend: t(
            "Write a card with a name, or move the papers.",
            "写一张带名称的卡片，或移走文件。",
            "寫一張帶名稱的卡片，或移走檔案。",
        ),
    },
    About {
        code: "missing_customer",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t(
            "A customer of history is nowhere in the archive.",
            "历史中的客户在档案中找不到。",
            "歷史紀錄中的客戶在客戶檔案中找不到。",
        ),
        why: t(
            "A folder was dragged too deep or deleted; a removal counts only when it is said.",
            "文件夹被拖错位置或删除；删除要经确认才算数。",
            "資料夾被拖到錯誤的位置或刪除；刪除要經確認才算數。",
        ),
        mend: t(
            "Put the folder back, or `crm commit --removed`.",
            "把文件夹放回，或运行 `crm commit --removed`。",
            "把資料夾放回，或執行 `crm commit --removed`。",
        ),
    },
    About {
        code: "stray_card",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t(
            "A card stands at no place for a customer.",
            "卡片不在客户应在的位置。",
            "卡片不在客戶應在的位置。",
        ),
        why: t("It is in no list.", "它不在任何清单中。", "它不在任何清單中。"),
        mend: t(
            "Move its folder to stage/country/company, or remove the card.",
            "把所在文件夹移到 阶段/国家/公司 之下，或删除卡片。",
            "把所在資料夾移到 階段/國家/公司 之下，或刪除卡片。",
        ),
    },
    About {
        code: "stray_file",
        severity: Severity::Note,
        source: "docs/format.md",
        what: t(
            "A file lies in a stage's or country's folder.",
            "文件放在阶段或国家/地区文件夹中。",
            "檔案放在階段或國家/地區資料夾中。",
        ),
        why: t(
            "It belongs to no customer, and `crm commit` leaves it out.",
            "它不属于任何客户，`crm commit` 不会记入。",
            "它不屬於任何客戶，`crm commit` 不會記入。",
        ),
        mend: t("Move it to its customer.", "移到所属客户的文件夹。", "移到所屬客戶的資料夾。"),
    },
    About {
        code: "conflict_copy",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t(
            "A program that shares files or merges left a second version of a file.",
            "共享文件或合并的程序留下了同一文件的另一个版本。",
            "共用檔案或合併的程式留下了同一檔案的另一個版本。",
        ),
        why: t(
            "What a colleague wrote may stand in it and nowhere else.",
            "同事所写的内容可能只在其中。",
            "同事所寫的內容可能只在其中。",
        ),
        mend: t(
            "Take over what is missing, then remove it.",
            "补上缺少的内容，然后删除。",
            "補上缺少的內容，然後刪除。",
        ),
    },
    About {
        code: "draft_left",
        severity: Severity::Note,
        source: "docs/architecture.md",
        what: t(
            "A command that was interrupted left a draft of a file.",
            "中断的命令留下了文件草稿。",
            "中斷的指令留下了檔案草稿。",
        ),
        why: t(
            "It only takes up room: the file itself is old or new, never torn.",
            "只占空间：文件本身要么是旧的，要么是新的，不会损坏。",
            "只佔用空間：檔案本身不是舊的就是新的，不會損壞。",
        ),
        mend: t(
            "`crm check --fix` removes it.",
            "`crm check --fix` 会删除它。",
            "`crm check --fix` 會刪除它。",
        ),
    },
    About {
        code: "link",
        severity: Severity::Warning,
        source: "docs/format.md",
        what: t("A link stands in the archive.", "档案中有链接。", "客戶檔案中有連結。"),
        why: t(
            "It is not followed: what it leads to is neither listed nor kept in history.",
            "程序不会跟随：所指的内容不会列出，也不会记入历史。",
            "程式不會跟隨：所指的內容不會列出，也不會記入歷史紀錄。",
        ),
        mend: t("Put the file itself there.", "请放入文件本身。", "請放入檔案本身。"),
    },
    About {
        code: "large_paper",
        severity: Severity::Warning,
        source: "papers.max_mib",
        what: t(
            "A paper is larger than the company allows.",
            "文件超过公司规定的大小。",
            "檔案超過公司規定的大小。",
        ),
        why: t(
            "It is left out of history and is on this computer only.",
            "它不会记入历史，只在这台电脑上。",
            "它不會記入歷史紀錄，只在這台電腦上。",
        ),
        mend: t(
            "Make it smaller, keep it elsewhere, or set papers.max_mib higher.",
            "压缩文件，存放到别处，或调高 papers.max_mib。",
            "壓縮檔案，存放到別處，或調高 papers.max_mib。",
        ),
    },
    About {
        code: "bad_view",
        severity: Severity::Error,
        source: "R-213, docs/format.md",
        what: t(
            "A saved view names what there is not, or its condition cannot be answered.",
            "保存的视图用到了不存在的内容，或其条件无法查询。",
            "儲存的檢視用到了不存在的內容，或其條件無法查詢。",
        ),
        why: t(
            "`crm list --view` refuses it, and a script that counts on it stops.",
            "`crm list --view` 会拒绝，依赖它的脚本也会中断。",
            "`crm list --view` 會拒絕，依賴它的指令碼也會中斷。",
        ),
        mend: t(
            "Correct the word in crm.toml; `crm fields --sql` lists the columns.",
            "更正 crm.toml 中的这个词；`crm fields --sql` 列出全部列。",
            "更正 crm.toml 中的這個詞；`crm fields --sql` 列出全部欄位。",
        ),
    },
    About {
        code: "bad_settings",
        severity: Severity::Error,
        source: "docs/format.md",
        what: t("crm.toml cannot be read.", "无法读取 crm.toml。", "無法讀取 crm.toml。"),
        why: t(
            "No command can work without the settings.",
            "没有设置，任何命令都无法运行。",
            "沒有設定，任何指令都無法執行。",
        ),
        mend: t("Mend the line that is named.", "修正所指的那一行。", "修正所指的那一行。"),
    },
];
