use super::*;
use proptest::prelude::*;

const YEAR: Length = Length { terms: 3, weeks: 38 };

fn area(name: &str, staff: i64) -> LookedAfter {
    LookedAfter { name: name.to_owned(), staff, among: 1, place: 0 }
}

fn load(hours: i64, areas: Vec<LookedAfter>) -> Load {
    Load { given: Minutes::hours(hours), areas, priorities: 0, standing: Minutes(0), extras: Extras::default() }
}

/// R-TIM-1
#[test]
fn a_year_is_asked_part_by_part_and_every_part_is_stated() {
    let extras = Extras { trips: 20, trip: Minutes(30), inductions: 2, outreach: None };
    let one = Load { priorities: 1, standing: Minutes::hours(2), extras, ..load(150, vec![area("Maths", 20)]) };
    let asked = asked(&Assumptions::default(), YEAR, &one);
    let of = |part| asked.part(part).to_string();
    // 4 of 20 for 5 hours each; 6 sessions of 1 h 15; a fifth of 150 h; 38 weeks of 45 minutes.
    assert_eq!(of(Part::OneToOne), "20 h");
    assert_eq!(of(Part::Travel), "10 h");
    assert_eq!(of(Part::Sessions), "7 h 30");
    assert_eq!(of(Part::Required), "30 h");
    assert_eq!(of(Part::Inductions), "8 h");
    assert_eq!(of(Part::Priorities), "10 h");
    assert_eq!(of(Part::Meetings), "28 h 30");
    assert_eq!(of(Part::Standing), "6 h");
    assert_eq!(asked.total().to_string(), "120 h");
}

/// R-TIM-3
#[test]
fn what_does_not_fit_is_said_with_what_would_make_it_fit_and_nobody_is_moved() {
    let assumed = Assumptions { meeting: Minutes(0), required: 0, ..Assumptions::default() };
    let asked = asked(&assumed, YEAR, &load(40, vec![area("Maths", 25), area("Care", 10), area("Art", 10)]));
    assert_eq!(asked.says("Priya"), "Priya: 67 h 30 asked of 40 h. 27 h 30 do not fit.");
    let said: Vec<String> = asked.remedies(&assumed).iter().map(|one| one.words("Priya", &asked)).collect();
    assert_eq!(said[0], "More hours: 68 h of the year in place of 40 h.");
    assert!(said[1].starts_with("Fewer areas: without Maths, which comes to 32 h 30."), "{}", said[1]);
    assert_eq!(said.len(), 2, "no session given up would be enough");
    for words in said {
        for never in ["move ", "reassign", "take away", "replace"] {
            assert!(!words.to_lowercase().contains(never), "{words}");
        }
    }
}

/// R-TIM-3
#[test]
fn a_year_that_fits_says_what_is_left_and_offers_nothing() {
    let assumed = Assumptions::default();
    let asked = asked(&assumed, YEAR, &load(150, vec![area("Maths", 20)]));
    assert!(asked.says("Joe").ends_with("are left."), "{}", asked.says("Joe"));
    assert_eq!(asked.remedies(&assumed), Vec::new());
}

/// R-TIM-4
#[test]
fn numbers_nobody_means_are_refused() {
    let so = Assumptions::default();
    assert_eq!(so.check(), Ok(()));
    for (wrong, refused) in [
        (Assumptions { asking: 101, ..so }, PlannerRefused::Asking),
        (Assumptions { each: Minutes(-1), ..so }, PlannerRefused::Each),
        (Assumptions { session: Minutes(0), ..so }, PlannerRefused::Session),
        (Assumptions { preparation: Minutes(481), ..so }, PlannerRefused::Preparation),
        (Assumptions { induction: Minutes::hours(41), ..so }, PlannerRefused::Induction),
        (Assumptions { meeting: Minutes(601), ..so }, PlannerRefused::Meeting),
        (Assumptions { priority: Minutes::hours(201), ..so }, PlannerRefused::Priority),
        (Assumptions { carry: Minutes::hours(101), ..so }, PlannerRefused::Carry),
    ] {
        assert_eq!(wrong.check(), Err(refused));
    }
    let so = Extras::default();
    assert_eq!(Extras { trips: 401, ..so }.check(), Err(PlannerRefused::Trips));
    assert_eq!(Extras { trip: Minutes(-5), ..so }.check(), Err(PlannerRefused::Trip));
    assert_eq!(Extras { inductions: 61, ..so }.check(), Err(PlannerRefused::Inductions));
}

/// R-TIM-9
#[test]
fn a_share_of_outreach_is_a_share_or_nothing() {
    let so = Extras::default();
    assert_eq!(Extras { outreach: Some(101), ..so }.check(), Err(PlannerRefused::Outreach));
    assert_eq!(Extras { outreach: Some(20), ..so }.check(), Ok(()));
    assert_eq!(Extras { outreach: None, ..so }.check(), Ok(()));
}

