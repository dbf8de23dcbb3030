//! What a visitor sees when something is not shown or broke. What may not be seen and what does not exist are the same bytes.

use actions::accounts::Owes;
use actions::{Never, Stop};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::pages::{layout, unlock};
use crate::visit::Visit;

/// Why a page is not shown.
#[derive(Debug)]
pub enum Problem {
    /// Nothing here, or nothing for this visitor.
    NotFound,
    /// Nobody is signed in.
    SignInFirst,
    /// The session has to unlock the keys first, or to wait (R-ACC-12).
    UnlockFirst(Box<Visit>, Owes),
    /// The form did not come from one of our pages.
    Foreign,
    /// The form could not be read.
    Unreadable(StatusCode, &'static str),
    /// Something broke; the log has the same reference.
    Fault(store_fault::Fault),
}

/// Faults as the actions hand them up.
pub mod store_fault {
    use axum::http::StatusCode;

    /// A fault, with what the log says of it.
    #[derive(Debug)]
    pub struct Fault(pub String, pub Kind);

    /// Whether it passes by itself or by somebody else's doing (R-RUN-10).
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Kind {
        /// Ours.
        Broken,
        /// There is no room to write.
        Full,
        /// The database cannot be reached.
        Away,
    }

    impl Kind {
        /// The status, a title, and a sentence that says what to do.
        pub const fn told(self) -> (StatusCode, &'static str, &'static str) {
            match self {
                Self::Broken => (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something broke",
                    "Something broke, and it is our fault. Nothing was changed. If it happens again, tell your administrator this reference:",
                ),
                Self::Full => (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "No room to save",
                    "The machine that runs Alongside has no room left, so this was not saved; nothing saved before is lost. Go back, where what you typed still stands, and try again later. Tell your administrator this reference:",
                ),
                Self::Away => (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Please try again in a minute",
                    "Alongside cannot reach its database just now, so nothing was changed. Go back, where what you typed still stands, and try again in a minute. If it goes on, tell your administrator this reference:",
                ),
            }
        }
    }

    impl From<actions::Fault> for Fault {
        fn from(fault: actions::Fault) -> Self {
            let kind = match fault {
                actions::Fault::Full => Kind::Full,
                actions::Fault::Away => Kind::Away,
                _ => Kind::Broken,
            };
            Self(fault.to_string(), kind)
        }
    }
}

impl From<Stop<Never>> for Problem {
    fn from(stop: Stop<Never>) -> Self {
        match stop {
            Stop::Denied => Self::NotFound,
            Stop::Refused(never) => match never {},
            Stop::Fault(fault) => Self::Fault(fault.into()),
        }
    }
}

impl Problem {
    /// A refusal goes to the page, anything else is a problem.
    ///
    /// # Errors
    /// What is not a refusal.
    pub fn refusal<R>(stop: Stop<R>) -> Result<R, Self> {
        match stop {
            Stop::Refused(refused) => Ok(refused),
            Stop::Denied => Err(Self::NotFound),
            Stop::Fault(fault) => Err(Self::Fault(fault.into())),
        }
    }
}

/// A plain page without a visitor: title, text, one way on.
fn plain(title: &str, text: &Markup) -> Markup {
    layout::bare(
        title,
        &html! {
            h1 { (title) }
            p.lede { (text) }
            p { a.btn href="/" { "Go to my start page" } }
        },
    )
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => {
                let text = html! { "There is nothing at this address, or nothing for you to see." };
                (StatusCode::NOT_FOUND, plain("Not found", &text)).into_response()
            }
            Self::SignInFirst => (StatusCode::SEE_OTHER, [(header::LOCATION, "/sign-in")]).into_response(),
            Self::UnlockFirst(visit, owes) => unlock::instead(&visit, owes),
            Self::Foreign => {
                let text = html! { "That form did not come from this page, or it was open for too long. Nothing was done. Go back, load the page again and send it once more." };
                (StatusCode::FORBIDDEN, plain("Please send that again", &text)).into_response()
            }
            Self::Unreadable(status, sentence) => {
                (status, plain("That could not be read", &html! { (sentence) })).into_response()
            }
            Self::Fault(store_fault::Fault(said, kind)) => {
                let reference = actions::chance::digest(&said).chars().take(8).collect::<String>();
                tracing::error!(reference, fault = said, "a page failed");
                let (status, title, sentence) = kind.told();
                (status, plain(title, &html! { (sentence) " " strong { (reference) } })).into_response()
            }
        }
    }
}
