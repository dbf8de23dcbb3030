//! Instances of plans, and plans for them.

use allocation::plan::explain::{why, why_not};
use allocation::plan::what_if::smallest;
use allocation::plan::{Graph, Instance, OpenPlan, Options, Solution, judge, read, recommend, repair, solve};

/// So many needs and practitioners are asked about, each with each.
const ASKED: usize = 6;
/// Enough for prices, a plan and the beginning of a proof.
const ITERATIONS: u64 = 40;

/// An instance and, after a zero byte, a plan for it. What is wrong with an instance is named with its field; any other is
/// planned by a plan that keeps to everything and is worth no more than the bound. Any plan can be asked about.
pub fn instances(bytes: &[u8]) {
    let mut files = bytes.splitn(2, |byte| *byte == 0);
    let instance = match read(files.next().unwrap_or_default()) {
        Ok(instance) => instance,
        Err(fault) => {
            assert!(!fault.field.is_empty() && !fault.fault.is_empty(), "{fault:?}");
            return;
        }
    };
    let graph = Graph::new(&instance);
    let outcome = solve(&instance, &graph, Options { iterations: ITERATIONS, ..Options::default() }, |_| true);
    if let Some(value) = outcome.progress.value {
        let verdict = judge(&instance, &outcome.solution);
        assert!(verdict.breaches.is_empty(), "{verdict:?}");
        assert_eq!(verdict.parts.total(), value);
        assert!(outcome.progress.bound.is_none_or(|bound| bound >= value));
    } else {
        assert!(instance.max_changes.is_some(), "only a limit of changes can leave no plan");
    }
    questions(&instance, &graph, &outcome.solution);
    if let Some(Ok(any)) = files.next().map(serde_json::from_slice::<Solution>) {
        let _ = judge(&instance, &any);
        questions(&instance, &graph, &any);
    }
}

/// Whatever a plan says, it can be laid open, asked about and repaired.
fn questions(instance: &Instance, graph: &Graph, plan: &Solution) {
    let open = OpenPlan::new(instance, graph, plan);
    let needs: Vec<usize> = (0..instance.needs.len().min(ASKED)).collect();
    for need in &needs {
        let _ = (why(&open, *need), recommend(&open, *need), smallest(&open, *need));
        for practitioner in 0..instance.practitioners.len().min(ASKED) {
            let _ = why_not(&open, *need, practitioner);
        }
    }
    let repaired = judge(instance, &repair(instance, graph, plan, &needs, 2, 1));
    assert!(instance.max_changes.is_some() || repaired.breaches.is_empty(), "{repaired:?}");
}
