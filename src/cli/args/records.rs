//! The records of any section: `crm contact`, `crm action` and the like.

use clap::{Args, Subcommand};

use super::super::say::{self, say};
use super::{CardArgs, card_help};
use crate::card::{Kind, Section};

/// Cells of a line of help, and what stands before it.
const LINE: usize = 76;

#[derive(Args, Debug)]
#[command(subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct RecordArgs {
    #[command(subcommand)]
    pub command: RecordCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordCommand {
    #[command(about = say!("Add a record", "新增一条", "新增一筆"))]
    Add(RecordAddArgs),
    #[command(about = say!("List the records", "列出记录", "列出紀錄"))]
    List(CardArgs),
    #[command(about = say!("Remove a record", "删除一条", "刪除一筆"))]
    Remove(RecordRemoveArgs),
}

#[derive(Args, Debug)]
pub(crate) struct RecordAddArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "TEXT|KEY=VALUE", required = true, help = say!("Its fields", "各字段", "各欄位"))]
    pub values: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ContactAddArgs {
    #[command(flatten)]
    pub record: RecordAddArgs,
    #[arg(long, value_name = "CONTACT", help = say!("Who was in charge before: stays on the card, with the last day", "原负责人：仍留在卡片上，并记下最后一天", "原負責人：仍留在卡片上，並記下最後一天"))]
    pub replaces: Option<String>,
}

#[derive(Args, Debug)]
#[command(subcommand_value_name = say!("COMMAND", "命令", "指令"), subcommand_help_heading = say!("Commands", "命令", "指令"))]
pub(crate) struct ContactArgs {
    #[command(subcommand)]
    pub command: ContactCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ContactCommand {
    #[command(about = say!("Add a record", "新增一条", "新增一筆"))]
    Add(ContactAddArgs),
    #[command(about = say!("List the records", "列出记录", "列出紀錄"))]
    List(CardArgs),
    #[command(about = say!("Remove a record", "删除一条", "刪除一筆"))]
    Remove(RecordRemoveArgs),
}

#[derive(Args, Debug)]
pub(crate) struct RecordRemoveArgs {
    #[arg(value_name = "CARD", help = card_help())]
    pub card: String,
    #[arg(value_name = "ID", help = say!("The record; the beginning of its id is enough", "记录编号，开头几位即可", "紀錄編號，開頭幾位即可"))]
    pub id: String,
}

/// `crm action add` with the fields that a record of the section has.
pub(super) fn add_help(add: clap::Command, section: &'static Section) -> clap::Command {
    let lang = say::lang();
    let first = section.fields.first().map_or("", |field| field.label.get(lang));
    let values = say!("{}, then KEY=VALUE", "{}，然后 KEY=VALUE", "{}，然後 KEY=VALUE").replace("{}", first);
    let fields = say!("Fields (crm fields {}):", "字段（crm fields {}）：", "欄位（crm fields {}）：");
    let fields = fields.replace("{}", section.key);
    let keys = section.fields.iter().map(|field| field.key).filter(|key| *key != "entered_at");
    let mut lines = vec![fields];
    lines.extend(wrapped(keys.chain(kinds_of_child(section))));
    add.mut_arg("values", |arg| arg.help(values)).after_help(lines.join("\n"))
}

/// The kinds of a record within the record, each of which is typed like a field: `email=…` for a channel.
fn kinds_of_child(section: &'static Section) -> impl Iterator<Item = &'static str> {
    let kind = section.child.and_then(|child| child.field("kind")).map(|field| field.kind);
    let choices = if let Some(Kind::Choice(choices)) = kind { choices.all } else { &[] };
    choices.iter().map(|choice| choice.token)
}

/// Words in lines, parted by commas.
fn wrapped(words: impl Iterator<Item = &'static str>) -> Vec<String> {
    let comma = say!(", ", "、", "、");
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut width = 0;
    for word in words {
        // A comma takes two cells in every script.
        width += word.len() + 2;
        match lines.last_mut().filter(|_| width <= LINE) {
            Some(line) => line.push(word),
            None => {
                width = word.len() + 2;
                lines.push(vec![word]);
            }
        }
    }
    let parted: Vec<String> = lines.iter().map(|line| format!("  {}", line.join(comma))).collect();
    let last = parted.len().saturating_sub(1);
    let ended = |(at, line): (usize, String)| if at < last { line + comma.trim_end() } else { line };
    parted.into_iter().enumerate().map(ended).collect()
}
