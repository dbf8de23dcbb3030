//! The forms of a thread: offering times, saying how it went, changing the kind, going elsewhere.

use actions::threads::Meeting;
use domain::meetings::State;
use domain::support::{Formality, Place as Where, Span, Stage, published};
use maud::{Markup, html};

use crate::pages::kit;
use crate::pages::support_form::choice;
use crate::pages::thread_view::View;

impl View<'_> {
    /// How a meeting went.
    pub(super) fn outcome(&self, meeting: &Meeting) -> Markup {
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

    /// Whether offering times is the one next step.
    pub(super) fn must_offer(&self) -> bool {
        let live = self.seen.thread.offers.iter().any(|offer| offer.slot.starts > self.visit.desk.now);
        let booked = self.seen.thread.meetings.iter().any(|meeting| meeting.state == State::Booked);
        let own_request = self.is_teacher() && self.seen.thread.stage == Stage::Waiting;
        !(live || booked || own_request)
    }

    /// Offering times: published hours to tap, or a day and a time.
    pub(super) fn offer_form(&self) -> Markup {
        let (visit, thread) = (self.visit, &self.seen.thread);
        let calendar = &visit.desk.frame.calendar;
        let weekly = self.practitioner.map(|one| one.support_hours.as_slice()).unwrap_or_default();
        let slots = published(calendar, weekly, visit.desk.now);
        let booked: Vec<&Meeting> = thread
            .meetings
            .iter()
            .filter(|one| one.state == State::Booked && one.slot.starts > visit.desk.now)
            .collect();
        let open = ["offers", "day", "times"].iter().any(|field| kit::is_wrong(self.wrong, field)) || self.must_offer();
        let ticked: Vec<i64> = self.typed.read_all("slot");
        html! {
            details.more #offers open[open] {
                summary { @if booked.is_empty() { "Offer times" } @else { "Move it, or plan another meeting" } }
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
                    (self.form_choice(!booked.is_empty()))
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
    pub(super) fn about(&self) -> Markup {
        let thread = &self.seen.thread;
        let manner = thread.manner;
        html! {
            section.card.stack-s {
                h2 { "About" }
                span.why { @for (_, name) in &thread.themes { span.tag.good { (name) } } }
                p.small { (self.kind_words()) }
                @if self.is_on() && manner.meetings.is_some_and(|planned| planned > 1) {
                    p.small.soft { "A fixed number tends to help less than support that lasts as long as it is needed. Change it or leave it open whenever you like." }
                }
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

    /// "Informal, over some weeks, as long as it helps, somewhere neutral."
    pub(super) fn kind_words(&self) -> String {
        let manner = self.seen.thread.manner;
        let length = match (manner.meetings, manner.span) {
            (Some(1), _) => Some("1 meeting planned".to_owned()),
            (Some(count), _) => Some(format!("{count} meetings planned")),
            (None, Span::Ongoing) => Some("as long as it helps".to_owned()),
            (None, Span::OneTouch) => None,
        };
        let place = self.seen.thread.place.map(|place| self.place_words(place).to_lowercase());
        let parts =
            [Some(manner.formality.words().to_owned()), Some(manner.span.words().to_lowercase()), length, place];
        format!("{}.", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// Ways out, always there.
    pub(super) fn ways(&self) -> Markup {
        let thread = &self.seen.thread;
        html! {
            @if self.is_on() && self.is_teacher() && thread.track.is_none() {
                section.card.stack-s {
                    h2 { "Yours to decide" }
                    @let (noun, words) = if thread.stage == Stage::Waiting { ("withdrawal", "Take it back") } else { ("end", "We are done") };
                    form method="post" action=(self.action(noun)) { (self.keys()) button.btn.ghost type="submit" { (words) } }
                    details.more #other open[kit::is_wrong(self.wrong, "other")] { summary { "Work with somebody else" } (self.change_form(false)) }
                }
            }
            @if self.is_on() && !self.is_teacher() && !thread.end_proposed && thread.track.is_none() {
                section.card.stack-s {
                    h2 { "Done?" }
                    p.small.soft { "You can suggest an end. The decision is theirs." }
                    form method="post" action=(self.action("end-proposal")) { (self.keys()) button.btn.ghost type="submit" { "Suggest that you are done" } }
                }
            }
        }
    }

    pub(super) fn change_form(&self, on_top: bool) -> Markup {
        html! {
            @if self.others.is_empty() { p.small { "There is nobody else you could ask at the moment." } }
            @else {
                form.stack-s method="post" action=(self.action("practitioner")) {
                    (self.keys()) (kit::once(self.visit))
                    @if !on_top { (kit::error_at(self.wrong, "other")) p.small.soft { "You need no reason. This thread closes like any other. Only what you tapped when you asked goes to the new one." } }
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
