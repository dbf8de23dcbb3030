//! The ways in which the same beginnings could have fallen to other units.

/// So many assignments are gone through one by one; more are drawn from.
const ALL_UP_TO: u128 = 50_000;
/// So many are drawn otherwise.
const DRAWS: usize = 9_999;

/// Chance from a seed: `SplitMix64`.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, each as likely as the others; 0 when there is none.
    pub const fn below(&mut self, end: usize) -> usize {
        let end = end as u64;
        if end == 0 {
            return 0;
        }
        // The highest numbers are left out, so that none is favoured.
        let fair = u64::MAX - u64::MAX % end;
        let mut drawn = self.next();
        while drawn >= fair {
            drawn = self.next();
        }
        (drawn % end) as usize
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// All assignments of groups of given sizes, or draws from them.
#[derive(Debug, Clone)]
pub(super) struct Assignments {
    counts: Vec<usize>,
    /// How many there are; at most `u128::MAX`.
    pub possible: u128,
    /// Whether all are gone through.
    pub exact: bool,
    /// How many are gone through.
    pub visited: usize,
}

impl Assignments {
    pub fn new(counts: &[usize]) -> Self {
        let possible = multinomial(counts);
        let exact = possible <= ALL_UP_TO;
        let visited = if exact { possible as usize } else { DRAWS };
        Self { counts: counts.to_vec(), possible, exact, visited }
    }

    /// Shows every assignment as the group's label of each unit. Draws do not show the real one; going through all does.
    pub fn each(&self, chance: &mut Chance, mut see: impl FnMut(&[usize])) {
        let units: usize = self.counts.iter().sum();
        let labels = self.counts.iter().enumerate().flat_map(|(label, count)| std::iter::repeat_n(label, *count));
        let mut labels: Vec<usize> = labels.collect();
        if self.exact {
            labels.clear();
            walk(&mut self.counts.clone(), units, &mut labels, &mut see);
            return;
        }
        for _ in 0..DRAWS {
            chance.shuffle(&mut labels);
            see(&labels);
        }
    }
}

/// Goes on from the labels that are set already.
fn walk(left: &mut [usize], units: usize, labels: &mut Vec<usize>, see: &mut impl FnMut(&[usize])) {
    if labels.len() == units {
        see(labels);
        return;
    }
    for label in 0..left.len() {
        let Some(room) = left.get_mut(label).filter(|room| **room > 0) else { continue };
        *room -= 1;
        labels.push(label);
        walk(left, units, labels, see);
        labels.pop();
        if let Some(room) = left.get_mut(label) {
            *room += 1;
        }
    }
}

/// In how many ways units fall into groups of these sizes; at most `u128::MAX`.
fn multinomial(counts: &[usize]) -> u128 {
    let (mut ways, mut units) = (1_u128, 0_u128);
    for count in counts {
        for one in 1..=*count as u128 {
            units += 1;
            // Exact at every step: a binomial coefficient times the ways so far.
            let Some(more) = ways.checked_mul(units) else { return u128::MAX };
            ways = more / one;
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// R-CAU-5
    #[test]
    fn all_assignments_are_shown_once_each_when_they_are_few() {
        let all = Assignments::new(&[4, 4, 4]);
        assert_eq!((all.possible, all.exact, all.visited), (34_650, true, 34_650));
        let mut seen = BTreeSet::new();
        all.each(&mut Chance::new(1), |labels| assert!(seen.insert(labels.to_vec())));
        assert_eq!(seen.len(), 34_650);
    }

    /// R-CAU-5
    #[test]
    fn many_assignments_are_drawn_from_and_the_seed_decides() {
        let many = Assignments::new(&[10, 10, 10]);
        assert_eq!((many.exact, many.visited), (false, 9_999));
        let drawn = |seed| {
            let mut all = Vec::new();
            many.each(&mut Chance::new(seed), |labels| all.push(labels.to_vec()));
            all
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
        let sized = |labels: &Vec<usize>| (0..3).all(|label| labels.iter().filter(|one| **one == label).count() == 10);
        assert!(drawn(1).iter().all(sized));
        assert_eq!(multinomial(&[200, 200, 200]), u128::MAX);
    }
}
