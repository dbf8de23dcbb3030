//! Rows as `peers rows` of the crate allocation writes them; its page says what stands where.

/// One practitioner's means.
#[derive(Debug)]
pub struct Means {
    /// Units.
    pub hours: i64,
    /// Minutes.
    pub travel: i64,
    /// The most sites.
    pub sites: i64,
    /// Bits of blocks, and units.
    pub sets: Vec<(i64, i64)>,
    /// Units, and points of each.
    steps: Vec<(i64, i64)>,
}

impl Means {
    /// Points that so many units cost; what is beyond all steps costs nothing, for it breaks a rule.
    pub fn load(&self, mut units: i64) -> i64 {
        let mut points = 0;
        for (most, each) in &self.steps {
            points += units.clamp(0, *most) * each;
            units -= most;
        }
        points
    }
}

/// Who may serve what.
#[derive(Debug)]
pub struct Edge {
    /// Who.
    pub practitioner: usize,
    /// What.
    pub need: usize,
    /// The practitioner at the need's site.
    pub place: usize,
    /// Minutes one way.
    pub minutes: i64,
    /// Bits of the blocks that suit.
    pub compat: i64,
    /// It has begun.
    pub pinned: bool,
    /// It is of the plan before.
    pub kept: bool,
}

/// An edge with so many units.
#[derive(Debug)]
pub struct Way {
    /// The edge's position.
    pub edge: usize,
    /// Units.
    pub units: i64,
    /// Points, set-up and load not counted.
    pub worth: i64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Problem {
    /// Points that every plan has.
    pub constant: i64,
    /// So many lines of the plan before must stay.
    pub least_kept: i64,
    /// So many have begun.
    pub pinned: i64,
    /// By practitioner.
    pub means: Vec<Means>,
    /// By place.
    pub setup: Vec<i64>,
    /// By position.
    pub edges: Vec<Edge>,
    /// By position.
    pub ways: Vec<Way>,
}

impl Problem {
    /// Reads the rows.
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split_ascii_whitespace().map_while(|word| word.parse::<i64>().ok());
        let mut next = || numbers.next();
        let (people, _, places, edges) = (next()?, next()?, next()?, next()?);
        let mut problem = Self { constant: next()?, least_kept: next()?, ..Self::default() };
        for _ in 0..people {
            let (hours, travel, sites) = (next()?, next()?, next()?);
            let sets = pairs(&mut next)?;
            problem.means.push(Means { hours, travel, sites, sets, steps: pairs(&mut next)? });
        }
        for _ in 0..places {
            problem.setup.push(next()?);
        }
        for edge in 0..usize::try_from(edges).ok()? {
            let mut position = || usize::try_from(next()?).ok();
            let (practitioner, need, place) = (position()?, position()?, position()?);
            let (least, most, minutes, compat) = (next()?, next()?, next()?, next()?);
            let (pinned, kept, gain, unit) = (next()? == 1, next()? == 1, next()?, next()?);
            problem.pinned += i64::from(pinned);
            problem.edges.push(Edge { practitioner, need, place, minutes, compat, pinned, kept });
            let way = |units: i64| Way { edge, units, worth: gain + unit * (units - least) };
            problem.ways.extend((least..=most).map(way));
        }
        Some(problem)
    }
}

fn pairs(next: &mut impl FnMut() -> Option<i64>) -> Option<Vec<(i64, i64)>> {
    (0..next()?).map(|_| Some((next()?, next()?))).collect()
}
