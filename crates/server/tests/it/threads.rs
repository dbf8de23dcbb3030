//! One thread from asking to ending: times, meetings, kinds, other people.

use crate::browser::Browser;
use crate::college::*;
use crate::story::{agree, agreed, ask, ask_for, held, offer};

/// R-SUP-6.
#[tokio::test]
async fn the_practitioner_offers_up_to_three_times_and_the_teacher_offers_others() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    let page = priya.get(&place).await;
    let slots: Vec<String> = page.choices("slot").into_iter().map(|(value, _)| value).collect();
    let four = slots.iter().take(4).fold(page.form("/offers"), |form, slot| form.and("slot", slot));
    let refused = priya.send(&four).await;
    refused.is(422).says("Offer one to 3 times, each of them different.");
    let ticked = refused.form("/offers").fields.iter().filter(|(name, _)| name == "slot").count();
    assert_eq!(ticked, 4, "what was ticked is kept");
    let mut three = four;
    three.fields.pop();
    priya.does(&three).await.says("Sent. The times wait for an answer.").says("It waits for Sam.");
    let offered = sam.get(&place).await;
    offered
        .says("Priya offers these times")
        .says("Tue 24 Nov, 10:30")
        .says("Wed 25 Nov, 09:00")
        .says("Fri 27 Nov, 12:15");
    sam.get("/support").await.says("Priya offers other times. Choose one.").says("Your turn");
    let counter = offer(&mut sam, &place, ("2026-12-03", "15:00")).await;
    counter.says("It waits for Priya.").says("Thu 3 Dec, 15:00, 45 min");
    assert!(!counter.has_form("/acceptance"), "nobody agrees to their own offer");
    let theirs = priya.get(&place).await;
    theirs.says("Sam would like").says("Thu 3 Dec, 15:00").is_silent_about("Fri 27 Nov, 12:15, 1 h");
    agree(&mut priya, &place).await.says("You meet").says("Thu 3 Dec, 15:00 45 min");
}

/// R-SUP-6.
#[tokio::test]
async fn an_offer_is_agreed_to_by_the_other_one_once_and_not_when_it_has_passed() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask_for(&mut sam, &college, (PRIYA, "Tue 24 Nov 10:30")).await;
    let form = priya.get(&place).await.form("/acceptance");
    let offer = form.get("offer").unwrap().to_owned();
    let path = form.action.clone();
    sam.forge(&path, &[("version", "1"), ("offer", &offer)]).await.is(422).says("That offer is not open any more.");
    college.clock("2026-11-24T10:45");
    priya.send(&form).await.is(422).says("That time has passed. Choose a later one.");
    let place_two = offer_and_agree(&college, (&mut sam, &mut priya), &place).await;
    let version = priya.get(&place_two).await.form("/end-proposal");
    let again = [("version", version.get("version").unwrap()), ("offer", offer.as_str())];
    priya.forge(&path, &again).await.is(422).says("That offer is not open any more.");
}

async fn offer_and_agree(_: &College, (sam, priya): (&mut Browser, &mut Browser), place: &str) -> String {
    offer(sam, place, ("2026-12-03", "15:00")).await;
    agree(priya, place).await;
    place.to_owned()
}

/// R-MEE-4.
#[tokio::test]
async fn an_agreed_meeting_is_moved_in_one_step() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let page = sam.get(&place).await;
    page.says("To move the meeting of Tue 24 Nov, 10:30");
    let form = page.form("/offers").with("day", "2026-11-26").with("time", "14:00");
    sam.does(&form).await.says("It waits for Priya.").says("You meet").says("Tue 24 Nov, 10:30");
    priya.get(&place).await.says("In place of the meeting you have agreed.");
    let moved = agree(&mut priya, &place).await;
    moved.says("Thu 26 Nov, 14:00 45 min, in 2 days").says("Tue 24 Nov, 10:30, 1 h · Moved");
    let week = priya.get("/week").await;
    week.says("14:00 Sam Okafor Meeting").says("10:30 Support hour");
    let gone = form.with("day", "2026-11-27").with("time", "15:00").with("version", 4);
    let gone = gone.with("version", sam.get(&place).await.form("/end").get("version").unwrap());
    sam.send(&gone).await.is(422).says("That meeting is not booked any more.");
}

