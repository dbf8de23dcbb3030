//! What bounds required support: who is barred, the ceiling, what comes last, and its end when somebody leaves.

use actions::desk::Stop;
use actions::required::{self, Require};
use actions::{ceiling, retention, threads, tracks};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::required::{Ending, Plan, RequiredRefused};

use crate::college::{College, told};
use crate::required::{On, require};

/// R-REQ-5 R-REQ-12
#[tokio::test]
async fn who_is_barred_cannot_be_chosen_and_what_is_planned_stays_below_the_ceiling() {
    let on = On::new().await;
    let (college, desk) = (&on.college, on.college.desk());
    let (helen, uma) = (college.who("Helen Marsh").await, college.who("Uma Roy").await);
    ceiling::set_barred(&desk, helen, (on.priya, true)).await.expect("barred");
    let sam = college.facts(on.sam).await;
    let offered: Vec<PersonId> =
        required::choices(&desk, &sam, on.track).await.expect("a list").iter().map(|one| one.id).collect();
    assert_eq!(offered, [on.tom]);
    assert_eq!(told(&required::choose(&desk, on.sam, (on.track, on.priya, "x")).await), "denied");
    assert_eq!(told(&ceiling::set_barred(&desk, on.ann, (on.priya, false)).await), "denied");
    assert_eq!(told(&ceiling::set_share(&desk, on.ann, "50").await), "denied");
    // Four and a half of the three hours that one percent of 300 allows are planned already.
    ceiling::set_share(&desk, helen, "1").await.expect("set");
    let over = required::start(&desk, on.ann, (&require(uma), "x")).await;
    assert!(matches!(over, Err(Stop::Refused(RequiredRefused::OverCeiling))), "{over:?}");
    let (more, less) = (Plan { meetings: 7, length: Minutes(45) }, Plan { meetings: 5, length: Minutes(45) });
    let raised = tracks::revise(&desk, (on.ann, on.track), (1, more, "More.")).await;
    assert!(matches!(raised, Err(Stop::Refused(RequiredRefused::OverCeiling))), "{raised:?}");
    tracks::revise(&desk, (on.ann, on.track), (1, less, "Less.")).await.expect("less always fits");
    let stale = tracks::revise(&desk, (on.ann, on.track), (1, less, "Less.")).await;
    assert!(matches!(stale, Err(Stop::Refused(RequiredRefused::Stale))), "{stale:?}");
}

/// R-REQ-11
#[tokio::test]
async fn what_comes_last_is_required_only_after_a_kind_sentence_was_read() {
    let on = On::new().await;
    on.choose(on.priya).await;
    for who in [on.sam, on.priya, on.ann] {
        assert_eq!(on.signal(who, true).await, "done");
    }
    let (later, again) = (on.college.later(30 * 24), require(on.sam));
    let unread = required::start(&later, on.ann, (&again, "x")).await;
    assert!(matches!(unread, Err(Stop::Refused(RequiredRefused::LastResort))), "{unread:?}");
    let read = Require { read: true, ..again };
    assert_eq!(told(&required::start(&later, on.ann, (&read, "x")).await), "done");
}

/// R-REQ-14
#[tokio::test]
async fn it_ends_when_the_teacher_has_left_and_goes_with_its_threads_after_twelve_months() {
    let on = On::new().await;
    let thread = on.choose(on.priya).await;
    let marek = on.college.who("Marek Nowicki").await;
    actions::people::set_active(&on.college.later(2 * 24), marek, (on.sam, false)).await.expect("off");
    retention::keep_time(&on.college.later(29 * 24)).await.expect("kept");
    assert!(on.reported().await.common.ended.is_none());
    retention::keep_time(&on.college.later(31 * 24)).await.expect("kept");
    assert_eq!(on.reported().await.common.ended.map(|(_, how)| how), Some(Ending::Left));
    let ids = |college: &College, table: &str| college.tables()[table].len();
    assert_eq!((ids(&on.college, "track"), ids(&on.college, "thread")), (1, 2));
    let year = 365 + 31;
    for days in [year - 29, year - 6, year + 3, year + 4] {
        retention::keep_time(&on.college.later(days * 24)).await.expect("kept");
    }
    for table in ["track", "track_scope", "track_thread", "thread", "participant", "sealed_participant"] {
        assert_eq!(ids(&on.college, table), 0, "{table}");
    }
    let gone = threads::see(&on.college.later((year + 4) * 24), &on.college.facts(on.priya).await, thread).await;
    assert_eq!(told(&gone), "denied");
}
