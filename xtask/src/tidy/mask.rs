//! Rust text with comments and literals blanked out, so that braces and words in the code can be counted safely.

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Line, from 1.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// Rust text in two parts.
pub struct Masked {
    /// The code; comments, strings and characters are spaces, line breaks are kept.
    pub code: String,
    /// The string literals in order.
    pub literals: Vec<Literal>,
}

/// Blanks comments and literals; knows nested comments, raw, byte and C strings, and lifetimes.
pub fn mask(text: &str) -> Masked {
    let mut cursor =
        Cursor { chars: text.chars().collect(), at: 0, line: 1, code: String::new(), literals: Vec::new() };
    while let Some(next) = cursor.peek(0) {
        let in_word = cursor.after_word();
        match next {
            '/' if cursor.peek(1) == Some('/') => cursor.blank_while(|next| next != '\n'),
            '/' if cursor.peek(1) == Some('*') => cursor.block_comment(),
            '"' => cursor.string(0, None),
            'r' | 'b' | 'c' if !in_word && cursor.prefixed_string() => {}
            '\'' => cursor.character_or_lifetime(),
            _ => cursor.keep(),
        }
    }
    Masked { code: cursor.code, literals: cursor.literals }
}

struct Cursor {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Cursor {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn after_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        before.is_some_and(|c| c.is_alphanumeric() || *c == '_')
    }

    fn step(&mut self, keep: bool) {
        if let Some(next) = self.peek(0) {
            self.line += usize::from(next == '\n');
            self.code.push(if keep || next == '\n' { next } else { ' ' });
            self.at += 1;
        }
    }

    fn keep(&mut self) {
        self.step(true);
    }

    fn blank(&mut self, count: usize) {
        (0..count).for_each(|_| self.step(false));
    }

    fn blank_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.blank(1);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        while self.peek(0).is_some() {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.blank(2);
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.blank(2);
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.blank(1),
            }
        }
    }

    /// Reads `r"…"`, `b"…"`, `br#"…"#`, `c"…"` and the like, or a byte character; false when it is an ordinary word.
    fn prefixed_string(&mut self) -> bool {
        let mut ahead = 0;
        let mut raw = false;
        while let Some(letter @ ('r' | 'b' | 'c')) = self.peek(ahead) {
            raw |= letter == 'r';
            ahead += 1;
        }
        if ahead > 2 {
            return false;
        }
        if self.peek(ahead) == Some('\'') && !raw {
            self.blank(ahead);
            self.character_or_lifetime();
            return true;
        }
        let mut hashes = 0;
        while raw && self.peek(ahead + hashes) == Some('#') {
            hashes += 1;
        }
        if self.peek(ahead + hashes) != Some('"') {
            return false;
        }
        self.string(ahead + hashes, raw.then_some(hashes));
        true
    }

    /// Reads a string whose quote is `before` characters ahead; `raw` holds the number of hashes of a raw string.
    fn string(&mut self, before: usize, raw: Option<usize>) {
        let line = self.line;
        self.blank(before + 1);
        let mut text = String::new();
        while let Some(next) = self.peek(0) {
            let closes = next == '"' && (1..=raw.unwrap_or(0)).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                self.blank(1 + raw.unwrap_or(0));
                break;
            }
            let length = if next == '\\' && raw.is_none() { 2 } else { 1 };
            text.extend((0..length).filter_map(|ahead| self.peek(ahead)));
            self.blank(length);
        }
        self.literals.push(Literal { line, text });
    }

    fn character_or_lifetime(&mut self) {
        if self.peek(1) == Some('\\') {
            // The quote, the backslash, and what it escapes, which may itself be a quote.
            self.blank(3);
            self.blank_while(|next| next != '\'');
            self.blank(1);
        } else if self.peek(2) == Some('\'') {
            self.blank(3);
        } else {
            self.keep();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        mask(text).code
    }

    #[test]
    fn comments_are_blanked_and_lines_kept() {
        assert_eq!(code("a // {\nb /* { /* } */ \n } */ c"), "a     \nb              \n      c");
    }

    #[test]
    fn strings_of_every_kind_are_blanked_and_collected() {
        let masked = mask(r####"f("a\"{", r#"b"{"#, b"c{", br"d{\", 'r')"####);
        assert!(!masked.code.contains('{'), "{}", masked.code);
        let texts: Vec<&str> = masked.literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, [r#"a\"{"#, r#"b"{"#, "c{", r"d{\"]);
    }

    #[test]
    fn a_string_over_two_lines_keeps_its_first_line_number() {
        let masked = mask("x\n\"one\ntwo\"\n\"three\"");
        let lines: Vec<usize> = masked.literals.iter().map(|literal| literal.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn characters_are_blanked_and_lifetimes_kept() {
        assert_eq!(code(r"'{' '\'' '\u{7b}' b'{' &'a str"), "                       &'a str");
    }

    #[test]
    fn raw_names_and_words_ending_in_prefix_letters_are_code() {
        assert_eq!(code("r#fn bar rb"), "r#fn bar rb");
        assert_eq!(code("var\"{\""), "var   ");
    }
}
