//! `crm doctor`: what there is to know about a clone.

use super::check::{CODE, MEND, MESSAGE, SEVERITY, column, severity, tone};
use crate::i18n::{Lang, Say};
use crate::view::{Block, Cell, Give, Row, Table, View};
use crate::workspace::doctor::Finding;

/// Every finding in a row.
pub fn findings(found: &[Finding], lang: Lang) -> View {
    let columns = vec![
        column("severity", SEVERITY, Give::Never, lang),
        column("code", CODE, Give::Never, lang),
        column("message", MESSAGE, Give::Wrap, lang),
        column("mend", MEND, Give::Wrap, lang),
    ];
    let row = |finding: &Finding| {
        let cells = vec![
            severity(finding.severity, lang),
            Cell::Text(finding.code().to_owned()),
            Cell::Text(finding.said.say(lang).into_owned()),
            Cell::Text(finding.mend.say(lang).into_owned()),
        ];
        Row { cells, tone: tone(finding.severity) }
    };
    let rows = found.iter().map(row).collect();
    View::of(Block::Table(Table { key: "findings".into(), title: None, columns, rows }))
}
