use proptest::prelude::*;

use super::*;
use crate::people::Role;

const TITLES: [&str; 17] = [
    "Name",
    "E-mail",
    "Job title",
    "Area",
    "Site",
    "Line manager",
    "Appraiser",
    "Roles",
    "Remitted hours",
    "Caseload hours",
    "Expertise",
    "Nominated areas",
    "Support hours",
    "Teaching",
    "About",
    "Teaches",
    "Room",
];

/// A sound college of four; tests spoil one cell of it.
fn college() -> Table {
    let lines = [
        "Helen Marsh|helen@college.example|Head of Professional Studies||North||| programme lead",
        "Dev Patel|dev@college.example|Head of Science|Science|North|helen@college.example||teacher; head of department",
        "Priya Nair|Priya@College.example|Professional Tutor|Science|North|Helen Marsh|Dev Patel|teacher; practitioner|150||\
         Questioning*; Maths in my subject*; questioning|Sport & Care; Science; Sport and care|Tue 10:30-11:30; Mon 15:00-16:00|\
         Mon 09:00-10:30 Maths L3|Asks good questions.|Maths, Level 2-5|B104",
        "Sam Okafor|sam@college.example|Lecturer|Sport & Care|South|dev@college.example||administrator; teacher; safeguarding lead",
        "李小龍|li@college.example|Lecturer|Sport and Care|South|dev@college.example||",
    ];
    table(&TITLES, &lines.map(|line| line.split('|').collect()))
}

fn table(titles: &[&str], lines: &[Vec<&str>]) -> Table {
    let cell = |text: &&str| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) };
    let rows = (2..).zip(lines).map(|(line, cells)| Row { line, cells: cells.iter().map(cell).collect() }).collect();
    Table { header: titles.iter().map(|&title| title.to_owned()).collect(), header_line: 1, rows, ..Table::default() }
}

fn place(title: &str) -> usize {
    TITLES.iter().position(|known| *known == title).unwrap()
}

