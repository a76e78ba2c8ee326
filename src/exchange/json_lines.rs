//! JSON as a table: one object a line, or an array of objects. What is nested becomes a column with
//! a dotted head, such as `custom.port`.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Seek};

use serde_json::{Map, Value};

use super::decoded::{self, Decoded, Lines};
use super::encoding::Recognised;
use super::sheet::{SheetFault, SheetRow};
use super::table::{Opened, RowSource, Told};
use crate::card::value::join_list;

/// Lines whose keys are the heads.
const LINES_OF_HEADS: usize = 1000;
/// Bytes of the longest line.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;
/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// Reads the heads; the rows are read when they are asked for.
pub(super) fn open<R: Read + Seek + Send + 'static>(
    mut source: R,
    name: &str,
    recognised: &Recognised,
    told: Told,
) -> Result<Opened, SheetFault> {
    let mut lines = ObjectLines::new(Decoded::new(&mut source, recognised)?);
    let first = lines.first_character()?;
    if first == Some(b'[') || first == Some(b'{') && name.to_ascii_lowercase().ends_with(".json") {
        let mut text = String::new();
        let read = Decoded::new(source, recognised)?.read_to_string(&mut text);
        read.map_err(|e| decoded::fault(e, Lines::behind(text.as_bytes())))?;
        let size = told.bytes.unwrap_or_default();
        let whole = || Whole { text: String::new(), at: 0, lines: Lines::default(), size };
        let (heads, text) = heads_of_whole(Whole { text, ..whole() })?;
        return build(heads, Whole { text, ..whole() }, told);
    }
    let objects = std::iter::from_fn(|| lines.next()).take(LINES_OF_HEADS);
    // A broken line is a fault when its row is read.
    let heads = heads(objects.flatten().map(|(_, object)| object));
    build(heads, ObjectLines::new(Decoded::new(source, recognised)?), told)
}

fn build(heads: Vec<String>, objects: impl Objects + 'static, told: Told) -> Result<Opened, SheetFault> {
    if heads.is_empty() {
        return Err(SheetFault::Empty);
    }
    let places = heads.iter().enumerate().map(|(at, head)| (head.clone(), at)).collect();
    Ok(Opened { heads, rows: Box::new(ObjectRows { objects, places }), told })
}

/// Every key, in the order in which they first appear.
fn heads(objects: impl Iterator<Item = Map<String, Value>>) -> Vec<String> {
    let (mut heads, mut seen) = (Vec::new(), HashSet::new());
    for object in objects {
        flatten("", &object, &mut |key, _| {
            if seen.insert(key.clone()) {
                heads.push(key);
            }
        });
    }
    heads
}

fn heads_of_whole(mut whole: Whole) -> Result<(Vec<String>, String), SheetFault> {
    let mut fault = None;
    let objects = std::iter::from_fn(|| match whole.next()? {
        Err(found) if !found.is_of_one_row() => {
            fault = Some(found);
            None
        }
        other => Some(other),
    });
    let heads = heads(objects.flatten().map(|(_, object)| object));
    fault.map_or(Ok((heads, whole.text)), Err)
}

/// Gives every value of an object with its key; those of nested objects with dotted keys.
fn flatten<'v>(before: &str, object: &'v Map<String, Value>, each: &mut dyn FnMut(String, &'v Value)) {
    for (key, value) in object {
        let key = if before.is_empty() { key.trim().to_owned() } else { format!("{before}.{}", key.trim()) };
        match value {
            Value::Object(nested) => flatten(&key, nested, each),
            _ => each(key, value),
        }
    }
}

/// A value as a cell: a list of single values as people type it, other lists as JSON.
fn cell(value: &Value) -> String {
    single(value).unwrap_or_else(|| match value {
        Value::Array(items) => {
            let items: Option<Vec<String>> = items.iter().map(single).collect();
            items.map_or_else(|| value.to_string(), |items| join_list(&items))
        }
        other => other.to_string(),
    })
}

/// A single value as text; whole numbers without a point.
fn single(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        },
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// An object with the line in which it begins.
type Numbered = (u64, Map<String, Value>);

/// Where objects come from.
trait Objects: Send {
    fn next(&mut self) -> Option<Result<Numbered, SheetFault>>;
    fn done(&self) -> u64;
}

/// Objects as rows under heads.
struct ObjectRows<O> {
    objects: O,
    places: HashMap<String, usize>,
}

