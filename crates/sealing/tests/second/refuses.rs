//! What is not as it should be does not open: another key, another place, another kind, a part cut off or changed.

use serde_json::{Value, json};

use crate::bytes::{Chance, b64, canonical, unb64};
use crate::grants::{self, About};
use crate::jwe::Opener;
use crate::opens::{about, granted, key};
use crate::{Closed, items, jwe, jws, keys, text, vector};

/// Notes, files and the vault, with the name of the key that opens them.
const KEYED: [(&str, &str); 3] = [("note", "thread_key"), ("file", "thread_key"), ("vault", "amk")];

fn changed(jwe: &Value, part: &str, to: String) -> Value {
    let mut jwe = jwe.clone();
    jwe[part] = json!(to);
    jwe
}

/// Every part of an item, with its first byte turned over and with its last one cut off.
fn spoilt(jwe: &Value) -> impl Iterator<Item = (&'static str, Value)> + use<'_> {
    let parts = ["protected", "encrypted_key", "iv", "ciphertext", "tag", "aad"];
    parts.into_iter().flat_map(move |part| {
        let bytes = unb64(text(jwe, part)).expect("base64url");
        let mut turned = bytes.clone();
        turned[0] ^= 1;
        let cut = &bytes[..bytes.len() - 1];
        [(part, changed(jwe, part, b64(turned))), (part, changed(jwe, part, b64(cut)))]
    })
}

#[test]
fn a_wrong_key_opens_nothing() {
    for (name, called) in KEYED {
        let of = vector(&format!("{name}.json"));
        let mut wrong = key(&of, called);
        wrong[31] ^= 1;
        assert_eq!(items::open(&wrong, &of["jwe"], &of["context"]), Err(Closed::Key), "{name}");
    }
    let of = vector("recovery-slot.json");
    let code = text(&of, "code").replacen('N', "M", 1);
    assert_eq!(items::open_by_code(&code, &of["jwe"], &of["context"]), Err(Closed::Key));
    let of = vector("words-slot.json");
    let words = text(&of, "folded").replacen("spoon", "spool", 1);
    assert_eq!(items::open_by_words(&words, &of["jwe"], &of["context"]), Err(Closed::Key));
}

#[test]
fn nothing_opens_in_another_place_whether_the_item_says_so_or_not() {
    for (name, called) in KEYED {
        let of = vector(&format!("{name}.json"));
        for (field, value) in of["context"].as_object().unwrap() {
            let mut moved = of["context"].clone();
            moved[field] = if value.is_string() { json!("another") } else { json!(9) };
            let open = |jwe: &Value| items::open(&key(&of, called), jwe, &moved);
            assert_eq!(open(&of["jwe"]), Err(Closed::Context), "{name} {field}");
            let told = changed(&of["jwe"], "aad", b64(canonical(&moved)));
            assert_eq!(open(&told), Err(Closed::Key), "{name} {field}");
        }
    }
}

#[test]
fn whatever_is_changed_or_cut_off_nothing_opens() {
    for (name, called) in KEYED {
        let of = vector(&format!("{name}.json"));
        for (part, jwe) in spoilt(&of["jwe"]) {
            assert!(items::open(&key(&of, called), &jwe, &of["context"]).is_err(), "{name} {part}");
        }
        let mut more = of["jwe"].clone();
        more["header"] = json!({ "alg": "A256KW" });
        assert_eq!(items::open(&key(&of, called), &more, &of["context"]), Err(Closed::Shape), "{name}");
    }
}

#[test]
fn kinds_cannot_be_taken_for_each_other() {
    // A note is no file and no vault, though the same key wraps it.
    let (note, file) = (vector("note.json"), vector("file.json"));
    let opener = key(&note, "thread_key");
    assert_eq!(opener, key(&file, "thread_key"));
    assert_eq!(items::open(&opener, &note["jwe"], &file["context"]), Err(Closed::Context));
    assert_eq!(items::open(&opener, &file["jwe"], &note["context"]), Err(Closed::Context));
    // Nor does a way of wrapping pass for another one, whatever the header says.
    let (by_words, by_code) = (vector("words-slot.json"), vector("recovery-slot.json"));
    let words = Opener::Words(text(&by_words, "folded"));
    assert_eq!(jwe::open(&words, &by_code["jwe"], &by_code["context"]), Err(Closed::Header));
    assert_eq!(jwe::open(&Opener::Key(&opener), &by_words["jwe"], &by_words["context"]), Err(Closed::Header));
    for header in [
        json!({ "alg": "dir", "enc": "A256GCM" }),
        json!({ "alg": "A256KW", "enc": "A128GCM" }),
        json!({ "alg": "A256KW", "enc": "A256GCM", "zip": "DEF" }),
        json!({ "enc": "A256GCM" }),
    ] {
        let jwe = changed(&note["jwe"], "protected", b64(header.to_string()));
        assert_eq!(items::open(&opener, &jwe, &note["context"]), Err(Closed::Header), "{header}");
    }
    let slow = json!({ "alg": "PBES2-HS512+A256KW", "enc": "A256GCM", "p2c": 1_000_001, "p2s": b64([1; 16]) });
    let slow = changed(&by_words["jwe"], "protected", b64(slow.to_string()));
    assert_eq!(jwe::open(&words, &slow, &by_words["context"]), Err(Closed::Header), "never asked for so many rounds");
}

#[test]
fn a_grant_opens_for_its_recipient_as_it_was_signed() {
    for name in ["grant", "return-grant"] {
        let of = vector(&format!("{name}.json"));
        let jws = text(&of, "jws");
        let (mine, signer) = (keys::secret(&of["recipient"]).unwrap(), keys::public(&of["signer"]).unwrap());
        let somebody = keys::fresh(&mut Chance::of("somebody"));
        let other_signer = somebody.public_key();
        let right = about(&of["expected"]);
        let open = |about, mine, signer| grants::open(about, (mine, signer), jws);
        assert_eq!(open(right, &somebody, &signer), Err(Closed::Context), "for somebody else");
        assert_eq!(open(right, &mine, &other_signer), Err(Closed::Signature));
        assert_eq!(open(About { thread: "another", ..right }, &mine, &signer), Err(Closed::Context));
        assert_eq!(open(About { epoch: 1, ..right }, &mine, &signer), Err(Closed::Context));
        assert_eq!(open(About { by: "somebody", ..right }, &mine, &signer), Err(Closed::Context));
        let (head, signature) = jws.rsplit_once('.').unwrap();
        assert_eq!(granted(&of, head), Err(Closed::Shape));
        assert_eq!(granted(&of, &format!("{head}.{}", &signature[..84])), Err(Closed::Signature));
        assert_eq!(granted(&of, &jws.replacen('.', ".A", 1)), Err(Closed::Signature));
        let proof = jws::sign("alongside-proof+1", "{}", &somebody);
        assert_eq!(grants::open(right, (&mine, &other_signer), &proof), Err(Closed::Header), "another type");
    }
}

#[test]
fn a_sealed_key_that_was_changed_inside_a_signed_grant_does_not_open() {
    let of = vector("grant.json");
    let (mine, teacher) = (keys::secret(&of["recipient"]).unwrap(), keys::fresh(&mut Chance::of("teacher")));
    let about = about(&of["expected"]);
    let made = grants::make(about, (&teacher, &mine.public_key()), &[5; 32], &mut Chance::of("grant"));
    let opened = |grant: &str| grants::open(about, (&mine, &teacher.public_key()), grant);
    assert_eq!(opened(&made), Ok([5; 32]));
    let payload = unb64(made.split('.').nth(1).unwrap()).unwrap();
    let said: Value = serde_json::from_slice(&payload).unwrap();
    for (part, jwe) in spoilt(&said["jwe"]) {
        let mut said = said.clone();
        said["jwe"] = jwe;
        assert!(opened(&jws::sign(grants::KIND, &said.to_string(), &teacher)).is_err(), "{part}");
    }
}

#[test]
fn a_key_that_is_no_point_on_the_curve_is_none() {
    let mut jwk = vector("grant.json")["recipient"].clone();
    assert!(keys::secret(&jwk).is_ok());
    jwk["y"] = jwk["x"].clone();
    assert_eq!(keys::public(&jwk), Err(Closed::Key));
    let mut other = vector("return-grant.json")["recipient"].clone();
    other["d"] = jwk["d"].clone();
    assert_eq!(keys::secret(&other), Err(Closed::Key), "a secret part of another pair");
}
