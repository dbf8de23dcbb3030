//! What a browser makes, as far as a server can tell: keys, signatures, and sealed items whose insides are chance.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use sealing::{Context, PublicKey};

/// Somebody's browser.
pub struct Maker {
    /// Who: the person's identifier.
    pub uid: String,
    pair: EcdsaKeyPair,
    /// The public key to seal for; nobody here has its private part.
    pub sealing: PublicKey,
    /// The public key to check signatures with.
    pub signing: PublicKey,
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn chance(length: usize) -> String {
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes).unwrap_or_else(|_| panic!("no chance"));
    encoded(&bytes)
}

fn pair() -> (EcdsaKeyPair, PublicKey) {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
    let made = made.unwrap_or_else(|_| panic!("no key"));
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random);
    let pair = pair.unwrap_or_else(|_| panic!("no pair"));
    let point = pair.public_key().as_ref();
    let (x, y) = (encoded(point.get(1..33).unwrap_or_default()), encoded(point.get(33..).unwrap_or_default()));
    let text = format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#);
    let public = PublicKey::read(&text).unwrap_or_else(|refused| panic!("{refused}"));
    (pair, public)
}

/// A sealed item with these bytes inside, for one place.
pub fn item(header: &str, context: &Context, length: usize) -> String {
    let (protected, aad) = (encoded(header.as_bytes()), encoded(&context.bytes()));
    let (key, iv, text, tag) = (chance(40), chance(12), chance(length), chance(16));
    format!(
        r#"{{"protected":"{protected}","encrypted_key":"{key}","iv":"{iv}","ciphertext":"{text}","tag":"{tag}","aad":"{aad}"}}"#
    )
}

/// The header of what is sealed by a key.
pub const BY_KEY: &str = r#"{"alg":"A256KW","enc":"A256GCM"}"#;

impl Maker {
    /// A browser of this person.
    pub fn new(uid: &str) -> Self {
        let ((_, sealing), (pair, signing)) = (self::pair(), self::pair());
        Self { uid: uid.to_owned(), pair, sealing, signing }
    }

    /// The thumbprint by which grants are addressed.
    pub fn kid(&self) -> String {
        self.sealing.thumbprint()
    }

    /// The vault.
    pub fn vault(&self) -> String {
        let place = Context::of("vault").with("uid", self.uid.as_str()).with("kid", self.kid());
        item(BY_KEY, &place, 1024)
    }

    /// A way to unlock.
    pub fn slot(&self, name: &str) -> String {
        let place = Context::of("slot").with("uid", self.uid.as_str()).with("kid", self.kid()).with("slot", name);
        let words = format!(r#"{{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":600000,"p2s":"{}"}}"#, chance(16));
        item(if name == "words" { &words } else { BY_KEY }, &place, 32)
    }

    /// The key of a thread for somebody, signed.
    pub fn grant(&self, (thread, epoch): (&str, i64), to: &str) -> String {
        let header = format!(r#"{{"alg":"ECDH-ES+A256KW","enc":"A256GCM","epk":{}}}"#, self.sealing.text());
        let place = Context::of("grant").with("thread", thread).with("epoch", epoch).with("to", to);
        let jwe = item(&header, &place, 32);
        let payload = format!(r#"{{"thread":"{thread}","epoch":{epoch},"to":"{to}","by":"{}","jwe":{jwe}}}"#, self.uid);
        self.signed(r#"{"alg":"ES256","typ":"alongside-grant+1"}"#, &payload)
    }

    /// Something said, with so many bytes inside.
    pub fn note(&self, thread: &str, (note, rev): (&str, i64), (epoch, length): (i64, usize)) -> String {
        self.note_of("message", thread, (note, rev), (epoch, length))
    }

    /// Something of a kind.
    pub fn note_of(&self, kind: &str, thread: &str, (note, rev): (&str, i64), (epoch, length): (i64, usize)) -> String {
        item(BY_KEY, &sealing::note(thread, (note, rev), (epoch, &self.uid, kind)), length)
    }

    /// A file, with so many bytes inside.
    pub fn file(&self, thread: &str, (file, epoch): (&str, i64), length: usize) -> String {
        let place = Context::of("file").with("thread", thread).with("file", file).with("epoch", epoch);
        item(BY_KEY, &place.with("author", self.uid.as_str()), length)
    }

    /// The proof that a session has unlocked the keys.
    pub fn proof(&self, nonce: &str) -> String {
        let payload = format!(r#"{{"uid":"{}","nonce":"{nonce}"}}"#, self.uid);
        self.signed(r#"{"alg":"ES256","typ":"alongside-proof+1"}"#, &payload)
    }

    fn signed(&self, header: &str, payload: &str) -> String {
        let text = format!("{}.{}", encoded(header.as_bytes()), encoded(payload.as_bytes()));
        let signature = self.pair.sign(&SystemRandom::new(), text.as_bytes()).unwrap_or_else(|_| panic!("unsigned"));
        format!("{text}.{}", encoded(signature.as_ref()))
    }
}
