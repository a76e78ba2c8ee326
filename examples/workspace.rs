//! The library without the command line: opens an archive or makes one, adds a customer, logs a
//! follow-up with the next step, and prints whom to contact.
//!
//! ```text
//! cargo run --example workspace              an archive in a temporary folder
//! cargo run --example workspace -- FOLDER    one that stays
//! ```
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a program of its own: it has its own arguments, clock and output"
)]

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::Days;
use crm::archive::{Platform, Stage, locate};
use crm::card::{Country, Value};
use crm::error::Result;
use crm::history::Identity;
use crm::i18n::Lang;
use crm::i18n::sentence::Sentence;
use crm::sections::How;
use crm::workspace::{
    Clock, Desk, InitOptions, Mode, NewCustomer, NewFollowup, NewRecord, NextStep, Workspace, init,
};

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let temporary = tempfile::tempdir()?;
    let folder = std::env::args_os().nth(1).map_or_else(|| temporary.path().join("archive"), PathBuf::from);
    // The library never looks at a clock: time is an argument.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let workspace = open_or_make(&folder, Clock::at(i64::try_from(now)?))?;
    let no = add(&workspace, "Müller Maschinenbau GmbH", "DE")?;
    log(&workspace, &no)?;
    for due in workspace.daily(7, None, None, crm::i18n::Lang::En)?.due {
        let name = due.customer.name.unwrap_or_default();
        println!("{}  {name}: {}", due.date, due.goal.unwrap_or_default());
    }
    Ok(())
}

fn open_or_make(folder: &Path, clock: Clock) -> Result<Workspace> {
    if locate::is_archive(folder) {
        return Workspace::open(folder, clock, Platform::Native);
    }
    let home = Country::from_code("CN").unwrap_or(Country::UNKNOWN);
    let lin = Identity { name: "Lin Wei".into(), email: "lin@example.com".into() };
    let options = InitOptions { language: Lang::En, home, identity: Some(lin) };
    init(folder, &options, clock, Platform::Native)
}

/// One transaction is one commit with one sentence.
fn add(workspace: &Workspace, name: &str, country: &str) -> Result<String> {
    let mut transaction = workspace.begin(Mode::Write)?;
    let customer = NewCustomer {
        own: None,
        stage: Stage::Prospect,
        country: Country::from_code(country).unwrap_or(Country::UNKNOWN),
        basics: NewRecord::of([("name", Value::Text(name.into()))]),
        sections: Vec::new(),
        custom: Vec::new(),
        external: Vec::new(),
    };
    let added = transaction.add(customer, &mut Desk::default())?;
    transaction.commit(&Sentence::Added { no: added.no.clone(), name: name.into() })?;
    Ok(added.no)
}

fn log(workspace: &Workspace, no: &str) -> Result<()> {
    let known = workspace.find(no)?;
    let mut transaction = workspace.begin(Mode::Write)?;
    // Opening under the lock commits what was edited by hand meanwhile, on its own.
    let open = transaction.open(&known)?;
    let today = workspace.today();
    let next = today.checked_add_days(Days::new(7)).unwrap_or(today);
    let mut followup = NewFollowup::new(today, How::Phone, "Needs gear pumps");
    let goal = Some("Send the quotation".into());
    followup.next = Some(NextStep { date: next, how: Some(How::Email), goal, ..NextStep::default() });
    transaction.log_followup(&open, &followup)?;
    let sentence =
        Sentence::FollowedUp { no: no.into(), how: How::Phone.label(), topic: followup.topic.clone() };
    transaction.commit(&sentence)?;
    Ok(())
}
