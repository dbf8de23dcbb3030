//! Asking the solver whether a claim holds, and for somebody who breaks it.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use cedar_policy::{Authorizer, EntityUid, Policy, PolicySet, RequestEnv, Schema};
use cedar_policy_symcc::solver::LocalSolver;
use cedar_policy_symcc::{CedarSymCompiler, CompiledPolicy, CompiledPolicySet, Env, err};

use crate::Fault;
use crate::house::act;

/// How many solvers work at once.
const AT_ONCE: usize = 2;

/// After this long a claim counts as undecided, which is a fault.
const AT_MOST: Duration = Duration::from_secs(60);

/// The same for the solver itself, so that it gives up first.
const SOLVER_LIMIT: &str = "--tlimit-per=50000";

/// How two sets of policies stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They allow the same.
    Same,
    /// The first allows nothing that the second does not.
    Within,
}

/// Whether there is a solver: `CVC5` names it, or it is on the path.
pub fn solver_is_here() -> bool {
    let on_path = || {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).any(|folder| folder.join("cvc5").is_file())
    };
    std::env::var_os("CVC5").map_or_else(on_path, |path| Path::new(&path).is_file())
}

/// One solver at work.
pub struct Prover {
    runtime: tokio::runtime::Runtime,
    compiler: CedarSymCompiler<LocalSolver>,
}

impl Prover {
    /// Starts a solver.
    pub fn start() -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|why| Fault::about("the runtime", why))?;
        let solver = {
            let _inside = runtime.enter();
            LocalSolver::cvc5_with_args([SOLVER_LIMIT]).map_err(|why| Fault::about("the solver", why))?
        };
        let compiler = CedarSymCompiler::new(solver).map_err(|why| Fault::about("the solver", why))?;
        Ok(Self { runtime, compiler })
    }

    /// Whether the claim holds for everybody.
    pub fn holds(
        &mut self,
        left: &CompiledPolicySet,
        relation: Relation,
        right: &CompiledPolicySet,
    ) -> Result<bool, Fault> {
        let compiler = &mut self.compiler;
        let asked = async {
            match relation {
                Relation::Same => compiler.check_equivalent_opt(left, right).await,
                Relation::Within => compiler.check_implies_opt(left, right).await,
            }
        };
        in_time(&self.runtime, asked)
    }

    /// Somebody who breaks the claim, if there is anybody.
    pub fn broken_by(
        &mut self,
        left: &CompiledPolicySet,
        relation: Relation,
        right: &CompiledPolicySet,
    ) -> Result<Option<Env>, Fault> {
        let compiler = &mut self.compiler;
        let asked = async {
            match relation {
                Relation::Same => compiler.check_equivalent_with_counterexample_opt(left, right).await,
                Relation::Within => compiler.check_implies_with_counterexample_opt(left, right).await,
            }
        };
        in_time(&self.runtime, asked)
    }

    /// Whether a policy can be decided without an error, whoever asks.
    pub fn never_errors(&mut self, policy: &Policy, at: &RequestEnv, schema: &Schema) -> Result<bool, Fault> {
        let compiled = CompiledPolicy::compile(policy, at, schema).map_err(|why| untyped(at, &why))?;
        in_time(&self.runtime, self.compiler.check_never_errors_opt(&compiled))
    }
}

/// A set of policies as a formula about one environment.
pub fn compile(set: &PolicySet, at: &RequestEnv, schema: &Schema) -> Result<CompiledPolicySet, Fault> {
    CompiledPolicySet::compile(set, at, schema).map_err(|why| untyped(at, &why))
}

/// The request and the entities that break a claim, with what each side says of them.
pub fn told(broken_by: &Env, left: &PolicySet, right: &PolicySet) -> String {
    let says = |set: &PolicySet| {
        let answer = Authorizer::new().is_authorized(&broken_by.request, set, &broken_by.entities);
        let because: Vec<String> = answer.diagnostics().reason().map(ToString::to_string).collect();
        format!("{:?} by [{}]", answer.decision(), because.join(", "))
    };
    let name = |uid: Option<&EntityUid>| uid.map_or_else(String::new, ToString::to_string);
    let mut text = format!("  {} on {}\n", name(broken_by.request.principal()), name(broken_by.request.resource()));
    if let Some(context) = broken_by.request.context() {
        text += &format!("  with {context}\n");
    }
    // Actions, roles and the like are names without anything to tell.
    for entity in broken_by.entities.iter().filter(|entity| entity.attrs().next().is_some()) {
        let shown = entity.to_json_string().unwrap_or_else(|why| why.to_string());
        text += &format!("  {shown}\n");
    }
    text + &format!("  the policies say: {}\n  the claim says: {}", says(left), says(right))
}

fn in_time<T>(runtime: &tokio::runtime::Runtime, asked: impl Future<Output = err::Result<T>>) -> Result<T, Fault> {
    let answer = runtime.block_on(async { tokio::time::timeout(AT_MOST, asked).await });
    let answer = answer.map_err(|_| Fault(format!("the solver gave no answer within {AT_MOST:?}")))?;
    answer.map_err(|why| Fault::about("the solver", why))
}

fn untyped(at: &RequestEnv, why: &err::Error) -> Fault {
    let more = match why {
        err::Error::PolicyNotWellTyped { errs } => errs.iter().map(|one| format!("\n  {one}")).collect(),
        _ => String::new(),
    };
    Fault(format!("{} by {} on {}: {why}{more}", act(at), at.principal(), at.resource()))
}

/// Does something with each piece of work, two at a time, and gives the outcomes in the order of the work.
pub fn each<W: Sync, R: Send>(
    work: &[W],
    act: impl Fn(&mut Prover, &W) -> Result<R, Fault> + Sync,
) -> Result<Vec<R>, Fault> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(work.len()));
    let go = || -> Result<(), Fault> {
        let mut prover = Prover::start()?;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = work.get(number) else { return Ok(()) };
            let outcome = act(&mut prover, piece)?;
            done.lock().map_err(|_| Fault("another worker stopped".into()))?.push((number, outcome));
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(go)).collect();
        workers.into_iter().try_for_each(|one| one.join().map_err(|_| Fault("a worker stopped".into()))?)
    })?;
    let mut done = done.into_inner().map_err(|_| Fault("a worker stopped".into()))?;
    done.sort_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, outcome)| outcome).collect())
}
