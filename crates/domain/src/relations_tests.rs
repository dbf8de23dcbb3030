//! Properties of dated relations: what was stays, what is planned stays, one at a time.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn area(n: u128) -> AreaId {
    AreaId(Uuid::from_u128(n))
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn day(n: i64) -> Date {
    days_after(date(2026, 9, 1), n)
}

fn at(tie: Tie, starts: i64, until: Option<i64>) -> Relation {
    Relation { tie, starts: day(starts), until: until.map(day) }
}

/// R-PPL-1.
#[test]
fn a_change_of_area_ends_the_one_and_begins_the_other_and_what_was_stays() {
    let (sport, maths) = (Tie::MainArea(area(1)), Tie::MainArea(area(2)));
    let history = [at(sport, 0, None), at(Tie::Account, 0, None)];
    let moved = change(&history, Strand::MainArea, Some(maths), day(30));
    assert_eq!(State::on(&moved, day(29)).area, Some(area(1)));
    assert_eq!(State::on(&moved, day(30)).area, Some(area(2)));
    assert!(State::on(&moved, day(30)).active);
    assert!(moved.contains(&at(sport, 0, Some(30))));
}

/// R-PPL-1.
#[test]
fn whoever_leaves_and_comes_back_has_both_in_the_history() {
    let history = [at(Tie::Account, 0, None)];
    let left = change(&history, Strand::Account, None, day(10));
    let back = change(&left, Strand::Account, Some(Tie::Account), day(20));
    let on: Vec<bool> = [9, 10, 19, 20].iter().map(|n| State::on(&back, day(*n)).active).collect();
    assert_eq!(on, [true, false, false, true]);
    let at_once = change(&left, Strand::Account, Some(Tie::Account), day(10));
    assert_eq!(at_once, history, "gone and back on one day is as if nothing had been");
}

/// R-PPL-1.
#[test]
fn a_change_lasts_until_the_next_one_that_is_planned() {
    let (ann, ben, cem) = (Tie::Manager(person(1)), Tie::Manager(person(2)), Tie::Manager(person(3)));
    let planned = change(&[at(ann, 0, None)], Strand::Manager, Some(ben), day(60));
    let between = change(&planned, Strand::Manager, Some(cem), day(30));
    let managers: Vec<_> = [29, 30, 59, 60].iter().map(|n| State::on(&between, day(*n)).manager).collect();
    assert_eq!(managers, [Some(person(1)), Some(person(3)), Some(person(3)), Some(person(2))]);
}

/// R-PPL-4.
#[test]
fn what_has_not_begun_can_be_taken_back_and_what_has_cannot() {
    let history = [at(Tie::Account, 0, None), at(Tie::MainArea(area(1)), 0, None)];
    let leaves = change(&history, Strand::Account, None, day(30));
    let stays = take_back(&leaves, (Strand::Account, day(30)), day(10)).unwrap();
    assert_eq!(State::on(&stays, day(40)), State::on(&history, day(40)));
    let moves = change(&history, Strand::MainArea, Some(Tie::MainArea(area(2))), day(30));
    let stays = take_back(&moves, (Strand::MainArea, day(30)), day(10)).unwrap();
    assert_eq!(State::on(&stays, day(40)).area, Some(area(1)));
    for today in [30, 31] {
        assert_eq!(take_back(&leaves, (Strand::Account, day(30)), day(today)), Err(RelationRefused::Begun));
    }
    assert_eq!(take_back(&leaves, (Strand::Account, day(31)), day(10)), Err(RelationRefused::Begun));
}

/// R-PPL-3.
#[test]
fn a_circle_is_found_on_the_day_on_which_it_would_close() {
    let mut lines = Lines::default();
    lines.put(person(1), &[at(Tie::Manager(person(2)), 0, None)]);
    lines.put(person(2), &[at(Tie::Manager(person(3)), 0, Some(50)), at(Tie::Manager(person(4)), 50, None)]);
    lines.put(person(4), &[]);
    lines.put(person(3), &[at(Tie::Manager(person(1)), 60, None)]);
    assert_eq!(lines.circle(person(3), day(60)), None, "by then nobody leads to 3");
    lines.put(person(3), &[at(Tie::Manager(person(1)), 40, None)]);
    assert_eq!(lines.circle(person(3), day(40)), Some(person(2)));
    lines.put(person(3), &[]);
    lines.put(person(4), &[at(Tie::Manager(person(1)), 10, None)]);
    assert_eq!(lines.circle(person(4), day(10)), Some(person(2)), "it closes later, when 2 goes to 4");
}

