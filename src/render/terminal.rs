//! Aligned text for people: blocks below each other, tables without lines, names beside values.
//! On a terminal nothing is wider than it, and nothing is cut: cells are folded, and rows that
//! do not fit even so are written as `label: value`. In a pipe nothing is folded.

use std::borrow::Cow;

use comfy_table::{Cell as GridCell, CellAlignment, ContentArrangement, presets};

use super::layout::{self, Wish, fold};
use super::{Paper, marks, safe, words};
use crate::view::{Block, Cell, Column, Fields, Give, Table, Tone, View};

/// The spaces between columns.
const GAP: usize = 2;
/// The spaces before what belongs to the line above.
const HANG: usize = 2;
/// Terminals narrower than this are written as if they had it.
const NARROWEST: usize = 20;
/// What comfy-table can measure: in a pipe, longer lines than this are folded all the same.
const WIDEST: usize = 60_000;

const BOLD: &str = "1";
const UNDERLINED: &str = "4";

pub(super) fn render(view: &View, paper: &Paper) -> String {
    let sheet = Sheet {
        room: paper.width.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST),
        folds: paper.width.is_some(),
        color: paper.color,
    };
    let blocks = view.blocks.iter().map(|block| match block {
        Block::Fields(fields) => sheet.fields(fields),
        Block::Table(table) => sheet.table(table),
        Block::Text(text) => sheet.text(text, sheet.room),
    });
    let blocks: Vec<_> = blocks.filter(|lines| !lines.is_empty()).collect();
    let mut out = String::new();
    for (index, lines) in blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for line in lines {
            out.push_str(&marks::painted(line, sheet.color));
            out.push('\n');
        }
    }
    out
}

/// What the lines are written on.
struct Sheet {
    room: usize,
    /// Whether a line may take no more than `room`: not in a pipe.
    folds: bool,
    color: bool,
}

impl Sheet {
    fn paint(&self, line: String, style: Option<&str>) -> String {
        match style {
            Some(style) if self.color && !line.is_empty() => format!("\x1b[{style}m{line}\x1b[0m"),
            _ => line,
        }
    }

    fn title(&self, title: Option<&str>) -> Vec<String> {
        let lines = title.map_or_else(Vec::new, |title| fold(&safe::line(title), self.room, HANG));
        lines.into_iter().map(|line| self.paint(line, Some(BOLD))).collect()
    }

    /// Text of several lines, without the empty ones at its end.
    fn text(&self, text: &str, room: usize) -> Vec<String> {
        let text = safe::text(text);
        text.trim_end().lines().flat_map(|line| fold(line.trim_end(), room, 0)).collect()
    }

    fn fields(&self, fields: &Fields) -> Vec<String> {
        let rows: Vec<_> = fields.rows.iter().collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut lines = self.title(fields.title.as_deref());
        lines.extend(self.pairs(&rows, self.room));
        lines
    }

    /// Names and values beside each other.
    fn pairs(&self, rows: &[&(String, String, Cell)], room: usize) -> Vec<String> {
        let labels = rows.iter().map(|(_, label, _)| safe::line(label)).collect::<Vec<_>>();
        let widest = labels.iter().map(|label| layout::width(label)).max().unwrap_or(0);
        let label_room = if self.folds { widest.min(room / 3) } else { widest };
        let value_room = room.saturating_sub(label_room + GAP);
        let pair = |(label, (_, _, cell)): (&Cow<str>, &&(String, String, Cell))| {
            vec![fold(label, label_room, 0), self.value(cell, value_room)]
        };
        grid(labels.iter().zip(rows).map(pair).collect(), &[false, false]).concat()
    }

    /// The lines of a value beside its name.
    fn value(&self, cell: &Cell, room: usize) -> Vec<String> {
        match cell {
            Cell::Text(text) => self.text(text, room),
            Cell::Marked(text, marks) if self.folds => vec![marks::around(text, marks, room)],
            Cell::Marked(text, marks) => fold(&marks::whole(text, marks), room, 0),
            Cell::Records(records) => records.iter().flat_map(|r| self.record(r, room)).collect(),
            _ => fold(&safe::line(&words(cell)), room, 0),
        }
    }

