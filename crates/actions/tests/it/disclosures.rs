//! What becomes of something that was passed to the safeguarding leads: kept back, opened, told, closed.

use actions::chance::short_digest;
use actions::desk::Stop;
use actions::safeguarding::{self, NewDisclosure, Reason};
use actions::{disclosures, retention, threads};
use domain::ids::{PersonId, ThreadId, from_digest};
use trial::Cell;
use uuid::Uuid;

use crate::college::told;
use crate::events::OF_SAFEGUARDING;
use crate::safeguarding::{Risk, for_all, sealed_by, which};
use crate::story::{By, Story};
use crate::two::keyed;
use crate::words_later::anew;

/// R-SAF-5
#[tokio::test]
async fn while_telling_is_unsafe_nothing_changes_for_whom_it_is_about() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    let seen = async || {
        let (thread, words) = (two.college.see(two.sam, two.thread).await, two.college.facts(two.sam).await);
        let words = actions::words::see(&two.college.desk(), &words, two.thread).await.expect("seen");
        (format!("{:?}", thread.thread), format!("{:?} {:?}", words.other, words.items))
    };
    let before = (seen().await, risk.waits_for(two.sam));
    risk.passed(&risk.kept(id)).await;
    safeguarding::watch(&risk.college().later(24)).await.expect("watched");
    safeguarding::watch(&risk.college().later(14 * 24)).await.expect("watched");
    assert_eq!((seen().await, risk.waits_for(two.sam)), before);
    assert_eq!((risk.own(two.sam).await, risk.own(two.priya).await), (0, 1));
    assert_eq!(risk.sees(two.sam, id).await, "denied");
    let nothing = risk.sees(two.sam, which(404)).await;
    assert_eq!(nothing, "denied", "the same as what never was");
    let looked = actions::looked::mine(&risk.college().desk(), &risk.college().facts(two.sam).await).await;
    assert!(looked.expect("readable").is_empty(), "reading it is no look");
    for refused in [
        told(&disclosures::tell(&risk.college().desk(), (two.sam, id), &[]).await),
        told(&disclosures::review(&risk.college().desk(), (two.sam, id), "harm").await),
        told(&disclosures::close(&risk.college().desk(), (two.sam, id), true).await),
    ] {
        assert_eq!(refused, "denied");
    }
}

/// R-SAF-7
#[tokio::test]
async fn what_nobody_opens_is_told_of_again_without_a_word_of_it() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    risk.passed(&risk.kept(id)).await;
    let (first, _) = risk.waits_for(risk.bethan).expect("told");
    let desk = risk.college().later(23);
    safeguarding::watch(&desk).await.expect("watched");
    actions::mail::write_due(&desk).await.expect("written");
    assert_eq!(risk.waits_for(risk.bethan), Some((first, true)), "mailed once, and not again yet");
    let unheard = async |hours| {
        let (desk, priya) = (risk.college().later(hours), risk.college().facts(two.priya).await);
        disclosures::see(&desk, &priya, id).await.expect("seen").unheard
    };
    assert!(!unheard(23).await && unheard(24).await);
    safeguarding::watch(&risk.college().later(24)).await.expect("watched");
    let (again, mailed) = risk.waits_for(risk.bethan).expect("told again");
    assert!(again > first && !mailed);
    let events = risk.college().tables()["event"].len();
    safeguarding::watch(&risk.college().later(25)).await.expect("watched");
    assert_eq!(risk.college().tables()["event"].len(), events, "once a day");
    let lead = risk.college().facts(risk.bethan).await;
    let page = disclosures::see(&risk.college().later(26), &lead, id).await.expect("seen");
    assert!(page.disclosure.opened.is_none(), "the page alone shows none of it");
    for _ in 0..2 {
        disclosures::read(&risk.college().later(26), &lead, id).await.expect("opened");
    }
    assert_eq!(risk.college().tables()["event"].len(), events + 1, "opened once");
    let opened = disclosures::see(&risk.college().later(26), &lead, id).await.expect("seen").disclosure.opened;
    assert_eq!(opened.map(|(day, who)| (day.to_string(), who.0)), Some(("2026-11-25".to_owned(), risk.bethan)));
    safeguarding::watch(&risk.college().later(60)).await.expect("watched");
    assert_eq!(risk.college().tables()["event"].len(), events + 1, "nothing more to tell");
    assert!(!unheard(60).await);
}

