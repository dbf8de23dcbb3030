use proptest::prelude::*;

use super::*;
use crate::bands::FEWEST;

/// What everybody reads at a session, as the domain has it.
fn session(agreed: u64, answers: u64) -> Session {
    let half = answers.div_ceil(2);
    let shown = if answers < FEWEST {
        (0, answers)
    } else if agreed * 2 < answers {
        (0, half - 1)
    } else {
        (half, answers)
    };
    Session { answers, agreed: shown }
}

const OPEN: fn(u64) -> Session = |answers| Session { answers, agreed: (0, answers) };

/// R-REL-23
#[test]
fn three_quarters_or_more_is_told_of_sessions_of_five_practitioners_and_never_a_number() {
    let sessions: Vec<Session> = (0..6).map(|_| session(9, 11)).collect();
    let told = tell(&sessions, (&[1; 66], &[11; 6]), [54, 8, 4]).unwrap();
    let words = told.map(|range| range.map(|range| range.words()));
    assert_eq!(words, [Some("three quarters or more"), Some("under a quarter"), Some("under a quarter")]);
    assert_eq!(told[0].map(|range| range.per_cent()), Some((75, 100)));
}

/// R-REL-23
#[test]
fn every_number_is_in_one_quarter_and_a_border_belongs_to_the_upper_one() {
    for answers in 28..200 {
        let all: Vec<_> = (0..PARTS).map(|low| Range { low, high: low + 1 }.of(answers)).collect();
        assert_eq!((all[0].0, all[3].1), (0, answers));
        assert!(all.windows(2).all(|two| two[0].1 + 1 == two[1].0), "{answers}");
    }
    assert_eq!(Range { low: 2, high: 3 }.of(40), (20, 29));
    assert_eq!(Range { low: 3, high: 4 }.of(40), (30, 40), "everybody is hidden in the last one");
}

/// R-REL-24
#[test]
fn nothing_is_told_of_too_few_of_a_few_who_answered_often_or_of_too_few_practitioners() {
    let of = |answers: u64| -> Vec<Session> { (0..5).map(|_| OPEN(answers)).collect() };
    let told =
        |answers: u64, people: &[u64], runners: &[u64]| tell(&of(answers), (people, runners), [answers * 5, 0, 0]);
    assert_eq!(told(5, &[1; 25], &[5; 5]), Err(NotTold::TooFew));
    assert!(told(6, &[1; 30], &[6; 5]).is_ok());
    assert_eq!(told(6, &[2; 15], &[6; 5]), Err(NotTold::TooFew), "fifteen people twice each");
    assert!(told(10, &[2; 25], &[10; 5]).is_ok());
    assert_eq!(told(10, &[5, 5, 5, 5, 5, 1, 24], &[10; 5]), Err(NotTold::TooFew));
    assert_eq!(told(10, &[1; 50], &[20, 10, 10, 10]), Err(NotTold::Runners), "four practitioners");
    assert_eq!(told(10, &[1; 50], &[45, 2, 1, 1, 1]), Err(NotTold::Runners), "one of them ran most of it");
}

/// R-REL-24: whatever the five who answered most often gave, more than twenty people are behind what is told, and never is it certain
/// that more than twenty-eight are.
#[test]
fn more_than_twenty_people_are_behind_whatever_is_told() {
    for each in 1..12_u64 {
        let width = 5 * each;
        let fewest = PARTS * (width + SLACK);
        let people = fewest.div_ceil(each);
        assert!(people > 20 && people <= 28 && people < KNOWN_TO_HAVE_COME, "{each}: {people}");
    }
}

/// R-REL-25
#[test]
fn numbers_that_do_not_fit_tell_nothing() {
    let sessions: Vec<Session> = (0..6).map(|_| OPEN(10)).collect();
    let told = |people: &[u64], counted| tell(&sessions, (people, &[10; 6]), counted);
    assert_eq!(told(&[1; 60], [60, 1, 0]), Err(NotTold::Contradiction), "more than answered");
    assert_eq!(told(&[1; 59], [60, 0, 0]), Err(NotTold::Contradiction), "who said it is not kept any more");
    assert_eq!(tell(&sessions, (&[1; 60], &[9; 6]), [60, 0, 0]), Err(NotTold::Contradiction));
    let odd = [Session { answers: 60, agreed: (40, 60) }];
    assert_eq!(tell(&odd, (&[1; 60], &[12; 5]), [10, 50, 0]), Err(NotTold::Contradiction));
}

