//! A point of a system, moved by single people: one more here, one fewer there, until every row holds again. What was seen
//! on the way is proof that it is possible.

use super::System;

/// How far one change may lead to others.
const DEEPEST: u32 = 7;
/// Work spent on one step before it is given up.
const WORK: usize = 60_000;

/// A point where every row holds, and what has been seen so far.
#[derive(Debug, Clone)]
pub struct Walk {
    at: Vec<i64>,
    sums: Vec<i64>,
    rows: Vec<(i64, i64)>,
    variables: Vec<(i64, i64)>,
    moved: Vec<(usize, i64)>,
    work: usize,
    /// The row that is being moved, and which way: nothing may move it back.
    held: Option<(usize, i64)>,
}

impl Walk {
    /// Begins at a point; nothing where a row does not hold there.
    pub fn begin(system: &System, at: Vec<i64>) -> Option<Self> {
        let value = |variable: usize| at.get(variable).copied().unwrap_or_default();
        let sum = |terms: &[(usize, i64)]| terms.iter().map(|(variable, times)| times * value(*variable)).sum();
        let sums: Vec<i64> = system.rows().iter().map(|row| sum(&row.terms)).collect();
        let inside =
            at.len() == system.most().len() && at.iter().zip(system.most()).all(|(x, most)| (0..=*most).contains(x));
        let holds = system.rows().iter().zip(&sums).all(|(row, sum)| (row.low..=row.high).contains(sum));
        let rows = sums.iter().map(|sum| (*sum, *sum)).collect();
        let variables = at.iter().map(|x| (*x, *x)).collect();
        (inside && holds).then_some(Self { at, sums, rows, variables, moved: Vec::new(), work: 0, held: None })
    }

    /// Begins again at the same point: forgets what was seen.
    pub fn forget(&mut self) {
        self.rows = self.sums.iter().map(|sum| (*sum, *sum)).collect();
        self.variables = self.at.iter().map(|x| (*x, *x)).collect();
    }

    /// The sum of a row here.
    pub fn sum(&self, row: usize) -> i64 {
        self.sums.get(row).copied().unwrap_or_default()
    }

    /// The least and the most seen of a row.
    pub fn seen(&self, row: usize) -> (i64, i64) {
        self.rows.get(row).copied().unwrap_or((0, 0))
    }

    /// The least and the most seen of a variable.
    pub fn seen_variable(&self, variable: usize) -> (i64, i64) {
        self.variables.get(variable).copied().unwrap_or((0, 0))
    }

    /// Notes what another point of the same system has shown.
    pub fn saw(&mut self, other: &Self) {
        let wider = |mine: &mut (i64, i64), theirs: &(i64, i64)| *mine = (mine.0.min(theirs.0), mine.1.max(theirs.1));
        self.rows.iter_mut().zip(&other.rows).for_each(|(mine, theirs)| wider(mine, theirs));
        self.variables.iter_mut().zip(&other.variables).for_each(|(mine, theirs)| wider(mine, theirs));
    }

    /// Moves a row's sum by one up or down; false where no way was found, and nothing has moved then.
    pub fn step_row(&mut self, system: &System, row: usize, up: bool) -> bool {
        self.work = WORK;
        let (low, high) = system.limits(row);
        if (up && self.sum(row) >= high) || (!up && self.sum(row) <= low) {
            return false;
        }
        let way = if up { 1 } else { -1 };
        self.held = Some((row, way));
        let terms = system.terms(row);
        let turn = usize::try_from(self.sum(row)).unwrap_or_default();
        let turned = |number: usize| terms.get((number + turn) % terms.len().max(1)).copied().unwrap_or_default();
        let easy = (0..terms.len()).map(turned).find(|(variable, times)| self.easy(system, *variable, way * times));
        if let Some((variable, times)) = easy {
            self.apply(system, variable, way * times);
            return self.settle(system);
        }
        (0..terms.len()).map(turned).any(|(variable, times)| self.step(system, variable, way * times))
    }

    /// Moves a variable by one; false where no way was found, and nothing has moved then.
    pub fn step_variable(&mut self, system: &System, variable: usize, up: bool) -> bool {
        self.work = WORK;
        self.held = None;
        self.step(system, variable, if up { 1 } else { -1 })
    }

