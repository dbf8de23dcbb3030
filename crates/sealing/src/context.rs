//! What a sealed item says it is for: a flat object, its keys in order, so that both sides write the same bytes.

use serde_json::{Map, Value};

/// The context of a sealed item, authenticated with it: moved elsewhere it does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context(Map<String, Value>);

impl Context {
    /// A context of a kind: `note`, `grant`, `vault`, `slot`.
    pub fn of(kind: &str) -> Self {
        Self(Map::new()).with("v", 1).with("t", kind)
    }

    /// With one field more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// The bytes that are authenticated.
    pub fn bytes(&self) -> Vec<u8> {
        let mut fields: Vec<(&String, &Value)> = self.0.iter().collect();
        fields.sort_by(|one, other| one.0.encode_utf16().cmp(other.0.encode_utf16()));
        let parts: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect();
        format!("{{{}}}", parts.join(",")).into_bytes()
    }
}

/// The context of what somebody wrote in a thread.
pub fn note(thread: &str, (note, rev): (&str, i64), (epoch, author, kind): (i64, &str, &str)) -> Context {
    let context = Context::of("note").with("thread", thread).with("note", note).with("rev", rev);
    context.with("epoch", epoch).with("author", author).with("kind", kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_in_order_and_nothing_between_them() {
        let context = note("th", ("n", 2), (0, "p", "message"));
        let text = String::from_utf8(context.bytes()).expect("text");
        assert_eq!(
            text,
            r#"{"author":"p","epoch":0,"kind":"message","note":"n","rev":2,"t":"note","thread":"th","v":1}"#
        );
    }
}
