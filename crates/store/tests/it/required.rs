//! Required support, as the store holds it: who the three are, and that typed words lie under the track's shred key.

use domain::ids::{ThreadId, TrackId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::required::{Plan, Questioned, Reason, Seat, Signals};
use domain::support::{Manner, Request};
use policies::acts::{
    AgreeStatement, AnswerOpening, BarFromTracks, ChallengeTrack, ChoosePractitioner, SeeReported, SetCeiling,
    SignalConfident, StartTrack,
};
use policies::facts::PersonFacts;
use store::{Db, ceiling, facts, looked, required, seats, support, tracks};

use crate::college::{College, House, now, roles, today};

/// The line manager has required support, the teacher has chosen; each has said something.
pub async fn fill(house: &House, db: &Db, college: &College) -> TrackId {
    let institution = college.facts.institution;
    let person = async |who| house.person(db, institution, who).await;
    let (manager, teacher) = (person(college.manager).await, person(college.teacher).await);
    let practitioner = person(college.practitioner).await;
    let lead = PersonFacts { roles: roles(&[Role::ProgrammeLead]), ..person(college.lead).await };
    let track: TrackId = house.fresh();
    let about =
        facts::track_of(db, &college.facts, (track, college.teacher)).await.expect("readable").expect("somebody");
    let start = house.permit::<StartTrack>(&manager, &about, &());
    let new = tracks::New {
        teacher: college.teacher,
        reason: Reason::NewCourse,
        themes: &[college.theme],
        plan: Plan { meetings: 4, length: Minutes(45) },
        text: "What it is to cover.",
        now: now(),
        today: today(),
    };
    tracks::start(db, &start, &new).await.expect("required");
    let choose = house.permit::<ChoosePractitioner>(&teacher, &about, &practitioner);
    let thread: ThreadId = house.fresh();
    let (themes, why, manner, place, wish, began) = (vec![college.theme], None, Manner::default(), None, None, None);
    let request = Request { practitioner: college.practitioner, themes, why, manner, place, wish, began };
    support::insert(db, &choose, thread, (&request, now())).await.expect("a thread");
    tracks::choose(db, &choose, thread).await.expect("chosen");
    let about = facts::track(db, &college.facts, track).await.expect("readable").expect("a track");
    assert_eq!((about.practitioner, about.manager), (Some(college.practitioner), Some(college.manager)));
    let challenge = house.permit::<ChallengeTrack>(&practitioner, &about, &());
    tracks::challenge(db, &challenge, (1, Questioned::Time, today())).await.expect("questioned");
    let answer = house.permit::<AnswerOpening>(&manager, &about, &());
    tracks::answer_opening(db, &answer, (Seat::Manager, true)).await.expect("answered");
    let reads = house.permit::<SeeReported>(&manager, &about, &());
    looked::at_track(db, &reads, (college.manager, today())).await.expect("noted");
    let signal = house.permit::<SignalConfident>(&teacher, &about, &());
    tracks::signal(db, &signal, &Signals::default().with(Seat::Teacher, Some(today()))).await.expect("said");
    let agree = house.permit::<AgreeStatement>(&teacher, &about, &());
    tracks::agree(db, &agree, ("What I say at the end.", today())).await.expect("agreed");
    let bar = house.permit::<BarFromTracks>(&lead, &practitioner, &());
    ceiling::set_barred(db, &bar, Some(today())).await.expect("barred");
    let share = house.permit::<SetCeiling>(&lead, &college.facts, &());
    ceiling::set_share(db, &share, 25).await.expect("a share");
    track
}

/// R-REQ-4 R-REQ-14
#[tokio::test]
async fn what_is_typed_lies_sealed_and_the_line_manager_reads_no_signal_but_their_own() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let own = house.sql().number("SELECT count(*) FROM track");
    assert_eq!(own, 1);
    for words in ["What it is to cover.", "What I say at the end."] {
        assert!(!house.place.holds(words.as_bytes()), "{words} lies in the clear");
    }
    let manager = house.person(&db, college.facts.institution, college.manager).await;
    let permit = house.permit::<policies::acts::SeeOwnTracks>(&manager, &manager, &());
    let all = seats::own(&db, &permit).await.expect("readable");
    let [(track, Seat::Manager)] = all[..] else { panic!("{all:?}") };
    let about = facts::track(&db, &college.facts, track).await.expect("readable").expect("a track");
    let reported = required::reported(&db, &house.permit::<SeeReported>(&manager, &about, &())).await.expect("read");
    assert_eq!(reported.satisfied, None);
    let text = reported.common.scope().map(|scope| scope.text.clone());
    assert_eq!(text.as_deref(), Some("What it is to cover."));
    assert_eq!(reported.common.questioned().map(|one| one.what), Some(Questioned::Time));
    assert_eq!(reported.common.statement.map(|(_, text)| text).as_deref(), Some("What I say at the end."));
    assert_eq!(ceiling::share(&db, college.facts.institution).await.expect("read"), 25);
}
