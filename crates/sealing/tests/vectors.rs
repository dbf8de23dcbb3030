//! What the browser code seals (tests/vectors/, made by crates/assets/test/make-vectors.mjs) passes here as far as a server can
//! tell, and what says something else does not.
#![expect(clippy::expect_used, reason = "a vector that is missing is a failure")]

use std::path::Path;

use sealing::{Context, Expected, Grant, Jwe, PublicKey, Refused, Wrap, is_padded};
use serde_json::Value;

fn vector(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name);
    serde_json::from_str(&std::fs::read_to_string(&file).expect("a vector")).expect("JSON")
}

fn context(of: &Value) -> Context {
    let fields = of.as_object().expect("an object");
    fields.iter().fold(Context::of("any"), |context, (name, value)| context.with(name, value.clone()))
}

#[test]
fn contexts_are_the_same_bytes() {
    let cases = vector("canonical.json");
    // Every context of ours says its kind and version; the browser's vectors have odder ones beside them.
    let ours = cases["cases"].as_array().unwrap().iter().filter(|case| case["context"].get("t").is_some());
    let ours: Vec<&Value> = ours.collect();
    assert_eq!(ours.len(), 2);
    for case in ours {
        let bytes = context(&case["context"]).bytes();
        assert_eq!(String::from_utf8(bytes).unwrap(), case["json"].as_str().unwrap());
    }
}

#[test]
fn padded_lengths_are_padded_and_keys_have_the_same_thumbprint() {
    for size in vector("padding.json")["sizes"].as_array().unwrap() {
        let bytes = usize::try_from(size["padded_bytes"].as_u64().unwrap()).unwrap();
        assert!(is_padded(bytes), "{bytes}");
    }
    for case in vector("thumbprint.json")["cases"].as_array().unwrap() {
        let key = PublicKey::read(&case["jwk"].to_string()).unwrap();
        assert_eq!(key.thumbprint(), case["kid"].as_str().unwrap());
    }
}

#[test]
fn a_grant_of_the_browser_is_verified_and_one_for_another_thread_is_not() {
    let vector = vector("grant.json");
    let (jws, expected) = (vector["jws"].as_str().unwrap(), &vector["expected"]);
    let signed = PublicKey::read(&vector["signer"].to_string()).unwrap();
    let of = |thread| Expected { thread, epoch: 0, by: expected["by"].as_str().unwrap(), signed: &signed };
    let grant = Grant::read(jws, &of(expected["thread"].as_str().unwrap())).unwrap();
    assert_eq!(grant.to, expected["to"].as_str().unwrap());
    assert_eq!(Grant::read(jws, &of("another")), Err(Refused::Context));
}

#[test]
fn items_slots_and_the_vault_of_the_browser_pass_in_their_place_only() {
    for (name, wrap, most) in [
        ("note.json", Wrap::Key, (4096, true)),
        ("vault.json", Wrap::Key, (8192, true)),
        ("words-slot.json", Wrap::Words, (32, false)),
        ("recovery-slot.json", Wrap::Key, (32, false)),
    ] {
        let vector = vector(name);
        let jwe = Jwe::read(&vector["jwe"].to_string()).unwrap();
        let place = context(&vector["context"]);
        assert_eq!(jwe.check(wrap, &place, most), Ok(()), "{name}");
        assert_eq!(jwe.check(wrap, &place.with("v", 2), most), Err(Refused::Context), "{name}");
    }
}