/// R-MEE-4.
#[tokio::test]
async fn one_more_meeting_stands_beside_the_first_and_only_the_one_meant_is_moved() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let form = priya.get(&place).await.form("/offers").with("replaces", "");
    priya.does(&form.with("day", "2026-12-03").with("time", "15:00")).await.says("Sent.");
    sam.get(&place).await.is_silent_about("In place of the meeting");
    agree(&mut sam, &place).await.says("Tue 24 Nov, 10:30 1 h, today").says("Thu 3 Dec, 15:00 45 min, in 9 days");
    priya.get("/hours").await.says("0 min used, 1 h 45 booked");
    college.clock("2026-12-03T15:00");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get(&place).await.says("Tue 24 Nov, 10:30 1 h, 9 days ago").says("Thu 3 Dec, 15:00 45 min, today");
    held(&mut priya, &place, 60).await.says("Tue 24 Nov, 10:30, 1 h · Held");
    held(&mut priya, &place, 40).await.says("Thu 3 Dec, 15:00, 40 min · Held");
    priya.get("/hours").await.says("1 h 40 used, 0 min booked");
}

/// R-MEE-6.
#[tokio::test]
async fn either_of_the_two_calls_a_meeting_off_without_a_reason() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    priya.get("/hours").await.says("0 min used, 1 h booked");
    let form = sam.get(&place).await.form("/cancellation");
    sam.does(&form).await.says("Called off.");
    priya.get(&place).await.says("Called off");
    priya.get("/hours").await.says("0 min used, 0 min booked");
    priya.get("/week").await.says("no meeting planned");
    offer(&mut sam, &place, ("2026-12-03", "15:00")).await;
    agree(&mut priya, &place).await;
    let form = priya.get(&place).await.form("/cancellation");
    priya.does(&form).await.says("Called off.");
    sam.get("/support").await.says("No meeting is planned.");
}

/// R-SUP-8.
#[tokio::test]
async fn the_practitioner_suggests_an_end_and_the_teacher_decides() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let form = priya.get(&place).await.form("/end-proposal");
    priya.does(&form).await.says("Suggested. The decision is theirs.").says("Working together");
    assert!(!priya.get(&place).await.has_form("/end"));
    priya.forge(&format!("{place}/end"), &[("version", "3")]).await.is(404);
    sam.get("/support").await.says("Priya suggests that you are done. You decide.");
    let page = sam.get(&place).await;
    page.says("Priya suggests that you are done.");
    sam.does(&page.form("/end"))
        .await
        .says("Ended. You can open it again whenever you like.")
        .says("This has ended on Tue 24 Nov");
    priya.get(&place).await.says("This has ended").says("Called off");
    priya.get("/hours").await.says("0 min booked");
    sam.get("/support").await.says("Earlier").says("With Priya Nair · Ended");
}

/// R-SUP-10.
#[tokio::test]
async fn what_has_ended_is_opened_again_by_the_teacher_alone() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let form = sam.get(&place).await.form("/end");
    sam.does(&form).await.says("Ended.");
    assert!(!priya.get(&place).await.has_form("/reopening"));
    let form = sam.get(&place).await.form("/reopening");
    priya.forge(&form.action, &[("version", form.get("version").unwrap())]).await.is(404);
    sam.does(&form).await.says("Open again.").says("Working together");
    let form = sam.get(&place).await.form("/end");
    sam.does(&form).await.is(200);
    ask(&mut sam, &college, PRIYA).await;
    let form = sam.get(&place).await.form("/reopening");
    sam.send(&form).await.is(422).says("You are already in touch with this colleague.");
}

/// R-SUP-8.
#[tokio::test]
async fn a_request_is_taken_back_and_the_practitioner_has_nothing_to_do() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask_for(&mut sam, &college, (PRIYA, "Tue 24 Nov 10:30")).await;
    let stale = priya.get(&place).await.form("/acceptance");
    let back = sam.get(&place).await.form("/withdrawal");
    sam.does(&back).await.says("Taken back. Nothing else happens.");
    priya.get("/week").await.says("Nobody is waiting to hear from you.").is_silent_about("Would like");
    priya.get(&place).await.says("They no longer need this. There is nothing for you to do.");
    priya.send(&stale).await.is(409).says("This page was out of date");
    sam.send(&back).await.is(409).says("You took this request back.");
    let version = back.with("version", 2);
    sam.send(&version).await.is(422).says("This is not waiting for an answer any more.");
}