impl<O: Objects> ObjectRows<O> {
    fn row(&self, line: u64, object: &Map<String, Value>) -> Result<SheetRow, SheetFault> {
        let mut cells = vec![String::new(); self.places.len()];
        let mut fault = None;
        flatten("", object, &mut |key, value| {
            let text = cell(value);
            match self.places.get(&key) {
                _ if text.is_empty() => {}
                Some(at) if cells[*at].is_empty() => cells[*at] = text,
                Some(_) => fault = Some(SheetFault::KeyTwice { line, key }),
                None => fault = Some(SheetFault::NewKey { line, key }),
            }
        });
        fault.map_or(Ok(SheetRow { line, cells }), Err)
    }
}

impl<O: Objects> RowSource for ObjectRows<O> {
    fn next_row(&mut self) -> Option<Result<SheetRow, SheetFault>> {
        loop {
            let row = self.objects.next()?.and_then(|(line, object)| self.row(line, &object));
            match row {
                Ok(row) if row.cells.iter().all(String::is_empty) => {}
                other => return Some(other),
            }
        }
    }

    fn done(&self) -> u64 {
        self.objects.done()
    }
}

/// One object a line.
struct ObjectLines<R> {
    reader: BufReader<Decoded<R>>,
    line: u64,
}

impl<R: Read + Seek> ObjectLines<R> {
    fn new(source: Decoded<R>) -> Self {
        Self { reader: BufReader::with_capacity(CHUNK, source), line: 0 }
    }

    /// The first character that is no blank, which is left where it stands.
    fn first_character(&mut self) -> Result<Option<u8>, SheetFault> {
        let first = self.reader.fill_buf().map_err(|e| decoded::fault(e, 1))?;
        Ok(first.iter().find(|b| !b.is_ascii_whitespace()).copied())
    }

    fn next(&mut self) -> Option<Result<Numbered, SheetFault>> {
        loop {
            let mut text = Vec::new();
            self.line += 1;
            let line = self.line;
            match self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut text) {
                Err(e) => return Some(Err(decoded::fault(e, line))),
                Ok(0) => return None,
                Ok(_) if text.len() as u64 == LONGEST_LINE => return Some(Err(SheetFault::LongRow { line })),
                Ok(_) if text.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let value = serde_json::from_slice(&text);
                    return Some(match value {
                        Ok(Value::Object(object)) => Ok((line, object)),
                        Ok(_) => Err(SheetFault::NoObject { line }),
                        Err(e) => Err(SheetFault::BrokenJson { line, reason: reason(&e) }),
                    });
                }
            }
        }
    }
}

/// What is wrong, without the line in which the parser believes itself to be.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

impl<R: Read + Seek + Send> Objects for ObjectLines<R> {
    fn next(&mut self) -> Option<Result<Numbered, SheetFault>> {
        ObjectLines::next(self)
    }

    fn done(&self) -> u64 {
        self.reader.get_ref().bytes_read()
    }
}

/// An array of objects, or objects one behind the other, over several lines each.
struct Whole {
    text: String,
    at: usize,
    lines: Lines,
    size: u64,
}

impl Whole {
    /// Goes on to here.
    fn advance(&mut self, to: usize) {
        self.lines.pass(&self.text.as_bytes()[self.at..to]);
        self.at = to;
    }

    /// The rest of the text from the next object on; the brackets and commas are passed.
    fn skip_to_object(&mut self) {
        let passed = |c: char| c.is_whitespace() || matches!(c, '[' | ',' | ']');
        let rest = self.text[self.at..].trim_start_matches(passed).len();
        self.advance(self.text.len() - rest);
    }
}

impl Objects for Whole {
    fn next(&mut self) -> Option<Result<Numbered, SheetFault>> {
        self.skip_to_object();
        let line = self.lines.line;
        let mut values = serde_json::Deserializer::from_str(&self.text[self.at..]).into_iter::<Value>();
        let value = values.next()?;
        let to = self.at + values.byte_offset();
        Some(match value {
            Ok(value) => {
                self.advance(to);
                if let Value::Object(object) = value {
                    Ok((line, object))
                } else {
                    Err(SheetFault::NoObject { line })
                }
            }
            Err(e) => {
                let line = line + e.line() as u64 - 1;
                self.at = self.text.len();
                Err(SheetFault::BrokenArray { line, reason: reason(&e) })
            }
        })
    }

    fn done(&self) -> u64 {
        let share = self.at as u128 * u128::from(self.size) / self.text.len().max(1) as u128;
        u64::try_from(share).unwrap_or(self.size)
    }
}

#[cfg(test)]
mod tests {
    use crate::card::value::split_list;
    use std::io::Cursor;

    use super::*;
    use crate::exchange::table::{self, Reading};

    type Read = (Vec<String>, Vec<Result<SheetRow, SheetFault>>);

