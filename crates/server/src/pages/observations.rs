//! Lessons that one of the two watches, or that they teach together: how they are named, their place on the page of a thread,
//! and the notepad. What is written about them is sealed in the browser. Rules R-OBS-1 to R-OBS-7.

use actions::threads::{self, Meeting};
use axum::extract::Path;
use domain::ids::{MeetingId, ThreadId};
use domain::meetings::State;
use domain::observations::Form;
use domain::period::time_words;
use domain::support::Party;
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::layout::{Place, page};
use crate::pages::thread_view::View;
use crate::pages::{keys, kit};
use crate::visit::Visit;

/// What the two do then, said to one of them about the other one (R-OBS-1); shown to the two alone (R-OBS-4).
pub fn form_words(form: Form, (me, other): (Party, &str)) -> String {
    let who = kit::first(other);
    let own = match form {
        Form::Talk => return "You talk".to_owned(),
        Form::Together => return "You teach a lesson together".to_owned(),
        Form::TeachersLesson => me == Party::Teacher,
        Form::PractitionersLesson => me == Party::Practitioner,
    };
    if own { format!("{who} watches a lesson of yours") } else { format!("You watch a lesson of {who}’s") }
}

impl View<'_> {
    /// What the two do then, to whoever looks.
    pub(super) fn form_words(&self, form: Form) -> String {
        form_words(form, (self.seen.party, self.other()))
    }

    /// What times are offered for; it happens only if the other one agrees (R-OBS-1).
    pub(super) fn form_choice(&self, moves: bool) -> Markup {
        let typed = Form::from_code(self.typed.one("form")).unwrap_or(Form::Talk);
        let who = kit::first(self.other());
        html! {
            fieldset.plain {
                legend.f { "What will you do then?" }
                p.hint { "It happens only if " (who) " agrees. A lesson is never graded." @if moves { " A meeting that is moved stays what it was." } }
                div.chips { @for form in Form::ALL { label.chip { input type="radio" name="form" value=(form.code()) checked[*form == typed]; span { (self.form_words(*form)) } } } }
            }
        }
    }

    /// What an offered time is for, where that is more than talking (R-OBS-1).
    pub(super) fn form_offered(&self, form: Form) -> Markup {
        html! {
            @if form.is_lesson() {
                p { strong { (self.form_words(form)) } span.soft { ", if you agree. It is for the two of you: nobody is graded, and nobody else hears of it." } }
            }
        }
    }

    /// Lessons with what is written about them, the latest first; the browser fills them in (R-OBS-5, R-OBS-7).
    pub(super) fn lessons(&self) -> Markup {
        let all = self.seen.thread.meetings.iter().rev();
        let lessons: Vec<&Meeting> = all.filter(|meeting| meeting.form.is_lesson()).collect();
        html! {
            @if !lessons.is_empty() {
                section.stack #lessons aria-labelledby="lessons-title" {
                    h2 #lessons-title { "Lessons" }
                    p.small.soft { "What you write about a lesson is in words and for the two of you. Nobody is graded, and it goes nowhere else." }
                    @for meeting in lessons { (self.lesson(meeting)) }
                }
            }
        }
    }

    fn lesson(&self, meeting: &Meeting) -> Markup {
        let gone = !matches!(meeting.state, State::Booked | State::Held);
        let (watches, watched) =
            (meeting.form.is_watched_by(self.seen.party), meeting.form.is_watched_by(self.seen.party.other()));
        let begun = meeting.slot.starts <= self.visit.desk.now;
        html! {
            // One that was moved or called off is shown once the browser finds something written about it.
            article.card.stack.lesson data-meeting=(meeting.id) data-form=(meeting.form.code()) data-state=(meeting.state.code())
                data-watches=[watches.then_some("1")] data-watched=[watched.then_some("1")] data-begun=[begun.then_some("1")]
                data-notepad=(self.action(&format!("meetings/{}/notepad", meeting.id))) hidden[gone] {
                div {
                    h3 { (self.form_words(meeting.form)) }
                    p.small.soft { (self.local(meeting.slot.starts)) ", " (kit::length(&meeting.slot)) @if meeting.state != State::Booked { " · " (meeting.state.words()) } }
                }
                div.lesson-body {}
            }
        }
    }
}

/// `GET /support/{thread}/meetings/{meeting}/notepad`.
///
/// # Errors
/// Not found for everybody but whoever watches the lesson (R-OBS-5).
pub async fn show(visit: Visit, Path((thread, meeting)): Path<(String, String)>) -> Result<Markup, Problem> {
    let thread: ThreadId = thread.parse().map_err(|_| Problem::NotFound)?;
    let meeting: MeetingId = meeting.parse().map_err(|_| Problem::NotFound)?;
    let seen = threads::see(&visit.desk, &visit.visitor.person, thread).await?;
    let mut watched = seen.thread.meetings.iter().filter(|one| one.form.is_watched_by(seen.party));
    let meeting = watched.find(|one| one.id == meeting).ok_or(Problem::NotFound)?;
    let teacher = seen.party == Party::Teacher;
    let other = if teacher { &seen.thread.practitioner.name } else { &seen.thread.teacher.name };
    let home = format!("/support/{thread}");
    let when = time_words(visit.desk.frame.calendar.local(meeting.slot.starts));
    Ok(page(
        &visit,
        ("Notepad", if teacher { Place::Support } else { Place::Week }),
        &html! {
            div.cols.two {
                div.stack {
                    div.stack-s {
                        p.small { a href=(home) { "← You and " (other) } }
                        h1 { "Notepad" }
                        p.soft { (form_words(meeting.form, (seen.party, other))) " · " (when) }
                    }
                    section.stack #notepad aria-label="Notepad" data-thread=(thread) data-meeting=(meeting.id) data-other=(other) data-home=(home) {
                        (keys::needs_script())
                        div #notepad-body {}
                    }
                    (keys::script())
                }
                aside.stack {
                    section.card.stack-s {
                        h2 { "What helps" }
                        ul.stack-s {
                            li { "What you see and hear, rather than how good it is." }
                            li { "What learners do and say." }
                            li { "Questions you would like to ask." }
                        }
                        p.small.soft { "Each line is kept on this device as you write it. " (kit::first(other)) " reads the notes once you press “Keep these notes”." }
                    }
                    (kit::who_can_see(&visit, Some(kit::first(other))))
                }
            }
        },
    ))
}
