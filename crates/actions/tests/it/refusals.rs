//! What was refused, denied or came from a page that is out of date wrote no event and changed nothing.

use std::cell::Cell;

use actions::accounts::{self, Visitor};
use actions::desk::{Desk, Stop};
use actions::directory::NewProfile;
use actions::hours::Note;
use actions::threads::Change;
use actions::{directory, hours, meetings, people, programme, support, threads};
use domain::hours::Purpose;
use domain::ids::{EntryId, MeetingId, OfferId, PersonId, ThreadId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::support::{Manner, Request, Slot};

use crate::college::{College, new_college, slot, staff, told};
use trial::Tables;

/// A college as it stands, against which every refusal is held.
pub struct Still<'a> {
    college: &'a College,
    tables: Tables,
    pub tried: Cell<usize>,
}

impl<'a> Still<'a> {
    pub fn of(college: &'a College) -> Self {
        Self { college, tables: college.tables(), tried: Cell::new(0) }
    }

    pub async fn stays<T, R>(&self, what: &str, how: &str, action: impl Future<Output = Result<T, Stop<R>>>) {
        let result = action.await;
        assert_eq!(told(&result), how, "{what}");
        assert_eq!(self.college.tables(), self.tables, "{what} was {how} and changed something");
        self.tried.set(self.tried.get() + 1);
    }
}

/// The people of the small college.
pub struct Cast {
    pub sam: PersonId,
    pub uma: PersonId,
    pub ann: PersonId,
    pub priya: PersonId,
    pub tom: PersonId,
    pub helen: PersonId,
    pub marek: PersonId,
}

impl Cast {
    pub async fn of(college: &College) -> Self {
        Self {
            sam: college.who("Sam Okafor").await,
            uma: college.who("Uma Roy").await,
            ann: college.who("Ann Price").await,
            priya: college.who("Priya Nair").await,
            tom: college.who("Tom Birch").await,
            helen: college.who("Helen Marsh").await,
            marek: college.who("Marek Nowicki").await,
        }
    }

    pub fn all(&self) -> [PersonId; 7] {
        [self.sam, self.uma, self.ann, self.priya, self.tom, self.helen, self.marek]
    }
}

#[tokio::test]
async fn requests_that_are_refused_or_denied_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    people::set_active(&college.desk(), cast.marek, (cast.tom, false)).await.expect("off");
    college.ask(cast.sam, cast.priya).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let good = college.request(cast.priya).await;
    let ask = async |who, request: Request| support::ask(&desk, who, (request, "a form")).await;
    let none = Request { themes: vec![], ..good.clone() };
    still.stays("no theme", "refused", ask(cast.uma, none)).await;
    let unknown = Request { themes: vec![uuid::Uuid::from_u128(5).into()], ..good.clone() };
    still.stays("an unknown theme", "refused", ask(cast.uma, unknown)).await;
    let wish = Request { wish: Some(slot("2026-11-25T10:00:00Z", 60)), ..good.clone() };
    still.stays("a time that is not published", "refused", ask(cast.uma, wish)).await;
    let past = Request { wish: Some(slot("2026-11-17T10:30:00Z", 60)), ..good.clone() };
    still.stays("a time that has passed", "refused", ask(cast.uma, past)).await;
    let plan = Request { manner: Manner { meetings: Some(41), ..Manner::default() }, ..good.clone() };
    still.stays("too many meetings", "refused", ask(cast.uma, plan)).await;
    still.stays("in touch already", "refused", ask(cast.sam, good.clone())).await;
    let to = |practitioner| Request { practitioner, ..good.clone() };
    still.stays("somebody who is no practitioner", "denied", ask(cast.uma, to(cast.sam))).await;
    still.stays("an account that is off", "denied", ask(cast.uma, to(cast.tom))).await;
    still.stays("oneself", "denied", ask(cast.priya, to(cast.priya))).await;
    still.stays("nobody", "denied", ask(cast.uma, to(uuid::Uuid::from_u128(7).into()))).await;
    still.stays("an administrator asks", "denied", ask(cast.marek, good.clone())).await;
    let avoid = async |who, other| directory::set_avoided(&desk, who, other, true).await;
    still.stays("avoiding a teacher", "denied", avoid(cast.sam, cast.uma)).await;
    still.stays("avoiding oneself", "denied", avoid(cast.priya, cast.priya)).await;
    assert_eq!(still.tried.get(), 13);
}

/// Sam and Priya with a meeting ahead, an offer each way in turn, and what a stranger would need to get in.
struct Thread {
    id: ThreadId,
    version: i64,
    meeting: MeetingId,
    offer: OfferId,
}

