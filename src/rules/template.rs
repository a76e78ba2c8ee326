//! Templates of routine letters: `{{name}}` in a text or a page stands for what the card knows.

use std::ops::Range;

/// A placeholder of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder<'a> {
    /// What it asks for.
    pub key: &'a str,
    /// Where it stands, braces and all, in bytes.
    pub at: Range<usize>,
}

/// How a value is written into a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Plain,
    /// With what HTML would take for its own written otherwise.
    Html,
}

impl Form {
    /// The form that the ending of a file's name asks for.
    pub fn of_ending(ending: &str) -> Form {
        if matches!(ending.to_lowercase().as_str(), "html" | "htm" | "xhtml") {
            Form::Html
        } else {
            Form::Plain
        }
    }

    fn write(self, value: &str) -> String {
        match self {
            Form::Plain => value.to_owned(),
            Form::Html => escaped(value).replace('\n', "<br>"),
        }
    }
}

/// A value with what HTML and XML would take for their own written otherwise.
pub fn escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// The placeholders of a template, in their order. Braces that are never closed are text.
pub fn placeholders(template: &str) -> Vec<Placeholder<'_>> {
    let (mut found, mut behind) = (Vec::new(), 0);
    while let Some(open) = template[behind..].find("{{").map(|at| behind + at) {
        let Some(close) = template[open..].find("}}").map(|at| open + at) else { break };
        behind = close + 2;
        found.push(Placeholder { key: template[open + 2..close].trim(), at: open..behind });
    }
    found
}

/// What the placeholders ask for, each once, in their order.
pub fn keys(template: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    for Placeholder { key, .. } in placeholders(template) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The template with every placeholder filled by what `value` says of its key.
pub fn fill(template: &str, form: Form, value: impl Fn(&str) -> String) -> String {
    let values = placeholders(template).into_iter().map(|p| (p.at, form.write(&value(p.key))));
    replaced(template, values)
}

/// A text with other words in some places, which come in their order and do not overlap.
pub fn replaced(text: &str, places: impl IntoIterator<Item = (Range<usize>, String)>) -> String {
    let (mut written, mut behind) = (String::with_capacity(text.len()), 0);
    for (place, words) in places {
        written.push_str(&text[behind..place.start]);
        written.push_str(&words);
        behind = place.end;
    }
    written.push_str(&text[behind..]);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_everything_else_stays() {
        let template = "Dear {{ contact }},\n{{name}} {{name}} {x} }} {{open";
        assert_eq!(keys(template), ["contact", "name"]);
        let filled = fill(template, Form::Plain, |key| format!("<{key}>"));
        assert_eq!(filled, "Dear <contact>,\n<name> <name> {x} }} {{open");
        assert_eq!(fill("", Form::Plain, str::to_owned), "");
        assert_eq!(fill("{{{{a}}}}", Form::Plain, str::to_owned), "{{a}}");
    }

    #[test]
    fn nothing_from_a_card_is_html() {
        let filled = fill("<p>{{name}}</p>", Form::of_ending("HTML"), |_| "A & <b>\"B\"".to_owned());
        assert_eq!(filled, "<p>A &amp; &lt;b&gt;&quot;B&quot;</p>");
    }
}
