//! Months of activity, replayed through actions in order of time: the same requests, answers, meetings and notes every time.

mod last_year;
mod notes;
mod plan;
mod required;
mod sessions;
mod settle;
mod step;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use actions::desk::{Desk, House};
use actions::threads::{self, Change, Thread};
use actions::{board, directory, meetings, people, releases, support};
use domain::began::Began;
use domain::ids::{PersonId, ThemeId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::staff_file::Staff;
use domain::support::{Manner, Place, Request, Slot, Span, WhyNow, published};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::cli::CliError;
use step::Step;

/// A small generator with a fixed start: the sample must not depend on a library's choice of one.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// From nought to one less than there are sides.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        usize::try_from((self.0 >> 33) % sides).unwrap_or(0)
    }
}

struct Replay {
    house: Arc<House>,
    ids: Vec<PersonId>,
    practitioners: Vec<usize>,
    /// Names of the areas, as in the staff file.
    areas: Vec<String>,
    /// Teachers who look after no area, with their own.
    teachers: Vec<(usize, usize)>,
    themes: Vec<ThemeId>,
    now: Timestamp,
    dice: Dice,
    queue: BinaryHeap<Reverse<(Timestamp, u32, Step)>>,
    count: u32,
    /// Required support, by its teacher.
    tracks: BTreeMap<usize, TrackId>,
    /// Threads that may still be on, with their teachers.
    on: BTreeMap<ThreadId, usize>,
    /// Threads that ended, with their teachers and the day.
    over: Vec<(ThreadId, usize, Date)>,
    /// Whether it is the year before: less happens, and some sessions are meetings.
    before: bool,
}

/// Replays everything from the start of the academic year `begun` to nine o'clock of `today`, and returns that moment.
pub async fn run(house: &Arc<House>, (staff, begun, today): (&Staff, i16, Date)) -> Result<Timestamp, CliError> {
    let mut replay = Replay::new(house, staff, today).await?;
    let desk = replay.desk(replay.now);
    replay.plan(&desk, (staff, begun, today));
    replay.plan_sessions(&desk, (staff, today));
    replay.plan_releases(&desk, begun);
    replay.play().await?;
    Ok(replay.now)
}

/// Replays the year before, in which less happened: so that there is something to compare with.
pub async fn year_before(house: &Arc<House>, (staff, begun): (&Staff, i16)) -> Result<(), CliError> {
    let mut replay = Replay::new(house, staff, Date::constant(begun, 8, 31)).await?;
    (replay.before, replay.count, replay.dice) = (true, 1_000_000, Dice(29));
    let desk = replay.desk(replay.now);
    replay.plan_last_year(&desk, (staff, begun.saturating_sub(1)));
    replay.play().await
}

fn nobody() -> CliError {
    CliError::said("the sample's staff file has nobody in it".to_owned())
}

impl Replay {
    /// Nothing to happen yet, up to nine o'clock of `today`.
    async fn new(house: &Arc<House>, staff: &Staff, today: Date) -> Result<Self, CliError> {
        let desk = Desk::new(Arc::clone(house), crate::clock::machine());
        let now = desk.frame.calendar.instant(today, 9 * 60).map_err(|gap| CliError::said(gap.to_string()))?;
        let mut ids = Vec::new();
        for person in &staff.people {
            let id = people::by_email(&desk, &person.email).await?;
            ids.push(id.ok_or_else(|| CliError::said(person.email.clone()))?);
        }
        let numbered = || staff.people.iter().enumerate();
        let practitioners: Vec<usize> =
            numbered().filter(|(_, person)| person.practice.is_some()).map(|(at, _)| at).collect();
        let first = practitioners.first().copied().unwrap_or_default();
        let lead = desk.person::<actions::Never>(&desk.read(), ids.get(first).copied().ok_or_else(nobody)?).await?;
        let themes = directory::themes(&desk, &lead).await?.into_iter().map(|theme| theme.id).collect();
        let teachers =
            numbered().filter(|(_, one)| one.practice.is_none()).filter_map(|(at, one)| Some((at, one.area?)));
        Ok(Self {
            house: Arc::clone(house),
            ids,
            practitioners,
            areas: staff.areas.clone(),
            teachers: teachers.collect(),
            themes,
            now,
            dice: Dice(773),
            queue: BinaryHeap::new(),
            count: 0,
            tracks: BTreeMap::new(),
            on: BTreeMap::new(),
            over: Vec::new(),
            before: false,
        })
    }

    fn at(&mut self, at: Timestamp, step: Step) {
        if at < self.now {
            self.count += 1;
            self.queue.push(Reverse((at, self.count, step)));
        }
    }

    fn desk(&self, now: Timestamp) -> Desk {
        Desk::new(Arc::clone(&self.house), now)
    }