prop_compose! {
    fn some_assumptions()(
        asking in 0i64..=100, each in 0i64..=2400, sessions in 0i64..=20, session in 15i64..=480,
        preparation in 0i64..=480, induction in 0i64..=2400, meeting in 0i64..=600, required in 0i64..=50,
        priority in 0i64..=12000,
    ) -> Assumptions {
        Assumptions {
            asking, each: Minutes(each), sessions, session: Minutes(session), preparation: Minutes(preparation),
            induction: Minutes(induction), meeting: Minutes(meeting), required, priority: Minutes(priority),
            carry: Minutes(0),
        }
    }
}

prop_compose! {
    fn some_load()(
        given in 1i64..=50_000, staff in prop::collection::vec((0i64..200, 1usize..5), 0..6),
        trips in 0i64..=400, trip in 0i64..=480, inductions in 0i64..=60, priorities in 0i64..=6, standing in 0i64..=2_400,
    ) -> Load {
        let areas = staff.into_iter().enumerate();
        let areas = areas.map(|(n, (staff, among))| LookedAfter { name: format!("Area {n}"), staff, among, place: n % among });
        let extras = Extras { trips, trip: Minutes(trip), inductions, outreach: None };
        Load { given: Minutes(given), areas: areas.collect(), priorities, standing: Minutes(standing), extras }
    }
}

proptest! {
    /// R-TIM-1
    #[test]
    fn the_parts_sum_exactly(assumed in some_assumptions(), load in some_load()) {
        let asked = asked(&assumed, YEAR, &load);
        prop_assert_eq!(asked.parts.iter().map(|(_, time)| *time).sum::<Minutes>(), asked.total());
        let areas: Minutes = asked.areas.iter().map(|(_, time)| *time).sum();
        prop_assert_eq!(areas, asked.part(Part::OneToOne) + asked.part(Part::Sessions));
        prop_assert!(asked.parts.iter().all(|(_, time)| time.0 >= 0));
    }

    /// R-TIM-2
    #[test]
    fn an_area_that_several_look_after_is_asked_once_to_the_minute(
        assumed in some_assumptions(), staff in 0i64..300, among in 1usize..8,
    ) {
        let whole = |among, place| {
            let area = LookedAfter { name: String::new(), staff, among, place };
            let load = Load { given: Minutes(0), areas: vec![area], priorities: 0, standing: Minutes(0), extras: Extras::default() };
            let asked = asked(&assumed, YEAR, &load);
            asked.part(Part::OneToOne) + asked.part(Part::Sessions)
        };
        let together: Minutes = (0..among).map(|place| whole(among, place)).sum();
        prop_assert_eq!(together, whole(1, 0));
    }

    /// R-TIM-1
    #[test]
    fn more_of_anything_never_asks_less(assumed in some_assumptions(), load in some_load()) {
        let before = asked(&assumed, YEAR, &load).total();
        let mut more = load.clone();
        more.areas.iter_mut().for_each(|area| area.staff += 1);
        more.extras.trips += 1;
        more.extras.inductions += 1;
        more.priorities += 1;
        prop_assert!(asked(&assumed, YEAR, &more).total() >= before);
        let longer = Length { weeks: YEAR.weeks + 1, terms: YEAR.terms + 1 };
        prop_assert!(asked(&assumed, longer, &load).total() >= before);
        let bolder = Assumptions { sessions: assumed.sessions + 1, asking: assumed.asking + 1, ..assumed };
        prop_assert!(asked(&bolder, YEAR, &load).total() >= before);
    }

    /// R-TIM-3
    #[test]
    fn what_is_said_to_be_enough_is_enough(assumed in some_assumptions(), load in some_load()) {
        let one = asked(&assumed, YEAR, &load);
        for remedy in one.remedies(&assumed) {
            let fits = match remedy {
                Remedy::Hours(given) => {
                    prop_assert!(given > load.given);
                    asked(&assumed, YEAR, &Load { given, ..load.clone() }).over().is_none()
                }
                Remedy::Area(name, _) => {
                    let at = load.areas.iter().position(|area| area.name == name).unwrap();
                    let mut fewer = load.clone();
                    fewer.areas.remove(at);
                    asked(&assumed, YEAR, &fewer).over().is_none()
                }
                Remedy::Areas(_, time) => time < one.over().unwrap(),
                Remedy::Sessions(sessions) => {
                    prop_assert!(sessions < assumed.sessions);
                    // Parts of a minute of areas looked after together may be left over.
                    let fewer = asked(&Assumptions { sessions, ..assumed }, YEAR, &load);
                    fewer.over().is_none_or(|over| over.0 <= i64::try_from(load.areas.len()).unwrap())
                }
            };
            prop_assert!(fits);
        }
    }
}
