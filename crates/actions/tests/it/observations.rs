//! Lessons that are watched: agreed with the time, kept when a meeting is moved, and who may write about them.

use actions::desk::Stop;
use actions::threads::{self, ThreadRefused};
use actions::week;
use actions::words::WordsRefused;
use domain::ids::PersonId;
use domain::meetings::{MeetingRefused, State};
use domain::observations::{Form, OfferFor};
use domain::support::Slot;

use crate::college::slot;
use crate::two::Two;

/// One offers, the other one agrees.
async fn agree(two: &Two, (by, other): (PersonId, PersonId), (slot, what): (Slot, OfferFor)) {
    let (college, thread) = (&two.college, two.thread);
    threads::offer(&college.desk(), college.from(by, thread).await, (&[slot], what)).await.expect("offered");
    let offer = college.see(other, thread).await.thread.offers.first().expect("an offer").id;
    threads::accept(&college.desk(), college.from(other, thread).await, offer).await.expect("agreed");
}

async fn forms(two: &Two) -> Vec<(Form, State)> {
    let seen = two.college.see(two.sam, two.thread).await;
    seen.thread.meetings.iter().map(|one| (one.form, one.state)).collect()
}

/// R-OBS-1 R-OBS-2 R-OBS-4
#[tokio::test]
async fn what_was_offered_is_what_is_agreed_and_a_meeting_that_is_moved_stays_what_it_was() {
    let two = Two::new().await;
    let wednesday = slot("2026-11-25T10:00:00Z", 60);
    let from = two.college.from(two.priya, two.thread).await;
    threads::offer(&two.college.desk(), from, (&[wednesday], OfferFor::More(Form::TeachersLesson)))
        .await
        .expect("offered");
    let seen = two.college.see(two.sam, two.thread).await;
    assert!(seen.thread.meetings.is_empty(), "nothing is watched unless the teacher agrees");
    assert_eq!(seen.thread.offers.iter().map(|one| one.form).collect::<Vec<_>>(), [Form::TeachersLesson]);
    let offer = seen.thread.offers.first().expect("an offer").id;
    let own = threads::accept(&two.college.desk(), two.college.from(two.priya, two.thread).await, offer).await;
    assert!(own.is_err(), "nobody agrees to their own offer");
    threads::accept(&two.college.desk(), two.college.from(two.sam, two.thread).await, offer).await.expect("agreed");
    assert_eq!(forms(&two).await, [(Form::TeachersLesson, State::Booked)]);
    let meeting = two.college.see(two.sam, two.thread).await.thread.meetings.first().expect("a meeting").id;
    agree(&two, (two.sam, two.priya), (slot("2026-11-26T10:00:00Z", 60), OfferFor::InPlaceOf(meeting))).await;
    assert_eq!(forms(&two).await, [(Form::TeachersLesson, State::Moved), (Form::TeachersLesson, State::Booked)]);
    let facts = two.college.facts(two.priya).await;
    let week = week::see(&two.college.desk(), &facts, two.college.desk().today()).await.expect("a week");
    let in_week: Vec<Form> = week.days.iter().flat_map(|day| &day.meetings).map(|one| one.form).collect();
    assert_eq!(in_week, [Form::TeachersLesson]);
    let details = two.college.tables().remove("event").unwrap_or_default();
    assert!(details.iter().all(|row| !format!("{row:?}").contains("lesson")), "no event says so");
}

/// R-OBS-3
#[tokio::test]
async fn a_lesson_of_the_practitioners_may_fall_into_their_teaching() {
    let two = Two::new().await;
    let maths = slot("2026-11-30T13:15:00Z", 45);
    let desk = two.college.desk();
    for form in [Form::Talk, Form::TeachersLesson] {
        let from = two.college.from(two.priya, two.thread).await;
        let refused = threads::offer(&desk, from, (&[maths], OfferFor::More(form))).await;
        let teaching = MeetingRefused::Teaching("Maths L3".to_owned());
        assert!(matches!(refused, Err(Stop::Refused(ThreadRefused::Meeting(why))) if why == teaching), "{form:?}");
    }
    agree(&two, (two.sam, two.priya), (maths, OfferFor::More(Form::PractitionersLesson))).await;
    assert_eq!(forms(&two).await, [(Form::PractitionersLesson, State::Booked)]);
}

/// R-OBS-5
#[tokio::test]
async fn notes_and_feedback_come_from_whoever_watches_a_lesson_that_was_agreed() {
    let two = Two::new().await;
    two.granted().await;
    let focus = two.item_of("focus", &two.sams, (1, 1), 0);
    assert_eq!(two.say(two.sam, &focus).await, Ok(true), "the teacher says what to look at at any time");
    assert_eq!(
        two.say(two.priya, &two.item_of("focus", &two.priyas, (2, 1), 0)).await,
        Err(WordsRefused::Kind),
        "and nobody else does"
    );
    let of_priya = |id, kind: &str| two.item_of(kind, &two.priyas, (id, 1), 0);
    agree(&two, (two.sam, two.priya), (slot("2026-11-25T10:00:00Z", 60), OfferFor::More(Form::Talk))).await;
    for (id, kind) in [(3, "notes"), (4, "feedback")] {
        assert_eq!(two.say(two.priya, &of_priya(id, kind)).await, Err(WordsRefused::NoLesson), "of a talk: {kind}");
    }
    agree(&two, (two.priya, two.sam), (slot("2026-11-26T10:00:00Z", 60), OfferFor::More(Form::TeachersLesson))).await;
    for (id, kind) in [(3, "notes"), (4, "feedback")] {
        assert_eq!(two.say(two.priya, &of_priya(id, kind)).await, Ok(true), "{kind}");
        let sams = two.item_of(kind, &two.sams, (id + 10, 1), 0);
        assert_eq!(two.say(two.sam, &sams).await, Err(WordsRefused::NoLesson), "he does not watch: {kind}");
    }
    agree(&two, (two.priya, two.sam), (slot("2026-11-27T10:00:00Z", 60), OfferFor::More(Form::Together))).await;
    assert_eq!(two.say(two.sam, &two.item_of("notes", &two.sams, (20, 1), 0)).await, Ok(true), "of one together both");
}
