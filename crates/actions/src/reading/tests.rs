use std::io::{Cursor, Write};

use super::*;

/// A ZIP file of these parts.
fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

/// A workbook with a hidden sheet before the one with these cells, and one after it.
fn workbook(cells: &str) -> Vec<u8> {
    workbook_with("visible", cells, &[])
}

/// The same, where the other two sheets are in this state and these parts are added.
fn workbook_with(state: &str, cells: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let sheets = format!(
        r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
        <sheet name="Old" sheetId="1" state="hidden" r:id="h"/><sheet name="Staff" sheetId="2" state="{state}" r:id="s"/>
        <sheet name="Notes" sheetId="3" state="{state}" r:id="n"/></sheets></workbook>"#
    );
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    workbook_parts(&sheets, &sheet, more)
}

/// A workbook whose only visible sheet is this one.
fn workbook_of(sheet: &str) -> Vec<u8> {
    let sheets = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
        <sheet name="Staff" sheetId="2" r:id="s"/></sheets></workbook>"#;
    workbook_parts(sheets, sheet, &[])
}

fn workbook_parts(sheets: &str, sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let parts = [
        TYPES,
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        ("xl/workbook.xml", sheets),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="h" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/h.xml"/>
            <Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/>
            <Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/h.xml"/></Relationships>"#,
        ),
        ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/h.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/s.xml", sheet),
    ];
    zip(&[&parts, more].concat())
}

