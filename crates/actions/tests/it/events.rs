//! Every act writes one event in its own unit of work. In threads people are numbers.

use std::collections::BTreeSet;

use actions::backup::Maker;
use actions::desk::Desk;
use actions::directory::NewProfile;
use actions::frame::{Agreement, Priority};
use actions::hours::Note;
use actions::mail::Rhythm;
use actions::person::{AreaChange, LineChange, NewPerson, Typed};
use actions::{
    accounts, backup, board, calendar, directory, frame, hours, import_command, imports, mail, meetings, models,
    moving, people, person, programme, support, threads, year,
};
use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::people::{Role, Roles};
use domain::programme::Model;
use domain::relations::Strand;
use domain::remission::{Amount, Base, Unit};
use domain::staff_file::Kind;
use domain::support::Manner;
use domain::year::Year;
use jiff::civil::Date;

use crate::college::{College, slot, staff};
use crate::source;
use crate::story::{By, Story};
use trial::Cell;

/// Whoever holds a session may end it; nobody is asked and nothing is told. A look is its own record (R-LOK-1), and nothing
/// counts mails (R-MAI-5) or tells when somebody took a ticket or answered (R-SUR-12).
const WITHOUT_EVENT: [&str; 6] =
    ["accounts::sign_out", "looked::at_person", "mail::tried", "survey::answer", "survey::take", "words::note_reading"];

/// Their events are told in `set_up.rs`: they happen before there is a college.
const BEFORE_A_COLLEGE: [&str; 3] = ["set_up::begin", "set_up::go_live", "set_up::save"];

/// Their events are told in `retention.rs` and `words_later.rs`: they need keys, or a thread that is over.
const OF_RETENTION: [&str; 3] = ["keys::prove", "retention::keep_time", "retention::shred"];

/// Their events are told in `boundaries.rs`.
pub const OF_BOUNDARIES: [&str; 7] = [
    "duties::answer",
    "duties::note",
    "duties::raise",
    "duties::remove",
    "role_targets::agree",
    "role_targets::end",
    "role_targets::propose",
];

/// Their events are told in `disclosures.rs`: they need people with keys.
pub const OF_SAFEGUARDING: [&str; 8] = [
    "disclosures::close",
    "disclosures::give_back",
    "disclosures::read",
    "disclosures::review",
    "disclosures::tell",
    "safeguarding::disclose",
    "safeguarding::set_route",
    "safeguarding::watch",
];

/// Their events are told in `required.rs`, but for `tracks::end`: it needs a college that requires no support any more.
pub const OF_REQUIRED: [&str; 12] = [
    "ceiling::set_barred",
    "ceiling::set_share",
    "required::choose",
    "required::start",
    "tracks::agree",
    "tracks::answer_opening",
    "tracks::challenge",
    "tracks::end",
    "tracks::keep",
    "tracks::offer_opening",
    "tracks::record_opening",
    "tracks::revise",
];

fn password(text: &str) -> (String, String) {
    (text.to_owned(), text.to_owned())
}

fn noted(with: Option<PersonId>, once: &str) -> Note {
    let day = "2026-11-24".parse().expect("a day");
    let (minutes, themes, purposes) = (Minutes(30), Vec::new(), vec![Purpose::OneToOne]);
    Note { minutes, day, with, themes, purposes, once: once.to_owned() }
}

