//! `backup.conf` in the data folder: whom backups are sealed to, where they go and when (R-BAK-7), and the job that makes them.
//! A line is `key = value`, as in `mail.conf`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use actions::backup::container::Recipient;
use actions::backup::{self, BackupRefused, Maker, Plan};
use actions::{Never, Stop};
use jiff::civil::{Date, DateTime};

use crate::clock;
use crate::conf::{Conf, SettingsError, once};
use crate::routes::App;

/// The file.
const BACKUP: Conf = Conf("backup.conf");
/// After a failure the job waits so long, so that the log is not filled.
const PATIENCE_SECONDS: i64 = 3600;

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where backups go; the folder `backups` in the data folder unless said.
    pub folder: Option<PathBuf>,
    /// Where those of the keyring go; to the others unless said.
    pub keyring_folder: Option<PathBuf>,
    /// Whom they are sealed to.
    pub recipients: Vec<Recipient>,
    /// The hour of the college's day at which the program makes one by itself; never unless said.
    pub hour: Option<i8>,
    /// After how many days a backup of the database is removed; never unless said.
    pub keep_days: Option<i64>,
}

impl Settings {
    /// Reads the file of a data folder; without one, nothing is set.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn in_folder(folder: &Path) -> Result<Self, SettingsError> {
        Self::read(&BACKUP.text(folder)?)
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        BACKUP.each(text, |key, value| settings.take(key, value))?;
        if settings.hour.is_some() && settings.recipients.is_empty() {
            return Err(BACKUP.whole("there is an hour, but no `recipient`: nobody could open what is made then"));
        }
        Ok(settings)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), &'static str> {
        let whole = |value: &str| {
            let path = PathBuf::from(value);
            if path.is_absolute() { Ok(path) } else { Err("write a folder from the root on, such as /var/backups") }
        };
        match key {
            "folder" => once(&mut self.folder, whole(value)?),
            "keyring_folder" => once(&mut self.keyring_folder, whole(value)?),
            "recipient" => {
                let wrong = "a `recipient` begins with age1; `alongside backup --new-identity FILE` makes one";
                self.recipients.push(value.parse().map_err(|_| wrong)?);
                Ok(())
            }
            "hour" => {
                let hour = value.parse().ok().filter(|hour| (0..24).contains(hour));
                once(&mut self.hour, hour.ok_or("`hour` is a whole number from 0 to 23")?)
            }
            "keep_days" => {
                let days = value.parse().ok().filter(|days| (1..=36_500).contains(days));
                once(&mut self.keep_days, days.ok_or("`keep_days` is a number of days such as 60")?)
            }
            _ => Err("there is no such key; known are folder, keyring_folder, recipient, hour, keep_days"),
        }
    }

    /// What they mean for a data folder.
    pub fn plan(&self, data: &Path) -> Plan {
        let folder = self.folder.clone().unwrap_or_else(|| data.join("backups"));
        Plan {
            data: data.to_owned(),
            keyring_folder: self.keyring_folder.clone().unwrap_or_else(|| folder.clone()),
            folder,
            recipients: self.recipients.clone(),
            keep_days: self.keep_days,
        }
    }
}

/// The backups that the program makes by itself.
#[derive(Debug, Clone)]
pub struct Nights {
    hour: Option<i8>,
    plan: Plan,
    cleared: Option<Date>,
    quiet_until: i64,
}

impl Nights {
    /// By the settings of a data folder.
    ///
    /// # Errors
    /// Settings that cannot be read or used, as a sentence.
    pub fn of(data: &Path) -> Result<Self, SettingsError> {
        let settings = Settings::in_folder(data)?;
        Ok(Self { hour: settings.hour, plan: settings.plan(data), cleared: None, quiet_until: 0 })
    }

    /// Makes a backup if the hour has struck since the last one, and once a day removes what is past its days.
    ///
    /// # Errors
    /// A fault; it will be tried again after an hour.
    pub async fn due(&mut self, app: &App) -> Result<(), Stop<BackupRefused>> {
        let desk = app.desk();
        let now = desk.now.as_second();
        if now < self.quiet_until {
            return Ok(());
        }
        self.quiet_until = now + PATIENCE_SECONDS;
        if self.cleared != Some(desk.today()) {
            backup::clear(&desk, &self.plan).await?;
            self.cleared = Some(desk.today());
        }
        if let Some(hour) = self.hour {
            let last = backup::last(&desk).await.map_err(Stop::<Never>::widen_never)?;
            let local = |at| desk.frame.calendar.local(at);
            if is_due(hour, local(desk.now), last.map(local)) {
                backup::make(&desk, Maker::Job, &self.plan).await?;
                tracing::info!("made the backup of the night");
                app.0.meter.ran("backup", clock::machine().as_second());
            } else if let Some(last) = last {
                app.0.meter.ran("backup", last.as_second());
            }
        }
        self.quiet_until = 0;
        Ok(())
    }

