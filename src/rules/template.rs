//! Templates of routine letters: `{{name}}` in a text or a page stands for what the card knows.

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// The key of a placeholder.
    Key(&'a str),
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
            Form::Html => value
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\'', "&#39;")
                .replace('\n', "<br>"),
        }
    }
}

/// The parts of a template. Braces that are never closed are text.
pub fn parts(template: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), template);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((key, behind)) = after.split_once("}}") else { break };
        parts.extend((!before.is_empty()).then_some(Part::Text(before)));
        parts.push(Part::Key(key.trim()));
        rest = behind;
    }
    parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
    parts
}

/// The keys of the placeholders, each once, in their order.
pub fn keys<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    let mut keys = Vec::new();
    for part in parts {
        if let Part::Key(key) = part
            && !keys.contains(key)
        {
            keys.push(*key);
        }
    }
    keys
}

/// The template with every placeholder filled by what `value` says of its key.
pub fn fill(parts: &[Part<'_>], form: Form, value: impl Fn(&str) -> String) -> String {
    let written = parts.iter().map(|part| match part {
        Part::Text(text) => (*text).to_owned(),
        Part::Key(key) => form.write(&value(key)),
    });
    written.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_everything_else_stays() {
        let parts = parts("Dear {{ contact }},\n{{name}} {{name}} {x} }} {{open");
        assert_eq!(keys(&parts), ["contact", "name"]);
        let filled = fill(&parts, Form::Plain, |key| format!("<{key}>"));
        assert_eq!(filled, "Dear <contact>,\n<name> <name> {x} }} {{open");
        assert_eq!(super::parts(""), []);
    }

    #[test]
    fn nothing_from_a_card_is_html() {
        let parts = parts("<p>{{name}}</p>");
        let filled = fill(&parts, Form::of_ending("HTML"), |_| "A & <b>\"B\"".to_owned());
        assert_eq!(filled, "<p>A &amp; &lt;b&gt;&quot;B&quot;</p>");
    }
}
