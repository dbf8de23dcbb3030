//! From a file to an [`Instance`]: everything is looked at once, and what is wrong is named by its field
//! (R-ALL-12).
//!
//! The limits make the arithmetic safe. A quality is at most 400 per cent (two factors of at most 200), so a need is worth
//! at most `4·10⁷ + 10³·4·10⁶ < 5·10⁹` points; two million of them are worth less than `10¹⁶`, and 256 times that, the
//! grid of prices in [`super::prices`], still fits a 64-bit number four times. A way is at most `2·10⁷` metres each way, so
//! its square fits too.

use super::instance::{Block, Instance, MOST_BLOCKS, Need, Practitioner, Previous, Site, Skill, Travel, Weights};
use super::raw;

/// What is wrong with a file, and in which field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {fault}")]
pub struct InstanceError {
    /// Such as `needs.min[17]`.
    pub field: String,
    /// What is wrong there.
    pub fault: String,
}

pub(super) fn wrong(field: impl Into<String>, fault: impl Into<String>) -> InstanceError {
    InstanceError { field: field.into(), fault: fault.into() }
}

/// The format this crate reads.
pub const FORMAT: &str = "alongside-alloc/1";
const MOST_ROWS: usize = 2_000_000;
/// More units than anybody has, and than any need takes.
pub const MOST_UNITS: i64 = 1_000;
const MOST_POINTS: i64 = 10_000_000;
const MOST_EXTRA: i64 = 1_000_000;
const MOST_WEIGHT: i64 = 100_000;
const FARTHEST: i64 = 10_000_000;
const MOST_MINUTES: i64 = 10_000_000;
const MOST_PER_CENT: i64 = 200;

type Checked<T> = Result<T, InstanceError>;

/// Reads an instance from JSON.
///
/// # Errors
/// An [`InstanceError`] that names the field: malformed or cut off, numbers out of range, columns of different lengths,
/// positions that do not exist, something named twice, pins that contradict each other.
pub fn read(json: &[u8]) -> Checked<Instance> {
    let file: raw::File = serde_json::from_slice(json).map_err(|_| named(json))?;
    file.checked()
}

/// Reads once more, slowly, to say where it went wrong.
fn named(json: &[u8]) -> InstanceError {
    let from = &mut serde_json::Deserializer::from_slice(json);
    match serde_path_to_error::deserialize::<_, raw::File>(from) {
        Err(fault) => {
            let path = fault.path().to_string();
            // A field may have a name without letters.
            wrong(if path.is_empty() { "file".to_owned() } else { path }, fault.inner().to_string())
        }
        Ok(_) => wrong("file", "something stands after its end"),
    }
}

/// A number within limits, both included.
fn within(name: &str, number: i64, low: i64, high: i64) -> Checked<i64> {
    if (low..=high).contains(&number) {
        return Ok(number);
    }
    Err(wrong(name, format!("{number} is not between {low} and {high}")))
}

/// A position in a list of so many.
fn position(name: &str, number: i64, of: usize, what: &str) -> Checked<usize> {
    let found = usize::try_from(number).ok().filter(|position| *position < of);
    found.ok_or_else(|| wrong(name, format!("there is no {what} {number}")))
}

/// Positions in a list of so many, none twice.
fn positions(name: &str, numbers: &[i64], of: usize, what: &str) -> Checked<Vec<usize>> {
    let found: Vec<usize> = numbers.iter().map(|number| position(name, *number, of, what)).collect::<Checked<_>>()?;
    let mut sorted = found.clone();
    sorted.sort_unstable();
    match sorted.iter().zip(sorted.iter().skip(1)).find(|(one, next)| one == next) {
        Some((twice, _)) => Err(wrong(name, format!("{what} {twice} stands there twice"))),
        None => Ok(found),
    }
}

