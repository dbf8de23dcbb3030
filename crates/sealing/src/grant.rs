//! Grants: the key of a thread, wrapped for one person and signed by whoever gives it.

use serde::Deserialize;

use crate::proof::verified;
use crate::{Context, Jwe, PublicKey, Refused, Wrap};

/// A grant as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The thread.
    pub thread: String,
    /// Which of its keys, counted from 0.
    pub epoch: i64,
    /// The thumbprint of the key it is for.
    pub to: String,
    /// Who gives it: the person's identifier.
    pub by: String,
    jwe: Jwe,
}

/// What a grant must say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The thread.
    pub thread: &'a str,
    /// Which of its keys.
    pub epoch: i64,
    /// Who gives it.
    pub by: &'a str,
    /// The giver's public signing key.
    pub signed: &'a PublicKey,
}

impl Grant {
    /// Reads a compact JWS (RFC 7515), checks the signature and that it says what it must.
    ///
    /// # Errors
    /// What is not as it should be.
    pub fn read(jws: &str, expected: &Expected<'_>) -> Result<Self, Refused> {
        let payload = verified(jws, ("alongside-grant+1", expected.signed))?;
        let grant: Self = serde_json::from_slice(&payload).map_err(|_| Refused::Malformed)?;
        if (grant.thread.as_str(), grant.epoch, grant.by.as_str()) != (expected.thread, expected.epoch, expected.by) {
            return Err(Refused::Context);
        }
        let context = Context::of("grant")
            .with("thread", grant.thread.as_str())
            .with("epoch", grant.epoch)
            .with("to", grant.to.as_str());
        grant.jwe.check(Wrap::Person, &context, (32, false))?;
        Ok(grant)
    }
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    use super::*;
    use crate::encoded;

    struct Signer(EcdsaKeyPair, PublicKey);

    fn signer() -> Signer {
        let chance = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &chance).expect("a pair");
        let point = pair.public_key().as_ref();
        let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
        let public = PublicKey::read(&format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#)).expect("public");
        Signer(pair, public)
    }

    fn signed(by: &Signer, header: &str, payload: &str) -> String {
        let text = format!("{}.{}", encoded(header.as_bytes()), encoded(payload.as_bytes()));
        let signature = by.0.sign(&SystemRandom::new(), text.as_bytes()).expect("signed");
        format!("{text}.{}", encoded(signature.as_ref()))
    }

    fn payload(by: &Signer, (thread, epoch, who): (&str, i64, &str)) -> String {
        let head = format!(r#"{{"alg":"ECDH-ES+A256KW","enc":"A256GCM","epk":{}}}"#, by.1.text());
        let aad = Context::of("grant").with("thread", thread).with("epoch", epoch).with("to", "kid").bytes();
        format!(
            r#"{{"thread":"{thread}","epoch":{epoch},"to":"kid","by":"{who}","jwe":{{"protected":"{}","encrypted_key":"{}","iv":"{}","ciphertext":"{}","tag":"{}","aad":"{}"}}}}"#,
            encoded(head.as_bytes()),
            encoded(&[1; 40]),
            encoded(&[2; 12]),
            encoded(&[3; 32]),
            encoded(&[4; 16]),
            encoded(&aad)
        )
    }

    const HEADER: &str = r#"{"alg":"ES256","typ":"alongside-grant+1"}"#;

    #[test]
    fn a_grant_is_taken_only_as_the_right_person_signed_it() {
        let (teacher, other) = (signer(), signer());
        let jws = signed(&teacher, HEADER, &payload(&teacher, ("th", 0, "sam")));
        let expected = Expected { thread: "th", epoch: 0, by: "sam", signed: &teacher.1 };
        assert_eq!(Grant::read(&jws, &expected).expect("sound").to, "kid");
        assert_eq!(Grant::read(&jws, &Expected { signed: &other.1, ..expected }), Err(Refused::Signature));
        assert_eq!(Grant::read(&jws, &Expected { thread: "ti", ..expected }), Err(Refused::Context));
        assert_eq!(Grant::read(&jws, &Expected { epoch: 1, ..expected }), Err(Refused::Context));
        assert_eq!(Grant::read(&jws, &Expected { by: "priya", ..expected }), Err(Refused::Context));
        assert_eq!(Grant::read(&jws.replacen('.', "..", 1), &expected), Err(Refused::Malformed));
        let none = signed(&teacher, r#"{"alg":"none"}"#, &payload(&teacher, ("th", 0, "sam")));
        assert_eq!(Grant::read(&none, &expected), Err(Refused::Algorithm));
        let moved = payload(&teacher, ("th", 0, "sam")).replace(r#""to":"kid""#, r#""to":"dik""#);
        assert_eq!(Grant::read(&signed(&teacher, HEADER, &moved), &expected), Err(Refused::Context));
    }
}
