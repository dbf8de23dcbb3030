//! What must hold for every problem.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;

const MONDAY: HalfDays = HalfDays::one(0, false);

fn half_days() -> impl Strategy<Value = HalfDays> {
    prop::collection::vec((0..5_u8, any::<bool>()), 0..4)
        .prop_map(|all| all.into_iter().fold(HalfDays::default(), |set, (day, late)| set.or(HalfDays::one(day, late))))
}

fn strength() -> impl Strategy<Value = Strength> {
    prop::sample::select(vec![Strength::Familiar, Strength::Strong, Strength::Leads])
}

fn skill() -> impl Strategy<Value = Skill> {
    (0..4_u32, 0..3_u8, strength()).prop_map(|(tag, phase, strength)| Skill {
        tag: Tag(tag),
        phase: Phase(phase),
        strength,
    })
}

fn practitioner() -> impl Strategy<Value = Practitioner> {
    let skills = prop::collection::vec(skill(), 0..6);
    let block = (half_days(), 0..3_u32).prop_map(|(mask, cap)| Block { mask, cap });
    let existing = prop::collection::vec((0..4_u32).prop_map(Site), 0..3);
    let room = prop::sample::select(vec![Room::Full, Room::NearlyFull, Room::HasRoom]);
    (0..4_u32, skills, prop::collection::vec(block, 0..3), existing, room).prop_map(
        |(home, skills, blocks, existing, room)| Practitioner {
            key: 0,
            home: Site(home),
            skills,
            blocks,
            existing,
            room,
        },
    )
}

fn need(count: usize) -> impl Strategy<Value = Need> {
    let some = move || prop::collection::vec(0..count, 0..4);
    let excluded = prop::collection::vec((0..count, any::<u16>()), 0..4);
    let tags = prop::collection::btree_set((0..5_u32).prop_map(Tag), 0..5);
    let asked = (any::<u64>(), 0..4_u32, tags, 0..3_u8, 0..4_u32, prop::option::of(half_days()));
    // Nobody is both the first and the second choice.
    let choice = (Just(Vec::from_iter(0..count)).prop_shuffle(), 0..4_usize)
        .prop_map(|(all, some)| all.into_iter().take(some).collect::<Vec<_>>());
    (asked, choice, some(), excluded).prop_map(
        |((key, site, tags, phase, min, mask), choice, worked_with, excluded)| {
            let excluded =
                excluded.into_iter().map(|(practitioner, reason)| Excluded { practitioner, reason }).collect();
            Need { key, site: Site(site), tags, phase: Phase(phase), min, mask, choice, worked_with, excluded }
        },
    )
}

/// A problem, a need and one of the practitioners.
fn case() -> impl Strategy<Value = (Problem, Need, usize)> {
    (1..9_usize).prop_flat_map(|count| {
        let keys = prop::collection::btree_set(any::<u64>(), count).prop_map(Vec::from_iter).prop_shuffle();
        let everybody = (prop::collection::vec(practitioner(), count), keys).prop_map(|(everybody, keys)| {
            everybody.into_iter().zip(keys).map(|(one, key)| Practitioner { key, ..one }).collect::<Vec<_>>()
        });
        let table = prop::collection::vec(prop::collection::vec(0..=100_u8, 0..4), 0..4);
        let problem =
            (everybody, table).prop_map(|(practitioners, phase_quality)| Problem { practitioners, phase_quality });
        (problem, need(count), 0..count)
    })
}

fn rank(problem: &Problem, need: &Need, practitioner: usize) -> Option<usize> {
    let proposals = recommend(problem, need).unwrap().proposals;
    proposals.iter().position(|proposal| proposal.practitioner == practitioner)
}

