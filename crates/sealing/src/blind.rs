//! Blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Deterministic): a server signs a token that it does not see, so that whoever
//! shows the token later is known to be one of those it was signed for, and not which (R-SUR-11).

use blind_rsa_signatures::{
    BlindSignature, BlindingResult, DefaultRng, Deterministic, KeyPair, PSS, PublicKey, SecretKey, Sha384, Signature,
};

use crate::Refused;

/// Bits of a key. It lives for one survey and is destroyed with it.
const BITS: usize = 2048;
/// Bytes of a number modulo such a key: of what is signed, and of a signature.
pub const SIGNED_BYTES: usize = BITS / 8;
/// Bytes of a token, all of them from chance.
pub const TOKEN_BYTES: usize = 32;

type Secret = SecretKey<Sha384, PSS, Deterministic>;
type Public = PublicKey<Sha384, PSS, Deterministic>;

/// A key that signs what it does not see.
#[derive(Debug)]
pub struct BlindKey(Secret);

impl BlindKey {
    /// A fresh key, by the machine's own chance: a foreseen key would sign for nobody.
    ///
    /// # Errors
    /// The machine has no chance to give.
    pub fn fresh() -> Result<Self, Refused> {
        let pair = KeyPair::<Sha384, PSS, Deterministic>::generate(&mut DefaultRng, BITS);
        pair.map(|pair| Self(pair.sk)).map_err(|_| Refused::Key)
    }

    /// A key as the keyring keeps it.
    ///
    /// # Errors
    /// It is none.
    pub fn of(kept: &[u8]) -> Result<Self, Refused> {
        Secret::from_der(kept).map(Self).map_err(|_| Refused::Key)
    }

    /// As the keyring keeps it.
    ///
    /// # Errors
    /// It cannot be written down.
    pub fn kept(&self) -> Result<Vec<u8>, Refused> {
        self.0.to_der().map_err(|_| Refused::Key)
    }

    /// The modulus of its public half; the exponent is always 65,537.
    ///
    /// # Errors
    /// It has another exponent.
    pub fn modulus(&self) -> Result<Vec<u8>, Refused> {
        let public = self.public()?;
        let parts = public.components();
        let exponent: Vec<u8> = parts.e().into_iter().skip_while(|byte| *byte == 0).collect();
        if exponent != [1, 0, 1] {
            return Err(Refused::Key);
        }
        Ok(parts.n())
    }

    fn public(&self) -> Result<Public, Refused> {
        self.0.public_key().map_err(|_| Refused::Key)
    }

    /// Signs a blinded token.
    ///
    /// # Errors
    /// It is of another size, or no number below the modulus.
    pub fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, Refused> {
        if blinded.len() != SIGNED_BYTES {
            return Err(Refused::Size);
        }
        self.0.blind_sign(blinded).map(|signed| signed.0).map_err(|_| Refused::Malformed)
    }

    /// Checks that a token is signed by this key.
    ///
    /// # Errors
    /// It is not, or is of another size.
    pub fn check(&self, token: &[u8], signature: &[u8]) -> Result<(), Refused> {
        if token.len() != TOKEN_BYTES || signature.len() != SIGNED_BYTES {
            return Err(Refused::Size);
        }
        let public = self.public()?;
        public.verify(&Signature(signature.to_vec()), None, token).map_err(|_| Refused::Signature)
    }
}

/// A ticket on its way, as a browser makes one: for the people of the sample college, who have no browser, and for tests.
pub struct Blinded {
    public: Public,
    token: [u8; TOKEN_BYTES],
    hidden: BlindingResult,
}

impl std::fmt::Debug for Blinded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blinded").finish_non_exhaustive()
    }
}

impl Blinded {
    /// Blinds a token for the key with this modulus.
    ///
    /// # Errors
    /// It is no modulus.
    pub fn of(modulus: &[u8], token: [u8; TOKEN_BYTES]) -> Result<Self, Refused> {
        let public = Public::from_der(&public_der(modulus)).map_err(|_| Refused::Key)?;
        let hidden = public.blind(&mut DefaultRng, token).map_err(|_| Refused::Key)?;
        Ok(Self { public, token, hidden })
    }

    /// What the signer may see.
    pub fn blinded(&self) -> &[u8] {
        &self.hidden.blind_message.0
    }

    /// Takes the blinding off what was signed.
    ///
    /// # Errors
    /// It is not signed by the key it was blinded for.
    pub fn finish(&self, signed: &[u8]) -> Result<Vec<u8>, Refused> {
        let signed = BlindSignature(signed.to_vec());
        let signature = self.public.finalize(&signed, &self.hidden, self.token);
        signature.map(|signature| signature.0).map_err(|_| Refused::Signature)
    }
}

/// An RSA public key (PKCS #1) of this modulus and 65,537, for a library that reads nothing else.
fn public_der(modulus: &[u8]) -> Vec<u8> {
    let long = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
    let mut inside = vec![0x02, 0x82];
    inside.extend(long(modulus.len() + 1));
    // The first bit of a modulus is set: the nought says that it is no negative number.
    inside.push(0);
    inside.extend(modulus);
    inside.extend([0x02, 0x03, 1, 0, 1]);
    let mut whole = vec![0x30, 0x82];
    whole.extend(long(inside.len()));
    whole.extend(inside);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-SUR-11
    #[test]
    fn a_token_is_signed_unseen_and_no_other_is() {
        let key = BlindKey::of(&BlindKey::fresh().unwrap().kept().unwrap()).unwrap();
        let token = [7; TOKEN_BYTES];
        let blinded = Blinded::of(&key.modulus().unwrap(), token).unwrap();
        let signed = key.sign(blinded.blinded()).unwrap();
        let signature = blinded.finish(&signed).unwrap();
        assert_eq!(key.check(&token, &signature), Ok(()));
        assert_eq!(key.check(&[8; TOKEN_BYTES], &signature), Err(Refused::Signature));
        assert_eq!(key.check(&token[1..], &signature), Err(Refused::Size));
        assert_eq!(key.modulus().unwrap().len(), SIGNED_BYTES);
        assert_eq!(key.sign(&token), Err(Refused::Size));
        assert_eq!(key.sign(&[0xFF; SIGNED_BYTES]), Err(Refused::Malformed), "not below the modulus");
        assert_eq!(BlindKey::fresh().unwrap().check(&token, &signature), Err(Refused::Signature), "another survey's");
    }
}
