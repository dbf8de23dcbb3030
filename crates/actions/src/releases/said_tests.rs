use uuid::Uuid;

use super::*;

fn span() -> (Date, Date) {
    (Date::constant(2026, 12, 1), Date::constant(2027, 4, 9))
}

/// A session of a practitioner of which so many said the same three things.
fn session(runner: u128, (agree, partly, disagree): (u64, u64, u64)) -> AtSession {
    let counts = Counts { agree, partly, disagree, cannot_say: 1 };
    let counts = Statement::ALL.iter().map(|one| (*one, counts)).collect();
    AtSession { runner: PersonId(Uuid::from_u128(runner)), people: agree + partly + disagree + 1, counts }
}

fn said(runners: u128, each: (u64, u64, u64)) -> Said {
    let sessions: Vec<AtSession> = (1..=runners).map(|runner| session(runner, each)).collect();
    let people = sessions.iter().map(|one| one.people).sum::<u64>();
    Said { sessions, often: vec![1; usize::try_from(people).expect("few")] }
}

/// R-REL-23 R-REL-24
#[test]
fn what_was_said_is_told_in_quarters_and_waits_where_it_is_too_little() {
    let told = tell("Spring term", &said(6, (9, 1, 1)), span()).expect("told");
    assert_eq!(told.statements.len(), Statement::ALL.len());
    let words = told.statements[0].ranges.map(|range| range.map(|range| range.words()));
    assert_eq!(words, [Some("three quarters or more"), Some("under a quarter"), Some("under a quarter")]);
    let text = serde_json::to_string(&told).expect("written");
    assert!(!text.contains("54") && !text.contains("66") && !text.contains("72"), "no number of answers: {text}");
    assert_eq!(tell("", &said(4, (12, 1, 1)), span()), None, "four practitioners");
    assert_eq!(tell("", &said(5, (3, 1, 1)), span()), None, "too few answers");
}

/// R-REL-24 R-REL-25
#[test]
fn nothing_is_told_where_who_answered_how_often_is_not_known_any_more() {
    let mut gone = said(6, (9, 1, 1));
    gone.sessions[0].people = 0;
    assert_eq!(tell("", &gone, span()), None);
    let mut often = said(6, (9, 1, 1));
    often.often = vec![6; 12];
    assert_eq!(tell("", &often, span()), None, "twelve people of whom each answered six times");
}

/// R-REL-25
#[test]
fn what_stands_at_a_session_is_what_the_release_is_held_against() {
    let counts = |agree, partly| Counts { agree, partly, disagree: 0, cannot_say: 3 };
    assert_eq!(as_shown(counts(9, 0)), Session { answers: 9, agreed: (0, 9) });
    assert_eq!(as_shown(counts(5, 6)), Session { answers: 11, agreed: (0, 5) });
    assert_eq!(as_shown(counts(6, 5)), Session { answers: 11, agreed: (6, 11) });
    assert_eq!(as_shown(counts(5, 5)), Session { answers: 10, agreed: (5, 10) });
}
