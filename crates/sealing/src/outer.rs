//! The outer layer: wrapped keys lie in the database under a key that lies apart, so that a backup that outlives that key
//! opens nothing, not even with the participants' own keys.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, UnboundKey};

use crate::{Context, Refused, decoded, encoded};

/// Twelve bytes of chance, fresh for every sealing.
pub type Nonce = [u8; NONCE_LEN];

/// A key of the outer layer: a thread's shred key, or a person's pepper.
pub struct Layer(LessSafeKey);

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Layer")
    }
}

impl Layer {
    /// A key from 32 bytes of chance.
    ///
    /// # Errors
    /// Another number of bytes.
    pub fn of(secret: &[u8]) -> Result<Self, Refused> {
        Ok(Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, secret).map_err(|_| Refused::Key)?)))
    }

    /// A name by which something is found again with this key, and which tells nothing without it.
    pub fn blinded(secret: &[u8], name: &str) -> String {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
        encoded(ring::hmac::sign(&key, format!("alongside/blinded/{name}").as_bytes()).as_ref())
    }

    /// Puts the layer round a text, for one place only.
    ///
    /// # Errors
    /// A text of many gigabytes.
    pub fn seal(&self, text: &str, place: &Context, nonce: Nonce) -> Result<String, Refused> {
        let mut bytes = text.as_bytes().to_vec();
        let unique = ring::aead::Nonce::assume_unique_for_key(nonce);
        self.0.seal_in_place_append_tag(unique, Aad::from(place.bytes()), &mut bytes).map_err(|_| Refused::Size)?;
        Ok(encoded(&[nonce.as_slice(), &bytes].concat()))
    }

    /// Takes the layer off.
    ///
    /// # Errors
    /// Another key, another place, or a text that was changed.
    pub fn open(&self, sealed: &str, place: &Context) -> Result<String, Refused> {
        let mut bytes = decoded(sealed)?;
        let (nonce, rest) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(Refused::Malformed)?;
        let nonce = ring::aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| Refused::Malformed)?;
        let open = self.0.open_in_place(nonce, Aad::from(place.bytes()), rest).map_err(|_| Refused::Key)?;
        String::from_utf8(open.to_vec()).map_err(|_| Refused::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_layer_comes_off_with_its_key_in_its_place_only() {
        let (one, other) = (Layer::of(&[7; 32]).expect("a key"), Layer::of(&[8; 32]).expect("a key"));
        let (here, there) = (Context::of("grant").with("thread", "a"), Context::of("grant").with("thread", "b"));
        let sealed = one.seal("wrapped", &here, [1; 12]).expect("sealed");
        assert!(!sealed.contains("wrapped"));
        assert_eq!(one.open(&sealed, &here).as_deref(), Ok("wrapped"));
        assert_eq!(other.open(&sealed, &here), Err(Refused::Key), "the key is gone");
        assert_eq!(one.open(&sealed, &there), Err(Refused::Key), "moved to another thread");
        assert_eq!(one.open("AAAA", &here), Err(Refused::Malformed));
        assert!(Layer::of(&[0; 16]).is_err());
    }
}
