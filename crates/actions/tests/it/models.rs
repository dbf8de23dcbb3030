//! Changing the deployment model: who may, what everybody hears, what it never opens.

use actions::desk::{Desk, Stop};
use actions::{models, support, threads};
use domain::models::ModelRefused;
use domain::programme::Model;
use domain::support::SupportRefused;
use jiff::civil::Date;
use policies::acts::{AskForSupport, SeeThread};
use store::facts;

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use trial::Cell;

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

async fn told_of(college: &College) -> Vec<Cell> {
    college.tables()["notice"].iter().map(|row| row["person"].clone()).collect()
}

/// R-MOD-2, R-MOD-3
#[tokio::test]
async fn a_change_that_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let wanted = (Some(Model::Deficit), day("2026-12-07"));
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("a change", "denied", models::change(&desk, who, wanted)).await;
        still.stays("taking back", "denied", models::cancel(&desk, who)).await;
    }
    for (model, starts) in [
        (None, day("2026-12-07")),
        (Some(Model::Universal), day("2026-12-07")),
        (Some(Model::Deficit), None),
        (Some(Model::Deficit), day("2026-11-30")),
        (Some(Model::Deficit), day("2028-01-01")),
    ] {
        still.stays("a rule", "refused", models::change(&desk, cast.helen, (model, starts))).await;
    }
    still.stays("nothing planned", "refused", models::cancel(&desk, cast.helen)).await;
    assert_eq!(still.tried.get(), 18);
}

/// R-MOD-2, R-MOD-3: everybody hears, whoever they are, but for whoever does it; one change is planned at a time.
#[tokio::test]
async fn everybody_hears_of_a_change_and_of_its_being_taken_back() {
    let college = College::new().await;
    let (helen, desk) = (college.who("Helen Marsh").await, college.desk());
    models::change(&desk, helen, (Some(Model::Deficit), day("2026-12-07"))).await.expect("planned");
    let told = told_of(&college).await;
    assert_eq!(told.len(), college.tables()["person"].len() - 1);
    models::change(&college.desk(), helen, (Some(Model::Developmental), day("2027-01-04"))).await.expect("planned");
    let changes = &college.house.frame().programme.changes;
    assert_eq!(
        changes.iter().map(|one| (one.model, one.in_force)).collect::<Vec<_>>(),
        [(Model::Developmental, false)]
    );
    models::cancel(&college.desk(), helen).await.expect("taken back");
    assert!(college.house.frame().programme.changes.is_empty());
    let twice = models::cancel(&college.desk(), helen).await;
    assert!(matches!(twice, Err(Stop::Refused(ModelRefused::NotPlanned))));
}

/// R-MOD-1, R-MOD-4: the page's words are the gate's answers; what is under way goes on and opens to nobody else.
#[tokio::test]
async fn under_every_model_asking_is_as_the_words_say_and_a_thread_stays_between_its_two() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (sam, priya) = (cast.sam, college.who("Priya Nair").await);
    let thread = college.ask(sam, priya).await;
    let mut hours = 0;
    for model in [Model::Deficit, Model::Developmental, Model::PanOrganisational, Model::Universal] {
        let then = |hours: i64| college.later(hours);
        let starts = then(hours + 8 * 24).today();
        models::change(&then(hours), cast.helen, (Some(model), Some(starts))).await.expect("planned");
        assert!(!models::keep(&then(hours + 7 * 24)).await.expect("not due"));
        hours += 8 * 24;
        assert!(models::keep(&then(hours)).await.expect("due"));
        assert!(!models::keep(&then(hours)).await.expect("done"), "once");
        let desk: Desk = then(hours);
        let programme = &desk.frame.programme.facts;
        assert_eq!((programme.model, programme.asking_opened), (model, false));
        let (me, uma) = (college.facts(sam).await, college.facts(cast.uma).await);
        let tom = college.facts(college.who("Tom Birch").await).await;
        let asks = desk.permit::<AskForSupport>(&uma, programme, &tom).is_ok();
        assert_eq!(asks, model.lets_ask(false), "{model:?}");
        assert_eq!(model.who_asks(false).starts_with("Nobody"), !asks);
        assert!(threads::see(&desk, &me, thread).await.is_ok(), "{model:?}");
        let facts = facts::thread(&desk.read(), programme, thread).await.expect("readable").expect("there");
        for other in cast.all().into_iter().filter(|other| ![sam, priya].contains(other)) {
            let other = college.facts(other).await;
            assert!(desk.permit::<SeeThread>(&other, &facts, &()).is_err(), "{model:?}");
        }
    }
    let request = college.request(college.who("Tom Birch").await).await;
    let asked = support::ask(&college.later(hours), cast.uma, (request, "once")).await;
    assert_eq!(told(&asked), "done", "universal again");
    let refused: Result<(), Stop<SupportRefused>> = asked.map(drop);
    assert!(refused.is_ok());
}
