//! Short texts that people type or a file holds: weeks, hours, names, numbers, identifiers, settings.

use domain::ids::PersonId;
use domain::programme::Model;
use domain::remission::Amount;
use domain::set_up::{CollegeStep, PlacesStep, RoleStep};
use domain::staff_file::{Kind, cells, record};
use domain::weekly::WeeklySpan;

use crate::{parts, text};

/// What was read is written in words that are read as the same again.
pub fn weeks(bytes: &[u8]) {
    let words = text(bytes);
    if let Ok(span) = words.parse::<WeeklySpan>() {
        assert_eq!(span.from_to().parse(), Ok(span));
        assert!(span.starts() < span.ends() && span.ends() <= 24 * 60);
    }
    if let Ok(mut spans) = record::read_spans(&words) {
        spans.sort();
        let again = record::spans_words(&spans).map(|words| record::read_spans(&words));
        assert!(again.is_none_or(|again| again.as_ref() == Ok(&spans)), "{words:?}");
    }
    if let Ok(lessons) = record::read_lessons(&words)
        && let Some(said) = record::lessons_words(&lessons)
    {
        let again = record::read_lessons(&said).ok().and_then(|again| record::lessons_words(&again));
        assert_eq!(again.as_deref(), Some(said.as_str()), "{words:?}");
    }
}

/// What a cell holds comes out in the form in which it would be taken again, unchanged.
pub fn cells(bytes: &[u8]) {
    let words = text(bytes);
    for read in [cells::name, cells::email, |raw: &str| cells::text(raw, 40)] {
        if let Ok(taken) = read(&words) {
            assert_eq!(read(&taken).as_deref(), Ok(taken.as_str()));
        }
    }
    if let Ok(hours) = record::read_hours(&words) {
        assert_eq!(record::read_hours(&record::hours_words(hours)), Ok(hours));
    }
    if let Ok(roles) = record::read_roles(&words) {
        assert_eq!(record::read_roles(&record::roles_words(roles)), Ok(roles));
    }
    if let Some(amount) = Amount::read(&words) {
        assert_eq!(Amount::read(&amount.to_string()), Some(amount));
    }
    if let Ok(id) = words.parse::<PersonId>() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    assert!(record::read_names(&words).all(|name| !name.is_empty()));
    assert!(domain::device::words(&words).chars().count() < 200);
    // These two are one of a few words, or nothing.
    assert!(words.parse::<Kind>().is_err() || words.len() < 40);
    assert!(words.parse::<Model>().is_err() || words.len() < 40);
}

/// The steps of setting a college up.
pub fn set_up(bytes: &[u8]) {
    let [one, two, three] = parts(bytes);
    if let Ok(college) = CollegeStep::read(&one, &two) {
        assert!(!college.name.is_empty());
    }
    if let Ok(role) = RoleStep::read(&one, &two, &three) {
        assert!(!role.one.is_empty() && !role.many.is_empty());
    }
    if let Ok(places) = PlacesStep::read(&one, &two) {
        let again = PlacesStep::read(&places.sites.join("\n"), &places.areas.join("\n"));
        assert!(again.is_ok_and(|again| again == places));
    }
}

/// The files of settings, which whoever keeps the machine writes.
pub fn settings(bytes: &[u8]) {
    let words = text(bytes);
    let mail = server::post::Settings::read(&words).map(drop).map_err(|fault| fault.to_string());
    let backups = server::backups::Settings::read(&words).map(drop).map_err(|fault| fault.to_string());
    // A refusal says something; an empty file is the usual settings.
    assert!([mail, backups].iter().all(|read| read.as_ref().err().is_none_or(|said| !said.is_empty())));
}
