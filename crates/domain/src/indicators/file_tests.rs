use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn area() -> AreaId {
    "0190b1a0-0000-7000-8000-000000000001".parse().unwrap()
}

fn terms() -> Vec<((i16, i64), String, Term)> {
    let term = |name: &str, starts, ends| Term { name: name.into(), starts: day(starts), ends: day(ends) };
    vec![
        ((2026, 1), "Autumn term 2026".to_owned(), term("Autumn term", "2026-09-07", "2026-12-18")),
        ((2025, 3), "Summer term 2026".to_owned(), term("Summer term", "2026-04-13", "2026-06-26")),
    ]
}

fn text(it: String) -> Cell {
    if it.is_empty() { Cell::Empty } else { Cell::Text(it) }
}

fn table(lines: &[&str]) -> Table {
    let cells = |line: &&str| line.split('|').map(|it| text(it.to_owned())).collect::<Vec<_>>();
    let row = |(at, line): (usize, &&str)| Row { line: u32::try_from(at).unwrap() + 2, cells: cells(line) };
    let header = ["Indicator", "Term", "Area", "Group", "Counted", "Of"].map(str::to_owned).to_vec();
    Table { header, header_line: 1, rows: lines.iter().enumerate().map(row).collect(), ..Table::default() }
}

fn said(table: &Table, figures: &[Figure], today: &str) -> Result<Lines, NoFigures> {
    let (terms, areas) = (terms(), [(area(), "Health & Care".to_owned())]);
    read(table, Known { terms: &terms, areas: &areas, figures, today: day(today) })
}

/// What is wrong with the only line.
fn wrong(line: &str) -> String {
    let lines = said(&table(&[line]), &[], "2027-01-11").unwrap();
    lines.all[0].found.clone().unwrap_err().join(" ")
}

fn figure(indicator: Indicator, (counted, of): (i64, i64), entered: &str) -> Figure {
    Figure { place: Place { indicator, term: (2026, 1), area: None, group: None }, counted, of, entered: day(entered) }
}

/// R-FIG-10
#[test]
fn a_line_is_read_by_words_or_codes_and_numbers_as_people_write_them() {
    let lines = [
        "Attendance|Autumn term 2026||| 92,640 |104,880",
        "attendance|2025-3|health & care||915|1000",
        "Achievement|Summer term 2026|Whole college|women|90|120",
        "Success rate|autumn TERM 2026|||1 204|2 000",
        "Punctuality|Autumn term 2026||||",
    ];
    let lines = said(&table(&lines), &[], "2027-01-11").unwrap();
    assert_eq!((lines.all.len(), lines.blank), (4, 1));
    let all: Vec<Figure> = lines.all.iter().map(|line| line.found.clone().unwrap().0).collect();
    assert_eq!((all[0].counted, all[0].of, all[0].place.term), (92_640, 104_880, (2026, 1)));
    assert_eq!((all[1].place.area, all[1].place.term), (Some(area()), (2025, 3)));
    assert_eq!(all[2].place.group, Some(Group::Women));
    assert_eq!((all[3].counted, all[3].place.indicator), (1_204, Indicator::Success));
}

/// R-FIG-10
#[test]
fn whatever_cannot_be_read_has_a_sentence_that_says_what_to_do() {
    for (line, sentence) in [
        ("Morale|Autumn term 2026|||90|100", "There is no indicator “Morale”. The template lists them all."),
        ("|Autumn term 2026|||90|100", "Indicator is empty"),
        ("Attendance|Autumn term 2030|||90|100", "“Autumn term 2030” is no term that is over"),
        ("Attendance||||90|100", "Term is empty. Write it like “Autumn term 2026” or 2026-1."),
        ("Attendance|2026-1|Plumbing||90|100", "No area is called “Plumbing”."),
        ("Achievement|2026-1||left-handed|90|100", "There is no group “left-handed”. There are “Women”, “Men”"),
        ("Attendance|2026-1||women|90|100", "Groups are told apart only where learners are counted one by one"),
        ("Attendance|2026-1|||thirty|100", "Counted: “thirty” is no whole number."),
        ("Attendance|2026-1|||91 %|100", "not per cent"),
        ("Attendance|2026-1|||0.91|1", "“0.91” is no whole number"),
        ("Attendance|2026-1|||1,2|100", "“1,2” is no whole number"),
        ("Attendance|2026-1|||-3|100", "“-3” is no whole number"),
        ("Attendance|2026-1|||90|", "Of is empty"),
        ("Attendance|2026-1|||5|99999999999", "more than anybody counts"),
        ("Attendance|2026-1|||105|100", "105 of 100 is more than 100 per cent"),
        ("Achievement|2026-1|Health & Care||4|9", "Of fewer than 10 nothing is held"),
        ("Teaching staff who stayed|2026-1|Health & Care||20|26", "for the whole college only. Leave Area empty."),
    ] {
        assert!(wrong(line).contains(sentence), "{line}: {}", wrong(line));
    }
    let both = wrong("Morale|then|||x|y");
    assert!(both.contains("Morale") && both.contains("then") && both.contains("“x”") && both.contains("“y”"), "{both}");
    let mut dated = table(&["Attendance|2026-1|||90|100"]);
    dated.rows[0].cells[1] = Cell::Date;
    dated.rows[0].cells[4] = Cell::Formula;
    let sentences = said(&dated, &[], "2027-01-11").unwrap().all[0].found.clone().unwrap_err();
    assert!(sentences[0].contains("has made a day of the term") && sentences[1].contains("paste it as values"));
}

