//! Policies with one thing wrong, as a slip of the pen would leave them.

use std::collections::BTreeSet;

use cedar_policy::{Policy, PolicyId};
use serde_json::{Map, Value, json};

use crate::Fault;
use crate::house::Ruling;

/// A policy with one change.
#[derive(Debug)]
pub struct Mutant {
    /// The file of the policy.
    pub file: &'static str,
    /// The policy's `@id`.
    pub id: String,
    /// What was changed, in words.
    pub change: String,
    /// What became of the policy; nothing when it was deleted.
    pub policy: Option<Policy>,
}

/// A change in words and what it makes of a policy's JSON.
type Change = (String, Value);

/// A role, model, job or the like: its kind and its name.
type Name = (String, String);

/// Mutants of every policy.
pub fn of_all(rulings: &[Ruling]) -> Result<Vec<Mutant>, Fault> {
    let read = |ruling: &Ruling| ruling.policy.to_json().map_err(|why| Fault::about(ruling.policy.id(), why));
    let texts = rulings.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let names: BTreeSet<Name> =
        texts.iter().flat_map(|json| named(json, String::new())).map(|(_, name)| name).collect();
    let mutants = rulings.iter().zip(texts).map(|(ruling, json)| of(ruling, json, &names));
    Ok(mutants.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn of(ruling: &Ruling, json: Value, names: &BTreeSet<Name>) -> Result<Vec<Mutant>, Fault> {
    let id = ruling.policy.id().to_string();
    let mut changes = vec![effect(&json)];
    changes.extend(scope(&json));
    changes.extend(clauses(&json)?);
    changes.extend(others(&json, names));
    let mut mutants = vec![Mutant { file: ruling.file, id: id.clone(), change: "deleted".into(), policy: None }];
    let mut seen = vec![json];
    for (change, json) in changes {
        if seen.contains(&json) {
            continue;
        }
        let policy = Policy::from_json(Some(PolicyId::new(&id)), json.clone());
        let policy = policy.map_err(|why| Fault::about(format!("{id}, {change}"), why))?;
        seen.push(json);
        mutants.push(Mutant { file: ruling.file, id: id.clone(), change, policy: Some(policy) });
    }
    Ok(mutants)
}

fn effect(policy: &Value) -> Change {
    let other = if policy["effect"] == "permit" { "forbid" } else { "permit" };
    (format!("made a {other}"), with(policy, "/effect", json!(other)))
}

/// Without the constraint on who, on what, or on which act; and with one act fewer.
fn scope(policy: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    for part in ["principal", "action", "resource"] {
        if policy[part]["op"] != "All" {
            let change = format!("any {part}, not only by `{}`", policy[part]["op"].as_str().unwrap_or_default());
            changes.push((change, with(policy, &format!("/{part}"), json!({ "op": "All" }))));
        }
    }
    let acts = policy["action"]["entities"].as_array().map_or(&[][..], Vec::as_slice);
    for (number, act) in acts.iter().enumerate() {
        let mut fewer = acts.to_vec();
        fewer.remove(number);
        let name = act["id"].as_str().unwrap_or_default();
        changes.push((format!("without {name}"), with(policy, "/action/entities", json!(fewer))));
    }
    changes
}

/// Every clause and every part of a condition left out and turned into its opposite; "and" and "or" exchanged.
fn clauses(policy: &Value) -> Result<Vec<Change>, Fault> {
    let clauses = policy["conditions"].as_array().map_or(&[][..], Vec::as_slice);
    let mut changes = Vec::new();
    for (number, clause) in clauses.iter().enumerate() {
        let kind = clause["kind"].as_str().unwrap_or_default();
        let mut fewer = clauses.to_vec();
        fewer.remove(number);
        changes.push((format!("without its `{kind}`"), with(policy, "/conditions", json!(fewer))));
        let (at, other) = (format!("/conditions/{number}"), if kind == "when" { "unless" } else { "when" });
        changes.push((format!("`{kind}` made `{other}`"), with(policy, &format!("{at}/kind"), json!(other))));
        parts(policy, &format!("{at}/body"), &mut changes)?;
    }
    Ok(changes)
}

/// Changes of the parts of one expression.
fn parts(policy: &Value, at: &str, changes: &mut Vec<Change>) -> Result<(), Fault> {
    let Some(node) = policy.pointer(at) else { return Ok(()) };
    if node.get("!").is_some() {
        return parts(policy, &format!("{at}/!/arg"), changes);
    }
    for (operator, other) in [("&&", "||"), ("||", "&&")] {
        let Some(sides) = node.get(operator) else { continue };
        let mut exchanged = Map::new();
        exchanged.insert(other.to_owned(), sides.clone());
        let change = format!("`{other}` for `{operator}` before `{}`", words(&sides["right"])?);
        changes.push((change, with(policy, at, Value::Object(exchanged))));
        for (side, rest) in [("left", "right"), ("right", "left")] {
            let own = format!("{at}/{operator}/{side}");
            // The left side of a chain is no part by itself, only what it is a chain of.
            if sides[side].get(operator).is_none() {
                let told = words(&sides[side])?;
                changes.push((format!("without `{told}`"), with(policy, at, sides[rest].clone())));
                let opposite = json!({ "!": { "arg": sides[side] } });
                changes.push((format!("not `{told}`"), with(policy, &own, opposite)));
            }
            parts(policy, &own, changes)?;
        }
    }
    Ok(())
}

/// Another role, model, job or the like in place of each one named.
fn others(policy: &Value, names: &BTreeSet<Name>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, (kind, own)) in named(policy, String::new()) {
        for (_, other) in names.iter().filter(|(same, other)| *same == kind && *other != own) {
            let change = format!("{kind} `{other}` for `{own}`");
            changes.push((change, with(policy, &format!("{at}/id"), json!(other))));
        }
    }
    changes
}

/// Where a policy names what, acts excepted.
fn named(value: &Value, at: String) -> Vec<(String, Name)> {
    match value {
        Value::Object(fields) => match (value["type"].as_str(), value["id"].as_str()) {
            (Some("Action"), Some(_)) => Vec::new(),
            (Some(kind), Some(id)) => vec![(at, (kind.to_owned(), id.to_owned()))],
            _ => fields.iter().flat_map(|(key, field)| named(field, format!("{at}/{key}"))).collect(),
        },
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(number, item)| named(item, format!("{at}/{number}"))).collect()
        }
        _ => Vec::new(),
    }
}

