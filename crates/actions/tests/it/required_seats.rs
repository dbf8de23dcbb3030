//! Required support when those who have a seat in it change: whose word counts, whose diary is taken, whose name stands there.

use actions::required::{self, View};
use actions::{meetings, threads, tracks};
use domain::ids::{MeetingId, PersonId};
use domain::looked::Page;
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::required::{Ending, Seat};
use domain::support::Slot;

use crate::college::{College, slot, staff, told};
use crate::required::{On, require};

const AT: &str = "2026-11-26T10:00:00Z";

/// Sam reports to whoever stands at this place in the list of staff.
async fn line(college: &College, manager: usize) {
    let mut later = staff();
    later.people[3].manager = Some(manager);
    college.import(&later).await.expect("imported");
}

async fn proposed(on: &On, by: PersonId, at: Slot) -> MeetingId {
    tracks::offer_opening(&on.college.desk(), (by, on.track), &at).await.expect("proposed");
    on.seen(on.sam).await.track.common.opening.expect("proposed").meeting
}

async fn answer(on: &On, who: PersonId, (meeting, suits): (MeetingId, bool)) {
    tracks::answer_opening(&on.college.desk(), (who, on.track), (meeting, suits)).await.expect("said");
}

/// R-REQ-6 R-REQ-9
#[tokio::test]
async fn what_the_line_manager_of_before_said_is_not_the_word_of_the_one_of_today() {
    let on = On::new().await;
    on.choose(on.tom).await;
    let ruth = on.college.who("Ruth Adeyemi").await;
    assert_eq!(on.signal(on.ann, true).await, "done");
    assert_eq!(on.signal(on.sam, true).await, "done");
    line(&on.college, 0).await;
    let View::Manager(reported) = on.view(ruth).await.expect("reported") else { panic!("the line manager") };
    assert_eq!(reported.satisfied, None, "Ruth has said nothing yet");
    assert_eq!(on.signal(on.tom, true).await, "done");
    let seen = on.seen(on.sam).await;
    assert!(seen.track.common.ended.is_none(), "Ruth never spoke");
    assert_eq!(seen.track.signals.of(Seat::Manager), None);
    line(&on.college, 2).await;
    assert_eq!(on.seen(on.sam).await.track.signals.of(Seat::Manager), None, "nor does it count again by itself");
    line(&on.college, 0).await;
    assert_eq!(on.signal(ruth, true).await, "done");
    assert_eq!(on.seen(on.sam).await.track.common.ended.map(|(_, how)| how), Some(Ending::Signals));
}

/// R-REQ-6 R-REQ-9
#[tokio::test]
async fn one_who_was_chosen_and_becomes_line_manager_fills_one_seat() {
    let on = On::new().await;
    on.choose(on.priya).await;
    assert_eq!(on.signal(on.priya, true).await, "done");
    assert_eq!(on.signal(on.sam, true).await, "done");
    line(&on.college, 5).await;
    assert_eq!(on.seen(on.sam).await.track.signals.of(Seat::Practitioner), None);
    assert_eq!(on.signal(on.priya, true).await, "done");
    assert!(on.seen(on.sam).await.track.common.ended.is_none(), "two people are not three");
}

/// R-REQ-6 R-REQ-7
#[tokio::test]
async fn a_new_line_manager_answers_the_time_of_the_opening_conversation_themselves() {
    let on = On::new().await;
    on.choose(on.tom).await;
    let meeting = proposed(&on, on.tom, slot(AT, 45)).await;
    answer(&on, on.sam, (meeting, true)).await;
    answer(&on, on.ann, (meeting, true)).await;
    let opening = async || on.seen(on.sam).await.track.common.opening.expect("proposed");
    assert!(opening().await.is_agreed());
    line(&on.college, 0).await;
    assert!(!opening().await.is_agreed() && opening().await.manager.is_none());
    answer(&on, on.college.who("Ruth Adeyemi").await, (meeting, true)).await;
    assert!(opening().await.is_agreed());
}

/// R-REQ-7
#[tokio::test]
async fn a_no_calls_the_time_off_and_frees_the_diary() {
    let on = On::new().await;
    on.choose(on.priya).await;
    let meeting = proposed(&on, on.priya, slot(AT, 45)).await;
    answer(&on, on.ann, (meeting, false)).await;
    let common = on.seen(on.priya).await.track.common;
    assert_eq!((common.opening, common.declined), (None, Some(Seat::Manager)));
    let uma = on.college.who("Uma Roy").await;
    let other = on.college.ask(uma, on.priya).await;
    on.college.meet((on.priya, uma), other, slot(AT, 45)).await;
}

/// R-REQ-7
#[tokio::test]
async fn how_an_agreed_opening_went_is_said_after_the_end_and_what_was_not_agreed_goes_with_it() {
    for agreed in [true, false] {
        let on = On::new().await;
        on.choose(on.priya).await;
        let meeting = proposed(&on, on.priya, slot(AT, 45)).await;
        answer(&on, on.sam, (meeting, true)).await;
        if agreed {
            answer(&on, on.ann, (meeting, true)).await;
        }
        let later = on.college.later(60);
        for who in [on.sam, on.ann, on.priya] {
            tracks::signal(&later, (who, on.track), true).await.expect("said");
        }
        let record = tracks::record_opening(&later, (on.priya, on.track), (meeting, State::Held)).await;
        assert_eq!(told(&record), if agreed { "done" } else { "refused" });
        assert_eq!(on.college.tables()["hours_entry"].len(), usize::from(agreed));
    }
}

