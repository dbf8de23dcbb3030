//! Finding functions in masked Rust text.

/// A function with a name.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of the word `fn`, from 1.
    pub line: usize,
    /// Lines from the word `fn` to the closing brace; 0 without a body.
    pub length: usize,
    /// Its arguments as written, `self` included.
    pub arguments: Vec<String>,
}

/// Every function with a name, nested ones too.
pub fn functions(code: &str) -> Vec<Function> {
    let chars: Vec<char> = code.chars().collect();
    words(&chars, "fn").into_iter().filter_map(|at| function(&chars, at)).collect()
}

/// Where a word stands on its own.
pub fn words(chars: &[char], word: &str) -> Vec<usize> {
    let wanted: Vec<char> = word.chars().collect();
    let in_word = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_' || *c == '#');
    let starts = chars.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted.as_slice());
    let alone = |at: &usize| !in_word(at + wanted.len()) && (*at == 0 || !in_word(at - 1));
    starts.map(|(at, _)| at).filter(alone).collect()
}

/// The line a character stands on, from 1.
pub fn line_of(chars: &[char], at: usize) -> usize {
    1 + chars.iter().take(at).filter(|c| **c == '\n').count()
}

/// The identifier that begins after any spaces, and where it ends.
pub fn identifier(chars: &[char], from: usize) -> Option<(String, usize)> {
    let rest = chars.get(from..)?;
    let spaces = rest.iter().take_while(|c| c.is_whitespace()).count();
    let name: String = rest.iter().skip(spaces).take_while(|c| c.is_alphanumeric() || **c == '_').collect();
    let end = from + spaces + name.chars().count();
    (!name.is_empty()).then_some((name, end))
}

fn function(chars: &[char], at: usize) -> Option<Function> {
    let (name, end) = identifier(chars, at + 2)?;
    let opens = find(chars, end, |next| next == '(')?;
    let closes = find(chars, opens + 1, |next| next == ')')?;
    let arguments = split(chars.get(opens + 1..closes)?);
    let line = line_of(chars, at);
    let body = find(chars, closes + 1, |next| next == '{' || next == ';')?;
    let length = match chars.get(body) {
        Some('{') => line_of(chars, closing_brace(chars, body)?) + 1 - line,
        _ => 0,
    };
    Some(Function { name, line, length, arguments })
}

/// The first wanted character outside any bracket opened since `from`.
fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut depth = Depth::default();
    for (at, next) in chars.iter().enumerate().skip(from) {
        if depth.is_outside() && wanted(*next) {
            return Some(at);
        }
        depth.pass(*next, at.checked_sub(1).and_then(|before| chars.get(before)).copied());
    }
    None
}

/// Where the brace that opens at `from` is closed; angle brackets in a body are comparisons and do not count.
pub fn closing_brace(chars: &[char], from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, next) in chars.iter().enumerate().skip(from) {
        match next {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn split(chars: &[char]) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let mut depth = Depth::default();
    let mut before = None;
    for next in chars {
        if depth.is_outside() && *next == ',' {
            arguments.push(String::new());
        } else if let Some(last) = arguments.last_mut() {
            last.push(*next);
        }
        depth.pass(*next, before);
        before = Some(*next);
    }
    arguments.into_iter().map(|argument| argument.trim().to_string()).filter(|argument| !argument.is_empty()).collect()
}

/// How deep in the brackets of a signature; in braces stand constants, where angle brackets are comparisons.
#[derive(Default)]
struct Depth {
    round: i32,
    braces: i32,
    angle: i32,
}

impl Depth {
    fn is_outside(&self) -> bool {
        self.round == 0 && self.braces == 0 && self.angle <= 0
    }

    fn pass(&mut self, next: char, before: Option<char>) {
        match next {
            '(' | '[' => self.round += 1,
            ')' | ']' => self.round -= 1,
            '{' => self.braces += 1,
            '}' => self.braces -= 1,
            '<' if self.braces == 0 => self.angle += 1,
            '>' if self.braces == 0 && before != Some('-') && before != Some('=') => self.angle -= 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(code: &str) -> Function {
        let mut found = functions(code);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    #[test]
    fn a_function_is_as_long_as_from_fn_to_its_closing_brace() {
        let found = only("\npub async fn show(\n    visit: Visit,\n) -> Page {\n    if a < b { c } else { d }\n}\n");
        assert_eq!((found.line, found.length, found.arguments.len()), (2, 5, 1));
    }

    #[test]
    fn arguments_are_parted_at_outer_commas_only() {
        let found = only("fn create<F: Fn(A, B) -> C>(visit: Visit, (a, b): (A, B), map: Map<K, V>, f: F,) -> X {}");
        assert_eq!(found.arguments, ["visit: Visit", "(a, b): (A, B)", "map: Map<K, V>", "f: F"]);
    }

    #[test]
    fn signatures_without_a_body_have_no_length() {
        assert_eq!(only("trait T { fn go(&self) -> [u8; 4]; }").length, 0);
    }

    #[test]
    fn pointers_and_macro_patterns_are_not_functions() {
        assert_eq!(functions("type F = fn(u8) -> u8; macro_rules! m { () => { fn $name() {} } }"), []);
    }

    #[test]
    fn nested_functions_and_comparisons_in_bodies_do_not_confuse_the_count() {
        let found =
            functions("fn outer() {\n    fn inner() {}\n    while i < 3 { i += 1 }\n    a > b;\n}\nfn next() {}");
        let lengths: Vec<(&str, usize)> = found.iter().map(|f| (f.name.as_str(), f.length)).collect();
        assert_eq!(lengths, [("outer", 5), ("inner", 1), ("next", 1)]);
    }
}
