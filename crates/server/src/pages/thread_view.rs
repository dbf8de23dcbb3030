//! How a thread looks to each of the two.

use actions::directory::Practitioner;
use actions::safeguarding::Disclosure;
use actions::support::Suggestion;
use actions::threads::{Meeting, Offer, Seen};
use domain::ids::ThreadId;
use domain::meetings::State;
use domain::period::{day_words, distance_words, time_words};
use domain::support::{Party, Place as Where, Stage, waited_long};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::layout::{Place, page};
use crate::pages::{disclosure_view, keys, kit, statement, support_form};
use crate::visit::Visit;

/// What the page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The thread.
    pub seen: &'a Seen,
    /// The practitioner's published profile, while they are one.
    pub practitioner: Option<&'a Practitioner>,
    /// The thread before this one in which the teacher wrote with somebody else, and with whom.
    pub before: Option<&'a (ThreadId, String)>,
    /// Who else could be asked; for the teacher only.
    pub others: &'a [Suggestion],
    /// What was passed to the safeguarding leads, as far as whoever looks may know.
    pub passed: &'a [Disclosure],
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
}

impl View<'_> {
    pub(super) fn is_teacher(&self) -> bool {
        self.seen.party == Party::Teacher
    }

    /// The other one's name.
    pub(super) fn other(&self) -> &str {
        let thread = &self.seen.thread;
        if self.is_teacher() { &thread.practitioner.name } else { &thread.teacher.name }
    }

    pub(super) fn is_on(&self) -> bool {
        matches!(self.seen.thread.stage, Stage::Waiting | Stage::Open)
    }

    pub(super) fn local(&self, at: jiff::Timestamp) -> String {
        time_words(self.visit.desk.frame.calendar.local(at))
    }

    pub(super) fn action(&self, noun: &str) -> String {
        format!("/support/{}/{noun}", self.seen.thread.id)
    }

    pub(super) fn keys(&self) -> Markup {
        html! { (kit::csrf(self.visit)) (kit::version(self.seen.thread.version)) }
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let thread = &self.seen.thread;
        let place = if self.is_teacher() { Place::Support } else { Place::Week };
        let title = format!("You and {}", self.other());
        page(
            self.visit,
            (&title, place),
            &html! {
                (kit::errors(&self.anchored()))
                div.cols.two {
                    div.stack-l {
                        div.stack-s {
                            h1 { (title) }
                            p.soft {
                                span.badge.good[thread.stage == Stage::Open] { (thread.stage.words()) } " "
                                @if thread.track.is_some() { "Began on " } @else { "Asked on " } (day_words(self.visit.desk.frame.calendar.day(thread.asked)))
                                @if !self.is_teacher() && !thread.teacher.area.is_empty() { " · " (thread.teacher.area) }
                            }
                        }
                        @if let Some(track) = thread.track { div.note.calm { p { strong { "This is required support." } " What is said here stays sealed between the two of you. " @if self.seen.track_open { a href={"/required/" (track)} { "What is reported, and where it stands" } } } } }
                        (self.nearly_deleted())
                        (self.next())
                        (self.said())
                        (self.lessons())
                        (self.ahead())
                        (self.gone())
                        @if self.is_on() && self.seen.other_reachable && self.seen.may_agree { (self.offer_form()) }
                    }
                    aside.stack { (self.about()) (self.ways()) (self.risk()) (self.keeping()) (self.who_can_see()) (statement::link(self.visit)) }
                }
            },
        )
    }

    fn is_required(&self) -> bool {
        self.seen.thread.track.is_some()
    }

    /// Worked out from the rules for what was asked; what is required says on its own page who reads what.
    fn who_can_see(&self) -> Markup {
        let who = kit::first(self.other());
        html! {
            @match self.seen.thread.track {
                None => (kit::who_can_see(self.visit, Some(who))),
                Some(track) => section.seal aria-labelledby="seal" {
                    h2 #seal { "Who can see this" }
                    dl {
                        dt { span { "You and " (who) } " " span.lock.y { "everything" } } dd { "What is said, the plan, files, times." }
                        dt { span { "The line manager" } " " span.lock.p { "days" } } dd { "Of each meeting that is over, its day and whether it took place. Nothing of what is said, and nothing of times ahead." }
                        dt { span { "Everybody else" } " " span.lock.n { "nothing" } } dd { "Not even that there is this thread." }
                    }
                    @if self.seen.track_open { p.small { a href={"/required/" (track)} { "Everything that is reported" } } }
                },
            }
        }
    }

    /// Somebody is at risk: the way there, and what was passed on between these two (R-SAF-1, R-SAF-4).
    fn risk(&self) -> Markup {
        let thread = &self.seen.thread;
        let other = if self.is_teacher() { thread.practitioner.id } else { thread.teacher.id };
        let between = |one: &&Disclosure| one.discloser.0 == other || one.subject.0 == other;
        let passed: Vec<&Disclosure> = self.passed.iter().filter(between).collect();
        html! {
            (disclosure_view::passed(self.visit, &passed))
            p.small { a href=(self.action("disclosure")) { "Somebody is at risk" } }
        }
    }

    /// What is said: the browser fills it in, sealed texts are all that the server has.
    fn said(&self) -> Markup {
        html! {
            @let before = self.before.filter(|_| self.is_on());
            section.stack #said aria-labelledby="said-title" data-thread=(self.seen.thread.id) data-other=(self.other())
                data-asked=[self.is_teacher().then_some("1")] data-before=[before.map(|(thread, _)| thread)]
                data-before-name=[before.map(|(_, name)| name)] {
                h2 #said-title { "What is said" }
                @if self.is_teacher() { (support_form::safe_space(self.visit)) }
                (keys::needs_script())
                div #said-body {}
            }
            section.stack #plan aria-labelledby="plan-title" data-thread=(self.seen.thread.id)
                data-party=(if self.is_teacher() { "teacher" } else { "practitioner" }) {
                h2 #plan-title { "The plan" }
                div #plan-body {}
            }
            (keys::script())
        }
    }

    /// What is wrong, each with a place that is on the page as it stands.
    fn anchored(&self) -> Vec<(&str, String)> {
        let there = |field: &str| match field {
            "offers" | "day" => self.is_on() && self.seen.other_reachable && self.seen.may_agree,
            "other" => self.is_on() && self.is_teacher(),
            "meetings" => self.is_on(),
            "outcome" => self.seen.thread.meetings.iter().any(|meeting| meeting.state == State::Booked),
            _ => false,
        };
        self.wrong.iter().map(|(field, words)| (if there(field) { *field } else { "times" }, words.clone())).collect()
    }

    /// The one next step.
    fn next(&self) -> Markup {
        let thread = &self.seen.thread;
        // A time that has passed is not on offer any more.
        let (live, lapsed): (Vec<&Offer>, Vec<&Offer>) =
            thread.offers.iter().partition(|offer| offer.slot.starts > self.visit.desk.now);
        let (theirs, own): (Vec<&Offer>, Vec<&Offer>) =
            live.into_iter().partition(|offer| offer.by == self.seen.party.other());
        let who = kit::first(self.other());
        html! {
            div #times {
                @if !self.is_on() { (self.closed()) }
                @else if !self.seen.other_reachable { (self.unreachable()) }
                @else if !self.seen.may_agree { div.note.calm { p { strong { "Your college requires no support any more." } " No new times are agreed here. What you have agreed can still take place and be noted; what is said stays yours." } } }
                @else if !theirs.is_empty() || (thread.end_proposed && self.is_teacher()) {
                    @if !theirs.is_empty() { (self.choose(&theirs)) }
                    @if thread.end_proposed && self.is_teacher() { (self.end_proposed()) }
                }
                @else if !own.is_empty() {
                    div.note.calm.stack-s {
                        p { strong { "It waits for " (who) "." } " You offered: " }
                        @if let Some(offer) = own.iter().find(|offer| offer.form.is_lesson()) { p { (self.form_words(offer.form)) ", if " (who) " agrees:" } }
                        ul { @for offer in own { li { (self.local(offer.slot.starts)) ", " (kit::length(&offer.slot)) } } }
                    }
                }
                @else if !lapsed.is_empty() {
                    div.note.act { p { strong { "The times on offer have passed." } " Offer others below." } }
                }
                @else if thread.stage == Stage::Waiting && self.is_teacher() { div.note.calm { p { strong { "It waits for " (who) "." } " They accept or offer you times; you will see it here." } } }
                @else if thread.stage == Stage::Waiting { div.note.act { p { strong { (who) " left the time open." } " Offer up to three times below." } } }
                @else if thread.end_proposed { div.note.calm { p { "You suggested that you are done. " (who) " decides." } } }
            }
            @if self.is_teacher() && thread.stage == Stage::Waiting && self.seen.other_reachable && theirs.is_empty()
                && !self.is_required() && waited_long(&self.visit.desk.frame.calendar, thread.asked, self.visit.desk.now) {
                div.note.stack-s {
                    p { strong { "Five working days without an answer." } " You can ask somebody else instead; nobody is told why." }
                    (self.change_form(true))
                }
            }
        }
    }

    fn closed(&self) -> Markup {
        let thread = &self.seen.thread;
        let withdrawn = thread.stage == Stage::Withdrawn;
        html! {
            div.note.calm.stack-s {
                @if self.is_required() { p { "This has ended. What stands around it is on the page of required support." } }
                @else if withdrawn && self.is_teacher() { p { "You took this request back. Nothing else happens." } }
                @else if withdrawn { p { "They no longer need this. There is nothing for you to do." } }
                @else { p { "This has ended" @if let Some(ended) = thread.ended { " on " (day_words(self.visit.desk.frame.calendar.day(ended))) } "." } }
                @if !withdrawn && self.seen.may_reopen {
                    form method="post" action=(self.action("reopening")) { (self.keys()) button.btn.ghost type="submit" { "Open it again" } }
                }
                @if self.is_teacher() && !self.is_required() { p { a href="/support/new" { "Ask for something new" } } }
            }
        }
    }

    fn unreachable(&self) -> Markup {
        html! {
            div.note.stack-s {
                @if self.is_teacher() {
                    p { strong { (self.other()) " cannot go on with you." } " They have left the college, gave the role up, or now stand in your line of management. No more times can be agreed here. You can " @if let Some(track) = self.seen.thread.track { a href={"/required/" (track)} { "choose somebody else" } } @else { "ask somebody else" } "." }
                    @if !self.is_required() { (self.change_form(true)) }
                } @else {
                    p { "This cannot go on at the moment. There is nothing for you to do." }
                    p.small.soft { "Either your colleague has left, or you are no longer a " (self.visit.desk.frame.programme.title.one) ". Your colleague reads here that it cannot go on, and can ask somebody else. Nobody else is told." }
                }
            }
        }
    }

    fn end_proposed(&self) -> Markup {
        let who = kit::first(self.other());
        html! {
            div.note.act.stack-s {
                p { strong { (who) " suggests that you are done." } " You decide. If you would like to go on, offer a time below." }
                @let (noun, words) = if self.seen.thread.stage == Stage::Waiting { ("withdrawal", "Yes, close it") } else { ("end", "Yes, we are done") };
                form method="post" action=(self.action(noun)) { (self.keys()) button.btn type="submit" { (words) } }
            }
        }
    }

    fn choose(&self, offers: &[&Offer]) -> Markup {
        let who = kit::first(self.other());
        let moves = offers.iter().any(|offer| offer.replaces.is_some());
        html! {
            div.card.next.stack-s {
                h2 { @if self.is_teacher() { (who) " offers " @if offers.len() == 1 { "this time" } @else { "these times" } } @else { (who) " would like" } }
                @if moves { p.soft { "In place of the meeting you have agreed." } }
                @if let Some(offer) = offers.first() { (self.form_offered(offer.form)) }
                (kit::error_at(self.wrong, "times"))
                @for offer in offers {
                    form.between method="post" action=(self.action("acceptance")) {
                        (self.keys())
                        input type="hidden" name="offer" value=(offer.id);
                        span { strong.big-time { (self.local(offer.slot.starts)) } span.soft { " " (kit::length(&offer.slot)) } }
                        button.btn type="submit" aria-label={"Agree to " (self.local(offer.slot.starts))} { "Agree" }
                    }
                }
                p.small.soft { "None of them suits you? Offer other times below." }
            }
        }
    }

    /// Meetings that are booked.
    fn ahead(&self) -> Markup {
        let booked: Vec<&Meeting> =
            self.seen.thread.meetings.iter().filter(|meeting| meeting.state == State::Booked).collect();
        let today = self.visit.desk.today();
        html! {
            @for (n, meeting) in booked.into_iter().enumerate() {
                @let begun = meeting.slot.starts <= self.visit.desk.now;
                section.card.next.stack-s id=[(n == 0).then_some("outcome")] {
                    h2 { @if begun { "How did it go?" } @else if meeting.form.is_lesson() { (self.form_words(meeting.form)) } @else { "You meet" } }
                    @if begun && meeting.form.is_lesson() { p.soft { (self.form_words(meeting.form)) } }
                    p { strong.big-time { (self.local(meeting.slot.starts)) } span.soft { " " (kit::length(&meeting.slot)) ", " (distance_words(self.visit.desk.frame.calendar.day(meeting.slot.starts), today)) } }
                    @if let Some(place) = self.seen.thread.place.filter(|_| !meeting.form.is_lesson()) { p.soft { (self.place_words(place)) } }
                    @if begun && !self.is_teacher() { (self.outcome(meeting)) }
                    @else if begun { p.soft { "Your practitioner notes whether it took place." } }
                    @if !begun {
                        form method="post" action=(self.action(&format!("meetings/{}/cancellation", meeting.id))) { (self.keys()) button.btn.quiet type="submit" { "Call it off" } }
                    }
                }
            }
        }
    }

    /// "My room" is the teacher's; to the practitioner it is theirs.
    pub(super) fn place_words(&self, place: Where) -> &'static str {
        match (place, self.is_teacher()) {
            (Where::TeachersRoom, true) | (Where::PractitionersRoom, false) => "In your room",
            (Where::TeachersRoom, false) | (Where::PractitionersRoom, true) => "In their room",
            (Where::Neutral, _) => "Somewhere neutral",
            (Where::Online, _) => "Online",
        }
    }

    /// Meetings that are over, with the practitioner's way to correct them.
    fn gone(&self) -> Markup {
        let over: Vec<&Meeting> =
            self.seen.thread.meetings.iter().rev().filter(|meeting| meeting.state != State::Booked).collect();
        html! {
            @if !over.is_empty() {
                section.stack-s {
                    h2 { "So far" }
                    ul.timeline.plain {
                        @for meeting in over {
                            li.done-step[meeting.state == State::Held] {
                                (self.local(meeting.slot.starts)) ", " (kit::length(&meeting.slot)) @if meeting.form.is_lesson() { " · " (self.form_words(meeting.form)) } " · " (meeting.state.words())
                                @if !self.is_teacher() && matches!(meeting.state, State::Held | State::Missed) {
                                    details.more { summary { "Correct this" } (self.outcome(meeting)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