    fn id(&self, index: usize) -> Result<PersonId, CliError> {
        self.ids.get(index).copied().ok_or_else(nobody)
    }

    async fn play(&mut self) -> Result<(), CliError> {
        while let Some(Reverse((now, _, step))) = self.queue.pop() {
            let desk = self.desk(now);
            if step.thread().is_some_and(|thread| !self.on.contains_key(&thread)) {
                continue;
            }
            match step {
                Step::Ask { teacher, practitioner, timed, answered } => {
                    self.ask(&desk, (teacher, practitioner), (timed, answered)).await?
                }
                Step::Answer { thread, teacher, practitioner, more } => {
                    self.answer(&desk, thread, (teacher, practitioner, more)).await?
                }
                Step::Agree { thread, teacher, practitioner, more } => {
                    self.agree(&desk, thread, (teacher, practitioner, more)).await?
                }
                Step::Hold { thread, teacher, practitioner, more } => {
                    self.hold(&desk, thread, (teacher, practitioner, more)).await?
                }
                Step::Note { practitioner, colleague, minutes } => {
                    self.note(&desk, practitioner, (colleague, minutes)).await?
                }
                Step::Induct { tale, newcomers, who } => self.induct(&desk, (tale, &newcomers), who).await?,
                Step::Settle { newcomer } => self.settle(&desk, newcomer).await?,
                Step::Required(three, part) => self.required(&desk, (three, part)).await?,
                Step::Need { area, practitioner, head } => self.need(&desk, (area, practitioner, head)).await?,
                Step::Plan { area, practitioner, day, number } => {
                    self.plan_session(&desk, (area, practitioner), (day, number)).await?
                }
                Step::Held { training, practitioner, ready } => {
                    self.hold_session(&desk, (training, practitioner, ready)).await?
                }
                Step::Week => drop(board::recompute(&desk).await?),
                Step::Year => self.end_of_year(&desk).await?,
                Step::Release => drop(releases::keep(&desk).await?),
                Step::Delete(by) => self.delete(&desk, by).await?,
            }
        }
        Ok(())
    }

    fn some_themes(&mut self) -> Vec<ThemeId> {
        let (one, two) = (self.dice.roll(self.themes.len()), self.dice.roll(self.themes.len() * 2));
        [one, two].iter().filter_map(|at| self.themes.get(*at)).copied().collect()
    }

    async fn slots(&self, desk: &Desk, practitioner: PersonId) -> Result<Vec<Slot>, CliError> {
        let who = desk.person::<actions::Never>(&desk.read(), practitioner).await?;
        let all = directory::see(desk, &who).await?;
        let own = all.into_iter().find(|one| one.id == practitioner);
        Ok(own.map(|own| published(&desk.frame.calendar, &own.support_hours, desk.now)).unwrap_or_default())
    }

    async fn ask(
        &mut self,
        desk: &Desk,
        (teacher, practitioner): (usize, usize),
        (timed, answered): (bool, bool),
    ) -> Result<(), CliError> {
        let slots = self.slots(desk, self.id(practitioner)?).await?;
        let later = desk.now.saturating_add(30.hours()).unwrap_or(desk.now);
        let ahead: Vec<Slot> =
            slots.into_iter().filter(|slot| slot.starts > later && (!answered || Self::is_used(slot))).collect();
        // Who is to be answered by whoever plays the practitioner wishes for a time that is free.
        let free = ahead.iter().position(|slot| !Self::is_used(slot)).unwrap_or_default();
        let at = if answered { self.dice.roll(ahead.len().min(5)) } else { free };
        let wish = ahead.get(at).copied().filter(|_| timed);
        let more = u8::try_from(self.dice.roll(4)).unwrap_or(0);
        let request = Request {
            practitioner: self.id(practitioner)?,
            themes: self.some_themes(),
            why: WhyNow::ALL.get(self.dice.roll(WhyNow::ALL.len() * 2)).copied(),
            manner: Manner { span: if more > 0 { Span::Ongoing } else { Span::OneTouch }, ..Manner::default() },
            place: Place::ALL.get(self.dice.roll(Place::ALL.len())).copied(),
            wish,
            // Of five three say their own, one that it was suggested, one nothing: by the count, so that the dice fall as they did.
            began: [Began::Own, Began::Suggested, Began::Own, Began::Own].into_iter().nth((self.count % 5) as usize),
        };
        let once = format!("sample {}", self.count);
        self.count += 1;
        // Somebody who is in touch already does not ask again.
        let Ok(thread) = support::ask(desk, self.id(teacher)?, (request, &once)).await else { return Ok(()) };
        self.on.insert(thread, teacher);
        if answered {
            let then = desk
                .now
                .saturating_add((20 + i64::try_from(self.dice.roll(9)).unwrap_or(0)).hours())
                .unwrap_or(desk.now);
            self.at(then, Step::Answer { thread, teacher, practitioner, more });
        }
        Ok(())
    }