/// R-SAF-4 R-SAF-6
#[tokio::test]
async fn it_is_decided_again_after_fourteen_days_and_telling_lets_them_read_it() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    risk.passed(&risk.kept(id)).await;
    // Coming in is looking: what waited for her before is forgotten.
    actions::accounts::sign_in_as_sample(&risk.college().desk(), two.priya, "").await.expect("signed in");
    let lead = risk.college().facts(risk.bethan).await;
    let words = disclosures::read(&risk.college().desk(), &lead, id).await.expect("opened");
    assert_eq!(words.tell.map(|(who, keys)| (who, keys.kid)), Some((two.sam, two.sams.kid())));
    let again = async |hours: i64, who: PersonId, reason: &'static str| {
        told(&disclosures::review(&risk.college().later(hours), (who, id), reason).await)
    };
    let fortnight = 14 * 24;
    assert_eq!(again(fortnight - 24, two.priya, "harm").await, "refused", "not due yet");
    assert!(risk.waits_for(two.priya).is_none());
    safeguarding::watch(&risk.college().later(fortnight)).await.expect("watched");
    assert!(risk.waits_for(two.priya).is_some(), "reminded");
    let events = risk.college().tables()["event"].len();
    safeguarding::watch(&risk.college().later(fortnight + 1)).await.expect("watched");
    assert_eq!(risk.college().tables()["event"].len(), events, "once");
    assert_eq!(again(fortnight, risk.bethan, "no reason").await, "refused");
    assert_eq!(again(fortnight, risk.bethan, "advice").await, "done");
    assert_eq!(again(fortnight, two.priya, "harm").await, "refused", "decided already");
    let tell = async |who: PersonId, signed: Vec<String>| match disclosures::tell(
        &risk.college().later(fortnight + 24),
        (who, id),
        &signed,
    )
    .await
    {
        Ok(()) => "told",
        Err(Stop::Refused(refused)) => refused.code(),
        Err(_) => "denied",
    };
    assert_eq!(tell(two.sam, for_all(&two.sams, id, &[&two.sams])).await, "denied");
    assert_eq!(tell(risk.bethan, Vec::new()).await, "keys");
    assert_eq!(tell(risk.bethan, for_all(&risk.bethans, id, &[&risk.bethans])).await, "keys", "for nobody else");
    assert_eq!(tell(risk.bethan, for_all(&two.priyas, id, &[&two.sams])).await, "signature", "as whoever tells");
    assert_eq!(tell(risk.bethan, for_all(&risk.bethans, which(2), &[&two.sams])).await, "context");
    assert_eq!((risk.own(two.sam).await, risk.sees(two.sam, id).await), (0, "denied"));
    assert_eq!(tell(risk.bethan, for_all(&risk.bethans, id, &[&two.sams])).await, "told");
    assert_eq!(tell(two.priya, for_all(&two.priyas, id, &[&two.sams])).await, "told", "once");
    assert_eq!((risk.own(two.sam).await, risk.sees(two.sam, id).await), (1, "done"));
    assert!(risk.waits_for(two.sam).is_some());
    let read = disclosures::read(&risk.college().desk(), &risk.college().facts(two.sam).await, id).await.expect("read");
    assert_eq!((read.grants.len(), read.grants[0].1, read.tell.is_none()), (1, risk.bethan, true));
    let seen = disclosures::see(&risk.college().desk(), &lead, id).await.expect("seen");
    let decided: Vec<_> = seen.decisions.iter().map(|one| (one.who.0, one.day.to_string(), one.reason)).collect();
    let advice = Some(Reason::Advice);
    let expected = [(risk.bethan, "2026-12-08".to_owned(), advice), (risk.bethan, "2026-12-09".to_owned(), None)];
    assert_eq!(decided, expected);
    assert_eq!(again(60 * 24, risk.bethan, "harm").await, "refused", "there is nothing to decide any more");
}

