//! What one cell may hold. Each reader gives the value or the sentence that says what to put right.

use unicode_normalization::UnicodeNormalization;

use super::Lesson;
use crate::minutes::Minutes;
use crate::people::{Role, Roles};
use crate::weekly::WeeklySpan;

/// The most hours a year that a cell may hold.
const MOST_HOURS: f64 = 1600.0;

/// Text in one line: composed (NFC), trimmed, runs of spaces and line breaks made one space. Never re-cased.
///
/// # Errors
/// A sentence when it is too long or holds what nobody sees.
pub fn text(raw: &str, most: usize) -> Result<String, String> {
    let composed: String = raw.nfc().collect();
    let line = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().any(is_hidden) {
        return Err("There are hidden control characters in this cell: type it again by hand.".to_owned());
    }
    let long = line.chars().count();
    if long > most {
        return Err(format!("This is {long} characters long: shorten it to {most}."));
    }
    Ok(line)
}

/// Characters that nobody sees and that can make one text look like another. The joiners that some scripts need are let through.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fffd}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Somebody's name. One word is enough; at least one letter is needed.
///
/// # Errors
/// A sentence when it is none.
pub fn name(raw: &str) -> Result<String, String> {
    let name = text(raw, 120)?;
    if name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err("There are no letters in this name: write the name that colleagues use.".to_owned())
    }
}

/// An e-mail address, in lower case.
///
/// # Errors
/// A sentence when it is none.
pub fn email(raw: &str) -> Result<String, String> {
    let address = text(raw, 254)?.to_lowercase();
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_local = |local: &str| {
        local.len() <= 64
            && local.split('.').all(|part| {
                !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
            })
    };
    let sound = address
        .split_once('@')
        .is_some_and(|(local, domain)| is_local(local) && domain.contains('.') && domain.split('.').all(is_label));
    if sound {
        Ok(address)
    } else {
        Err("This is not an e-mail address: write one address such as name@college.example.".to_owned())
    }
}

/// Hours a year, with decimals: "150", "77.5", "150 h".
pub(super) fn hours(raw: &str) -> Result<Minutes, String> {
    let said = raw.trim().to_lowercase();
    let digits = ["hours", "hrs", "h"].into_iter().find_map(|unit| said.strip_suffix(unit)).unwrap_or(&said).trim_end();
    if digits.starts_with('-') || digits.starts_with('−') {
        return Err("Hours cannot be negative: write a number such as 150.".to_owned());
    }
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Err("This is not a number of hours a year: write a number such as 150 or 77.5.".to_owned());
    }
    match digits.parse::<f64>() {
        Ok(hours) if hours <= MOST_HOURS => Ok(Minutes(minutes(hours))),
        Ok(_) => Err(format!("This is more than {MOST_HOURS} hours: write the hours of one year for one person.")),
        Err(_) => Err("This is not a number of hours a year: write a number such as 150 or 77.5.".to_owned()),
    }
}

/// Whole minutes of hours between 0 and [`MOST_HOURS`], found without a cast that could lose anything.
fn minutes(hours: f64) -> i64 {
    format!("{:.0}", hours * 60.0).parse().unwrap_or(0)
}

