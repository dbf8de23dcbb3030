//! Base64url, canonical JSON, padding, and chance that is the same every time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::Closed;

/// Bytes as base64url without padding.
pub fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of base64url.
pub fn unb64(text: &str) -> Result<Vec<u8>, Closed> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Closed::Shape)
}

/// SHA-256.
pub fn sha256(bytes: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// A flat object as JSON: its names in the order of their UTF-16 units, nothing between what stands in it.
pub fn canonical(context: &Value) -> String {
    let mut fields: Vec<(&String, &Value)> = context.as_object().expect("an object").iter().collect();
    fields.sort_by_key(|(name, _)| name.encode_utf16().collect::<Vec<_>>());
    let value = |value: &Value| match value {
        Value::String(text) => quoted(text),
        other => other.as_i64().expect("a text or a whole number").to_string(),
    };
    let fields: Vec<String> = fields.iter().map(|(name, of)| format!("{}:{}", quoted(name), value(of))).collect();
    format!("{{{}}}", fields.join(","))
}

fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            other => out.push(other),
        }
    }
    out + "\""
}

const FLOOR: usize = 512;
const PREFIX: usize = 4;

/// What so many bytes become: with their length before them, as much longer as Padmé makes them, at least 512.
pub fn padded_size(length: usize) -> usize {
    let whole = (length + PREFIX).max(FLOOR);
    // So many of the highest digits stay; what is behind them becomes zeros, rounded up.
    let digits = usize::BITS - whole.leading_zeros();
    let kept = u32::BITS - (digits - 1).leading_zeros();
    let step = 1 << (digits - 1 - kept);
    whole.div_ceil(step) * step
}

/// Bytes behind their length, with zeros after them.
pub fn padded(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("no file is that long");
    let mut out = [&length.to_be_bytes(), bytes].concat();
    out.resize(padded_size(bytes.len()), 0);
    out
}

/// What was padded, if it was padded in exactly this way.
pub fn unpadded(padded: &[u8]) -> Result<Vec<u8>, Closed> {
    let (length, rest) = padded.split_first_chunk::<PREFIX>().ok_or(Closed::Padding)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Closed::Padding)?;
    let (bytes, zeros) = rest.split_at_checked(length).ok_or(Closed::Padding)?;
    let fine = padded_size(length) == padded.len() && zeros.iter().all(|byte| *byte == 0);
    if fine { Ok(bytes.to_vec()) } else { Err(Closed::Padding) }
}

/// Chance that is the same every time, so that what is made of it can be checked in. For tests only.
pub struct Chance {
    seed: &'static str,
    taken: u64,
}

impl Chance {
    /// From a few words.
    pub const fn of(seed: &'static str) -> Self {
        Self { seed, taken: 0 }
    }

    /// So many bytes more, 32 at most.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.taken += 1;
        let all = sha256(format!("alongside/tests/{}/{}", self.seed, self.taken));
        *all.first_chunk().expect("32 bytes at most")
    }
}
