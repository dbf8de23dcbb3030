//! What a year of the programme costs and what came of it: read by programme leads and senior leaders, entered by the lead.

use actions::Stop;
use actions::value::{self, Ground, NewBenefit, Refused, Stated, Value, WhatIf};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::cover::Pence;
use domain::ids::BenefitId;
use domain::minutes::Minutes;
use domain::releases::year_words;
use evidence::value::ValueRefused;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, hours, pounds, read_hours, read_whole};
use crate::pages::papers::{case, ways};
use crate::pages::{kit, value_view as view};
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// The pages of cost and benefit.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence/value", get(index).post(update))
        .route("/evidence/value/case", get(case::index))
        .route("/evidence/value/benefits", post(create))
        .route("/evidence/value/benefits/{benefit}/removal", post(destroy))
}

/// Where a year is found.
pub fn address(year: i16) -> String {
    format!("/evidence/value?year={year}")
}

/// The year that an address asks for; none for the latest.
///
/// # Errors
/// Not found when it is none.
pub fn wanted(of: &Fields) -> Result<Option<i16>, Problem> {
    match of.one("year") {
        "" => Ok(None),
        year => year.parse().map(Some).map_err(|_| Problem::NotFound),
    }
}

/// `GET /evidence/value?year=2025`, with `more` practitioners and `each` so many hours to look what would change.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit, Question(of): Question) -> Result<Response, Problem> {
    let seen = value::see(&visit.desk, &visit.visitor.person, wanted(&of)?).await?;
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    if of.one("more").is_empty() && of.one("each").is_empty() {
        return Ok(shown(&visit, (&seen, None), (StatusCode::OK, none)));
    }
    let (more, each) = match change_of(&of) {
        Ok(change) => change,
        Err((name, sentence)) => return unchanged((&visit, &seen), &of, (name, sentence.to_owned())),
    };
    match value::what_if(&visit.desk, &visit.visitor.person, (seen.year, more, each)).await {
        Ok(found) => {
            let typed = Typed { wrong: &[], form: "change", fields: &of };
            Ok(shown(&visit, (&seen, Some(&found)), (StatusCode::OK, typed)))
        }
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = if matches!(refused, Refused::Value(ValueRefused::NoPosts)) { "more" } else { "each" };
            unchanged((&visit, &seen), &of, (field, refused.to_string()))
        }
    }
}

/// What is wrong with hours.
const HOURS: &str = "Write hours, such as 150 or 37.5.";

/// What to change: practitioners more, and hours for each. Else the field that cannot be read, and what to do.
fn change_of(of: &Fields) -> Result<(i64, Option<Minutes>), (&'static str, &'static str)> {
    let more = match of.one("more") {
        "" => 0,
        typed => typed.parse().map_err(|_| ("more", "Write a whole number, such as 2 or -1."))?,
    };
    let each = (!of.one("each").is_empty()).then(|| read_hours(of, "each"));
    if each.is_some_and(|each| each.0 < 0) { Err(("each", HOURS)) } else { Ok((more, each)) }
}

fn unchanged((visit, seen): (&Visit, &Value), of: &Fields, wrong: (&str, String)) -> Result<Response, Problem> {
    let wrong = [wrong];
    let typed = Typed { wrong: &wrong, form: "change", fields: of };
    Ok(shown(visit, (seen, None), (StatusCode::UNPROCESSABLE_ENTITY, typed)))
}

fn headline(seen: &Value) -> String {
    let year = year_words(seen.year);
    match &seen.account {
        Some(account) if account.not_counted.is_empty() => format!("The programme cost {} in {year}", account.total),
        Some(account) => format!("The programme cost {} in {year}, as far as is known", account.total),
        None => format!("What {year} cost, and what came of it"),
    }
}

fn shown(
    visit: &Visit,
    (seen, what_if): (&Value, Option<&WhatIf>),
    (status, typed): (StatusCode, Typed<'_>),
) -> Response {
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence" { "Evidence" } }
                h1 { (headline(seen)) }
                p.soft { "Costs in pounds, what came of it in words with how strong the evidence is. There is no return on investment here: nobody could defend one." }
            }
            (years(seen))
            @match (&seen.account, &seen.stated) {
                (Some(account), Some(stated)) => {
                    div.cols.half { (view::costs(account, seen.noted)) (view::came(visit, seen)) }
                    (change(seen, stated, typed, what_if))
                    p { a.btn.quiet href={"/evidence/value/case?year=" (seen.year)} { "The business case on one page" } }
                    (ways(&[
                        ("costs as XLSX", format!("/evidence/value/figures.xlsx?year={}", seen.year)),
                        ("as CSV", format!("/evidence/value/figures.csv?year={}", seen.year)),
                    ]))
                }
                _ => {
                    div.empty { p { "Nothing is entered of what " (year_words(seen.year)) " cost." @if seen.proposed.is_none() { " The programme lead enters it." } } }
                    (view::came(visit, seen))
                }
            }
            @if let Some(proposed) = &seen.proposed {
                (benefit(visit, seen.year, typed))
                (form(visit, (seen.year, seen.stated.is_some(), proposed), typed))
            }
        }
    };
    (status, page(visit, ("What it costs, and what came of it", Place::Evidence), &body)).into_response()
}

