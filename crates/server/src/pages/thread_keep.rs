//! What becomes of a thread that is over: when it is deleted, and what its teacher can do about it before (R-RET-1, R-RET-3).

use actions::retention;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::retention::{due, warning};
use domain::support::Stage;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::thread_view::View;
use crate::pages::{kit, threads};
use crate::visit::on_to;

impl View<'_> {
    /// The day on which everything here is deleted, once it is over.
    fn deleted_on(&self) -> Option<jiff::civil::Date> {
        self.seen.thread.ended.map(|at| due(self.visit.desk.frame.calendar.day(at)))
    }

    /// That the day is near: on top of the page.
    pub(super) fn nearly_deleted(&self) -> Markup {
        let calendar = &self.visit.desk.frame.calendar;
        let near = self.seen.thread.ended.and_then(|at| warning(calendar.day(at), self.visit.desk.today()));
        html! {
            @if let (Some(_), Some(day)) = (near, self.deleted_on()) {
                div.note.act {
                    p { strong { "Everything here is deleted on " (day.strftime("%-d %B %Y")) "." } " Take out before then what you want to keep: " a href="/account/data" { "take everything with you" } "." }
                }
            }
        }
    }

    /// What becomes of it.
    pub(super) fn keeping(&self) -> Markup {
        let who = kit::first(self.other());
        html! {
            @if let Some(day) = self.deleted_on() {
                section.card.stack #shred aria-labelledby="keeping" {
                    h2 #keeping { "What becomes of this" }
                    p { "Everything here is deleted for both of you on " strong { (day.strftime("%-d %B %Y")) } ", a year after it ended. You are both told 30 and 7 days before. " @if self.seen.thread.stage != Stage::Withdrawn { "Until the year’s figures are out, one thing is kept: that " @if self.is_teacher() { "you" } @else { "your colleague" } " used support in a term; not with whom, when or what about." } }
                    @if self.is_teacher() {
                        ul.stack-s {
                            li { strong { "Keep it until then." } " There is nothing to do." }
                            li { strong { "Take a copy." } " " a href="/account/data" { "Take everything with you" } ", opened in your browser." }
                            li { strong { "Hand it over." } " Ask somebody else; on your new page with them you choose what they may read." }
                            li { strong { "Delete it now." } " It goes for " (who) " too, and nobody can bring it back." }
                        }
                        details.more open[kit::is_wrong(self.wrong, "shred")] {
                            summary { "Delete it now" }
                            form.stack-s method="post" action=(self.action("shredding")) {
                                (kit::csrf(self.visit))
                                (kit::error_at(self.wrong, "shred"))
                                label.check { input type="checkbox" name="sure" value="yes"; span { "I know that nobody can bring it back. What was passed on to the safeguarding leads stays with them." } }
                                button.btn.ghost type="submit" { "Delete everything here" }
                            }
                        }
                    } @else {
                        p.soft { (who) " can also delete it sooner, or take a copy. Your own record of hours stays, without a name." }
                        p { a href="/account/data" { "Take everything with you" } }
                    }
                }
            }
        }
    }
}

/// `POST /support/{thread}/shredding`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn create_shredding(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (who, id) = (sent.visit.visitor.person.id, thread.parse().map_err(|_| Problem::NotFound)?);
    match retention::shred(&sent.visit.desk, who, (id, sent.fields.ticked("sure"))).await {
        Ok(()) => Ok(on_to("/support", "shredded").into_response()),
        Err(stop) => {
            let wrong = [("shred", Problem::refusal(stop)?.to_string())];
            threads::shown(&sent.visit, id, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await
        }
    }
}
