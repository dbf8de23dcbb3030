//! What the browser sealed opens here, to the texts and keys that it was sealed from; and what is made here, too.

use serde_json::{Value, json};

use crate::grants::{self, About};
use crate::made::MADE;
use crate::{Closed, bytes, items, jws, keys, raw, text, vector, words};

pub fn key(of: &Value, name: &str) -> [u8; 32] {
    raw(of, name).try_into().expect("32 bytes")
}

pub fn about(expected: &Value) -> About<'_> {
    let epoch = expected["epoch"].as_i64().expect("a number");
    About { thread: text(expected, "thread"), epoch, by: text(expected, "by") }
}

/// The key in a grant of a vector.
pub fn granted(of: &Value, grant: &str) -> Result<[u8; 32], Closed> {
    let mine = keys::secret(&of["recipient"])?;
    assert_eq!(keys::thumbprint(&of["recipient"]), text(&of["expected"], "to"));
    grants::open(about(&of["expected"]), (&mine, &keys::public(&of["signer"])?), grant)
}

/// The vector of the browser, and the one made here.
fn both(name: &str) -> [Value; 2] {
    [vector(&format!("{name}.json")), MADE[name].clone()]
}

#[test]
fn canonical_contexts_are_the_same_bytes() {
    for case in vector("canonical.json")["cases"].as_array().unwrap() {
        assert_eq!(bytes::canonical(&case["context"]), text(case, "json"));
        assert_eq!(bytes::b64(text(case, "json")), text(case, "aad"));
    }
}

#[test]
fn padding_is_the_same_to_the_byte_and_any_other_is_refused() {
    let vector = vector("padding.json");
    for size in vector["sizes"].as_array().unwrap() {
        let size = |name: &str| usize::try_from(size[name].as_u64().unwrap()).unwrap();
        assert_eq!(bytes::padded_size(size("text_bytes")), size("padded_bytes"));
    }
    let sample = text(&vector["sample"], "text").as_bytes();
    let padded = raw(&vector["sample"], "padded");
    assert_eq!(bytes::padded(sample), padded);
    assert_eq!(bytes::unpadded(&padded).as_deref(), Ok(sample));
    let (mut dirty, mut longer) = (padded.clone(), padded.clone());
    dirty[511] = 1;
    longer[2] = 2;
    for wrong in [&dirty, &longer, &padded[..511], &[&padded[..], &[0; 32]].concat(), &padded[..3]] {
        assert_eq!(bytes::unpadded(wrong), Err(Closed::Padding));
    }
}

#[test]
fn keys_have_the_same_names_and_two_people_the_same_words() {
    for case in vector("thumbprint.json")["cases"].as_array().unwrap() {
        assert_eq!(keys::thumbprint(&case["jwk"]), text(case, "kid"));
        assert_eq!(keys::jwk(&keys::public(&case["jwk"]).unwrap()), case["jwk"]);
    }
    let safety = vector("safety-words.json");
    let input = words::safety_input(&safety["one"], &safety["other"]);
    assert_eq!(input, text(&safety, "input"));
    assert_eq!(input, words::safety_input(&safety["other"], &safety["one"]));
    // The list itself is the browser's; its order is that of the alphabet, so words stand as their places do.
    let places = words::places(&input);
    let said: Vec<&str> = safety["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let mut by_place: Vec<usize> = (0..6).collect();
    let mut by_word = by_place.clone();
    by_place.sort_by_key(|at| places[*at]);
    by_word.sort_by_key(|at| said[*at]);
    assert_eq!(by_place, by_word);
}

#[test]
fn words_and_codes_are_read_as_the_browser_reads_them() {
    let (by_words, by_code) = (vector("words-slot.json"), vector("recovery-slot.json"));
    assert_eq!(words::folded(text(&by_words, "typed")), text(&by_words, "folded"));
    let code = words::code(text(&by_code, "typed")).expect("a code");
    assert_eq!(code, text(&by_code, "code"));
    assert_eq!(words::groups(&code), text(&by_code, "shown"));
    assert_eq!(words::code(&code[1..]), None);
    assert_eq!(words::code(&code.replacen('N', "U", 1)), None);
}

#[test]
fn notes_and_files_open_to_what_was_said() {
    for note in both("note") {
        let opened = items::open_text(&key(&note, "thread_key"), &note["jwe"], &note["context"]);
        assert_eq!(opened.as_deref(), Ok(text(&note, "text")));
    }
    for file in both("file") {
        let opened = items::open(&key(&file, "thread_key"), &file["jwe"], &file["context"]);
        assert_eq!(opened, Ok(raw(&file, "bytes")));
    }
}

#[test]
fn grants_and_grants_given_back_open_to_the_threads_key() {
    for name in ["grant", "return-grant"] {
        for of in both(name) {
            assert_eq!(granted(&of, text(&of, "jws")), Ok(key(&of, "thread_key")));
        }
    }
    assert_eq!(text(&vector("grant.json"), "thread_key"), text(&vector("note.json"), "thread_key"));
}

#[test]
fn a_disclosure_opens_with_its_first_grant() {
    for of in both("disclosure") {
        let key = granted(&of, of["grants"][0].as_str().unwrap()).expect("granted");
        assert_eq!(items::open_text(&key, &of["jwe"], &of["context"]).as_deref(), Ok(text(&of, "text")));
    }
}

#[test]
fn every_slot_opens_to_the_accounts_key_and_that_the_vault() {
    for ((by_words, by_code), vault) in both("words-slot").iter().zip(&both("recovery-slot")).zip(&both("vault")) {
        let amk = key(vault, "amk");
        assert_eq!(items::open_by_words(text(by_words, "typed"), &by_words["jwe"], &by_words["context"]), Ok(amk));
        assert_eq!(items::open_by_code(text(by_code, "typed"), &by_code["jwe"], &by_code["context"]), Ok(amk));
        let contents = items::open_text(&amk, &vault["jwe"], &vault["context"]).expect("opened");
        assert_eq!(serde_json::from_str::<Value>(&contents).unwrap(), vault["contents"]);
        // Both pairs are whole, and the account is called by the one that it is sealed to.
        let enc = keys::secret(&vault["contents"]["enc"]).unwrap();
        assert!(keys::secret(&vault["contents"]["sig"]).is_ok());
        assert_eq!(keys::thumbprint(&keys::jwk(&enc.public_key())), text(&vault["context"], "kid"));
    }
}

#[test]
fn a_proof_is_over_its_person_and_nonce() {
    for of in both("proof") {
        let signer = keys::public(&of["signer"]).unwrap();
        let payload = jws::verified("alongside-proof+1", text(&of, "jws"), &signer).expect("signed");
        assert_eq!(payload, text(&of, "payload").as_bytes());
        let said: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(said, json!({ "uid": of["uid"], "nonce": of["nonce"] }));
    }
}