async fn thread(college: &College, cast: &Cast) -> Thread {
    let id = college.ask(cast.sam, cast.priya).await;
    let meeting = college.meet((cast.priya, cast.sam), id, slot("2026-11-25T10:00:00Z", 60)).await;
    let offer = college.offer(cast.priya, id, &[slot("2026-11-26T10:00:00Z", 60)]).await;
    let version = college.see(cast.sam, id).await.thread.version;
    Thread { id, version, meeting, offer }
}

type Told = Result<(), Stop<threads::ThreadRefused>>;

/// Every change to a thread there is, from one page.
async fn every_change(desk: &Desk, from: Change, (thread, to): (&Thread, PersonId)) -> Vec<(&'static str, Told)> {
    let (ahead, manner) = ([slot("2026-11-27T10:00:00Z", 60)], Manner::default());
    let held = (thread.meeting, State::Held, Minutes(60));
    vec![
        ("accept", threads::accept(desk, from, thread.offer).await),
        ("offer", threads::offer(desk, from, (&ahead, OfferFor::More(Form::Talk))).await),
        ("withdraw", threads::withdraw(desk, from).await),
        ("end", threads::end(desk, from).await),
        ("propose_end", threads::propose_end(desk, from).await),
        ("reopen", threads::reopen(desk, from).await),
        ("set_kind", threads::set_kind(desk, from, (manner, None)).await),
        ("change", threads::change_practitioner(desk, from, (to, "form")).await.map(drop)),
        ("record", meetings::record(desk, from, held).await),
        ("call_off", meetings::call_off(desk, from, thread.meeting).await),
    ]
}

#[tokio::test]
async fn nobody_but_the_two_changes_anything_in_a_thread() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let thread = thread(&college, &cast).await;
    let (before, desk) = (college.tables(), college.desk());
    for who in cast.all().into_iter().filter(|who| ![cast.sam, cast.priya].contains(who)) {
        let from = Change { who, thread: thread.id, version: thread.version };
        for (what, result) in every_change(&desk, from, (&thread, cast.tom)).await {
            assert_eq!(told(&result), "denied", "{what} by {who}");
        }
        assert_eq!(told(&threads::see(&desk, &college.facts(who).await, thread.id).await), "denied");
    }
    assert_eq!(college.tables(), before);
}

/// R-SUP-11
#[tokio::test]
async fn a_page_that_is_out_of_date_changes_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let thread = thread(&college, &cast).await;
    let (before, desk) = (college.tables(), college.desk());
    let mut said = Vec::new();
    for (who, version) in [(cast.sam, thread.version - 1), (cast.priya, thread.version + 1)] {
        let from = Change { who, thread: thread.id, version };
        said.extend(every_change(&desk, from, (&thread, cast.tom)).await);
    }
    for (what, result) in &said {
        let stale = matches!(result, Err(Stop::Refused(why)) if why.to_string().contains("out of date"));
        assert!(stale || told(result) == "denied", "{what}: {result:?}");
    }
    // Three are the practitioner's or the teacher's alone; the other one is denied, whatever the page.
    assert_eq!(said.iter().filter(|(_, result)| told(result) == "denied").count(), 6, "{said:?}");
    assert_eq!(college.tables(), before);
}

#[tokio::test]
async fn what_the_rules_refuse_in_a_thread_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let thread = thread(&college, &cast).await;
    college.ask(cast.sam, cast.tom).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let from = |who| Change { who, thread: thread.id, version: thread.version };
    let (sam, priya) = (from(cast.sam), from(cast.priya));
    let offers = async |from, slots: &[Slot]| threads::offer(&desk, from, (slots, OfferFor::More(Form::Talk))).await;
    let ahead = |day: u8| slot(&format!("2026-12-{day:02}T10:00:00Z"), 60);
    still.stays("no times", "refused", offers(sam, &[])).await;
    still.stays("four times", "refused", offers(sam, &[ahead(1), ahead(2), ahead(3), ahead(4)])).await;
    still.stays("the same time twice", "refused", offers(sam, &[ahead(1), ahead(1)])).await;
    still.stays("a time that has passed", "refused", offers(sam, &[slot("2026-11-23T10:00:00Z", 60)])).await;
    still.stays("a time far ahead", "refused", offers(sam, &[slot("2027-06-01T10:00:00Z", 60)])).await;
    still.stays("too short", "refused", offers(sam, &[slot("2026-12-01T10:00:00Z", 4)])).await;
    still.stays("over a meeting", "refused", offers(priya, &[slot("2026-11-25T10:30:00Z", 60)])).await;
    still.stays("over a lesson", "refused", offers(priya, &[slot("2026-11-30T13:30:00Z", 60)])).await;
    let nothing = OfferId(uuid::Uuid::from_u128(1));
    still.stays("an unknown offer", "refused", threads::accept(&desk, sam, nothing)).await;
    still.stays("one's own offer", "refused", threads::accept(&desk, priya, thread.offer)).await;
    still.stays("an offer that has passed", "refused", threads::accept(&college.later(72), sam, thread.offer)).await;
    let moved = MeetingId(uuid::Uuid::from_u128(1));
    let slots = [ahead(1)];
    still.stays("no such meeting", "refused", threads::offer(&desk, sam, (&slots, OfferFor::InPlaceOf(moved)))).await;
    still.stays("withdrawing what is open", "refused", threads::withdraw(&desk, sam)).await;
    still.stays("opening what is open", "refused", threads::reopen(&desk, sam)).await;
    let manner = Manner { meetings: Some(0), ..Manner::default() };
    still.stays("no meetings", "refused", threads::set_kind(&desk, sam, (manner, None))).await;
    let change = async |to| threads::change_practitioner(&desk, sam, (to, "form")).await;
    still.stays("to one who is asked already", "refused", change(cast.tom)).await;
    still.stays("to the same one", "denied", change(cast.priya)).await;
    still.stays("to one's manager", "denied", change(cast.ann)).await;
    let record = async |desk: Desk, state, minutes| {
        meetings::record(&desk, priya, (thread.meeting, state, Minutes(minutes))).await
    };
    still.stays("not yet", "refused", record(college.desk(), State::Held, 60)).await;
    still.stays("nine hours", "refused", record(college.later(72), State::Held, 540)).await;
    still.stays("no outcome", "refused", record(college.later(72), State::CalledOff, 60)).await;
    still.stays("no such meeting", "refused", meetings::call_off(&desk, sam, moved)).await;
    assert_eq!(still.tried.get(), 22);
}