fn years(seen: &Value) -> Markup {
    html! {
        nav.releases aria-label="Years" {
            p.small {
                @for year in &seen.years { a href=(address(*year)) aria-current=[(*year == seen.year).then_some("page")] { (year_words(*year)) } " " }
            }
        }
    }
}

/// What would change with other numbers (R-VAL-5, R-VAL-10).
fn change(seen: &Value, stated: &Stated, typed: Typed<'_>, what_if: Option<&WhatIf>) -> Markup {
    html! {
        section.card.stack aria-labelledby="change-title" {
            h2 #change-title { "What would change" }
            form.row method="get" action="/evidence/value" novalidate {
                input type="hidden" name="year" value=(seen.year);
                (view::signed(typed, ("more", "Practitioners more, or fewer with a minus")))
                (typed.number("change", ("each", "Hours for each", ""), &hours(stated.remitted_each)))
                button.btn.quiet type="submit" { "Look" }
            }
            @if let Some(found) = what_if { (view::difference(found)) }
            @else { p.small.soft { "Such as two more practitioners, or 120 hours in place of 150. Uplift, remission and paid cover follow; travel and training stay." } }
        }
    }
}

fn form(visit: &Visit, (year, entered, so): (i16, bool, &Stated), typed: Typed<'_>) -> Markup {
    let at = |id: &'static str, label: &'static str, hint: &'static str, so: &str| {
        typed.number("value", (id, label, hint), so)
    };
    html! {
        form.card.stack.narrow #value method="post" action="/evidence/value" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="year" value=(year);
            h2 { @if entered { "Put right what it cost" } @else { "Enter what " (year_words(year)) " cost" } }
            @if !entered { p.small.soft { "The first fields hold what the program knows of today: put them right for the year. Leave empty what is not known; it is named as not counted." } }
            div.row {
                (at("posts", "Practitioners", "", &so.posts.to_string()))
                (at("remitted", "Hours of remission for each", "", &hours(so.remitted_each)))
            }
            (at("hour", "An hour of teaching, pounds", "What an hour costs that is not taught, with pension and insurance.", &so.hour.map(pounds).unwrap_or_default()))
            (at("uplift", "Salary uplift for each, pounds", "The mean; what one person is paid is not shown here. With fewer than five, put it into the price of an hour.", &so.uplift_each.map(pounds).unwrap_or_default()))
            div.row {
                (at("covered", "Hours for which cover was paid", "", &hours(so.covered)))
                (at("cover", "What that cover cost, pounds", "", &so.cover.map(pounds).unwrap_or_default()))
            }
            div.row {
                (at("travel", "Travel, pounds", "", &so.travel.map(pounds).unwrap_or_default()))
                (at("training", "Training for the role, pounds", "", &so.training.map(pounds).unwrap_or_default()))
            }
            (at("places", "Places that a session has", "For what a place costs. How many were taken is not told in one number.", &so.places.map(|places| places.to_string()).unwrap_or_default()))
            (view::text(typed, ("asked", "What the case asks for"), &so.asked))
            (view::text(typed, ("otherwise", "What happens otherwise"), &so.otherwise))
            p.small.soft { "Both stand in the business case, which senior leaders read. No names." }
            button.btn type="submit" { "Save" }
        }
    }
}

fn benefit(visit: &Visit, year: i16, typed: Typed<'_>) -> Markup {
    let once = if typed.form == "benefit" { typed.fields.one("once").to_owned() } else { visit.once() };
    let choose = (String::new(), "Choose …".to_owned());
    let grounds = Ground::ALL.iter().map(|one| (one.code().to_owned(), one.words().to_owned()));
    let grounds: Vec<(String, String)> = [choose].into_iter().chain(grounds).collect();
    html! {
        form.card.stack.narrow #benefit method="post" action="/evidence/value/benefits" novalidate {
            (kit::csrf(visit))
            input type="hidden" name="year" value=(year);
            input type="hidden" name="once" value=(once);
            h2 { "Name something else that came of it" }
            p.small.soft { "What the releases and the survey say stands above by itself. Anything stronger than a figure that changed at the same time only a comparison of areas can say. No names." }
            (view::line(typed, ("what", "What came of it")))
            (view::line(typed, ("source", "Where that is from")))
            (typed.select("benefit", ("ground", "How strong is that?"), (&grounds, "")))
            button.btn.quiet type="submit" { "Name it" }
        }
    }
}

