//! Words and codes as people type them, and safety words.

use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::bytes::{canonical, sha256};
use crate::text;

/// How many words the list has.
const LIST: u32 = 7776;
/// Crockford's letters for five bits.
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Words as they are compared: lower case, one space between them, hyphens and points read as spaces.
pub fn folded(typed: &str) -> String {
    let part = |c: char| {
        let dash = matches!(c, '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}');
        (c.is_whitespace() && c != '\u{85}') || dash || matches!(c, ',' | '.' | ';' | '_' | '-')
    };
    let lower = typed.nfkc().collect::<String>().to_lowercase();
    lower.split(part).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The 26 letters of a recovery code, however it was typed.
pub fn code(typed: &str) -> Option<String> {
    let upper = typed.nfkc().collect::<String>().to_uppercase();
    let letters = upper.chars().filter(char::is_ascii_alphanumeric).map(|letter| match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let code: String = letters.collect();
    (code.len() == 26 && code.chars().all(|letter| LETTERS.contains(letter))).then_some(code)
}

/// A recovery code in groups of four, as it is shown.
pub fn groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// What the safety words of two people stand for, in an order that does not depend on who looks.
pub fn safety_input(one: &Value, other: &Value) -> String {
    let pair = |of: &Value| canonical(&json!({ "kid": text(of, "kid"), "sig": text(of, "sig") }));
    let mut pairs = [pair(one), pair(other)];
    pairs.sort();
    format!("[{}]", pairs.join(","))
}

/// The places of the six words in the list: the lowest six digits to the base 7,776 of the text's SHA-256, lowest first.
pub fn places(of: &str) -> [u32; 6] {
    let mut number = sha256(of).map(u32::from);
    [(); 6].map(|()| {
        // Divides the whole number by the length of the list, as on paper.
        number.iter_mut().fold(0, |rest, digit| {
            let here = rest * 256 + *digit;
            *digit = here / LIST;
            here % LIST
        })
    })
}
