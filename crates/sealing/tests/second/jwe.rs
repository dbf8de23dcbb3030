//! Sealed items: flattened JWE (RFC 7516) with A256GCM, and the three ways of wrapping their keys (RFC 7518, 4.4, 4.6, 4.8).

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use aes_kw::KwAes256;
use p256::{PublicKey, SecretKey};
use serde_json::{Map, Value, json};
use sha2::Sha512;

use crate::bytes::{Chance, b64, canonical, sha256, unb64};
use crate::{Closed, keys};

/// A key that wraps keys.
pub type Key = [u8; 32];

/// What an item is sealed with.
pub enum Lock<'a> {
    /// A key.
    Key(&'a Key),
    /// Words, as they are compared.
    Words(&'a str),
    /// Somebody's public key.
    To(&'a PublicKey),
}

/// What an item is opened with.
pub enum Opener<'a> {
    /// The key.
    Key(&'a Key),
    /// The words, as they are compared.
    Words(&'a str),
    /// One's own secret key.
    Mine(&'a SecretKey),
}

const WRAP: &str = "A256KW";
const BY_WORDS: &str = "PBES2-HS512+A256KW";
const TO_PERSON: &str = "ECDH-ES+A256KW";
const ROUNDS: u32 = 600_000;
const MOST_ROUNDS: u64 = 1_000_000;
const PARTS: [&str; 6] = ["aad", "ciphertext", "encrypted_key", "iv", "protected", "tag"];

/// Seals bytes for a place.
pub fn seal(lock: &Lock<'_>, bytes: &[u8], context: &Value, chance: &mut Chance) -> Value {
    let (header, wrapping) = match lock {
        Lock::Key(key) => (json!({ "alg": WRAP, "enc": "A256GCM" }), **key),
        Lock::Words(words) => {
            let salt = chance.bytes::<16>();
            let header = json!({ "alg": BY_WORDS, "enc": "A256GCM", "p2c": ROUNDS, "p2s": b64(salt) });
            (header, stretched(words, &salt, ROUNDS))
        }
        Lock::To(theirs) => {
            let ours = keys::fresh(chance);
            let header = json!({ "alg": TO_PERSON, "enc": "A256GCM", "epk": keys::jwk(&ours.public_key()) });
            (header, agreed(&ours, theirs))
        }
    };
    let (content, iv) = (chance.bytes::<32>(), chance.bytes::<12>());
    let mut wrapped = [0; 40];
    KwAes256::new(&wrapping.into()).wrap_key(&content, &mut wrapped).expect("32 bytes become 40");
    let (header, aad) = (b64(header.to_string()), b64(canonical(context)));
    let payload = Payload { msg: bytes, aad: &authenticated(&header, &aad) };
    let mut sealed = Aes256Gcm::new(&content.into()).encrypt(&Nonce::from(iv), payload).expect("short enough");
    let tag = sealed.split_off(bytes.len());
    json!({
        "aad": aad, "ciphertext": b64(sealed), "encrypted_key": b64(wrapped), "iv": b64(iv),
        "protected": header, "tag": b64(tag),
    })
}

/// Opens an item, if it is sealed in this way for this place.
pub fn open(opener: &Opener<'_>, jwe: &Value, context: &Value) -> Result<Vec<u8>, Closed> {
    let parts = jwe.as_object().filter(|parts| parts.len() == PARTS.len()).ok_or(Closed::Shape)?;
    let part = |name: &str| parts.get(name).and_then(Value::as_str).ok_or(Closed::Shape);
    for name in PARTS {
        part(name)?;
    }
    if part("aad")? != b64(canonical(context)) {
        return Err(Closed::Context);
    }
    let header: Value = serde_json::from_slice(&unb64(part("protected")?)?).map_err(|_| Closed::Header)?;
    let wrapping = wrapping(opener, header.as_object().ok_or(Closed::Header)?)?;
    let mut content = [0; 32];
    let wrapped = unb64(part("encrypted_key")?)?;
    KwAes256::new(&wrapping.into()).unwrap_key(&wrapped, &mut content).map_err(|_| Closed::Key)?;
    let iv: [u8; 12] = unb64(part("iv")?)?.try_into().map_err(|_| Closed::Shape)?;
    let tag: [u8; 16] = unb64(part("tag")?)?.try_into().map_err(|_| Closed::Shape)?;
    let sealed = [unb64(part("ciphertext")?)?, tag.to_vec()].concat();
    let payload = Payload { msg: &sealed, aad: &authenticated(part("protected")?, part("aad")?) };
    Aes256Gcm::new(&content.into()).decrypt(&Nonce::from(iv), payload).map_err(|_| Closed::Key)
}

/// What is authenticated with an item (RFC 7516, 5.1, step 14).
fn authenticated(header: &str, aad: &str) -> Vec<u8> {
    format!("{header}.{aad}").into_bytes()
}

/// The key that wraps the item's own, if the header says exactly what it must.
fn wrapping(opener: &Opener<'_>, header: &Map<String, Value>) -> Result<Key, Closed> {
    let (alg, more): (&str, &[&str]) = match opener {
        Opener::Key(_) => (WRAP, &[]),
        Opener::Words(_) => (BY_WORDS, &["p2c", "p2s"]),
        Opener::Mine(_) => (TO_PERSON, &["epk"]),
    };
    let known = header.keys().all(|name| ["alg", "enc"].contains(&name.as_str()) || more.contains(&name.as_str()));
    if !known || header.len() != 2 + more.len() || header["alg"] != alg || header["enc"] != "A256GCM" {
        return Err(Closed::Header);
    }
    match opener {
        Opener::Key(key) => Ok(**key),
        Opener::Words(words) => {
            let rounds = header["p2c"].as_u64().filter(|rounds| *rounds <= MOST_ROUNDS).ok_or(Closed::Header)?;
            let salt = unb64(header["p2s"].as_str().ok_or(Closed::Header)?)?;
            Ok(stretched(words, &salt, u32::try_from(rounds).map_err(|_| Closed::Header)?))
        }
        Opener::Mine(secret) => Ok(agreed(secret, &keys::public(&header["epk"])?)),
    }
}

/// PBES2 (RFC 7518, 4.8.1.1): PBKDF2 with HMAC-SHA-512 over the words, its salt with the algorithm's name before it.
fn stretched(words: &str, salt: &[u8], rounds: u32) -> Key {
    let salt = [BY_WORDS.as_bytes(), &[0], salt].concat();
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha512>(words.as_bytes(), &salt, rounds, &mut key);
    key
}

/// ECDH-ES (RFC 7518, 4.6.2): what two keys agree on, through one round of the Concat KDF.
fn agreed(ours: &SecretKey, theirs: &PublicKey) -> Key {
    let secret = p256::ecdh::diffie_hellman(ours.to_nonzero_scalar(), theirs.as_affine());
    let measured = |bytes: &[u8]| {
        let length = u32::try_from(bytes.len()).expect("short");
        [&length.to_be_bytes(), bytes].concat()
    };
    let round = 1_u32.to_be_bytes();
    let (nobody, bits) = (measured(&[]), 256_u32.to_be_bytes());
    let other = [&measured(TO_PERSON.as_bytes())[..], &nobody, &nobody, &bits].concat();
    sha256([&round[..], secret.raw_secret_bytes(), &other].concat())
}
