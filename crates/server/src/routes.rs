//! Every route in one list.

use std::sync::Arc;

use actions::desk::{Desk, House};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN,
    REFERRER_POLICY, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::clock::Clock;
use crate::error::{Problem, store_fault};
use crate::health;
use crate::limits::Limits;
use crate::metrics::Meter;
use crate::pages::{
    accessibility, account, allocation, areas, board, calendar, communities, costs, cover, data, directory,
    disclosures, duties, evidence, frame, home, hours, import_done, import_look, imports, induction, induction_plan,
    inductions, keys, links, log, looked, models, new_year, observations, outputs, own_time, past_years, people,
    person, planner, practice, promise, required, resources, role_targets, safeguarding, sample, session, settling,
    statement, support, survey_answer, thread_keep, threads, time, training_form, training_said, trainings, unlock,
    week, what_if, words, year,
};
use crate::post::Post;
use crate::sample::SamplePerson;
use crate::visit::{SAID, cookie};

/// What all handlers share.
#[derive(Clone)]
pub struct App(pub Arc<Shared>);

/// What all handlers share.
pub struct Shared {
    /// Store, gate, chance.
    pub house: Arc<House>,
    /// The clock.
    pub clock: Clock,
    /// Wrong tries.
    pub limits: Limits,
    /// Figures for whoever watches the machine.
    pub meter: Meter,
    /// The way out for mail.
    pub post: Post,
    /// The people whom the sign-in page of a sample college lists; empty in a real one.
    pub sample: Vec<SamplePerson>,
    /// Whether this is the sample beside a college that is being set up: then a link leads back there.
    pub beside_set_up: bool,
}

impl App {
    /// A desk at this moment.
    pub fn desk(&self) -> Desk {
        let ahead = self.0.house.frame().programme.clock_ahead;
        Desk::new(Arc::clone(&self.0.house), self.0.clock.now(ahead))
    }
}

/// The whole program as a service.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/", get(home::show))
        .route("/sign-in", get(session::new).post(session::create))
        .route("/sign-in/sample", post(session::create_as_sample))
        .route("/sign-out", post(session::destroy))
        .route("/set-up/{token}", get(links::show).post(links::create))
        .route("/forgotten", get(links::new).post(links::create_request))
        .route("/forgotten/sent", get(links::sent))
        .route("/account", get(account::show))
        .route("/account/password", post(account::update_password))
        .route("/account/note-key", post(account::update_note_key))
        .route("/account/mail", post(account::update_mail))
        .route("/account/sessions", post(account::destroy_sessions))
        .route("/account/looked", get(looked::index))
        .route("/account/sessions/{session}", post(account::destroy_session))
        .route("/support", get(support::index).post(support::create))
        .route("/support/new", get(support::new).post(support::new_again))
        .route("/support/suggestions", post(support::suggestions))
        .route("/support/{thread}", get(threads::show))
        .route("/support/{thread}/offers", post(threads::create_offers))
        .route("/support/{thread}/acceptance", post(threads::create_acceptance))
        .route("/support/{thread}/withdrawal", post(threads::create_withdrawal))
        .route("/support/{thread}/end", post(threads::create_end))
        .route("/support/{thread}/end-proposal", post(threads::create_end_proposal))
        .route("/support/{thread}/shredding", post(thread_keep::create_shredding))
        .route("/support/{thread}/reopening", post(threads::create_reopening))
        .route("/support/{thread}/kind", post(threads::update_kind))
        .route("/support/{thread}/practitioner", post(threads::update_practitioner))
        .route("/support/{thread}/meetings/{meeting}/outcome", post(threads::create_outcome))
        .route("/support/{thread}/meetings/{meeting}/cancellation", post(threads::create_cancellation))
        .route("/support/{thread}/meetings/{meeting}/notepad", get(observations::show))
        .route("/practitioners", get(directory::index))
        .route("/practitioners/{person}", get(directory::show))
        .route("/practitioners/{person}/avoidance", post(directory::update_avoidance))
        .route("/practice", get(practice::edit))
        .route("/practice/profile", post(practice::update_profile))
        .route("/practice/support-hours", post(practice::update_support_hours))
        .route("/week", get(week::show))
        .route("/hours", get(hours::index).post(hours::create))
        .route("/hours/new", get(hours::new))
        .route("/hours/{entry}/removal", post(hours::destroy))
        .route("/hours/{entry}/name-removal", post(hours::destroy_name))
        .route("/promise", get(promise::show))
        .route("/accessibility", get(accessibility::show))
        .route("/sample", get(sample::show))
        .route("/sample/clock", post(sample::update_clock))
        .merge(own_calendar())
        .merge(shelf())
        .merge(sessions())
        .merge(at_risk())
        .merge(of_tracks())
        .merge(sealed())
        .merge(inductions_of())
        .merge(offices())
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::NotFound)
        .layer(DefaultBodyLimit::max(crate::forms::MOST_BYTES))
        .layer(from_fn(guard));
    Router::new()
        .merge(pages)
        .route("/health", get(health::show))
        .route("/assets/{name}", get(asset))
        .layer(from_fn_with_state(app.clone(), health::measure))
        .with_state(app)
}