    /// Looks every minute for as long as the program runs.
    pub async fn run(mut self, app: App) {
        let mut minute = tokio::time::interval(Duration::from_secs(60));
        minute.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            minute.tick().await;
            if let Err(stop) = self.due(&app).await {
                tracing::error!(why = told(&stop), "no backup was made; it is tried again in an hour");
            }
        }
    }
}

/// Why there is no backup, without the name of a folder or a file.
fn told(stop: &Stop<BackupRefused>) -> String {
    match stop {
        Stop::Denied => "denied".to_owned(),
        Stop::Refused(BackupRefused::File(fault)) => {
            format!("a file could not be written or removed: {}", fault.kind())
        }
        Stop::Refused(refused) => refused.to_string(),
        Stop::Fault(fault) => fault.to_string(),
    }
}

/// Whether an hour of the day has struck since the last backup.
fn is_due(hour: i8, now: DateTime, last: Option<DateTime>) -> bool {
    let today = now.date().at(hour, 0, 0, 0);
    let struck = if now >= today { Some(today) } else { now.date().yesterday().ok().map(|day| day.at(hour, 0, 0, 0)) };
    match (last, struck) {
        (Some(last), Some(struck)) => last < struck,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

    /// R-BAK-7
    #[test]
    fn the_file_is_read_as_people_write_it() {
        let text = format!(
            "# Backups\nfolder = /var/backups/alongside\nkeyring_folder = /srv/keys\nrecipient = {ONE}\nhour = 2\nkeep_days = 60\n"
        );
        let settings = Settings::read(&text).unwrap();
        let plan = settings.plan(Path::new("/data"));
        assert_eq!(
            (plan.folder.to_str(), plan.keyring_folder.to_str()),
            (Some("/var/backups/alongside"), Some("/srv/keys"))
        );
        assert_eq!((settings.hour, plan.keep_days, plan.recipients.len()), (Some(2), Some(60), 1));
        let plan = Settings::read("").unwrap().plan(Path::new("/data"));
        assert_eq!((plan.folder, plan.keyring_folder), ("/data/backups".into(), "/data/backups".into()));
    }

    /// R-BAK-7
    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, said) in [
            ("hour", "backup.conf, line 1: write it as"),
            ("\nhour = 24", "backup.conf, line 2: `hour` is a whole number"),
            ("hour = 2\nhour = 3", "backup.conf, line 2: this key stands twice"),
            ("recipient = AGE-SECRET-KEY-1", "backup.conf, line 1: a `recipient` begins with age1"),
            ("folder = backups", "backup.conf, line 1: write a folder from the root on"),
            ("keep_days = 0", "backup.conf, line 1: `keep_days`"),
            ("nightly = yes", "backup.conf, line 1: there is no such key"),
            ("folder =", "backup.conf, line 1: something is missing"),
            ("hour = 2", "backup.conf: there is an hour, but no `recipient`"),
        ] {
            let wrong = Settings::read(text).unwrap_err().to_string();
            assert!(wrong.starts_with(said), "{text}: {wrong}");
        }
    }

    /// R-BAK-7
    #[test]
    fn a_night_is_due_once_and_one_that_was_missed_at_once() {
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        let due = |now: &str, last: Option<&str>| is_due(2, at(now), last.map(at));
        assert!(due("2026-11-22T02:00", Some("2026-11-21T02:00:30")));
        assert!(!due("2026-11-22T01:59", Some("2026-11-21T02:00:30")));
        assert!(!due("2026-11-22T02:01", Some("2026-11-22T02:00:30")));
        assert!(due("2026-11-22T09:00", Some("2026-11-20T02:00")), "the machine was off at night");
        assert!(!due("2026-11-22T01:00", Some("2026-11-21T15:00")), "one by hand counts");
        assert!(due("2026-11-22T01:00", None));
    }
}
