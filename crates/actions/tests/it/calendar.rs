//! Feeds and invitations: who is told of which times, and when they go.

use actions::accounts::{self, Visitor};
use actions::calendar::{self, Own};
use actions::desk::Desk;
use actions::mail::{self, Matter, Waiting};
use actions::{meetings, people, threads, tracks, training_people};
use domain::calendar::{Invitation, Method};
use domain::ids::{MeetingId, PersonId, ThreadId};
use domain::observations::OfferFor;
use domain::support::Slot;
use trial::Cell;

use crate::college::{College, slot, staff, told};
use crate::required::On;
use crate::trainings;

/// Somebody signed in.
async fn visitor(college: &College, who: PersonId) -> Visitor {
    let begun = accounts::sign_in_as_sample(&college.desk(), who, "").await.expect("signed in");
    accounts::visitor(&college.desk(), &begun.token).await.expect("readable").expect("signed in")
}

/// The secret of somebody's feed, just switched on.
async fn open(college: &College, who: PersonId) -> String {
    calendar::open(&college.desk(), &visitor(college, who).await).await.expect("on")
}

async fn by_mail(college: &College, who: PersonId, by_mail: bool) {
    calendar::choose(&college.desk(), &visitor(college, who).await, by_mail).await.expect("chosen");
}

async fn feed(college: &College, token: &str) -> String {
    calendar::read(&college.desk(), token).await.expect("a feed")
}

/// What each time of a feed begins with, behind its name.
fn starts(feed: &str) -> Vec<&str> {
    feed.lines().filter_map(|line| line.strip_prefix("DTSTART:")).filter(|at| at.ends_with('Z')).collect()
}

fn uids(feed: &str) -> Vec<&str> {
    feed.lines().filter_map(|line| line.strip_prefix("UID:")).collect()
}

struct Two {
    college: College,
    sam: PersonId,
    priya: PersonId,
    thread: ThreadId,
    meeting: MeetingId,
}

const FIRST: &str = "2026-11-25T10:00:00Z";
const SECOND: &str = "2026-11-26T15:00:00Z";

/// Sam and Priya, who meet tomorrow at ten.
async fn two(wanting: &[&str]) -> Two {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    for name in wanting {
        by_mail(&college, college.who(name).await, true).await;
    }
    let thread = college.ask(sam, priya).await;
    let meeting = college.meet((priya, sam), thread, slot(FIRST, 60)).await;
    Two { college, sam, priya, thread, meeting }
}

impl Two {
    async fn move_to(&self, desk: &Desk, to: Slot) -> MeetingId {
        let what = (&[to][..], OfferFor::InPlaceOf(self.meeting));
        threads::offer(desk, self.college.from(self.priya, self.thread).await, what).await.expect("offered");
        let offer = self.college.see(self.sam, self.thread).await.thread.offers[0].id;
        threads::accept(desk, self.college.from(self.sam, self.thread).await, offer).await.expect("moved");
        let seen = self.college.see(self.sam, self.thread).await.thread;
        seen.meetings.iter().find(|one| one.slot == to).expect("there").id
    }
}

/// R-CAL-2, R-CAL-3
#[tokio::test]
async fn the_feeds_of_the_two_hold_the_meeting_and_share_nothing_but_its_time() {
    let two = two(&[]).await;
    let (first, second) = (open(&two.college, two.sam).await, open(&two.college, two.priya).await);
    let (sam, priya) = (feed(&two.college, &first).await, feed(&two.college, &second).await);
    assert_eq!((starts(&sam), starts(&priya)), (vec!["20261125T100000Z"], vec!["20261125T100000Z"]));
    assert_ne!(uids(&sam), uids(&priya));
    assert_eq!(
        sam.replace(uids(&sam)[0], ""),
        priya.replace(uids(&priya)[0], ""),
        "all but the name is the same bytes"
    );
    assert_eq!(feed(&two.college, &first).await, sam, "and stays the same");
    for told in
        [two.thread.to_string(), two.meeting.to_string(), two.sam.to_string(), two.priya.to_string(), first.clone()]
    {
        assert!(!sam.contains(&told) && !priya.contains(&told), "{told}");
    }
    for told in ["Sam", "Okafor", "Priya", "Nair", "Questioning", "Excel", "Maths", "Harbour", "Health", "Tutor"] {
        assert!(!sam.contains(told) && !priya.contains(told), "{told}");
    }
}

