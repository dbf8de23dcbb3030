//! What the weights are meant to do, by example.

use super::*;

const MONDAY: HalfDays = HalfDays::one(0, false);
const TUESDAY: HalfDays = HalfDays::one(1, true);
const WEDNESDAY: HalfDays = HalfDays::one(2, true);

/// Somebody from another area than the asker's, without anything that counts.
fn plain(key: u64) -> Practitioner {
    Practitioner { key, home: Site(9), skills: vec![], blocks: vec![], existing: vec![], room: Room::HasRoom }
}

fn skilled(tag: u32, strength: Strength) -> Skill {
    Skill { tag: Tag(tag), phase: Phase(0), strength }
}

fn ask(tags: &[u32]) -> Need {
    let tags = tags.iter().copied().map(Tag).collect();
    let (choice, worked_with, excluded) = (vec![], vec![], vec![]);
    Need { key: 7, site: Site(1), tags, phase: Phase(0), min: 1, mask: None, choice, worked_with, excluded }
}

/// The better of two practitioners, whatever the draw says.
fn winner(need: &Need, two: [Practitioner; 2]) -> usize {
    let problem = Problem { practitioners: two.to_vec(), ..Problem::default() };
    let proposals = recommend(&problem, need).unwrap().proposals;
    assert_ne!(proposals[0].score, proposals[1].score, "the draw decided");
    proposals[0].practitioner
}

/// R-MAT-2
#[test]
fn who_leads_on_the_theme_comes_before_who_is_nominated_for_the_area() {
    let leads = Practitioner { skills: vec![skilled(3, Strength::Leads)], ..plain(1) };
    let nominated = Practitioner { existing: vec![Site(1)], ..plain(2) };
    assert_eq!(winner(&ask(&[3]), [nominated.clone(), leads.clone()]), 1);
    assert_eq!(winner(&ask(&[4]), [nominated, leads]), 0, "only the asked theme counts");
}

/// R-MAT-1, R-MAT-3
#[test]
fn a_generalist_from_outside_comes_before_a_strong_specialist_from_within_but_not_before_who_leads() {
    let within = |strength| Practitioner { home: Site(1), skills: vec![skilled(3, strength)], ..plain(1) };
    assert_eq!(winner(&ask(&[3]), [within(Strength::Strong), plain(2)]), 1);
    assert_eq!(winner(&ask(&[3]), [within(Strength::Leads), plain(2)]), 0);
}

#[test]
fn a_first_choice_outweighs_expertise_in_any_number_of_themes() {
    let expert = Practitioner { skills: (0..6).map(|tag| skilled(tag, Strength::Leads)).collect(), ..plain(1) };
    for themes in 1..6 {
        let tags: Vec<u32> = (0..themes).collect();
        let need = Need { choice: vec![1], ..ask(&tags) };
        assert_eq!(winner(&need, [expert.clone(), plain(2)]), 1);
        assert_eq!(winner(&ask(&tags), [expert.clone(), plain(2)]), 0, "expertise always counts");
    }
}

#[test]
fn having_worked_together_counts_for_less_than_a_first_choice_or_leading_with_room() {
    let leads = Practitioner { skills: vec![skilled(3, Strength::Leads)], ..plain(1) };
    let busy = Practitioner { room: Room::NearlyFull, ..plain(2) };
    let worked = |position, tags| Need { worked_with: vec![position], ..ask(tags) };
    assert_eq!(winner(&worked(1, &[3]), [leads, busy]), 0);
    assert_eq!(winner(&worked(1, &[]), [plain(1), plain(2)]), 1);
    assert_eq!(winner(&Need { choice: vec![0], ..worked(1, &[]) }, [plain(1), plain(2)]), 0);
}

/// R-MAT-1
#[test]
fn expertise_counts_by_its_phase_and_never_for_less_than_being_a_generalist() {
    let expert = Practitioner { skills: vec![skilled(3, Strength::Leads)], ..plain(1) };
    let first_part = |table: Vec<Vec<u8>>| {
        let problem = Problem { practitioners: vec![expert.clone()], phase_quality: table };
        let need = Need { phase: Phase(1), ..ask(&[3]) };
        recommend(&problem, &need).unwrap().proposals[0].parts[0]
    };
    let expertise = Reason::Expertise { tag: Tag(3), strength: Strength::Leads };
    assert_eq!(first_part(vec![vec![100, 70]]), Part { reason: expertise, points: 210 });
    assert_eq!(first_part(vec![]), Part { reason: Reason::Generalist { tag: Tag(3) }, points: 120 });
}

#[test]
fn time_counts_when_the_shared_half_days_offer_the_least_useful_dose() {
    let block = |mask, cap| Block { mask, cap };
    let blocks = vec![block(MONDAY.or(TUESDAY), 2), block(HalfDays::one(4, true), 8), block(WEDNESDAY, 0)];
    let problem = Problem { practitioners: vec![Practitioner { blocks, ..plain(1) }], ..Problem::default() };
    let time = |mask, min| {
        let parts = recommend(&problem, &Need { mask, min, ..ask(&[]) }).unwrap().proposals[0].parts.clone();
        parts.into_iter().find(|part| matches!(part.reason, Reason::Time { .. }))
    };
    assert_eq!(time(Some(MONDAY), 2), Some(Part { reason: Reason::Time { mask: MONDAY }, points: 120 }));
    assert_eq!(time(Some(MONDAY), 3), None);
    assert_eq!(time(Some(HalfDays::one(3, false)), 0), None);
    assert_eq!(time(Some(WEDNESDAY), 0), None, "nothing is left on Wednesday");
    assert_eq!(time(None, 1), None);
}

#[test]
fn the_weightiest_difference_is_told_first() {
    let leads = Practitioner { skills: vec![skilled(3, Strength::Leads)], room: Room::NearlyFull, ..plain(1) };
    let problem = Problem { practitioners: vec![leads, plain(2)], ..Problem::default() };
    let proposals = recommend(&problem, &ask(&[3])).unwrap().proposals;
    let told = explain_difference(&proposals[0], &proposals[1]);
    let points: Vec<i64> = told.differences.iter().map(|difference| difference.points).collect();
    assert_eq!((told.points, points), (120, vec![180, -60]));
}

#[test]
fn mistakes_of_the_caller_are_refused() {
    let problem = Problem { practitioners: vec![plain(1), plain(2)], ..Problem::default() };
    let excluded = vec![Excluded { practitioner: 2, reason: 1 }];
    assert_eq!(recommend(&problem, &Need { excluded, ..ask(&[]) }), Err(Fault::NoSuchPractitioner(2)));
    assert_eq!(recommend(&problem, &Need { choice: vec![3], ..ask(&[]) }), Err(Fault::NoSuchPractitioner(3)));
    let twins = Problem { practitioners: vec![plain(1), plain(1)], ..Problem::default() };
    assert_eq!(recommend(&twins, &ask(&[])), Err(Fault::SharedKey(1)));
}

#[test]
fn fourteen_half_days_make_a_week_and_no_two_are_the_same() {
    let week: Vec<HalfDays> = (0..9).flat_map(|day| [false, true].map(|late| HalfDays::one(day, late))).collect();
    assert_eq!(week.iter().filter(|one| !one.is_empty()).count(), 14);
    let differ = |(at, one): (usize, &HalfDays)| week[..at].iter().all(|other| other.and(*one).is_empty());
    assert!(week.iter().enumerate().all(differ));
}
