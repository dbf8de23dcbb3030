//! The claims of the three files, each in every environment it is about.

use std::collections::BTreeSet;

use cedar_policy::{PolicySet, RequestEnv};
use proofs::Fault;
use proofs::blocks::{Block, only, read};
use proofs::house::{House, Layer, act};
use proofs::prover::{Prover, Relation, compile, each, told};

use crate::{report, solver};

/// Who may do what.
pub const CEILINGS: (&str, &str) = ("ceilings.txt", include_str!("../../../policies/cedar/ceilings.txt"));
/// Whom the forbids let through.
pub const FIREWALL: (&str, &str) =
    ("past-the-firewall.txt", include_str!("../../../policies/cedar/past-the-firewall.txt"));
const INVARIANTS: (&str, &str) = ("invariants.txt", include_str!("../../../policies/cedar/invariants.txt"));

/// That a layer of the policies stands so to a rule, for everybody in one environment.
struct Claim<'a> {
    environment: &'a RequestEnv,
    layer: &'a PolicySet,
    relation: Relation,
    rule: PolicySet,
    /// The rule in words and where it stands.
    told: String,
}

impl<'a> Claim<'a> {
    fn new(at: &'a RequestEnv, layer: &'a PolicySet, relation: Relation, file: &str, block: &Block) -> Self {
        let told = format!("{file}, line {}: {}", block.line, block.prose);
        Self { environment: at, layer, relation, rule: block.rule.clone(), told }
    }

    /// Nothing if it holds, otherwise who breaks it.
    fn broken(&self, prover: &mut Prover, house: &House) -> Result<Option<String>, Fault> {
        let left = compile(self.layer, self.environment, &house.schema)?;
        let right = compile(&self.rule, self.environment, &house.schema)?;
        if prover.holds(&left, self.relation, &right)? {
            return Ok(None);
        }
        let broken_by = prover.broken_by(&left, self.relation, &right)?;
        let shown = broken_by.map_or_else(String::new, |somebody| told(&somebody, self.layer, &self.rule));
        let environment = self.environment;
        Ok(Some(format!("{} by {}, {}\n{shown}", act(environment), environment.principal(), self.told)))
    }
}

/// Proves all claims and fails with everybody who breaks one.
#[expect(clippy::expect_used, reason = "a test's own step")]
fn prove(house: &House, claims: &[Claim<'_>]) {
    if !solver::here() {
        return;
    }
    let broken = each(claims, |prover, claim| claim.broken(prover, house)).expect("every claim is decided");
    let broken: Vec<String> = broken.into_iter().flatten().collect();
    assert!(broken.is_empty(), "{} of {} claims do not hold:\n{}", broken.len(), claims.len(), broken.join("\n"));
    report::add(&[("claims".to_owned(), claims.len())]);
}

#[test]
fn the_policies_allow_exactly_what_the_ceilings_say() {
    let house = House::read().expect("the policies are read");
    let blocks = read(CEILINGS.0, CEILINGS.1).expect("the ceilings are read");
    let (whole, permits) = (house.layer(Layer::Whole).expect("a layer"), house.layer(Layer::Permits).expect("a layer"));
    let mut claims = Vec::new();
    for environment in &house.environments {
        let block = only(CEILINGS.0, &blocks, environment).expect("each act has one ceiling");
        claims.push(Claim::new(environment, &whole, Relation::Same, CEILINGS.0, block));
        let rule = block.permits().expect("the block's permits");
        claims.push(Claim { rule, ..Claim::new(environment, &permits, Relation::Same, CEILINGS.0, block) });
    }
    prove(&house, &claims);
}

#[test]
fn the_firewall_stops_exactly_whom_it_should() {
    let house = House::read().expect("the policies are read");
    let blocks = read(FIREWALL.0, FIREWALL.1).expect("the rules are read");
    let firewall = house.layer(Layer::Firewall).expect("a layer");
    let claim = |environment| {
        let block = only(FIREWALL.0, &blocks, environment).expect("each act has one rule");
        Claim::new(environment, &firewall, Relation::Same, FIREWALL.0, block)
    };
    prove(&house, &house.environments.iter().map(claim).collect::<Vec<_>>());
}

#[test]
fn the_invariants_hold_across_all_acts() {
    let house = House::read().expect("the policies are read");
    let blocks = read(INVARIANTS.0, INVARIANTS.1).expect("the invariants are read");
    let whole = house.layer(Layer::Whole).expect("a layer");
    let mut claims = Vec::new();
    for block in &blocks {
        let concerned: Vec<_> = house.environments.iter().filter(|at| block.concerns(at)).collect();
        assert!(!concerned.is_empty(), "an invariant about no act: {}", block.prose);
        claims.extend(concerned.into_iter().map(|at| Claim::new(at, &whole, Relation::Within, INVARIANTS.0, block)));
    }
    prove(&house, &claims);
}

#[test]
fn no_policy_ever_fails_to_be_decided() {
    let house = House::read().expect("the policies are read");
    let pairs: Vec<_> =
        house.rulings.iter().flat_map(|ruling| house.environments.iter().map(move |at| (&ruling.policy, at))).collect();
    if !solver::here() {
        return;
    }
    let sound = each(&pairs, |prover, (policy, at)| prover.never_errors(policy, at, &house.schema));
    let sound = sound.expect("every claim is decided");
    let failing: BTreeSet<String> =
        pairs.iter().zip(sound).filter(|(_, sound)| !sound).map(|((policy, _), _)| policy.id().to_string()).collect();
    assert_eq!(failing, BTreeSet::new());
    report::add(&[("policies in environments".to_owned(), pairs.len())]);
}

#[test]
fn the_files_name_only_acts_that_exist_and_say_something_about_each() {
    let house = House::read().expect("the policies are read");
    let acts: BTreeSet<&str> = house.environments.iter().map(act).collect();
    for (file, text) in [CEILINGS, FIREWALL, INVARIANTS] {
        let blocks = read(file, text).expect("the file is read");
        let unknown: Vec<&str> = blocks.iter().flat_map(Block::names).filter(|name| !acts.contains(name)).collect();
        assert_eq!(unknown, Vec::<&str>::new(), "{file} names acts that do not exist");
    }
    for (file, text) in [CEILINGS, FIREWALL] {
        let blocks = read(file, text).expect("the file is read");
        for environment in &house.environments {
            only(file, &blocks, environment).expect("each act has one block");
        }
    }
}