/// R-REQ-6 R-REQ-7
#[tokio::test]
async fn with_another_practitioner_the_opening_conversation_can_be_held_again() {
    let on = On::new().await;
    on.choose(on.priya).await;
    let meeting = proposed(&on, on.priya, slot(AT, 45)).await;
    for who in [on.sam, on.ann] {
        answer(&on, who, (meeting, true)).await;
    }
    let later = on.college.later(60);
    tracks::record_opening(&later, (on.priya, on.track), (meeting, State::Held)).await.expect("held");
    required::choose(&later, on.sam, (on.track, on.tom, "tom")).await.expect("chosen");
    let common = on.seen(on.tom).await.track.common;
    assert_eq!((common.opening, common.opened_before), (None, Some(slot(AT, 45).starts)), "hers is not his");
    let again = slot("2026-12-01T10:00:00Z", 45);
    tracks::offer_opening(&later, (on.tom, on.track), &again).await.expect("proposed");
    let meeting = on.reported().await.common.opening.expect("proposed").meeting;
    for who in [on.sam, on.ann] {
        answer(&on, who, (meeting, true)).await;
    }
    let after = on.college.later(8 * 24);
    tracks::record_opening(&after, (on.tom, on.track), (meeting, State::Held)).await.expect("held");
}

/// R-REQ-7
#[tokio::test]
async fn a_practitioners_diary_is_taken_as_line_manager_of_today_once_it_is_agreed_and_not_as_whoever_required_it() {
    let college = College::new().await;
    line(&college, 5).await;
    let (priya, sam, tom) =
        (college.who("Priya Nair").await, college.who("Sam Okafor").await, college.who("Tom Birch").await);
    let track = required::start(&college.desk(), priya, (&require(sam), "start")).await.expect("required");
    let ann = college.who("Ann Price").await;
    let on = On { college, ann, sam, priya, tom, track };
    on.choose(tom).await;
    let meeting = proposed(&on, tom, slot(AT, 45)).await;
    let uma = on.college.who("Uma Roy").await;
    let thread = on.college.ask(uma, priya).await;
    let fits = async || {
        let (desk, at) = (on.college.desk(), [slot(AT, 45)]);
        let from = on.college.from(priya, thread).await;
        told(&threads::offer(&desk, from, (&at, OfferFor::More(Form::Talk))).await)
    };
    answer(&on, sam, (meeting, true)).await;
    assert_eq!(fits().await, "done", "she has not said that it suits her");
    answer(&on, priya, (meeting, true)).await;
    assert_eq!(fits().await, "refused", "agreed: she is there");
    line(&on.college, 2).await;
    assert_eq!(fits().await, "done", "who required it is not there");
}

/// R-LOK-1 R-LOK-2
#[tokio::test]
async fn who_looked_keeps_the_name_of_whoever_it_was_and_taking_everything_along_is_a_look() {
    let on = On::new().await;
    let college = &on.college;
    let thread = on.choose(on.priya).await;
    let looks = async || {
        let found = actions::looked::mine(&college.desk(), &college.facts(on.sam).await).await.expect("readable");
        found.into_iter().map(|look| (look.who, look.at)).collect::<Vec<_>>()
    };
    assert!(looks().await.is_empty());
    let (_, reports) = required::own(&college.desk(), &college.facts(on.ann).await).await.expect("a list");
    assert_eq!((reports.len(), looks().await), (1, Vec::new()), "a list leaves no look");
    required::taken_along(&college.desk(), &college.facts(on.ann).await).await.expect("taken");
    let by = |name: &str| (name.to_owned(), Page::Required);
    assert_eq!(looks().await, [by("Ann Price")]);
    college.see(on.priya, thread).await;
    on.seen(on.priya).await;
    on.choose(on.tom).await;
    on.seen(on.tom).await;
    line(college, 0).await;
    assert_eq!(
        looks().await,
        [by("Ann Price"), by("Priya Nair"), by("Tom Birch")],
        "required support, by whoever looked"
    );
}

/// R-REQ-13
#[tokio::test]
async fn under_the_developmental_model_no_time_is_agreed_in_the_thread_and_what_was_agreed_can_be_noted() {
    let on = On::new().await;
    let (college, thread) = (&on.college, on.choose(on.priya).await);
    let asked = college.ask(on.sam, on.priya).await;
    let meeting = college.meet((on.priya, on.sam), thread, slot("2026-11-24T10:30:00Z", 45)).await;
    let offer = college.offer(on.sam, thread, &[slot(AT, 45)]).await;
    let before = slot("2026-11-24T14:00:00Z", 30);
    let opening = proposed(&on, on.priya, before).await;
    answer(&on, on.sam, (opening, true)).await;
    answer(&on, on.ann, (opening, true)).await;
    college.place.sql().run("UPDATE programme SET model = 'developmental'").expect("changed");
    college.house.refresh().await.expect("read again");
    let (desk, at) = (college.desk(), [slot("2026-11-27T10:00:00Z", 45)]);
    assert_eq!(told(&tracks::offer_opening(&desk, (on.priya, on.track), &at[0]).await), "denied");
    let offered = async |thread| {
        let from = college.from(on.priya, thread).await;
        told(&threads::offer(&desk, from, (&at, OfferFor::More(Form::Talk))).await)
    };
    assert_eq!(offered(thread).await, "denied");
    let accepted = threads::accept(&desk, college.from(on.priya, thread).await, offer).await;
    assert_eq!(told(&accepted), "denied");
    assert_eq!(offered(asked).await, "done", "what was asked for goes on");
    let outcome = (meeting, State::Held, Minutes(45));
    let noted = meetings::record(&college.later(4), college.from(on.priya, thread).await, outcome).await;
    assert_eq!(told(&noted), "done");
    let held = tracks::record_opening(&college.later(6), (on.priya, on.track), (opening, State::Held)).await;
    assert!(held.is_ok(), "the opening conversation was agreed before: {held:?}");
}
