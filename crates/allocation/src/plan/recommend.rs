//! One need, and nothing else moves: who could take it, best first, each with the exact difference it makes (R-ALL-8).

use super::open_plan::OpenPlan;

/// Somebody who could take a need as things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Who.
    pub practitioner: usize,
    /// Units that are best.
    pub units: i64,
    /// Points that the plan gains: match, travel, continuity, choice, set-up and load, exactly.
    pub gain: i64,
}

/// Everybody who has room for a need, best first; equals by position. Whoever serves it now is counted as if they did not.
pub fn recommend(laid: &OpenPlan, need: usize) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for at in laid.graph.of_need(need) {
        let Some(edge) = laid.graph.edges.get(*at as usize) else { continue };
        let practitioner = edge.practitioner as usize;
        let own: Vec<(u32, i64)> = laid.bundle(practitioner).iter().filter(|(own, _)| own != at).copied().collect();
        let Some((units, value)) = laid.beside(*at as usize, &own) else { continue };
        let before = if own.len() == laid.bundle(practitioner).len() {
            laid.value_of(practitioner)
        } else {
            super::draft::worth(laid.graph, practitioner, &own)
        };
        offers.push(Offer { practitioner, units, gain: value - before });
    }
    offers.sort_unstable_by_key(|offer| (std::cmp::Reverse(offer.gain), offer.practitioner));
    offers
}
