//! Plans: who serves which need with how many units, how good that is at best, and why.
//!
//! # The problem
//! Practitioners have few hours in weekly blocks, can travel so far and be known at so many sites; needs want a dose between
//! a least useful one and a largest one, in half-days that suit them, from somebody with expertise. About twice as much is
//! asked as can be given. For practitioners `i`, needs `j` and sites `s`, with `y` who serves what, `x` units and `z` who
//! works where:
//!
//! `max  Σ g_ij·y_ij + Σ h_ij·(x_ij − m_j·y_ij) − Σ F_is·z_is − Σ Φ_i(Σ_j x_ij)`, all in whole points, where
//!
//! | | constraint | told in [`judge`] as |
//! |---|---|---|
//! | 1 | `Σ_i y_ij ≤ 1` | a need is served once |
//! | 2 | `m_j·y_ij ≤ x_ij ≤ r_ij·y_ij` | nothing, or a useful dose |
//! | 3 | `Σ_j x_ij ≤ C_i` | hours |
//! | 4 | `Σ_{j: compat_ij ⊆ Q} x_ij ≤ Σ_{b ∈ Q} cap_b` for every set `Q` of blocks | weekly blocks |
//! | 5 | `Σ_j 2·t_ij·x_ij ≤ T_i` | travel |
//! | 6 | `Σ_s z_is ≤ K_i`, `y_ij ≤ z_i,site(j)` | sites |
//! | 7 | what has begun stays; at most so many changes | pins and changes |
//!
//! It is a generalised assignment problem (Ross and Soland 1975) with several resources, semi-continuous doses, set-up
//! charges as in facility location, and a convex cost of load; so it is NP-hard. Row 4 is Hall's condition (1935) for laying
//! units into blocks: it holds for every set of blocks exactly when a calendar exists; the feasible loads are a polymatroid
//! (Edmonds 1970). `Φ` makes loads fair: it is separable, so it has prices, which a standard deviation has not.
//!
//! # The bound
//! Only row 1 ties practitioners together. Give each need a price `u_j ≥ 0` in its place (Lagrangian relaxation: Held and
//! Karp 1971, Geoffrion 1974): everybody then chooses their best [bundle](self#bundles) alone, and
//!
//! `Z(u) = Σ_j u_j + Σ_i max_bundle (worth − prices)  ≥  value of every plan`,
//!
//! because the bundles of a plan are among those chosen from, and it pays each price at most once. `min_u Z(u)` is the value
//! of the linear programme over whole bundles (Dantzig and Wolfe 1960; for generalised assignment Savelsbergh 1997): what
//! column generation would reach, without its linear programmes, which are too large for a nation. It is tighter than the
//! linear programme over doses, since bundles are whole: on `lea-1` it is within 0.06 per cent of the best plan known.
//!
//! Prices move by an incremental subgradient (Nedić and Bertsekas 2001): after each practitioner's answer, and not after
//! everybody's, so that one pass does the work of many. The bound is worked out at their running average.
//!
//! **It is valid whatever the prices are.** Prices and worths are whole numbers in [`GRID`](bundle) parts of a point; `Z` is
//! a sum of whole numbers; a bundle is either found exactly or over-estimated; dividing by the parts at the end rounds down,
//! which is sound because values are whole. Floating point only proposes prices.
//!
//! # Bundles
//! The best bundle of one practitioner is a knapsack with many resources. A table over hours is exact in hours, site charges
//! and load, and prices blocks, travel and the number of sites (Lagrange again). Depth-first search with the table as bound,
//! and a memory of states already reached with as much, then finds the best. It looks near the bound first and further
//! below by turns (as iterative deepening does: Korf 1985), so it ends with the best bundle or with a bound that is nearly
//! as good. A priced sum without a table first leaves out what no better bundle can hold.
//!
//! # The plan
//! Ruin and recreate (Schrimpf et al. 2000; large neighbourhoods: Shaw 1998), one practitioner's exact best bundle at a
//! time, led by the prices: a few who compete are emptied and filled in any order, each but the last paying for what others
//! of them could use better; and on large graphs one bids for what others have, at what those would lose, and they fill up.
//! Differences are exact. On small graphs a move may lose a little, less and less, in rounds (threshold accepting: Dueck and
//! Scheuer 1990).
//!
//! # The proof
//! Where little is left between plan and bound, branch and bound on who serves a need, with reduced-cost fixing: an edge
//! without which (or with which) the bound is no better than the plan is settled for good.
//!
//! # Reasons
//! [`explain`] says why, why not and why nobody, in exact differences; [`what_if`] what a change is worth, and the smallest
//! that would serve a need; [`recommend`] ranks for one need while nothing moves; [`repair`] mends a neighbourhood;
//! [`difference`] is the plan before beside the next one; [`report()`] holds what is looked at but not planned for.
//!
//! # Look-ups
//! Positions are looked up with `get`: one that does not exist counts as nothing, and cannot stop the program. The judge
//! shares no such look-up with the search, so a mistake there would show as a breach or as another value.

mod asking;
mod bundle;
mod chance;
mod draft;
mod exact;
pub mod explain;
pub mod graph;
pub mod instance;
pub mod judge;
pub mod objective;
mod open_plan;
mod pins;
mod prices;
mod raw;
mod recommend;
mod replan;
mod report;
pub mod rules;
mod search;
mod solution;
mod solve;
pub mod validity;
pub mod what_if;

pub use draft::Left;
pub use graph::Graph;
pub use instance::{Instance, State};
pub use judge::{Breach, Verdict, judge};
pub use open_plan::OpenPlan;
pub use recommend::{Offer, recommend};
pub use replan::{Change, difference, repair};
pub use report::{Envy, Report, Tier, Utilisation, report};
pub use solution::{Assignment, Solution};
pub use solve::{Engine, Options, Outcome, Piece, Progress, in_turn, solve};
pub use validity::{InstanceError, read};

#[cfg(test)]
mod tests;