/// R-SUP-9.
#[tokio::test]
async fn a_teacher_changes_to_somebody_else_and_only_what_they_chose_goes_along() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask_for(&mut sam, &college, (PRIYA, "Fri 27 Nov 12:15")).await;
    let form = sam.get(&place).await.form("/kind");
    sam.does(&form.with("span", "ongoing").with("place", "neutral").with("meetings", 3)).await.says("Saved.");
    let change = sam.get(&place).await.form("/practitioner");
    sam.send(&change).await.is(422).says("Choose who you would like to work with instead.");
    let change = change.with("practitioner", college.id(JOE));
    let fresh = sam.does(&change).await;
    fresh.says("You have asked somebody else.").says("You and Joe Whittle").says("It waits for Joe.");
    fresh.says("Questioning").says("over some weeks, 3 meetings planned, somewhere neutral");
    fresh.is_silent_about("Priya Nair</h1>").is_silent_about("27 Nov");
    priya.get(&place).await.says("They no longer need this.").is_silent_about("Joe");
    priya.get("/week").await.says("Nobody is waiting to hear from you.").is_silent_about("Joe");
    priya.get(fresh.place()).await.is(404);
    let mut joe = college.browser_of(JOE).await;
    joe.get(fresh.place()).await.is(200).is_silent_about("Priya");
    joe.get(&place).await.is(404);
    sam.get(&place).await.says("You took this request back.");
}

/// R-SUP-9.
#[tokio::test]
async fn changing_after_a_time_was_agreed_ends_the_old_thread_like_any_other() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get(&place).await.form("/practitioner").with("practitioner", college.id(JOE));
    let fresh = sam.does(&form).await;
    let again = sam.does(&form).await;
    assert_eq!(fresh.place(), again.place(), "sent twice it is one change");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get(&place).await.says("This has ended on Tue 24 Nov.").says("Called off").is_silent_about("Joe");
    college.browser_of(JOE).await.get("/week").await.says("One colleague is waiting to hear from you.");
}

/// R-SUP-12, REF-10
#[tokio::test]
async fn the_kind_of_support_is_changed_by_either_of_the_two() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    sam.get(&place).await.says("Informal, just once");
    let form = priya.get(&place).await.form("/kind");
    let form = form.with("formality", "semi-formal").with("span", "ongoing").with("place", "practitioners-room");
    priya
        .does(&form.clone().with("meetings", 6))
        .await
        .says("Semi-formal, over some weeks, 6 meetings planned, in your room")
        .says("A fixed number tends to help less");
    sam.get(&place).await.says("6 meetings planned, in their room");
    let form = priya.get(&place).await.form("/kind");
    for (meetings, status) in [("0", 422), ("41", 422), ("-3", 422), ("six", 422), ("99999999999999999999", 422)] {
        let refused = priya.send(&form.clone().with("meetings", meetings)).await;
        refused.is(status).says("Plan between 1 and 40 meetings, or leave it open.");
    }
    priya
        .does(&form.with("meetings", ""))
        .await
        .says("Semi-formal, over some weeks")
        .is_silent_about("meetings planned")
        .is_silent_about("A fixed number tends");
}

/// R-SUP-7.
#[tokio::test]
async fn after_five_working_days_without_an_answer_others_are_offered() {
    let college = College::sample().await;
    let place = ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    let words = "Five working days without an answer.";
    college.clock("2026-11-30T23:59");
    college.browser_of(SAM).await.get(&place).await.is_silent_about(words);
    college.clock("2026-12-01T08:00");
    let mut sam = college.browser_of(SAM).await;
    let page = sam.get(&place).await;
    page.says(words).says("Joe Whittle").says("nobody is told why");
    college.browser_of(PRIYA).await.get("/week").await.says("Waiting for five working days");
    let form = page.form("/practitioner").with("practitioner", college.id(JOE));
    sam.does(&form).await.says("You and Joe Whittle");
}

