//! What is sealed and signed here passes the checks of the server, in its place only.

use sealing::{Context, Expected, Grant, Jwe, PublicKey, Refused, Wrap};
use serde_json::Value;

use crate::bytes::Chance;
use crate::made::MADE;
use crate::{items, text};

fn context(of: &Value) -> Context {
    let fields = of.as_object().expect("an object");
    fields.iter().fold(Context::of("any"), |context, (name, value)| context.with(name, value.clone()))
}

fn public(of: &Value) -> PublicKey {
    PublicKey::read(&of.to_string()).expect("a key")
}

fn expected<'a>(of: &'a Value, signed: &'a PublicKey) -> Expected<'a> {
    let epoch = of["epoch"].as_i64().expect("a number");
    Expected { thread: text(of, "thread"), epoch, by: text(of, "by"), signed }
}

#[test]
fn items_slots_and_the_vault_pass_in_their_place_only() {
    for (name, wrap, most) in [
        ("note", Wrap::Key, (54 * 1024, true)),
        ("file", Wrap::Key, (54 * 1024, true)),
        ("disclosure", Wrap::Key, (54 * 1024, true)),
        ("vault", Wrap::Key, (8192, true)),
        ("words-slot", Wrap::Words, (32, false)),
        ("recovery-slot", Wrap::Key, (32, false)),
    ] {
        let of = &MADE[name];
        let jwe = Jwe::read(&of["jwe"].to_string()).expect("one of ours");
        let place = context(&of["context"]);
        assert_eq!(jwe.check(wrap, &place, most), Ok(()), "{name}");
        assert_eq!(jwe.check(wrap, &place.clone().with("v", 2), most), Err(Refused::Context), "{name}");
        assert_eq!(jwe.check(Wrap::Person, &place, most), Err(Refused::Algorithm), "{name}");
        assert_eq!(jwe.check(wrap, &place, (31, false)), Err(Refused::Size), "{name}");
    }
}

#[test]
fn what_is_not_padded_is_refused_and_whatever_is_padded_is_taken() {
    let (of, mut chance) = (&MADE["note"], Chance::of("lengths"));
    let place = context(&of["context"]);
    for length in [0, 1, 508, 509, 1021, 5000, 40_000] {
        let sealed = items::seal(&[7; 32], &vec![b'x'; length], &of["context"], &mut chance);
        let jwe = Jwe::read(&sealed.to_string()).expect("one of ours");
        assert_eq!(jwe.check(Wrap::Key, &place, (54 * 1024, true)), Ok(()), "{length}");
    }
    let bare = &MADE["words-slot"];
    let slot = Jwe::read(&bare["jwe"].to_string()).expect("one of ours");
    assert_eq!(slot.check(Wrap::Words, &context(&bare["context"]), (54 * 1024, true)), Err(Refused::Size));
}

#[test]
fn grants_pass_as_they_were_signed_and_no_other_way() {
    for (name, other) in [("grant", "return-grant"), ("return-grant", "grant")] {
        let of = &MADE[name];
        let (signer, somebody) = (public(&of["signer"]), public(&MADE[other]["signer"]));
        let wanted = expected(&of["expected"], &signer);
        let grant = Grant::read(text(of, "jws"), &wanted).expect("sound");
        assert_eq!(grant.to, text(&of["expected"], "to"));
        for (wrong, why) in [
            (Expected { signed: &somebody, ..wanted }, Refused::Signature),
            (Expected { epoch: 0, ..wanted }, Refused::Context),
            (Expected { thread: "another", ..wanted }, Refused::Context),
            (Expected { by: "somebody else", ..wanted }, Refused::Context),
        ] {
            assert_eq!(Grant::read(text(of, "jws"), &wrong), Err(why));
        }
        assert_eq!(Grant::read(text(&MADE["proof"], "jws"), &wanted), Err(Refused::Algorithm), "another type");
    }
    let of = &MADE["disclosure"];
    let signer = public(&of["signer"]);
    assert!(Grant::read(of["grants"][0].as_str().unwrap(), &expected(&of["expected"], &signer)).is_ok());
}

#[test]
fn a_proof_passes_for_its_person_and_its_session() {
    let of = &MADE["proof"];
    let (signer, uid, nonce) = (public(&of["signer"]), text(of, "uid"), text(of, "nonce"));
    let jws = text(of, "jws");
    assert_eq!(sealing::proof(jws, (uid, nonce), &signer), Ok(()));
    assert_eq!(sealing::proof(jws, ("somebody else", nonce), &signer), Err(Refused::Context));
    assert_eq!(sealing::proof(jws, (uid, &nonce[1..]), &signer), Err(Refused::Context));
    assert_eq!(sealing::proof(jws, (uid, nonce), &public(&MADE["return-grant"]["signer"])), Err(Refused::Signature));
    assert_eq!(sealing::proof(text(&MADE["grant"], "jws"), (uid, nonce), &signer), Err(Refused::Algorithm));
}

#[test]
fn the_browsers_names_of_keys_are_the_servers() {
    for name in ["grant", "return-grant"] {
        let of = &MADE[name];
        let recipient = crate::keys::secret(&of["recipient"]).expect("a pair");
        let shown = crate::keys::jwk(&recipient.public_key());
        assert_eq!(public(&shown).thumbprint(), text(&of["expected"], "to"));
        assert!(PublicKey::read(&of["recipient"].to_string()).is_err(), "a secret part is never taken");
    }
}
