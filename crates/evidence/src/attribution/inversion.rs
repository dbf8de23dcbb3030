//! Which constant effects a randomisation test does not rule out.

/// What one assignment gives: the statistic of the outcomes, and of a constant effect of one where it was in truth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    pub outcome: f64,
    pub unit: f64,
}

const NEARLY: f64 = 1e-11;

/// The share of assignments at least as far from zero as the real one; when they are draws, the real one is added.
pub(super) fn share(real: f64, drawn: impl Iterator<Item = f64>, exact: bool) -> f64 {
    let (hits, all) = drawn.fold((0_u32, 0_u32), |(hits, all), value| {
        (hits + u32::from(value.abs() >= real.abs() * (1.0 - NEARLY)), all + 1)
    });
    let more = u32::from(!exact);
    f64::from(hits + more) / f64::from((all + more).max(1))
}

/// The lowest and the highest constant effect `d` at which more than a share `alpha` of the assignments are at least as far
/// from zero as the real one, after `d` is taken off where it was: `|T(Y) − d·T(D)| ≥ |t − d|`. The statistic is linear, so
/// each assignment gives one stretch of `d` or two, and no grid is needed. None where there is no end. R-CAU-6.
pub(super) fn interval(real: f64, drawn: &[Drawn], exact: bool, alpha: f64) -> [Option<f64>; 2] {
    let (mut begins, mut ends) = (Vec::with_capacity(drawn.len() + 1), Vec::with_capacity(drawn.len() + 1));
    let mut add = |from: f64, to: f64| {
        begins.push(from);
        ends.push(to);
    };
    if !exact {
        add(f64::NEG_INFINITY, f64::INFINITY);
    }
    drawn.iter().for_each(|one| stretches(real, *one, &mut add));
    let needed = alpha * (drawn.len() + usize::from(!exact)) as f64;
    let low = first(&mut begins, &mut ends, needed);
    let back = |values: &mut Vec<f64>| values.iter_mut().for_each(|value| *value = -*value);
    back(&mut begins);
    back(&mut ends);
    let high = first(&mut ends, &mut begins, needed).map(|value| -value);
    [low, high].map(|end| end.filter(|end| end.is_finite()))
}

/// The first point that lies in more than so many stretches.
fn first(begins: &mut [f64], ends: &mut [f64], needed: f64) -> Option<f64> {
    begins.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let mut over = ends.iter().peekable();
    let mut closed = 0_usize;
    let mut points = begins.iter().enumerate().peekable();
    while let Some((at, point)) = points.next() {
        if points.peek().is_some_and(|(_, next)| *next == point) {
            continue;
        }
        while over.next_if(|end| *end < point).is_some() {
            closed += 1;
        }
        if (at + 1 - closed.min(at + 1)) as f64 > needed + 1e-9 {
            return Some(*point);
        }
    }
    None
}

/// Where one assignment is at least as far out as the real one.
fn stretches(real: f64, one: Drawn, add: &mut impl FnMut(f64, f64)) {
    let (whole_low, whole_high) = (f64::NEG_INFINITY, f64::INFINITY);
    let (less, more) = (1.0 - one.unit, 1.0 + one.unit);
    // A difference of the two sides that is nothing but rounding.
    let none = NEARLY * (real.abs() + one.outcome.abs());
    let (apart, opposite) = (one.outcome - real, one.outcome + real);
    if less.abs() < NEARLY {
        match () {
            () if apart.abs() <= none => add(whole_low, whole_high),
            () if apart > 0.0 => add(whole_low, opposite / more),
            () => add(opposite / more, whole_high),
        }
    } else if more.abs() < NEARLY {
        match () {
            () if opposite.abs() <= none => add(whole_low, whole_high),
            () if opposite > 0.0 => add(-apart / less, whole_high),
            () => add(whole_low, -apart / less),
        }
    } else {
        let (one_end, other_end) = (-apart / less, opposite / more);
        let (low, high) = (one_end.min(other_end), one_end.max(other_end));
        if one.unit.abs() < 1.0 {
            add(low, high);
        } else {
            add(whole_low, low);
            add(high, whole_high);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn p(effect: f64, real: f64, drawn: &[Drawn]) -> f64 {
        share(real - effect, drawn.iter().map(|one| one.outcome - effect * one.unit), true)
    }

    proptest! {
        /// R-CAU-6
        #[test]
        fn inside_the_interval_nothing_is_ruled_out_and_beyond_its_ends_everything(
            values in prop::collection::vec((-3.0..3.0_f64, -0.9..0.9_f64), 30..60),
            real in -4.0..4.0_f64,
        ) {
            let mut drawn: Vec<Drawn> = values.iter().map(|(outcome, unit)| Drawn { outcome: *outcome, unit: *unit }).collect();
            drawn.push(Drawn { outcome: real, unit: 1.0 });
            let [low, high] = interval(real, &drawn, true, 0.05);
            let (low, high) = (low.unwrap(), high.unwrap());
            prop_assert!(low <= real && real <= high);
            for step in 1..200 {
                let off = f64::from(step) * 0.05;
                prop_assert!(p(low - off, real, &drawn) <= 0.05 + 1e-9, "{low} {off}");
                prop_assert!(p(high + off, real, &drawn) <= 0.05 + 1e-9, "{high} {off}");
            }
            let near = 1e-7;
            prop_assert!(p(low - near, real, &drawn) <= 0.05 + 1e-9 && p(high + near, real, &drawn) <= 0.05 + 1e-9);
        }
    }

    #[test]
    fn an_interval_without_an_end_says_so() {
        let drawn = [Drawn { outcome: 1.0, unit: 1.0 }, Drawn { outcome: 0.5, unit: 0.5 }];
        assert_eq!(interval(1.0, &drawn, true, 0.05), [None, None]);
    }
}
