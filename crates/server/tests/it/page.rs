//! Reading a page as a person would: its words, its links, its forms. Every page read is checked for what all pages owe.

use std::collections::BTreeSet;

/// A tag, or the words between two.
#[derive(Debug, Clone)]
pub enum Piece {
    Tag { name: String, attributes: Vec<(String, String)> },
    Words(String),
}

/// Tags that set no words apart.
const INLINE: [&str; 5] = ["a", "b", "span", "strong", "kbd"];

/// An answer of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

/// A form as it would be sent untouched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Fills a field in, in place of what it held.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.and(name, value)
    }

    /// Adds a field: one more box ticked.
    #[must_use]
    pub fn and(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.push((name.to_owned(), value.to_string()));
        self
    }

    /// Takes a field out.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self
    }

    /// What a field holds.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

impl Page {
    /// The address, without the method.
    pub fn place(&self) -> &str {
        self.path.split_once(' ').map_or("", |(_, place)| place)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    pub fn pieces(&self) -> Vec<Piece> {
        pieces(&self.body())
    }

    /// Everything that can be read inside `main`, with single spaces.
    pub fn text(&self) -> String {
        let mut words = String::new();
        let mut inside = 0;
        for piece in self.pieces() {
            match piece {
                Piece::Tag { name, .. } if name == "main" => inside += 1,
                Piece::Tag { name, .. } if name == "/main" => inside -= 1,
                Piece::Tag { name, .. } if INLINE.contains(&name.trim_start_matches('/')) => {}
                Piece::Tag { .. } => words.push(' '),
                Piece::Words(text) if inside > 0 => words.push_str(&text),
                Piece::Words(_) => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Asserts that the page says this.
    #[track_caller]
    pub fn says(&self, sentence: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(sentence), "{} {} does not say “{sentence}” but: {text}", self.path, self.status);
        self
    }

    /// Asserts that the page says nothing of this.
    #[track_caller]
    pub fn is_silent_about(&self, sentence: &str) -> &Self {
        assert!(!self.body().contains(sentence), "{} says “{sentence}”: {}", self.path, self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.path, self.text());
        self
    }

    /// Where links lead inside the program, without fragments.
    pub fn links(&self) -> BTreeSet<String> {
        let hrefs = self.attributes_of("a", "href");
        let places = hrefs.iter().map(|href| href.split('#').next().unwrap_or_default().to_owned());
        places.filter(|place| place.starts_with('/') && !place.starts_with("/assets/")).collect()
    }

    pub fn attributes_of(&self, tag: &str, wanted: &str) -> Vec<String> {
        let of = |piece: Piece| match piece {
            Piece::Tag { name, attributes } if name == tag => attribute(&attributes, wanted).map(str::to_owned),
            _ => None,
        };
        self.pieces().into_iter().filter_map(of).collect()
    }

    /// The words of every element of this kind.
    pub fn texts(&self, tag: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let (mut depth, end) = (0, format!("/{tag}"));
        for piece in self.pieces() {
            match piece {
                Piece::Tag { name, .. } if name == tag => {
                    depth += 1;
                    found.push(String::new());
                }
                Piece::Tag { name, .. } if name == end => depth -= 1,
                Piece::Words(words) if depth > 0 => found.last_mut().unwrap().push_str(&words),
                _ => {}
            }
        }
        found.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// The forms that are sent by POST.
    pub fn forms(&self) -> Vec<Form> {
        forms(&self.pieces())
    }

    /// The first form that is sent to an address with this end.
    #[track_caller]
    pub fn form(&self, end: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.action.ends_with(end));
        found.cloned().unwrap_or_else(|| {
            let there: Vec<_> = forms.iter().map(|form| &form.action).collect();
            panic!("{} {} has no form to {end}, only {there:?}: {}", self.path, self.status, self.text())
        })
    }

    pub fn has_form(&self, end: &str) -> bool {
        self.forms().iter().any(|form| form.action.ends_with(end))
    }

    /// The values of a group of choices, with the words of each.
    pub fn choices(&self, name: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut open = false;
        for piece in self.pieces() {
            match piece {
                Piece::Tag { name: tag, attributes }
                    if tag == "input" && attribute(&attributes, "name") == Some(name) =>
                {
                    found.push((attribute(&attributes, "value").unwrap_or_default().to_owned(), String::new()));
                    open = true;
                }
                Piece::Tag { name: tag, .. } if tag == "/label" => open = false,
                Piece::Words(words) if open => found.last_mut().unwrap().1.push_str(&words),
                _ => {}
            }
        }
        found
    }

    /// The values of a list, with the words of each.
    pub fn options(&self, name: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let (mut within, mut open) = (false, false);
        for piece in self.pieces() {
            match piece {
                Piece::Tag { name: tag, attributes } => {
                    match tag.as_str() {
                        "select" => within = attribute(&attributes, "name") == Some(name),
                        "/select" => within = false,
                        _ => {}
                    }
                    open = within && tag == "option";
                    if open {
                        found.push((attribute(&attributes, "value").unwrap_or_default().to_owned(), String::new()));
                    }
                }
                Piece::Words(words) if open => found.last_mut().unwrap().1.push_str(&words),
                Piece::Words(_) => {}
            }
        }
        found
    }

    /// The field that has this label.
    #[track_caller]
    pub fn labelled(&self, label: &str) -> String {
        let mut of = None;
        for piece in self.pieces() {
            match piece {
                Piece::Tag { name, attributes } if name == "label" => {
                    of = attribute(&attributes, "for").map(str::to_owned);
                }
                Piece::Words(words) if of.is_some() && words.trim() == label => return of.unwrap(),
                Piece::Tag { .. } => of = None,
                Piece::Words(_) => {}
            }
        }
        panic!("nothing is labelled {label} on {}: {}", self.path, self.text())
    }

    /// The value of the choice with these words.
    #[track_caller]
    pub fn choice(&self, name: &str, words: &str) -> String {
        let all = self.choices(name);
        let found = all.iter().find(|(_, said)| said.contains(words));
        found
            .map(|(value, _)| value.clone())
            .unwrap_or_else(|| panic!("no {words} among {name} of {}: {all:?}", self.path))
    }
}

fn forms(pieces: &[Piece]) -> Vec<Form> {
    let mut found = Vec::new();
    let mut open: Option<Form> = None;
    let (mut select, mut area): (Option<String>, Option<String>) = (None, None);
    for piece in pieces {
        match piece {
            Piece::Tag { name, attributes } => {
                let get = |wanted: &str| attribute(attributes, wanted).map(str::to_owned);
                match name.as_str() {
                    "form" if get("method").as_deref() == Some("post") => {
                        open = Some(Form { action: get("action").unwrap_or_default(), fields: Vec::new() });
                    }
                    "/form" => found.extend(open.take()),
                    "select" => select = get("name"),
                    "/select" => select = None,
                    "textarea" => area = get("name"),
                    "/textarea" => area = None,
                    "option" | "input" => {
                        if let Some(form) = &mut open {
                            choose(form, name, (attributes, select.as_deref()));
                        }
                    }
                    _ => {}
                }
            }
            Piece::Words(words) => {
                if let (Some(form), Some(area)) = (&mut open, &area) {
                    form.fields.push((area.clone(), words.clone()));
                }
            }
        }
    }
    found
}

fn choose(form: &mut Form, tag: &str, (attributes, select): (&[(String, String)], Option<&str>)) {
    let get = |wanted: &str| attribute(attributes, wanted);
    let value = get("value").unwrap_or_default().to_owned();
    if tag == "option" {
        let Some(name) = select else { return };
        if get("selected").is_some() || form.get(name).is_none() {
            form.fields.retain(|(known, _)| known != name);
            form.fields.push((name.to_owned(), value));
        }
        return;
    }
    let Some(name) = get("name") else { return };
    match get("type") {
        Some("radio" | "checkbox") if get("checked").is_none() => {}
        Some("submit" | "button") => {}
        _ => form.fields.push((name.to_owned(), value)),
    }
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        if !before.is_empty() {
            found.push(Piece::Words(plain(before)));
        }
        let (tag, left) = tag(after);
        found.extend(tag);
        rest = left;
    }
    found
}

/// One tag after its `<`, and what follows it.
fn tag(text: &str) -> (Option<Piece>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let (key, after) = rest.split_at(length);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => ("", after.strip_prefix('=').unwrap_or(after)),
        };
        attributes.push((key.to_owned(), plain(value)));
        rest = after;
    }
    let piece = Piece::Tag { name: name.to_lowercase(), attributes };
    (Some(piece), rest.strip_prefix('>').unwrap_or(rest))
}

fn plain(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
