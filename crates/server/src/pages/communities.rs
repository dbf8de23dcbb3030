//! Communities of practice: the grid, an area's register of needs, and what the lead sets. Rules R-SES-1 to R-SES-4.

use std::collections::BTreeMap;

use actions::communities::{self, Entered, Page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{AreaId, NeedId, PersonId};
use domain::training::{Source, TrainingRefused};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::community_view::{self, View};
use crate::visit::{Visit, on_to};

/// `GET /communities`.
///
/// # Errors
/// A fault.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    all(&visit, (StatusCode::OK, &[])).await
}

async fn all(visit: &Visit, (status, wrong): (StatusCode, &[(&str, String)])) -> Result<Response, Problem> {
    let grid = communities::grid(&visit.desk, &visit.visitor.person).await?;
    Ok((status, community_view::grid(visit, &grid, wrong)).into_response())
}

/// `POST /communities`: the lead sets how many sessions there are at least, and whose each community is.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let grid = communities::grid(&visit.desk, &visit.visitor.person).await?;
    let areas = grid.lines.iter().map(|line| line.community.area);
    let named = areas.filter_map(|area| Some((area, sent.fields.read::<PersonId>(&format!("practitioner-{area}"))?)));
    let named: BTreeMap<AreaId, PersonId> = named.collect();
    match communities::set(&visit.desk, visit.visitor.person.id, (sent.fields.read("least"), &named)).await {
        Ok(()) => Ok(on_to("/communities", "saved")),
        Err(stop) => {
            let wrong = [("least", Problem::refusal(stop)?.to_string())];
            all(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong)).await
        }
    }
}

fn id(text: &str) -> Result<AreaId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /communities/{area}`.
///
/// # Errors
/// Not found for an area that is not there.
pub async fn show(visit: Visit, Path(area): Path<String>) -> Result<Response, Problem> {
    one(&visit, id(&area)?, (StatusCode::OK, &[], &Fields::default())).await
}

async fn one(
    visit: &Visit,
    area: AreaId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let seen: Page = communities::see(&visit.desk, &visit.visitor.person, area).await?;
    let view = View { visit, seen: &seen, wrong, typed };
    Ok((status, view.page()).into_response())
}

async fn done(
    (sent, area): (&Sent, AreaId),
    result: Result<(), actions::Stop<TrainingRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/communities/{area}"), said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = match refused {
                TrainingRefused::Title => "title",
                TrainingRefused::Source => "source",
                TrainingRefused::NotYours => "needs",
                _ => "theme",
            };
            let wrong = [(field, refused.to_string())];
            one(&sent.visit, area, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await
        }
    }
}

/// `POST /communities/{area}/needs`.
///
/// # Errors
/// Not found for everybody but the area's practitioners, who leads it and a programme lead.
pub async fn create_need(Path(area): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (area, fields) = (id(&area)?, &sent.fields);
    let source = Source::from_code(fields.one("source"));
    let new = Entered { theme: fields.read("theme"), title: fields.one("title").to_owned(), source };
    let result = communities::enter(&sent.visit.desk, sent.visit.visitor.person.id, (area, &new)).await;
    done((&sent, area), result, "need-entered").await
}

fn both(area: &str, need: &str) -> Result<(AreaId, NeedId), Problem> {
    Ok((id(area)?, need.parse().map_err(|_| Problem::NotFound)?))
}

/// `POST /communities/{area}/needs/{need}/agreement`.
///
/// # Errors
/// Not found for everybody but the area's practitioners and who leads it.
pub async fn create_agreement(Path((area, need)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let which = both(&area, &need)?;
    let result = communities::agree(&sent.visit.desk, sent.visit.visitor.person.id, which).await;
    done((&sent, which.0), result, "need-agreed").await
}

/// `POST /communities/{area}/needs/{need}/removal`.
///
/// # Errors
/// Not found for everybody but those who enter needs.
pub async fn destroy_need(Path((area, need)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let which = both(&area, &need)?;
    communities::remove(&sent.visit.desk, sent.visit.visitor.person.id, which).await?;
    Ok(on_to(&format!("/communities/{}", which.0), "removed"))
}
