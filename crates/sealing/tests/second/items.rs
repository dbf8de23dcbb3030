//! What is sealed with a key: notes, files, the vault; and the slots that hold the account's key.

use hkdf::Hkdf;
use serde_json::Value;
use sha2::Sha256;

use crate::bytes::{Chance, padded, unpadded};
use crate::jwe::{Key, Lock, Opener};
use crate::{Closed, jwe, words};

/// Seals bytes, padded.
pub fn seal(key: &Key, bytes: &[u8], context: &Value, chance: &mut Chance) -> Value {
    jwe::seal(&Lock::Key(key), &padded(bytes), context, chance)
}

/// The bytes of what was padded and sealed.
pub fn open(key: &Key, jwe: &Value, context: &Value) -> Result<Vec<u8>, Closed> {
    unpadded(&jwe::open(&Opener::Key(key), jwe, context)?)
}

/// The same as text.
pub fn open_text(key: &Key, jwe: &Value, context: &Value) -> Result<String, Closed> {
    String::from_utf8(open(key, jwe, context)?).map_err(|_| Closed::Padding)
}

/// The key that a recovery code gives: HKDF (RFC 5869) with SHA-256, its salt 32 zeros, for one person.
pub fn code_key(code: &str, uid: &str) -> Key {
    let mut key = [0; 32];
    let info = format!("alongside/1/recovery/{uid}");
    Hkdf::<Sha256>::new(Some(&[0; 32]), code.as_bytes()).expand(info.as_bytes(), &mut key).expect("32 bytes");
    key
}

/// The account's key out of a words slot.
pub fn open_by_words(typed: &str, jwe: &Value, context: &Value) -> Result<Key, Closed> {
    let key = jwe::open(&Opener::Words(&words::folded(typed)), jwe, context)?;
    key.try_into().map_err(|_| Closed::Key)
}

/// The account's key out of a recovery slot.
pub fn open_by_code(typed: &str, jwe: &Value, context: &Value) -> Result<Key, Closed> {
    let code = words::code(typed).ok_or(Closed::Shape)?;
    let uid = context.get("uid").and_then(Value::as_str).ok_or(Closed::Context)?;
    let key = jwe::open(&Opener::Key(&code_key(&code, uid)), jwe, context)?;
    key.try_into().map_err(|_| Closed::Key)
}
