//! Import: rows of a sheet become new customers or records, or fill what known ones lack. Everything is
//! planned before anything is written; rows that cannot be taken are given back with the reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::create::Desk;
use super::{Transaction, Workspace};
use crate::archive::Stage;
use crate::card::Country;
use crate::card::country::Doubt;
use crate::error::{Error, Problem, Result};
use crate::exchange::dated_log::LogFault;
use crate::exchange::mapping::Columns;
use crate::exchange::sheet::{SheetFault, SheetRow};
use crate::i18n::{List, Text, messages};
use crate::index::Identity;
use crate::rules::likeness::{Particulars, Sketch};
use crate::settings::NamedCountry;

mod fill;
mod mail;
mod mappings;
mod matching;
mod nested;
mod reasons;
mod records;
mod row;

pub use fill::Difference;
use matching::{Answer, KnownCustomers};
pub use reasons::Shared;
use row::Wanted;

/// How a sheet is taken in.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The file, for errors.
    pub file: String,
    /// The column heads.
    pub heads: Vec<String>,
    /// What each column means; a customer's column that nothing claims is kept under `[custom]`.
    pub columns: Columns,
    /// The stage of new customers, where no column says it.
    pub stage: Stage,
    /// Whether differing values are replaced.
    pub overwrite: bool,
    /// Whether a customer is made although a likely duplicate is there.
    pub anyway: bool,
    /// What stands for a country in the sheet, in upper case.
    pub countries: BTreeMap<String, Country>,
    /// The year of the newest entry of a dated log.
    pub year: Option<i32>,
}