/// Busy times for the calendar a person keeps elsewhere.
fn own_calendar() -> Router<App> {
    Router::new()
        .route("/account/calendar", get(calendar::show).post(calendar::create))
        .route("/account/calendar/removal", post(calendar::destroy))
        .route("/account/calendar/invitations", post(calendar::update_invitations))
        .route("/calendar/{file}", get(calendar::feed))
}

/// The shelf "What works", and what came of a practitioner's time.
fn shelf() -> Router<App> {
    Router::new()
        .route("/resources", get(resources::index).post(resources::create))
        .route("/resources.json", get(resources::list))
        .route("/resources/new", get(resources::new))
        .route("/resources/{entry}", get(resources::edit).post(resources::update))
        .route("/resources/{entry}/withdrawal", post(resources::create_withdrawal))
        .route("/resources/{entry}/return", post(resources::create_return))
        .route("/outputs", get(outputs::index).post(outputs::create))
        .route("/outputs/new", get(outputs::new))
        .route("/outputs/{output}/removal", post(outputs::destroy))
        .route("/outputs/{output}/sharing", get(outputs::edit_sharing).post(outputs::update_sharing))
        .route("/outputs/{output}/sharing/removal", post(outputs::destroy_sharing))
}

/// Communities of practice and their sessions.
fn sessions() -> Router<App> {
    Router::new()
        .route("/communities", get(communities::index).post(communities::update))
        .route("/communities/{area}", get(communities::show))
        .route("/communities/{area}/needs", post(communities::create_need))
        .route("/communities/{area}/needs/{need}/agreement", post(communities::create_agreement))
        .route("/communities/{area}/needs/{need}/removal", post(communities::destroy_need))
        .route("/sessions", get(trainings::index).post(training_form::create))
        .route("/sessions/new", get(training_form::new))
        .route("/sessions/suggestions", post(trainings::create_suggestion))
        .route("/sessions/{training}", get(trainings::show).post(training_form::update))
        .route("/sessions/{training}/edit", get(training_form::edit))
        .route("/sessions/{training}/sign-up", post(trainings::create_sign_up))
        .route("/sessions/{training}/sign-up/removal", post(trainings::destroy_sign_up))
        .route("/sessions/{training}/attendance", post(trainings::update_attendance))
        .route("/sessions/{training}/said", post(training_said::create))
        .route("/sessions/{training}/holding", post(trainings::create_holding))
        .route("/sessions/{training}/calling-off", post(trainings::create_calling_off))
        .route("/sessions/{training}/runner", post(trainings::update_runner))
        .route("/sessions/{training}/materials", post(trainings::create_material))
        .route("/sessions/{training}/materials/{material}/removal", post(trainings::destroy_material))
}

/// Somebody is at risk: passing something on, and what becomes of it.
fn at_risk() -> Router<App> {
    Router::new()
        .route(
            "/support/{thread}/disclosure",
            get(disclosures::new).post(disclosures::create).layer(DefaultBodyLimit::max(disclosures::MOST_BYTES)),
        )
        .route("/support/{thread}/disclosure.json", get(disclosures::offer))
        .route("/disclosures/{disclosure}", get(disclosures::show))
        .route("/disclosures/{disclosure}/words", get(disclosures::words))
        .route("/disclosures/{disclosure}/returns", post(disclosures::create_return))
        .route("/disclosures/{disclosure}/telling", post(disclosures::create_telling))
        .route("/disclosures/{disclosure}/review", post(disclosures::create_review))
        .route("/disclosures/{disclosure}/closing", post(disclosures::create_closing))
        .route("/safeguarding", get(safeguarding::index))
}