    fn read(text: &str, name: &str) -> Result<Read, SheetFault> {
        let table = table::open(Cursor::new(text.as_bytes().to_vec()), name, &Reading::default())?;
        assert_eq!(table.told.bytes, Some(text.len() as u64));
        Ok((table.heads, table.rows.collect()))
    }

    fn row(line: u64, cells: &[&str]) -> Result<SheetRow, SheetFault> {
        Ok(SheetRow { line, cells: cells.iter().map(|c| (*c).to_owned()).collect() })
    }

    #[test]
    fn keys_are_heads_in_the_order_in_which_they_appear() {
        let text = "\u{feff}{\"name\":\"Elbe\",\"vip\":true}\r\n\r\n{\"city\":\"Köln\",\"name\":\" Rhein \",\"vip\":null}\n";
        let (heads, rows) = read(text, "x.jsonl").expect("a table");
        assert_eq!(heads, ["name", "vip", "city"]);
        assert_eq!(rows, [row(1, &["Elbe", "true", ""]), row(3, &["Rhein", "", "Köln"])]);
    }

    #[test]
    fn nested_objects_and_lists_become_cells() {
        let text = r#"{"name":"Elbe","custom":{"port":{"code":"DEHAM"}},"tags":["a","b"],"sizes":[1,2.50],"odd":["a; b"],"list":[{"k":1}],"none":[]}"#;
        let (heads, rows) = read(text, "x.ndjson").expect("a table");
        assert_eq!(heads, ["name", "custom.port.code", "tags", "sizes", "odd", "list", "none"]);
        let cells = ["Elbe", "DEHAM", "a, b", "1, 2.5", r#""a; b""#, r#"[{"k":1}]"#, ""];
        assert_eq!(rows, [row(1, &cells)]);
    }

    #[test]
    fn a_list_is_read_back_as_it_was() {
        for items in [&["泵", "gear pumps", "x"][..], &["阀门、泵", "x"], &["", "x"], &["a \"b\", c"]] {
            assert_eq!(split_list(&cell(&serde_json::json!(items))), items);
        }
    }

    #[test]
    fn numbers_come_without_an_empty_fraction() {
        let text = r#"{"a":12.0,"b":18446744073709551615,"c":-3,"d":0.125,"e":false}"#;
        let (_, rows) = read(text, "x.jsonl").expect("a table");
        assert_eq!(rows, [row(1, &["12", "18446744073709551615", "-3", "0.125", "false"])]);
    }

    #[test]
    fn a_faulty_line_is_a_fault_of_its_own() {
        let mut text = "{\"a\":1}\n".repeat(LINES_OF_HEADS);
        text += "{\"a\":1,\"b\":2}\n{\"a\":\n[1]\n{\"a\":5,\"c\":null}\n{\"a\":6,\" a\":7}\n";
        let (heads, rows) = read(&text, "x.jsonl").expect("a table");
        assert_eq!(heads, ["a"]);
        let n = LINES_OF_HEADS as u64;
        assert_eq!(rows.len(), LINES_OF_HEADS + 5);
        assert_eq!(rows[LINES_OF_HEADS], Err(SheetFault::NewKey { line: n + 1, key: "b".into() }));
        assert!(
            matches!(&rows[LINES_OF_HEADS + 1], Err(SheetFault::BrokenJson { line, .. }) if *line == n + 2)
        );
        assert_eq!(rows[LINES_OF_HEADS + 2], Err(SheetFault::NoObject { line: n + 3 }));
        assert_eq!(rows[LINES_OF_HEADS + 3], row(n + 4, &["5"]));
        assert_eq!(rows[LINES_OF_HEADS + 4], Err(SheetFault::KeyTwice { line: n + 5, key: "a".into() }));
    }

    #[test]
    fn an_array_of_objects_is_a_table() {
        let text = "[\n  {\n    \"name\": \"Elbe\"\n  },\n  {\"name\": \"Rhein\",\n \"city\": \"Köln\"}\n]\n";
        for name in ["x.json", "x.jsonl", "export"] {
            let (heads, rows) = read(text, name).expect("a table");
            assert_eq!(heads, ["name", "city"]);
            assert_eq!(rows, [row(2, &["Elbe", ""]), row(5, &["Rhein", "Köln"])], "{name}");
        }
        let (_, rows) = read("{\n\"name\": \"Elbe\"\n}\n", "x.json").expect("a table");
        assert_eq!(rows, [row(1, &["Elbe"])]);
        let broken = read("[{\"a\":1},\n{\"a\":}]", "x.json").expect_err("broken");
        assert!(matches!(broken, SheetFault::BrokenArray { line: 2, .. }), "{broken:?}");
        assert_eq!(read("[]", "x.json").map(|_| ()), Err(SheetFault::Empty));
    }
}