/// R-SAF-6
#[tokio::test]
async fn somebody_without_keys_is_told_that_and_let_in_later() {
    let risk = Risk::new().await;
    let college = risk.college();
    let (uma, tom) = (college.who("Uma Roy").await, college.who("Tom Birch").await);
    let thread = college.ask(uma, tom).await;
    let toms = keyed(college, tom).await;
    let id = which(7);
    let new = NewDisclosure {
        sealed: sealed_by(&toms, id),
        grants: for_all(&toms, id, &[&toms, &risk.bethans]),
        ..risk.kept(id)
    };
    assert_eq!(told(&safeguarding::disclose(&college.desk(), (tom, thread), &new).await), "done");
    let tell = async |signed: &[String]| told(&disclosures::tell(&college.desk(), (tom, id), signed).await);
    assert_eq!(tell(&for_all(&toms, id, &[&risk.two.sams])).await, "refused", "there is nobody to give it to");
    assert_eq!((tell(&[]).await, tell(&[]).await), ("done", "refused"));
    assert_eq!(risk.own(uma).await, 1, "she knows that");
    let read =
        async |who: PersonId| disclosures::read(&college.desk(), &college.facts(who).await, id).await.expect("read");
    assert!(read(uma).await.grants.is_empty(), "not yet what it says");
    let umas = keyed(college, uma).await;
    assert_eq!(read(risk.bethan).await.tell.map(|(who, _)| who), Some(uma));
    assert_eq!(tell(&for_all(&toms, id, &[&umas])).await, "done");
    assert_eq!((read(uma).await.grants.len(), read(risk.bethan).await.tell.is_none()), (1, true));
}

/// R-SAF-8
#[tokio::test]
async fn it_outlives_its_thread_and_ends_when_a_lead_closes_it() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    risk.passed(&risk.open(id)).await;
    let of_thread = Cell::Bytes(two.thread.0.as_bytes().to_vec());
    for (table, rows) in risk.college().tables().iter().filter(|(table, _)| table.starts_with("disclosure")) {
        assert!(rows.iter().all(|row| row.values().all(|cell| *cell != of_thread)), "{table} points to the thread");
    }
    threads::withdraw(&two.college.desk(), two.college.from(two.sam, two.thread).await).await.expect("withdrawn");
    retention::shred(&two.college.desk(), two.sam, (two.thread, true)).await.expect("deleted");
    for who in [two.sam, two.priya, risk.bethan] {
        assert_eq!((risk.sees(who, id).await, risk.own(who).await), ("done", usize::from(who != risk.bethan)));
    }
    let close = async |who: PersonId, sure| told(&disclosures::close(&two.college.desk(), (who, id), sure).await);
    assert_eq!((close(two.priya, true).await, close(two.sam, true).await), ("denied", "denied"));
    assert_eq!(close(risk.bethan, false).await, "refused");
    let drawer: ThreadId = from_digest(short_digest(&format!("disclosure {id}")));
    let institution = two.college.desk().institution();
    let there = || two.college.place.keyring().known_thread(institution, drawer).expect("readable").is_some();
    assert!(there());
    assert_eq!((close(risk.bethan, true).await, close(risk.bethan, true).await), ("done", "denied"));
    assert_eq!((risk.rows(), there()), (vec![0, 0, 0, 0], false), "and the key of its outer layer");
    assert_eq!(risk.sees(risk.bethan, id).await, "denied");
    let events = risk.college().tables().remove("event").unwrap_or_default();
    let of_it = Cell::Text(id.to_string());
    let acts: Vec<_> = events.iter().filter(|row| row["detail"] == of_it).map(|row| row["act"].clone()).collect();
    let acts: Vec<_> = acts.into_iter().filter(|act| *act != Cell::Text("ReadDisclosure".to_owned())).collect();
    assert_eq!(acts.len(), 2, "what happened remains, without content: {acts:?}");
    for act in ["Disclose", "CloseDisclosure"] {
        assert!(acts.contains(&Cell::Text(act.to_owned())), "{act}");
    }
    let gone = ThreadId(Uuid::from_u128(5));
    assert_eq!(
        told(&safeguarding::disclose(&two.college.desk(), (two.priya, gone), &risk.open(which(2))).await),
        "denied"
    );
}

