//! The plan for a kind of newcomer, as the programme lead edits and publishes it.

use actions::induction_plans::{self, Shown};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::inductions::{Company, InductionRefused, Kind, LAST_WEEK, MOST_STEPS, Step};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::induction_view::kind_words;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// So many empty rows stand behind those that are filled.
const SPARE: usize = 3;

fn kind(code: &str) -> Result<Kind, Problem> {
    Kind::from_code(code).ok_or(Problem::NotFound)
}

/// `GET /inductions/plans/{kind}`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn edit(visit: Visit, Path(code): Path<String>) -> Result<Response, Problem> {
    let plan = induction_plans::one(&visit.desk, &visit.visitor.person, kind(&code)?).await?;
    let rows: Vec<Row> = plan.steps.iter().map(Row::of).collect();
    Ok(form(&visit, (&plan, plan.version), (&rows, &[])).into_response())
}

/// A row of the form as it was typed.
#[derive(Debug, Default)]
struct Row {
    title: String,
    purpose: String,
    week: String,
    company: String,
}

impl Row {
    fn of(step: &Step) -> Self {
        let (title, purpose) = (step.title.clone(), step.purpose.clone());
        Self { title, purpose, week: step.week.to_string(), company: step.company.code().to_owned() }
    }

    fn typed(fields: &Fields, at: usize) -> Self {
        let get = |name: &str| fields.one(&format!("{name}-{at}")).to_owned();
        Self { title: get("step"), purpose: get("purpose"), week: get("week"), company: get("company") }
    }

    fn is_empty(&self) -> bool {
        self.title.is_empty() && self.purpose.is_empty()
    }

    fn step(&self) -> Step {
        let company = Company::from_code(&self.company).unwrap_or(Company::Alone);
        // A week that cannot be read is refused like one that is too early.
        Step { title: self.title.clone(), purpose: self.purpose.clone(), week: self.week.parse().unwrap_or(0), company }
    }
}

/// `POST /inductions/plans/{kind}`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(Path(code): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, kind) = (&sent.visit, kind(&code)?);
    // Rows left empty are left out.
    let rows: Vec<Row> =
        (0..MOST_STEPS + SPARE).map(|at| Row::typed(&sent.fields, at)).filter(|row| !row.is_empty()).collect();
    let steps = rows.iter().map(Row::step).collect();
    let seen = sent.fields.read("version").unwrap_or(-1);
    match induction_plans::publish(&visit.desk, visit.visitor.person.id, (kind, seen), steps).await {
        Ok(()) => Ok(on_to(&format!("/inductions/plans/{}", kind.code()), "plan-published")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = match &refused {
                InductionRefused::Title(at) => format!("step-{}", at.saturating_sub(1)),
                InductionRefused::Purpose(at) => format!("purpose-{}", at.saturating_sub(1)),
                InductionRefused::Week(at) => format!("week-{}", at.saturating_sub(1)),
                _ => "steps".to_owned(),
            };
            let stale = refused == InductionRefused::Stale;
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let plan = induction_plans::one(&visit.desk, &visit.visitor.person, kind).await?;
            let page = form(visit, (&plan, plan.version), (&rows, &[(at.as_str(), refused.to_string())]));
            Ok((status, page).into_response())
        }
    }
}

fn form(visit: &Visit, (plan, version): (&Shown, i64), (rows, wrong): (&[Row], &[(&str, String)])) -> Markup {
    let heading = format!("The plan: {}", kind_words(visit, plan.kind));
    let spare: Vec<Row> =
        std::iter::repeat_with(Row::default).take(SPARE.min(MOST_STEPS.saturating_sub(rows.len()))).collect();
    page(
        visit,
        (&heading, Place::Programme),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    p.small { a href="/programme" { "Programme" } " · " a href="/inductions" { "Inductions" } }
                    h1 { (heading) }
                    p.lede {
                        @if version == 0 { "This is proposed. Use it as it is, or make it yours." }
                        @else { "Your own plan, version " (version) "." }
                        " Inductions that run keep the plan with which they began."
                    }
                }
                form.stack-l #steps method="post" action={"/inductions/plans/" (plan.kind.code())} novalidate {
                    (kit::csrf(visit))
                    (kit::version(version))
                    (kit::error_at(wrong, "steps"))
                    @for (at, row) in rows.iter().chain(&spare).enumerate() { (one_row(at, row, wrong)) }
                    p.small.soft { "Empty a row to leave a step out. Weeks are teaching weeks, counted from the first day." }
                    div.row { button.btn type="submit" { "Publish this plan" } a.btn.quiet href="/inductions" { "Not now" } }
                }
            }
        },
    )
}

fn one_row(at: usize, row: &Row, wrong: &[(&str, String)]) -> Markup {
    let [title, purpose, week, company] = ["step", "purpose", "week", "company"].map(|name| format!("{name}-{at}"));
    html! {
        fieldset.card.stack-s {
            legend.f { "Step " (at + 1) @if row.is_empty() { span.soft { " (empty)" } } }
            div.field.bad[kit::is_wrong(wrong, &title)] {
                label.f for=(title) { "What is done" }
                (kit::error_at(wrong, &title))
                input id=(title) name=(title) maxlength="100" autocomplete="off" value=(row.title);
            }
            div.field.bad[kit::is_wrong(wrong, &purpose)] {
                label.f for=(purpose) { "What it is for" }
                (kit::error_at(wrong, &purpose))
                input id=(purpose) name=(purpose) maxlength="300" autocomplete="off" value=(row.purpose);
            }
            div.row {
                div.field.bad[kit::is_wrong(wrong, &week)] {
                    label.f for=(week) { "Week" }
                    (kit::error_at(wrong, &week))
                    input id=(week) type="number" name=(week) min="1" max=(LAST_WEEK) inputmode="numeric" value=(row.week);
                }
                div.field {
                    label.f for=(company) { "Who does it" }
                    select id=(company) name=(company) { @for one in Company::ALL { option value=(one.code()) selected[row.company == one.code()] { (one.planned()) } } }
                }
            }
        }
    }
}
