//! Rows: `docs/requirements.md` is up to date, and nothing cites a row that the list does not have.

use super::links::prose;
use super::{Text, Untidy};
use crate::requirements::rows::{self, Rows};
use crate::requirements::{LIST, PAGE, shown, told, written};

/// Checks the list, the page, the rules and the tests; a repository without a list has no rows to check.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let Some(list) = texts.iter().find(|text| text.path == LIST) else { return Vec::new() };
    let rows = match rows::read(&list.text) {
        Ok(rows) => rows,
        Err((line, what)) => return vec![Untidy::new(LIST, line, what)],
    };
    let mut found = unknown(texts, &rows);
    found.extend(untested(texts));
    let page = texts.iter().find(|text| text.path == PAGE);
    if page.is_none_or(|page| page.text != written(texts, &rows).0) {
        found.push(Untidy::new(PAGE, 0, "is out of date: `cargo xtask requirements` writes it anew"));
    }
    found
}

/// Rows that a rule or a test names and the list does not have.
fn unknown(texts: &[Text], rows: &Rows) -> Vec<Untidy> {
    let mut found = Vec::new();
    for page in texts.iter().filter(|text| text.path.starts_with("docs/rules/")) {
        for (line, text) in (1..).zip(prose(&page.text)) {
            let strange = rows::ids(&text).filter(|id| !rows.has(id));
            found.extend(strange.map(|id| Untidy::new(&page.path, line, format!("the row {id} is not in {LIST}"))));
        }
    }
    for test in shown::tests(texts) {
        let strange = test.rows.iter().filter(|id| !rows.has(id));
        let told = |id| format!("the test \"{}\" names the row {id}, which is not in {LIST}", test.sentence);
        found.extend(strange.map(|id| Untidy::new(&test.path, 0, told(id))));
    }
    found
}

/// Rules that a test file mentions, but no test of it: nothing would show them.
fn untested(texts: &[Text]) -> Vec<Untidy> {
    let tests = shown::tests(texts);
    let nowhere = |told: &told::Told| !tests.iter().any(|test| test.rules.contains(&told.rule));
    let what = "is named by no test: write it into the comment above one";
    let alone = told::told(texts).into_iter().filter(nowhere);
    alone.map(|told| Untidy::new(&told.page, 0, format!("{} {what}", told.rule))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: (&str, &str) = (LIST, "# Asking\nREF-01 | Everybody asks\n");

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<Text> = files.iter().map(|(path, text)| Text::new(path, text)).collect();
        check(&texts).into_iter().map(|untidy| format!("{}:{} {}", untidy.file, untidy.line, untidy.what)).collect()
    }

    fn up_to_date(files: &[(&str, &str)]) -> String {
        let texts: Vec<Text> = files.iter().map(|(path, text)| Text::new(path, text)).collect();
        written(&texts, &rows::read(LISTED.1).unwrap()).0
    }

    #[test]
    fn a_page_that_is_out_of_date_is_told_with_the_command_that_writes_it() {
        let out_of_date = "docs/requirements.md:0 is out of date: `cargo xtask requirements` writes it anew";
        assert_eq!(told(&[LISTED]), [out_of_date]);
        assert_eq!(told(&[LISTED, (PAGE, "# Old\n")]), [out_of_date]);
        let now = up_to_date(&[LISTED]);
        assert_eq!(told(&[LISTED, (PAGE, &now)]), Vec::<String>::new());
        let rule = ("docs/rules/a.md", "**R-AAA-1** All. *(REF-01)*\n");
        let test = ("crates/a/tests/t.rs", "/// R-AAA-1\n#[test]\nfn all_ask() {}\n");
        assert_eq!(told(&[LISTED, rule, test, (PAGE, &now)]), [out_of_date]);
        let now = up_to_date(&[LISTED, rule, test]);
        assert_eq!(told(&[LISTED, rule, test, (PAGE, &now)]), Vec::<String>::new());
    }

    #[test]
    fn rows_that_nobody_listed_are_told_where_they_are_cited() {
        let rule = ("docs/rules/a.md", "# A\n\n**R-AAA-1** All. *(REF-02)*\n");
        let test = ("crates/a/tests/t.rs", "/// R-AAA-1, REF-03\n#[test]\nfn all_ask() {}\n");
        let now = up_to_date(&[LISTED, rule, test]);
        let wanted = [
            "docs/rules/a.md:3 the row REF-02 is not in docs/requirements.txt",
            "crates/a/tests/t.rs:0 the test \"all ask\" names the row REF-03, which is not in docs/requirements.txt",
        ];
        assert_eq!(told(&[LISTED, rule, test, (PAGE, &now)]), wanted);
    }

    #[test]
    fn a_rule_that_stands_beside_the_tests_only_is_shown_by_none() {
        let rule = ("docs/rules/a.md", "**R-AAA-1** All. *(REF-01)*\n");
        let test = ("crates/a/tests/t.rs", "//! R-AAA-1\n\n#[test]\nfn all_ask() {}\n");
        let now = up_to_date(&[LISTED, rule, test]);
        let wanted = "docs/rules/a.md:0 R-AAA-1 is named by no test: write it into the comment above one";
        assert_eq!(told(&[LISTED, rule, test, (PAGE, &now)]), [wanted]);
    }

    #[test]
    fn a_mistake_in_the_list_is_told_with_its_line() {
        let found = told(&[(LIST, "# A\nREF-01\n")]);
        assert_eq!(found, ["docs/requirements.txt:2 write a row as `REF-02 | what it asks`"]);
    }
}
