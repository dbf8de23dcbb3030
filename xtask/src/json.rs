//! As much JSON as the accounts file and package files need: reading only.

use crate::fault::Fault;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, `true` or `false`, as written.
    Word(&'static str),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, in its order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A field of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&str> {
        if let Json::Text(text) = self { Some(text) } else { None }
    }

    /// The values of a list; anything else has none.
    pub fn items(&self) -> &[Json] {
        if let Json::List(items) = self { items } else { &[] }
    }
}

/// Reads one value and nothing after it.
pub fn read(text: &str) -> Result<Json, Fault> {
    let mut reader = Reader { rest: text };
    let value = reader.value().filter(|_| reader.rest.trim().is_empty());
    value.ok_or_else(|| Fault(format!("not JSON near `{}`", reader.rest.chars().take(30).collect::<String>())))
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(token)?;
        Some(())
    }

    fn value(&mut self) -> Option<Json> {
        self.rest = self.rest.trim_start();
        match self.rest.chars().next()? {
            '{' => self
                .many("{", "}", |reader| {
                    let key = reader.string()?;
                    reader.eat(":")?;
                    Some((key, reader.value()?))
                })
                .map(Json::Object),
            '[' => self.many("[", "]", Self::value).map(Json::List),
            '"' => self.string().map(Json::Text),
            _ => self.word_or_number(),
        }
    }

    fn many<T>(&mut self, open: &str, close: &str, one: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.eat(open)?;
        let mut found = Vec::new();
        if self.eat_if(close) {
            return Some(found);
        }
        loop {
            found.push(one(self)?);
            if self.eat_if(close) {
                return Some(found);
            }
            self.eat(",")?;
        }
    }

    fn eat_if(&mut self, token: &str) -> bool {
        let trimmed = self.rest.trim_start();
        let after = trimmed.strip_prefix(token);
        self.rest = after.unwrap_or(trimmed);
        after.is_some()
    }

    fn word_or_number(&mut self) -> Option<Json> {
        for word in ["null", "true", "false"] {
            if self.eat_if(word) {
                return Some(Json::Word(word));
            }
        }
        let length = self.rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
        let (number, rest) = self.rest.split_at_checked(length.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        number.parse().ok().map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        self.eat("\"")?;
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => text.push(escaped(&mut chars)?),
                plain => text.push(plain),
            }
        }
        self.rest = chars.as_str();
        Some(text)
    }
}

fn escaped(chars: &mut std::str::Chars) -> Option<char> {
    Some(match chars.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let first = unit(chars)?;
            let units = if (0xd800..0xdc00).contains(&first) {
                (chars.next()? == '\\' && chars.next()? == 'u').then_some(())?;
                vec![first, unit(chars)?]
            } else {
                vec![first]
            };
            char::decode_utf16(units).next()?.ok()?
        }
        other => other,
    })
}

fn unit(chars: &mut std::str::Chars) -> Option<u16> {
    let digits: String = chars.take(4).collect();
    u16::from_str_radix(&digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accounts_file_is_read() {
        let value =
            read(r#" {"base":"http://x","people":[{"name":"Zo\u00eb \"Z\"","roles":[],"area":null}], "n": -1.5e2} "#);
        let value = value.unwrap();
        let person = value.get("people").unwrap().items().first().unwrap();
        assert_eq!(person.get("name").and_then(Json::text), Some("Zoë \"Z\""));
        assert_eq!(person.get("area"), Some(&Json::Word("null")));
        assert_eq!(value.get("n"), Some(&Json::Number(-150.0)));
    }

    #[test]
    fn pairs_of_units_make_one_character() {
        assert_eq!(read(r#""\ud83d\ude42""#), Ok(Json::Text("🙂".into())));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "\"open", "1 2", "nul"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
