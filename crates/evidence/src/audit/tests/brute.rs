//! The audit against a reader who tries everything.

use super::super::*;
use proptest::prelude::*;

fn limits(found: &Findings, id: &str) -> (i64, i64) {
    let whole = |limit: Option<Limit>| if let Some(Limit::Whole(value)) = limit { value } else { unreachable!("{id}") };
    let cell = &found.cells[id];
    (whole(cell.lo), whole(cell.hi))
}

/// The least and the most of each; nothing where nothing was tried with success.
fn wider(all: &mut Vec<(i64, i64)>, values: impl Iterator<Item = i64>) {
    for (number, value) in values.enumerate() {
        match all.get_mut(number) {
            Some(at) => *at = (at.0.min(value), at.1.max(value)),
            None => all.push((value, value)),
        }
    }
}

type Told = (Vec<i64>, Vec<(usize, usize, i64, i64)>);

fn cells_alone((most, ties): &Told, factors: &[i64]) -> (Findings, Vec<(i64, i64)>) {
    let cells = most.iter().enumerate();
    let cells = cells.map(|(id, most)| Cell {
        id: id.to_string(),
        suppressed: true,
        pop: Some(*most as f64),
        ..Cell::default()
    });
    let factor = |tie: usize, cell: usize| factors[(tie * most.len() + cell) % factors.len()];
    let limits = |tie: &(usize, usize, i64, i64)| (tie.2, tie.2 + tie.3);
    let relations = ties.iter().enumerate().map(|(number, tie)| Relation {
        terms: (0..most.len()).map(|cell| (cell.to_string(), factor(number, cell) as f64)).collect(),
        lo: Some(limits(tie).0 as f64),
        hi: Some(limits(tie).1 as f64),
        value: None,
    });
    let bare = Published { cells: cells.collect(), relations: relations.collect(), ..Published::default() };
    let found = audit(&Input { bare, ..Input::default() }).unwrap();
    let mut all = Vec::new();
    let points: i64 = most.iter().map(|most| most + 1).product();
    for mut number in 0..points {
        let point: Vec<i64> = most.iter().map(|most| (number % (most + 1), number /= most + 1).0).collect();
        let sum = |tie: usize| point.iter().enumerate().map(|(cell, value)| factor(tie, cell) * value).sum::<i64>();
        if ties.iter().enumerate().all(|(tie, at)| (limits(at).0..=limits(at).1).contains(&sum(tie))) {
            wider(&mut all, point.iter().copied());
        }
    }
    (found, all)
}

/// Six people, two terms and their year: which cells count whom, and how much of each is told.
type Filters = Vec<(usize, u8, u8, u8)>;

const MEASURES: [&str; 3] = ["one", "two", "year"];

fn people_released(truth: [u8; 2], filters: &Filters, union: bool, known: u8) -> (Findings, [u8; 3]) {
    let truth = [truth[0], truth[1], truth[0] | truth[1]];
    let name = |person: u8| format!("p{person}");
    let cells = filters.iter().enumerate().map(|(number, (measure, members, below, above))| {
        let count = (truth[*measure] & members).count_ones() as f64;
        Cell {
            id: number.to_string(),
            lo: Some((count - f64::from(*below)).max(0.0)),
            hi: Some(count + f64::from(*above)),
            members: Some((0..6).filter(|person| members >> person & 1 == 1).map(name).collect()),
            measure: Some(MEASURES[*measure].to_owned()),
            ..Cell::default()
        }
    });
    let implications = MEASURES[..2].iter().map(|term| ((*term).to_owned(), "year".to_owned()));
    let unions = vec![("year".to_owned(), MEASURES[..2].iter().map(|term| (*term).to_owned()).collect())];
    let known = (0..6).filter(|person| known >> person & 1 == 1);
    let bare = Published {
        cells: cells.collect(),
        implications: if union { Vec::new() } else { implications.collect() },
        unions: if union { unions } else { Vec::new() },
        known_people: known
            .map(|person| {
                let each = (0..3).map(|number| (MEASURES[number].to_owned(), truth[number] >> person & 1)).collect();
                (name(person), KnownPerson::Each(each))
            })
            .collect(),
        ..Published::default()
    };
    (audit(&Input { bare, ..Input::default() }).unwrap(), truth)
}

/// Every value of everybody that fits, as three masks.
fn people_tried(truth: [u8; 3], filters: &Filters, union: bool, known: u8) -> Vec<[u8; 3]> {
    let every = (0..64_u8).flat_map(|one| (0..64).flat_map(move |two| (0..64).map(move |year| [one, two, year])));
    let logic = |[one, two, year]: &[u8; 3]| if union { one | two == *year } else { (one | two) & !year == 0 };
    let told = |at: &[u8; 3]| {
        filters.iter().all(|(measure, members, below, above)| {
            let counted = |of: &[u8; 3]| i64::from((of[*measure] & members).count_ones());
            (counted(&truth) - i64::from(*below)..=counted(&truth) + i64::from(*above)).contains(&counted(at))
        })
    };
    every.filter(|at| (0..3).all(|number| (at[number] ^ truth[number]) & known == 0) && logic(at) && told(at)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// R-REL-3: whole points of small systems.
    #[test]
    fn cells_come_out_as_by_trying_everything(
        most in prop::collection::vec(0_i64..8, 2..=4),
        ties in prop::collection::vec((0_usize..1, 0_usize..1, -8_i64..20, 0_i64..6), 1..=3),
        factors in prop::collection::vec(-3_i64..=5, 12),
    ) {
        let (found, tried) = cells_alone(&(most, ties), &factors);
        for (number, limit) in tried.iter().enumerate() {
            prop_assert_eq!(limits(&found, &number.to_string()), *limit);
        }
        prop_assert_eq!(tried.is_empty(), found.cells["0"].verdict == Verdict::Infeasible);
    }

    /// R-REL-3, R-REL-4: people, with implications or a union, some of them known.
    #[test]
    fn people_come_out_as_by_trying_everything(
        truth in [0_u8..64, 0_u8..64],
        filters in prop::collection::vec((0_usize..3, 1_u8..64, 0_u8..2, 0_u8..2), 1..=5),
        union in any::<bool>(),
        known in prop_oneof![Just(0_u8), 0_u8..64],
    ) {
        // With a union, everybody stands in every measure: who does not is not counted there at all.
        let all = (0..3).map(|measure| (measure, 63, 6, 6));
        let filters: Filters = filters.into_iter().chain(all).collect();
        let (found, truth) = people_released(truth, &filters, union, known);
        let tried = people_tried(truth, &filters, union, known);
        let counts = |(measure, members, ..): &(usize, u8, u8, u8)| {
            let counts = tried.iter().map(|at| i64::from((at[*measure] & members).count_ones()));
            (counts.clone().min().unwrap(), counts.max().unwrap())
        };
        for (number, filter) in filters.iter().enumerate() {
            prop_assert_eq!(limits(&found, &number.to_string()), counts(filter));
        }
        for person in (0..6).filter(|person| known >> person & 1 == 0) {
            for (number, measure) in MEASURES.iter().enumerate() {
                let first = tried[0][number] >> person & 1;
                let certain = tried.iter().all(|at| at[number] >> person & 1 == first).then_some(first);
                let said = found.people.get(&format!("p{person}")).and_then(|each| each.get(*measure).copied());
                prop_assert_eq!(said, certain, "{} {}", person, measure);
            }
        }
        let told = (0..6).filter(|person| known >> person & 1 == 1).any(|person| found.people.contains_key(&format!("p{person}")));
        prop_assert!(!told, "what is known already is not found");
    }
}
