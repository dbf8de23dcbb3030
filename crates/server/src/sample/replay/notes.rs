//! Conversations that are noted, and the end of a year.

use actions::desk::Desk;
use actions::hours::{self, Note};
use actions::threads::{self, Change};
use domain::hours::Purpose;
use domain::minutes::Minutes;
use domain::support::Stage;

use super::Replay;
use crate::cli::CliError;

impl Replay {
    /// Teachers take back what was never answered, and end the rest.
    pub(super) async fn end_of_year(&mut self, desk: &Desk) -> Result<(), CliError> {
        for (thread, teacher) in std::mem::take(&mut self.on) {
            let seen = self.thread(desk, thread, teacher).await?;
            let change = Change { who: self.id(teacher)?, thread, version: seen.version };
            let done = match seen.stage {
                Stage::Waiting => threads::withdraw(desk, change).await,
                Stage::Open => threads::end(desk, change).await,
                _ => Ok(()),
            };
            done.map_err(|stop| CliError::said(format!("{stop:?}")))?;
        }
        Ok(())
    }

    pub(super) async fn note(
        &mut self,
        desk: &Desk,
        practitioner: usize,
        (colleague, minutes): (Option<usize>, i64),
    ) -> Result<(), CliError> {
        let with = colleague.map(|one| self.id(one)).transpose()?;
        let purposes = match self.dice.roll(6) {
            0 => vec![Purpose::Group],
            1 if with.is_none() => vec![Purpose::Team],
            2 if with.is_some() => vec![Purpose::OneToOne, Purpose::Induction],
            _ => vec![Purpose::OneToOne],
        };
        let note = Note {
            minutes: Minutes(minutes),
            day: desk.today(),
            with,
            themes: self.some_themes(),
            purposes,
            once: format!("sample {}", self.count),
        };
        self.count += 1;
        hours::note(desk, self.id(practitioner)?, note)
            .await
            .map(drop)
            .map_err(|stop| CliError::said(format!("{stop:?}")))
    }
}
