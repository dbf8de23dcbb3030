//! Sealed items: flattened JWE (RFC 7516), looked at from outside.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Context, Refused, decoded, is_padded};

/// How many rounds a words slot is wrapped in, and how many are too many for a browser to be asked for.
const ROUNDS: std::ops::RangeInclusive<u64> = 600_000..=1_000_000;

/// A sealed item as it travels and is kept. Nothing else may stand in it: no unprotected headers, no second recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwe {
    protected: String,
    encrypted_key: String,
    iv: String,
    ciphertext: String,
    tag: String,
    aad: String,
}

/// How the key of an item is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// By a symmetric key: notes, the vault, recovery and device slots.
    Key,
    /// By generated words, slowly.
    Words,
    /// For the holder of a key pair: grants.
    Person,
}

impl Jwe {
    /// Reads one.
    ///
    /// # Errors
    /// What is no flattened JWE of ours.
    pub fn read(text: &str) -> Result<Self, Refused> {
        serde_json::from_str(text).map_err(|_| Refused::Malformed)
    }

    /// Checks everything a server can: algorithms, context, lengths. `most` is how many sealed bytes there may be; with
    /// `padded`, their number must be one that padding gives.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn check(&self, wrap: Wrap, context: &Context, (most, padded): (usize, bool)) -> Result<(), Refused> {
        self.header(wrap)?;
        if decoded(&self.aad)? != context.bytes() {
            return Err(Refused::Context);
        }
        let sizes = [(&self.iv, 12), (&self.tag, 16), (&self.encrypted_key, 40)];
        for (part, size) in sizes {
            if decoded(part)?.len() != size {
                return Err(Refused::Malformed);
            }
        }
        let sealed = decoded(&self.ciphertext)?.len();
        if sealed > most || padded && !is_padded(sealed) { Err(Refused::Size) } else { Ok(()) }
    }

    fn header(&self, wrap: Wrap) -> Result<(), Refused> {
        let header: Value = serde_json::from_slice(&decoded(&self.protected)?).map_err(|_| Refused::Malformed)?;
        let Value::Object(fields) = header else { return Err(Refused::Malformed) };
        let (alg, more): (&str, &[&str]) = match wrap {
            Wrap::Key => ("A256KW", &[]),
            Wrap::Words => ("PBES2-HS512+A256KW", &["p2c", "p2s"]),
            Wrap::Person => ("ECDH-ES+A256KW", &["epk"]),
        };
        let is = |name: &str, wanted: &str| fields.get(name).and_then(Value::as_str) == Some(wanted);
        let known = |name: &String| name == "alg" || name == "enc" || more.contains(&name.as_str());
        if !is("alg", alg) || !is("enc", "A256GCM") || !fields.keys().all(known) || fields.len() != 2 + more.len() {
            return Err(Refused::Algorithm);
        }
        match wrap {
            Wrap::Key => Ok(()),
            Wrap::Words => {
                let rounds = fields.get("p2c").and_then(Value::as_u64).unwrap_or_default();
                let salt = fields.get("p2s").and_then(Value::as_str).unwrap_or_default();
                if !ROUNDS.contains(&rounds) {
                    return Err(Refused::Rounds);
                }
                if decoded(salt)?.len() == 16 { Ok(()) } else { Err(Refused::Malformed) }
            }
            Wrap::Person => {
                let point = fields.get("epk").map(Value::to_string).unwrap_or_default();
                crate::PublicKey::read(&point).map(drop)
            }
        }
    }

    /// As it is kept where its context can be worked out again: without it, so that it names nobody (R-RET-4).
    pub fn kept(&self) -> String {
        Self { aad: String::new(), ..self.clone() }.text()
    }

    /// What was kept without its context, with it.
    ///
    /// # Errors
    /// What is no flattened JWE of ours.
    pub fn restored(kept: &str, context: &Context) -> Result<String, Refused> {
        let mut jwe = Self::read(kept)?;
        jwe.aad = crate::encoded(&context.bytes());
        Ok(jwe.text())
    }

    /// As it is sent: the same fields in the same order, nothing between them.
    pub fn text(&self) -> String {
        let Self { protected, encrypted_key, iv, ciphertext, tag, aad } = self;
        // Every part has been read as base64url before it is kept.
        format!(
            r#"{{"protected":"{protected}","encrypted_key":"{encrypted_key}","iv":"{iv}","ciphertext":"{ciphertext}","tag":"{tag}","aad":"{aad}"}}"#
        )
    }
}

#[cfg(test)]
mod tests;
