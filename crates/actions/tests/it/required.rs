//! Required support from its beginning to its end; who reads what of it; and that it and what somebody asks for know nothing of each
//! other.

use actions::desk::Stop;
use actions::required::{self, Reported, Require, Seen, View};
use actions::{ceiling, meetings, support, threads, tracks};
use domain::ids::{PersonId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::programme::Model;
use domain::required::{Answer, Ending, Plan, Questioned, Reason, RequiredRefused, Seat};
use domain::support::Stage;

use crate::apart::{apart_from_support, two};
use crate::college::{College, new_college, slot, staff, told};
use crate::events::OF_REQUIRED;
use crate::story::{By, Story, fresh_events};
use trial::Cell;

pub fn require(teacher: PersonId) -> Require {
    let plan = Plan { meetings: 6, length: Minutes(45) };
    let text = "Questions in the new course, with the second years.".to_owned();
    Require { teacher, reason: Reason::NewCourse, themes: Vec::new(), plan, text, read: false }
}

/// A college in which Ann, Sam's line manager, requires support for Sam.
pub struct On {
    pub college: College,
    pub ann: PersonId,
    pub sam: PersonId,
    pub priya: PersonId,
    pub tom: PersonId,
    pub track: TrackId,
}

impl On {
    pub async fn new() -> Self {
        Self::of(College::new().await).await
    }

    pub async fn of(college: College) -> Self {
        let (ann, sam) = (college.who("Ann Price").await, college.who("Sam Okafor").await);
        let (priya, tom) = (college.who("Priya Nair").await, college.who("Tom Birch").await);
        let track = required::start(&college.desk(), ann, (&require(sam), "start")).await.expect("required");
        Self { college, ann, sam, priya, tom, track }
    }

    pub async fn choose(&self, whom: PersonId) -> ThreadId {
        let chosen = (self.track, whom, format!("choose {whom}"));
        required::choose(&self.college.desk(), self.sam, (chosen.0, chosen.1, &chosen.2)).await.expect("chosen")
    }

    pub async fn view(&self, who: PersonId) -> Result<View, Stop<actions::Never>> {
        required::see(&self.college.desk(), &self.college.facts(who).await, self.track).await
    }

    pub async fn reported(&self) -> Reported {
        match self.view(self.ann).await.expect("reported") {
            View::Manager(reported) => *reported,
            View::Two(_) => panic!("a line manager is none of the two"),
        }
    }

    pub async fn seen(&self, who: PersonId) -> Seen {
        match self.view(who).await.expect("seen") {
            View::Two(seen) => *seen,
            View::Manager(_) => panic!("one of the two is no line manager"),
        }
    }

    pub async fn signal(&self, who: PersonId, said: bool) -> &'static str {
        told(&tracks::signal(&self.college.desk(), (who, self.track), said).await)
    }
}