/// R-REL-25: five sessions say "fewer than half", two say nothing, since too few answered. That half of all agreed would mean that
/// nearly everybody agreed there: so it is told with the quarter below, whether it is so or not.
#[test]
fn a_quarter_that_would_give_away_a_session_is_joined_with_its_neighbour() {
    let mut sessions: Vec<Session> = (0..5).map(|_| session(4, 10)).collect();
    sessions.extend([session(9, 9), session(2, 3)]);
    let (people, runners) = ([1; 62], [10, 10, 10, 10, 10, 12]);
    for counted in [[31, 30, 1], [20, 30, 12]] {
        let told = tell(&sessions, (&people, &runners), counted).unwrap();
        assert_eq!(told[0].map(|range| range.words()), Some("a quarter or more"), "31 or 32 would be narrow");
    }
    let few = tell(&sessions, (&people, &runners), [10, 30, 22]).unwrap();
    assert_eq!(few[0].map(|range| range.words()), Some("under a quarter"));
}

/// Every way in which so many can have answered at each session, tried one by one.
fn tried(sessions: &[Session], mut all: Vec<Vec<[u64; 3]>>) -> Vec<Vec<[u64; 3]>> {
    for one in sessions {
        let own: Vec<[u64; 3]> = (one.agreed.0..=one.agreed.1)
            .flat_map(|agree| {
                (0..=one.answers - agree).map(move |partly| [agree, partly, one.answers - agree - partly])
            })
            .collect();
        all = all.iter().flat_map(|before| own.iter().map(|next| [before.clone(), vec![*next]].concat())).collect();
    }
    all
}

fn sum(way: &[[u64; 3]]) -> [u64; 3] {
    let of = |at: usize| way.iter().map(|one| one[at]).sum();
    [of(0), of(1), of(2)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    /// R-REL-25: what the audit says is possible is what whoever tries everything finds.
    #[test]
    fn the_audit_finds_what_whoever_tries_everything_finds(
        sizes in proptest::collection::vec((0u64..6, 0u64..6, 0u64..6), 2..4),
        cuts in proptest::array::uniform3((0u64..8, 0u64..8)),
    ) {
        let sessions: Vec<Session> = sizes.iter().map(|(answers, one, other)| {
            let (low, high) = (one.min(other).min(answers), one.max(other).min(answers));
            Session { answers: *answers, agreed: (*low, *high) }
        }).collect();
        let mut told = Told::nothing(&sessions);
        for (at, (low, more)) in cuts.iter().enumerate() {
            told.tell(at, (*low, (low + more).min(told.answers()).max(*low)));
        }
        let ends: Vec<(u64, u64)> = cuts.iter().map(|(low, more)| (*low, (low + more).min(told.answers()).max(*low))).collect();
        let ways: Vec<_> = tried(&sessions, vec![Vec::new()]).into_iter().filter(|way| {
            sum(way).iter().zip(&ends).all(|(number, (low, high))| (low..=high).contains(&number))
        }).collect();
        prop_assert_eq!(told.is_possible(), !ways.is_empty());
        for at in 0..3 {
            let mut found: Vec<u64> = ways.iter().map(|way| sum(way)[at]).collect();
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(told.values(at), found.len() as u64);
            for (place, session) in sessions.iter().enumerate() {
                for number in 0..=session.answers {
                    let there = ways.iter().any(|way| way[place][at] == number);
                    prop_assert_eq!(told.possible_at(session, at, number), there);
                }
            }
        }
    }

    /// R-REL-24 R-REL-25: whatever was said, each of the three keeps as many numbers as five people gave answers, and each session five
    /// or what it had; and which ranges there are for "agree" does not depend on how many agreed.
    #[test]
    fn whatever_was_said_enough_stays_possible_and_the_ranges_do_not_look_at_it(
        each in proptest::collection::vec((1u64..16, 0u64..16, 0u64..16), 5..9),
        often in 1u64..3,
    ) {
        let said: Vec<[u64; 3]> = each.iter().map(|(answers, one, other)| {
            let agree = one.min(answers);
            let partly = (*other).min(answers - agree);
            [*agree, partly, answers - agree - partly]
        }).collect();
        let sessions: Vec<Session> = said.iter().map(|one| session(one[0], one.iter().sum())).collect();
        let runners: Vec<u64> = sessions.iter().map(|one| one.answers).collect();
        let all: u64 = runners.iter().sum();
        let people = vec![often; usize::try_from(all.div_ceil(often)).unwrap()];
        let counted = sum(&said);
        if let Ok(ranges) = tell(&sessions, (&people, &runners), counted) {
            let mut told = Told::nothing(&sessions);
            for (at, range) in ranges.iter().enumerate() {
                if let Some(range) = range {
                    let (low, high) = range.of(all);
                    prop_assert!((low..=high).contains(&counted[at]));
                    told.tell(at, (low, high));
                }
            }
            prop_assert!(told.is_possible());
            if ranges.iter().any(Option::is_some) {
                prop_assert!(told.is_safe(5 * often));
            }
            let first = joined(&Told::nothing(&sessions), 0, 5 * often);
            prop_assert_eq!(first.first().map(|one| one.low), Some(0));
            prop_assert_eq!(first.last().map(|one| one.high), Some(PARTS));
            prop_assert!(first.windows(2).all(|two| two[0].high == two[1].low));
        }
    }
}
