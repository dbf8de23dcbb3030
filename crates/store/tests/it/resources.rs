//! The shelf and outputs, as the store holds them.

use domain::ids::{OutputId, PersonId, ShelfEntryId, ThemeId};
use domain::outputs::OutputKind;
use domain::resources::{Licence, ShelfKind, ShelfText};
use policies::acts::{
    AddToShelf, ChangeOnShelf, NoteHours, NoteOutput, PutBackOnShelf, RemoveNote, RemoveOutput, SeeOwnOutputs,
    SeeShelf, ShareOutput, StopSharing, WithdrawFromShelf,
};
use policies::facts::PersonFacts;
use store::outputs::{self, NewOutput, Output};
use store::resources::{self, Kept, ShelfEntry};
use store::{Db, facts, hours};

use crate::college::{College, House, now};

pub fn text(title: &str, theme: ThemeId) -> ShelfText {
    ShelfText {
        title: title.to_owned(),
        says: "What it says.".to_owned(),
        kind: Some(ShelfKind::Guidance),
        themes: vec![theme],
        address: "https://example.org/page".to_owned(),
    }
}

async fn practitioner(house: &House, db: &Db, college: &College) -> PersonFacts {
    house.person(db, college.facts.institution, college.practitioner).await
}

/// An entry of the shelf, an output with minutes that goes with it, and what was shared of the output.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let me = practitioner(house, db, college).await;
    let practice = facts::practice(college.facts.institution, me.id);
    let add = house.permit::<AddToShelf>(&me, &college.facts, &());
    let entry: ShelfEntryId = house.fresh();
    let said = text("Feedback", college.theme);
    let kept = Kept { id: entry, text: &said, kind: ShelfKind::Guidance };
    resources::add(db, &add, kept, now()).await.expect("added");
    assert!(resources::has(db, &add, entry).await.expect("readable"));
    let note = house.permit::<NoteHours>(&me, &practice, &());
    let time = house.entry(house.fresh(), &[]);
    hours::note(db, &note, &time, None).await.expect("hours");
    let new = NewOutput {
        id: house.fresh(),
        kind: OutputKind::Scheme,
        day: "2026-11-23".parse().expect("a day"),
        title: "A scheme",
        theme: Some(college.theme),
        link: Some(entry),
        hours: Some(time.id),
        now: now(),
    };
    let permit = house.permit::<NoteOutput>(&me, &practice, &());
    outputs::note(db, &permit, &new).await.expect("noted");
    assert!(outputs::has(db, &permit, new.id).await.expect("readable"));
    share(house, db, college, (new.id, Some(me.id))).await;
}

async fn share(house: &House, db: &Db, college: &College, (output, author): (OutputId, Option<PersonId>)) {
    let me = practitioner(house, db, college).await;
    let permit = house.permit::<ShareOutput>(&me, &facts::practice(college.facts.institution, me.id), &());
    let said = text("A scheme for all", college.theme);
    let kept = Kept { id: ShelfEntryId(output.0), text: &said, kind: ShelfKind::Example };
    resources::share(db, &permit, (kept, now()), (output, Licence::By, author)).await.expect("shared");
}

async fn shelf(house: &House, db: &Db, college: &College) -> Vec<ShelfEntry> {
    let me = practitioner(house, db, college).await;
    let permit = house.permit::<SeeShelf>(&me, &college.facts, &());
    resources::shelf(db, &permit).await.expect("a shelf")
}

async fn own(house: &House, db: &Db, college: &College) -> Vec<Output> {
    let me = practitioner(house, db, college).await;
    let permit = house.permit::<SeeOwnOutputs>(&me, &facts::practice(college.facts.institution, me.id), &());
    outputs::own(db, &permit).await.expect("outputs")
}

