//! Two stories of required support: one that is on, with a practitioner, an opening conversation and a first meeting; one at its
//! start.

use actions::Never;
use actions::desk::Desk;
use actions::required::{self, Common, Require, View};
use actions::threads::{self, Change};
use actions::{meetings, tracks};
use domain::ids::{PersonId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::period::days_after;
use domain::required::{Plan, Reason};
use domain::support::Slot;

use super::{Replay, Step, end};
use crate::cli::CliError;

/// What happens next in such a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Require,
    Choose,
    Propose,
    Answer,
    Open,
    Meet,
    Met,
}

/// Who is in it, by their place in the staff file; without a practitioner it stays at its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Three {
    pub manager: usize,
    pub teacher: usize,
    pub practitioner: Option<usize>,
}

fn said<T, R: std::fmt::Debug>(result: Result<T, actions::Stop<R>>) -> Result<T, CliError> {
    result.map_err(|stop| CliError::said(format!("{stop:?}")))
}

impl Replay {
    pub(super) async fn required(&mut self, desk: &Desk, (three, part): (Three, Part)) -> Result<(), CliError> {
        let (manager, teacher) = (self.id(three.manager)?, self.id(three.teacher)?);
        if part == Part::Require {
            let require = paper(three.practitioner.is_some(), teacher);
            let track = said(required::start(desk, manager, (&require, "sample")).await)?;
            self.tracks.insert(three.teacher, track);
            return Ok(());
        }
        let (Some(track), Some(helps)) = (self.tracks.get(&three.teacher).copied(), three.practitioner) else {
            return Ok(());
        };
        let practitioner = self.id(helps)?;
        match part {
            Part::Require => {}
            Part::Choose => drop(said(required::choose(desk, teacher, (track, practitioner, "sample")).await)?),
            Part::Propose => {
                for slot in afternoons(desk) {
                    if tracks::offer_opening(desk, (practitioner, track), &slot).await.is_ok() {
                        self.at(end(&slot), Step::Required(three, Part::Open));
                        break;
                    }
                }
            }
            Part::Answer | Part::Open => {
                let Some(opening) = seen(desk, (teacher, track)).await?.0.opening else { return Ok(()) };
                if part == Part::Open {
                    let held = (opening.meeting, State::Held);
                    return said(tracks::record_opening(desk, (practitioner, track), held).await);
                }
                for who in [teacher, manager] {
                    said(tracks::answer_opening(desk, (who, track), (opening.meeting, true)).await)?;
                }
            }
            Part::Meet => {
                let (_, Some(thread)) = seen(desk, (teacher, track)).await? else { return Ok(()) };
                for slot in afternoons(desk) {
                    let from = change(desk, (practitioner, thread)).await?;
                    if threads::offer(desk, from, (&[slot], OfferFor::More(Form::Talk))).await.is_err() {
                        continue;
                    }
                    let who = said(desk.person::<Never>(&desk.read(), teacher).await)?;
                    let Some(offer) = said(threads::see(desk, &who, thread).await)?.thread.offers.first().cloned()
                    else {
                        return Ok(());
                    };
                    said(threads::accept(desk, change(desk, (teacher, thread)).await?, offer.id).await)?;
                    self.at(end(&slot), Step::Required(three, Part::Met));
                    break;
                }
            }
            Part::Met => {
                let (_, Some(thread)) = seen(desk, (teacher, track)).await? else { return Ok(()) };
                let who = said(desk.person::<Never>(&desk.read(), practitioner).await)?;
                let all = said(threads::see(desk, &who, thread).await)?.thread.meetings;
                let Some(booked) = all.iter().find(|one| one.state == State::Booked) else { return Ok(()) };
                let held = (booked.id, State::Held, Minutes(45));
                said(meetings::record(desk, change(desk, (practitioner, thread)).await?, held).await)?;
            }
        }
        Ok(())
    }
}

/// What the line manager writes.
fn paper(on: bool, teacher: PersonId) -> Require {
    let (reason, text, meetings) = if on {
        let text = "You have taken over the second-year marketing course at short notice. Please use this time to settle how \
                    you question the whole group, so that more of them answer, and how you check at the end of a lesson what \
                    has stayed. Anything else the two of you find useful is yours to decide.";
        (Reason::NewCourse, text, 6)
    } else {
        let text = "You are back after nine months away, and the specification has changed meanwhile. Please use this time to \
                    plan the first units together.";
        (Reason::ComingBack, text, 4)
    };
    let plan = Plan { meetings, length: Minutes(45) };
    Require { teacher, reason, themes: Vec::new(), plan, text: text.to_owned(), read: false }
}

/// Half past four on the working days of the coming two weeks.
fn afternoons(desk: &Desk) -> Vec<Slot> {
    let calendar = &desk.frame.calendar;
    let days = (1..14).map(|ahead| days_after(desk.today(), ahead)).filter(|day| calendar.is_working_day(*day));
    days.filter_map(|day| Some(Slot { starts: calendar.instant(day, 16 * 60 + 30).ok()?, length: Minutes(45) }))
        .collect()
}

/// A track as its teacher sees it, and the thread it is given in.
async fn seen(desk: &Desk, (teacher, track): (PersonId, TrackId)) -> Result<(Common, Option<ThreadId>), CliError> {
    let who = said(desk.person::<Never>(&desk.read(), teacher).await)?;
    match said(required::see(desk, &who, track).await)? {
        View::Two(seen) => Ok((seen.track.common, seen.track.thread.map(|(thread, _)| thread))),
        View::Manager(reported) => Ok((reported.common, None)),
    }
}

async fn change(desk: &Desk, (who, thread): (PersonId, ThreadId)) -> Result<Change, CliError> {
    let facts = said(desk.person::<Never>(&desk.read(), who).await)?;
    Ok(Change { who, thread, version: said(threads::see(desk, &facts, thread).await)?.thread.version })
}
