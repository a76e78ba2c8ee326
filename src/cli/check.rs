//! `crm check`.

use clap::Args;

use super::Outcome;
use super::console::Console;
use super::customers::detail;
use super::say::say;
use super::several;
use crate::card::near::nearest;
use crate::error::{Error, Hint, Problem, Result};
use crate::i18n::Say;
use crate::i18n::notice::Notice;
use crate::i18n::sentence::Sentence;
use crate::report;
use crate::rules::check::{About, Fix, Severity, about, codes};
use crate::workspace::Workspace;
use crate::workspace::check::{Checked, Found};

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    #[arg(value_name = "CARD", help = say!("Only these customers (default: the whole archive)", "只检查这些客户（默认整个档案）", "只檢查這些客戶（預設為整個客戶檔案）"))]
    pub cards: Vec<String>,
    #[arg(long = "where", value_name = "SQL", conflicts_with = "cards", help = super::args::where_help())]
    pub condition: Option<String>,
    #[arg(long, help = say!("Exit 1 for warnings too", "有警告时也以 1 退出", "有警告時也以 1 結束"))]
    pub strict: bool,
    #[arg(long, value_name = "CODE,CODE", value_delimiter = ',', help = say!("Only findings of these codes", "只看这些代码的问题", "只看這些代碼的問題"))]
    pub only: Vec<String>,
    #[arg(long, help = say!("Mend what has one safe mend, in one commit", "修正可以安全修正的内容，一次提交", "修正可以安全修正的內容，一次提交"))]
    pub fix: bool,
    #[arg(long, value_name = "CODE", num_args = 0..=1, help = say!("Say what a code means and what mends it; without one, list all", "说明某个代码的含义和处理方法；不带代码时列出全部", "說明某個代碼的意思與處理方法；不帶代碼時列出全部"))]
    pub explain: Option<Option<String>>,
}

pub(super) fn run(console: &Console, args: &CheckArgs) -> Result<Outcome> {
    match &args.explain {
        Some(Some(code)) => {
            console.show(&report::check::explanation(code_meant(code)?, console.lang()))?;
            return Ok(Outcome::Done);
        }
        Some(None) => {
            console.show(&report::check::all_codes(console.lang()))?;
            return Ok(Outcome::Done);
        }
        None => {}
    }
    let only = args.only.iter().map(|code| Ok(code_meant(code)?.code)).collect::<Result<Vec<_>>>()?;
    let workspace = match console.workspace() {
        Ok(workspace) => workspace,
        Err(error) => return settings(console, &only, error),
    };
    let folders = match &args.condition {
        Some(text) => {
            let chosen = several::chosen(console, &workspace, &[], Some(text))?;
            chosen.known.into_iter().map(|known| known.folder).collect()
        }
        None => args.cards.iter().map(|card| workspace.folder_meant(card)).collect::<Result<Vec<_>>>()?,
    };
    let wanted = |found: &Found| only.is_empty() || only.contains(&found.code());
    if args.fix {
        workspace.only_now()?;
        fix(console, &workspace, &folders, &wanted)?;
        if console.common.dry_run {
            return Ok(Outcome::Done);
        }
    }
    let checked = look(&workspace, &folders, &wanted)?;
    console.show(&report::check::findings(checked.found.iter(), detail(console), console.lang()))?;
    Ok(told(console, &checked, args.strict))
}

/// The code that a person typed.
fn code_meant(code: &str) -> Result<&'static About> {
    let folded = code.trim().to_lowercase().replace('-', "_");
    about(&folded).ok_or_else(|| {
        let error = Error::usage(Problem::NoSuchCode { code: code.to_owned() });
        match nearest(&folded, codes::every().map(|about| about.code)) {
            Some(near) => error.hint(Hint::DidYouMean { near: near.into() }),
            None => error.hint(Hint::ExplainAll),
        }
    })
}

fn look(workspace: &Workspace, folders: &[String], wanted: &dyn Fn(&Found) -> bool) -> Result<Checked> {
    let mut checked = workspace.check(folders)?;
    checked.found.retain(wanted);
    Ok(checked)
}

/// Settings that cannot be read are a finding too: the only one that can be made then.
fn settings(console: &Console, only: &[&str], error: Error) -> Result<Outcome> {
    let Some(found) = Found::of_settings(&error).filter(|f| only.is_empty() || only.contains(&f.code()))
    else {
        return Err(error);
    };
    let checked = Checked { found: vec![found], cards: 0 };
    console.show(&report::check::findings(checked.found.iter(), detail(console), console.lang()))?;
    Ok(told(console, &checked, false))
}

/// Says how much was found; the exit code follows.
fn told(console: &Console, checked: &Checked, strict: bool) -> Outcome {
    let [errors, warnings, notes] = Severity::ALL.map(|severity| checked.count(severity));
    let cards = checked.cards;
    console.say(&if errors + warnings + notes == 0 {
        Notice::NothingToMend { cards }
    } else {
        Notice::Checked { errors, warnings, notes, cards }
    });
    if errors > 0 || (strict && warnings > 0) { Outcome::Found } else { Outcome::Done }
}

/// Shows what has one safe mend, asks where somebody can be asked, and mends it.
fn fix(
    console: &Console,
    workspace: &Workspace,
    folders: &[String],
    wanted: &dyn Fn(&Found) -> bool,
) -> Result<()> {
    let checked = look(workspace, folders, wanted)?;
    let count = checked.fixable().count();
    if count == 0 {
        console.say(&Notice::NothingFixable);
        return Ok(());
    }
    if console.common.dry_run || console.can_ask() {
        let fixable = checked.fixable().map(|(found, _)| found);
        console.show(&report::check::findings(fixable, detail(console), console.lang()))?;
    }
    if console.common.dry_run {
        let count = checked.fixable().filter(|(_, fix)| **fix != Fix::RemoveDraft).count();
        let sentence = Sentence::Mended { count }.say(workspace.language()).into_owned();
        console.say(&Notice::WouldDo { sentence });
        return Ok(());
    }
    if console.can_ask() {
        console.confirm(
            &say!("Mend {} findings?", "修正 {} 处？", "修正 {} 處？").replace("{}", &count.to_string()),
        )?;
    }
    let mended = workspace.mend(folders, wanted)?;
    for saved in &mended.saved {
        console.say_saved(saved);
    }
    if mended.drafts > 0 {
        console.say(&Notice::DraftsRemoved { count: mended.drafts });
    }
    Ok(())
}