/// R-SAF-7 R-SAF-10
#[tokio::test]
async fn a_lead_with_new_keys_has_opened_nothing_until_somebody_gives_the_key_back() {
    let risk = Risk::new().await;
    let (two, id, desk) = (&risk.two, which(1), risk.college().desk());
    risk.passed(&risk.kept(id)).await;
    let (priya, lead) = (risk.college().facts(two.priya).await, risk.college().facts(risk.bethan).await);
    let unheard = async || disclosures::see(&desk, &priya, id).await.expect("seen").unheard;
    assert!(!unheard().await, "a lead can open it");
    let again = anew(two, risk.bethan).await;
    assert!(unheard().await, "nobody can: the telephone is the better way at once");
    let words = disclosures::read(&desk, &lead, id).await.expect("handed out");
    assert!(words.grants.is_empty());
    let open = async || disclosures::see(&desk, &lead, id).await.expect("seen").disclosure.opened.is_some();
    assert!(!open().await, "what does not open was not opened, and is told of again");
    let give =
        async |who, to, signed: Vec<String>| told(&disclosures::give_back(&desk, (who, id), (to, &signed)).await);
    let right = || for_all(&two.priyas, id, &[&again]);
    assert_eq!(give(two.sam, risk.bethan, for_all(&two.sams, id, &[&again])).await, "denied", "whom it is about");
    for (to, signed) in [
        (two.sam, for_all(&two.priyas, id, &[&two.sams])),
        (risk.bethan, for_all(&two.priyas, id, &[&risk.bethans])),
        (risk.bethan, for_all(&two.sams, id, &[&again])),
        (risk.bethan, Vec::new()),
        (two.priya, for_all(&two.priyas, id, &[&two.priyas])),
    ] {
        assert_eq!(give(two.priya, to, signed).await, "refused");
    }
    assert!(unheard().await, "nothing was stored");
    assert_eq!(give(two.priya, risk.bethan, right()).await, "done");
    assert_eq!(give(two.priya, risk.bethan, right()).await, "refused", "once");
    assert!(!unheard().await);
    let words = disclosures::read(&desk, &lead, id).await.expect("handed out");
    assert_eq!((words.grants.len(), open().await), (1, true));
    assert_eq!(words.holders.iter().map(|one| (one.person, one.holds)).collect::<Vec<_>>(), [(two.priya, true)]);
    let priyas = anew(two, two.priya).await;
    let again = anew(two, risk.bethan).await;
    let signed = for_all(&priyas, id, &[&again]);
    assert_eq!(give(two.priya, risk.bethan, signed).await, "refused", "her new keys do not open it either");
}

/// R-SAF-6 R-SAF-7 R-SAF-8
#[tokio::test]
async fn everything_that_is_done_with_it_writes_one_event_or_does_nothing() {
    let risk = Risk::new().await;
    let (two, id, desk) = (&risk.two, which(1), risk.college().desk());
    let (new, lead) = (risk.kept(id), risk.college().facts(risk.bethan).await);
    let helen = risk.college().who("Helen Marsh").await;
    let (priyas, bethans) = (By::Person(two.priya), By::Person(risk.bethan));
    let mut story = Story::begin(risk.college()).await;
    let route = async || safeguarding::set_route(&desk, helen, ("Lead", "01632 960118")).await;
    story.tell("safeguarding::set_route", &[("SetSafeguarding", By::Person(helen))], route).await;
    let pass = async || safeguarding::disclose(&desk, (two.priya, two.thread), &new).await;
    story.tell("safeguarding::disclose", &[("Disclose", priyas)], pass).await;
    let late = risk.college().later(24);
    let watch = async || safeguarding::watch(&late).await;
    story.tell("safeguarding::watch", &[("EscalateDisclosures", By::Machine)], watch).await;
    let read = async || disclosures::read(&desk, &lead, id).await;
    story.tell("disclosures::read", &[("ReadDisclosure", bethans)], read).await;
    let due = risk.college().later(14 * 24);
    let review = async || disclosures::review(&due, (two.priya, id), "harm").await;
    story.tell("disclosures::review", &[("ReviewDisclosure", priyas)], review).await;
    let signed = for_all(&risk.bethans, id, &[&two.sams]);
    let tell = async || disclosures::tell(&due, (risk.bethan, id), &signed).await;
    story.tell("disclosures::tell", &[("TellSubject", bethans)], tell).await;
    let again = anew(two, risk.bethan).await;
    story.go_on();
    let signed = for_all(&two.priyas, id, &[&again]);
    let give = async || disclosures::give_back(&due, (two.priya, id), (risk.bethan, &signed)).await;
    story.tell("disclosures::give_back", &[("ReturnDisclosureKey", priyas)], give).await;
    let close = async || disclosures::close(&due, (risk.bethan, id), true).await;
    story.tell("disclosures::close", &[("CloseDisclosure", bethans)], close).await;
    assert_eq!(story.told, OF_SAFEGUARDING.map(str::to_owned).into());
}
