//! `crm demo`: a small archive of invented companies in several scripts, with dates around today.

use std::path::PathBuf;

use chrono::{Days, NaiveDate};

use super::Outcome;
use super::archive::absolute;
use super::args::DemoArgs;
use super::console::{Console, temporary_folder};
use crate::archive::{Stage, locate};
use crate::card::Country;
use crate::card::schema::Described;
use crate::card::value::Value;
use crate::error::Result;
use crate::history::Identity;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::i18n::{Lang, Text};
use crate::sections::{Contact, Followup, Plan};
use crate::workspace::{self, Desk, InitOptions, NewCustomer, NewRecord, Workspace};

const FOLDER: &str = "crm-demo";

/// An invented company: name, country, stage, city, product, contact, title, mail, and the days of
/// the last follow-up and of the plan, from today.
struct Company {
    name: &'static str,
    country: &'static str,
    stage: Stage,
    city: &'static str,
    product: Text,
    person: (&'static str, &'static str, &'static str),
    followup: (i64, &'static str, Text),
    plan: Option<(i64, &'static str, Text)>,
}

const COMPANIES: &[Company] = &[
    Company {
        name: "Müller Maschinenbau GmbH",
        country: "DE",
        stage: Stage::Customer,
        city: "Bremen",
        product: Text::new("gear pumps", "齿轮泵", "齒輪泵"),
        person: ("Anna Müller", "Purchasing manager", "anna@mueller-maschinenbau.example"),
        followup: (-14, "email", Text::new("Quotation for gear pumps", "齿轮泵报价", "齒輪泵報價")),
        plan: Some((-3, "phone", Text::new("Ask about the drawing", "询问图纸", "詢問圖面"))),
    },
    Company {
        name: "Ateliers Bérénice SARL",
        country: "FR",
        stage: Stage::Prospect,
        city: "Lyon",
        product: Text::new("valves", "阀门", "閥門"),
        person: ("Luc Bérénice", "Owner", "luc@ateliers-berenice.example"),
        followup: (-30, "web_chat", Text::new("Catalogue sent", "已发目录", "已寄型錄")),
        plan: Some((0, "email", Text::new("Send the price list", "发价格表", "寄價目表"))),
    },
    Company {
        name: "深圳市启明五金有限公司",
        country: "CN",
        stage: Stage::Customer,
        city: "深圳",
        product: Text::new("hardware", "五金件", "五金零件"),
        person: ("陈启明", "采购经理", "chen@qiming-wujin.example"),
        followup: (-7, "door_visit", Text::new("Looked at the samples", "看样品", "看樣品")),
        plan: Some((0, "phone", Text::new("Confirm the packing", "确认包装", "確認包裝"))),
    },
    Company {
        name: "شركة النور للتجارة",
        country: "AE",
        stage: Stage::Prospect,
        city: "Dubai",
        product: Text::new("hoses", "软管", "軟管"),
        person: ("Omar Al Noor", "General manager", "omar@alnoor-trading.example"),
        followup: (-21, "email", Text::new("First enquiry", "首次询盘", "首次詢價")),
        plan: Some((-10, "email", Text::new("Answer the enquiry", "回复询盘", "回覆詢價"))),
    },
    Company {
        name: "ООО «Северный ветер»",
        country: "KZ",
        stage: Stage::Prospect,
        city: "Almaty",
        product: Text::new("fans", "风机", "風機"),
        person: ("Ирина Ветрова", "Buyer", "irina@severny-veter.example"),
        followup: (-60, "phone", Text::new("Met at the fair", "展会上见过面", "在展覽會上見過面")),
        plan: None,
    },
    Company {
        name: "Ipê Roxo Importadora Ltda",
        country: "BR",
        stage: Stage::Customer,
        city: "Santos",
        product: Text::new("bearings", "轴承", "軸承"),
        person: ("Paula Ipê", "Import manager", "paula@ipe-roxo.example"),
        followup: (-5, "email", Text::new("Shipping advice", "装船通知", "裝船通知")),
        plan: Some((
            5,
            "email",
            Text::new("Ask whether the goods arrived", "询问货物是否到达", "詢問貨物是否已到達"),
        )),
    },
    Company {
        name: "東雲精機株式会社",
        country: "JP",
        stage: Stage::Customer,
        city: "大阪",
        product: Text::new("spindles", "主轴", "主軸"),
        person: ("東雲 遥", "調達課長", "haruka@shinonome-seiki.example"),
        followup: (-9, "invited_visit", Text::new("Factory visit", "来厂参观", "來廠參觀")),
        plan: Some((2, "email", Text::new("Send the minutes", "发会议纪要", "寄會議紀錄"))),
    },
    Company {
        name: "Kauri Vision Ltd",
        country: "NZ",
        stage: Stage::Closed,
        city: "Auckland",
        product: Text::new("projectors", "投影仪", "投影機"),
        person: ("Tane Kauri", "Director", "tane@kauri-vision.example"),
        followup: (-400, "email", Text::new("No longer imports", "不再进口", "不再進口")),
        plan: None,
    },
];

pub(super) fn run(console: &Console, args: DemoArgs) -> Result<Outcome> {
    let folder = match args.folder {
        Some(folder) => absolute(console, &folder)?,
        None => usual_folder(console)?,
    };
    let shown = folder.display().to_string();
    let workspace = if locate::is_archive(&folder) {
        console.say(&Notice::DemoThere { folder: shown.clone() });
        Workspace::open(&folder, console.clock()?, console.platform())?
    } else {
        let workspace = create(console, &folder)?;
        console.say(&Notice::DemoMade { folder: shown.clone() });
        workspace
    };
    let daily = workspace.daily(0, None, None, console.lang())?;
    let outcome = super::followup::show_daily(console, &workspace, &daily)?;
    console.say(&Notice::DemoTry { folder: shown });
    Ok(outcome)
}

/// `crm-demo` here; below a work tree, such as that of this program, among the temporary files.
fn usual_folder(console: &Console) -> Result<PathBuf> {
    let here = absolute(console, FOLDER.as_ref())?;
    if locate::is_archive(&here) || workspace::check_new(&here).is_ok() {
        return Ok(here);
    }
    Ok(temporary_folder().join(FOLDER))
}

fn create(console: &Console, folder: &std::path::Path) -> Result<Workspace> {
    let identity = Identity { name: "Lin Wei".into(), email: "lin@example.com".into() };
    let home = Country::from_code("CN").unwrap_or(Country::UNKNOWN);
    let options = InitOptions { language: console.lang(), home, identity: Some(identity) };
    let workspace = workspace::init(folder, &options, console.clock()?, console.platform())?;
    let mut transaction = workspace.begin(crate::workspace::Mode::Write)?;
    let mut desk = Desk::default();
    for company in COMPANIES {
        transaction.add(company.customer(workspace.today(), console.lang()), &mut desk)?;
    }
    transaction.commit(&Sentence::DemoFilled { count: COMPANIES.len() })?;
    Ok(workspace)
}

impl Company {
    fn customer(&self, today: NaiveDate, lang: Lang) -> NewCustomer {
        let text = |t: &str| Value::Text(t.to_owned());
        let basics = NewRecord::of([
            ("name", text(self.name)),
            ("owner", text("Lin Wei")),
            ("products", Value::Texts(vec![self.product.get(lang).to_owned()])),
            ("city", text(self.city)),
        ]);
        let (name, title, mail) = self.person;
        let mut contact =
            NewRecord::of([("name", text(name)), ("title", text(title)), ("main", Value::Flag(true))]);
        contact
            .children
            .push(NewRecord::of([("kind", Value::Choice("email".into())), ("value", text(mail))]));
        let (days, how, topic) = self.followup;
        let followup = NewRecord::of([
            ("date", Value::Date(from(today, days))),
            ("how", Value::Choice(how.to_owned())),
            ("topic", text(topic.get(lang))),
            ("by", text("Lin Wei")),
        ]);
        let plan = self.plan.map(|(days, how, goal)| {
            NewRecord::of([
                ("date", Value::Date(from(today, days))),
                ("how", Value::Choice(how.to_owned())),
                ("goal", text(goal.get(lang))),
                ("by", text("Lin Wei")),
            ])
        });
        NewCustomer {
            own: None,
            stage: self.stage,
            country: Country::from_code(self.country).unwrap_or(Country::UNKNOWN),
            basics,
            sections: vec![
                (Contact::SECTION, vec![contact]),
                (Followup::SECTION, vec![followup]),
                (Plan::SECTION, plan.into_iter().collect()),
            ],
            custom: Vec::new(),
            external: Vec::new(),
        }
    }
}

fn from(today: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let day = if days < 0 { today.checked_sub_days(distance) } else { today.checked_add_days(distance) };
    day.unwrap_or(today)
}