/// R-SUP-8
#[tokio::test]
async fn what_has_ended_or_was_withdrawn_cannot_be_changed() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let open = thread(&college, &cast).await;
    threads::end(&college.desk(), college.from(cast.sam, open.id).await).await.expect("ended");
    let waiting = college.ask(cast.sam, cast.tom).await;
    threads::withdraw(&college.desk(), college.from(cast.sam, waiting).await).await.expect("withdrawn");
    let before = college.acted();
    for (thread, other, may_reopen) in [(open.id, cast.priya, true), (waiting, cast.tom, false)] {
        for who in [cast.sam, other] {
            let from = college.from(who, thread).await;
            let parts = Thread { id: thread, version: from.version, ..open };
            for (what, result) in every_change_but_reopening(&college.desk(), from, (&parts, cast.tom)).await {
                assert_ne!(told(&result), "done", "{what}");
            }
        }
        if !may_reopen {
            let from = college.from(cast.sam, thread).await;
            assert_eq!(told(&threads::reopen(&college.desk(), from).await), "refused");
        }
    }
    assert_eq!(college.acted(), before);
}

async fn every_change_but_reopening(
    desk: &Desk,
    from: Change,
    (thread, to): (&Thread, PersonId),
) -> Vec<(&'static str, Told)> {
    let ahead = [slot("2026-11-27T10:00:00Z", 60)];
    vec![
        ("accept", threads::accept(desk, from, thread.offer).await),
        ("offer", threads::offer(desk, from, (&ahead, OfferFor::More(Form::Talk))).await),
        ("withdraw", threads::withdraw(desk, from).await),
        ("end", threads::end(desk, from).await),
        ("propose_end", threads::propose_end(desk, from).await),
        ("set_kind", threads::set_kind(desk, from, (Manner::default(), None)).await),
        ("change", threads::change_practitioner(desk, from, (to, "form")).await.map(drop)),
        ("call_off", meetings::call_off(desk, from, thread.meeting).await),
    ]
}

fn note(minutes: i64, with: Option<PersonId>) -> Note {
    let day = "2026-11-24".parse().expect("a day");
    let (themes, purposes) = (Vec::new(), vec![Purpose::OneToOne]);
    Note { minutes: Minutes(minutes), day, with, themes, purposes, once: "form".to_owned() }
}

