//! Matching practitioners to needs: proposals with reasons.
//!
//! A problem in, proposals with their reasons out. Pure, integers only, so every machine gives the same answer. The crate
//! knows hours, areas and conflicts; it does not know people.
//!
//! # The score
//! [`recommend`] ranks every practitioner `i` who is not excluded for one new need `j`, while nothing else moves. The score
//! is a whole number, the sum of the parts that are shown:
//!
//! `score(i,j) = Σ_t 3·40 + min(360, Σ_t 3·(q_it − 40)) + outside + nominated + worked together + time + choice − load`
//!
//! over the asked themes `t`. Quality `q_it` is a per cent: the best over the practitioner's skills in `t` of strength
//! × phase div 100, and never below the 40 that a generalist brings.
//!
//! | part | points | where it comes from |
//! |---|---|---|
//! | theme: leads on it / strong / familiar, in the asked phase | 300 / 255 / 195 | strengths are played to, and a specialist leads across all areas (S3; MAT-03); expertise by theme and phase, several a person (S4 ¶3; MAT-06) |
//! | theme without expertise | 120 | the generalist is most effective in the long term (S0; MAT-01): a base, never an exclusion |
//! | expertise in all themes together | at most 360 above the generalist's | leading on two themes is enough, however many are asked for |
//! | outside the asker's own area | 150 | ideas from other disciplines, and confidence (S0; MAT-04) |
//! | nominated for the asker's area | 100 | each practitioner's nominated areas (S3; MAT-02) |
//! | worked together before | 200 | continuity |
//! | published time in the wished half-days | 120 | times that suit (S0; REF-09); posts with fixed weekly half days (S4 ¶8) |
//! | first / second / third choice | 400 / 200 / 100 | personality decides (S0; REF-08) |
//! | has room / nearly full / full | 0 / −60 / −210 | overload (S0; TIM-05); each step costs more than the last |
//!
//! The kinds of part come from the sources; the sizes are our design choice, made so that, other things being equal (R-MAT-2, R-MAT-3):
//! who leads on the one asked theme comes before who is nominated for the area (180 > 100; MAT-03); a generalist from
//! outside comes before somebody strong from the asker's own area (270 > 255; MAT-01, MAT-04) but not before who leads
//! (300); a first choice outweighs any one other thing (at most 360).
//!
//! No part gets smaller when somebody gains a strength, room, a nomination or time, so none of these lowers a rank.
//!
//! # Exclusions
//! They come as data with the need and are handed back apart (MAT-05: nobody from the asker's management, appraisal or
//! capability chain; REF-08: nobody the asker would rather not work with). They are never a very low score.
//!
//! # Equals
//! [`draw`] decides: the same for one need however the input is ordered, another from need to need, so that being first
//! in a list or an alphabet helps nobody.
//!
//! # Plans for many needs at once
//! [`plan`] is the whole problem: every need, hours, travel, sites and the plan before, with a bound and reasons.

mod draw;
mod explain;
pub mod plan;
mod problem;
mod recommend;
mod weights;

pub use draw::draw;
pub use explain::{Comparison, Difference, explain_difference};
pub use problem::{
    Block, Excluded, Fault, HalfDays, Need, Phase, Practitioner, Problem, Room, Site, Skill, Strength, Tag,
};
pub use recommend::{Part, Proposal, Reason, Recommendation, recommend};

#[cfg(test)]
mod intentions;
#[cfg(test)]
mod properties;
