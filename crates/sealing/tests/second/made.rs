//! Items of every kind, sealed here from chance that is the same every time: `tests/vectors/from-rust.json`, which the
//! browser's code opens (crates/assets/test/from-rust.test.mjs). Written anew by
//! `UPDATE_VECTORS=1 cargo test --release -p sealing --test second`.

use std::sync::LazyLock;

use p256::SecretKey;
use serde_json::{Value, json};

use crate::bytes::{Chance, b64, canonical, padded_size};
use crate::grants::{self, About};
use crate::jwe::{Key, Lock};
use crate::keys::{fresh, jwk, secret_jwk, thumbprint};
use crate::{items, jwe, jws, path, vector, words};

const FILE: &str = "from-rust.json";
const SAM: &str = "0190a1b2-0000-7000-8000-000000000101";
const PRIYA: &str = "0190a1b2-0000-7000-8000-000000000102";
const THREAD: &str = "0190a1b2-0000-7000-8000-0000000001aa";
const DISCLOSURE: &str = "0190a1b2-0000-7000-8000-0000000001dd";

/// Everything, made once for all tests: the slow wrapping by words is in it.
pub static MADE: LazyLock<Value> = LazyLock::new(all);

/// The keys of two people.
struct Two {
    enc: SecretKey,
    sig: SecretKey,
    their_enc: SecretKey,
    their_sig: SecretKey,
}

fn all() -> Value {
    let mut chance = Chance::of("from-rust");
    let mut next = || fresh(&mut chance);
    let two = Two { enc: next(), sig: next(), their_enc: next(), their_sig: next() };
    let key = chance.bytes::<32>();
    let mut made = json!({
        "about": "made by crates/sealing/tests/second/made.rs; each part as in the file of its name, and words_at the places \
                  of the words of safety-words.json in the list",
        "words_at": words::places(vector("safety-words.json")["input"].as_str().expect("an input")),
        "canonical": canonicals(),
        "padding": paddings(),
        "safety-words": safety(&two),
    });
    for (name, part) in thread(&two, &key, &mut chance).into_iter().chain(account(&two, &mut chance)) {
        made[name] = part;
    }
    made["disclosure"] = disclosure(&two, &mut chance);
    made
}

fn paddings() -> Value {
    let size = |of| json!({ "text_bytes": of, "padded_bytes": padded_size(of) });
    [0, 7, 508, 509, 3000, 70_000, 10_485_760].map(size).to_vec().into()
}

fn canonicals() -> Value {
    let cases = [
        json!({ "v": 1, "t": "file", "Zebra": "before t", "epoch": 0 }),
        json!({ "\u{1f6a2}": 1, "\u{ff5e}": 2, "a": "\u{8}\u{1}\u{c}\r\t\u{7f}\u{2029}/\"\\" }),
    ];
    cases.map(|context| json!({ "json": canonical(&context), "context": context })).to_vec().into()
}

fn safety(two: &Two) -> Value {
    let shown = |enc: &SecretKey, sig: &SecretKey| {
        let name = |key: &SecretKey| thumbprint(&jwk(&key.public_key()));
        json!({ "kid": name(enc), "sig": name(sig) })
    };
    let (one, other) = (shown(&two.enc, &two.sig), shown(&two.their_enc, &two.their_sig));
    let input = words::safety_input(&one, &other);
    json!({ "one": one, "other": other, "words_at": words::places(&input), "input": input })
}

fn grant((by, from): (&str, &SecretKey), to: &SecretKey, key: &Key, chance: &mut Chance) -> Value {
    let about = About { thread: THREAD, epoch: 1, by };
    json!({
        "signer": jwk(&from.public_key()),
        "recipient": secret_jwk(to),
        "expected": { "thread": THREAD, "epoch": 1, "to": thumbprint(&jwk(&to.public_key())), "by": by },
        "jws": grants::make(about, (from, &to.public_key()), key, chance),
        "thread_key": b64(key),
    })
}

