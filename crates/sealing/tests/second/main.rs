//! The formats of what is sealed, written a second time from their description (docs/rules/words.md) with other libraries than
//! the browser's: what the browser sealed opens here, what is sealed here passes the server's checks and opens in the
//! browser. For tests only: the crate itself opens nothing.
#![expect(clippy::expect_used, reason = "what is missing or does not fit is a failure")]

mod bytes;
mod grants;
mod items;
mod jwe;
mod jws;
mod keys;
mod made;
mod makes;
mod opens;
mod refuses;
mod words;

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Why something does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// It is not made of the parts it should be made of.
    Shape,
    /// It is sealed or signed in another way.
    Header,
    /// It says that it belongs somewhere else.
    Context,
    /// Another key, or something was changed.
    Key,
    /// It was padded in another way.
    Padding,
    /// It was signed by somebody else, or changed after it was signed.
    Signature,
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name)
}

/// A file of `tests/vectors`.
fn vector(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path(name)).expect("a vector")).expect("JSON")
}

/// A field that is a text.
fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).expect("a text of that name")
}

/// A field that is bytes in base64url.
fn raw(of: &Value, name: &str) -> Vec<u8> {
    bytes::unb64(text(of, name)).expect("base64url")
}
