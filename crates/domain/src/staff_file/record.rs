//! What is known of a person or an area, field by field, in words that a spreadsheet cell could hold. Both sides of an
//! import are written this way, so that a difference is a difference of words, can be shown as it is, and can be given back.

use std::collections::BTreeMap;

use super::{Lesson, cells, fold};
use crate::minutes::Minutes;
use crate::people::{Role, Roles};
use crate::weekly::WeeklySpan;

/// Something that a file can say of a person or an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A person's name.
    Name,
    /// What the post is called.
    Job,
    /// Roles, parted by semicolons.
    Roles,
    /// Curriculum area, by name.
    Area,
    /// Campus, by name.
    Site,
    /// Line manager, by e-mail address.
    Manager,
    /// Appraiser, by e-mail address.
    Appraiser,
    /// Remitted hours of a year.
    Remitted,
    /// Caseload hours of a year.
    Caseload,
    /// Themes, a star behind those that are led on.
    Expertise,
    /// Nominated areas.
    Nominated,
    /// Published weekly support hours.
    SupportHours,
    /// The teaching week.
    Teaching,
    /// What a practitioner says about themselves.
    About,
    /// What a practitioner teaches.
    Teaches,
    /// Where to find a practitioner.
    Room,
    /// The area that an area is a part of, by name.
    PartOf,
    /// Who leads an area, by e-mail address.
    LedBy,
    /// The campus of an area, by name.
    AreaSite,
    /// Whether the account is on.
    Account,
    /// E-mail address.
    Email,
    /// The number that the college's own records know somebody by.
    Number,
}

/// Every field with its code in the database and its name on a page.
const FIELDS: [(Field, &str, &str); 22] = [
    (Field::Name, "name", "Name"),
    (Field::Job, "job", "Job title"),
    (Field::Roles, "roles", "Roles"),
    (Field::Area, "area", "Area"),
    (Field::Site, "site", "Site"),
    (Field::Manager, "manager", "Line manager"),
    (Field::Appraiser, "appraiser", "Appraiser"),
    (Field::Remitted, "remitted", "Remitted hours"),
    (Field::Caseload, "caseload", "Caseload hours"),
    (Field::Expertise, "expertise", "Expertise"),
    (Field::Nominated, "nominated", "Nominated areas"),
    (Field::SupportHours, "supportHours", "Support hours"),
    (Field::Teaching, "teaching", "Teaching"),
    (Field::About, "about", "About"),
    (Field::Teaches, "teaches", "Teaches"),
    (Field::Room, "room", "Room"),
    (Field::PartOf, "partOf", "Part of"),
    (Field::LedBy, "ledBy", "Led by"),
    (Field::AreaSite, "areaSite", "Site"),
    (Field::Account, "account", "Account"),
    (Field::Email, "email", "E-mail"),
    (Field::Number, "number", "Staff number"),
];

impl Field {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(_, code, _)| code)
    }

    /// The name on a page.
    pub fn words(self) -> &'static str {
        FIELDS.iter().find(|(field, ..)| *field == self).map_or("", |(.., words)| words)
    }

    /// The field with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, known, _)| *known == code).map(|(field, ..)| *field)
    }

    /// Whether only a practitioner has it.
    pub const fn is_practice(self) -> bool {
        matches!(
            self,
            Self::Remitted
                | Self::Caseload
                | Self::Expertise
                | Self::Nominated
                | Self::SupportHours
                | Self::About
                | Self::Teaches
                | Self::Room
        )
    }
}

/// What is known; a field that is not there is empty.
pub type Record = BTreeMap<Field, String>;

/// A field that changes. Nothing stands for an empty field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// What it held.
    pub before: Option<String>,
    /// What it is to hold.
    pub after: Option<String>,
}

/// What the file would change: what it says, held against what is there. A field it does not speak of stays (R-IMP-4).
pub fn differences(there: &Record, said: &[(Field, Option<String>)]) -> Vec<Change> {
    let change = |(field, after): &(Field, Option<String>)| {
        let before = there.get(field);
        (before != after.as_ref()).then(|| Change { field: *field, before: before.cloned(), after: after.clone() })
    };
    said.iter().filter_map(change).collect()
}

/// Roles in words.
pub fn roles_words(roles: Roles) -> String {
    roles.iter().map(Role::words).collect::<Vec<_>>().join("; ")
}

/// Hours of a year as a cell holds them: "150", "77.5". They are read again to the same minute.
pub fn hours_words(minutes: Minutes) -> String {
    let (hours, rest) = (minutes.0 / 60, minutes.0 % 60);
    if rest == 0 {
        return hours.to_string();
    }
    let parts = format!("{:04}", (rest * 10_000 + 30) / 60);
    format!("{hours}.{}", parts.trim_end_matches('0'))
}