/// Required support.
fn of_tracks() -> Router<App> {
    Router::new()
        .route("/required", get(required::index).post(required::create))
        .route("/required/new", get(required::new))
        .route("/required/{track}", get(required::show))
        .route("/required/{track}/practitioner", post(required::update_practitioner))
        .route("/required/{track}/opening", post(required::create_opening))
        .route("/required/{track}/opening/answer", post(required::update_opening))
        .route("/required/{track}/opening/outcome", post(required::create_outcome))
        .route("/required/{track}/challenge", post(required::create_challenge))
        .route("/required/{track}/revision", post(required::create_revision))
        .route("/required/{track}/signal", post(required::update_signal))
        .route("/required/{track}/statement", post(required::update_statement))
        .route("/required/{track}/end", post(required::create_end))
}

/// What is sealed: keys, words, files, what is passed on, and taking it all away.
fn sealed() -> Router<App> {
    Router::new()
        .route("/account/keys", get(keys::show))
        .route("/account/data", get(data::show))
        .route("/account/data.json", get(data::index))
        .route("/keys/own", get(keys::own).post(keys::create))
        .route("/keys/slots", post(keys::create_slot))
        .route("/keys/slots/removal", post(keys::destroy_slot))
        .route("/keys/vault", post(keys::update_vault))
        .route("/keys/renewal", post(keys::create_renewal))
        .route("/keys/renewal/cancellation", post(keys::destroy_renewal))
        .route("/session/proof", post(unlock::create_proof))
        .route("/support/{thread}/words", get(words::index).post(words::create))
        .route("/support/{thread}/grants", post(words::create_grants))
        .route("/support/{thread}/returns", post(words::create_returns))
        .route("/support/{thread}/reading", post(words::update_reading))
        .route(
            "/support/{thread}/files",
            post(words::create_file).layer(DefaultBodyLimit::max(crate::upload::MOST_SEALED)),
        )
        .route("/support/{thread}/files/{file}", get(words::show_file))
}

/// Inductions, from outside and from inside.
fn inductions_of() -> Router<App> {
    Router::new()
        .route("/induction", get(induction::show_own))
        .route("/inductions", get(inductions::index).post(inductions::create))
        .route("/inductions/new", get(inductions::new))
        .route("/inductions/plans/{kind}", get(induction_plan::edit).post(induction_plan::update))
        .route("/inductions/{induction}", get(induction::show))
        .route("/inductions/{induction}/steps", post(induction::update_step))
        .route("/inductions/{induction}/minutes", post(induction::create_minutes))
        .route("/inductions/{induction}/end", post(induction::create_end))
        .route("/inductions/{induction}/companions", post(inductions::update_companions))
        .route("/programme/practitioners/{person}/ramp", post(settling::update))
}

/// The pages of the programme lead and of administrators.
fn offices() -> Router<App> {
    Router::new()
        .route("/programme", get(board::show))
        .route("/programme/asking", post(board::update_asking))
        .route("/programme/year", get(year::edit).post(year::update))
        .route("/programme/new-year", get(new_year::edit).post(new_year::create))
        .route("/programme/years", get(past_years::index))
        .route("/hours/years/{year}", get(past_years::own))
        .route("/programme/safeguarding", get(safeguarding::edit).post(safeguarding::update))
        .route("/programme/log", get(log::index))
        .route("/people/areas", get(areas::index))
        .route(imports::HOME, get(imports::index).post(imports::create).layer(DefaultBodyLimit::disable()))
        .route("/people/imports/{file}", get(imports::show))
        .route("/people/imports/{file}/columns", get(import_look::columns).post(import_look::update_columns))
        .route("/people/imports/{file}/corrected.csv", get(import_look::corrected))
        .route("/people/imports/{file}/application", post(import_look::create_application))
        .route("/people/imports/{file}/removal", post(import_look::destroy))
        .route("/people/imports/{file}/reversal", post(import_done::create_reversal))
        .route("/programme/frame", get(frame::show).post(frame::update))
        .route("/programme/statement", post(frame::create_statement))
        .route("/programme/priorities", post(frame::update_priorities))
        .route("/programme/ceiling", post(frame::update_ceiling))
        .route("/programme/practitioners", post(frame::create_practitioner))
        .route("/programme/practitioners/{person}", get(frame::show_practitioner))
        .route("/programme/practitioners/{person}/required", post(frame::update_barred))
        .route("/programme/practitioners/{person}/remission", post(frame::update_remission))
        .route("/programme/practitioners/{person}/standing-down", post(frame::create_standing_down))
        .route("/hours/duties", get(duties::index).post(duties::create))
        .route("/hours/duties/{duty}/raising", post(duties::update_raising))
        .route("/hours/duties/{duty}/removal", post(duties::destroy))
        .route("/programme/duties", get(duties::raised))
        .route("/programme/duties/{duty}/answer", post(duties::create_answer))
        .route("/practitioners/{person}/targets", get(role_targets::show).post(role_targets::create))
        .route("/practitioners/{person}/targets/{target}/agreement", post(role_targets::create_agreement))
        .route("/practitioners/{person}/targets/{target}/end", post(role_targets::create_end))
        .route("/targets", get(role_targets::index))
        .merge(planning())
        .merge(allocation::routes())
        .merge(what_if::routes())
        .merge(survey_answer::routes())
        .merge(evidence::routes())
        .route("/statement", get(statement::show))
        .route("/model", get(models::show).post(models::create))
        .route("/model/cancellation", post(models::destroy))
        .route("/people", get(people::index).post(person::create))
        .route("/people/new", get(person::new))
        .route("/people/{person}", get(person::show))
        .route("/people/{person}/details", post(person::update_details))
        .route("/people/{person}/area", post(person::update_area))
        .route("/people/{person}/line/{which}", post(person::update_line))
        .route("/people/{person}/roles", post(person::update_roles))
        .route("/people/{person}/leaving", post(person::update_leaving))
        .route("/people/{person}/cancellation", post(person::create_cancellation))
        .route("/people/{person}/account", post(people::update_account))
        .route("/people/{person}/invitation", post(people::create_invitation))
        .route("/people/invitations", post(people::create_invitations))
}