/// The parts of a list, which semicolons or line breaks set apart.
pub(super) fn list(raw: &str) -> impl Iterator<Item = &str> {
    raw.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// Roles; none means teacher.
pub(super) fn roles(raw: &str) -> Result<Roles, String> {
    let mut roles = Roles::NONE;
    for said in raw.split([';', ',', '\n']).map(str::trim).filter(|said| !said.is_empty()) {
        let fold: String = said.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let role = match fold.as_str() {
            "hod" => Ok(Role::HeadOfDepartment),
            "advancedpractitioner" => Ok(Role::Practitioner),
            "admin" => Ok(Role::Administrator),
            _ => said.parse(),
        };
        let known = || Role::ALL.map(Role::words).join("; ");
        roles =
            roles.with(role.map_err(|_| {
                format!("“{}” is not a role: use {}.", said.chars().take(40).collect::<String>(), known())
            })?);
    }
    Ok(if roles == Roles::NONE { roles.with(Role::Teacher) } else { roles })
}

/// Weekly times, none of which overlaps another.
pub(super) fn spans(raw: &str) -> Result<Vec<WeeklySpan>, String> {
    let mut spans: Vec<WeeklySpan> = Vec::new();
    for said in list(raw) {
        let span: WeeklySpan = said.parse().map_err(|refused| format!("In “{said}”: {refused}"))?;
        if let Some(other) = spans.iter().find(|other| other.overlaps(span)) {
            return Err(format!("{} and {} overlap: change one of them.", other.from_to(), span.from_to()));
        }
        spans.push(span);
    }
    spans.sort();
    Ok(spans)
}

/// Weekly lessons: times followed by what is taught.
pub(super) fn lessons(raw: &str) -> Result<Vec<Lesson>, String> {
    let read = |said: &str| {
        let (span, label) = WeeklySpan::read_labelled(said).map_err(|refused| format!("In “{said}”: {refused}"))?;
        Ok(Lesson { span, label: text(label, 80)? })
    };
    let mut lessons = list(raw).map(read).collect::<Result<Vec<_>, String>>()?;
    lessons.sort_by_key(|lesson| lesson.span);
    Ok(lessons)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_every_kind_are_kept_as_they_are() {
        for name_ in [
            "Sinéad O’Connor-Ní Dhómhnaill",
            "Prince",
            "Ludwig van der Berg",
            "李小龍",
            "Nguyễn Thị Minh Khai",
            "محمد بن سلمان",
            "D'Arcy de la Cruz",
            "bell hooks",
            "Þórdís Kolbrún",
            "می\u{200c}نا رضایی",
            "Jean-Luc",
            "X Æ",
            "Ng",
            "Siân ap Rhys",
        ] {
            assert_eq!(name(name_), Ok(name_.nfc().collect()));
        }
        assert_eq!(name("  Rene\u{301}e \u{a0} Zellweger\n"), Ok("Ren\u{e9}e Zellweger".to_owned()));
    }

    #[test]
    fn names_that_hide_something_are_refused() {
        for raw in ["12345", "-", "Priya\u{202e}riaN", "Tom\u{0}Birch", "Jo\u{200b}e", "Caf\u{fffd}"] {
            assert!(name(raw).is_err(), "{raw:?}");
        }
        assert!(name(&"x".repeat(120)).is_ok());
        assert_eq!(name(&"x".repeat(121)), Err("This is 121 characters long: shorten it to 120.".to_owned()));
    }

    #[test]
    fn addresses_are_kept_in_lower_case_and_malformed_ones_refused() {
        assert_eq!(email(" Sam.O'Hara+x@College.Example "), Ok("sam.o'hara+x@college.example".to_owned()));
        for raw in [
            "sam",
            "sam@",
            "@college.example",
            "sam@college",
            "a b@college.example",
            "a@b@college.example",
            "a@-b.example",
            "Sam <sam@college.example>",
            "a@college.example; b@college.example",
            ".a@college.example",
            "a..b@college.example",
            "mailto:sam@college.example",
            "sam@college..example",
            "sám@college.example",
        ] {
            assert!(email(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn hours_are_read_to_the_minute() {
        for (raw, minutes) in [
            ("150", 9000),
            ("77.5", 4650),
            ("0", 0),
            ("150 hours", 9000),
            ("150h", 9000),
            ("1600", 96000),
            ("0.25", 15),
        ] {
            assert_eq!(hours(raw), Ok(Minutes(minutes)), "{raw}");
        }
        for raw in ["-1", "−5", "1600.01", "NaN", "inf", "1e3", "many", "1,5", "", ".", "1.2.3", "h"] {
            assert!(hours(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn roles_are_a_list_and_nobody_is_left_without_one() {
        assert_eq!(roles("").map(|r| r.to_string()), Ok("teacher".to_owned()));
        assert_eq!(roles("Teacher; HoD").map(|r| r.to_string()), Ok("teacher, head of department".to_owned()));
        assert_eq!(
            roles("Programme lead, practitioner").map(|r| r.to_string()),
            Ok("practitioner, programme lead".to_owned())
        );
        let refused = roles("teacher; wizard").unwrap_err();
        assert!(
            refused.starts_with("“wizard” is not a role: use teacher; practitioner; ")
                && refused.ends_with("administrator.")
        );
    }

    #[test]
    fn weekly_times_are_sorted_and_may_not_overlap() {
        let read = spans("Thu 14:00-15:00; Tue 10:30-11:30;")
            .map(|all| all.into_iter().map(WeeklySpan::from_to).collect::<Vec<_>>());
        assert_eq!(read, Ok(vec!["Tue 10:30-11:30".to_owned(), "Thu 14:00-15:00".to_owned()]));
        assert_eq!(
            spans("Tue 10:30-11:30; Tue 11:00-12:00"),
            Err("Tue 10:30-11:30 and Tue 11:00-12:00 overlap: change one of them.".to_owned())
        );
        assert!(spans("Tue 10:30-11:30; whenever").unwrap_err().starts_with("In “whenever”: “whenever” is not a day"));
        assert_eq!(lessons("Mon 09:00-10:30 Maths L3").map(|all| all.len()), Ok(1));
    }

    proptest! {
        #[test]
        fn text_that_was_taken_is_taken_again_unchanged(raw in "\\PC{0,60}") {
            if let Ok(once) = text(&raw, 60) {
                prop_assert_eq!(text(&once, 60), Ok(once.clone()));
            }
        }
    }
}