fn said(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn why(bytes: &[u8]) -> Why {
    table("staff", bytes).unwrap_err().why
}

#[test]
fn the_first_visible_sheet_is_read_and_each_kind_of_cell_is_told_apart() {
    let cells = format!(
        r#"<row r="1"></row><row r="2">{}{}</row>
        <row r="4">{}<c r="B4"><v>150</v></c><c r="C4"><f>1+1</f><v>2</v></c><c r="D4" t="e"><v>#N/A</v></c><c r="E4" s="1"><v>45000</v></c>
        <c r="F4" t="b"><v>1</v></c><c r="G4" t="inlineStr"><is><t> </t></is></c></row>"#,
        said("A2", "Name"),
        said("B2", "Hours "),
        said("A4", "Zoë"),
    );
    let table = table("staff.xlsx", &workbook(&cells)).unwrap();
    assert_eq!((table.header, table.header_line), (vec!["Name".to_owned(), "Hours".to_owned()], 2));
    let bad = |text: &str| Cell::Bad(text.to_owned());
    assert_eq!(
        table.rows,
        [Row {
            line: 4,
            cells: vec![written("Zoë"), Cell::Number(150.0), Cell::Formula, bad("#N/A"), Cell::Date, written("TRUE")]
        }]
    );
    assert_eq!(
        table.note.as_deref(),
        Some("Only the first visible sheet, “Staff”, was read; hidden sheets are not looked at.")
    );
}

/// R-FIG-10
#[test]
fn figures_are_read_out_of_a_workbook_as_out_of_text() {
    use domain::indicators::file::{Known, NoFigures, read};
    use domain::period::Term;
    let titles = ["Indicator", "Term", "Counted", "Of"].into_iter().zip(["A1", "B1", "C1", "D1"]);
    let titles: String = titles.map(|(title, place)| said(place, title)).collect();
    let line = |counted: &str| {
        let (what, term) = (said("A2", "Attendance"), said("B2", "Autumn term 2026"));
        let row = format!(r#"<row r="2">{what}{term}{counted}<c r="D2"><v>1000</v></c></row>"#);
        table("figures.xlsx", &workbook(&format!(r#"<row r="1">{titles}</row>{row}"#))).unwrap()
    };
    let day = |text: &str| text.parse().unwrap();
    let term = Term { name: "Autumn term".into(), starts: day("2026-09-07"), ends: day("2026-12-18") };
    let terms = [((2026, 1), "Autumn term 2026".to_owned(), term)];
    let known = Known { terms: &terms, areas: &[], figures: &[], today: day("2027-01-11") };
    let said = |counted: &str| read(&line(counted), known).map(|lines| lines.all[0].found.clone());
    let Ok(Ok((figure, _))) = said(r#"<c r="C2"><v>915</v></c>"#) else { panic!("a figure") };
    assert_eq!((figure.counted, figure.of), (915, 1_000));
    for (counted, sentence) in [
        (
            r#"<c r="C2"><v>0.915</v></c>"#,
            "“0.915” is no whole number. Write how many in digits, such as 42, not per cent.",
        ),
        (r#"<c r="C2"><f>900+15</f><v>915</v></c>"#, "Counted is a formula: copy the column and paste it as values."),
        (r#"<c r="C2" t="e"><v>#N/A</v></c>"#, "“#N/A” is no whole number"),
    ] {
        let Ok(Err(wrong)) = said(counted) else { panic!("{counted}") };
        assert!(wrong[0].contains(sentence), "{wrong:?}");
    }
    let staff = table("staff.xlsx", &workbook(&format!(r#"<row r="1">{}</row>"#, self::said("A1", "Name")))).unwrap();
    assert_eq!(read(&staff, known), Err(NoFigures::Column("Indicator")));
}

#[test]
fn a_cell_far_away_is_refused_without_a_sheet_of_that_size() {
    assert_eq!(why(&workbook(&format!("<row>{}{}</row>", said("A1", "Name"), said("XFD1", "x")))), Why::TooManyColumns);
    let far = format!("<row>{}</row><row>{}</row>", said("A1", "Name"), said("A1048576", "Ann"));
    assert_eq!(table("staff.xlsx", &workbook(&far)).unwrap().rows[0].line, 1_048_576);
    // Coloured cells with nothing in them are no columns.
    assert!(
        table("staff.xlsx", &workbook(&format!(r#"<row>{}<c r="XFD1" s="1"/></row>"#, said("A1", "Name")))).is_ok()
    );
}

#[test]
fn too_many_lines_are_refused_in_both_kinds_of_file() {
    let csv = |lines: usize| "x\n".repeat(lines + 1);
    assert_eq!(table("staff.csv", csv(MOST_ROWS).as_bytes()).map(|table| table.rows.len()), Ok(MOST_ROWS));
    assert_eq!(why(csv(MOST_ROWS + 1).as_bytes()), Why::TooManyRows);
    let rows = |lines: usize| "<row><c><v>1</v></c></row>".repeat(lines + 1);
    assert_eq!(table("staff.xlsx", &workbook(&rows(MOST_ROWS))).map(|table| table.rows.len()), Ok(MOST_ROWS));
    assert_eq!(why(&workbook(&rows(MOST_ROWS + 1))), Why::TooManyRows);
    assert_eq!(why(",".repeat(MOST_COLUMNS).as_bytes()), Why::Empty);
    assert_eq!(why([",".repeat(MOST_COLUMNS).as_str(), "x"].concat().as_bytes()), Why::TooManyColumns);
}

#[test]
fn a_file_over_twenty_megabytes_is_refused_unread() {
    assert_eq!(why(&vec![b'x'; MOST_BYTES + 1]), Why::TooLarge);
}

/// The workbook, where the part called `name` says that it unpacks to this many bytes.
fn that_says(name: &str, unpacked: u32, mut workbook: Vec<u8>) -> Vec<u8> {
    for (mark, size, to_name) in [(b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)] {
        let named =
            |at: &usize| workbook[*at..].starts_with(mark) && workbook[at + to_name..].starts_with(name.as_bytes());
        let at = (0..workbook.len()).find(named).unwrap() + size;
        workbook[at..at + 4].copy_from_slice(&unpacked.to_le_bytes());
    }
    workbook
}

#[test]
fn a_workbook_that_says_it_unpacks_to_too_much_is_refused_before_it_is_opened() {
    assert_eq!(why(&that_says("xl/styles.xml", 200 * 1024 * 1024, workbook(""))), Why::Unpacks);
}

#[test]
fn a_part_that_unpacks_to_more_than_it_says_is_not_read_on() {
    let sound = workbook(&said("A1", &"a".repeat(1_000_000)));
    assert!(table("staff.xlsx", &sound).is_ok());
    assert_eq!(why(&that_says("xl/worksheets/s.xml", 1000, sound)), Why::Damaged);
}

#[test]
fn a_workbook_that_claims_more_texts_than_it_holds_is_refused_before_room_is_made_for_them() {
    let with = |texts: &str| workbook_with("visible", &said("A1", "Name"), &[("xl/SharedStrings.xml", texts)]);
    assert!(table("staff.xlsx", &with(r#"<sst uniqueCount="1"><si><t>x</t></si></sst>"#)).is_ok());
    for texts in [
        r#"<sst uniqueCount="9999999999999"></sst>"#,
        r#"<!-- uniqueCount="1" --><sst uniqueCount = '99999999999999999999999'></sst>"#,
        "<?xml encoding='ISO-2022-JP'?><sst unique\u{1b}(BCount='9999999999999'></sst>",
    ] {
        assert_eq!(why(&with(texts)), Why::Damaged);
    }
}

#[test]
fn files_that_only_pretend_are_named_for_what_they_are() {
    for (name, bytes, expected) in [
        ("staff.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(), Why::OldWorkbook),
        ("staff.csv", b"%PDF-1.7\n".to_vec(), Why::Pdf),
        ("staff.xls", b"<html><body><table>".to_vec(), Why::WebPage),
        ("staff.csv", b"\x89PNG\r\n\x1A\n\0\0\0".to_vec(), Why::NotText),
        ("staff.csv", Vec::new(), Why::Empty),
        ("staff.xlsx", zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), Why::OpenDocument),
        ("staff.xlsx", zip(&[TYPES, ("xl/workbook.bin", "")]), Why::BinaryWorkbook),
        ("staff.xlsx", zip(&[TYPES, ("word/document.xml", "")]), Why::NotAWorkbook),
        ("staff.xlsx", zip(&[TYPES, ("xl/workbook.xml", "<workbook>")]), Why::Damaged),
        ("staff.xlsx", b"PK\x03\x04 and no more".to_vec(), Why::Damaged),
        ("staff.xlsx", workbook("<row><c"), Why::Damaged),
        ("staff.xlsx", workbook(""), Why::Empty),
    ] {
        let refused = table(name, &bytes).unwrap_err();
        assert_eq!(refused.why, expected, "{name}");
        assert!(refused.to_string().starts_with(&format!("“{name}” cannot be read. ")));
    }
    // The name alone decides nothing.
    assert!(table("staff.xlsx", b"Name,Area\nAnn,Art\n").is_ok());
}

#[test]
fn a_workbook_whose_sheets_are_all_hidden_is_refused() {
    assert_eq!(why(&workbook_with("veryHidden", &said("A1", "Name"), &[])), Why::NoSheet);
}

#[test]
fn no_damage_brings_the_reader_down() {
    let sound = workbook(&format!("<row>{}</row><row>{}</row>", said("A1", "Name"), said("A2", "Ann")));
    assert!(table("staff.xlsx", &sound).is_ok());
    for at in 0..sound.len() {
        let mut flipped = sound.clone();
        flipped[at] ^= 0xFF;
        // Whether it is read or refused depends on the byte; it must come back.
        assert!(table("staff.xlsx", &flipped).is_ok() || why(&flipped) != Why::TooLarge);
        // Shorter than its first mark, it is a text.
        assert!(at < 4 || table("staff.xlsx", &sound[..at]).is_err());
    }
}

/// R-IMP-8
#[test]
fn a_oneroster_package_and_its_list_of_users_alone_are_read_as_staff() {
    let users = "sourcedId,status,enabledUser,orgSourcedIds,role,givenName,familyName,email,password\n\
        u1,active,true,d1,teacher,Ann,Lee,ann@college.example,secret\nu2,active,true,d1,student,Kim,Ode,k@college.example,x\n";
    let orgs = "sourcedId,name,type,parentSourcedId\nd1,Health & Care,department,\n";
    let package = zip(&[
        ("export/manifest.csv", "propertyName,value\noneroster.version,1.1\n"),
        ("export/users.csv", users),
        ("export/orgs.csv", orgs),
    ]);
    let whole = table("roster.zip", &package).unwrap();
    assert_eq!((whole.rows.len(), whole.rows[0].cells[4].clone()), (1, written("Health & Care")));
    let alone = table("users.csv", users.as_bytes()).unwrap();
    assert_eq!((alone.rows.len(), alone.rows[0].cells[2].clone()), (1, written("ann@college.example")));
    for table in [whole, alone] {
        assert!(!format!("{table:?}").contains("secret"), "passwords are not taken over");
    }
}

/// R-IMP-8
#[test]
fn a_package_that_would_unpack_to_too_much_is_refused() {
    let zeros = "0".repeat(1024 * 1024);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["users.csv", "bomb.bin"] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        for _ in 0..(if name == "users.csv" { 21 } else { 190 }) {
            writer.write_all(zeros.as_bytes()).unwrap();
        }
    }
    assert_eq!(why(&writer.finish().unwrap().into_inner()), Why::Unpacks);
}

#[test]
fn titles_below_a_banner_are_found_and_merged_cells_are_told() {
    let banner = table("staff.csv", b"Staff list 2026\n\nName,E-mail,Area\nAnn,ann@college.example,Art\n").unwrap();
    assert_eq!((banner.header_line, banner.header.len(), banner.rows.len()), (3, 3, 1));
    assert_eq!(banner.note.as_deref(), Some("What stands above line 3 was not read."));
    let cells = format!(r#"<row r="1">{}</row><row r="2">{}</row>"#, said("A1", "Name"), said("A2", "Ann"));
    let sheet = format!(
        r#"<worksheet><sheetData>{cells}</sheetData><mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells></worksheet>"#
    );
    let book = workbook_with("visible", &cells, &[]);
    assert_eq!(table("staff.xlsx", &book).unwrap().merged, []);
    let merged = workbook_of(&sheet);
    assert_eq!(table("staff.xlsx", &merged).unwrap().merged, [(2, "A2 to A4".to_owned())]);
}