/// R-CAL-3
#[tokio::test]
async fn what_is_moved_called_off_or_ended_is_gone_and_what_was_held_stays() {
    let two = two(&[]).await;
    let (token, desk) = (open(&two.college, two.sam).await, two.college.desk());
    let before = feed(&two.college, &token).await;
    let moved = two.move_to(&desk, slot(SECOND, 30)).await;
    let after = feed(&two.college, &token).await;
    assert_eq!(starts(&after), ["20261126T150000Z"]);
    assert_ne!(uids(&before), uids(&after), "another time, another name");
    meetings::call_off(&desk, two.college.from(two.sam, two.thread).await, moved).await.expect("called off");
    assert!(starts(&feed(&two.college, &token).await).is_empty());
    two.college.meet((two.priya, two.sam), two.thread, slot(FIRST, 60)).await;
    assert_eq!(starts(&feed(&two.college, &token).await).len(), 1);
    let later = two.college.later(27 * 24);
    assert_eq!(starts(&calendar::read(&later, &token).await.expect("a feed")).len(), 1, "four weeks back");
    let later = two.college.later(30 * 24);
    assert!(starts(&calendar::read(&later, &token).await.expect("a feed")).is_empty(), "and no further");
    threads::end(&desk, two.college.from(two.sam, two.thread).await).await.expect("ended");
    assert!(starts(&feed(&two.college, &token).await).is_empty());
}

/// R-CAL-3
#[tokio::test]
async fn whom_the_gate_keeps_out_of_the_thread_has_nothing_of_it_in_the_feed() {
    let two = two(&[]).await;
    let (first, second) = (open(&two.college, two.sam).await, open(&two.college, two.priya).await);
    let mut above = staff();
    above.people[3].manager = Some(5);
    assert_eq!(told(&two.college.import(&above).await), "done");
    let priya = two.college.facts(two.priya).await;
    assert_eq!(told(&threads::see(&two.college.desk(), &priya, two.thread).await), "denied");
    assert!(starts(&feed(&two.college, &second).await).is_empty(), "she manages the teacher now");
    assert_eq!(starts(&feed(&two.college, &first).await).len(), 1, "the teacher may still see it");
    assert_eq!(told(&two.college.import(&staff()).await), "done");
    assert_eq!(starts(&feed(&two.college, &second).await).len(), 1, "and now she does not");
}

/// R-CAL-1
#[tokio::test]
async fn an_address_works_until_there_is_a_new_one_or_it_is_off_and_only_its_hash_is_kept() {
    let two = two(&[]).await;
    let desk = two.college.desk();
    let first = open(&two.college, two.sam).await;
    assert_eq!(first.len(), 64);
    let second = open(&two.college, two.sam).await;
    assert_eq!(told(&calendar::read(&desk, &first).await), "denied", "the old one stops at once");
    assert_ne!(first, second);
    let kept = two.college.tables();
    let row = &kept["calendar_feed"][0];
    assert_eq!((kept["calendar_feed"].len(), &row["token"]), (1, &Cell::Text(actions::chance::digest(&second))));
    assert!(!format!("{kept:?}").contains(&second), "nowhere in the database");
    let who = two.college.facts(two.sam).await;
    let own = Own { since: Some(desk.now), by_mail: false };
    assert_eq!(calendar::own(&desk, &who).await.expect("one's own"), own);
    calendar::close(&desk, &visitor(&two.college, two.sam).await).await.expect("off");
    assert_eq!(told(&calendar::read(&desk, &second).await), "denied");
    for nothing in ["", "x", &actions::chance::digest(&second)] {
        assert_eq!(told(&calendar::read(&desk, nothing).await), "denied", "{nothing}");
    }
}