/// Weekly times in the order of the week; nothing when there is none.
pub fn spans_words(spans: &[WeeklySpan]) -> Option<String> {
    let mut spans: Vec<WeeklySpan> = spans.to_vec();
    spans.sort();
    some(spans.into_iter().map(WeeklySpan::from_to).collect::<Vec<_>>().join("; "))
}

/// A teaching week, in order; nothing when there is no lesson.
pub fn lessons_words(lessons: &[Lesson]) -> Option<String> {
    let mut lessons: Vec<(WeeklySpan, &str)> =
        lessons.iter().map(|lesson| (lesson.span, lesson.label.as_str())).collect();
    lessons.sort();
    lessons.dedup();
    // The comma keeps a label such as "PM group" from being read as a part of the time.
    let words = |(span, label): (WeeklySpan, &str)| {
        if label.is_empty() { span.from_to() } else { format!("{}, {label}", span.from_to()) }
    };
    some(lessons.into_iter().map(words).collect::<Vec<_>>().join("; "))
}

/// Names in an order of their own, so that the order of a cell is no difference; nothing when there is none.
pub fn names_words(names: impl IntoIterator<Item = String>) -> Option<String> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort_by_cached_key(|name| fold(name));
    names.dedup();
    some(names.join("; "))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Reads roles as [`roles_words`] writes them.
///
/// # Errors
/// A sentence about what is no role.
pub fn read_roles(words: &str) -> Result<Roles, String> {
    cells::roles(words)
}

/// Reads hours as [`hours_words`] writes them.
///
/// # Errors
/// A sentence about what is no number of hours.
pub fn read_hours(words: &str) -> Result<Minutes, String> {
    cells::hours(words)
}

/// Reads weekly times as [`spans_words`] writes them.
///
/// # Errors
/// A sentence about a time that cannot be read.
pub fn read_spans(words: &str) -> Result<Vec<WeeklySpan>, String> {
    cells::spans(words)
}

/// Reads a teaching week as [`lessons_words`] writes it.
///
/// # Errors
/// A sentence about a time that cannot be read.
pub fn read_lessons(words: &str) -> Result<Vec<Lesson>, String> {
    cells::lessons(words)
}

/// The names that [`names_words`] put together; a star behind a theme stays.
pub fn read_names(words: &str) -> impl Iterator<Item = &str> {
    cells::list(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::weekly::Weekday;

    fn any_span() -> impl Strategy<Value = WeeklySpan> {
        (1..=7_u8, 360..1200_u16, 1..200_i64).prop_filter_map("a span", |(day, starts, length)| {
            WeeklySpan::new(Weekday::from_number(day)?, starts, Minutes(length)).ok()
        })
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again_to_the_same(
            minutes in 0..96_000_i64, bits in 1..=255_u8,
            lessons in prop::collection::vec((any_span(), "[A-Za-z][A-Za-z0-9 ]{0,8}[a-z]"), 0..6)
        ) {
            prop_assert_eq!(read_hours(&hours_words(Minutes(minutes))), Ok(Minutes(minutes)));
            prop_assert_eq!(read_roles(&roles_words(Roles::from_bits(bits))), Ok(Roles::from_bits(bits)));
            let lessons: Vec<Lesson> = lessons.into_iter()
                .map(|(span, label)| Lesson { span, label: label.split_whitespace().collect::<Vec<_>>().join(" ") }).collect();
            if let Some(words) = lessons_words(&lessons) {
                let again = read_lessons(&words).unwrap();
                prop_assert_eq!(lessons_words(&again), Some(words));
            }
        }

        /// R-IMP-5
        #[test]
        fn nothing_differs_from_itself_and_what_differs_is_set_by_its_change(
            there in prop::collection::btree_map(0..22_usize, "[a-c]{1,2}", 0..8),
            said in prop::collection::btree_map(0..22_usize, prop::option::of("[a-c]{1,2}"), 0..8)
        ) {
            let field = |index: usize| FIELDS[index].0;
            let there: Record = there.into_iter().map(|(index, value)| (field(index), value)).collect();
            let said: Vec<(Field, Option<String>)> = said.into_iter().map(|(index, value)| (field(index), value)).collect();
            let mut then = there.clone();
            let changes = differences(&there, &said);
            for change in &changes {
                match &change.after {
                    Some(after) => then.insert(change.field, after.clone()),
                    None => then.remove(&change.field),
                };
            }
            prop_assert_eq!(differences(&then, &said), Vec::new());
            for change in &changes {
                match &change.before {
                    Some(before) => then.insert(change.field, before.clone()),
                    None => then.remove(&change.field),
                };
            }
            prop_assert_eq!(then, there);
        }
    }

    #[test]
    fn every_field_has_a_code_of_its_own() {
        for (field, code, words) in FIELDS {
            assert_eq!((Field::from_code(code), field.words()), (Some(field), words));
        }
    }
}