fn thread(two: &Two, key: &Key, chance: &mut Chance) -> Vec<(&'static str, Value)> {
    let text = "What helped: waiting. \u{1f6a2} “Ten seconds”, she said –\nand somebody answered.";
    let note = json!({
        "v": 1, "t": "note", "thread": THREAD, "epoch": 1, "note": "0190a1b2-0000-7000-8000-0000000001bb", "rev": 2,
        "author": PRIYA, "kind": "preparation",
    });
    let file = json!({
        "v": 1, "t": "file", "thread": THREAD, "epoch": 1, "file": "0190a1b2-0000-7000-8000-0000000001cc", "author": SAM,
    });
    let inside: Vec<u8> = (0..40).flat_map(|_| chance.bytes::<32>()).collect();
    let nonce: String = chance.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
    let payload = json!({ "nonce": nonce, "uid": SAM }).to_string();
    vec![
        (
            "note",
            json!({
                "thread_key": b64(key), "jwe": items::seal(key, text.as_bytes(), &note, chance), "context": note,
                "text": text,
            }),
        ),
        (
            "file",
            json!({
                "thread_key": b64(key), "jwe": items::seal(key, &inside, &file, chance), "context": file,
                "bytes": b64(&inside),
            }),
        ),
        ("grant", grant((SAM, &two.sig), &two.their_enc, key, chance)),
        ("return-grant", grant((PRIYA, &two.their_sig), &two.enc, key, chance)),
        (
            "proof",
            json!({
                "signer": jwk(&two.sig.public_key()), "uid": SAM, "nonce": nonce,
                "jws": jws::sign("alongside-proof+1", &payload, &two.sig), "payload": payload,
            }),
        ),
    ]
}

fn account(two: &Two, chance: &mut Chance) -> [(&'static str, Value); 3] {
    let amk = chance.bytes::<32>();
    let kid = thumbprint(&jwk(&two.enc.public_key()));
    let slot = |slot: &str| json!({ "v": 1, "t": "slot", "uid": SAM, "kid": kid, "slot": slot });
    let typed = "\tShrug _ t\u{2011}shirt FELT-tip; yo‐yo. unlit\u{a0}spoon\r\n";
    let folded = words::folded(typed);
    let letters = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let code: String = chance.bytes::<26>().iter().map(|byte| char::from(letters[usize::from(byte % 32)])).collect();
    let vault = json!({ "v": 1, "t": "vault", "uid": SAM, "kid": kid });
    let contents = json!({ "enc": secret_jwk(&two.enc), "pins": {}, "sig": secret_jwk(&two.sig) });
    let by_words = jwe::seal(&Lock::Words(&folded), &amk, &slot("words"), chance);
    let by_code = jwe::seal(&Lock::Key(&items::code_key(&code, SAM)), &amk, &slot("recovery"), chance);
    [
        (
            "words-slot",
            json!({
                "typed": typed, "folded": folded, "context": slot("words"), "amk": b64(amk), "slot": "words",
                "jwe": by_words,
            }),
        ),
        (
            "recovery-slot",
            json!({
                "code": code, "shown": words::groups(&code), "typed": words::groups(&code).to_lowercase(),
                "context": slot("recovery"), "amk": b64(amk), "slot": "recovery", "jwe": by_code,
            }),
        ),
        (
            "vault",
            json!({
                "amk": b64(amk), "jwe": items::seal(&amk, contents.to_string().as_bytes(), &vault, chance),
                "context": vault, "contents": contents,
            }),
        ),
    ]
}

fn disclosure(two: &Two, chance: &mut Chance) -> Value {
    let key = chance.bytes::<32>();
    let about = About { thread: DISCLOSURE, epoch: 0, by: SAM };
    let context = json!({
        "v": 1, "t": "note", "thread": DISCLOSURE, "epoch": 0, "note": DISCLOSURE, "rev": 1, "author": SAM,
        "kind": "disclosure",
    });
    let text = r#"{"v":1,"words":"Please ring me.","excerpts":[]}"#;
    let lead = two.their_enc.public_key();
    json!({
        "signer": jwk(&two.sig.public_key()),
        "recipient": secret_jwk(&two.their_enc),
        "expected": { "thread": DISCLOSURE, "epoch": 0, "to": thumbprint(&jwk(&lead)), "by": SAM },
        "grants": [grants::make(about, (&two.sig, &lead), &key, chance)],
        "jwe": items::seal(&key, text.as_bytes(), &context, chance),
        "context": context,
        "text": text,
    })
}

#[test]
fn the_vectors_that_the_browser_opens_are_those_that_are_made_here() {
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(&*MADE).expect("JSON");
        std::fs::write(path(FILE), format!("{text}\n")).expect("written");
    }
    assert_eq!(vector(FILE), *MADE, "write it anew: UPDATE_VECTORS=1");
}
