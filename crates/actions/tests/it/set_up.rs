//! Setting a college up: one event each, all or nothing, and over once it is live.

use std::sync::Arc;

use actions::accounts::Begun;
use actions::desk::{Desk, House, Stop};
use actions::set_up::{self, Answer, GoLiveRefused, Yard};
use actions::staff::import;
use actions::{Care, Gate};
use domain::ids::Chance;
use domain::set_up::{CollegeStep, PlacesStep, RoleStep, RunnersStep, StaffStep};
use domain::year::Year;
use trial::{Cell, Place, Tables};

use crate::college::{Rigged, new_college, now, staff, told};

struct Ground {
    yard: Yard,
    chance: Arc<Rigged>,
    place: Place,
}

impl Ground {
    async fn new() -> Self {
        let place = Place::new();
        let store = place.store(Care::Sample).await;
        let chance = Arc::new(Rigged::new(7));
        let dynamic: Arc<dyn Chance> = Arc::<Rigged>::clone(&chance);
        Self { yard: Yard { store, gate: Gate::new().expect("a gate"), chance: dynamic }, chance, place }
    }

    fn tables(&self) -> Tables {
        self.place.tables()
    }

    /// How many rows a table has.
    fn rows(&self, table: &str) -> usize {
        self.tables()[table].len()
    }

    /// The acts of all events, in no order.
    fn acts(&self) -> Vec<String> {
        let act = |value: Option<&Cell>| match value {
            Some(Cell::Text(act)) => act.clone(),
            other => panic!("no act: {other:?}"),
        };
        let mut acts: Vec<String> = self.tables()["event"].iter().map(|row| act(row.get("act"))).collect();
        acts.sort();
        acts
    }

    async fn all_steps(&self) {
        let staff_step =
            StaffStep { file: "staff.csv".to_owned(), staff: staff(), ignored: Vec::new(), dropped: Vec::new() };
        for answer in [
            Answer::College(CollegeStep::read("Harbour College", "10000001").expect("sound")),
            Answer::Role(RoleStep::read("Tutor", "", "developmental").expect("sound")),
            Answer::Year(Year::usual(2026).checked().expect("sound")),
            Answer::Staff(staff_step),
            Answer::Places(PlacesStep::read("Quayside", "Sport").expect("sound")),
            Answer::Runners(RunnersStep::read("", "Ng <ng@college.example>", &staff()).expect("sound")),
        ] {
            set_up::save(&self.yard, &answer, now()).await.expect("saved");
        }
    }

    async fn go_live(&self, who: &str) -> Result<Begun, Stop<GoLiveRefused>> {
        let words = "correct horse battery".to_owned();
        set_up::go_live(&self.yard, (who, words.clone(), words), now()).await
    }
}

/// R-SET-6
#[tokio::test]
async fn each_step_writes_one_event_and_takes_the_place_of_what_it_held() {
    let ground = Ground::new().await;
    set_up::begin(&ground.yard, now()).await.expect("begun");
    set_up::begin(&ground.yard, now()).await.expect("begun before");
    assert_eq!(ground.acts(), ["SaveSetUp"]);
    for name in ["Harbour", "Harbour College"] {
        let step = Answer::College(CollegeStep::read(name, "").expect("sound"));
        set_up::save(&ground.yard, &step, now()).await.expect("saved");
    }
    assert_eq!((ground.acts().len(), ground.rows("set_up_step")), (3, 2));
    let before = ground.tables();
    ground.chance.stick(true);
    let step = Answer::College(CollegeStep::read("Other", "").expect("sound"));
    // The event's identifier is the one that was saved with the chance that sticks.
    set_up::save(&ground.yard, &step, now()).await.expect("saved once");
    let after = ground.tables();
    let again = Answer::College(CollegeStep::read("Another", "").expect("sound"));
    assert_eq!(told(&set_up::save(&ground.yard, &again, now()).await), "fault");
    assert_eq!(ground.tables(), after, "a step without its event is not saved");
    assert_ne!(before, after);
}

/// R-SET-6, R-SET-7
#[tokio::test]
async fn a_college_goes_live_whole_or_not_at_all_and_setting_up_is_over() {
    let ground = Ground::new().await;
    set_up::begin(&ground.yard, now()).await.expect("begun");
    ground.all_steps().await;
    let token = set_up::token(&ground.yard).await.expect("a token");
    let before = ground.tables();
    ground.chance.stick(true);
    assert_eq!(told(&ground.go_live("ng@college.example").await), "fault");
    ground.chance.stick(false);
    assert_eq!(ground.tables(), before, "nothing of it happened");
    let who = ground.go_live("priya.nair@college.example").await;
    assert!(matches!(who, Err(Stop::Refused(GoLiveRefused::Who))));
    let begun = ground.go_live("ng@college.example").await.expect("live");
    assert_eq!(ground.acts().iter().filter(|act| **act == "GoLive" || **act == "ImportStaff").count(), 2);
    assert_eq!((ground.rows("set_up_step"), ground.rows("credential"), ground.rows("session")), (0, 1, 1));
    assert_eq!((ground.rows("person"), ground.rows("term"), ground.rows("identifier")), (9, 3, 1));
    for said in [
        told(&set_up::begin(&ground.yard, now()).await),
        told(&set_up::see(&ground.yard).await),
        told(&set_up::token(&ground.yard).await),
        told(&set_up::save(&ground.yard, &Answer::Places(PlacesStep::default()), now()).await),
        told(&ground.go_live("ng@college.example").await),
    ] {
        assert_eq!(said, "denied");
    }
    assert!(!token.is_empty());
    let gate = Gate::new().expect("a gate");
    let chance: Arc<dyn Chance> = Arc::<Rigged>::clone(&ground.chance);
    let house = House::open(ground.yard.store.clone(), gate, chance).await.expect("a house");
    let desk = Desk::new(Arc::new(house), now());
    let visitor = actions::accounts::visitor(&desk, &begun.token).await.expect("readable").expect("signed in");
    assert_eq!(visitor.session.name, "Ng");
    assert_eq!(desk.frame.programme.name, "Harbour College");
}

/// R-SET-4
#[tokio::test]
async fn a_draft_that_lacks_something_does_not_go_live() {
    let ground = Ground::new().await;
    ground.all_steps().await;
    let step = StaffStep { file: String::new(), staff: Default::default(), ignored: Vec::new(), dropped: Vec::new() };
    set_up::save(&ground.yard, &Answer::Staff(step), now()).await.expect("saved");
    let result = ground.go_live("ng@college.example").await;
    assert!(matches!(result, Err(Stop::Refused(GoLiveRefused::Incomplete(missing))) if missing.len() == 1));
    assert_eq!(ground.rows("programme"), 0);
}

/// R-SET-7
#[tokio::test]
async fn a_college_brought_in_by_command_ends_setting_up_too() {
    let ground = Ground::new().await;
    set_up::begin(&ground.yard, now()).await.expect("begun");
    ground.all_steps().await;
    let yard = &ground.yard;
    import(&yard.store, (&yard.gate, &yard.chance), (&new_college(), &staff()), now()).await.expect("imported");
    assert_eq!(ground.rows("set_up_step"), 0);
    assert_eq!(told(&set_up::see(yard).await), "denied");
}
