//! Later keys of a thread, keys given back, kinds of words, files, how far each has read, and keys made anew.

use actions::desk::Stop;
use actions::keys::{self, KeysRefused};
use actions::words::{self, WordsRefused};
use actions::{files, grants, threads};
use domain::ids::{FileId, PersonId};
use sealing::Refused;
use trial::Maker;
use uuid::Uuid;

use crate::college::told;
use crate::two::{Two, new_keys};

/// Somebody loses everything and makes keys anew, after the wait.
pub async fn anew(two: &Two, who: PersonId) -> Maker {
    keys::ask_anew(&two.college.desk(), who).await.expect("asked");
    let maker = Maker::new(&who.to_string());
    keys::make(&two.college.later(72), who, &new_keys(&maker, &["words"])).await.expect("made anew");
    maker
}

/// R-WRD-13
#[tokio::test]
async fn keys_are_made_anew_only_after_three_days_in_which_the_owner_can_stop_it() {
    let two = Two::new().await;
    let refusal = |result| match result {
        Err(Stop::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    let (desk, new) = (two.college.desk(), Maker::new(&two.sam.to_string()));
    let made = |hours| {
        let (desk, keys) = (two.college.later(hours), new_keys(&new, &["words"]));
        async move { keys::make(&desk, two.sam, &keys).await }
    };
    assert_eq!(refusal(made(0).await), KeysRefused::There);
    let due = keys::ask_anew(&desk, two.sam).await.expect("asked");
    assert_eq!(keys::ask_anew(&two.college.later(1), two.sam).await.expect("once"), due, "asking again does not delay");
    assert_eq!(refusal(made(71).await), KeysRefused::Early);
    keys::keep(&two.college.later(71), two.sam).await.expect("stopped");
    assert_eq!(refusal(made(73).await), KeysRefused::There, "the old ones stay");
    keys::ask_anew(&desk, two.sam).await.expect("asked again");
    assert_eq!(keys::see(&desk, two.sam).await.expect("seen").expect("keys").renewal, Some(due));
    made(72).await.expect("made anew");
    let own = keys::see(&desk, two.sam).await.expect("seen").expect("keys");
    assert_eq!((own.set.public.kid, own.slots.len(), own.renewal), (new.kid(), 1, None), "old ways to unlock are gone");
    let mails = two.college.tables().remove("outbox").unwrap_or_default();
    let told = mails.iter().filter(|row| row["matter"] == trial::Cell::Text("account".to_owned())).count();
    assert_eq!(told, 4, "asked, stopped, asked, made: each told by mail");
}

/// R-WRD-10
#[tokio::test]
async fn what_was_said_comes_back_only_from_the_other_one_and_only_to_the_other_one() {
    let mut two = Two::new().await;
    two.granted().await;
    two.say(two.sam, &two.item(&two.sams, (1, 1))).await.expect("said");
    let old = std::mem::replace(&mut two.priyas, Maker::new(""));
    two.priyas = anew(&two, two.priya).await;
    let thread = two.thread.to_string();
    let desk = two.college.desk();
    let sees = async |who: PersonId| {
        let facts = two.college.facts(who).await;
        words::see(&two.college.desk(), &facts, two.thread).await.expect("seen")
    };
    assert!(sees(two.priya).await.grants.is_empty(), "new keys open nothing");
    assert_eq!(sees(two.sam).await.missing, [0]);
    assert!(sees(two.priya).await.missing.is_empty(), "Sam has his");
    let back = async |who: PersonId, given: Vec<(i64, String)>| match grants::give_back(
        &desk,
        (who, two.thread),
        &given,
    )
    .await
    {
        Ok(()) => "given",
        Err(Stop::Denied) => "denied",
        Err(Stop::Refused(refused)) => refused.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    };
    let given = |by: &Maker, to: &str, epoch: i64| vec![(epoch, by.grant((&thread, epoch), to))];
    let helen = two.college.who("Helen Marsh").await;
    assert_eq!(back(helen, given(&two.sams, &two.priyas.kid(), 0)).await, "denied");
    assert_eq!(back(two.sam, given(&two.sams, &old.kid(), 0)).await, "keys", "not for keys that are gone");
    assert_eq!(back(two.sam, given(&two.sams, &two.sams.kid(), 0)).await, "keys", "not for oneself");
    assert_eq!(back(two.sam, given(&two.sams, "somebody-else", 0)).await, "keys", "nor for anybody else");
    assert_eq!(back(two.sam, given(&two.sams, &two.priyas.kid(), 1)).await, "keys", "there is no such key");
    assert_eq!(back(two.sam, given(&two.priyas, &two.priyas.kid(), 0)).await, "signature", "as whoever gives it");
    assert_eq!(back(two.sam, Vec::new()).await, "malformed");
    assert_eq!(back(two.sam, given(&two.sams, &two.priyas.kid(), 0)).await, "given");
    assert_eq!(back(two.sam, given(&two.sams, &two.priyas.kid(), 0)).await, "keys", "once");
    assert_eq!(sees(two.priya).await.grants.len(), 1);
    // The teacher loses everything too: the practitioner gives back, signed by her.
    two.sams = anew(&two, two.sam).await;
    let again = two.priyas.grant((&thread, 0), &two.sams.kid());
    grants::give_back(&two.college.desk(), (two.priya, two.thread), &[(0, again)]).await.expect("given");
    let facts = two.college.facts(two.sam).await;
    let seen = words::see(&two.college.desk(), &facts, two.thread).await.expect("seen");
    assert_eq!((seen.grants.len(), seen.grants[0].0.by), (1, domain::support::Party::Practitioner));
}

/// R-WRD-10
#[tokio::test]
async fn a_later_key_follows_the_last_one_and_what_is_said_is_sealed_by_it() {
    let two = Two::new().await;
    two.granted().await;
    let give = async |epoch: i64| {
        let desk = two.college.desk();
        match grants::grant(&desk, (two.sam, two.thread), (epoch, &two.grants_of(epoch))).await {
            Ok(()) => "given",
            Err(Stop::Refused(refused)) => refused.code(),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!((give(0).await, give(2).await, give(1).await), ("granted", "granted", "given"));
    assert_eq!(two.say(two.sam, &two.item(&two.sams, (1, 1))).await, Err(WordsRefused::Keys), "by the key before");
    assert_eq!(two.say(two.sam, &two.item_of("message", &two.sams, (1, 1), 1)).await, Ok(true));
    let seen = words::see(&two.college.desk(), &two.college.facts(two.priya).await, two.thread).await.expect("seen");
    assert_eq!(seen.grants.iter().map(|(grant, _)| grant.epoch).collect::<Vec<_>>(), [0, 1]);
}

/// R-WRD-9
#[tokio::test]
async fn the_plan_is_the_teachers_own_and_goes_on_without_the_other() {
    let two = Two::new().await;
    two.granted().await;
    let teachers = ["request", "goal", "trial", "earlier"];
    for (place, kind) in (10..).zip(teachers) {
        let hers = two.item_of(kind, &two.priyas, (place, 1), 0);
        assert_eq!(two.say(two.priya, &hers).await, Err(WordsRefused::Kind), "{kind}");
        assert_eq!(two.say(two.sam, &two.item_of(kind, &two.sams, (place, 1), 0)).await, Ok(true), "{kind}");
    }
    let proposal = two.item_of("proposal", &two.priyas, (20, 1), 0);
    assert_eq!(two.say(two.priya, &proposal).await, Ok(true));
    assert_eq!(two.say(two.sam, &two.item_of("proposal", &two.sams, (21, 1), 0)).await, Err(WordsRefused::Kind));
    let graded = two.item_of("grade", &two.sams, (22, 1), 0);
    assert_eq!(two.say(two.sam, &graded).await, Err(WordsRefused::Sealed(Refused::Context)), "there is no such kind");
    let other_kind = two.item_of("trial", &two.sams, (11, 2), 0);
    assert_eq!(two.say(two.sam, &other_kind).await, Err(WordsRefused::Revision), "a goal stays a goal");
    let changed = two.item_of("goal", &two.sams, (11, 2), 0);
    assert_eq!(two.say(two.sam, &changed).await, Ok(true));
    threads::withdraw(&two.college.desk(), two.college.from(two.sam, two.thread).await).await.expect("withdrawn");
    let late = two.say(two.sam, &two.item_of("goal", &two.sams, (30, 1), 0)).await;
    assert!(matches!(late, Err(WordsRefused::Support(_))), "{late:?}");
    let seen = words::see(&two.college.desk(), &two.college.facts(two.sam).await, two.thread).await.expect("seen");
    assert!(!seen.may_plan);
}

/// R-WRD-12
#[tokio::test]
async fn files_are_kept_as_they_came_for_the_two_and_only_for_their_place() {
    let two = Two::new().await;
    two.granted().await;
    let (thread, file) = (two.thread.to_string(), FileId(Uuid::from_u128(5)));
    let name = file.to_string();
    let sealed = two.sams.file(&thread, (&name, 0), 512);
    let send = async |file: FileId, epoch: i64, sealed: &str| {
        told(&files::send(&two.college.desk(), (two.sam, two.thread), (file, epoch, sealed)).await)
    };
    for wrong in [
        two.priyas.file(&thread, (&name, 0), 512),
        two.sams.file(&two.sam.to_string(), (&name, 0), 512),
        two.sams.file(&thread, (&thread, 0), 512),
        two.sams.note(&thread, (&name, 1), (0, 512)),
        two.sams.file(&thread, (&name, 0), 513),
        two.sams.file(&thread, (&name, 0), 12 << 20),
        String::new(),
    ] {
        assert_eq!(send(file, 0, &wrong).await, "refused");
    }
    assert!(two.college.tables()["sealed_file"].is_empty(), "nothing is stored");
    let later = two.sams.file(&thread, (&name, 1), 512);
    assert_eq!(send(file, 1, &later).await, "refused", "sealed by a key that was not given");
    assert_eq!((send(file, 0, &sealed).await, send(file, 0, &sealed).await), ("done", "done"));
    assert_eq!(two.college.tables()["sealed_file"].len(), 1, "once");
    let sees = async |name: &str, file: FileId| {
        let facts = two.college.facts(two.college.who(name).await).await;
        files::see(&two.college.desk(), &facts, (two.thread, file)).await
    };
    let (kept, by) = sees("Priya Nair", file).await.expect("seen");
    assert_eq!((kept.sealed, by), (sealed, two.sam));
    for name in ["Helen Marsh", "Ann Price", "Uma Roy"] {
        assert!(matches!(sees(name, file).await, Err(Stop::Denied)), "{name}");
    }
    assert!(matches!(sees("Priya Nair", FileId(Uuid::from_u128(6))).await, Err(Stop::Denied)), "there is none");
    for number in 100..139 {
        let file = FileId(Uuid::from_u128(number));
        let sealed = two.sams.file(&thread, (&file.to_string(), 0), 512);
        assert_eq!(send(file, 0, &sealed).await, "done");
    }
    let one_more = FileId(Uuid::from_u128(200));
    let sealed = two.sams.file(&thread, (&one_more.to_string(), 0), 512);
    assert_eq!(send(one_more, 0, &sealed).await, "refused", "forty are enough");
}

/// R-WRD-11
#[tokio::test]
async fn each_has_read_so_far_and_never_less() {
    let two = Two::new().await;
    two.granted().await;
    for id in 1..4 {
        two.say(two.sam, &two.item(&two.sams, (id, 1))).await.expect("said");
    }
    let reads = async |place: i64| {
        let facts = two.college.facts(two.priya).await;
        words::note_reading(&two.college.desk(), &facts, (two.thread, place)).await.expect("noted");
        words::see(&two.college.desk(), &facts, two.thread).await.expect("seen").read
    };
    assert_eq!((reads(2).await, reads(1).await, reads(99).await, reads(-1).await), (2, 2, 3, 3));
    let sams = words::see(&two.college.desk(), &two.college.facts(two.sam).await, two.thread).await.expect("seen");
    assert_eq!((sams.read, sams.items.last().map(|(item, _)| item.place)), (0, Some(3)), "each one's own");
    let helen = two.college.facts(two.college.who("Helen Marsh").await).await;
    let denied = words::note_reading(&two.college.desk(), &helen, (two.thread, 1)).await;
    assert!(matches!(denied, Err(Stop::Denied)));
}