fn lengths(table: &str, columns: &[(&str, usize)]) -> Checked<usize> {
    let Some((first, rows)) = columns.first() else { return Ok(0) };
    for (name, length) in columns {
        if length != rows {
            let fault = format!("has {length} entries, but {table}.{first} has {rows}");
            return Err(wrong(format!("{table}.{name}"), fault));
        }
    }
    if *rows > MOST_ROWS {
        return Err(wrong(format!("{table}.{first}"), format!("more than {MOST_ROWS} entries")));
    }
    Ok(*rows)
}

fn mask(name: &str, number: i64) -> Checked<u16> {
    within(name, number, 0, i64::from(u16::MAX)).map(|mask| u16::try_from(mask).unwrap_or(u16::MAX))
}

impl raw::File {
    fn checked(self) -> Checked<Instance> {
        if self.format != FORMAT {
            return Err(wrong("format", format!("`{}` is not `{FORMAT}`", self.format)));
        }
        let weights = weights(&self.params.weights)?;
        let outcomes = self.params.outcomes.len().max(1);
        let mut instance = Instance {
            travel: travel(&self.params.travel)?,
            phase_quality: self.params.phase_quality.clone(),
            strength_quality: self.params.strength_quality.clone(),
            exclude_home: self.params.exclude_home.0,
            challenging_outcome: usize::try_from(self.params.challenging_outcome).unwrap_or(usize::MAX),
            max_changes: self.max_changes()?,
            sites: sites(&self.sites, outcomes)?,
            practitioners: Vec::new(),
            needs: Vec::new(),
            previous: Vec::new(),
            weights,
            unit: self.params.unit,
            tags: self.params.tags,
            outcomes: self.params.outcomes,
            name: self.name,
        };
        qualities(&instance, self.params.phases.len())?;
        instance.practitioners = practitioners(&self.practitioners, &instance, self.params.phases.len())?;
        instance.needs = needs(&self.needs, &instance, self.params.phases.len())?;
        if let Some(before) = &self.previous {
            instance.previous = previous(before, &instance)?;
            super::pins::consistent(&instance)?;
        }
        Ok(instance)
    }

    fn max_changes(&self) -> Checked<Option<usize>> {
        let Some(most) = self.params.max_changes else { return Ok(None) };
        usize::try_from(most).map(Some).map_err(|_| wrong("params.max_changes", format!("{most} is below nought")))
    }
}

fn travel(from: &raw::Travel) -> Checked<Travel> {
    let field = |name: &str| format!("params.travel.{name}");
    Ok(Travel {
        base_min: within(&field("base_min"), from.base_min, 0, 1_000)?,
        detour_num: within(&field("detour_num"), from.detour_num, 0, 1_000)?,
        detour_den: within(&field("detour_den"), from.detour_den, 1, 1_000)?,
        urban_m: within(&field("urban_m"), from.urban_m, 0, FARTHEST)?,
        urban_m_per_min: within(&field("urban_m_per_min"), from.urban_m_per_min, 1, 1_000_000)?,
        open_m_per_min: within(&field("open_m_per_min"), from.open_m_per_min, 1, 1_000_000)?,
    })
}

fn weights(from: &raw::Weights) -> Checked<Weights> {
    let field = |name: &str| format!("params.weights.{name}");
    let weight = |name: &str, number: i64| within(&field(name), number, 0, MOST_WEIGHT);
    let all = |name: &str, numbers: &[i64]| numbers.iter().map(|n| weight(name, *n)).collect::<Checked<Vec<i64>>>();
    if from.tier_pct.len() != from.tier_cost.len() {
        return Err(wrong(field("tier_cost"), "is not as long as params.weights.tier_pct"));
    }
    let rises = from.tier_pct.iter().zip(from.tier_pct.iter().skip(1)).all(|(low, high)| low <= high);
    if !rises || from.tier_pct.iter().any(|per_cent| !(0..=100).contains(per_cent)) {
        return Err(wrong(field("tier_pct"), "does not rise from nought to a hundred"));
    }
    Ok(Weights {
        travel_cost: within(&field("travel_cost"), from.travel_cost, 0, 1_000)?,
        continuity: weight("continuity", from.continuity)?,
        choice: all("choice", &from.choice)?,
        setup: weight("setup", from.setup)?,
        cross_authority: weight("cross_authority", from.cross_authority)?,
        tier_pct: from.tier_pct.clone(),
        tier_cost: all("tier_cost", &from.tier_cost)?,
        change: [
            weight("change.offered", from.change.offered)?,
            weight("change.accepted", from.change.accepted)?,
            weight("change.started", from.change.started)?,
        ],
    })
}

