//! solverforge on the rows of an instance: `peer-solverforge ROWS SECONDS NAME OUT` writes the plan it finds.

mod domain;
mod problem;

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use domain::{Need, Plan};
use problem::Problem;
use solverforge::{SolverEvent, SolverManager};

static MANAGER: SolverManager<Plan> = SolverManager::new();

fn main() -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [rows, seconds, name, out] = words.as_slice() else { return Err("say ROWS SECONDS NAME OUT".into()) };
    let problem = Problem::read(&std::fs::read_to_string(rows)?).ok_or("the rows end early")?;
    let needs = needs(&problem);
    let left = seconds.parse::<u64>()?.saturating_sub(begun.elapsed().as_secs()).max(1);
    let plan = solved(Plan { needs, score: None, problem: Arc::new(problem), seconds: left })?;
    if plan.score.is_some_and(|score| score.hard() < 0) {
        return Err(format!("no plan that keeps to everything: {:?}", plan.score).into());
    }
    let line = |need: &Need| {
        let way = &plan.problem.ways[need.way?];
        Some(format!("[{},{},{}]", need.id, plan.problem.edges[way.edge].practitioner, way.units))
    };
    let lines: Vec<String> = plan.needs.iter().filter_map(line).collect();
    std::fs::write(out, format!("{{\"instance\":\"{name}\",\"assign\":[{}]}}", lines.join(",")))?;
    println!("None");
    Ok(())
}

/// Every need that somebody may serve, with its ways.
fn needs(problem: &Problem) -> Vec<Need> {
    let last = problem.edges.iter().map(|edge| edge.need).max().map_or(0, |last| last + 1);
    let mut needs: Vec<Need> = (0..last).map(|id| Need { id, ways: Vec::new(), way: None }).collect();
    for (at, way) in problem.ways.iter().enumerate() {
        needs[problem.edges[way.edge].need].ways.push(at);
    }
    needs.retain(|need| !need.ways.is_empty());
    // What has begun is placed first, so that nothing else stands in its way.
    let begun = |need: &Need| need.ways.first().is_some_and(|way| problem.edges[problem.ways[*way].edge].pinned);
    needs.sort_by_key(|need| !begun(need));
    needs
}

fn solved(plan: Plan) -> Result<Plan, Box<dyn Error>> {
    let (_, mut events) = MANAGER.solve(plan).map_err(|error| format!("{error:?}"))?;
    while let Some(event) = events.blocking_recv() {
        match event {
            SolverEvent::Completed { solution, .. } => return Ok(solution),
            SolverEvent::Failed { error, .. } => return Err(format!("it failed: {error}").into()),
            _ => {}
        }
    }
    Err("it ended without a plan".into())
}