/// The first amount that cannot be read: its field, and what to do.
fn read(fields: &Fields) -> Result<Stated, (&'static str, &'static str)> {
    let pence = |name: &'static str| match fields.one(name) {
        "" => Ok(None),
        typed => Pence::read(typed).map(Some).ok_or((name, "Write pounds, such as 1,250 or 32.50.")),
    };
    let time = |name: &'static str| match fields.one(name) {
        "" => Ok(Minutes(0)),
        _ => Some(read_hours(fields, name)).filter(|time| time.0 >= 0).ok_or((name, HOURS)),
    };
    let places = match fields.one("places") {
        "" => None,
        _ => Some(read_whole(fields, "places")),
    };
    Ok(Stated {
        posts: read_whole(fields, "posts"),
        remitted_each: time("remitted")?,
        hour: pence("hour")?,
        uplift_each: pence("uplift")?,
        covered: time("covered")?,
        cover: pence("cover")?,
        travel: pence("travel")?,
        training: pence("training")?,
        places,
        asked: fields.one("asked").to_owned(),
        otherwise: fields.one("otherwise").to_owned(),
    })
}

/// At which field of the form a refusal belongs.
fn field(refused: &Refused) -> &'static str {
    use domain::value::StatedRefused;
    match refused {
        Refused::Stated(StatedRefused::Places) => "places",
        Refused::Stated(StatedRefused::UpliftOfFew) => "uplift",
        Refused::Stated(StatedRefused::LongAsked(_)) => "asked",
        Refused::Stated(StatedRefused::LongOtherwise(_)) => "otherwise",
        Refused::Stated(StatedRefused::NoSource) => "source",
        Refused::Stated(StatedRefused::NoGround) => "ground",
        Refused::Stated(_) => "what",
        Refused::Value(ValueRefused::NoHours) => "remitted",
        Refused::Value(ValueRefused::OutOfRange { what, .. }) => match *what {
            "The remission" => "remitted",
            "The covered time" => "covered",
            "The price of an hour" => "hour",
            "The uplift" => "uplift",
            "The cost of cover" => "cover",
            "The cost of travel" => "travel",
            "The cost of training" => "training",
            _ => "posts",
        },
        Refused::Value(ValueRefused::MoreThanWhole { .. }) => "covered",
        Refused::Value(ValueRefused::NoPosts) | Refused::Year => "posts",
    }
}

async fn again(visit: &Visit, (form, fields): (&str, &Fields), wrong: (&str, String)) -> Result<Response, Problem> {
    let year = wanted(fields)?;
    let seen = value::see(&visit.desk, &visit.visitor.person, year).await?;
    let wrong = [wrong];
    Ok(shown(visit, (&seen, None), (StatusCode::UNPROCESSABLE_ENTITY, Typed { wrong: &wrong, form, fields })))
}

fn year(fields: &Fields) -> Result<i16, Problem> {
    wanted(fields)?.ok_or(Problem::NotFound)
}

/// `POST /evidence/value`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let year = year(fields)?;
    let stated = match read(fields) {
        Ok(stated) => stated,
        Err((name, sentence)) => return again(visit, ("value", fields), (name, sentence.to_owned())).await,
    };
    done(value::set(&visit.desk, visit.visitor.person.id, (year, stated)).await, (visit, "value", fields)).await
}

async fn done(
    result: Result<(), Stop<Refused>>,
    (visit, form, fields): (&Visit, &str, &Fields),
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&address(year(fields)?), "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            again(visit, (form, fields), (field(&refused), refused.to_string())).await
        }
    }
}

/// `POST /evidence/value/benefits`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let new = NewBenefit {
        what: fields.one("what"),
        source: fields.one("source"),
        ground: Ground::from_code(fields.one("ground")),
        once: fields.one("once"),
    };
    let result = value::name_benefit(&visit.desk, visit.visitor.person.id, (year(fields)?, new)).await;
    done(result, (visit, "benefit", fields)).await
}

/// `POST /evidence/value/benefits/{benefit}/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy(Path(benefit): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let benefit: BenefitId = benefit.parse().map_err(|_| Problem::NotFound)?;
    value::take_off(&sent.visit.desk, sent.visit.visitor.person.id, benefit).await?;
    Ok(on_to(&address(year(&sent.fields)?), "removed"))
}
