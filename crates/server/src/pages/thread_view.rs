//! How a thread looks to each of the two.

use actions::directory::Practitioner;
use actions::support::Suggestion;
use actions::threads::{Meeting, Offer, Seen};
use domain::meetings::State;
use domain::period::{day_words, distance_words, time_words};
use domain::support::{Formality, Party, Place as Where, Span, Stage, published, waited_long};
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::support_form::choice;
use crate::visit::Visit;

/// What the page is made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The thread.
    pub seen: &'a Seen,
    /// The practitioner's published profile, while they are one.
    pub practitioner: Option<&'a Practitioner>,
    /// Who else could be asked; for the teacher only.
    pub others: &'a [Suggestion],
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub typed: &'a Fields,
}

impl View<'_> {
    fn is_teacher(&self) -> bool {
        self.seen.party == Party::Teacher
    }

    /// The other one's name.
    fn other(&self) -> &str {
        let thread = &self.seen.thread;
        if self.is_teacher() { &thread.practitioner.name } else { &thread.teacher.name }
    }

    fn is_on(&self) -> bool {
        matches!(self.seen.thread.stage, Stage::Waiting | Stage::Open)
    }

    fn local(&self, at: jiff::Timestamp) -> String {
        time_words(self.visit.desk.frame.calendar.local(at))
    }

    fn action(&self, noun: &str) -> String {
        format!("/support/{}/{noun}", self.seen.thread.id)
    }

    fn keys(&self) -> Markup {
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
                (kit::errors(self.wrong))
                div.cols.two {
                    div.stack-l {
                        div.stack-s {
                            h1 { (title) }
                            p.soft {
                                span.badge.good[thread.stage == Stage::Open] { (thread.stage.words()) } " "
                                "Asked on " (day_words(self.visit.desk.frame.calendar.day(thread.asked)))
                                @if !self.is_teacher() && !thread.teacher.area.is_empty() { " · " (thread.teacher.area) }
                            }
                        }
                        (self.next())
                        (self.ahead())
                        (self.gone())
                        @if self.is_on() && self.seen.other_reachable { (self.offer_form()) }
                    }
                    aside.stack { (self.about()) (self.ways()) (kit::who_can_see(self.visit, Some(kit::first(self.other())))) }
                }
            },
        )
    }

    /// The one next step.
    fn next(&self) -> Markup {
        let thread = &self.seen.thread;
        let theirs: Vec<&Offer> = thread.offers.iter().filter(|offer| offer.by == self.seen.party.other()).collect();
        let own: Vec<&Offer> = thread.offers.iter().filter(|offer| offer.by == self.seen.party).collect();
        let who = kit::first(self.other());
        html! {
            div #times {
                @if !self.is_on() { (self.closed()) }
                @else if !self.seen.other_reachable { (self.unreachable()) }
                @else if thread.end_proposed && self.is_teacher() { (self.end_proposed()) }
                @else if !theirs.is_empty() { (self.choose(&theirs)) }
                @else if !own.is_empty() {
                    div.note.calm.stack-s {
                        p { strong { "It waits for " (who) "." } " You offered: " }
                        ul { @for offer in own { li { (self.local(offer.slot.starts)) ", " (kit::length(&offer.slot)) } } }
                    }
                }
                @else if thread.stage == Stage::Waiting && self.is_teacher() { div.note.calm { p { strong { "It waits for " (who) "." } " They accept or offer you times; you will see it here." } } }
                @else if thread.stage == Stage::Waiting { div.note.act { p { strong { (who) " left the time open." } " Offer up to three times below." } } }
                @else if thread.end_proposed { div.note.calm { p { "You suggested that you are done. " (who) " decides." } } }
            }
            @if self.is_teacher() && thread.stage == Stage::Waiting && self.seen.other_reachable && theirs.is_empty()
                && waited_long(&self.visit.desk.frame.calendar, thread.asked, self.visit.desk.now) {
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
                @if withdrawn && self.is_teacher() { p { "You took this request back. Nothing else happens." } }
                @else if withdrawn { p { "They no longer need this. There is nothing for you to do." } }
                @else { p { "This has ended" @if let Some(ended) = thread.ended { " on " (day_words(self.visit.desk.frame.calendar.day(ended))) } "." } }
                @if !withdrawn && self.is_teacher() && self.seen.other_reachable {
                    form method="post" action=(self.action("reopening")) { (self.keys()) button.btn.ghost type="submit" { "Open it again" } }
                }
                @if self.is_teacher() { p { a href="/support/new" { "Ask for something new" } } }
            }
        }
    }

    fn unreachable(&self) -> Markup {
        html! {
            div.note.stack-s {
                @if self.is_teacher() {
                    p { strong { (self.other()) " cannot go on with you." } " Either the account is off, or they now stand in your line of management. They no longer see this page. You can ask somebody else." }
                    (self.change_form(true))
                } @else {
                    p { "This cannot go on at the moment. There is nothing for you to do." }
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
                (kit::error_at(self.wrong, "times"))
                @for offer in offers {
                    form.between method="post" action=(self.action("acceptance")) {
                        (self.keys())
                        input type="hidden" name="offer" value=(offer.id);
                        span { strong.big-time { (self.local(offer.slot.starts)) } span.soft { " " (kit::length(&offer.slot)) } }
                        button.btn type="submit" aria-label={"Agree to " (self.local(offer.slot.starts))} { "Agree" }
                    }
                }
                p.small.soft { "None of them? Offer other times below." }
            }
        }
    }

    /// Meetings that are booked.
    fn ahead(&self) -> Markup {
        let booked: Vec<&Meeting> =
            self.seen.thread.meetings.iter().filter(|meeting| meeting.state == State::Booked).collect();
        let today = self.visit.desk.today();
        html! {
            @for meeting in booked {
                @let begun = meeting.slot.starts <= self.visit.desk.now;
                section.card.next.stack-s #outcome {
                    h2 { @if begun { "How did it go?" } @else { "You meet" } }
                    p { strong.big-time { (self.local(meeting.slot.starts)) } span.soft { " " (kit::length(&meeting.slot)) ", " (distance_words(self.visit.desk.frame.calendar.day(meeting.slot.starts), today)) } }
                    @if let Some(place) = self.seen.thread.place { p.soft { (self.place_words(place)) } }
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
    fn place_words(&self, place: Where) -> &'static str {
        match (place, self.is_teacher()) {
            (Where::TeachersRoom, true) | (Where::PractitionersRoom, false) => "In your room",
            (Where::TeachersRoom, false) | (Where::PractitionersRoom, true) => "In their room",
            (Where::Neutral, _) => "Somewhere neutral",
            (Where::Online, _) => "Online",
        }
    }

    fn outcome(&self, meeting: &Meeting) -> Markup {
        let typed = self.typed.one("length");
        let minutes = if typed.is_empty() { meeting.slot.length.0.to_string() } else { typed.to_owned() };
        html! {
            form.row method="post" action=(self.action(&format!("meetings/{}/outcome", meeting.id))) {
                (self.keys())
                div.field.bad[kit::is_wrong(self.wrong, "outcome")] {
                    label.f for={"length-" (meeting.id)} { "Minutes" }
                    (kit::error_at(self.wrong, "outcome"))
                    input id={"length-" (meeting.id)} type="number" name="length" min="5" max="480" value=(minutes) inputmode="numeric";
                }
                button.btn type="submit" name="outcome" value="held" { "It took place" }
                button.btn.ghost type="submit" name="outcome" value="missed" { "It did not" }
            }
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
                                (self.local(meeting.slot.starts)) ", " (kit::length(&meeting.slot)) " · " (meeting.state.words())
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

    /// Offering times: published hours to tap, or a day and a time.
    fn offer_form(&self) -> Markup {
        let (visit, thread) = (self.visit, &self.seen.thread);
        let calendar = &visit.desk.frame.calendar;
        let weekly = self.practitioner.map(|one| one.support_hours.as_slice()).unwrap_or_default();
        let slots = published(calendar, weekly, visit.desk.now);
        let booked: Vec<&Meeting> = thread
            .meetings
            .iter()
            .filter(|one| one.state == State::Booked && one.slot.starts > visit.desk.now)
            .collect();
        let open = kit::is_wrong(self.wrong, "offers")
            || kit::is_wrong(self.wrong, "day")
            || (thread.stage == Stage::Waiting
                && !self.is_teacher()
                && thread.offers.iter().all(|one| one.by == self.seen.party.other()));
        let ticked: Vec<i64> = self.typed.read_all("slot");
        html! {
            details.more #offers open[open] {
                summary { "Offer " @if thread.offers.is_empty() && booked.is_empty() { "times" } @else { "other times" } }
                form.stack method="post" action=(self.action("offers")) {
                    (self.keys())
                    (kit::error_at(self.wrong, "offers"))
                    @if !booked.is_empty() {
                        div.field {
                            label.f for="replaces" { "What for?" }
                            select #replaces name="replaces" {
                                @for meeting in &booked { option value=(meeting.id) { "To move the meeting of " (self.local(meeting.slot.starts)) } }
                                option value="" { "For one more meeting" }
                            }
                        }
                    }
                    @if !slots.is_empty() {
                        fieldset.plain {
                            legend.f { "Support hours" }
                            p.hint { "Tap up to three." }
                            div.chips { @for slot in slots.iter().take(9) { label.slot { input type="checkbox" name="slot" value=(slot.starts.as_second()) checked[ticked.contains(&slot.starts.as_second())]; span { (kit::slot_words(calendar.local(slot.starts))) } } } }
                        }
                    }
                    fieldset.plain {
                        legend.f { @if slots.is_empty() { "A time" } @else { "Or another time" } }
                        (kit::error_at(self.wrong, "day"))
                        div.row {
                            div.field { label.f for="day" { "Day" } input #day type="date" name="day" value=(self.typed.one("day")) min=(visit.desk.today()); }
                            div.field { label.f for="time" { "Time" } input #time type="time" name="time" value=(self.typed.one("time")); }
                        }
                    }
                    div.field {
                        label.f for="length" { "How long?" }
                        @let typed = self.typed.read::<i64>("length").unwrap_or(45);
                        select #length name="length" { @for minutes in [15, 20, 30, 45, 60, 90] { option value=(minutes) selected[minutes == typed] { (domain::minutes::Minutes(minutes)) } } }
                    }
                    button.btn type="submit" { "Offer" }
                }
            }
        }
    }

    /// What it is about and what kind, adjustable by either.
    fn about(&self) -> Markup {
        let thread = &self.seen.thread;
        let manner = thread.manner;
        html! {
            section.card.stack-s {
                h2 { "About" }
                span.why { @for (_, name) in &thread.themes { span.tag.good { (name) } } }
                p.small { (manner.formality.words()) ", " (manner.span.words().to_lowercase()) ", " @if let Some(count) = manner.meetings { (count) " meetings planned" } @else { "as long as it helps" } @if let Some(place) = thread.place { ", " (self.place_words(place).to_lowercase()) } "." }
                @if let Some(why) = thread.why { p.small.soft { "Why now: " (why.words()) } }
                @if self.is_on() {
                    details.more open[kit::is_wrong(self.wrong, "meetings")] {
                        summary { "Change" }
                        form.stack method="post" action=(self.action("kind")) {
                            (self.keys())
                            (pick("How formal?", "formality", Formality::ALL.iter().map(|one| (one.code(), one.words())), manner.formality.code()))
                            (pick("How often?", "span", Span::ALL.iter().map(|one| (one.code(), one.words())), manner.span.code()))
                            div.field.bad[kit::is_wrong(self.wrong, "meetings")] {
                                label.f for="meetings" { "Meetings planned" }
                                p.hint { "Left open it lasts as long as it helps. A fixed number can always be changed." }
                                (kit::error_at(self.wrong, "meetings"))
                                input #meetings type="number" name="meetings" min="1" max="40" inputmode="numeric" value=[manner.meetings];
                            }
                            (choice("Where?", "place", Where::ALL.iter().map(|one| (one.code(), self.place_words(*one))), thread.place.map(Where::code)))
                            button.btn.ghost type="submit" { "Save" }
                        }
                    }
                }
            }
        }
    }

    /// Ways out, always there.
    fn ways(&self) -> Markup {
        let thread = &self.seen.thread;
        html! {
            @if self.is_on() && self.is_teacher() {
                section.card.stack-s {
                    h2 { "Yours to decide" }
                    @let (noun, words) = if thread.stage == Stage::Waiting { ("withdrawal", "Take it back") } else { ("end", "We are done") };
                    form method="post" action=(self.action(noun)) { (self.keys()) button.btn.ghost type="submit" { (words) } }
                    details.more open[kit::is_wrong(self.wrong, "other")] { summary { "Work with somebody else" } (self.change_form(false)) }
                }
            }
            @if self.is_on() && !self.is_teacher() && !thread.end_proposed {
                section.card.stack-s {
                    h2 { "Done?" }
                    p.small.soft { "You can suggest an end. The decision is theirs." }
                    form method="post" action=(self.action("end-proposal")) { (self.keys()) button.btn.ghost type="submit" { "Suggest that you are done" } }
                }
            }
        }
    }

    fn change_form(&self, on_top: bool) -> Markup {
        html! {
            @if self.others.is_empty() { p.small { "There is nobody else you could ask at the moment." } }
            @else {
                form.stack-s method="post" action=(self.action("practitioner")) {
                    (self.keys()) (kit::once(self.visit))
                    @if !on_top { (kit::error_at(self.wrong, "other")) p.small.soft { "You need no reason. This thread closes like any other, and nothing in it goes to the new one." } }
                    @for one in self.others.iter().take(if on_top { 3 } else { 40 }) {
                        label.check { input type="radio" name="practitioner" value=(one.practitioner.id); span { strong { (one.practitioner.name) } " " (kit::whys(&one.why)) } }
                    }
                    button.btn.ghost type="submit" { "Ask them instead" }
                }
            }
        }
    }
}

/// A row of chips of which exactly one is chosen.
fn pick<'a>(legend: &str, name: &str, all: impl Iterator<Item = (&'a str, &'a str)>, chosen: &str) -> Markup {
    html! {
        fieldset.plain {
            legend.f { (legend) }
            div.chips { @for (code, words) in all { label.chip { input type="radio" name=(name) value=(code) checked[code == chosen]; span { (words) } } } }
        }
    }
}
