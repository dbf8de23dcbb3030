//! Inductions from outside: what runs, beginning one, and naming who accompanies it.

use actions::Stop;
use actions::inductions::{self, Begin, Colleague, Overview};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{InductionId, PersonId};
use domain::inductions::{InductionRefused, Kind, Ramp};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::induction_view::{SEVERAL, View};
use crate::pages::whom;
use crate::visit::{Visit, on_to};

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a str, &'a Fields);

/// `GET /inductions`.
///
/// # Errors
/// Not found for everybody but a programme lead and those to whom somebody reports.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    listed(&visit, (StatusCode::OK, &[], "", &Fields::default())).await
}

async fn listed(visit: &Visit, (status, wrong, form, typed): Wrong<'_>) -> Result<Response, Problem> {
    let seen = inductions::overview(&visit.desk, &visit.visitor.person).await?;
    let view = View { visit, seen: &seen, wrong, form, typed };
    Ok((status, view.list()).into_response())
}

/// `GET /inductions/new`.
///
/// # Errors
/// Not found for everybody but a programme lead and those to whom somebody reports.
pub async fn new(visit: Visit, Question(asked): Question) -> Result<Response, Problem> {
    let seen = inductions::overview(&visit.desk, &visit.visitor.person).await?;
    let known = asked.read::<PersonId>("who").and_then(|who| seen.newcomers.iter().find(|one| one.id == who));
    let mut fields = vec![("kind".to_owned(), asked.one("kind").to_owned()), ("slow".to_owned(), "yes".to_owned())];
    fields.extend(known.map(|one| ("newcomer-0".to_owned(), one.name.clone())));
    let typed = Fields::of(fields);
    let view = View { visit: &visit, seen: &seen, wrong: &[], form: "begin", typed: &typed };
    Ok(view.new_one().into_response())
}

/// Who was typed in a field, if anybody was.
fn found(all: &[Colleague], typed: &str) -> Result<Option<PersonId>, String> {
    if typed.is_empty() {
        Ok(None)
    } else {
        whom::found(all, typed, "or leave the field empty").map(|one| Some(one.id))
    }
}

/// In the place of a mentor: whoever has to accompany it is found in the allocation.
pub const LATER: &str = "later";

/// The four shares of a slow start; what cannot be read is refused like what is too little.
pub fn shares(fields: &Fields) -> Ramp {
    Ramp([0, 1, 2, 3].map(|at| fields.read(&format!("share-{at}")).unwrap_or(0)))
}

/// What was typed, read; or what cannot be found, at its field.
fn read(fields: &Fields, seen: &Overview) -> Result<Begin, (String, String)> {
    let mut newcomers = Vec::new();
    for at in 0..SEVERAL {
        let name = format!("newcomer-{at}");
        let who = found(&seen.newcomers, fields.one(&name)).map_err(|words| (name, words))?;
        newcomers.extend(who);
    }
    Ok(Begin {
        newcomers,
        kind: Kind::from_code(fields.one("kind")),
        starts: fields.read("starts"),
        into_next: fields.ticked("into-next"),
        mentor: fields.read("mentor"),
        later: fields.one("mentor") == LATER,
        buddy: found(&seen.everybody, fields.one("buddy")).map_err(|words| ("buddy".to_owned(), words))?,
        ramp: fields.ticked("slow").then(|| shares(fields)),
        once: fields.one("once").to_owned(),
    })
}

/// At which field of a form a refusal belongs.
const fn field(refused: &InductionRefused) -> &'static str {
    match refused {
        InductionRefused::NoKind => "kind",
        InductionRefused::Day | InductionRefused::NoTeaching => "starts",
        InductionRefused::TooLong { .. } | InductionRefused::BeyondCalendar { .. } => "starts",
        InductionRefused::NoMentor | InductionRefused::Mentor { .. } => "mentor",
        InductionRefused::NoBuddy | InductionRefused::Buddy { .. } | InductionRefused::SameTwo => "buddy",
        InductionRefused::Ramp => "share-0",
        _ => "newcomer-0",
    }
}

/// `POST /inductions`.
///
/// # Errors
/// Not found for everybody but a programme lead and those to whom all of them report.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let seen = inductions::overview(&visit.desk, &visit.visitor.person).await?;
    let (at, words) = match read(fields, &seen) {
        Err(wrong) => wrong,
        Ok(begin) => match inductions::begin(&visit.desk, visit.visitor.person.id, &begin).await {
            Ok(()) => return Ok(on_to("/inductions", "induction-begun")),
            Err(stop) => {
                let refused = Problem::refusal(stop)?;
                (field(&refused).to_owned(), refused.to_string())
            }
        },
    };
    let wrong = [(at.as_str(), words)];
    let view = View { visit, seen: &seen, wrong: &wrong, form: "begin", typed: fields };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view.new_one()).into_response())
}

/// An induction's identifier in an address.
pub fn id(text: &str) -> Result<InductionId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `POST /inductions/{induction}/companions`.
///
/// # Errors
/// Not found for everybody but a programme lead and the newcomer's line.
pub async fn update_companions(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, of) = (&sent.visit, &sent.fields, id(&of)?);
    let seen = inductions::overview(&visit.desk, &visit.visitor.person).await?;
    let words = match found(&seen.everybody, fields.one("buddy")) {
        Err(words) => words,
        Ok(buddy) => {
            let wanted = (of, fields.read("mentor"), buddy);
            let named: Result<(), Stop<InductionRefused>> =
                inductions::name_companions(&visit.desk, visit.visitor.person.id, wanted).await;
            match named {
                Ok(()) => return Ok(on_to("/inductions", "companions")),
                Err(stop) => Problem::refusal(stop)?.to_string(),
            }
        }
    };
    let form = of.to_string();
    let at = format!("companions-{form}");
    listed(visit, (StatusCode::UNPROCESSABLE_ENTITY, &[(at.as_str(), words)], &form, fields)).await
}