    async fn thread(&self, desk: &Desk, thread: ThreadId, who: usize) -> Result<Thread, CliError> {
        let who = desk.person::<actions::Never>(&desk.read(), self.id(who)?).await?;
        Ok(threads::see(desk, &who, thread).await?.thread)
    }

    /// Whether a time is used in the replay: every third support hour stays free, for whoever plays with the sample.
    fn is_used(slot: &Slot) -> bool {
        let seconds = slot.starts.as_second();
        // Another one every week.
        (seconds / 86_400 + seconds / 3600) % 3 != 0
    }

    /// The practitioner agrees to the wish, or else offers the next support hours.
    async fn answer(
        &mut self,
        desk: &Desk,
        thread: ThreadId,
        (teacher, practitioner, more): (usize, usize, u8),
    ) -> Result<(), CliError> {
        let seen = self.thread(desk, thread, practitioner).await?;
        let change = Change { who: self.id(practitioner)?, thread, version: seen.version };
        let next = desk.now.saturating_add(5.hours()).unwrap_or(desk.now);
        if let Some(offer) = seen.offers.first()
            && threads::accept(desk, change, offer.id).await.is_ok()
        {
            self.at(end(&offer.slot), Step::Hold { thread, teacher, practitioner, more });
            return Ok(());
        }
        let slots = self.slots(desk, self.id(practitioner)?).await?;
        let later = desk.now.saturating_add(48.hours()).unwrap_or(desk.now);
        for slot in slots.into_iter().filter(|slot| slot.starts > later && Self::is_used(slot)) {
            if threads::offer(desk, change, (&[slot], OfferFor::More(Form::Talk))).await.is_ok() {
                self.at(next, Step::Agree { thread, teacher, practitioner, more });
                return Ok(());
            }
        }
        // Every support hour ahead is booked: try again next week.
        self.at(
            desk.now.saturating_add(168.hours()).unwrap_or(desk.now),
            Step::Answer { thread, teacher, practitioner, more },
        );
        Ok(())
    }

    async fn agree(
        &mut self,
        desk: &Desk,
        thread: ThreadId,
        (teacher, practitioner, more): (usize, usize, u8),
    ) -> Result<(), CliError> {
        let seen = self.thread(desk, thread, teacher).await?;
        let change = Change { who: self.id(teacher)?, thread, version: seen.version };
        if let Some(offer) = seen.offers.first()
            && threads::accept(desk, change, offer.id).await.is_ok()
        {
            self.at(end(&offer.slot), Step::Hold { thread, teacher, practitioner, more });
        } else {
            // The time had gone: the practitioner offers another one.
            let then = desk.now.saturating_add(20.hours()).unwrap_or(desk.now);
            self.at(then, Step::Answer { thread, teacher, practitioner, more });
        }
        Ok(())
    }

    /// The meeting took place, nearly always; then another, or the end.
    async fn hold(
        &mut self,
        desk: &Desk,
        thread: ThreadId,
        (teacher, practitioner, more): (usize, usize, u8),
    ) -> Result<(), CliError> {
        let seen = self.thread(desk, thread, practitioner).await?;
        let Some(meeting) = seen.meetings.iter().find(|meeting| meeting.state == State::Booked) else { return Ok(()) };
        let change = Change { who: self.id(practitioner)?, thread, version: seen.version };
        let (outcome, length) = if self.dice.roll(12) == 0 {
            (State::Missed, 45)
        } else {
            (State::Held, 40 + 5 * i64::try_from(self.dice.roll(5)).unwrap_or(0))
        };
        meetings::record(desk, change, (meeting.id, outcome, Minutes(length)))
            .await
            .map_err(|stop| CliError::said(format!("{stop:?}")))?;
        let lasting = more == 0 && self.dice.roll(2) == 0;
        if more > 0 || lasting {
            let then = desk.now.saturating_add(3.hours()).unwrap_or(desk.now);
            self.at(then, Step::Answer { thread, teacher, practitioner, more: more.saturating_sub(1) });
        } else {
            let seen = self.thread(desk, thread, teacher).await?;
            let change = Change { who: self.id(teacher)?, thread, version: seen.version };
            threads::end(desk, change).await.map_err(|stop| CliError::said(format!("{stop:?}")))?;
            self.on.remove(&thread);
            self.over.push((thread, teacher, desk.today()));
        }
        Ok(())
    }
}

/// Shortly after a meeting.
fn end(slot: &Slot) -> Timestamp {
    slot.ends().saturating_add(5.minutes()).unwrap_or(slot.starts)
}
