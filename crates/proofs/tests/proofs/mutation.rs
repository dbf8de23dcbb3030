//! The mutation run: every slip in a policy must break a proof.

use std::collections::{BTreeMap, HashMap};

use cedar_policy::{Effect, Policy, PolicySet, RequestEnv, ValidationMode, Validator};
use cedar_policy_symcc::CompiledPolicySet;
use proofs::Fault;
use proofs::blocks::{Block, only, read};
use proofs::house::{House, Layer};
use proofs::mutants::{self, Mutant};
use proofs::prover::{Prover, Relation, compile, each};
use proofs::redundant;

use crate::claims::{CEILINGS, FIREWALL};
use crate::{report, solver};

const REDUNDANT: &str = include_str!("../../redundant.txt");

/// What becomes of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// The gate would not open.
    Invalid,
    /// A claim no longer holds.
    Refuted,
    /// All claims still hold.
    Survives,
}

/// What a mutant is tried on: rules and policies, as formulas where that saves time.
struct Bench<'a> {
    house: &'a House,
    validator: Validator,
    /// For each environment and layer, what its rule says.
    rules: HashMap<(&'a RequestEnv, Layer), CompiledPolicySet>,
    /// For each environment, the policies that can bear on it.
    bearing: HashMap<&'a RequestEnv, Vec<&'a Policy>>,
}

impl<'a> Bench<'a> {
    fn new(house: &'a House, ceilings: &[Block], firewall: &[Block]) -> Result<Self, Fault> {
        let mut rules = HashMap::new();
        let mut bearing: HashMap<&RequestEnv, Vec<&Policy>> = HashMap::new();
        for at in &house.environments {
            let permits = only(CEILINGS.0, ceilings, at)?.permits()?;
            let firewall = &only(FIREWALL.0, firewall, at)?.rule;
            rules.insert((at, Layer::Permits), compile(&permits, at, &house.schema)?);
            rules.insert((at, Layer::Firewall), compile(firewall, at, &house.schema)?);
            bearing.insert(at, Vec::new());
        }
        for ruling in &house.rulings {
            for at in ruling.policy.get_valid_request_envs(&house.schema) {
                bearing.entry(find(house, &at)?).or_default().push(&ruling.policy);
            }
        }
        Ok(Self { house, validator: Validator::new(house.schema.clone()), rules, bearing })
    }

    fn fate(&self, prover: &mut Prover, mutant: &Mutant) -> Result<Fate, Fault> {
        if let Some(policy) = &mutant.policy {
            let alone = PolicySet::from_policies([policy.clone()]).map_err(|why| Fault::about(&mutant.id, why))?;
            if !self.validator.validate(&alone, ValidationMode::Strict).validation_passed_without_warnings() {
                return Ok(Fate::Invalid);
            }
        }
        for (at, layer) in self.touched(mutant)? {
            let set = self.changed(at, layer, mutant)?;
            let compiled = compile(&set, at, &self.house.schema)?;
            let rule = self.rules.get(&(at, layer)).ok_or_else(|| Fault::about(&mutant.id, "no rule"))?;
            if !prover.holds(&compiled, Relation::Same, rule)? {
                return Ok(Fate::Refuted);
            }
        }
        Ok(Fate::Survives)
    }

    /// Whether the policies with the mutant are the same as without it, wherever the policy bears on anything at all.
    fn changes_nothing(&self, prover: &mut Prover, mutant: &Mutant) -> Result<bool, Fault> {
        for (at, _) in self.touched(mutant)? {
            for layer in [Layer::Permits, Layer::Firewall, Layer::Whole] {
                let bearing = self.bearing.get(at).map_or(&[][..], Vec::as_slice);
                let before = compile(&layer.of(bearing.iter().copied())?, at, &self.house.schema)?;
                let after = compile(&self.changed(at, layer, mutant)?, at, &self.house.schema)?;
                if !prover.holds(&before, Relation::Same, &after)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Where the policy bears on anything before or after the change, in the layers it stands in.
    fn touched(&self, mutant: &Mutant) -> Result<Vec<(&'a RequestEnv, Layer)>, Fault> {
        let before =
            self.house.rulings.iter().map(|ruling| &ruling.policy).find(|one| one.id().to_string() == mutant.id);
        let mut touched = Vec::new();
        for policy in before.into_iter().chain(&mutant.policy) {
            let layer = if policy.effect() == Effect::Permit { Layer::Permits } else { Layer::Firewall };
            for at in policy.get_valid_request_envs(&self.house.schema) {
                let place = (find(self.house, &at)?, layer);
                if !touched.contains(&place) {
                    touched.push(place);
                }
            }
        }
        Ok(touched)
    }

    /// A layer in one environment, with the mutant in place of its policy.
    fn changed(&self, at: &RequestEnv, layer: Layer, mutant: &Mutant) -> Result<PolicySet, Fault> {
        let bearing = self.bearing.get(at).map_or(&[][..], Vec::as_slice).iter().copied();
        layer.of(bearing.filter(|policy| policy.id().to_string() != mutant.id).chain(&mutant.policy))
    }
}

fn find<'a>(house: &'a House, at: &RequestEnv) -> Result<&'a RequestEnv, Fault> {
    let found = house.environments.iter().find(|one| *one == at);
    found.ok_or_else(|| Fault::about(at.action(), "an environment that the schema does not have"))
}

#[test]
fn every_slip_in_a_policy_breaks_a_proof() {
    if !solver::here() {
        return;
    }
    let house = House::read().expect("the policies are read");
    let ceilings = read(CEILINGS.0, CEILINGS.1).expect("the ceilings are read");
    let firewall = read(FIREWALL.0, FIREWALL.1).expect("the rules are read");
    let bench = Bench::new(&house, &ceilings, &firewall).expect("the rules become formulas");
    let mutants = mutants::of_all(&house.rulings).expect("the policies have mutants");
    let fates = each(&mutants, |prover, mutant| bench.fate(prover, mutant)).expect("every mutant is tried");

    let list = redundant::read(REDUNDANT).expect("the list is read");
    let survivors: Vec<&Mutant> =
        mutants.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Survives).map(|(mutant, _)| mutant).collect();
    let told = |mutant: &Mutant| format!("{}: {}", mutant.id, mutant.change);
    let unlisted: Vec<String> =
        survivors.iter().filter(|one| !list.iter().any(|line| line.is(one))).map(|one| told(one)).collect();
    assert!(unlisted.is_empty(), "{} changes break no proof:\n{}", unlisted.len(), unlisted.join("\n"));
    let idle: Vec<_> = list.iter().filter(|line| !survivors.iter().any(|one| line.is(one))).collect();
    assert!(idle.is_empty(), "redundant.txt lists what is not redundant: {idle:?}");

    let same = each(&survivors, |prover, mutant| bench.changes_nothing(prover, mutant)).expect("all are decided");
    let differing: Vec<String> =
        survivors.iter().zip(same).filter(|(_, same)| !same).map(|(mutant, _)| told(mutant)).collect();
    assert_eq!(differing, Vec::<String>::new(), "these are listed as redundant and are not");
    report::add(&counts(&mutants, &fates));
}

/// How many mutants met which fate: in all, then by file.
fn counts(mutants: &[Mutant], fates: &[Fate]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (mutant, fate) in mutants.iter().zip(fates) {
        let fate = match fate {
            Fate::Invalid => "refused by the schema",
            Fate::Refuted => "refuted by a proof",
            Fate::Survives => "redundant",
        };
        for name in ["mutants".to_owned(), format!("mutants {fate}"), format!("mutants of {}", mutant.file)] {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}
