//! Files of figures: any table, and the lines that come back with a form.

use domain::indicators::file::{self, Known, MOST_LINES};
use domain::staff_file::Table;

use crate::text;

/// Whatever is in a table, each line of figures is read or says what to put right.
pub fn of_table(table: &Table) {
    let Ok(today) = "2027-01-11".parse() else { return };
    let known = Known { terms: &[], areas: &[], figures: &[], today };
    if let Ok(lines) = file::read(table, known) {
        assert!(!lines.all.is_empty() && lines.all.len() <= MOST_LINES);
        let told = |errors: &Vec<String>| !errors.is_empty() && errors.iter().all(|error| !error.is_empty());
        assert!(
            lines.all.iter().all(|line| line.found.as_ref().err().is_some_and(told)),
            "there is no term it could be of"
        );
    }
}

/// Lines of figures as a form holds them: what was read is written in words that are read as the same.
pub fn lines(bytes: &[u8]) {
    if let Some(all) = file::parsed(&text(bytes)) {
        assert_eq!(file::parsed(&file::written(&all)), Some(all));
    }
}
