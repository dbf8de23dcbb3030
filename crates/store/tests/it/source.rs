//! The statements in the store's source: each stays inside one institution, and no table is forgotten.

use std::path::Path;

use crate::college::House;

/// Every text in quotation marks of the store's modules, migrations left out, that is a statement.
fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    // What several statements share, by the name of the constant that holds it.
    let mut beginnings = [
        ("{ENTRY}", "SELECT e.id, e.day", None),
        ("{LINE}", "SELECT t.id, t.stage", None),
        ("{LATELY}", "(SELECT institution, id, stage", None),
    ];
    for file in std::fs::read_dir(folder).expect("the source") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|end| end == "rs") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for text in texts(&std::fs::read_to_string(&path).expect("text")) {
                let starts = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "{ENTRY}", "{LINE}"];
                if let Some(begins) = beginnings.iter_mut().find(|(_, words, _)| text.starts_with(words)) {
                    begins.2 = Some(text);
                } else if starts.iter().any(|start| text.starts_with(start)) {
                    found.push((name.clone(), text));
                }
            }
        }
    }
    for (name, _, text) in beginnings {
        let text = text.unwrap_or_else(|| panic!("what {name} stands for has moved"));
        found.iter_mut().for_each(|(_, found)| *found = found.replace(name, &text));
    }
    found
}

/// The texts in quotation marks, line ends behind a backslash taken out.
fn texts(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let source = lines.join("\n");
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => {
                    if chars.next() == Some('\n') {
                        while chars.peek().is_some_and(|c| c.is_whitespace()) {
                            chars.next();
                        }
                    }
                }
                c => text.push(c),
            }
        }
        found.push(text);
    }
    found
}

#[test]
fn every_statement_stays_inside_one_institution() {
    let statements = statements();
    assert!(statements.len() > 100, "only {} found", statements.len());
    let outside = statements.iter().filter(|(file, text)| {
        // The two questions that are asked before the institution is known.
        let first = text.starts_with("SELECT institution, name, title_one")
            || text == "SELECT institution FROM set_up_step LIMIT 1";
        let inside = if text.starts_with("INSERT INTO") {
            text.contains("(institution, ") && {
                let chosen = text.contains(") SELECT p.institution, ") && text.contains("p.institution = $1");
                text.contains("VALUES ($1, ") || text.ends_with("VALUES") || chosen
            }
        } else {
            text.contains("institution = $1")
        };
        // Moving to another database takes every institution along, and so does making a working copy anew
        // from the keyring.
        let apart = ["transfer.rs", "keyring.rs"].contains(&file.as_str()) || COPY.contains(&file.as_str());
        !first && !inside && !apart
    });
    let outside: Vec<_> = outside.collect();
    assert!(outside.is_empty(), "{outside:#?}");
}

#[test]
fn every_join_keeps_to_the_institution() {
    let mut joins = 0;
    for (file, text) in statements() {
        for (before, join) in text.match_indices("JOIN ").map(|(at, word)| text.split_at(at + word.len())) {
            if before.ends_with("CROSS JOIN ") {
                // What ties these stands behind WHERE.
                let alias = join.split_whitespace().nth(1).unwrap_or_default();
                let tie = join.split_once(&format!(" {alias}.institution = ")).map_or("", |(_, rest)| rest);
                let with = tie.split_whitespace().next().unwrap_or_default();
                assert!(with.ends_with(".institution") && !with.starts_with(&format!("{alias}.")), "{file}: {join}");
                joins += 1;
                continue;
            }
            let join = join.split("JOIN ").next().unwrap_or_default();
            // Lines upwards and downwards, made inside the statement for one institution.
            if ["line ", "below "].iter().any(|made| join.starts_with(made)) {
                continue;
            }
            let on = join.split_once(" ON ").map_or("", |(_, on)| on);
            let first = on.split(" AND ").next().unwrap_or_default();
            let kept = first.matches(".institution").count() == 2 && first.contains(" = ");
            assert!(kept, "{file}: JOIN {join}");
            joins += 1;
        }
    }
    assert!(joins > 30, "only {joins} found");
}

/// PostgreSQL reads from left to right what kind of value a parameter is, and cannot tell it from `IS NULL`.
#[test]
fn no_parameter_is_asked_for_null_before_it_is_compared() {
    let mut asked = 0;
    for (file, text) in statements() {
        for (at, _) in text.match_indices(" IS NULL").chain(text.match_indices(" IS NOT NULL")) {
            let before = text.get(..at).unwrap_or_default();
            let parameter = before.split_whitespace().last().unwrap_or_default().trim_start_matches('(');
            if parameter.starts_with('$') {
                let first = before.find(parameter).unwrap_or_default() + parameter.len();
                assert!(first < at, "{file}: {parameter} in {text}");
                asked += 1;
            }
        }
    }
    assert!(asked > 0, "no statement asks a parameter for null any more: this test can go");
}

/// What stands between a parenthesis that has just been opened and the one that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// Where the working copy is made anew.
const COPY: [&str; 3] = ["working_copy.rs", "participants.rs", "entries.rs"];

#[test]
fn every_question_inside_a_statement_says_the_institution() {
    let mut questions = 0;
    // A working copy is made anew of every institution's rows.
    for (file, text) in statements().into_iter().filter(|(file, _)| !COPY.contains(&file.as_str())) {
        let inner = text.match_indices('(').map(|(at, _)| inside(&text[at + 1..]));
        for part in
            inner.filter(|inner| inner.trim_start().starts_with("SELECT")).flat_map(|inner| inner.split("UNION"))
        {
            let made = part.trim_end().ends_with("FROM line") || part.trim_end().ends_with("FROM below");
            let condition = part.split_once("WHERE").map_or("", |(_, condition)| condition);
            assert!(made || condition.contains("institution ="), "{file}: ({part})");
            questions += 1;
        }
    }
    assert!(questions >= 12, "only {questions} found");
}

#[tokio::test]
async fn every_table_is_reached_by_the_store() {
    let house = House::new().await;
    let statements = statements();
    let words =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect::<Vec<_>>();
    for table in house.sql().tables() {
        let reached = |what: &[&str]| {
            statements
                .iter()
                .any(|(_, text)| words(text).windows(2).any(|two| what.contains(&two[0].as_str()) && two[1] == table))
        };
        assert!(reached(&["INTO"]), "nothing is ever put into {table}");
        // What happened is kept for whoever looks into the folder.
        assert!(reached(&["FROM", "JOIN"]) || table == "event", "{table} is never read");
    }
}