/// R-RES-3.
#[tokio::test]
async fn an_entry_is_changed_withdrawn_and_put_back_and_an_older_page_changes_nothing() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.write().await.expect("a unit of work");
    let me = practitioner(&house, &db, &college).await;
    let change = house.permit::<ChangeOnShelf>(&me, &college.facts, &());
    let withdraw = house.permit::<WithdrawFromShelf>(&me, &college.facts, &());
    let back = house.permit::<PutBackOnShelf>(&me, &college.facts, &());
    let entry = shelf(&house, &db, &college).await.into_iter().find(|one| one.output.is_none()).expect("an entry");
    let said = text("Feedback, once more", college.theme);
    let kept = Kept { id: entry.id, text: &said, kind: ShelfKind::Tool };
    assert!(resources::change(&db, &change, kept, entry.version).await.expect("changed"));
    assert!(!resources::change(&db, &change, kept, entry.version).await.expect("an older page"));
    assert!(!resources::put_back(&db, &back, entry.id).await.expect("it stands there"));
    assert!(resources::withdraw(&db, &withdraw, entry.id, now()).await.expect("withdrawn"));
    assert!(!resources::withdraw(&db, &withdraw, entry.id, now()).await.expect("it was already"));
    assert!(!resources::change(&db, &change, kept, entry.version + 2).await.expect("what is withdrawn stays so"));
    let seen = shelf(&house, &db, &college).await;
    let seen = seen.iter().find(|one| one.id == entry.id).expect("kept");
    assert_eq!((seen.withdrawn, seen.title.as_str(), seen.kind), (true, "Feedback, once more", ShelfKind::Tool));
    assert!(resources::put_back(&db, &back, entry.id).await.expect("back"));
}

/// R-RES-8.
#[tokio::test]
async fn what_is_shared_stands_once_with_the_name_its_author_chose_and_nobody_else_changes_it() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.write().await.expect("a unit of work");
    let me = practitioner(&house, &db, &college).await;
    let output = own(&house, &db, &college).await.first().expect("one").id;
    let shared = |all: Vec<ShelfEntry>| {
        let mut some: Vec<ShelfEntry> = all.into_iter().filter(|one| one.output == Some(output)).collect();
        assert_eq!(some.len(), 1);
        some.remove(0)
    };
    let first = shared(shelf(&house, &db, &college).await);
    assert!(first.by.is_some());
    share(&house, &db, &college, (output, None)).await;
    let again = shared(shelf(&house, &db, &college).await);
    assert_eq!((again.id, again.by, again.licence), (first.id, None, Some(Licence::By)));
    let said = text("Mine now", college.theme);
    let kept = Kept { id: first.id, text: &said, kind: ShelfKind::Tool };
    let change = house.permit::<ChangeOnShelf>(&me, &college.facts, &());
    assert!(!resources::change(&db, &change, kept, again.version).await.expect("not by this way"));
    let practice = facts::practice(college.facts.institution, me.id);
    let stop = house.permit::<StopSharing>(&me, &practice, &());
    assert!(resources::stop_sharing(&db, &stop, output, now()).await.expect("off"));
    assert!(!resources::stop_sharing(&db, &stop, output, now()).await.expect("it was already"));
    let back = house.permit::<PutBackOnShelf>(&me, &college.facts, &());
    assert!(!resources::put_back(&db, &back, first.id).await.expect("its author shares it, nobody else"));
    let gone = shared(shelf(&house, &db, &college).await);
    assert_eq!((gone.withdrawn, gone.by), (true, None));
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    let others = house.permit::<StopSharing>(&teacher, &facts::practice(college.facts.institution, teacher.id), &());
    share(&house, &db, &college, (output, Some(me.id))).await;
    assert!(!resources::stop_sharing(&db, &others, output, now()).await.expect("somebody else's"));
}

/// R-RES-6, R-RES-7.
#[tokio::test]
async fn an_output_is_its_owners_and_goes_with_what_was_shared_while_hours_go_by_their_own_way() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.write().await.expect("a unit of work");
    let me = practitioner(&house, &db, &college).await;
    let all = own(&house, &db, &college).await;
    let one = all.first().expect("one");
    assert_eq!((one.shared, one.minutes.map(|minutes| minutes.0)), (true, Some(30)));
    assert_eq!(one.link.as_ref().map(|(title, _)| title.as_str()), Some("Feedback"));
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    let others = facts::practice(college.facts.institution, teacher.id);
    let remove = house.permit::<RemoveOutput>(&teacher, &others, &());
    assert_eq!(outputs::remove(&db, &remove, one.id).await.expect("readable"), None);
    let entry = one.hours.expect("minutes");
    let on = facts::entry(&db, college.facts.institution, entry).await.expect("readable").expect("an entry");
    let note = house.permit::<RemoveNote>(&me, &on, &());
    hours::remove(&db, &note).await.expect("taken back in the record of hours");
    assert_eq!(own(&house, &db, &college).await.first().expect("stays").minutes, None);
    let remove = house.permit::<RemoveOutput>(&me, &facts::practice(college.facts.institution, me.id), &());
    assert_eq!(outputs::remove(&db, &remove, one.id).await.expect("removed"), Some(None));
    assert!(own(&house, &db, &college).await.is_empty());
    assert!(shelf(&house, &db, &college).await.iter().all(|entry| entry.output.is_none()));
}
