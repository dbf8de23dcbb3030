//! Signatures: compact JWS (RFC 7515) with ES256.

use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};

use crate::Closed;
use crate::bytes::{b64, unb64};

/// Signs a payload of a type.
pub fn sign(kind: &str, payload: &str, by: &SecretKey) -> String {
    let signed = format!("{}.{}", b64(json!({ "alg": "ES256", "typ": kind }).to_string()), b64(payload));
    let signature: Signature = SigningKey::from(by).sign(signed.as_bytes());
    format!("{signed}.{}", b64(signature.to_bytes()))
}

/// The payload, if it is of this type and signed by this key.
pub fn verified(kind: &str, jws: &str, by: &PublicKey) -> Result<Vec<u8>, Closed> {
    let [header, payload, signature] = jws.split('.').collect::<Vec<_>>().try_into().map_err(|_| Closed::Shape)?;
    let said: Value = serde_json::from_slice(&unb64(header)?).map_err(|_| Closed::Header)?;
    if said != json!({ "alg": "ES256", "typ": kind }) {
        return Err(Closed::Header);
    }
    let signature = Signature::from_slice(&unb64(signature)?).map_err(|_| Closed::Signature)?;
    let signed = format!("{header}.{payload}");
    VerifyingKey::from(by).verify(signed.as_bytes(), &signature).map_err(|_| Closed::Signature)?;
    unb64(payload)
}