/// R-CAL-1
#[tokio::test]
async fn the_feed_of_an_account_that_goes_off_is_gone_for_good() {
    let two = two(&[]).await;
    let (desk, marek) = (two.college.desk(), two.college.who("Marek Nowicki").await);
    let token = open(&two.college, two.priya).await;
    for on in [false, true] {
        people::set_active(&desk, marek, (two.priya, on)).await.expect("switched");
        assert_eq!(told(&calendar::read(&desk, &token).await), "denied", "{on}");
    }
    assert!(two.college.tables()["calendar_feed"].is_empty());
}

/// R-CAL-1
#[tokio::test]
async fn nobody_switches_a_feed_on_unnoticed() {
    let two = two(&[]).await;
    let sam = visitor(&two.college, two.sam).await;
    calendar::open(&two.college.desk(), &sam).await.expect("on");
    let told = mail::to_deliver(&two.college.desk()).await.expect("readable");
    let told: Vec<_> = told.iter().map(|mail| (mail.email.as_str(), mail.matter)).collect();
    assert_eq!(told, [("sam.okafor@college.example", Matter::Account)]);
    let own = accounts::overview(&two.college.desk(), &sam).await.expect("one's own");
    assert_eq!(own.lines.first().map(|(_, line)| *line), Some(accounts::Line::FeedOpened));
}

/// R-CAL-7
#[tokio::test]
async fn the_feed_of_a_manager_is_the_same_with_and_without_what_others_agreed() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let mut tokens = Vec::new();
    for name in ["Ann Price", "Helen Marsh", "Ruth Adeyemi", "Marek Nowicki", "Uma Roy", "Tom Birch"] {
        tokens.push(open(&college, college.who(name).await).await);
    }
    let mut before = Vec::new();
    for token in &tokens {
        before.push(feed(&college, token).await);
    }
    let thread = college.ask(sam, priya).await;
    college.meet((priya, sam), thread, slot(FIRST, 60)).await;
    for (token, before) in tokens.iter().zip(before) {
        assert_eq!(feed(&college, token).await, before);
    }
}

/// R-CAL-3, R-SES-8
#[tokio::test]
async fn a_session_stands_in_the_feed_of_whoever_runs_it_and_of_those_who_come_and_in_no_other() {
    let college = trainings::college().await;
    let made = trainings::plan(&college, "Priya Nair", trainings::friday()).await.expect("planned");
    let (desk, sam) = (college.desk(), college.who("Sam Okafor").await);
    let mut found = Vec::new();
    for name in ["Priya Nair", "Sam Okafor", "Ann Price", "Uma Roy"] {
        let token = open(&college, college.who(name).await).await;
        training_people::sign_up(&desk, (sam, made)).await.expect("signed up");
        found.push(starts(&feed(&college, &token).await).len());
        training_people::take_back(&desk, (sam, made)).await.expect("taken out");
        found.push(starts(&feed(&college, &token).await).len());
    }
    assert_eq!(found, [1, 1, 1, 0, 0, 0, 0, 0]);
}

/// R-CAL-3, R-REQ-7
#[tokio::test]
async fn an_opening_conversation_stands_in_the_feeds_of_the_three_until_one_says_it_does_not_suit() {
    let on = On::new().await;
    on.choose(on.priya).await;
    let (college, desk) = (&on.college, on.college.desk());
    let mut tokens = Vec::new();
    for who in [on.sam, on.priya, on.ann, college.who("Uma Roy").await, college.who("Helen Marsh").await] {
        tokens.push(open(college, who).await);
    }
    let counts = async || {
        let mut found = Vec::new();
        for token in &tokens {
            found.push(starts(&feed(college, token).await).len());
        }
        found
    };
    assert_eq!(counts().await, [0, 0, 0, 0, 0]);
    tracks::offer_opening(&desk, (on.priya, on.track), &slot(FIRST, 45)).await.expect("proposed");
    assert_eq!(counts().await, [1, 1, 1, 0, 0]);
    let meeting = on.reported().await.common.opening.expect("proposed").meeting;
    tracks::answer_opening(&desk, (on.ann, on.track), (meeting, false)).await.expect("said");
    assert_eq!(counts().await, [0, 0, 0, 0, 0], "called off for all three");
}

