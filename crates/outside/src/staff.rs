//! Staff files: separated values, workbooks, OneRoster packages.

use std::io::{Cursor, Write as _};

use actions::reading::{self, MOST_BYTES, MOST_COLUMNS, MOST_ROWS};
use domain::staff_file::{self, Kind, Known, Matching, Reading, Staff, Table, plan};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::parts;

/// A text file, in whichever encoding.
pub fn separated(bytes: &[u8]) {
    look("staff.csv", bytes);
}

/// A file that may be a workbook.
pub fn workbooks(bytes: &[u8]) {
    look("staff.xlsx", bytes);
}

/// The parts of a workbook that people fill: a sheet and the texts its cells point to.
pub fn sheets(bytes: &[u8]) {
    let [sheet, texts] = parts(bytes);
    let files = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TO_BOOK),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", TO_SHEET),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &texts),
    ];
    look("staff.xlsx", &packed(&files));
}

/// The lists of a OneRoster package.
pub fn packages(bytes: &[u8]) {
    let [users, orgs, roles, manifest] = parts(bytes);
    let files = [("users.csv", users), ("orgs.csv", orgs), ("roles.csv", roles), ("manifest.csv", manifest)];
    let there: Vec<(&str, &str)> =
        files.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (*name, text.as_str())).collect();
    look("roster.zip", &packed(&there));
}

fn look(name: &str, bytes: &[u8]) {
    if let Ok(table) = reading::table(name, bytes) {
        assert!(bytes.len() <= MOST_BYTES && table.rows.len() <= MOST_ROWS);
        assert!(table.rows.iter().all(|row| row.cells.len() <= MOST_COLUMNS));
        of_table(&table);
        crate::figures::of_table(&table);
    }
}

fn of_table(table: &Table) {
    match staff_file::read(table) {
        Ok(Reading { staff, .. }) => of_staff(&staff),
        Err(errors) => {
            assert!(!errors.is_empty() && errors.len() <= 501, "{} errors", errors.len());
            assert!(errors.iter().all(|error| !error.message.is_empty() && error.value.chars().count() <= 80));
        }
    }
    let (kind, known) = (staff_file::kind_of(&table.header), Known::default());
    for kind in [kind, Kind::Staff] {
        let matching = Matching::guess(table, kind, &[]);
        if let Ok(plan) = plan::plan((table, kind), &matching, &known) {
            assert_eq!(plan.fingerprint(), plan.fingerprint());
        }
    }
}

/// Every index points into a list of the same staff, and whoever goes up the lines comes to an end.
fn of_staff(staff: &Staff) {
    for person in &staff.people {
        assert!(!person.name.is_empty() && person.email.contains('@'));
        assert!(person.area.is_none_or(|area| area < staff.areas.len()));
        assert!(person.site.is_none_or(|site| site < staff.sites.len()));
        let mut above = person.manager;
        for _ in 0..=staff.people.len() {
            above = above.and_then(|at| staff.people.get(at)).and_then(|manager| manager.manager);
        }
        assert_eq!(above, None, "the lines go round in circles");
    }
}

/// A ZIP file of these parts; of nothing where they cannot be put in one.
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let begun = out.start_file(*name, SimpleFileOptions::default());
        if begun.map_err(std::io::Error::other).and_then(|()| out.write_all(text.as_bytes())).is_err() {
            return Vec::new();
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const TO_BOOK: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const TO_SHEET: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