async fn accounts_story(college: &College, story: &mut Story<'_>) {
    let (sam, uma) = (college.who("Sam Okafor").await, college.who("Uma Roy").await);
    let (desk, address) = (college.desk(), "sam.okafor@college.example");
    let (first, second) = ("three old words", "four other old words");
    let issued = [("IssueSetUpLink", By::Machine)];
    let link = story.tell("links::issue_link", &issued, async || accounts::issue_link(&desk, address).await).await;
    let (link, me) = (link.expect("a link"), By::Person(sam));
    let used = async || accounts::use_link(&desk, &link, password(first)).await;
    story.tell("links::use_link", &[("UseSetUpLink", me)], used).await;
    let sign_in = async || accounts::sign_in(&desk, address, first.to_owned(), "").await;
    let begun = story.tell("accounts::sign_in", &[("SignIn", me)], sign_in).await;
    let sample = [("SignInAsSample", By::Person(uma))];
    let click = async || accounts::sign_in_as_sample(&desk, uma, "").await;
    story.tell("accounts::sign_in_as_sample", &sample, click).await;
    let visitor = accounts::visitor(&desk, &begun.token).await.expect("readable").expect("signed in");
    let key = async || accounts::set_note_key(&desk, &visitor, false).await;
    story.tell("accounts::set_note_key", &[("SetPreferences", me)], key).await;
    let rhythm = async || mail::set_rhythm(&desk, &visitor, Rhythm::Weekly).await;
    story.tell("mail::set_rhythm", &[("SetPreferences", me)], rhythm).await;
    let open = async || calendar::open(&desk, &visitor).await;
    story.tell("calendar::open", &[("OpenCalendarFeed", me)], open).await;
    let choose = async || calendar::choose(&desk, &visitor, true).await;
    story.tell("calendar::choose", &[("SetPreferences", me)], choose).await;
    let close = async || calendar::close(&desk, &visitor).await;
    story.tell("calendar::close", &[("CloseCalendarFeed", me)], close).await;
    let forgot = async || accounts::ask_for_link(&desk, address).await;
    story.tell("links::ask_for_link", &[("AskForLink", me)], forgot).await;
    let own = accounts::overview(&desk, &visitor).await.expect("one's own");
    let end = async || accounts::end_session(&desk, &visitor, &own.sessions[0].key).await;
    story.tell("accounts::end_session", &[("EndOwnSession", me)], end).await;
    let out = async || accounts::sign_out_everywhere(&desk, &visitor).await;
    story.tell("accounts::sign_out_everywhere", &[("SignOutEverywhere", me)], out).await;
    let change = async || {
        accounts::change_password(&desk, &visitor, (first.to_owned(), second.to_owned(), second.to_owned())).await
    };
    story.tell("accounts::change_password", &[("ChangePassword", me)], change).await;
}

async fn practice_story(college: &College, story: &mut Story<'_>) {
    let (sam, uma) = (college.who("Sam Okafor").await, college.who("Uma Roy").await);
    let (priya, tom) = (college.who("Priya Nair").await, college.who("Tom Birch").await);
    let desk = college.desk();
    let avoid = async || directory::set_avoided(&desk, sam, tom, true).await;
    story.tell("directory::set_avoided", &[("AvoidPractitioner", By::Person(sam))], avoid).await;
    let stop = async || directory::set_avoided(&desk, sam, tom, false).await;
    story.tell("directory::set_avoided", &[("StopAvoiding", By::Person(sam))], stop).await;
    let (me, spans) = (By::Person(priya), ["Wed 09:00-10:00".parse().expect("a span")]);
    let publish = async || directory::publish(&desk, priya, &spans).await;
    story.tell("directory::publish", &[("PublishSupportHours", me)], publish).await;
    let profile = NewProfile { about: "Maths for all".to_owned(), ..NewProfile::default() };
    let edit = async || directory::edit_profile(&desk, priya, &profile).await;
    story.tell("directory::edit_profile", &[("EditProfile", me)], edit).await;
    let note = async || hours::note(&desk, priya, noted(Some(uma), "one")).await;
    let entry = story.tell("hours::note", &[("NoteHours", me)], note).await;
    let forget = async || hours::remove_own_name(&desk, uma, entry).await;
    story.tell("hours::remove_own_name", &[("RemoveOwnName", By::Number(1))], forget).await;
    let remove = async || hours::remove(&desk, priya, entry).await;
    story.tell("hours::remove", &[("RemoveNote", me)], remove).await;
}

