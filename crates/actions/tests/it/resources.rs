//! The shelf and outputs: who keeps them, what is refused, and that minutes count once.

use actions::outputs::{NewNote, Sharing};
use actions::resources::ShelfRefused;
use actions::{hours, outputs, resources};
use domain::hours::Purpose;
use domain::ids::{OutputId, ThemeId};
use domain::minutes::Minutes;
use domain::outputs::OutputKind;
use domain::people::Role;
use domain::resources::{Licence, ShelfKind, ShelfText};

use crate::college::{College, staff, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// An entry of the shelf as somebody types it.
pub fn text(title: &str, theme: ThemeId) -> ShelfText {
    ShelfText {
        title: title.to_owned(),
        says: "Act on it, or it was for nothing.".to_owned(),
        kind: Some(ShelfKind::Guidance),
        themes: vec![theme],
        address: "https://example.org/feedback".to_owned(),
    }
}

/// An output of an hour and a half.
pub fn output(title: &str, once: &str) -> NewNote {
    NewNote {
        kind: Some(OutputKind::Materials),
        title: title.to_owned(),
        day: "2026-11-24".parse().expect("a day"),
        theme: None,
        link: None,
        time: Some((Minutes(90), Some(Purpose::Strategic))),
        once: once.to_owned(),
    }
}

/// How it is shared.
pub fn sharing(theme: ThemeId) -> Sharing {
    Sharing { text: text("Worked examples for all", theme), licence: Some(Licence::By), named: true }
}

/// Every act with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let (priya, theme) = (college.who("Priya Nair").await, college.theme().await);
    let (desk, me) = (college.desk(), By::Person(priya));
    let text = text("Feedback", theme);
    let add = async || resources::add(&desk, priya, (text.clone(), "one")).await;
    let entry = story.tell("resources::add", &[("AddToShelf", me)], add).await;
    let change = async || resources::change(&desk, priya, (entry, 1), text.clone()).await;
    story.tell("resources::change", &[("ChangeOnShelf", me)], change).await;
    let withdraw = async || resources::withdraw(&desk, priya, entry).await;
    story.tell("resources::withdraw", &[("WithdrawFromShelf", me)], withdraw).await;
    let back = async || resources::put_back(&desk, priya, entry).await;
    story.tell("resources::put_back", &[("PutBackOnShelf", me)], back).await;
    let note = async || outputs::note(&desk, priya, output("Worked examples", "one")).await;
    let output = story.tell("outputs::note", &[("NoteOutput", me)], note).await;
    let how = sharing(theme);
    let share = async || outputs::share(&desk, priya, output, how.clone()).await;
    story.tell("outputs::share", &[("ShareOutput", me)], share).await;
    let stop = async || outputs::stop_sharing(&desk, priya, output).await;
    story.tell("outputs::stop_sharing", &[("StopSharing", me)], stop).await;
    let remove = async || outputs::remove(&desk, priya, output).await;
    story.tell("outputs::remove", &[("RemoveOutput", me)], remove).await;
}

/// R-RES-3.
#[tokio::test]
async fn nobody_but_practitioners_and_the_lead_keeps_the_shelf_and_what_is_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, theme) = (college.desk(), college.theme().await);
    let entry = resources::add(&desk, cast.priya, (text("Feedback", theme), "a form")).await.expect("added");
    let again = resources::add(&desk, cast.priya, (text("Feedback", theme), "a form")).await.expect("found");
    assert_eq!(entry, again, "a form that is sent twice adds one");
    resources::add(&desk, cast.helen, (text("Questions", theme), "another")).await.expect("the lead adds too");
    let still = Still::of(&college);
    for who in [cast.sam, cast.uma, cast.ann, cast.marek] {
        still.stays("add", "denied", resources::add(&desk, who, (text("Mine", theme), "x"))).await;
        still.stays("change", "denied", resources::change(&desk, who, (entry, 1), text("Mine", theme))).await;
        still.stays("withdraw", "denied", resources::withdraw(&desk, who, entry)).await;
        still.stays("put back", "denied", resources::put_back(&desk, who, entry)).await;
    }
    let nothing = ShelfText { themes: vec![], ..text("No theme", theme) };
    still.stays("no theme", "refused", resources::add(&desk, cast.priya, (nothing, "y"))).await;
    let plain = ShelfText { address: "http://example.org".to_owned(), ..text("Plain", theme) };
    still.stays("no https", "refused", resources::add(&desk, cast.priya, (plain, "y"))).await;
    let stale = resources::change(&desk, cast.priya, (entry, 7), text("Later", theme)).await;
    assert!(matches!(stale, Err(actions::Stop::Refused(ShelfRefused::Stale))));
    still.stays("it stands there", "denied", resources::put_back(&desk, cast.priya, entry)).await;
    assert_eq!(still.tried.get(), 19);
}

