//! The way out for mail: into a folder, or to a mail server. Rules R-MAI-5 to R-MAI-8.

mod letter;
mod settings;
mod ways;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actions::mail::{Failure, Waiting};
use domain::period::Calendar;
use jiff::Timestamp;
use lettre::message::Mailbox;

use crate::conf::SettingsError;
pub use settings::Settings;
use ways::Way;

/// A try is cut off after so long, whatever the mail server does (R-MAI-7).
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Files of mail are kept for so many days.
const KEPT_DAYS: i64 = 30;
/// More addresses than this wait for a link only when somebody sends them by machine; the rest are forgotten.
const MOST_ASKED: usize = 500;

/// Where mail goes, and who asked for a link since the last look.
pub struct Post {
    address: String,
    from: Mailbox,
    way: Way,
    patience: Duration,
    asked: Mutex<Vec<String>>,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").finish_non_exhaustive()
    }
}

impl Post {
    /// By the settings of a data folder: `mail.conf` there, or else files in its folder `mail` (R-MAI-8).
    ///
    /// # Errors
    /// Settings that cannot be read or used, as a sentence.
    pub fn of(folder: &Path, here: &str) -> Result<Self, SettingsError> {
        let settings = Settings::in_folder(folder)?;
        let way = match &settings.server {
            Some(server) => Way::to(server, &settings.from)?,
            None => Way::Folder(folder.join("mail")),
        };
        Ok(Self::by(way, settings.address.unwrap_or_else(|| here.to_owned()), settings.from))
    }

    /// Files in a folder and nothing else, whatever the settings: the people of a sample college are nobody.
    pub fn files(folder: &Path, here: &str) -> Self {
        Self::by(Way::Folder(folder.join("mail")), here.to_owned(), settings::nobody())
    }

    fn by(way: Way, address: String, from: Mailbox) -> Self {
        Self { address, from, way, patience: PATIENCE, asked: Mutex::default() }
    }

    /// The same, less patient: for tests with a mail server that hangs.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Where people reach the program, without a slash at the end. Never taken from what a browser sends.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Somebody asked for a link to an address. It is looked up later and apart from the answer, so that neither the
    /// answer nor the time it takes tells whether anybody has it (R-ACC-7).
    pub fn ask(&self, email: &str) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() < MOST_ASKED {
            asked.push(email.to_owned());
        }
    }

    /// Who asked since the last look.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Removes files of mail after thirty days.
    pub fn clear(&self, now: Timestamp) {
        if let Way::Folder(folder) = &self.way
            && let Err(fault) = ways::clear(folder, now.as_second(), KEPT_DAYS)
        {
            tracing::warn!(why = %fault.kind(), "old mail could not be cleared from its folder");
        }
    }

    /// Delivers one mail, or says why not.
    ///
    /// # Errors
    /// Why not, without an address.
    pub async fn deliver(&self, mail: &Waiting, calendar: &Calendar) -> Result<(), Failure> {
        let message = letter::message(mail, (&self.from, &self.address), calendar)?;
        match tokio::time::timeout(self.patience, self.way.send(mail.id, message)).await {
            Ok(sent) => sent,
            Err(_) => Err(Failure::TooSlow),
        }
    }
}