    /// A record within a record: its title with the values below, or the values behind a dash.
    fn record(&self, record: &Fields, room: usize) -> Vec<String> {
        let rows: Vec<_> = record.rows.iter().filter(|(_, _, cell)| *cell != Cell::Empty).collect();
        let mut below = self.pairs(&rows, room.saturating_sub(HANG)).into_iter();
        let first = match &record.title {
            Some(title) => fold(&safe::line(title), room, HANG),
            None => below.next().map(|line| format!("- {line}")).into_iter().collect(),
        };
        let below = below.map(|line| format!("{:HANG$}{line}", ""));
        first.into_iter().chain(below).collect()
    }

    fn table(&self, table: &Table) -> Vec<String> {
        if table.rows.is_empty() || table.columns.is_empty() {
            return Vec::new();
        }
        let column_texts = |cells: &'_ [Cell]| -> Vec<String> {
            let cells = (0..table.columns.len()).map(|index| cells.get(index));
            cells.map(|cell| cell.map_or_else(String::new, one_line)).collect()
        };
        let texts: Vec<_> = table.rows.iter().map(|row| column_texts(&row.cells)).collect();
        let mut lines = self.title(table.title.as_deref());
        match self.widths(&table.columns, &texts) {
            Some(widths) => lines.extend(self.columns(table, &texts, &widths)),
            None => lines.extend(self.stacked(table, &texts)),
        }
        lines
    }

    /// The widths of the columns, if the rows fit beside each other.
    fn widths(&self, columns: &[Column], texts: &[Vec<String>]) -> Option<Vec<usize>> {
        if !self.folds {
            return Some(vec![WIDEST; columns.len()]);
        }
        let wish = |(index, column): (usize, &Column)| {
            let cells = texts.iter().map(|row| row[index].as_str());
            Wish::new(&safe::line(&column.label), cells, column.give)
        };
        let wishes: Vec<_> = columns.iter().enumerate().map(wish).collect();
        layout::share(&wishes, self.room.checked_sub(GAP * (columns.len() - 1))?)
    }

    /// Rows under heads. What is folded in the first column hangs, or it would look like a row.
    fn columns(&self, table: &Table, texts: &[Vec<String>], widths: &[usize]) -> Vec<String> {
        let folded = |row: &[String]| -> Vec<Vec<String>> {
            let cell = |(index, text): (usize, &String)| {
                fold(text, widths[index], if index == 0 { HANG } else { 0 })
            };
            row.iter().enumerate().map(cell).collect()
        };
        let heads = table.columns.iter().zip(widths);
        let heads = heads.map(|(c, room)| layout::fold_evenly(&safe::line(&c.label), *room));
        let heads = std::iter::once(heads.collect());
        let rows = heads.chain(texts.iter().map(|row| folded(row))).collect();
        let right: Vec<_> = (0..table.columns.len()).map(|index| is_right(table, index)).collect();
        let mut rows = grid(rows, &right).into_iter();

        let mut lines = rows.next().unwrap_or_default();
        if let Some(last) = lines.pop() {
            lines.push(self.paint(last, Some(UNDERLINED)));
        }
        for (row, tone) in rows.zip(table.rows.iter().map(|row| row.tone)) {
            lines.extend(row.into_iter().map(|line| self.paint(line, style(tone))));
        }
        lines
    }

    /// Rows as `label: value`, an empty line between them.
    fn stacked(&self, table: &Table, texts: &[Vec<String>]) -> Vec<String> {
        let mut lines = Vec::new();
        for (row, texts) in table.rows.iter().zip(texts) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            let cells = table.columns.iter().zip(texts).filter(|(_, text)| !text.is_empty());
            for (column, text) in cells {
                let line = format!("{}: {text}", safe::line(&column.label));
                let folded = fold(&line, self.room, HANG).into_iter();
                lines.extend(folded.map(|line| self.paint(line, style(row.tone))));
            }
        }
        lines
    }
}

fn one_line(cell: &Cell) -> String {
    safe::line(&words(cell)).into_owned()
}

fn style(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Late => Some("31"),
        Tone::Now => Some("1;33"),
        Tone::Faint => Some("2"),
    }
}