/// Planning practitioners' time, their own time of the year, and cover.
fn planning() -> Router<App> {
    Router::new()
        .route("/programme/planner", get(planner::show).post(planner::update))
        .route("/programme/practitioners/{person}/time", get(time::show))
        .route("/programme/practitioners/{person}/extras", post(time::update_extras))
        .route("/programme/practitioners/{person}/pattern", post(time::update_pattern))
        .route("/programme/practitioners/{person}/carry", post(time::update_carry))
        .route("/programme/cover", get(cover::index).post(cover::create))
        .route("/programme/cover/costs", get(costs::edit).post(costs::update))
        .route("/cover/{cover}/removal", post(cover::destroy))
        .route("/hours/time", get(own_time::show))
        .route("/hours/carry", post(own_time::create_carry))
        .route("/hours/balance", post(own_time::update_balance))
        .route("/hours/cover", post(own_time::create_cover))
        .route("/hours/{entry}/outreach", post(own_time::update_outreach))
}

/// No script but our own, nothing from elsewhere, no frame, nothing kept by caches.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Around every page: forms from elsewhere are turned away, writes run to their end, headers are set.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let had_said = cookie(request.headers(), SAID).is_some_and(|said| !said.is_empty());
    let mut response = if request.method() == Method::GET || request.method() == Method::HEAD {
        next.run(request).await
    } else if from_elsewhere(request.headers()) {
        Problem::Foreign.into_response()
    } else {
        // A visitor who hangs up must not leave a unit of work half-way: it runs in a task of its own.
        match tokio::spawn(next.run(request)).await {
            Ok(response) => response,
            Err(fault) => {
                Problem::Fault(store_fault::Fault(fault.to_string(), store_fault::Kind::Broken)).into_response()
            }
        }
    };
    // An address that cannot be read is one at which there is nothing; the framework says so in its own bare words.
    let bare = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if response.status() == StatusCode::BAD_REQUEST && bare {
        response = Problem::NotFound.into_response();
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    if had_said && !headers.contains_key(SET_COOKIE) {
        headers.append(SET_COOKIE, HeaderValue::from_static("said=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
    }
    response
}

/// Whether a browser says that a form comes from another site.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return true;
    }
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(ORIGIN), text(HOST)) {
        (Some("null") | None, _) | (_, None) => false,
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
    }
}

/// Fonts, styles, scripts: named by their hash, so they never change.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::by_path(&format!("/assets/{name}")) else { return Problem::NotFound.into_response() };
    let zipped =
        headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("gzip"));
    let forever = (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    let kind = (CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    let sniff = (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let vary = (VARY, HeaderValue::from_static("accept-encoding"));
    if zipped && !asset.gzip.is_empty() {
        let encoding = (CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return ([forever, kind, sniff, vary, encoding], asset.gzip).into_response();
    }
    ([forever, kind, sniff, vary], asset.raw).into_response()
}
