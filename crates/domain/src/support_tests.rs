use super::*;
use jiff::tz::TimeZone;
use uuid::Uuid;

fn theme(n: u128) -> ThemeId {
    ThemeId(Uuid::from_u128(n))
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn slot(text: &str) -> Slot {
    Slot { starts: at(text), length: Minutes(45) }
}

fn request(themes: &[u128], wish: Option<Slot>) -> Request {
    Request {
        practitioner: PersonId(Uuid::from_u128(9)),
        themes: themes.iter().map(|n| theme(*n)).collect(),
        why: None,
        manner: Manner::default(),
        place: None,
        wish,
        began: None,
    }
}

const NOW: &str = "2026-11-23T08:00:00Z";

/// R-SUP-3.
#[test]
fn a_request_has_one_to_five_themes_without_repeats() {
    assert_eq!(request(&[], None).ask(&[], at(NOW)), Err(SupportRefused::NoTheme));
    assert_eq!(request(&[1, 2, 3, 4, 5, 6], None).ask(&[], at(NOW)), Err(SupportRefused::TooManyThemes));
    assert_eq!(request(&[1, 2, 1, 2, 1, 2], None).ask(&[], at(NOW)).unwrap().themes, vec![theme(1), theme(2)]);
}

/// R-SUP-5.
#[test]
fn a_wished_time_is_a_published_one_in_the_future() {
    let published = [slot("2026-11-24T10:30:00Z"), slot("2026-11-20T10:30:00Z")];
    assert!(request(&[1], Some(published[0])).ask(&published, at(NOW)).is_ok());
    assert_eq!(request(&[1], Some(published[1])).ask(&published, at(NOW)), Err(SupportRefused::Past));
    let other = slot("2026-11-24T11:30:00Z");
    assert_eq!(request(&[1], Some(other)).ask(&published, at(NOW)), Err(SupportRefused::NotPublished));
}

/// R-SUP-6.
#[test]
fn an_answer_offers_one_to_three_different_times_ahead() {
    let (a, b, c, d) = (
        slot("2026-11-24T09:00:00Z"),
        slot("2026-11-25T09:00:00Z"),
        slot("2026-11-26T09:00:00Z"),
        slot("2026-11-27T09:00:00Z"),
    );
    assert_eq!(check_offers(&[a, b, c], at(NOW)), Ok(()));
    assert_eq!(check_offers(&[], at(NOW)), Err(SupportRefused::OfferCount));
    assert_eq!(check_offers(&[a, b, c, d], at(NOW)), Err(SupportRefused::OfferCount));
    assert_eq!(check_offers(&[a, a], at(NOW)), Err(SupportRefused::OfferCount));
    assert_eq!(check_offers(&[slot("2026-11-23T07:59:00Z")], at(NOW)), Err(SupportRefused::Past));
    assert_eq!(check_offers(&[slot("2027-11-23T07:59:00Z")], at(NOW)), Err(SupportRefused::TooFarAhead));
}

/// R-SUP-8, R-SUP-10.
#[test]
fn only_what_waits_is_withdrawn_only_what_is_open_ends_and_only_what_ended_opens_again() {
    for stage in Stage::ALL {
        assert_eq!(stage.withdraw().is_ok(), *stage == Stage::Waiting);
        assert_eq!(stage.end().is_ok(), *stage == Stage::Open);
        assert_eq!(stage.reopen().is_ok(), *stage == Stage::Ended);
        assert_eq!(stage.still_on().is_ok(), matches!(stage, Stage::Waiting | Stage::Open));
    }
}

/// R-SUP-7.
#[test]
fn after_five_working_days_a_request_has_waited_long() {
    let calendar = Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026]);
    let asked = at("2026-11-20T15:00:00Z");
    assert!(!waited_long(&calendar, asked, at("2026-11-26T23:00:00Z")));
    assert!(waited_long(&calendar, asked, at("2026-11-27T01:00:00Z")));
}

/// R-SUP-5.
#[test]
fn published_hours_come_round_every_week_of_term_and_keep_their_clock_time_over_the_change() {
    let calendar = Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026]);
    let weekly = [WeeklySpan::new(Weekday::Tue, 630, Minutes(60)).unwrap()];
    let slots = published(&calendar, &weekly, at("2026-10-13T12:00:00Z"));
    let starts: Vec<String> = slots.iter().map(|slot| slot.starts.to_string()).collect();
    assert_eq!(
        starts,
        ["2026-10-20T09:30:00Z", "2026-11-03T10:30:00Z"],
        "half-term is left out, and the clocks went back"
    );
}

/// R-SUP-12.
#[test]
fn a_plan_has_one_to_forty_meetings_or_none_fixed() {
    for (count, fine) in [(Some(0), false), (Some(1), true), (Some(40), true), (Some(41), false), (None, true)] {
        assert_eq!(Manner { meetings: count, ..Manner::default() }.check().is_ok(), fine);
    }
}

#[test]
fn choices_are_read_back_by_their_codes() {
    assert!(Stage::ALL.iter().all(|s| Stage::from_code(s.code()) == Some(*s)));
    assert!(Place::ALL.iter().all(|p| Place::from_code(p.code()) == Some(*p)));
    assert_eq!(Formality::ALL.len() * Span::ALL.len(), 6, "REF-04: 3 × 2 types");
}

proptest::proptest! {
    #[test]
    fn slots_overlap_both_ways_round_or_not_at_all(a in 0i64..500, b in 0i64..500, la in 1i64..200, lb in 1i64..200) {
        let make = |start: i64, length: i64| Slot { starts: Timestamp::from_second(start * 60).unwrap(), length: Minutes(length) };
        let (one, two) = (make(a, la), make(b, lb));
        proptest::prop_assert_eq!(one.overlaps(&two), two.overlaps(&one));
        proptest::prop_assert_eq!(one.overlaps(&two), a < b + lb && b < a + la);
    }
}
