//! The tables that a person's SQL sees: `facts`, `customers`, one for each section, `dates`. Each is
//! a list of columns, so that the views that are asked, the explanations of `crm fields --sql` and
//! `docs/tables.md` are made from the same words.

use super::ask::OWN_NUMBER;
use super::list::{PLACE, expression};
use super::related::RELATED;
use crate::card::{Field, Kind, Section};
use crate::i18n::Text;
use crate::rules::facts::{self, Empty};
use crate::sections::{SCHEMA, every_section};

/// A table that may be asked.
#[derive(Debug)]
pub struct OpenTable {
    /// The name.
    pub name: &'static str,
    /// What a row is.
    pub help: Text,
    /// The columns.
    pub columns: Vec<OpenColumn>,
    /// What its rows are taken from, under the names that the columns' expressions use.
    pub(super) from: String,
}

/// A column that may be asked.
#[derive(Debug)]
pub struct OpenColumn {
    /// The name.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// What it means.
    pub help: Text,
    /// What it means when it is empty.
    pub empty: Empty,
    /// What stands in it.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Option<Text>,
    /// How it follows from the index's own tables.
    pub(super) sql: String,
}

/// Fields of the card that `facts` has too; `customers` has all.
const FIELDS: [&str; 16] = [
    "no",
    "name",
    "short_name",
    "owner",
    "kind",
    "nature",
    "biz_type",
    "industry",
    "products",
    "region",
    "city",
    "tags",
    "willingness",
    "payment_attitude",
    "payment_method",
    "closed",
];

const NOT_FILLED: Empty = Empty::When(Text::new("Not filled in.", "没有填写。", "未填寫。"));
const NOT_THERE: Empty = Empty::When(Text::new("The card does not have it.", "卡片上没有。", "卡片上沒有。"));
const CARD: Text = Text::new("Row of the card", "卡片行号", "卡片列號");
const CARD_HELP: Text = Text::new(
    "Joins the tables: USING (card). The number itself says nothing and may change.",
    "用来连接各表：USING (card)。数字本身没有意义，也可能变化。",
    "用來連接各資料表：USING (card)。數字本身沒有意義，也可能變動。",
);
const NUMBER: Kind = Kind::Int { min: 0, max: i64::MAX };

impl OpenColumn {
    fn new(key: &'static str, label: Text, help: Text, sql: impl Into<String>) -> OpenColumn {
        OpenColumn { key, label, help, empty: Empty::Never, kind: Kind::Text, unit: None, sql: sql.into() }
    }

    fn of_field(field: &Field, sql: String) -> OpenColumn {
        let column = OpenColumn::new(field.key, field.label, field.help, sql);
        OpenColumn { empty: NOT_FILLED, kind: field.kind, ..column }
    }

    /// The type in SQL.
    pub fn type_name(&self) -> &'static str {
        super::tables::affinity(self.kind)
    }

    fn card(sql: &str) -> OpenColumn {
        OpenColumn { kind: NUMBER, ..OpenColumn::new("card", CARD, CARD_HELP, sql) }
    }

    fn or_empty(self, empty: Empty) -> OpenColumn {
        OpenColumn { empty, ..self }
    }
}

/// Every table, `facts` first.
pub fn open_tables() -> Vec<OpenTable> {
    let sections = every_section().skip(1).map(of_section);
    [facts(), customers()].into_iter().chain(sections).chain([dates(), changes()]).collect()
}

fn facts() -> OpenTable {
    let mut columns = place();
    let fields = FIELDS.iter().filter_map(|key| SCHEMA.card.field(key));
    columns.extend(fields.map(own_field));
    columns.extend(facts::every().map(|fact| OpenColumn {
        empty: fact.empty,
        kind: fact.kind,
        unit: fact.unit,
        ..OpenColumn::new(fact.key, fact.label, fact.help, expression(fact.key))
    }));
    columns.extend(RELATED.iter().map(|related| OpenColumn {
        empty: NOT_THERE,
        kind: related.kind(),
        ..OpenColumn::new(related.key, related.label, related.help, related.sql())
    }));
    let help = Text::new(
        "A customer a row, with what follows from its card. Its columns are kept: more may come, none is renamed.",
        "每个客户一行，包含由卡片得出的各项。列是稳定的：只会增加，不会改名。",
        "每個客戶一列，包含由卡片得出的各項。欄位是穩定的：只會增加，不會改名。",
    );
    OpenTable { name: "facts", help, columns, from: "main.customers c".into() }
}