#[tokio::test]
async fn hours_and_profiles_that_are_refused_or_denied_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    people::set_active(&college.desk(), cast.marek, (cast.tom, false)).await.expect("off");
    let first = Note { once: "first".to_owned(), ..note(20, Some(cast.uma)) };
    let entry = hours::note(&college.desk(), cast.priya, first).await.expect("noted");
    let (still, desk) = (Still::of(&college), college.desk());
    let noted = async |who, note| hours::note(&desk, who, note).await;
    still.stays("no minutes", "refused", noted(cast.priya, note(0, None))).await;
    still.stays("nine hours", "refused", noted(cast.priya, note(540, None))).await;
    still.stays("with oneself", "refused", noted(cast.priya, note(20, Some(cast.priya)))).await;
    let nobody = PersonId(uuid::Uuid::from_u128(3));
    still.stays("with nobody", "refused", noted(cast.priya, note(20, Some(nobody)))).await;
    still.stays("with one whose account is off", "refused", noted(cast.priya, note(20, Some(cast.tom)))).await;
    let tomorrow = Note { day: "2026-11-25".parse().expect("a day"), ..note(20, None) };
    still.stays("tomorrow", "refused", noted(cast.priya, tomorrow)).await;
    let aimless = Note { purposes: vec![], ..note(20, None) };
    still.stays("for nothing", "refused", noted(cast.priya, aimless)).await;
    for who in [cast.sam, cast.helen, cast.marek, cast.tom] {
        still.stays("no practitioner", "denied", noted(who, note(20, None))).await;
    }
    for who in [cast.sam, cast.uma, cast.helen, cast.marek] {
        still.stays("another's entry", "denied", hours::remove(&desk, who, entry)).await;
    }
    for who in [cast.sam, cast.priya, cast.helen, cast.ann] {
        still.stays("another's name", "denied", hours::remove_own_name(&desk, who, entry)).await;
    }
    let unknown = EntryId(uuid::Uuid::from_u128(3));
    still.stays("no entry", "denied", hours::remove(&desk, cast.priya, unknown)).await;
    let spans = |all: &[&str]| all.iter().map(|span| span.parse().expect("a span")).collect::<Vec<_>>();
    let publish = async |who, all: &[&str]| directory::publish(&desk, who, &spans(all)).await;
    let overlap = ["Tue 09:00-10:00", "Tue 09:30-10:30"];
    still.stays("times that overlap", "refused", publish(cast.priya, &overlap)).await;
    still.stays("over a lesson", "refused", publish(cast.priya, &["Mon 13:30-14:00"])).await;
    still.stays("a teacher's", "denied", publish(cast.sam, &["Tue 09:00-10:00"])).await;
    let long = NewProfile { about: "x".repeat(601), ..NewProfile::default() };
    still.stays("too long", "refused", directory::edit_profile(&desk, cast.priya, &long)).await;
    let empty = NewProfile::default();
    still.stays("a teacher's", "denied", directory::edit_profile(&desk, cast.sam, &empty)).await;
    assert_eq!(still.tried.get(), 25);
}

#[tokio::test]
async fn offices_that_are_denied_or_refused_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    for who in cast.all().into_iter().filter(|who| *who != cast.marek) {
        still.stays("switching off", "denied", people::set_active(&desk, who, (cast.uma, false))).await;
    }
    still.stays("oneself", "denied", people::set_active(&desk, cast.marek, (cast.marek, false))).await;
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("opening asking", "denied", programme::set_asking(&desk, who, true)).await;
    }
    still.stays("backwards", "refused", programme::move_clock(&desk, cast.sam, -1)).await;
    let ten_years = 10 * 366 * 86_400;
    still.stays("too far", "refused", programme::move_clock(&desk, cast.sam, ten_years)).await;
    assert_eq!(still.tried.get(), 15);
}

/// R-ACC-6
#[tokio::test]
async fn in_a_real_college_nothing_of_the_sample_can_be_done() {
    let mut real = new_college();
    real.sample = false;
    let college = College::of(&real, &staff(), 7).await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    for who in cast.all() {
        still.stays("one click", "denied", accounts::sign_in_as_sample(&desk, who, "")).await;
        still.stays("the clock", "denied", programme::move_clock(&desk, who, 3600)).await;
    }
    still.stays("the clock at the start", "denied", programme::start_clock(&desk, 3600)).await;
    assert_eq!(still.tried.get(), 15);
}

/// R-ACC-4
#[tokio::test]
async fn passwords_that_are_refused_leave_the_old_one() {
    let college = College::new().await;
    let (desk, mail, old) = (college.desk(), "sam.okafor@college.example", "three old words");
    let link = accounts::issue_link(&desk, mail).await.expect("issued").expect("a link");
    accounts::use_link(&desk, &link, (old.to_owned(), old.to_owned())).await.expect("chosen");
    let begun = accounts::sign_in(&desk, mail, old.to_owned(), "").await.expect("signed in");
    let visitor: Visitor = accounts::visitor(&desk, &begun.token).await.expect("readable").expect("signed in");
    let still = Still::of(&college);
    let change = async |current: &str, new: &str, again: &str| {
        accounts::change_password(&desk, &visitor, (current.to_owned(), new.to_owned(), again.to_owned())).await
    };
    still.stays("too short", "refused", change(old, "eleven char", "eleven char")).await;
    let long = "x".repeat(201);
    still.stays("too long", "refused", change(old, &long, &long)).await;
    still.stays("not the same", "refused", change(old, "four other old words", "four other words")).await;
    still.stays("wrong", "refused", change("not the old words", "four other words", "four other words")).await;
    let used = accounts::use_link(&desk, &link, ("four other words".to_owned(), "four other words".to_owned()));
    still.stays("a used link", "refused", used).await;
    assert_eq!(still.tried.get(), 5);
}
