//! The slow start of a practitioner who is new in the role, set by the programme lead on the practitioner's page.

use actions::frame::Given;
use actions::settling;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::PersonId;
use domain::inductions::{InductionRefused, Ramp};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::frame;
use crate::pages::frame_view::View;
use crate::pages::induction_view::shares;
use crate::pages::inductions;
use crate::pages::kit;
use crate::pages::person_form::{date_words, day_field};
use crate::visit::on_to;

/// The form, with what holds today.
pub fn form(view: &View<'_>, given: &Given) -> Markup {
    let so = view.frame.settling.get(&given.person);
    let today = view.visit.desk.today();
    let typed = view.typed.one("starts");
    let starts = if view.form == "ramp" && !typed.is_empty() {
        typed.to_owned()
    } else {
        so.map_or(today, |settling| settling.starts).to_string()
    };
    let words = so.map(|one| (one.share_on(&view.visit.desk.frame.calendar, today), one.starts));
    html! {
        form.card.stack-s #ramp method="post" action={"/programme/practitioners/" (given.person) "/ramp"} novalidate {
            (kit::csrf(view.visit))
            h2 { "Slow start" }
            @match words {
                Some((Some(share), starts)) => p { "Since " (date_words(starts)) ": at the moment " (share) " % of the time is expected." },
                Some((None, starts)) => p.soft { "Set from " (date_words(starts)) ". At the moment all of the time is expected." },
                None => p.soft { "None is set: all of the time is expected from the first day." },
            }
            p.small.soft { "It lowers the term’s plan on the board, in their own forecast and in whether they have room. It says what is expected, not what is owed." }
            (day_field(("ramp-starts", "starts", "From"), &starts, view.wrong))
            (shares(view.typed, so.map_or(Ramp::PROPOSED, |settling| settling.ramp), view.wrong))
            div.row {
                button.btn.ghost type="submit" name="act" value="set" { "Set it" }
                @if so.is_some() { button.btn.quiet type="submit" name="act" value="none" { "Take it away" } }
            }
        }
    }
}

/// `POST /programme/practitioners/{person}/ramp`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn update(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of: PersonId = of.parse().map_err(|_| Problem::NotFound)?;
    let fields = &sent.fields;
    let wanted = (fields.one("act") != "none").then(|| (fields.read("starts"), inductions::shares(fields)));
    match settling::set_ramp(&sent.visit.desk, sent.visit.visitor.person.id, (of, wanted)).await {
        Ok(()) => Ok(on_to(&format!("/programme/practitioners/{of}"), "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = if refused == InductionRefused::Ramp { "share-0" } else { "ramp-starts" };
            let wrong = [(at, refused.to_string())];
            frame::one(&sent.visit, of, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, "ramp", fields)).await
        }
    }
}