/// R-FIG-10
#[test]
fn a_figure_stands_once_in_a_file_and_says_what_it_replaces() {
    let before = [
        figure(Indicator::Attendance, (900, 1_000), "2027-01-10"),
        figure(Indicator::Success, (90, 100), "2027-01-10"),
        figure(Indicator::Retention, (31, 40), "2027-01-10"),
        figure(Indicator::Sickness, (31, 40), "2027-01-11"),
    ];
    let lines = [
        "Attendance|2026-1|||915|1000",
        "Attendance|Autumn term 2026|||915|1000",
        "Success rate|2026-1|||90|100",
        "Teaching staff who stayed|2026-1|||31|40",
        "Teaching staff absent through sickness|2026-1|||31|40",
    ];
    let found = said(&table(&lines), &before, "2027-01-11").unwrap().all;
    assert_eq!(found[0].found.clone().unwrap().1, Does::Replaces(before[0]));
    let (now, was) = found[0].shown().unwrap();
    assert_eq!((now.words(), was.unwrap().words()), ("92 % of 1,000".to_owned(), "90 % of 1,000".to_owned()));
    let sentence = |at: usize| found[at].found.clone().unwrap_err().join(" ");
    assert!(sentence(1).contains("line 2 already: keep one of the two"), "{}", sentence(1));
    assert_eq!(found[2].found.clone().unwrap().1, Does::Nothing);
    // R-FIG-2: the one number between the ends of a range cannot be found by trying.
    assert!(sentence(3).contains("stands") && sentence(3).contains("Delete this line."), "{}", sentence(3));
    assert_eq!(found[4].found.clone().unwrap().1, Does::Replaces(before[3]));
}

/// R-FIG-10
#[test]
fn a_file_without_its_columns_without_figures_or_with_too_many_is_refused() {
    let mut other = table(&["Attendance|2026-1|||90|100"]);
    other.header[1] = "When".to_owned();
    assert_eq!(said(&other, &[], "2027-01-11"), Err(NoFigures::Column("Term")));
    assert_eq!(said(&table(&["Attendance|2026-1||||"]), &[], "2027-01-11"), Err(NoFigures::None));
    let many = vec!["Attendance|2026-1|||90|100"; MOST_LINES + 1];
    assert_eq!(said(&table(&many), &[], "2027-01-11"), Err(NoFigures::TooMany));
    assert!(said(&table(&many[1..]), &[], "2027-01-11").is_ok());
    let mut below = table(&["Indicator|Term|Area|Group|Counted|Of|Who", "Attendance|2026-1|||90|100|x"]);
    below.header = vec!["Figures of the autumn".to_owned()];
    let lines = said(&below, &[], "2027-01-11").unwrap();
    assert_eq!((lines.all.len(), lines.ignored), (1, vec!["Who".to_owned()]));
}

/// R-FIG-11
#[test]
fn lines_go_out_with_the_form_and_come_back_as_they_were() {
    let place =
        Place { indicator: Indicator::Success, term: (2025, 3), area: Some(area()), group: Some(Group::NoBursary) };
    let entries = [
        Entry { line: 2, place, counts: (90, 100) },
        Entry { line: 7, place: Place { area: None, group: None, ..place }, counts: (0, 10) },
    ];
    assert_eq!(parsed(&written(&entries)), Some(entries.to_vec()));
    for broken in [
        "",
        "x",
        "1.success.2025.3...90",
        "1.morale.2025.3...90.100",
        "1.success.2025.3.x..90.100",
        "1.success.2025.3...90.100.7",
    ] {
        assert_eq!(parsed(broken), None, "{broken}");
    }
    let terms = terms();
    let known = Known { terms: &terms, areas: &[], figures: &[], today: day("2027-01-11") };
    let twice = again(&[entries[0], entries[0]], known);
    assert!(twice[0].found.is_ok() && twice[1].found.is_err());
}

/// R-FIG-10
#[test]
fn the_template_is_a_file_with_every_indicator_and_no_figure() {
    let text = template("Summer term 2026");
    let lines: Vec<String> =
        text.trim_start_matches('\u{feff}').lines().skip(1).map(|it| it.replace(',', "|")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(said(&table(&lines), &[], "2027-01-11"), Err(NoFigures::None));
    let filled: Vec<String> = lines.iter().map(|line| format!("{}20|40", line.strip_suffix('|').unwrap())).collect();
    let filled: Vec<&str> = filled.iter().map(String::as_str).collect();
    let found = said(&table(&filled), &[], "2027-01-11").unwrap().all;
    assert_eq!(found.len(), Indicator::ALL.len() + 2);
    assert!(found.iter().all(|line| line.found.is_ok()), "{found:?}");
}
