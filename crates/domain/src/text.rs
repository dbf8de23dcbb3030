//! Words as they are kept, and numbers and words as they are written.

use std::fmt::Display;

/// Text on one line: line breaks, runs of spaces and whatever does not print become one space.
pub fn one_line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "92,640", of a whole number that is not negative.
pub fn thousands(number: impl Display) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// "Developmental" for "developmental".
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_print_is_a_space() {
        assert_eq!(one_line("  Good,\n for\u{7}teaching "), "Good, for teaching");
        assert_eq!(one_line(" \u{7} "), "");
    }

    #[test]
    fn numbers_have_commas_and_lines_a_capital() {
        assert_eq!([0_u32, 999, 1_000, 92_640, 1_234_567].map(thousands), ["0", "999", "1,000", "92,640", "1,234,567"]);
        assert_eq!((capital("élan vital").as_str(), capital("").as_str()), ("Élan vital", ""));
    }
}
