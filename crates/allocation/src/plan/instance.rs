//! What is to be planned: sites, practitioners, needs and the plan before. Whole numbers only; people are positions.

use serde::{Deserialize, Serialize};

/// How far an assignment of the plan before has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Put to the two, unanswered.
    Offered,
    /// Both said yes.
    Accepted,
    /// Begun: it stays where it is while its practitioner may still serve it.
    Started,
}

/// How minutes come of metres: straight lines, made longer by a detour, first at town pace and then at open-road pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travel {
    /// Minutes that every way between two sites takes.
    pub base_min: i64,
    /// Road metres are straight metres times this …
    pub detour_num: i64,
    /// … divided by this, rounded down.
    pub detour_den: i64,
    /// So many metres of a way are driven at town pace.
    pub urban_m: i64,
    /// Metres a minute in town.
    pub urban_m_per_min: i64,
    /// Metres a minute beyond.
    pub open_m_per_min: i64,
}

/// What things are worth, in points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// For a minute travelled.
    pub travel_cost: i64,
    /// For a need at a site where the practitioner works already.
    pub continuity: i64,
    /// For a first, second, … choice.
    pub choice: Vec<i64>,
    /// For a practitioner's first work at a site.
    pub setup: i64,
    /// On top of it, when the site's authority is not the home's.
    pub cross_authority: i64,
    /// Per cent of somebody's capacity above which units cost …
    pub tier_pct: Vec<i64>,
    /// … so many points each.
    pub tier_cost: Vec<i64>,
    /// For leaving what was offered, accepted, started.
    pub change: [i64; 3],
}

impl Weights {
    /// Points that leaving an assignment in this state costs.
    pub const fn change(&self, state: State) -> i64 {
        let [offered, accepted, started] = self.change;
        match state {
            State::Offered => offered,
            State::Accepted => accepted,
            State::Started => started,
        }
    }
}

/// A school, or an area of a college.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Site {
    /// Metres east.
    pub x: i64,
    /// Metres north.
    pub y: i64,
    /// Whom it belongs to.
    pub authority: i64,
    /// Position in [`Instance::outcomes`].
    pub outcome: usize,
}

/// What a practitioner is good at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skill {
    /// Subject or aspect.
    pub tag: usize,
    /// Row of [`Instance::phase_quality`].
    pub phase: usize,
    /// Position in [`Instance::strength_quality`].
    pub strength: usize,
}

/// Weekly half-days that share hours over the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Half-days of the week, one bit each.
    pub mask: u16,
    /// Units over the horizon.
    pub cap: i64,
}

/// Somebody who can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practitioner {
    /// The site they belong to.
    pub home: usize,
    /// What they are good at.
    pub skills: Vec<Skill>,
    /// When they have time; at most [`MOST_BLOCKS`].
    pub blocks: Vec<Block>,
    /// Units over the horizon.
    pub cap: i64,
    /// Minutes of travel over the horizon.
    pub travel_minutes: i64,
    /// Minutes of the longest way there.
    pub max_one_way: i64,
    /// The most sites to work at.
    pub max_sites: i64,
    /// New in post: not into a site in special measures.
    pub new: bool,
    /// Sites where they work already, in order.
    pub existing: Vec<usize>,
    /// Sites they may not work at, in order.
    pub conflict_sites: Vec<usize>,
}

/// Something asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Where.
    pub site: usize,
    /// Subject or aspect.
    pub tag: usize,
    /// Column of [`Instance::phase_quality`].
    pub phase: usize,
    /// The least useful dose, in units; at least one.
    pub min: i64,
    /// The largest useful dose.
    pub max: i64,
    /// Points of the least dose at a perfect match.
    pub vmin: i64,
    /// Points of each unit above it.
    pub vextra: i64,
    /// Half-days that suit, one bit each.
    pub mask: u16,
    /// Practitioners wished for, the first choice first.
    pub choice: Vec<usize>,
    /// Nobody but these.
    pub only: bool,
    /// Nobody of these.
    pub block: Vec<usize>,
}

/// One line of the plan before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previous {
    /// The need.
    pub need: usize,
    /// Who served it.
    pub practitioner: usize,
    /// With so many units, where that is known.
    pub dose: Option<i64>,
    /// How far it had come.
    pub state: State,
}

/// A checked problem: every position is in range, every number within the limits of [`super::validity`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Its name; a solution repeats it.
    pub name: String,
    /// What a unit is, such as `half-day`.
    pub unit: String,
    /// Nobody is sent to their own site.
    pub exclude_home: bool,
    /// Per cent by the skill's phase and the need's.
    pub phase_quality: Vec<Vec<i64>>,
    /// Per cent by strength.
    pub strength_quality: Vec<i64>,
    /// Names of subjects and aspects.
    pub tags: Vec<String>,
    /// Names of inspection outcomes.
    pub outcomes: Vec<String>,
    /// The outcome into which nobody new is sent.
    pub challenging_outcome: usize,
    /// Metres to minutes.
    pub travel: Travel,
    /// Points.
    pub weights: Weights,
    /// The most changes against the plan before, where there is a limit.
    pub max_changes: Option<usize>,
    /// Sites.
    pub sites: Vec<Site>,
    /// Practitioners.
    pub practitioners: Vec<Practitioner>,
    /// Needs.
    pub needs: Vec<Need>,
    /// The plan before; at most one line a need. Empty where there was none.
    pub previous: Vec<Previous>,
}

/// The most blocks of one practitioner: there are as many rows for time as sets of blocks.
pub const MOST_BLOCKS: usize = 10;

impl Travel {
    /// Minutes one way for so many metres in a straight line between two different sites.
    ///
    /// `base + ceil(min(road, urban)/town pace) + ceil(max(road − urban, 0)/open pace)`, `road = ⌊metres · detour⌋`.
    pub fn minutes(&self, metres: i64) -> i64 {
        let road = metres * self.detour_num / self.detour_den;
        let town = if road < self.urban_m { road } else { self.urban_m };
        let open = road - town;
        let ceil = |metres: i64, pace: i64| (metres + pace - 1) / pace;
        self.base_min + ceil(town, self.urban_m_per_min) + ceil(open, self.open_m_per_min)
    }

    /// The most metres in a straight line that take at most so many minutes, or a little more; none where any way does.
    pub fn reach(&self, minutes: i64, farthest: i64) -> i64 {
        let (mut near, mut far) = (0, farthest + 1);
        while near < far {
            let middle = near + (far - near) / 2;
            if self.minutes(middle) <= minutes { near = middle + 1 } else { far = middle }
        }
        near
    }
}

impl Instance {
    /// Minutes one way between two sites.
    pub fn minutes(&self, from: usize, to: usize) -> i64 {
        let (Some(one), Some(other)) = (self.sites.get(from), self.sites.get(to)) else { return i64::MAX };
        if from == to {
            return 0;
        }
        let (dx, dy) = (one.x - other.x, one.y - other.y);
        self.travel.minutes((dx * dx + dy * dy).isqrt())
    }
}
