//! From cells and people to a linear system. People in the same groups of whom the same is known are one class: only how
//! many of them have a measure matters, so a class has one whole variable for each measure.

use super::AuditFault;
use super::input::{KnownPerson, Published, ReaderModel};
use crate::solve::{Line, Model};
use std::collections::{BTreeMap, BTreeSet};

type Terms = Vec<(usize, f64)>;
type Known<'a> = BTreeMap<&'a str, BTreeMap<String, u8>>;

/// A sum of cells, at least and at most.
type Tie = (BTreeMap<String, f64>, Option<f64>, Option<f64>);
/// The cells somebody stands in, and what is known of them.
type Class = (BTreeSet<usize>, BTreeMap<String, u8>);

/// A sum to attack.
pub struct Goal {
    pub id: String,
    pub terms: Terms,
    /// What is published, or the size of the group: no solution passes it.
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub people: Option<f64>,
    pub min_values: f64,
}

/// A class of people of whom one measure is not known.
pub struct Status {
    pub variable: usize,
    pub people: f64,
    pub measure: String,
    pub names: Vec<String>,
}

/// The reader's problem.
#[derive(Default)]
pub struct Attack {
    pub model: Model,
    pub goals: Vec<Goal>,
    pub statuses: Vec<Status>,
}

/// What each cell is a sum of, by its name.
type Sums = BTreeMap<String, Terms>;

/// Builds the reader's problem.
pub fn attack(release: &Published, model: Option<ReaderModel>) -> Result<Attack, AuditFault> {
    if release.cells.is_empty() {
        return Err(AuditFault::NoCells);
    }
    let all_have_members = release.cells.iter().all(|cell| cell.members.is_some());
    let by_people = model.map_or(all_have_members, |model| model == ReaderModel::People);
    let mut attack = Attack::default();
    attack.model.whole = release.integer.unwrap_or(true);
    let someone = release.knowledge.iter().find_map(|known| known.person.as_ref());
    if let (false, Some(person)) = (by_people, someone.or(release.known_people.keys().next())) {
        return Err(AuditFault::Alone(person.clone()));
    }
    let mut sums = if by_people { people(release, &mut attack)? } else { Sums::new() };
    cells(release, by_people, &mut attack, &mut sums)?;
    ties(release, by_people, &mut attack, &sums)?;
    for target in &release.targets {
        let terms = terms_of(&target.terms, &sums)?;
        let min_values = target.min_values.unwrap_or(release.rule.min_values);
        let (id, people) = (target.id.clone(), target.pop);
        attack.goals.push(Goal { id, terms, low: None, high: None, people, min_values });
    }
    numbers(release, &attack)?;
    Ok(attack)
}

/// A limit for every cell, and a goal for every protected one.
fn cells(release: &Published, by_people: bool, attack: &mut Attack, sums: &mut Sums) -> Result<(), AuditFault> {
    let mut names = BTreeSet::new();
    for cell in &release.cells {
        if cell.id.is_empty() || !names.insert(&cell.id) {
            return Err(AuditFault::Name(cell.id.clone()));
        }
        let size = cell.members.as_ref().map(|all| all.iter().collect::<BTreeSet<_>>().len() as f64);
        let people = cell.pop.or(size);
        let band = cell.lo.is_some() || cell.hi.is_some();
        if cell.value.is_none() && !band && !cell.suppressed {
            return Err(AuditFault::Unsaid(cell.id.clone()));
        }
        let floor = if cell.value.is_some_and(|value| value < 0.0) || cell.lo.is_some_and(|low| low < 0.0) {
            f64::NEG_INFINITY
        } else {
            0.0
        };
        let shown = (!cell.suppressed).then_some((cell.value.or(cell.lo), cell.value.or(cell.hi)));
        let (low, high) = shown.unwrap_or((None, None));
        let low = low.unwrap_or(floor).max(floor);
        let high = high.unwrap_or(f64::INFINITY).min(people.unwrap_or(f64::INFINITY));
        let terms = if let Some(terms) = sums.get(&cell.id) {
            attack.model.lines.push(Line { terms: terms.clone(), low, high });
            terms.clone()
        } else {
            attack.model.limits.push((low, high));
            vec![(attack.model.limits.len() - 1, 1.0)]
        };
        sums.insert(cell.id.clone(), terms.clone());
        if cell.protect.unwrap_or(by_people || cell.suppressed || cell.value.is_none()) {
            let limit = |limit: f64| limit.is_finite().then_some(limit);
            let min_values = cell.min_values.unwrap_or(release.rule.min_values);
            let (id, low, high) = (cell.id.clone(), limit(low), limit(high));
            attack.goals.push(Goal { id, terms, low, high, people, min_values });
        }
    }
    Ok(())
}