fn qualities(instance: &Instance, phases: usize) -> Checked<()> {
    let rows = &instance.phase_quality;
    if rows.len() != phases || rows.iter().any(|row| row.len() != phases) {
        return Err(wrong("params.phase_quality", format!("is not a table of {phases} by {phases}")));
    }
    for number in rows.iter().flatten() {
        within("params.phase_quality", *number, 0, MOST_PER_CENT)?;
    }
    for number in &instance.strength_quality {
        within("params.strength_quality", *number, 0, MOST_PER_CENT)?;
    }
    Ok(())
}

fn sites(from: &raw::Sites, outcomes: usize) -> Checked<Vec<Site>> {
    let columns = [
        ("x", from.x.len()),
        ("y", from.y.len()),
        ("phase", from.phase.len()),
        ("authority", from.authority.len()),
        ("outcome", from.outcome.len()),
    ];
    lengths("sites", &columns)?;
    let rows = from.x.iter().zip(&from.y).zip(&from.authority).zip(&from.outcome).enumerate();
    rows.map(|(row, (((x, y), authority), outcome))| {
        Ok(Site {
            x: within(&format!("sites.x[{row}]"), *x, -FARTHEST, FARTHEST)?,
            y: within(&format!("sites.y[{row}]"), *y, -FARTHEST, FARTHEST)?,
            authority: *authority,
            outcome: position(&format!("sites.outcome[{row}]"), *outcome, outcomes, "outcome")?,
        })
    })
    .collect()
}

/// The columns' entries in one row; the lengths are checked before.
macro_rules! entry {
    ($table:ident . $column:ident [ $row:ident ]) => {
        $table.$column.get($row).ok_or_else(|| wrong(stringify!($column), "ends early"))?
    };
}

fn practitioners(from: &raw::Practitioners, instance: &Instance, phases: usize) -> Checked<Vec<Practitioner>> {
    let columns = [
        ("home", from.home.len()),
        ("skills", from.skills.len()),
        ("blocks", from.blocks.len()),
        ("cap", from.cap.len()),
        ("travel_minutes", from.travel_minutes.len()),
        ("max_one_way", from.max_one_way.len()),
        ("max_sites", from.max_sites.len()),
        ("new", from.new.len()),
        ("existing", from.existing.len()),
        ("conflict_sites", from.conflict_sites.len()),
    ];
    let rows = lengths("practitioners", &columns)?;
    (0..rows).map(|row| practitioner(from, instance, phases, row)).collect()
}

fn practitioner(from: &raw::Practitioners, instance: &Instance, phases: usize, row: usize) -> Checked<Practitioner> {
    let field = |name: &str| format!("practitioners.{name}[{row}]");
    let sites = instance.sites.len();
    let skill = |&(tag, phase, strength): &(i64, i64, i64)| {
        Ok(Skill {
            tag: position(&field("skills"), tag, instance.tags.len(), "tag")?,
            phase: position(&field("skills"), phase, phases, "phase")?,
            strength: position(&field("skills"), strength, instance.strength_quality.len(), "strength")?,
        })
    };
    let block = |&(days, cap): &(i64, i64)| {
        Ok(Block { mask: mask(&field("blocks"), days)?, cap: within(&field("blocks"), cap, 0, MOST_UNITS)? })
    };
    let blocks = entry!(from.blocks[row]);
    if blocks.len() > MOST_BLOCKS {
        return Err(wrong(field("blocks"), format!("more than {MOST_BLOCKS}")));
    }
    let sorted = |name: &str, numbers: &[i64]| {
        positions(&field(name), numbers, sites, "site").map(|mut found| {
            found.sort_unstable();
            found
        })
    };
    Ok(Practitioner {
        home: position(&field("home"), *entry!(from.home[row]), sites, "site")?,
        skills: entry!(from.skills[row]).iter().map(skill).collect::<Checked<_>>()?,
        blocks: blocks.iter().map(block).collect::<Checked<_>>()?,
        cap: within(&field("cap"), *entry!(from.cap[row]), 0, MOST_UNITS)?,
        travel_minutes: within(&field("travel_minutes"), *entry!(from.travel_minutes[row]), 0, MOST_MINUTES)?,
        max_one_way: within(&field("max_one_way"), *entry!(from.max_one_way[row]), 0, 10_000)?,
        max_sites: within(&field("max_sites"), *entry!(from.max_sites[row]), 0, MOST_MINUTES)?,
        new: entry!(from.new[row]).0,
        existing: sorted("existing", entry!(from.existing[row]))?,
        conflict_sites: sorted("conflict_sites", entry!(from.conflict_sites[row]))?,
    })
}