/// R-MEE-1, R-MEE-2.
#[tokio::test]
async fn of_two_who_want_the_last_hour_one_gets_it_and_the_other_is_told_kindly() {
    let college = College::sample().await;
    let (mut sam, mut minh) = (college.browser_of(SAM).await, college.browser_of(MINH).await);
    let mut tom = college.browser_of(TOM).await;
    let one = ask(&mut sam, &college, TOM).await;
    let two = ask(&mut minh, &college, TOM).await;
    for (place, day) in [(&one, "2026-12-01"), (&two, "2026-12-02")] {
        let form = tom.get(place).await.form("/offers").with("day", day).with("time", "14:00").with("length", 60);
        tom.does(&form).await.says("Sent.");
    }
    let (form_one, form_two) = (sam.get(&one).await.form("/acceptance"), minh.get(&two).await.form("/acceptance"));
    let (first, second) = tokio::join!(sam.send(&form_one), minh.send(&form_two));
    let (won, lost, place) = if first.status == 303 { (first, second, two) } else { (second, first, one) };
    won.is(303);
    lost.is(422).says("That time has just gone. Choose another one, or ask for other times.");
    lost.is_silent_about("remitted").is_silent_about("already booked");
    let form = tom.get(&place).await.form("/offers").with("day", "2026-12-03").with("time", "14:00");
    tom.send(&form).await.is(422).says("0 min left of 1 h");
}

/// R-MEE-1.
#[tokio::test]
async fn a_practitioner_cannot_offer_a_time_when_teaching_or_booked() {
    let college = College::sample().await;
    agreed(&college).await;
    let (mut minh, mut priya) = (college.browser_of(MINH).await, college.browser_of(PRIYA).await);
    // She is busy at that time, and it is offered all the same: times come from what is published.
    let place = ask_for(&mut minh, &college, (PRIYA, "Tue 24 Nov 10:30")).await;
    let form = priya.get(&place).await.form("/acceptance");
    priya.send(&form).await.is(422).says("You are already booked then. Offer another time.");
    let form = priya.get(&place).await.form("/offers");
    let teaching = form.clone().with("day", "2026-12-01").with("time", "13:15");
    priya.send(&teaching).await.is(422).says("You teach then (Maths L3). Offer another time.");
    let booked = form.with("day", "2026-11-24").with("time", "11:00");
    priya.send(&booked).await.is(422).says("You are already booked then.");
}

/// R-MEE-3, R-MEE-4.
#[tokio::test]
async fn how_a_meeting_went_is_said_by_the_practitioner_and_can_be_corrected() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let early = college.browser_of(PRIYA).await.get(&place).await;
    assert!(!early.has_form("/outcome"));
    let cancel = early.form("/cancellation");
    let path = cancel.action.replace("/cancellation", "/outcome");
    let version = cancel.get("version").unwrap();
    let fields = [("version", version), ("outcome", "held"), ("length", "30")];
    college.browser_of(PRIYA).await.forge(&path, &fields).await.is(422).says("That meeting has not begun yet.");
    college.clock("2026-11-24T11:20");
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let own = sam.get(&place).await;
    own.says("How did it go?").says("Your practitioner notes whether it took place.");
    assert!(!own.has_form("/outcome"));
    sam.forge(&path, &fields).await.is(404);
    held(&mut priya, &place, 50).await.says("Noted. Its minutes are in your hours.").says("50 min · Held");
    priya.get("/hours").await.says("50 min used");
    let form = priya.get(&place).await.form("/outcome").with("length", 40).with("outcome", "missed");
    priya.does(&form).await.says("Noted that it did not happen.").says("Did not happen");
    priya.get("/hours").await.says("0 min used");
    sam.get(&place).await.says("Did not happen");
}

/// R-SUP-13, COA-01, REF-11
#[tokio::test]
async fn support_has_whatever_shape_the_two_give_it_and_nothing_has_to_be_filled_in() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut priya = college.browser_of(PRIYA).await;
    priya.get(&place).await.says("Questioning").says("Informal, just once.").is_silent_about("Why now");
    college.clock("2026-11-24T11:45");
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    held(&mut priya, &place, 10).await.says("Noted.");
    let form = sam.get(&place).await.form("/kind").with("formality", "formal").with("span", "ongoing");
    sam.does(&form).await.says("Formal, over some weeks, as long as it helps.");
    offer(&mut sam, &place, ("2026-12-03", "15:00")).await;
    agree(&mut priya, &place).await.says("Thu 3 Dec, 15:00");
    let form = sam.get(&place).await.form("/kind").with("formality", "informal").with("span", "one-touch");
    sam.does(&form).await.says("Informal, just once.");
    let form = sam.get(&place).await.form("/end");
    sam.does(&form).await.says("Ended.");
}
