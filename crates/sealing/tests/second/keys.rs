//! Key pairs on P-256, as JWK (RFC 7517), and their thumbprints (RFC 7638).

use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};

use crate::bytes::{Chance, b64, sha256, unb64};
use crate::{Closed, text};

/// A new secret key.
pub fn fresh(chance: &mut Chance) -> SecretKey {
    SecretKey::from_slice(&chance.bytes::<32>()).expect("one in 2^32 is none")
}

/// The public key of a JWK: a point on the curve.
pub fn public(jwk: &Value) -> Result<PublicKey, Closed> {
    let point = [vec![4], unb64(text(jwk, "x"))?, unb64(text(jwk, "y"))?].concat();
    PublicKey::from_sec1_bytes(&point).map_err(|_| Closed::Key)
}

/// The secret key of a JWK, if its public part belongs to it.
pub fn secret(jwk: &Value) -> Result<SecretKey, Closed> {
    let key = SecretKey::from_slice(&unb64(text(jwk, "d"))?).map_err(|_| Closed::Key)?;
    if key.public_key() == public(jwk)? { Ok(key) } else { Err(Closed::Key) }
}

/// The JWK of a public key, nothing else in it.
pub fn jwk(key: &PublicKey) -> Value {
    let point = key.to_sec1_bytes();
    let (x, y) = point.get(1..65).expect("uncompressed").split_at(32);
    // In the order of the alphabet, so that what is made does not depend on how objects are kept.
    json!({ "crv": "P-256", "kty": "EC", "x": b64(x), "y": b64(y) })
}

/// The JWK of a secret key.
pub fn secret_jwk(key: &SecretKey) -> Value {
    let public = jwk(&key.public_key());
    json!({ "crv": "P-256", "d": b64(key.to_bytes()), "kty": "EC", "x": public["x"], "y": public["y"] })
}

/// The name of a public key.
pub fn thumbprint(jwk: &Value) -> String {
    b64(sha256(format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, text(jwk, "x"), text(jwk, "y"))))
}
