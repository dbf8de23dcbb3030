//! Sizes and names: files, functions and handlers stay small, and no file has a name that says nothing.

use super::functions::{Function, functions};
use super::{Text, Untidy};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 70;
const HANDLER_ARGUMENTS: usize = 3;
const NAMES_THAT_SAY_NOTHING: [&str; 5] = ["utils", "helpers", "manager", "service", "common"];

/// Checks every Rust file.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    texts.iter().flat_map(check_one).collect()
}

fn check_one(text: &Text) -> Vec<Untidy> {
    let Some(rust) = &text.rust else { return Vec::new() };
    let mut found = Vec::new();
    let lines = text.text.lines().count();
    if lines > FILE_LINES {
        found.push(Untidy::new(&text.path, 0, format!("{lines} lines: part it, {FILE_LINES} is the most")));
    }
    if let Some(name) = text.path.trim_end_matches(".rs").split('/').find(|name| NAMES_THAT_SAY_NOTHING.contains(name))
    {
        found.push(Untidy::new(&text.path, 0, format!("`{name}` says nothing: name the file after what it knows")));
    }
    let handlers = text.path.starts_with("crates/server/src/pages/");
    for function in functions(&rust.code) {
        found.extend(check_function(&text.path, &function, handlers));
    }
    found
}

fn check_function(path: &str, function: &Function, handlers: bool) -> Vec<Untidy> {
    let Function { name, line, length, arguments } = function;
    let mut found = Vec::new();
    if *length > FUNCTION_LINES {
        let what = format!("`{name}` has {length} lines: part it, {FUNCTION_LINES} is the most");
        found.push(Untidy::new(path, *line, what));
    }
    let is_handler = handlers && arguments.iter().any(|argument| takes_visit(argument));
    if is_handler && arguments.len() > HANDLER_ARGUMENTS {
        let count = arguments.len();
        let what = format!("the handler `{name}` takes {count} arguments, {HANDLER_ARGUMENTS} is the most");
        found.push(Untidy::new(path, *line, what));
    }
    found
}

/// Whether an argument's type is `Visit`, owned or borrowed.
fn takes_visit(argument: &str) -> bool {
    argument.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "Visit")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        check(&[Text::new(path, text)]).into_iter().map(|untidy| untidy.what).collect()
    }

    #[test]
    fn a_file_of_401_lines_is_too_long_and_one_of_400_is_not() {
        assert_eq!(told("crates/a/src/lib.rs", &"\n".repeat(400)), Vec::<String>::new());
        assert_eq!(told("crates/a/src/lib.rs", &"\n".repeat(401)), ["401 lines: part it, 400 is the most"]);
    }

    #[test]
    fn a_function_of_71_lines_is_too_long_even_when_braces_stand_in_strings() {
        let body = |lines: usize| format!("fn long() {{\n{}}}\n", "    say(\"}\");\n".repeat(lines));
        assert_eq!(told("crates/a/src/lib.rs", &body(68)), Vec::<String>::new());
        assert_eq!(told("crates/a/src/lib.rs", &body(69)), ["`long` has 71 lines: part it, 70 is the most"]);
    }

    #[test]
    fn a_handler_takes_at_most_three_arguments() {
        let text = "pub async fn create(visit: Visit, id: Path<Id>, query: Query<Q>, form: Form<F>) -> Page {}";
        let what = ["the handler `create` takes 4 arguments, 3 is the most"];
        assert_eq!(told("crates/server/src/pages/support.rs", text), what);
        assert_eq!(told("crates/server/src/mail.rs", text), Vec::<String>::new());
        assert_eq!(told("crates/server/src/pages/a.rs", "fn f(a: A, b: Visitor, c: C, d: D) {}"), Vec::<String>::new());
    }

    #[test]
    fn names_that_say_nothing_are_refused_for_files_and_folders() {
        assert_eq!(told("crates/a/src/utils.rs", "").len(), 1);
        assert_eq!(told("crates/a/src/common/x.rs", "").len(), 1);
        assert_eq!(told("crates/a/src/uncommon.rs", ""), Vec::<String>::new());
    }
}
