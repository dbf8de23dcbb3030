//! What those who came say of a session: three taps, and afterwards whether half agreed. Rules R-SES-17 to R-SES-19.

use actions::communities::Training;
use actions::training_said;
use axum::extract::Path;
use axum::response::Response;
use domain::period::time_words;
use domain::training_said::{Agreed, Choice, Own, Said, Shown, Statement, until};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::trainings::{done, whose};
use crate::visit::Visit;

/// What stands at a session for somebody who came to it, and for everybody.
#[derive(Debug, Default)]
pub struct Opinions {
    /// How whoever looks stands to it.
    pub own: Own,
    /// What is shown, once nobody can answer any more.
    pub shown: Option<Vec<Shown>>,
}

/// Reads it.
///
/// # Errors
/// A fault.
pub async fn read(visit: &Visit, training: &Training) -> Result<Opinions, Problem> {
    let (desk, me) = (&visit.desk, &visit.visitor.person);
    let own = training_said::own(desk, me).await?.get(&training.id).copied().unwrap_or_default();
    Ok(Opinions { own, shown: training_said::shown(desk, me, training).await? })
}

/// Whether somebody can say now what it was like.
pub fn is_open(visit: &Visit, training: &Training, own: Own) -> bool {
    let at = (training.state, &training.planned.slot);
    training.runner != visit.visitor.person.id && own.may_say(at, visit.desk.now).is_ok()
}

/// The three statements with their taps, and one button.
pub fn form(visit: &Visit, training: &Training, (wrong, typed): (&[(&str, String)], &Fields)) -> Markup {
    let until = time_words(visit.desk.frame.calendar.local(until(&training.planned.slot)));
    html! {
        form.stack method="post" action={"/sessions/" (training.id) "/said"} {
            (kit::csrf(visit))
            (kit::error_at(wrong, "said"))
            @for statement in Statement::ALL {
                fieldset.plain {
                    legend.f { (statement.words()) }
                    div.chips {
                        @for choice in Choice::ALL {
                            label.chip { input type="radio" name=(statement.code()) value=(choice.code()) checked[typed.one(statement.code()) == choice.code()]; span { (choice.words()) } }
                        }
                    }
                }
            }
            div { button.btn type="submit" { "Say it, without my name" } }
            p.small.soft { "It is about the session, not about who ran it. Each tap is counted and nothing else is kept of it, so it cannot be changed afterwards. Nothing is shown until " (until) ", and then only where ten or more have answered. Once a term leaders read what was said of all sessions together, in quarters, without a number." }
        }
    }
}

impl Opinions {
    /// On a session's page: the form, or that one has said it, or what all said.
    pub fn section(
        &self,
        (visit, training): (&Visit, &Training),
        (wrong, typed): (&[(&str, String)], &Fields),
    ) -> Markup {
        html! {
            @if let Some(shown) = &self.shown { (report(shown)) }
            @else if is_open(visit, training, self.own) {
                section.card.stack-s #said { h2 { "What was it like?" } (form(visit, training, (wrong, typed))) }
            } @else if self.own.said || kit::is_wrong(wrong, "said") {
                section.card.stack-s #said {
                    h2 { "What was it like?" }
                    (kit::error_at(wrong, "said"))
                    @if self.own.said { p { "You have said it. It is counted with what the others say, without your name." } }
                }
            }
        }
    }
}

/// What was said, the same for everybody and for good (R-SES-19).
fn report(shown: &[Shown]) -> Markup {
    let none = shown.iter().all(|one| one.agreed.is_none());
    html! {
        section.card.stack #said {
            h2 { "What those who came say of it" }
            @if none { (too_few()) } @else {
                @for one in shown {
                    div.stack-s {
                        h3 { (one.statement.words()) }
                        @match one.agreed { Some(agreed) => (side(agreed)), None => (too_few()) }
                    }
                }
                p.small.soft { "How many answered or agreed is shown to nobody: it would count who came. It is about the session, not about who ran it, and does not change any more." }
            }
        }
    }
}

fn too_few() -> Markup {
    html! { p { "Fewer than ten people answered, so nothing is shown." } }
}

/// The side of the middle, drawn as that half of the whole, with its words.
fn side(agreed: Agreed) -> Markup {
    let from = if agreed == Agreed::HalfOrMore { 150 } else { 0 };
    html! {
        svg.bar-svg viewBox="0 0 300 12" preserveAspectRatio="none" aria-hidden="true" {
            rect.free x="0" y="0" width="300" height="12" {}
            rect.used x=(from) y="0" width="150" height="12" {}
        }
        p { strong { (agreed.words()) } " of those who answered agreed." }
    }
}

/// `POST /sessions/{training}/said`.
///
/// # Errors
/// Not found for whoever runs it.
pub async fn create(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let result = match Said::of(|statement| Choice::from_code(sent.fields.one(statement.code()))) {
        Ok(said) => training_said::say(&sent.visit.desk, which, &said).await,
        Err(refused) => Err(actions::Stop::Refused(refused)),
    };
    done((&sent, which.1, "said"), result, "said-it").await
}
