//! What a reader can work out who knows how many answered at each session, what stands at each, and what is told of all: in whole
//! numbers, exactly. The answers of all sessions but one can be any that add up, so each session is held against the rest.

use super::{ANSWERS, Session};
use crate::bands::WIDTH;

/// At least and at most.
type Ends = (u64, u64);

/// What is told of a statement so far.
#[derive(Debug, Clone)]
pub(super) struct Told<'a> {
    sessions: &'a [Session],
    answers: u64,
    /// Agreed at all sessions together, as what stands at each of them leaves it.
    agreed: Ends,
    /// Agree, partly, disagree: of all.
    ends: [Ends; ANSWERS],
}

/// Where two of them meet; none where they do not.
fn both(one: Ends, other: Ends) -> Option<Ends> {
    let (low, high) = (one.0.max(other.0), one.1.min(other.1));
    (low <= high).then_some((low, high))
}

/// What is left of a range when so many are taken away; none where more are taken than it holds.
fn less(ends: Ends, taken: u64) -> Option<Ends> {
    Some((ends.0.saturating_sub(taken), ends.1.checked_sub(taken)?))
}

/// Whether three numbers in their ranges can be so many together.
fn adds_up(all: [Option<Ends>; ANSWERS], to: u64) -> bool {
    let [Some(one), Some(two), Some(three)] = all else { return false };
    one.0 + two.0 + three.0 <= to && to <= one.1 + two.1 + three.1
}

impl<'a> Told<'a> {
    /// Before anything is told of all sessions together.
    pub fn nothing(sessions: &'a [Session]) -> Self {
        let answers = sessions.iter().map(|one| one.answers).sum();
        let low = sessions.iter().map(|one| one.agreed.0).sum();
        let high = sessions.iter().map(|one| one.agreed.1).sum();
        Self { sessions, answers, agreed: (low, high), ends: [(0, answers); ANSWERS] }
    }

    /// How many answers there are.
    pub const fn answers(&self) -> u64 {
        self.answers
    }

    /// Tells the range of one of the three.
    pub fn tell(&mut self, at: usize, ends: Ends) {
        if let Some(own) = self.ends.get_mut(at) {
            *own = ends;
        }
    }

    fn of_all(&self) -> [Option<Ends>; ANSWERS] {
        let [agree, partly, disagree] = self.ends;
        [both(agree, self.agreed), Some(partly), Some(disagree)]
    }

    /// Whether any answers fit it.
    pub fn is_possible(&self) -> bool {
        adds_up(self.of_all(), self.answers)
    }

    /// Whether it leaves each of the three at least so many numbers of all, and at each session five, or as many as stood there open
    /// before.
    pub fn is_safe(&self, width: u64) -> bool {
        let of_all = (0..ANSWERS).all(|at| self.values(at) >= width);
        of_all && self.sessions.iter().all(|one| (0..ANSWERS).all(|at| self.leaves(one, at)))
    }

    /// How many numbers are possible for one of the three, of all.
    pub fn values(&self, at: usize) -> u64 {
        let all = self.of_all();
        let possible = |number: &u64| {
            let mut with = all;
            if let Some(own) = with.get_mut(at) {
                *own = own.and_then(|ends| both(ends, (*number, *number)));
            }
            adds_up(with, self.answers)
        };
        (0..=self.answers).filter(possible).count() as u64
    }

    fn leaves(&self, session: &Session, at: usize) -> bool {
        let (low, high) = session.agreed;
        let open = if at == 0 { high - low } else { session.answers - low } + 1;
        let enough = open.min(WIDTH);
        let numbers = (0..=session.answers).filter(|number| self.possible_at(session, at, *number));
        numbers.take(usize::try_from(enough).unwrap_or(usize::MAX)).count() as u64 == enough
    }

    /// Whether so many at a session can have said one of the three.
    pub fn possible_at(&self, session: &Session, at: usize, number: u64) -> bool {
        let Some(left) = session.answers.checked_sub(number) else { return false };
        (0..=left).any(|next| {
            let own = match at {
                0 => [number, next, left - next],
                1 => [next, number, left - next],
                _ => [next, left - next, number],
            };
            self.fits(session, own)
        })
    }

    fn fits(&self, session: &Session, own: [u64; ANSWERS]) -> bool {
        let [agree, partly, disagree] = own;
        if !(session.agreed.0..=session.agreed.1).contains(&agree) {
            return false;
        }
        let [all_agree, all_partly, all_disagree] = self.ends;
        let others = (self.agreed.0 - session.agreed.0, self.agreed.1 - session.agreed.1);
        let agreed = less(all_agree, agree).and_then(|left| both(left, others));
        adds_up([agreed, less(all_partly, partly), less(all_disagree, disagree)], self.answers - session.answers)
    }
}
