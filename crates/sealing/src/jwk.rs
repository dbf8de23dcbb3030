//! Public keys: points on P-256, as JWK with exactly four fields.

use serde::{Deserialize, Serialize};

use crate::{Refused, decoded, encoded};

/// A public key as a JWK (RFC 7517): `{kty, crv, x, y}` and nothing else, so that no private part can come along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

impl PublicKey {
    /// Reads one.
    ///
    /// # Errors
    /// What is no public key on P-256.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let key: Self = serde_json::from_str(text).map_err(|_| Refused::Key)?;
        let short = [&key.x, &key.y].into_iter().any(|part| decoded(part).map_or(true, |bytes| bytes.len() != 32));
        if key.kty != "EC" || key.crv != "P-256" || short { Err(Refused::Key) } else { Ok(key) }
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        // The fields are plain ASCII: base64url, and two fixed words.
        format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, self.x, self.y)
    }

    /// Its thumbprint (RFC 7638), by which a key is known.
    pub fn thumbprint(&self) -> String {
        let text = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, self.x, self.y);
        encoded(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref())
    }

    /// The point, uncompressed (SEC 1, 2.3.3).
    ///
    /// # Errors
    /// Coordinates that are no bytes.
    pub(crate) fn point(&self) -> Result<Vec<u8>, Refused> {
        Ok([vec![4], decoded(&self.x)?, decoded(&self.y)?].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 7515, appendix A.3.
    const RFC: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;

    #[test]
    fn a_public_key_is_read_and_written_as_it_was() {
        let key = PublicKey::read(RFC).expect("a key");
        assert_eq!(key.text(), RFC);
        assert_eq!(key.thumbprint().len(), 43);
        assert_eq!(key.point().expect("a point").len(), 65);
    }

    #[test]
    fn private_parts_other_curves_and_short_points_are_refused() {
        for wrong in [
            RFC.replace("\"y\"", "\"d\":\"AAAA\",\"y\""),
            RFC.replace("P-256", "P-384"),
            RFC.replace("\"EC\"", "\"RSA\""),
            RFC.replace("f83OJ3D2", ""),
            String::new(),
        ] {
            assert_eq!(PublicKey::read(&wrong), Err(Refused::Key), "{wrong}");
        }
    }
}
