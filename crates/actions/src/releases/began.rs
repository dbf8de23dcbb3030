//! How voluntary support began, in ranges that add nothing to how much of it there was (R-REL-21).

use std::collections::BTreeSet;

use domain::began::Began;
use domain::ids::PersonId;
use evidence::bands::{Band, bands};
use evidence::book::{Group, Release};
use policies::Permit;
use policies::acts::MakeRelease;
use serde::{Deserialize, Serialize};
use store::counted::{self, Between};
use store::{Db, Fault, releases};

/// How voluntary support began, of everybody counted, as those who asked said themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HowItBegan {
    /// It was their own idea.
    pub own: Band,
    /// Somebody had suggested it.
    pub suggested: Band,
}

impl HowItBegan {
    /// Of those who said how it began, how many per cent came by themselves: from the ends of the two ranges alone. Nothing where
    /// it could be nobody.
    pub fn by_themselves(&self) -> Option<(u64, u64)> {
        let share = |own: u64, suggested: u64| (own > 0).then(|| (201 * own + suggested) / (2 * (own + suggested)));
        share(self.own.low, self.suggested.high).zip(share(self.own.high, self.suggested.low))
    }

    /// So many who came by themselves and so many others, beside the range that is told of everybody who had support. Ranges that
    /// together would lift the lower end of that one are joined beforehand with those below, whatever the numbers are.
    pub fn of((own, suggested): (u64, u64), total: Band) -> Option<Self> {
        let suggested = told(suggested, total.of, (total.low, total.high))?;
        let own = told(own, total.of, (total.low.saturating_sub(suggested.low), total.high))?;
        Some(Self { own, suggested })
    }
}

/// The range of a number of which none begins higher than `most`: those that would are one, up to `high`.
fn told(counted: u64, of: u64, (most, high): (u64, u64)) -> Option<Band> {
    let all = bands(of);
    let last = all.iter().rfind(|band| band.low <= most)?;
    let band = all.iter().find(|band| (band.low..=band.high).contains(&counted))?;
    Some(if band.low < last.low { *band } else { Band { low: last.low, high: high.max(last.high), of } })
}

/// Who asked of themselves, and who after a suggestion: whoever said both is among the latter (R-REL-17).
pub async fn began(
    db: &Db,
    permit: &Permit<MakeRelease>,
    span: Between,
) -> Result<[(&'static str, BTreeSet<PersonId>); 2], Fault> {
    let all = counted::began(db, permit, span).await?;
    let of = |wanted: Began| all.iter().filter(move |(_, began)| *began == wanted).map(|(who, _)| *who);
    let suggested: BTreeSet<PersonId> = of(Began::Suggested).collect();
    let own = of(Began::Own).filter(|who| !suggested.contains(who)).collect();
    Ok([(Began::Own.code(), own), (Began::Suggested.code(), suggested)])
}

/// Everybody's value in any of a year's terms; nothing where they are gone.
pub async fn in_any_term(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (year, code): (i16, &str),
) -> Result<Option<Vec<bool>>, Fault> {
    let Some(terms) = releases::values(db, permit, (year, code)).await? else { return Ok(None) };
    let many = terms.iter().map(Vec::len).max().unwrap_or_default();
    let had = |at: usize| terms.iter().any(|term| term.get(at).copied().unwrap_or_default());
    Ok(Some((0..many).map(had).collect()))
}

/// How voluntary support began in a year, of everybody counted.
pub async fn how_it_began(
    db: &Db,
    permit: &Permit<MakeRelease>,
    year: i16,
    support: Option<&Release>,
) -> Result<Option<HowItBegan>, Fault> {
    let total = support.and_then(|release| release.shown.iter().find(|line| line.group == Group::Total));
    let Some(total) = total.and_then(|line| line.band) else { return Ok(None) };
    let own = in_any_term(db, permit, (year, Began::Own.code())).await?.unwrap_or_default();
    let suggested = in_any_term(db, permit, (year, Began::Suggested.code())).await?.unwrap_or_default();
    let after = |at: usize| suggested.get(at).copied().unwrap_or_default();
    let alone = own.iter().enumerate().filter(|(at, own)| **own && !after(*at)).count() as u64;
    let suggested = suggested.iter().filter(|one| **one).count() as u64;
    Ok(HowItBegan::of((alone, suggested), total))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-REL-21
    #[test]
    fn how_support_began_tells_nothing_of_how_much_there_was() {
        for of in [28_u64, 40, 47] {
            let all = bands(of);
            let ranges = (0..all.len()).flat_map(|low| (low..all.len()).map(move |high| (low, high)));
            for (low, high) in ranges.map(|(low, high)| (all[low].low, all[high].high)) {
                let total = Band { low, high, of };
                for (own, suggested) in (0..=high).flat_map(|own| (0..=high - own).map(move |other| (own, other))) {
                    let told = HowItBegan::of((own, suggested), total).unwrap();
                    assert!(told.own.low + told.suggested.low <= total.low, "{told:?} in {total:?}");
                    assert!((told.own.low..=told.own.high).contains(&own), "{told:?}: {own}");
                    assert!((told.suggested.low..=told.suggested.high).contains(&suggested), "{told:?}: {suggested}");
                    for one in [told.own, told.suggested] {
                        let most = one.high.min(high - (told.own.low + told.suggested.low - one.low));
                        assert!(most >= one.low + 4, "{told:?} in {total:?}");
                    }
                }
            }
        }
    }

    /// R-REL-21
    #[test]
    fn the_share_who_came_by_themselves_comes_from_the_ends_of_the_ranges() {
        let band = |low, high| Band { low, high, of: 300 };
        let both = HowItBegan { own: band(40, 44), suggested: band(10, 14) };
        assert_eq!(both.by_themselves(), Some((74, 81)));
        assert_eq!(HowItBegan { own: band(0, 4), suggested: band(0, 4) }.by_themselves(), None);
    }
}
