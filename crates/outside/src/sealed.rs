//! What browsers seal and sign.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use sealing::{Context, Expected, Grant, Jwe, Layer, PublicKey, Wrap};
use serde_json::Value;

use crate::text;

/// The vectors whose contexts are tried.
const PLACED: [&str; 5] = [
    include_str!("../../../tests/vectors/note.json"),
    include_str!("../../../tests/vectors/file.json"),
    include_str!("../../../tests/vectors/vault.json"),
    include_str!("../../../tests/vectors/words-slot.json"),
    include_str!("../../../tests/vectors/recovery-slot.json"),
];
const PAIR: &str = include_str!("../../../tests/vectors/vault.json");
const MOST: usize = 16 * 1024 * 1024;

fn context(of: &Value) -> Context {
    let fields = of.as_object().into_iter().flatten();
    fields.fold(Context::of("any"), |context, (name, value)| context.with(name, value.clone()))
}

static PLACES: LazyLock<Vec<Context>> = LazyLock::new(|| {
    let read = |text: &&str| serde_json::from_str::<Value>(text).map(|vector| context(&vector["context"])).ok();
    PLACED.iter().filter_map(read).collect()
});

/// An item is refused, or kept in a form that is read and taken again.
pub fn items(bytes: &[u8]) {
    let Ok(jwe) = Jwe::read(&text(bytes)) else { return };
    for place in PLACES.iter() {
        for wrap in [Wrap::Key, Wrap::Words, Wrap::Person] {
            for padded in [false, true] {
                if jwe.check(wrap, place, (MOST, padded)).is_ok() {
                    assert_eq!(Jwe::read(&jwe.text()).as_ref(), Ok(&jwe), "what is kept is what came");
                }
            }
        }
    }
}

/// A key is refused, or kept in a form that is read again and has the same name.
pub fn keys(bytes: &[u8]) {
    let Ok(key) = PublicKey::read(&text(bytes)) else { return };
    assert_eq!(PublicKey::read(&key.text()).as_ref(), Ok(&key), "what is kept is what came");
    assert_eq!(key.thumbprint().len(), 43);
}

/// A signer of ours, so that what stands behind a signature is reached, too.
struct Signer {
    pair: EcdsaKeyPair,
    public: PublicKey,
}

static SIGNER: LazyLock<Option<Signer>> = LazyLock::new(|| {
    let vector: Value = serde_json::from_str(PAIR).ok()?;
    let mut jwk = vector["contents"]["sig"].clone();
    let part = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str()?).ok();
    let (secret, point) = (part("d")?, [vec![4], part("x")?, part("y")?].concat());
    let chance = SystemRandom::new();
    let pair =
        EcdsaKeyPair::from_private_key_and_public_key(&ECDSA_P256_SHA256_FIXED_SIGNING, &secret, &point, &chance)
            .ok()?;
    jwk.as_object_mut()?.remove("d");
    Some(Signer { pair, public: PublicKey::read(&jwk.to_string()).ok()? })
});

fn signed(signer: &Signer, kind: &str, payload: &[u8]) -> Option<String> {
    let header = format!(r#"{{"alg":"ES256","typ":"{kind}"}}"#);
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let signature = signer.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

const THREAD: &str = "0190a1b2-0000-7000-8000-0000000000aa";
const SAM: &str = "0190a1b2-0000-7000-8000-000000000001";

/// Bytes as a grant, and as what somebody signed as one.
pub fn grants(bytes: &[u8]) {
    let signer = SIGNER.as_ref();
    assert!(signer.is_some(), "the vector has a pair");
    let Some(signer) = signer else { return };
    let expected = Expected { thread: THREAD, epoch: 0, by: SAM, signed: &signer.public };
    if let Ok(grant) = Grant::read(&text(bytes), &expected) {
        assert_eq!(grant.thread, THREAD);
    }
    if let Some(jws) = signed(signer, "alongside-grant+1", bytes)
        && let Ok(grant) = Grant::read(&jws, &expected)
    {
        assert_eq!((grant.thread.as_str(), grant.epoch, grant.by.as_str()), (THREAD, 0, SAM));
    }
}

/// Bytes as a proof, and as what somebody signed as one: taken only if it says exactly this person and this nonce.
pub fn proofs(bytes: &[u8]) {
    let Some(signer) = SIGNER.as_ref() else { return };
    let said = serde_json::json!({ "uid": SAM, "nonce": "abc" });
    assert!(sealing::proof(&text(bytes), (SAM, "abc"), &signer.public).is_err(), "nobody signed that nonce");
    if let Some(jws) = signed(signer, "alongside-proof+1", bytes) {
        let taken = sealing::proof(&jws, (SAM, "abc"), &signer.public).is_ok();
        assert_eq!(taken, serde_json::from_slice::<Value>(bytes).is_ok_and(|value| value == said));
    }
}

/// The outer layer comes off only what it was put round; contexts are JSON of what stands in them.
pub fn layers(bytes: &[u8]) {
    let Ok(layer) = Layer::of(&[7; 32]) else { return };
    let words = text(bytes);
    let place = Context::of("grant").with("thread", &*words).with(&words, 1);
    let read: Result<Value, _> = serde_json::from_slice(&place.bytes());
    assert!(read.is_ok_and(|value| value["thread"] == *words || words == "thread"), "a context is JSON");
    assert!(layer.open(&words, &place).is_err(), "nobody guesses sixteen bytes");
    let sealed = layer.seal(&words, &place, [3; 12]).unwrap_or_default();
    assert_eq!(layer.open(&sealed, &place).as_deref(), Ok(&*words));
}