fn needs(from: &raw::Needs, instance: &Instance, phases: usize) -> Checked<Vec<Need>> {
    let columns = [
        ("site", from.site.len()),
        ("tag", from.tag.len()),
        ("phase", from.phase.len()),
        ("min", from.min.len()),
        ("max", from.max.len()),
        ("vmin", from.vmin.len()),
        ("vextra", from.vextra.len()),
        ("mask", from.mask.len()),
        ("choice", from.choice.len()),
        ("only", from.only.len()),
        ("block", from.block.len()),
    ];
    let rows = lengths("needs", &columns)?;
    (0..rows).map(|row| need(from, instance, phases, row)).collect()
}

fn need(from: &raw::Needs, instance: &Instance, phases: usize, row: usize) -> Checked<Need> {
    let field = |name: &str| format!("needs.{name}[{row}]");
    let practitioners = instance.practitioners.len();
    let people = |name: &str, numbers: &[i64]| positions(&field(name), numbers, practitioners, "practitioner");
    let min = within(&field("min"), *entry!(from.min[row]), 1, MOST_UNITS)?;
    let need = Need {
        site: position(&field("site"), *entry!(from.site[row]), instance.sites.len(), "site")?,
        tag: position(&field("tag"), *entry!(from.tag[row]), instance.tags.len(), "tag")?,
        phase: position(&field("phase"), *entry!(from.phase[row]), phases, "phase")?,
        min,
        max: within(&field("max"), *entry!(from.max[row]), min, MOST_UNITS)?,
        vmin: within(&field("vmin"), *entry!(from.vmin[row]), 0, MOST_POINTS)?,
        vextra: within(&field("vextra"), *entry!(from.vextra[row]), 0, MOST_EXTRA)?,
        mask: mask(&field("mask"), *entry!(from.mask[row]))?,
        choice: people("choice", entry!(from.choice[row]))?,
        only: entry!(from.only[row]).0,
        block: people("block", entry!(from.block[row]))?,
    };
    Ok(need)
}

fn previous(from: &raw::Previous, instance: &Instance) -> Checked<Vec<Previous>> {
    let columns = [("need", from.need.len()), ("practitioner", from.practitioner.len()), ("state", from.state.len())];
    let rows = lengths("previous", &columns)?;
    if !from.dose.is_empty() {
        lengths("previous", &[("need", rows), ("dose", from.dose.len())])?;
    }
    positions("previous.need", &from.need, instance.needs.len(), "need")?;
    (0..rows)
        .map(|row| {
            let field = |name: &str| format!("previous.{name}[{row}]");
            let people = instance.practitioners.len();
            Ok(Previous {
                need: position(&field("need"), *entry!(from.need[row]), instance.needs.len(), "need")?,
                practitioner: position(
                    &field("practitioner"),
                    *entry!(from.practitioner[row]),
                    people,
                    "practitioner",
                )?,
                dose: from.dose.get(row).map(|dose| within(&field("dose"), *dose, 0, MOST_UNITS)).transpose()?,
                state: *entry!(from.state[row]),
            })
        })
        .collect()
}