/// R-REQ-2 R-REQ-5 R-REQ-7 R-REQ-8 R-REQ-10 R-REQ-12
#[tokio::test]
async fn every_act_of_required_support_is_one_event_and_all_or_nothing() {
    let on = On::new().await;
    let (track, desk) = (on.track, on.college.desk());
    let (uma, helen) = (on.college.who("Uma Roy").await, on.college.who("Helen Marsh").await);
    let [teacher, practitioner, manager] = [1, 2, 3].map(By::InThread);
    let mut story = Story::begin(&on.college).await;
    let asked = require(uma);
    let start = async || required::start(&desk, on.ann, (&asked, "uma")).await;
    story.tell("required::start", &[("StartTrack", manager)], start).await;
    let choose = async || required::choose(&desk, on.sam, (track, on.priya, "priya")).await;
    story.tell("required::choose", &[("ChoosePractitioner", teacher)], choose).await;
    let slot = slot("2026-11-24T10:30:00Z", 45);
    let offer = async || tracks::offer_opening(&desk, (on.priya, track), &slot).await;
    story.tell("tracks::offer_opening", &[("OfferOpening", practitioner)], offer).await;
    let meeting = on.reported().await.common.opening.expect("proposed").meeting;
    for (who, by) in [(on.sam, teacher), (on.ann, manager)] {
        let answer = async || tracks::answer_opening(&desk, (who, track), (meeting, true)).await;
        story.tell("tracks::answer_opening", &[("AnswerOpening", by)], answer).await;
    }
    let later = on.college.later(3);
    let record = async || tracks::record_opening(&later, (on.priya, track), (meeting, State::Held)).await;
    story.tell("tracks::record_opening", &[("RecordOpening", practitioner)], record).await;
    let question = async || tracks::challenge(&desk, (on.priya, track), Some(Questioned::Time)).await;
    story.tell("tracks::challenge", &[("ChallengeTrack", practitioner)], question).await;
    let keep = async || tracks::keep(&desk, (on.ann, track)).await;
    story.tell("tracks::keep", &[("ReviseTrack", manager)], keep).await;
    let less = Plan { meetings: 4, length: Minutes(45) };
    let revise = async || tracks::revise(&desk, (on.ann, track), (1, less, "Less of it.")).await;
    story.tell("tracks::revise", &[("ReviseTrack", manager)], revise).await;
    let agree = async || tracks::agree(&desk, (on.sam, track), "I ask better questions now.").await;
    story.tell("tracks::agree", &[("AgreeStatement", teacher)], agree).await;
    let share = async || ceiling::set_share(&desk, helen, "30").await;
    story.tell("ceiling::set_share", &[("SetCeiling", By::Person(helen))], share).await;
    let bar = async || ceiling::set_barred(&desk, helen, (on.tom, true)).await;
    story.tell("ceiling::set_barred", &[("BarFromTracks", By::Person(helen))], bar).await;
    let before = on.college.tables();
    assert_eq!(on.signal(on.sam, true).await, "done");
    assert_eq!(fresh_events(&before, &on.college.tables()), [("SignalConfident".to_owned(), teacher)]);
    let mut expected = OF_REQUIRED.map(str::to_owned).to_vec();
    expected.retain(|name| name != "tracks::end");
    assert_eq!(story.told, expected.into_iter().collect());
}

/// R-REQ-1 R-REQ-2
#[tokio::test]
async fn only_the_direct_line_manager_of_today_requires_it_and_only_once() {
    let on = On::new().await;
    let (college, desk) = (&on.college, on.college.desk());
    for who in ["Ruth Adeyemi", "Helen Marsh", "Marek Nowicki", "Uma Roy", "Sam Okafor", "Priya Nair"] {
        let uma = college.who("Uma Roy").await;
        let who = college.who(who).await;
        assert_eq!(told(&required::start(&desk, who, (&require(uma), "x")).await), "denied");
    }
    let again = required::start(&desk, on.ann, (&require(on.sam), "start")).await.expect("the same form");
    assert_eq!(again, on.track);
    let twice = required::start(&desk, on.ann, (&require(on.sam), "another")).await;
    assert!(matches!(twice, Err(Stop::Refused(RequiredRefused::AlreadyOn))), "{twice:?}");
    // Ruth manages Ann, who teaches nothing.
    let ruth = college.who("Ruth Adeyemi").await;
    assert_eq!(told(&required::start(&desk, ruth, (&require(on.ann), "y")).await), "denied");
}

/// R-REQ-1 R-REQ-13
#[tokio::test]
async fn under_the_developmental_model_nothing_is_required_and_the_teacher_alone_ends_what_is_on() {
    let college = College::of(&domain_college(Model::Developmental), &staff(), 7).await;
    let (ann, sam) = (college.who("Ann Price").await, college.who("Sam Okafor").await);
    assert_eq!(told(&required::start(&college.desk(), ann, (&require(sam), "x")).await), "denied");
    let facts = college.facts(ann).await;
    assert_eq!(told(&required::requiring(&college.desk(), &facts).await), "denied");
    let on = On::new().await;
    let thread = on.choose(on.priya).await;
    let ended = tracks::end(&on.college.desk(), (on.sam, on.track)).await;
    assert_eq!(told(&ended), "denied", "while the college requires support");
    on.college.place.sql().run("UPDATE programme SET model = 'developmental'").expect("changed");
    on.college.house.refresh().await.expect("read again");
    assert_eq!(told(&on.view(on.ann).await), "done", "it stays readable");
    assert_eq!(on.signal(on.ann, true).await, "denied");
    assert_eq!(on.signal(on.sam, true).await, "denied");
    let desk = on.college.desk();
    assert_eq!(told(&required::choose(&desk, on.sam, (on.track, on.tom, "x")).await), "denied");
    assert_eq!(told(&tracks::end(&desk, (on.ann, on.track)).await), "denied");
    tracks::end(&desk, (on.sam, on.track)).await.expect("ended");
    assert_eq!(on.reported().await.common.ended.map(|(_, how)| how), Some(Ending::Teacher));
    assert_eq!(on.college.see(on.sam, thread).await.thread.stage, Stage::Withdrawn);
}

