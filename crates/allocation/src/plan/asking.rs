//! Putting one practitioner's edges before the packer, each with what its need costs.

use super::bundle::{GRID, Item, Packer};
use super::graph::{Edge, Graph};

/// Fills the packer with a practitioner's edges that could pay, at the price of each in grid parts; without a price an edge
/// cannot be taken.
pub fn lay_out(packer: &mut Packer, graph: &Graph, who: usize, mut price: impl FnMut(&Edge) -> Option<i64>) {
    let first = graph.range(who).start;
    packer.items.clear();
    for (at, edge) in graph.of(who).iter().enumerate() {
        let Some(price) = price(edge) else { continue };
        let gain = edge.gain * GRID - price;
        let unit = edge.unit * GRID;
        if !edge.pinned && gain + (unit * i64::from(edge.most - edge.least)).max(0) <= 0 {
            continue;
        }
        packer.items.push(Item {
            edge: u32::try_from(first + at).unwrap_or(u32::MAX),
            place: edge.place,
            least: i64::from(edge.least),
            most: i64::from(edge.most),
            way: 2 * i64::from(edge.minutes),
            compat: edge.compat,
            forced: edge.pinned,
            gain,
            unit,
            setup: graph.places.get(edge.place as usize).map_or(0, |place| place.setup * GRID),
        });
    }
}
