//! The program while no college is live in its folder: it asks how to begin, and becomes the college once one is.

pub mod door;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use actions::desk::House;
use actions::set_up::{self, Yard};
use actions::{Fault, Gate, Never, Stop, Store};
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tower::ServiceExt;

use crate::backups::Nights;
use crate::cli::CliError;
use crate::cli::folder::Folder;
use crate::cli::lock::Held;
use crate::clock::Clock;
use crate::error::{Problem, store_fault};
use crate::forms::{Fields, fields};
use crate::limits::Limits;
use crate::metrics::Meter;
use crate::pages::set_up as pages;
use crate::post::Post;
use crate::routes::{App, Shared, asset, guard, router as college_router};
use crate::sample::{self, SamplePerson};
use door::Door;

/// A staff file and the words around it.
const MOST_UPLOADED: usize = actions::reading::MOST_BYTES + 64 * 1024;

/// What the pages of setting up share.
#[derive(Clone)]
pub struct FirstRun(pub Arc<Inner>);

/// What the pages of setting up share.
pub struct Inner {
    /// Store, gate, chance.
    pub yard: Yard,
    /// The clock.
    pub clock: Clock,
    /// Wrong codes.
    pub limits: Limits,
    /// Who may come in.
    pub door: Door,
    /// What every form carries.
    pub csrf: String,
    /// The folder of the sample college.
    sample: PathBuf,
    /// The way out for the college's mail, until it is live; and the address of its pages.
    post: std::sync::Mutex<Option<Post>>,
    here: String,
    served: RwLock<Served>,
    /// The sample's store and the hold on its folder, once it is shown; locked while it is filled.
    beside: Mutex<Option<(Store, Held)>>,
    working: RwLock<Vec<JoinHandle<()>>>,
    /// The backups that the college makes by itself once it is live.
    nights: std::sync::Mutex<Option<Nights>>,
}

/// What is served beside the pages of setting up.
#[derive(Clone)]
enum Served {
    /// Nothing yet.
    Nothing,
    /// The sample college; setting up goes on beside it.
    Sample(Router),
    /// The college, and nothing else any more.
    Live(Router),
}

impl FirstRun {
    /// Begins in a folder in which no college is live; the sample would be filled into a folder of its own.
    ///
    /// # Errors
    /// A fault of the database, or a college is live.
    pub async fn begin(
        yard: Yard,
        clock: Clock,
        (sample, post, here): (PathBuf, Post, String),
    ) -> Result<Self, Stop<Never>> {
        set_up::begin(&yard, clock.now(0)).await?;
        let csrf = set_up::token(&yard).await?;
        let door = Door::new(yard.chance.as_ref());
        let (limits, served) = (Limits::default(), RwLock::new(Served::Nothing));
        let (beside, working) = (Mutex::new(None), RwLock::default());
        let post = std::sync::Mutex::new(Some(post));
        let nights = std::sync::Mutex::default();
        Ok(Self(Arc::new(Inner {
            yard,
            clock,
            limits,
            door,
            csrf,
            sample,
            post,
            here,
            served,
            beside,
            working,
            nights,
        })))
    }

    /// The same, with backups once a college is live.
    #[must_use]
    pub fn with_nights(self, nights: Nights) -> Self {
        *self.0.nights.lock().unwrap_or_else(PoisonError::into_inner) = Some(nights);
        self
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now(0)
    }

    fn served(&self) -> Served {
        self.0.served.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn serve(&self, served: Served) {
        *self.0.served.write().unwrap_or_else(PoisonError::into_inner) = served;
    }

    /// Whether the sample college is served beside.
    pub fn shows_sample(&self) -> bool {
        matches!(self.served(), Served::Sample(_))
    }

    /// Whether the sample's folder has been filled before.
    pub fn has_sample(&self) -> bool {
        Folder::at(self.0.sample.clone()).is_filled()
    }

    /// Where the sample college lies.
    pub fn sample_folder(&self) -> String {
        self.0.sample.display().to_string()
    }

    /// Serves the sample college beside; fills its folder first if need be. Asked twice at once, it is filled once.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub async fn show_sample(&self) -> Result<(), CliError> {
        let mut beside = self.0.beside.lock().await;
        if self.shows_sample() {
            return Ok(());
        }
        let held = Folder::at(self.0.sample.clone()).hold()?;
        let (house, people) = sample::ready(&Folder::at(self.0.sample.clone())).await?;
        *beside = Some((house.store.clone(), held));
        let post = Post::files(&self.0.sample, &self.0.here);
        let router = self.working(house, post, people).await?;
        self.serve(Served::Sample(router));
        Ok(())
    }

    /// Serves the college that has just gone live; setting up is over (R-SET-7).
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn go_live(&self) -> Result<(), Stop<Never>> {
        let gate = Gate::new().map_err(|_| Stop::Denied)?;
        let (store, chance) = (self.0.yard.store.clone(), Arc::clone(&self.0.yard.chance));
        let house = Arc::new(House::open(store, gate, chance).await?);
        let post = self.0.post.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(Stop::Denied)?;
        let router = self.working(house, post, Vec::new()).await?;
        self.serve(Served::Live(router));
        Ok(())
    }