fn domain_college(model: Model) -> actions::staff::NewCollege {
    actions::staff::NewCollege { model, ..new_college() }
}

/// R-REQ-4
#[tokio::test]
async fn the_line_manager_reads_days_and_whether_they_took_place_and_nothing_else_of_the_thread() {
    let on = On::new().await;
    let (college, desk) = (&on.college, on.college.desk());
    let thread = on.choose(on.priya).await;
    let reported = async || format!("{:?}", on.reported().await);
    let before = reported().await;
    let first = college.meet((on.priya, on.sam), thread, slot("2026-11-24T10:30:00Z", 45)).await;
    let second = college.meet((on.sam, on.priya), thread, slot("2026-11-24T15:00:00Z", 45)).await;
    college.offer(on.sam, thread, &[slot("2026-11-26T10:00:00Z", 60)]).await;
    meetings::call_off(&desk, college.from(on.sam, thread).await, second).await.expect("called off");
    assert_eq!(on.signal(on.sam, true).await, "done");
    assert_eq!(on.signal(on.priya, true).await, "done");
    assert_eq!(reported().await, before, "what is ahead, called off or said by the other two is not reported");
    let outcome = (first, State::Missed, Minutes(45));
    let later = college.later(4);
    meetings::record(&later, college.from(on.priya, thread).await, outcome).await.expect("recorded");
    let days: Vec<bool> = on.reported().await.common.meetings.iter().map(|(_, held)| *held).collect();
    assert_eq!(days, [false]);
    let outcome = (first, State::Held, Minutes(45));
    meetings::record(&later, college.from(on.priya, thread).await, outcome).await.expect("corrected");
    assert_eq!(on.reported().await.common.meetings.len(), 1);
    let text = |cell: &Cell| matches!(cell, Cell::Text(purpose) if purpose == "required");
    assert!(
        college.tables()["entry_purpose"].iter().all(|row| text(&row["purpose"])),
        "its hours are those of required support"
    );
    // The thread is nobody's but the two's.
    for who in [on.ann, on.tom, college.who("Ruth Adeyemi").await, college.who("Helen Marsh").await] {
        assert_eq!(told(&threads::see(&desk, &college.facts(who).await, thread).await), "denied");
    }
    for who in [
        on.tom,
        college.who("Ruth Adeyemi").await,
        college.who("Helen Marsh").await,
        college.who("Marek Nowicki").await,
    ] {
        assert_eq!(told(&on.view(who).await), "denied");
    }
    let looks = actions::looked::mine(&desk, &college.facts(on.sam).await).await.expect("readable");
    assert!(looks.iter().any(|look| look.who == "Ann Price"), "that the line manager looked");
}

/// R-REQ-5
#[tokio::test]
async fn what_is_required_and_what_is_asked_for_know_nothing_of_each_other() {
    let on = On::new().await;
    let (college, desk) = (&on.college, on.college.desk());
    let asked = college.ask(on.sam, on.priya).await;
    let required_one = on.choose(on.priya).await;
    assert_ne!(asked, required_one, "in touch with her already, and chosen all the same");
    let sam = college.facts(on.sam).await;
    let own: Vec<ThreadId> =
        support::own(&desk, &sam).await.expect("own").threads.iter().map(|line| line.thread).collect();
    assert_eq!(own, [asked], "the list of what one asked for has nothing of it");
    let suggested = support::suggest(&desk, &sam, &[]).await.expect("suggestions");
    assert_eq!(suggested.in_touch.iter().map(|(_, thread)| *thread).collect::<Vec<_>>(), [asked]);
    let other = On::new().await;
    other.choose(other.priya).await;
    other.college.ask(other.sam, other.priya).await;
    // The voluntary ways out are none of required support.
    let from = college.from(on.sam, required_one).await;
    assert_eq!(told(&threads::withdraw(&desk, from).await), "denied");
    assert_eq!(told(&threads::change_practitioner(&desk, from, (on.tom, "x")).await), "denied");
    let from = college.from(on.priya, required_one).await;
    assert_eq!(told(&threads::propose_end(&desk, from).await), "denied");
    let board = actions::board::recompute(&college.later(24 * 7)).await.expect("computed");
    let waiting = |row: &trial::Row| matches!(row.get("waiting"), Some(Cell::Number(count)) if *count > 1);
    assert!(board && !college.tables()["board_week"].iter().any(waiting), "only what was asked for waits on the board");
}