/// What an import does, row by row.
#[derive(Debug, Default)]
pub struct Imported {
    /// New customers or records: line and name.
    pub new: Vec<(u64, String)>,
    /// Customers or records in which empty fields were filled or differing ones replaced.
    pub filled: Vec<(u64, String)>,
    /// Customers or records that have everything already.
    pub same: usize,
    /// Values that differ from the card's.
    pub differing: Vec<Difference>,
    /// Words that no list has, by field: they are kept.
    pub unlisted: BTreeSet<(&'static str, String)>,
    /// Countries that a person should look at, by line.
    pub doubts: Vec<(u64, Doubt)>,
    /// Rows that cannot be taken, with the reason.
    pub refused: Vec<(SheetRow, Refusal)>,
}

messages! {
    /// Why a row cannot be taken.
    pub enum Refusal {
        Cells { cells: usize, heads: usize } = "row_cells":
            "{cells} cell{S} under {heads} head{S}: is a comma not quoted?", "{heads} 个表头下有 {cells} 个单元格：是不是有逗号没加引号？", "{heads} 個欄標題之下有 {cells} 個儲存格：是不是有逗號沒加引號？";
        Broken { fault: SheetFault } = "row_broken":
            "{fault}", "{fault}", "{fault}";
        NoName = "row_no_name":
            "there is no name", "没有客户名称", "沒有客戶名稱";
        NoCountry { value: String } = "row_no_country":
            "no country is called ‘{value}’", "没有名为“{value}”的国家或地区", "沒有名為「{value}」的國家或地區";
        NearCountries { value: String, near: List<NamedCountry> } = "row_near_countries":
            "no country is called ‘{value}’: {near}?", "没有名为“{value}”的国家或地区：是不是 {near}？", "沒有名為「{value}」的國家或地區：是不是 {near}？";
        SeveralCountries { value: String, codes: List<NamedCountry> } = "row_several_countries":
            "‘{value}’ may be {codes}: say which with --map '{value}=CODE'", "“{value}”可能是 {codes}：请用 --map '{value}=代码' 指定", "「{value}」可能是 {codes}：請用 --map '{value}=代碼' 指定";
        NoStage { value: String } = "row_no_stage":
            "no stage is called ‘{value}’", "没有名为“{value}”的阶段", "沒有名為「{value}」的階段";
        Value { head: String, fault: crate::card::value::Fault } = "row_value":
            "{head}: {fault}", "{head}：{fault}", "{head}：{fault}";
        Log { head: String, fault: LogFault } = "row_log":
            "{head}: {fault}", "{head}：{fault}", "{head}：{fault}";
        NoYear { head: String, day: String, year: i32 } = "row_no_year":
            "{head}: the year of days such as {day} is not known: give that of the newest entry, as in --year {year}", "{head}：不知道 {day} 这类日期的年份：请用 --year 指定最近一条记录的年份，如 --year {year}", "{head}：不知道 {day} 這類日期的年份：請用 --year 指定最近一筆紀錄的年份，例如 --year {year}";
        NoMember { value: String } = "row_no_member":
            "nobody in the team is called ‘{value}’", "团队中没有“{value}”", "團隊中沒有「{value}」";
        Twice { line: u64 } = "row_twice":
            "the same customer stands in line {line}", "同一客户已在第 {line} 行出现", "同一客戶已在第 {line} 行出現";
        SameEmail { email: String, card: String } = "row_same_email":
            "{card} has the mail address {email} too: is it the same customer? Give its number, or --anyway", "{card} 也使用邮箱 {email}：是不是同一客户？请填写其编号，或使用 --anyway", "{card} 也使用電子郵件 {email}：是不是同一客戶？請填寫其編號，或使用 --anyway";
        AlikeName { card: String } = "row_alike_name":
            "{card} is called nearly so: is it the same customer? Give its number, or --anyway", "{card} 的名称很相近：是不是同一客户？请填写其编号，或使用 --anyway", "{card} 的名稱很相近：是不是同一客戶？請填寫其編號，或使用 --anyway";
        NoCustomer { value: String } = "row_no_customer":
            "no customer is meant by ‘{value}’", "没有与“{value}”相符的客户", "沒有與「{value}」相符的客戶";
        SeveralCustomers { value: String } = "row_several_customers":
            "several customers are meant by ‘{value}’: give the number", "与“{value}”相符的客户不止一个：请填写编号", "與「{value}」相符的客戶不只一個：請填寫編號";
        NoAddress { addresses: List } = "row_no_address":
            "no customer has one of the addresses {addresses}: add it to a contact, or to the card's email", "没有客户使用这些邮箱：{addresses}；请先写入联系人或卡片的 email", "沒有客戶使用這些電子郵件：{addresses}；請先寫入聯絡人或卡片的 email";
        SeveralAddresses { customers: List } = "row_several_addresses":
            "the addresses are those of several customers: {customers}; log it with `crm followup log CARD email`", "这些邮箱属于多个客户：{customers}；请用 `crm followup log 客户 email` 记录", "這些電子郵件屬於多個客戶：{customers}；請用 `crm followup log 客戶 email` 記錄";
        NoParent { value: String, section: Text } = "row_no_parent":
            "the customer has no {section} ‘{value}’", "该客户没有{section}“{value}”", "該客戶沒有{section}「{value}」";
        Lacks { field: Text } = "row_lacks":
            "‘{field}’ is missing", "缺少“{field}”", "缺少「{field}」";
        NoRecord { section: Text, text: String } = "row_no_record":
            "‘{text}’ is no {section}", "“{text}”不是{section}", "「{text}」不是{section}";
        Unreadable { reason: Box<Problem> } = "row_card":
            "the customer's card cannot be changed: {reason}", "无法修改该客户的卡片：{reason}", "無法修改該客戶的卡片：{reason}";
    }
}

/// What one import has learnt while it goes through the rows.
struct Pass {
    /// Hosts of the team's own addresses, which say nothing of a customer.
    own: Vec<String>,
    known: KnownCustomers,
    /// The line in which each customer of the sheet stood.
    seen: HashMap<(String, Country), u64>,
    desk: Desk,
    done: Imported,
}

impl Transaction<'_> {
    /// Takes rows in.
    ///
    /// # Errors
    /// When the rows cannot be read on, or the archive cannot be listed or written; a faulty row is no
    /// error.
    pub fn import(
        &mut self,
        rows: impl Iterator<Item = std::result::Result<SheetRow, SheetFault>>,
        options: &ImportOptions,
    ) -> Result<Imported> {
        let own = self.workspace.own_hosts();
        let known = self.workspace.known_customers(&own)?;
        let mut pass =
            Pass { own, known, seen: HashMap::new(), desk: Desk::default(), done: Imported::default() };
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(fault) if fault.is_of_one_row() => {
                    let row = SheetRow { line: fault.line().unwrap_or_default(), cells: Vec::new() };
                    pass.done.refused.push((row, Refusal::Broken { fault }));
                    continue;
                }
                Err(fault) => return Err(Error::sheet(&options.file, fault)),
            };
            if let Err(refusal) = self.take_row(&row, options, &mut pass)? {
                pass.done.refused.push((row, refusal));
            }
        }
        Ok(pass.done)
    }

    fn take_row(
        &mut self,
        row: &SheetRow,
        options: &ImportOptions,
        pass: &mut Pass,
    ) -> Result<Result<(), Refusal>> {
        let (cells, heads) = (row.cells.len(), options.heads.len());
        if cells != heads {
            return Ok(Err(Refusal::Cells { cells, heads }));
        }
        match &options.columns {
            Columns::Customers(meanings) => match self.workspace.wanted(row, meanings, options) {
                Ok(wanted) => self.take_customer(row.line, wanted, options, pass),
                Err(refusal) => Ok(Err(refusal)),
            },
            Columns::Records(section, meanings) => self.take_record(row, section, meanings, options, pass),
        }
    }

    fn take_customer(
        &mut self,
        line: u64,
        wanted: Wanted,
        options: &ImportOptions,
        pass: &mut Pass,
    ) -> Result<Result<(), Refusal>> {
        let country = wanted.country.unwrap_or(Country::UNKNOWN);
        let key = match (wanted.external.first(), wanted.name()) {
            // With a key of the other program, two rows of one name are two customers.
            (Some((key, value)), _) => Some((format!("{key}\n{value}"), Country::UNKNOWN)),
            (None, Some(name)) => Some((crate::index::ask::fold_name(&name), country)),
            (None, None) => None,
        };
        if let Some(before) = key.and_then(|key| pass.seen.insert(key, line)) {
            return Ok(Err(Refusal::Twice { line: before }));
        }
        let sketch = Sketch::of(&wanted.particulars(), &pass.own);
        let answer = match pass.known.of(&wanted, &sketch, options.anyway) {
            Ok(answer) => answer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let name = match (wanted.name(), &answer) {
            (Some(name), _) => name,
            (None, Answer::Known(known)) => known.name.clone().unwrap_or_default(),
            (None, Answer::New) => return Ok(Err(Refusal::NoName)),
        };
        pass.done.unlisted.extend(wanted.unlisted());
        pass.done.doubts.extend(wanted.doubts.iter().map(|doubt| (line, doubt.clone())));
        match answer {
            Answer::New => {
                pass.known.come(&wanted, sketch, &name, country);
                let mut customer = wanted.into_customer(options);
                if let Some(own) = &mut customer.own {
                    own.no = own.no.take().filter(|no| pass.known.number(no).is_none());
                }
                self.add(customer, &mut pass.desk)?;
                pass.done.new.push((line, name));
            }
            Answer::Known(known) => match self.open(&known) {
                Ok(open) => self.fill_in(&open, &wanted, line, options, &mut pass.done)?,
                Err(error) => return Ok(Err(unreadable(&error))),
            },
        }
        Ok(Ok(()))
    }
}

fn unreadable(error: &Error) -> Refusal {
    Refusal::Unreadable { reason: Box::new(error.problem().clone()) }
}

impl Workspace {
    fn known_customers(&self, own: &[String]) -> Result<KnownCustomers> {
        let (identities, particulars) = self.ask(|index| Ok((index.identities()?, index.particulars()?)))?;
        let mut by_folder: HashMap<String, Particulars> =
            particulars.into_iter().map(|(known, particulars)| (known.folder, particulars)).collect();
        let of = |identity: &Identity| by_folder.remove(&identity.known.folder).unwrap_or_default();
        let sketches = identities.iter().map(of).map(|p| Sketch::of(&p, own)).collect();
        Ok(KnownCustomers::new(identities, sketches))
    }
}