fn terms_of(terms: &BTreeMap<String, f64>, sums: &Sums) -> Result<Terms, AuditFault> {
    let mut all = Vec::new();
    for (cell, times) in terms {
        let sum = sums.get(cell).ok_or_else(|| AuditFault::Unknown(cell.clone()))?;
        all.extend(sum.iter().map(|(variable, each)| (*variable, each * times)));
    }
    Ok(all)
}

/// Relations, knowledge of cells and, on cells, implications.
fn ties(release: &Published, by_people: bool, attack: &mut Attack, sums: &Sums) -> Result<(), AuditFault> {
    let known = release.knowledge.iter().filter(|known| known.person.is_none());
    let mut lines: Vec<Tie> = Vec::new();
    for (relation, cell) in release
        .relations
        .iter()
        .map(|relation| (relation, None))
        .chain(known.map(|known| (&known.relation, known.cell.as_ref())))
    {
        let mut terms = relation.terms.clone();
        if let (true, Some(cell)) = (terms.is_empty(), cell) {
            terms.insert(cell.clone(), 1.0);
        }
        lines.push((terms, relation.value.or(relation.lo), relation.value.or(relation.hi)));
    }
    if !by_people {
        for (a, b) in &release.implications {
            lines.push((BTreeMap::from([(a.clone(), 1.0), (b.clone(), -1.0)]), None, Some(0.0)));
        }
    }
    for (terms, low, high) in lines {
        let terms = terms_of(&terms, sums)?;
        let (low, high) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
        attack.model.lines.push(Line { terms, low, high });
    }
    Ok(())
}

/// Every number must be one, and whole where the release says so.
fn numbers(release: &Published, attack: &Attack) -> Result<(), AuditFault> {
    let whole = attack.model.whole;
    let good = |value: f64| {
        !value.is_nan() && (value.is_infinite() || (value.abs() < 1e9 && (!whole || value.fract() == 0.0)))
    };
    for cell in &release.cells {
        let all = [cell.value, cell.lo, cell.hi, cell.pop];
        if all.into_iter().flatten().any(|value| !good(value)) {
            return Err(AuditFault::Number(cell.id.clone()));
        }
    }
    let factor = |line: &Line| line.terms.iter().all(|(_, times)| times.is_finite() && good(*times));
    if let Some(line) = attack.model.lines.iter().find(|line| !factor(line) || line.low.is_nan() || line.high.is_nan())
    {
        return Err(AuditFault::Number(format!("a relation of {} terms", line.terms.len())));
    }
    Ok(())
}

/// Classes of people, and what each cell with members is a sum of.
fn people(release: &Published, attack: &mut Attack) -> Result<Sums, AuditFault> {
    let (known, torn) = known(release)?;
    if torn {
        attack.model.lines.push(Line { terms: Terms::new(), low: 1.0, high: 1.0 });
    }
    let mut groups: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (number, cell) in release.cells.iter().enumerate() {
        for person in cell.members.iter().flatten() {
            groups.entry(person).or_default().insert(number);
        }
    }
    for person in known.keys() {
        groups.entry(person).or_default();
    }
    let mut classes: BTreeMap<Class, Vec<String>> = BTreeMap::new();
    for (person, cells) in groups {
        let status = known.get(person).cloned().unwrap_or_default();
        classes.entry((cells, status)).or_default().push(person.to_owned());
    }
    let with_members = release.cells.iter().filter(|cell| cell.members.is_some());
    let mut sums: Sums = with_members.map(|cell| (cell.id.clone(), Vec::new())).collect();
    for ((cells, known), names) in classes {
        let cells: Vec<_> = cells.iter().filter_map(|number| release.cells.get(*number)).collect();
        let counted = cells.iter().map(|cell| cell.measure.clone().unwrap_or_default());
        let measures = closed(release, counted.chain(known.keys().cloned()).collect());
        let size = names.len() as f64;
        let mut variables: BTreeMap<&str, usize> = BTreeMap::new();
        for measure in &measures {
            let pinned = known.get(measure).map(|status| f64::from(*status) * size);
            attack.model.limits.push(pinned.map_or((0.0, size), |at| (at, at)));
            let variable = attack.model.limits.len() - 1;
            variables.insert(measure, variable);
            if pinned.is_none() {
                let status = Status { variable, people: size, measure: measure.clone(), names: names.clone() };
                attack.statuses.push(status);
            }
        }
        for cell in cells {
            let variable = variables.get(cell.measure.as_deref().unwrap_or_default());
            if let (Some(sum), Some(variable)) = (sums.get_mut(&cell.id), variable) {
                sum.push((*variable, 1.0));
            }
        }
        logic(release, &variables, attack);
    }
    Ok(sums)
}