/// R-REQ-4 R-REQ-5
#[tokio::test]
async fn a_track_reads_the_same_to_the_line_manager_with_and_without_voluntary_support() {
    let mut said = Vec::new();
    let mut tables = Vec::new();
    for college in two().await {
        let on = On::of(college).await;
        on.choose(on.tom).await;
        let ann = on.college.facts(on.ann).await;
        let seen = required::requiring(&on.college.desk(), &ann).await.expect("a list");
        said.push((format!("{:?}", on.reported().await), format!("{seen:?}")));
        let mut rest = apart_from_support(&on.college.tables());
        // Sealed with chance of its own.
        rest.remove("track_scope");
        rest.remove("track_look");
        tables.push(rest);
    }
    assert_eq!(said[0], said[1]);
    assert!(tables[0] == tables[1], "what is required leaves the same rows");
}

/// R-REQ-6
#[tokio::test]
async fn a_new_line_manager_takes_the_old_ones_place_and_a_chosen_one_who_comes_into_the_line_is_out() {
    let on = On::new().await;
    let thread = on.choose(on.priya).await;
    assert_eq!(on.signal(on.ann, true).await, "done");
    let mut later = staff();
    later.people[3].manager = Some(5);
    on.college.import(&later).await.expect("imported");
    assert_eq!(told(&on.view(on.ann).await), "denied", "the line manager of before reads nothing any more");
    assert_eq!(on.signal(on.ann, false).await, "denied");
    assert!(!on.seen(on.sam).await.reachable, "the teacher reads that it cannot go on");
    assert!(matches!(on.view(on.priya).await, Ok(View::Manager(_))), "she reads what is reported, as the line manager");
    assert_eq!(told(&threads::see(&on.college.desk(), &on.college.facts(on.priya).await, thread).await), "denied");
    let chosen = (on.track, on.priya, "again");
    assert_eq!(told(&required::choose(&on.college.desk(), on.sam, chosen).await), "denied");
    let next = on.choose(on.tom).await;
    let seen = on.seen(on.sam).await;
    assert_eq!((seen.reachable, seen.track.thread), (true, Some((next, true))));
    assert_eq!(told(&on.view(on.tom).await), "done");
    let mut nobody = staff();
    nobody.people[3].manager = None;
    on.college.import(&nobody).await.expect("imported");
    assert!(on.seen(on.sam).await.track.common.manager.is_none());
    assert_eq!(told(&on.view(on.priya).await), "denied");
}

/// R-REQ-8
#[tokio::test]
async fn either_of_the_two_questions_scope_or_time_and_it_waits_until_it_is_answered() {
    let on = On::new().await;
    on.choose(on.priya).await;
    let desk = on.college.desk();
    assert_eq!(told(&tracks::challenge(&desk, (on.ann, on.track), Some(Questioned::Time)).await), "denied");
    tracks::challenge(&desk, (on.priya, on.track), Some(Questioned::Both)).await.expect("questioned");
    let again = tracks::challenge(&desk, (on.sam, on.track), Some(Questioned::Time)).await;
    assert!(matches!(again, Err(Stop::Refused(RequiredRefused::AlreadyQuestioned))), "{again:?}");
    let common = on.reported().await.common;
    assert_eq!(common.questioned().map(|one| one.what), Some(Questioned::Both));
    assert!(!format!("{:?}", common.challenges).contains("Practitioner"), "nothing says which of the two");
    let plan = Plan { meetings: 3, length: Minutes(30) };
    tracks::revise(&desk, (on.ann, on.track), (1, plan, "Only the questions.")).await.expect("revised");
    let common = on.seen(on.priya).await.track.common;
    let versions: Vec<&str> = common.scopes.iter().map(|scope| scope.text.as_str()).collect();
    assert_eq!(versions, ["Only the questions.", "Questions in the new course, with the second years."]);
    assert_eq!(common.challenges[0].answered.map(|(answer, _)| answer), Some(Answer::Revised));
    let nothing = tracks::keep(&desk, (on.ann, on.track)).await;
    assert!(matches!(nothing, Err(Stop::Refused(RequiredRefused::NothingQuestioned))), "{nothing:?}");
}