    fn step(&mut self, system: &System, variable: usize, way: i64) -> bool {
        self.push(system, variable, way, DEEPEST) && self.settle(system)
    }

    fn apply(&mut self, system: &System, variable: usize, way: i64) {
        if let Some(x) = self.at.get_mut(variable) {
            *x += way;
        }
        for (row, times) in system.rows_of(variable) {
            if let Some(sum) = self.sums.get_mut(*row) {
                *sum += times * way;
            }
        }
        self.moved.push((variable, way));
    }

    fn undo(&mut self, system: &System, to: usize) {
        while self.moved.len() > to {
            if let Some((variable, way)) = self.moved.pop() {
                self.apply(system, variable, -way);
                self.moved.pop();
            }
        }
    }

    /// Ends a step: keeps it if every row it touched holds, and notes what is seen; else takes it back.
    fn settle(&mut self, system: &System) -> bool {
        let holds = |variable: &usize| system.rows_of(*variable).iter().all(|(row, _)| self.short(system, *row) == 0);
        if !self.moved.iter().map(|(variable, _)| variable).all(holds) {
            self.undo(system, 0);
            return false;
        }
        for (variable, _) in std::mem::take(&mut self.moved) {
            let x = self.at.get(variable).copied().unwrap_or_default();
            if let Some(seen) = self.variables.get_mut(variable) {
                *seen = (seen.0.min(x), seen.1.max(x));
            }
            for (row, _) in system.rows_of(variable) {
                let sum = self.sum(*row);
                if let Some(seen) = self.rows.get_mut(*row) {
                    *seen = (seen.0.min(sum), seen.1.max(sum));
                }
            }
        }
        true
    }

    /// How far a row is from holding: above nought when its sum must grow.
    fn short(&self, system: &System, row: usize) -> i64 {
        let (low, high) = system.limits(row);
        let sum = self.sum(row);
        if sum < low { low - sum } else { (high - sum).min(0) }
    }

    fn may(&self, system: &System, variable: usize, way: i64) -> bool {
        let next = self.at.get(variable).copied().unwrap_or_default() + way;
        let most = system.most().get(variable).copied().unwrap_or_default();
        let back = |(row, held): (usize, i64)| {
            system.rows_of(variable).iter().any(|(r, times)| *r == row && times * way * held < 0)
        };
        (0..=most).contains(&next)
            && !self.held.is_some_and(back)
            && !self.moved.iter().any(|(moved, _)| *moved == variable)
    }

    /// Whether a variable can move and no row gets worse by it.
    fn easy(&self, system: &System, variable: usize, way: i64) -> bool {
        self.may(system, variable, way)
            && system.rows_of(variable).iter().all(|(row, times)| {
                let (low, high) = system.limits(*row);
                let next = self.sum(*row) + times * way;
                if times * way > 0 { next <= high } else { next >= low }
            })
    }

    /// Moves a variable, and others after it until no row it broke is still broken; false (and nothing moved) if that fails.
    fn push(&mut self, system: &System, variable: usize, way: i64, depth: u32) -> bool {
        if depth == 0 || self.work == 0 || !self.may(system, variable, way) {
            return false;
        }
        self.work = self.work.saturating_sub(1);
        let mark = self.moved.len();
        self.apply(system, variable, way);
        for (row, _) in system.rows_of(variable) {
            if self.short(system, *row) != 0 && !self.mend(system, *row, depth) {
                self.undo(system, mark);
                return false;
            }
        }
        true
    }

    fn mend(&mut self, system: &System, row: usize, depth: u32) -> bool {
        let short = self.short(system, row);
        let terms = system.terms(row);
        self.work = self.work.saturating_sub(terms.len());
        let turn = usize::try_from(self.sum(row).unsigned_abs()).unwrap_or_default();
        let turned = |number: usize| terms.get((number + turn) % terms.len().max(1)).copied().unwrap_or_default();
        let way = |times: i64| short.signum() * times.signum();
        let easy = (0..terms.len()).map(turned).find(|(other, times)| self.easy(system, *other, way(*times)));
        if let Some((other, times)) = easy {
            self.apply(system, other, way(times));
            return true;
        }
        (0..terms.len()).map(turned).any(|(other, times)| self.push(system, other, way(times), depth - 1))
    }
}