    /// A college at work: what is due is done, and goes on being done.
    async fn working(&self, house: Arc<House>, post: Post, sample: Vec<SamplePerson>) -> Result<Router, Stop<Never>> {
        let (clock, limits, meter) = (self.0.clock.clone(), Limits::default(), Meter::default());
        let beside_set_up = !sample.is_empty();
        let app = App(Arc::new(Shared { house, clock, limits, meter, post, sample, beside_set_up }));
        crate::jobs::due(&app).await?;
        let mut jobs = vec![tokio::spawn(crate::jobs::run(app.clone()))];
        if !beside_set_up {
            let nights = self.0.nights.lock().unwrap_or_else(PoisonError::into_inner).take();
            jobs.extend(nights.map(|nights| tokio::spawn(nights.run(app.clone()))));
        }
        self.0.working.write().unwrap_or_else(PoisonError::into_inner).extend(jobs);
        Ok(college_router(app))
    }

    /// Ends what works by itself, and closes the databases.
    ///
    /// # Errors
    /// When one cannot be closed.
    pub async fn close(&self) -> Result<(), Fault> {
        self.0.working.write().unwrap_or_else(PoisonError::into_inner).drain(..).for_each(|job| job.abort());
        if let Some((store, _held)) = self.0.beside.lock().await.take() {
            store.close().await?;
        }
        self.0.yard.store.clone().close().await
    }
}

/// The whole program, as long as it began without a college.
pub fn router(first: FirstRun) -> Router {
    let pages = Router::new()
        .route("/", get(async || Redirect::to("/begin")))
        .route("/begin", get(pages::show))
        .route("/begin/code", post(pages::create_code))
        .route("/begin/sample", post(pages::create_sample))
        .route("/begin/college", get(pages::steps::college).post(pages::steps::update_college))
        .route("/begin/role", get(pages::steps::role).post(pages::steps::update_role))
        .route("/begin/places", get(pages::steps::places).post(pages::steps::update_places))
        .route("/begin/year", get(pages::year::edit).post(pages::year::update))
        .route("/begin/practitioners", get(pages::people::practitioners).post(pages::people::update_practitioners))
        .route("/begin/people", get(pages::people::runners).post(pages::people::update_runners))
        .route("/begin/review", get(pages::review::show))
        .route("/begin/live", post(pages::review::create_live))
        .layer(DefaultBodyLimit::max(crate::forms::MOST_BYTES));
    let uploads = Router::new()
        .route("/begin/staff", get(pages::staff::edit).post(pages::staff::update))
        .layer(DefaultBodyLimit::max(MOST_UPLOADED));
    let pages = pages.merge(uploads).fallback(async || Problem::NotFound);
    let pages = pages.method_not_allowed_fallback(async || Problem::NotFound).layer(from_fn(guard));
    let pages =
        pages.route("/health", get(async || "ok")).route("/assets/{name}", get(asset)).with_state(first.clone());
    Router::new().fallback(dispatch).with_state((first, pages))
}

/// Whose request it is: set-up's, the sample's, or the live college's.
async fn dispatch(State((first, set_up)): State<(FirstRun, Router)>, request: Request) -> Result<Response, Infallible> {
    let path = request.uri().path();
    let begins = path == "/begin" || path.starts_with("/begin/");
    match first.served() {
        Served::Live(college) => college.oneshot(request).await,
        Served::Sample(college) if !begins => college.oneshot(request).await,
        Served::Sample(_) | Served::Nothing => set_up.oneshot(request).await,
    }
}

/// Somebody who may set the college up.
pub struct Visit {
    /// What the pages share.
    pub first: FirstRun,
}

/// The other end of the connection.
pub fn peer(parts: &Parts) -> Option<SocketAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer)
}

impl FromRequestParts<FirstRun> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, first: &FirstRun) -> Result<Self, Response> {
        if first.0.door.is_open_to(&parts.headers, peer(parts)) {
            Ok(Self { first: first.clone() })
        } else {
            Err(Redirect::to("/begin").into_response())
        }
    }
}

/// A form of setting up, from one of our pages.
pub struct Sent {
    /// Who.
    pub visit: Visit,
    /// What.
    pub fields: Fields,
}

impl FromRequest<FirstRun> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, first: &FirstRun) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, first).await?;
        let fields = fields(Request::from_parts(parts, body), first).await.map_err(Problem::into_response)?;
        visit.own(&fields).map_err(Problem::into_response)?;
        Ok(Self { visit, fields })
    }
}

impl Visit {
    /// Whether a form comes from one of our pages.
    ///
    /// # Errors
    /// It does not.
    pub fn own(&self, fields: &Fields) -> Result<(), Problem> {
        let same = actions::chance::digest(fields.one("csrf")) == actions::chance::digest(&self.first.0.csrf);
        if same { Ok(()) } else { Err(Problem::Foreign) }
    }
}

impl From<CliError> for Problem {
    fn from(fault: CliError) -> Self {
        Self::Fault(store_fault::Fault(fault.to_string(), store_fault::Kind::Broken))
    }
}
