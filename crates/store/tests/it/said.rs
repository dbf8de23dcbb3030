//! Keys of the two, a grant and something said, as the store holds them: texts that it does not look into.

use domain::ids::{Ids, ItemId};
use domain::support::Party;
use policies::acts::{ForgetThreads, GrantKey, KeepOwnKeys, ReadWords, WriteWords};
use policies::facts::{Actor, Job};
use store::files::{self, File};
use store::keys::{self, KeySet, Public, Slot};
use store::words::{self, Grant, Item};
use store::{Db, facts, retention};

use crate::college::{College, House, now};

/// Fills a thread.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let teacher = house.person(db, college.facts.institution, college.teacher).await;
    let own = facts::account(&college.facts, college.teacher);
    let keep = house.permit::<KeepOwnKeys>(&teacher, &own, &());
    let public = Public { kid: "kid".to_owned(), sealing: "{}".to_owned(), signing: "{}".to_owned() };
    let set = KeySet { public, vault: "{}".to_owned(), version: 1 };
    keys::insert(db, &keep, (college.teacher, now()), &set).await.expect("keys");
    let slot = Slot { name: "words".to_owned(), wrapped: "wrapped".to_owned() };
    keys::put_slot(db, &keep, (college.teacher, now()), &slot).await.expect("a slot");
    let on = facts::thread(db, &college.facts, college.thread).await.expect("readable").expect("a thread");
    let give = house.permit::<GrantKey>(&teacher, &on, &());
    let grant = Grant {
        epoch: 0,
        party: Party::Teacher,
        by: Party::Teacher,
        kid: "kid".to_owned(),
        wrapped: "wrapped".to_owned(),
    };
    words::grant(db, &give, &grant).await.expect("a grant");
    let write = house.permit::<WriteWords>(&teacher, &on, &());
    let id: ItemId = house.fresh();
    let (kind, sealed) = ("message".to_owned(), "sealed".to_owned());
    let item = Item { id, rev: 1, epoch: 0, party: Party::Teacher, kind, sealed, at: now(), place: 0 };
    words::insert(db, &write, &item).await.expect("an item");
    let file = File { id: house.fresh(), epoch: 0, party: Party::Teacher, sealed: "sealed".to_owned() };
    files::insert(db, &write, (&file, now())).await.expect("a file");
    let read = house.permit::<ReadWords>(&teacher, &on, &());
    words::set_reading(db, &read, (Party::Teacher, 1)).await.expect("read");
    let tidy = house.gate.permit::<ForgetThreads>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    let day = "2026-11-24".parse().expect("a day");
    retention::warn(db, &tidy, college.thread, (30, day)).await.expect("told");
    retention::mark(db, &tidy, (college.teacher, 2026, "2026-09-07"), Ids(&house.chance)).await.expect("marked");
    retention::forget(db, &tidy, house.fresh()).await.expect("as if there had been one");
    keys::ask_anew(db, &keep, college.teacher, (now(), Ids(&house.chance))).await.expect("asked");
}