fn with(policy: &Value, at: &str, new: Value) -> Value {
    let mut changed = policy.clone();
    if let Some(place) = changed.pointer_mut(at) {
        *place = new;
    }
    changed
}

/// An expression as it would stand in a policy.
fn words(expression: &Value) -> Result<String, Fault> {
    let any = json!({ "op": "All" });
    let whole = json!({
        "effect": "permit", "principal": any, "action": any, "resource": any,
        "conditions": [{ "kind": "when", "body": expression }],
    });
    let policy = Policy::from_json(None, whole).map_err(|why| Fault::about("a part of a condition", why))?;
    let text = policy.to_string();
    let inner = text.split_once("when").map_or(text.as_str(), |(_, rest)| rest);
    let inner = inner.trim().trim_end_matches(';').trim().trim_start_matches('{').trim_end_matches('}');
    Ok(inner.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str =
        "permit (principal is Person, action in [Action::\"A\", Action::\"B\"], resource == Role::\"r\")
        when { principal.active && !(resource has x || resource has y) } unless { principal in Role::\"s\" };";

    fn changes() -> BTreeSet<String> {
        let policy = Policy::parse(Some(PolicyId::new("p")), POLICY).expect("the policy is read");
        let ruling = Ruling { file: "x.cedar", policy };
        of_all(&[ruling]).expect("it has mutants").into_iter().map(|mutant| mutant.change).collect()
    }

    #[test]
    fn every_piece_of_a_policy_has_its_mutants() {
        let expected = [
            "deleted",
            "made a forbid",
            "any principal, not only by `is`",
            "any action, not only by `in`",
            "any resource, not only by `==`",
            "without A",
            "without B",
            "without its `when`",
            "`when` made `unless`",
            "`||` for `&&` before `!((resource has x) || (resource has y))`",
            "without `principal.active`",
            "not `principal.active`",
            "without `!((resource has x) || (resource has y))`",
            "not `!((resource has x) || (resource has y))`",
            "`&&` for `||` before `resource has y`",
            "without `resource has x`",
            "not `resource has x`",
            "without `resource has y`",
            "not `resource has y`",
            "without its `unless`",
            "`unless` made `when`",
            "Role `r` for `s`",
            "Role `s` for `r`",
        ];
        assert_eq!(changes(), expected.map(String::from).into());
    }
}