/// R-PPL-2.
#[test]
fn days_too_far_away_are_refused() {
    let today = day(0);
    assert_eq!(check_day(today, today), Ok(()));
    assert_eq!(check_day(day(DAYS_AHEAD + 1), today), Err(RelationRefused::Day));
    assert_eq!(check_day(day(-DAYS_BACK - 1), today), Err(RelationRefused::Day));
}

/// A tie of one of three values in any strand.
fn any_tie() -> impl Strategy<Value = Tie> {
    (0_u8..6, 1_u128..4).prop_map(|(kind, n)| match kind {
        0 => Tie::Account,
        1 => Tie::MainArea(area(n)),
        2 => Tie::Area(area(n)),
        3 => Tie::Manager(person(n)),
        4 => Tie::Appraiser(person(n)),
        _ => Tie::Role(if n == 1 { Role::Teacher } else { Role::Practitioner }),
    })
}

/// Any history that changes can lead to.
fn any_history() -> impl Strategy<Value = Vec<Relation>> {
    prop::collection::vec((any_tie(), any::<bool>(), 0_i64..40), 0..14).prop_map(|steps| {
        steps
            .into_iter()
            .fold(Vec::new(), |history, (tie, on, from)| change(&history, tie.strand(), on.then_some(tie), day(from)))
    })
}

/// Everything that changes on no other day than these two must stay.
fn without(state: &State, strand: Strand) -> Vec<Tie> {
    state.ties().into_iter().filter(|tie| tie.strand() != strand).collect()
}

proptest! {
    /// R-PPL-1: one at a time in each strand, whatever the changes.
    #[test]
    fn at_most_one_of_a_strand_holds_on_any_day(history in any_history(), n in -5_i64..60) {
        let mut strands: Vec<Strand> =
            history.iter().filter(|one| one.holds(day(n))).map(|one| one.tie.strand()).collect();
        let all = strands.len();
        strands.dedup();
        prop_assert_eq!(strands.len(), all);
        prop_assert!(history.iter().all(|one| one.until.is_none_or(|until| one.starts < until)));
    }

    /// R-PPL-1: a change says what holds from its day to the next planned one, and nothing else changes.
    #[test]
    fn a_change_changes_its_own_days_and_no_others(
        history in any_history(), tie in any_tie(), on in any::<bool>(), from in 0_i64..40, n in -5_i64..60,
    ) {
        let strand = tie.strand();
        let changed = change(&history, strand, on.then_some(tie), day(from));
        let (before, after) = (State::on(&history, day(n)), State::on(&changed, day(n)));
        prop_assert_eq!(without(&before, strand), without(&after, strand));
        if n < from {
            prop_assert_eq!(&before, &after);
        }
        let holds = State::on(&changed, day(from)).ties().into_iter().find(|one| one.strand() == strand);
        prop_assert_eq!(holds, on.then_some(tie));
    }

    /// R-PPL-5: what another source says holds today, and yesterday stays as it was.
    #[test]
    fn a_history_follows_what_a_file_says_today(history in any_history(), other in any_history(), n in 0_i64..40) {
        let now = State::on(&other, day(n));
        let followed = follow(&history, &now, day(n));
        let sorted = |state: State| { let mut all = state.ties().iter().map(|t| format!("{t:?}")).collect::<Vec<_>>(); all.sort(); all };
        prop_assert_eq!(sorted(State::on(&followed, day(n))), sorted(now.clone()));
        prop_assert_eq!(sorted(State::on(&followed, day(n - 1))), sorted(State::on(&history, day(n - 1))));
        prop_assert_eq!(&follow(&followed, &now, day(n)), &followed);
    }

    /// R-PPL-4: a change that is taken back leaves no trace.
    #[test]
    fn a_planned_change_that_is_taken_back_leaves_what_was(tie in any_tie(), start in any_tie(), n in 1_i64..40) {
        let strand = tie.strand();
        prop_assume!(start.strand() != strand || start == tie);
        let history = change(&[], start.strand(), Some(start), day(-10));
        let to = if start == tie { None } else { Some(tie) };
        let changed = change(&history, strand, to, day(n));
        let back = take_back(&changed, (strand, day(n)), day(0)).unwrap();
        prop_assert_eq!(back, history);
    }
}
