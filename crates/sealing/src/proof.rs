//! Proofs: a session shows that it has unlocked the keys, by signing what only its own page was given.

use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::{PublicKey, Refused, decoded};

/// The parts of a compact JWS (RFC 7515), its header checked and its signature verified: the payload.
pub(crate) fn verified(jws: &str, (kind, key): (&str, &PublicKey)) -> Result<Vec<u8>, Refused> {
    let mut parts = jws.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refused::Malformed);
    };
    let head: Value = serde_json::from_slice(&decoded(header)?).map_err(|_| Refused::Malformed)?;
    if head != json!({ "alg": "ES256", "typ": kind }) {
        return Err(Refused::Algorithm);
    }
    let signed = format!("{header}.{payload}");
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.point()?);
    key.verify(signed.as_bytes(), &decoded(signature)?).map_err(|_| Refused::Signature)?;
    decoded(payload)
}

/// Checks that `jws` is signed by `key` and says this person and this nonce, and nothing else.
///
/// # Errors
/// What is not as it should be.
pub fn proof(jws: &str, (uid, nonce): (&str, &str), key: &PublicKey) -> Result<(), Refused> {
    let payload = verified(jws, ("alongside-proof+1", key))?;
    let said: Value = serde_json::from_slice(&payload).map_err(|_| Refused::Malformed)?;
    if said == json!({ "uid": uid, "nonce": nonce }) { Ok(()) } else { Err(Refused::Context) }
}