async fn office_story(college: &College, story: &mut Story<'_>) {
    let (helen, marek) = (college.who("Helen Marsh").await, college.who("Marek Nowicki").await);
    let (sam, uma) = (college.who("Sam Okafor").await, college.who("Uma Roy").await);
    let desk = college.desk();
    let import = async || college.import(&staff()).await;
    story.tell("staff::import", &[("ImportStaff", By::Machine)], import).await;
    let open = async || programme::set_asking(&desk, helen, true).await;
    story.tell("programme::set_asking", &[("SetAsking", By::Person(helen))], open).await;
    let change = async || models::change(&desk, helen, (Some(Model::Developmental), "2026-12-07".parse().ok())).await;
    story.tell("models::change", &[("ChangeModel", By::Person(helen))], change).await;
    let due = college.later(24 * 14);
    let keep = async || models::keep(&due).await;
    assert!(story.tell("models::keep", &[("KeepDates", By::Machine)], keep).await);
    let back = college.later(24 * 14);
    let universal = (Some(Model::Universal), "2026-12-21".parse().ok());
    models::change(&back, helen, universal).await.expect("planned");
    story.go_on();
    let cancel = async || models::cancel(&back, helen).await;
    story.tell("models::cancel", &[("CancelModelChange", By::Person(helen))], cancel).await;
    let next = async || year::set(&desk, helen, (None, Year::usual(2028))).await;
    story.tell("year::set", &[("SetYear", By::Person(helen))], next).await;
    for (active, act) in [(false, "DeactivatePerson"), (true, "ReactivatePerson")] {
        let switch = async || people::set_active(&desk, marek, (uma, active)).await;
        story.tell("relations::switch", &[(act, By::Person(marek))], switch).await;
    }
    let invite = async || accounts::invite(&desk, marek, uma).await;
    story.tell("links::invite", &[("InvitePerson", By::Person(marek))], invite).await;
    let all = async || accounts::invite_everybody(&desk, marek).await;
    story.tell("links::invite_everybody", &[("InviteEverybody", By::Person(marek))], all).await;
    let place = trial::Place::new();
    let elsewhere = place.store(actions::Care::Sample).await;
    let away = async || moving::to(&desk, &elsewhere).await;
    story.tell("moving::to", &[("MoveDatabase", By::Machine)], away).await;
    let plan = crate::backups::plan(college.place.folder()).0;
    // A backup that cannot be told of stays, so the next one is of a later second.
    let rounds = std::sync::atomic::AtomicI64::new(0);
    let copied = async || {
        let later = jiff::SignedDuration::from_secs(rounds.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        backup::make(&Desk { now: desk.now + later, ..desk.clone() }, Maker::Command, &plan).await
    };
    story.tell("backup::make", &[("BackUp", By::Machine)], copied).await;
    let due = async || mail::write_due(&desk).await;
    story.tell("mail::write_due", &[("DeliverMail", By::Machine)], due).await;
    let week = async || board::recompute(&desk).await;
    assert!(story.tell("board::recompute", &[("RecomputeWeek", By::Machine)], week).await);
    let on = async || programme::move_clock(&desk, sam, 3600).await;
    story.tell("programme::move_clock", &[("MoveClock", By::Person(sam))], on).await;
    let start = async || programme::start_clock(&desk, 7200).await;
    story.tell("programme::start_clock", &[("FillSample", By::Machine)], start).await;
    let tidy = async || programme::clear_expired(&college.later(24)).await;
    story.tell("programme::clear_expired", &[("ClearExpired", By::Machine)], tidy).await;
}

async fn people_story(college: &College, story: &mut Story<'_>) {
    let (marek, uma) = (college.who("Marek Nowicki").await, college.who("Uma Roy").await);
    let (ruth, priya) = (college.who("Ruth Adeyemi").await, college.who("Priya Nair").await);
    let (desk, me) = (college.desk(), By::Person(marek));
    let soon: Option<Date> = "2027-01-04".parse().ok();
    let typed = Typed { name: "Zoë Newcombe".to_owned(), email: "zoe@college.example".to_owned(), ..Typed::default() };
    let roles: Roles = [Role::Teacher].into_iter().collect();
    let new =
        NewPerson { typed: typed.clone(), roles, from: soon, once: "one form".to_owned(), ..NewPerson::default() };
    let add = async || person::add(&desk, marek, &new).await;
    let zoe = story.tell("person::add", &[("AddPerson", me)], add).await;
    let other = Typed { email: "zoe.newcombe@college.example".to_owned(), ..typed };
    let edit = async || person::edit(&desk, marek, (zoe, &other)).await;
    story.tell("person::edit", &[("EditPerson", me)], edit).await;
    let seen = person::see(&desk, &college.facts(marek).await, uma).await.expect("a page");
    let area = AreaChange::Begins(seen.places.areas.last().expect("an area").0);
    let areas = async || person::change_areas(&desk, marek, (uma, area, soon)).await;
    story.tell("relations::change_areas", &[("ChangeAreas", me)], areas).await;
    let line = LineChange::Appraiser(Some(ruth));
    let line = async || person::change_line(&desk, marek, (uma, line, soon)).await;
    story.tell("relations::change_line", &[("ChangeLine", me)], line).await;
    let more = [Role::Teacher, Role::SafeguardingLead].into_iter().collect();
    let change = async || person::change_roles(&desk, marek, (uma, more, soon)).await;
    story.tell("relations::change_roles", &[("ChangeRoles", me)], change).await;
    let strand = (uma, Strand::Appraiser, soon.expect("a day"));
    let cancel = async || person::cancel(&desk, marek, strand).await;
    story.tell("relations::cancel", &[("CancelChange", me)], cancel).await;
    let (helen, lead) = (college.who("Helen Marsh").await, By::Person(college.who("Helen Marsh").await));
    let publish = async || frame::publish(&desk, helen, "What it is for").await;
    story.tell("frame::publish", &[("PublishStatement", lead)], publish).await;
    let set = async || frame::set(&desk, helen, (Base::default(), Some(Minutes::hours(600)))).await;
    story.tell("frame::set", &[("SetFrame", lead)], set).await;
    let appoint = async || frame::appoint(&desk, helen, (uma, soon)).await;
    story.tell("frame::appoint", &[("AppointPractitioner", lead)], appoint).await;
    let (amount, unit, caseload) = (Amount::read("0.194"), Some(Unit::Fte), Some(Minutes::hours(773)));
    let agreed = Agreement { amount, unit, caseload, nominated: Vec::new() };
    let give = async || frame::set_remission(&desk, helen, (uma, &agreed)).await;
    story.tell("frame::set_remission", &[("SetRemission", lead)], give).await;
    let priority = [Priority { theme: college.theme().await, set_by: None, leads: vec![priya] }];
    let name = async || frame::set_priorities(&desk, helen, &priority).await;
    story.tell("frame::set_priorities", &[("SetPriorities", lead)], name).await;
    let down = async || frame::stand_down(&desk, helen, (uma, soon)).await;
    story.tell("frame::stand_down", &[("StandDownPractitioner", lead)], down).await;
    let then = college.later(24 * 60);
    let keep = async || person::keep_dates(&then).await;
    assert!(story.tell("relations::keep_dates", &[("KeepDates", By::Machine)], keep).await);
}

async fn thread_story(college: &College, story: &mut Story<'_>) {
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let tom = college.who("Tom Birch").await;
    let desk = college.desk();
    let (teacher, practitioner) = (By::InThread(1), By::InThread(2));
    let request = college.request(priya).await;
    let ask = async || support::ask(&desk, sam, (request.clone(), "ask")).await;
    let thread = story.tell("support::ask", &[("AskForSupport", teacher)], ask).await;
    let from = college.from(sam, thread).await;
    let kind = async || threads::set_kind(&desk, from, (Manner::default(), None)).await;
    story.tell("threads::set_kind", &[("SetSupportKind", teacher)], kind).await;
    let soon = slot("2026-11-24T10:30:00Z", 60);
    for (act_of, by, other, slot) in
        [(practitioner, priya, sam, soon), (teacher, sam, priya, slot("2026-11-25T15:00:00Z", 45))]
    {
        let from = college.from(by, thread).await;
        let offer = async || threads::offer(&desk, from, (&[slot], OfferFor::More(Form::Talk))).await;
        story.tell("threads::offer", &[("OfferTimes", act_of)], offer).await;
        let seen = college.see(other, thread).await.thread;
        let from = college.from(other, thread).await;
        let accept = async || threads::accept(&desk, from, seen.offers[0].id).await;
        let other = if act_of == teacher { practitioner } else { teacher };
        story.tell("threads::accept", &[("AcceptTime", other)], accept).await;
    }
    let meetings = college.see(sam, thread).await.thread.meetings;
    let from = college.from(sam, thread).await;
    let off = async || meetings::call_off(&desk, from, meetings[1].id).await;
    story.tell("meetings::call_off", &[("CallOffMeeting", teacher)], off).await;
    let (from, afterwards) = (college.from(priya, thread).await, college.later(3));
    let held = async || meetings::record(&afterwards, from, (meetings[0].id, State::Held, Minutes(50))).await;
    story.tell("meetings::record", &[("RecordMeeting", practitioner)], held).await;
    let from = college.from(priya, thread).await;
    let propose = async || threads::propose_end(&desk, from).await;
    story.tell("threads::propose_end", &[("ProposeEnd", practitioner)], propose).await;
    let from = college.from(sam, thread).await;
    story.tell("threads::end", &[("EndSupport", teacher)], async || threads::end(&desk, from).await).await;
    let from = college.from(sam, thread).await;
    story.tell("threads::reopen", &[("ReopenSupport", teacher)], async || threads::reopen(&desk, from).await).await;
    let from = college.from(sam, thread).await;
    let change = async || threads::change_practitioner(&desk, from, (tom, "change")).await;
    // One in each of the two threads.
    let both = [("ChangePractitioner", teacher), ("ChangePractitioner", teacher)];
    let next = story.tell("threads::change_practitioner", &both, change).await;
    let from = college.from(sam, next).await;
    let back = async || threads::withdraw(&desk, from).await;
    story.tell("threads::withdraw", &[("WithdrawRequest", teacher)], back).await;
}

async fn imports_story(college: &College, story: &mut Story<'_>) {
    let marek = college.who("Marek Nowicki").await;
    let (desk, me) = (college.desk(), By::Person(marek));
    let table = || imports::read("staff.csv", STAFF_FILE.as_bytes());
    let prepare = [("PrepareImport", me)];
    let begin = async || imports::begin(&desk, marek, (Kind::Staff, "staff.csv")).await;
    let which = story.tell("imports::begin", &prepare, begin).await;
    let keep = async || imports::keep(&desk, marek, (which, table())).await;
    story.tell("imports::keep", &prepare, keep).await;
    let codes = ["email", "name", "site"].map(str::to_owned);
    let choose = async || imports::choose(&desk, marek, (which, &codes)).await;
    story.tell("imports::choose", &prepare, choose).await;
    let looked = imports::look(&desk, &college.facts(marek).await, which).await.expect("looked");
    let token = looked.token();
    let bring = async || imports::bring_in(&desk, marek, (which, &token, false)).await;
    story.tell("imports::bring_in", &[("BringIn", me)], bring).await;
    let undo = async || imports::undo(&desk, marek, (which, false)).await;
    story.tell("imports::undo", &[("UndoImport", me)], undo).await;
    let begin = async || imports::begin(&desk, marek, (Kind::Staff, "other.csv")).await;
    let which = story.tell("imports::begin", &prepare, begin).await;
    let leave = async || imports::leave(&desk, marek, which).await;
    story.tell("imports::leave", &prepare, leave).await;
    let table = table().expect("a table");
    let seen = import_command::compare(&desk, (Kind::Staff, &table)).await.expect("compared").expect("sound");
    let command = async || import_command::bring_in(&desk, (Kind::Staff, "staff.csv"), (&table, &seen)).await;
    story.tell("import_command::bring_in", &[("ImportStaff", By::Machine)], command).await;
}

/// Somebody known and somebody new.
const STAFF_FILE: &str = "E-mail,Name,Where\nsam.okafor@college.example,Sam Okafor,Quay Street\n\
                          new.one@college.example,New One,Quay Street\n";

#[tokio::test]
async fn every_action_writes_its_event_in_its_own_unit_of_work_or_does_nothing() {
    let college = College::new().await;
    let mut story = Story::begin(&college).await;
    accounts_story(&college, &mut story).await;
    practice_story(&college, &mut story).await;
    crate::resources::story(&college, &mut story).await;
    thread_story(&college, &mut story).await;
    office_story(&college, &mut story).await;
    crate::inductions::tell(&college, &mut story).await;
    imports_story(&college, &mut story).await;
    crate::time::story(&college, &mut story).await;
    crate::allocation::story(&college, &mut story).await;
    crate::indicators::story(&college, &mut story).await;
    crate::value::story(&college, &mut story).await;
    crate::survey::story(&college, &mut story).await;
    crate::lots::story(&college, &mut story).await;
    crate::cause::story(&college, &mut story).await;
    crate::reviews::story(&college, &mut story).await;
    crate::new_year::story(&college, &mut story).await;
    people_story(&college, &mut story).await;
    let mut told = story.told;
    let sessions = crate::trainings::college().await;
    let mut story = Story::begin(&sessions).await;
    crate::trainings::story(&sessions, &mut story).await;
    told.extend(story.told);
    told.extend(WITHOUT_EVENT.map(str::to_owned));
    told.extend(BEFORE_A_COLLEGE.map(str::to_owned));
    told.extend(OF_SAFEGUARDING.map(str::to_owned));
    told.extend(OF_REQUIRED.map(str::to_owned));
    told.extend(OF_RETENTION.map(str::to_owned));
    told.extend(OF_BOUNDARIES.map(str::to_owned));
    let writing: BTreeSet<String> = source::writing();
    assert_eq!(told, writing, "an action is new or gone: tell of it here");
}

#[tokio::test]
async fn no_event_holds_a_name_or_an_address() {
    let college = College::new().await;
    let mut story = Story::begin(&college).await;
    accounts_story(&college, &mut story).await;
    thread_story(&college, &mut story).await;
    office_story(&college, &mut story).await;
    imports_story(&college, &mut story).await;
    let tables = college.tables();
    let text = |value: Option<&Cell>| match value {
        Some(Cell::Text(text)) => text.clone(),
        other => panic!("no text: {other:?}"),
    };
    assert!(tables["event"].len() > 20);
    for event in &tables["event"] {
        let detail = text(event.get("detail"));
        for person in &tables["person"] {
            for column in ["name", "folded", "email"] {
                let known = text(person.get(column));
                assert!(!detail.contains(&known), "{detail} holds {known}");
            }
        }
    }
}