/// R-REQ-7
#[tokio::test]
async fn the_opening_conversation_is_kept_free_for_the_three_and_counts_once_it_took_place() {
    let on = On::new().await;
    on.choose(on.priya).await;
    let (college, desk) = (&on.college, on.college.desk());
    let at = slot("2026-11-26T10:00:00Z", 45);
    tracks::offer_opening(&desk, (on.priya, on.track), &at).await.expect("proposed");
    // Kept free: nothing else fits there, so nobody's answer depends on what else she has agreed.
    let uma = college.who("Uma Roy").await;
    let other = college.ask(uma, on.priya).await;
    let offer = threads::offer(
        &desk,
        college.from(on.priya, other).await,
        (&[at], domain::observations::OfferFor::More(domain::observations::Form::Talk)),
    )
    .await;
    assert_eq!(told(&offer), "refused");
    let meeting = on.reported().await.common.opening.expect("proposed").meeting;
    tracks::answer_opening(&desk, (on.sam, on.track), (meeting, true)).await.expect("said");
    assert_eq!(told(&tracks::answer_opening(&desk, (on.priya, on.track), (meeting, true)).await), "denied");
    let early = tracks::record_opening(&college.later(60), (on.priya, on.track), (meeting, State::Held)).await;
    assert!(matches!(early, Err(Stop::Refused(RequiredRefused::NotAgreed))), "{early:?}");
    tracks::answer_opening(&desk, (on.ann, on.track), (meeting, false)).await.expect("said");
    tracks::offer_opening(&desk, (on.priya, on.track), &slot("2026-11-26T14:00:00Z", 45)).await.expect("another");
    let gone = tracks::answer_opening(&desk, (on.ann, on.track), (meeting, true)).await;
    assert!(matches!(gone, Err(Stop::Refused(RequiredRefused::NoOpening))), "{gone:?}");
    let opening = on.reported().await.common.opening.expect("proposed");
    assert_eq!((opening.teacher, opening.manager), (None, None), "another time is answered anew");
    for who in [on.sam, on.ann] {
        tracks::answer_opening(&desk, (who, on.track), (opening.meeting, true)).await.expect("said");
    }
    tracks::record_opening(&college.later(60), (on.priya, on.track), (opening.meeting, State::Held))
        .await
        .expect("held");
    let minutes: Vec<_> = college.tables()["hours_entry"].iter().map(|row| row["minutes"].clone()).collect();
    assert_eq!(minutes, [Cell::Number(45)]);
}

/// R-REQ-9
#[tokio::test]
async fn the_third_signal_ends_it_and_its_thread_and_what_was_taken_back_does_not_count() {
    let on = On::new().await;
    let thread = on.choose(on.priya).await;
    on.college.meet((on.priya, on.sam), thread, slot("2026-11-26T10:30:00Z", 45)).await;
    assert_eq!(on.signal(on.ann, true).await, "done");
    assert_eq!(on.signal(on.ann, false).await, "done");
    assert_eq!(on.signal(on.sam, true).await, "done");
    assert_eq!(on.signal(on.priya, true).await, "done");
    assert!(on.seen(on.sam).await.track.common.ended.is_none());
    assert_eq!(on.reported().await.satisfied, None);
    assert_eq!(on.signal(on.ann, true).await, "done");
    let seen = on.seen(on.priya).await;
    assert_eq!(seen.track.common.ended.map(|(_, how)| how), Some(Ending::Signals));
    assert_eq!(seen.track.signals.of(Seat::Manager).map(|day| day.to_string()), Some("2026-11-24".to_owned()));
    assert_eq!(on.college.see(on.sam, thread).await.thread.stage, Stage::Ended);
    let reopened = threads::reopen(&on.college.desk(), on.college.from(on.sam, thread).await).await;
    assert_eq!(told(&reopened), "denied");
    assert_eq!(on.signal(on.sam, false).await, "refused", "over is over");
}