/// The same problem with one practitioner changed.
fn with(problem: &Problem, position: usize, change: impl FnOnce(&mut Practitioner)) -> Problem {
    let mut changed = problem.clone();
    change(&mut changed.practitioners[position]);
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn everybody_appears_once_and_the_excluded_only_among_the_excluded((problem, need, _) in case()) {
        let found = recommend(&problem, &need).unwrap();
        let barred: BTreeSet<usize> = need.excluded.iter().map(|excluded| excluded.practitioner).collect();
        let told: Vec<usize> = found.excluded.iter().map(|excluded| excluded.practitioner).collect();
        prop_assert_eq!(&told, &Vec::from_iter(barred.iter().copied()));
        let mut proposed: Vec<usize> = found.proposals.iter().map(|proposal| proposal.practitioner).collect();
        proposed.sort_unstable();
        let rest: Vec<usize> = (0..problem.practitioners.len()).filter(|one| !barred.contains(one)).collect();
        prop_assert_eq!(proposed, rest);
        for excluded in found.excluded {
            prop_assert_eq!(need.excluded.iter().find(|one| one.practitioner == excluded.practitioner), Some(&excluded));
        }
    }

    #[test]
    fn a_score_is_the_sum_of_its_parts_and_never_rises_down_the_list((problem, need, _) in case()) {
        let proposals = recommend(&problem, &need).unwrap().proposals;
        for proposal in &proposals {
            prop_assert_eq!(proposal.score, proposal.parts.iter().map(|part| part.points).sum::<i64>());
        }
        prop_assert!(proposals.is_sorted_by(|one, next| one.score >= next.score));
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_input(
        (problem, need, places) in case().prop_flat_map(|(problem, need, _)| {
            let places = Just(Vec::from_iter(0..problem.practitioners.len())).prop_shuffle();
            (Just(problem), Just(need), places)
        })
    ) {
        let moved = Problem {
            practitioners: places.iter().map(|from| problem.practitioners[*from].clone()).collect(),
            phase_quality: problem.phase_quality.clone(),
        };
        let to = |from: usize| places.iter().position(|place| *place == from).unwrap();
        let mut asked = need.clone();
        asked.choice.iter_mut().chain(&mut asked.worked_with).for_each(|one| *one = to(*one));
        asked.excluded.iter_mut().for_each(|one| one.practitioner = to(one.practitioner));
        let mut expected = recommend(&problem, &need).unwrap().proposals;
        expected.iter_mut().for_each(|proposal| proposal.practitioner = to(proposal.practitioner));
        prop_assert_eq!(recommend(&moved, &asked).unwrap().proposals, expected);
    }

    #[test]
    fn a_gain_never_lowers_a_rank((problem, need, one) in case(), gained in skill()) {
        let before = rank(&problem, &need, one);
        let same_or_better = |problem: &Problem, need: &Need| rank(problem, need, one) <= before;
        prop_assert!(same_or_better(&with(&problem, one, |who| who.skills.push(gained)), &need), "skill");
        prop_assert!(same_or_better(&with(&problem, one, |who| who.room = Room::HasRoom), &need), "room");
        prop_assert!(same_or_better(&with(&problem, one, |who| who.existing.push(need.site)), &need), "nomination");
        let block = Block { mask: need.mask.unwrap_or(MONDAY), cap: 9 };
        prop_assert!(same_or_better(&with(&problem, one, |who| who.blocks.push(block)), &need), "time");
        let worked = Need { worked_with: vec![one], ..need.clone() };
        prop_assert!(same_or_better(&problem, &worked), "worked together");
        let first = need.choice.iter().copied().filter(|other| *other != one);
        let chosen = Need { choice: std::iter::once(one).chain(first).collect(), ..need.clone() };
        prop_assert!(same_or_better(&problem, &chosen), "choice");
    }

    #[test]
    fn differences_add_up_to_the_lead_and_change_sign_with_the_sides((problem, need, _) in case()) {
        let proposals = recommend(&problem, &need).unwrap().proposals;
        for (one, next) in proposals.iter().zip(proposals.iter().skip(1)) {
            let (told, back) = (explain_difference(one, next), explain_difference(next, one));
            prop_assert_eq!(told.points, told.differences.iter().map(|difference| difference.points).sum::<i64>());
            prop_assert_eq!(told.points, -back.points);
            prop_assert!(told.differences.iter().all(|difference| difference.points != 0));
            prop_assert_eq!(told.differences.len(), back.differences.len());
        }
    }
}
