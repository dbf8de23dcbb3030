use proptest::prelude::*;

use super::*;
use crate::encoded;

fn context() -> Context {
    crate::note("th", ("n", 1), (0, "p", "message"))
}

fn item(header: &str, bytes: usize) -> Jwe {
    Jwe {
        protected: encoded(header.as_bytes()),
        encrypted_key: encoded(&[1; 40]),
        iv: encoded(&[2; 12]),
        ciphertext: encoded(&vec![3; bytes]),
        tag: encoded(&[4; 16]),
        aad: encoded(&context().bytes()),
    }
}

const NOTE: &str = r#"{"alg":"A256KW","enc":"A256GCM"}"#;
const MOST: (usize, bool) = (4096, true);

#[test]
fn a_sound_item_passes_and_comes_back_as_it_was() {
    let item = item(NOTE, 512);
    assert_eq!(item.check(Wrap::Key, &context(), MOST), Ok(()));
    assert_eq!(Jwe::read(&item.text()), Ok(item));
}

#[test]
fn foreign_algorithms_and_further_headers_are_refused() {
    for header in [
        r#"{"alg":"dir","enc":"A256GCM"}"#,
        r#"{"alg":"none","enc":"A256GCM"}"#,
        r#"{"alg":"A256KW","enc":"A128CBC-HS256"}"#,
        r#"{"alg":"A256KW","enc":"A256GCM","zip":"DEF"}"#,
        r#"{"alg":"A256KW","enc":"A256GCM","crit":["x"]}"#,
        r#"{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":600000,"p2s":"AAAAAAAAAAAAAAAAAAAAAA"}"#,
        r#"{"alg":"A256KW"}"#,
        "[]",
    ] {
        let refused = item(header, 512).check(Wrap::Key, &context(), MOST);
        assert!(matches!(refused, Err(Refused::Algorithm | Refused::Malformed)), "{header}: {refused:?}");
    }
}

#[test]
fn rounds_that_are_too_few_or_too_many_are_refused() {
    let header = |rounds: u64| {
        format!(r#"{{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":{rounds},"p2s":"AAAAAAAAAAAAAAAAAAAAAA"}}"#)
    };
    let check = |rounds| item(&header(rounds), 32).check(Wrap::Words, &context(), (32, false));
    assert_eq!(check(600_000), Ok(()));
    for rounds in [0, 1_000, 599_999, 2_000_000_000] {
        assert_eq!(check(rounds), Err(Refused::Rounds), "{rounds}");
    }
}

#[test]
fn another_context_other_lengths_and_what_is_not_padded_are_refused() {
    let other = crate::note("th", ("n", 2), (0, "p", "message"));
    assert_eq!(item(NOTE, 512).check(Wrap::Key, &other, MOST), Err(Refused::Context));
    for bytes in [0, 100, 513, 5_000] {
        assert_eq!(item(NOTE, bytes).check(Wrap::Key, &context(), MOST), Err(Refused::Size), "{bytes}");
    }
    let short = Jwe { iv: encoded(&[0; 8]), ..item(NOTE, 512) };
    assert_eq!(short.check(Wrap::Key, &context(), MOST), Err(Refused::Malformed));
    let more = item(NOTE, 512).text().replacen('{', r#"{"header":{},"#, 1);
    assert_eq!(Jwe::read(&more), Err(Refused::Malformed));
}

proptest! {
    #[test]
    fn no_text_brings_the_reader_down(text in ".{0,200}", header in ".{0,80}") {
        if let Ok(read) = Jwe::read(&text) {
            prop_assert!(read.check(Wrap::Key, &context(), MOST).is_err());
        }
        for wrap in [Wrap::Key, Wrap::Words, Wrap::Person] {
            let checked = item(&header, 512).check(wrap, &context(), MOST);
            prop_assert!(checked.is_err() || header.contains("A256"));
        }
    }
}