fn customers() -> OpenTable {
    let mut columns = place();
    columns.extend(SCHEMA.card.fields.iter().map(own_field));
    let custom = Text::new("Own fields", "自定义字段", "自訂欄位");
    let custom_help = Text::new(
        "The company's own fields, as JSON: custom ->> 'port'.",
        "公司自定义字段，JSON 格式：custom ->> 'port'。",
        "公司自訂欄位，JSON 格式：custom ->> 'port'。",
    );
    let external = Text::new("Keys elsewhere", "其他程序中的编号", "其他程式中的編號");
    let external_help = Text::new(
        "The customer's keys in other programs, as JSON.",
        "客户在其他程序中的编号，JSON 格式。",
        "客戶在其他程式中的編號，JSON 格式。",
    );
    columns.push(OpenColumn::new("custom", custom, custom_help, "c.custom").or_empty(NOT_THERE));
    columns.push(OpenColumn::new("external", external, external_help, "c.external").or_empty(NOT_THERE));
    let help = Text::new(
        "A customer a row: the card's own fields.",
        "每个客户一行：卡片自身的字段。",
        "每個客戶一列：卡片自身的欄位。",
    );
    OpenTable { name: "customers", help, columns, from: "main.customers c".into() }
}

/// The key of the card, and where the folder stands.
fn place() -> Vec<OpenColumn> {
    let help = |key| match key {
        "id" => Text::new(
            "The identity, which never changes.",
            "客户的内部编号，永不改变。",
            "客戶的內部編號，永不變更。",
        ),
        "stage" => Text::new(
            "prospect, customer or closed: where the folder stands.",
            "prospect、customer 或 closed：由文件夹位置决定。",
            "prospect、customer 或 closed：由資料夾位置決定。",
        ),
        "country" => Text::new(
            "ISO 3166-1 code; ZZ while it is not known.",
            "ISO 3166-1 代码；未知时为 ZZ。",
            "ISO 3166-1 代碼；未知時為 ZZ。",
        ),
        _ => Text::new(
            "The folder, from the root of the archive.",
            "文件夹，从档案根目录算起。",
            "資料夾，從客戶檔案的根目錄算起。",
        ),
    };
    let columns = PLACE.iter().map(|(key, label)| OpenColumn::new(key, *label, help(*key), expression(key)));
    [OpenColumn::card("c.card")].into_iter().chain(columns).collect()
}

fn own_field(field: &Field) -> OpenColumn {
    OpenColumn::of_field(
        field,
        if field.key == "no" { OWN_NUMBER.into() } else { format!("c.{}", field.key) },
    )
}

/// The id of the customer, beside a row `t`; looked up only where it is asked for.
fn customer() -> OpenColumn {
    let help = Text::new(
        "The id of the customer: the column id of facts and customers.",
        "客户的内部编号，即 facts 和 customers 的 id 列。",
        "客戶的內部編號，即 facts 和 customers 的 id 欄。",
    );
    let sql = "(SELECT c.id FROM main.customers c WHERE c.card = t.card)";
    OpenColumn::new("customer", SCHEMA.card.label, help, sql)
}

fn of_section(section: &'static Section) -> OpenTable {
    let id = Text::new("Id of the record", "记录编号", "紀錄編號");
    let mut columns = vec![OpenColumn::card("t.card"), customer()];
    columns.push(OpenColumn::new("id", id, id, "t.id"));
    if let Some(holder) = SCHEMA.sections.iter().find(|s| s.child.is_some_and(|c| c.key == section.key)) {
        let help = Text::new("The id of the record that holds it.", "所属记录的编号。", "所屬紀錄的編號。");
        columns.push(OpenColumn::new("parent", holder.one, help, "t.parent"));
    }
    columns
        .extend(section.fields.iter().map(|field| OpenColumn::of_field(field, format!("t.{}", field.key))));
    OpenTable { name: section.key, help: section.help, columns, from: format!("main.{} t", section.key) }
}

fn dates() -> OpenTable {
    let t = Text::new;
    let columns = vec![
        OpenColumn::card("t.card"),
        customer(),
        OpenColumn::new(
            "source",
            t("Kind", "种类", "種類"),
            t(
                "The kind of duty that looks at it: crm remind --help.",
                "由哪种提醒查看：crm remind --help。",
                "由哪種提醒查看：crm remind --help。",
            ),
            "t.source",
        ),
        OpenColumn::new(
            "record",
            t("Record", "记录", "紀錄"),
            t(
                "The id of the record; empty for the whole card.",
                "记录的编号；整张卡片为空。",
                "紀錄的編號；整張卡片為空白。",
            ),
            "t.record",
        ),
        OpenColumn::new(
            "field",
            t("Field", "字段", "欄位"),
            t("Which of the kind's days it is.", "该种提醒的哪个日期。", "該種提醒的哪個日期。"),
            "t.field",
        ),
        OpenColumn::new(
            "who",
            t("Who", "负责人", "負責人"),
            t(
                "Whom it is for; empty where nobody is the owner.",
                "由谁负责；没有业务代表时为空。",
                "由誰負責；沒有業務員時為空白。",
            ),
            "t.who",
        ),
        OpenColumn::new(
            "date",
            t("Date", "日期", "日期"),
            t(
                "What the kind compares: 2026-03-18, 03-18 for a birthday, a count for a verdict.",
                "该种提醒所比较的值：2026-03-18；生日为 03-18；跟踪结果为次数。",
                "該種提醒所比較的值：2026-03-18；生日為 03-18；追蹤結果為次數。",
            ),
            "t.date",
        ),
    ];
    let help = t(
        "A day a row that may need attention: open plans, actions, birthdays, last contacts.",
        "每行一个需要留意的日期：未完成的计划、行动、生日、上次联系。",
        "每列一個需要留意的日期：未完成的計畫、行動、生日、上次聯絡。",
    );
    OpenTable { name: "dates", help, columns, from: "main.dates t".into() }
}