/// R-CAL-5, R-REQ-9
#[tokio::test]
async fn what_ends_with_required_support_or_with_a_change_in_it_is_taken_out_of_the_calendars() {
    let on = On::new().await;
    let college = &on.college;
    for who in [on.sam, on.priya, on.tom] {
        by_mail(college, who, true).await;
    }
    let thread = on.choose(on.priya).await;
    college.meet((on.priya, on.sam), thread, slot(FIRST, 60)).await;
    assert_eq!(times(&college.later(1)).await.len(), 2);
    let next = on.choose(on.tom).await;
    assert_eq!(said(&times(&college.later(2)).await), [("priya.nair", "CANCEL", 1), ("sam.okafor", "CANCEL", 1)]);
    college.meet((on.tom, on.sam), next, slot(SECOND, 60)).await;
    assert_eq!(times(&college.later(3)).await.len(), 2);
    for who in [on.sam, on.tom, on.ann] {
        assert_eq!(on.signal(who, true).await, "done");
    }
    assert_eq!(said(&times(&college.later(4)).await), [("sam.okafor", "CANCEL", 1), ("tom.birch", "CANCEL", 1)]);
}

/// The times on their way, by who gets them; delivered with the look.
async fn times(desk: &Desk) -> Vec<(String, Invitation)> {
    let all: Vec<Waiting> = mail::to_deliver(desk).await.expect("readable");
    let mut found = Vec::new();
    for one in all.into_iter().filter(|mail| mail.matter == Matter::Time) {
        mail::tried(desk, &one, Ok(())).await.expect("delivered");
        found.push((one.email.split('@').next().expect("a name").to_owned(), one.time.expect("a time")));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

fn said(times: &[(String, Invitation)]) -> Vec<(&str, &'static str, i64)> {
    times.iter().map(|(who, time)| (who.as_str(), time.method.code(), time.sequence)).collect()
}

/// R-CAL-5, R-CAL-6
#[tokio::test]
async fn each_who_chose_it_is_told_alone_and_again_when_the_time_moves_or_goes() {
    let two = two(&["Sam Okafor", "Priya Nair"]).await;
    assert!(times(&two.college.desk()).await.is_empty(), "with the next quarter of an hour");
    let first = times(&two.college.later(1)).await;
    assert_eq!(said(&first), [("priya.nair", "REQUEST", 0), ("sam.okafor", "REQUEST", 0)]);
    assert_eq!((first[0].1.slot, first[1].1.slot), (slot(FIRST, 60), slot(FIRST, 60)));
    assert_ne!(first[0].1.uid, first[1].1.uid, "nothing in the one leads to the other");
    let moved = two.move_to(&two.college.later(2), slot(SECOND, 30)).await;
    let second = times(&two.college.later(3)).await;
    assert_eq!(said(&second), [("priya.nair", "REQUEST", 1), ("sam.okafor", "REQUEST", 1)]);
    let uid = |times: &[(String, Invitation)]| times.iter().map(|(_, time)| time.uid).collect::<Vec<_>>();
    assert_eq!((uid(&first), second[0].1.slot), (uid(&second), slot(SECOND, 30)), "each calendar moves it");
    let from = two.college.from(two.priya, two.thread).await;
    meetings::call_off(&two.college.later(4), from, moved).await.expect("called off");
    let third = times(&two.college.later(5)).await;
    assert_eq!(said(&third), [("priya.nair", "CANCEL", 2), ("sam.okafor", "CANCEL", 2)]);
    assert_eq!(uid(&first), uid(&third));
    assert!(two.college.tables()["outbox"].is_empty(), "gone once it is delivered");
    let feeds = [open(&two.college, two.sam).await, open(&two.college, two.priya).await];
    for token in feeds {
        let text = feed(&two.college, &token).await;
        assert!(uid(&first).iter().all(|uid| !text.contains(&uid.to_string())), "no name of a mail in a feed");
    }
}

/// R-CAL-5
#[tokio::test]
async fn whoever_chose_nothing_gets_nothing_and_whoever_stops_loses_what_moves() {
    let two = two(&["Sam Okafor"]).await;
    assert_eq!(said(&times(&two.college.later(1)).await), [("sam.okafor", "REQUEST", 0)]);
    by_mail(&two.college, two.sam, false).await;
    by_mail(&two.college, two.priya, true).await;
    two.move_to(&two.college.later(2), slot(SECOND, 30)).await;
    let told = times(&two.college.later(3)).await;
    assert_eq!(said(&told), [("priya.nair", "REQUEST", 1), ("sam.okafor", "CANCEL", 1)]);
    threads::end(&two.college.later(4), two.college.from(two.sam, two.thread).await).await.expect("ended");
    assert_eq!(said(&times(&two.college.later(5)).await), [("priya.nair", "CANCEL", 2)]);
}

/// R-CAL-5
#[tokio::test]
async fn what_was_not_sent_yet_is_not_taken_back_by_a_second_mail() {
    let two = two(&["Sam Okafor", "Priya Nair"]).await;
    let from = two.college.from(two.sam, two.thread).await;
    meetings::call_off(&two.college.desk(), from, two.meeting).await.expect("called off");
    assert!(two.college.tables()["outbox"].is_empty() && times(&two.college.later(1)).await.is_empty());
    let before = two.college.meet((two.priya, two.sam), two.thread, slot(FIRST, 60)).await;
    assert_ne!(before, two.meeting);
    let tables = two.college.tables();
    let sealed: Vec<_> = tables["outbox"].iter().map(|row| row["sealed"].clone()).collect();
    assert_eq!(sealed.len(), 2);
    let start = slot(FIRST, 60).starts.as_second().to_string();
    assert!(!format!("{sealed:?}").contains(&start), "the time lies under its reader's key");
    let told = times(&two.college.later(1)).await;
    let kept = format!("{tables:?}");
    assert!(told.iter().all(|(_, time)| !kept.contains(&time.uid.to_string())), "and its name nowhere in the clear");
}

/// R-CAL-6
#[tokio::test]
async fn what_is_kept_of_a_meeting_does_not_tell_who_has_chosen_what() {
    let mut lengths = Vec::new();
    for wanting in [&[][..], &["Sam Okafor"], &["Priya Nair"], &["Sam Okafor", "Priya Nair"]] {
        let two = two(wanting).await;
        let Cell::Text(kept) = two.college.tables()["meeting"][0]["told"].clone() else { panic!("text") };
        lengths.push(kept.len());
    }
    assert!(lengths[0] > 100 && lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
}

/// R-CAL-5
#[tokio::test]
async fn whom_the_gate_keeps_out_and_whose_account_is_off_is_told_nothing() {
    let two = two(&["Sam Okafor", "Priya Nair"]).await;
    assert_eq!(times(&two.college.later(1)).await.len(), 2);
    let mut above = staff();
    above.people[3].manager = Some(5);
    assert_eq!(told(&two.college.import(&above).await), "done");
    let from = two.college.from(two.sam, two.thread).await;
    meetings::call_off(&two.college.later(2), from, two.meeting).await.expect("called off");
    assert_eq!(said(&times(&two.college.later(3)).await), [("sam.okafor", "CANCEL", 1)]);
    assert_eq!(told(&two.college.import(&staff()).await), "done");
    two.college.meet((two.priya, two.sam), two.thread, slot(SECOND, 60)).await;
    let marek = two.college.who("Marek Nowicki").await;
    people::set_active(&two.college.desk(), marek, (two.priya, false)).await.expect("off");
    assert_eq!(said(&times(&two.college.later(4)).await), [("sam.okafor", "REQUEST", 0)], "taken back");
}

/// R-CAL-5
#[tokio::test]
async fn changing_to_somebody_else_takes_the_time_out_of_both_calendars() {
    let two = two(&["Sam Okafor", "Priya Nair"]).await;
    times(&two.college.later(1)).await;
    let tom = two.college.who("Tom Birch").await;
    let from = two.college.from(two.sam, two.thread).await;
    threads::change_practitioner(&two.college.later(2), from, (tom, "")).await.expect("changed");
    let told = times(&two.college.later(3)).await;
    assert_eq!(said(&told), [("priya.nair", "CANCEL", 1), ("sam.okafor", "CANCEL", 1)]);
    assert!(told.iter().all(|(_, time)| time.method == Method::Cancel && time.slot == slot(FIRST, 60)));
}
