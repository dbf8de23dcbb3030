//! The rules of `docs/rules` with the rows they come from.

use super::rows::ids;
use crate::tidy::Text;
use crate::tidy::rules::defined;
use std::collections::BTreeSet;

/// A rule and the rows it carries out.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Such as `R-SUP-1`.
    pub rule: String,
    /// The page that tells it, from the root.
    pub page: String,
    /// The rows it ends with; those its page names for all its rules when it has none of its own.
    pub rows: BTreeSet<String>,
}

/// Every rule, page by page, in the order of the page.
pub fn told(texts: &[Text]) -> Vec<Told> {
    texts.iter().filter(|text| text.path.starts_with("docs/rules/")).flat_map(on_page).collect()
}

fn on_page(text: &Text) -> Vec<Told> {
    let lines: Vec<&str> = text.text.lines().collect();
    let rules = defined(&text.text);
    let first = rules.first().map_or(lines.len(), |(_, line)| line - 1);
    let general = general(lines.get(..first).unwrap_or_default());
    let rule = |(rule, line): &(String, usize)| {
        let starts = |at: usize| rules.iter().any(|(_, line)| *line == at);
        let rest = (*line..).zip(lines.iter().skip(*line));
        let own = rest.take_while(|(at, text)| !text.trim().is_empty() && !text.starts_with('#') && !starts(at + 1));
        let own = lines.get(line - 1).into_iter().chain(own.map(|(_, text)| text));
        let rows: BTreeSet<String> = own.flat_map(|text| ids(text)).map(String::from).collect();
        let rows = if rows.is_empty() { general.clone() } else { rows };
        Told { rule: rule.clone(), page: text.path.clone(), rows }
    };
    rules.iter().map(rule).collect()
}

/// The rows after "Row:" or "Rows:" above the first rule.
fn general(lines: &[&str]) -> BTreeSet<String> {
    let above = lines.join(" ");
    let named = above.split_once("Rows: ").or_else(|| above.split_once("Row: ")).or_else(|| above.split_once("rows: "));
    named.map(|(_, rest)| ids(rest).map(String::from).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(page: &str) -> Vec<(String, Vec<String>)> {
        let told = told(&[Text::new("docs/rules/a.md", page)]);
        told.into_iter().map(|told| (told.rule, told.rows.into_iter().collect())).collect()
    }

    fn expected(rules: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        rules.iter().map(|(rule, rows)| (rule.to_string(), rows.iter().map(|row| row.to_string()).collect())).collect()
    }

    #[test]
    fn a_rule_has_the_rows_it_ends_with_on_whichever_line() {
        let page = "# A\n\n- **R-AAA-1** One *(REF-01,\n  REF-02)*\n- **R-AAA-2** Two. *(CON-01)*\n\n## More (TIM-01)\n\n- **R-AAA-3** Three.\n\nSee TIM-02.\n";
        let wanted: [(&str, &[&str]); 3] =
            [("R-AAA-1", &["REF-01", "REF-02"]), ("R-AAA-2", &["CON-01"]), ("R-AAA-3", &[])];
        assert_eq!(rows(page), expected(&wanted));
    }

    #[test]
    fn rows_of_a_whole_page_are_those_of_rules_that_name_none() {
        let page =
            "# A\n\nLetters like REF-09. Rows: CON-01,\nCON-02.\n\n- **R-AAA-1** One.\n- **R-AAA-2** Two. *(REF-01)*\n";
        let wanted: [(&str, &[&str]); 2] = [("R-AAA-1", &["CON-01", "CON-02"]), ("R-AAA-2", &["REF-01"])];
        assert_eq!(rows(page), expected(&wanted));
    }
}