/// The college with one cell changed; `line` as in the file.
fn with(changes: &[(u32, &str, Cell)]) -> Table {
    let mut table = college();
    for (line, title, cell) in changes {
        let row = table.rows.iter_mut().find(|row| row.line == *line).unwrap();
        row.cells.resize(TITLES.len(), Cell::Empty);
        row.cells[place(title)] = cell.clone();
    }
    table
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// The only error, as "line column: message".
fn only_error(table: &Table) -> String {
    let errors = read(table).unwrap_err();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    format!("{} {}: {}", errors[0].line, errors[0].column, errors[0].message)
}

#[test]
fn a_sound_file_becomes_a_college() {
    let Reading { staff, ignored, dropped, warnings } = read(&college()).unwrap();
    assert_eq!((ignored.len(), dropped.len(), warnings), (0, 0, Vec::<String>::new()));
    assert_eq!(staff.areas, ["Science", "Sport & Care"]);
    assert_eq!(staff.sites, ["North", "South"]);
    assert_eq!(staff.themes, ["Questioning", "Maths in my subject"]);
    let priya = &staff.people[2];
    assert_eq!((priya.manager, priya.appraiser, priya.area), (Some(0), Some(1), Some(0)));
    assert_eq!((priya.email.as_str(), priya.teaching.len()), ("priya@college.example", 1));
    let practice = priya.practice.as_ref().unwrap();
    assert_eq!((practice.remitted, practice.caseload), (Minutes::hours(150), Minutes::hours(773)));
    assert_eq!(practice.nominated, [1, 0]);
    assert_eq!(practice.expertise, [Expertise { theme: 0, leads: true }, Expertise { theme: 1, leads: true }]);
    assert_eq!(practice.support_hours.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Mon 15:00", "Tue 10:30"]);
    assert_eq!(staff.people[4].name, "李小龍");
    assert_eq!(staff.people[4].area, Some(1));
    assert!(staff.people[4].roles.has(Role::Teacher) && staff.people[4].practice.is_none());
}

#[test]
fn one_wrong_cell_gives_one_error_that_says_what_to_do() {
    let long = "x".repeat(601);
    for (line, title, cell, told) in [
        (6, "Name", Cell::Empty, "The name is missing"),
        (6, "Name", text("To\u{1}m"), "hidden control characters"),
        (6, "E-mail", Cell::Empty, "The e-mail address is missing"),
        (6, "E-mail", text("li@college"), "not an e-mail address"),
        (6, "Line manager", text("Nobody Known"), "Nobody in this file has this name"),
        (6, "Line manager", text("no.one@college.example"), "Nobody in this file has this e-mail address"),
        (6, "Line manager", text("LI@college.example"), "own line manager"),
        (6, "Appraiser", text("李小龍"), "own appraiser"),
        (6, "Roles", text("wizard"), "use teacher; practitioner; programme lead;"),
        (6, "Remitted hours", Cell::Number(10.0), "Only a practitioner has remitted hours"),
        (6, "Support hours", text("Tue 10:30-11:30"), "Only a practitioner has support hours"),
        (6, "Expertise", text("Questioning"), "Only a practitioner has expertise"),
        (6, "Nominated areas", text("Science"), "Only a practitioner has nominated areas"),
        (4, "Remitted hours", Cell::Empty, "A practitioner needs remitted hours"),
        (4, "Remitted hours", Cell::Number(0.0), "A practitioner needs remitted hours"),
        (4, "Remitted hours", Cell::Number(-3.0), "cannot be negative"),
        (4, "Remitted hours", Cell::Number(1600.5), "more than 1600 hours"),
        (4, "Remitted hours", Cell::Number(800.0), "more than the caseload of 773 h"),
        (4, "Remitted hours", text("plenty"), "not a number of hours"),
        (4, "Caseload hours", text("NaN"), "not a number of hours"),
        (4, "Expertise", text("Questioning; *"), "A star stands alone"),
        (4, "Nominated areas", text("Science; Sience"), "“Sience” is nobody's area"),
        (4, "Support hours", text("Tue afternoon"), "not a time of day"),
        (4, "Support hours", text("Tue 10:30-11:30; Tue 11:00-12:00"), "overlap: change one"),
        (4, "Support hours", text("Mon 10:00-11:00"), "overlaps the person's own teaching Mon 09:00-10:30"),
        (4, "Teaching", text("Maths on Monday"), "not a day of the week"),
        (4, "About", text(&long), "601 characters long: shorten it to 600"),
        (4, "Site", Cell::Formula, "paste it back as values"),
        (4, "Site", Cell::Bad("#N/A".to_owned()), "shows an error here"),
    ] {
        let error = only_error(&with(&[(line, title, cell)]));
        let column = format!("{title} ({})", letter(place(title)));
        assert!(error.starts_with(&format!("{line} {column}: ")) && error.contains(told), "{title}: {error}");
        assert!(error.ends_with('.'), "{error}");
    }
}

#[test]
fn every_error_is_told_and_in_the_order_of_the_file() {
    let table = with(&[
        (6, "E-mail", text("li")),
        (2, "Name", Cell::Empty),
        (4, "Roles", text("x")),
        (4, "Room", Cell::Formula),
    ]);
    let lines: Vec<u32> = read(&table).unwrap_err().iter().map(|error| error.line).collect();
    // Line 4 names Helen Marsh of line 2, whose name is now gone.
    assert_eq!(lines, [2, 4, 4, 4, 6]);
}

#[test]
fn the_same_address_twice_names_both_lines() {
    let told = only_error(&with(&[(6, "E-mail", text("SAM@college.example"))]));
    assert!(told.starts_with("6 E-mail (B): Lines 5 and 6 have the same e-mail address"), "{told}");
}

#[test]
fn the_same_name_twice_is_allowed_until_somebody_is_called_by_it() {
    let twins = [(6, "Name", text("Sam Okafor"))];
    assert!(read(&with(&twins)).is_ok());
    let told = only_error(&with(&[twins[0].clone(), (3, "Line manager", text("sam okafor"))]));
    assert!(
        told.contains("2 people have this name") && told.contains("sam@college.example, li@college.example"),
        "{told}"
    );
}

#[test]
fn a_circle_of_managers_is_told_once_with_everybody_in_it() {
    let told = only_error(&with(&[(2, "Line manager", text("Priya Nair"))]));
    assert_eq!(
        told,
        "2 Line manager (F): Line management goes round in a circle: Helen Marsh (line 2), Priya Nair (line 4). \
         Correct one of these line managers."
    );
}

#[test]
fn missing_and_doubled_columns_are_told_before_any_line_is_read() {
    let errors = read(&table(&["Name", "Full name", "Area"], &[vec!["?"]])).unwrap_err();
    let told: Vec<&str> = errors.iter().map(|error| error.column.as_str()).collect();
    assert_eq!(told, ["Full name (B)", "E-mail", "Line manager", "Roles"]);
    assert_eq!(errors[0].message, "This column and Name (A) both hold Name: delete one.");
}

#[test]
fn a_file_without_people_is_refused() {
    let mut empty = college();
    empty.rows.clear();
    assert!(only_error(&empty).contains("add one line for each person"));
}

#[test]
fn unknown_columns_are_ignored_and_private_ones_dropped_without_a_look() {
    let lines = [vec!["Ann", "ann@college.example", "Art", "", "", "123", "", "x"]];
    let mut sheet = table(&["Name", "E-mail", "Area", "Line manager", "Roles", "Phone", "Salary", ""], &lines);
    sheet.rows[0].cells[6] = Cell::Formula;
    let reading = read(&sheet).unwrap();
    assert_eq!(reading.ignored, ["Phone (F)", "(H)"]);
    assert_eq!(reading.dropped, ["Salary (G)"]);
    assert!(!format!("{:?}", reading.staff).contains("123"));
}

#[test]
fn first_and_last_names_may_stand_in_two_columns() {
    let titles = ["Surname", "Forename", "E-mail", "Area", "Line manager", "Roles"];
    let lines = [
        vec!["Evans", "Carys", "c@college.example"],
        vec!["", "Prince", "p@college.example"],
        vec!["", "", "n@college.example"],
    ];
    assert!(only_error(&table(&titles, &lines)).contains("The name is missing"));
    let staff = read(&table(&titles, &lines[..2])).unwrap().staff;
    assert_eq!(staff.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Carys Evans", "Prince"]);
}

#[test]
fn a_cell_too_many_is_told() {
    let mut long = college();
    long.rows[0].cells.resize(TITLES.len(), Cell::Empty);
    long.rows[0].cells.extend([Cell::Empty, text("left over")]);
    assert!(only_error(&long).contains("more cells than there are titles"));
}

#[test]
fn what_is_left_out_is_warned_of() {
    let titles = ["Name", "E-mail", "Area", "Line manager", "Roles"];
    let mut sheet =
        table(&titles, &[vec!["Ann", "ann@college.example"], vec!["Bo", "bo@college.example", "Art", "Ann"]]);
    sheet.note = Some("Read as Windows-1252.".to_owned());
    let warnings = read(&sheet).unwrap().warnings;
    for told in [
        "Read as Windows-1252.",
        "the role programme lead",
        "the role administrator",
        "the role practitioner",
        "the role safeguarding lead",
        "1 person who teaches or supports has no area",
        "has no line manager",
        "“Art” has only one person",
    ] {
        assert_eq!(warnings.iter().filter(|warning| warning.contains(told)).count(), 1, "{told}: {warnings:?}");
    }
    assert!(warnings[0].starts_with("Read as"));
}

#[test]
fn five_hundred_errors_are_told_and_the_rest_counted() {
    let lines: Vec<Vec<&str>> = (0..777).map(|_| vec!["Ann", "", "Art"]).collect();
    let errors = read(&table(&["Name", "E-mail", "Area", "Line manager", "Roles"], &lines)).unwrap_err();
    assert_eq!(errors.len(), 501);
    assert_eq!(
        (errors[500].line, errors[500].message.as_str()),
        (502, "And 277 more: put these right first, then read the file again.")
    );
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        Just(Cell::Formula),
        any::<f64>().prop_map(Cell::Number),
        "\\PC{0,12}".prop_map(Cell::Text),
        prop::sample::select(vec![
            "a@b.example",
            "c@b.example",
            "Ann",
            "practitioner",
            "150",
            "Art*; Ann",
            "Tue 10:00-11:00"
        ])
        .prop_map(text),
    ]
}

proptest! {
    #[test]
    fn no_table_brings_the_reader_down_and_what_is_taken_hangs_together(
        cells in prop::collection::vec(prop::collection::vec(any_cell(), 0..19), 0..6)
    ) {
        let rows = (2..).zip(cells).map(|(line, cells)| Row { line, cells }).collect();
        if let Ok(Reading { staff, .. }) = read(&Table { rows, ..college() }) {
            for person in &staff.people {
                prop_assert!(!person.name.is_empty() && person.roles != Roles::NONE);
                prop_assert_eq!(person.practice.is_some(), person.roles.has(Role::Practitioner));
                let chain = std::iter::successors(person.manager, |above| staff.people[*above].manager);
                prop_assert!(chain.take(10).count() < 10);
            }
        }
    }
}