/// The measures, and those that logic ties to them.
fn closed(release: &Published, mut measures: BTreeSet<String>) -> BTreeSet<String> {
    loop {
        let before = measures.len();
        for (a, b) in &release.implications {
            if measures.contains(a) || measures.contains(b) {
                measures.extend([a.clone(), b.clone()]);
            }
        }
        for (whole, parts) in &release.unions {
            if measures.contains(whole) {
                let there = parts.iter().any(|part| measures.contains(part));
                measures.extend(parts.iter().filter(|_| !there).cloned());
            }
        }
        if measures.len() == before {
            return measures;
        }
    }
}

/// Implications and unions inside a class. Counts that satisfy these can be dealt out to people: implied sets one inside the
/// other, the parts of a union apart or over each other as the union asks.
fn logic(release: &Published, variables: &BTreeMap<&str, usize>, attack: &mut Attack) {
    let at_most = |terms: Terms| Line { terms, low: f64::NEG_INFINITY, high: 0.0 };
    let get = |name: &String| variables.get(name.as_str()).copied();
    for (a, b) in &release.implications {
        if let (Some(a), Some(b)) = (get(a), get(b)) {
            attack.model.lines.push(at_most(vec![(a, 1.0), (b, -1.0)]));
        }
    }
    for (whole, parts) in &release.unions {
        let Some(whole) = get(whole) else { continue };
        let parts: Vec<usize> = parts.iter().filter_map(get).collect();
        attack.model.lines.extend(parts.iter().map(|part| at_most(vec![(*part, 1.0), (whole, -1.0)])));
        let sum = parts.iter().map(|part| (*part, -1.0)).chain([(whole, 1.0)]).collect();
        attack.model.lines.push(at_most(sum));
    }
}

/// What is known of people, from both places it can stand in, and whether that contradicts itself: then nothing fits.
fn known(release: &Published) -> Result<(Known<'_>, bool), AuditFault> {
    let counted = release.cells.iter().map(|cell| cell.measure.clone().unwrap_or_default());
    let measures: BTreeSet<String> = counted.collect();
    let only = if measures.len() == 1 { measures.first().cloned() } else { None };
    let (mut known, mut torn) = (Known::new(), false);
    for (person, status) in &release.known_people {
        let wrong = || AuditFault::Known(person.clone());
        let each = match status {
            KnownPerson::Only(status) => BTreeMap::from([(only.clone().ok_or_else(wrong)?, *status)]),
            KnownPerson::Each(each) => each.clone(),
        };
        known.entry(person.as_str()).or_default().extend(each);
    }
    for entry in &release.knowledge {
        let Some(person) = &entry.person else { continue };
        let wrong = || AuditFault::Known(person.clone());
        let measure = entry.measure.clone().or_else(|| only.clone()).ok_or_else(wrong)?;
        let status = entry.relation.value.filter(|value| [0.0, 1.0].contains(value)).ok_or_else(wrong)?;
        let status = u8::from(status > 0.5);
        let before = known.entry(person.as_str()).or_default().insert(measure, status);
        torn |= before.is_some_and(|before| before != status);
    }
    let wrong = known.iter().find(|(_, each)| each.values().any(|status| *status > 1));
    if let Some((person, _)) = wrong {
        return Err(AuditFault::Known((*person).to_owned()));
    }
    for (whole, parts) in &release.unions {
        let tied = |name: &String| release.implications.iter().any(|(a, b)| a == name || b == name);
        let other = |name: &String| {
            release.unions.iter().any(|(other, all)| other != whole && (all.contains(name) || other == name))
        };
        if parts.iter().any(|part| tied(part) || other(part) || part == whole) {
            return Err(AuditFault::Tied(whole.clone()));
        }
    }
    Ok((known, torn))
}