/// The table that stands in a file of its own, and is attached where it is asked for.
pub(super) const CHANGES: &str = "changes";

fn changes() -> OpenTable {
    let t = Text::new;
    let plain = |key, label: Text, help, sql: &str| OpenColumn::new(key, label, help, sql);
    let none = Empty::When(t("There was no value.", "当时没有值。", "當時沒有值。"));
    let gone = Empty::When(t(
        "The customer is in the archive no more.",
        "客户已不在档案中。",
        "客戶已不在客戶檔案中。",
    ));
    let card = "(SELECT c.card FROM main.customers c WHERE c.id = k.id)";
    let columns = vec![
        OpenColumn::card(card).or_empty(gone),
        plain(
            "customer",
            SCHEMA.card.label,
            t("The id of the customer.", "客户的内部编号。", "客戶的內部編號。"),
            "k.id",
        ),
        plain(
            "commit_id",
            t("Commit", "提交", "提交"),
            t("The id of the commit.", "提交的编号。", "提交的編號。"),
            "h.id",
        ),
        plain(
            "time",
            t("Time", "时间", "時間"),
            t(
                "When, in the archive's time zone: 2026-03-11 09:30:00.",
                "时间，按档案所设时区：2026-03-11 09:30:00。",
                "時間，依客戶檔案所設時區：2026-03-11 09:30:00。",
            ),
            "in_zone(h.time)",
        ),
        plain(
            "author",
            t("Author", "操作人", "操作者"),
            t("Who: the name.", "操作人的姓名。", "操作者的姓名。"),
            "h.author",
        ),
        plain(
            "email",
            t("Mail address", "邮箱", "電子郵件"),
            t("Who: the mail address.", "操作人的邮箱。", "操作者的電子郵件。"),
            "h.email",
        ),
        plain(
            "sentence",
            t("Sentence", "说明", "說明"),
            t("What the commit says.", "提交的说明。", "提交的說明。"),
            "h.sentence",
        ),
        plain(
            "path",
            t("Place", "位置", "位置"),
            t(
                "The place in the card: phone, contacts[k3f9q2].title, @stage, @country, @folder.",
                "卡片中的位置：phone、contacts[k3f9q2].title、@stage、@country、@folder。",
                "卡片上的位置：phone、contacts[k3f9q2].title、@stage、@country、@folder。",
            ),
            "f.path",
        ),
        plain(
            "old",
            t("Before", "原值", "原值"),
            t("The value before.", "改动前的值。", "更動前的值。"),
            "f.old",
        )
        .or_empty(none),
        plain(
            "new",
            t("After", "新值", "新值"),
            t("The value after.", "改动后的值。", "更動後的值。"),
            "f.new",
        )
        .or_empty(none),
    ];
    let help = t(
        "A changed value a row, over all of history.",
        "全部历史中，每行一个改动过的值。",
        "全部歷史紀錄中，每列一個更動過的值。",
    );
    let from = format!("{} WHERE f.n IN temp.below", super::changes::FROM);
    OpenTable { name: CHANGES, help, columns, from }
}

impl OpenTable {
    /// The statement that makes its view: under the name that people use, over one that only we can
    /// name, through which the tables are read.
    pub(super) fn view(&self, through: &str) -> String {
        let columns: Vec<String> =
            self.columns.iter().map(|c| format!("{} AS \"{}\"", c.sql, c.key)).collect();
        let (name, from) = (self.name, &self.from);
        format!(
            "CREATE TEMP VIEW \"{through}{name}\" AS SELECT {} FROM {from};
             CREATE TEMP VIEW \"{name}\" AS SELECT * FROM temp.\"{through}{name}\";\n",
            columns.join(", ")
        )
    }

    /// The statement that takes its view away.
    pub(super) fn without_view(&self, through: &str) -> String {
        let name = self.name;
        format!("DROP VIEW IF EXISTS temp.\"{name}\"; DROP VIEW IF EXISTS temp.\"{through}{name}\";\n")
    }
}
