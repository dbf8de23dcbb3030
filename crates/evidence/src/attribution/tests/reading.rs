//! Files with something wrong in them.

use proptest::prelude::*;

use super::*;

const HEADING: &str = "unit,period,outcome,first_treat\n";

fn wrong(text: &str) -> String {
    attribute(text, &Options::default()).unwrap_err().to_string()
}

/// R-CAU-1
#[test]
fn each_mistake_is_told_with_its_line_and_what_to_do() {
    let with = |lines: &str| wrong(&format!("{HEADING}{lines}"));
    assert_eq!(wrong(""), "The column “unit” is missing: name it in the first line.");
    assert_eq!(
        wrong("unit,period,outcome\na,1,2\n"),
        "The column “first_treat” is missing: name it in the first line."
    );
    assert_eq!(with(""), "The file has no lines of data: add one line for each unit and period.");
    let cells = "Line 3 cannot be read as comma-separated values: give it as many cells as the heading.";
    assert_eq!(with("a,1,2,0\na,2,2\n"), cells);
    assert_eq!(with("a,1,2,0\n,2,2,0\n"), "Line 3: “unit” is empty; fill it in.");
    assert_eq!(with("a,1,2,\n"), "Line 2: “first_treat” is empty; fill it in.");
    let number = "Line 3: “about 70” in “outcome” is not a number; write digits with a point for decimals.";
    assert_eq!(with("a,1,2,0\na,2,about 70,0\n"), number);
    assert_eq!(with("a,1,NaN,0\n"), number.replace("about 70", "NaN").replace("Line 3", "Line 2"));
    let whole = "Line 2: “Spring” in “period” is not a whole number; number the periods 1, 2, 3 and so on.";
    assert_eq!(with("a,Spring,2,0\n"), whole);
    let twice = "Line 3: “a” has period 1 already; keep one of the two lines.";
    assert_eq!(with("a,1,2,0\na,1,2,0\n"), twice);
    let begins = "Line 3: “a” began in 0 on an earlier line and in 2 here; a unit begins once.";
    assert_eq!(with("a,1,2,0\na,2,2,2\n"), begins);
    let learners = "unit,period,outcome,first_treat,n\na,1,2,0,-4\n";
    assert_eq!(wrong(learners), "Line 2: “learners” is below zero; write 0 or more.");
    assert_eq!(with("a,1,2,-1\n"), "Line 2: “first_treat” is below zero; write 0 or more.");
    let columns = "unit,period,outcome,first_treat,n,learners\na,1,2,0,4,4\n";
    assert_eq!(wrong(columns), "The column “learners” is there twice: keep one of the two.");
}

/// R-CAU-1
#[test]
fn percentages_over_100_are_refused_where_the_column_says_so() {
    let text = "unit,period,outcome_percent,first_treat\na,1,99.5,0\na,2,100.5,0\n";
    assert_eq!(wrong(text), "Line 3: 100.5 is no percentage; it must lie between 0 and 100.");
    assert!(attribute(&text.replace("outcome_percent", "outcome"), &Options::default()).is_ok());
}

fn college() -> String {
    let starts: Vec<usize> = (0..12).map(|unit| [0, 4, 6][unit % 3]).collect();
    file(&starts, 9, |unit, period| 60.0 + noise((unit * 100 + period) as u64))
}

/// R-CAU-2
#[test]
fn a_unit_with_a_missing_cell_is_left_out_and_many_missing_cells_are_refused() {
    let whole = college();
    let lines: Vec<&str> = whole.lines().collect();
    let without = |from: usize, to: usize| [&lines[..from], &lines[to..]].concat().join("\n");
    let one = did(&without(12, 13), &Options { lot: true, ..Options::default() });
    assert_eq!(one.left_out, ["area01"]);
    assert!(one.att_gt.iter().any(|cell| cell.group == 4 && cell.n_treated == 3));
    let blank = whole.replacen(lines[12], "area01,3,,4", 1);
    assert_eq!(did(&blank, &Options::default()).left_out, ["area01"]);
    let many = refused(&without(12, 24), &Options::default());
    assert_eq!(many.reasons, ["missing_cells>10%"]);
    assert!(many.sentence.contains("more than a tenth of the cells are missing"), "{}", many.sentence);
}

/// R-CAU-2
#[test]
fn the_order_of_lines_and_columns_and_a_mark_at_the_beginning_do_not_matter() {
    let whole = college();
    let mut lines: Vec<&str> = whole.lines().skip(1).collect();
    lines.reverse();
    let turned = format!("\u{feff}{HEADING}{}\n", lines.join("\r\n"));
    assert_eq!(did(&turned, &Options::default()), did(&whole, &Options::default()));
}

/// R-CAU-9
#[test]
fn too_little_is_refused_with_the_reason() {
    let codes = |starts: &[usize], periods| {
        let text = file(starts, periods, |unit, period| noise((unit * 100 + period) as u64));
        refused(&text, &Options::default()).reasons
    };
    assert_eq!(codes(&[4], 6), ["units<8", "treated_units<3", "control_units<3", "smallest_possible_p=1/1>0.05"]);
    assert_eq!(codes(&[4; 12], 9), ["control_units<3", "smallest_possible_p=1/1>0.05"], "all at once");
    assert_eq!(codes(&[4, 4, 4, 4, 6, 6, 6, 6], 9), ["control_units<3"], "nobody is left in the end");
    assert_eq!(codes(&[2, 2, 2, 2, 0, 0, 0, 0], 6), ["pre_periods<2"]);
    assert_eq!(codes(&[4, 4, 0, 0, 0, 0, 0, 0], 6), ["treated_units<3"]);
    let few = college().replace("first_treat\n", "first_treat,learners\n");
    let few: String = few
        .lines()
        .map(|line| if line.starts_with("area") { format!("{line},9\n") } else { format!("{line}\n") })
        .collect();
    assert_eq!(refused(&few, &Options::default()).reasons, ["learners<10"]);
    assert!(matches!(attribute(&few.replace(",9\n", ",10\n"), &Options::default()), Ok(Answer::Did(_))));
    let same = file(&[4, 4, 4, 4, 0, 0, 0, 0], 9, |_, period| period as f64);
    assert_eq!(refused(&same, &Options::default()).reasons, ["nothing_varies"]);
    let sentence = refused(&file(&[4, 4, 4, 4, 6, 6, 6, 6], 9, |unit, _| unit as f64), &Options::default()).sentence;
    assert!(
        sentence.starts_with("Too little data to compare. Here are the lines. Why: in period 6 there are 0 areas"),
        "{sentence}"
    );
}

proptest! {
    /// R-CAU-1
    #[test]
    fn whatever_the_file_says_there_is_an_answer_or_a_sentence(
        rows in prop::collection::vec("[ab],(1|2|x|),(3|-1|1e999|é|),(0|2|)(,1)?", 0..12),
        method in 0..3_usize,
    ) {
        let method = [Method::Did, Method::Dose, Method::Its][method];
        for heading in ["unit,period,outcome,first_treat", "unit,period,outcome,dose", "\"", ""] {
            let text = format!("{heading}\n{}", rows.join("\n"));
            match attribute(&text, &Options { method, ..Options::default() }) {
                Ok(answer) => prop_assert_eq!(answer.level(), 0),
                Err(error) => prop_assert!(error.to_string().ends_with('.')),
            }
        }
    }
}