/// R-RES-4.
#[tokio::test]
async fn everybody_reads_the_same_shelf_and_what_was_withdrawn_only_whoever_keeps_it() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, theme) = (college.desk(), college.theme().await);
    let entry = resources::add(&desk, cast.priya, (text("Feedback", theme), "one")).await.expect("added");
    resources::add(&desk, cast.priya, (text("Questions", theme), "two")).await.expect("added");
    resources::withdraw(&desk, cast.helen, entry).await.expect("anybody who keeps the shelf");
    let mut seen = Vec::new();
    for who in cast.all() {
        let me = college.facts(who).await;
        let shelf = resources::see(&desk, &me).await.expect("a shelf");
        let keeps = me.roles.has(Role::Practitioner) || me.roles.has(Role::ProgrammeLead);
        assert_eq!((shelf.keeps, shelf.withdrawn.len()), (keeps, usize::from(keeps)));
        seen.push(format!("{:?}", shelf.entries));
    }
    assert!(seen.iter().all(|one| one == &seen[0]) && seen[0].contains("Questions"));
}

/// R-RES-6, R-RES-7.
#[tokio::test]
async fn an_outputs_minutes_enter_the_hours_once_and_go_with_it() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let used = async || {
        let me = college.facts(cast.priya).await;
        hours::own_term(&desk, &me).await.expect("hours").1.used.0
    };
    let one = outputs::note(&desk, cast.priya, output("Worked examples", "a form")).await.expect("noted");
    let again = outputs::note(&desk, cast.priya, output("Worked examples", "a form")).await.expect("found");
    assert_eq!((one, used().await), (again, 90));
    let untimed = NewNote { time: None, ..output("A talk", "another") };
    outputs::note(&desk, cast.priya, untimed).await.expect("noted");
    assert_eq!(used().await, 90);
    let before = Still::of(&college);
    for who in [cast.sam, cast.tom, cast.helen, cast.marek] {
        before.stays("another's", "denied", outputs::remove(&desk, who, one)).await;
    }
    before.stays("no practitioner", "denied", outputs::note(&desk, cast.helen, output("x", "x"))).await;
    let no_purpose = NewNote { time: Some((Minutes(5), None)), ..output("x", "x") };
    before.stays("no purpose", "refused", outputs::note(&desk, cast.priya, no_purpose)).await;
    let unnamed = NewNote { title: " ".to_owned(), ..output("x", "x") };
    before.stays("no title", "refused", outputs::note(&desk, cast.priya, unnamed)).await;
    outputs::remove(&desk, cast.priya, one).await.expect("taken back");
    assert_eq!(used().await, 0);
}

/// R-RES-8.
#[tokio::test]
async fn an_output_is_shared_and_taken_off_by_its_owner_alone_also_when_the_role_is_over() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, theme) = (college.desk(), college.theme().await);
    let one: OutputId = outputs::note(&desk, cast.priya, output("Worked examples", "a form")).await.expect("noted");
    let still = Still::of(&college);
    for who in [cast.sam, cast.tom, cast.helen] {
        still.stays("another's", "denied", outputs::share(&desk, who, one, sharing(theme))).await;
    }
    let open = Sharing { licence: None, ..sharing(theme) };
    still.stays("no licence", "refused", outputs::share(&desk, cast.priya, one, open)).await;
    outputs::share(&desk, cast.priya, one, sharing(theme)).await.expect("shared");
    let shelf = resources::see(&desk, &college.facts(cast.sam).await).await.expect("a shelf");
    assert_eq!(shelf.entries[0].by.as_deref(), Some("Priya Nair"));
    let mut later = staff();
    later.people[5].roles = [Role::Teacher].into_iter().collect();
    later.people[5].practice = None;
    college.import(&later).await.expect("imported");
    let me = college.facts(cast.priya).await;
    assert_eq!(outputs::own(&desk, &me).await.expect("still her own").len(), 1);
    assert_eq!(told(&outputs::share(&desk, cast.priya, one, sharing(theme)).await), "denied");
    assert_eq!(told(&outputs::stop_sharing(&desk, cast.tom, one).await), "denied");
    outputs::stop_sharing(&desk, cast.priya, one).await.expect("off");
    let shelf = resources::see(&desk, &college.facts(cast.sam).await).await.expect("a shelf");
    assert!(shelf.entries.is_empty());
    outputs::remove(&desk, cast.priya, one).await.expect("gone");
}