/// Whether a column holds nothing but numbers or money: their ends belong below each other.
fn is_right(table: &Table, index: usize) -> bool {
    let column = &table.columns[index];
    let mut cells = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(index))
        .filter(|cell| !words(cell).is_empty())
        .peekable();
    let is_number = |cell: &Cell| match cell {
        Cell::Int(_) | Cell::Real(_) => true,
        Cell::Text(text) => column.give == Give::Never && crate::exchange::cells::is_money(text),
        _ => false,
    };
    cells.peek().is_some() && cells.all(is_number)
}

/// Pads folded cells to columns; gives the lines of each row, without spaces at their ends.
fn grid(rows: Vec<Vec<Vec<String>>>, right: &[bool]) -> Vec<Vec<String>> {
    let mut table = comfy_table::Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut heights = Vec::with_capacity(rows.len());
    for row in rows {
        heights.push(row.iter().map(Vec::len).max().unwrap_or(0).max(1));
        let cells = row.into_iter().zip(right).map(|(lines, right)| {
            let align = if *right { CellAlignment::Right } else { CellAlignment::Left };
            GridCell::new(lines.join("\n")).set_alignment(align)
        });
        table.add_row(cells);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        let gap = if index + 1 < right.len() { GAP } else { 0 };
        column.set_padding((0, gap as u16));
    }
    let mut lines = table.lines().map(|line| line.trim_end_matches(' ').to_string());
    heights.into_iter().map(|height| lines.by_ref().take(height).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::render::{Format, render};
    use crate::view::Row;
    use chrono::NaiveDate;

    fn shown(view: &View, width: Option<usize>, color: bool) -> String {
        render(view, &Paper { lang: Lang::En, width, color, format: Format::Table })
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    fn day(month: u32, day: u32) -> Cell {
        Cell::Date(NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar"))
    }

    fn table(heads: &[(&str, Give)], rows: Vec<Vec<Cell>>) -> Table {
        let column =
            |(label, give): &(&str, Give)| Column { key: "k".into(), label: label.to_string(), give: *give };
        let row = |cells| Row { cells, tone: Tone::Plain };
        Table {
            columns: heads.iter().map(column).collect(),
            rows: rows.into_iter().map(row).collect(),
            ..Table::default()
        }
    }

    fn fields(title: Option<&str>, rows: Vec<(&str, Cell)>) -> Fields {
        let row = |(label, cell): (&str, Cell)| ("k".to_string(), label.to_string(), cell);
        Fields {
            title: title.map(str::to_string),
            rows: rows.into_iter().map(row).collect(),
            ..Fields::default()
        }
    }

    /// The lines in a block of the source, without its indent.
    fn block(lines: &[&str]) -> String {
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn customers() -> Table {
        let row = |no: &str, name: &str, country: &str, on, open, value: &str| {
            vec![text(no), text(name), text(country), on, Cell::Int(open), text(value)]
        };
        let heads = [
            ("No.", Give::Never),
            ("Company", Give::Wrap),
            ("Country", Give::Wrap),
            ("Next contact", Give::Never),
            ("Open", Give::Never),
            ("Quoted", Give::Never),
        ];
        let rows = vec![
            row("L0007", "Müller Maschinenbau GmbH", "Germany", day(3, 10), 2, "12500.00 USD"),
            row("L0008", "深圳市某某机械进出口有限公司", "中国", day(3, 11), 14, "980.50 CNY"),
            row("L0012", "شركة الميكانيكا", "UAE", Cell::Empty, 0, ""),
            row("L0013", "E\u{301}toile 👩\u{200d}🔧 SARL", "France", day(4, 1), 3, "7.00 EUR"),
        ];
        table(&heads, rows)
    }

    #[test]
    fn columns_are_aligned_in_every_script() {
        let expected = block(&[
            "No.    Company                       Country  Next contact  Open        Quoted",
            "L0007  Müller Maschinenbau GmbH      Germany  2026-03-10       2  12500.00 USD",
            "L0008  深圳市某某机械进出口有限公司  中国     2026-03-11      14    980.50 CNY",
            "L0012  شركة الميكانيكا               UAE                       0",
            "L0013  E\u{301}toile 👩\u{200d}🔧 SARL                France   2026-04-01       3      7.00 EUR",
        ]);
        let view = View::of(Block::Table(customers()));
        assert_eq!(shown(&view, Some(80), false), expected);
        assert_eq!(shown(&view, None, false), expected);
    }

    #[test]
    fn a_narrow_terminal_folds_heads_and_names_and_never_numbers() {
        let expected = block(&[
            "No.    Company             Country  Next        Open        Quoted",
            "                                    contact",
            "L0007  Müller              Germany  2026-03-10     2  12500.00 USD",
            "       Maschinenbau GmbH",
            "L0008  深圳市某某机械进出  中国     2026-03-11    14    980.50 CNY",
            "       口有限公司",
            "L0012  شركة الميكانيكا     UAE                     0",
            "L0013  E\u{301}toile 👩\u{200d}🔧 SARL      France   2026-04-01     3      7.00 EUR",
        ]);
        assert_eq!(shown(&View::of(Block::Table(customers())), Some(66), false), expected);
    }

    #[test]
    fn a_still_narrower_one_gets_each_row_as_a_block() {
        let mut two = customers();
        two.rows.truncate(2);
        let expected = block(&[
            "No.: L0007",
            "Company: Müller Maschinenbau",
            "  GmbH",
            "Country: Germany",
            "Next contact: 2026-03-10",
            "Open: 2",
            "Quoted: 12500.00 USD",
            "",
            "No.: L0008",
            "Company: 深圳市某某机械进出",
            "  口有限公司",
            "Country: 中国",
            "Next contact: 2026-03-11",
            "Open: 14",
            "Quoted: 980.50 CNY",
        ]);
        assert_eq!(shown(&View::of(Block::Table(two)), Some(28), false), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_no_letter_is_lost() {
        let long = "Vereinigte Donaudampfschifffahrtsgesellschaft für Überseehandel mbH & Co. KG";
        let chinese = "报价单已发，客户要求FOB宁波，付款方式为30%定金、70%见提单复印件。";
        let heads: Vec<_> = ["No.", "公司名称", "Purchasing manager", "备注", "Next", "网址"]
            .into_iter()
            .zip([Give::Never, Give::Wrap, Give::Wrap, Give::Wrap, Give::Never, Give::Wrap])
            .collect();
        let url = "https://example.com/a/very/long/path?with=query";
        let row = vec![text("L0007"), text(long), text(url), text(chinese), day(3, 10), text(long)];
        let letters = |text: &str| text.replace([' ', '\n'], "").chars().count();
        for columns in 1..=heads.len() {
            let table = table(&heads[..columns], vec![row[..columns].to_vec(); 2]);
            let card = fields(Some(long), heads.iter().map(|h| h.0).zip(row.clone()).collect());
            let blocks = vec![Block::Table(table), Block::Fields(card), Block::Text(chinese.repeat(3))];
            let view = View { blocks };
            let whole = shown(&view, None, false);
            for width in [80, 60, 40, 24] {
                let shown = shown(&view, Some(width), false);
                for line in shown.lines() {
                    assert!(layout::width(line) <= width && !line.ends_with(' '), "{line}");
                }
                assert!(letters(&shown) >= letters(&whole), "{shown}");
                assert!(shown.contains("2026-03-10"));
            }
        }
    }

    #[test]
    fn what_is_folded_in_the_first_column_hangs() {
        let heads = [("Company", Give::Wrap), ("Note", Give::Wrap)];
        let rows = vec![vec![text("Müller Maschinenbau GmbH"), text("wants FOB Ningbo by May")]];
        let expected = block(&[
            "Company         Note",
            "Müller          wants FOB",
            "  Maschinenbau  Ningbo by May",
            "  GmbH",
        ]);
        let view = View::of(Block::Table(table(&heads, rows)));
        assert_eq!(shown(&view, Some(30), false), expected);
    }

    #[test]
    fn a_card_is_names_beside_values_and_records_below() {
        let channel = |kind: &str, value: &str| {
            fields(None, vec![("Kind", text(kind)), ("Value", text(value)), ("Note", Cell::Empty)])
        };
        let channels = vec![channel("E-mail", "anna@mueller.example"), channel("Phone", "+49 30 1")];
        let rows = vec![("Title", text("Buyer")), ("Channels", Cell::Records(channels))];
        let contacts = vec![fields(Some("Anna Müller"), rows)];
        let card = fields(
            Some("L0007 Müller"),
            vec![
                ("国家", Cell::Choice("DE".into(), "Germany".into())),
                ("Tags", Cell::List(vec!["oem".into(), "液压".into()])),
                ("Main", Cell::Flag(true, "yes".into())),
                ("Owner", Cell::Empty),
                ("Note", text("first line\nand a second line that is too long for this page\n")),
                ("Contacts", Cell::Records(contacts)),
            ],
        );
        let expected = block(&[
            "L0007 Müller",
            "国家      Germany",
            "Tags      oem, 液压",
            "Main      yes",
            "Owner",
            "Note      first line",
            "          and a second line that is too long for",
            "          this page",
            "Contacts  Anna Müller",
            "            Title     Buyer",
            "            Channels  - Kind   E-mail",
            "                        Value  anna@mueller.example",
            "                      - Kind   Phone",
            "                        Value  +49 30 1",
        ]);
        assert_eq!(shown(&View::of(Block::Fields(card)), Some(52), false), expected);
    }

    #[test]
    fn blocks_stand_apart_and_empty_ones_leave_no_trace() {
        let empty = Table { title: Some("Orders".into()), ..table(&[("No.", Give::Never)], vec![]) };
        let blocks = vec![
            Block::Text("one\n\ntwo\n".into()),
            Block::Table(empty.clone()),
            Block::Fields(fields(Some("Nothing"), vec![])),
            Block::Text(String::new()),
            Block::Table(Table { title: Some("Orders".into()), ..customers_of_one_column() }),
        ];
        assert_eq!(shown(&View { blocks }, None, false), "one\n\ntwo\n\nOrders\nNo.\nL0001\n");
        assert_eq!(shown(&View::of(Block::Table(empty)), Some(80), true), "");
    }

    fn customers_of_one_column() -> Table {
        table(&[("No.", Give::Never)], vec![vec![text("L0001")]])
    }

    #[test]
    fn colour_is_put_on_after_the_layout_and_only_if_wanted() {
        let heads = [("No.", Give::Never), ("Name", Give::Wrap)];
        let row = |no: &str| vec![text(no), text("深圳")];
        let mut table = table(&heads, vec![row("1"), row("2"), row("3"), row("4")]);
        table.title = Some("Due".into());
        for (row, tone) in table.rows.iter_mut().zip([Tone::Late, Tone::Now, Tone::Faint, Tone::Plain]) {
            row.tone = tone;
        }
        let view = View::of(Block::Table(table));
        let expected = block(&[
            "\x1b[1mDue\x1b[0m",
            "\x1b[4mNo.  Name\x1b[0m",
            "\x1b[31m1    深圳\x1b[0m",
            "\x1b[1;33m2    深圳\x1b[0m",
            "\x1b[2m3    深圳\x1b[0m",
            "4    深圳",
        ]);
        assert_eq!(shown(&view, Some(80), true), expected);
        assert!(!shown(&view, Some(80), false).contains('\x1b'));
    }

    #[test]
    fn nothing_from_a_card_steers_the_terminal() {
        let nasty = "a\u{1b}[2J\u{202e}b\nc\td";
        let table =
            Table { title: Some(nasty.into()), ..table(&[(nasty, Give::Wrap)], vec![vec![text(nasty)]]) };
        let record = fields(Some(nasty), vec![(nasty, text(nasty))]);
        let card = fields(Some(nasty), vec![(nasty, Cell::Records(vec![record]))]);
        let view = View { blocks: vec![Block::Table(table), Block::Fields(card), Block::Text(nasty.into())] };
        for width in [None, Some(80), Some(20)] {
            let shown = shown(&view, width, false);
            assert!(!shown.contains(|c| c != '\n' && safe::is_unsafe(c)), "{shown}");
        }
        assert!(shown(&view, None, false).starts_with("a␛[2J⟨U+202E⟩b␊c␉d\n"));
    }
}
